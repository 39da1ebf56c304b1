/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-declaration-window.h"

#include "mc-declaration-fields.h"
#include "mc-declaration-form.h"
#include "mc-print-out.h"
#include "mc-print-preview.h"
#include "mc-signal.h"
#include "mc-window.h"
#include <glib/gi18n.h>

#define PREVIEW_MS 300
/* With letters so large there is no room for the paper beside the fields. */
#define BESIDE_DPI (1.4 * 96 * 1024)

struct _McDeclarationWindow
{
  AdwWindow parent_instance;

  McContext *context;
  McDeclaration *declaration;
  char *today;
  gboolean keeping;
  guint source;
  GPtrArray *all; /* McDeclaration: what is one paper with this one, it among them; or NULL */
  json_t *others; /* what is filled in of them, by their ids */
  GtkWidget *toasts, *fields, *preview, *foot, *beside;
};

G_DEFINE_FINAL_TYPE (McDeclarationWindow, mc_declaration_window, ADW_TYPE_WINDOW)

enum
{
  TYPED,
  KEPT,
  OTHER,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
say (GtkWidget *widget, const char *sentence)
{
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (MC_DECLARATION_WINDOW (widget)->toasts),
                               adw_toast_new (sentence));
}

static McForm *
form_of (McDeclarationWindow *self, gboolean blank)
{
  g_autoptr (json_t) values = blank ? NULL : mc_declaration_fields_get (self->fields);

  return mc_form_of (self->context->reader, mc_declaration_form (self->declaration, values));
}

static void
show_preview (McDeclarationWindow *self)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->preview));
  double at = gtk_adjustment_get_value (place);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->preview),
                                 mc_print_preview_new (form_of (self, FALSE)));
  gtk_adjustment_set_value (place, at);
}

static gboolean
on_preview_due (gpointer data)
{
  McDeclarationWindow *self = data;

  self->source = 0;
  if (gtk_widget_get_visible (self->preview))
    show_preview (self);
  return G_SOURCE_REMOVE;
}

static void
check (McDeclarationWindow *self)
{
  guint missing = mc_declaration_fields_check (self->fields, self->today, NULL);
  g_autofree char *words =
      missing == 0 ? g_strdup (_ ("Every required field is filled in."))
                   : g_strdup_printf (ngettext ("%u required field is empty. It can be "
                                                "written by hand.",
                                                "%u required fields are empty. They can be "
                                                "written by hand.",
                                                missing),
                                      missing);

  gtk_label_set_label (GTK_LABEL (self->foot), words);
}

static void
on_typed (gpointer widget, gpointer data)
{
  McDeclarationWindow *self = data;

  check (self);
  if (self->source == 0)
    self->source = g_timeout_add (PREVIEW_MS, on_preview_due, self);
  g_signal_emit (self, signals[TYPED], 0);
}

/* What was being typed is looked at when the field is left, and the field that is come to is seen.
 */
static void
on_focus (McDeclarationWindow *self)
{
  if (self->fields != NULL)
    check (self);
}

static gpointer
work_document (McDesk *desk, gpointer data, GError **error)
{
  return mc_declaration_document (desk, data, error);
}

static void
add_paper (json_t *papers, const McDeclaration *declaration, const json_t *values)
{
  if (json_object_size (values) > 0)
    json_array_append_new (
        papers,
        json_pack ("{s:O,s:O}", "declaration", declaration->json, "values", (json_t *)values));
}

/* Every declaration of the paper that is filled in. Returns: (transfer full) */
static json_t *
papers_of (McDeclarationWindow *self)
{
  g_autoptr (json_t) values = mc_declaration_fields_get (self->fields);
  json_t *papers = json_array ();

  if (self->all == NULL)
    add_paper (papers, self->declaration, values);
  for (guint i = 0; self->all != NULL && i < self->all->len; i++)
    {
      const McDeclaration *one = self->all->pdata[i];
      gboolean own = g_str_equal (one->id, self->declaration->id);

      add_paper (papers, one, own ? values : json_object_get (self->others, one->id));
    }
  return papers;
}

static void
free_json (gpointer json)
{
  json_decref (json);
}

static void
on_document (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDeclarationWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) document = mc_worker_finish (MC_WORKER (source), result, &error);

  self->keeping = FALSE;
  if (self->fields == NULL)
    return;
  if (document == NULL)
    {
      g_autofree char *sentence = mc_error_sentence (error);

      say (GTK_WIDGET (self), sentence);
      return;
    }
  g_signal_emit (self, signals[KEPT], 0, document);
  gtk_window_close (GTK_WINDOW (self));
}

void
mc_declaration_window_keep (McDeclarationWindow *self)
{
  g_autoptr (json_t) papers = NULL;

  g_return_if_fail (MC_IS_DECLARATION_WINDOW (self));

  if (self->keeping)
    return;
  mc_window_commit_input (GTK_WINDOW (self));
  papers = papers_of (self);
  if (json_array_size (papers) == 0)
    {
      g_signal_emit (self, signals[KEPT], 0, NULL);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  self->keeping = TRUE;
  mc_worker_run (self->context->worker,
                 work_document,
                 g_steal_pointer (&papers),
                 free_json,
                 free_json,
                 NULL,
                 on_document,
                 g_object_ref (self));
}

static void
keep (GtkWidget *widget, const char *action, GVariant *parameter)
{
  mc_declaration_window_keep (MC_DECLARATION_WINDOW (widget));
}

static void
print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *paper =
      g_strconcat ("declaration:", MC_DECLARATION_WINDOW (widget)->declaration->id, NULL);

  mc_window_commit_input (GTK_WINDOW (widget));
  mc_print_out_form (widget,
                     MC_DECLARATION_WINDOW (widget)->context,
                     form_of (MC_DECLARATION_WINDOW (widget),
                              g_str_equal (action, "declaration.print-blank")),
                     paper,
                     say);
}

static void
see (GtkWidget *widget, const char *action, GVariant *parameter)
{
  McDeclarationWindow *self = MC_DECLARATION_WINDOW (widget);
  gboolean shown = !gtk_widget_get_visible (self->preview);

  gtk_widget_set_visible (self->preview, shown);
  if (shown)
    show_preview (self);
}

static void
go_to (McDeclarationWindow *self, const char *id)
{
  mc_window_commit_input (GTK_WINDOW (self));
  g_signal_emit (self, signals[OTHER], 0, id);
}

static void
other (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go_to (MC_DECLARATION_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  McDeclarationWindow *self = MC_DECLARATION_WINDOW (widget);
  guint step = g_str_equal (action, "declaration.next") ? 1 : self->all ? self->all->len - 1 : 0;

  for (guint i = 0; self->all != NULL && i < self->all->len; i++)
    {
      const McDeclaration *to = self->all->pdata[(i + step) % self->all->len];

      if (g_str_equal (((McDeclaration *)self->all->pdata[i])->id, self->declaration->id))
        {
          go_to (self, to->id);
          return;
        }
    }
}

static void
mc_declaration_window_dispose (GObject *object)
{
  McDeclarationWindow *self = MC_DECLARATION_WINDOW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  self->fields = NULL;
  g_clear_pointer (&self->declaration, mc_declaration_unref);
  g_clear_pointer (&self->today, g_free);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->others, json_decref);
  G_OBJECT_CLASS (mc_declaration_window_parent_class)->dispose (object);
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType state;
    const char *action;
  } keys[] = {
    { GDK_KEY_Return, GDK_CONTROL_MASK, "declaration.keep" },
    { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "declaration.keep" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "declaration.print" },
    { GDK_KEY_b, GDK_CONTROL_MASK, "declaration.print-blank" },
    { GDK_KEY_F3, 0, "declaration.see" },
    { GDK_KEY_Page_Down, GDK_CONTROL_MASK, "declaration.next" },
    { GDK_KEY_Page_Up, GDK_CONTROL_MASK, "declaration.previous" },
    { GDK_KEY_Escape, 0, "window.close" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class,
                                         keys[i].key,
                                         keys[i].state,
                                         keys[i].action,
                                         NULL);
}

static void
mc_declaration_window_class_init (McDeclarationWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_declaration_window_dispose;
  signals[TYPED] = mc_signal_new ("typed", type, G_TYPE_NONE);
  signals[KEPT] = mc_signal_new ("kept", type, G_TYPE_POINTER);
  signals[OTHER] = mc_signal_new ("other", type, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "declaration.keep", NULL, keep);
  gtk_widget_class_install_action (widget_class, "declaration.print", NULL, print);
  gtk_widget_class_install_action (widget_class, "declaration.print-blank", NULL, print);
  gtk_widget_class_install_action (widget_class, "declaration.see", NULL, see);
  gtk_widget_class_install_action (widget_class, "declaration.other", "s", other);
  gtk_widget_class_install_action (widget_class, "declaration.next", NULL, next);
  gtk_widget_class_install_action (widget_class, "declaration.previous", NULL, next);
  bind_keys (widget_class);
}

static void
mc_declaration_window_init (McDeclarationWindow *self)
{
}

static GtkWidget *
make_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_foot (McDeclarationWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *keep_button = make_button (_ ("Keep the declaration  Ctrl+Enter"), "declaration.keep");

  self->foot = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->foot), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->foot), 0);
  gtk_widget_set_hexpand (self->foot, TRUE);
  gtk_widget_add_css_class (keep_button, "suggested-action");
  gtk_widget_set_valign (keep_button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->foot);
  gtk_box_append (GTK_BOX (box), keep_button);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  return box;
}

static GtkWidget *
make_header (McDeclarationWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (self->declaration->title, NULL));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header),
                             make_button (_ ("See the paper  F3"), "declaration.see"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header),
                           make_button (_ ("Print  Ctrl+P"), "declaration.print"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header),
                           make_button (_ ("Print blank  Ctrl+B"), "declaration.print-blank"));
  return header;
}

static GtkWidget *
make_scroller (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  if (child != NULL)
    {
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
      gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (gtk_widget_get_parent (child)), TRUE);
    }
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_hexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
make_content (McDeclarationWindow *self, const json_t *values)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *halves = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  int dpi = 0;

  self->fields = mc_declaration_fields_new (self->declaration, values, on_typed, self);
  gtk_widget_set_margin_start (self->fields, 12);
  gtk_widget_set_margin_end (self->fields, 12);
  gtk_widget_set_margin_top (self->fields, 6);
  gtk_widget_set_margin_bottom (self->fields, 12);
  self->preview = make_scroller (NULL);
  gtk_box_set_homogeneous (GTK_BOX (halves), TRUE);
  gtk_box_append (GTK_BOX (halves), make_scroller (self->fields));
  gtk_box_append (GTK_BOX (halves), self->preview);
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  gtk_widget_set_visible (self->preview, dpi <= (int)BESIDE_DPI);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), halves);
  self->beside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_visible (self->beside, FALSE);
  gtk_widget_add_css_class (self->beside, "toolbar");
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), self->beside);
  gtk_box_append (GTK_BOX (box), self->toasts);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), make_foot (self));
  return box;
}

McDeclarationWindow *
mc_declaration_window_new (GtkWindow *parent,
                           McContext *context,
                           McDeclaration *declaration,
                           const json_t *values)
{
  McDeclarationWindow *self;
  g_autoptr (GDateTime) now = NULL;
  GtkWidget *first = NULL;

  g_return_val_if_fail (context != NULL && declaration != NULL, NULL);

  self = g_object_new (MC_TYPE_DECLARATION_WINDOW,
                       "transient-for",
                       parent,
                       "modal",
                       parent != NULL,
                       "destroy-with-parent",
                       TRUE,
                       "title",
                       declaration->title,
                       "default-width",
                       1200,
                       "default-height",
                       680,
                       NULL);
  now = mc_local (mc_store_now (context->reader));
  self->context = context;
  self->declaration = mc_declaration_ref (declaration);
  self->today = g_date_time_format (now, "%Y-%m-%d");
  adw_window_set_content (ADW_WINDOW (self), make_content (self, values));
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
  mc_window_hear (GTK_WINDOW (self));
  check (self);
  if (gtk_widget_get_visible (self->preview))
    show_preview (self);
  /* What is known is there: the first field that is not is where typing begins. */
  (void)mc_declaration_fields_check (self->fields, self->today, &first);
  if (first != NULL)
    gtk_window_set_focus (GTK_WINDOW (self), first);
  return self;
}

/* One declaration of the paper: where it is filled in, that is said. */
static GtkWidget *
make_tab (McDeclarationWindow *self, const McDeclaration *one)
{
  gboolean own = g_str_equal (one->id, self->declaration->id);
  gboolean filled = json_object_size (json_object_get (self->others, one->id)) > 0;
  g_autofree char *text =
      filled && !own ? g_strdup_printf ("✓ %s", one->title) : g_strdup (one->title);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_tooltip_text (button, one->title);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", one->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "declaration.other");
  /* The keys go from one to the next; the fields stay the first that Tab comes to. */
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_add_css_class (button, own ? "suggested-action" : "flat");
  gtk_widget_set_can_target (button, !own);
  return button;
}

void
mc_declaration_window_beside (McDeclarationWindow *self, GPtrArray *all, const json_t *values)
{
  GtkWidget *keys;

  g_return_if_fail (MC_IS_DECLARATION_WINDOW (self) && self->all == NULL && all != NULL);

  if (all->len < 2)
    return;
  self->all = g_ptr_array_ref (all);
  self->others = values != NULL ? json_deep_copy (values) : json_object ();
  for (guint i = 0; i < all->len; i++)
    gtk_box_append (GTK_BOX (self->beside), make_tab (self, all->pdata[i]));
  keys = gtk_label_new ("Ctrl+PgDn");
  gtk_widget_add_css_class (keys, "dim-label");
  gtk_box_append (GTK_BOX (self->beside), keys);
  gtk_widget_set_visible (self->beside, TRUE);
}

json_t *
mc_declaration_window_values (McDeclarationWindow *self)
{
  g_return_val_if_fail (MC_IS_DECLARATION_WINDOW (self), NULL);

  return mc_declaration_fields_get (self->fields);
}

McDeclaration *
mc_declaration_window_declaration (McDeclarationWindow *self)
{
  g_return_val_if_fail (MC_IS_DECLARATION_WINDOW (self), NULL);

  return self->declaration;
}

GtkWidget *
mc_declaration_window_field (McDeclarationWindow *self, const char *name)
{
  g_return_val_if_fail (MC_IS_DECLARATION_WINDOW (self), NULL);

  return mc_declaration_fields_field (self->fields, name);
}
