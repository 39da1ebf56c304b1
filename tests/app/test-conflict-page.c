/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each kind of conflict is settled on its page with one key: needs a display. */
#include "mc-conflict-page.h"
#include "mc-group.h"
#include "mc-page.h"
#include "mc-test-bench.h"
#include "mc-test-quarrel.h"
#include "mc-test-vietnamese.h"
#include "mc-viewer.h"

#include <string.h>

static guint
conflict_count (McTestBench *bench)
{
  g_autoptr (GPtrArray) all = mc_store_conflicts (bench->context.reader, NULL, NULL);

  return all->len;
}

static GtkWidget *
show_page (McTestBench *bench, const char *id)
{
  GtkWidget *page = mc_conflict_page_new (&bench->context);

  mc_test_bench_show (bench, page);
  mc_conflict_page_turn_to (MC_CONFLICT_PAGE (page), id);
  return page;
}

static char *
value_of (McTestBench *bench, const char *id, const char *group)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, id, NULL);

  return g_strdup (mc_record_value (dossier->record, group));
}

/* The first choice of each kind, by the key, and what then stands. */
static void
test_first (void)
{
  static const struct
  {
    McConflictKind kind;
    const char *group;
    const char *stands;
  } cases[] = {
    { MC_CONFLICT_VALUE, "contact", "0922222222" },
    { MC_CONFLICT_STEPS, "status", MC_STATE_APPRAISED },
    { MC_CONFLICT_WITHDRAWAL, "status", MC_STATE_APPRAISED },
    { MC_CONFLICT_DOCUMENTS, "part:to-khai", "\"also\"" },
    { MC_CONFLICT_FEES, "fee", "transfer" },
    { MC_CONFLICT_SETTLEMENTS, "contact", "0944444444" },
    { MC_CONFLICT_CHANGED, "status", MC_STATE_APPRAISED },
    { MC_CONFLICT_TRANSFERS, "offices", "[" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McTestOffice *office = mc_test_office ();
      g_autofree char *id = mc_test_quarrel (office, cases[i].kind);
      g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
      GtkWidget *page = show_page (bench, id);

      g_assert_cmpuint (conflict_count (bench), ==, 1);
      g_assert_true (mc_page_act (MC_PAGE (page), MC_PAGE_MAIN));
      mc_test_bench_settle (bench);
      g_assert_cmpuint (conflict_count (bench), ==, 0);
      g_autofree char *stands = value_of (bench, id, cases[i].group);
      g_assert_nonnull (strstr (stands, cases[i].stands));
    }
}

/* The last choice, by a click on its card. */
static void
test_other (void)
{
  static const struct
  {
    McConflictKind kind;
    const char *card;
    const char *group;
    const char *stands;
  } cases[] = {
    { MC_CONFLICT_WITHDRAWAL, "Đã rút", "status", MC_STATE_WITHDRAWN },
    { MC_CONFLICT_CHANGED, "Việc ký duyệt vẫn giữ", "status", MC_STATE_APPROVED },
    { MC_CONFLICT_FEES, "8.000 đ tiền mặt", "fee", "cash" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McTestOffice *office = mc_test_office ();
      g_autofree char *id = mc_test_quarrel (office, cases[i].kind);
      g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
      GtkWidget *page = show_page (bench, id);
      GtkWidget *title = mc_test_find (page, GTK_TYPE_LABEL, cases[i].card);

      g_assert_nonnull (title);
      g_signal_emit_by_name (gtk_widget_get_ancestor (title, GTK_TYPE_TOGGLE_BUTTON), "clicked");
      mc_page_act (MC_PAGE (page), MC_PAGE_MAIN);
      mc_test_bench_settle (bench);
      g_assert_cmpuint (conflict_count (bench), ==, 0);
      g_autofree char *stands = value_of (bench, id, cases[i].group);
      g_assert_nonnull (strstr (stands, cases[i].stands));
    }
}

static void
test_answers (void)
{
  static const McConflictKind kinds[] = { MC_CONFLICT_TWIN, MC_CONFLICT_CODE };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      McTestOffice *office = mc_test_office ();
      g_autofree char *id = mc_test_quarrel (office, kinds[i]);
      g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
      GtkWidget *page = show_page (bench, id);
      GtkWidget *open = mc_test_find_button (page, "Mở hồ sơ kia");

      /* The other one can be opened where it is here. */
      g_assert_true (gtk_widget_get_visible (open) == (kinds[i] == MC_CONFLICT_CODE));
      mc_page_act (MC_PAGE (page), MC_PAGE_MAIN);
      mc_test_bench_settle (bench);
      g_assert_cmpuint (conflict_count (bench), ==, 0);
      g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, id, NULL);
      g_assert_nonnull (dossier);
    }
}

static guint
count_viewers (GtkWidget *root)
{
  guint count = MC_IS_VIEWER (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_viewers (child);
  return count;
}

static void
test_both_scans_shown (void)
{
  McTestOffice *office = mc_test_office ();
  g_autofree char *id = mc_test_quarrel (office, MC_CONFLICT_DOCUMENTS);
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");

  g_assert_cmpuint (count_viewers (show_page (bench, id)), ==, 2);
}

/* One key for all that are alike, whatever their paper: both scans of each are kept. */
static void
test_all_alike (void)
{
  static const McConflictKind kinds[] = { MC_CONFLICT_DOCUMENTS,
                                          MC_CONFLICT_VALUE,
                                          MC_CONFLICT_CODE };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      McTestOffice *office = mc_test_office ();
      g_autofree char *id = mc_test_quarrel (office, kinds[i]);
      g_autofree char *second = mc_test_quarrel (office, kinds[i]);
      g_autofree char *unlike = mc_test_quarrel (office, MC_CONFLICT_STEPS);
      g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
      GtkWidget *page = show_page (bench, id);
      GtkWidget *alike =
          mc_test_find (page, GTK_TYPE_CHECK_BUTTON, "Áp dụng cho cả 2 trường hợp tương tự");

      g_assert_cmpuint (conflict_count (bench), ==, 3);
      g_assert_true (gtk_widget_get_visible (alike));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (alike), TRUE);
      mc_page_act (MC_PAGE (page), MC_PAGE_MAIN);
      mc_test_bench_settle (bench);
      g_autoptr (GPtrArray) left = mc_store_conflicts (bench->context.reader, NULL, NULL);
      g_assert_cmpuint (left->len, ==, 1);
      g_assert_cmpstr (((McConflict *)left->pdata[0])->dossier, ==, unlike);
    }
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_add_func ("/conflict-page/first", test_first);
  g_test_add_func ("/conflict-page/other", test_other);
  g_test_add_func ("/conflict-page/answers", test_answers);
  g_test_add_func ("/conflict-page/both-scans-shown", test_both_scans_shown);
  g_test_add_func ("/conflict-page/all-alike", test_all_alike);
  return g_test_run ();
}
