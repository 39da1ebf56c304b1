/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-register-read.h"

#include "mc-ledger.h"
#include "mc-look-back-private.h"

void
mc_register_line_free (McRegisterLine *line)
{
  if (line == NULL)
    return;
  g_free (line->id);
  g_free (line->code);
  g_free (line->procedure);
  g_free (line->field);
  g_free (line->applicant);
  g_free (line->address);
  g_free (line->phone);
  g_free (line->pickup);
  g_free (line->office);
  g_free (line->due);
  g_free (line);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRegisterLine, mc_register_line_free)

/* Reading: each procedure's field and each office's name is looked up once. */
typedef struct
{
  McStore *store;
  GHashTable *fields;  /* code → field */
  GHashTable *offices; /* record id → name */
} Reading;

static const char *
field_of (Reading *reading, const char *code)
{
  char *field = g_hash_table_lookup (reading->fields, code);

  if (field == NULL)
    {
      g_autoptr (McProcedure) procedure = mc_store_procedure (reading->store, code, NULL);
      gboolean known = procedure != NULL && procedure->field != NULL && *procedure->field;

      field = g_strdup (known ? procedure->field : MC_REGISTER_OTHER);
      g_hash_table_insert (reading->fields, g_strdup (code), field);
    }
  return field;
}

static const char *
office_of (Reading *reading, const char *id)
{
  char *name = id != NULL ? g_hash_table_lookup (reading->offices, id) : NULL;

  if (id != NULL && name == NULL)
    {
      name =
          mc_db_text (reading->store->db, NULL, "SELECT name FROM office WHERE id = ?1", "s", id);
      name = name != NULL ? name : g_strdup ("");
      g_hash_table_insert (reading->offices, g_strdup (id), name);
    }
  return name != NULL && *name ? name : NULL;
}

/* Of the act that the state stands by. */
static gint64
returned_ms (McStore *store, McRecord *record, const char *state)
{
  McGroupState *status = mc_record_group (record, MC_GROUP_STATUS);
  gint64 at = 0;

  if (!g_str_equal (state, MC_STATE_RETURNED) || status == NULL || status->tips->len == 0)
    return 0;
  if (!mc_db_int (store->db,
                  NULL,
                  &at,
                  "SELECT at FROM op WHERE id = ?1",
                  "s",
                  ((McTip *)status->tips->pdata[0])->op))
    return 0;
  return mc_stamp_ms (at);
}

/* A dossier that was handed over is decided by the office that it went to. */
static const char *
deciding_office (McRecord *record)
{
  const json_t *offices = mc_record_peek (record, MC_GROUP_OFFICES);
  const json_t *the_case = mc_record_peek (record, MC_GROUP_CASE);
  const char *own = mc_json_string (the_case, "office");
  size_t i;
  json_t *office;

  json_array_foreach ((json_t *)offices, i, office) if (g_strcmp0 (json_string_value (office),
                                                                   own) !=
                                                        0) return json_string_value (office);
  return own;
}

static McRegisterLine *
read_line (Reading *reading, McQuery *query, const char *field, GError **error)
{
  g_autoptr (McRecord) record =
      mc_ledger_record (reading->store->db, mc_query_text (query, 0), error);
  g_autoptr (McRegisterLine) line = g_new0 (McRegisterLine, 1);
  const json_t *applicant = record != NULL ? mc_record_peek (record, MC_GROUP_APPLICANT) : NULL;
  const json_t *contact = record != NULL ? mc_record_peek (record, MC_GROUP_CONTACT) : NULL;

  if (record == NULL)
    return NULL;
  line->id = g_strdup (mc_query_text (query, 0));
  line->ordinal = mc_store_ordinal (reading->store, line->id);
  line->code = g_strdup (mc_query_text (query, 1));
  line->field = g_strdup (field);
  line->procedure = g_strdup (mc_query_text (query, 3));
  line->applicant = g_strdup (mc_query_text (query, 4));
  line->address = g_strdup (mc_json_string (applicant, "address"));
  line->phone = g_strdup (mc_query_text (query, 5));
  line->pickup = g_strdup (mc_json_string (contact, "pickup"));
  line->office = g_strdup (office_of (reading, deciding_office (record)));
  line->received_ms = mc_query_int (query, 6);
  line->due = g_strdup (mc_query_text (query, 7));
  line->returned_ms = returned_ms (reading->store, record, mc_query_text (query, 8));
  return g_steal_pointer (&line);
}

static gboolean
read_lines (Reading *reading, const McRegisterSpan *span, GPtrArray *lines, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (reading->store->db,
                   error,
                   "SELECT id, code, procedure, procedure_name, applicant, phone, received, due, "
                   "state FROM dossier WHERE received >= ?1 AND received < ?2 "
                   "ORDER BY received, code",
                   "ii",
                   span->from_ms,
                   span->before_ms);
  g_autoptr (GError) problem = NULL;

  while (query != NULL && mc_query_next (query, &problem))
    {
      const char *field = field_of (reading, mc_query_text (query, 2));
      McRegisterLine *line;

      if (span->field != NULL && !g_str_equal (field, span->field))
        continue;
      line = read_line (reading, query, field, error);
      if (line == NULL)
        return FALSE;
      g_ptr_array_add (lines, line);
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return query != NULL && (error == NULL || *error == NULL);
}

GPtrArray *
mc_store_register (McStore *store, const McRegisterSpan *span, GError **error)
{
  Reading reading = { store, NULL, NULL };
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify)mc_register_line_free);
  gboolean whole;

  g_return_val_if_fail (store != NULL && span != NULL, NULL);

  reading.fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  reading.offices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  whole = read_lines (&reading, span, lines, error);
  g_hash_table_unref (reading.fields);
  g_hash_table_unref (reading.offices);
  return whole ? g_steal_pointer (&lines) : NULL;
}

gint64
mc_store_ordinal (McStore *store, const char *dossier)
{
  gint64 n = 0;

  g_return_val_if_fail (store != NULL && dossier != NULL, 0);

  if (store->back != NULL && !mc_look_back_numbered (store->back))
    return 0;
  (void)mc_db_int (store->db,
                   NULL,
                   &n,
                   "SELECT coalesce (min (f.n), 0) FROM record r JOIN feed f ON f.op = r.creator "
                   "WHERE r.id = ?1",
                   "s",
                   dossier);
  return n;
}

gint64
mc_store_register_first (McStore *store)
{
  gint64 first = 0;

  g_return_val_if_fail (store != NULL, 0);

  (void)mc_db_int (store->db, NULL, &first, "SELECT coalesce (min (received), 0) FROM dossier", "");
  return first;
}
