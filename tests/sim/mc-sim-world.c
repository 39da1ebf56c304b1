/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-world.h"

#include "mc-sim-event.h"
#include "mc-sim-net.h"
#include "mc-sim-oracle.h"
#include "mc-sim-wrap.h"
#include <stdarg.h>
#include <string.h>

/* More rounds than this without rest are a livelock. */
#define ROUNDS_MAX 60

/* A warning of the product in any run is a fault of its own. */
static McSimWorld *running;

void
mc_sim_say (McSimWorld *world, const char *format, ...)
{
  va_list values;

  if (world->trace == NULL)
    return;
  va_start (values, format);
  g_string_append_vprintf (world->trace, format, values);
  va_end (values);
  g_string_append_c (world->trace, '\n');
}

void
mc_sim_bad (McSimWorld *world, const char *format, ...)
{
  va_list values;
  char *text;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  mc_sim_say (world, "!! %s", text);
  g_ptr_array_add (world->problems, text);
}

void
mc_sim_note (McSimWorld *world, const char *what)
{
  mc_sim_count_add (world->count, what, 1);
}

void
mc_sim_digest (McSimWorld *world, const void *bytes, gsize length)
{
  const guint8 *at = bytes;

  for (gsize i = 0; i < length; i++)
    world->digest = (world->digest ^ at[i]) * G_GUINT64_CONSTANT (0x100000001b3);
}

void
mc_sim_pass (McSimWorld *world, gint64 ms)
{
  world->now_ms += ms;
}

const char *
mc_sim_short (const char *id)
{
  gsize length = id ? strlen (id) : 0;

  return length > 6 ? id + length - 6 : id ? id : "-";
}

static GLogWriterOutput
on_log (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  if (running != NULL && (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)))
    for (gsize i = 0; i < n; i++)
      if (strcmp (fields[i].key, "MESSAGE") == 0)
        mc_sim_bad (running, "the product warns: %s", (const char *)fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

/* GLib takes one listener in the life of a process. */
static void
listen (void)
{
  static gboolean listens;

  if (!listens)
    g_log_set_writer_func (on_log, NULL, NULL);
  listens = TRUE;
}

static void
open_world (McSimWorld *world)
{
  guint desks = 3 + (guint)(world->seed % 3);

  world->province = mc_sim_province_new (world);
  world->net = mc_sim_net_new (world);
  for (guint i = 0; i < desks; i++)
    {
      McSimDesk *desk =
          mc_sim_add_desk (world, world->base->office_of[i], &world->base->profiles[i]);

      /* Some have an older program. */
      if (mc_sim_mix (world->seed, 100 + i) % 2 == 0)
        desk->version = 1;
      mc_sim_desk_open (desk);
    }
}

static void
close_world (McSimWorld *world)
{
  for (guint i = 0; i < world->desks->len; i++)
    mc_sim_desk_free (world->desks->pdata[i]);
  g_ptr_array_unref (world->desks);
  mc_sim_net_free (world->net);
  mc_sim_province_free (world->province);
  mc_sim_sight_clear (&world->sight);
  g_hash_table_unref (world->ever_seen);
  g_hash_table_unref (world->aside);
  g_hash_table_unref (world->strange);
  g_hash_table_unref (world->forged);
  for (guint i = 0; i < MC_SIM_OFFICES; i++)
    g_clear_pointer (&world->seeds[i], g_ptr_array_unref);
}

/* Whatever would still change if somebody spoke. */
static char *
state_of (McSimWorld *world)
{
  GString *state = g_string_new (NULL);
  McDb *db = mc_sim_province_db (world->province);
  gint64 n = 0;

  mc_db_int (db, NULL, &n, "SELECT coalesce (max (seq), 0) FROM op", "");
  g_string_append_printf (state, "%" G_GINT64_FORMAT, n);
  mc_db_int (db, NULL, &n, "SELECT count(*) FROM feed", "");
  g_string_append_printf (state, " %" G_GINT64_FORMAT, n);
  for (guint i = 0; i < world->desks->len; i++)
    {
      McSimDesk *desk = world->desks->pdata[i];

      if (desk->dead || desk->store == NULL)
        continue;
      g_string_append_printf (state,
                              " %" G_GINT64_FORMAT "/%u",
                              mc_store_cursor (desk->store).n,
                              mc_sim_desk_waiting (desk));
    }
  return g_string_free (state, FALSE);
}

/* Whether only time can help: an op without its parents, a desk that may not enrol again yet. */
static gboolean
anything_waits (McSimWorld *world)
{
  gint64 orphans = 0;

  mc_db_int (mc_sim_province_db (world->province),
             NULL,
             &orphans,
             "SELECT count(*) FROM orphan",
             "");
  for (guint i = 0; i < world->desks->len; i++)
    {
      McSimDesk *desk = world->desks->pdata[i];

      if (!desk->dead && desk->store != NULL &&
          (mc_sim_desk_waiting (desk) > 0 || mc_store_copied (desk->store)))
        return TRUE;
    }
  return orphans > 0;
}

/* Whether a desk has something to say, or the province to it. */
static gboolean
has_news (McSimWorld *world, McSimDesk *desk)
{
  McCursor cursor;

  if (desk->dead || desk->store == NULL || desk->device == NULL)
    return FALSE;
  cursor = mc_store_cursor (desk->store);
  return mc_sim_desk_waiting (desk) > 0 || mc_store_copied (desk->store) ||
         mc_sim_province_waits (world->province) ||
         !mc_sim_province_has_told (world->province, world->base->offices[desk->office], &cursor);
}

/* Everybody who has a reason to speaks with the province until nothing changes any more. */
static void
settle_down (McSimWorld *world)
{
  g_autofree char *before = state_of (world);

  for (guint round = 0; round < ROUNDS_MAX; round++)
    {
      g_autofree char *after = NULL;

      for (guint i = 0; i < world->desks->len; i++)
        {
          McSimDesk *desk = world->desks->pdata[i];

          if (round == 0 ? !desk->dead : has_news (world, desk))
            mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
        }
      mc_sim_pass (world, MC_SIM_MINUTE);
      after = state_of (world);
      /* One quiet round is no rest: the batch of a desk may have been cut to one op. */
      if (strcmp (before, after) == 0 && (round > 1 || !anything_waits (world)))
        return;
      g_free (before);
      before = g_steal_pointer (&after);
    }
  mc_sim_bad (world, "still changing after %u rounds", ROUNDS_MAX);
}

/* The administrator has looked at the list of devices. */
static void
let_all_in (McSimWorld *world)
{
  g_autoptr (GPtrArray) devices = mc_province_devices (world->province->province, NULL);

  for (guint i = 0; devices != NULL && i < devices->len; i++)
    mc_province_suspend (world->province->province,
                         ((McDevice *)devices->pdata[i])->id,
                         FALSE,
                         NULL);
}

static void
quiesce (McSimWorld *world)
{
  mc_sim_say (world, "--- the line is good, the disks are sound, everybody speaks");
  world->calm = TRUE;
  mc_sim_random_seed (world->seed, 0);
  while (mc_sim_net_deliver (world->net, 0, TRUE))
    ;
  for (guint i = 0; i < world->desks->len; i++)
    {
      McSimDesk *desk = world->desks->pdata[i];

      mc_sim_net_finish (world->net, desk);
      desk->clock.skew_ms = 0;
    }
  let_all_in (world);
  settle_down (world);
  /* The second time for an orphan that the province lost by a restore: it is brought to it again
   * in the first, and then waits anew. */
  for (guint i = 0; i < 2 && anything_waits (world); i++)
    {
      mc_sim_say (world, "--- eight days later");
      mc_sim_pass (world, 8 * MC_SIM_DAY);
      settle_down (world);
    }
}

McSimResult
mc_sim_run (guint64 seed, const GArray *events, McSimCount *count, gboolean trace)
{
  McSimWorld world = { .seed = seed, .now_ms = MC_SIM_START_MS, .count = count };

  world.base = mc_sim_base ();
  mc_sim_wrap_begin ();
  world.desks = g_ptr_array_new ();
  world.problems = g_ptr_array_new_with_free_func (g_free);
  world.ever_seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  world.aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  world.strange = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  world.forged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  world.trace = trace ? g_string_new (NULL) : NULL;
  world.digest = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  mc_sim_sight_init (&world.sight);
  running = &world;
  listen ();
  mc_sim_random_seed (seed, G_MAXUINT64);
  open_world (&world);
  for (guint i = 0; i < events->len && world.problems->len == 0; i++)
    mc_sim_event_run (&world, &g_array_index (events, McSimEvent, i));
  if (world.problems->len == 0)
    quiesce (&world);
  if (world.problems->len == 0)
    {
      mc_sim_oracle_replicas (&world);
      mc_sim_oracle_sight (&world);
      mc_sim_oracle_shown (&world);
      mc_sim_oracle_twin (&world);
    }
  close_world (&world);
  running = NULL;
  return (McSimResult){ world.problems,
                        world.trace ? g_string_free (world.trace, FALSE) : NULL,
                        world.digest };
}

void
mc_sim_result_clear (McSimResult *result)
{
  g_ptr_array_unref (result->problems);
  g_free (result->trace);
}
