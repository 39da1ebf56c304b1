/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-value-entries.h"

#include "mc-conflict-words.h"
#include "mc-timeline.h"
#include "mc-words.h"
#include <glib/gi18n.h>

struct _McValueEntries
{
  GtkWidget parent_instance;
  GtkWidget *box;
  GStrv fields;
  GPtrArray *entries; /* parallel to fields; owned by the box */
};

G_DEFINE_FINAL_TYPE (McValueEntries, mc_value_entries, GTK_TYPE_WIDGET)

static void
mc_value_entries_dispose (GObject *object)
{
  McValueEntries *entries = MC_VALUE_ENTRIES (object);

  g_clear_pointer (&entries->box, gtk_widget_unparent);
  g_clear_pointer (&entries->fields, g_strfreev);
  g_clear_pointer (&entries->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (mc_value_entries_parent_class)->dispose (object);
}

static void
mc_value_entries_class_init (McValueEntriesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_value_entries_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_value_entries_init (McValueEntries *entries)
{
  entries->entries = g_ptr_array_new ();
  entries->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (entries->box, GTK_WIDGET (entries));
}

GtkWidget *
mc_value_entries_new (void)
{
  return g_object_new (MC_TYPE_VALUE_ENTRIES, NULL);
}

static void
add_entry (McValueEntries *entries, const char *name, const char *value)
{
  GtkWidget *caption = gtk_label_new (name);
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption-heading");
  gtk_editable_set_text (GTK_EDITABLE (entry), value != NULL ? value : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (entries->box), caption);
  gtk_box_append (GTK_BOX (entries->box), entry);
  g_ptr_array_add (entries->entries, entry);
}

gboolean
mc_value_entries_show (McValueEntries *entries, const McConflict *conflict)
{
  g_return_val_if_fail (MC_IS_VALUE_ENTRIES (entries) && conflict != NULL, FALSE);

  g_autoptr (json_t) stands = conflict->sides->len > 0 ? mc_conflict_value (conflict, 0) : NULL;
  g_strfreev (entries->fields);
  entries->fields = mc_conflict_fields (conflict);
  g_ptr_array_set_size (entries->entries, 0);
  mc_box_clear (GTK_BOX (entries->box));
  for (guint i = 0; entries->fields[i] != NULL; i++)
    {
      const char *key = entries->fields[i];

      if (key[0] != '\0')
        add_entry (entries, mc_words_field (conflict->group, key), mc_json_string (stands, key));
      else
        add_entry (entries, _ ("Subject"), json_string_value (stands));
    }
  return entries->entries->len > 0;
}

json_t *
mc_value_entries_value (McValueEntries *entries, const McConflict *conflict)
{
  g_return_val_if_fail (MC_IS_VALUE_ENTRIES (entries) && conflict != NULL, NULL);

  json_t *value = mc_conflict_value (conflict, 0);
  for (guint i = 0; i < entries->entries->len; i++)
    {
      const char *key = entries->fields[i];
      GtkEditable *entry = GTK_EDITABLE (g_ptr_array_index (entries->entries, i));
      g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

      if (key[0] == '\0')
        {
          json_decref (value);
          return json_string (text);
        }
      json_object_set_new (value, key, json_string (text));
    }
  return value;
}
