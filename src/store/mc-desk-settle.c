/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-desk-private.h"

#include "mc-error.h"

static gboolean
no_conflict (GError **error, const char *conflict)
{
  g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no conflict %s", conflict);
  return FALSE;
}

static json_t *
base_of (const char *group, const char *const *seen)
{
  json_t *base = json_pack ("{s:[]}", group);

  for (guint i = 0; seen[i] != NULL; i++)
    json_array_append_new (json_object_get (base, group), json_string (seen[i]));
  return base;
}

/* A document that is kept beside another is a scan of this dossier like any other. */
static gboolean
settle_one (McDesk *desk, const McKept *choice, GError **error)
{
  g_auto (GStrv) halves = g_strsplit (choice->conflict, "/", 2);
  g_autoptr (McRecord) record = NULL;
  g_autoptr (json_t) body = NULL;
  g_autoptr (json_t) base = NULL;
  g_autoptr (McOp) op = NULL;
  McGroupState *state;

  if (g_strv_length (halves) != 2)
    return no_conflict (error, choice->conflict);
  record = mc_ledger_record (desk->store->db, halves[0], error);
  if (record == NULL)
    return FALSE;
  state = mc_record_group (record, halves[1]);
  if (state == NULL || !mc_group_contested (state))
    return no_conflict (error, choice->conflict);
  body = json_pack ("{s:s,s:O}", "group", halves[1], "value", choice->value);
  base = choice->seen ? base_of (halves[1], choice->seen) : NULL;
  op = mc_store_append (desk->store,
                        desk->staff->id,
                        halves[0],
                        MC_VERB_SETTLE,
                        body,
                        base,
                        NULL,
                        error);
  return op != NULL;
}

gboolean
mc_desk_settle_all (McDesk *desk, const McKept *choices, guint length, GError **error)
{
  gboolean ok = TRUE;

  if (!mc_desk_may (desk, MC_VERB_SETTLE, error) || !mc_db_begin (desk->store->db, error))
    return FALSE;
  for (guint i = 0; ok && i < length; i++)
    ok = settle_one (desk, &choices[i], error);
  return mc_db_finish (desk->store->db, ok, error);
}

gboolean
mc_desk_settle (McDesk *desk,
                const char *conflict,
                json_t *value,
                const char *const *seen,
                GError **error)
{
  McKept choice = { conflict, value, seen };

  return mc_desk_settle_all (desk, &choice, 1, error);
}
