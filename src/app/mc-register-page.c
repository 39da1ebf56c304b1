/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-register-page.h"

#include "mc-format.h"
#include "mc-page.h"
#include "mc-print-preview.h"
#include "mc-print-save.h"
#include "mc-print-window.h"
#include "mc-reception-field.h"
#include "mc-register-form.h"
#include "mc-register-key.h"
#include "mc-window.h"
#include <glib/gi18n.h>

/* The last column is for the pen. */
#define SHOWN (MC_REGISTER_COLUMNS - 1)
/* How wide the table is where there is room, in pixels. */
#define TABLE_WIDTH 1500.0
#define MONTHS_MAX 36

struct _McRegisterPage
{
  GtkWidget parent_instance;
  McContext *context;
  GPtrArray *lines; /* McRegisterLine: of the period, all fields; NULL until they are read */
  GPtrArray *shown; /* those of the field; borrowed from lines */
  GStrv periods;    /* "2026-11", as in the choice */
  GCancellable *reading;
  gboolean choosing; /* the choices are being set by the page itself */

  GtkWidget *box, *period, *field, *count, *none, *view;
  GtkStringList *ids; /* of the dossiers shown: the rows */
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McRegisterPage,
                               mc_register_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

static const char *
chosen_period (McRegisterPage *page)
{
  return page->periods[gtk_drop_down_get_selected (GTK_DROP_DOWN (page->period))];
}

/* NULL: all of them, which is the first of the list. */
static const char *
chosen_field (McRegisterPage *page)
{
  GtkDropDown *choice = GTK_DROP_DOWN (page->field);
  guint place = gtk_drop_down_get_selected (choice);

  if (place == 0 || place == GTK_INVALID_LIST_POSITION)
    return NULL;
  return gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (choice)), place);
}

static char *
chosen_key (McRegisterPage *page)
{
  return mc_register_key (chosen_period (page), chosen_field (page));
}

static void
show_lines (McRegisterPage *page)
{
  const char *field = chosen_field (page);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autofree char *number = NULL;
  g_autofree char *words = NULL;

  g_ptr_array_set_size (page->shown, 0);
  for (guint i = 0; page->lines != NULL && i < page->lines->len; i++)
    {
      McRegisterLine *line = page->lines->pdata[i];

      if (field != NULL && !g_str_equal (line->field, field))
        continue;
      g_ptr_array_add (page->shown, line);
      g_ptr_array_add (ids, line->id);
    }
  g_ptr_array_add (ids, NULL);
  gtk_string_list_splice (page->ids,
                          0,
                          g_list_model_get_n_items (G_LIST_MODEL (page->ids)),
                          (const char *const *)ids->pdata);
  number = mc_format_number (page->shown->len);
  words = g_strdup_printf (ngettext ("%s dossier", "%s dossiers", page->shown->len), number);
  gtk_label_set_label (GTK_LABEL (page->count), words);
  gtk_widget_set_visible (page->none, page->lines != NULL && page->shown->len == 0);
}

/* The fields that the period has, the one chosen before still chosen. */
static void
offer_fields (McRegisterPage *page)
{
  g_autofree char *before = g_strdup (chosen_field (page));
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GtkStringList) fields = gtk_string_list_new (NULL);
  guint place = 0;

  gtk_string_list_append (fields, _ ("All fields of work"));
  for (guint i = 0; i < page->lines->len; i++)
    {
      McRegisterLine *line = page->lines->pdata[i];

      if (!g_hash_table_add (known, line->field))
        continue;
      gtk_string_list_append (fields, line->field);
      if (g_strcmp0 (before, line->field) == 0)
        place = g_list_model_get_n_items (G_LIST_MODEL (fields)) - 1;
    }
  page->choosing = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (page->field), G_LIST_MODEL (fields));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (page->field), place);
  page->choosing = FALSE;
}

static gpointer
work_read (McDesk *desk, gpointer data, GError **error)
{
  McRegisterSpan span;

  if (!mc_register_key_parse (data, &span, NULL, error))
    return NULL;
  return mc_store_register (mc_desk_store (desk), &span, error);
}

static gboolean
same_lines (GPtrArray *one, GPtrArray *other)
{
  if (one == NULL || one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    for (guint column = 0; column < SHOWN; column++)
      {
        g_autofree char *here = mc_register_cell (one->pdata[i], column);
        g_autofree char *there = mc_register_cell (other->pdata[i], column);

        if (!g_str_equal (here, there))
          return FALSE;
      }
  return TRUE;
}

static void
lines_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRegisterPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = mc_worker_finish (MC_WORKER (source), result, &error);

  if (page->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (lines == NULL)
    {
      mc_window_say_error (GTK_WIDGET (page), error);
      return;
    }
  /* Where nothing has changed the list keeps its place. */
  if (same_lines (page->lines, lines))
    return;
  g_ptr_array_set_size (page->shown, 0);
  g_clear_pointer (&page->lines, g_ptr_array_unref);
  page->lines = g_steal_pointer (&lines);
  offer_fields (page);
  show_lines (page);
}

static void
read_period (McRegisterPage *page)
{
  g_cancellable_cancel (page->reading);
  g_clear_object (&page->reading);
  page->reading = g_cancellable_new ();
  mc_worker_run (page->context->worker,
                 work_read,
                 mc_register_key (chosen_period (page), NULL),
                 g_free,
                 (GDestroyNotify)g_ptr_array_unref,
                 page->reading,
                 lines_read,
                 g_object_ref (page));
}

static void
period_chosen (McRegisterPage *page)
{
  read_period (page);
}

static void
field_chosen (McRegisterPage *page)
{
  if (!page->choosing)
    show_lines (page);
}

/* Months from this one back to the first reception, then its years. */
static void
offer_periods (McRegisterPage *page)
{
  g_autoptr (GDateTime) now = mc_local (mc_store_now (page->context->reader));
  gint64 first = mc_store_register_first (page->context->reader);
  g_autoptr (GDateTime) oldest = first > 0 ? mc_local (first) : g_date_time_ref (now);
  g_autoptr (GStrvBuilder) periods = g_strv_builder_new ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  int year = g_date_time_get_year (now), month = g_date_time_get_month (now);
  int last = 12 * g_date_time_get_year (oldest) + g_date_time_get_month (oldest);

  for (guint i = 0; i < MONTHS_MAX && 12 * year + month >= last; i++)
    {
      g_autofree char *period = g_strdup_printf ("%04d-%02d", year, month);
      g_autofree char *text = g_strdup_printf (_ ("Month %02d/%d"), month, year);

      g_strv_builder_add (periods, period);
      gtk_string_list_append (words, text);
      year -= month == 1 ? 1 : 0;
      month = month == 1 ? 12 : month - 1;
    }
  for (year = g_date_time_get_year (now); year >= g_date_time_get_year (oldest); year--)
    {
      g_autofree char *period = g_strdup_printf ("%04d", year);
      g_autofree char *text = g_strdup_printf (_ ("Year %d"), year);

      g_strv_builder_add (periods, period);
      gtk_string_list_append (words, text);
    }
  page->periods = g_strv_builder_end (periods);
  page->period = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
}

static void
set_up_cell (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cell (GtkSignalListItemFactory *factory, GtkListItem *item, McRegisterPage *page)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "mc-column"));
  guint place = gtk_list_item_get_position (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = NULL;

  if (place >= page->shown->len)
    return;
  text = mc_register_cell (page->shown->pdata[place], column);
  gtk_label_set_label (GTK_LABEL (label), text);
}

static void
add_columns (McRegisterPage *page)
{
  const McRegisterColumn *columns = mc_register_columns ();

  for (guint i = 0; i < SHOWN; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column =
          gtk_column_view_column_new (columns[i].title, factory);

      g_object_set_data (G_OBJECT (factory), "mc-column", GUINT_TO_POINTER (i));
      g_signal_connect (factory, "setup", G_CALLBACK (set_up_cell), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), page);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_fixed_width (column, (int)(columns[i].share * TABLE_WIDTH));
      gtk_column_view_append_column (GTK_COLUMN_VIEW (page->view), column);
    }
}

static void
open_row (McRegisterPage *page, guint place)
{
  if (place < page->shown->len)
    gtk_widget_activate_action (GTK_WIDGET (page),
                                "win.open-dossier",
                                "s",
                                ((McRegisterLine *)page->shown->pdata[place])->id);
}

static GtkWidget *
make_view (McRegisterPage *page)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  page->ids = gtk_string_list_new (NULL);
  page->view = gtk_column_view_new (
      GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (g_object_ref (page->ids)))));
  add_columns (page);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (page->view), TRUE);
  gtk_column_view_set_show_column_separators (GTK_COLUMN_VIEW (page->view), TRUE);
  g_signal_connect_swapped (page->view, "activate", G_CALLBACK (open_row), page);
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Register of dossiers"),
                                  -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), page->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
print (McRegisterPage *page)
{
  g_autofree char *key = chosen_key (page);

  mc_print_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                           page->context,
                           key,
                           MC_PRINT_REGISTER);
}

static void
save_sheet (McRegisterPage *page)
{
  g_autofree char *key = chosen_key (page);

  mc_print_save_sheet (GTK_WIDGET (page), page->context, key, mc_window_say);
}

static GtkWidget *
make_choices (McRegisterPage *page)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *print_button = gtk_button_new_with_label (_ ("Print (Ctrl+P)"));
  GtkWidget *sheet_button = gtk_button_new_with_label (_ ("Save as a spreadsheet…"));
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  page->field = gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (
                                       (const char *const[]){ _ ("All fields of work"), NULL })),
                                   NULL);
  gtk_widget_set_size_request (page->field, 260, -1);
  gtk_box_append (GTK_BOX (bar), mc_reception_field_new (_ ("Period"), page->period));
  gtk_box_append (GTK_BOX (bar), mc_reception_field_new (_ ("Field of work"), page->field));
  gtk_box_append (GTK_BOX (buttons), print_button);
  gtk_box_append (GTK_BOX (buttons), sheet_button);
  gtk_widget_set_hexpand (buttons, TRUE);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_set_valign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (bar), buttons);
  g_signal_connect_swapped (page->period, "notify::selected", G_CALLBACK (period_chosen), page);
  g_signal_connect_swapped (page->field, "notify::selected", G_CALLBACK (field_chosen), page);
  g_signal_connect_swapped (print_button, "clicked", G_CALLBACK (print), page);
  g_signal_connect_swapped (sheet_button, "clicked", G_CALLBACK (save_sheet), page);
  return bar;
}

static void
build (McRegisterPage *page)
{
  page->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  offer_periods (page);
  page->count = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (page->count), 0);
  gtk_widget_add_css_class (page->count, "heading");
  page->none = gtk_label_new (_ ("Nothing was received in this period."));
  gtk_label_set_xalign (GTK_LABEL (page->none), 0);
  gtk_widget_add_css_class (page->none, "dim-label");
  gtk_widget_set_visible (page->none, FALSE);
  gtk_widget_set_margin_top (page->box, 12);
  gtk_widget_set_margin_start (page->box, 18);
  gtk_widget_set_margin_end (page->box, 18);
  gtk_box_append (GTK_BOX (page->box), make_choices (page));
  gtk_box_append (GTK_BOX (page->box), page->count);
  gtk_box_append (GTK_BOX (page->box), page->none);
  gtk_box_append (GTK_BOX (page->box), make_view (page));
  gtk_widget_set_parent (page->box, GTK_WIDGET (page));
}

static gboolean
register_page_act (McPage *widget, McPageAct act)
{
  if (act != MC_PAGE_PRINT)
    return FALSE;
  print (MC_REGISTER_PAGE (widget));
  return TRUE;
}

static void
register_page_refresh (McPage *widget)
{
  read_period (MC_REGISTER_PAGE (widget));
}

static const char *
register_page_help (McPage *widget)
{
  return _ (
      "The register of dossiers: choose a month or a year, and the field of work that the book "
      "is of. Enter opens the dossier of a line. Ctrl+P shows the book as it is printed; it is "
      "saved as PDF there. A spreadsheet has the same columns.");
}

static void
page_init (McPageInterface *iface)
{
  iface->act = register_page_act;
  iface->refresh = register_page_refresh;
  iface->help = register_page_help;
}

static void
mc_register_page_dispose (GObject *object)
{
  McRegisterPage *page = MC_REGISTER_PAGE (object);

  g_cancellable_cancel (page->reading);
  g_clear_object (&page->reading);
  g_clear_pointer (&page->box, gtk_widget_unparent);
  g_clear_object (&page->ids);
  g_clear_pointer (&page->shown, g_ptr_array_unref);
  g_clear_pointer (&page->lines, g_ptr_array_unref);
  g_clear_pointer (&page->periods, g_strfreev);
  G_OBJECT_CLASS (mc_register_page_parent_class)->dispose (object);
}

static void
mc_register_page_class_init (McRegisterPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_register_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_register_page_init (McRegisterPage *page)
{
  page->shown = g_ptr_array_new ();
}

GtkWidget *
mc_register_page_new (McContext *context)
{
  McRegisterPage *page;

  g_return_val_if_fail (context != NULL, NULL);

  page = g_object_new (MC_TYPE_REGISTER_PAGE, NULL);
  page->context = context;
  build (page);
  read_period (page);
  return GTK_WIDGET (page);
}
