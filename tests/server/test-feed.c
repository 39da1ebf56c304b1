/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds, enrolment, admin acts, scans as the province keeps them. */
#include "test-desk.h"

#include "mc-error.h"
#include "mc-province-blob.h"
#include <glib/gstdio.h>
#include <string.h>

static void
test_pages (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McSyncAnswer) none = NULL;
  gint64 head;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);

      test_push (test, desk, receive, "\"applied\"");
    }
  do
    {
      g_autoptr (McSyncAnswer) page = test_pull (test, desk, 3);

      head = page->head;
      g_assert_cmpuint (page->entries->len, <=, 3);
    }
  while (desk->cursor.n < head);
  none = test_pull (test, desk, 3);
  g_assert_cmpuint (none->entries->len, ==, 0);
  g_assert_cmpint (none->time_ms, ==, test->now_ms);
}

/* A cursor of another history: the server was restored, or is another one. */
static void
test_reset (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McSyncAnswer) first = test_pull (test, desk, 1000);
  g_autoptr (McSyncAnswer) reset = NULL;
  g_autoptr (McSyncAnswer) beyond = NULL;
  const McCursor *newest;

  desk->cursor.hash[0] ^= 1;
  reset = test_push_lines (test, desk, NULL);
  g_assert_true (reset->reset);
  g_assert_cmpuint (reset->entries->len, ==, 0);
  /* The newest point is the feed's own end, the others ever further back. */
  newest = &g_array_index (reset->points, McCursor, 0);
  g_assert_cmpint (newest->n, ==, first->cursor.n);
  g_assert_cmpstr (newest->hash, ==, first->cursor.hash);
  g_assert_cmpuint (reset->points->len, >, 1);
  desk->cursor.n += 1000;
  beyond = test_push_lines (test, desk, NULL);
  g_assert_true (beyond->reset);
}

static void
test_new_office_is_told (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *office = mc_province_add_office (test->province, "H05.032.09", "Xã Mới", &error);
  g_autoptr (TestDesk) desk = test_desk_enrol (test, office);
  g_autoptr (McSyncAnswer) page = test_pull (test, desk, 1000);

  /* Three offices and the procedure; no staff of others. */
  g_assert_cmpuint (page->entries->len, ==, 4);
  g_assert_nonnull (strstr (((McFeedEntry *)page->entries->pdata[3])->line, "H05.032.09"));
  test_sound (test);
}

static void
test_office_twice (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_province_add_office (test->province, TEST_CODE_A, "Khác", &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (mc_province_add_office (test->province, "nonsense code", "Khác", &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_null (mc_province_office (test->province, "H99", &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NOT_FOUND);
}

static void
test_enrol (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_new ();
  g_autoptr (TestDesk) late = test_desk_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *code = mc_province_invite (test->province, test->office_a, &error);
  g_autofree char *typed = g_ascii_strdown (code, -1);
  g_autoptr (McAdmission) admission =
      mc_province_enrol (test->province, typed, &desk->public, &error);
  g_autoptr (McAdmission) again = NULL;
  g_autoptr (McCertificate) certificate = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (code), ==, 14);
  g_assert_cmpuint (strlen (admission->device->slot), ==, 4);
  g_assert_cmpstr (admission->office_code, ==, TEST_CODE_A);
  g_assert_cmpstr (admission->office_name, ==, "Xã Thử Nghiệm");
  certificate =
      mc_certificate_parse (admission->certificate, mc_province_key (test->province), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (certificate->device, ==, admission->device->id);

  /* The answer was lost on the way: the same desk asks again. */
  again = mc_province_enrol (test->province, code, &desk->public, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->certificate, ==, admission->certificate);

  g_assert_null (mc_province_enrol (test->province, code, &late->public, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SECRET);
  g_clear_error (&error);
  g_assert_null (mc_province_enrol (test->province, "AAAA-AAAA-AAAA", &late->public, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SECRET);
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM device"), ==, 1);
}

static void
test_slots (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (GHashTable) slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (TestDesk) late = test_desk_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);

      g_assert_true (g_hash_table_add (slots, g_strdup (desk->slot)));
    }
  /* One slot left in the whole province, then none. */
  test_run (test,
            "WITH RECURSIVE s (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < 9998)"
            " INSERT INTO device (id, office, key, slot, enrolled)"
            " SELECT 'x' || n, 'x', 'x', printf ('%04d', n), 0 FROM s"
            " WHERE printf ('%04d', n) NOT IN (SELECT slot FROM device)");
  if (!g_hash_table_contains (slots, "9999"))
    {
      g_autoptr (TestDesk) last = test_desk_enrol (test, test->office_a);

      g_assert_cmpstr (last->slot, ==, "9999");
    }
  code = mc_province_invite (test->province, test->office_a, &error);
  g_assert_null (mc_province_enrol (test->province, code, &late->public, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
}

/* A restored server has forgotten the device: its certificate is enough, anybody else's is not. */
static void
test_readmit (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) other = test_desk_enrol (test, test->office_b);
  g_autoptr (TestProvince) elsewhere = test_province_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (McDevice) device = NULL;
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);

  test_run (test, "DELETE FROM device");
  g_assert_null (mc_province_readmit (test->province, desk->id, other->certificate, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SIGNATURE);
  g_clear_error (&error);
  g_assert_null (mc_province_readmit (elsewhere->province, desk->id, desk->certificate, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SIGNATURE);
  g_clear_error (&error);
  device = mc_province_readmit (test->province, desk->id, desk->certificate, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (device->slot, ==, desk->slot);
  test_push (test, desk, receive, "\"applied\"");
}

static void
test_import (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) half = NULL;
  g_autoptr (json_t) calendar = NULL;
  gint64 ops = test_number (test, "SELECT count(*) FROM op");
  guint changed, total;

  half = json_pack ("{s:s,s:[{s:s,s:s,s:[{s:s,s:s}]},{s:s}]}",
                    "version",
                    "2",
                    "procedures",
                    "code",
                    "2.000001",
                    "name",
                    "Mới",
                    "cases",
                    "id",
                    "a",
                    "name",
                    "A",
                    "code",
                    "2.000002");
  g_assert_false (mc_province_import (test->province, half, &changed, &total, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM op"), ==, ops);

  calendar = json_pack ("{s:s,s:[{s:s,s:s,s:s}]}",
                        "version",
                        "2026-11-21",
                        "days",
                        "date",
                        "2026-09-02",
                        "kind",
                        "holiday",
                        "state",
                        "confirmed");
  g_assert_true (mc_province_import (test->province, calendar, &changed, &total, &error));
  g_assert_cmpuint (changed, ==, 1);
  g_assert_true (mc_province_import (test->province, calendar, &changed, &total, &error));
  g_assert_cmpuint (changed, ==, 0);
  json_object_set_new (calendar, "version", json_string ("2027-01-01"));
  g_assert_true (mc_province_import (test->province, calendar, &changed, &total, &error));
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM calendar"), ==, 1);
  test_sound (test);
}

static void
on_watch (const char *office, gpointer data)
{
  g_ptr_array_add (data, g_strdup (office != NULL ? office : "any"));
}

static void
test_watch (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);

  mc_province_look (test->province);
  mc_province_set_watch (test->province, on_watch, seen);
  test_push (test, desk, receive, "\"applied\"");
  g_assert_cmpuint (seen->len, ==, 1);
  g_assert_cmpstr (seen->pdata[0], ==, test->office_a);
  test_push (test, desk, receive, "\"applied\"");
  mc_province_look (test->province);
  g_assert_cmpuint (seen->len, ==, 1);
  /* Another process, as `staff add` beside a running server is. */
  test_run (test, "INSERT INTO fact (key, value) VALUES ('x', 'y')");
  mc_province_look (test->province);
  mc_province_look (test->province);
  g_assert_cmpuint (seen->len, ==, 2);
  g_assert_cmpstr (seen->pdata[1], ==, "any");
}

static void
test_scan (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autofree char *sha256 = mc_sha256 ("abc", 3);
  g_autoptr (McOp) attach = test_desk_attach (desk, test->clerk, receive, sha256, 3);
  g_autofree char *part = NULL;
  g_autofree char *path = NULL;
  McBlobState state = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_province_blob_readable (test->province, sha256, test->office_a, &error));
  test_push (test, desk, receive, "\"applied\"");
  test_push (test, desk, attach, "\"applied\"");
  g_assert_true (mc_province_blob_readable (test->province, sha256, test->office_a, &error));
  g_assert_false (mc_province_blob_readable (test->province, sha256, test->office_b, &error));

  g_assert_false (mc_province_blob (test->province, sha256, &state, &error));
  g_assert_no_error (error);
  g_assert_true (mc_province_blob_begin (test->province, sha256, 3, desk->id, &state, &error));
  part = mc_province_blob_part (test->province, sha256);
  path = mc_province_blob_path (test->province, sha256);
  g_assert_true (g_file_set_contents (part, "abc", 3, NULL));
  g_assert_true (mc_province_blob_received (test->province, sha256, 3, &error));
  /* The power goes between the renaming and the note of it. */
  g_assert_cmpint (g_rename (part, path), ==, 0);
  g_assert_true (mc_province_blob (test->province, sha256, &state, &error));
  g_assert_true (state.complete);
  test_sound (test);
}

static void
test_keys_apart (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autofree char *folder = g_build_filename (test->data, "keys", NULL);
  g_autofree char *secret = g_build_filename (folder, "province.key", NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (secret, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_false (mc_province_init (test->data, &test->clock, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/feed/pages", test_pages);
  g_test_add_func ("/server/feed/reset", test_reset);
  g_test_add_func ("/server/feed/new-office-is-told", test_new_office_is_told);
  g_test_add_func ("/server/feed/watch", test_watch);
  g_test_add_func ("/server/admin/office-twice", test_office_twice);
  g_test_add_func ("/server/admin/import", test_import);
  g_test_add_func ("/server/admin/keys-apart", test_keys_apart);
  g_test_add_func ("/server/enrol/code", test_enrol);
  g_test_add_func ("/server/enrol/slots", test_slots);
  g_test_add_func ("/server/enrol/readmit", test_readmit);
  g_test_add_func ("/server/scan/readable", test_scan);
  return g_test_run ();
}
