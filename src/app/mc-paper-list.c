/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-paper-list.h"

#include "mc-declaration.h"
#include "mc-group.h"
#include "mc-signal.h"
#include "mc-timeline.h"
#include "mc-words.h"
#include <glib/gi18n.h>

struct _McPaperList
{
  GtkWidget parent_instance;
  GtkWidget *box;
  char *shown; /* what the rows were made from, so that a refresh leaves the focus where it is */
};

G_DEFINE_FINAL_TYPE (McPaperList, mc_paper_list, GTK_TYPE_WIDGET)

static guint see_signal;
static guint add_signal;
static guint declare_signal;

static void
see_clicked (GtkButton *button, McPaperList *list)
{
  g_signal_emit (list, see_signal, 0, g_object_get_data (G_OBJECT (button), "mc-part"));
}

static void
add_clicked (GtkButton *button, McPaperList *list)
{
  g_signal_emit (list, add_signal, 0, g_object_get_data (G_OBJECT (button), "mc-part"));
}

static void
declare_clicked (GtkButton *button, McPaperList *list)
{
  g_signal_emit (list, declare_signal, 0, g_object_get_data (G_OBJECT (button), "mc-part"));
}

static GtkWidget *
part_button (McPaperList *list,
             const char *text,
             const char *title,
             const char *part,
             GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  g_autofree char *name = g_strdup_printf ("%s: %s", text, title);

  g_object_set_data_full (G_OBJECT (button), "mc-part", g_strdup (part), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", callback, list);
  return button;
}

static void
add_count (GString *text, char *count)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, count);
  g_free (count);
}

static char *
count_words (const json_t *part)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int originals = (int)mc_json_int (part, "originals", 0);
  int certified = (int)mc_json_int (part, "certified", 0);
  int copies = (int)mc_json_int (part, "copies", 0);

  if (originals > 0)
    add_count (text,
               g_strdup_printf (ngettext ("%d original", "%d originals", (gulong)originals),
                                originals));
  if (certified > 0)
    add_count (
        text,
        g_strdup_printf (ngettext ("%d certified copy", "%d certified copies", (gulong)certified),
                         certified));
  if (copies > 0)
    add_count (text, g_strdup_printf (ngettext ("%d copy", "%d copies", (gulong)copies), copies));
  return g_strdup (text->str);
}

/* Scans kept side by side are seen one by one. */
static void
add_see (McPaperList *list, GtkWidget *row, const char *part, const char *title, gsize count)
{
  for (gsize i = 1; i <= count; i++)
    {
      g_autofree char *key = i == 1 ? g_strdup (part) : g_strdup_printf ("%s %zu", part, i);
      g_autofree char *text =
          i == 1 ? g_strdup (_ ("See the scan")) : g_strdup_printf (_ ("Scan %zu"), i);

      gtk_box_append (GTK_BOX (row),
                      part_button (list, text, title, key, G_CALLBACK (see_clicked)));
    }
}

static void
add_row (McPaperList *list,
         McRecord *record,
         const char *part,
         const char *title,
         gboolean required,
         gboolean editable,
         gboolean declared)
{
  g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, part, NULL);
  g_autoptr (json_t) value = mc_record_json (record, group);
  gboolean scan = json_is_object (json_object_get (value, "document"));
  gboolean in = scan || mc_json_bool (value, "ticked", FALSE);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *first = g_strdup_printf ("%s %s", in ? "✓" : "○", title);
  GtkWidget *label = gtk_label_new (first);
  g_autofree char *counts = count_words (value);
  g_autofree char *second = counts[0] != '\0' ? g_strdup (counts)
                                              : g_strdup (in         ? _ ("handed in")
                                                          : required ? _ ("not handed in yet")
                                                                     : _ ("only where it applies"));
  GtkWidget *detail = gtk_label_new (second);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), label);
  gtk_box_append (GTK_BOX (words), detail);
  gtk_box_append (GTK_BOX (row), words);
  if (declared)
    gtk_box_append (
        GTK_BOX (row),
        part_button (list, _ ("Declaration…"), title, part, G_CALLBACK (declare_clicked)));
  if (scan)
    add_see (list, row, part, title, 1 + json_array_size (json_object_get (value, "also")));
  else if (editable)
    gtk_box_append (GTK_BOX (row),
                    part_button (list, _ ("Add a scan…"), title, part, G_CALLBACK (add_clicked)));
  gtk_box_append (GTK_BOX (list->box), row);
}

static char *
dump_parts (McRecord *record, const McProcedure *procedure, gboolean editable)
{
  g_autoptr (GString) text = g_string_new (editable ? "e" : "r");

  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    {
      McPart *part = g_ptr_array_index (procedure->parts, i);
      g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, part->id, NULL);
      const char *value = mc_record_value (record, group);

      g_string_append_printf (text, "\n%s %s", part->id, value != NULL ? value : "");
    }
  return g_strdup (text->str);
}

void
mc_paper_list_show (McPaperList *list,
                    McRecord *record,
                    const McProcedure *procedure,
                    gboolean editable)
{
  g_return_if_fail (MC_IS_PAPER_LIST (list) && record != NULL);

  g_autofree char *shown = dump_parts (record, procedure, editable);
  if (g_strcmp0 (shown, list->shown) == 0)
    return;
  g_free (list->shown);
  list->shown = g_steal_pointer (&shown);
  mc_box_clear (GTK_BOX (list->box));
  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    {
      McPart *part = g_ptr_array_index (procedure->parts, i);
      g_autoptr (McDeclaration) declaration =
          editable ? mc_declaration_of (procedure, part->id) : NULL;

      add_row (list, record, part->id, part->name, part->required, editable, declaration != NULL);
    }
}

static void
mc_paper_list_dispose (GObject *object)
{
  McPaperList *list = MC_PAPER_LIST (object);

  g_clear_pointer (&list->box, gtk_widget_unparent);
  g_clear_pointer (&list->shown, g_free);
  G_OBJECT_CLASS (mc_paper_list_parent_class)->dispose (object);
}

static void
mc_paper_list_class_init (McPaperListClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_paper_list_dispose;
  see_signal = mc_signal_new ("see", type, G_TYPE_STRING);
  add_signal = mc_signal_new ("add", type, G_TYPE_STRING);
  declare_signal = mc_signal_new ("declare", type, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_paper_list_init (McPaperList *list)
{
  list->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (list->box, GTK_WIDGET (list));
}

GtkWidget *
mc_paper_list_new (void)
{
  return g_object_new (MC_TYPE_PAPER_LIST, NULL);
}
