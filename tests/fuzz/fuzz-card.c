/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a citizen card, as a reader types it: any bytes, since any code can be held before
 * it. */
#include "mc-card.h"
#include "mc-fuzz.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *)data, size) : g_strdup ("");
  g_autoptr (McCard) card = mc_card_parse (text, NULL);

  if (card == NULL)
    return 0;
  g_assert_true (card->name != NULL && *card->name != '\0' &&
                 g_utf8_validate (card->name, -1, NULL));
  g_assert_cmpuint (strlen (card->id), ==, 12);
  g_assert_nonnull (card->dob);
  mc_identity_doubt (card->id, card->dob, card->sex);
  return 0;
}
