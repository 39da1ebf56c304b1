/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-desk-private.h"

#include "mc-error.h"
#include <string.h>

/* One op in one transaction. */
static gboolean
act (McDesk *desk,
     const char *dossier,
     const char *verb,
     json_t *body,
     json_t *base,
     GError **error)
{
  g_autoptr (McOp) op = NULL;
  gint64 one = 0;

  if (!mc_desk_may (desk, verb, error))
    return FALSE;
  if (!mc_db_int (desk->store->db, NULL, &one, "SELECT 1 FROM dossier WHERE id = ?1", "s", dossier))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no dossier %s", dossier);
      return FALSE;
    }
  if (!mc_db_begin (desk->store->db, error))
    return FALSE;
  op = mc_store_append (desk->store, desk->staff->id, dossier, verb, body, base, NULL, error);
  return mc_db_finish (desk->store->db, op != NULL, error);
}

gboolean
mc_desk_set_seen (McDesk *desk,
                  const char *dossier,
                  const char *group,
                  json_t *value,
                  json_t *base,
                  GError **error)
{
  g_autoptr (json_t) body = NULL;
  g_autoptr (json_t) bases = NULL;

  if (!mc_group_valid (group) || g_str_equal (group, MC_GROUP_STATUS) ||
      g_str_equal (group, MC_GROUP_FEE) || g_str_equal (group, MC_GROUP_CASE) ||
      mc_group_append_only (group))
    {
      g_set_error (error,
                   MC_ERROR,
                   MC_ERROR_FORMAT,
                   "group \"%s\" is not edited",
                   group ? group : "");
      return FALSE;
    }
  body = json_pack ("{s:{s:O}}", "groups", group, value);
  bases = base ? json_pack ("{s:O}", group, base) : NULL;
  return act (desk, dossier, MC_VERB_SET, body, bases, error);
}

gboolean
mc_desk_set (McDesk *desk, const char *dossier, const char *group, json_t *value, GError **error)
{
  return mc_desk_set_seen (desk, dossier, group, value, NULL, error);
}

static gboolean
attach (McDesk *desk,
        const char *dossier,
        const char *verb,
        json_t *body,
        json_t *document,
        GError **error)
{
  g_autoptr (McOp) op = NULL;

  if (!mc_store_hold_blob (desk->store,
                           mc_json_string (document, "sha256"),
                           mc_json_int (document, "size", 0),
                           error))
    return FALSE;
  op = mc_store_append (desk->store, desk->staff->id, dossier, verb, body, NULL, NULL, error);
  return op != NULL;
}

gboolean
mc_desk_attach (McDesk *desk,
                const char *dossier,
                const char *part,
                json_t *document,
                GError **error)
{
  g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, part, NULL);
  const char *verb = MC_VERB_ATTACH;
  g_autoptr (McRecord) record = NULL;
  g_autoptr (json_t) body = NULL;

  if (!mc_desk_may (desk, MC_VERB_ATTACH, error))
    return FALSE;
  record = mc_ledger_record (desk->store->db, dossier, error);
  if (record == NULL)
    return FALSE;
  if (record->creator == NULL || !mc_group_valid (group))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no dossier or part: %s %s", dossier, part);
      return FALSE;
    }
  /* What was ticked and counted before stays beside the new scan. */
  body = mc_record_json (record, group);
  if (!json_is_object (body))
    {
      json_decref (body);
      body = json_object ();
    }
  json_object_set_new (body, "ticked", json_true ());
  json_object_set (body, "document", document);
  /* Documents that were kept side by side stay so: an attachment speaks of one alone. */
  if (json_object_get (body, "also") != NULL)
    {
      json_t *groups = json_pack ("{s:{s:O}}", "groups", group, body);

      verb = MC_VERB_SET;
      json_decref (body);
      body = groups;
    }
  else
    json_object_set_new (body, "part", json_string (part));
  if (!mc_db_begin (desk->store->db, error))
    return FALSE;
  return mc_db_finish (desk->store->db, attach (desk, dossier, verb, body, document, error), error);
}

gboolean
mc_desk_take_fee (McDesk *desk,
                  const char *dossier,
                  gint64 amount,
                  const char *method,
                  GError **error)
{
  return mc_desk_take_fee_for (desk, dossier, amount, method, NULL, error);
}

gboolean
mc_desk_take_fee_for (McDesk *desk,
                      const char *dossier,
                      gint64 amount,
                      const char *method,
                      const char *receipt,
                      GError **error)
{
  g_autoptr (json_t) body =
      json_pack ("{s:I,s:s}", "taken", (json_int_t)amount, "method", method ? method : "cash");

  /* Of the act alone: the money is the same whatever it was written down under. */
  if (receipt != NULL && *receipt)
    json_object_set_new (body, "receipt", json_string (receipt));
  return act (desk, dossier, MC_VERB_FEE, body, NULL, error);
}

gboolean
mc_desk_note (McDesk *desk, const char *dossier, const char *text, GError **error)
{
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", text);
  g_autoptr (McRecord) record = mc_ledger_record (desk->store->db, dossier, error);
  g_autoptr (json_t) base = NULL;

  if (record == NULL)
    return FALSE;
  /* A list only grows: its base is the op that made the record. */
  base = json_pack ("{s:[s]}", MC_GROUP_NOTE, record->creator ? record->creator : "");
  return act (desk, dossier, MC_VERB_NOTE, body, base, error);
}

gboolean
mc_desk_transfer (McDesk *desk,
                  const char *dossier,
                  const char *const *offices,
                  const char *why,
                  GError **error)
{
  g_autoptr (json_t) body = json_pack ("{s:[]}", "offices");
  g_autoptr (McRecord) record = mc_ledger_record (desk->store->db, dossier, error);
  const json_t *the_case = record != NULL ? mc_record_peek (record, MC_GROUP_CASE) : NULL;
  const char *received = mc_json_string (the_case, "office");

  if (record == NULL)
    return FALSE;
  /* The whole stays where the resident handed it in, and follows from parts that are seen there. */
  if (json_object_get (the_case, "linked") != NULL)
    return mc_desk_refuse (error, "linked");
  for (guint i = 0; offices[i] != NULL; i++)
    json_array_append_new (json_object_get (body, "offices"), json_string (offices[i]));
  if (json_object_get (the_case, "parent") != NULL && received != NULL &&
      !g_strv_contains (offices, received))
    json_array_append_new (json_object_get (body, "offices"), json_string (received));
  if (why != NULL && *why != '\0')
    json_object_set_new (body, "why", json_string (why));
  return act (desk, dossier, MC_VERB_TRANSFER, body, NULL, error);
}
