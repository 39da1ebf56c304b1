/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An office for new staff is marked on every screen. Questions and small windows are made in many
 * places: they are met where all of them pass, in the list of open windows.
 */
#include "mc-practice-screen.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define STYLE "mc-practice"
#define WATCHED "mc-practice-watched"

char *
mc_practice_screen_words (const char *office)
{
  return g_strdup_printf (_ ("PRACTICE, nothing is sent · %s"), office);
}

/* A heading that was marked before, for a question that is shown again, keeps its one mark. */
static char *
marked (const char *text)
{
  return g_str_has_prefix (text, _ ("PRACTICE"))
             ? g_strdup (text)
             : g_strdup_printf ("%s · %s", _ ("PRACTICE"), text);
}

static void
mark_dialog (GtkWindow *dialog)
{
  g_autofree char *title = NULL;
  g_autofree char *heading = NULL;

  gtk_widget_add_css_class (GTK_WIDGET (dialog), STYLE);
  title = marked (gtk_window_get_title (dialog) != NULL ? gtk_window_get_title (dialog) : "");
  gtk_window_set_title (dialog, title);
  if (!ADW_IS_MESSAGE_DIALOG (dialog))
    return;
  heading = marked (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)));
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (dialog), heading);
}

static void
windows_changed (GListModel *windows, guint position, guint removed, guint added, GtkWidget *window)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

      /* Its words are said after it was made and before it is shown. */
      if (GTK_WIDGET (other) != window && gtk_widget_has_css_class (window, STYLE))
        g_signal_connect (other, "show", G_CALLBACK (mark_dialog), NULL);
    }
}

void
mc_practice_screen_mark (GtkWindow *window, gboolean practice)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  if (!practice)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (window), STYLE);
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (window), STYLE);
  if (g_object_get_data (G_OBJECT (window), WATCHED) != NULL)
    return;
  g_object_set_data (G_OBJECT (window), WATCHED, (gpointer)WATCHED);
  g_signal_connect_object (gtk_window_get_toplevels (),
                           "items-changed",
                           G_CALLBACK (windows_changed),
                           window,
                           0);
}
