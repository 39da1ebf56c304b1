/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-secret.h"

#include "mc-text.h"
#include <sodium.h>
#include <string.h>

char *
mc_secret_verifier (const char *secret)
{
  g_autofree char *clean = mc_text_clean (secret);
  char *verifier = g_malloc0 (crypto_pwhash_STRBYTES);

  if (crypto_pwhash_str_alg (verifier,
                             clean,
                             strlen (clean),
                             crypto_pwhash_OPSLIMIT_INTERACTIVE,
                             crypto_pwhash_MEMLIMIT_INTERACTIVE,
                             crypto_pwhash_ALG_ARGON2ID13) != 0)
    g_error ("not enough memory for Argon2id");
  sodium_memzero (clean, strlen (clean));
  return verifier;
}

gboolean
mc_secret_matches (const char *verifier, const char *secret)
{
  g_autofree char *clean = mc_text_clean (secret);
  gboolean same;

  if (verifier == NULL)
    return FALSE;
  same = crypto_pwhash_str_verify (verifier, clean, strlen (clean)) == 0;
  sodium_memzero (clean, strlen (clean));
  return same;
}

/* 000000, 123456, 987654, 567890: what everybody tries first. */
static gboolean
guessable_pin (const char *pin)
{
  gboolean same = TRUE, up = TRUE, down = TRUE;

  for (const char *p = pin + 1; *p; p++)
    {
      same = same && p[0] == p[-1];
      up = up && (p[0] - p[-1] + 10) % 10 == 1;
      down = down && (p[-1] - p[0] + 10) % 10 == 1;
    }
  return same || up || down;
}

gboolean
mc_secret_acceptable (const char *secret)
{
  g_autofree char *clean = mc_text_clean (secret);
  gsize length = strlen (clean);

  if (strspn (clean, "0123456789") == length)
    return length >= 6 && !guessable_pin (clean);
  return g_utf8_strlen (clean, -1) >= 8;
}

gboolean
mc_secret_strong (const char *secret)
{
  g_autofree char *clean = mc_text_clean (secret);
  g_autoptr (GHashTable) different = g_hash_table_new (NULL, NULL);
  glong length = g_utf8_strlen (clean, -1);
  gboolean digits = clean[strspn (clean, "0123456789 .-/")] == '\0';

  for (const char *p = clean; *p; p = g_utf8_next_char (p))
    g_hash_table_add (different, GUINT_TO_POINTER (g_utf8_get_char (p)));
  sodium_memzero (clean, strlen (clean));
  return length >= 12 && !digits && g_hash_table_size (different) >= 6;
}

gint64
mc_secret_delay_ms (guint fails)
{
  const gint64 longest = 15 * 60 * 1000;

  if (fails < 3)
    return 0;
  if (fails > 12)
    return longest;
  return MIN (longest, (gint64)5000 << (fails - 3));
}
