/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people decide: who may do what, who works where, what is carried from desk to desk. */
#include "mc-sim-fault.h"

#include "mc-carry.h"
#include "mc-sim-desk.h"
#include "mc-sim-enrol.h"
#include "mc-sim-province.h"
#include <string.h>

/* Somebody is told to go, or comes back, or gets another role. */
void
mc_sim_fault_rights (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  static const McRole roles[] = { MC_ROLE_CLERK, MC_ROLE_OFFICER, MC_ROLE_LEADER };
  guint person = event->b % MC_SIM_ROLES;
  guint what = event->b / 4 % 4;
  McStaffChange change = {
    .office = world->base->offices[desk->office],
    .login = world->base->logins[desk->office][person],
    .role = what < 2 ? MC_ROLE_UNKNOWN : roles[event->b / 16 % G_N_ELEMENTS (roles)],
    .active = what == 0 ? 0 : 1,
  };
  g_autoptr (GError) error = NULL;

  mc_sim_note (world, "rights changed");
  if (!mc_province_set_staff (world->province->province, &change, &error))
    mc_sim_bad (world, "rights cannot be changed: %s", error->message);
}

void
mc_sim_fault_suspend (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  g_autoptr (GPtrArray) devices = mc_province_devices (world->province->province, NULL);

  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      McDevice *device = devices->pdata[i];

      if (g_strcmp0 (device->id, desk->device) != 0)
        continue;
      mc_sim_note (world, device->suspended ? "device let in again" : "device suspended");
      mc_province_suspend (world->province->province, device->id, !device->suspended, NULL);
    }
}

void
mc_sim_fault_enrol (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDesk *new_desk = mc_sim_add_desk (world, event->b % MC_SIM_OFFICES, &world->base->blank);

  if (new_desk == NULL)
    return;
  mc_sim_note (world, "desk enrolled");
  mc_sim_desk_open (new_desk);
  mc_sim_enrol (new_desk);
}

/* An old program is brought up to date, with what waits in it. */
void
mc_sim_fault_upgrade (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  if (desk->version == MC_OP_VERSION)
    return;
  mc_sim_note (world, "desk upgraded");
  desk->version = MC_OP_VERSION;
  mc_sim_fault_restart_desk (world, desk, event);
}

static McSimDesk *
neighbour (McSimWorld *world, McSimDesk *desk, guint from)
{
  g_autoptr (GPtrArray) living = mc_sim_living (world);

  for (guint i = 0; i < living->len; i++)
    {
      McSimDesk *other = living->pdata[(from + i) % living->len];

      if (other != desk && other->office == desk->office && other->store != NULL &&
          other->device != NULL)
        return other;
    }
  return NULL;
}

void
mc_sim_fault_lan (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDesk *from = neighbour (world, desk, event->b);
  gint64 after = 0;
  guint taken = 0;
  g_autoptr (GError) error = NULL;

  if (from == NULL || desk->store == NULL || desk->device == NULL)
    return;
  mc_op_pretend (desk->version);
  for (guint page = 0; page < 20 && error == NULL; page++)
    {
      g_autoptr (GPtrArray) lines = mc_store_carry_out (from->store, &after, 10, &error);
      McCarried carried = { 0 };

      if (lines == NULL || lines->len == 0)
        break;
      if (!mc_store_carry_in (desk->store, lines, &carried, &error))
        break;
      taken += carried.taken;
    }
  mc_op_pretend (MC_OP_VERSION);
  mc_sim_say (world, "  %u lines from desk %u", taken, from->number);
  if (error != NULL)
    mc_sim_bad (world, "desk %u takes nothing from a neighbour: %s", desk->number, error->message);
  mc_sim_note (world, taken > 0 ? "lines from a neighbour" : "nothing new from a neighbour");
}
