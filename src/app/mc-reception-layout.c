/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of the reception page stand: the form, its foot, the scan beside it. */
#include "mc-reception-private.h"
#include <glib/gi18n.h>

void
mc_reception_reveal (McReceptionPage *self, GtkWidget *widget)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (scroller);
  GtkWidget *viewport = gtk_scrolled_window_get_child (scroller);
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, viewport, &bounds))
    return;
  gtk_adjustment_set_value (down, gtk_adjustment_get_value (down) + bounds.origin.y - 36);
}

GtkWidget *
mc_reception_section (const char *title, GtkWidget *content)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_label_new (title);
  GtkWidget *card = adw_bin_new ();

  gtk_label_set_xalign (GTK_LABEL (head), 0);
  gtk_widget_add_css_class (head, "heading");
  gtk_widget_add_css_class (card, "card");
  gtk_widget_set_margin_start (content, 12);
  gtk_widget_set_margin_end (content, 12);
  gtk_widget_set_margin_top (content, 10);
  gtk_widget_set_margin_bottom (content, 10);
  adw_bin_set_child (ADW_BIN (card), content);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), card);
  return box;
}

static GtkWidget *
make_form (McReceptionPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_box_append (GTK_BOX (box), mc_reception_applicant_build (self));
  GtkWidget *procedure = mc_reception_procedure_build (self);
  GtkWidget *parts = mc_reception_parts_build (self);
  GtkWidget *fee = mc_reception_fee_build (self);
  gtk_box_append (GTK_BOX (box), procedure);
  gtk_box_append (GTK_BOX (box), mc_reception_matter_build (self));
  gtk_box_append (GTK_BOX (box), parts);
  gtk_box_append (GTK_BOX (box), fee);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  /* The field that has the focus is always seen. */
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (gtk_scrolled_window_get_child (
                                        GTK_SCROLLED_WINDOW (scroller))),
                                    TRUE);
  gtk_widget_set_vexpand (scroller, TRUE);
  self->scroller = scroller;
  return scroller;
}

static void
on_save (McReceptionPage *self)
{
  mc_reception_page_save (self);
}

static GtkWidget *
make_foot (McReceptionPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *keys = gtk_label_new ("Ctrl+Enter");
  const char *act =
      mc_reception_prepares (self) ? _ ("Leave it for a clerk") : _ ("Save and print the receipt");

  self->failure = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->failure), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->failure), 0);
  gtk_widget_add_css_class (self->failure, "error");
  gtk_widget_set_visible (self->failure, FALSE);
  self->missing = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->missing), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->missing), 2);
  gtk_label_set_ellipsize (GTK_LABEL (self->missing), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->missing), 0);
  self->promised = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->promised), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->promised), 0);
  gtk_widget_add_css_class (self->promised, "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  self->save = gtk_button_new ();
  gtk_box_append (GTK_BOX (face), gtk_label_new (act));
  gtk_widget_add_css_class (keys, "caption");
  gtk_box_append (GTK_BOX (face), keys);
  gtk_button_set_child (GTK_BUTTON (self->save), face);
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_valign (self->save, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  act,
                                  -1);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (on_save), self);
  gtk_box_append (GTK_BOX (words), self->missing);
  gtk_box_append (GTK_BOX (words), self->promised);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), self->save);
  gtk_box_append (GTK_BOX (box), self->failure);
  gtk_box_append (GTK_BOX (box), mc_reception_prepare_build (self));
  gtk_box_append (GTK_BOX (box), row);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  return box;
}

void
mc_reception_build (McReceptionPage *self)
{
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *halves = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  GtkWidget *form_scroller;

  self->halves = halves;
  self->viewer = mc_viewer_new ();
  form_scroller = make_form (self);
  gtk_box_append (GTK_BOX (left), form_scroller);
  gtk_box_append (GTK_BOX (left), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (left), make_foot (self));
  gtk_paned_set_start_child (GTK_PANED (halves), left);
  gtk_paned_set_end_child (GTK_PANED (halves), self->viewer);
  gtk_paned_set_shrink_start_child (GTK_PANED (halves), FALSE);
  gtk_paned_set_resize_start_child (GTK_PANED (halves), TRUE);
  gtk_paned_set_resize_end_child (GTK_PANED (halves), TRUE);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_hexpand (self->viewer, TRUE);
  gtk_widget_set_vexpand (halves, TRUE);
  gtk_box_append (GTK_BOX (form), mc_reception_clock_build (self));
  gtk_box_append (GTK_BOX (form), halves);

  gtk_stack_add_named (GTK_STACK (self->stack), form, "form");
  gtk_stack_add_named (GTK_STACK (self->stack), mc_reception_done_build (self), "done");
  mc_reception_foot (self);
}
