/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a helper of the community digital team prepared with a resident: a record of the office,
 * without code, receipt or clock. Every desk of the office has it among its drafts until a clerk
 * has received it, it was withdrawn, or its days are over; then nothing of the resident is left
 * there.
 */
#include "mc-preparation.h"

#include "mc-desk-private.h"
#include "mc-error.h"
#include "mc-id.h"
#include <string.h>

static const char *const persons[] = { "applicant", "contact", "subject" };
static const char *const matters[] = { "procedure", "case", "channel" };

static void
copy (json_t *into, const json_t *from, const char *member)
{
  json_t *value = json_object_get (from, member);

  if (value != NULL && !json_is_null (value))
    json_object_set (into, member, value);
}

/* Who prepared it, as the form shows it. Returns: (transfer full) */
static json_t *
prepared_of (McStore *store, McRecord *record)
{
  const json_t *said = mc_record_peek (record, MC_GROUP_PREPARATION);
  g_autoptr (McOp) made = mc_ledger_op (store->db, record->creator);
  json_t *prepared =
      json_pack ("{s:s,s:s,s:b}", "id", record->id, "by", made ? made->by : "", "consent", 1);

  copy (prepared, said, "name");
  copy (prepared, said, "until");
  return prepared;
}

/* The form as it was left, out of the groups. Returns: (transfer full) */
static json_t *
reception_of (McStore *store, McRecord *record)
{
  const json_t *said = mc_record_peek (record, MC_GROUP_PREPARATION);
  json_t *reception = json_pack ("{s:o}", "prepared", prepared_of (store, record));
  json_t *parts = json_object ();
  GHashTableIter groups;
  gpointer name;

  for (guint i = 0; i < G_N_ELEMENTS (matters); i++)
    copy (reception, said, matters[i]);
  for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
    {
      const json_t *value = mc_record_peek (record, persons[i]);

      if (value != NULL && !json_is_null (value))
        json_object_set_new (reception, persons[i], json_deep_copy (value));
    }
  g_hash_table_iter_init (&groups, record->groups);
  while (g_hash_table_iter_next (&groups, &name, NULL))
    if (g_str_has_prefix (name, MC_GROUP_PART_PREFIX))
      json_object_set_new (parts,
                           (const char *)name + strlen (MC_GROUP_PART_PREFIX),
                           mc_record_json (record, name));
  json_object_set_new (reception, "parts", parts);
  return reception;
}

/* Of what is done only the word that it is stays, for who prepared it. */
static gboolean
project_ended (McStore *store, McRecord *record, const json_t *ended, GError **error)
{
  g_autoptr (json_t) done = NULL;
  g_autofree char *text = NULL;

  if (g_strcmp0 (mc_json_string (ended, "how"), "received") != 0)
    return mc_db_run (store->db, error, "DELETE FROM draft WHERE id = ?1", "s", record->id);
  done = json_pack ("{s:o}", "prepared", prepared_of (store, record));
  json_object_set_new (json_object_get (done, "prepared"), "ended", json_deep_copy (ended));
  text = mc_json_text (done);
  return mc_db_run (store->db,
                    error,
                    "UPDATE draft SET reception = ?2 WHERE id = ?1",
                    "ss",
                    record->id,
                    text);
}

gboolean
mc_preparation_project (McStore *store, McRecord *record, GError **error)
{
  const json_t *ended = mc_record_peek (record, MC_GROUP_ENDED);
  g_autoptr (McOp) made = mc_ledger_op (store->db, record->creator);
  g_autoptr (json_t) reception = NULL;
  g_autofree char *text = NULL;

  if (json_is_object (ended))
    return project_ended (store, record, ended, error);
  reception = reception_of (store, record);
  text = mc_json_text (reception);
  /* What a clerk has typed on since stays as it is. */
  return mc_db_run (store->db,
                    error,
                    "INSERT OR IGNORE INTO draft (id, at, reception) VALUES (?1, ?2, ?3)",
                    "sis",
                    record->id,
                    made != NULL ? mc_stamp_ms (made->at) : mc_store_now (store),
                    text) &&
         mc_store_project_blobs (store, record, error);
}

/* The record of what was prepared, where @prepared names one that there is. @ret_ended: how it
 * ended, or NULL. Borrowed from the record. */
static McRecord *
record_of (McStore *store, const json_t *prepared, const json_t **ret_ended, GError **error)
{
  const char *id = mc_json_string (prepared, "id");
  g_autoptr (McRecord) record = id != NULL ? mc_ledger_record (store->db, id, error) : NULL;

  *ret_ended = NULL;
  if (record == NULL || record->creator == NULL)
    return NULL;
  *ret_ended = mc_record_peek (record, MC_GROUP_ENDED);
  if (!json_is_object (*ret_ended))
    *ret_ended = NULL;
  return g_steal_pointer (&record);
}

static gboolean
end (McDesk *desk, const char *id, json_t *body, GError **error)
{
  g_autoptr (json_t) said = body;
  g_autoptr (McOp) op = NULL;

  op = mc_store_append (desk->store, desk->staff->id, id, MC_VERB_END, said, NULL, NULL, error);
  return op != NULL;
}

gboolean
mc_preparation_received (McDesk *desk,
                         const json_t *reception,
                         const char *id,
                         const char *code,
                         GError **error)
{
  g_autoptr (GError) problem = NULL;
  const json_t *ended = NULL;
  g_autoptr (McRecord) record =
      record_of (desk->store, json_object_get (reception, "prepared"), &ended, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;
  if (ended != NULL && g_strcmp0 (mc_json_string (ended, "how"), "received") == 0)
    return mc_desk_refuse (error, "prepared");
  return ended != NULL ||
         end (desk,
              record->id,
              json_pack ("{s:s,s:s,s:s}", "how", "received", "dossier", id, "code", code),
              error);
}

static gboolean
end_as (McDesk *desk, const json_t *prepared, const char *how, GError **error)
{
  g_autoptr (GError) problem = NULL;
  const json_t *ended = NULL;
  g_autoptr (McRecord) record = record_of (desk->store, prepared, &ended, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (record == NULL || ended != NULL)
    return TRUE;
  return mc_desk_may (desk, MC_VERB_END, error) &&
         end (desk, record->id, json_pack ("{s:s}", "how", how), error);
}

gboolean
mc_preparation_withdraw (McDesk *desk, const char *id, GError **error)
{
  g_autoptr (json_t) prepared = json_pack ("{s:s}", "id", id);

  return !mc_id_valid (id) || end_as (desk, prepared, "withdrawn", error);
}

static json_t *
body_of (McDesk *desk, json_t *reception)
{
  g_autofree char *office = mc_store_fact (desk->store, "office");
  g_autoptr (GDateTime) now = mc_local (mc_store_now (desk->store));
  g_autoptr (GDateTime) last = g_date_time_add_days (now, MC_PREPARATION_DAYS);
  g_autofree char *until = g_date_time_format (last, "%Y-%m-%d");
  json_t *body = json_pack ("{s:s,s:s,s:s}",
                            "office",
                            office != NULL ? office : "",
                            "name",
                            desk->staff->name,
                            "until",
                            until);

  for (guint i = 0; i < G_N_ELEMENTS (matters); i++)
    copy (body, reception, matters[i]);
  for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
    copy (body, reception, persons[i]);
  copy (body, reception, "parts");
  json_object_set_new (
      body,
      "consent",
      json_boolean (mc_json_bool (json_object_get (reception, "prepared"), "consent", FALSE)));
  return body;
}

static gboolean
prepare (McDesk *desk, const char *draft, json_t *reception, GError **error)
{
  g_autoptr (json_t) body = body_of (desk, reception);
  g_autofree char *id = mc_id_new (mc_store_now (desk->store));
  g_autoptr (McOp) op = NULL;

  if (!mc_desk_hold_documents (desk, json_object_get (reception, "parts"), error) ||
      !end_as (desk, json_object_get (reception, "prepared"), "replaced", error) ||
      (draft != NULL &&
       !mc_db_run (desk->store->db, error, "DELETE FROM draft WHERE id = ?1", "s", draft)))
    return FALSE;
  op = mc_store_append (desk->store, desk->staff->id, id, MC_VERB_PREPARE, body, NULL, NULL, error);
  return op != NULL;
}

gboolean
mc_desk_prepare (McDesk *desk, const char *draft, json_t *reception, GError **error)
{
  g_return_val_if_fail (desk != NULL && reception != NULL, FALSE);

  if (!mc_desk_may (desk, MC_VERB_PREPARE, error) || !mc_db_begin (desk->store->db, error))
    return FALSE;
  return mc_db_finish (desk->store->db, prepare (desk, draft, reception, error), error);
}

gboolean
mc_preparation_forget (McStore *store, GError **error)
{
  g_autofree char *today = mc_store_today (store);

  return mc_db_run (store->db,
                    error,
                    "DELETE FROM draft WHERE reception ->> '$.prepared.until' <= ?1",
                    "s",
                    today);
}

gboolean
mc_preparation_shown (McStore *store, const McStaff *staff, const json_t *reception)
{
  const json_t *prepared = json_object_get (reception, "prepared");
  const char *until = mc_json_string (prepared, "until");
  g_autofree char *today = mc_store_today (store);
  gboolean theirs = staff != NULL && g_strcmp0 (mc_json_string (prepared, "by"), staff->id) == 0;

  if (until != NULL && strcmp (until, today) <= 0)
    return FALSE;
  if (staff != NULL && staff->role == MC_ROLE_HELPER)
    return theirs;
  if (staff != NULL && mc_json_string (prepared, "id") != NULL &&
      !mc_role_may (staff->role, MC_VERB_END))
    return FALSE;
  return json_object_get (prepared, "ended") == NULL;
}
