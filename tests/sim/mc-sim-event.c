/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-event.h"

#include "mc-sim-clerk.h"
#include "mc-sim-net.h"
#include "mc-sync-store.h"
#include <string.h>

/* What an event does with the desk it chose. */
typedef void (*Run) (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);

static guint64
choice_of (McSimWorld *world, const McSimEvent *event)
{
  return mc_sim_mix (world->seed ^ event->b, event->id);
}

GPtrArray *
mc_sim_living (McSimWorld *world)
{
  GPtrArray *living = g_ptr_array_new ();

  for (guint i = 0; i < world->desks->len; i++)
    if (!((McSimDesk *)world->desks->pdata[i])->dead)
      g_ptr_array_add (living, world->desks->pdata[i]);
  return living;
}

McSimDesk *
mc_sim_add_desk (McSimWorld *world, guint office, const McSimProfile *profile)
{
  McSimDesk *desk;

  if (world->desks->len == MC_SIM_FOLDERS)
    return NULL;
  desk = mc_sim_desk_new (world, world->desks->len, office);
  g_ptr_array_add (world->desks, desk);
  mc_sim_desk_put (desk, profile);
  return desk;
}

static void
act (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimRandom random = { choice_of (world, event) };

  for (guint i = 0; i < 1 + event->b % 3; i++)
    mc_sim_clerk_act (desk, mc_sim_random_next (&random));
}

static void
open_page (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_clerk_open_page (desk, choice_of (world, event));
}

static void
contact (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
}

static void
bad_line (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimLine line = 1 + event->b % (MC_N_SIM_LINES - 1);

  mc_sim_say (world, "  %s", mc_sim_line_name (line));
  mc_sim_net_contact (world->net, desk, line, choice_of (world, event));
}

static void
begin (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_net_begin (world->net, desk);
}

static void
finish (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_net_finish (world->net, desk);
}

static void
late (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_net_deliver (world->net, event->b);
}

static void
act_or_contact (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  if (event->b % 2 == 0)
    mc_sim_clerk_act (desk, choice_of (world, event));
  else
    mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
}

static void
crash_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDisk *disk = world->base->disks[desk->number];
  McSimRandom random = { choice_of (world, event) };
  gboolean power = event->b / 2 % 2 == 0;

  mc_sim_disk_set_fault (disk, MC_SIM_DISK_CRASH, 1 + event->b / 4 % 24);
  act_or_contact (world, desk, event);
  mc_sim_note (world, mc_sim_disk_hit (disk) ? "desk crash in a write" : "desk killed");
  mc_sim_desk_crash (desk, power ? &random : NULL);
}

static void
fill_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDisk *disk = world->base->disks[desk->number];
  gboolean full = event->b / 2 % 2 == 0;

  mc_sim_disk_set_fault (disk, full ? MC_SIM_DISK_FULL : MC_SIM_DISK_FAIL, 1 + event->b / 4 % 16);
  act_or_contact (world, desk, event);
  if (mc_sim_disk_hit (disk))
    mc_sim_note (world, full ? "desk disk full" : "desk write failed");
  mc_sim_disk_set_fault (disk, MC_SIM_DISK_SOUND, 0);
}

static void
restart_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_desk_close (desk);
  mc_sim_desk_open (desk);
}

static void
crash_province (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDisk *disk = world->base->province_disk;
  McSimRandom random = { choice_of (world, event) };

  mc_sim_disk_set_fault (disk, MC_SIM_DISK_CRASH, 1 + event->b / 2 % 24);
  mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
  mc_sim_note (world, mc_sim_disk_hit (disk) ? "province crash in a write" : "province killed");
  mc_sim_province_restart (world->province, event->b % 2 == 0 ? &random : NULL);
}

static void
fill_province (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDisk *disk = world->base->province_disk;

  mc_sim_disk_set_fault (disk, MC_SIM_DISK_FULL, 1 + event->b % 16);
  mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
  if (mc_sim_disk_hit (disk))
    mc_sim_note (world, "province disk full");
  mc_sim_disk_set_fault (disk, MC_SIM_DISK_SOUND, 0);
}

static void
back_up (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_province_back_up (world->province);
}

static void
restore (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  gboolean whole = event->b / 8 % 2 == 0;
  gboolean restarts = event->b / 16 % 2 == 0;
  g_autoptr (GPtrArray) living = mc_sim_living (world);

  mc_sim_note (world, whole ? "province restored whole" : "province restored, keys kept");
  mc_sim_province_restore (world->province, event->b % 8, whole);
  for (guint i = 0; restarts && i < living->len; i++)
    restart_desk (world, living->pdata[i], event);
  if (restarts)
    mc_sim_note (world, "desks restarted after a restore");
}

static void
take_image (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  GHashTableIter iter;
  gpointer id;

  mc_sim_profile_clear (&desk->image);
  g_clear_pointer (&desk->image_own, g_hash_table_unref);
  desk->image = mc_sim_desk_take_image (desk);
  desk->image_own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, desk->own);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (desk->image_own, g_strdup (id));
}

static GHashTable *
copy_set (GHashTable *set)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (copy, g_strdup (id));
  return copy;
}

static void
restore_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  if (desk->image.disk == NULL)
    return;
  mc_sim_note (world, "desk restored from an image");
  mc_sim_desk_close (desk);
  mc_sim_desk_put (desk, &desk->image);
  g_hash_table_unref (desk->own);
  desk->own = copy_set (desk->image_own);
  mc_sim_desk_open (desk);
}

static void
clone_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDesk *clone;

  if (desk->image.disk == NULL)
    return;
  clone = mc_sim_add_desk (world, desk->office, &desk->image);
  if (clone == NULL)
    return;
  mc_sim_note (world, "desk cloned");
  g_hash_table_unref (clone->own);
  clone->own = copy_set (desk->image_own);
  mc_sim_desk_open (clone);
}

static void
kill_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  g_autoptr (GPtrArray) living = mc_sim_living (world);

  if (living->len < 3)
    return;
  mc_sim_note (world, "desk dead");
  mc_sim_desk_close (desk);
  desk->dead = TRUE;
}

static void
set_clock (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  static const gint64 y2009_ms = G_GINT64_CONSTANT (1230768000000);
  static const char *const names[] = { "clock 2009", "clock ahead", "clock behind", "clock right" };
  const gint64 skews[] = { y2009_ms - world->now_ms, 400 * MC_SIM_DAY, -3 * 60 * MC_SIM_MINUTE, 0 };

  mc_sim_note (world, names[event->b % 4]);
  desk->clock.skew_ms = skews[event->b % 4];
}

static void
night (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_pass (world, (1 + event->b % 4) * MC_SIM_DAY / 2);
}

static const struct
{
  const char *name;
  Run run;
  /* how often in each mix */
  guint plain, net, crash, restore, all;
} kinds[] = {
  { "act", act, 12, 12, 10, 10, 14 },
  { "page", open_page, 2, 2, 2, 2, 2 },
  { "contact", contact, 8, 5, 6, 8, 8 },
  { "bad line", bad_line, 0, 8, 2, 0, 5 },
  { "begin", begin, 2, 2, 1, 1, 1 },
  { "finish", finish, 2, 2, 1, 1, 1 },
  { "late", late, 0, 2, 1, 0, 1 },
  { "crash desk", crash_desk, 0, 0, 4, 0, 1 },
  { "full desk", fill_desk, 0, 0, 3, 0, 1 },
  { "restart desk", restart_desk, 1, 1, 1, 1, 1 },
  { "crash province", crash_province, 0, 0, 3, 0, 1 },
  { "full province", fill_province, 0, 0, 2, 0, 1 },
  { "back up", back_up, 0, 0, 0, 1, 1 },
  { "restore", restore, 0, 0, 0, 1, 1 },
  { "image", take_image, 0, 0, 0, 0, 1 },
  { "restore desk", restore_desk, 0, 0, 0, 0, 1 },
  { "clone", clone_desk, 0, 0, 0, 0, 1 },
  { "dead", kill_desk, 0, 0, 0, 0, 1 },
  { "clock", set_clock, 0, 0, 0, 0, 1 },
  { "night", night, 1, 1, 1, 1, 1 },
};

static guint
weight_of (guint kind, const char *mix)
{
  const char *names[] = { "plain", "net", "crash", "restore", "all" };
  const guint weights[] = { kinds[kind].plain,
                            kinds[kind].net,
                            kinds[kind].crash,
                            kinds[kind].restore,
                            kinds[kind].all };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (mix, names[i]) == 0)
      return weights[i];
  return kinds[kind].all;
}

GArray *
mc_sim_schedule (guint64 seed, const char *mix, guint length)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (McSimEvent));
  McSimRandom random = { mc_sim_mix (seed, 1) };
  guint total = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    total += weight_of (i, mix);
  for (guint n = 0; n < length; n++)
    {
      guint pick = mc_sim_random_below (&random, total);
      McSimEvent event = { 0,
                           mc_sim_random_below (&random, 60),
                           mc_sim_random_below (&random, 1000000),
                           n };

      while (pick >= weight_of (event.kind, mix))
        pick -= weight_of (event.kind++, mix);
      g_array_append_val (events, event);
    }
  return events;
}

void
mc_sim_event_run (McSimWorld *world, const McSimEvent *event)
{
  g_autoptr (GPtrArray) living = mc_sim_living (world);
  McSimDesk *desk = living->pdata[event->a % living->len];

  /* What happens in an event depends on nothing that happened before but through the state: one
   * that is dropped takes no other's numbers away. */
  mc_sim_random_seed (world->seed, event->id + 1);
  mc_sim_pass (world, 1000 + (gint64)(event->b % 600) * 1000);
  mc_sim_say (world, "%u. desk %u: %s", event->id, desk->number, kinds[event->kind].name);
  kinds[event->kind].run (world, desk, event);
}
