/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-good.h"
#include <gtk/gtk.h>

const char *text = N_ ("Save");
