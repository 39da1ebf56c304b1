/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-viewer.h"
#include <string.h>

static void
test_sentences (void)
{
  static const struct
  {
    McError code;
    const char *message;
    const char *says;
  } rows[] = {
    { MC_ERROR_FORMAT, "not-pdf", "not a PDF" },
    { MC_ERROR_FORMAT, "truncated", "cut off" },
    { MC_ERROR_FORMAT, "encrypted", "password" },
    { MC_ERROR_FORMAT, "empty", "no pages" },
    { MC_ERROR_FORMAT, "too-large", "1 GB" },
    { MC_ERROR_FULL, "write: No space left on device", "disk of this machine is full" },
    { MC_ERROR_FORMAT, "something else", NULL },
    { MC_ERROR_STORE, "read: Input/output error", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (MC_ERROR, (int)rows[i].code, rows[i].message);
      g_autofree char *sentence = mc_document_sentence (error);

      if (rows[i].says == NULL)
        g_assert_null (sentence);
      else
        g_assert_nonnull (strstr (sentence, rows[i].says));
      /* What the machine says is for the log. */
      if (sentence != NULL)
        g_assert_null (strstr (sentence, "-pdf"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer-words/sentences", test_sentences);
  return g_test_run ();
}
