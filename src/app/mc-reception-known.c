/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A resident who was here before: what the office holds of them is offered, and one key fills it
 * in. What the card says now goes before what was said then; nothing that was typed is replaced.
 */
#include "mc-format.h"
#include "mc-known.h"
#include "mc-moment.h"
#include "mc-reception-choice.h"
#include "mc-reception-date.h"
#include "mc-reception-field.h"
#include "mc-reception-part-row.h"
#include "mc-reception-private.h"
#include "mc-text.h"
#include "mc-words.h"
#include <glib/gi18n.h>
#include <string.h>

static gboolean
given (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_empty (GtkWidget *entry)
{
  g_autofree char *text = mc_reception_field_text (entry);

  return *text == '\0';
}

/* What of `known` the form has no word of yet. */
static guint
to_fill (McReceptionPage *self, GString *words)
{
  McReceptionApplicant *applicant = &self->applicant;
  const json_t *person = self->known.known->applicant;
  const json_t *contact = self->known.known->contact;
  const struct
  {
    GtkWidget *entry;
    const char *text;
  } fields[] = {
    { applicant->name, mc_json_string (person, "name") },
    { applicant->id, mc_json_string (person, "id") },
    { applicant->address, mc_json_string (person, "address") },
    { applicant->phone, mc_json_string (contact, "phone") },
    { applicant->email, mc_json_string (contact, "email") },
  };
  guint count = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (given (fields[i].text) && is_empty (fields[i].entry))
      {
        g_string_append_printf (words, "%s%s", count > 0 ? ", " : "", fields[i].text);
        count++;
      }
  if (mc_json_string (person, "dob") != NULL && is_empty (applicant->dob))
    count++;
  return count;
}

static void
show_bar (McReceptionPage *self)
{
  McReceptionKnown *part = &self->known;
  g_autoptr (GString) offered = g_string_new (NULL);
  g_autofree char *at = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (part->bar, part->known != NULL);
  if (part->known == NULL)
    return;
  gtk_widget_set_visible (part->fill, to_fill (self, offered) > 0);
  at = mc_moment_words (part->known->received_ms, mc_store_now (self->context->reader));
  /* TRANSLATORS: time, procedure */
  words = g_strdup_printf (_ ("Was here %s: %s."), at, part->known->procedure_name);
  if (offered->len > 0)
    {
      g_autofree char *said = g_steal_pointer (&words);

      /* TRANSLATORS: the sentence before; telephone, address … */
      words = g_strdup_printf (_ ("%s The office has: %s."), said, offered->str);
    }
  gtk_label_set_label (GTK_LABEL (part->words), words);
}

static char *
asked_for (McReceptionPage *self, const char *number, const char *name, const char *dob)
{
  if (strlen (number) >= 9)
    return g_strdup (number);
  return dob != NULL ? g_strdup_printf ("%s %s", name, dob) : g_strdup ("");
}

void
mc_reception_known_look (McReceptionPage *self)
{
  McReceptionKnown *part = &self->known;
  const char *number = gtk_editable_get_text (GTK_EDITABLE (self->applicant.id));
  g_autofree char *name = mc_reception_field_text (self->applicant.name);
  g_autofree char *dob =
      mc_reception_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->applicant.dob)));
  g_autofree char *looked = asked_for (self, number, name, dob);

  if (g_strcmp0 (looked, part->looked) != 0)
    {
      g_free (part->looked);
      part->looked = g_steal_pointer (&looked);
      g_clear_pointer (&part->known, mc_known_free);
      if (*part->looked != '\0')
        part->known = mc_store_known (self->context->reader, number, name, dob);
      mc_reception_known_papers (self);
    }
  show_bar (self);
}

static const McHeld *
held_for (GPtrArray *all, const char *part)
{
  g_autofree char *wanted = mc_text_fold (part);

  for (guint i = 0; i < all->len; i++)
    {
      const McHeld *held = all->pdata[i];
      g_autofree char *folded = mc_text_fold (held->name);

      if (g_str_equal (folded, wanted))
        return held;
    }
  return NULL;
}

void
mc_reception_known_papers (McReceptionPage *self)
{
  const char *number =
      self->known.known != NULL ? mc_json_string (self->known.known->applicant, "id") : NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (self->parts.rows->len == 0 || mc_reception_prepares (self))
    return;
  all = mc_store_held (self->context->reader, number);
  for (guint i = 0; i < self->parts.rows->len; i++)
    {
      McReceptionPartRow *row = self->parts.rows->pdata[i];
      const McHeld *held = held_for (all, mc_reception_part_row_part (row)->name);
      g_autofree char *at =
          held != NULL ? mc_moment_words (held->received_ms, mc_store_now (self->context->reader))
                       : NULL;
      g_autofree char *code = held != NULL ? mc_words_short_code (held->code) : NULL;
      g_autofree char *words =
          /* TRANSLATORS: time, code of a dossier */
          held != NULL
              ? g_strdup_printf (_ ("The office has it, received %s with dossier %s"), at, code)
              : NULL;

      mc_reception_part_row_offer (row, held != NULL ? held->document : NULL, words);
    }
}

static gboolean
is_card (const McPart *part)
{
  g_autofree char *folded = mc_text_fold (part->name);

  return g_strcmp0 (part->form, "present") == 0 && strstr (folded, "can cuoc") != NULL;
}

void
mc_reception_known_shown (McReceptionPage *self)
{
  for (guint i = 0; self->applicant.carded && i < self->parts.rows->len; i++)
    {
      McReceptionPartRow *row = self->parts.rows->pdata[i];
      g_autoptr (json_t) shown = json_pack ("{s:b}", "ticked", 1);

      if (is_card (mc_reception_part_row_part (row)) && !mc_reception_part_row_in (row))
        mc_reception_part_row_put (row, shown);
    }
}

static void
fill_entry (GtkWidget *entry, const char *text)
{
  if (!given (text) || !is_empty (entry))
    return;
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
}

static void
fill (McReceptionPage *self)
{
  McReceptionApplicant *applicant = &self->applicant;
  const json_t *person = self->known.known->applicant;
  const json_t *contact = self->known.known->contact;
  const char *iso = mc_json_string (person, "dob");
  g_autofree char *dob = iso != NULL ? mc_format_dob (iso) : NULL;

  self->loading = TRUE;
  fill_entry (applicant->name, mc_json_string (person, "name"));
  fill_entry (applicant->id, mc_json_string (person, "id"));
  fill_entry (applicant->dob, dob);
  fill_entry (applicant->address, mc_json_string (person, "address"));
  fill_entry (applicant->phone, mc_json_string (contact, "phone"));
  fill_entry (applicant->email, mc_json_string (contact, "email"));
  if (mc_reception_choice_get (applicant->sex) == NULL)
    mc_reception_choice_set (applicant->sex, mc_json_string (person, "sex"));
  self->loading = FALSE;
  mc_reception_changed (self);
}

static void
on_fill (McReceptionPage *self)
{
  if (self->known.known == NULL)
    return;
  fill (self);
  if (self->procedure.chosen == NULL)
    gtk_widget_grab_focus (self->procedure.search);
  else
    mc_reception_parts_focus (self);
}

/* The same key takes over what is offered, from the top of the page down. */
void
mc_reception_known_use (McReceptionPage *self)
{
  if (self->known.known != NULL && gtk_widget_get_visible (self->known.fill))
    {
      on_fill (self);
      return;
    }
  for (guint i = 0; i < self->parts.rows->len; i++)
    if (mc_reception_part_row_reuse (self->parts.rows->pdata[i]))
      return;
  gtk_widget_error_bell (GTK_WIDGET (self));
}

void
mc_reception_known_clear (McReceptionPage *self)
{
  g_clear_pointer (&self->known.known, mc_known_free);
  g_clear_pointer (&self->known.looked, g_free);
}

GtkWidget *
mc_reception_known_build (McReceptionPage *self)
{
  McReceptionKnown *part = &self->known;

  part->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  part->words = gtk_label_new (NULL);
  part->fill = gtk_button_new_with_label (_ ("Fill in (F5)"));
  gtk_label_set_wrap (GTK_LABEL (part->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (part->words), 0);
  gtk_widget_set_hexpand (part->words, TRUE);
  gtk_widget_set_valign (part->fill, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (part->bar), gtk_image_new_from_icon_name ("avatar-default-symbolic"));
  gtk_box_append (GTK_BOX (part->bar), part->words);
  gtk_box_append (GTK_BOX (part->bar), part->fill);
  gtk_widget_set_visible (part->bar, FALSE);
  /* Reached by F5 from anywhere: Enter and Tab pass it by. */
  gtk_widget_set_focusable (part->fill, FALSE);
  g_signal_connect_swapped (part->fill, "clicked", G_CALLBACK (on_fill), self);
  return part->bar;
}
