/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-known.h"

#include "mc-applicant.h"
#include "mc-desk.h"
#include "mc-store-private.h"
#include "mc-text.h"
#include <string.h>

/* A person is the same over the years, but what is offered should be of use: the newest few. */
#define LOOK_AT 12
/* Of an old identity card; the new one has twelve. */
#define NUMBER_MIN 9
#define WHOLE_DATE 10

void
mc_known_free (McKnown *known)
{
  if (known == NULL)
    return;
  json_decref (known->applicant);
  json_decref (known->contact);
  g_free (known->code);
  g_free (known->procedure_name);
  g_free (known);
}

void
mc_held_free (McHeld *held)
{
  if (held == NULL)
    return;
  g_free (held->name);
  json_decref (held->document);
  g_free (held->code);
  g_free (held);
}

/* The newest dossiers in whose search text @words stand. */
static GPtrArray *
newest_with (McStore *store, const char *words)
{
  const McFilter filter = { .queue = MC_QUEUE_ALL, .search = words };
  g_autoptr (GArray) rows = mc_store_list (store, &filter, NULL);

  if (rows == NULL)
    return NULL;
  return mc_store_rows (store, (const gint64 *)(void *)rows->data, MIN (rows->len, LOOK_AT), NULL);
}

static void
keep_members (json_t *into, const json_t *from, const char *const *keys)
{
  for (guint i = 0; keys[i] != NULL; i++)
    {
      const char *text = mc_json_string (from, keys[i]);

      if (text != NULL && *text != '\0')
        json_object_set_new (into, keys[i], json_string (text));
    }
}

/* Who gave a mandate then and stands here now is known too, as far as was said. */
static json_t *
person_of (const json_t *applicant, gboolean as_owner)
{
  static const char *const own[] = { "name", "id", "dob", "sex", "address", NULL };
  static const char *const owners[][2] = { { "for_name", "name" },
                                           { "for_id", "id" },
                                           { "for_address", "address" } };
  json_t *person = json_object ();

  if (!as_owner)
    keep_members (person, applicant, own);
  for (gsize i = 0; as_owner && i < G_N_ELEMENTS (owners); i++)
    if (mc_json_string (applicant, owners[i][0]) != NULL)
      json_object_set (person, owners[i][1], json_object_get (applicant, owners[i][0]));
  return person;
}

static json_t *
contact_of (McRecord *record, const json_t *applicant, gboolean as_owner)
{
  static const char *const keys[] = { "phone", "email", NULL };
  const char *phone = mc_json_string (applicant, "for_phone");
  const char *email = mc_json_string (applicant, "for_email");
  json_t *contact = json_object ();

  if (!as_owner)
    keep_members (contact, mc_record_peek (record, MC_GROUP_CONTACT), keys);
  if (as_owner && phone != NULL)
    json_object_set_new (contact, "phone", json_string (phone));
  if (as_owner && email != NULL)
    json_object_set_new (contact, "email", json_string (email));
  return contact;
}

static gboolean
has_number (const json_t *applicant, const char *number, gboolean as_owner)
{
  return number != NULL &&
         g_strcmp0 (mc_json_string (applicant, as_owner ? "for_id" : "id"), number) == 0;
}

static McKnown *
known_of (const McRow *row, McRecord *record, const json_t *applicant, gboolean as_owner)
{
  McKnown *known = g_new0 (McKnown, 1);

  known->applicant = person_of (applicant, as_owner);
  known->contact = contact_of (record, applicant, as_owner);
  known->code = g_strdup (row->code);
  known->procedure_name = g_strdup (row->procedure_name);
  known->received_ms = row->received_ms;
  return known;
}

static McKnown *
by_number (McStore *store, GPtrArray *rows, const char *number)
{
  for (guint i = 0; i < rows->len; i++)
    {
      McRow *row = rows->pdata[i];
      g_autoptr (McRecord) record = mc_ledger_record (store->db, row->id, NULL);
      const json_t *applicant = record ? mc_record_peek (record, MC_GROUP_APPLICANT) : NULL;

      if (has_number (applicant, number, FALSE))
        return known_of (row, record, applicant, FALSE);
      if (has_number (applicant, number, TRUE) &&
          g_strcmp0 (mc_applicant_for (applicant), MC_FOR_PERSON) == 0)
        return known_of (row, record, applicant, TRUE);
    }
  return NULL;
}

/* Two residents may share name and birthday: then the number must say who it is. */
static McKnown *
by_name (McStore *store, GPtrArray *rows, const char *name, const char *dob)
{
  g_autoptr (McKnown) known = NULL;
  g_autofree char *wanted = mc_text_fold (name);

  for (guint i = 0; i < rows->len; i++)
    {
      McRow *row = rows->pdata[i];
      g_autoptr (McRecord) record = mc_ledger_record (store->db, row->id, NULL);
      const json_t *applicant = record ? mc_record_peek (record, MC_GROUP_APPLICANT) : NULL;
      const char *text = mc_json_string (applicant, "name");
      g_autofree char *folded = text != NULL ? mc_text_fold (text) : NULL;

      if (g_strcmp0 (folded, wanted) != 0 ||
          g_strcmp0 (mc_json_string (applicant, "dob"), dob) != 0)
        continue;
      if (known != NULL && g_strcmp0 (mc_json_string (known->applicant, "id"),
                                      mc_json_string (applicant, "id")) != 0)
        return NULL;
      if (known == NULL)
        known = known_of (row, record, applicant, FALSE);
    }
  return g_steal_pointer (&known);
}

McKnown *
mc_store_known (McStore *store, const char *number, const char *name, const char *dob)
{
  g_autoptr (GPtrArray) rows = NULL;
  gboolean numbered = number != NULL && strlen (number) >= NUMBER_MIN;

  g_return_val_if_fail (store != NULL, NULL);

  if (!numbered && (name == NULL || *name == '\0' || dob == NULL || strlen (dob) != WHOLE_DATE))
    return NULL;
  rows = newest_with (store, numbered ? number : name);
  if (rows == NULL)
    return NULL;
  return numbered ? by_number (store, rows, number) : by_name (store, rows, name, dob);
}

static void
add_held (McStore *store, const McDossier *dossier, GPtrArray *all)
{
  g_autoptr (McProcedure) procedure = mc_store_procedure_of (store, dossier);

  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    {
      const McPart *part = procedure->parts->pdata[i];
      g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, part->id, NULL);
      json_t *document = json_object_get (mc_record_peek (dossier->record, group), "document");
      const char *sha256 = mc_json_string (document, "sha256");
      McHeld *held;

      if (sha256 == NULL || !mc_store_blob_here (store, sha256))
        continue;
      held = g_new0 (McHeld, 1);
      held->name = g_strdup (part->name);
      held->document = json_deep_copy (document);
      held->code = g_strdup (dossier->row->code);
      held->received_ms = dossier->row->received_ms;
      g_ptr_array_add (all, held);
    }
}

GPtrArray *
mc_store_held (McStore *store, const char *number)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_held_free);
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (store != NULL, all);

  if (number == NULL || strlen (number) < NUMBER_MIN)
    return all;
  rows = newest_with (store, number);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      McRow *row = rows->pdata[i];
      g_autoptr (McDossier) dossier = mc_store_dossier (store, row->id, NULL);

      if (dossier != NULL && mc_applicant_is (mc_record_peek (dossier->record, MC_GROUP_APPLICANT),
                                              number,
                                              NULL,
                                              NULL))
        add_held (store, dossier, all);
    }
  return all;
}
