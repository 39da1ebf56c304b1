/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two dossiers that may be one: the same resident for the same matter, or one printed code. Both
 * stay, whatever is found: each gets a group "twin:<the other>" with what a person has answered.
 */
#include "mc-desk-private.h"

#include "mc-applicant.h"
#include "mc-error.h"

/* As long as the province looks back, too. */
#define MATTER_MS (60 * 24 * 3600 * G_GINT64_CONSTANT (1000))
/* Of one resident there are few; of a name that many share, the newest. */
#define LOOK_AT 60

McOther *
mc_store_other (McStore *store, const char *id, json_t *said)
{
  McOther *other = g_new0 (McOther, 1);
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   "SELECT d.code, d.applicant, d.procedure_name, d.received, r.state "
                   "FROM dossier d JOIN record r ON r.id = d.id WHERE d.id = ?1",
                   "s",
                   id);

  other->id = g_strdup (id);
  other->code = g_strdup (mc_json_string (said, "code"));
  other->office = g_strdup (mc_json_string (said, "office"));
  if (query == NULL || !mc_query_next (query, NULL))
    return other;
  other->here = TRUE;
  g_free (other->code);
  other->code = g_strdup (mc_query_text (query, 0));
  other->applicant = g_strdup (mc_query_text (query, 1));
  other->procedure_name = g_strdup (mc_query_text (query, 2));
  other->received_ms = mc_query_int (query, 3);
  if (other->office == NULL)
    {
      g_autoptr (McRecord) record = mc_record_load (id, NULL, mc_query_text (query, 4));
      g_autoptr (json_t) the_case = mc_record_json (record, MC_GROUP_CASE);

      other->office = mc_db_text (store->db,
                                  NULL,
                                  "SELECT name FROM office WHERE id = ?1",
                                  "s",
                                  mc_json_string (the_case, "office"));
    }
  return other;
}

static gboolean
is_matter (McStore *store, McRow *row, const McMatter *matter)
{
  g_autoptr (McRecord) record = NULL;

  if (g_strcmp0 (row->procedure, matter->procedure) != 0 || !mc_state_open (row->state) ||
      row->received_ms <= mc_store_now (store) - MATTER_MS)
    return FALSE;
  record = mc_ledger_record (store->db, row->id, NULL);
  return record != NULL && mc_applicant_is (mc_record_peek (record, MC_GROUP_APPLICANT),
                                            matter->number,
                                            matter->name,
                                            matter->dob);
}

GPtrArray *
mc_store_same_matter (McStore *store, const McMatter *matter, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_row_free);
  gboolean numbered = matter->number != NULL && *matter->number != '\0';
  const McFilter filter = { .queue = MC_QUEUE_ALL,
                            .search = numbered ? matter->number : matter->name };
  g_autoptr (GArray) numbers = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (matter->procedure == NULL || filter.search == NULL || *filter.search == '\0')
    return g_steal_pointer (&found);
  numbers = mc_store_list (store, &filter, error);
  if (numbers == NULL)
    return NULL;
  rows = mc_store_rows (store,
                        (const gint64 *)(void *)numbers->data,
                        MIN (numbers->len, LOOK_AT),
                        error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (is_matter (store, rows->pdata[i], matter))
      {
        g_ptr_array_add (found, rows->pdata[i]);
        rows->pdata[i] = NULL;
      }
  return rows != NULL ? g_steal_pointer (&found) : NULL;
}

static char *
twin_group (const char *other)
{
  return g_strconcat (MC_GROUP_TWIN_PREFIX, other, NULL);
}

/* Whether somebody has said of @one what @other is to it. */
static gboolean
answered (McStore *store, const char *one, const char *other)
{
  g_autoptr (McRecord) record = mc_ledger_record (store->db, one, NULL);
  g_autofree char *group = twin_group (other);
  g_autoptr (json_t) value = record ? mc_record_json (record, group) : NULL;

  return mc_json_string (value, "answer") != NULL;
}

static GPtrArray *
with_code (McStore *store, const char *code)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McQuery) query = mc_db_query (store->db,
                                           NULL,
                                           "SELECT id FROM dossier WHERE code = ?1 ORDER BY row",
                                           "s",
                                           code);

  while (query != NULL && mc_query_next (query, NULL))
    g_ptr_array_add (ids, g_strdup (mc_query_text (query, 0)));
  return ids;
}

static gboolean
open_question (McStore *store, GPtrArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    for (guint j = i + 1; j < ids->len; j++)
      if (!answered (store, ids->pdata[i], ids->pdata[j]) &&
          !answered (store, ids->pdata[j], ids->pdata[i]))
        return TRUE;
  return FALSE;
}

gboolean
mc_store_project_code (McStore *store, const char *code, GError **error)
{
  gint64 count = 0;
  g_autoptr (GPtrArray) ids = NULL;

  if (!mc_db_int (store->db,
                  error,
                  &count,
                  "SELECT (SELECT count(*) FROM dossier WHERE code = ?1) "
                  " + 2 * (SELECT count(*) FROM same_code WHERE code = ?1)",
                  "s",
                  code))
    return FALSE;
  if (count < 2)
    return TRUE;
  ids = with_code (store, code);
  return mc_db_run (store->db,
                    error,
                    open_question (store, ids) ? "INSERT OR IGNORE INTO same_code VALUES (?1)"
                                               : "DELETE FROM same_code WHERE code = ?1",
                    "s",
                    code);
}

static void
add_code (McStore *store, const char *dossier, const char *code, GPtrArray *conflicts)
{
  g_autoptr (GPtrArray) ids = with_code (store, code);
  const char *named = NULL;
  g_autofree char *applicant = NULL;
  g_autofree char *group = NULL;
  McConflict *conflict;

  for (guint i = 0; i < ids->len && named == NULL; i++)
    if (dossier == NULL || g_str_equal (ids->pdata[i], dossier))
      named = ids->pdata[i];
  if (named == NULL || ids->len < 2)
    return;
  group = twin_group (g_str_equal (named, ids->pdata[0]) ? ids->pdata[1] : ids->pdata[0]);
  applicant =
      mc_db_text (store->db, NULL, "SELECT applicant FROM dossier WHERE id = ?1", "s", named);
  conflict = mc_conflict_new (named, code, applicant, group);
  conflict->kind = MC_CONFLICT_CODE;
  for (guint i = 0; i < ids->len; i++)
    if (!g_str_equal (ids->pdata[i], named))
      g_ptr_array_add (conflict->others, mc_store_other (store, ids->pdata[i], NULL));
  g_ptr_array_add (conflicts, conflict);
}

gboolean
mc_store_add_codes (McStore *store, const char *dossier, GPtrArray *conflicts, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT code FROM same_code ORDER BY code", "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    add_code (store, dossier, mc_query_text (query, 0), conflicts);
  return TRUE;
}

/* What stands of the other dossier, with the answer in it. */
static json_t *
answer_value (McStore *store, McRecord *record, const char *other, const char *answer)
{
  g_autofree char *group = twin_group (other);
  json_t *value = mc_record_json (record, group);

  if (!json_is_object (value))
    {
      McOther *one = mc_store_other (store, other, NULL);

      json_decref (value);
      value = json_pack ("{s:s,s:s}",
                         "code",
                         one->code ? one->code : "",
                         "office",
                         one->office ? one->office : "");
      mc_other_free (one);
    }
  json_object_set_new (value, "answer", json_string (answer));
  return value;
}

/* Every tip is named: two answers that differ are settled by a third. */
static gboolean
answer_one (McDesk *desk,
            const char *dossier,
            const char *other,
            const char *answer,
            GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (desk->store->db, dossier, error);
  g_autofree char *group = twin_group (other);
  g_autoptr (json_t) body = NULL;
  g_autoptr (json_t) base = NULL;
  g_autoptr (McOp) op = NULL;

  if (record == NULL)
    return FALSE;
  body =
      json_pack ("{s:{s:o}}", "groups", group, answer_value (desk->store, record, other, answer));
  base = json_pack ("{s:o}", group, mc_record_base (record, group, TRUE));
  op =
      mc_store_append (desk->store, desk->staff->id, dossier, MC_VERB_SET, body, base, NULL, error);
  return op != NULL;
}

static gboolean
is_here (McStore *store, const char *dossier)
{
  gint64 one = 0;

  return mc_db_int (store->db, NULL, &one, "SELECT 1 FROM dossier WHERE id = ?1", "s", dossier);
}

gboolean
mc_desk_answer_twin (McDesk *desk,
                     const char *dossier,
                     const char *other,
                     const char *answer,
                     GError **error)
{
  gboolean ok;

  if (!mc_desk_may (desk, MC_VERB_SET, error))
    return FALSE;
  if (g_strcmp0 (answer, "same") != 0 && g_strcmp0 (answer, "other") != 0)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "\"%s\" is no answer", answer ? answer : "");
      return FALSE;
    }
  if (!is_here (desk->store, dossier) || g_str_equal (dossier, other))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no dossier %s", dossier);
      return FALSE;
    }
  if (!mc_db_begin (desk->store->db, error))
    return FALSE;
  ok = answer_one (desk, dossier, other, answer, error) &&
       (!is_here (desk->store, other) || answer_one (desk, other, dossier, answer, error));
  return mc_db_finish (desk->store->db, ok, error);
}
