/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * McToken: one word of a text, as it is searched.
 * @folded: lower case, without diacritics, đ as d
 * @marks: its diacritics in one order, so that "hòa" and "hoà" have the same; empty where it has
 * none
 */
typedef struct
{
  char *folded;
  char *marks;
} McToken;

/** mc_token_split: the words of @text (any form, %NULL: none). Returns: (transfer container):
 * McToken */
GPtrArray *mc_token_split (const char *text);
void mc_token_free (McToken *token);
/** mc_token_key: the word with its diacritics, in one spelling. Returns: (transfer full) */
char *mc_token_key (const McToken *token);

/**
 * mc_token_near:
 * Whether one letter typed wrong, left out, typed twice or swapped with the next makes one of the
 * other. Both are folded; equal ones are near.
 */
gboolean mc_token_near (const char *one, const char *other);

G_END_DECLS
