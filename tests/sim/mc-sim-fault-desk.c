/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-clerk.h"
#include "mc-sim-fault.h"
#include "mc-sim-net.h"
#include "mc-sync-store.h"

/* By a PC before it is put back, and by it again after. */
#define RECEIVED_TWICE 2

static void
act_or_contact (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  if (event->b % 2 == 0)
    mc_sim_clerk_act (desk, mc_sim_choice (world, event));
  else
    mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
}

void
mc_sim_fault_crash_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDisk *disk = world->base->disks[desk->number];
  McSimRandom random = { mc_sim_choice (world, event) };
  gboolean power = event->b / 2 % 2 == 0;

  if (event->b / 4 % 9 < 5)
    mc_sim_disk_set_fault (disk, MC_SIM_DISK_CRASH, 1 + event->b / 64 % 12);
  act_or_contact (world, desk, event);
  mc_sim_note (world, mc_sim_disk_hit (disk) ? "desk crash in a write" : "desk killed");
  mc_sim_desk_crash (desk, power ? &random : NULL);
}

void
mc_sim_fault_fill_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDisk *disk = world->base->disks[desk->number];
  gboolean full = event->b / 2 % 2 == 0;

  mc_sim_disk_set_fault (disk, full ? MC_SIM_DISK_FULL : MC_SIM_DISK_FAIL, 1 + event->b / 4 % 8);
  act_or_contact (world, desk, event);
  if (mc_sim_disk_hit (disk))
    mc_sim_note (world, full ? "desk disk full" : "desk write failed");
  mc_sim_disk_set_fault (disk, MC_SIM_DISK_SOUND, 0);
}

void
mc_sim_fault_restart_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_desk_close (desk);
  mc_sim_desk_open (desk);
}

void
mc_sim_fault_image (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
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
open_image (McSimDesk *desk)
{
  desk->of_image = TRUE;
  mc_sim_desk_open (desk);
  desk->of_image = FALSE;
}

void
mc_sim_fault_restore_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  if (desk->image.disk == NULL)
    return;
  mc_sim_note (world, "desk restored from an image");
  mc_sim_desk_close (desk);
  mc_sim_desk_put (desk, &desk->image);
  g_hash_table_unref (desk->own);
  desk->own = copy_set (desk->image_own);
  open_image (desk);
}

void
mc_sim_fault_clone (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDesk *clone;

  /* Of an old image, or of the disk as it is. */
  if (desk->store != NULL && desk->image.disk == NULL)
    mc_sim_fault_image (world, desk, event);
  if (desk->image.disk == NULL)
    return;
  clone = mc_sim_add_desk (world, desk->office, &desk->image);
  if (clone == NULL)
    return;
  mc_sim_note (world, "desk cloned");
  g_hash_table_unref (clone->own);
  clone->own = copy_set (desk->image_own);
  open_image (clone);
}

void
mc_sim_fault_dead (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  g_autoptr (GPtrArray) living = mc_sim_living (world);

  if (living->len < 3)
    return;
  mc_sim_note (world, "desk dead");
  mc_sim_desk_close (desk);
  desk->dead = TRUE;
}

void
mc_sim_fault_clock (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  static const gint64 y2009_ms = G_GINT64_CONSTANT (1230768000000);
  static const char *const names[] = { "clock 2009", "clock ahead", "clock behind", "clock right" };
  const gint64 skews[] = { y2009_ms - world->now_ms, 400 * MC_SIM_DAY, -3 * 60 * MC_SIM_MINUTE, 0 };

  mc_sim_note (world, names[event->b % 4]);
  desk->clock.skew_ms = skews[event->b % 4];
}

/* The desk of the event, or else the next that is on and no copy. Returns: (nullable) */
static McSimDesk *
that_may_receive (McSimWorld *world, const McSimEvent *event)
{
  g_autoptr (GPtrArray) living = mc_sim_living (world);

  for (guint i = 0; i < living->len; i++)
    {
      McSimDesk *desk = living->pdata[(event->a + i) % living->len];

      if (desk->store != NULL && desk->device != NULL && !mc_store_copied (desk->store))
        return desk;
    }
  return NULL;
}

/* A PC that is put back to what it was this morning, and works on before it hears of it: the same
 * number is printed twice, and two changes have one number. */
void
mc_sim_fault_morning (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimRandom random = { mc_sim_choice (world, event) };

  desk = that_may_receive (world, event);
  if (desk == NULL)
    return;
  mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
  mc_sim_fault_image (world, desk, event);
  for (guint i = 0; i < RECEIVED_TWICE; i++)
    mc_sim_clerk_receive (desk, mc_sim_random_next (&random));
  mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
  mc_sim_fault_restore_desk (world, desk, event);
  for (guint i = 0; i < RECEIVED_TWICE; i++)
    mc_sim_clerk_receive (desk, mc_sim_random_next (&random));
}
