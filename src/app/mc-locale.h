/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mc_locale_init:
 * Vietnamese unless the person chose another language; before any thread and before GTK. Debian may
 * have no locale but C.UTF-8: gettext works there, in "C" it does not.
 */
void mc_locale_init (void);

G_END_DECLS
