/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"
#include "mc-worker.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_second_window (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GError) error = NULL;
  McStore *second = mc_store_open (office->folder, &office->clock->clock, office->key, &error);

  g_assert_null (second);
  g_assert_error (error, MC_ERROR, MC_ERROR_BUSY);
  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Vẫn Làm Việc"));
}

static void
test_reader_beside_writer (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McStore) reader =
      mc_store_open_reader (office->folder, &office->clock->clock, office->key, NULL);
  g_autofree char *id = NULL;
  g_autoptr (McDossier) dossier = NULL;

  g_assert_nonnull (reader);
  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  dossier = mc_store_dossier (reader, id, NULL);
  g_assert_nonnull (dossier);
  g_assert_false (mc_store_set_fact (reader, "x", "y", NULL));
}

static char *
bytes_of (const char *path, gsize *length)
{
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  return bytes;
}

static void
test_newer_profile_untouched (void)
{
  g_autoptr (McFakeClock) clock = mc_fake_clock ();
  char *folder = mc_test_folder ();
  g_autofree char *path = g_build_filename (folder, "desk.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length = 0, length_after = 0;
  McStore *store = mc_store_open (folder, &clock->clock, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (mc_db_script (mc_store_db (store), "PRAGMA user_version = 99", NULL));
  mc_store_close (store);
  before = bytes_of (path, &length);
  g_assert_null (mc_store_open (folder, &clock->clock, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NEWER);
  after = bytes_of (path, &length_after);
  g_assert_cmpmem (before, length, after, length_after);
  mc_test_remove (folder);
}

static void
test_not_a_database (void)
{
  g_autoptr (McFakeClock) clock = mc_fake_clock ();
  char *folder = mc_test_folder ();
  g_autofree char *path = g_build_filename (folder, "desk.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (
      path,
      "this was never a database, only a text of some length that looks like nothing at all",
      -1,
      NULL));
  g_assert_null (mc_store_open (folder, &clock->clock, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
  mc_test_remove (folder);
}

/* The signing key is in the encrypted database and nowhere else. */
static void
test_key_is_inside (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *path = g_build_filename (office->folder, "device.key", NULL);
  McSecretKey key;

  g_assert_true (mc_store_device_key (office->store, &key, NULL));
  g_assert_cmpmem (key.bytes, sizeof key.bytes, office->device_key.bytes, sizeof key.bytes);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_admin_projections (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GPtrArray) staff = mc_store_staff_all (office->store, NULL);
  g_autoptr (GPtrArray) procedures = mc_store_procedures (office->store, NULL);
  g_autoptr (McCalendar) calendar = mc_store_calendar (office->store, NULL);

  g_assert_cmpuint (staff->len, ==, 3);
  g_assert_cmpuint (procedures->len, ==, 2);
  g_assert_cmpstr (mc_calendar_version (calendar), ==, "2026-11-21");
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/second-window", test_second_window);
  g_test_add_func ("/store/reader-beside-writer", test_reader_beside_writer);
  g_test_add_func ("/store/newer-profile-untouched", test_newer_profile_untouched);
  g_test_add_func ("/store/not-a-database", test_not_a_database);
  g_test_add_func ("/store/key-is-inside", test_key_is_inside);
  g_test_add_func ("/store/admin-projections", test_admin_projections);
  return g_test_run ();
}
