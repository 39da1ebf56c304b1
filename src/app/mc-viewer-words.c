/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-viewer.h"
#include <glib/gi18n.h>

char *
mc_document_sentence (const GError *error)
{
  static const struct
  {
    const char *word;
    const char *sentence;
  } sentences[] = {
    { "not-pdf",
      N_ ("This file is not a PDF. Nothing that was typed is lost; choose a scan saved as PDF.") },
    { "truncated",
      N_ ("This PDF is cut off: it was not copied to its end. Copy or scan it again.") },
    { "encrypted",
      N_ ("This PDF is locked with a password. Save it without one, or scan the paper again.") },
    { "too-large",
      N_ ("This PDF is larger than 1 GB. Scan it again in black and white, or in parts.") },
    { "empty", N_ ("This PDF has no pages. Scan the paper again.") },
  };

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, MC_ERROR, MC_ERROR_FULL))
    return g_strdup (
        _ ("The disk of this machine is full, so the scan could not be kept. Everything that "
           "was typed stays; free some space, then choose the file again."));
  if (!g_error_matches (error, MC_ERROR, MC_ERROR_FORMAT))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_has_prefix (error->message, sentences[i].word))
      return g_strdup (_ (sentences[i].sentence));
  return NULL;
}
