/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-desk-private.h"
#include "mc-worker.h"

#include "mc-error.h"
#include "mc-id.h"
#include "mc-preparation.h"

char *
mc_desk_draft_put (McDesk *desk, const char *id, json_t *reception, GError **error)
{
  gint64 now = mc_store_now (desk->store);
  g_autofree char *name = id ? g_strdup (id) : mc_id_new (now);
  g_autofree char *text = mc_json_text (reception);

  if (!mc_db_run (desk->store->db,
                  error,
                  "INSERT INTO draft (id, at, reception) VALUES (?1, ?2, ?3) "
                  "ON CONFLICT (id) DO UPDATE SET at = ?2, reception = ?3",
                  "sis",
                  name,
                  now,
                  text))
    return NULL;
  mc_store_mark_changed (desk->store);
  return g_steal_pointer (&name);
}

/* What the refused reception said, as it was typed. */
static json_t *
typed_again (const McOp *refused)
{
  static const char *const members[] = { "procedure", "case",    "channel", "applicant",
                                         "contact",   "subject", "parts" };
  json_t *amount = json_object_get (json_object_get (refused->body, "fee"), "amount");
  json_t *reception = json_pack ("{s:s}", "instead", refused->id);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_t *value = json_object_get (refused->body, members[i]);

      if (value != NULL && !json_is_null (value))
        json_object_set (reception, members[i], value);
    }
  if (json_is_integer (amount))
    json_object_set (reception, "fee", amount);
  return reception;
}

char *
mc_desk_reopen (McDesk *desk, const char *op, GError **error)
{
  g_autoptr (McOp) refused = mc_desk_refused_op (desk->store, op, error);
  g_autoptr (json_t) reception = NULL;
  g_autoptr (json_t) declared = NULL;
  char *known;

  if (refused == NULL)
    return NULL;
  if (!g_str_equal (refused->verb, MC_VERB_RECEIVE))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "%s is no reception", op);
      return NULL;
    }
  known = mc_db_text (desk->store->db,
                      NULL,
                      "SELECT id FROM draft WHERE json_extract (reception, '$.instead') = ?1",
                      "s",
                      op);
  if (known != NULL)
    return known;
  reception = typed_again (refused);
  declared = mc_desk_declared_with (desk->store, refused);
  if (json_object_size (declared) > 0)
    json_object_set (reception, "declarations", declared);
  return mc_desk_draft_put (desk, NULL, reception, error);
}

json_t *
mc_desk_draft (McDesk *desk, const char *id, GError **error)
{
  return mc_store_draft (desk->store, id, error);
}

json_t *
mc_store_draft (McStore *store, const char *id, GError **error)
{
  g_autofree char *text =
      mc_db_text (store->db, error, "SELECT reception FROM draft WHERE id = ?1", "s", id);

  if (text == NULL && error != NULL && *error == NULL)
    g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no draft %s", id);
  return text ? mc_json_parse (text, -1, error) : NULL;
}

/* Who may not change a procedure has no use for one that was begun. */
static gboolean
is_theirs (McDesk *desk, const json_t *reception)
{
  if (json_object_get (reception, "own") != NULL)
    return desk->staff == NULL || mc_role_may (desk->staff->role, MC_VERB_OWN);
  return mc_preparation_shown (desk->store, desk->staff, reception);
}

json_t *
mc_desk_drafts (McDesk *desk, GError **error)
{
  g_autoptr (McQuery) query = mc_db_query (desk->store->db,
                                           error,
                                           "SELECT id, at, reception FROM draft ORDER BY at DESC",
                                           "");
  json_t *drafts;

  if (query == NULL)
    return NULL;
  drafts = json_array ();
  while (mc_query_next (query, NULL))
    {
      json_t *reception = mc_json_parse (mc_query_text (query, 2), -1, NULL);

      if (reception != NULL && !is_theirs (desk, reception))
        json_decref (reception);
      else if (reception != NULL)
        json_array_append_new (drafts,
                               json_pack ("{s:s,s:I,s:o}",
                                          "id",
                                          mc_query_text (query, 0),
                                          "at",
                                          (json_int_t)mc_query_int (query, 1),
                                          "reception",
                                          reception));
    }
  return drafts;
}

gboolean
mc_desk_draft_drop (McDesk *desk, const char *id, GError **error)
{
  gboolean ok;

  if (!mc_db_begin (desk->store->db, error))
    return FALSE;
  ok = mc_preparation_withdraw (desk, id, error) &&
       mc_db_run (desk->store->db, error, "DELETE FROM draft WHERE id = ?1", "s", id);
  mc_store_mark_changed (desk->store);
  return mc_db_finish (desk->store->db, ok, error);
}
