/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-folder.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkFileChooserNative *chooser;
  McFolderChosen chosen;
  gpointer data;
} Asking;

static void
answered (GtkNativeDialog *dialog, int response, Asking *asking)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  g_autofree char *folder = file != NULL ? g_file_get_path (file) : NULL;

  asking->chosen (folder, asking->data);
  g_object_unref (asking->chooser);
  g_free (asking);
}

void
mc_folder_ask (GtkWindow *parent, const char *title, McFolderChosen chosen, gpointer data)
{
  Asking *asking;

  g_return_if_fail (GTK_IS_WINDOW (parent) && title != NULL && chosen != NULL);

  asking = g_new0 (Asking, 1);
  asking->chosen = chosen;
  asking->data = data;
  asking->chooser = gtk_file_chooser_native_new (title,
                                                 parent,
                                                 GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                                 _ ("Choose"),
                                                 _ ("Not now"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (asking->chooser), TRUE);
  g_signal_connect (asking->chooser, "response", G_CALLBACK (answered), asking);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (asking->chooser));
}
