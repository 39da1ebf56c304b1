/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ascii-field.h"
#include "mc-format.h"
#include "mc-reception-choice.h"
#include "mc-reception-date.h"
#include "mc-reception-field.h"
#include "mc-reception-private.h"
#include <glib/gi18n.h>
#include <string.h>

/* The name as a reader without diacritics gave it. */
#define UNMARKED "mc-unmarked"

static const McChoice sexes[] = {
  { "male", N_ ("Male") },
  { "female", N_ ("Female") },
  { NULL, NULL },
};

static char *
dob_iso (McReceptionPage *self)
{
  return mc_reception_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->applicant.dob)));
}

/* An input method that takes up a field says that its empty word changed: nobody typed. */
static gboolean
name_mended (McReceptionPage *self)
{
  g_autofree char *name = mc_reception_field_text (self->applicant.name);

  return g_strcmp0 (name, g_object_get_data (G_OBJECT (self->applicant.name), UNMARKED)) != 0;
}

static void
on_changed (gpointer entry, gpointer data)
{
  McReceptionPage *self = data;

  if (self->loading)
    return;
  if (entry == self->applicant.name && self->applicant.check_marks && name_mended (self))
    {
      self->applicant.check_marks = FALSE;
      mc_reception_field_hint (self->applicant.name, NULL);
    }
  mc_reception_check (self);
  mc_reception_changed (self);
}

/* A date is shown as the office writes it once it is typed. */
static void
on_dob_left (McReceptionPage *self)
{
  g_autofree char *dob = dob_iso (self);
  g_autofree char *shown = dob != NULL ? mc_format_dob (dob) : NULL;

  if (shown != NULL &&
      strcmp (shown, gtk_editable_get_text (GTK_EDITABLE (self->applicant.dob))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->applicant.dob), shown);
  mc_reception_check_left (self);
}

/* The fourth digit of the number says the sex: it need not be asked. */
static void
on_id_left (McReceptionPage *self)
{
  const char *id = gtk_editable_get_text (GTK_EDITABLE (self->applicant.id));

  if (strlen (id) == 12 && mc_reception_choice_get (self->applicant.sex) == NULL)
    mc_reception_choice_set (self->applicant.sex, (id[3] - '0') % 2 == 0 ? "male" : "female");
  mc_reception_check_left (self);
}

/* The e-mail is the last that Enter asks for; who it is about, if another, is reached by Tab. */
static void
on_email_done (McReceptionPage *self)
{
  if (self->procedure.chosen == NULL)
    gtk_widget_grab_focus (self->procedure.search);
  else
    mc_reception_parts_focus (self);
}

static void
on_dob_done (McReceptionPage *self)
{
  if (mc_reception_choice_get (self->applicant.sex) != NULL)
    gtk_widget_grab_focus (self->applicant.address);
  else
    mc_reception_next (self->applicant.dob);
}

/* After a card only its name may need a hand; the telephone is the first thing it does not say. */
static void
on_name_done (McReceptionPage *self)
{
  McReceptionApplicant *applicant = &self->applicant;

  if (*gtk_editable_get_text (GTK_EDITABLE (applicant->id)) != '\0' &&
      *gtk_editable_get_text (GTK_EDITABLE (applicant->dob)) != '\0' &&
      *gtk_editable_get_text (GTK_EDITABLE (applicant->address)) != '\0')
    gtk_widget_grab_focus (applicant->phone);
  else
    mc_reception_next (applicant->name);
}

static void
on_undo_card (McReceptionPage *self)
{
  g_autoptr (json_t) before = g_steal_pointer (&self->applicant.before);

  gtk_widget_set_visible (self->applicant.replaced, FALSE);
  if (before == NULL)
    return;
  mc_reception_applicant_put (self, before);
  mc_reception_changed (self);
}

static GtkWidget *
make_replaced (McReceptionPage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_label_new (_ ("The applicant was replaced by the card just scanned."));
  GtkWidget *undo = gtk_button_new_with_label (_ ("Undo"));

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (bar), words);
  gtk_box_append (GTK_BOX (bar), undo);
  gtk_widget_set_valign (undo, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (bar, FALSE);
  g_signal_connect_swapped (undo, "clicked", G_CALLBACK (on_undo_card), self);
  return bar;
}

static GtkWidget *
entry (McReceptionPage *self, GtkInputPurpose purpose)
{
  GtkWidget *widget = gtk_entry_new ();

  gtk_entry_set_input_purpose (GTK_ENTRY (widget), purpose);
  gtk_editable_set_width_chars (GTK_EDITABLE (widget), 8);
  mc_reception_field_watch (widget, on_changed, self);
  return widget;
}

static void
on_leave (GtkWidget *widget, GCallback callback, McReceptionPage *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "leave", callback, self);
  gtk_widget_add_controller (widget, focus);
}

static void
connect_keys (McReceptionPage *self)
{
  McReceptionApplicant *applicant = &self->applicant;

  mc_ascii_field_make (applicant->id, TRUE);
  mc_ascii_field_make (applicant->phone, TRUE);
  mc_reception_field_only (applicant->dob, "0123456789/-. ");
  mc_ascii_field_make (applicant->email, FALSE);
  on_leave (applicant->dob, G_CALLBACK (on_dob_left), self);
  on_leave (applicant->id, G_CALLBACK (on_id_left), self);
  on_leave (applicant->name, G_CALLBACK (mc_reception_check_left), self);
  on_leave (applicant->phone, G_CALLBACK (mc_reception_check_left), self);
  on_leave (applicant->email, G_CALLBACK (mc_reception_check_left), self);
  g_signal_handlers_disconnect_by_func (applicant->email, mc_reception_next, NULL);
  g_signal_handlers_disconnect_by_func (applicant->dob, mc_reception_next, NULL);
  g_signal_handlers_disconnect_by_func (applicant->name, mc_reception_next, NULL);
  g_signal_connect_swapped (applicant->name, "activate", G_CALLBACK (on_name_done), self);
  g_signal_connect_swapped (applicant->email, "activate", G_CALLBACK (on_email_done), self);
  g_signal_connect_swapped (applicant->dob, "activate", G_CALLBACK (on_dob_done), self);
}

GtkWidget *
mc_reception_applicant_build (McReceptionPage *self)
{
  McReceptionApplicant *applicant = &self->applicant;
  GtkWidget *grid = gtk_grid_new ();
  GtkGrid *g = GTK_GRID (grid);

  gtk_grid_set_row_spacing (g, 8);
  gtk_grid_set_column_spacing (g, 12);
  gtk_grid_set_column_homogeneous (g, TRUE);
  applicant->name = entry (self, GTK_INPUT_PURPOSE_NAME);
  applicant->id = entry (self, GTK_INPUT_PURPOSE_DIGITS);
  applicant->dob = entry (self, GTK_INPUT_PURPOSE_FREE_FORM);
  applicant->sex = mc_reception_choice_new (_ ("Sex"), sexes, on_changed, self);
  applicant->address = entry (self, GTK_INPUT_PURPOSE_FREE_FORM);
  applicant->phone = entry (self, GTK_INPUT_PURPOSE_PHONE);
  applicant->email = entry (self, GTK_INPUT_PURPOSE_EMAIL);
  applicant->subject = entry (self, GTK_INPUT_PURPOSE_NAME);
  applicant->pickup = entry (self, GTK_INPUT_PURPOSE_FREE_FORM);
  applicant->replaced = make_replaced (self);

  gtk_grid_attach (g, applicant->replaced, 0, 0, 6, 1);
  gtk_grid_attach (g, mc_reception_known_build (self), 0, 6, 6, 1);
  gtk_grid_attach (g, mc_reception_proxy_build (self), 0, 7, 6, 1);
  gtk_grid_attach (g, mc_reception_field_new (_ ("Full name"), applicant->name), 0, 1, 3, 1);
  gtk_grid_attach (g, mc_reception_field_new (_ ("Identity number"), applicant->id), 3, 1, 3, 1);
  gtk_grid_attach (g, mc_reception_field_new (_ ("Date of birth"), applicant->dob), 0, 2, 3, 1);
  gtk_grid_attach (g, mc_reception_field_new (_ ("Sex"), applicant->sex), 3, 2, 3, 1);
  gtk_grid_attach (g, mc_reception_field_new (_ ("Address"), applicant->address), 0, 3, 6, 1);
  gtk_grid_attach (g, mc_reception_field_new (_ ("Phone"), applicant->phone), 0, 4, 3, 1);
  gtk_grid_attach (g, mc_reception_field_new (_ ("E-mail address"), applicant->email), 3, 4, 3, 1);
  gtk_grid_attach (g,
                   mc_reception_field_new (_ ("About whom or what, in words"), applicant->subject),
                   0,
                   5,
                   4,
                   1);
  gtk_grid_attach (g,
                   mc_reception_field_new (_ ("Result received at"), applicant->pickup),
                   4,
                   5,
                   2,
                   1);
  connect_keys (self);
  return mc_reception_section (_ ("Applicant"), grid);
}

static void
set_text (json_t *object, const char *key, GtkWidget *widget)
{
  g_autofree char *text = mc_reception_field_text (widget);

  if (*text != '\0')
    json_object_set_new (object, key, json_string (text));
}

void
mc_reception_applicant_get (McReceptionPage *self, json_t *reception)
{
  McReceptionApplicant *applicant = &self->applicant;
  json_t *person = json_object ();
  json_t *contact = json_object ();
  const char *sex = mc_reception_choice_get (applicant->sex);
  g_autofree char *dob = dob_iso (self);

  set_text (person, "name", applicant->name);
  set_text (person, "id", applicant->id);
  set_text (person, "address", applicant->address);
  if (dob != NULL)
    json_object_set_new (person, "dob", json_string (dob));
  if (sex != NULL)
    json_object_set_new (person, "sex", json_string (sex));
  set_text (contact, "phone", applicant->phone);
  set_text (contact, "email", applicant->email);
  set_text (contact, "pickup", applicant->pickup);
  mc_reception_proxy_get (self, person);
  json_object_set_new (reception, "applicant", person);
  if (json_object_size (contact) > 0)
    json_object_set (reception, "contact", contact);
  json_decref (contact);
  set_text (reception, "subject", applicant->subject);
}

static void
put_text (GtkWidget *widget, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (widget), text != NULL ? text : "");
  gtk_editable_set_position (GTK_EDITABLE (widget), -1);
}

void
mc_reception_applicant_put (McReceptionPage *self, const json_t *reception)
{
  McReceptionApplicant *applicant = &self->applicant;
  const json_t *person = json_object_get (reception, "applicant");
  const json_t *contact = json_object_get (reception, "contact");
  const char *typed = mc_json_string (json_object_get (reception, "typed"), "dob");
  const char *iso = mc_json_string (person, "dob");
  g_autofree char *dob = iso != NULL ? mc_format_dob (iso) : g_strdup (typed);
  gboolean loading = self->loading;

  self->loading = TRUE;
  put_text (applicant->name, mc_json_string (person, "name"));
  put_text (applicant->id, mc_json_string (person, "id"));
  put_text (applicant->dob, dob);
  put_text (applicant->address, mc_json_string (person, "address"));
  put_text (applicant->phone, mc_json_string (contact, "phone"));
  put_text (applicant->email, mc_json_string (contact, "email"));
  put_text (applicant->pickup, mc_json_string (contact, "pickup"));
  put_text (applicant->subject, mc_json_string (reception, "subject"));
  mc_reception_choice_set (applicant->sex, mc_json_string (person, "sex"));
  mc_reception_proxy_put (self, person);
  applicant->check_marks = FALSE;
  mc_reception_field_hint (applicant->name, NULL);
  mc_reception_check_left (self);
  self->loading = loading;
}

static json_t *
card_json (const McCard *card)
{
  json_t *person = json_object ();
  const struct
  {
    const char *key;
    const char *value;
  } members[] = {
    { "name", card->name }, { "id", card->id },           { "dob", card->dob },
    { "sex", card->sex },   { "address", card->address },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].value != NULL)
      json_object_set_new (person, members[i].key, json_string (members[i].value));
  return person;
}

/* Whether somebody else than the card's person is in the form already. */
static gboolean
is_another (const json_t *person, const McCard *card)
{
  const char *id = mc_json_string (person, "id");
  const char *name = mc_json_string (person, "name");

  if (id != NULL && card->id != NULL)
    return !g_str_equal (id, card->id);
  return name != NULL && g_strcmp0 (name, card->name) != 0;
}

void
mc_reception_applicant_card (McReceptionPage *self, const McCard *card)
{
  McReceptionApplicant *applicant = &self->applicant;
  g_autoptr (json_t) before = NULL;
  g_autoptr (json_t) after = NULL;
  gboolean another;

  if (mc_reception_proxy_card (self, card))
    return;
  before = mc_reception_get (self);
  after = json_copy (before);
  another = is_another (json_object_get (before, "applicant"), card);
  json_object_set_new (after, "applicant", card_json (card));
  if (another)
    json_object_del (after, "contact"); /* the other person's telephone */
  else
    mc_reception_proxy_keep (json_object_get (after, "applicant"),
                             json_object_get (before, "applicant"));
  mc_reception_applicant_put (self, after);
  g_clear_pointer (&applicant->before, json_decref);
  if (another)
    applicant->before = json_incref (before);
  gtk_widget_set_visible (applicant->replaced, another);
  applicant->check_marks = card->check_marks;
  g_object_set_data_full (G_OBJECT (applicant->name), UNMARKED, g_strdup (card->name), g_free);
  applicant->carded = TRUE;
  mc_reception_known_shown (self);
  if (card->check_marks)
    mc_reception_field_hint (applicant->name, _ ("Check the accents: the reader dropped them."));
  mc_reception_changed (self);
  gtk_widget_grab_focus (card->check_marks ? applicant->name : applicant->phone);
}

GtkWidget *
mc_reception_applicant_bad (McReceptionPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->applicant.dob));
  g_autofree char *dob = dob_iso (self);

  return *text != '\0' && dob == NULL ? self->applicant.dob : NULL;
}

gboolean
mc_reception_applicant_named (McReceptionPage *self)
{
  g_autofree char *name = mc_reception_field_text (self->applicant.name);

  return *name != '\0';
}
