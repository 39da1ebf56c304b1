/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-keys.h"

#include "mc-error.h"
#include "mc-id.h"
#include <sodium.h>
#include <string.h>

void
mc_keys_init (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium does not start: no source of randomness");
}

void
mc_keys_make (McPublicKey *ret_public, McSecretKey *ret_secret)
{
  crypto_sign_keypair (ret_public->bytes, ret_secret->bytes);
}

void
mc_secret_key_wipe (McSecretKey *key)
{
  sodium_memzero (key, sizeof *key);
}

void
mc_secret_key_public (const McSecretKey *secret, McPublicKey *ret_public)
{
  crypto_sign_ed25519_sk_to_pk (ret_public->bytes, secret->bytes);
}

char *
mc_keys_sign (const McSecretKey *key, const char *bytes, gsize length)
{
  guint8 signature[MC_SIGNATURE_BYTES];

  crypto_sign_detached (signature, NULL, (const guint8 *)bytes, length, key->bytes);
  return mc_base64_encode (signature, sizeof signature);
}

gboolean
mc_keys_verify (const McPublicKey *key, const char *bytes, gsize length, const char *signature)
{
  guint8 raw[MC_SIGNATURE_BYTES];

  if (signature == NULL || !mc_base64_decode (signature, raw, sizeof raw))
    return FALSE;
  return crypto_sign_verify_detached (raw, (const guint8 *)bytes, length, key->bytes) == 0;
}

char *
mc_base64_encode (const guint8 *bytes, gsize length)
{
  const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  gsize size = sodium_base64_encoded_len (length, variant);
  char *text = g_malloc (size);

  return sodium_bin2base64 (text, size, bytes, length, variant);
}

gboolean
mc_base64_decode (const char *text, guint8 *bytes, gsize length)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  size_t got = 0;
  const char *end = NULL;

  /* libsodium 1.0.18 reads any byte above 127 as "_": one signature would have many spellings. */
  if (strspn (text, letters) != strlen (text))
    return FALSE;
  if (sodium_base642bin (bytes,
                         length,
                         text,
                         strlen (text),
                         NULL,
                         &got,
                         &end,
                         sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
    return FALSE;
  return got == length && *end == '\0';
}

char *
mc_sha256 (const void *bytes, gsize length)
{
  guint8 digest[crypto_hash_sha256_BYTES];
  char *hex = g_malloc (sizeof digest * 2 + 1);

  crypto_hash_sha256 (digest, bytes, length);
  return sodium_bin2hex (hex, sizeof digest * 2 + 1, digest, sizeof digest);
}

McCertificate *
mc_certificate_issue (const McSecretKey *province,
                      const char *device,
                      const char *office,
                      const char *slot,
                      const McPublicKey *key,
                      gint64 issued_ms)
{
  g_autofree char *key_text = mc_base64_encode (key->bytes, sizeof key->bytes);
  g_autoptr (json_t) json = json_pack ("{s:s,s:s,s:s,s:s,s:I}",
                                       "device",
                                       device,
                                       "office",
                                       office,
                                       "slot",
                                       slot,
                                       "key",
                                       key_text,
                                       "issued",
                                       (json_int_t)issued_ms);
  g_autofree char *body = mc_json_text (json);
  g_autofree char *signature = mc_keys_sign (province, body, strlen (body));
  g_autofree char *text = g_strconcat (signature, " ", body, NULL);
  McPublicKey public;

  mc_secret_key_public (province, &public);
  return mc_certificate_parse (text, &public, NULL);
}

static gboolean
read_certificate (McCertificate *certificate, const char *body)
{
  g_autoptr (json_t) json = mc_json_parse (body, -1, NULL);
  const char *key = mc_json_string (json, "key");

  certificate->device = g_strdup (mc_json_string (json, "device"));
  certificate->office = g_strdup (mc_json_string (json, "office"));
  certificate->slot = g_strdup (mc_json_string (json, "slot"));
  certificate->issued_ms = mc_json_int (json, "issued", 0);
  return mc_id_valid (certificate->device) && mc_id_valid (certificate->office) &&
         certificate->slot != NULL && key != NULL &&
         mc_base64_decode (key, certificate->key.bytes, MC_KEY_PUBLIC_BYTES);
}

McCertificate *
mc_certificate_parse (const char *text, const McPublicKey *province, GError **error)
{
  g_autoptr (McCertificate) certificate = g_new0 (McCertificate, 1);
  g_autofree char *signature = NULL;
  const char *space = strchr (text, ' ');

  if (space == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "not a certificate");
      return NULL;
    }
  signature = g_strndup (text, (gsize)(space - text));
  if (!mc_keys_verify (province, space + 1, strlen (space + 1), signature))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_SIGNATURE, "not signed by this province");
      return NULL;
    }
  certificate->text = g_strdup (text);
  if (!read_certificate (certificate, space + 1))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "a certificate with members missing");
      return NULL;
    }
  return g_steal_pointer (&certificate);
}

void
mc_certificate_free (McCertificate *certificate)
{
  if (certificate == NULL)
    return;
  g_free (certificate->text);
  g_free (certificate->device);
  g_free (certificate->office);
  g_free (certificate->slot);
  g_free (certificate);
}
