/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Several dossiers of one resident on one receipt: what is filled in is put aside, and the page is
 * there for the next procedure of the same person. All of them are received at once, or none.
 */
#include "mc-reception-private.h"
#include <glib/gi18n.h>

static const char *
name_of (McReceptionPage *self, const json_t *one)
{
  const char *code = mc_json_string (one, "procedure");
  McProcedure *procedure =
      code != NULL ? mc_catalogue_procedure (self->procedure.catalogue, code) : NULL;

  return procedure != NULL ? procedure->name : code;
}

/* What belongs to one dossier, not to the person. */
static json_t *
take_down (McReceptionPage *self)
{
  json_t *one = json_object ();
  g_autoptr (json_t) whole = json_object ();
  guint missing = 0;

  mc_reception_applicant_get (self, whole);
  mc_reception_procedure_get (self, one);
  mc_reception_parts_get (self, one);
  mc_reception_fee_get (self, one);
  g_free (mc_reception_parts_missing (self, &missing));
  json_object_set_new (one, "missing", json_integer (missing));
  if (json_object_get (whole, "subject") != NULL)
    json_object_set (one, "subject", json_object_get (whole, "subject"));
  return one;
}

static void
put_up (McReceptionPage *self, const json_t *one)
{
  const char *subject = mc_json_string (one, "subject");

  self->loading = TRUE;
  mc_reception_procedure_put (self, one);
  mc_reception_parts_put (self, one);
  mc_reception_fee_put (self, one);
  gtk_editable_set_text (GTK_EDITABLE (self->applicant.subject), subject != NULL ? subject : "");
  self->loading = FALSE;
}

/* Back into the form; what stands there takes its place. */
static void
on_edit (GtkButton *button, McReceptionPage *self)
{
  size_t at = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), "mc-at"));
  g_autoptr (json_t) one = json_incref (json_array_get (self->more.kept, at));

  if (self->importing > 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (self->procedure.chosen != NULL)
    json_array_set_new (self->more.kept, at, take_down (self));
  else
    json_array_remove (self->more.kept, at);
  put_up (self, one);
  mc_reception_more_show (self);
  mc_reception_changed (self);
  mc_reception_parts_focus (self);
}

static void
add_row (McReceptionPage *self, size_t at, const json_t *one)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *edit = gtk_button_new_with_label (_ ("Change this one"));
  guint missing = (guint)mc_json_int (one, "missing", 0);
  g_autofree char *lacks = missing > 0
                               ? g_strdup_printf (ngettext ("%u required paper is not here yet",
                                                            "%u required papers are not here yet",
                                                            missing),
                                                  missing)
                               : NULL;
  g_autofree char *words = g_strdup_printf ("%u. %s%s%s",
                                            (guint)at + 1,
                                            name_of (self, one),
                                            lacks != NULL ? " · " : "",
                                            lacks != NULL ? lacks : "");
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (edit, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (edit), "mc-at", GSIZE_TO_POINTER (at));
  g_signal_connect (edit, "clicked", G_CALLBACK (on_edit), self);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), edit);
  gtk_box_append (GTK_BOX (self->more.list), row);
}

void
mc_reception_more_show (McReceptionPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->more.list)) != NULL)
    gtk_box_remove (GTK_BOX (self->more.list), child);
  for (size_t i = 0; i < json_array_size (self->more.kept); i++)
    add_row (self, i, json_array_get (self->more.kept, i));
  gtk_widget_set_visible (self->more.list, json_array_size (self->more.kept) > 0);
  gtk_widget_set_sensitive (self->more.add, self->procedure.chosen != NULL);
  /* A helper leaves one after the other: there is no receipt to have them on together. */
  gtk_widget_set_visible (self->more.add, !mc_reception_prepares (self));
}

guint
mc_reception_more_count (McReceptionPage *self)
{
  return (guint)json_array_size (self->more.kept);
}

void
mc_reception_more_add (McReceptionPage *self)
{
  if (self->procedure.chosen == NULL || self->importing > 0 || mc_reception_fee_bad (self) ||
      mc_reception_day_bad (self) != NULL || mc_reception_prepares (self))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (mc_reception_matter_open (self))
    {
      mc_reception_matter_ask (self);
      return;
    }
  if (self->more.kept == NULL)
    self->more.kept = json_array ();
  json_array_append_new (self->more.kept, take_down (self));
  self->loading = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->applicant.subject), "");
  gtk_editable_set_text (GTK_EDITABLE (self->procedure.search), "");
  mc_reception_procedure_clear (self);
  /* Another matter is declared anew, also on a form of the same kind. */
  mc_reception_declare_put (self, NULL);
  self->loading = FALSE;
  mc_reception_search_run (self);
  mc_reception_more_show (self);
  mc_reception_changed (self);
  gtk_widget_grab_focus (self->procedure.search);
}

void
mc_reception_more_get (McReceptionPage *self, json_t *reception)
{
  if (mc_reception_more_count (self) > 0)
    json_object_set_new (reception, "more", json_deep_copy (self->more.kept));
}

void
mc_reception_more_put (McReceptionPage *self, const json_t *reception)
{
  json_t *more = json_object_get (reception, "more");

  g_clear_pointer (&self->more.kept, json_decref);
  if (json_array_size (more) > 0)
    self->more.kept = json_deep_copy (more);
  mc_reception_more_show (self);
}

/* The first that was filled in is the first on the paper; what the form says comes last. */
void
mc_reception_more_order (json_t *reception)
{
  static const char *const members[] = { "procedure", "case",    "channel", "parts",       "fee",
                                         "fee_taken", "subject", "due",     "declarations" };
  json_t *more = json_object_get (reception, "more");
  g_autoptr (json_t) first = NULL;
  json_t *last;

  if (json_array_size (more) == 0)
    return;
  first = json_incref (json_array_get (more, 0));
  json_array_remove (more, 0);
  last = json_object ();
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_t *own = json_object_get (reception, members[i]);
      json_t *other = json_object_get (first, members[i]);

      if (own != NULL)
        json_object_set (last, members[i], own);
      json_object_del (reception, members[i]);
      if (other != NULL)
        json_object_set (reception, members[i], other);
    }
  if (json_object_get (last, "procedure") != NULL)
    json_array_append (more, last);
  json_decref (last);
}

static void
on_add (McReceptionPage *self)
{
  mc_reception_more_add (self);
}

GtkWidget *
mc_reception_more_build (McReceptionPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->more.list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->more.add = gtk_button_new_with_label (_ ("One more procedure for this resident (F12)"));
  gtk_widget_set_halign (self->more.add, GTK_ALIGN_END);
  gtk_widget_set_focusable (self->more.add, FALSE);
  gtk_widget_add_css_class (self->more.add, "flat");
  gtk_widget_set_sensitive (self->more.add, FALSE);
  g_signal_connect_swapped (self->more.add, "clicked", G_CALLBACK (on_add), self);
  gtk_widget_set_visible (self->more.list, FALSE);
  gtk_box_append (GTK_BOX (box), self->more.list);
  gtk_box_append (GTK_BOX (box), self->more.add);
  return box;
}
