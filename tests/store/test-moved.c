/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar changes: no promise moves by itself; who is asked answers, and both are in the
 * history. */
#include "mc-error.h"
#include "mc-support.h"

#define HOUR (60 * 60 * G_GINT64_CONSTANT (1000))
#define HOLIDAY(date)                                                                              \
  "{\"date\":\"" date "\",\"kind\":\"holiday\",\"state\":\"confirmed\",\"name\":\"Nghỉ\"}"
#define OLD HOLIDAY ("2026-11-24")
#define NEW OLD "," HOLIDAY ("2026-11-25")

static void
publish (McTestOffice *office, const char *version, const char *days)
{
  g_autofree char *text =
      g_strdup_printf ("{\"calendar\":{\"version\":\"%s\",\"days\":[%s]}}", version, days);

  mc_test_publish (office, MC_VERB_CALENDAR, mc_json_parse (text, -1, NULL));
}

static char *
due_of (McTestOffice *office, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);

  return g_strdup (dossier->row->due);
}

static void
assert_due (McTestOffice *office, const char *id, const char *due)
{
  g_autofree char *now = due_of (office, id);

  g_assert_cmpstr (now, ==, due);
}

static guint
answer (McTestOffice *office, const char *first, const char *second, gboolean by_calendar)
{
  const char *const ids[] = { first, second, NULL };
  g_autoptr (GError) error = NULL;
  guint answered = 0;

  mc_desk_promise_anew (office->desk, ids, by_calendar, "Lịch nghỉ thay đổi", &answered, &error);
  g_assert_no_error (error);
  return answered;
}

static void
test_asked_one_by_one (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *mai = NULL;
  g_autofree char *nam = NULL;
  g_autofree char *later = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) moved = NULL;
  g_autoptr (GPtrArray) left = NULL;

  mc_test_sign_in (office, "an");
  mai = mc_test_receive (office, "Lý Thị Mai");
  nam = mc_test_receive (office, "Vũ Văn Nam");
  none = mc_store_moved (office->store, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  publish (office, "2026-11-22", NEW);
  later = mc_test_receive (office, "Đỗ Thị Hoa");
  moved = mc_store_moved (office->store, NULL);
  g_assert_cmpuint (moved->len, ==, 2);
  g_assert_cmpuint (mc_store_moved_count (office->store), ==, 2);
  g_assert_cmpstr (((McMoved *)moved->pdata[0])->due, ==, "2026-11-26T17:00");
  g_assert_cmpstr (((McMoved *)moved->pdata[0])->moved, ==, "2026-11-27T17:00");
  assert_due (office, mai, "2026-11-26T17:00");
  assert_due (office, later, "2026-11-27T17:00");

  g_assert_cmpuint (answer (office, mai, NULL, TRUE), ==, 1);
  assert_due (office, mai, "2026-11-27T17:00");
  assert_due (office, nam, "2026-11-26T17:00");
  g_assert_cmpuint (mc_store_moved_count (office->store), ==, 1);
  g_assert_cmpuint (answer (office, nam, NULL, FALSE), ==, 1);
  assert_due (office, nam, "2026-11-26T17:00");
  g_assert_cmpuint (mc_store_moved_count (office->store), ==, 0);
  left = mc_store_moved (office->store, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  /* Who answers twice changes nothing. */
  g_assert_cmpuint (answer (office, mai, NULL, TRUE), ==, 0);
  mc_test_check (office);
}

/* The kept promise is asked about again when the calendar changes once more; one that the change
 * does not touch is not asked about at all. */
static void
test_asked_again (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *mai = NULL;

  mc_test_sign_in (office, "an");
  mai = mc_test_receive (office, "Lý Thị Mai");
  publish (office, "2026-11-22", OLD "," HOLIDAY ("2026-12-25"));
  g_assert_cmpuint (mc_store_moved_count (office->store), ==, 0);
  publish (office, "2026-11-23", NEW);
  g_assert_cmpuint (answer (office, mai, NULL, FALSE), ==, 1);
  publish (office, "2026-11-24", NEW "," HOLIDAY ("2026-11-26"));
  g_assert_cmpuint (mc_store_moved_count (office->store), ==, 1);
  g_assert_cmpuint (answer (office, mai, NULL, TRUE), ==, 1);
  assert_due (office, mai, "2026-11-30T17:00");
}

/* What stood still is counted in; a day that a leader chose stays while it is a working day; what
 * is over is not asked about. */
static void
test_counted_through_the_steps (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *paused = NULL;
  g_autofree char *put_off = NULL;
  g_autofree char *over = NULL;
  g_autoptr (GPtrArray) moved = NULL;
  g_autoptr (GError) error = NULL;
  const McMove postpone = { .step = MC_STEP_POSTPONE,
                            .note = "Chờ xác minh",
                            .due = "2026-12-04T17:00" };

  mc_test_sign_in (office, "an");
  paused = mc_test_receive (office, "Lý Thị Mai");
  put_off = mc_test_receive (office, "Vũ Văn Nam");
  over = mc_test_receive (office, "Đỗ Thị Hoa");
  g_assert_true (mc_desk_step (office->desk, over, MC_STEP_WITHDRAW, "Rút", NULL));
  mc_fake_clock_pass (office->clock, 48 * HOUR);
  g_assert_true (mc_desk_step (office->desk, paused, MC_STEP_SUPPLEMENT, "Thiếu", NULL));
  mc_fake_clock_pass (office->clock, 72 * HOUR);
  g_assert_true (mc_desk_step (office->desk, paused, MC_STEP_COMPLETE, NULL, NULL));
  assert_due (office, paused, "2026-11-30T17:00");
  mc_test_sign_in (office, "chi");
  g_assert_true (mc_desk_move (office->desk, put_off, &postpone, &error));
  g_assert_no_error (error);
  assert_due (office, put_off, "2026-12-04T17:00");
  publish (office, "2026-11-22", OLD "," HOLIDAY ("2026-11-30"));
  moved = mc_store_moved (office->store, NULL);
  g_assert_cmpuint (moved->len, ==, 1);
  g_assert_cmpstr (((McMoved *)moved->pdata[0])->dossier, ==, paused);
  g_assert_cmpstr (((McMoved *)moved->pdata[0])->moved, ==, "2026-12-01T17:00");
  publish (office, "2026-11-23", OLD "," HOLIDAY ("2026-12-04"));
  g_ptr_array_unref (moved);
  moved = mc_store_moved (office->store, NULL);
  g_assert_cmpuint (moved->len, ==, 1);
  g_assert_cmpstr (((McMoved *)moved->pdata[0])->dossier, ==, put_off);
  g_assert_cmpstr (((McMoved *)moved->pdata[0])->moved, ==, "2026-12-07T17:00");
  mc_test_check (office);
}

/* A result is put off once; the second time asks why again. Nobody but the leader does it. */
static void
test_put_off (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *mai = NULL;
  g_autoptr (GError) error = NULL;
  McMove move = { .step = MC_STEP_POSTPONE, .due = "2026-12-04T17:00" };

  mc_test_sign_in (office, "an");
  mai = mc_test_receive (office, "Lý Thị Mai");
  g_assert_false (mc_desk_move (office->desk, mai, &move, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_clear_error (&error);
  mc_test_sign_in (office, "chi");
  g_assert_false (mc_desk_move (office->desk, mai, &move, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
  g_assert_cmpstr (error->message, ==, "note");
  g_clear_error (&error);
  move.note = "Chờ xác minh";
  g_assert_true (mc_desk_move (office->desk, mai, &move, &error));
  move.due = "2026-12-08T17:00";
  g_assert_false (mc_desk_move (office->desk, mai, &move, &error));
  g_assert_cmpstr (error->message, ==, "again");
  g_clear_error (&error);
  move.again = "Chưa có trả lời";
  g_assert_true (mc_desk_move (office->desk, mai, &move, &error));
  g_assert_no_error (error);
  assert_due (office, mai, "2026-12-08T17:00");
  mc_test_check (office);
}

/* Whose case it is goes with it from step to step, and many are moved at once; what cannot take the
 * step is left as it is. */
static void
test_assigned_together (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McStaff) binh = mc_store_staff_by_login (office->store, "binh");
  g_autofree char *mai = NULL;
  g_autofree char *nam = NULL;
  g_autofree char *over = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) status = NULL;
  g_autoptr (GError) error = NULL;
  const McMove assign = { .step = MC_STEP_ASSIGN, .assignee = binh->id };
  guint moved = 0;

  mc_test_sign_in (office, "an");
  mai = mc_test_receive (office, "Lý Thị Mai");
  nam = mc_test_receive (office, "Vũ Văn Nam");
  over = mc_test_receive (office, "Đỗ Thị Hoa");
  g_assert_true (mc_desk_step (office->desk, over, MC_STEP_WITHDRAW, "Rút", NULL));
  mc_test_sign_in (office, "chi");
  g_assert_true (mc_desk_move_all (office->desk,
                                   (const char *const[]){ mai, over, nam, NULL },
                                   &assign,
                                   &moved,
                                   &error));
  g_assert_no_error (error);
  g_assert_cmpuint (moved, ==, 2);
  mc_test_sign_in (office, "binh");
  g_assert_true (mc_desk_step (office->desk, mai, MC_STEP_APPRAISE, NULL, NULL));
  dossier = mc_store_dossier (office->store, mai, NULL);
  status = mc_record_json (dossier->record, MC_GROUP_STATUS);
  g_assert_cmpstr (mc_json_string (status, "assignee"), ==, binh->id);
  g_assert_cmpstr (mc_json_string (status, "due"), ==, "2026-11-26T17:00");
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moved/asked-one-by-one", test_asked_one_by_one);
  g_test_add_func ("/moved/asked-again", test_asked_again);
  g_test_add_func ("/moved/counted-through-the-steps", test_counted_through_the_steps);
  g_test_add_func ("/moved/put-off", test_put_off);
  g_test_add_func ("/moved/assigned-together", test_assigned_together);
  return g_test_run ();
}
