/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An office's leader corrects a procedure and adds one: needs a display. */
#include "mc-catalogue.h"
#include "mc-own-page.h"
#include "mc-page.h"
#include "mc-procedure-page.h"
#include "mc-test-bench.h"
#include "mc-test-vietnamese.h"

static GtkWidget *
field (GtkWidget *page, const char *name)
{
  GtkWidget *found = mc_test_find (page, GTK_TYPE_ENTRY, name);

  g_assert_nonnull (found);
  return found;
}

static void
type (GtkWidget *page, const char *name, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (field (page, name)), text);
}

static gpointer
work_drafts (McDesk *desk, gpointer data, GError **error)
{
  return mc_desk_drafts (desk, error);
}

static json_t *
drafts (McTestBench *bench)
{
  return mc_worker_call (bench->context.worker, work_drafts, NULL, NULL);
}

static void
closed (gpointer page, gboolean *ret_closed)
{
  *ret_closed = TRUE;
}

/* Saved for the office, with nothing left among the drafts; the page beside it shows both texts. */
static void
test_correct (void)
{
  g_autoptr (McTestBench) bench = mc_test_bench (mc_test_office (), "chi");
  GtkWidget *page = mc_own_page_new (&bench->context, "1.001193");
  g_autoptr (McProcedure) taken = NULL;
  g_autoptr (json_t) left = NULL;
  gboolean done = FALSE;

  mc_test_bench_show (bench, page);
  g_signal_connect (page, "closed", G_CALLBACK (closed), &done);
  type (page, "Tên thủ tục", "Khai sinh ở xã");
  mc_page_act (MC_PAGE (page), MC_PAGE_MAIN);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  taken = mc_store_procedure (bench->context.reader, "1.001193", NULL);
  g_assert_cmpstr (taken->name, ==, "Khai sinh ở xã");
  g_assert_nonnull (taken->office);
  left = drafts (bench);
  g_assert_cmpuint (json_array_size (left), ==, 0);
  page = mc_procedure_page_new (&bench->context, "1.001193");
  mc_test_bench_show (bench, page);
  g_assert_nonnull (mc_test_find (page, GTK_TYPE_LABEL, "Bản do tỉnh công bố"));
  g_assert_nonnull (mc_test_find_button (page, "Sửa thủ tục…"));
}

/* What is typed survives the page, half a number too; what is missing is said and has the focus. */
static void
test_draft (void)
{
  g_autoptr (McTestBench) bench = mc_test_bench (mc_test_office (), "chi");
  GtkWidget *page = mc_own_page_new (&bench->context, NULL);
  g_autoptr (json_t) kept = NULL;
  json_t *draft;

  mc_test_bench_show (bench, page);
  type (page, "Mã thủ tục", "X.00");
  type (page, "Tên thủ tục", "Xác nhận ri");
  mc_page_act (MC_PAGE (page), MC_PAGE_MAIN);
  g_assert_nonnull (
      mc_test_find (page, GTK_TYPE_LABEL, "Còn thiếu: tên trường hợp, thời hạn, tên giấy tờ."));
  mc_page_leave (MC_PAGE (page));
  kept = drafts (bench);
  g_assert_cmpuint (json_array_size (kept), ==, 1);
  draft = json_array_get (kept, 0);
  page = mc_own_page_new_from (&bench->context,
                               mc_json_string (draft, "id"),
                               json_object_get (json_object_get (draft, "reception"), "own"));
  mc_test_bench_show (bench, page);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field (page, "Mã thủ tục"))), ==, "X.00");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field (page, "Tên thủ tục"))),
                   ==,
                   "Xác nhận ri");
}

/* A code that there is already would hide another procedure. */
static void
test_known_code (void)
{
  g_autoptr (McTestBench) bench = mc_test_bench (mc_test_office (), "chi");
  GtkWidget *page = mc_own_page_new (&bench->context, NULL);

  mc_test_bench_show (bench, page);
  type (page, "Mã thủ tục", "1.001193");
  g_assert_nonnull (
      mc_test_find (page,
                    GTK_TYPE_LABEL,
                    "Mã này đã có trong danh mục: mở thủ tục đó rồi bấm Sửa thủ tục."));
}

/* Nobody else is offered it. */
static void
test_clerk (void)
{
  g_autoptr (McTestBench) bench = mc_test_bench (mc_test_office (), "an");
  GtkWidget *page = mc_procedure_page_new (&bench->context, "1.001193");

  mc_test_bench_show (bench, page);
  g_assert_false (mc_own_page_may (&bench->context));
  g_assert_null (mc_test_find_button (page, "Sửa thủ tục…"));
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_add_func ("/own-page/correct", test_correct);
  g_test_add_func ("/own-page/draft", test_draft);
  g_test_add_func ("/own-page/known-code", test_known_code);
  g_test_add_func ("/own-page/clerk", test_clerk);
  return g_test_run ();
}
