/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dossier keeps the version of its procedure that it was received under. */
#include "mc-declared.h"
#include "mc-store-private.h"

#include "mc-ledger.h"
#include "mc-op.h"

static gboolean
is_version (const char *verb)
{
  return g_str_equal (verb, MC_VERB_PROCEDURE) || g_str_equal (verb, MC_VERB_OWN);
}

/* The procedure that @op says, if it is the version asked for. */
static McProcedure *
version_of (const McOp *op, const char *version, const char *day)
{
  json_t *procedure = json_object_get (op->body, "procedure");
  const char *own = mc_json_string (procedure, "version");
  const char *label = own != NULL ? own : mc_json_string (op->body, "version");
  g_autoptr (json_t) labelled = NULL;
  McProcedure *parsed;

  if (!is_version (op->verb) || g_strcmp0 (label, version) != 0)
    return NULL;
  labelled = json_copy (procedure);
  json_object_set_new (labelled, "version", json_string (label));
  parsed = mc_procedure_parse (labelled, NULL);
  if (parsed != NULL)
    mc_procedure_hold_cases (parsed, day);
  return parsed;
}

/* The last op of the record that says it: what was corrected under one label is the correction. */
static McProcedure *
search_record (McStore *store, const char *record, const char *version, const char *day)
{
  g_autoptr (GPtrArray) ops = mc_ledger_ops (store->db, record, NULL);
  McProcedure *found = NULL;

  for (guint i = ops != NULL ? ops->len : 0; i > 0 && found == NULL; i--)
    found = version_of (ops->pdata[i - 1], version, day);
  return found;
}

McProcedure *
mc_store_procedure_version (McStore *store, const char *code, const char *version, const char *day)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db, NULL, "SELECT id FROM procedure WHERE code = ?1", "s", code);
  McProcedure *found = NULL;

  while (version != NULL && query != NULL && found == NULL && mc_query_next (query, NULL))
    found = search_record (store, mc_query_text (query, 0), version, day);
  return found;
}

McProcedure *
mc_store_procedure_of (McStore *store, const McDossier *dossier)
{
  g_autoptr (json_t) received = mc_record_json (dossier->record, "case");
  const char *version = mc_json_string (received, "version");
  const char *time = mc_json_string (received, "received");
  /* The day of an ISO time. */
  g_autofree char *day = time != NULL ? g_strndup (time, 10) : NULL;
  g_autoptr (McProcedure) kept = NULL;

  if (dossier->row->procedure == NULL)
    return NULL;
  if (day != NULL)
    kept = mc_store_procedure_version (store, dossier->row->procedure, version, day);
  if (kept != NULL)
    {
      g_autoptr (GPtrArray) office = mc_store_office_declarations (store);

      mc_declared_add (kept, office);
    }
  return kept != NULL ? g_steal_pointer (&kept)
                      : mc_store_procedure (store, dossier->row->procedure, NULL);
}
