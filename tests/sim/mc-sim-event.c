/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-event.h"

#include "mc-sim-clerk.h"
#include "mc-sim-fault.h"
#include "mc-sim-net.h"
#include "mc-sync-store.h"
#include <string.h>

/* What an event does with the desk it chose. */
typedef void (*Run) (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);

guint64
mc_sim_choice (McSimWorld *world, const McSimEvent *event)
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
  McSimRandom random = { mc_sim_choice (world, event) };

  for (guint i = 0; i < 1 + event->b % 2; i++)
    mc_sim_clerk_act (desk, mc_sim_random_next (&random));
}

static void
open_page (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_clerk_open_page (desk, mc_sim_choice (world, event));
}

static void
contact (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
}

static void
bad_line (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  guint lines[] = { event->b % (MC_N_SIM_LINES - 1),
                    event->b / 16 % (MC_N_SIM_LINES - 1),
                    event->b / 256 % (MC_N_SIM_LINES - 1) };
  McSimRandom random = { mc_sim_choice (world, event) };

  mc_sim_clerk_act (desk, mc_sim_random_next (&random));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      mc_sim_say (world, "  %s", mc_sim_line_name (1 + lines[i]));
      mc_sim_net_contact (world->net, desk, 1 + lines[i], mc_sim_random_next (&random));
    }
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
  mc_sim_net_deliver (world->net, event->b, event->b % 4 > 0);
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
  { "act", act, 12, 12, 10, 10, 100 },
  { "page", open_page, 2, 2, 2, 2, 10 },
  { "contact", contact, 8, 5, 6, 8, 40 },
  { "bad line", bad_line, 0, 8, 2, 0, 124 },
  { "begin", begin, 2, 2, 1, 1, 28 },
  { "finish", finish, 2, 2, 1, 1, 28 },
  { "late", late, 0, 2, 1, 0, 6 },
  { "crash desk", mc_sim_fault_crash_desk, 0, 0, 4, 0, 52 },
  { "full desk", mc_sim_fault_fill_desk, 0, 0, 3, 0, 59 },
  { "restart desk", mc_sim_fault_restart_desk, 1, 1, 1, 1, 5 },
  { "crash province", mc_sim_fault_crash_province, 0, 0, 3, 0, 52 },
  { "full province", mc_sim_fault_fill_province, 0, 0, 2, 0, 41 },
  { "back up", mc_sim_fault_back_up, 0, 0, 0, 1, 8 },
  { "restore", mc_sim_fault_restore, 0, 0, 0, 1, 44 },
  { "image", mc_sim_fault_image, 0, 0, 0, 0, 8 },
  { "restore desk", mc_sim_fault_restore_desk, 0, 0, 0, 0, 5 },
  { "clone", mc_sim_fault_clone, 0, 0, 0, 0, 24 },
  { "morning", mc_sim_fault_morning, 0, 0, 0, 0, 40 },
  { "dead", mc_sim_fault_dead, 0, 0, 0, 0, 12 },
  { "clock", mc_sim_fault_clock, 0, 0, 0, 0, 88 },
  { "rights", mc_sim_fault_rights, 0, 0, 0, 0, 22 },
  { "decide", mc_sim_fault_decide, 0, 0, 0, 0, 25 },
  { "stranger", mc_sim_fault_stranger, 0, 0, 0, 0, 34 },
  { "suspend", mc_sim_fault_suspend, 0, 0, 0, 0, 28 },
  { "enrol", mc_sim_fault_enrol, 0, 0, 0, 0, 23 },
  { "upgrade", mc_sim_fault_upgrade, 0, 0, 0, 0, 58 },
  { "same", mc_sim_fault_same, 0, 0, 0, 0, 28 },
  { "receipt", mc_sim_fault_receipt, 0, 0, 0, 0, 3 },
  { "handed", mc_sim_fault_handed, 0, 0, 0, 0, 3 },
  { "return", mc_sim_fault_return, 0, 0, 0, 0, 4 },
  { "lan", mc_sim_fault_lan, 0, 0, 0, 0, 41 },
  { "gap", mc_sim_fault_gap, 0, 0, 0, 0, 57 },
  { "seed", mc_sim_fault_seed, 0, 0, 0, 0, 40 },
  { "night", night, 1, 1, 1, 1, 15 },
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
