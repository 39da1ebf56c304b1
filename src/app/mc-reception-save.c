/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-reception-date.h"
#include "mc-reception-field.h"
#include "mc-reception-private.h"
#include <glib/gi18n.h>
#include <string.h>

static void
free_json (gpointer json)
{
  json_decref (json);
}

static gpointer
work_receive (McDesk *desk, gpointer reception, GError **error)
{
  McReceived *received = mc_desk_receive (desk, reception, error);

  if (received != NULL)
    mc_store_mark_changed (mc_desk_store (desk));
  return received;
}

static void
on_received (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McReceptionPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McReceived) received = mc_worker_finish (MC_WORKER (source), result, &error);

  self->saving = FALSE;
  if (self->stack == NULL)
    return;
  if (received == NULL)
    {
      /* What was typed is still there, and a draft again from the next key on. */
      self->draft.dirty = TRUE;
      if (g_error_matches (error, MC_ERROR, MC_ERROR_CLOCK))
        mc_reception_clock_ask (self);
      else
        {
          g_autofree char *sentence = mc_error_sentence (error);

          g_warning ("receive: %s", error->message);
          mc_reception_fail (self, sentence);
        }
      return;
    }
  mc_reception_draft_forget (self);
  if (self->context->syncer != NULL)
    mc_syncer_wake (self->context->syncer, FALSE);
  mc_reception_done_show (self, received);
}

/* What stands in the way has the focus, so that the next key mends it. */
static gboolean
point_at_missing (McReceptionPage *self)
{
  GtkWidget *bad = mc_reception_applicant_bad (self);

  if (!mc_reception_applicant_named (self))
    gtk_widget_grab_focus (self->applicant.name);
  else if (bad != NULL)
    gtk_widget_grab_focus (bad);
  else if (mc_reception_proxy_bad (self) != NULL)
    gtk_widget_grab_focus (mc_reception_proxy_bad (self));
  else if (self->procedure.chosen == NULL && mc_reception_more_count (self) == 0)
    gtk_widget_grab_focus (self->procedure.search);
  else if (mc_reception_day_bad (self) != NULL)
    gtk_widget_grab_focus (self->fee.day);
  else if (mc_reception_prepare_bad (self) != NULL)
    gtk_widget_grab_focus (self->prepare.consent);
  else if (mc_reception_fee_bad (self))
    gtk_widget_grab_focus (self->fee.amount);
  else
    return FALSE;
  gtk_widget_error_bell (GTK_WIDGET (self));
  return TRUE;
}

void
mc_reception_save_run (McReceptionPage *self)
{
  json_t *reception;

  if (self->saving || self->importing > 0)
    return;
  mc_reception_fail (self, NULL);
  if (point_at_missing (self))
    return;
  if (mc_reception_matter_open (self))
    {
      mc_reception_matter_ask (self);
      return;
    }
  if (mc_reception_prepares (self))
    {
      mc_reception_prepare_run (self);
      return;
    }
  reception = mc_reception_get (self);
  json_object_del (reception, "typed");
  mc_reception_more_order (reception);
  if (self->draft.id != NULL)
    json_object_set_new (reception, "draft", json_string (self->draft.id));
  g_clear_handle_id (&self->draft.source, g_source_remove);
  self->saving = TRUE;
  mc_worker_run (self->context->worker,
                 work_receive,
                 reception,
                 free_json,
                 (GDestroyNotify)mc_received_free,
                 NULL,
                 on_received,
                 g_object_ref (self));
}

/* The clock of this machine is not believed: the clerk says what day it is, once. */

static gpointer
work_confirm (McDesk *desk, gpointer date, GError **error)
{
  return GINT_TO_POINTER (mc_desk_confirm_date (desk, date, error));
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McReceptionPage) self = data;
  g_autoptr (GError) error = NULL;

  (void)mc_worker_finish (MC_WORKER (source), result, &error);
  if (self->stack == NULL)
    return;
  if (error != NULL)
    {
      mc_reception_field_hint (self->clock_date,
                               _ ("That cannot be today. Type it as 21/11/2026."));
      gtk_widget_grab_focus (self->clock_date);
      return;
    }
  gtk_widget_set_visible (self->clock_bar, FALSE);
  mc_reception_fee_rule (self);
  gtk_widget_grab_focus (self->save);
}

static void
on_confirm (McReceptionPage *self)
{
  g_autofree char *date =
      mc_reception_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->clock_date)));

  if (date == NULL || strlen (date) != 10)
    {
      mc_reception_field_hint (self->clock_date, _ ("Type the whole date: 21/11/2026."));
      gtk_widget_grab_focus (self->clock_date);
      return;
    }
  mc_worker_run (self->context->worker,
                 work_confirm,
                 g_steal_pointer (&date),
                 g_free,
                 NULL,
                 NULL,
                 on_confirmed,
                 g_object_ref (self));
}

void
mc_reception_clock_ask (McReceptionPage *self)
{
  gtk_widget_set_visible (self->clock_bar, TRUE);
  gtk_widget_grab_focus (self->clock_date);
}

static gpointer
work_doubt (McDesk *desk, gpointer data, GError **error)
{
  return GINT_TO_POINTER (mc_desk_clock_doubt (desk));
}

static void
on_doubt (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McReceptionPage) self = data;

  if (mc_worker_finish (MC_WORKER (source), result, NULL) != NULL && self->stack != NULL)
    gtk_widget_set_visible (self->clock_bar, TRUE);
}

GtkWidget *
mc_reception_clock_build (McReceptionPage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_label_new (_ ("The clock of this machine looks wrong. What day is it "
                                       "today? It is printed on the receipt."));
  GtkWidget *confirm = gtk_button_new_with_label (_ ("That is today"));

  self->clock_date = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->clock_date), 11);
  mc_reception_field_only (self->clock_date, "0123456789/-. ");
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (row), words);
  GtkWidget *field = mc_reception_field_new (_ ("Today's date"), self->clock_date);
  gtk_widget_set_hexpand (field, FALSE);
  gtk_box_append (GTK_BOX (row), field);
  gtk_box_append (GTK_BOX (row), confirm);
  gtk_widget_set_valign (confirm, GTK_ALIGN_CENTER);
  g_signal_handlers_disconnect_by_func (self->clock_date, mc_reception_next, NULL);
  g_signal_connect_swapped (self->clock_date, "activate", G_CALLBACK (on_confirm), self);
  g_signal_connect_swapped (confirm, "clicked", G_CALLBACK (on_confirm), self);
  gtk_widget_set_margin_start (row, 12);
  gtk_widget_set_margin_end (row, 12);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_visible (row, FALSE);
  self->clock_bar = row;
  mc_worker_run (self->context->worker,
                 work_doubt,
                 NULL,
                 NULL,
                 NULL,
                 NULL,
                 on_doubt,
                 g_object_ref (self));
  return row;
}
