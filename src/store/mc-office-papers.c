/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-office-papers.h"

#include "mc-declared.h"
#include "mc-desk-private.h"
#include "mc-error.h"
#include "mc-look-back-private.h"
#include <string.h>

#define DIRECT "print-direct"
#define BEFORE "papers"
#define DECLARATION MC_GROUP_PAPERS_PREFIX "declaration."
/* Layouts and declarations are long: each travels in an op of its own. */
#define LONG 2000

static McRecord *
own_record (McStore *store)
{
  g_autofree char *office = mc_store_fact (store, "office");

  return office != NULL ? mc_store_record (store, office, NULL) : NULL;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* The groups of the papers that anybody wrote, in a fixed order. */
static GList *
groups_of (McRecord *record)
{
  GList *names = NULL;
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, MC_GROUP_PAPERS_PREFIX))
      names = g_list_insert_sorted (names, name, by_name);
  return names;
}

/* NULL where nobody has said anything. */
static json_t *
values_of (McRecord *record)
{
  g_autoptr (GList) names = groups_of (record);
  json_t *values = names != NULL ? json_object () : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      json_t *value = mc_record_json (record, l->data);

      if (!json_is_null (value))
        json_object_set (values, l->data, value);
      json_decref (value);
    }
  return values;
}

json_t *
mc_store_papers (McStore *store)
{
  g_autoptr (McRecord) record = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  record = own_record (store);
  return record != NULL ? values_of (record) : NULL;
}

json_t *
mc_store_papers_before (McStore *store)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  text = mc_store_fact (store, BEFORE);
  return text != NULL ? mc_json_parse (text, -1, NULL) : NULL;
}

json_t *
mc_store_papers_bases (McStore *store)
{
  json_t *bases = json_object ();
  g_autoptr (McRecord) record = NULL;
  g_autoptr (GList) names = NULL;

  g_return_val_if_fail (store != NULL, bases);

  record = own_record (store);
  names = record != NULL ? groups_of (record) : NULL;
  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_new (bases, l->data, mc_record_base (record, l->data, TRUE));
  return bases;
}

static void
side_free (gpointer data)
{
  McPapersSide *side = data;

  g_free (side->group);
  g_free (side->by);
  json_decref (side->value);
  g_free (side);
}

static McPapersSide *
side_new (McStore *store, const McGroupState *state, guint place)
{
  const McTip *tip = state->tips->pdata[place];
  g_autoptr (McOp) op = mc_ledger_op (store->db, tip->op);
  g_autoptr (McStaff) staff = op != NULL ? mc_store_staff (store, op->by) : NULL;
  McPapersSide *side = g_new0 (McPapersSide, 1);

  side->group = g_strdup (state->name);
  side->by = g_strdup (staff != NULL ? staff->name : "");
  side->at_ms = op != NULL ? mc_stamp_ms (op->at) : 0;
  side->value = mc_json_parse (tip->value, -1, NULL);
  side->stands = place == 0;
  return side;
}

GPtrArray *
mc_store_papers_sides (McStore *store)
{
  GPtrArray *sides = g_ptr_array_new_with_free_func (side_free);
  g_autoptr (McRecord) record = own_record (store);
  g_autoptr (GList) names = record != NULL ? groups_of (record) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      const McGroupState *state = mc_record_group (record, l->data);

      for (guint i = 0; mc_group_contested (state) && i < state->tips->len; i++)
        g_ptr_array_add (sides, side_new (store, state, i));
    }
  return sides;
}

/* What nobody had written when it was looked at builds on the op that made the record. */
static json_t *
base_of (McRecord *record, const char *group, const json_t *bases)
{
  json_t *seen = json_object_get (bases, group);

  if (seen != NULL)
    return json_incref (seen);
  return bases != NULL ? json_pack ("[s]", record->creator) : mc_record_base (record, group, TRUE);
}

static gboolean
say (McDesk *desk,
     McRecord *record,
     json_t *groups,
     const json_t *bases,
     json_t *said,
     GError **error)
{
  g_autoptr (json_t) body = json_pack ("{s:O}", "groups", groups);
  g_autoptr (json_t) base = json_object ();
  g_autoptr (McOp) op = NULL;
  const char *group;
  json_t *value;

  json_object_foreach (groups, group, value)
      json_object_set_new (base, group, base_of (record, group, bases));
  op = mc_store_append (desk->store,
                        desk->staff->id,
                        record->id,
                        MC_VERB_PAPERS,
                        body,
                        base,
                        NULL,
                        error);
  if (op == NULL)
    return FALSE;
  json_object_foreach (groups, group, value)
      json_object_set_new (said, group, json_pack ("[s]", op->id));
  json_object_clear (groups);
  return TRUE;
}

static gboolean
say_all (McDesk *desk, const json_t *groups, const json_t *bases, json_t *said, GError **error)
{
  g_autoptr (McRecord) record = own_record (desk->store);
  g_autoptr (json_t) some = json_object ();
  const char *group;
  json_t *value;

  if (record == NULL || record->creator == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NOT_FOUND, "the office is not known yet");
      return FALSE;
    }
  json_object_foreach ((json_t *)groups, group, value)
  {
    g_autofree char *text = mc_json_text (value);

    if (strlen (text) > LONG)
      {
        g_autoptr (json_t) alone = json_pack ("{s:O}", group, value);

        if (!say (desk, record, alone, bases, said, error))
          return FALSE;
      }
    else
      json_object_set (some, group, value);
  }
  return json_object_size (some) == 0 || say (desk, record, some, bases, said, error);
}

gboolean
mc_desk_papers (McDesk *desk,
                const json_t *groups,
                const json_t *bases,
                json_t **ret_bases,
                GError **error)
{
  g_autoptr (json_t) said = json_object ();

  g_return_val_if_fail (desk != NULL && groups != NULL, FALSE);

  if (!mc_desk_may (desk, MC_VERB_PAPERS, error) || !mc_db_begin (desk->store->db, error) ||
      !mc_db_finish (desk->store->db, say_all (desk, groups, bases, said, error), error))
    return FALSE;
  if (ret_bases != NULL)
    *ret_bases = g_steal_pointer (&said);
  return TRUE;
}

gboolean
mc_store_direct (McStore *store)
{
  g_autoptr (json_t) before = NULL;

  g_return_val_if_fail (store != NULL, FALSE);

  before = mc_store_papers_before (store);
  return mc_store_fact_int (store, DIRECT, mc_json_bool (before, "direct", FALSE)) != 0;
}

gboolean
mc_store_set_direct (McStore *store, gboolean direct, GError **error)
{
  g_return_val_if_fail (store != NULL, FALSE);

  return mc_store_set_fact_int (store, DIRECT, direct, error);
}

gboolean
mc_papers_project (McStore *store, McRecord *record, GError **error)
{
  g_autofree char *own = mc_store_fact (store, "office");
  g_autoptr (json_t) values = g_strcmp0 (own, record->id) == 0 ? values_of (record) : NULL;
  g_autoptr (json_t) declarations = json_array ();
  const char *group;
  json_t *value;

  if (g_strcmp0 (own, record->id) != 0)
    return TRUE;
  if (values == NULL)
    {
      g_autoptr (json_t) before = mc_store_papers_before (store);

      return mc_store_keep_declarations (store, json_object_get (before, "declarations"), error);
    }
  json_object_foreach (values, group, value) if (g_str_has_prefix (group, DECLARATION))
      json_array_append (declarations, value);
  return mc_store_keep_declarations (store, declarations, error);
}
