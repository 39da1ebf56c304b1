/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-transfer-flow.h"

#include "mc-act.h"
#include "mc-ask.h"
#include "mc-reception-field.h"
#include "mc-text.h"
#include "mc-window.h"
#include "mc-words.h"
#include <glib/gi18n.h>

#define FORM_WIDTH 440

/* Flow: from the question to what is said afterwards. */
typedef struct
{
  GtkWidget *window; /* outlives the page it was asked from */
  McContext *context;
  char *dossier;
  char *code;
  char *own; /* office */
  AdwMessageDialog *dialog;
  GtkWidget *search;
  GtkListBox *list;
  GtkCheckButton *keep;
  GtkWidget *why;
  GtkLabel *consequence;
  char *query;
  char *chosen_name;
  gboolean answered; /* the dialog is going: its widgets say so one by one */
} Flow;

static void
flow_clear (gpointer data)
{
  Flow *flow = data;

  g_free (flow->query);
  g_free (flow->chosen_name);
  g_free (flow->own);
  g_free (flow->code);
  g_free (flow->dossier);
  g_object_unref (flow->window);
}

/* The dialog holds it, and so does the act on its way: either may end first. */
static void
flow_unref (gpointer flow)
{
  g_rc_box_release_full (flow, flow_clear);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_unref)

static const char *
row_text (GtkListBoxRow *row, const char *key)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), key) : NULL;
}

/* Before anything is done: what this office will no longer see. */
static void
update (Flow *flow)
{
  if (flow->answered)
    return;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (flow->list);
  const char *name = row_text (row, "mc-name");
  g_autofree char *text = NULL;

  adw_message_dialog_set_response_enabled (flow->dialog, "do", row != NULL);
  if (row == NULL)
    text = g_strdup (_ ("Choose the office that goes on with it."));
  else if (gtk_check_button_get_active (flow->keep))
    text = g_strdup_printf (_ ("%s and this office both see the dossier and go on with it."), name);
  else
    text = g_strdup_printf (_ ("%s goes on with it. This office no longer sees the dossier, its "
                               "scans or what happens to it; what was printed stays valid."),
                            name);
  gtk_label_set_text (flow->consequence, text);
}

static gboolean
matches (GtkListBoxRow *row, gpointer data)
{
  Flow *flow = data;

  return flow->query == NULL || mc_text_matches (row_text (row, "mc-folded"), flow->query);
}

/* Typing narrows the list; what is left at its top is chosen. */
static void
search_changed (gpointer entry, gpointer data)
{
  Flow *flow = data;
  GtkListBoxRow *first = NULL;
  GtkListBoxRow *row;

  g_free (flow->query);
  flow->query = mc_reception_field_text (flow->search);
  gtk_list_box_invalidate_filter (flow->list);
  for (int i = 0; first == NULL && (row = gtk_list_box_get_row_at_index (flow->list, i)) != NULL;
       i++)
    if (matches (row, flow))
      first = row;
  gtk_list_box_select_row (flow->list, flow->query[0] != '\0' ? first : NULL);
  update (flow);
}

static GtkWidget *
office_row (const McOffice *office)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (office->name);
  g_autofree char *both = g_strdup_printf ("%s %s", office->name, office->code);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "mc-office");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "mc-id", g_strdup (office->id), g_free);
  g_object_set_data_full (G_OBJECT (row), "mc-name", g_strdup (office->name), g_free);
  g_object_set_data_full (G_OBJECT (row), "mc-folded", mc_text_fold (both), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  office->name,
                                  -1);
  return row;
}

static GtkWidget *
office_list (Flow *flow)
{
  GtkWidget *frame = gtk_scrolled_window_new ();
  g_autoptr (GPtrArray) offices = mc_store_offices (flow->context->reader, NULL);

  flow->list = GTK_LIST_BOX (gtk_list_box_new ());
  for (guint i = 0; offices != NULL && i < offices->len; i++)
    {
      McOffice *office = offices->pdata[i];

      if (g_strcmp0 (office->id, flow->own) != 0)
        gtk_list_box_append (flow->list, office_row (office));
    }
  gtk_list_box_set_filter_func (flow->list, matches, flow, NULL);
  gtk_list_box_select_row (flow->list, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (flow->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Offices"),
                                  -1);
  g_signal_connect_swapped (flow->list, "row-selected", G_CALLBACK (update), flow);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), GTK_WIDGET (flow->list));
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), 108);
  gtk_widget_add_css_class (frame, "mc-note");
  return frame;
}

static void
name_input (GtkWidget *input, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (input), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
form (Flow *flow)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  /* As wide for a long name as for a short one. */
  gtk_widget_set_size_request (box, FORM_WIDTH, -1);
  flow->search = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (flow->search), _ ("Name of the office"));
  name_input (flow->search, _ ("Name of the office"));
  mc_reception_field_watch (flow->search, search_changed, flow);
  gtk_box_append (GTK_BOX (box), flow->search);
  gtk_box_append (GTK_BOX (box), office_list (flow));
  flow->keep =
      GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_ ("This office keeps its sight of it")));
  g_signal_connect_swapped (flow->keep, "toggled", G_CALLBACK (update), flow);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (flow->keep));
  flow->why = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (flow->why), _ ("Reason"));
  name_input (flow->why, _ ("Reason"));
  gtk_box_append (GTK_BOX (box), flow->why);
  flow->consequence = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (flow->consequence, TRUE);
  gtk_label_set_xalign (flow->consequence, 0);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (flow->consequence));
  return box;
}

static void
handed_over (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;

  if (!mc_act_finish (flow->context, result, &error))
    {
      mc_window_say_error (flow->window, error);
      return;
    }
  g_autofree char *code = mc_words_short_code (flow->code);
  g_autofree char *text =
      g_strdup_printf (_ ("Dossier %s handed over to %s. Saved on this machine, sent when there is "
                          "a network."),
                       code,
                       flow->chosen_name);
  mc_window_say (flow->window, text);
}

static void
answered (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Flow *flow = data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (flow->list);
  const char *office = row_text (row, "mc-id");

  flow->answered = TRUE;
  if (!g_str_equal (response, "do") || office == NULL)
    return;
  gboolean keep = gtk_check_button_get_active (flow->keep);
  const char *const offices[] = { office, keep ? flow->own : NULL, NULL };
  g_autofree char *why = mc_reception_field_text (flow->why);
  flow->chosen_name = g_strdup (row_text (row, "mc-name"));
  mc_act_transfer (flow->context,
                   flow->dossier,
                   offices,
                   why,
                   handed_over,
                   g_rc_box_acquire (flow));
}

void
mc_transfer_flow (GtkWidget *from, McContext *context, const McRow *row)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && row != NULL);

  Flow *flow = g_rc_box_new0 (Flow);
  g_autofree char *code = mc_words_short_code (row->code);
  g_autofree char *whose =
      g_strdup_printf (_ ("Dossier %s of %s, %s."), code, row->applicant, row->procedure_name);

  flow->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (from)));
  flow->context = context;
  flow->dossier = g_strdup (row->id);
  flow->code = g_strdup (row->code);
  flow->own = mc_store_fact (context->reader, "office");
  flow->dialog = mc_ask_new (GTK_WINDOW (flow->window),
                             _ ("Which office does this dossier go to?"),
                             whose,
                             _ ("Hand the dossier over"),
                             TRUE);
  g_object_set_data_full (G_OBJECT (flow->dialog), "mc-flow", flow, flow_unref);
  adw_message_dialog_set_extra_child (flow->dialog, form (flow));
  /* A part of an interlinked dossier is always seen where that was received. */
  gtk_check_button_set_active (flow->keep, row->parent != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (flow->keep), row->parent == NULL);
  update (flow);
  g_signal_connect (flow->dialog, "response", G_CALLBACK (answered), flow);
  gtk_window_present (GTK_WINDOW (flow->dialog));
  gtk_widget_grab_focus (flow->search);
}

gboolean
mc_transfer_flow_may (McContext *context, const McRow *row)
{
  g_return_val_if_fail (context != NULL && row != NULL, FALSE);

  if (context->staff == NULL || !mc_role_may (context->staff->role, MC_VERB_TRANSFER) ||
      !mc_state_open (row->state) || row->linked)
    return FALSE;
  g_autoptr (GPtrArray) offices = mc_store_offices (context->reader, NULL);
  return offices != NULL && offices->len > 1;
}
