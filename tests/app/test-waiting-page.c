/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits and what was refused, on a real desk: needs a display. */
#include "mc-correct-page.h"
#include "mc-page.h"
#include "mc-set-aside.h"
#include "mc-test-bench.h"
#include "mc-test-quarrel.h"
#include "mc-test-vietnamese.h"
#include "mc-waiting-files.h"
#include "mc-waiting-page.h"

#include <string.h>

static guint
refused_count (McTestBench *bench)
{
  g_autoptr (GPtrArray) all = mc_store_refused (bench->context.reader, NULL);

  return all->len;
}

static char *
first_refused (McTestBench *bench)
{
  g_autoptr (GPtrArray) all = mc_store_refused (bench->context.reader, NULL);

  g_assert_cmpuint (all->len, >, 0);
  return g_strdup (((McWaiting *)all->pdata[0])->op);
}

/* The body of what waits last. */
static json_t *
last_waiting (McTestBench *bench)
{
  g_autoptr (GPtrArray) all = mc_store_waiting (bench->context.reader, 100, NULL);

  g_assert_cmpuint (all->len, >, 0);
  return mc_json_parse (((McWaiting *)all->pdata[all->len - 1])->detail, -1, NULL);
}

static McTestBench *
refused_reception (const char *reason)
{
  McTestOffice *office = mc_test_office ();

  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Nguyễn Văn Đinh"));
  mc_test_refuse (office, reason);
  return mc_test_bench (office, "an");
}

static GtkWidget *
show_page (McTestBench *bench)
{
  GtkWidget *page = mc_waiting_page_new (&bench->context);

  mc_test_bench_show (bench, page);
  mc_page_refresh (MC_PAGE (page));
  return page;
}

static void
test_resend (void)
{
  g_autoptr (McTestBench) bench = refused_reception ("procedure");
  g_autofree char *op = first_refused (bench);
  GtkWidget *page = show_page (bench);

  g_assert_true (gtk_widget_activate_action (page, "waiting.resend", "s", op));
  mc_test_bench_settle (bench);
  g_assert_cmpuint (refused_count (bench), ==, 0);
  g_autoptr (json_t) sent = last_waiting (bench);
  g_assert_cmpstr (mc_json_string (json_object_get (sent, "applicant"), "name"),
                   ==,
                   "Nguyễn Văn Đinh");
}

/* All at once, and what a reception takes along goes once: a fee sent twice would be taken twice.
 */
static void
test_resend_all (void)
{
  McTestOffice *office = mc_test_office ();
  g_autoptr (json_t) reception = json_pack ("{s:s,s:{s:s},s:{s:i,s:s}}",
                                            "procedure",
                                            "1.001193",
                                            "applicant",
                                            "name",
                                            "Nguyễn Văn Đình",
                                            "fee_taken",
                                            "amount",
                                            8000,
                                            "method",
                                            "cash");
  g_autofree char *line = NULL;
  mc_test_sign_in (office, "an");
  g_autoptr (McReceived) received = mc_desk_receive (office->desk, reception, NULL);
  line = mc_test_waiting_line (office, 0);
  mc_test_feed (office, line, "\"refused:procedure\"");
  mc_test_pull (office);
  mc_test_refuse (office, "record");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *page = show_page (bench);

  g_assert_cmpuint (refused_count (bench), ==, 2);
  GtkWidget *all = mc_test_find (page, GTK_TYPE_BUTTON, "Gửi lại cả 2 việc");
  g_assert_nonnull (all);
  g_signal_emit_by_name (all, "clicked");
  mc_test_bench_settle (bench);
  g_assert_cmpuint (refused_count (bench), ==, 0);
  g_autoptr (GPtrArray) waiting = mc_store_waiting (bench->context.reader, 100, NULL);
  g_assert_cmpuint (waiting->len, ==, 2);
}

static void
closed (GtkWidget *page, guint *count)
{
  (*count)++;
}

static void
test_correct (void)
{
  g_autoptr (McTestBench) bench = refused_reception ("format");
  g_autofree char *op = first_refused (bench);
  GtkWidget *page = mc_correct_page_new (&bench->context, op);
  guint times = 0;

  mc_test_bench_show (bench, page);
  g_signal_connect (page, "closed", G_CALLBACK (closed), &times);
  GtkWidget *name = mc_test_find (page, GTK_TYPE_ENTRY, "Họ và tên");
  GtkWidget *dob = mc_test_find (page, GTK_TYPE_ENTRY, "Ngày sinh");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Nguyễn Văn Đinh");
  g_assert_nonnull (mc_test_find (page, GTK_TYPE_BUTTON, "Gửi lại  Ctrl+Enter"));
  gtk_editable_set_text (GTK_EDITABLE (name), "Nguyễn Văn Đình");
  g_assert_nonnull (mc_test_find (page, GTK_TYPE_BUTTON, "Sửa và gửi lại  Ctrl+Enter"));

  /* What cannot be read is not sent, and stays as it was typed. */
  gtk_editable_set_text (GTK_EDITABLE (dob), "31/02/2005");
  mc_page_act (MC_PAGE (page), MC_PAGE_MAIN);
  mc_test_bench_settle (bench);
  g_assert_cmpuint (refused_count (bench), ==, 1);
  g_assert_true (gtk_widget_has_css_class (dob, "error"));
  gtk_editable_set_text (GTK_EDITABLE (dob), "05/03/2005");
  mc_page_act (MC_PAGE (page), MC_PAGE_MAIN);
  mc_test_bench_settle (bench);
  g_assert_cmpuint (times, ==, 1);
  g_assert_cmpuint (refused_count (bench), ==, 0);
  g_autoptr (json_t) sent = last_waiting (bench);
  json_t *applicant = json_object_get (sent, "applicant");
  g_assert_cmpstr (mc_json_string (applicant, "name"), ==, "Nguyễn Văn Đình");
  g_assert_cmpstr (mc_json_string (applicant, "dob"), ==, "2005-03-05");
  g_assert_cmpstr (mc_json_string (json_object_get (sent, "contact"), "phone"), ==, "0912345678");
  g_assert_cmpstr (mc_json_string (sent, "procedure"), ==, "1.001193");
  g_assert_null (mc_correct_page_new (&bench->context, op));
}

/* An edit: only the groups that it wrote are there to be corrected, beside what stands now. */
static void
test_correct_edit (void)
{
  McTestOffice *office = mc_test_office ();
  g_autoptr (json_t) value = json_pack ("{s:s}", "phone", "0933");
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  g_assert_true (mc_desk_set (office->desk, id, "contact", value, NULL));
  mc_test_refuse (office, "right");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  g_autofree char *op = first_refused (bench);
  GtkWidget *page = mc_correct_page_new (&bench->context, op);

  mc_test_bench_show (bench, page);
  g_assert_null (mc_test_find (page, GTK_TYPE_ENTRY, "Họ và tên"));
  g_assert_nonnull (
      mc_test_find (page, GTK_TYPE_LABEL, "Đang có trong hồ sơ:\nThông tin liên hệ\n0912345678"));
  gtk_editable_set_text (GTK_EDITABLE (mc_test_find (page, GTK_TYPE_ENTRY, "Số điện thoại")),
                         "0944");
  mc_page_act (MC_PAGE (page), MC_PAGE_MAIN);
  mc_test_bench_settle (bench);
  g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, id, NULL);
  g_assert_nonnull (strstr (mc_record_value (dossier->record, "contact"), "0944"));
  g_assert_cmpuint (dossier->row->contested, ==, 0);
}

static gpointer
work_drafts (McDesk *desk, gpointer data, GError **error)
{
  return mc_desk_drafts (desk, error);
}

static gsize
drafts (McTestBench *bench)
{
  g_autoptr (json_t) all = mc_worker_call (bench->context.worker, work_drafts, NULL, NULL);

  return json_array_size (all);
}

/* What is typed and not sent is on the disk, and back in its fields; once sent it is a draft no
 * more. */
static void
test_typed_is_kept (void)
{
  g_autoptr (McTestBench) bench = refused_reception ("format");
  g_autofree char *op = first_refused (bench);
  GtkWidget *page = mc_correct_page_new (&bench->context, op);

  mc_test_bench_show (bench, page);
  mc_test_bench_settle (bench);
  gtk_editable_set_text (GTK_EDITABLE (mc_test_find (page, GTK_TYPE_ENTRY, "Ngày sinh")), "31/02");
  mc_test_bench_show (bench, gtk_label_new (""));
  page = mc_correct_page_new (&bench->context, op);
  mc_test_bench_show (bench, page);
  mc_test_bench_settle (bench);
  g_assert_cmpuint (drafts (bench), ==, 1);
  GtkWidget *dob = mc_test_find (page, GTK_TYPE_ENTRY, "Ngày sinh");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (dob)), ==, "31/02");
  gtk_editable_set_text (GTK_EDITABLE (dob), "05/03/2005");
  mc_page_act (MC_PAGE (page), MC_PAGE_MAIN);
  while (drafts (bench) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (refused_count (bench), ==, 0);
}

/* Who may not do it sees so before the key is pressed. */
static void
test_no_right (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Nguyễn Văn Đình"));
  mc_test_refuse (office, "role");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "chi");
  g_autofree char *op = first_refused (bench);
  GtkWidget *page = mc_correct_page_new (&bench->context, op);

  mc_test_bench_show (bench, page);
  g_assert_false (
      gtk_widget_get_sensitive (mc_test_find (page, GTK_TYPE_BUTTON, "Gửi lại  Ctrl+Enter")));
  mc_page_act (MC_PAGE (page), MC_PAGE_MAIN);
  mc_test_bench_settle (bench);
  g_assert_cmpuint (refused_count (bench), ==, 1);
}

static AdwMessageDialog *
dialog_shown (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;
  g_assert_not_reached ();
}

static void
test_set_aside (void)
{
  g_autoptr (McTestBench) bench = refused_reception ("step");
  g_autofree char *op = first_refused (bench);
  GtkWidget *page = show_page (bench);

  for (guint i = 0; i < 2; i++)
    {
      mc_set_aside (page, &bench->context, op);
      adw_message_dialog_response (dialog_shown (), i == 0 ? "cancel" : "do");
      mc_test_bench_settle (bench);
      g_assert_cmpuint (refused_count (bench), ==, 1 - i);
    }
}

static void
test_notices (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_overturn (office, "step");
  g_assert_cmpuint (mc_store_notice_count (office->store), ==, 1);
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  g_autoptr (GPtrArray) notices = mc_store_notices (bench->context.reader, NULL);
  gint64 id = ((McNotice *)notices->pdata[0])->id;
  GtkWidget *page = show_page (bench);

  g_assert_nonnull (
      mc_test_find (page,
                    GTK_TYPE_LABEL,
                    "trước: được nhận → nay: không được nhận, vì hồ sơ không ở bước đó"));
  g_assert_true (gtk_widget_activate_action (page, "waiting.seen", "x", id));
  mc_test_bench_settle (bench);
  g_assert_cmpuint (mc_store_notice_count (bench->context.reader), ==, 0);
}

/* To a file, and from it into another machine. */
static void
test_files (void)
{
  McTestOffice *office = mc_test_office ();
  McTestOffice *other = mc_test_office ();
  g_autofree char *path = g_build_filename (office->folder, "cho-gui.motcua", NULL);
  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Nguyễn Văn Đình"));
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  g_autofree char *text = NULL;

  mc_waiting_export_to (show_page (bench), &bench->context, path);
  mc_test_bench_settle (bench);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Nguyễn Văn Đình"));

  g_autoptr (McTestBench) beside = mc_test_bench (other, "an");
  GtkWidget *page = show_page (beside);
  g_assert_false (gtk_widget_get_sensitive (mc_test_find_button (page, "Xuất ra tệp…")));
  mc_waiting_take_in_from (page, &beside->context, path);
  mc_test_bench_settle (beside);
  g_autoptr (GPtrArray) waiting = mc_store_waiting (beside->context.reader, 100, NULL);
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_false (((McWaiting *)waiting->pdata[0])->yours);
  /* A file cut short is none: nothing changes. */
  text[strlen (text) - 20] = '\0';
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  mc_waiting_take_in_from (page, &beside->context, path);
  mc_test_bench_settle (beside);
  g_clear_pointer (&waiting, g_ptr_array_unref);
  waiting = mc_store_waiting (beside->context.reader, 100, NULL);
  g_assert_cmpuint (waiting->len, ==, 1);
}

static void
test_copied (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_assert_true (mc_store_mark_copied (office->store, "machine", NULL));
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *page = show_page (bench);
  GtkWidget *words = mc_test_find (page, GTK_TYPE_LABEL, "▲ Máy này là bản sao của một máy khác");

  g_assert_nonnull (words);
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_parent (words)));
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_add_func ("/waiting-page/resend", test_resend);
  g_test_add_func ("/waiting-page/resend-all", test_resend_all);
  g_test_add_func ("/waiting-page/correct", test_correct);
  g_test_add_func ("/waiting-page/correct-edit", test_correct_edit);
  g_test_add_func ("/waiting-page/typed-is-kept", test_typed_is_kept);
  g_test_add_func ("/waiting-page/no-right", test_no_right);
  g_test_add_func ("/waiting-page/set-aside", test_set_aside);
  g_test_add_func ("/waiting-page/notices", test_notices);
  g_test_add_func ("/waiting-page/files", test_files);
  g_test_add_func ("/waiting-page/copied", test_copied);
  return g_test_run ();
}
