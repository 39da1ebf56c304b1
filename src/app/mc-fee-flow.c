/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-fee-flow.h"

#include "mc-act.h"
#include "mc-ascii-field.h"
#include "mc-ask.h"
#include "mc-format.h"
#include "mc-window.h"
#include "mc-words.h"
#include <glib/gi18n.h>

/* Flow: one fee on its way from the key to the disk. */
typedef struct
{
  GtkWidget *window; /* outlives the page it was asked from */
  McContext *context;
  char *dossier;
  GtkWidget *amount;
  GtkWidget *cash;
  GtkWidget *receipt;
  gint64 taken;
} Flow;

static void
flow_free (Flow *flow)
{
  g_object_unref (flow->amount);
  g_object_unref (flow->cash);
  g_object_unref (flow->receipt);
  g_object_unref (flow->window);
  g_free (flow->dossier);
  g_free (flow);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

static gint64
typed_amount (Flow *flow)
{
  return g_ascii_strtoll (gtk_editable_get_text (GTK_EDITABLE (flow->amount)), NULL, 10);
}

static void
taken (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;

  if (!mc_act_finish (flow->context, result, &error))
    {
      mc_window_say_error (flow->window, error);
      return;
    }
  g_autofree char *money = mc_format_money (flow->taken);
  g_autofree char *text = g_strdup_printf (_ ("%s taken. Saved on this machine."), money);
  mc_window_say (flow->window, text);
}

static void
answered (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Flow *flow = data;

  if (!g_str_equal (response, "do"))
    {
      flow_free (flow);
      return;
    }
  flow->taken = typed_amount (flow);
  mc_act_fee (flow->context,
              flow->dossier,
              flow->taken,
              gtk_check_button_get_active (GTK_CHECK_BUTTON (flow->cash)) ? "cash" : "transfer",
              gtk_editable_get_text (GTK_EDITABLE (flow->receipt)),
              taken,
              flow);
}

static void
amount_changed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  gint64 amount = g_ascii_strtoll (gtk_editable_get_text (entry), NULL, 10);

  adw_message_dialog_set_response_enabled (dialog, "do", amount > 0);
}

/* The number of an accounting document is the book's: it is typed, never made. */
static GtkWidget *
receipt_entry (GtkBox *box)
{
  GtkWidget *caption = gtk_label_new (_ ("Series and number in the receipt book"));
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption-heading");
  gtk_entry_set_max_length (GTK_ENTRY (entry), 40);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("where a receipt was written"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Series and number in the receipt book"),
                                  -1);
  gtk_box_append (box, caption);
  gtk_box_append (box, entry);
  return entry;
}

static GtkWidget *
fee_form (Flow *flow, AdwMessageDialog *dialog, gint64 amount)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *caption = gtk_label_new (_ ("Amount (đồng)"));
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *cash = gtk_check_button_new_with_label (_ ("In cash"));
  GtkWidget *transfer = gtk_check_button_new_with_label (_ ("By bank transfer"));
  g_autofree char *text = amount > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, amount) : NULL;

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption-heading");
  mc_ascii_field_make (entry, TRUE);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Amount (đồng)"),
                                  -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (amount_changed), dialog, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_check_button_set_group (GTK_CHECK_BUTTON (transfer), GTK_CHECK_BUTTON (cash));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (cash), TRUE);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), cash);
  gtk_box_append (GTK_BOX (box), transfer);
  flow->receipt = g_object_ref (receipt_entry (GTK_BOX (box)));
  flow->amount = g_object_ref (entry);
  flow->cash = g_object_ref (cash);
  return box;
}

void
mc_fee_flow (GtkWidget *from, McContext *context, const McRow *row, gint64 amount)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && row != NULL);

  Flow *flow = g_new0 (Flow, 1);
  g_autofree char *code = mc_words_short_code (row->code);
  g_autofree char *whose =
      g_strdup_printf (_ ("Dossier %s of %s, %s."), code, row->applicant, row->procedure_name);
  AdwMessageDialog *dialog = mc_ask_new (GTK_WINDOW (gtk_widget_get_root (from)),
                                         _ ("Take the fee"),
                                         whose,
                                         _ ("Take the fee"),
                                         FALSE);

  flow->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (from)));
  flow->context = context;
  flow->dossier = g_strdup (row->id);
  adw_message_dialog_set_extra_child (dialog, fee_form (flow, dialog, amount));
  g_signal_connect (dialog, "response", G_CALLBACK (answered), flow);
  gtk_window_present (GTK_WINDOW (dialog));
}
