/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-scans.h"

#include "mc-calendar.h"
#include "mc-clock.h"
#include "mc-desk.h"
#include "mc-practice.h"
#include "mc-store-private.h"

#define PAUSED "scans.paused"
#define NOT_METERED "scans.not_metered"
#define AFTER_HOURS "scans.after_hours"

McScansRule
mc_store_scans_rule (McStore *store)
{
  return (McScansRule){
    .paused = mc_store_fact_int (store, PAUSED, 0) != 0,
    .not_metered = mc_store_fact_int (store, NOT_METERED, 0) != 0,
    .after_hours = mc_store_fact_int (store, AFTER_HOURS, 0) != 0,
  };
}

gboolean
mc_store_set_scans_rule (McStore *store, const McScansRule *rule, GError **error)
{
  return mc_store_set_fact_int (store, PAUSED, rule->paused, error) &&
         mc_store_set_fact_int (store, NOT_METERED, rule->not_metered, error) &&
         mc_store_set_fact_int (store, AFTER_HOURS, rule->after_hours, error);
}

static gboolean
at_work (McStore *store)
{
  g_autoptr (McCalendar) calendar = mc_store_calendar (store, NULL);
  g_autoptr (GDateTime) now = mc_local (mc_store_now (store));

  return calendar != NULL && now != NULL && mc_calendar_receives (calendar, now);
}

McScansHeld
mc_store_scans_held (McStore *store, gboolean metered)
{
  McScansRule rule = mc_store_scans_rule (store);

  if (rule.paused)
    return MC_SCANS_PAUSED;
  if (rule.not_metered && metered)
    return MC_SCANS_METERED;
  return rule.after_hours && at_work (store) ? MC_SCANS_HOURS : MC_SCANS_GO;
}

void
mc_store_want_scan (McStore *store, const char *sha256)
{
  g_free (store->wanted);
  store->wanted = g_strdup (sha256);
  g_hash_table_remove (store->put_off, sha256);
}

char *
mc_store_awaited_scan (McStore *store)
{
  const char *wanted = store->wanted;

  return wanted != NULL && g_hash_table_contains (store->put_off, wanted) &&
                 !mc_store_blob_here (store, wanted)
             ? g_strdup (wanted)
             : NULL;
}

void
mc_store_scan_came (McStore *store, const char *sha256)
{
  g_hash_table_remove (store->put_off, sha256);
}
