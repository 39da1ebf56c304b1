/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-window-private.h"

#include "mc-reception-page.h"
#include "mc-words.h"
#include <glib/gi18n.h>

/* What a reader sent stays readable for this long, in seconds. */
#define UNKNOWN_S 30

/* Returns: (nullable): the main window that @other lies above */
static McWindow *
window_below (GtkWindow *other)
{
  while (other != NULL && !MC_IS_WINDOW (other))
    other = gtk_window_get_transient_for (other);
  return other != NULL ? MC_WINDOW (other) : NULL;
}

static void
card_read (McWindow *window, const McCard *card)
{
  if (!mc_window_working (window))
    return;
  if (!MC_IS_RECEPTION_PAGE (mc_window_top (window)))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.receive", NULL);
  if (MC_IS_RECEPTION_PAGE (mc_window_top (window)))
    mc_reception_page_card (MC_RECEPTION_PAGE (mc_window_top (window)), card);
}

static void
offer_dossier (McWindow *window, const char *code, const char *id)
{
  g_autofree char *short_code = mc_words_short_code (code);
  g_autofree char *text = g_strdup_printf (_ ("Open dossier %s?"), short_code);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, _ ("Open"));
  adw_toast_set_action_name (toast, "win.open-dossier");
  adw_toast_set_action_target (toast, "s", id);
  adw_toast_set_timeout (toast, UNKNOWN_S);
  adw_toast_overlay_add_toast (window->toasts, toast);
}

static void
code_read (McWindow *window, const char *code)
{
  if (!mc_window_working (window))
    return;

  g_autofree char *id = mc_store_resolve (window->room->context.reader, code, NULL);
  if (id == NULL)
    {
      g_autofree char *text = g_strdup_printf (
          _ ("Dossier %s is not on this machine. It may not have been fetched yet."),
          code);
      mc_window_say (GTK_WIDGET (window), text);
    }
  else if (MC_IS_RECEPTION_PAGE (mc_window_top (window)))
    offer_dossier (window, code, id);
  else
    mc_window_open_dossier (window, id);
}

static void
unknown_read (McWindow *window, const char *scanned)
{
  g_autofree char *shown = g_strndup (scanned, 400);
  g_autofree char *valid = g_utf8_make_valid (shown, -1);
  g_autofree char *text = g_strdup_printf (
      _ ("The reader sent something that is neither a citizen card nor a dossier code: %s"),
      valid);
  mc_window_say (GTK_WIDGET (window), text);
}

/* What was read over another window; nothing of what it shows is lost when it closes. */
typedef struct
{
  McWindow *window;
  GtkWindow *other;
  char *code;
} Heard;

static void
heard_free (gpointer data)
{
  Heard *heard = data;

  g_object_unref (heard->window);
  g_object_unref (heard->other);
  g_free (heard->code);
  g_free (heard);
}

static gboolean
leave_and_open (gpointer data)
{
  Heard *heard = data;
  GtkWindow *other = heard->other;

  while (other != NULL && other != GTK_WINDOW (heard->window))
    {
      GtkWindow *below = gtk_window_get_transient_for (other);

      gtk_window_close (other);
      other = below;
    }
  code_read (heard->window, heard->code);
  return G_SOURCE_REMOVE;
}

/* Not at once: with its window the reader would end while it still speaks. */
static void
code_heard (McReader *reader, const char *code, GtkWindow *other)
{
  McWindow *window = window_below (other);
  Heard *heard;

  if (window == NULL)
    return;
  heard = g_new0 (Heard, 1);
  heard->window = g_object_ref (window);
  heard->other = g_object_ref (other);
  heard->code = g_strdup (code);
  g_idle_add_full (G_PRIORITY_DEFAULT, leave_and_open, heard, heard_free);
}

static void
unknown_heard (McReader *reader, const char *scanned, GtkWindow *other)
{
  McWindow *window = window_below (other);

  if (window != NULL)
    unknown_read (window, scanned);
}

static void
card_heard (McReader *reader, const McCard *card, GtkWindow *other)
{
  gtk_widget_error_bell (GTK_WIDGET (other));
}

void
mc_window_hear (GtkWindow *other)
{
  McReader *reader;

  g_return_if_fail (GTK_IS_WINDOW (other));

  reader = mc_reader_attach (other);
  g_signal_connect_object (reader, "code", G_CALLBACK (code_heard), other, G_CONNECT_DEFAULT);
  g_signal_connect_object (reader, "unknown", G_CALLBACK (unknown_heard), other, G_CONNECT_DEFAULT);
  g_signal_connect_object (reader, "card", G_CALLBACK (card_heard), other, G_CONNECT_DEFAULT);
}

void
mc_window_reader_init (McWindow *window)
{
  window->reader = mc_reader_attach (GTK_WINDOW (window));
  g_signal_connect_object (window->reader,
                           "card",
                           G_CALLBACK (card_read),
                           window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window->reader,
                           "code",
                           G_CALLBACK (code_read),
                           window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window->reader,
                           "unknown",
                           G_CALLBACK (unknown_read),
                           window,
                           G_CONNECT_SWAPPED);
}
