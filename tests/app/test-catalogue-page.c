/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue and a procedure of it, on a real desk: needs a display. */
#include "mc-catalogue-page.h"
#include "mc-catalogue.h"
#include "mc-page.h"
#include "mc-procedure-page.h"
#include "mc-procedure-words.h"
#include "mc-test-bench.h"
#include "mc-test-vietnamese.h"

static gboolean
shows (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (root)), text) == 0 &&
      gtk_widget_get_visible (root))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static void
test_list (void)
{
  g_autoptr (McTestBench) bench = mc_test_bench (mc_test_office (), "an");
  GtkWidget *page = mc_catalogue_page_new (&bench->context);
  GtkWidget *search;

  mc_test_bench_show (bench, page);
  g_assert_true (shows (page, "2 thủ tục"));
  search = mc_test_find (page, GTK_TYPE_ENTRY, "Tìm thủ tục");
  g_assert_nonnull (search);
  gtk_editable_set_text (GTK_EDITABLE (search), "tinh trang hon nhan");
  g_assert_true (shows (page, "1 thủ tục"));
  gtk_editable_set_text (GTK_EDITABLE (search), "zzzz");
  g_assert_false (shows (page, "1 thủ tục"));
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  g_assert_true (shows (page, "2 thủ tục"));
}

static void
test_procedure (void)
{
  g_autoptr (McTestBench) bench = mc_test_bench (mc_test_office (), "an");
  GtkWidget *page = mc_procedure_page_new (&bench->context, "1.001193");

  mc_test_bench_show (bench, page);
  g_assert_true (shows (page, "Đăng ký khai sinh"));
  g_assert_true (shows (page, "Giấy tờ"));
  g_assert_true (shows (page, "Thời hạn và lệ phí"));
  g_assert_nonnull (mc_test_find_button (page, "In niêm yết (Ctrl+P)"));
  g_assert_nonnull (mc_test_find_button (page, "Tiếp nhận thủ tục này (Ctrl+Enter)"));
  g_assert_false (mc_page_act (MC_PAGE (page), MC_PAGE_FEE));
  g_assert_null (mc_procedure_page_new (&bench->context, "9.999999"));
}

/* A postal agent finds what the contract names, and nothing else. */
static void
test_agent (void)
{
  McTestOffice *office = mc_test_office ();
  g_autoptr (McTestBench) bench = NULL;
  GtkWidget *page;

  mc_test_publish (office,
                   MC_VERB_STAFF,
                   json_pack ("{s:s,s:s,s:s,s:s,s:b,s:[s]}",
                              "office",
                              office->office,
                              "login",
                              "buu",
                              "name",
                              "Võ Thị Bưu",
                              "role",
                              "agent",
                              "active",
                              1,
                              "receives",
                              "1.001193"));
  bench = mc_test_bench (office, "buu");
  page = mc_catalogue_page_new (&bench->context);
  mc_test_bench_show (bench, page);
  g_assert_true (shows (page, "1 thủ tục"));
  g_assert_true (shows (page, "Đăng ký khai sinh"));
  g_assert_null (mc_procedure_page_new (&bench->context, "1.004873"));
  /* Whoever comes after has a catalogue of their own. */
  g_clear_pointer (&bench->context.staff, mc_staff_free);
  bench->context.staff = mc_store_staff_by_login (bench->context.reader, "an");
  g_assert_true (mc_catalogue_stale (&bench->context));
  page = mc_catalogue_page_new (&bench->context);
  mc_test_bench_show (bench, page);
  g_assert_true (shows (page, "2 thủ tục"));
}

/* Who may not receive is not offered it. */
static void
test_leader (void)
{
  g_autoptr (McTestBench) bench = mc_test_bench (mc_test_office (), "chi");
  GtkWidget *page = mc_procedure_page_new (&bench->context, "1.001193");

  mc_test_bench_show (bench, page);
  g_assert_null (mc_test_find_button (page, "Tiếp nhận thủ tục này (Ctrl+Enter)"));
  g_assert_false (mc_page_act (MC_PAGE (page), MC_PAGE_MAIN));
}

/* What is set beside the law is said with who set it, and what the law has. */
static void
test_words (void)
{
  McCase one = { .has_term = TRUE,
                 .term = { MC_UNIT_WORKING_DAYS, 5 },
                 .fee_kind = (char *)"council",
                 .direct = TRUE,
                 .online = TRUE };
  g_autofree char *law = mc_case_time_words (&one);
  g_autofree char *fee = mc_case_fee_words (&one);
  g_autofree char *channels = mc_case_channel_words (&one);
  g_autofree char *cut = NULL;
  g_autofree char *set = NULL;

  g_assert_cmpstr (law, ==, "5 ngày làm việc");
  g_assert_cmpstr (channels, ==, "trực tiếp, trực tuyến");
  one.has_promise = TRUE;
  one.promise = (McTerm){ MC_UNIT_WORKING_DAYS, 3 };
  one.promise_source = (char *)"QĐ 5/QĐ-UBND";
  one.fee_kind = (char *)"fixed";
  one.fee = 8000;
  one.fee_source = (char *)"NQ 2/NQ-HĐND";
  cut = mc_case_time_words (&one);
  set = mc_case_fee_words (&one);
  g_assert_cmpstr (cut, ==, "3 ngày làm việc (theo QĐ 5/QĐ-UBND); luật định: 5 ngày làm việc");
  g_assert_cmpstr (set, ==, "8.000 đ (theo NQ 2/NQ-HĐND)");
  g_assert_cmpstr (mc_procedure_field_word ("time"), ==, "Thời hạn");
  g_assert_cmpstr (mc_procedure_field_word ("x"), ==, "x");
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_add_func ("/catalogue-page/list", test_list);
  g_test_add_func ("/catalogue-page/procedure", test_procedure);
  g_test_add_func ("/catalogue-page/leader", test_leader);
  g_test_add_func ("/catalogue-page/agent", test_agent);
  g_test_add_func ("/catalogue-page/words", test_words);
  return g_test_run ();
}
