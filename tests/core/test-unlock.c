/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-unlock.h"

#include <string.h>

#define DEVICE "01900000-0000-7000-8000-000000000001"
#define OTHER "01900000-0000-7000-8000-000000000002"
#define STAFF "01900000-0000-7000-8000-000000000003"
#define OFFICE "01900000-0000-7000-8000-000000000004"
#define KEY "the key of the work, 32 bytes --"

typedef struct
{
  McPublicKey public;
  McSecretKey secret;
  McUnlockKey mine;
  McUnlockAsk *ask;
  McUnlockAnswer answer;
} Desk;

static void
setup (Desk *desk, gconstpointer data)
{
  mc_keys_make (&desk->public, &desk->secret);
  mc_unlock_key_make (&desk->mine);
  desk->ask = g_new0 (McUnlockAsk, 1);
  desk->ask->login = g_strdup ("an");
  desk->ask->code = g_strdup ("ACDEF-34679");
  desk->ask->device = g_strdup (DEVICE);
  desk->ask->sealed = mc_unlock_seal (&desk->public, DEVICE, (const guint8 *)KEY, strlen (KEY));
  memcpy (desk->ask->to, desk->mine.public, sizeof desk->ask->to);
  desk->answer = (McUnlockAnswer){ .device = (char *)DEVICE,
                                   .staff = (char *)STAFF,
                                   .login = (char *)"an",
                                   .name = (char *)"Trần Văn An",
                                   .role = MC_ROLE_CLERK,
                                   .office = (char *)OFFICE,
                                   .at_ms = 1795219200000 };
}

static void
teardown (Desk *desk, gconstpointer data)
{
  g_clear_pointer (&desk->answer.content, g_bytes_unref);
  mc_unlock_ask_free (desk->ask);
  mc_unlock_key_wipe (&desk->mine);
}

static void
test_there_and_back (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = mc_unlock_ask_write (desk->ask, &desk->public);
  g_autoptr (McUnlockAsk) ask = mc_unlock_ask_read (body, &desk->secret, &error);
  g_autoptr (GBytes) said = NULL;
  g_autoptr (McUnlockAnswer) answer = NULL;
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_no_error (error);
  g_assert_cmpstr (ask->login, ==, "an");
  g_assert_cmpstr (ask->code, ==, "ACDEF-34679");
  g_assert_cmpstr (ask->device, ==, DEVICE);
  g_assert_null (ask->certificate);
  /* Nobody on the line reads the code. */
  g_assert_null (strstr (text, "ACDEF"));
  desk->answer.content = mc_unlock_unseal (&desk->secret, ask->device, ask->sealed, &error);
  g_assert_no_error (error);
  said = mc_unlock_answer_write (&desk->answer, ask->to, &desk->secret);
  answer = mc_unlock_answer_read (said, &desk->public, &desk->mine, DEVICE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer->name, ==, "Trần Văn An");
  g_assert_cmpstr (answer->staff, ==, STAFF);
  g_assert_cmpint (answer->role, ==, MC_ROLE_CLERK);
  g_assert_cmpint (answer->at_ms, ==, 1795219200000);
  g_assert_cmpmem (g_bytes_get_data (answer->content, NULL),
                   g_bytes_get_size (answer->content),
                   KEY,
                   strlen (KEY));
}

/* A fresh PC has nothing that is locked. */
static void
test_nothing_sealed (Desk *desk, gconstpointer data)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (McUnlockAsk) ask = NULL;
  g_autoptr (GBytes) said = NULL;
  g_autoptr (McUnlockAnswer) answer = NULL;

  g_clear_pointer (&desk->ask->sealed, g_bytes_unref);
  body = mc_unlock_ask_write (desk->ask, &desk->public);
  ask = mc_unlock_ask_read (body, &desk->secret, NULL);
  g_assert_null (ask->sealed);
  said = mc_unlock_answer_write (&desk->answer, ask->to, &desk->secret);
  answer = mc_unlock_answer_read (said, &desk->public, &desk->mine, DEVICE, NULL);
  g_assert_null (answer->content);
}

/* A key taken from one PC is not opened for another, nor by another province. */
static void
test_sealed_elsewhere (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  McPublicKey other_public;
  McSecretKey other;

  mc_keys_make (&other_public, &other);
  g_assert_null (mc_unlock_unseal (&desk->secret, OTHER, desk->ask->sealed, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SIGNATURE);
  g_clear_error (&error);
  g_assert_null (mc_unlock_unseal (&other, DEVICE, desk->ask->sealed, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SIGNATURE);
}

static void
test_ask_torn (Desk *desk, gconstpointer data)
{
  g_autoptr (GBytes) body = mc_unlock_ask_write (desk->ask, &desk->public);
  g_autoptr (GError) error = NULL;
  McPublicKey other_public;
  McSecretKey other;

  mc_keys_make (&other_public, &other);
  g_assert_null (mc_unlock_ask_read (body, &other, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SIGNATURE);
  for (gsize i = 0; i < g_bytes_get_size (body); i++)
    {
      g_autoptr (GBytes) torn = g_bytes_new_from_bytes (body, 0, i);
      g_autofree char *changed = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
      g_autoptr (GBytes) bytes = NULL;

      changed[i] ^= 1;
      bytes = g_bytes_new (changed, g_bytes_get_size (body));
      g_assert_null (mc_unlock_ask_read (torn, &desk->secret, NULL));
      g_assert_null (mc_unlock_ask_read (bytes, &desk->secret, NULL));
    }
}

static void
test_answer_forged (Desk *desk, gconstpointer data)
{
  g_autoptr (GBytes) said = NULL;
  g_autoptr (GError) error = NULL;
  McPublicKey other_public;
  McSecretKey other;
  McUnlockKey elsewhere;

  desk->answer.content = g_bytes_new_static (KEY, strlen (KEY));
  said = mc_unlock_answer_write (&desk->answer, desk->mine.public, &desk->secret);
  mc_keys_make (&other_public, &other);
  mc_unlock_key_make (&elsewhere);
  g_assert_null (mc_unlock_answer_read (said, &other_public, &desk->mine, DEVICE, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SIGNATURE);
  g_assert_null (mc_unlock_answer_read (said, &desk->public, &elsewhere, DEVICE, NULL));
  g_assert_null (mc_unlock_answer_read (said, &desk->public, &desk->mine, OTHER, NULL));
  for (gsize i = 0; i < g_bytes_get_size (said); i++)
    {
      g_autoptr (GBytes) torn = g_bytes_new_from_bytes (said, 0, i);
      g_autofree char *changed = g_strndup (g_bytes_get_data (said, NULL), g_bytes_get_size (said));
      g_autoptr (GBytes) bytes = NULL;

      changed[i] ^= 1;
      bytes = g_bytes_new (changed, g_bytes_get_size (said));
      g_assert_null (mc_unlock_answer_read (torn, &desk->public, &desk->mine, DEVICE, NULL));
      g_assert_null (mc_unlock_answer_read (bytes, &desk->public, &desk->mine, DEVICE, NULL));
    }
}

/* A captive portal answers too. */
static void
test_portal (Desk *desk, gconstpointer data)
{
  static const char *const bodies[] = { "",
                                        "<html>",
                                        "{}",
                                        "{\"motcua\":1}",
                                        "{\"motcua\":1,\"answer\":\"\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (bodies[i], strlen (bodies[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (mc_unlock_answer_read (body, &desk->public, &desk->mine, DEVICE, &error));
      g_assert_nonnull (error);
      g_assert_null (mc_unlock_ask_read (body, &desk->secret, NULL));
    }
}

#define ADD(path, test) g_test_add ("/unlock/" path, Desk, NULL, setup, test, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  ADD ("there-and-back", test_there_and_back);
  ADD ("nothing-sealed", test_nothing_sealed);
  ADD ("sealed-elsewhere", test_sealed_elsewhere);
  ADD ("ask-torn", test_ask_torn);
  ADD ("answer-forged", test_answer_forged);
  ADD ("portal", test_portal);
  return g_test_run ();
}
