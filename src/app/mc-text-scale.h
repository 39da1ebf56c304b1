/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MC_TEXT_SCALE_MIN 1.0
#define MC_TEXT_SCALE_MAX 2.0

/** mc_text_scale_apply: makes all text @scale times as large as the desktop asks for. */
void mc_text_scale_apply (double scale);

/** mc_text_scale_total: how large text is against 96 dots per inch, ours and the desktop's
 * together. */
double mc_text_scale_total (void);

G_END_DECLS
