/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-support.h"

static guint
found (McTestOffice *office, McQueue queue, const char *search, McRole role)
{
  McFilter filter = { queue, search, role, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = mc_store_list (office->store, &filter, &error);

  g_assert_no_error (error);
  return rows->len;
}

static void
test_search (void)
{
  static const struct
  {
    const char *search;
    guint count;
  } cases[] = {
    { "dinh", 1 },       { "Đình", 1 },      { "NGUYEN", 2 },   { "nguyen thi", 1 },
    { "thi nguyen", 1 }, { "khai sinh", 3 }, { "0421002", 1 },  { "001205123456", 3 },
    { "0912", 3 },       { "", 3 },          { "khong co", 0 }, { "\"; DROP", 0 },
    { "ngu*", 2 },       { "261121", 3 },    { "  ", 3 },
  };
  g_autoptr (McTestOffice) office = mc_test_office ();

  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Nguyễn Văn Đình"));
  g_free (mc_test_receive (office, "Nguyễn Thị Số"));
  g_free (mc_test_receive (office, "Trần Đức Đạt"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].search);
      g_assert_cmpuint (found (office, MC_QUEUE_ALL, cases[i].search, MC_ROLE_CLERK),
                        ==,
                        cases[i].count);
    }
}

/* What is new waits beside the index, and what changed there is found by its new words only. */
static void
test_search_beside_the_index (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) name = json_pack ("{s:s}", "name", "Đỗ Văn Mới");
  g_autofree char *first = NULL;
  gint64 indexed = 0;
  gint64 waiting = 0;

  mc_test_sign_in (office, "an");
  first = mc_test_receive (office, "Hồ Thị Xưa");
  for (guint i = 1; i < 70; i++)
    g_free (mc_test_receive (office, "Nguyễn Văn Đình"));
  g_assert_true (mc_desk_set (office->desk, first, "applicant", name, NULL));
  mc_db_int (mc_store_db (office->store), NULL, &waiting, "SELECT count(*) FROM search_new", "");
  mc_db_int (mc_store_db (office->store),
             NULL,
             &indexed,
             "SELECT count(*) FROM dossier_search WHERE dossier_search MATCH 'xua'",
             "");
  g_assert_cmpint (waiting, >, 1);
  g_assert_cmpint (indexed, ==, 1);

  g_assert_cmpuint (found (office, MC_QUEUE_ALL, "nguyen dinh", MC_ROLE_CLERK), ==, 69);
  g_assert_cmpuint (found (office, MC_QUEUE_ALL, "ho thi xua", MC_ROLE_CLERK), ==, 0);
  g_assert_cmpuint (found (office, MC_QUEUE_ALL, "moi van", MC_ROLE_CLERK), ==, 1);
  g_assert_cmpuint (found (office, MC_QUEUE_ALL, "khai sinh", MC_ROLE_CLERK), ==, 70);
  mc_test_check (office);
}

static void
test_newest_first (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  McFilter all = { .queue = MC_QUEUE_ALL };
  g_autoptr (GArray) numbers = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Trước"));
  mc_fake_clock_pass (office->clock, 1000);
  g_free (mc_test_receive (office, "Sau"));
  numbers = mc_store_list (office->store, &all, NULL);
  rows = mc_store_rows (office->store, (const gint64 *)(void *)numbers->data, numbers->len, NULL);
  g_assert_cmpstr (((McRow *)rows->pdata[0])->applicant, ==, "Sau");
  g_assert_cmpstr (((McRow *)rows->pdata[1])->applicant, ==, "Trước");
}

static void
pass_days (McTestOffice *office, int days)
{
  mc_fake_clock_pass (office->clock, days * 24 * 3600 * G_GINT64_CONSTANT (1000));
}

/* Due Thu 26/11 17:00; today is Sat 21/11. */
static void
test_queues_by_deadline (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  guint counts[MC_N_QUEUES];

  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Nguyễn Văn Đình"));
  g_assert_cmpuint (found (office, MC_QUEUE_SOON, NULL, MC_ROLE_CLERK), ==, 0);
  g_assert_cmpuint (found (office, MC_QUEUE_APOLOGY, NULL, MC_ROLE_CLERK), ==, 0);
  pass_days (office, 4); /* Wed 25: tomorrow */
  g_assert_cmpuint (found (office, MC_QUEUE_SOON, NULL, MC_ROLE_CLERK), ==, 1);
  g_assert_cmpuint (found (office, MC_QUEUE_TODAY, NULL, MC_ROLE_CLERK), ==, 0);
  pass_days (office, 1); /* Thu 26: today */
  g_assert_cmpuint (found (office, MC_QUEUE_TODAY, NULL, MC_ROLE_CLERK), ==, 1);
  g_assert_cmpuint (found (office, MC_QUEUE_SOON, NULL, MC_ROLE_CLERK), ==, 0);
  g_assert_cmpuint (found (office, MC_QUEUE_APOLOGY, NULL, MC_ROLE_CLERK), ==, 1);
  pass_days (office, 1);
  g_assert_cmpuint (found (office, MC_QUEUE_OVERDUE, NULL, MC_ROLE_CLERK), ==, 1);
  g_assert_true (mc_store_counts (office->store, MC_ROLE_CLERK, NULL, counts, NULL));
  g_assert_cmpuint (counts[MC_QUEUE_OVERDUE], ==, 1);
  g_assert_cmpuint (counts[MC_QUEUE_TODAY], ==, 0);
  g_assert_cmpuint (counts[MC_QUEUE_WAITING], ==, 1);
}

static void
check_apology (McTestOffice *office, guint count)
{
  g_assert_cmpuint (found (office, MC_QUEUE_APOLOGY, NULL, MC_ROLE_CLERK), ==, count);
}

/* Due Thu 26/11; Tue 24 is a holiday. Two working days before it is asked for where nobody has
 * appraised it, one before for all, and no more once the letter is sent; what is approved is not
 * late any more. */
static void
test_letters_of_apology (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *untouched = NULL;
  g_autofree char *appraised = NULL;
  const McMove letter = { .step = MC_STEP_POSTPONE,
                          .note = "Chờ xác minh",
                          .due = "2026-11-27T17:00" };

  mc_test_sign_in (office, "an");
  untouched = mc_test_receive (office, "Nguyễn Văn Đình");
  appraised = mc_test_receive (office, "Lý Thị Mai");
  mc_test_sign_in (office, "binh");
  g_assert_true (mc_desk_step (office->desk, appraised, MC_STEP_APPRAISE, NULL, NULL));
  check_apology (office, 0);
  pass_days (office, 1); /* Sun 22: Mon, Wed and Thu are left */
  check_apology (office, 0);
  pass_days (office, 1); /* Mon 23: two left */
  check_apology (office, 1);
  pass_days (office, 2); /* Wed 25: one left */
  check_apology (office, 2);
  mc_test_sign_in (office, "chi");
  g_assert_true (mc_desk_move (office->desk, untouched, &letter, NULL));
  check_apology (office, 1);
  g_assert_true (mc_desk_step (office->desk, appraised, MC_STEP_APPROVE, NULL, NULL));
  check_apology (office, 0);
  pass_days (office, 3); /* Sat 28: both dates are past */
  check_apology (office, 0);
  g_assert_cmpuint (found (office, MC_QUEUE_OVERDUE, NULL, MC_ROLE_CLERK), ==, 1);
}

static void
test_queues_by_state (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_assert_cmpuint (found (office, MC_QUEUE_RECEIVED, NULL, MC_ROLE_CLERK), ==, 1);
  g_assert_cmpuint (found (office, MC_QUEUE_MINE, NULL, MC_ROLE_CLERK), ==, 0);
  g_assert_cmpuint (found (office, MC_QUEUE_MINE, NULL, MC_ROLE_OFFICER), ==, 1);
  mc_test_sign_in (office, "binh");
  g_assert_true (mc_desk_step (office->desk, id, MC_STEP_APPRAISE, NULL, NULL));
  g_assert_cmpuint (found (office, MC_QUEUE_APPROVAL, NULL, MC_ROLE_CLERK), ==, 1);
  g_assert_cmpuint (found (office, MC_QUEUE_MINE, NULL, MC_ROLE_LEADER), ==, 1);
  mc_test_sign_in (office, "chi");
  g_assert_true (mc_desk_step (office->desk, id, MC_STEP_APPROVE, NULL, NULL));
  g_assert_cmpuint (found (office, MC_QUEUE_RETURN, NULL, MC_ROLE_CLERK), ==, 1);
  g_assert_cmpuint (found (office, MC_QUEUE_MINE, NULL, MC_ROLE_CLERK), ==, 1);
  g_assert_cmpuint (found (office, MC_QUEUE_WAITING, NULL, MC_ROLE_CLERK), ==, 1);
}

static void
test_resolve (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *by_id = NULL;
  g_autofree char *by_code = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  by_id = mc_store_resolve (office->store, id, NULL);
  by_code = mc_store_resolve (office->store, "H05.032.07-261121-0421001", NULL);
  g_assert_cmpstr (by_id, ==, id);
  g_assert_cmpstr (by_code, ==, id);
  g_assert_null (mc_store_resolve (office->store, "H05.032.07-261121-0421999", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/search", test_search);
  g_test_add_func ("/list/search-beside-the-index", test_search_beside_the_index);
  g_test_add_func ("/list/newest-first", test_newest_first);
  g_test_add_func ("/list/queues-by-deadline", test_queues_by_deadline);
  g_test_add_func ("/list/letters-of-apology", test_letters_of_apology);
  g_test_add_func ("/list/queues-by-state", test_queues_by_state);
  g_test_add_func ("/list/resolve", test_resolve);
  return g_test_run ();
}
