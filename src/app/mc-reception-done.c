/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After saving: the code large enough to read aloud, the promise, the receipt as it will be
 * printed. */
#include "mc-format.h"
#include "mc-practice.h"
#include "mc-print-preview.h"
#include "mc-print-save.h"
#include "mc-reception-private.h"
#include "mc-relatives.h"
#include <glib/gi18n.h>

/* Around the words, in pixels. */
#define SPACE 24
#define CODE_SCALE_MAX 1.5

gboolean
mc_reception_is_done (McReceptionPage *self)
{
  return self->stack != NULL &&
         g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "done");
}

static void
say (GtkWidget *widget, const char *sentence)
{
  gtk_widget_activate_action (widget, "win.say", "s", sentence);
}

void
mc_reception_done_print (McReceptionPage *self)
{
  if (self->done.dossier != NULL)
    mc_print_out (GTK_WIDGET (self),
                  self->context,
                  self->done.dossier,
                  "receipt",
                  NULL,
                  MC_JOB_FILE,
                  say);
}

static void
on_save_pdf (McReceptionPage *self)
{
  if (self->done.dossier != NULL)
    mc_print_save_pdf (GTK_WIDGET (self),
                       self->context,
                       self->done.dossier,
                       "receipt",
                       MC_JOB_FILE,
                       say);
}

static void
show_preview (McReceptionPage *self)
{
  g_autoptr (GError) error = NULL;
  McForm *form = mc_print_form_of (self->context->reader,
                                   self->done.dossier,
                                   "receipt",
                                   MC_JOB_ON_PAPER,
                                   &error);
  GtkWidget *child;

  if (form != NULL)
    child = mc_print_preview_new (form);
  else
    {
      g_warning ("receipt: %s", error->message);
      child = gtk_label_new (
          _ ("The receipt cannot be shown. The dossier is saved; print it from its page."));
      gtk_label_set_wrap (GTK_LABEL (child), TRUE);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->done.preview_slot), child);
}

/* It is read aloud across a counter: as large as its half of the page allows on one line. */
static void
show_code (McReceptionPage *self, const char *code)
{
  GtkWidget *label = self->done.code;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, code);
  g_autoptr (PangoAttrList) size = pango_attr_list_new ();
  int room = gtk_widget_get_width (GTK_WIDGET (self)) / 2 - 2 * SPACE - 12;
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  pango_attr_list_insert (size,
                          pango_attr_scale_new (
                              CLAMP ((double)room / MAX (width, 1), 0.5, CODE_SCALE_MAX)));
  gtk_label_set_attributes (GTK_LABEL (label), size);
  gtk_label_set_label (GTK_LABEL (label), code);
}

/* "Cùng giấy hẹn:" and the other codes, one a line. */
static char *
other_codes (const McReceived *received)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; received->more != NULL && i < received->more->len; i++)
    g_string_append_printf (codes, "\n%s", ((McReceived *)received->more->pdata[i])->code);
  if (codes->len > 0)
    g_string_prepend (codes, _ ("On the same receipt:"));
  return g_strdup (codes->str);
}

void
mc_reception_done_show (McReceptionPage *self, const McReceived *received)
{
  McReceptionDone *done = &self->done;
  g_autoptr (GDateTime) due = received->due != NULL ? mc_local_parse (received->due) : NULL;
  g_autofree char *promise = due != NULL ? mc_format_promise (due) : NULL;
  g_autofree char *person = NULL;
  g_autofree char *children = NULL;
  g_autofree char *others = NULL;
  g_autofree char *what = NULL;
  g_autoptr (json_t) reception = mc_reception_get (self);

  g_free (done->dossier);
  done->dossier = g_strdup (received->id);
  if (received->more != NULL)
    what = g_strdup_printf (ngettext ("%u dossier", "%u dossiers", received->more->len + 1),
                            received->more->len + 1);
  else
    what = g_strdup (self->procedure.chosen != NULL ? self->procedure.chosen->name : "");
  person = g_strdup_printf ("%s · %s",
                            mc_json_string (json_object_get (reception, "applicant"), "name"),
                            what);
  show_code (self, received->code);
  others = other_codes (received);
  gtk_label_set_label (GTK_LABEL (done->others), others);
  gtk_widget_set_visible (done->others, *others != '\0');
  gtk_label_set_label (GTK_LABEL (done->person), person);
  gtk_label_set_label (GTK_LABEL (done->promise),
                       promise != NULL ? promise
                                       : _ ("No time is set by rule: say when, by telephone."));
  children = mc_relatives_words (self->context->reader, received->id);
  gtk_label_set_label (GTK_LABEL (done->children), children != NULL ? children : "");
  gtk_widget_set_visible (done->children, children != NULL);
  show_preview (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "done");
  gtk_widget_grab_focus (done->print);
  g_signal_emit_by_name (self, "saved", received->id);
}

static GtkWidget *
line (GtkWidget *box, const char *css, gboolean selectable)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), selectable);
  gtk_widget_set_focusable (label, FALSE);
  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
button (GtkWidget *box,
        const char *label,
        const char *css,
        GCallback clicked,
        McReceptionPage *self)
{
  GtkWidget *widget = gtk_button_new_with_label (label);

  if (css != NULL)
    gtk_widget_add_css_class (widget, css);
  g_signal_connect_swapped (widget, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), widget);
  return widget;
}

static GtkWidget *
make_words (McReceptionPage *self)
{
  McReceptionDone *done = &self->done;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *saved, *promise_head;

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, SPACE);
  gtk_widget_set_margin_end (box, SPACE);
  gtk_widget_set_margin_top (box, SPACE);
  gtk_widget_set_margin_bottom (box, SPACE);
  done->code = line (box, "title-1", TRUE);
  done->others = line (box, "title-4", TRUE);
  done->person = line (box, "heading", FALSE);
  promise_head = line (box, "dim-label", FALSE);
  gtk_label_set_label (GTK_LABEL (promise_head), _ ("Result promised"));
  done->promise = line (box, "title-3", FALSE);
  done->children = line (box, "body", FALSE);
  saved = line (box, "dim-label", FALSE);
  gtk_label_set_label (GTK_LABEL (saved),
                       mc_store_practice (self->context->reader)
                           ? _ ("Practice: kept on this machine, sent nowhere.")
                           : _ ("Saved on this machine, will be sent when there is a line."));
  done->print = button (box,
                        _ ("Print the receipt (Ctrl+P)"),
                        "suggested-action",
                        G_CALLBACK (mc_reception_done_print),
                        self);
  button (box, _ ("Save as PDF…"), NULL, G_CALLBACK (on_save_pdf), self);
  done->next = button (box,
                       _ ("Receive the next dossier (F2)"),
                       NULL,
                       G_CALLBACK (mc_reception_page_next),
                       self);
  return box;
}

GtkWidget *
mc_reception_done_build (McReceptionPage *self)
{
  McReceptionDone *done = &self->done;
  GtkWidget *halves = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (words), make_words (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (words),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  done->preview_slot = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (done->preview_slot),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_hexpand (done->preview_slot, TRUE);
  gtk_box_set_homogeneous (GTK_BOX (halves), TRUE);
  gtk_box_append (GTK_BOX (halves), words);
  gtk_box_append (GTK_BOX (halves), done->preview_slot);
  return halves;
}
