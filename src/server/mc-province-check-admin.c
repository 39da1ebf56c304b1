/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-check-private.h"

/* One column of an admin table, and the member of its record's group that it repeats. */
typedef struct
{
  const char *columns; /* SQL, in the order of members */
  const char *group;
  const char *members[6];
} Table;

static const Table tables[] = {
  { "SELECT code, name FROM office WHERE id = ?", "office", { "code", "name" } },
  { "SELECT office, login, name, role, iif (active, 'true', 'false') FROM staff WHERE id = ?",
    "staff",
    { "office", "login", "name", "role", "active" } },
  { "SELECT code FROM procedure WHERE id = ?", "procedure", { "code" } },
};

/* A member as the table has it; of a procedure, the members are one level further in. */
static char *
member_text (json_t *value, const char *group, const char *member)
{
  json_t *inner = g_str_equal (group, "procedure") ? json_object_get (value, "procedure") : value;

  if (g_str_equal (member, "active"))
    return g_strdup (mc_json_bool (inner, member, TRUE) ? "true" : "false");
  return g_strdup (mc_json_string (inner, member));
}

static gboolean
row_holds (McQuery *query, const Table *table, json_t *value)
{
  for (guint i = 0; table->members[i] != NULL; i++)
    {
      g_autofree char *text = member_text (value, table->group, table->members[i]);

      if (g_strcmp0 (text, mc_query_text (query, (int)i)) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_row (McProvince *province,
           const Table *table,
           McRecord *record,
           GPtrArray *findings,
           GError **error)
{
  g_autoptr (json_t) value = mc_record_json (record, table->group);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = NULL;

  if (value == NULL)
    return TRUE;
  query = mc_db_query (province->db, error, table->columns, "s", record->id);
  if (query == NULL)
    return FALSE;
  if (!mc_query_next (query, &problem) || !row_holds (query, table, value))
    _mc_found (findings, "%s %s: its row differs from its record", table->group, record->id);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
_mc_check_admin (McProvince *province, const char *id, GPtrArray *findings, GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (province->db, id, error);

  if (record == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!check_row (province, &tables[i], record, findings, error))
      return FALSE;
  return TRUE;
}
