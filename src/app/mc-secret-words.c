/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-secret-words.h"

#include "mc-context.h"
#include "mc-error.h"
#include <glib/gi18n.h>

const char *
mc_secret_rule (gboolean pin_enough)
{
  return pin_enough
             ? _ ("Choose a PIN of six digits or more, or a passphrase. It opens this machine only "
                  "and never leaves it.")
             : _ ("Choose a passphrase of twelve characters or more, such as three or four words "
                  "without marks. This machine has no safe place for a key of its own, so a short "
                  "PIN could be guessed by whoever steals it.");
}

const char *
mc_secret_chip_waits (void)
{
  return _ ("This machine's security chip takes no PIN for a while, because too many were wrong. "
            "Wait ten minutes to two hours with the machine on, or use an activation code. Nothing "
            "is lost.");
}

char *
mc_secret_refusal (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED) && g_str_equal (error->message, "weak"))
    return g_strdup (_ ("Too easy to guess. A PIN has six digits or more and is no run such as "
                        "123456; a passphrase has eight characters or more."));
  if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED) &&
      g_str_equal (error->message, "machine"))
    return g_strdup (mc_secret_rule (FALSE));
  if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED) && g_str_equal (error->message, "chip"))
    return g_strdup (mc_secret_chip_waits ());
  return mc_error_sentence (error);
}
