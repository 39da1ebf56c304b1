/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-keys.h"

#include "mc-error.h"
#include <string.h>

#define DEVICE "01900000-0000-7000-8000-000000000001"
#define OFFICE "01900000-0000-7000-8000-000000000002"

static void
test_sign (void)
{
  McPublicKey public, other_public, derived;
  McSecretKey secret, other;
  g_autofree char *signature = NULL;

  mc_keys_make (&public, &secret);
  mc_keys_make (&other_public, &other);
  mc_secret_key_public (&secret, &derived);
  g_assert_cmpmem (&public, sizeof public, &derived, sizeof derived);
  signature = mc_keys_sign (&secret, "hồ sơ", 7);
  g_assert_cmpuint (strlen (signature), ==, MC_SIGNATURE_TEXT);
  g_assert_true (mc_keys_verify (&public, "hồ sơ", 7, signature));
  g_assert_false (mc_keys_verify (&public, "hồ sơ", 6, signature));
  g_assert_false (mc_keys_verify (&other_public, "hồ sơ", 7, signature));
  g_assert_false (mc_keys_verify (&public, "hồ sơ", 7, NULL));
  g_assert_false (mc_keys_verify (&public, "hồ sơ", 7, ""));
  mc_secret_key_wipe (&secret);
  g_assert_cmpint (secret.bytes[0] | secret.bytes[31] | secret.bytes[63], ==, 0);
}

static void
test_base64 (void)
{
  guint8 bytes[5] = { 0xff, 0xfe, 0x00, 0x3e, 0x3f };
  guint8 back[5] = { 0 };
  g_autofree char *text = mc_base64_encode (bytes, sizeof bytes);
  g_autofree char *empty = mc_base64_encode (bytes, 0);

  g_assert_cmpstr (text, ==, "__4APj8");
  g_assert_cmpstr (empty, ==, "");
  g_assert_true (mc_base64_decode (text, back, sizeof back));
  g_assert_cmpmem (bytes, sizeof bytes, back, sizeof back);
  g_assert_false (mc_base64_decode ("__4APj8=", back, sizeof back));
  g_assert_false (mc_base64_decode ("//4APj8", back, sizeof back));
  g_assert_false (mc_base64_decode ("__4APj", back, sizeof back));
  g_assert_false (mc_base64_decode ("__4APj8A", back, sizeof back));
  /* libsodium alone would take a byte above 127 for an underscore. */
  g_assert_false (mc_base64_decode ("\xff\xff"
                                    "4APj8",
                                    back,
                                    sizeof back));
  /* The last letter has bits that mean nothing: only one spelling is read. */
  g_assert_false (mc_base64_decode ("__4APj9", back, sizeof back));
}

static void
test_sha256 (void)
{
  g_autofree char *empty = mc_sha256 ("", 0);
  g_autofree char *abc = mc_sha256 ("abc", 3);

  g_assert_cmpstr (empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_certificate (void)
{
  McPublicKey province_public, key;
  McSecretKey province, secret;
  g_autoptr (McCertificate) issued = NULL;
  g_autoptr (McCertificate) read = NULL;
  g_autoptr (GError) error = NULL;

  mc_keys_make (&province_public, &province);
  mc_keys_make (&key, &secret);
  issued = mc_certificate_issue (&province, DEVICE, OFFICE, "0421", &key, 1795219200000);
  read = mc_certificate_parse (issued->text, &province_public, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->device, ==, DEVICE);
  g_assert_cmpstr (read->office, ==, OFFICE);
  g_assert_cmpstr (read->slot, ==, "0421");
  g_assert_cmpint (read->issued_ms, ==, 1795219200000);
  g_assert_cmpmem (&read->key, sizeof key, &key, sizeof key);
}

/* Nobody but the province gives a device an office: any byte changed, and any other key, is
 * refused. */
static void
test_certificate_forged (void)
{
  McPublicKey province_public, other_public, key;
  McSecretKey province, other, secret;
  g_autoptr (McCertificate) issued = NULL;
  g_autoptr (McCertificate) foreign = NULL;
  g_autoptr (GError) error = NULL;

  mc_keys_make (&province_public, &province);
  mc_keys_make (&other_public, &other);
  mc_keys_make (&key, &secret);
  issued = mc_certificate_issue (&province, DEVICE, OFFICE, "0421", &key, 1795219200000);
  foreign = mc_certificate_parse (issued->text, &other_public, &error);
  g_assert_null (foreign);
  g_assert_error (error, MC_ERROR, MC_ERROR_SIGNATURE);
  for (gsize i = 0; issued->text[i] != '\0'; i++)
    {
      g_autofree char *changed = g_strdup (issued->text);
      g_autofree char *torn = g_strndup (issued->text, i);
      g_autoptr (McCertificate) bad = NULL;
      g_autoptr (McCertificate) cut = NULL;

      changed[i] ^= 1;
      bad = mc_certificate_parse (changed, &province_public, NULL);
      cut = mc_certificate_parse (torn, &province_public, NULL);
      g_assert_null (bad);
      g_assert_null (cut);
    }
}

/* Signed well, but with a member missing. */
static void
test_certificate_incomplete (void)
{
  static const char *const rows[] = { "{}",
                                      "[]",
                                      "x",
                                      "{\"device\":\"" DEVICE "\",\"office\":\"" OFFICE
                                      "\",\"slot\":\"0421\"}",
                                      "{\"device\":\"" DEVICE
                                      "\",\"office\":\"x\",\"slot\":\"0421\",\"key\":\"\"}" };
  McPublicKey public;
  McSecretKey province;

  mc_keys_make (&public, &province);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *signature = mc_keys_sign (&province, rows[i], strlen (rows[i]));
      g_autofree char *text = g_strconcat (signature, " ", rows[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (McCertificate) certificate = mc_certificate_parse (text, &public, &error);

      g_assert_null (certificate);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/keys/sign", test_sign);
  g_test_add_func ("/keys/base64", test_base64);
  g_test_add_func ("/keys/sha256", test_sha256);
  g_test_add_func ("/keys/certificate", test_certificate);
  g_test_add_func ("/keys/certificate-forged", test_certificate_forged);
  g_test_add_func ("/keys/certificate-incomplete", test_certificate_incomplete);
  return g_test_run ();
}
