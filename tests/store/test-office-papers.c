/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an office's papers look is said by who leads it, at every desk, each paper apart. */
#include "mc-office-papers.h"

#include "mc-error.h"
#include "mc-look-back-private.h"
#include "mc-printed.h"
#include "mc-support.h"
#include <string.h>

#define TITLE "papers:02"
#define HEAD "papers:head"

static McTestOffice *
office_of (const char *login)
{
  McTestOffice *office = mc_test_office ();

  mc_test_sign_in (office, login);
  return office;
}

static void
say (McTestOffice *office, const char *group, const char *title, const json_t *bases)
{
  g_autoptr (json_t) groups = json_pack ("{s:{s:s}}", group, "title", title);
  g_autoptr (GError) error = NULL;

  mc_desk_papers (office->desk, groups, bases, NULL, &error);
  g_assert_no_error (error);
}

/* What a colleague says at another desk, on what he saw: @seen: the op. */
static void
other_says (McTestOffice *office, const char *group, const char *title, const char *seen)
{
  g_autoptr (json_t) body = json_pack ("{s:{s:{s:s}}}", "groups", group, "title", title);
  g_autoptr (json_t) base = json_pack ("{s:[s]}", group, seen);
  g_autofree char *line = mc_test_other (office, "chi", office->office, MC_VERB_PAPERS, body, base);

  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
}

static void
expect (McTestOffice *office, const char *group, const char *title)
{
  g_autoptr (json_t) papers = mc_store_papers (office->store);

  g_assert_cmpstr (mc_json_string (json_object_get (papers, group), "title"), ==, title);
}

/* The op that the office's record was made by. */
static char *
creator (McTestOffice *office)
{
  g_autoptr (McRecord) record = mc_store_record (office->store, office->office, NULL);

  return g_strdup (record->creator);
}

/* Two who did not see each other: different papers both stand. */
static void
test_merged (void)
{
  g_autoptr (McTestOffice) office = office_of ("chi");
  g_autofree char *made = creator (office);
  g_autoptr (GPtrArray) sides = NULL;

  g_assert_null (mc_store_papers (office->store));
  say (office, TITLE, "Phiếu của chi", NULL);
  other_says (office, HEAD, "Kia", made);
  expect (office, TITLE, "Phiếu của chi");
  expect (office, HEAD, "Kia");
  sides = mc_store_papers_sides (office->store);
  g_assert_cmpuint (sides->len, ==, 0);
  mc_test_accept_all (office);
  expect (office, TITLE, "Phiếu của chi");
  mc_test_check (office);
}

/* The same paper: what stood stays, both are shown, and the next word answers both. */
static void
test_apart (void)
{
  g_autoptr (McTestOffice) office = office_of ("chi");
  g_autofree char *made = creator (office);
  g_autoptr (GPtrArray) sides = NULL;
  g_autoptr (GPtrArray) settled = NULL;
  const McPapersSide *second;

  say (office, TITLE, "Của chi", NULL);
  other_says (office, TITLE, "Của người kia", made);
  expect (office, TITLE, "Của người kia");
  sides = mc_store_papers_sides (office->store);
  g_assert_cmpuint (sides->len, ==, 2);
  second = sides->pdata[1];
  g_assert_cmpstr (mc_json_string (second->value, "title"), ==, "Của chi");
  g_assert_cmpstr (second->by, ==, "Lê Thị Chi");
  g_assert_false (second->stands);
  say (office, TITLE, "Của chi", NULL);
  settled = mc_store_papers_sides (office->store);
  g_assert_cmpuint (settled->len, ==, 0);
  expect (office, TITLE, "Của chi");
  mc_test_check (office);
}

/* Who types on what he saw, while another's word has come, loses nothing of it. */
static void
test_seen (void)
{
  g_autoptr (McTestOffice) office = office_of ("chi");
  g_autofree char *made = creator (office);
  g_autoptr (json_t) bases = mc_store_papers_bases (office->store);
  g_autoptr (GPtrArray) sides = NULL;

  other_says (office, TITLE, "Đến sau khi mở", made);
  say (office, TITLE, "Gõ khi chưa thấy", bases);
  expect (office, TITLE, "Đến sau khi mở");
  sides = mc_store_papers_sides (office->store);
  g_assert_cmpuint (sides->len, ==, 2);
}

static void
test_who_may (void)
{
  g_autoptr (McTestOffice) office = office_of ("an");
  g_autoptr (json_t) groups = json_pack ("{s:{s:s}}", TITLE, "title", "x");
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_desk_papers (office->desk, groups, NULL, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
}

/* What the province refused is not printed by. */
static void
test_refused (void)
{
  g_autoptr (McTestOffice) office = office_of ("chi");
  g_autofree char *line = NULL;

  say (office, TITLE, "Không được", NULL);
  line = mc_test_waiting_line (office, 0);
  mc_test_feed (office, line, "\"refused:role\"");
  mc_test_pull (office);
  g_assert_null (mc_store_papers (office->store));
  mc_test_check (office);
}

/* Long things travel alone, and what is taken away is as usual. */
static void
test_long (void)
{
  g_autoptr (McTestOffice) office = office_of ("chi");
  g_autofree char *text = g_strnfill (5000, 'a');
  g_autoptr (json_t) groups = json_pack ("{s:{s:s},s:{s:s},s:s}",
                                         "papers:layout.02",
                                         "heading",
                                         text,
                                         TITLE,
                                         "title",
                                         "Ngắn",
                                         "papers:set",
                                         "2018");
  g_autoptr (json_t) away = json_pack ("{s:n}", TITLE);
  g_autoptr (json_t) said = NULL;
  g_autoptr (GError) error = NULL;

  mc_desk_papers (office->desk, groups, NULL, &said, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_object_size (said), ==, 3);
  g_assert_false (
      json_equal (json_object_get (said, TITLE), json_object_get (said, "papers:layout.02")));
  g_assert_true (json_equal (json_object_get (said, TITLE), json_object_get (said, "papers:set")));
  mc_desk_papers (office->desk, away, said, NULL, &error);
  g_assert_no_error (error);
  expect (office, TITLE, NULL);
  mc_test_check (office);
}

/* A paper of no dossier: what, who and when, at each desk of the office, whoever printed it. */
static void
test_printed (void)
{
  g_autoptr (McTestOffice) office = office_of ("an");
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  const McPrinted *printed;

  mc_desk_print_other (office->desk, "register", "Sổ theo dõi hồ sơ", TRUE, &error);
  g_assert_no_error (error);
  mc_desk_print_other (office->desk, "leaflet", "Tờ hướng dẫn", FALSE, &error);
  g_assert_no_error (error);
  mc_test_accept_all (office);
  all = mc_store_printed (office->store, 10);
  g_assert_cmpuint (all->len, ==, 2);
  printed = all->pdata[1];
  g_assert_cmpstr (printed->paper, ==, "register");
  g_assert_cmpstr (printed->title, ==, "Sổ theo dõi hồ sơ");
  g_assert_cmpstr (printed->by, ==, "Trần Văn An");
  g_assert_true (printed->on_paper);
  g_assert_false (((McPrinted *)all->pdata[0])->on_paper);
  mc_test_check (office);
}

/* Whose printer it is, is the desk's own matter; a settings file of before spoke of it, too. */
static void
test_direct (void)
{
  g_autoptr (McTestOffice) office = office_of ("an");

  g_assert_false (mc_store_direct (office->store));
  mc_store_set_fact (office->store, "papers", "{\"set\":\"2018\",\"direct\":true}", NULL);
  g_assert_true (mc_store_direct (office->store));
  mc_store_set_direct (office->store, FALSE, NULL);
  g_assert_false (mc_store_direct (office->store));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office-papers/merged", test_merged);
  g_test_add_func ("/office-papers/apart", test_apart);
  g_test_add_func ("/office-papers/seen", test_seen);
  g_test_add_func ("/office-papers/who-may", test_who_may);
  g_test_add_func ("/office-papers/refused", test_refused);
  g_test_add_func ("/office-papers/long", test_long);
  g_test_add_func ("/office-papers/printed", test_printed);
  g_test_add_func ("/office-papers/direct", test_direct);
  return g_test_run ();
}
