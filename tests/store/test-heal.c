/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-support.h"
#include "mc-sync-store.h"

#include <string.h>

static char *
phone_of (McTestOffice *office, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);

  g_assert_nonnull (dossier);
  return g_strdup (dossier->row->phone);
}

static void
set_phone (McTestOffice *office, const char *id, const char *phone)
{
  g_autoptr (json_t) value = json_pack ("{s:s}", "phone", phone);

  g_assert_true (mc_desk_set (office->desk, id, MC_GROUP_CONTACT, value, NULL));
}

/* Only what stood after the common point waits again. */
static void
test_common_point (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint known;

  mc_test_sign_in (office, "an");
  first = mc_test_receive (office, "Người Thứ Nhất");
  mc_test_accept_all (office);
  known = office->feed->len;
  second = mc_test_receive (office, "Người Thứ Hai");
  mc_test_accept_all (office);
  mc_test_restore (office, known);
  g_assert_cmpint (mc_store_cursor (office->store).n, ==, known);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 1);
  mc_test_check (office);
  mc_test_accept_all (office);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
  g_assert_cmpuint (mc_store_notice_count (office->store), ==, 0);
  mc_test_check (office);
}

/* The feeds are one up to here, but the line after it is another: the hash tells, not the number.
 */
static void
test_refilled (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *mine = NULL;
  guint known = office->feed->len;
  g_autofree char *line = NULL;
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", "ghi chú");
  g_autoptr (json_t) base = NULL;

  mc_test_sign_in (office, "an");
  mine = mc_test_receive (office, "Nguyễn Văn Đình");
  base = json_pack ("{s:[s]}", "note", mine);
  mc_test_accept_all (office);
  line = mc_test_other (office, "binh", mine, MC_VERB_NOTE, body, base);
  g_ptr_array_set_size (office->feed, (int)known);
  mc_test_feed (office, line, "\"refused:record\"");
  mc_test_restore (office, office->feed->len);
  g_assert_cmpint (mc_store_cursor (office->store).n, ==, known);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 1);
}

/* Nothing leaves the screen while the province is read anew, and lines go with their receipts. */
static void
test_nothing_vanishes (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  guint empty = office->feed->len;
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autofree char *phone = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  set_phone (office, id, "0933");
  line = mc_test_waiting_line (office, 0);
  mc_test_feed (office, line, "\"refused:right\"");
  mc_test_pull (office);
  phone = phone_of (office, id);
  g_assert_cmpstr (phone, ==, "0912345678");
  mc_test_restore (office, empty);
  g_clear_pointer (&phone, g_free);
  phone = phone_of (office, id);
  /* What it refused stays refused although it has forgotten that it did. */
  g_assert_cmpstr (phone, ==, "0912345678");
  lines = mc_store_outbox (office->store, 10, G_MAXSIZE / 2, NULL, NULL, NULL);
  g_assert_cmpuint (lines->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_auto (McPushed) pushed = { 0 };

      mc_pushed_read (lines->pdata[i], &pushed);
      g_assert_cmpstr (pushed.receipt, ==, "receipt");
      g_assert_cmpstr (pushed.reason, ==, i == 0 ? NULL : "right");
    }
  g_assert_cmpuint (mc_store_refused_count (office->store), ==, 1);
  mc_test_check (office);
}

/* An approval that the province admitted is not checked a second time: the dossier may have gone
 * on.
 */
static void
test_admitted (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  guint empty = office->feed->len;
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) body = json_pack ("{s:s}", "step", "approve");
  g_autoptr (json_t) base = json_object ();

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  json_object_set_new (base, "status", json_pack ("[s]", dossier->record->creator));
  /* Impossible from "received", but a receipt says that it was admitted. */
  line = mc_test_other (office, "chi", id, MC_VERB_STEP, body, base);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  mc_test_restore (office, empty);
  mc_dossier_free (g_steal_pointer (&dossier));
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpstr (dossier->row->state, ==, "approved");
  mc_test_check (office);
}

static void
test_notice (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  guint known;
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GPtrArray) notices = NULL;
  McNotice *notice;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  known = office->feed->len;
  set_phone (office, id, "0933");
  line = mc_test_waiting_line (office, 0);
  mc_test_accept_all (office);
  mc_test_restore (office, known);
  mc_test_feed (office, line, "{\"contact\":\"contested\"}");
  mc_test_pull (office);
  notices = mc_store_notices (office->store, NULL);
  g_assert_cmpuint (notices->len, ==, 1);
  notice = notices->pdata[0];
  g_assert_cmpstr (notice->dossier, ==, id);
  g_assert_cmpstr (notice->before, ==, "\"applied\"");
  g_assert_cmpstr (notice->after, ==, "{\"contact\":\"contested\"}");
  g_assert_cmpstr (notice->by, ==, "Trần Văn An");
  g_assert_true (mc_store_notice_seen (office->store, notice->id, NULL));
  g_assert_cmpuint (mc_store_notice_count (office->store), ==, 0);
  mc_test_check (office);
}

/* What others wrote is carried to a province that lost it: their desk may be dead. */
static void
test_carries_for_others (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autofree char *sent = NULL;
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", "ghi chú");
  g_autoptr (json_t) base = NULL;
  g_autoptr (McDossier) dossier = NULL;
  guint known;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  known = office->feed->len;
  dossier = mc_store_dossier (office->store, id, NULL);
  base = json_pack ("{s:[s]}", "note", dossier->record->creator);
  line = mc_test_other (office, "binh", id, MC_VERB_NOTE, body, base);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  mc_test_restore (office, known);
  sent = mc_test_waiting_line (office, 0);
  g_assert_cmpstr (sent, ==, line);
}

/* A dossier that left stands in the feed by its own id alone: what was said of all the others is
 * remembered all the same. */
static void
test_remembers_beside_one_that_left (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *leaves = NULL;
  guint known;
  g_autoptr (GPtrArray) lines = NULL;
  g_auto (McPushed) pushed = { 0 };

  mc_test_sign_in (office, "an");
  leaves = mc_test_receive (office, "Người Thứ Nhất");
  mc_test_accept_all (office);
  mc_test_gone (office, leaves);
  mc_test_pull (office);
  known = office->feed->len;
  g_free (mc_test_receive (office, "Người Thứ Hai"));
  mc_test_accept_all (office);
  mc_test_restore (office, known);
  lines = mc_store_outbox (office->store, 10, G_MAXSIZE / 2, NULL, NULL, NULL);
  g_assert_cmpuint (lines->len, ==, 1);
  mc_pushed_read (lines->pdata[0], &pushed);
  g_assert_cmpstr (pushed.receipt, ==, "receipt");
  mc_test_check (office);
}

/* Lines that version 1 wrote have no hash: it is found when it is asked for. */
static void
test_lines_of_version_1 (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  guint known;

  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Người Thứ Nhất"));
  mc_test_accept_all (office);
  known = office->feed->len;
  g_free (mc_test_receive (office, "Người Thứ Hai"));
  mc_test_accept_all (office);
  g_assert_true (mc_db_run (mc_store_db (office->store), NULL, "UPDATE feed SET hash = ''", ""));
  mc_test_restore (office, known);
  g_assert_cmpint (mc_store_cursor (office->store).n, ==, known);
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heal/common-point", test_common_point);
  g_test_add_func ("/heal/refilled", test_refilled);
  g_test_add_func ("/heal/nothing-vanishes", test_nothing_vanishes);
  g_test_add_func ("/heal/admitted", test_admitted);
  g_test_add_func ("/heal/notice", test_notice);
  g_test_add_func ("/heal/carries-for-others", test_carries_for_others);
  g_test_add_func ("/heal/remembers-beside-one-that-left", test_remembers_beside_one_that_left);
  g_test_add_func ("/heal/lines-of-version-1", test_lines_of_version_1);
  return g_test_run ();
}
