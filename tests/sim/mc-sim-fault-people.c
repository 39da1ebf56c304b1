/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people decide: who may do what, who works where, what is carried from desk to desk. */
#include "mc-sim-fault.h"

#include "mc-carry.h"
#include "mc-sim-clerk.h"
#include "mc-sim-desk.h"
#include "mc-sim-enrol.h"
#include "mc-sim-net.h"
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
  if (event->b / 4 % 2 == 0)
    new_desk->version = 1;
  mc_sim_desk_open (new_desk);
  mc_sim_enrol (new_desk);
}

/* An old program is brought up to date, with what waits in it. */
void
mc_sim_fault_upgrade (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  g_autoptr (GPtrArray) living = mc_sim_living (world);

  for (guint i = 0; i < living->len; i++)
    {
      McSimDesk *old = living->pdata[(event->b + i) % living->len];

      if (old->version == MC_OP_VERSION)
        continue;
      mc_sim_note (world, "desk upgraded");
      old->version = MC_OP_VERSION;
      mc_sim_fault_restart_desk (world, old, event);
      return;
    }
}

McSimDesk *
mc_sim_fault_neighbour (McSimWorld *world, McSimDesk *desk, guint from)
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

/* Lines of @from that @desk lacks, without that of @lost. */
static GPtrArray *
lines_between (McSimDesk *from, McSimDesk *desk, const char *lost)
{
  GPtrArray *lacking = g_ptr_array_new_with_free_func (g_free);
  gint64 after = 0;

  for (guint page = 0; page < 20; page++)
    {
      g_autoptr (GPtrArray) lines = mc_store_carry_out (from->store, &after, 50, NULL);

      if (lines == NULL || lines->len == 0)
        break;
      for (guint i = 0; i < lines->len; i++)
        {
          g_auto (McPushed) pushed = { 0 };
          g_autoptr (McOp) op = NULL;

          mc_pushed_read (lines->pdata[i], &pushed);
          op = mc_op_parse (pushed.line, -1, NULL);
          if (op == NULL ||
              (g_strcmp0 (op->id, lost) != 0 && !mc_ledger_has (mc_store_db (desk->store), op->id)))
            g_ptr_array_add (lacking, g_strdup (lines->pdata[i]));
        }
    }
  return lacking;
}

guint
mc_sim_fault_carry (McSimDesk *from, McSimDesk *desk, const char *lost)
{
  g_autoptr (GPtrArray) lines = NULL;
  McCarried carried = { 0 };
  g_autoptr (GError) error = NULL;

  mc_op_pretend (desk->version);
  lines = lines_between (from, desk, lost);
  if (lines->len > 0 && !mc_store_carry_in (desk->store, lines, &carried, &error))
    mc_sim_bad (desk->world, "desk %u takes nothing: %s", desk->number, error->message);
  mc_op_pretend (MC_OP_VERSION);
  mc_sim_say (desk->world, "  %u lines from desk %u", carried.taken, from->number);
  return carried.taken;
}

/* A dossier is decided on at one desk, and more often than not changed at another meanwhile. */
void
mc_sim_fault_decide (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDesk *other = mc_sim_fault_neighbour (world, desk, event->b);
  guint64 choice = mc_sim_choice (world, event);

  if (desk->store == NULL || desk->device == NULL)
    return;
  mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
  if (other != NULL && event->b % 3 > 0)
    {
      mc_sim_clerk_insist (other, choice, 1);
      mc_sim_net_contact (world->net, other, MC_SIM_LINE_GOOD, 0);
    }
  mc_sim_clerk_advance (desk, choice, 3);
  mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
}

void
mc_sim_fault_lan (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDesk *from = mc_sim_fault_neighbour (world, desk, event->b);
  McSimRandom random = { mc_sim_choice (world, event) };

  if (from == NULL || desk->store == NULL || desk->device == NULL)
    return;
  mc_sim_clerk_act (from, mc_sim_random_next (&random));
  if (mc_sim_fault_carry (from, desk, NULL) > 0)
    mc_sim_note (world, "lines from a neighbour");
}

/* The first change of three that build on each other is lost on the way, and more often than not
 * the desk that has it too. */
void
mc_sim_fault_gap (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDesk *from = mc_sim_fault_neighbour (world, desk, event->b);
  guint before = world->sight.order->len;
  McSimOp *first;

  if (from == NULL || desk->store == NULL || desk->device == NULL)
    return;
  mc_sim_clerk_insist (from, mc_sim_choice (world, event), 3);
  if (world->sight.order->len < before + 3)
    return;
  first = world->sight.order->pdata[before];
  mc_sim_fault_carry (from, desk, first->op->id);
  mc_sim_note (world, "line lost on the way from a neighbour");
  if (event->b % 8 > 0)
    mc_sim_fault_dead (world, from, event);
}
