/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-province.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static gint64
fake_time (gpointer data)
{
  TestProvince *test = data;

  return test->now_ms;
}

void
test_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        test_remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static json_t *
small_catalogue (void)
{
  static const char text[] =
      "{\"version\":\"2026-11-21\",\"procedures\":[{\"code\":\"" TEST_PROCEDURE "\","
      "\"name\":\"Đăng ký khai sinh\",\"field\":\"Hộ tịch\",\"parts\":[{\"id\":\"to-khai\","
      "\"name\":\"Tờ khai\",\"required\":true,\"originals\":1,\"copies\":0}],"
      "\"cases\":[{\"id\":\"thuong\",\"name\":\"Thông thường\",\"channels\":[\"direct\"],"
      "\"time\":{\"unit\":\"same_day\",\"count\":0},\"fee\":{\"kind\":\"none\",\"amount\":0}}]}]}";

  return mc_json_parse (text, -1, NULL);
}

char *
test_add_staff (TestProvince *test, const char *office, const char *login, McRole role)
{
  g_autoptr (GError) error = NULL;
  McStaffChange change = { office, login, login, role, 1 };
  char *id = mc_province_add_staff (test->province, &change, &error);

  g_assert_no_error (error);
  return id;
}

TestProvince *
test_province_new (void)
{
  TestProvince *test = g_new0 (TestProvince, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) catalogue = small_catalogue ();
  guint changed, total;

  test->clock = (McClock){ fake_time, fake_time, test };
  test->now_ms = MC_BUILD_MS + 3600000;
  test->data = g_dir_make_tmp ("motcua-server-XXXXXX", &error);
  g_assert_no_error (error);
  mc_province_init (test->data, &test->clock, &error);
  g_assert_no_error (error);
  test_province_reopen (test);
  test->office_a = mc_province_add_office (test->province, TEST_CODE_A, "Xã Thử Nghiệm", &error);
  g_assert_no_error (error);
  test->office_b = mc_province_add_office (test->province, TEST_CODE_B, "Xã Bên Cạnh", &error);
  g_assert_no_error (error);
  g_assert_true (mc_province_import (test->province, catalogue, &changed, &total, &error));
  g_assert_no_error (error);
  test->clerk = test_add_staff (test, test->office_a, "an", MC_ROLE_CLERK);
  test->officer = test_add_staff (test, test->office_a, "binh", MC_ROLE_OFFICER);
  test->leader = test_add_staff (test, test->office_a, "chi", MC_ROLE_LEADER);
  test->clerk_b = test_add_staff (test, test->office_b, "dung", MC_ROLE_CLERK);
  return test;
}

void
test_province_close (TestProvince *test)
{
  g_clear_pointer (&test->province, mc_province_close);
}

void
test_province_reopen (TestProvince *test)
{
  g_autoptr (GError) error = NULL;

  test_province_close (test);
  test->province = mc_province_open (test->data, &test->clock, &error);
  g_assert_no_error (error);
}

static char *
database_file (TestProvince *test, const char *ending)
{
  g_autofree char *name = g_strconcat ("server.sqlite", ending, NULL);

  return g_build_filename (test->data, name, NULL);
}

void
test_province_copy (TestProvince *test)
{
  g_autofree char *copy = database_file (test, ".copy");
  g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", copy);

  g_unlink (copy);
  test_run (test, sql);
}

void
test_province_restore (TestProvince *test)
{
  g_autofree char *copy = database_file (test, ".copy");
  g_autofree char *file = database_file (test, "");
  g_autofree char *log = database_file (test, "-wal");
  g_autofree char *shared = database_file (test, "-shm");
  g_autofree char *text = NULL;
  gsize size = 0;

  test_province_close (test);
  g_unlink (log);
  g_unlink (shared);
  g_assert_true (g_file_get_contents (copy, &text, &size, NULL));
  g_assert_true (g_file_set_contents (file, text, (gssize)size, NULL));
  test_province_reopen (test);
}

void
test_province_free (TestProvince *test)
{
  test_province_close (test);
  test_remove_tree (test->data);
  g_free (test->data);
  g_free (test->office_a);
  g_free (test->office_b);
  g_free (test->clerk);
  g_free (test->officer);
  g_free (test->leader);
  g_free (test->clerk_b);
  g_free (test);
}

static sqlite3 *
open_database (TestProvince *test)
{
  g_autofree char *path = g_build_filename (test->data, "server.sqlite", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  return db;
}

void
test_run (TestProvince *test, const char *sql)
{
  sqlite3 *db = open_database (test);

  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

char *
test_text (TestProvince *test, const char *sql)
{
  sqlite3 *db = open_database (test);
  sqlite3_stmt *statement = NULL;
  char *text;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  text = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return text;
}

gint64
test_number (TestProvince *test, const char *sql)
{
  g_autofree char *text = test_text (test, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

void
test_sound (TestProvince *test)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_province_check (test->province, findings, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *)findings->pdata[i]);
  g_assert_cmpuint (findings->len, ==, 0);
}
