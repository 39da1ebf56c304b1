/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-viewer-private.h"
#include <adwaita.h>
#include <glib/gi18n.h>

static GtkWidget *
tool (const char *icon, const char *action, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  /* A tool of the mouse: the keys do the same without going through it. */
  gtk_widget_set_focusable (button, FALSE);
  return button;
}

static GtkWidget *
make_bar (McViewer *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (bar, "toolbar");
  self->title = gtk_label_new ("");
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_box_append (GTK_BOX (bar), self->title);

  self->tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->place = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->place, "numeric");
  gtk_box_append (GTK_BOX (self->tools),
                  tool ("go-previous-symbolic", "viewer.previous", _ ("Previous page")));
  gtk_box_append (GTK_BOX (self->tools), self->place);
  gtk_box_append (GTK_BOX (self->tools), tool ("go-next-symbolic", "viewer.next", _ ("Next page")));
  gtk_box_append (GTK_BOX (self->tools),
                  tool ("zoom-out-symbolic", "viewer.zoom-out", _ ("Smaller (Ctrl+−)")));
  gtk_box_append (GTK_BOX (self->tools),
                  tool ("zoom-in-symbolic", "viewer.zoom-in", _ ("Larger (Ctrl++)")));
  gtk_box_append (GTK_BOX (self->tools),
                  tool ("zoom-fit-best-symbolic",
                        "viewer.fit",
                        _ ("As wide as the view (Ctrl+0)")));
  gtk_widget_set_visible (self->tools, FALSE);
  gtk_box_append (GTK_BOX (bar), self->tools);
  return bar;
}

static GtkWidget *
make_page (McViewer *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->scroller = gtk_scrolled_window_new ();
  self->picture = gtk_picture_new ();
  gtk_picture_set_can_shrink (GTK_PICTURE (self->picture), TRUE);
  gtk_widget_set_valign (self->picture, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Scanned page"),
                                  -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->picture);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->scroller);

  self->spinner = gtk_spinner_new ();
  gtk_widget_set_size_request (self->spinner, 32, 32);
  gtk_widget_set_halign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->spinner);
  return overlay;
}

/* Zoom works wherever the focus is in the window; the keys that a list also uses only in the
 * viewer. */
static void
add_shortcuts (McViewer *self)
{
  static const struct
  {
    const char *keys;
    const char *action;
  } everywhere[] = {
    { "<Control>plus|<Control>equal|<Control>KP_Add", "viewer.zoom-in" },
    { "<Control>minus|<Control>KP_Subtract", "viewer.zoom-out" },
    { "<Control>0|<Control>KP_0", "viewer.fit" },
    { "<Alt>Page_Down", "viewer.next" },
    { "<Alt>Page_Up", "viewer.previous" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (everywhere); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (everywhere[i].keys),
                          gtk_named_action_new (everywhere[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Page_Down,
                                                                                  0),
                                                          gtk_named_action_new ("viewer.read-on")));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Page_Up, 0),
                        gtk_named_action_new ("viewer.read-back")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
mc_viewer_build (McViewer *self)
{
  GtkWidget *warning_text;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), make_bar (self));

  self->warning = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_margin_start (self->warning, 12);
  gtk_box_append (GTK_BOX (self->warning),
                  gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  warning_text = gtk_label_new (_ ("The end of this file is missing: some pages may not be here."));
  gtk_label_set_wrap (GTK_LABEL (warning_text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (warning_text), 0);
  gtk_box_append (GTK_BOX (self->warning), warning_text);
  gtk_box_append (GTK_BOX (self->box), self->warning);

  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  self->status = adw_status_page_new ();
  gtk_widget_add_css_class (self->status, "compact");
  gtk_stack_add_named (GTK_STACK (self->stack), self->status, "words");
  gtk_stack_add_named (GTK_STACK (self->stack), make_page (self), "page");
  gtk_box_append (GTK_BOX (self->box), self->stack);
  add_shortcuts (self);
}
