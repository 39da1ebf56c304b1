/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-window-private.h"

#include "mc-act.h"
#include "mc-step-back.h"
#include <glib/gi18n.h>

/* Seconds a sentence is shown for: long enough to be read aloud. */
#define SHORT_S 5
#define LONG_S 12
/* Until a toast has come to rest, or is out: microseconds, and frames after that. */
#define SLIDES_US (500 * G_TIME_SPAN_MILLISECOND)
#define FRAMES_AT_REST 2

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

/* It goes by itself, or was closed: what comes now slides in when it is out. */
static void
dismissed (McWindow *window, AdwToast *toast)
{
  if (window->toast != toast)
    return;
  g_clear_weak_pointer (&window->toast);
  window->quiet_us = MAX (window->quiet_us, g_get_monotonic_time () + SLIDES_US);
}

/* Leaving: a toast that is to go once it has come to rest. */
typedef struct
{
  AdwToast *toast;
  gulong watch;
  gint64 at_us;
  guint frames;
  gboolean gone;
} Leaving;

static void
leaving_free (gpointer data)
{
  Leaving *leaving = data;

  g_signal_handler_disconnect (leaving->toast, leaving->watch);
  g_object_unref (leaving->toast);
  g_free (leaving);
}

static void
left_alone (Leaving *leaving)
{
  leaving->gone = TRUE;
}

/* libadwaita 1.2 does not survive that a toast is dismissed while it slides in, nor twice. A slow
 * machine may have drawn no frame of it yet when its time is over: then it still slides. */
static gboolean
leave (GtkWidget *overlay, GdkFrameClock *clock, gpointer data)
{
  Leaving *leaving = data;

  if (leaving->gone)
    return G_SOURCE_REMOVE;
  if (g_get_monotonic_time () < leaving->at_us || ++leaving->frames < FRAMES_AT_REST)
    return G_SOURCE_CONTINUE;
  adw_toast_dismiss (leaving->toast);
  return G_SOURCE_REMOVE;
}

static void
dismiss (McWindow *window)
{
  g_autoptr (AdwToast) toast = window->toast != NULL ? g_object_ref (window->toast) : NULL;
  Leaving *leaving;

  if (toast == NULL)
    return;
  g_clear_weak_pointer (&window->toast);
  leaving = g_new0 (Leaving, 1);
  leaving->toast = g_steal_pointer (&toast);
  leaving->at_us = MAX (g_get_monotonic_time (), window->toast_us + SLIDES_US);
  leaving->watch =
      g_signal_connect_swapped (leaving->toast, "dismissed", G_CALLBACK (left_alone), leaving);
  window->quiet_us = leaving->at_us + SLIDES_US;
  gtk_widget_add_tick_callback (GTK_WIDGET (window->toasts), leave, leaving, leaving_free);
}

/* What is said now is about now: the toast before it goes, unless it holds what was not saved. */
static void
show_toast (McWindow *window, AdwToast *toast)
{
  if (window->toast != NULL && adw_toast_get_timeout (window->toast) > 0)
    dismiss (window);
  g_set_weak_pointer (&window->toast, toast);
  window->toast_us = MAX (g_get_monotonic_time (), window->quiet_us);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed), window, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (window->toasts, toast);
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
  show_toast (window, toast);
}

void
mc_window_offer (McWindow *window, const char *text, const char *button, const char *action)
{
  AdwToast *toast;

  g_return_if_fail (MC_IS_WINDOW (window) && text != NULL && action != NULL);

  toast = new_toast (text);
  adw_toast_set_timeout (toast, LONG_S);
  adw_toast_set_button_label (toast, button);
  adw_toast_set_action_name (toast, action);
  show_toast (window, toast);
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
  g_clear_pointer (&window->undo_by, g_free);
  g_clear_pointer (&window->undo_dossier, g_free);
  g_clear_pointer (&window->undo_group, g_free);
  g_clear_pointer (&window->undo_value, json_decref);
  g_clear_pointer (&window->undo_steps, g_ptr_array_unref);
}

void
mc_window_withdraw_undo (McWindow *window)
{
  g_return_if_fail (MC_IS_WINDOW (window));

  /* What could not be saved stays for who typed it: see undo_act(). */
  if (window->undo_value != NULL && window->undo_saves)
    return;
  forget_undo (window);
  dismiss (window);
}

/* Who did what is said now: a save that fails may say so a moment after signing out. */
static const char *
author (McWindow *window)
{
  const McStaff *staff = window->room->context.staff;

  return staff != NULL ? staff->id : window->author;
}

static gboolean
may_undo (McWindow *window)
{
  const McStaff *staff = window->room->context.staff;

  return (window->undo_value != NULL || window->undo_steps != NULL) && staff != NULL &&
         g_strcmp0 (staff->id, window->undo_by) == 0;
}

void
mc_window_renew_undo (McWindow *window)
{
  g_return_if_fail (MC_IS_WINDOW (window));

  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.undo-act", may_undo (window));
}

/* A toast with a button, and Ctrl+Z for the same. */
static void
show_way_back (McWindow *window, AdwToast *toast, const char *button)
{
  window->undo_by = g_strdup (author (window));
  mc_window_renew_undo (window);
  adw_toast_set_button_label (toast, button);
  adw_toast_set_action_name (toast, "win.undo-act");
  show_toast (window, toast);
}

/* A toast whose button, and Ctrl+Z, set @group to @value. */
static void
offer (McWindow *window,
       AdwToast *toast,
       const char *button,
       const char *dossier,
       const char *group,
       json_t *value)
{
  forget_undo (window);
  window->undo_dossier = g_strdup (dossier);
  window->undo_group = g_strdup (group);
  window->undo_value = json_deep_copy (value);
  show_way_back (window, toast, button);
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
  /* What could not be saved is not given up for a way back. */
  if (window->undo_value != NULL && window->undo_saves)
    {
      mc_window_say (inside, text);
      return;
    }
  /* Where there was nothing before, there is nothing to set again; nor where nobody is signed in.
   */
  if (old == NULL || json_is_null (old) || window->room->context.staff == NULL)
    {
      forget_undo (window);
      mc_window_say (inside, text);
      return;
    }
  AdwToast *toast = new_toast (text);
  adw_toast_set_timeout (toast, LONG_S);
  window->undo_saves = FALSE;
  offer (window, toast, _ ("Undo"), dossier, group, old);
}

void
mc_window_moved (GtkWidget *inside, const char *text, GPtrArray *backs)
{
  g_return_if_fail (GTK_IS_WIDGET (inside) && text != NULL && backs != NULL);

  g_autoptr (GPtrArray) owned = backs;
  McWindow *window = window_of (inside);
  AdwToast *toast;

  if (window == NULL)
    return;
  if ((window->undo_value != NULL && window->undo_saves) || backs->len == 0 ||
      window->room->context.staff == NULL)
    {
      /* What was taken back last is not what was done last. */
      if (window->undo_value == NULL || !window->undo_saves)
        forget_undo (window);
      mc_window_say (inside, text);
      return;
    }
  forget_undo (window);
  window->undo_saves = FALSE;
  window->undo_steps = g_steal_pointer (&owned);
  toast = new_toast (text);
  adw_toast_set_timeout (toast, LONG_S);
  show_way_back (window, toast, _ ("Undo"));
}

/* 01 to 05 go to the resident; 06 and 07 stay (TT 03/2025/TT-VPCP, Phụ lục I). */
static gboolean
is_handed_over (const McStep *step)
{
  return step != NULL && step->paper[0] != '\0' && strcmp (step->paper, "05") <= 0;
}

gboolean
mc_window_papered (GtkWidget *inside, const char *text, const McStep *step, const char *dossier)
{
  g_return_val_if_fail (GTK_IS_WIDGET (inside) && text != NULL && dossier != NULL, FALSE);

  McWindow *window = window_of (inside);
  AdwToast *toast;

  if (window == NULL || !is_handed_over (step) ||
      (window->undo_value != NULL && window->undo_saves))
    return FALSE;
  forget_undo (window);
  toast = new_toast (text);
  adw_toast_set_timeout (toast, LONG_S);
  adw_toast_set_button_label (toast, _ ("Print its paper"));
  adw_toast_set_action_name (toast, "win.paper");
  adw_toast_set_action_target_value (toast, g_variant_new_string (dossier));
  show_toast (window, toast);
  return TRUE;
}

void
mc_window_failed (GtkWidget *inside,
                  const GError *error,
                  const char *dossier,
                  const char *group,
                  json_t *value)
{
  g_return_if_fail (GTK_IS_WIDGET (inside) && error != NULL && value != NULL);

  McWindow *window = window_of (inside);
  if (window == NULL)
    return;
  g_autofree char *sentence = mc_error_sentence (error);
  AdwToast *toast = new_toast (sentence);
  /* It stays until somebody has seen it: it holds what was typed. */
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  window->undo_saves = TRUE;
  offer (window, toast, _ ("Save again"), dossier, group, value);
}

/* Undone: a value on its way back, or once more, to the disk. */
typedef struct
{
  McWindow *window;
  char *dossier;
  char *group;
  json_t *value;
  gboolean saves;
} Undone;

static void
undone_free (Undone *undone)
{
  g_object_unref (undone->window);
  g_free (undone->dossier);
  g_free (undone->group);
  json_decref (undone->value);
  g_free (undone);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undone, undone_free)

static void
undo_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Undone) undone = data;
  GtkWidget *window = GTK_WIDGET (undone->window);
  g_autoptr (GError) error = NULL;

  if (!mc_act_finish (&undone->window->room->context, result, &error))
    mc_window_failed (window, error, undone->dossier, undone->group, undone->value);
  else if (undone->saves)
    mc_window_say (window, _ ("Saved on this machine, sent when there is a network"));
  else
    mc_window_say (window, _ ("Taken back. Both values remain in the history."));
}

static void
stepped_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (!mc_act_finish (&window->room->context, result, &error))
    mc_window_say_error (GTK_WIDGET (window), error);
  else
    mc_window_say (GTK_WIDGET (window), _ ("Taken back. Both steps remain in the history."));
}

static void
undo_act (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (!may_undo (window))
    return;
  g_clear_pointer (&window->undo_by, g_free);
  if (window->undo_steps != NULL)
    {
      mc_step_back_act (&window->room->context,
                        g_steal_pointer (&window->undo_steps),
                        stepped_back,
                        g_object_ref (window));
      return;
    }

  Undone *undone = g_new0 (Undone, 1);
  undone->window = g_object_ref (window);
  undone->dossier = g_steal_pointer (&window->undo_dossier);
  undone->group = g_steal_pointer (&window->undo_group);
  undone->value = g_steal_pointer (&window->undo_value);
  undone->saves = window->undo_saves;
  mc_act_set (&window->room->context,
              undone->dossier,
              undone->group,
              undone->value,
              NULL,
              NULL,
              undo_kept,
              undone);
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
