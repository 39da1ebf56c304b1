/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who hands in for somebody else: a person with a mandate, or for an organisation. The applicant
 * stays whoever stands at the counter; here stands whose case it is and by what right.
 */
#include "mc-applicant.h"
#include "mc-ascii-field.h"
#include "mc-person-check.h"
#include "mc-reception-choice.h"
#include "mc-reception-field.h"
#include "mc-reception-private.h"
#include <glib/gi18n.h>

#define OWN "own"

static const McChoice kinds[] = {
  { OWN, N_ ("Their own") },
  { MC_FOR_PERSON, N_ ("By proxy") },
  { MC_FOR_ORGANISATION, N_ ("For an organisation") },
  { NULL, NULL },
};

/* What the fields are called for a person and for an organisation. */
static const struct
{
  const char *key;
  const char *person;
  const char *organisation;
} names[MC_N_PROXY_FIELDS] = {
  [MC_PROXY_NAME] = { "for_name",
                      N_ ("Full name of who gave the mandate"),
                      N_ ("Name of the organisation") },
  [MC_PROXY_ID] = { "for_id", N_ ("Their identity number"), N_ ("Tax code") },
  [MC_PROXY_ADDRESS] = { "for_address", N_ ("Their address"), N_ ("Registered address") },
  [MC_PROXY_PHONE] = { "for_phone", N_ ("Their phone"), N_ ("Phone of the organisation") },
  [MC_PROXY_EMAIL] = { "for_email",
                       N_ ("Their e-mail address"),
                       N_ ("E-mail of the organisation") },
  [MC_PROXY_RELATION] = { "relation",
                          N_ ("The applicant is their"),
                          N_ ("The applicant's position") },
  [MC_PROXY_MANDATE] = { "mandate",
                         N_ ("Mandate: number and day"),
                         N_ ("Mandate or letter of introduction, if any") },
};

static const char *
kind_of (McReceptionPage *self)
{
  const char *kind = mc_reception_choice_get (self->proxy.kind);

  return kind == NULL || g_str_equal (kind, OWN) ? NULL : kind;
}

static gboolean
for_organisation (McReceptionPage *self)
{
  return g_strcmp0 (kind_of (self), MC_FOR_ORGANISATION) == 0;
}

static const char *
id_hint (McReceptionPage *self, const char *id)
{
  if (!for_organisation (self))
    return mc_identity_doubt (id, NULL, NULL) != MC_ID_FINE
               ? _ ("Look at the number again: 12 digits, the first three a province.")
               : NULL;
  switch (mc_tax_doubt (id))
    {
    case MC_TAX_LENGTH_ODD:
      return _ ("A tax code has 10 digits, of a branch 13.");
    case MC_TAX_CHECK_ODD:
      return _ ("The last digit does not fit: look at the tax code again.");
    case MC_TAX_FINE:
    default:
      return NULL;
    }
}

static void
check (McReceptionPage *self)
{
  GtkWidget **fields = self->proxy.fields;
  g_autofree char *mandate = mc_reception_field_text (fields[MC_PROXY_MANDATE]);
  g_autofree char *name = mc_reception_field_text (fields[MC_PROXY_NAME]);

  mc_reception_field_hint (fields[MC_PROXY_ID],
                           id_hint (self,
                                    gtk_editable_get_text (GTK_EDITABLE (fields[MC_PROXY_ID]))));
  mc_reception_field_hint (fields[MC_PROXY_MANDATE],
                           *name != '\0' && *mandate == '\0' && !for_organisation (self)
                               ? _ ("No mandate is named: the receipt leaves its line to the pen.")
                               : NULL);
  mc_reception_field_hint (fields[MC_PROXY_PHONE],
                           mc_phone_doubt (gtk_editable_get_text (
                               GTK_EDITABLE (fields[MC_PROXY_PHONE]))) != MC_PHONE_FINE
                               ? _ ("A mobile number has 10 digits, a landline 11.")
                               : NULL);
}

static void
show_kind (McReceptionPage *self)
{
  gboolean organisation = for_organisation (self);

  gtk_widget_set_visible (self->proxy.box, kind_of (self) != NULL);
  for (guint i = 0; i < MC_N_PROXY_FIELDS; i++)
    mc_reception_field_name (self->proxy.fields[i],
                             organisation ? _ (names[i].organisation) : _ (names[i].person));
  check (self);
}

static void
on_kind (gpointer choice, gpointer data)
{
  McReceptionPage *self = data;

  show_kind (self);
  if (self->loading)
    return;
  mc_reception_changed (self);
  if (kind_of (self) != NULL)
    gtk_widget_grab_focus (self->proxy.fields[MC_PROXY_NAME]);
}

static void
on_field (gpointer entry, gpointer data)
{
  McReceptionPage *self = data;

  if (self->loading)
    return;
  check (self);
  mc_reception_changed (self);
}

static void
on_last_done (McReceptionPage *self)
{
  if (self->procedure.chosen == NULL)
    gtk_widget_grab_focus (self->procedure.search);
  else
    mc_reception_parts_focus (self);
}

GtkWidget *
mc_reception_proxy_build (McReceptionPage *self)
{
  McReceptionProxy *proxy = &self->proxy;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  static const int places[MC_N_PROXY_FIELDS][3] = {
    [MC_PROXY_NAME] = { 0, 0, 3 },    [MC_PROXY_ID] = { 3, 0, 3 },
    [MC_PROXY_ADDRESS] = { 0, 1, 6 }, [MC_PROXY_PHONE] = { 0, 2, 3 },
    [MC_PROXY_EMAIL] = { 3, 2, 3 },   [MC_PROXY_RELATION] = { 0, 3, 3 },
    [MC_PROXY_MANDATE] = { 3, 3, 3 },
  };

  proxy->kind = mc_reception_choice_new (_ ("Whose dossier it is"), kinds, on_kind, self);
  proxy->box = GTK_WIDGET (grid);
  gtk_grid_set_row_spacing (grid, 8);
  gtk_grid_set_column_spacing (grid, 12);
  gtk_grid_set_column_homogeneous (grid, TRUE);
  for (guint i = 0; i < MC_N_PROXY_FIELDS; i++)
    {
      proxy->fields[i] = gtk_entry_new ();
      gtk_editable_set_width_chars (GTK_EDITABLE (proxy->fields[i]), 8);
      mc_reception_field_watch (proxy->fields[i], on_field, self);
      gtk_grid_attach (grid,
                       mc_reception_field_new (_ (names[i].person), proxy->fields[i]),
                       places[i][0],
                       places[i][1],
                       places[i][2],
                       1);
    }
  mc_ascii_field_make (proxy->fields[MC_PROXY_PHONE], TRUE);
  mc_ascii_field_make (proxy->fields[MC_PROXY_EMAIL], FALSE);
  mc_reception_field_only (proxy->fields[MC_PROXY_ID], "0123456789-");
  g_signal_handlers_disconnect_by_func (proxy->fields[MC_PROXY_MANDATE], mc_reception_next, NULL);
  g_signal_connect_swapped (proxy->fields[MC_PROXY_MANDATE],
                            "activate",
                            G_CALLBACK (on_last_done),
                            self);
  gtk_box_append (GTK_BOX (box), mc_reception_field_new (_ ("Whose dossier it is"), proxy->kind));
  gtk_box_append (GTK_BOX (box), proxy->box);
  mc_reception_choice_set (proxy->kind, OWN);
  return box;
}

void
mc_reception_proxy_get (McReceptionPage *self, json_t *applicant)
{
  if (kind_of (self) == NULL)
    return;
  json_object_set_new (applicant, "for", json_string (kind_of (self)));
  for (guint i = 0; i < MC_N_PROXY_FIELDS; i++)
    {
      g_autofree char *text = mc_reception_field_text (self->proxy.fields[i]);

      if (*text != '\0')
        json_object_set_new (applicant, names[i].key, json_string (text));
    }
}

void
mc_reception_proxy_put (McReceptionPage *self, const json_t *applicant)
{
  const char *kind = mc_applicant_for (applicant);

  for (guint i = 0; i < MC_N_PROXY_FIELDS; i++)
    {
      const char *text = mc_json_string (applicant, names[i].key);

      gtk_editable_set_text (GTK_EDITABLE (self->proxy.fields[i]), text != NULL ? text : "");
    }
  mc_reception_choice_set (self->proxy.kind, kind != NULL ? kind : OWN);
  show_kind (self);
}

void
mc_reception_proxy_keep (json_t *applicant, const json_t *before)
{
  if (mc_applicant_for (before) == NULL)
    return;
  json_object_set (applicant, "for", json_object_get (before, "for"));
  for (guint i = 0; i < MC_N_PROXY_FIELDS; i++)
    if (json_object_get (before, names[i].key) != NULL)
      json_object_set (applicant, names[i].key, json_object_get (before, names[i].key));
}

/* The second card of a proxy is that of whoever gave the mandate. */
gboolean
mc_reception_proxy_card (McReceptionPage *self, const McCard *card)
{
  GtkWidget **fields = self->proxy.fields;
  const char *own = gtk_editable_get_text (GTK_EDITABLE (self->applicant.id));
  g_autofree char *name = mc_reception_field_text (fields[MC_PROXY_NAME]);

  if (g_strcmp0 (kind_of (self), MC_FOR_PERSON) != 0 || *name != '\0' || *own == '\0' ||
      card->id == NULL || g_str_equal (own, card->id))
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (fields[MC_PROXY_NAME]), card->name);
  gtk_editable_set_text (GTK_EDITABLE (fields[MC_PROXY_ID]), card->id);
  gtk_editable_set_text (GTK_EDITABLE (fields[MC_PROXY_ADDRESS]),
                         card->address != NULL ? card->address : "");
  mc_reception_field_hint (fields[MC_PROXY_NAME],
                           card->check_marks ? _ ("Check the accents: the reader dropped them.")
                                             : NULL);
  mc_reception_changed (self);
  gtk_widget_grab_focus (card->check_marks ? fields[MC_PROXY_NAME] : fields[MC_PROXY_RELATION]);
  return TRUE;
}

GtkWidget *
mc_reception_proxy_bad (McReceptionPage *self)
{
  g_autofree char *name = mc_reception_field_text (self->proxy.fields[MC_PROXY_NAME]);

  return kind_of (self) != NULL && *name == '\0' ? self->proxy.fields[MC_PROXY_NAME] : NULL;
}
