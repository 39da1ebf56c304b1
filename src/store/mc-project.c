/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The projections: tables that lists and searches read, made from a record's standing values. They
 * are written in the transaction that changes the record, and `mc_store_check` makes them anew and
 * compares.
 */
#include "mc-store-private.h"

#include "mc-moved.h"
#include "mc-office-papers.h"
#include "mc-practice.h"
#include "mc-preparation.h"
#include <string.h>

static gboolean
note_practice (McStore *store, McRecord *record, const json_t *value, GError **error)
{
  g_autofree char *own = mc_store_fact (store, "office");

  return !mc_json_bool (value, "practice", FALSE) || g_strcmp0 (own, record->id) != 0 ||
         mc_store_set_practice (store, error);
}

static gboolean
project_office (McStore *store, McRecord *record, const json_t *value, GError **error)
{
  if (!note_practice (store, record, value, error) || !mc_papers_project (store, record, error))
    return FALSE;
  return mc_db_run (store->db,
                    error,
                    "INSERT OR REPLACE INTO office (id, code, name) VALUES (?1, ?2, ?3)",
                    "sss",
                    record->id,
                    mc_json_string (value, "code"),
                    mc_json_string (value, "name"));
}

/* What an older version said of a secret is kept where it is asked once more, when a plain profile
 * is encrypted; anybody with a desk could guess at it. */
static gboolean
project_staff (McStore *store, McRecord *record, const json_t *value, GError **error)
{
  return mc_db_run (
      store->db,
      error,
      "INSERT OR REPLACE INTO staff (id, login, name, role, office, verifier, active) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      "ssssssi",
      record->id,
      mc_json_string (value, "login"),
      mc_json_string (value, "name"),
      mc_json_string (value, "role"),
      mc_json_string (value, "office"),
      store->data_key == NULL ? mc_json_string (value, "verifier") : NULL,
      (gint64)mc_json_bool (value, "active", TRUE));
}

static gboolean
project_procedure (McStore *store, McRecord *record, const json_t *value, GError **error)
{
  g_autoptr (json_t) procedure = json_copy (json_object_get (value, "procedure"));
  g_autofree char *text = NULL;

  if (!mc_store_change_catalogue (store, error))
    return FALSE;
  if (json_object_get (procedure, "version") == NULL && mc_json_string (value, "version") != NULL)
    json_object_set (procedure, "version", json_object_get (value, "version"));
  text = mc_json_text (procedure);
  return mc_db_run (store->db,
                    error,
                    "INSERT OR REPLACE INTO procedure (id, code, json) VALUES (?1, ?2, ?3)",
                    "sss",
                    record->id,
                    mc_json_string (procedure, "code"),
                    text);
}

static gboolean
project_calendar (McStore *store, McRecord *record, const json_t *value, GError **error)
{
  g_autofree char *text = mc_json_text (json_object_get (value, "calendar"));

  mc_store_forget_catalogue (store);
  return mc_db_run (store->db,
                    error,
                    "INSERT OR REPLACE INTO calendar (id, json) VALUES (?1, ?2)",
                    "ss",
                    record->id,
                    text) &&
         mc_store_note_moved (store, error);
}

/* A dossier's row and when its first op was made. A new one is numbered by the stamp of that op, or
 * the next that is free. */
static gboolean
row_of (McStore *store,
        McRecord *record,
        gint64 *ret_row,
        gint64 *ret_at,
        gboolean *ret_new,
        GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT o.at, d.row FROM op o LEFT JOIN dossier d ON d.id = ?2 WHERE o.id = ?1",
                   "ss",
                   record->creator,
                   record->id);

  if (query == NULL || !mc_query_next (query, error))
    return FALSE;
  *ret_at = mc_query_int (query, 0);
  *ret_new = mc_query_null (query, 1);
  *ret_row = *ret_new ? *ret_at : mc_query_int (query, 1);
  while (
      *ret_new &&
      mc_db_int (store->db, NULL, ret_row, "SELECT row FROM dossier WHERE row = ?1", "i", *ret_row))
    ++*ret_row;
  return TRUE;
}

static gboolean
name_document (McStore *store, json_t *document, GError **error)
{
  return document == NULL || mc_store_name_blob (store,
                                                 mc_json_string (document, "sha256"),
                                                 mc_json_int (document, "size", 0),
                                                 error);
}

/* The documents that one tip of a part names; most name none, and are not taken apart for it. */
static void
add_documents (const char *value, GPtrArray *documents)
{
  g_autoptr (json_t) part = strstr (value, "\"sha256\"") ? mc_json_parse (value, -1, NULL) : NULL;
  json_t *document = json_object_get (part, "document");
  json_t *also = json_object_get (part, "also");

  if (document != NULL)
    g_ptr_array_add (documents, json_incref (document));
  for (size_t i = 0; i < json_array_size (also); i++)
    g_ptr_array_add (documents, json_incref (json_array_get (also, i)));
}

GPtrArray *
mc_store_documents (McRecord *record)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify)json_decref);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      McGroupState *state = value;

      for (guint i = 0; g_str_has_prefix (name, MC_GROUP_PART_PREFIX) && i < state->tips->len; i++)
        add_documents (((McTip *)state->tips->pdata[i])->value, documents);
    }
  return documents;
}

gboolean
mc_store_project_blobs (McStore *store, McRecord *record, GError **error)
{
  g_autoptr (GPtrArray) documents = mc_store_documents (record);

  for (guint i = 0; i < documents->len; i++)
    if (!name_document (store, documents->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Numbers, texts and what follows from the children, into one row. */
static gboolean
put_row (McStore *store,
         McRecord *record,
         const json_t *the_case,
         gint64 row,
         gint64 at,
         GError **error)
{
  const json_t *applicant = mc_record_peek (record, MC_GROUP_APPLICANT);
  const json_t *status = mc_record_peek (record, MC_GROUP_STATUS);
  const json_t *contact = mc_record_peek (record, MC_GROUP_CONTACT);
  const char *name = mc_json_string (applicant, "name");
  const char *title = mc_json_string (the_case, "title");
  const char *procedure = mc_json_string (the_case, "procedure");
  gboolean linked = json_array_size (json_object_get (the_case, "linked")) > 0;
  g_autofree char *state = NULL;
  g_autofree char *due = NULL;

  mc_store_linked_status (store, record, &state, &due);
  return mc_db_run (
      store->db,
      error,
      "INSERT INTO dossier (row, id, code, applicant, applicant_id, phone, procedure, "
      " procedure_name, state, received, due, contested, assignee, parent, linked) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) "
      "ON CONFLICT (row) DO UPDATE SET code = ?3, applicant = ?4, applicant_id = ?5, "
      " phone = ?6, procedure = ?7, procedure_name = ?8, state = ?9, received = ?10, "
      " due = ?11, contested = ?12, assignee = ?13, parent = ?14, linked = ?15 "
      "WHERE state <> ?9 OR contested <> ?12 OR due IS NOT ?11 OR applicant <> ?4 "
      " OR applicant_id IS NOT ?5 OR phone IS NOT ?6 OR code <> ?3 OR procedure <> ?7 "
      " OR procedure_name <> ?8 OR received <> ?10 OR assignee IS NOT ?13 "
      " OR parent IS NOT ?14 OR linked <> ?15",
      "issssssssisissi",
      row,
      record->id,
      mc_json_string (the_case, "code"),
      name ? name : "",
      mc_json_string (applicant, "id"),
      mc_json_string (contact, "phone"),
      procedure,
      title ? title : procedure,
      state,
      mc_stamp_ms (at),
      due,
      (gint64)mc_record_contested (record),
      mc_json_string (status, "assignee"),
      mc_json_string (json_object_get (the_case, "parent"), "id"),
      (gint64)linked);
}

/* What is shown of a parent dossier follows from its children. */
static gboolean
renew_parent (McStore *store, const char *parent, GError **error)
{
  g_autoptr (McRecord) record = NULL;
  const json_t *the_case;
  gint64 row = 0;
  gint64 at = 0;
  gboolean is_new = FALSE;

  if (parent == NULL ||
      !mc_db_int (store->db, NULL, &row, "SELECT row FROM dossier WHERE id = ?1", "s", parent))
    return TRUE;
  record = mc_ledger_record (store->db, parent, error);
  the_case = record != NULL ? mc_record_peek (record, MC_GROUP_CASE) : NULL;
  if (the_case == NULL)
    return record != NULL;
  return row_of (store, record, &row, &at, &is_new, error) &&
         put_row (store, record, the_case, row, at, error);
}

static gboolean
project_dossier (McStore *store, McRecord *record, const json_t *the_case, GError **error)
{
  const json_t *applicant = mc_record_peek (record, MC_GROUP_APPLICANT);
  const char *code = mc_json_string (the_case, "code");
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  gint64 row = 0;
  gint64 at = 0;
  gboolean is_new = FALSE;

  if (!row_of (store, record, &row, &at, &is_new, error) ||
      !put_row (store, record, the_case, row, at, error))
    return FALSE;
  g_ptr_array_add (texts, (char *)code);
  g_ptr_array_add (texts, (char *)mc_json_string (applicant, "name"));
  g_ptr_array_add (texts, (char *)mc_json_string (applicant, "id"));
  g_ptr_array_add (texts,
                   (char *)mc_json_string (mc_record_peek (record, MC_GROUP_CONTACT), "phone"));
  g_ptr_array_add (texts, (char *)mc_json_string (the_case, "title"));
  g_ptr_array_add (texts, (char *)mc_json_string (applicant, "for_name"));
  g_ptr_array_add (texts, (char *)mc_json_string (applicant, "for_id"));
  g_ptr_array_add (texts, (char *)mc_json_string (applicant, "receipt"));
  return mc_store_put_search (store, row, is_new, texts, error) &&
         mc_store_project_blobs (store, record, error) &&
         mc_store_project_code (store, code, error) &&
         renew_parent (store, mc_json_string (json_object_get (the_case, "parent"), "id"), error);
}

/* An office's own procedure that the province refused is not to be received under. */
static gboolean
unproject_procedure (McStore *store, const char *record, GError **error)
{
  gint64 one = 0;

  if (!mc_db_int (store->db, NULL, &one, "SELECT 1 FROM procedure WHERE id = ?1", "s", record))
    return TRUE;
  return mc_db_run (store->db, error, "DELETE FROM procedure WHERE id = ?1", "s", record) &&
         mc_store_change_catalogue (store, error);
}

/* A reception that the province refused makes no dossier; it is among the refused work instead. */
gboolean
mc_store_unproject (McStore *store, const char *record, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *code = NULL;
  g_autofree char *parent = NULL;
  gint64 row = 0;
  g_autoptr (McQuery) query = mc_db_query (store->db,
                                           error,
                                           "SELECT row, code, parent FROM dossier WHERE id = ?1",
                                           "s",
                                           record);

  if (query == NULL)
    return FALSE;
  if (mc_query_next (query, &problem))
    {
      row = mc_query_int (query, 0);
      code = g_strdup (mc_query_text (query, 1));
      parent = g_strdup (mc_query_text (query, 2));
    }
  g_clear_pointer (&query, mc_query_done);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (code == NULL)
    return unproject_procedure (store, record, error);
  return (mc_store_drop_search (store, row, error) &&
          mc_db_run (store->db, error, "DELETE FROM dossier WHERE row = ?1", "i", row) &&
          mc_store_project_code (store, code, error) && renew_parent (store, parent, error));
}

static gboolean
project_preparation (McStore *store, McRecord *record, const json_t *value, GError **error)
{
  return mc_preparation_project (store, record, error);
}

gboolean
mc_store_project (McStore *store, McRecord *record, GError **error)
{
  static const struct
  {
    const char *group;
    gboolean (*project) (McStore *, McRecord *, const json_t *, GError **);
  } projections[] = {
    { MC_GROUP_CASE, project_dossier }, { "office", project_office },
    { "staff", project_staff },         { "procedure", project_procedure },
    { "calendar", project_calendar },   { MC_GROUP_PREPARATION, project_preparation },
  };

  if (record->creator == NULL)
    return mc_store_unproject (store, record->id, error);
  for (guint i = 0; i < G_N_ELEMENTS (projections); i++)
    {
      const json_t *value = mc_record_peek (record, projections[i].group);

      if (value != NULL)
        return projections[i].project (store, record, value, error);
    }
  return TRUE;
}
