/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A resident who comes a second time for what is already under way: said in one line, with the way
 * to the dossier that is there. Before it is saved somebody says that both are meant: two may be
 * right.
 */
#include "mc-applicant.h"
#include "mc-moment.h"
#include "mc-reception-private.h"
#include "mc-words.h"
#include <glib/gi18n.h>
#include <string.h>

/* Of an old identity card; the new one has twelve. */
#define NUMBER_MIN 9

static char *
matter_words (McReceptionPage *self, GPtrArray *rows)
{
  McRow *row = rows->pdata[0];
  g_autofree char *code = mc_words_short_code (row->code);
  g_autofree char *at = mc_moment_words (row->received_ms, mc_store_now (self->context->reader));
  const char *state = row->waiting ? _ ("not sent yet") : mc_words_state (row->state);

  if (rows->len == 1)
    /* TRANSLATORS: code, time, state */
    return g_strdup_printf (
        _ ("This resident has dossier %s for the same procedure, received %s: %s."),
        code,
        at,
        state);
  return g_strdup_printf (
      _ ("This resident has %u dossiers for the same procedure, the last one %s, received %s: %s."),
      rows->len,
      code,
      at,
      state);
}

/* Of whose case it is: the number, or where there is none the name with the date of birth. */
static void
matter_of (const json_t *applicant, const char *procedure, McMatter *ret_matter)
{
  const char *number = mc_applicant_owner_id (applicant);

  ret_matter->procedure = procedure;
  ret_matter->number = number != NULL && strlen (number) >= NUMBER_MIN ? number : NULL;
  ret_matter->dob = mc_json_string (applicant, "dob");
  ret_matter->name = ret_matter->dob != NULL && mc_applicant_for (applicant) == NULL
                         ? mc_json_string (applicant, "name")
                         : NULL;
}

static const char *
or_none (const char *text)
{
  return text != NULL ? text : "";
}

void
mc_reception_matter_look (McReceptionPage *self)
{
  McReceptionMatter *part = &self->matter;
  g_autoptr (json_t) reception = json_object ();
  g_autofree char *looked = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  McMatter matter;

  mc_reception_applicant_get (self, reception);
  matter_of (json_object_get (reception, "applicant"),
             self->procedure.chosen != NULL ? self->procedure.chosen->code : NULL,
             &matter);
  looked = g_strdup_printf ("%s %s %s %s",
                            or_none (matter.number),
                            or_none (matter.name),
                            or_none (matter.dob),
                            or_none (matter.procedure));
  if (g_strcmp0 (looked, part->looked) == 0)
    return;
  g_free (part->looked);
  part->looked = g_steal_pointer (&looked);
  rows = mc_store_same_matter (self->context->reader, &matter, NULL);
  gtk_widget_set_visible (part->bar, rows != NULL && rows->len > 0);
  if (rows == NULL || rows->len == 0)
    return;
  g_autofree char *words = matter_words (self, rows);
  gtk_label_set_text (GTK_LABEL (part->words), words);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (part->open),
                                    "s",
                                    ((McRow *)rows->pdata[0])->id);
}

gboolean
mc_reception_matter_open (McReceptionPage *self)
{
  return gtk_widget_get_visible (self->matter.bar) &&
         g_strcmp0 (self->matter.accepted, self->matter.looked) != 0;
}

void
mc_reception_matter_ask (McReceptionPage *self)
{
  mc_reception_reveal (self, self->matter.bar);
  gtk_widget_grab_focus (self->matter.open);
  gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_accept (McReceptionPage *self)
{
  g_free (self->matter.accepted);
  self->matter.accepted = g_strdup (self->matter.looked);
  mc_reception_page_save (self);
}

GtkWidget *
mc_reception_matter_build (McReceptionPage *self)
{
  McReceptionMatter *matter = &self->matter;
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  matter->bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  matter->words = gtk_label_new (NULL);
  matter->open = gtk_button_new_with_label (_ ("Open that dossier"));
  matter->accept = gtk_button_new_with_label (_ ("Receive all the same"));
  gtk_label_set_wrap (GTK_LABEL (matter->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (matter->words), 0);
  gtk_widget_set_hexpand (matter->words, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (matter->open), "win.open-dossier");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (matter->open), "s", "");
  g_signal_connect_swapped (matter->accept, "clicked", G_CALLBACK (on_accept), self);
  gtk_box_append (GTK_BOX (words), gtk_image_new_from_icon_name ("dialog-information-symbolic"));
  gtk_box_append (GTK_BOX (words), matter->words);
  gtk_box_append (GTK_BOX (buttons), matter->open);
  gtk_box_append (GTK_BOX (buttons), matter->accept);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (matter->bar), words);
  gtk_box_append (GTK_BOX (matter->bar), buttons);
  gtk_widget_set_visible (matter->bar, FALSE);
  return matter->bar;
}
