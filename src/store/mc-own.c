/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-own.h"

#include "mc-desk-private.h"
#include "mc-error.h"
#include <string.h>

#define MARK "R-"
#define MARK_DIGITS 8

static void
other_free (gpointer data)
{
  McOwnOther *other = data;

  g_free (other->by);
  json_decref (other->entry);
  g_free (other);
}

void
mc_own_entry_free (McOwnEntry *entry)
{
  if (entry == NULL)
    return;
  json_decref (entry->entry);
  json_decref (entry->seen);
  g_clear_pointer (&entry->others, g_ptr_array_unref);
  g_clear_pointer (&entry->common, mc_procedure_unref);
  g_free (entry);
}

/* Two desks that make the same version without seeing each other make one record of it, so that
 * they meet there: an id like any other, of what it is about. */
static char *
record_id (const char *office, const char *code, const char *from)
{
  g_autofree char *about = g_strconcat (office, "\n", code, "\n", from != NULL ? from : "", NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, about, -1);

  return g_strdup_printf ("%.8s-%.4s-7%.3s-8%.3s-%.12s",
                          sum,
                          sum + 8,
                          sum + 12,
                          sum + 15,
                          sum + 18);
}

static void
add_others (McStore *store, McRecord *record, GPtrArray *others)
{
  const McGroupState *state = mc_record_group (record, MC_GROUP_PROCEDURE);

  for (guint i = 1; state != NULL && i < state->tips->len; i++)
    {
      const McTip *tip = state->tips->pdata[i];
      g_autoptr (McOp) op = mc_ledger_op (store->db, tip->op);
      g_autoptr (McStaff) staff = op != NULL ? mc_store_staff (store, op->by) : NULL;
      g_autoptr (json_t) value = mc_json_parse (tip->value, -1, NULL);
      McOwnOther *other;

      if (op == NULL || json_object_get (value, "procedure") == NULL)
        continue;
      other = g_new0 (McOwnOther, 1);
      other->by = g_strdup (staff != NULL ? staff->name : "");
      other->at_ms = mc_stamp_ms (op->at);
      other->entry = json_incref (json_object_get (value, "procedure"));
      g_ptr_array_add (others, other);
    }
}

/* The rows of @code: the one that is taken today, and the province's own word beside it. */
static gboolean
find_rows (McStore *store, const char *code, McOwnEntry *found, char **ret_id)
{
  g_autofree char *today = mc_store_today (store);
  g_autoptr (McProcedure) best = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   "SELECT id, json FROM procedure WHERE code = ?1 ORDER BY id DESC",
                   "s",
                   code);

  while (query != NULL && mc_query_next (query, NULL))
    {
      g_autoptr (json_t) json = mc_json_parse (mc_query_text (query, 1), -1, NULL);
      g_autoptr (McProcedure) one = json != NULL ? mc_procedure_parse (json, NULL) : NULL;

      if (one == NULL || !mc_procedure_holds (one, today) || !mc_store_procedure_here (store, one))
        continue;
      if (one->office == NULL &&
          (found->common == NULL || mc_procedure_precedes (one, found->common)))
        {
          g_clear_pointer (&found->common, mc_procedure_unref);
          found->common = mc_procedure_ref (one);
        }
      if (best != NULL && !mc_procedure_precedes (one, best))
        continue;
      g_clear_pointer (&best, mc_procedure_unref);
      best = g_steal_pointer (&one);
      json_decref (found->entry);
      found->entry = json_incref (json);
      g_free (*ret_id);
      *ret_id = g_strdup (mc_query_text (query, 0));
    }
  return best != NULL;
}

McOwnEntry *
mc_store_own_entry (McStore *store, const char *code)
{
  g_autoptr (McOwnEntry) found = g_new0 (McOwnEntry, 1);
  g_autoptr (McRecord) record = NULL;
  g_autofree char *id = NULL;
  g_autofree char *today = NULL;

  g_return_val_if_fail (store != NULL && code != NULL, NULL);

  found->others = g_ptr_array_new_with_free_func (other_free);
  if (!find_rows (store, code, found, &id))
    return NULL;
  found->own = json_object_get (found->entry, "office") != NULL;
  record = found->own ? mc_ledger_record (store->db, id, NULL) : NULL;
  if (record == NULL)
    {
      g_clear_pointer (&found->common, mc_procedure_unref);
      return g_steal_pointer (&found);
    }
  found->seen = mc_record_base (record, MC_GROUP_PROCEDURE, TRUE);
  add_others (store, record, found->others);
  if (found->common == NULL)
    return g_steal_pointer (&found);
  today = mc_store_today (store);
  mc_procedure_hold_cases (found->common, today);
  found->newer = g_strcmp0 (found->common->version, mc_json_string (found->entry, "based_on")) != 0;
  return g_steal_pointer (&found);
}

/* Another content is another version: a dossier keeps the one that it was received under. */
static json_t *
body_of (json_t *entry, const char *office)
{
  g_autoptr (json_t) whole = json_deep_copy (entry);
  g_autofree char *text = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *version = NULL;

  json_object_del (whole, "version");
  json_object_set_new (whole, "office", json_string (office));
  text = mc_json_text (whole);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  version = g_strdup_printf (MARK "%.*s", MARK_DIGITS, sum);
  json_object_set_new (whole, "version", json_string (version));
  return json_pack ("{s:O,s:s}", "procedure", whole, "version", version);
}

static json_t *
base_of (McStore *store, const char *id, json_t *seen, GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (store->db, id, error);

  if (record == NULL)
    return NULL;
  if (record->creator == NULL)
    return json_object ();
  return json_pack ("{s:o}",
                    MC_GROUP_PROCEDURE,
                    seen != NULL ? json_incref (seen)
                                 : mc_record_base (record, MC_GROUP_PROCEDURE, TRUE));
}

static gboolean
own (McDesk *desk, json_t *entry, json_t *seen, const char *draft, GError **error)
{
  McStore *store = desk->store;
  g_autofree char *office = mc_store_fact (store, "office");
  g_autofree char *id = record_id (office != NULL ? office : "",
                                   mc_json_string (entry, "code"),
                                   mc_json_string (entry, "valid_from"));
  g_autoptr (json_t) body = body_of (entry, office != NULL ? office : "");
  g_autoptr (json_t) base = base_of (store, id, seen, error);
  g_autoptr (McOp) op = NULL;

  if (base == NULL)
    return FALSE;
  op = mc_store_append (store, desk->staff->id, id, MC_VERB_OWN, body, base, NULL, error);
  return op != NULL &&
         (draft == NULL ||
          mc_db_run (store->db, error, "DELETE FROM draft WHERE id = ?1", "s", draft));
}

gboolean
mc_desk_own (McDesk *desk, json_t *entry, json_t *seen, const char *draft, GError **error)
{
  g_autoptr (McProcedure) parsed = NULL;

  g_return_val_if_fail (desk != NULL && entry != NULL, FALSE);

  if (!mc_desk_may (desk, MC_VERB_OWN, error))
    return FALSE;
  parsed = mc_procedure_parse (entry, error);
  if (parsed == NULL || !mc_db_begin (desk->store->db, error))
    return FALSE;
  return mc_db_finish (desk->store->db, own (desk, entry, seen, draft, error), error);
}
