/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Work that the province refused: corrected and sent again, or set aside. The new op names the
 * refused one, so that it counts once, and names what stands, so that nobody's later work is
 * undone.
 */
#include "mc-desk-private.h"

#include "mc-error.h"
#include "mc-worker.h"
#include <string.h>

McOp *
mc_desk_refused_op (McStore *store, const char *id, GError **error)
{
  g_autofree char *ruling = mc_ledger_ruling (store->db, id);
  McOp *op =
      ruling && g_str_has_prefix (ruling, "\"refused:") ? mc_ledger_op (store->db, id) : NULL;

  if (op == NULL)
    g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no refused change %s", id);
  return op;
}

static gboolean
may_resend (McDesk *desk, const McOp *op, GError **error)
{
  if (!mc_desk_may (desk, op->verb, error))
    return FALSE;
  if (g_str_equal (op->verb, MC_VERB_STEP) &&
      !mc_workflow_may (mc_store_workflow (desk->store, op->on),
                        desk->staff->role,
                        mc_json_string (op->body, "step")))
    return mc_desk_refuse (error, "role");
  return TRUE;
}

/* What stands now for each group, and the refused op beside it. */
static json_t *
corrected_base (McStore *store, const McOp *refused, json_t *body, GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (store->db, refused->on, error);
  McOp shape = { .verb = refused->verb,
                 .body = body,
                 .version = mc_op_version_for (refused->verb, body) };
  g_autoptr (GPtrArray) writes = NULL;
  json_t *base;

  if (record == NULL)
    return NULL;
  /* Handed over to another office since, or never made: there is nothing to build on. */
  if (record->creator == NULL && !mc_verb_creates (refused->verb))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no dossier %s", refused->on);
      return NULL;
    }
  writes = mc_op_writes (&shape);
  base = json_object ();
  for (guint i = 0; i < writes->len && record->creator != NULL; i++)
    {
      McWrite *write = writes->pdata[i];
      json_t *ids =
          mc_group_append_only (write->group)
              ? json_pack ("[s]", record->creator)
              : mc_record_base (record, write->group, g_str_equal (refused->verb, MC_VERB_SETTLE));

      json_array_append_new (ids, json_string (refused->id));
      json_object_set_new (base, write->group, ids);
    }
  /* A reception begins its record anew: there is nothing else to name. */
  if (record->creator == NULL)
    json_object_set_new (base, MC_GROUP_CASE, json_pack ("[s]", refused->id));
  return base;
}

static gboolean
resend_one (McDesk *desk, const McOp *refused, json_t *body, GError **error)
{
  McStore *store = desk->store;
  g_autoptr (json_t) base = NULL;
  g_autoptr (McOp) op = NULL;

  if (!may_resend (desk, refused, error))
    return FALSE;
  base = corrected_base (store, refused, body, error);
  if (base != NULL)
    op = mc_store_append (store,
                          desk->staff->id,
                          refused->on,
                          refused->verb,
                          body,
                          base,
                          refused->id,
                          error);
  return op != NULL;
}

/* A reception keeps the code that is on the paper in the resident's hand, and its office. */
static json_t *
corrected_body (const McOp *refused, json_t *body)
{
  static const char *const printed[] = { "code", "office", "received" };
  json_t *whole = json_deep_copy (body ? body : refused->body);

  for (guint i = 0; g_str_equal (refused->verb, MC_VERB_RECEIVE) && i < G_N_ELEMENTS (printed); i++)
    json_object_set (whole, printed[i], json_object_get (refused->body, printed[i]));
  return whole;
}

/* The other refused work on a record that was refused for want of it, oldest first. */
static GPtrArray *
dependants (McStore *store, const McOp *refused)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   "SELECT o.id FROM op o WHERE o.record = ?1 AND o.id <> ?2 "
                   "AND o.ruling IN ('\"refused:record\"', '\"refused:after\"') "
                   "AND o.device IN (SELECT device FROM own_device) "
                   "AND NOT EXISTS (SELECT 1 FROM corrected c WHERE c.op = o.id) ORDER BY o.seq",
                   "ss",
                   refused->on,
                   refused->id);

  while (query != NULL && mc_query_next (query, NULL))
    g_ptr_array_add (ids, g_strdup (mc_query_text (query, 0)));
  return ids;
}

gboolean
mc_desk_resend_within (McDesk *desk, const McOp *refused, json_t *body, GError **error)
{
  g_autoptr (json_t) whole = corrected_body (refused, body);
  g_autoptr (GPtrArray) others = NULL;

  if (!resend_one (desk, refused, whole, error))
    return FALSE;
  others = dependants (desk->store, refused);
  for (guint i = 0; i < others->len; i++)
    {
      g_autoptr (McOp) other = mc_ledger_op (desk->store->db, others->pdata[i]);

      /* What this person may not send stays on the list for one who may. */
      if (other != NULL && may_resend (desk, other, NULL) &&
          !resend_one (desk, other, other->body, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mc_desk_refused_with (McStore *store, const McOp *refused, const char *verb)
{
  g_autoptr (GPtrArray) others = dependants (store, refused);

  for (guint i = 0; i < others->len; i++)
    {
      g_autoptr (McOp) other = mc_ledger_op (store->db, others->pdata[i]);

      if (other != NULL && g_str_equal (other->verb, verb))
        return TRUE;
    }
  return FALSE;
}

/* "form:ct01.phone" → "phone" of "ct01"; the version is said again anyway. */
static void
add_declared (json_t *declarations, const char *group, json_t *value)
{
  const char *name = strchr (group, '.');
  g_autofree char *id = NULL;

  if (!g_str_has_prefix (group, MC_GROUP_FORM_PREFIX) || name == NULL)
    return;
  group += strlen (MC_GROUP_FORM_PREFIX);
  id = g_strndup (group, (gsize)(name - group));
  if (json_object_get (declarations, id) == NULL)
    json_object_set_new (declarations, id, json_object ());
  json_object_set (json_object_get (declarations, id), name + 1, value);
}

json_t *
mc_desk_declared_with (McStore *store, const McOp *refused)
{
  g_autoptr (GPtrArray) others = dependants (store, refused);
  json_t *declarations = json_object ();

  for (guint i = 0; i < others->len; i++)
    {
      g_autoptr (McOp) other = mc_ledger_op (store->db, others->pdata[i]);
      json_t *groups = other != NULL ? json_object_get (other->body, "groups") : NULL;
      const char *group;
      json_t *value;

      json_object_foreach (groups, group, value) add_declared (declarations, group, value);
    }
  return declarations;
}

gboolean
mc_desk_resend (McDesk *desk, const char *op, json_t *body, GError **error)
{
  g_autoptr (McOp) refused = mc_desk_refused_op (desk->store, op, error);

  if (refused == NULL || !may_resend (desk, refused, error) ||
      !mc_db_begin (desk->store->db, error))
    return FALSE;
  return mc_db_finish (desk->store->db, mc_desk_resend_within (desk, refused, body, error), error);
}

gboolean
mc_desk_set_aside (McDesk *desk, const char *op, GError **error)
{
  g_autoptr (McOp) refused = mc_desk_refused_op (desk->store, op, error);

  if (refused == NULL)
    return FALSE;
  if (desk->staff == NULL)
    return mc_desk_refuse (error, "nobody");
  if (!mc_db_run (desk->store->db,
                  error,
                  "INSERT OR IGNORE INTO corrected (op, by, at) VALUES (?1, NULL, ?2)",
                  "si",
                  op,
                  mc_store_now (desk->store)))
    return FALSE;
  mc_store_mark_changed (desk->store);
  return TRUE;
}
