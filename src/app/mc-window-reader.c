/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-window-private.h"

#include "mc-reception-page.h"
#include "mc-words.h"
#include <glib/gi18n.h>

/* What a reader sent stays readable for this long, in seconds. */
#define UNKNOWN_S 30

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
