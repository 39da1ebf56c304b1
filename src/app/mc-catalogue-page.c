/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-catalogue-page.h"

#include "mc-catalogue.h"
#include "mc-format.h"
#include "mc-own-page.h"
#include "mc-page.h"
#include "mc-reception-field.h"
#include "mc-text.h"
#include <glib/gi18n.h>

/* More of a search are not read. */
#define FOUND_MAX 15

struct _McCataloguePage
{
  GtkWidget parent_instance;
  McContext *context;
  McCatalogue *catalogue;
  McFound *found; /* of the query; NULL: all are shown */

  GtkWidget *box, *search, *count, *none, *view;
  GtkStringList *codes;
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McCataloguePage,
                               mc_catalogue_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

static GPtrArray *
shown (McCataloguePage *page)
{
  return page->found != NULL ? page->found->procedures : page->catalogue->all;
}

static void
say_count (McCataloguePage *page)
{
  guint count = shown (page)->len;
  g_autofree char *number = mc_format_number (count);
  g_autofree char *words =
      page->found != NULL && page->found->family != NULL
          ? g_strdup_printf (_ ("Which of these? %s"), page->found->family->ask)
          : g_strdup_printf (ngettext ("%s procedure", "%s procedures", count), number);

  gtk_label_set_label (GTK_LABEL (page->count), words);
  gtk_widget_set_visible (page->count, count > 0);
  gtk_widget_set_visible (page->none, count == 0);
}

static void
show_found (McCataloguePage *page)
{
  g_autofree char *query = mc_reception_field_text (page->search);
  g_autofree char *folded = mc_text_fold (query);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  g_clear_pointer (&page->found, mc_found_free);
  if (*folded != '\0')
    page->found = mc_finder_find (page->catalogue->finder, query, FOUND_MAX);
  for (guint i = 0; i < shown (page)->len; i++)
    g_ptr_array_add (codes, ((McProcedure *)shown (page)->pdata[i])->code);
  g_ptr_array_add (codes, NULL);
  gtk_string_list_splice (page->codes,
                          0,
                          g_list_model_get_n_items (G_LIST_MODEL (page->codes)),
                          (const char *const *)codes->pdata);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (
                                         gtk_list_view_get_model (GTK_LIST_VIEW (page->view))),
                                     0);
  say_count (page);
}

static void
set_up_row (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_lines (GTK_LABEL (name), 2);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_list_item_set_child (item, box);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item, McCataloguePage *page)
{
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  const char *code = gtk_string_object_get_string (gtk_list_item_get_item (item));
  const McProcedure *procedure = mc_catalogue_procedure (page->catalogue, code);
  g_autofree char *detail = NULL;

  if (procedure == NULL)
    return;
  detail = mc_catalogue_detail (page->found, procedure);
  gtk_label_set_label (GTK_LABEL (name), procedure->name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (name)), detail);
}

static void
open_row (McCataloguePage *page, guint position)
{
  if (position < shown (page)->len)
    gtk_widget_activate_action (GTK_WIDGET (page),
                                "win.procedure",
                                "s",
                                ((McProcedure *)shown (page)->pdata[position])->code);
}

/* Enter in the search opens the first one. */
static void
open_first (McCataloguePage *page)
{
  show_found (page);
  if (page->found != NULL)
    open_row (page, 0);
}

static void
query_changed (gpointer entry, gpointer data)
{
  show_found (data);
}

static GtkWidget *
make_view (McCataloguePage *page)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  page->codes = gtk_string_list_new (NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (set_up_row), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), page);
  page->view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (
                                      G_LIST_MODEL (g_object_ref (page->codes)))),
                                  factory);
  gtk_widget_add_css_class (page->view, "rich-list");
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (page->view), TRUE);
  g_signal_connect_swapped (page->view, "activate", G_CALLBACK (open_row), page);
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Catalogue of procedures"),
                                  -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), page->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
make_add (void)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Add a procedure…"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.edit-procedure");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "");
  return button;
}

static void
build (McCataloguePage *page)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  page->search = gtk_entry_new ();
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (page->search),
                                     GTK_ENTRY_ICON_PRIMARY,
                                     "edit-find-symbolic");
  gtk_entry_set_placeholder_text (GTK_ENTRY (page->search),
                                  _ ("A few letters are enough, with or without accents"));
  mc_reception_field_watch (page->search, query_changed, page);
  g_signal_connect_swapped (page->search, "activate", G_CALLBACK (open_first), page);
  page->count = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (page->count), 0);
  gtk_label_set_wrap (GTK_LABEL (page->count), TRUE);
  gtk_widget_add_css_class (page->count, "heading");
  page->none = gtk_label_new (_ (
      "Nothing in the catalogue fits these words. Say it in other words, or type the code. Where "
      "another office decides it, the resident is shown the way there."));
  gtk_label_set_xalign (GTK_LABEL (page->none), 0);
  gtk_label_set_wrap (GTK_LABEL (page->none), TRUE);
  gtk_widget_add_css_class (page->none, "dim-label");
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_box_append (GTK_BOX (box), mc_reception_field_new (_ ("Find the procedure"), page->search));
  gtk_box_append (GTK_BOX (box), page->count);
  if (mc_own_page_may (page->context))
    gtk_box_append (GTK_BOX (box), make_add ());
  gtk_box_append (GTK_BOX (box), page->none);
  gtk_box_append (GTK_BOX (box), make_view (page));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  page->box = clamp;
  gtk_widget_set_parent (clamp, GTK_WIDGET (page));
}

/* Only where the catalogue changed meanwhile: the list keeps its place. */
static void
catalogue_page_refresh (McPage *widget)
{
  McCataloguePage *page = MC_CATALOGUE_PAGE (widget);

  if (page->context->catalogue == page->catalogue || mc_catalogue_stale (page->context))
    return;
  g_clear_pointer (&page->found, mc_found_free);
  mc_catalogue_unref (page->catalogue);
  page->catalogue = mc_catalogue_get (page->context);
  show_found (page);
}

static const char *
catalogue_page_help (McPage *page)
{
  return _ ("Every procedure of this office. Type what the resident says; Enter opens the first "
            "one.");
}

static void
page_init (McPageInterface *iface)
{
  iface->refresh = catalogue_page_refresh;
  iface->help = catalogue_page_help;
}

static void
mc_catalogue_page_dispose (GObject *object)
{
  McCataloguePage *page = MC_CATALOGUE_PAGE (object);

  g_clear_pointer (&page->box, gtk_widget_unparent);
  g_clear_object (&page->codes);
  g_clear_pointer (&page->found, mc_found_free);
  g_clear_pointer (&page->catalogue, mc_catalogue_unref);
  G_OBJECT_CLASS (mc_catalogue_page_parent_class)->dispose (object);
}

static void
mc_catalogue_page_class_init (McCataloguePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_catalogue_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_catalogue_page_init (McCataloguePage *page)
{
}

GtkWidget *
mc_catalogue_page_new (McContext *context)
{
  McCataloguePage *page;

  g_return_val_if_fail (context != NULL, NULL);

  page = g_object_new (MC_TYPE_CATALOGUE_PAGE, NULL);
  page->context = context;
  page->catalogue = mc_catalogue_get (context);
  build (page);
  show_found (page);
  return GTK_WIDGET (page);
}
