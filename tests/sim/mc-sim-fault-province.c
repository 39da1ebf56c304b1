/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-clerk.h"
#include "mc-sim-fault.h"
#include "mc-sim-net.h"

void
mc_sim_fault_crash_province (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDisk *disk = world->base->province_disk;
  McSimRandom random = { mc_sim_choice (world, event) };

  if (event->b / 2 % 4 > 0)
    mc_sim_disk_set_fault (disk, MC_SIM_DISK_CRASH, 1 + event->b / 8 % 5);
  mc_sim_clerk_act (desk, mc_sim_random_next (&random));
  mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
  mc_sim_note (world, mc_sim_disk_hit (disk) ? "province crash in a write" : "province killed");
  mc_sim_province_restart (world->province, event->b % 2 == 0 ? &random : NULL);
}

void
mc_sim_fault_fill_province (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDisk *disk = world->base->province_disk;

  mc_sim_clerk_act (desk, mc_sim_choice (world, event));
  mc_sim_disk_set_fault (disk, MC_SIM_DISK_FULL, 1 + event->b % 8);
  mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
  if (mc_sim_disk_hit (disk))
    mc_sim_note (world, "province disk full");
  mc_sim_disk_set_fault (disk, MC_SIM_DISK_SOUND, 0);
}

void
mc_sim_fault_back_up (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_province_back_up (world->province);
}

void
mc_sim_fault_restore (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  gboolean whole = event->b / 8 % 2 == 0;
  gboolean restarts = event->b / 16 % 2 == 0;
  g_autoptr (GPtrArray) living = mc_sim_living (world);

  mc_sim_note (world, whole ? "province restored, unaware" : "province restored, aware");
  mc_sim_province_restore (world->province, event->b % 8, whole);
  /* Some of them, so that those that ran on meet those that did not. */
  for (guint i = 0; restarts && i < living->len; i++)
    if (i == event->a % living->len || (event->b / 32 >> i) % 2 == 0)
      mc_sim_fault_restart_desk (world, living->pdata[i], event);
  if (restarts)
    mc_sim_note (world, "desks restarted after a restore");
}
