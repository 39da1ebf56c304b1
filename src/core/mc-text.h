/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mc_text_clean:
 * What every typed text becomes before it enters an op: valid UTF-8, NFC, trimmed, without control
 * characters other than newline and tab.
 *
 * Returns: (transfer full): never %NULL; bytes that are not UTF-8 become U+FFFD.
 */
char *mc_text_clean (const char *text);

/** mc_text_composed: whether it is valid UTF-8 in NFC as it is. */
gboolean mc_text_composed (const char *text);

/**
 * mc_text_fold:
 * The form in which Vietnamese is searched: lower case, without diacritics, đ as d, runs of
 * anything that is no letter or digit as one space. "Đăng ký khai sinh" is "dang ky khai sinh".
 *
 * Returns: (transfer full)
 */
char *mc_text_fold (const char *text);

/**
 * mc_text_matches:
 * Whether each word of @query (any case, with or without diacritics) begins a word of @folded.
 * @folded: a text made by mc_text_fold()
 */
gboolean mc_text_matches (const char *folded, const char *query);

/** mc_text_has_mark: whether @text has any Vietnamese diacritic (a card reader may drop them all).
 */
gboolean mc_text_has_mark (const char *text);

G_END_DECLS
