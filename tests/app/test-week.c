/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A week of a commune through the window, under a clock that the test sets: Monday 23/11/2026 to
 * Monday 30/11, with the holiday of the 24th between. A supplement, a refusal, an apology, a
 * withdrawal, a stop, an interlinked birth, a transfer, returns. Needs a display. With MC_SHOTS it
 * leaves a picture of every screen.
 */
#include "mc-app-resources.h"
#include "mc-linked.h"
#include "mc-reception-private.h"
#include "mc-test-bench.h"
#include "mc-test-hall.h"
#include "mc-test-vietnamese.h"
#include "mc-viewer-render.h"

static McTestHall *hall;

static McStore *
reader (void)
{
  return hall->window->room->context.reader;
}

static void
be (const char *time)
{
  g_autoptr (GDateTime) then = mc_local_parse (time);

  hall->office->clock->wall_ms = g_date_time_to_unix (then) * 1000;
}

static void
assert_is (const char *id, const char *state, const char *due)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (reader (), id, NULL);

  g_assert_nonnull (dossier);
  g_assert_cmpstr (dossier->row->state, ==, state);
  if (due != NULL)
    g_assert_cmpstr (dossier->row->due, ==, due);
}

/* F2, the name, a few letters of the procedure, Ctrl+Enter. */
static char *
receive (const char *name, const char *letters, const char *shot)
{
  McReceptionPage *page;
  char *id;

  mc_test_hall_act (hall, "win.receive");
  mc_test_hall_settle (hall);
  page = MC_RECEPTION_PAGE (mc_window_top (hall->window));
  gtk_editable_set_text (GTK_EDITABLE (page->applicant.name), name);
  gtk_editable_set_text (GTK_EDITABLE (page->procedure.search), letters);
  g_signal_emit_by_name (page->procedure.search, "activate");
  mc_test_hall_settle (hall);
  g_assert_nonnull (page->procedure.chosen);
  if (shot != NULL)
    mc_test_hall_shot (hall, shot);
  mc_test_hall_act (hall, "win.main-act");
  while (page->done.dossier == NULL)
    g_main_context_iteration (NULL, TRUE);
  mc_test_hall_settle (hall);
  if (shot != NULL)
    mc_test_hall_shot (hall, "received");
  id = g_strdup (page->done.dossier);
  mc_test_hall_act (hall, "win.back");
  return id;
}

static void
fill (const char *label, GType type, const char *text)
{
  GtkWidget *field = mc_test_find (GTK_WIDGET (mc_test_hall_dialog (hall)), type, label);

  g_assert_nonnull (field);
  if (GTK_IS_TEXT_VIEW (field))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (field), text);
}

/* Shift+F6 on an open dossier: the step, why, and until when. */
static void
choose (const char *id, const char *step, const char *why, const char *date, const char *shot)
{
  GtkWidget *row;

  mc_test_hall_open (hall, id);
  mc_test_hall_act (hall, "win.steps");
  row = mc_test_find (GTK_WIDGET (mc_test_hall_dialog (hall)), GTK_TYPE_LIST_BOX_ROW, step);
  g_assert_nonnull (row);
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
  if (why != NULL)
    fill ("Lý do", GTK_TYPE_TEXT_VIEW, why);
  if (date != NULL)
    fill ("Ngày hẹn trả mới", GTK_TYPE_ENTRY, date);
  mc_test_hall_shot (hall, shot);
  mc_test_hall_answer (hall);
  mc_test_hall_shot (hall, "after");
  mc_test_hall_act (hall, "win.back");
}

/* F6: the step that is suggested; some ask first. */
static void
next_step (const char *id, const char *shot)
{
  mc_test_hall_open (hall, id);
  if (shot != NULL)
    mc_test_hall_shot (hall, shot);
  mc_test_hall_act (hall, "win.step");
}

static void
next_step_asked (const char *id, const char *shot)
{
  next_step (id, NULL);
  mc_test_hall_shot (hall, shot);
  mc_test_hall_answer (hall);
  /* After a signature the next one comes by itself. */
  while (mc_window_top (hall->window) != GTK_WIDGET (hall->window->list))
    mc_test_hall_act (hall, "win.back");
}

static void
appraise (const char *id, const char *shot)
{
  next_step (id, shot);
  mc_test_hall_settle (hall);
  mc_test_hall_act (hall, "win.back");
  assert_is (id, MC_STATE_APPRAISED, NULL);
}

static char *
child_of (const char *parent, guint place)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (reader (), parent, NULL);
  g_autoptr (GPtrArray) children = mc_store_children (reader (), dossier->record);

  return g_strdup (((McChild *)children->pdata[place])->id);
}

enum
{
  RETURNED,
  SUPPLEMENT,
  REFUSED,
  WITHDRAWN,
  STOPPED,
  LATE,
  TRANSFERRED,
  BIRTH,
  N_CASES,
};

static char *cases[N_CASES];
static char *children[4];

static void
monday_counter (void)
{
  static const char *const names[] = { "Nguyễn Văn Đình", "Trần Thị Số",    "Lê Văn Chối",
                                       "Phạm Thị Rút",    "Hoàng Văn Dừng", "Vũ Thị Muộn",
                                       "Đặng Văn Chuyển" };

  be ("2026-11-23T08:05");
  mc_test_hall_sign_in (hall, "an");
  mc_test_hall_shot (hall, "monday-empty");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      mc_fake_clock_pass (hall->office->clock, 5 * 60 * 1000);
      cases[i] = receive (names[i], "dang ky khai sinh", i == 0 ? "reception" : NULL);
      assert_is (cases[i], MC_STATE_RECEIVED, "2026-11-27T17:00");
    }
  cases[BIRTH] = receive ("Bùi Thị Liên", "lien thong khai sinh", "reception-linked");
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    children[i] = child_of (cases[BIRTH], i);
  mc_test_hall_queue (hall, MC_QUEUE_RECEIVED);
  mc_test_hall_shot (hall, "queue-received");
  mc_test_hall_open (hall, cases[BIRTH]);
  mc_test_hall_shot (hall, "linked-parent");
  mc_test_hall_act (hall, "win.back");
  mc_test_hall_open (hall, children[1]);
  mc_test_hall_shot (hall, "linked-child");
  mc_test_hall_act (hall, "win.back");
  choose (cases[REFUSED], "Từ chối tiếp nhận", "Không thuộc thẩm quyền của xã", NULL, "refuse");
  assert_is (cases[REFUSED], MC_STATE_REFUSED, NULL);
}

/* Hands a dossier to the neighbour and keeps its sight of it. */
static void
hand_over (const char *id)
{
  GtkWidget *dialog, *row, *keep;

  mc_test_hall_open (hall, id);
  g_signal_emit_by_name (mc_test_find_button (mc_window_top (hall->window), "Chuyển cơ quan khác…"),
                         "clicked");
  dialog = GTK_WIDGET (mc_test_hall_dialog (hall));
  row = mc_test_find (dialog, GTK_TYPE_LIST_BOX_ROW, "Xã Bên Cạnh");
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
  keep = gtk_widget_get_ancestor (mc_test_find (dialog,
                                                GTK_TYPE_LABEL,
                                                "Giữ quyền xem cho cơ quan mình"),
                                  GTK_TYPE_CHECK_BUTTON);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (keep), TRUE);
  mc_test_hall_shot (hall, "transfer");
  mc_test_hall_answer (hall);
  mc_test_hall_shot (hall, "transferred");
  mc_test_hall_act (hall, "win.back");
}

static void
select_all (void)
{
  GtkWidget *view =
      mc_test_find (GTK_WIDGET (hall->window->list), GTK_TYPE_COLUMN_VIEW, "Mới tiếp nhận");

  g_assert_nonnull (view);
  gtk_selection_model_select_all (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
}

/* The officer takes what nobody has: all that is chosen at once, with one key; and one key takes it
 * back. */
static void
assign_all (void)
{
  GtkWidget *list;

  mc_test_hall_queue (hall, MC_QUEUE_RECEIVED);
  select_all ();
  mc_test_hall_shot (hall, "many-chosen");
  mc_test_hall_act (hall, "win.assign");
  list = mc_test_find (GTK_WIDGET (mc_test_hall_dialog (hall)), GTK_TYPE_LIST_BOX, "Người xử lý");
  g_assert_nonnull (list);
  mc_test_hall_shot (hall, "assign");
  mc_test_hall_answer (hall);
  mc_test_hall_shot (hall, "assigned");
  assert_is (cases[RETURNED], MC_STATE_HANDLING, "2026-11-27T17:00");
  assert_is (cases[BIRTH], MC_STATE_HANDLING, NULL);
  mc_test_hall_act (hall, "win.undo-act");
  mc_test_hall_settle (hall);
  assert_is (cases[RETURNED], MC_STATE_RECEIVED, "2026-11-27T17:00");
  assert_is (children[0], MC_STATE_RECEIVED, NULL);
  mc_test_hall_shot (hall, "taken-back");
  select_all ();
  mc_test_hall_act (hall, "win.assign");
  mc_test_hall_answer (hall);
  assert_is (cases[RETURNED], MC_STATE_HANDLING, NULL);
}

static void
monday_officer (void)
{
  be ("2026-11-23T14:00");
  mc_test_hall_sign_in (hall, "binh");
  assign_all ();
  mc_test_hall_queue (hall, MC_QUEUE_MINE);
  mc_test_hall_shot (hall, "mine");
  appraise (cases[RETURNED], "appraise");
  mc_test_hall_act (hall, "win.undo-act");
  mc_test_hall_settle (hall);
  assert_is (cases[RETURNED], MC_STATE_HANDLING, NULL);
  appraise (cases[RETURNED], NULL);
  mc_test_hall_open (hall, cases[SUPPLEMENT]);
  mc_test_hall_act (hall, "win.supplement");
  fill ("Cần bổ sung gì, vì sao?", GTK_TYPE_TEXT_VIEW, "Thiếu Giấy chứng sinh bản chính");
  mc_test_hall_shot (hall, "supplement");
  mc_test_hall_answer (hall);
  mc_test_hall_act (hall, "win.back");
  assert_is (cases[SUPPLEMENT], MC_STATE_SUPPLEMENT, "2026-11-27T17:00");
  choose (cases[STOPPED], "Dừng giải quyết", "Người nộp không đến xác minh", NULL, "stop");
  assert_is (cases[STOPPED], MC_STATE_STOPPED, NULL);
  appraise (children[0], NULL);
}

/* Tuesday is the day of culture: nobody works, and nothing is late because of it. */
static void
wednesday_counter (void)
{
  be ("2026-11-25T08:00");
  mc_test_hall_sign_in (hall, "an");
  mc_test_hall_shot (hall, "wednesday-mine");
  mc_test_hall_queue (hall, MC_QUEUE_SUPPLEMENT);
  mc_test_hall_shot (hall, "queue-supplement");
  next_step_asked (cases[SUPPLEMENT], "complete");
  assert_is (cases[SUPPLEMENT], MC_STATE_RECEIVED, "2026-11-30T17:00");
  choose (cases[WITHDRAWN], "Rút hồ sơ", "Người nộp không còn nhu cầu", NULL, "withdraw");
  assert_is (cases[WITHDRAWN], MC_STATE_WITHDRAWN, NULL);
  hand_over (cases[TRANSFERRED]);
  mc_test_hall_queue (hall, MC_QUEUE_TODAY);
  mc_test_hall_shot (hall, "queue-today");
}

static void
thursday_leader (void)
{
  be ("2026-11-26T08:00");
  mc_test_hall_sign_in (hall, "chi");
  mc_test_hall_shot (hall, "leader");
  next_step_asked (cases[RETURNED], "approve");
  assert_is (cases[RETURNED], MC_STATE_APPROVED, NULL);
  next_step_asked (children[0], "approve-birth");
  assert_is (cases[BIRTH], MC_STATE_HANDLING, NULL);
  mc_test_hall_queue (hall, MC_QUEUE_APOLOGY);
  mc_test_hall_shot (hall, "queue-apology");
  choose (cases[LATE],
          "Xin lỗi và hẹn lại",
          "Chờ xác minh ở nơi cư trú cũ",
          "2/12/2026",
          "apology");
  assert_is (cases[LATE], MC_STATE_HANDLING, "2026-12-02T17:00");
}

/* One part of the birth fails, the others go on. */
static void
thursday_officer (void)
{
  be ("2026-11-26T10:00");
  mc_test_hall_sign_in (hall, "binh");
  choose (children[1], "Dừng giải quyết", "Chủ hộ không đồng ý", NULL, "stop-residence");
  appraise (children[2], NULL);
  appraise (children[3], NULL);
  appraise (cases[SUPPLEMENT], NULL);
  mc_test_hall_open (hall, cases[BIRTH]);
  mc_test_hall_shot (hall, "linked-under-way");
  mc_test_hall_act (hall, "win.back");
  assert_is (cases[BIRTH], MC_STATE_HANDLING, "2026-12-01T17:00");
}

static void
friday (void)
{
  be ("2026-11-27T08:00");
  mc_test_hall_sign_in (hall, "chi");
  next_step_asked (children[2], "approve-insurance");
  next_step_asked (children[3], "approve-card");
  next_step_asked (cases[SUPPLEMENT], "approve-completed");
  assert_is (cases[BIRTH], MC_STATE_APPROVED, NULL);

  be ("2026-11-27T14:00");
  mc_test_hall_sign_in (hall, "an");
  mc_test_hall_queue (hall, MC_QUEUE_RETURN);
  mc_test_hall_shot (hall, "queue-return");
  next_step_asked (cases[RETURNED], "return");
  assert_is (cases[RETURNED], MC_STATE_RETURNED, NULL);
  mc_test_hall_open (hall, cases[BIRTH]);
  mc_test_hall_act (hall, "win.steps");
  g_assert_nonnull (
      mc_test_find (GTK_WIDGET (mc_test_hall_dialog (hall)),
                    GTK_TYPE_LABEL,
                    "3 trong 4 hồ sơ làm được bước này; các hồ sơ còn lại giữ nguyên."));
  adw_message_dialog_response (mc_test_hall_dialog (hall), "cancel");
  gtk_window_destroy (GTK_WINDOW (mc_test_hall_dialog (hall)));
  mc_test_hall_act (hall, "win.back");
  /* The whole at once: what is done to the parent is done to its parts. */
  choose (cases[BIRTH], "Trả kết quả", NULL, NULL, "return-linked");
  assert_is (children[0], MC_STATE_RETURNED, NULL);
  assert_is (children[1], MC_STATE_STOPPED, NULL);
  assert_is (children[3], MC_STATE_RETURNED, NULL);
  assert_is (cases[BIRTH], MC_STATE_RETURNED, NULL);
}

static void
monday_again (void)
{
  be ("2026-11-30T08:00");
  mc_test_hall_sign_in (hall, "an");
  next_step_asked (cases[SUPPLEMENT], "return-completed");
  mc_test_hall_open (hall, cases[SUPPLEMENT]);
  mc_test_hall_shot (hall, "history");
  mc_test_hall_act (hall, "win.back");
  mc_test_hall_queue (hall, MC_QUEUE_OVERDUE);
  mc_test_hall_shot (hall, "overdue");
}

static gpointer
work_check (McDesk *desk, gpointer data, GError **error)
{
  GPtrArray *faults = NULL;

  g_assert_true (mc_store_check (mc_desk_store (desk), &faults, error));
  return faults;
}

static void
test_week (void)
{
  McTestOffice *office = mc_test_office ();
  g_autoptr (GPtrArray) faults = NULL;

  mc_test_publish_linked (office);
  mc_test_publish (office,
                   MC_VERB_OFFICE,
                   json_pack ("{s:s,s:s}", "code", "H05.032.08", "name", "Xã Bên Cạnh"));
  hall = mc_test_hall (office);
  monday_counter ();
  monday_officer ();
  wednesday_counter ();
  thursday_leader ();
  thursday_officer ();
  friday ();
  monday_again ();
  faults = mc_worker_call (hall->window->room->context.worker, work_check, NULL, NULL);
  g_assert_cmpuint (faults->len, ==, 0);
  mc_test_hall_free (hall);
  for (guint i = 0; i < N_CASES; i++)
    g_free (cases[i]);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    g_free (children[i]);
}

int
main (int argc, char **argv)
{
  int status;

  mc_test_vietnamese (&argc, &argv);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_resources_register (mc_ui_get_resource ());
  g_test_add_func ("/week/of-a-commune", test_week);
  status = g_test_run ();
  /* Pages under way would draw with what poppler has let go of. */
  mc_renderer_wait_all ();
  return status;
}
