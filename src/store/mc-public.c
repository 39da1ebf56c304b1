/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stays on a public desk, and why. A record that was let go, or was never kept, is `hidden`
 * with the number 0: no line of the feed took it away.
 */
#include "mc-public-private.h"
#include "mc-worker.h"

#include <string.h>

#define FACT_KIND "public"
#define FACT_LET_GO "let_go"
/* What is of a newer version may be no dossier: it is left alone. */
#define DOSSIERS                                                                                   \
  "verb IN ('" MC_VERB_RECEIVE "', '" MC_VERB_SET "', '" MC_VERB_STEP "', '" MC_VERB_ATTACH        \
  "', '" MC_VERB_FEE "', '" MC_VERB_NOTE "', '" MC_VERB_SETTLE "', '" MC_VERB_TRANSFER             \
  "', '" MC_VERB_TWIN "')"

McDeskKind
mc_store_desk_kind (McStore *store)
{
  return (McDeskKind)mc_store_fact_int (store, FACT_KIND, MC_DESK_OWN);
}

gboolean
mc_store_public (McStore *store)
{
  return mc_store_desk_kind (store) != MC_DESK_OWN;
}

gboolean
mc_public_open (McStore *store, GError **error)
{
  return !mc_store_public (store) || mc_db_script (store->db, "PRAGMA secure_delete = ON", error);
}

static gboolean
own_device (McStore *store, const char *device)
{
  gint64 one = 0;

  return mc_db_int (store->db,
                    NULL,
                    &one,
                    "SELECT 1 FROM own_device WHERE device = ?1",
                    "s",
                    device);
}

/* 0: let go, or never kept. @ret_n: of the line that took it away */
static gboolean
hidden (McStore *store, const char *record, gint64 *ret_n)
{
  return mc_db_int (store->db, NULL, ret_n, "SELECT n FROM hidden WHERE record = ?1", "s", record);
}

gboolean
mc_public_keeps (McStore *store, const McOp *op)
{
  gint64 n = 0;
  gboolean away = hidden (store, op->on, &n);

  if (mc_verb_admin (op->verb))
    return TRUE;
  /* Received here: now, or handed back to whom it came through. */
  if (mc_verb_creates (op->verb))
    return own_device (store, op->device) && (!away || n > 0);
  /* What is of a newer version may be no dossier at all. */
  return !away && (!mc_op_readable (op) || mc_db_int (store->db,
                                                      NULL,
                                                      &n,
                                                      "SELECT 1 FROM op WHERE record = ?1 LIMIT 1",
                                                      "s",
                                                      op->on));
}

gboolean
mc_public_passes (McStore *store, const char *record, GError **error)
{
  return mc_db_run (store->db,
                    error,
                    "INSERT OR IGNORE INTO hidden (record, n) VALUES (?1, 0)",
                    "s",
                    record);
}

/* Numbers are given without gaps: up to the last one they were given here. */
gboolean
mc_public_made (McStore *store, const McOp *op)
{
  return mc_store_fact_int (store, FACT_LET_GO, 0) != 0 &&
         op->n <= mc_store_fact_int (store, "n", 0);
}

gboolean
mc_public_follow (McStore *store, McDeskKind kind, gboolean *ret_anew, GError **error)
{
  McDeskKind before = mc_store_desk_kind (store);

  *ret_anew = before != MC_DESK_OWN && kind == MC_DESK_OWN;
  if (kind == before)
    return TRUE;
  store->waiting = -1;
  mc_store_mark_changed (store);
  /* A public desk lets go of something from now on, if only of what it does not keep. */
  if (!mc_store_set_fact_int (store, FACT_KIND, kind, error) ||
      !mc_store_set_fact_int (store, FACT_LET_GO, 1, error))
    return FALSE;
  if (!*ret_anew)
    return mc_public_open (store, error);
  return mc_db_run (store->db, error, "DELETE FROM hidden WHERE n = 0", "") &&
         mc_store_go_back (store, NULL, error);
}

void
mc_staying_free (McStaying *staying)
{
  if (staying == NULL)
    return;
  g_free (staying->id);
  g_free (staying->code);
  g_free (staying);
}

void
mc_public_matter_free (McPublicMatter *matter)
{
  if (matter == NULL)
    return;
  g_free (matter->id);
  g_free (matter->code);
  g_ptr_array_unref (matter->ops);
  g_ptr_array_unref (matter->scans);
  g_free (matter);
}

static void
add_scan (GPtrArray *scans, const char *sha256)
{
  if (!g_ptr_array_find_with_equal_func (scans, sha256, g_str_equal, NULL))
    g_ptr_array_add (scans, g_strdup (sha256));
}

void
mc_public_add_scans (GPtrArray *scans, json_t *json)
{
  const char *key;
  json_t *value;
  size_t i;

  if (mc_json_string (json, "sha256") != NULL)
    add_scan (scans, mc_json_string (json, "sha256"));
  json_object_foreach (json, key, value) mc_public_add_scans (scans, value);
  json_array_foreach (json, i, value) mc_public_add_scans (scans, value);
}

/* @ret_last: when the last thing was done with it here, ms */
static gboolean
read_ops (McStore *store, McPublicMatter *matter, gint64 *ret_last, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT o.line, w.device IS NOT NULL FROM op o "
                   "LEFT JOIN own_device w ON w.device = o.device WHERE o.record = ?1",
                   "s",
                   matter->id);

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, &problem))
    {
      g_autoptr (McOp) op = mc_op_parse (mc_query_text (query, 0), -1, &problem);

      if (op == NULL)
        break;
      g_ptr_array_add (matter->ops, g_strdup (op->id));
      mc_public_add_scans (matter->scans, op->body);
      if (matter->code == NULL && mc_verb_creates (op->verb))
        matter->code = g_strdup (mc_json_string (op->body, "code"));
      if (mc_query_int (query, 1) != 0)
        *ret_last = MAX (*ret_last, mc_stamp_ms (op->at));
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
any (McStore *store, const char *sql, const char *id)
{
  gint64 one = 0;

  return mc_db_int (store->db, NULL, &one, sql, "s", id);
}

static gboolean
scans_wait (McStore *store, GPtrArray *scans)
{
  for (guint i = 0; i < scans->len; i++)
    if (any (store,
             "SELECT 1 FROM blob WHERE sha256 = ?1 AND here = 1 AND sent = 0",
             scans->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Whether no other desk would show what remains to be done: only public ones see it. */
static gboolean
nobody_else (McStore *store, const char *id)
{
  g_autoptr (McRecord) record = NULL;
  g_autofree char *office = NULL;
  const json_t *offices;

  if (mc_store_desk_kind (store) != MC_DESK_PUBLIC_ALONE || mc_store_hidden (store, id))
    return FALSE;
  record = mc_ledger_record (store->db, id, NULL);
  if (record == NULL || record->creator == NULL ||
      !mc_state_open (mc_json_string (mc_record_peek (record, MC_GROUP_STATUS), "state")))
    return FALSE;
  office = mc_store_fact (store, "office");
  offices = mc_record_peek (record, MC_GROUP_OFFICES);
  for (size_t i = 0; i < json_array_size (offices); i++)
    if (g_strcmp0 (json_string_value (json_array_get (offices, i)), office) != 0)
      return FALSE;
  return TRUE;
}

static McStay
why_stays (McStore *store, const McPublicMatter *matter, gint64 last, gint64 quiet_ms)
{
  if (any (store,
           "SELECT 1 FROM op o WHERE o.record = ?1 AND NOT EXISTS "
           "(SELECT 1 FROM feed f WHERE f.op = o.id AND f.last = 1)",
           matter->id))
    return MC_STAY_CHANGES;
  if (scans_wait (store, matter->scans))
    return MC_STAY_SCANS;
  if (any (store,
           "SELECT 1 FROM op o JOIN feed f ON f.op = o.id AND f.last = 1 WHERE o.record = ?1 "
           "AND substr (f.ruling, 1, 9) = '\"refused:' "
           "AND o.device IN (SELECT device FROM own_device) "
           "AND NOT EXISTS (SELECT 1 FROM corrected c WHERE c.op = o.id)",
           matter->id))
    return MC_STAY_REFUSED;
  if (any (store, "SELECT 1 FROM dossier WHERE id = ?1 AND contested > 0", matter->id))
    return MC_STAY_CONTESTED;
  if (any (store, "SELECT 1 FROM draft WHERE instr (reception, ?1) > 0 LIMIT 1", matter->id))
    return MC_STAY_TYPED;
  if (nobody_else (store, matter->id))
    return MC_STAY_NOBODY;
  return quiet_ms > 0 && last > mc_store_now (store) - quiet_ms ? MC_STAY_LATELY : MC_STAY_NONE;
}

static McPublicMatter *
read_matter (McStore *store, const char *id, gint64 quiet_ms, GError **error)
{
  McPublicMatter *matter = g_new0 (McPublicMatter, 1);
  gint64 last = 0;

  matter->id = g_strdup (id);
  matter->ops = g_ptr_array_new_with_free_func (g_free);
  matter->scans = g_ptr_array_new_with_free_func (g_free);
  if (!read_ops (store, matter, &last, error))
    {
      mc_public_matter_free (matter);
      return NULL;
    }
  matter->why = why_stays (store, matter, last, quiet_ms);
  return matter;
}

GPtrArray *
mc_public_matters (McStore *store, gint64 quiet_ms, GError **error)
{
  g_autoptr (GPtrArray) matters =
      g_ptr_array_new_with_free_func ((GDestroyNotify)mc_public_matter_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT DISTINCT record FROM op WHERE " DOSSIERS, "");

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, &problem))
    g_ptr_array_add (ids, g_strdup (mc_query_text (query, 0)));
  for (guint i = 0; problem == NULL && i < ids->len; i++)
    {
      McPublicMatter *matter = read_matter (store, ids->pdata[i], quiet_ms, &problem);

      if (matter != NULL)
        g_ptr_array_add (matters, matter);
    }
  if (problem == NULL)
    return g_steal_pointer (&matters);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static int
by_code (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(McStaying *const *)a)->code, (*(McStaying *const *)b)->code);
}

GPtrArray *
mc_public_staying (McStore *store, gint64 quiet_ms, GError **error)
{
  g_autoptr (GPtrArray) matters = mc_public_matters (store, quiet_ms, error);
  GPtrArray *all;

  if (matters == NULL)
    return NULL;
  all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_staying_free);
  for (guint i = 0; i < matters->len; i++)
    {
      const McPublicMatter *matter = matters->pdata[i];
      McStaying *staying = g_new (McStaying, 1);

      *staying = (McStaying){ g_strdup (matter->id), g_strdup (matter->code), matter->why };
      g_ptr_array_add (all, staying);
    }
  g_ptr_array_sort (all, by_code);
  return all;
}
