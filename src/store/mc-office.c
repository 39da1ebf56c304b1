/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-declared.h"
#include "mc-store-private.h"

#include "mc-error.h"

/* How often a procedure was projected. */
#define CATALOGUE_FACT "catalogue"
#define STAFF_COLUMNS "id, login, name, role, office, verifier, active"

void
mc_staff_free (McStaff *staff)
{
  if (staff == NULL)
    return;
  g_free (staff->id);
  g_free (staff->login);
  g_free (staff->name);
  g_free (staff->office);
  g_free (staff->verifier);
  g_free (staff);
}

McStaff *
mc_staff_copy (const McStaff *staff)
{
  McStaff *copy = g_new0 (McStaff, 1);

  copy->id = g_strdup (staff->id);
  copy->login = g_strdup (staff->login);
  copy->name = g_strdup (staff->name);
  copy->role = staff->role;
  copy->office = g_strdup (staff->office);
  copy->verifier = g_strdup (staff->verifier);
  copy->active = staff->active;
  return copy;
}

static McStaff *
read_staff (McQuery *query)
{
  McStaff *staff = g_new0 (McStaff, 1);

  staff->id = g_strdup (mc_query_text (query, 0));
  staff->login = g_strdup (mc_query_text (query, 1));
  staff->name = g_strdup (mc_query_text (query, 2));
  staff->role = mc_role_parse (mc_query_text (query, 3));
  staff->office = g_strdup (mc_query_text (query, 4));
  staff->verifier = g_strdup (mc_query_text (query, 5));
  staff->active = mc_query_int (query, 6) != 0;
  return staff;
}

McStaff *
mc_store_staff (McStore *store, const char *id)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db, NULL, "SELECT " STAFF_COLUMNS " FROM staff WHERE id = ?1", "s", id);

  return query != NULL && mc_query_next (query, NULL) ? read_staff (query) : NULL;
}

McStaff *
mc_store_staff_by_login (McStore *store, const char *login)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   "SELECT " STAFF_COLUMNS " FROM staff WHERE login = ?1 AND active = 1",
                   "s",
                   login);

  return query != NULL && mc_query_next (query, NULL) ? read_staff (query) : NULL;
}

GPtrArray *
mc_store_staff_all (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_staff_free);
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT " STAFF_COLUMNS " FROM staff WHERE active = 1 ORDER BY name, login",
                   "");

  while (query != NULL && mc_query_next (query, NULL))
    g_ptr_array_add (all, read_staff (query));
  return query ? g_steal_pointer (&all) : NULL;
}

json_t *
mc_store_contract (McStore *store, const char *staff)
{
  g_autoptr (McRecord) record = mc_ledger_record (store->db, staff, NULL);
  json_t *receives =
      record != NULL ? json_object_get (mc_record_peek (record, "staff"), "receives") : NULL;

  return json_is_array (receives) ? json_deep_copy (receives) : NULL;
}

void
mc_office_free (McOffice *office)
{
  if (office == NULL)
    return;
  g_free (office->id);
  g_free (office->code);
  g_free (office->name);
  g_free (office);
}

GPtrArray *
mc_store_offices (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_office_free);
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT id, code, name FROM office ORDER BY name, id", "");

  while (query != NULL && mc_query_next (query, NULL))
    {
      McOffice *office = g_new0 (McOffice, 1);

      office->id = g_strdup (mc_query_text (query, 0));
      office->code = g_strdup (mc_query_text (query, 1));
      office->name = g_strdup (mc_query_text (query, 2));
      g_ptr_array_add (all, office);
    }
  return query ? g_steal_pointer (&all) : NULL;
}

char *
mc_store_today (McStore *store)
{
  g_autoptr (GDateTime) now = mc_local (mc_store_now (store));

  return g_date_time_format (now, "%Y-%m-%d");
}

static McProcedure *
read_procedure (const char *text, const char *today)
{
  g_autoptr (json_t) json = mc_json_parse (text, -1, NULL);
  McProcedure *procedure = json ? mc_procedure_parse (json, NULL) : NULL;

  if (procedure != NULL)
    mc_procedure_hold_cases (procedure, today);
  return procedure;
}

gboolean
mc_store_procedure_here (McStore *store, const McProcedure *procedure)
{
  g_autofree char *office = procedure->office != NULL ? mc_store_fact (store, "office") : NULL;

  return procedure->office == NULL || g_strcmp0 (procedure->office, office) == 0;
}

/* Of two versions of a procedure that hold today, the one that goes before. */
static void
take_version (GHashTable *by_code, GPtrArray *all, McProcedure *procedure)
{
  gpointer place = NULL;

  if (!g_hash_table_lookup_extended (by_code, procedure->code, NULL, &place))
    {
      g_hash_table_insert (by_code, procedure->code, GUINT_TO_POINTER (all->len));
      g_ptr_array_add (all, mc_procedure_ref (procedure));
      return;
    }
  if (!mc_procedure_precedes (procedure, all->pdata[GPOINTER_TO_UINT (place)]))
    return;
  g_hash_table_replace (by_code, procedure->code, place);
  mc_procedure_unref (all->pdata[GPOINTER_TO_UINT (place)]);
  all->pdata[GPOINTER_TO_UINT (place)] = mc_procedure_ref (procedure);
}

GPtrArray *
mc_store_procedures (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_procedure_unref);
  g_autoptr (GHashTable) by_code = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) office = mc_store_office_declarations (store);
  g_autofree char *today = mc_store_today (store);
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT json FROM procedure ORDER BY json ->> 'name', id DESC",
                   "");

  while (query != NULL && mc_query_next (query, NULL))
    {
      g_autoptr (McProcedure) procedure = read_procedure (mc_query_text (query, 0), today);

      if (procedure != NULL && mc_procedure_holds (procedure, today) &&
          mc_store_procedure_here (store, procedure))
        take_version (by_code, all, procedure);
    }
  for (guint i = 0; i < all->len; i++)
    mc_declared_add (all->pdata[i], office);
  return query ? g_steal_pointer (&all) : NULL;
}

void
mc_store_forget_catalogue (McStore *store)
{
  g_hash_table_remove_all (store->procedures);
  g_clear_pointer (&store->calendar, mc_calendar_free);
}

gboolean
mc_store_change_catalogue (McStore *store, GError **error)
{
  mc_store_forget_catalogue (store);
  return mc_store_set_fact_int (store,
                                CATALOGUE_FACT,
                                mc_store_fact_int (store, CATALOGUE_FACT, 0) + 1,
                                error);
}

char *
mc_store_catalogue_mark (McStore *store)
{
  g_autofree char *today = mc_store_today (store);

  return g_strdup_printf ("%s %" G_GINT64_FORMAT,
                          today,
                          mc_store_fact_int (store, CATALOGUE_FACT, 0));
}

/* The version of @code that holds today, else the last one that there was. */
static McProcedure *
read_version (McStore *store, const char *code, const char *today)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   "SELECT json FROM procedure WHERE code = ?1 ORDER BY id DESC",
                   "s",
                   code);
  g_autoptr (McProcedure) best = NULL;

  while (query != NULL && mc_query_next (query, NULL))
    {
      g_autoptr (McProcedure) one = read_procedure (mc_query_text (query, 0), today);
      gboolean holds = one != NULL && mc_procedure_holds (one, today);
      gboolean best_holds = best != NULL && mc_procedure_holds (best, today);

      if (one == NULL || !mc_store_procedure_here (store, one) ||
          (best != NULL && holds == best_holds && !mc_procedure_precedes (one, best)) ||
          (best_holds && !holds))
        continue;
      g_clear_pointer (&best, mc_procedure_unref);
      best = g_steal_pointer (&one);
    }
  return g_steal_pointer (&best);
}

static void
add_declarations (McStore *store, McProcedure *procedure)
{
  g_autoptr (GPtrArray) office = mc_store_office_declarations (store);

  if (procedure != NULL)
    mc_declared_add (procedure, office);
}

/* Parsed once: a script that receives thousands would parse the same entry thousands of times. */
static McProcedure *
known_procedure (McStore *store, const char *code, const char *today)
{
  g_autofree char *key = g_strconcat (code, " ", today, NULL);
  McProcedure *known = g_hash_table_lookup (store->procedures, key);

  if (known != NULL)
    return mc_procedure_ref (known);
  known = read_version (store, code, today);
  add_declarations (store, known);
  /* A reader is not told when the catalogue changes: it keeps nothing. */
  if (known != NULL && store->lock >= 0)
    g_hash_table_insert (store->procedures, g_steal_pointer (&key), mc_procedure_ref (known));
  return known;
}

McProcedure *
mc_store_procedure (McStore *store, const char *code, GError **error)
{
  g_autofree char *today = mc_store_today (store);
  McProcedure *procedure = known_procedure (store, code, today);

  if (procedure == NULL)
    g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "procedure %s is not in the catalogue", code);
  return procedure;
}

static McCalendar *
read_calendar (McStore *store, GError **error)
{
  g_autofree char *text =
      mc_db_text (store->db, NULL, "SELECT json FROM calendar ORDER BY id DESC LIMIT 1", "");
  g_autofree char *office = mc_store_fact (store, "office_code");
  g_autoptr (json_t) json =
      mc_json_parse (text ? text : "{\"version\":\"weekends\",\"days\":[]}", -1, error);

  return json ? mc_calendar_parse_at (json, office, error) : NULL;
}

McCalendar *
mc_store_calendar (McStore *store, GError **error)
{
  if (store->lock < 0)
    return read_calendar (store, error);
  if (store->calendar == NULL)
    store->calendar = read_calendar (store, error);
  return store->calendar ? mc_calendar_ref (store->calendar) : NULL;
}
