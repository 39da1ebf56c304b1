/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-good.h"
#include "mc-store-private.h"
#include <libsecret/secret.h>
#include <unistd.h>
