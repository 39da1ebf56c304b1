/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-step-flow.h"

#include "mc-act.h"
#include "mc-ask.h"
#include "mc-dossier-words.h"
#include "mc-step-back.h"
#include "mc-window.h"
#include "mc-words.h"
#include <glib/gi18n.h>

/* Flow: one step on its way from the key to the disk. */
typedef struct
{
  GtkWidget *window; /* outlives the page it was asked from */
  McContext *context;
  char *dossier;
  char *code;
  char *step;
  const McStep *paper; /* what it is in the dossier's workflow */
  McStepBack *back;    /* (nullable) */
  GtkTextBuffer *note; /* of the dialog, or NULL */
} Flow;

static void
flow_free (Flow *flow)
{
  g_clear_object (&flow->note);
  mc_step_back_free (flow->back);
  g_free (flow->step);
  g_free (flow->code);
  g_free (flow->dossier);
  g_object_unref (flow->window);
  g_free (flow);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

static void
stepped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) backs = mc_step_backs ();

  if (!mc_act_finish (flow->context, result, &error))
    {
      mc_window_say_error (flow->window, error);
      return;
    }
  if (flow->back != NULL)
    g_ptr_array_add (backs, g_steal_pointer (&flow->back));
  g_autofree char *code = mc_words_short_code (flow->code);
  g_autofree char *text =
      g_strdup_printf (_ ("Dossier %s: %s."), code, mc_words_stepped (flow->step));
  if (backs->len > 0 || !mc_window_papered (flow->window, text, flow->paper, flow->dossier))
    mc_window_moved (flow->window, text, g_steal_pointer (&backs));
  if (g_str_equal (flow->step, MC_STEP_APPROVE))
    gtk_widget_activate_action (flow->window, "win.signed", "s", flow->dossier);
}

static char *
note_text (Flow *flow)
{
  GtkTextIter start, end;

  if (flow->note == NULL)
    return NULL;
  gtk_text_buffer_get_bounds (flow->note, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (flow->note, &start, &end, FALSE));
}

static void
go (Flow *flow)
{
  g_autofree char *note = note_text (flow);

  mc_act_step (flow->context,
               flow->dossier,
               flow->step,
               note != NULL && note[0] != '\0' ? note : NULL,
               stepped,
               flow);
}

static void
answered (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Flow *flow = data;

  if (g_str_equal (response, "do"))
    go (flow);
  else
    flow_free (flow);
}

static void
note_changed (GtkTextBuffer *buffer, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog,
                                           "do",
                                           gtk_text_buffer_get_char_count (buffer) > 0);
}

static GtkWidget *
note_view (Flow *flow, AdwMessageDialog *dialog, const char *label)
{
  GtkWidget *frame = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), 110);
  gtk_widget_add_css_class (frame, "mc-note");
  flow->note = g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  g_signal_connect_object (flow->note, "changed", G_CALLBACK (note_changed), dialog, 0);
  note_changed (flow->note, dialog);
  return frame;
}

static void
ask (Flow *flow, const char *heading, const char *body, const char *note_label)
{
  AdwMessageDialog *dialog = mc_ask_new (GTK_WINDOW (flow->window),
                                         heading,
                                         body,
                                         mc_words_step (flow->step),
                                         g_str_equal (flow->step, MC_STEP_WITHDRAW));

  if (note_label != NULL)
    adw_message_dialog_set_extra_child (dialog, note_view (flow, dialog, note_label));
  g_signal_connect (dialog, "response", G_CALLBACK (answered), flow);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A fee that is not taken holds back the result (domain §3.3): whoever hands it over sees it. */
static char *
unpaid_words (McContext *context, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (context->reader, id, NULL);

  return dossier != NULL && mc_dossier_fee_open (dossier->record, NULL)
             ? mc_dossier_fee (dossier->record)
             : NULL;
}

void
mc_step_flow (GtkWidget *from, McContext *context, const McRow *row, const char *step)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && row != NULL && step != NULL);

  Flow *flow = g_new0 (Flow, 1);
  flow->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (from)));
  flow->context = context;
  flow->dossier = g_strdup (row->id);
  flow->code = g_strdup (row->code);
  flow->step = g_strdup (step);
  flow->paper = mc_workflow_step (mc_row_workflow (row), step);
  flow->back = mc_step_back (context, row, step);

  g_autofree char *code = mc_words_short_code (row->code);
  g_autofree char *whose =
      g_strdup_printf (_ ("Dossier %s of %s, %s."), code, row->applicant, row->procedure_name);
  if (g_str_equal (step, MC_STEP_APPROVE))
    ask (flow, _ ("Approve and sign this dossier?"), whose, NULL);
  else if (g_str_equal (step, MC_STEP_RETURN))
    {
      g_autofree char *unpaid = unpaid_words (context, row->id);
      g_autofree char *both =
          g_strdup_printf ("%s%s%s", whose, unpaid ? "\n▲ " : "", unpaid ? unpaid : "");

      ask (flow, _ ("Has the result been handed over?"), both, NULL);
    }
  else if (g_str_equal (step, MC_STEP_COMPLETE))
    ask (flow, _ ("Has everything that was missing come in? The time goes on."), whose, NULL);
  else if (g_str_equal (step, MC_STEP_PAID))
    ask (flow, _ ("Has it been paid? The time goes on."), whose, NULL);
  else if (g_str_equal (step, MC_STEP_WITHDRAW))
    ask (flow, _ ("Withdraw this dossier? Why does the applicant wish it?"), whose, _ ("Reason"));
  else if (g_str_equal (step, MC_STEP_SUPPLEMENT))
    {
      g_autofree char *both = g_strdup_printf (
          "%s\n%s",
          whose,
          _ ("Each line is a demand on the slip; what comes after “Lý do:” is the reason."));

      ask (flow, _ ("What has to be added, and why?"), both, _ ("What has to be added, and why?"));
    }
  else
    go (flow);
}

gboolean
mc_step_flow_may (McContext *context, const McRow *row, const char *step)
{
  g_return_val_if_fail (context != NULL && row != NULL && step != NULL, FALSE);
  return context->staff != NULL &&
         mc_workflow_may (mc_row_workflow (row), context->staff->role, step) &&
         mc_workflow_target (mc_row_workflow (row), row->state, step) != NULL;
}

const char *
mc_step_flow_next (McContext *context, const McRow *row)
{
  g_return_val_if_fail (context != NULL && row != NULL, NULL);
  return context->staff != NULL
             ? mc_workflow_next (mc_row_workflow (row), context->staff->role, row->state)
             : NULL;
}
