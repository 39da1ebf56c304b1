/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"
#include "mc-vault.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define PHRASE "ba con trâu đi cày"

typedef struct
{
  char *folder;
  McDataKey *key;
  McVault *vault;
  const McMachineSecret *machine;
} F;

static void
set_up (F *f, gconstpointer data)
{
  mc_keys_init ();
  f->folder = mc_test_folder ();
  f->key = mc_data_key_new ();
  f->vault = mc_vault_make (f->folder, f->key, MC_VAULT_WORK_NONE);
  f->machine = mc_machine_secret_memory ();
}

static void
tear_down (F *f, gconstpointer data)
{
  mc_vault_free (f->vault);
  mc_data_key_unref (f->key);
  mc_test_remove (f->folder);
}

static void
add (F *f, const char *login, const char *secret)
{
  g_autoptr (GError) error = NULL;

  mc_vault_set_person (f->vault, f->key, login, login, secret, f->machine, &error);
  g_assert_no_error (error);
}

static void
reload (F *f)
{
  g_autoptr (GError) error = NULL;

  mc_vault_free (f->vault);
  f->vault = mc_vault_load (f->folder, &error);
  g_assert_no_error (error);
}

/* Opens with the right secret and gives the same key, or fails with @code. */
static void
opens (F *f, const char *login, const char *secret, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McDataKey) key = mc_vault_open (f->vault, login, secret, f->machine, &error);

  if (code >= 0)
    g_assert_error (error, MC_ERROR, code);
  else
    {
      g_assert_no_error (error);
      g_assert_cmpmem (mc_data_key_bytes (key),
                       MC_DATA_KEY_BYTES,
                       mc_data_key_bytes (f->key),
                       MC_DATA_KEY_BYTES);
    }
}

static void
test_people (F *f, gconstpointer data)
{
  g_autoptr (GPtrArray) people = NULL;

  add (f, "an", MC_TEST_PIN);
  add (f, "binh", PHRASE);
  reload (f);
  opens (f, "an", MC_TEST_PIN, -1);
  opens (f, "binh", PHRASE, -1);
  opens (f, "an", "204817", MC_ERROR_SECRET);
  opens (f, "binh", MC_TEST_PIN, MC_ERROR_SECRET);
  opens (f, "chi", MC_TEST_PIN, MC_ERROR_NOT_FOUND);
  add (f, "an", "193752");
  reload (f);
  opens (f, "an", MC_TEST_PIN, MC_ERROR_SECRET);
  opens (f, "an", "193752", -1);
  people = mc_vault_people (f->vault);
  g_assert_cmpuint (people->len, ==, 2);
  g_assert_cmpint (((McVaultPerson *)people->pdata[0])->kind, ==, MC_SECRET_PIN);
  g_assert_cmpint (((McVaultPerson *)people->pdata[1])->kind, ==, MC_SECRET_PASSPHRASE);
  g_assert_true (mc_vault_remove_person (f->vault, f->key, "an", NULL));
  reload (f);
  opens (f, "an", "193752", MC_ERROR_NOT_FOUND);
  g_ptr_array_set_free_func (people, (GDestroyNotify)mc_vault_person_free);
}

/* A PIN opens nothing where the machine's secret is not: on another machine, in an image. */
static void
test_machine (F *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  McMachineNote other = { .epoch = 0 };

  f->machine = mc_machine_secret_none ();
  g_assert_false (
      mc_vault_set_person (f->vault, f->key, "an", "An", MC_TEST_PIN, f->machine, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "machine");
  add (f, "binh", PHRASE);
  f->machine = mc_machine_secret_memory ();
  add (f, "an", MC_TEST_PIN);
  opens (f, "an", MC_TEST_PIN, -1);
  f->machine = mc_machine_secret_none ();
  opens (f, "an", MC_TEST_PIN, MC_ERROR_REFUSED);
  opens (f, "binh", PHRASE, -1);
  f->machine = mc_machine_secret_memory ();
  f->machine->put (f->machine, mc_vault_profile (f->vault), &other, NULL);
  opens (f, "an", MC_TEST_PIN, MC_ERROR_REFUSED);
}

static void
test_weak (F *f, gconstpointer data)
{
  static const struct
  {
    const char *secret;
    const char *with;
    const char *without;
  } rows[] = {
    { "1234", "weak", "weak" },
    { "123456", "weak", "weak" },
    { MC_TEST_PIN, NULL, "machine" },
    { "motcua89", NULL, "machine" },
    { "aaaaaaaaaaaaaaaa", NULL, "machine" },
    { "2048163957204816", NULL, "machine" },
    { "trời mưa to", NULL, "machine" },
    { "trời mưa to quá", NULL, NULL },
    { PHRASE, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) with = NULL;
      g_autoptr (GError) without = NULL;

      mc_vault_secret_allowed (f->vault, rows[i].secret, mc_machine_secret_memory (), &with);
      mc_vault_secret_allowed (f->vault, rows[i].secret, mc_machine_secret_none (), &without);
      g_assert_cmpstr (with ? with->message : NULL, ==, rows[i].with);
      g_assert_cmpstr (without ? without->message : NULL, ==, rows[i].without);
    }
}

/* Cut off at every byte, either copy: the other one is used; both: refused by name. */
static void
test_half_written (F *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "vault", NULL);
  g_autofree char *twin = g_build_filename (f->folder, "vault.old", NULL);
  g_autofree char *text = NULL;
  gsize size;

  add (f, "binh", PHRASE);
  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  for (gsize cut = 1; cut < size; cut++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (McVault) vault = NULL;

      g_assert_true (g_file_set_contents (path, text, (gssize)cut, NULL));
      vault = mc_vault_load (f->folder, &error);
      g_assert_no_error (error);
      g_assert_true (mc_vault_is_old (vault));
      g_assert_true (mc_vault_knows (vault, "binh"));
    }
  g_file_set_contents (path, text, 20, NULL);
  g_file_set_contents (twin, text, (gssize)size - 1, NULL);
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (mc_vault_load (f->folder, &error));
    g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
    g_assert_nonnull (strstr (error->message, "vault: half written"));
  }
  g_unlink (path);
  g_file_set_contents (twin, text, (gssize)size, NULL);
  reload (f);
  opens (f, "binh", PHRASE, -1);
  add (f, "an", MC_TEST_PIN);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  reload (f);
  g_assert_false (mc_vault_is_old (f->vault));
}

/* Somebody without the key changes a name and mends the checksum. */
static void
test_forged (F *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "vault", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *body = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *forged = NULL;

  add (f, "binh", PHRASE);
  g_file_get_contents (path, &text, NULL, NULL);
  lines = g_strsplit (text, "\n", -1);
  parts = g_strsplit (lines[0], "\"name\":\"binh\"", 2);
  body = g_strconcat (parts[0], "\"name\":\"Bình\"", parts[1], NULL);
  sum = mc_sha256 (body, strlen (body));
  forged = g_strdup_printf ("%s\n%s\n%s\n", body, sum, lines[2]);
  g_file_set_contents (path, forged, -1, NULL);
  reload (f);
  opens (f, "binh", PHRASE, MC_ERROR_DAMAGED);
}

/* A new data key for everybody, who need not be there; but for one. */
static void
test_turn (F *f, gconstpointer data)
{
  g_autoptr (McDataKey) old = mc_data_key_ref (f->key);
  g_autoptr (McDataKey) next = mc_data_key_renew (f->key);
  g_autofree char *name = mc_data_key_name (old, "abc");
  g_autofree char *same = mc_data_key_name (next, "abc");
  g_autoptr (GError) error = NULL;

  add (f, "an", MC_TEST_PIN);
  add (f, "binh", PHRASE);
  g_assert_true (mc_vault_turn (f->vault, old, next, "an", MC_VAULT_WORK_SWAP, &error));
  reload (f);
  g_assert_cmpint (mc_vault_work (f->vault), ==, MC_VAULT_WORK_SWAP);
  mc_data_key_unref (f->key);
  f->key = mc_data_key_ref (next);
  opens (f, "binh", PHRASE, -1);
  opens (f, "an", MC_TEST_PIN, MC_ERROR_NOT_FOUND);
  g_assert_false (mc_vault_check (f->vault, old, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_KEY);
  g_assert_cmpstr (name, ==, same);
  g_assert_cmpstr (mc_data_key_id (old), !=, mc_data_key_id (next));
}

static void
test_fresh (F *f, gconstpointer data)
{
  g_autoptr (McVault) vault = mc_vault_make_fresh (f->folder, NULL);
  g_autoptr (McDataKey) fresh = NULL;
  g_autofree char *path = g_build_filename (f->folder, "vault", NULL);
  g_autofree char *text = NULL;

  reload (f);
  fresh = mc_vault_fresh_key (f->vault);
  g_assert_nonnull (fresh);
  g_assert_true (mc_vault_turn (f->vault, fresh, f->key, NULL, MC_VAULT_WORK_NONE, NULL));
  add (f, "binh", PHRASE);
  reload (f);
  g_assert_null (mc_vault_fresh_key (f->vault));
  opens (f, "binh", PHRASE, -1);
  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_null (strstr (text, "fresh"));
}

#define CASE(name, function) g_test_add ("/key-file/" name, F, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE ("people", test_people);
  CASE ("machine", test_machine);
  CASE ("weak", test_weak);
  CASE ("half-written", test_half_written);
  CASE ("forged", test_forged);
  CASE ("turn", test_turn);
  CASE ("fresh", test_fresh);
  return g_test_run ();
}
