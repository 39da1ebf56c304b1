/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

int mc_good (int a);
