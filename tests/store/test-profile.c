/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile from outside: made, given its first person, a new key, encrypted in place, and refused
 * where somebody put an older file into it. */
#include "mc-error.h"
#include "mc-profile-test.h"
#include <gio/gio.h>
#include <glib/gstdio.h>

#define NAME "Nguyễn Thị Đình"

static void
nowhere (const char *folder, const char *text)
{
  g_autofree char *found = mc_test_grep (folder, text);

  g_assert_cmpstr (found, ==, NULL);
}

static void
test_upgrade (void)
{
  McTestWork work;
  char *folder = mc_test_plain_profile (NAME, &work);
  g_autofree McFakeClock *clock = mc_fake_clock ();
  g_autofree char *device = g_build_filename (folder, "device.key", NULL);
  McProfilePerson person = mc_test_person (mc_machine_secret_memory ());
  g_autoptr (McDataKey) key = NULL;
  g_autoptr (McDataKey) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = mc_test_grep (folder, NAME);
  g_autofree char *page_before = mc_test_grep (folder, "%PDF");

  /* The same look finds them while it is plain. */
  g_assert_nonnull (before);
  g_assert_nonnull (page_before);
  g_assert_cmpint (mc_profile_state (folder, NULL), ==, MC_PROFILE_PLAIN);
  person.secret = "204817";
  g_assert_null (mc_profile_upgrade (folder, &clock->clock, &person, NULL, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SECRET);
  g_clear_error (&error);
  g_assert_cmpint (mc_profile_state (folder, NULL), ==, MC_PROFILE_PLAIN);
  person.secret = MC_TEST_PIN;
  person.machine = mc_machine_secret_none ();
  g_assert_null (mc_profile_upgrade (folder, &clock->clock, &person, NULL, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_clear_error (&error);
  person.machine = mc_machine_secret_memory ();
  key = mc_profile_upgrade (folder, &clock->clock, &person, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mc_profile_state (folder, NULL), ==, MC_PROFILE_LOCKED);
  mc_test_same_work (folder, key, &work);
  again = mc_test_open_vault (folder, mc_machine_secret_memory ());
  mc_test_same_work (folder, again, &work);
  nowhere (folder, NAME);
  nowhere (folder, "%PDF");
  nowhere (folder, "001205123456");
  nowhere (folder, "CREATE TABLE");
  g_assert_false (g_file_test (device, G_FILE_TEST_EXISTS));
  mc_test_work_clear (&work);
  mc_test_remove (folder);
}

static void
enrol_fresh (const char *folder, McTestOffice *like)
{
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (like->store);
  g_autoptr (McDataKey) key = NULL;
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mc_profile_state (folder, NULL), ==, MC_PROFILE_NONE);
  key = mc_profile_make (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mc_profile_state (folder, NULL), ==, MC_PROFILE_FRESH);
  store = mc_store_open (folder, &like->clock->clock, key, &error);
  g_assert_no_error (error);
  mc_store_set_enrolment (store, enrolment, &like->device_key, &error);
  g_assert_no_error (error);
}

static void
test_first_person (void)
{
  g_autoptr (McTestOffice) like = mc_test_office ();
  char *folder = mc_test_folder ();
  McProfilePerson person = mc_test_person (mc_machine_secret_memory ());
  g_autoptr (McDataKey) fresh = NULL;
  g_autoptr (McDataKey) key = NULL;
  g_autoptr (McDataKey) opened = NULL;
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  McSecretKey device;

  enrol_fresh (folder, like);
  fresh = mc_profile_fresh_key (folder, &error);
  g_assert_no_error (error);
  key = mc_profile_first_person (folder, &person, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mc_data_key_id (fresh), !=, mc_data_key_id (key));
  opened = mc_test_open_vault (folder, mc_machine_secret_memory ());
  store = mc_store_open (folder, &like->clock->clock, opened, &error);
  g_assert_no_error (error);
  g_assert_true (mc_store_device_key (store, &device, NULL));
  g_assert_cmpmem (device.bytes, sizeof device.bytes, like->device_key.bytes, sizeof device.bytes);
  g_assert_null (mc_profile_fresh_key (folder, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_KEY);
  g_clear_pointer (&store, mc_store_close);
  g_clear_error (&error);
  g_assert_null (mc_store_open (folder, &like->clock->clock, fresh, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_KEY);
  mc_test_remove (folder);
}

static void
test_rekey (void)
{
  McTestWork work;
  g_autoptr (McDataKey) old = NULL;
  char *folder = mc_test_locked_profile (NAME, mc_machine_secret_memory (), &work, &old);
  g_autofree McFakeClock *clock = mc_fake_clock ();
  g_autoptr (McVault) vault = mc_vault_load (folder, NULL);
  g_autoptr (McDataKey) next = NULL;
  g_autoptr (McDataKey) opened = NULL;
  g_autoptr (GError) error = NULL;

  next = mc_profile_rekey (folder, old, "binh", NULL, NULL, &error);
  g_assert_no_error (error);
  mc_test_same_work (folder, next, &work);
  g_assert_null (mc_store_open (folder, &clock->clock, old, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_KEY);
  opened = mc_test_open_vault (folder, mc_machine_secret_memory ());
  g_assert_cmpstr (mc_data_key_id (opened), ==, mc_data_key_id (next));
  g_clear_pointer (&vault, mc_vault_free);
  vault = mc_vault_load (folder, NULL);
  g_assert_false (mc_vault_knows (vault, "binh"));
  mc_test_work_clear (&work);
  mc_test_remove (folder);
}

static void
open_and_close (const char *folder, McDataKey *key)
{
  g_autofree McFakeClock *clock = mc_fake_clock ();
  g_autoptr (GError) error = NULL;
  McStore *store = mc_store_open_on (folder, &clock->clock, key, "", &error);

  g_assert_no_error (error);
  mc_store_close (store);
  mc_profile_note_machine (folder, mc_machine_secret_memory ());
}

static void
refused (const char *folder, McDataKey *key, const char *which)
{
  g_autofree McFakeClock *clock = mc_fake_clock ();
  g_autoptr (GError) error = NULL;
  McStore *store = mc_store_open_on (folder, &clock->clock, key, "", &error);

  g_assert_null (store);
  g_assert_error (error, MC_ERROR, MC_ERROR_OLDER);
  g_assert_true (g_str_has_prefix (error->message, which));
}

/* Each of the files put back to an earlier day, and all of them. */
static void
test_older (void)
{
  static const char *const files[] = { "desk.sqlite", "vault", "vault.old" };
  McTestWork work;
  g_autoptr (McDataKey) key = NULL;
  char *folder = mc_test_locked_profile (NAME, mc_machine_secret_memory (), &work, &key);
  g_autofree char *paths[G_N_ELEMENTS (files)] = { 0 };
  g_autofree char *saved[G_N_ELEMENTS (files)] = { 0 };
  g_autofree char *now = g_build_filename (folder, "now", NULL);
  g_autofree McFakeClock *clock = mc_fake_clock ();
  g_autoptr (McVault) vault = NULL;
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;

  open_and_close (folder, key);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      paths[i] = g_build_filename (folder, files[i], NULL);
      saved[i] = g_strconcat (paths[i], ".saved", NULL);
      mc_test_copy_file (paths[i], saved[i]);
    }
  for (guint i = 0; i < 3; i++)
    open_and_close (folder, key);

  mc_test_copy_file (paths[0], now);
  mc_test_copy_file (saved[0], paths[0]);
  refused (folder, key, "database:");
  mc_test_copy_file (now, paths[0]);
  open_and_close (folder, key);
  mc_test_copy_file (saved[1], paths[1]);
  mc_test_copy_file (saved[2], paths[2]);
  refused (folder, key, "vault:");
  mc_test_copy_file (saved[0], paths[0]);
  vault = mc_vault_load (folder, NULL);
  g_assert_null (mc_vault_open (vault, "an", MC_TEST_PIN, mc_machine_secret_memory (), &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_OLDER);
  g_clear_error (&error);

  /* The way out: it goes on as a restored desk. */
  mc_vault_allow_older (vault);
  {
    g_autoptr (McDataKey) opened =
        mc_vault_open (vault, "an", MC_TEST_PIN, mc_machine_secret_memory (), &error);

    g_assert_no_error (error);
  }
  g_assert_true (
      mc_profile_take_older (folder, &clock->clock, key, mc_machine_secret_memory (), &error));
  g_assert_no_error (error);
  store = mc_store_open_on (folder, &clock->clock, key, "", &error);
  g_assert_no_error (error);
  g_assert_true (mc_store_copied (store));
  g_assert_true (mc_test_shows (store, work.dossier));
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_free (g_steal_pointer (&paths[i]));
      g_free (g_steal_pointer (&saved[i]));
    }
  mc_test_work_clear (&work);
  mc_test_remove (folder);
}

static void
test_states (void)
{
  McTestWork work;
  g_autoptr (McDataKey) key = NULL;
  char *folder = mc_test_locked_profile (NAME, mc_machine_secret_memory (), &work, &key);
  g_autofree char *path = g_build_filename (folder, "vault", NULL);
  g_autofree char *twin = g_build_filename (folder, "vault.old", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mc_profile_state (folder, &error), ==, MC_PROFILE_LOCKED);
  g_assert_no_error (error);
  g_unlink (path);
  g_unlink (twin);
  g_assert_cmpint (mc_profile_state (folder, &error), ==, MC_PROFILE_LOCKED);
  g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
  mc_test_work_clear (&work);
  mc_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/profile/upgrade", test_upgrade);
  g_test_add_func ("/profile/first-person", test_first_person);
  g_test_add_func ("/profile/rekey", test_rekey);
  g_test_add_func ("/profile/older", test_older);
  g_test_add_func ("/profile/states", test_states);
  return g_test_run ();
}
