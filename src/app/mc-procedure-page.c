/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-procedure-page.h"

#include "mc-catalogue.h"
#include "mc-guidance.h"
#include "mc-leaflet.h"
#include "mc-moment.h"
#include "mc-own-page.h"
#include "mc-own.h"
#include "mc-page.h"
#include "mc-print-preview.h"
#include "mc-print-window.h"
#include "mc-procedure-words.h"
#include "mc-qr.h"
#include "mc-window.h"
#include <glib/gi18n.h>
#include <string.h>

/* A symbol that a phone reads across a counter. */
#define SYMBOL_PX 260

struct _McProcedurePage
{
  GtkWidget parent_instance;
  McContext *context;
  McProcedure *procedure;
  McOwnEntry *own; /* (nullable): where it is the office's own version */
  McQr *symbol;
  GtkWidget *scroller;
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McProcedurePage,
                               mc_procedure_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

static GtkWidget *
label_new (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_widget_add_css_class (label, css);
  return label;
}

/* Words of the catalogue are text, never markup. */
static GtkWidget *
add_row (GtkWidget *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL && *subtitle != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
add_group (GtkWidget *box, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (box), group);
  return group;
}

static void
add_parts (McProcedurePage *page, GtkWidget *box)
{
  GtkWidget *group = add_group (box, _ ("Papers"));
  GPtrArray *parts = page->procedure->parts;

  for (guint i = 0; i < parts->len; i++)
    {
      const McPart *part = parts->pdata[i];
      g_autofree char *words = mc_part_words (part);
      g_autofree char *more =
          part->note != NULL ? g_strdup_printf ("%s\n%s", words, part->note) : g_strdup (words);

      add_row (group, part->name, more);
    }
  if (parts->len == 0)
    add_row (group, _ ("No paper is listed"), NULL);
}

static void
add_cases (McProcedurePage *page, GtkWidget *box)
{
  GtkWidget *group = add_group (box, _ ("Time and fee"));
  GPtrArray *cases = page->procedure->cases;

  for (guint i = 0; i < cases->len; i++)
    {
      const McCase *one = cases->pdata[i];
      g_autofree char *channels = mc_case_channel_words (one);
      g_autofree char *title = g_strdup_printf ("%s (%s)", one->name, channels);
      g_autofree char *time = mc_case_time_words (one);
      g_autofree char *fee = mc_case_fee_words (one);
      g_autoptr (GString) words = g_string_new (NULL);

      g_string_append_printf (words, _ ("Time: %s"), time);
      g_string_append_c (words, '\n');
      g_string_append_printf (words, _ ("Fee: %s"), fee);
      if (one->fee_note != NULL && *one->fee_note != '\0')
        g_string_append_printf (words, "\n%s", one->fee_note);
      if (one->note != NULL)
        g_string_append_printf (words, "\n%s", one->note);
      add_row (group, title, words->str);
    }
}

static void
add_result (McProcedurePage *page, GtkWidget *box)
{
  const McProcedure *procedure = page->procedure;
  GtkWidget *group = add_group (box, _ ("Result and conditions"));

  if (procedure->result_name != NULL && *procedure->result_name != '\0')
    add_row (group, procedure->result_name, procedure->result_code);
  for (guint i = 0; procedure->results_also[i] != NULL; i++)
    add_row (group, procedure->results_also[i], NULL);
  if (procedure->conditions != NULL)
    add_row (group, _ ("Conditions"), procedure->conditions);
  if (procedure->note != NULL)
    add_row (group, _ ("Note"), procedure->note);
}

static void
add_law (McProcedurePage *page, GtkWidget *box)
{
  const McProcedure *procedure = page->procedure;
  GtkWidget *group;

  if (procedure->legal->len == 0 && procedure->decision == NULL)
    return;
  group = add_group (box, _ ("Legal bases"));
  if (procedure->decision != NULL)
    add_row (group, procedure->decision, _ ("Decision that published it"));
  for (guint i = 0; i < procedure->legal->len; i++)
    {
      const McLegal *legal = procedure->legal->pdata[i];

      add_row (group, *legal->name != '\0' ? legal->name : legal->number, legal->number);
    }
}

/* What nobody has checked, and what the portal said that nobody understood, in its own words. */
static void
add_doubts (McProcedurePage *page, GtkWidget *box)
{
  const McProcedure *procedure = page->procedure;
  g_autoptr (GString) fields = g_string_new (NULL);
  GtkWidget *group;

  for (guint i = 0; procedure->unsourced[i] != NULL; i++)
    g_string_append_printf (fields,
                            "%s%s",
                            i > 0 ? ", " : "",
                            mc_procedure_field_word (procedure->unsourced[i]));
  if (fields->len == 0 && procedure->unread->len == 0)
    return;
  group = add_group (box, _ ("Not checked yet"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("Compare with the decision that published it before promising anything."));
  if (fields->len > 0)
    add_row (group, fields->str, _ ("Missing, or not confirmed by a source"));
  for (guint i = 0; i < procedure->unread->len; i++)
    {
      const McUnread *unread = procedure->unread->pdata[i];
      g_autofree char *title =
          g_strdup_printf (unread->guessed ? _ ("%s: understood out of unclear words")
                                           : _ ("%s: not read yet, in the portal's words"),
                           mc_procedure_field_word (unread->field));

      add_row (group, title, unread->text);
    }
}

/* What a colleague said of it without seeing what stands: one of the two is to be kept. */
static void
other_clicked (McProcedurePage *page, GtkWidget *row)
{
  McOwnOther *other = g_object_get_data (G_OBJECT (row), "mc-other");
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  mc_window_open_own (MC_WINDOW (root),
                      mc_own_page_new_with (page->context, page->procedure->code, other->entry));
}

static void
add_others (McProcedurePage *page, GtkWidget *box)
{
  gint64 now = mc_store_now (page->context->reader);
  GtkWidget *group;

  if (page->own == NULL || page->own->others->len == 0)
    return;
  group = add_group (box, _ ("Two people changed this procedure"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("What is shown stands. Whoever may change it looks at the other one and saves what is to "
         "hold."));
  for (guint i = 0; i < page->own->others->len; i++)
    {
      McOwnOther *other = page->own->others->pdata[i];
      g_autofree char *at = mc_moment_words (other->at_ms, now);
      g_autofree char *title = g_strdup_printf ("%s · %s", other->by, at);
      GtkWidget *row = add_row (group, title, mc_json_string (other->entry, "name"));

      if (!mc_own_page_may (page->context))
        continue;
      g_object_set_data (G_OBJECT (row), "mc-other", other);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row,
                               "activated",
                               G_CALLBACK (other_clicked),
                               page,
                               G_CONNECT_SWAPPED);
    }
}

static void
add_common_case (GtkWidget *group, const McCase *one)
{
  g_autofree char *time = mc_case_time_words (one);
  g_autofree char *fee = mc_case_fee_words (one);
  g_autofree char *words = g_strdup_printf (_ ("Time: %s"), time);
  g_autofree char *both = NULL;
  g_autofree char *fee_words = g_strdup_printf (_ ("Fee: %s"), fee);

  both = g_strdup_printf ("%s\n%s", words, fee_words);
  add_row (group, one->name, both);
}

/* The law's text beside the office's own. */
static void
add_common (McProcedurePage *page, GtkWidget *box)
{
  const McProcedure *common = page->own != NULL ? page->own->common : NULL;
  g_autoptr (GString) papers = g_string_new (NULL);
  GtkWidget *group;

  if (common == NULL)
    return;
  group = add_group (box, _ ("What the province has published"));
  if (page->own->newer)
    adw_preferences_group_set_description (
        ADW_PREFERENCES_GROUP (group),
        _ ("It has changed since this office made its own version: compare the two."));
  add_row (group, common->full_name != NULL ? common->full_name : common->name, common->version);
  for (guint i = 0; i < common->cases->len; i++)
    add_common_case (group, common->cases->pdata[i]);
  for (guint i = 0; i < common->parts->len; i++)
    g_string_append_printf (papers,
                            "%s%s",
                            i > 0 ? "\n" : "",
                            ((McPart *)common->parts->pdata[i])->name);
  if (papers->len > 0)
    add_row (group, _ ("Papers"), papers->str);
}

static void
draw_symbol (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  McProcedurePage *page = data;
  int side = MIN (width, height);
  guint modules = mc_qr_modules (page->symbol);
  double quiet = (double)side * MC_QR_QUIET / (modules + 2 * MC_QR_QUIET);

  /* Dark on white, whatever the theme: a reader knows no other. */
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, side, side);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  mc_qr_draw (page->symbol, cr, quiet, quiet, side - 2 * quiet);
}

static GtkWidget *
make_symbol (McProcedurePage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *area = gtk_drawing_area_new ();
  GtkWidget *words = label_new (page->procedure->url != NULL
                                    ? _ ("The resident's phone opens this procedure's page at the "
                                         "national portal.")
                                    : _ ("The resident's phone shows the papers to bring."),
                                "caption");

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SYMBOL_PX);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SYMBOL_PX);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_symbol, page, NULL);
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (words), 36);
  gtk_accessible_update_property (GTK_ACCESSIBLE (area),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("QR symbol for the resident"),
                                  -1);
  gtk_box_append (GTK_BOX (box), area);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static void
print_leaflet (McProcedurePage *page)
{
  mc_print_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                           page->context,
                           page->procedure->code,
                           MC_PRINT_LEAFLET);
}

static void
print_guidance (McProcedurePage *page)
{
  const McStaff *staff = page->context->staff;
  g_autoptr (json_t) asked = json_pack ("{s:s}", "procedure", page->procedure->code);
  g_autofree char *key = mc_guidance_key (asked, staff != NULL ? staff->name : NULL);

  mc_print_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                           page->context,
                           key,
                           MC_PRINT_GUIDANCE);
}

static void
receive (McProcedurePage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page),
                              "win.receive-procedure",
                              "s",
                              page->procedure->code);
}

static gboolean
may_receive (McProcedurePage *page)
{
  McRole role = page->context->staff != NULL ? page->context->staff->role : MC_ROLE_UNKNOWN;

  return mc_role_may (role, MC_VERB_RECEIVE) || role == MC_ROLE_HELPER;
}

static GtkWidget *
make_acts (McProcedurePage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  if (may_receive (page))
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Receive this (Ctrl+Enter)"));

      gtk_widget_add_css_class (button, "suggested-action");
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (receive), page);
      gtk_box_append (GTK_BOX (box), button);
    }
  {
    GtkWidget *button = gtk_button_new_with_label (_ ("Print to post up (Ctrl+P)"));

    g_signal_connect_swapped (button, "clicked", G_CALLBACK (print_leaflet), page);
    gtk_box_append (GTK_BOX (box), button);
  }
  {
    GtkWidget *button = gtk_button_new_with_label (_ ("Print what to bring…"));

    g_signal_connect_swapped (button, "clicked", G_CALLBACK (print_guidance), page);
    gtk_box_append (GTK_BOX (box), button);
  }
  if (mc_own_page_may (page->context))
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Correct for this office…"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.edit-procedure");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", page->procedure->code);
      gtk_box_append (GTK_BOX (box), button);
    }
  if (page->symbol != NULL)
    {
      GtkWidget *button = gtk_menu_button_new ();
      GtkWidget *popover = gtk_popover_new ();

      gtk_popover_set_child (GTK_POPOVER (popover), make_symbol (page));
      gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("QR for the resident"));
      gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static char *
detail_words (const McProcedure *procedure)
{
  GString *words = g_string_new (procedure->code);

  if (procedure->field != NULL)
    g_string_append_printf (words, " · %s", procedure->field);
  if (procedure->version != NULL)
    g_string_append_printf (words, _ (" · version %s"), procedure->version);
  if (procedure->valid_from != NULL)
    g_string_append_printf (words, _ (" · in force from %s"), procedure->valid_from);
  if (procedure->valid_to != NULL)
    g_string_append_printf (words, _ (" · until %s"), procedure->valid_to);
  if (procedure->office != NULL)
    g_string_append (words, _ (" · of this office only"));
  return g_string_free (words, FALSE);
}

static void
build (McProcedurePage *page)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 15);
  g_autofree char *detail = detail_words (page->procedure);

  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_box_append (GTK_BOX (box),
                  label_new (page->procedure->full_name != NULL ? page->procedure->full_name
                                                                : page->procedure->name,
                             "title-3"));
  gtk_box_append (GTK_BOX (box), label_new (detail, "dim-label"));
  gtk_box_append (GTK_BOX (box), make_acts (page));
  add_others (page, box);
  add_parts (page, box);
  add_cases (page, box);
  add_common (page, box);
  add_doubts (page, box);
  add_result (page, box);
  add_law (page, box);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  page->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (page->scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page->scroller), clamp);
  gtk_widget_set_parent (page->scroller, GTK_WIDGET (page));
}

static void
forget (McProcedurePage *page)
{
  g_clear_pointer (&page->own, mc_own_entry_free);
  g_clear_pointer (&page->symbol, mc_qr_free);
  g_clear_pointer (&page->procedure, mc_procedure_unref);
}

static void
show_procedure (McProcedurePage *page, McProcedure *procedure)
{
  g_autofree char *symbol = mc_leaflet_symbol (procedure);

  mc_procedure_ref (procedure);
  g_clear_pointer (&page->scroller, gtk_widget_unparent);
  forget (page);
  page->procedure = procedure;
  page->symbol = mc_qr_new (symbol);
  if (procedure->office != NULL)
    page->own = mc_store_own_entry (page->context->reader, procedure->code);
  build (page);
}

/* Only where the catalogue says it otherwise now. */
static void
procedure_page_refresh (McPage *widget)
{
  McProcedurePage *page = MC_PROCEDURE_PAGE (widget);
  g_autoptr (McCatalogue) catalogue = mc_catalogue_get (page->context);
  McProcedure *now = mc_catalogue_procedure (catalogue, page->procedure->code);

  if (now != NULL && now != page->procedure)
    show_procedure (page, now);
}

static gboolean
procedure_page_act (McPage *widget, McPageAct act)
{
  McProcedurePage *page = MC_PROCEDURE_PAGE (widget);

  if (act == MC_PAGE_PRINT)
    print_leaflet (page);
  else if (act == MC_PAGE_MAIN && may_receive (page))
    receive (page);
  else
    return FALSE;
  return TRUE;
}

static const char *
procedure_page_help (McPage *page)
{
  return _ ("A procedure of the catalogue: its papers, time and fee with who set them, and what "
            "nobody has checked. Ctrl+P prints it to post up, Ctrl+Enter receives it.");
}

static void
page_init (McPageInterface *iface)
{
  iface->act = procedure_page_act;
  iface->refresh = procedure_page_refresh;
  iface->help = procedure_page_help;
}

static void
mc_procedure_page_dispose (GObject *object)
{
  McProcedurePage *page = MC_PROCEDURE_PAGE (object);

  g_clear_pointer (&page->scroller, gtk_widget_unparent);
  forget (page);
  G_OBJECT_CLASS (mc_procedure_page_parent_class)->dispose (object);
}

static void
mc_procedure_page_class_init (McProcedurePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_procedure_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_procedure_page_init (McProcedurePage *page)
{
}

GtkWidget *
mc_procedure_page_new (McContext *context, const char *code)
{
  g_autoptr (McCatalogue) catalogue = NULL;
  McProcedure *procedure;
  McProcedurePage *page;

  g_return_val_if_fail (context != NULL && code != NULL, NULL);

  catalogue = mc_catalogue_get (context);
  procedure = mc_catalogue_procedure (catalogue, code);
  if (procedure == NULL)
    return NULL;
  page = g_object_new (MC_TYPE_PROCEDURE_PAGE, NULL);
  page->context = context;
  show_procedure (page, procedure);
  return GTK_WIDGET (page);
}
