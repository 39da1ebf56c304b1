/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work of several desks on one dossier that meets in a way that chance alone brings about too
 * seldom. */
#include "mc-sim-clerk.h"
#include "mc-sim-event.h"
#include "mc-sim-fault.h"
#include "mc-sim-net.h"
#include "mc-sim-province.h"

/* One that is on both screens. Returns: (transfer full) (nullable) */
static char *
on_both (McSimDesk *one, McSimDesk *other, McSimRandom *random)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *dossier = mc_sim_clerk_choose (one, mc_sim_random_next (random));
      gint64 row = 0;

      if (dossier != NULL && mc_db_int (mc_store_db (other->store),
                                        NULL,
                                        &row,
                                        "SELECT row FROM dossier WHERE id = ?1",
                                        "s",
                                        dossier))
        return g_steal_pointer (&dossier);
    }
  return NULL;
}

static gboolean
works (McSimDesk *desk)
{
  return desk != NULL && desk->store != NULL && desk->device != NULL &&
         !mc_store_copied (desk->store);
}

/* Two say the same without knowing of each other. */
void
mc_sim_fault_same (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimRandom random = { mc_sim_choice (world, event) };
  g_autoptr (GPtrArray) living = mc_sim_living (world);

  for (guint i = 0; i < living->len; i++)
    {
      McSimDesk *one = living->pdata[(event->a + i) % living->len];
      McSimDesk *other = mc_sim_fault_neighbour (world, one, event->b);
      g_autofree char *dossier =
          works (one) && works (other) ? on_both (one, other, &random) : NULL;

      if (dossier == NULL)
        continue;
      mc_sim_clerk_set (one, dossier, 10 + event->b % 80);
      mc_sim_clerk_set (other, dossier, 10 + event->b % 80);
      return;
    }
}

static McSimDesk *
of_another_office (McSimWorld *world, McSimDesk *desk, guint from)
{
  g_autoptr (GPtrArray) living = mc_sim_living (world);

  for (guint i = 0; i < living->len; i++)
    {
      McSimDesk *other = living->pdata[(from + i) % living->len];

      if (other->office != desk->office && other->store != NULL && other->device != NULL)
        return other;
    }
  return NULL;
}

static void
speak (McSimWorld *world, McSimDesk *desk)
{
  mc_sim_net_contact (world->net, desk, MC_SIM_LINE_GOOD, 0);
}

static void
there_and_back (McSimWorld *world, McSimDesk *desk, McSimDesk *there, const char *dossier)
{
  guint here = 1u << desk->office;
  guint away = 1u << there->office;

  mc_sim_clerk_hand (desk, dossier, away);
  speak (world, desk);
  speak (world, there);
  mc_sim_clerk_hand (there, dossier, here | away);
  speak (world, there);
}

/* Nothing but its reception and two hand-overs, all known here when the province forgets them. */
static void
forgotten (McSimWorld *world, McSimDesk *desk, McSimDesk *there, const McSimEvent *event)
{
  guint before = world->sight.order->len;
  g_autofree char *dossier = NULL;
  guint copy;

  speak (world, desk);
  copy = mc_sim_province_back_up (world->province);
  mc_sim_clerk_receive (desk, mc_sim_choice (world, event));
  if (world->sight.order->len == before)
    return;
  dossier = g_strdup (((McSimOp *)world->sight.order->pdata[before])->op->on);
  there_and_back (world, desk, there, dossier);
  speak (world, desk);
  mc_sim_note (world, "province restored, unaware");
  mc_sim_province_restore (world->province, copy, TRUE);
  speak (world, desk);
  speak (world, desk);
}

/* A desk brings a neighbour's lines, and is told of them, that their dossier left and that it is
 * back, all at once. */
static void
carried (McSimWorld *world, McSimDesk *desk, McSimDesk *there, const McSimEvent *event)
{
  McSimDesk *from = mc_sim_fault_neighbour (world, desk, event->b);
  g_autofree char *dossier = from ? mc_sim_clerk_choose (from, mc_sim_choice (world, event)) : NULL;

  if (dossier == NULL)
    return;
  mc_sim_clerk_set (from, dossier, 1 + event->b % 9);
  mc_sim_fault_carry (from, desk, NULL);
  there_and_back (world, from, there, dossier);
  speak (world, desk);
}

/* A dossier leaves and returns while one desk hears nothing. */
void
mc_sim_fault_return (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDesk *there = of_another_office (world, desk, event->b);

  if (there == NULL || desk->store == NULL || desk->device == NULL)
    return;
  mc_sim_note (world, "dossier there and back");
  (event->b / 8 % 2 == 0 ? forgotten : carried) (world, desk, there, event);
}

static void
send_away (McSimWorld *world, guint office, const char *person)
{
  McStaffChange change = { .office = world->base->offices[office],
                           .role = MC_ROLE_UNKNOWN,
                           .active = 0 };

  for (guint i = 0; i < MC_SIM_ROLES; i++)
    if (g_strcmp0 (world->base->staff[office][i], person) == 0)
      change.login = world->base->logins[office][i];
  if (change.login != NULL && mc_province_set_staff (world->province->province, &change, NULL))
    mc_sim_note (world, "rights changed");
}

/* A change comes to a restored province from a neighbour, without what it builds on and without a
 * receipt; its author has gone by the time when both come with theirs. */
void
mc_sim_fault_receipt (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDesk *other = mc_sim_fault_neighbour (world, desk, event->b);
  guint before = world->sight.order->len;
  McSimOp *first;
  guint copy;

  if (!works (desk) || !works (other))
    return;
  speak (world, desk);
  speak (world, other);
  copy = mc_sim_province_back_up (world->province);
  mc_sim_clerk_insist (desk, mc_sim_choice (world, event), 2);
  if (world->sight.order->len < before + 2)
    return;
  first = world->sight.order->pdata[before];
  mc_sim_fault_carry (desk, other, first->op->id);
  mc_sim_note (world, "line lost on the way from a neighbour");
  speak (world, desk);
  mc_sim_note (world, "province restored, unaware");
  mc_sim_province_restore (world->province, copy, TRUE);
  speak (world, other);
  send_away (world, desk->office, first->op->by);
  speak (world, desk);
  speak (world, desk);
}

/* An office works on what was handed over to it, when the province has forgotten the hand-over. */
void
mc_sim_fault_handed (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  McSimDesk *there = of_another_office (world, desk, event->b);
  g_autofree char *dossier = NULL;
  guint copy;

  if (!works (desk) || there == NULL || !works (there))
    return;
  speak (world, desk);
  speak (world, there);
  dossier = mc_sim_clerk_choose (desk, mc_sim_choice (world, event));
  if (dossier == NULL)
    return;
  copy = mc_sim_province_back_up (world->province);
  mc_sim_clerk_hand (desk, dossier, 1u << desk->office | 1u << there->office);
  speak (world, desk);
  speak (world, there);
  mc_sim_note (world, "province restored, unaware");
  mc_sim_province_restore (world->province, copy, TRUE);
  mc_sim_clerk_set (there, dossier, 1 + event->b % 90);
  speak (world, there);
  speak (world, desk);
}
