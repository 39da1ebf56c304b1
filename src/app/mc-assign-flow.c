/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-assign-flow.h"

#include "mc-act-move.h"
#include "mc-ask.h"
#include "mc-linked.h"
#include "mc-step-back.h"
#include "mc-window.h"
#include "mc-words.h"
#include <glib/gi18n.h>

#define LIST_WIDTH 400
#define LIST_HEIGHT 300

/* Flow: from the question to what is said afterwards. */
typedef struct
{
  GtkWidget *window; /* outlives the page it was asked from */
  McContext *context;
  GStrv dossiers;
  GPtrArray *backs;  /* McStepBack */
  GPtrArray *people; /* McStaff */
  AdwMessageDialog *dialog;
  GtkListBox *list;
  char *name; /* of who was chosen */
} Flow;

static void
flow_clear (gpointer data)
{
  Flow *flow = data;

  g_strfreev (flow->dossiers);
  g_clear_pointer (&flow->backs, g_ptr_array_unref);
  g_ptr_array_unref (flow->people);
  g_free (flow->name);
  g_object_unref (flow->window);
}

/* The dialog holds it, and so does the act on its way: either may end first. */
static void
flow_unref (gpointer flow)
{
  g_rc_box_release_full (flow, flow_clear);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_unref)

GPtrArray *
mc_assign_people (McStore *store, const char *first)
{
  g_autoptr (GPtrArray) all = mc_store_staff_all (store, NULL);
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_staff_free);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const McStaff *staff = all->pdata[i];
      gboolean leads = g_strcmp0 (staff->id, first) == 0;

      if (staff->role == MC_ROLE_OFFICER || staff->role == MC_ROLE_LEADER)
        g_ptr_array_insert (people, leads ? 0 : -1, mc_store_staff (store, staff->id));
    }
  return people;
}

static void
assigned (GObject *source, GAsyncResult *result, gpointer data)
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
  text = g_strdup_printf (ngettext ("%u dossier is in the hands of %s now.",
                                    "%u dossiers are in the hands of %s now.",
                                    count),
                          count,
                          flow->name);
  mc_window_moved (flow->window, text, g_steal_pointer (&flow->backs));
}

static void
answered (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Flow *flow = data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (flow->list);
  const McStaff *staff;

  if (!g_str_equal (response, "do") || row == NULL)
    return;
  staff = flow->people->pdata[gtk_list_box_row_get_index (row)];
  flow->name = g_strdup (staff->name);
  mc_act_move (flow->context,
               (const char *const *)flow->dossiers,
               &(McMove){ .step = MC_STEP_ASSIGN, .assignee = staff->id },
               assigned,
               g_rc_box_acquire (flow));
}

static void
row_activated (Flow *flow)
{
  g_autoptr (AdwMessageDialog) dialog = g_object_ref (flow->dialog);

  adw_message_dialog_response (dialog, "do");
  /* Closing would answer a second time, with "cancel". */
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static GtkWidget *
people_list (Flow *flow)
{
  GtkWidget *frame;

  flow->list = GTK_LIST_BOX (gtk_list_box_new ());
  for (guint i = 0; i < flow->people->len; i++)
    {
      const McStaff *staff = flow->people->pdata[i];

      gtk_list_box_append (flow->list, mc_ask_row (staff->name, staff->name));
    }
  g_signal_connect_swapped (flow->list, "row-activated", G_CALLBACK (row_activated), flow);
  frame = mc_ask_list (flow->list, _ ("Who handles it"), LIST_HEIGHT);
  gtk_widget_set_size_request (frame, LIST_WIDTH, -1);
  return frame;
}

static gboolean
may (McContext *context, const McRow *row)
{
  return context->staff != NULL &&
         mc_workflow_may (mc_row_workflow (row), context->staff->role, MC_STEP_ASSIGN) &&
         mc_workflow_target (mc_row_workflow (row), row->state, MC_STEP_ASSIGN) != NULL;
}

static char *
whose (GPtrArray *dossiers, guint count)
{
  const McRow *row = ((McDossier *)dossiers->pdata[0])->row;
  g_autofree char *code = mc_words_short_code (row->code);

  if (dossiers->len == 1)
    return g_strdup_printf (_ ("Dossier %s of %s, %s."), code, row->applicant, row->procedure_name);
  if (count == dossiers->len)
    return g_strdup_printf (ngettext ("%u dossier", "%u dossiers", count), count);
  return g_strdup_printf (_ ("%u of %u can take this step; the others stay as they are."),
                          count,
                          dossiers->len);
}

void
mc_assign_flow (GtkWidget *from, McContext *context, GPtrArray *dossiers)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && dossiers->len > 0);

  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (from));
  g_autoptr (GPtrArray) backs = mc_step_backs ();
  g_autofree char *body = NULL;
  guint count = 0;

  for (guint i = 0; i < dossiers->len; i++)
    {
      const McRow *row = ((McDossier *)dossiers->pdata[i])->row;

      if (!may (context, row))
        continue;
      count++;
      g_strv_builder_add (ids, row->id);
      McStepBack *back = mc_step_back (context, row, MC_STEP_ASSIGN);
      if (back != NULL)
        g_ptr_array_add (backs, back);
    }
  if (count == 0)
    {
      mc_window_say (window, _ ("Only what is being handled can be given to somebody to handle."));
      return;
    }
  Flow *flow = g_rc_box_new0 (Flow);
  flow->window = g_object_ref (window);
  flow->context = context;
  flow->dossiers = g_strv_builder_end (ids);
  flow->backs = g_steal_pointer (&backs);
  flow->people = mc_assign_people (context->reader, context->staff->id);
  body = whose (dossiers, count);
  flow->dialog = mc_ask_new (GTK_WINDOW (window), _ ("Who handles it?"), body, _ ("Assign"), FALSE);
  g_object_set_data_full (G_OBJECT (flow->dialog), "mc-flow", flow, flow_unref);
  adw_message_dialog_set_extra_child (flow->dialog, people_list (flow));
  g_signal_connect (flow->dialog, "response", G_CALLBACK (answered), flow);
  gtk_window_present (GTK_WINDOW (flow->dialog));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (flow->list, 0)));
}

void
mc_assign_flow_one (GtkWidget *from, McContext *context, const McDossier *dossier)
{
  g_return_if_fail (context != NULL && dossier != NULL);

  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_dossier_free);
  g_autoptr (GPtrArray) children = mc_store_children (context->reader, dossier->record);

  for (guint i = 0; i < children->len; i++)
    {
      McDossier *child =
          mc_store_dossier (context->reader, ((McChild *)children->pdata[i])->id, NULL);

      if (child != NULL)
        g_ptr_array_add (all, child);
    }
  if (children->len == 0)
    g_ptr_array_add (all, mc_store_dossier (context->reader, dossier->row->id, NULL));
  if (all->len > 0 && all->pdata[0] != NULL)
    mc_assign_flow (from, context, all);
}
