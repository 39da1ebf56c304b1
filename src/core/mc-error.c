/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"

G_DEFINE_QUARK (mc - error - quark, mc_error)
