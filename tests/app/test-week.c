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

#define NEIGHBOUR "01900000-0000-7000-8000-0000000000bb"

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

static void
test_week (void)
{
  McTestOffice *office = mc_test_office ();

  mc_test_publish_linked (office);
  mc_test_publish (office,
                   MC_VERB_OFFICE,
                   json_pack ("{s:s,s:s}", "code", "H05.032.08", "name", "Xã Bên Cạnh"));
  hall = mc_test_hall (office);
  monday_counter ();
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
