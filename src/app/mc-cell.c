/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-cell.h"

#include "mc-due-words.h"
#include "mc-row-item.h"
#include <glib/gi18n.h>
#include <string.h>

/* Cell: the widgets of one cell, kept on its list item. */
typedef struct
{
  McCellKind kind;
  McCellTime *time;
  GtkLabel *first;
  GtkLabel *second;
  GtkImage *icon;
  gulong changed;
} Cell;

/* Column: what every cell of a column shares. */
typedef struct
{
  McCellKind kind;
  McCellTime *time;
} Column;

static GtkWidget *
cell_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Column *column = data;
  Cell *cell = g_new0 (Cell, 1);
  GtkWidget *child;

  cell->kind = column->kind;
  cell->time = column->time;
  cell->first = GTK_LABEL (cell_label (column->kind == MC_CELL_CODE ? "numeric" : NULL));
  child = GTK_WIDGET (cell->first);
  if (column->kind == MC_CELL_DUE)
    {
      child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      cell->icon = GTK_IMAGE (gtk_image_new ());
      gtk_box_append (GTK_BOX (child), GTK_WIDGET (cell->icon));
      gtk_box_append (GTK_BOX (child), GTK_WIDGET (cell->first));
    }
  if (column->kind == MC_CELL_TWO_LINES)
    {
      child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
      cell->second = GTK_LABEL (cell_label ("dim-label"));
      gtk_widget_add_css_class (GTK_WIDGET (cell->first), "heading");
      gtk_box_append (GTK_BOX (child), GTK_WIDGET (cell->first));
      gtk_box_append (GTK_BOX (child), GTK_WIDGET (cell->second));
    }
  g_object_set_data_full (G_OBJECT (item), "mc-cell", cell, g_free);
  gtk_list_item_set_child (item, child);
}

/* The end of a code that tells dossiers apart: "…-261121-0421042". */
static char *
list_code (const McRow *row)
{
  const char *dash = strchr (row->code, '-');
  const char *contested = row->contested > 0 ? "  ▲" : "";
  const char *waiting = row->waiting ? "  ↑" : "";

  return g_strdup_printf ("%s%s%s%s",
                          dash != NULL ? "…" : "",
                          dash != NULL ? dash : row->code,
                          contested,
                          waiting);
}

static const char *
procedure_text (const McRow *row)
{
  return row->procedure_name != NULL ? row->procedure_name : row->procedure;
}

static void
fill_code (Cell *cell, const McRow *row)
{
  g_autofree char *code = list_code (row);
  g_autoptr (GString) tip = g_string_new (row->code);

  if (row->contested > 0)
    g_string_append_printf (tip, "\n▲ %s", _ ("Two people changed this dossier"));
  if (row->waiting)
    g_string_append_printf (tip, "\n↑ %s", _ ("Saved on this machine, not sent yet"));
  gtk_label_set_text (cell->first, code);
  gtk_widget_set_tooltip_text (GTK_WIDGET (cell->first), tip->str);
}

static void
fill_due (Cell *cell, const McRow *row)
{
  static const char *const styles[] = { "error", "warning", "dim-label" };
  McDueMood mood = MC_DUE_NONE;
  g_autofree char *words =
      mc_due_words (cell->time->calendar, cell->time->now_ms, row->due, row->state, &mood);
  const char *style = mc_due_style (mood);

  gtk_label_set_text (cell->first, words);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (cell->first), styles[i]);
      gtk_widget_remove_css_class (GTK_WIDGET (cell->icon), styles[i]);
    }
  if (style != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (cell->first), style);
      gtk_widget_add_css_class (GTK_WIDGET (cell->icon), style);
    }
  if (mc_due_icon (mood) != NULL)
    gtk_image_set_from_icon_name (cell->icon, mc_due_icon (mood));
  else
    gtk_image_clear (cell->icon);
}

static void
fill_two_lines (Cell *cell, const McRow *row)
{
  g_autofree char *code = list_code (row);
  g_autofree char *second = g_strdup_printf ("%s · %s", code, procedure_text (row));

  gtk_label_set_text (cell->first, row->applicant);
  gtk_label_set_text (cell->second, second);
}

static void
fill (McRowItem *item, Cell *cell)
{
  const McRow *row = mc_row_item_row (item);

  /* A row that is gone between two refreshes: the next one takes it out of the list. */
  if (row == NULL)
    {
      gtk_label_set_text (cell->first, "");
      return;
    }
  switch (cell->kind)
    {
    case MC_CELL_CODE:
      fill_code (cell, row);
      break;
    case MC_CELL_APPLICANT:
      gtk_label_set_text (cell->first, row->applicant);
      break;
    case MC_CELL_PROCEDURE:
      gtk_label_set_text (cell->first, procedure_text (row));
      gtk_widget_set_tooltip_text (GTK_WIDGET (cell->first), procedure_text (row));
      break;
    case MC_CELL_DUE:
      fill_due (cell, row);
      break;
    case MC_CELL_TWO_LINES:
      fill_two_lines (cell, row);
      break;
    }
}

static void
bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  Cell *cell = g_object_get_data (G_OBJECT (list_item), "mc-cell");
  McRowItem *item = gtk_list_item_get_item (list_item);

  cell->changed = g_signal_connect (item, "changed", G_CALLBACK (fill), cell);
  fill (item, cell);
}

static void
unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  Cell *cell = g_object_get_data (G_OBJECT (list_item), "mc-cell");

  g_clear_signal_handler (&cell->changed, gtk_list_item_get_item (list_item));
}

GtkListItemFactory *
mc_cell_factory (McCellKind kind, McCellTime *time)
{
  g_return_val_if_fail (time != NULL, NULL);

  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Column *column = g_new0 (Column, 1);

  column->kind = kind;
  column->time = time;
  g_object_set_data_full (G_OBJECT (factory), "mc-column", column, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (setup), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind), column);
  return factory;
}
