/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-summary.h"

#include "mc-assign-flow.h"
#include "mc-dossier-words.h"
#include "mc-due-words.h"
#include "mc-fee-flow.h"
#include "mc-move-flow.h"
#include "mc-print-window.h"
#include "mc-relatives.h"
#include "mc-step-flow.h"
#include "mc-timeline.h"
#include "mc-words.h"
#include <glib/gi18n.h>

#define EVENTS_SHOWN 8

struct _McSummary
{
  GtkWidget parent_instance;
  McContext *context;
  McDossier *dossier;

  GtkStack *stack;
  GtkLabel *name;
  GtkLabel *code;
  GtkLabel *place;
  GtkLabel *state;
  GtkLabel *papers;
  GtkImage *due_icon;
  GtkLabel *due;
  GtkBox *timeline;
  GtkButton *contested;
  GtkBox *relatives;
  GtkButton *step;
  GtkButton *open;
  GtkButton *print;
};

G_DEFINE_FINAL_TYPE (McSummary, mc_summary, GTK_TYPE_WIDGET)

static void
show_due (McSummary *summary)
{
  McStore *store = summary->context->reader;
  g_autoptr (McCalendar) calendar = mc_store_calendar (store, NULL);
  McRow *row = summary->dossier->row;
  McDueMood mood = MC_DUE_NONE;
  static const char *const styles[] = { "error", "warning", "dim-label" };

  if (calendar == NULL)
    return;
  g_autofree char *words =
      mc_due_words (calendar, mc_store_now (store), row->due, row->state, &mood);
  gtk_label_set_text (summary->due, words);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (summary->due), styles[i]);
      gtk_widget_remove_css_class (GTK_WIDGET (summary->due_icon), styles[i]);
    }
  if (mc_due_style (mood) != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (summary->due), mc_due_style (mood));
      gtk_widget_add_css_class (GTK_WIDGET (summary->due_icon), mc_due_style (mood));
    }
  gtk_widget_set_visible (GTK_WIDGET (summary->due_icon), mc_due_icon (mood) != NULL);
  if (mc_due_icon (mood) != NULL)
    gtk_image_set_from_icon_name (summary->due_icon, mc_due_icon (mood));
}

static void
show_step (McSummary *summary)
{
  const char *step = mc_step_flow_next (summary->context, summary->dossier->row);

  gtk_widget_set_visible (GTK_WIDGET (summary->step), step != NULL);
  if (step == NULL)
    return;
  g_autofree char *label = g_strdup_printf ("%s  %s",
                                            mc_words_step (step),
                                            g_str_equal (step, MC_STEP_RETURN) ? "F8" : "F6");
  gtk_button_set_label (summary->step, label);
}

void
mc_summary_show (McSummary *summary, const char *id)
{
  g_return_if_fail (MC_IS_SUMMARY (summary));

  McStore *store = summary->context->reader;
  g_clear_pointer (&summary->dossier, mc_dossier_free);
  if (id != NULL)
    summary->dossier = mc_store_dossier (store, id, NULL);
  gtk_stack_set_visible_child_name (summary->stack, summary->dossier != NULL ? "dossier" : "none");
  if (summary->dossier == NULL)
    return;

  McDossier *dossier = summary->dossier;
  g_autoptr (McProcedure) procedure = mc_store_procedure_of (store, dossier);
  g_autofree char *papers = mc_dossier_papers (dossier->record, procedure);
  g_autofree char *fee = mc_dossier_fee (dossier->record);
  g_autofree char *both = g_strdup_printf ("%s · %s", papers, fee);
  g_autofree char *person = mc_dossier_person (dossier->record);
  g_autofree char *place = mc_dossier_place (dossier->row);
  g_autofree char *state = mc_dossier_state (store, dossier->row);
  McNames names = { procedure, store };
  g_autoptr (GPtrArray) history = mc_history (dossier, &names);

  gtk_label_set_text (summary->name, person);
  gtk_label_set_text (summary->code, dossier->row->code);
  gtk_label_set_text (summary->place, place);
  gtk_label_set_text (summary->state, state);
  gtk_label_set_text (summary->papers, both);
  gtk_widget_set_visible (GTK_WIDGET (summary->contested), dossier->row->contested > 0);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (summary->contested), "s", dossier->row->id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (summary->open), "s", dossier->row->id);
  mc_relatives_fill (summary->relatives, summary->context, dossier);
  show_due (summary);
  show_step (summary);
  mc_timeline_fill (summary->timeline, history, mc_store_now (store), EVENTS_SHOWN);
}

static gboolean
take_step (McSummary *summary, const char *step)
{
  if (step != NULL && mc_step_flow_may (summary->context, summary->dossier->row, step))
    mc_step_flow (GTK_WIDGET (summary), summary->context, summary->dossier->row, step);
  return TRUE;
}

static gboolean
choose_step (McSummary *summary)
{
  if (mc_move_flow_may (summary->context, summary->dossier->row))
    mc_move_flow_one (GTK_WIDGET (summary), summary->context, summary->dossier);
  return TRUE;
}

gboolean
mc_summary_act (McSummary *summary, McPageAct act)
{
  gint64 amount = 0;

  g_return_val_if_fail (MC_IS_SUMMARY (summary), FALSE);

  if (summary->dossier == NULL)
    return FALSE;
  McRow *row = summary->dossier->row;
  switch (act)
    {
    case MC_PAGE_MAIN:
      return take_step (summary, mc_step_flow_next (summary->context, row));
    case MC_PAGE_STEP:
      return mc_step_flow_next (summary->context, row) != NULL
                 ? take_step (summary, mc_step_flow_next (summary->context, row))
                 : choose_step (summary);
    case MC_PAGE_STEPS:
      return choose_step (summary);
    case MC_PAGE_ASSIGN:
      mc_assign_flow_one (GTK_WIDGET (summary), summary->context, summary->dossier);
      return TRUE;
    case MC_PAGE_SUPPLEMENT:
      return take_step (summary, MC_STEP_SUPPLEMENT);
    case MC_PAGE_RETURN:
      return row->linked ? choose_step (summary) : take_step (summary, MC_STEP_RETURN);
    case MC_PAGE_FEE:
      if (mc_state_open (row->state) && mc_dossier_fee_open (summary->dossier->record, &amount))
        mc_fee_flow (GTK_WIDGET (summary), summary->context, row, amount);
      return TRUE;
    case MC_PAGE_PRINT:
      mc_print_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (summary))),
                               summary->context,
                               row->id,
                               MC_PRINT_NEWEST);
      return TRUE;
    case MC_PAGE_SCAN:
    case MC_PAGE_KNOWN:
    case MC_PAGE_MORE:
    case MC_PAGE_DECLARE:
      break;
    }
  return FALSE;
}

static void
mc_summary_dispose (GObject *object)
{
  McSummary *summary = MC_SUMMARY (object);

  g_clear_pointer (&summary->dossier, mc_dossier_free);
  gtk_widget_dispose_template (GTK_WIDGET (summary), MC_TYPE_SUMMARY);
  G_OBJECT_CLASS (mc_summary_parent_class)->dispose (object);
}

static void
mc_summary_class_init (McSummaryClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_summary_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-summary.ui");
  gtk_widget_class_bind_template_child (widget, McSummary, stack);
  gtk_widget_class_bind_template_child (widget, McSummary, name);
  gtk_widget_class_bind_template_child (widget, McSummary, code);
  gtk_widget_class_bind_template_child (widget, McSummary, place);
  gtk_widget_class_bind_template_child (widget, McSummary, state);
  gtk_widget_class_bind_template_child (widget, McSummary, papers);
  gtk_widget_class_bind_template_child (widget, McSummary, due_icon);
  gtk_widget_class_bind_template_child (widget, McSummary, due);
  gtk_widget_class_bind_template_child (widget, McSummary, timeline);
  gtk_widget_class_bind_template_child (widget, McSummary, contested);
  gtk_widget_class_bind_template_child (widget, McSummary, relatives);
  gtk_widget_class_bind_template_child (widget, McSummary, step);
  gtk_widget_class_bind_template_child (widget, McSummary, open);
  gtk_widget_class_bind_template_child (widget, McSummary, print);
}

static void
mc_summary_init (McSummary *summary)
{
  gtk_widget_init_template (GTK_WIDGET (summary));
}

GtkWidget *
mc_summary_new (McContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);

  McSummary *summary = g_object_new (MC_TYPE_SUMMARY, NULL);
  summary->context = context;
  return GTK_WIDGET (summary);
}
