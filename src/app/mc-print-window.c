/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-print-window.h"
#include "mc-print-out.h"
#include "mc-print-preview.h"
#include <glib/gi18n.h>

#define MC_TYPE_PRINT_WINDOW (mc_print_window_get_type ())
G_DECLARE_FINAL_TYPE (McPrintWindow, mc_print_window, MC, PRINT_WINDOW, AdwWindow)

struct _McPrintWindow
{
  AdwWindow parent_instance;

  McContext *context;
  char *dossier;
  char *form;
  GtkWidget *toasts;
};

G_DEFINE_FINAL_TYPE (McPrintWindow, mc_print_window, ADW_TYPE_WINDOW)

static void
say (GtkWidget *widget, const char *sentence)
{
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (MC_PRINT_WINDOW (widget)->toasts),
                               adw_toast_new (sentence));
}

static void
print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  McPrintWindow *self = MC_PRINT_WINDOW (widget);

  mc_print_out (widget, self->context, self->dossier, self->form, say);
}

static void
save_pdf (GtkWidget *widget, const char *action, GVariant *parameter)
{
  McPrintWindow *self = MC_PRINT_WINDOW (widget);

  mc_print_save_pdf (widget, self->context, self->dossier, self->form, say);
}

static void
mc_print_window_finalize (GObject *object)
{
  McPrintWindow *self = MC_PRINT_WINDOW (object);

  g_free (self->dossier);
  g_free (self->form);
  G_OBJECT_CLASS (mc_print_window_parent_class)->finalize (object);
}

static void
mc_print_window_class_init (McPrintWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

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

static GtkWidget *
make_content (McPrintWindow *self, McForm *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *print_button = gtk_button_new_with_label (_ ("Print (Ctrl+P)"));
  GtkWidget *save_button = gtk_button_new_with_label (_ ("Save as PDF…"));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_actionable_set_action_name (GTK_ACTIONABLE (print_button), "print.print");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save_button), "print.save");
  gtk_widget_add_css_class (print_button, "suggested-action");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), print_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), save_button);
  gtk_box_append (GTK_BOX (box), header);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), mc_print_preview_new (form));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), scroller);
  gtk_box_append (GTK_BOX (box), self->toasts);
  gtk_window_set_focus (GTK_WINDOW (self), print_button);
  return box;
}

void
mc_print_window_present (GtkWindow *parent,
                         McContext *context,
                         const char *dossier,
                         const char *form)
{
  McPrintWindow *self;
  g_autoptr (GError) error = NULL;
  McForm *pages;

  g_return_if_fail (context != NULL && dossier != NULL && form != NULL);

  pages = mc_print_form_of (context->reader, dossier, form, &error);
  if (pages == NULL)
    {
      g_autofree char *sentence = mc_error_sentence (error);

      g_warning ("%s of %s: %s", form, dossier, error->message);
      if (parent != NULL)
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.say", "s", sentence);
      return;
    }
  self = g_object_new (MC_TYPE_PRINT_WINDOW,
                       "transient-for",
                       parent,
                       "modal",
                       parent != NULL,
                       "destroy-with-parent",
                       TRUE,
                       "title",
                       mc_form_title (pages),
                       "default-width",
                       760,
                       "default-height",
                       700,
                       NULL);
  self->context = context;
  self->dossier = g_strdup (dossier);
  self->form = g_strdup (form);
  adw_window_set_content (ADW_WINDOW (self), make_content (self, pages));
  gtk_window_present (GTK_WINDOW (self));
}
