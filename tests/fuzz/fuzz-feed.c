/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed: the province's answer, its rulings and entries, as a desk reads and follows them. */
#include "mc-fuzz.h"
#include "mc-wire.h"

#include <string.h>

/* Read, written and read again, an answer is the same bytes. */
static void
assert_answer (const McSyncAnswer *answer)
{
  g_autoptr (GBytes) bytes = mc_sync_answer_write (answer);
  g_autoptr (GError) error = NULL;
  g_autoptr (McSyncAnswer) again = mc_sync_answer_read (bytes, &error);
  g_autoptr (GBytes) twice = NULL;

  g_assert_no_error (error);
  twice = mc_sync_answer_write (again);
  g_assert_true (g_bytes_equal (bytes, twice));
  g_assert_cmpuint (again->entries->len, ==, answer->entries->len);
  g_assert_cmpuint (again->answers->len, ==, answer->answers->len);
  g_assert_true (again->reset == answer->reset);
}

static void
follow (const McSyncAnswer *answer)
{
  g_autoptr (McFuzzRecord) fuzz = mc_fuzz_record_new ();
  McCursor at = answer->cursor;

  for (guint i = 0; i < answer->answers->len; i++)
    {
      const McAnswer *one = answer->answers->pdata[i];

      mc_ruling_free (one->ruling ? mc_ruling_parse (one->ruling, NULL) : NULL);
    }
  for (guint i = 0; i < answer->entries->len; i++)
    {
      const McFeedEntry *entry = answer->entries->pdata[i];
      g_autoptr (McRuling) ruling = mc_ruling_parse (entry->ruling, NULL);

      mc_feed_hash (at.hash, entry, at.hash);
      g_assert_cmpuint (strlen (at.hash), ==, 32);
      /* A desk takes no page with an entry of which it cannot read the ruling. */
      if (ruling != NULL)
        mc_fuzz_take (fuzz, entry->line, strlen (entry->line), ruling);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (McSyncAnswer) answer = mc_sync_answer_read (bytes, NULL);

  if (answer != NULL)
    {
      assert_answer (answer);
      follow (answer);
    }
  return 0;
}
