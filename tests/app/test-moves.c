/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps with what they ask for, of one dossier and of many, and promises that a calendar would
 * move: needs a display. */
#include "mc-dossier-page.h"
#include "mc-group.h"
#include "mc-move-flow.h"
#include "mc-moved-page.h"
#include "mc-page.h"
#include "mc-test-bench.h"
#include "mc-test-vietnamese.h"

static AdwMessageDialog *
dialog_shown (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  g_assert_not_reached ();
}

static gboolean
may_answer (AdwMessageDialog *dialog)
{
  return adw_message_dialog_get_response_enabled (dialog, "do");
}

static void
choose (AdwMessageDialog *dialog, const char *step)
{
  GtkWidget *row = mc_test_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX_ROW, step);

  g_assert_nonnull (row);
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
}

static void
give_reason (AdwMessageDialog *dialog, const char *text)
{
  GtkWidget *view = mc_test_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT_VIEW, "Lý do");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static void
type_date (AdwMessageDialog *dialog, const char *text)
{
  gtk_editable_set_text (
      GTK_EDITABLE (mc_test_find (GTK_WIDGET (dialog), GTK_TYPE_ENTRY, "Ngày hẹn trả mới")),
      text);
}

static json_t *
status_of (McTestBench *bench, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, id, NULL);

  return mc_record_json (dossier->record, MC_GROUP_STATUS);
}

/* The step asks for its reason before its button can be pressed, and the button says which it is.
 */
static void
test_refuse (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Lý Thị Mai");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *page = mc_dossier_page_new (&bench->context, id);

  mc_test_bench_show (bench, page);
  g_assert_true (mc_page_act (MC_PAGE (page), MC_PAGE_STEPS));
  AdwMessageDialog *dialog = dialog_shown ();
  g_assert_null (mc_test_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX_ROW, "Duyệt và ký"));
  choose (dialog, "Từ chối tiếp nhận");
  g_assert_false (may_answer (dialog));
  g_assert_cmpstr (adw_message_dialog_get_response_label (dialog, "do"), ==, "Từ chối tiếp nhận");
  give_reason (dialog, "Không thuộc thẩm quyền");
  g_assert_true (may_answer (dialog));
  adw_message_dialog_response (dialog, "do");
  mc_test_bench_settle (bench);
  g_autoptr (json_t) status = status_of (bench, id);
  g_assert_cmpstr (mc_json_string (status, "state"), ==, "refused");
}

/* A letter of apology: a reason and a working day to come; the second time, why again. */
static void
test_put_off (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Lý Thị Mai");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "chi");
  GtkWidget *page = mc_dossier_page_new (&bench->context, id);

  mc_test_bench_show (bench, page);
  /* Nothing is suggested to a leader yet: F6 shows what is possible. */
  g_assert_true (mc_page_act (MC_PAGE (page), MC_PAGE_STEP));
  AdwMessageDialog *dialog = dialog_shown ();
  choose (dialog, "Xin lỗi và hẹn lại");
  give_reason (dialog, "Chờ xác minh");
  g_assert_false (may_answer (dialog));
  type_date (dialog, "29/11/2026");
  g_assert_false (may_answer (dialog));
  type_date (dialog, "20/11/2026");
  g_assert_false (may_answer (dialog));
  type_date (dialog, "1/12/2026");
  g_assert_true (may_answer (dialog));
  adw_message_dialog_response (dialog, "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  mc_test_bench_settle (bench);
  g_autoptr (json_t) status = status_of (bench, id);
  g_assert_cmpstr (mc_json_string (status, "due"), ==, "2026-12-01T17:00");
  g_assert_cmpstr (mc_json_string (status, "apology"), ==, "2026-11-21T08:12");

  mc_page_refresh (MC_PAGE (page));
  g_assert_true (mc_page_act (MC_PAGE (page), MC_PAGE_STEPS));
  dialog = dialog_shown ();
  choose (dialog, "Xin lỗi và hẹn lại");
  give_reason (dialog, "Chờ xác minh");
  type_date (dialog, "2/12/2026");
  g_assert_false (may_answer (dialog));
  gtk_editable_set_text (GTK_EDITABLE (
                             mc_test_find (GTK_WIDGET (dialog),
                                           GTK_TYPE_ENTRY,
                                           "Đã hẹn lại một lần: vì sao hẹn lại lần nữa?")),
                         "Chưa có trả lời");
  g_assert_true (may_answer (dialog));
  adw_message_dialog_response (dialog, "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Two of three can be assigned; the third stays as it is. */
static void
test_many (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *mai = mc_test_receive (office, "Lý Thị Mai");
  g_autofree char *nam = mc_test_receive (office, "Vũ Văn Nam");
  g_autofree char *over = mc_test_receive (office, "Đỗ Thị Hoa");
  g_assert_true (mc_desk_step (office->desk, over, MC_STEP_WITHDRAW, "Rút", NULL));
  g_autoptr (McTestBench) bench = mc_test_bench (office, "chi");
  GtkWidget *label = gtk_label_new (NULL);
  g_autoptr (GPtrArray) dossiers = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_dossier_free);

  mc_test_bench_show (bench, label);
  g_ptr_array_add (dossiers, mc_store_dossier (bench->context.reader, mai, NULL));
  g_ptr_array_add (dossiers, mc_store_dossier (bench->context.reader, over, NULL));
  g_ptr_array_add (dossiers, mc_store_dossier (bench->context.reader, nam, NULL));
  mc_move_flow (label, &bench->context, dossiers);
  AdwMessageDialog *dialog = dialog_shown ();
  choose (dialog, "Phân công");
  g_assert_nonnull (
      mc_test_find (GTK_WIDGET (dialog),
                    GTK_TYPE_LABEL,
                    "2 trong 3 hồ sơ làm được bước này; các hồ sơ còn lại giữ nguyên."));
  g_assert_true (may_answer (dialog));
  adw_message_dialog_response (dialog, "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  mc_test_bench_settle (bench);
  g_autoptr (json_t) first = status_of (bench, mai);
  g_autoptr (json_t) second = status_of (bench, nam);
  g_autoptr (json_t) third = status_of (bench, over);
  g_assert_cmpstr (mc_json_string (first, "state"), ==, "handling");
  g_assert_nonnull (mc_json_string (first, "assignee"));
  g_assert_cmpstr (mc_json_string (second, "state"), ==, "handling");
  g_assert_cmpstr (mc_json_string (third, "state"), ==, "withdrawn");
}

static McTestBench *
calendar_changed (char **ret_mai, char **ret_nam)
{
  McTestOffice *office = mc_test_office ();

  mc_test_sign_in (office, "an");
  *ret_mai = mc_test_receive (office, "Lý Thị Mai");
  *ret_nam = mc_test_receive (office, "Vũ Văn Nam");
  mc_test_publish (office,
                   MC_VERB_CALENDAR,
                   json_pack ("{s:{s:s,s:[{s:s,s:s,s:s,s:s}]}}",
                              "calendar",
                              "version",
                              "2026-11-22",
                              "days",
                              "date",
                              "2026-11-26",
                              "kind",
                              "swapped_off",
                              "name",
                              "Nghỉ hoán đổi",
                              "state",
                              "confirmed"));
  return mc_test_bench (office, "an");
}

static GtkWidget *
show_moved (McTestBench *bench)
{
  GtkWidget *page = mc_moved_page_new (&bench->context);

  mc_test_bench_show (bench, page);
  mc_page_refresh (MC_PAGE (page));
  mc_test_bench_settle (bench);
  return page;
}

/* Each is told with both dates, and nothing moves until somebody says so. The 24th, a holiday until
 * now, is a working day by the new calendar, the 26th none. */
static void
test_calendar_changed (void)
{
  g_autofree char *mai = NULL;
  g_autofree char *nam = NULL;
  g_autoptr (McTestBench) bench = calendar_changed (&mai, &nam);
  GtkWidget *page = show_moved (bench);

  g_assert_nonnull (mc_test_find (page,
                                  GTK_TYPE_LABEL,
                                  "Trên giấy hẹn: Thứ Năm 26/11/2026, trước 17:00. Theo lịch mới: "
                                  "Thứ Tư 25/11/2026, trước 17:00."));
  g_assert_true (gtk_widget_activate_action (page, "moved.keep", "s", mai));
  mc_test_bench_settle (bench);
  g_autoptr (json_t) kept = status_of (bench, mai);
  g_assert_cmpstr (mc_json_string (kept, "due"), ==, "2026-11-26T17:00");

  mc_page_refresh (MC_PAGE (page));
  mc_test_bench_settle (bench);
  g_assert_nonnull (mc_test_find_button (page, "Hẹn lại cả 1 hồ sơ theo lịch mới  Ctrl+Enter"));
  g_assert_true (mc_page_act (MC_PAGE (page), MC_PAGE_MAIN));
  adw_message_dialog_response (dialog_shown (), "do");
  mc_test_bench_settle (bench);
  g_autoptr (json_t) moved = status_of (bench, nam);
  g_assert_cmpstr (mc_json_string (moved, "due"), ==, "2026-11-25T17:00");
  mc_page_refresh (MC_PAGE (page));
  mc_test_bench_settle (bench);
  g_assert_nonnull (mc_test_find (page, GTK_TYPE_LABEL, "Lịch đổi, xem lại ngày hẹn"));
}

static void
test_dates (void)
{
  static const struct
  {
    const char *typed, *due;
  } rows[] = {
    { "1/12/2026", "2026-12-01T17:00" },
    { "01122026", "2026-12-01T17:00" },
    { "29/11/2026", NULL },
    { "20/11/2026", NULL },
    { "12/2026", NULL },
    { "", NULL },
    { "31/11/2026", NULL },
    { "mai", NULL },
  };
  g_autoptr (json_t) json = json_pack ("{s:s,s:[]}", "version", "1", "days");
  g_autoptr (McCalendar) calendar = mc_calendar_parse (json, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *due = mc_move_date (calendar, rows[i].typed, MC_TEST_MS);

      g_assert_cmpstr (due, ==, rows[i].due);
    }
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_add_func ("/moves/dates", test_dates);
  g_test_add_func ("/moves/refuse", test_refuse);
  g_test_add_func ("/moves/put-off", test_put_off);
  g_test_add_func ("/moves/many", test_many);
  g_test_add_func ("/moves/calendar-changed", test_calendar_changed);
  return g_test_run ();
}
