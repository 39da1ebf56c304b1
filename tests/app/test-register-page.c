/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The register on the screen, on a real desk: needs a display. */
#include "mc-page.h"
#include "mc-register-page.h"
#include "mc-test-bench.h"
#include "mc-test-vietnamese.h"

static guint
lines (GtkWidget *page)
{
  GtkWidget *view = mc_test_find (page, GTK_TYPE_COLUMN_VIEW, "Sổ theo dõi hồ sơ");

  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view))));
}

static guint
choices (GtkWidget *page, const char *name)
{
  GtkWidget *choice = mc_test_find (page, GTK_TYPE_DROP_DOWN, name);

  return g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (choice)));
}

static void
test_book (void)
{
  McTestOffice *office = mc_test_office ();
  g_autoptr (McTestBench) bench = NULL;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  GtkWidget *page;

  mc_test_sign_in (office, "an");
  one = mc_test_receive (office, "Nguyễn Thị Hường");
  mc_fake_clock_pass (office->clock, G_GINT64_CONSTANT (40) * 24 * 3600 * 1000);
  other = mc_test_receive (office, "Lò Văn Sủng");
  bench = mc_test_bench (office, "an");
  page = mc_register_page_new (&bench->context);
  mc_test_bench_show (bench, page);
  mc_test_bench_settle (bench);
  /* This month's, of two months and one year; then the year's. */
  g_assert_cmpuint (lines (page), ==, 1);
  g_assert_cmpuint (choices (page, "Thời gian"), ==, 3);
  g_assert_cmpuint (choices (page, "Lĩnh vực"), ==, 2);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (mc_test_find (page, GTK_TYPE_DROP_DOWN, "Thời gian")),
                              2);
  mc_test_bench_settle (bench);
  g_assert_cmpuint (lines (page), ==, 2);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (mc_test_find (page, GTK_TYPE_DROP_DOWN, "Lĩnh vực")),
                              1);
  g_assert_cmpuint (lines (page), ==, 2);
  g_assert_false (mc_page_act (MC_PAGE (page), MC_PAGE_FEE));
}

/* The page goes while its lines are being read. */
static void
test_left (void)
{
  g_autoptr (McTestBench) bench = mc_test_bench (mc_test_office (), "an");
  GtkWidget *page = mc_register_page_new (&bench->context);

  mc_test_bench_show (bench, page);
  mc_page_refresh (MC_PAGE (page));
  g_clear_pointer ((GtkWindow **)&bench->window, gtk_window_destroy);
  mc_test_bench_settle (bench);
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_add_func ("/register-page/book", test_book);
  g_test_add_func ("/register-page/left", test_left);
  return g_test_run ();
}
