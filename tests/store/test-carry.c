/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-carry.h"
#include "mc-error.h"
#include "mc-id.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <string.h>

static GPtrArray *
all_lines (McTestOffice *office)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  gint64 after = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) some = mc_store_carry_out (office->store, &after, 3, NULL);

      if (some->len == 0)
        return lines;
      for (guint i = 0; i < some->len; i++)
        g_ptr_array_add (lines, g_strdup (some->pdata[i]));
    }
}

static McCarried
carry (McTestOffice *office, GPtrArray *lines)
{
  g_autoptr (GError) error = NULL;
  McCarried carried;

  g_assert_true (mc_store_carry_in (office->store, lines, &carried, &error));
  g_assert_no_error (error);
  return carried;
}

/* All that a desk holds goes to its neighbour in the order held; what the province said of it comes
 * along, and is sent on. */
static void
test_from_desk_to_desk (void)
{
  g_autoptr (McTestOffice) one = mc_test_office ();
  g_autoptr (McTestOffice) other = mc_test_office ();
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *judged = NULL;
  g_autofree char *waits = NULL;
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (McDossier) dossier = NULL;
  guint before = mc_store_outbox_count (other->store);
  McCarried carried;

  mc_test_sign_in (one, "an");
  judged = mc_test_receive (one, "Nguyễn Văn Đình");
  mc_test_accept_all (one);
  waits = mc_test_receive (one, "Lê Thị Ánh");
  g_assert_true (mc_desk_note (one->desk, judged, "mang sang", NULL));
  lines = all_lines (one);
  carried = carry (other, lines);
  /* Not the offices, staff and catalogue of the one: those come from the province alone. */
  g_assert_cmpuint (carried.taken, ==, 3);
  g_assert_cmpuint (carried.bad, ==, lines->len - 3);
  dossier = mc_store_dossier (other->store, judged, NULL);
  g_assert_cmpuint (dossier->events->len, ==, 2);
  g_assert_true (mc_test_shows (other->store, waits));
  g_assert_cmpuint (mc_store_outbox_count (other->store), ==, before + 3);
  sent = mc_store_outbox (other->store, 10, G_MAXSIZE / 2, NULL, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_auto (McPushed) pushed = { 0 };

      mc_pushed_read (sent->pdata[i], &pushed);
      g_assert_cmpstr (pushed.receipt, ==, i == 0 ? "receipt" : NULL);
    }
  mc_test_check (other);
  carried = carry (other, lines);
  g_assert_cmpuint (carried.known, ==, 3);
  g_assert_cmpuint (mc_store_outbox_count (other->store), ==, before + 3);
  mc_test_check (other);
}

static void
test_file (void)
{
  g_autoptr (McTestOffice) one = mc_test_office ();
  g_autoptr (McTestOffice) other = mc_test_office ();
  g_autofree char *path = g_build_filename (one->folder, "chờ gửi.txt", NULL);
  g_autofree char *text = NULL;
  g_autofree char *id = NULL;
  gsize length = 0;
  guint count = 0;
  McCarried carried;

  mc_test_sign_in (one, "an");
  id = mc_test_receive (one, "Nguyễn Văn Đình");
  g_free (mc_test_receive (one, "Lê Thị Ánh"));
  g_assert_true (mc_store_export_waiting (one->store, path, &count, NULL));
  g_assert_cmpuint (count, ==, 2);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  /* Cut anywhere it is no file of ours, and nothing of it is taken. */
  for (gsize cut = 0; cut < length; cut += 97)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, text, (gssize)cut, NULL));
      g_assert_false (mc_store_carry_file (other->store, path, &carried, &error));
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
  g_assert_false (mc_test_shows (other->store, id));
  g_assert_true (g_file_set_contents (path, text, (gssize)length, NULL));
  g_assert_true (mc_store_carry_file (other->store, path, &carried, NULL));
  g_assert_cmpuint (carried.taken, ==, 2);
  g_assert_true (mc_test_shows (other->store, id));
  /* The author's own desk knows them. */
  g_assert_true (mc_store_carry_file (one->store, path, &carried, NULL));
  g_assert_cmpuint (carried.known, ==, 2);
  g_assert_false (mc_store_copied (one->store));
}

static void
test_bad_lines (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", "ghi chú");
  g_autoptr (json_t) wrong = json_pack ("{s:i}", "text", 1);
  g_autofree char *on = mc_id_new (MC_TEST_MS);
  g_autoptr (json_t) base = json_pack ("{s:[s]}", "note", on);
  g_autofree char *line = NULL;
  g_autofree char *apart = NULL;
  McCarried carried;

  line = mc_test_other (office, "binh", on, MC_VERB_NOTE, body, base);
  apart = g_utf8_normalize (line, -1, G_NORMALIZE_NFD);
  g_ptr_array_add (lines, g_strdup ("<html>"));
  g_ptr_array_add (lines, g_strdup (""));
  g_ptr_array_add (lines, g_strdup ("\xff\xfe"));
  g_ptr_array_add (lines, g_strnfill (MC_OP_LINE_MAX + 1, 'x'));
  g_ptr_array_add (lines, g_steal_pointer (&apart));
  g_ptr_array_add (lines, mc_test_other (office, "binh", on, MC_VERB_NOTE, wrong, base));
  /* A reason that is no word would stand in a ruling that nobody can read. */
  g_ptr_array_add (lines, mc_pushed_write (line, "receipt", "ro\"le"));
  carried = carry (office, lines);
  g_assert_cmpuint (carried.bad, ==, lines->len);
  g_assert_cmpuint (carried.taken, ==, 0);
  g_ptr_array_add (lines, g_steal_pointer (&line));
  carried = carry (office, lines);
  g_assert_cmpuint (carried.taken, ==, 1);
  mc_test_check (office);
}

/* A line in this desk's own name that it never made: by its key a copy of it, by another a forgery.
 */
static void
test_in_own_name (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (office->store);
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", "ghi chú");
  g_autofree char *on = mc_id_new (MC_TEST_MS);
  g_autoptr (json_t) base = json_pack ("{s:[s]}", "note", on);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *id = mc_id_new (MC_TEST_MS);
      g_autoptr (McOp) op = mc_op_sign (&(McOpDraft){ .id = id,
                                                      .device = enrolment->device,
                                                      .n = 7,
                                                      .at = MC_TEST_MS * 1000,
                                                      .by = on,
                                                      .on = on,
                                                      .verb = MC_VERB_NOTE,
                                                      .body = body,
                                                      .base = base },
                                        i == 0 ? &office->province : &office->device_key);

      g_ptr_array_add (lines, g_strdup (op->line));
      g_assert_cmpuint (carry (office, lines).bad, ==, i == 0 ? 1 : 0);
      g_assert_cmpint (mc_store_copied (office->store), ==, i);
    }
}

/* Carried for another office: its verdict goes into that office's feed, so this desk is done with
 * it when the province has spoken. */
static void
test_delivered (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McSyncAnswer) answer = mc_sync_answer_new ();
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", "ghi chú");
  g_autofree char *on = mc_id_new (MC_TEST_MS);
  g_autoptr (json_t) base = json_pack ("{s:[s]}", "note", on);
  g_autofree char *line = mc_test_other (office, "binh", on, MC_VERB_NOTE, body, base);
  g_autoptr (McOp) op = mc_op_parse (line, -1, NULL);

  g_ptr_array_add (lines, g_strdup (line));
  carry (office, lines);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 1);
  mc_sync_answer_put (answer, op->id, "\"applied\"", NULL);
  answer->cursor = mc_store_cursor (office->store);
  answer->head = answer->cursor.n + 1;
  answer->time_ms = MC_TEST_MS;
  /* The feed is not read to its end yet: its word may still come there. */
  g_assert_true (mc_store_inbox (office->store, answer, NULL));
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 1);
  answer->head = answer->cursor.n;
  g_assert_true (mc_store_inbox (office->store, answer, NULL));
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/carry/from-desk-to-desk", test_from_desk_to_desk);
  g_test_add_func ("/carry/file", test_file);
  g_test_add_func ("/carry/bad-lines", test_bad_lines);
  g_test_add_func ("/carry/in-own-name", test_in_own_name);
  g_test_add_func ("/carry/delivered", test_delivered);
  return g_test_run ();
}
