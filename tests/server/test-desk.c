/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-desk.h"

#include "mc-id.h"
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
  McStaffChange change = { office, login, login, role, "$argon2id$none", 1 };
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

gint64
test_number (TestProvince *test, const char *sql)
{
  sqlite3 *db = open_database (test);
  sqlite3_stmt *statement = NULL;
  gint64 number;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return number;
}

TestDesk *
test_desk_new (void)
{
  TestDesk *desk = g_new0 (TestDesk, 1);

  mc_keys_make (&desk->public, &desk->secret);
  desk->at = MC_BUILD_MS * 1000;
  return desk;
}

TestDesk *
test_desk_enrol (TestProvince *test, const char *office)
{
  TestDesk *desk = test_desk_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *code = mc_province_invite (test->province, office, &error);
  g_autoptr (McAdmission) admission = NULL;

  g_assert_no_error (error);
  admission = mc_province_enrol (test->province, code, &desk->public, &error);
  g_assert_no_error (error);
  desk->id = g_strdup (admission->device->id);
  desk->office = g_strdup (admission->device->office);
  desk->slot = g_strdup (admission->device->slot);
  desk->certificate = g_strdup (admission->certificate);
  return desk;
}

void
test_desk_free (TestDesk *desk)
{
  g_free (desk->id);
  g_free (desk->office);
  g_free (desk->slot);
  g_free (desk->certificate);
  g_free (desk);
}

McOp *
test_desk_op (TestDesk *desk,
              const char *by,
              const char *on,
              const char *verb,
              json_t *body,
              json_t *base)
{
  g_autofree char *id = mc_id_new (MC_BUILD_MS + desk->n);
  McOpDraft draft = {
    .id = id,
    .device = desk->id,
    .n = ++desk->n,
    .at = ++desk->at,
    .by = by,
    .on = on,
    .verb = verb,
    .body = body,
    .base = base,
  };
  McOp *op = mc_op_sign (&draft, &desk->secret);

  json_decref (body);
  json_decref (base);
  g_assert_nonnull (op);
  return op;
}

json_t *
test_base (const char *group, const char *op)
{
  return json_pack ("{s:[s]}", group, op);
}

McOp *
test_desk_receive (TestDesk *desk, const char *by)
{
  g_autofree char *record = mc_id_new (MC_BUILD_MS);
  g_autofree char *code = g_strdup_printf (TEST_CODE_A "-261121-%s%03d",
                                           desk->slot ? desk->slot : "0000",
                                           (int)desk->n + 1);

  return test_desk_op (desk,
                       by,
                       record,
                       MC_VERB_RECEIVE,
                       json_pack ("{s:s,s:s,s:s,s:s,s:s,s:{s:s}}",
                                  "office",
                                  desk->office,
                                  "code",
                                  code,
                                  "procedure",
                                  TEST_PROCEDURE,
                                  "channel",
                                  "direct",
                                  "received",
                                  "2026-11-21T08:10",
                                  "applicant",
                                  "name",
                                  "Trần Thị Bé"),
                       json_object ());
}

McOp *
test_desk_set (TestDesk *desk, const char *by, const McOp *parent, const char *phone)
{
  return test_desk_op (desk,
                       by,
                       parent->on,
                       MC_VERB_SET,
                       json_pack ("{s:{s:{s:s}}}", "groups", "contact", "phone", phone),
                       test_base ("contact", parent->id));
}

McOp *
test_desk_step (TestDesk *desk,
                const char *by,
                const McOp *parent,
                const char *step,
                const char *read)
{
  g_autofree char *id = mc_id_new (MC_BUILD_MS + desk->n);
  g_autoptr (json_t) body = json_pack ("{s:s}", "step", step);
  g_autoptr (json_t) base = test_base ("status", parent->id);
  McOpDraft draft = {
    .id = id,
    .device = desk->id,
    .n = ++desk->n,
    .at = ++desk->at,
    .by = by,
    .on = parent->on,
    .verb = MC_VERB_STEP,
    .body = body,
    .base = base,
    .read = read,
  };

  return mc_op_sign (&draft, &desk->secret);
}

McOp *
test_desk_attach (TestDesk *desk,
                  const char *by,
                  const McOp *parent,
                  const char *sha256,
                  gint64 size)
{
  return test_desk_op (desk,
                       by,
                       parent->on,
                       MC_VERB_ATTACH,
                       json_pack ("{s:s,s:b,s:{s:s,s:s,s:I,s:i}}",
                                  "part",
                                  "to-khai",
                                  "ticked",
                                  1,
                                  "document",
                                  "sha256",
                                  sha256,
                                  "name",
                                  "to-khai.pdf",
                                  "size",
                                  (json_int_t)size,
                                  "pages",
                                  1),
                       test_base ("part:to-khai", parent->id));
}

static McSyncAnswer *
sync_with (TestProvince *test, TestDesk *desk, const char *const *lines, gint64 limit)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (McDevice) device = NULL;
  g_autoptr (GError) error = NULL;
  McSyncAnswer *answer;

  device = mc_province_device (test->province, desk->id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (device);
  request->cursor = desk->cursor;
  request->limit = limit;
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    g_ptr_array_add (request->lines, g_strdup (lines[i]));
  answer = mc_province_sync (test->province, device, request, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  return answer;
}

McSyncAnswer *
test_push_lines (TestProvince *test, TestDesk *desk, const char *const *lines)
{
  return sync_with (test, desk, lines, MC_WIRE_ENTRIES_MAX);
}

void
test_push (TestProvince *test, TestDesk *desk, const McOp *op, const char *ruling)
{
  const char *const lines[] = { op->line, NULL };
  g_autoptr (McSyncAnswer) answer = test_push_lines (test, desk, lines);
  const McAnswer *one;

  g_assert_cmpuint (answer->answers->len, ==, 1);
  one = answer->answers->pdata[0];
  g_assert_cmpstr (one->op, ==, op->id);
  g_assert_cmpstr (one->ruling, ==, ruling);
}

void
test_follow (TestDesk *desk, const McSyncAnswer *answer)
{
  McCursor at = desk->cursor;

  g_assert_false (answer->reset);
  for (guint i = 0; i < answer->entries->len; i++)
    {
      const McFeedEntry *entry = answer->entries->pdata[i];
      char hash[33];

      g_assert_cmpint (entry->n, ==, at.n + 1);
      mc_feed_hash (at.hash, entry, hash);
      g_strlcpy (at.hash, hash, sizeof at.hash);
      at.n = entry->n;
    }
  g_assert_cmpint (answer->cursor.n, ==, at.n);
  g_assert_cmpstr (answer->cursor.hash, ==, at.hash);
  desk->cursor = at;
}

McSyncAnswer *
test_pull (TestProvince *test, TestDesk *desk, gint64 limit)
{
  McSyncAnswer *answer = sync_with (test, desk, NULL, limit);

  test_follow (desk, answer);
  return answer;
}

McFeedEntry *
test_find (TestProvince *test, TestDesk *desk, const char *op)
{
  McCursor kept = desk->cursor;
  g_autoptr (McSyncAnswer) answer = NULL;
  McFeedEntry *found = NULL;

  desk->cursor = (McCursor){ 0 };
  answer = sync_with (test, desk, NULL, MC_WIRE_ENTRIES_MAX);
  desk->cursor = kept;
  for (guint i = 0; i < answer->entries->len; i++)
    {
      McFeedEntry *entry = answer->entries->pdata[i];

      if (strstr (entry->line, op) == NULL)
        continue;
      g_autoptr (McOp) parsed = mc_op_parse (entry->line, -1, NULL);

      if (!g_str_equal (parsed->id, op))
        continue;
      g_assert_null (found); /* an op is in a feed once */
      found = g_ptr_array_steal_index (answer->entries, i--);
    }
  return found;
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
