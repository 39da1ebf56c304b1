/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-window-private.h"

#include "mc-reception-field.h"
#include <glib/gi18n.h>

typedef struct
{
  guint keyval;
  GdkModifierType state;
  const char *action;
  int number; /* of the action's target; -1: it takes none */
} Key;

static const Key keys[] = {
  { GDK_KEY_F1, 0, "win.help", -1 },
  { GDK_KEY_F2, 0, "win.receive", -1 },
  { GDK_KEY_n, GDK_CONTROL_MASK, "win.receive", -1 },
  { GDK_KEY_F3, 0, "win.search", -1 },
  { GDK_KEY_f, GDK_CONTROL_MASK, "win.search", -1 },
  { GDK_KEY_F4, 0, "win.fee", -1 },
  { GDK_KEY_F5, 0, "win.known", -1 }, /* where nothing is known: win.assign */
  { GDK_KEY_F6, 0, "win.step", -1 },
  { GDK_KEY_F6, GDK_SHIFT_MASK, "win.steps", -1 },
  { GDK_KEY_F6, GDK_CONTROL_MASK, "win.next-pane", -1 },
  { GDK_KEY_F7, 0, "win.supplement", -1 },
  { GDK_KEY_F8, 0, "win.return", -1 },
  { GDK_KEY_F9, 0, "win.scan", -1 },
  { GDK_KEY_F11, 0, "win.full-screen", -1 },
  { GDK_KEY_F12, 0, "win.more", -1 },
  { GDK_KEY_k, GDK_CONTROL_MASK, "win.declare", -1 },
  { GDK_KEY_l, GDK_CONTROL_MASK, "win.lock", -1 },
  { GDK_KEY_p, GDK_CONTROL_MASK, "win.print", -1 },
  { GDK_KEY_Return, GDK_CONTROL_MASK, "win.main-act", -1 },
  { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "win.main-act", -1 },
  { GDK_KEY_Page_Down, GDK_CONTROL_MASK, "win.turn", 1 },
  { GDK_KEY_Page_Up, GDK_CONTROL_MASK, "win.turn", 0 },
  { GDK_KEY_1, GDK_ALT_MASK, "win.queue", 1 },
  { GDK_KEY_2, GDK_ALT_MASK, "win.queue", 2 },
  { GDK_KEY_3, GDK_ALT_MASK, "win.queue", 3 },
  { GDK_KEY_4, GDK_ALT_MASK, "win.queue", 4 },
  { GDK_KEY_5, GDK_ALT_MASK, "win.queue", 5 },
  { GDK_KEY_6, GDK_ALT_MASK, "win.queue", 6 },
  { GDK_KEY_7, GDK_ALT_MASK, "win.queue", 7 },
  { GDK_KEY_8, GDK_ALT_MASK, "win.queue", 8 },
  { GDK_KEY_9, GDK_ALT_MASK, "win.queue", 9 },
};

static gboolean
in_popover (GtkWidget *focus)
{
  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

static gboolean
escape (McWindow *window, GtkWidget *focus)
{
  if (in_popover (focus) || !mc_window_working (window))
    return FALSE;
  mc_window_commit_input (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL);
  return TRUE;
}

/* Ctrl+Z belongs to the text while that has something to take back, else to the last act. */
static gboolean
undo (McWindow *window, GtkWidget *focus)
{
  if (GTK_IS_TEXT (focus))
    {
      g_autofree char *before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));

      gtk_widget_activate_action (focus, "text.undo", NULL);
      if (!g_str_equal (before, gtk_editable_get_text (GTK_EDITABLE (focus))))
        return TRUE;
    }
  if (GTK_IS_TEXT_VIEW (focus) &&
      gtk_text_buffer_get_can_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus))))
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo-act", NULL);
  return TRUE;
}

static gboolean
key_pressed (GtkEventControllerKey *controller,
             guint keyval,
             guint code,
             GdkModifierType state,
             gpointer data)
{
  McWindow *window = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  GdkModifierType held =
      state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK | GDK_SUPER_MASK);

  if (keyval == GDK_KEY_Escape && held == 0)
    return escape (window, focus);
  if (gdk_keyval_to_lower (keyval) == GDK_KEY_z && held == GDK_CONTROL_MASK)
    return mc_window_working (window) && undo (window, focus);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (gdk_keyval_to_lower (keyval) != keys[i].keyval || held != keys[i].state)
        continue;
      if (!mc_window_working (window) && keys[i].keyval != GDK_KEY_F11)
        return FALSE;
      mc_window_commit_input (GTK_WINDOW (window));
      if (keys[i].number >= 0)
        gtk_widget_activate_action (GTK_WIDGET (window), keys[i].action, "i", keys[i].number);
      else
        gtk_widget_activate_action (GTK_WIDGET (window), keys[i].action, NULL);
      return TRUE;
    }
  return FALSE;
}

static void
page_act (GtkWidget *widget, McPageAct act)
{
  McWindow *window = MC_WINDOW (widget);
  GtkWidget *top = mc_window_top (window);

  if (!MC_IS_PAGE (top))
    return;
  /* A button reached by the mouse or by a screen reader leaves the word being composed as well. */
  mc_window_commit_input (GTK_WINDOW (window));
  /* One key: what is known of a resident who is being received; whose a dossier is elsewhere. */
  if (!mc_page_act (MC_PAGE (top), act) && act == MC_PAGE_KNOWN)
    (void)mc_page_act (MC_PAGE (top), MC_PAGE_ASSIGN);
}

static void
act (GtkWidget *widget, const char *name, GVariant *target)
{
  static const struct
  {
    const char *name;
    McPageAct act;
  } acts[] = {
    { "win.main-act", MC_PAGE_MAIN },
    { "win.step", MC_PAGE_STEP },
    { "win.assign", MC_PAGE_ASSIGN },
    { "win.steps", MC_PAGE_STEPS },
    { "win.supplement", MC_PAGE_SUPPLEMENT },
    { "win.return", MC_PAGE_RETURN },
    { "win.fee", MC_PAGE_FEE },
    { "win.scan", MC_PAGE_SCAN },
    { "win.print", MC_PAGE_PRINT },
    { "win.known", MC_PAGE_KNOWN },
    { "win.more", MC_PAGE_MORE },
    { "win.declare", MC_PAGE_DECLARE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (name, acts[i].name))
      page_act (widget, acts[i].act);
}

static void
queue (GtkWidget *widget, const char *name, GVariant *target)
{
  int number = g_variant_get_int32 (target);

  if (mc_window_working (MC_WINDOW (widget)) &&
      MC_WINDOW (widget)->room->context.staff->role == MC_ROLE_HELPER)
    number = MC_QUEUE_DRAFT;
  if (mc_window_working (MC_WINDOW (widget)) && number >= MC_QUEUE_MINE && number < MC_N_QUEUES)
    {
      mc_window_show_queue (MC_WINDOW (widget), (McQueue)number);
      mc_list_page_focus_list (MC_WINDOW (widget)->list);
    }
}

static void
search (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_widget_grab_focus (GTK_WIDGET (MC_WINDOW (widget)->search));
}

static void
back (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (!mc_window_working (window))
    return;
  mc_window_commit_input (GTK_WINDOW (window));
  if (window->narrow && g_queue_is_empty (&window->pushed) &&
      adw_flap_get_reveal_flap (window->flap))
    adw_flap_set_reveal_flap (window->flap, FALSE);
  else if (!g_queue_is_empty (&window->pushed))
    mc_window_pop (window);
  else if (gtk_editable_get_text (GTK_EDITABLE (window->search))[0] != '\0')
    {
      gtk_editable_set_text (GTK_EDITABLE (window->search), "");
      mc_list_page_set_search (window->list, "");
      mc_list_page_focus_list (window->list);
    }
  else if (window->base != GTK_WIDGET (window->list))
    mc_window_show_queue (window, MC_QUEUE_MINE);
  else
    mc_list_page_focus_list (window->list);
}

static void
next_pane (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  GtkWidget *panes[3] = { GTK_WIDGET (window->sidebar), GTK_WIDGET (window->pages), NULL };
  guint length = 2;

  if (!mc_window_working (window))
    return;
  if (mc_window_top (window) == GTK_WIDGET (window->list))
    {
      mc_list_page_panes (window->list, panes + 1);
      length = 3;
    }
  guint at = length - 1;
  for (guint i = 0; i < length; i++)
    if (focus != NULL && gtk_widget_is_ancestor (focus, panes[i]))
      at = i;
  for (guint i = 1; i <= length; i++)
    if (gtk_widget_child_focus (panes[(at + i) % length], GTK_DIR_TAB_FORWARD))
      return;
}

static void
full_screen (GtkWidget *widget, const char *name, GVariant *target)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

static void
help (GtkWidget *widget, const char *name, GVariant *target)
{
  GtkWidget *top = mc_window_top (MC_WINDOW (widget));
  const char *text = MC_IS_PAGE (top) ? mc_page_help (MC_PAGE (top)) : "";
  g_autofree char *body = g_strdup_printf ("%s\n\n%s", text, _ ("Ctrl+? shows every key."));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (widget), _ ("This page"), body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
preferences (GtkWidget *widget, const char *name, GVariant *target)
{
  mc_preferences_present (MC_WINDOW (widget), FALSE);
}

static void
about (GtkWidget *widget, const char *name, GVariant *target)
{
  adw_show_about_window (GTK_WINDOW (widget),
                         "application-name",
                         "Một Cửa",
                         "application-icon",
                         MC_APP_ID,
                         "version",
                         MC_VERSION,
                         "license-type",
                         GTK_LICENSE_GPL_3_0,
                         "comments",
                         _ ("The desk of a commune's one-stop office, with or without the network"),
                         NULL);
}

void
mc_window_keys_class_init (GtkWidgetClass *klass)
{
  static const char *const acts[] = { "win.main-act",   "win.step",   "win.steps", "win.assign",
                                      "win.supplement", "win.return", "win.fee",   "win.scan",
                                      "win.print",      "win.known",  "win.more",  "win.declare" };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_class_install_action (klass, acts[i], NULL, act);
  gtk_widget_class_install_action (klass, "win.queue", "i", queue);
  gtk_widget_class_install_action (klass, "win.search", NULL, search);
  gtk_widget_class_install_action (klass, "win.back", NULL, back);
  gtk_widget_class_install_action (klass, "win.next-pane", NULL, next_pane);
  gtk_widget_class_install_action (klass, "win.full-screen", NULL, full_screen);
  gtk_widget_class_install_action (klass, "win.help", NULL, help);
  gtk_widget_class_install_action (klass, "win.preferences", NULL, preferences);
  gtk_widget_class_install_action (klass, "win.about", NULL, about);
}

static gboolean
search_key (GtkEventControllerKey *controller,
            guint keyval,
            guint code,
            GdkModifierType state,
            gpointer data)
{
  McWindow *window = data;

  if (keyval != GDK_KEY_Down || !mc_window_working (window))
    return FALSE;
  mc_window_commit_input (GTK_WINDOW (window));
  mc_list_page_focus_list (window->list);
  return TRUE;
}

static void
search_activated (McWindow *window)
{
  if (mc_window_working (window))
    mc_list_page_focus_list (window->list);
}

static void
search_edited (GtkWidget *entry, gpointer data)
{
  mc_window_search_changed (MC_WINDOW (data));
}

void
mc_window_keys_init (McWindow *window)
{
  GtkEventController *controller = gtk_event_controller_key_new ();
  GtkEventController *down = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed), window);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);

  gtk_event_controller_set_propagation_phase (down, GTK_PHASE_CAPTURE);
  g_signal_connect (down, "key-pressed", G_CALLBACK (search_key), window);
  gtk_widget_add_controller (GTK_WIDGET (window->search), down);
  g_signal_connect_object (window->search,
                           "activate",
                           G_CALLBACK (search_activated),
                           window,
                           G_CONNECT_SWAPPED);
  mc_reception_field_watch (GTK_WIDGET (window->search), (GFunc)search_edited, window);
}
