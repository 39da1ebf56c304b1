/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scan of a paper: chosen or dropped, copied into the profile on the worker's thread. */
#include "mc-reception-part-private.h"
#include "mc-viewer.h"
#include <glib/gi18n.h>

#define SPINNER_MS 300

static gpointer
work_import (McDesk *desk, gpointer path, GError **error)
{
  return mc_desk_import (desk, path, error);
}

static void
stop_spinner (McReceptionPartRow *self)
{
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_set_visible (self->spinner, FALSE);
}

static gboolean
on_spinner_due (gpointer data)
{
  McReceptionPartRow *self = data;

  self->spinner_source = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  return G_SOURCE_REMOVE;
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McReceptionPartRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) document = mc_worker_finish (MC_WORKER (source), result, &error);

  self->importing--;
  if (self->box == NULL)
    return;
  if (self->importing == 0)
    stop_spinner (self);
  if (document == NULL)
    {
      g_autofree char *sentence = mc_document_sentence (error);

      g_info ("import: %s", error->message);
      mc_reception_part_trouble (self,
                                 sentence != NULL
                                     ? sentence
                                     : _ ("The file could not be read. Everything that was typed "
                                          "stays; check the stick or "
                                          "the folder and choose the file again."));
      mc_reception_part_changed (self);
      return;
    }
  mc_reception_part_trouble (self, NULL);
  mc_reception_part_take (self, document);
}

static void
free_json (gpointer json)
{
  json_decref (json);
}

void
mc_reception_part_row_import (McReceptionPartRow *row, const char *path)
{
  g_return_if_fail (MC_IS_RECEPTION_PART_ROW (row) && path != NULL);

  mc_reception_part_trouble (row, NULL);
  row->importing++;
  if (row->spinner_source == 0)
    row->spinner_source = g_timeout_add (SPINNER_MS, on_spinner_due, row);
  mc_worker_run (row->context->worker,
                 work_import,
                 g_strdup (path),
                 g_free,
                 free_json,
                 NULL,
                 on_imported,
                 g_object_ref (row));
  mc_reception_part_changed (row);
}

static void
import_file (McReceptionPartRow *self, GFile *file)
{
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    mc_reception_part_row_import (self, path);
  else
    mc_reception_part_trouble (self,
                               _ ("Only a file on this machine can be taken. Copy it here first."));
}

static void
on_chosen (McReceptionPartRow *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  import_file (self, file);
}

void
mc_reception_part_row_choose (McReceptionPartRow *row)
{
  GtkRoot *root;
  g_autoptr (GtkFileFilter) pdf = gtk_file_filter_new ();

  g_return_if_fail (MC_IS_RECEPTION_PART_ROW (row));

  if (row->chooser != NULL)
    return;
  root = gtk_widget_get_root (GTK_WIDGET (row));
  row->chooser = gtk_file_chooser_native_new (_ ("Choose a scan"),
                                              GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              GTK_FILE_CHOOSER_ACTION_OPEN,
                                              _ ("Choose"),
                                              _ ("Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (row->chooser), TRUE);
  gtk_file_filter_set_name (pdf, _ ("PDF files"));
  gtk_file_filter_add_suffix (pdf, "pdf");
  gtk_file_filter_add_mime_type (pdf, "application/pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (row->chooser), pdf);
  g_signal_connect_object (row->chooser,
                           "response",
                           G_CALLBACK (on_chosen),
                           row,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (row->chooser));
}

gboolean
mc_reception_part_row_choosing (McReceptionPartRow *row)
{
  g_return_val_if_fail (MC_IS_RECEPTION_PART_ROW (row), FALSE);

  return row->chooser != NULL;
}

static gboolean
on_dropped (GtkDropTarget *target,
            const GValue *value,
            double x,
            double y,
            McReceptionPartRow *self)
{
  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    import_file (self, g_value_get_object (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *files = g_value_get_boxed (value);

      /* Only one paper is dropped on a row; the first of many is taken. */
      if (files == NULL)
        return FALSE;
      import_file (self, files->data);
    }
  else
    return FALSE;
  return TRUE;
}

void
mc_reception_part_accept_drops (McReceptionPartRow *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (on_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
mc_reception_part_offer_show (McReceptionPartRow *self)
{
  gtk_widget_set_visible (self->offer, self->offered != NULL && self->document == NULL);
}

void
mc_reception_part_row_offer (McReceptionPartRow *row, json_t *document, const char *words)
{
  g_return_if_fail (MC_IS_RECEPTION_PART_ROW (row));

  g_clear_pointer (&row->offered, json_decref);
  if (document != NULL)
    row->offered = json_incref (document);
  if (words != NULL)
    {
      g_autofree char *label = g_strdup_printf (_ ("%s. Use it (F5)"), words);

      gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (row->offer))), label);
    }
  mc_reception_part_offer_show (row);
}

/* Nobody brings again what the office has: no paper is counted, only the file. */
gboolean
mc_reception_part_row_reuse (McReceptionPartRow *row)
{
  g_autoptr (json_t) document = NULL;

  g_return_val_if_fail (MC_IS_RECEPTION_PART_ROW (row), FALSE);

  if (row->offered == NULL || row->document != NULL)
    return FALSE;
  document = json_incref (row->offered);
  row->loading = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (row->check), TRUE);
  row->loading = FALSE;
  mc_reception_part_take (row, document);
  return TRUE;
}

static void
on_offer (McReceptionPartRow *self)
{
  mc_reception_part_row_reuse (self);
}

GtkWidget *
mc_reception_part_offer_build (McReceptionPartRow *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  self->offer = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->offer), label);
  gtk_widget_add_css_class (self->offer, "flat");
  gtk_widget_set_margin_start (self->offer, 20);
  gtk_widget_set_focusable (self->offer, FALSE);
  gtk_widget_set_visible (self->offer, FALSE);
  g_signal_connect_swapped (self->offer, "clicked", G_CALLBACK (on_offer), self);
  return self->offer;
}
