/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-window-private.h"

#include "mc-act.h"
#include <glib/gi18n.h>

/* Seconds a sentence is shown for: long enough to be read aloud. */
#define SHORT_S 5
#define LONG_S 12

static McWindow *
window_of (GtkWidget *inside)
{
  GtkRoot *root = gtk_widget_get_root (inside);

  return MC_IS_WINDOW (root) ? MC_WINDOW (root) : NULL;
}

/* A toast's own title is one line; sentences wrap. */
static AdwToast *
new_toast (const char *text)
{
  AdwToast *toast = adw_toast_new (text);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  return toast;
}

void
mc_window_say (GtkWidget *inside, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (inside) && text != NULL);

  McWindow *window = window_of (inside);
  AdwToast *toast;

  if (window == NULL)
    return;
  toast = new_toast (text);
  adw_toast_set_timeout (toast, g_utf8_strlen (text, -1) > 60 ? LONG_S : SHORT_S);
  adw_toast_overlay_add_toast (window->toasts, toast);
}

void
mc_window_say_error (GtkWidget *inside, const GError *error)
{
  g_return_if_fail (GTK_IS_WIDGET (inside));

  g_autofree char *sentence = error != NULL ? mc_error_sentence (error) : NULL;
  if (sentence == NULL)
    return;
  g_debug ("%s", error->message);
  mc_window_say (inside, sentence);
}

static void
forget_undo (McWindow *window)
{
  g_clear_pointer (&window->undo_dossier, g_free);
  g_clear_pointer (&window->undo_group, g_free);
  g_clear_pointer (&window->undo_old, json_decref);
}

void
mc_window_did (GtkWidget *inside,
               const char *text,
               const char *dossier,
               const char *group,
               json_t *old)
{
  g_return_if_fail (GTK_IS_WIDGET (inside) && text != NULL && dossier != NULL && group != NULL);

  McWindow *window = window_of (inside);
  if (window == NULL)
    return;
  forget_undo (window);
  /* Where there was nothing before, there is nothing to set again. */
  if (old == NULL || json_is_null (old))
    {
      mc_window_say (inside, text);
      return;
    }
  window->undo_dossier = g_strdup (dossier);
  window->undo_group = g_strdup (group);
  window->undo_old = json_deep_copy (old);

  AdwToast *toast = new_toast (text);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_action_name (toast, "win.undo-act");
  adw_toast_set_timeout (toast, LONG_S);
  adw_toast_overlay_add_toast (window->toasts, toast);
}

static void
undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (!mc_act_finish (&window->room->context, result, &error))
    mc_window_say_error (GTK_WIDGET (window), error);
  else
    mc_window_say (GTK_WIDGET (window), _ ("Taken back. Both values remain in the history."));
}

static void
undo_act (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (window->undo_old == NULL)
    return;
  mc_act_set (&window->room->context,
              window->undo_dossier,
              window->undo_group,
              window->undo_old,
              NULL,
              undone,
              g_object_ref (window));
  forget_undo (window);
}

static void
say (GtkWidget *widget, const char *name, GVariant *target)
{
  mc_window_say (widget, g_variant_get_string (target, NULL));
}

void
mc_window_say_class_init (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.say", "s", say);
  gtk_widget_class_install_action (klass, "win.undo-act", NULL, undo_act);
}
