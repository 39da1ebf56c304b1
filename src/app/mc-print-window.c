/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-print-window.h"

#include "mc-format.h"
#include "mc-papers.h"
#include "mc-print-make.h"
#include "mc-print-preview.h"
#include "mc-print-save.h"
#include "mc-slip.h"
#include "mc-window.h"
#include <glib/gi18n.h>
#include <string.h>

#define PROGRESS_MS 100

#define MC_TYPE_PRINT_WINDOW (mc_print_window_get_type ())
G_DECLARE_FINAL_TYPE (McPrintWindow, mc_print_window, MC, PRINT_WINDOW, AdwWindow)

struct _McPrintWindow
{
  AdwWindow parent_instance;

  McContext *context;
  char *dossier;
  char *form;
  GPtrArray *slips;     /* McSlip: what can be chosen from; none for a leaflet */
  McForm *pages;        /* (nullable): on the screen */
  McProgress *progress; /* (nullable): of what is being made */
  guint source;
  GtkWidget *toasts, *scroller, *print_button, *electronic, *bar;
};

G_DEFINE_FINAL_TYPE (McPrintWindow, mc_print_window, ADW_TYPE_WINDOW)

static void
say (GtkWidget *widget, const char *sentence)
{
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (MC_PRINT_WINDOW (widget)->toasts),
                               adw_toast_new (sentence));
}

/* Whether it will be signed by pen or digitally. */
static McJobFlags
flags (McPrintWindow *self)
{
  return self->electronic != NULL &&
                 gtk_check_button_get_active (GTK_CHECK_BUTTON (self->electronic))
             ? MC_JOB_ELECTRONIC
             : MC_JOB_FILE;
}

static void
print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  McPrintWindow *self = MC_PRINT_WINDOW (widget);

  mc_print_out (widget, self->context, self->dossier, self->form, self->pages, flags (self), say);
}

static void
save_pdf (GtkWidget *widget, const char *action, GVariant *parameter)
{
  McPrintWindow *self = MC_PRINT_WINDOW (widget);

  mc_print_save_pdf (widget, self->context, self->dossier, self->form, flags (self), say);
}

static void
mc_print_window_dispose (GObject *object)
{
  McPrintWindow *self = MC_PRINT_WINDOW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  self->context = NULL;
  G_OBJECT_CLASS (mc_print_window_parent_class)->dispose (object);
}

static void
mc_print_window_finalize (GObject *object)
{
  McPrintWindow *self = MC_PRINT_WINDOW (object);

  g_clear_pointer (&self->pages, mc_form_free);
  g_clear_pointer (&self->progress, g_atomic_rc_box_release);
  g_free (self->dossier);
  g_free (self->form);
  g_clear_pointer (&self->slips, g_ptr_array_unref);
  G_OBJECT_CLASS (mc_print_window_parent_class)->finalize (object);
}

static void
mc_print_window_class_init (McPrintWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_print_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_print_window_finalize;
  gtk_widget_class_install_action (widget_class, "print.print", NULL, print);
  gtk_widget_class_install_action (widget_class, "print.save", NULL, save_pdf);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_p,
                                       GDK_CONTROL_MASK,
                                       "print.print",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_Return,
                                       GDK_CONTROL_MASK,
                                       "print.print",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_KP_Enter,
                                       GDK_CONTROL_MASK,
                                       "print.print",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_s,
                                       GDK_CONTROL_MASK,
                                       "print.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mc_print_window_init (McPrintWindow *self)
{
}

static void
say_error (GtkWindow *window, const char *dossier, const char *form, const GError *error)
{
  g_autofree char *sentence = mc_error_sentence (error);

  g_warning ("%s of %s: %s", form, dossier, error->message);
  if (MC_IS_PRINT_WINDOW (window))
    say (GTK_WIDGET (window), sentence);
  else if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.say", "s", sentence);
}

/* @form: (transfer full) */
static void
show_form (McPrintWindow *self, const char *name, McForm *form)
{
  g_autofree char *own = g_strdup (name);

  g_free (self->form);
  self->form = g_steal_pointer (&own);
  g_clear_pointer (&self->pages, mc_form_free);
  self->pages = mc_form_ref (form);
  gtk_window_set_title (GTK_WINDOW (self), mc_form_title (form));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), mc_print_preview_new (form));
}

static void
show_named (McPrintWindow *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  McForm *form = mc_print_form_of (self->context->reader,
                                   self->dossier,
                                   name,
                                   flags (self) | MC_JOB_ON_PAPER,
                                   &error);

  if (form == NULL)
    say_error (GTK_WINDOW (self), self->dossier, name, error);
  else
    show_form (self, name, form);
}

static void
slip_chosen (McPrintWindow *self, GParamSpec *property, GtkDropDown *choice)
{
  guint place = gtk_drop_down_get_selected (choice);

  if (place < self->slips->len)
    show_named (self, ((McSlip *)self->slips->pdata[place])->name);
}

/* What was printed a moment ago would be printed again from now on. */
static void
show_again (McPrintWindow *self)
{
  if (mc_print_of_dossiers (self->form) && !g_str_has_prefix (self->form, MC_JOB_PRINTED))
    show_named (self, self->form);
}

/* Which paper, and when what it says was done. */
static char *
slip_words (const McSlip *slip)
{
  g_autoptr (GDateTime) time = slip->at_ms > 0 ? mc_local (slip->at_ms) : NULL;
  g_autofree char *date = time != NULL ? mc_format_time (time) : NULL;

  return date != NULL ? g_strdup_printf ("%s (%s)", slip->title, date) : g_strdup (slip->title);
}

static GtkWidget *
slip_choice (McPrintWindow *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  GtkWidget *choice;
  guint chosen = 0;

  for (guint i = 0; i < self->slips->len; i++)
    {
      const McSlip *slip = self->slips->pdata[i];
      g_autofree char *words = slip_words (slip);

      gtk_string_list_append (titles, words);
      chosen = g_str_equal (slip->name, self->form) ? i : chosen;
    }
  choice = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), chosen);
  gtk_widget_set_hexpand (choice, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Papers"),
                                  -1);
  g_signal_connect_swapped (choice, "notify::selected", G_CALLBACK (slip_chosen), self);
  return choice;
}

static GtkWidget *
make_header (McPrintWindow *self, GtkWidget *print_button)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *save_button = gtk_button_new_with_label (_ ("Save as PDF…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (print_button), "print.print");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save_button), "print.save");
  gtk_widget_add_css_class (print_button, "suggested-action");
  /* The choice below it says which paper. */
  if (self->slips != NULL)
    adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                     adw_window_title_new (_ ("Print"), NULL));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), print_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), save_button);
  return header;
}

static GtkWidget *
make_content (McPrintWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *print_button = gtk_button_new_with_label (_ ("Print (Ctrl+P)"));

  gtk_box_append (GTK_BOX (box), make_header (self, print_button));
  if (self->slips != NULL)
    {
      GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

      self->electronic = gtk_check_button_new_with_label (_ ("To be signed digitally"));
      g_signal_connect_swapped (self->electronic, "toggled", G_CALLBACK (show_again), self);
      gtk_box_append (GTK_BOX (bar), slip_choice (self));
      gtk_box_append (GTK_BOX (bar), self->electronic);
      gtk_widget_add_css_class (bar, "mc-slips");
      gtk_box_append (GTK_BOX (box), bar);
    }
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), self->scroller);
  gtk_box_append (GTK_BOX (box), self->toasts);
  self->print_button = print_button;
  return box;
}

static void
add_choice (GPtrArray *slips, const char *name, const char *title)
{
  McSlip *slip = g_new0 (McSlip, 1);

  slip->name = g_strdup (name);
  slip->title = g_strdup (title);
  g_ptr_array_add (slips, slip);
}

/* Of several dossiers: a paper of each, or one list of all. */
static GPtrArray *
slips_of_many (McStore *store)
{
  GPtrArray *slips = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_slip_free);
  g_autoptr (McPapers) papers = mc_papers_of (store);

  add_choice (slips, MC_JOB_NEWEST, _ ("The newest paper of each dossier"));
  add_choice (slips, MC_SLIP_RECEIPT, mc_papers_title (papers, MC_KIND_RECEIPT));
  add_choice (slips, MC_SLIP_CONTROL, mc_papers_title (papers, MC_KIND_CONTROL));
  add_choice (slips, MC_SLIP_LABEL, _ ("Labels for the folders"));
  add_choice (slips, MC_KIND_HANDOVER, mc_papers_title (papers, MC_KIND_HANDOVER));
  return slips;
}

/* What a dossier can have printed; @ret_form: (transfer full): the name of the one meant by @form.
 * A procedure's leaflet and the register are the only papers of their kind. */
static GPtrArray *
slips_of (McStore *store, const char *dossier, const char *form, char **ret_form)
{
  gboolean many = mc_print_of_dossiers (form) && strchr (dossier, ' ') != NULL;
  gboolean then = g_str_has_prefix (form, MC_JOB_PRINTED);
  g_autoptr (McDossier) found = mc_print_of_dossiers (form) && !many && !then
                                    ? mc_store_dossier (store, dossier, NULL)
                                    : NULL;
  GPtrArray *slips = many            ? slips_of_many (store)
                     : found != NULL ? mc_slip_list (store, found)
                                     : NULL;
  gboolean newest = slips != NULL && g_str_equal (form, MC_PRINT_NEWEST);

  *ret_form = g_strdup (newest ? ((McSlip *)slips->pdata[0])->name : form);
  return slips;
}

static McPrintWindow *
window_new (GtkWindow *parent, McContext *context, const char *dossier, const char *name)
{
  McPrintWindow *self = g_object_new (MC_TYPE_PRINT_WINDOW,
                                      "transient-for",
                                      parent,
                                      "modal",
                                      parent != NULL,
                                      "destroy-with-parent",
                                      TRUE,
                                      "default-width",
                                      760,
                                      "default-height",
                                      700,
                                      NULL);

  self->context = context;
  self->dossier = g_strdup (dossier);
  self->form = g_strdup (name);
  mc_window_hear (GTK_WINDOW (self));
  return self;
}

static void
set_ready (McPrintWindow *self, gboolean ready)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "print.print", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "print.save", ready);
}

static gboolean
show_progress (gpointer data)
{
  McPrintWindow *self = data;

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), mc_progress_part (self->progress));
  return G_SOURCE_CONTINUE;
}

static GtkWidget *
make_progress (McPrintWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->bar = gtk_progress_bar_new ();
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("The pages are being made…")));
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, 60);
  gtk_widget_set_margin_end (box, 60);
  return box;
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McPrintWindow) self = data;
  g_autoptr (GError) error = NULL;
  McForm *form = mc_print_make_finish (result, &error);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->context == NULL)
    mc_form_free (form);
  else if (form == NULL)
    say_error (GTK_WINDOW (self), self->dossier, self->form, error);
  else
    {
      show_form (self, self->form, form);
      set_ready (self, TRUE);
      gtk_window_set_focus (GTK_WINDOW (self), self->print_button);
    }
}

/* What takes long is made while the window is there already. */
static void
present_long (GtkWindow *parent, McContext *context, const char *key, const char *name)
{
  McPrintWindow *self = window_new (parent, context, key, name);

  self->progress = g_atomic_rc_box_new0 (McProgress);
  adw_window_set_content (ADW_WINDOW (self), make_content (self));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Print"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), make_progress (self));
  set_ready (self, FALSE);
  self->source = g_timeout_add (PROGRESS_MS, show_progress, self);
  mc_print_make (context,
                 key,
                 name,
                 NULL,
                 g_atomic_rc_box_acquire (self->progress),
                 on_made,
                 g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}

void
mc_print_window_present (GtkWindow *parent,
                         McContext *context,
                         const char *dossier,
                         const char *form)
{
  McPrintWindow *self;
  g_autoptr (GPtrArray) slips = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  McForm *pages;

  g_return_if_fail (context != NULL && dossier != NULL && form != NULL);

  if (mc_print_is_long (form))
    {
      present_long (parent, context, dossier, form);
      return;
    }
  slips = slips_of (context->reader, dossier, form, &name);
  pages = mc_print_form_of (context->reader, dossier, name, MC_JOB_ON_PAPER, &error);
  if (pages == NULL)
    {
      say_error (parent, dossier, name, error);
      return;
    }
  self = window_new (parent, context, dossier, name);
  self->slips = g_steal_pointer (&slips);
  adw_window_set_content (ADW_WINDOW (self), make_content (self));
  show_form (self, name, pages);
  g_signal_connect_object (context->worker,
                           "changed",
                           G_CALLBACK (show_again),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_window_set_focus (GTK_WINDOW (self), self->print_button);
  gtk_window_present (GTK_WINDOW (self));
}
