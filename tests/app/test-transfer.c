/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dossier goes to another office: needs a display. */
#include "mc-dossier-page.h"
#include "mc-group.h"
#include "mc-history.h"
#include "mc-page.h"
#include "mc-test-bench.h"
#include "mc-test-quarrel.h"
#include "mc-test-vietnamese.h"
#include "mc-transfer-flow.h"

typedef struct
{
  McTestOffice *office;
  const char *id;
} Gone;

static GtkWidget *
dialog_shown (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;
  g_assert_not_reached ();
}

/* Chosen by typing without diacritics; said before is what this office will no longer see. */
static void
hand_over (gboolean keep)
{
  McTestOffice *office = mc_test_office ();
  g_autofree char *own = g_strdup (office->office);
  g_autofree char *neighbour = mc_test_neighbour (office);
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *page = mc_dossier_page_new (&bench->context, id);

  mc_test_bench_show (bench, page);
  g_signal_emit_by_name (mc_test_find_button (page, "Chuyển cơ quan khác…"), "clicked");
  GtkWidget *dialog = dialog_shown ();
  AdwMessageDialog *asks = ADW_MESSAGE_DIALOG (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (asks, "do"));
  g_assert_null (mc_test_find (dialog, GTK_TYPE_LIST_BOX_ROW, "Xã Thử Nghiệm"));
  gtk_editable_set_text (GTK_EDITABLE (mc_test_find (dialog, GTK_TYPE_ENTRY, "Tên cơ quan")),
                         "ben ca");
  g_assert_true (adw_message_dialog_get_response_enabled (asks, "do"));
  g_assert_nonnull (
      mc_test_find (dialog,
                    GTK_TYPE_LABEL,
                    "Xã Bên Cạnh xử lý tiếp. Cơ quan này sẽ không còn xem được hồ sơ, "
                    "bản quét và các bước về sau; giấy đã in vẫn có giá trị."));
  gtk_editable_set_text (GTK_EDITABLE (mc_test_find (dialog, GTK_TYPE_ENTRY, "Lý do")),
                         "Nơi cư trú");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (mc_test_find (dialog,
                                                               GTK_TYPE_CHECK_BUTTON,
                                                               "Giữ quyền xem cho cơ quan mình")),
                               keep);
  g_assert_true (
      (mc_test_find (dialog,
                     GTK_TYPE_LABEL,
                     "Xã Bên Cạnh và cơ quan này cùng xem và cùng xử lý hồ sơ.") != NULL) == keep);
  adw_message_dialog_response (asks, "do");
  mc_test_bench_settle (bench);

  g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, id, NULL);
  g_autoptr (json_t) offices = mc_record_json (dossier->record, MC_GROUP_OFFICES);
  g_assert_cmpuint (json_array_size (offices), ==, keep ? 2 : 1);
  McNames names = { NULL, bench->context.reader };
  g_autoptr (GPtrArray) history = mc_history (dossier, &names);
  McHistoryLine *last = history->pdata[history->len - 1];
  g_assert_cmpstr (last->after, ==, "Nơi cư trú");
  if (!keep)
    g_assert_cmpstr (last->what, ==, "chuyển hồ sơ cho Xã Bên Cạnh");
}

static void
test_hand_over (void)
{
  hand_over (FALSE);
}

static void
test_share (void)
{
  hand_over (TRUE);
}

/* Not now means not at all. */
static void
test_cancel (void)
{
  McTestOffice *office = mc_test_office ();
  g_free (mc_test_neighbour (office));
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  g_autoptr (McDossier) before = mc_store_dossier (bench->context.reader, id, NULL);

  mc_test_bench_show (bench, gtk_label_new (""));
  mc_transfer_flow (gtk_window_get_child (GTK_WINDOW (bench->window)),
                    &bench->context,
                    before->row);
  GtkWidget *dialog = dialog_shown ();
  gtk_editable_set_text (GTK_EDITABLE (mc_test_find (dialog, GTK_TYPE_ENTRY, "Tên cơ quan")), "08");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  mc_test_bench_settle (bench);
  g_autoptr (McDossier) after = mc_store_dossier (bench->context.reader, id, NULL);
  g_assert_cmpuint (after->events->len, ==, before->events->len);
}

/* Where there is no other office, and for whom it is no right, the button is absent. */
static void
test_absent (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, id, NULL);

  g_assert_false (mc_transfer_flow_may (&bench->context, dossier->row));
}

static gpointer
work_gone (McDesk *desk, gpointer data, GError **error)
{
  Gone *gone = data;

  /* The bench gave the profile to its worker. */
  gone->office->store = mc_desk_store (desk);
  mc_test_gone (gone->office, gone->id);
  mc_test_pull (gone->office);
  gone->office->store = NULL;
  return GINT_TO_POINTER (TRUE);
}

/* The open page of a dossier that has gone to another office says so and offers nothing. */
static void
test_gone (void)
{
  McTestOffice *office = mc_test_office ();
  g_autofree char *neighbour = mc_test_neighbour (office);
  const char *const offices[] = { neighbour, NULL };
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_assert_true (mc_desk_transfer (office->desk, id, offices, NULL, NULL));
  mc_test_accept_all (office);
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *page = mc_dossier_page_new (&bench->context, id);
  GtkWidget *said = mc_test_find (page,
                                  GTK_TYPE_LABEL,
                                  "Hồ sơ này nay do cơ quan khác xử lý, ở đây không còn cập nhật "
                                  "nữa. Nội dung đang hiện là lần cuối; Esc để quay lại.");

  mc_test_bench_show (bench, page);
  g_assert_false (gtk_widget_get_visible (said));
  mc_worker_call (bench->context.worker, work_gone, &(Gone){ office, id }, NULL);
  mc_page_refresh (MC_PAGE (page));
  g_assert_true (gtk_widget_get_visible (said));
  g_assert_false (gtk_widget_get_visible (mc_test_find_button (page, "Chuyển cơ quan khác…")));
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_add_func ("/transfer/hand-over", test_hand_over);
  g_test_add_func ("/transfer/share", test_share);
  g_test_add_func ("/transfer/cancel", test_cancel);
  g_test_add_func ("/transfer/absent", test_absent);
  g_test_add_func ("/transfer/gone", test_gone);
  return g_test_run ();
}
