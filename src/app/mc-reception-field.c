/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-reception-field.h"
#include "mc-ascii-field.h"
#include "mc-text.h"
#include <string.h>

#define HINT "mc-hint"
#define TITLE "mc-title"
#define PREEDIT "mc-preedit"

typedef struct
{
  GFunc changed;
  gpointer data;
} Watch;

void
mc_reception_next (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (gtk_widget_get_root (widget) != NULL)
    gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (widget)), GTK_DIR_TAB_FORWARD);
}

GtkWidget *
mc_reception_field_new (const char *label, GtkWidget *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (label);
  GtkWidget *hint = gtk_label_new (NULL);

  g_return_val_if_fail (GTK_IS_WIDGET (entry), box);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_set_visible (hint, FALSE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_widget_set_hexpand (box, TRUE);

  g_object_set_data (G_OBJECT (entry), HINT, hint);
  g_object_set_data (G_OBJECT (entry), TITLE, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (GTK_IS_ENTRY (entry))
    g_signal_connect (entry, "activate", G_CALLBACK (mc_reception_next), NULL);
  return box;
}

void
mc_reception_field_name (GtkWidget *entry, const char *label)
{
  GtkWidget *title = g_object_get_data (G_OBJECT (entry), TITLE);

  g_return_if_fail (GTK_IS_LABEL (title));

  gtk_label_set_label (GTK_LABEL (title), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
mc_reception_field_hint (GtkWidget *entry, const char *hint)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (entry), HINT);

  g_return_if_fail (GTK_IS_LABEL (label));

  gtk_label_set_label (GTK_LABEL (label), hint != NULL ? hint : "");
  gtk_widget_set_visible (label, hint != NULL);
  if (hint != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    hint,
                                    -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
on_changed (GtkWidget *entry, Watch *watch)
{
  watch->changed (entry, watch->data);
}

static void
on_preedit (GtkText *text, const char *preedit, GtkWidget *entry)
{
  g_object_set_data_full (G_OBJECT (entry), PREEDIT, g_strdup (preedit), g_free);
}

static void
on_composed (GtkText *text, const char *preedit, Watch *watch)
{
  watch->changed (gtk_widget_get_parent (GTK_WIDGET (text)), watch->data);
}

static void
watch_free (gpointer watch, GClosure *closure)
{
  g_free (watch);
}

void
mc_reception_field_watch (GtkWidget *entry, GFunc changed, gpointer data)
{
  GtkEditable *text;
  Watch *watch;

  g_return_if_fail (GTK_IS_EDITABLE (entry) && changed != NULL);

  watch = g_new (Watch, 1);
  watch->changed = changed;
  watch->data = data;
  g_signal_connect_data (entry,
                         "changed",
                         G_CALLBACK (on_changed),
                         watch,
                         watch_free,
                         G_CONNECT_DEFAULT);
  text = gtk_editable_get_delegate (GTK_EDITABLE (entry));
  if (!GTK_IS_TEXT (text))
    return;
  /* First what is composed is kept, then whoever asks for the text is told. */
  g_signal_connect (text, "preedit-changed", G_CALLBACK (on_preedit), entry);
  g_signal_connect_data (text,
                         "preedit-changed",
                         G_CALLBACK (on_composed),
                         g_memdup2 (watch, sizeof *watch),
                         watch_free,
                         G_CONNECT_DEFAULT);
}

char *
mc_reception_field_text (GtkWidget *entry)
{
  const char *preedit = g_object_get_data (G_OBJECT (entry), PREEDIT);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autoptr (GString) whole = g_string_new (text);

  if (preedit != NULL)
    {
      int at = gtk_editable_get_position (GTK_EDITABLE (entry));

      g_string_insert (whole, g_utf8_offset_to_pointer (text, at) - text, preedit);
    }
  return mc_text_clean (whole->str);
}

static gboolean
on_only_key (GtkEventControllerKey *keys,
             guint keyval,
             guint code,
             GdkModifierType state,
             const char *allowed)
{
  gunichar c = gdk_keyval_to_unicode (keyval);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || c < 0x20 || c == 0x7f ||
      (c < 0x80 && strchr (allowed, (int)c) != NULL))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_error_bell (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys)));
  return GDK_EVENT_STOP;
}

void
mc_reception_field_only (GtkWidget *entry, const char *allowed)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_return_if_fail (GTK_IS_EDITABLE (entry) && allowed != NULL);

  mc_ascii_field_make (entry, FALSE);
  /* Added later, asked first: what passes here is put in by the controller before. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_only_key), (gpointer)allowed);
  gtk_widget_add_controller (entry, keys);
}
