/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A resident who comes a second time for what is already under way: said in one line, with the way
 * to the dossier that is there. It stands in nobody's way: two may be right.
 */
#include "mc-moment.h"
#include "mc-reception-private.h"
#include "mc-words.h"
#include <glib/gi18n.h>

/* Of an old identity card; the new one has twelve. */
#define NUMBER_MIN 9

static char *
matter_words (McReceptionPage *self, GPtrArray *rows)
{
  McRow *row = rows->pdata[0];
  g_autofree char *code = mc_words_short_code (row->code);
  g_autofree char *at = mc_moment_words (row->received_ms, mc_store_now (self->context->reader));

  if (rows->len == 1)
    /* TRANSLATORS: code, time, state */
    return g_strdup_printf (
        _ ("This resident has dossier %s for the same procedure, received %s: %s."),
        code,
        at,
        mc_words_state (row->state));
  return g_strdup_printf (
      _ ("This resident has %u dossiers for the same procedure, the last one %s, received %s: %s."),
      rows->len,
      code,
      at,
      mc_words_state (row->state));
}

void
mc_reception_matter_look (McReceptionPage *self)
{
  McReceptionMatter *matter = &self->matter;
  const char *number = gtk_editable_get_text (GTK_EDITABLE (self->applicant.id));
  const char *procedure = self->procedure.chosen != NULL ? self->procedure.chosen->code : NULL;
  g_autofree char *looked = g_strdup_printf ("%s %s", number, procedure != NULL ? procedure : "");
  g_autoptr (GPtrArray) rows = NULL;

  if (g_strcmp0 (looked, matter->looked) == 0)
    return;
  g_free (matter->looked);
  matter->looked = g_steal_pointer (&looked);
  if (procedure != NULL && g_utf8_strlen (number, -1) >= NUMBER_MIN)
    rows = mc_store_same_matter (self->context->reader, number, procedure, NULL);
  gtk_widget_set_visible (matter->bar, rows != NULL && rows->len > 0);
  if (rows == NULL || rows->len == 0)
    return;
  g_autofree char *words = matter_words (self, rows);
  gtk_label_set_text (GTK_LABEL (matter->words), words);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (matter->open),
                                    "s",
                                    ((McRow *)rows->pdata[0])->id);
}

GtkWidget *
mc_reception_matter_build (McReceptionPage *self)
{
  McReceptionMatter *matter = &self->matter;

  matter->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  matter->words = gtk_label_new (NULL);
  matter->open = gtk_button_new_with_label (_ ("Open the dossier"));
  gtk_label_set_wrap (GTK_LABEL (matter->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (matter->words), 0);
  gtk_widget_set_hexpand (matter->words, TRUE);
  gtk_widget_set_valign (matter->open, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (matter->open), "win.open-dossier");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (matter->open), "s", "");
  gtk_box_append (GTK_BOX (matter->bar),
                  gtk_image_new_from_icon_name ("dialog-information-symbolic"));
  gtk_box_append (GTK_BOX (matter->bar), matter->words);
  gtk_box_append (GTK_BOX (matter->bar), matter->open);
  gtk_widget_set_visible (matter->bar, FALSE);
  return matter->bar;
}
