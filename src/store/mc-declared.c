/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-declared.h"

#include "mc-applicant.h"
#include "mc-desk-private.h"
#include "mc-error.h"
#include "mc-linked.h"
#include <string.h>

/* An op may write so many groups that a whole declaration needs two. */
#define GROUPS_MAX 150
/* The newest dossiers of a resident that are looked at, and the shortest number that says who it
 * is. */
#define LOOK_AT 12
#define NUMBER_MIN 9
#define OFFICE_FACT "declarations"

json_t *
mc_declared_bases (McRecord *record, const McDeclaration *declaration, const json_t *changed)
{
  g_autoptr (json_t) groups = mc_declaration_groups (declaration, changed);
  json_t *bases = json_object ();
  const char *group;
  json_t *value;

  json_object_foreach (groups, group, value)
      json_object_set_new (bases, group, mc_record_base (record, group, FALSE));
  return bases;
}

/* Whether writing @value says nothing new. */
static gboolean
stands (McRecord *record, const char *group, const json_t *value)
{
  const json_t *standing = mc_record_peek (record, group);
  const char *text = json_string_value (standing);

  return g_strcmp0 (text != NULL ? text : "", json_string_value (value)) == 0;
}

static gboolean
write_some (McDesk *desk, const char *dossier, json_t *groups, json_t *bases, GError **error)
{
  g_autoptr (json_t) body = json_pack ("{s:O}", "groups", groups);
  g_autoptr (McOp) op = mc_store_append (desk->store,
                                         desk->staff->id,
                                         dossier,
                                         MC_VERB_SET,
                                         body,
                                         bases,
                                         NULL,
                                         error);

  json_object_clear (groups);
  json_object_clear (bases);
  return op != NULL;
}

gboolean
mc_desk_declare_within (McDesk *desk,
                        const char *dossier,
                        const McDeclaration *declaration,
                        const json_t *changed,
                        const json_t *bases,
                        GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (desk->store->db, dossier, error);
  g_autoptr (json_t) all = mc_declaration_groups (declaration, changed);
  g_autoptr (json_t) groups = json_object ();
  g_autoptr (json_t) named = json_object ();
  const char *group;
  json_t *value;

  if (record == NULL)
    return FALSE;
  json_object_foreach (all, group, value)
  {
    json_t *base = json_object_get (bases, group);

    if (stands (record, group, value))
      continue;
    json_object_set (groups, group, value);
    json_object_set_new (named,
                         group,
                         base != NULL ? json_incref (base) : mc_record_base (record, group, FALSE));
    if (json_object_size (groups) == GROUPS_MAX &&
        !write_some (desk, dossier, groups, named, error))
      return FALSE;
  }
  return json_object_size (groups) == 0 || write_some (desk, dossier, groups, named, error);
}

gboolean
mc_desk_declare (McDesk *desk,
                 const char *dossier,
                 const McDeclaration *declaration,
                 const json_t *changed,
                 const json_t *bases,
                 GError **error)
{
  gint64 one = 0;

  g_return_val_if_fail (desk != NULL && dossier != NULL && declaration != NULL, FALSE);

  if (!mc_desk_may (desk, MC_VERB_SET, error))
    return FALSE;
  if (!mc_db_int (desk->store->db, NULL, &one, "SELECT 1 FROM dossier WHERE id = ?1", "s", dossier))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no dossier %s", dossier);
      return FALSE;
    }
  if (!mc_db_begin (desk->store->db, error))
    return FALSE;
  return mc_db_finish (desk->store->db,
                       mc_desk_declare_within (desk, dossier, declaration, changed, bases, error),
                       error);
}

gboolean
mc_desk_declare_received (McDesk *desk,
                          const char *dossier,
                          const McProcedure *procedure,
                          const json_t *declarations,
                          GError **error)
{
  const char *id;
  json_t *values;

  json_object_foreach ((json_t *)declarations, id, values)
  {
    g_autoptr (McDeclaration) declaration = mc_declaration_named (procedure, id);

    if (declaration == NULL || !json_is_object (values))
      {
        g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "no declaration \"%s\"", id);
        return FALSE;
      }
    if (!mc_desk_declare_within (desk, dossier, declaration, values, NULL, error))
      return FALSE;
  }
  return TRUE;
}

json_t *
mc_declared (McRecord *record, const McDeclaration *declaration)
{
  g_autofree char *prefix = g_strdup_printf (MC_GROUP_FORM_PREFIX "%s.", declaration->id);
  json_t *values = json_object ();
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail (record != NULL, values);

  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      const char *text = g_str_has_prefix (name, prefix)
                             ? json_string_value (mc_record_peek (record, name))
                             : NULL;

      if (text != NULL && *text != '\0' &&
          mc_declaration_blank (declaration, (const char *)name + strlen (prefix)) != NULL)
        json_object_set_new (values, (const char *)name + strlen (prefix), json_string (text));
    }
  return values;
}

/* "form:ct01.thanh_vien.2.ten" is of the list "form:ct01.thanh_vien.". Returns: (transfer full)
 * (nullable): %NULL for what is no row's */
static char *
list_of (const char *group)
{
  const char *blank = strchr (group, '.');
  const char *row = blank != NULL ? strchr (blank + 1, '.') : NULL;

  return row != NULL ? g_strndup (group, (gsize)(row + 1 - group)) : NULL;
}

/* The lists of which a newer dossier said something: their rows are not mixed with an older one's.
 */
static GHashTable *
lists_in (const json_t *said)
{
  GHashTable *lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *group;
  json_t *value;

  json_object_foreach ((json_t *)said, group, value)
  {
    char *list = list_of (group);

    if (list != NULL)
      g_hash_table_add (lists, list);
  }
  return lists;
}

/* What is not said by a newer dossier already. */
static void
add_declared (json_t *said, McRecord *record)
{
  g_autoptr (GHashTable) lists = lists_in (said);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      const char *text = g_str_has_prefix (name, MC_GROUP_FORM_PREFIX)
                             ? json_string_value (mc_record_peek (record, name))
                             : NULL;
      g_autofree char *list = text != NULL ? list_of (name) : NULL;

      if (text != NULL && *text != '\0' && json_object_get (said, name) == NULL &&
          (list == NULL || !g_hash_table_contains (lists, list)))
        json_object_set_new (said, name, json_string (text));
    }
}

json_t *
mc_store_declared_before (McStore *store, const char *number)
{
  const McFilter filter = { .queue = MC_QUEUE_ALL, .search = number };
  json_t *said = json_object ();
  g_autoptr (GArray) numbers = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (store != NULL, said);

  if (number == NULL || strlen (number) < NUMBER_MIN)
    return said;
  numbers = mc_store_list (store, &filter, NULL);
  if (numbers == NULL)
    return said;
  rows = mc_store_rows (store,
                        (const gint64 *)(void *)numbers->data,
                        MIN (numbers->len, LOOK_AT),
                        NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr (McRecord) record =
          mc_ledger_record (store->db, ((McRow *)rows->pdata[i])->id, NULL);
      const json_t *applicant = record ? mc_record_peek (record, MC_GROUP_APPLICANT) : NULL;

      if (g_strcmp0 (mc_applicant_owner_id (applicant), number) == 0)
        add_declared (said, record);
    }
  return said;
}

json_t *
mc_store_declared_beside (McStore *store, McRecord *record)
{
  json_t *said = json_object ();
  const json_t *link = record != NULL ? mc_linked_parent (record) : NULL;
  g_autoptr (McRecord) parent = NULL;
  g_autoptr (GPtrArray) children = NULL;

  g_return_val_if_fail (store != NULL && record != NULL, said);

  add_declared (said, record);
  if (link != NULL)
    parent = mc_ledger_record (store->db, mc_json_string (link, "id"), NULL);
  if (parent != NULL)
    add_declared (said, parent);
  children = mc_store_children (store, parent != NULL ? parent : record);
  for (guint i = 0; i < children->len; i++)
    {
      g_autoptr (McRecord) child =
          mc_ledger_record (store->db, ((McChild *)children->pdata[i])->id, NULL);

      if (child != NULL)
        add_declared (said, child);
    }
  return said;
}

gboolean
mc_store_keep_declarations (McStore *store, const json_t *declarations, GError **error)
{
  g_autofree char *standing = mc_store_fact (store, OFFICE_FACT);
  g_autofree char *text = declarations != NULL ? mc_json_text (declarations) : g_strdup ("[]");

  if (g_strcmp0 (standing != NULL ? standing : "[]", text) == 0)
    return TRUE;
  return mc_store_set_fact (store, OFFICE_FACT, text, error) &&
         mc_store_change_catalogue (store, error);
}

GPtrArray *
mc_store_office_declarations (McStore *store)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_declaration_unref);
  g_autofree char *text = mc_store_fact (store, OFFICE_FACT);
  g_autoptr (json_t) list = text != NULL ? mc_json_parse (text, -1, NULL) : NULL;

  for (size_t i = 0; i < json_array_size (list); i++)
    {
      McDeclaration *one = mc_declaration_parse (json_array_get (list, i), NULL);

      if (one != NULL)
        g_ptr_array_add (all, one);
    }
  return all;
}

void
mc_declared_add (McProcedure *procedure, GPtrArray *office)
{
  for (guint i = office->len; i-- > 0;)
    if (mc_declaration_is_for (office->pdata[i], procedure->code, NULL))
      g_ptr_array_insert (procedure->declarations, 0, mc_declaration_ref (office->pdata[i]));
}
