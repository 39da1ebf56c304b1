/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-move-flow.h"

#include "mc-act-move.h"
#include "mc-ask.h"
#include "mc-assign-flow.h"
#include "mc-format.h"
#include "mc-linked.h"
#include "mc-reception-date.h"
#include "mc-reception-field.h"
#include "mc-step-back.h"
#include "mc-window.h"
#include "mc-words.h"
#include <glib/gi18n.h>

#define FORM_WIDTH 440
/* Large text must leave room for what a step asks for. */
#define STEPS_HEIGHT 240

/* One dossier that is to be moved: where it is now. */
typedef struct
{
  McRow row;
  const McWorkflow *workflow;
  gboolean apologised;
} Case;

/* Flow: from the question to what is said afterwards. */
typedef struct
{
  GtkWidget *window; /* outlives the page it was asked from */
  McContext *context;
  GPtrArray *cases; /* Case */
  char *code;       /* of the one, else NULL */
  AdwMessageDialog *dialog;
  GtkListBox *steps;
  GtkTextBuffer *note;
  GtkWidget *note_box, *person_box, *date_box, *again_box;
  GtkDropDown *person;
  GPtrArray *staff; /* McStaff */
  GtkWidget *date, *again;
  GtkLabel *count;
  const char *chosen; /* step that is on its way */
  GPtrArray *backs;   /* McStepBack: what takes it back */
  gboolean answered;  /* the dialog is going: its widgets say so one by one */
} Flow;

static void
case_free (Case *one)
{
  g_free (one->row.id);
  g_free (one->row.state);
  g_free (one->row.assignee);
  g_free (one);
}

static void
flow_clear (gpointer data)
{
  Flow *flow = data;

  g_ptr_array_unref (flow->cases);
  g_clear_pointer (&flow->staff, g_ptr_array_unref);
  g_clear_pointer (&flow->backs, g_ptr_array_unref);
  g_clear_object (&flow->note);
  g_free (flow->code);
  g_object_unref (flow->window);
}

/* The dialog holds it, and so does the act on its way: either may end first. */
static void
flow_unref (gpointer flow)
{
  g_rc_box_release_full (flow, flow_clear);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_unref)

char *
mc_move_date (const McCalendar *calendar, const char *typed, gint64 now_ms)
{
  g_autofree char *iso = mc_reception_date_parse (typed);
  int close = mc_calendar_hours (calendar)->close;
  g_autofree char *local = NULL;
  g_autoptr (GDateTime) due = NULL;
  g_autoptr (GDateTime) now = mc_local (now_ms);
  GDate day;

  if (iso == NULL)
    return NULL;
  local = g_strdup_printf ("%sT%02d:%02d", iso, close / 60, close % 60);
  due = mc_local_parse (local);
  if (due == NULL || g_date_time_compare (due, now) <= 0)
    return NULL;
  mc_date_of (due, &day);
  return mc_calendar_works (calendar, &day) ? g_steal_pointer (&local) : NULL;
}

/* The calendar's own step has a page of its own, where the dates are. */
static gboolean
can (McContext *context, const McWorkflow *workflow, const char *state, const McStep *step)
{
  return !g_str_equal (step->id, MC_STEP_RESCHEDULE) &&
         mc_workflow_may (workflow, context->staff->role, step->id) &&
         mc_workflow_target (workflow, state, step->id) != NULL;
}

static guint
count_of (Flow *flow, const McStep *step)
{
  guint count = 0;

  for (guint i = 0; i < flow->cases->len; i++)
    {
      const Case *one = flow->cases->pdata[i];

      count += can (flow->context, one->workflow, one->row.state, step) ? 1 : 0;
    }
  return count;
}

static const McStep *
chosen_step (Flow *flow)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (flow->steps);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "mc-step") : NULL;
}

static char *
note_text (Flow *flow)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (flow->note, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (flow->note, &start, &end, FALSE));
}

static gboolean
asks_again (Flow *flow, const McStep *step)
{
  gboolean apologised = FALSE;

  for (guint i = 0; i < flow->cases->len; i++)
    apologised = apologised || ((Case *)flow->cases->pdata[i])->apologised;
  return apologised && g_str_equal (step->id, MC_STEP_POSTPONE);
}

static char *
date_text (Flow *flow)
{
  g_autoptr (McCalendar) calendar = mc_store_calendar (flow->context->reader, NULL);
  g_autofree char *typed = mc_reception_field_text (flow->date);

  return mc_move_date (calendar, typed, mc_store_now (flow->context->reader));
}

/* What is typed as a date is said back in words, or what is wrong with it. */
static gboolean
show_date (Flow *flow)
{
  g_autofree char *due = date_text (flow);
  g_autoptr (GDateTime) time = mc_local_parse (due);
  g_autofree char *words = time != NULL ? mc_format_promise (time) : NULL;

  mc_reception_field_hint (flow->date,
                           words != NULL ? words : _ ("A working day to come, as 30/11/2026"));
  return due != NULL;
}

/* A parent dossier counts only where the step is one of its own. */
static guint
concerned (Flow *flow, const McStep *step)
{
  guint count = 0;

  for (guint i = 0; i < flow->cases->len; i++)
    {
      const Case *one = flow->cases->pdata[i];

      count += !one->row.linked || can (flow->context, one->workflow, one->row.state, step) ? 1 : 0;
    }
  return count;
}

static gboolean
ends_without_result (const McStep *step)
{
  return step->to[0] != '=' && !mc_state_open (step->to) &&
         !g_str_equal (step->to, MC_STATE_RETURNED);
}

/* What the step asks for is there, and only that; the button says which step it is. */
static void
update (Flow *flow)
{
  const McStep *step;
  g_autofree char *note = NULL;
  g_autofree char *again = NULL;
  gboolean good;

  if (flow->answered)
    return;
  step = chosen_step (flow);
  adw_message_dialog_set_response_enabled (flow->dialog, "do", FALSE);
  if (step == NULL)
    return;
  gtk_widget_set_visible (flow->person_box, (step->needs & MC_NEED_ASSIGNEE) != 0);
  gtk_widget_set_visible (flow->date_box, (step->needs & MC_NEED_DUE) != 0);
  gtk_widget_set_visible (flow->again_box, asks_again (flow, step));
  note = note_text (flow);
  again = mc_reception_field_text (flow->again);
  good = (step->needs & MC_NEED_NOTE) == 0 || note[0] != '\0';
  if ((step->needs & MC_NEED_DUE) != 0)
    good = show_date (flow) && good;
  if (asks_again (flow, step))
    good = good && again[0] != '\0';
  if ((step->needs & MC_NEED_ASSIGNEE) != 0)
    good = good && flow->staff->len > 0;
  if (flow->cases->len > 1)
    {
      g_autofree char *words =
          g_strdup_printf (_ ("%u of %u can take this step; the others stay as they are."),
                           count_of (flow, step),
                           concerned (flow, step));
      gtk_label_set_text (flow->count, words);
    }
  adw_message_dialog_set_response_label (flow->dialog, "do", mc_words_step (step->id));
  adw_message_dialog_set_response_appearance (flow->dialog,
                                              "do",
                                              ends_without_result (step) ? ADW_RESPONSE_DESTRUCTIVE
                                                                         : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (flow->dialog, "do", good);
}

static void
moved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint count = 0;

  if (!mc_act_move_finish (flow->context, result, &count, &error))
    {
      mc_window_say_error (flow->window, error);
      return;
    }
  if (flow->code != NULL)
    {
      g_autofree char *code = mc_words_short_code (flow->code);
      text = g_strdup_printf (_ ("Dossier %s: %s."), code, mc_words_stepped (flow->chosen));
    }
  else
    text = g_strdup_printf (ngettext ("%u dossier: %s.", "%u dossiers: %s.", count),
                            count,
                            mc_words_stepped (flow->chosen));
  if (flow->backs->len > 0 || flow->code == NULL ||
      !mc_window_papered (flow->window,
                          text,
                          mc_workflow_step (((Case *)flow->cases->pdata[0])->workflow,
                                            flow->chosen),
                          ((Case *)flow->cases->pdata[0])->row.id))
    mc_window_moved (flow->window, text, g_steal_pointer (&flow->backs));
}

/* Only those that can take the step have a way back from it. */
static void
note_ways_back (Flow *flow, const McStep *step)
{
  flow->backs = mc_step_backs ();
  for (guint i = 0; i < flow->cases->len; i++)
    {
      const Case *one = flow->cases->pdata[i];
      McStepBack *back = can (flow->context, one->workflow, one->row.state, step)
                             ? mc_step_back (flow->context, &one->row, step->id)
                             : NULL;

      if (back != NULL)
        g_ptr_array_add (flow->backs, back);
    }
}

static void
answered (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Flow *flow = data;
  const McStep *step = chosen_step (flow);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) dossiers = NULL;
  g_autofree char *note = NULL;
  g_autofree char *due = NULL;
  g_autofree char *again = NULL;
  guint person;

  flow->answered = TRUE;
  if (!g_str_equal (response, "do") || step == NULL)
    return;
  for (guint i = 0; i < flow->cases->len; i++)
    g_strv_builder_add (ids, ((Case *)flow->cases->pdata[i])->row.id);
  dossiers = g_strv_builder_end (ids);
  note = note_text (flow);
  due = (step->needs & MC_NEED_DUE) != 0 ? date_text (flow) : NULL;
  again = asks_again (flow, step) ? mc_reception_field_text (flow->again) : NULL;
  person = gtk_drop_down_get_selected (flow->person);
  flow->chosen = step->id;
  note_ways_back (flow, step);
  mc_act_move (flow->context,
               (const char *const *)dossiers,
               &(McMove){ .step = step->id,
                          .note = note,
                          .due = due,
                          .again = again,
                          .assignee =
                              (step->needs & MC_NEED_ASSIGNEE) != 0 && person < flow->staff->len
                                  ? ((McStaff *)flow->staff->pdata[person])->id
                                  : NULL },
               moved,
               g_rc_box_acquire (flow));
}

static GtkWidget *
step_row (const McStep *step)
{
  g_autofree char *text = g_str_equal (step->id, MC_STEP_ASSIGN)
                              ? g_strdup_printf ("%s  F5", mc_words_step (step->id))
                              : g_strdup (mc_words_step (step->id));
  GtkWidget *row = mc_ask_row (text, mc_words_step (step->id));

  g_object_set_data (G_OBJECT (row), "mc-step", (gpointer)step);
  return row;
}

/* The workflow of the first says in which order; what only others of them know is not offered. */
static GtkWidget *
step_list (Flow *flow)
{
  GPtrArray *steps = mc_workflow_steps (((Case *)flow->cases->pdata[0])->workflow);
  GtkWidget *frame;

  flow->steps = GTK_LIST_BOX (gtk_list_box_new ());
  for (guint i = 0; i < steps->len; i++)
    if (count_of (flow, steps->pdata[i]) > 0)
      gtk_list_box_append (flow->steps, step_row (steps->pdata[i]));
  frame = mc_ask_list (flow->steps, _ ("Steps"), STEPS_HEIGHT);
  g_signal_connect_swapped (flow->steps, "row-selected", G_CALLBACK (update), flow);
  return frame;
}

static GtkWidget *
note_view (Flow *flow)
{
  GtkWidget *frame = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), 64);
  gtk_widget_add_css_class (frame, "mc-note");
  flow->note = g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  g_signal_connect_swapped (flow->note, "changed", G_CALLBACK (update), flow);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reason"),
                                  -1);
  return frame;
}

static GtkWidget *
person_list (Flow *flow)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  flow->staff = mc_assign_people (flow->context->reader, flow->context->staff->id);
  for (guint i = 0; i < flow->staff->len; i++)
    gtk_string_list_append (names, ((McStaff *)flow->staff->pdata[i])->name);
  flow->person = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  return GTK_WIDGET (flow->person);
}

static void
typed (gpointer entry, gpointer data)
{
  update (data);
}

static GtkWidget *
form (Flow *flow)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  gtk_widget_set_size_request (box, FORM_WIDTH, -1);
  flow->date = gtk_entry_new ();
  flow->again = gtk_entry_new ();
  flow->note_box = mc_reception_field_new (_ ("Reason"), note_view (flow));
  flow->person_box = mc_reception_field_new (_ ("Who handles it"), person_list (flow));
  flow->date_box = mc_reception_field_new (_ ("New date of the result"), flow->date);
  flow->again_box =
      mc_reception_field_new (_ ("It was put off once before: why again?"), flow->again);
  mc_reception_field_watch (flow->date, typed, flow);
  mc_reception_field_watch (flow->again, typed, flow);
  flow->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (flow->count, TRUE);
  gtk_label_set_xalign (flow->count, 0);
  gtk_widget_set_visible (GTK_WIDGET (flow->count), flow->cases->len > 1);
  gtk_box_append (GTK_BOX (box), step_list (flow));
  gtk_box_append (GTK_BOX (box), flow->person_box);
  gtk_box_append (GTK_BOX (box), flow->date_box);
  gtk_box_append (GTK_BOX (box), flow->note_box);
  gtk_box_append (GTK_BOX (box), flow->again_box);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (flow->count));
  return box;
}

static void
add_case (Flow *flow, const McDossier *dossier)
{
  const json_t *status = mc_record_peek (dossier->record, MC_GROUP_STATUS);
  Case *one = g_new0 (Case, 1);

  one->row.id = g_strdup (dossier->row->id);
  one->row.state = g_strdup (dossier->row->state);
  one->row.assignee = g_strdup (dossier->row->assignee);
  one->row.workflow = dossier->row->workflow;
  one->row.linked = dossier->row->linked;
  one->workflow = mc_row_workflow (dossier->row);
  one->apologised = mc_json_string (status, "apology") != NULL;
  g_ptr_array_add (flow->cases, one);
}

/* What is done to a parent dossier is done to its children, as far as each can take it. */
static void
add_children (Flow *flow, const McDossier *dossier)
{
  g_autoptr (GPtrArray) children = mc_store_children (flow->context->reader, dossier->record);

  for (guint i = 0; i < children->len; i++)
    {
      const McChild *child = children->pdata[i];
      g_autoptr (McDossier) one =
          child->state != NULL ? mc_store_dossier (flow->context->reader, child->id, NULL) : NULL;

      if (one != NULL)
        add_case (flow, one);
    }
}

static void
start (Flow *flow, const McRow *row)
{
  g_autofree char *whose = NULL;

  if (flow->cases->len == 1 || row->linked)
    {
      g_autofree char *code = mc_words_short_code (row->code);

      flow->code = flow->cases->len == 1 ? g_strdup (row->code) : NULL;
      whose =
          g_strdup_printf (_ ("Dossier %s of %s, %s."), code, row->applicant, row->procedure_name);
    }
  else
    whose = g_strdup_printf (ngettext ("%u dossier", "%u dossiers", flow->cases->len),
                             flow->cases->len);
  flow->dialog = mc_ask_new (GTK_WINDOW (flow->window), _ ("Which step?"), whose, "", FALSE);
  g_object_set_data_full (G_OBJECT (flow->dialog), "mc-flow", flow, flow_unref);
  adw_message_dialog_set_extra_child (flow->dialog, form (flow));
  g_signal_connect (flow->dialog, "response", G_CALLBACK (answered), flow);
  update (flow);
  gtk_window_present (GTK_WINDOW (flow->dialog));
  gtk_widget_grab_focus (GTK_WIDGET (flow->steps));
}

static Flow *
flow_new (GtkWidget *from, McContext *context)
{
  Flow *flow = g_rc_box_new0 (Flow);

  flow->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (from)));
  flow->context = context;
  flow->cases = g_ptr_array_new_with_free_func ((GDestroyNotify)case_free);
  return flow;
}

void
mc_move_flow (GtkWidget *from, McContext *context, GPtrArray *dossiers)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && dossiers->len > 0);

  Flow *flow = flow_new (from, context);
  for (guint i = 0; i < dossiers->len; i++)
    add_case (flow, dossiers->pdata[i]);
  start (flow, ((McDossier *)dossiers->pdata[0])->row);
}

void
mc_move_flow_one (GtkWidget *from, McContext *context, const McDossier *dossier)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && dossier != NULL);

  Flow *flow = flow_new (from, context);
  add_children (flow, dossier);
  add_case (flow, dossier);
  start (flow, dossier->row);
}

gboolean
mc_move_flow_may (McContext *context, const McRow *row)
{
  g_return_val_if_fail (context != NULL && row != NULL, FALSE);

  GPtrArray *steps = mc_workflow_steps (mc_row_workflow (row));

  if (row->linked)
    return context->staff != NULL && mc_state_open (row->state);
  for (guint i = 0; context->staff != NULL && i < steps->len; i++)
    if (can (context, mc_row_workflow (row), row->state, steps->pdata[i]))
      return TRUE;
  return FALSE;
}
