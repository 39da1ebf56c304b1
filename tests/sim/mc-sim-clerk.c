/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-clerk.h"

#include "mc-error.h"
#include "mc-sim-act.h"
#include <string.h>

/* Few dossiers are worked on, so that work meets. */
#define DOSSIERS_USED 4

static const struct
{
  const char *name;
  const char *verb;
  guint weight;
  gboolean on_dossier;
  gboolean (*run) (McSimAct *act, GError **error);
} acts[] = {
  { "receive", MC_VERB_RECEIVE, 2, FALSE, mc_sim_act_receive },
  { "set", MC_VERB_SET, 11, TRUE, mc_sim_act_set },
  { "step", MC_VERB_STEP, 7, TRUE, mc_sim_act_step },
  { "attach", MC_VERB_ATTACH, 2, TRUE, mc_sim_act_attach },
  { "take a fee", MC_VERB_FEE, 2, TRUE, mc_sim_act_fee },
  { "note", MC_VERB_NOTE, 1, TRUE, mc_sim_act_note },
  { "settle", MC_VERB_SETTLE, 5, FALSE, mc_sim_act_settle },
  { "transfer", MC_VERB_TRANSFER, 3, TRUE, mc_sim_act_transfer },
  { "answer a twin", MC_VERB_SET, 2, FALSE, mc_sim_act_twin },
  { "send again", MC_VERB_SET, 3, FALSE, mc_sim_act_resend },
  { "advance", MC_VERB_STEP, 0, TRUE, mc_sim_act_advance },
  { "own a procedure", MC_VERB_OWN, 1, FALSE, mc_sim_act_own },
  { "change the papers", MC_VERB_PAPERS, 1, FALSE, mc_sim_act_papers },
};

/* Places in the list above. */
enum
{
  RECEIVE,
  SET,
  TRANSFER = 7,
  ADVANCE = 10
};

static guint
choose_act (McSimRandom *random)
{
  guint total = 0;
  guint pick;

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    total += acts[i].weight;
  pick = mc_sim_random_below (random, total);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      if (pick < acts[i].weight)
        return i;
      pick -= acts[i].weight;
    }
  return 0;
}

/* One of the few newest, so that work meets. Returns: (transfer full) (nullable) */
static char *
choose_dossier (McSimDesk *desk, McSimRandom *random)
{
  gint64 count = 0;

  mc_db_int (mc_store_db (desk->store), NULL, &count, "SELECT count(*) FROM dossier", "");
  if (count == 0)
    return NULL;
  return mc_db_text (mc_store_db (desk->store),
                     NULL,
                     "SELECT id FROM dossier ORDER BY row LIMIT 1 OFFSET ?1",
                     "i",
                     (gint64)mc_sim_random_below (random, (guint)MIN (count, DOSSIERS_USED)));
}

/* One of those who may; now and then one who may not tries. Returns: (nullable) */
static McDesk *
choose_person (McSimDesk *desk, const char *verb, McSimRandom *random)
{
  guint first = mc_sim_random_below (random, MC_SIM_ROLES);
  gboolean anybody = mc_sim_random_chance (random, 20);

  for (guint i = 0; i < MC_SIM_ROLES; i++)
    {
      McDesk *person = desk->people[(first + i) % MC_SIM_ROLES];
      const McStaff *staff = person ? mc_desk_staff (person) : NULL;

      if (staff != NULL && (anybody || mc_role_may (staff->role, verb)))
        return person;
    }
  return NULL;
}

void
mc_sim_clerk_open_page (McSimDesk *desk, guint64 choice)
{
  McSimRandom random = { choice };
  g_autofree char *dossier = desk->store ? choose_dossier (desk, &random) : NULL;

  if (dossier == NULL)
    return;
  g_clear_pointer (&desk->page, mc_record_free);
  desk->page = mc_ledger_record (mc_store_db (desk->store), dossier, NULL);
}

/* Where the date is in doubt the clerk looks at the calendar on the wall. */
static void
confirm_date (McSimAct *act)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_utc (act->desk->world->now_ms / 1000 + 7 * 3600);
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");

  mc_sim_note (act->desk->world, "date confirmed");
  mc_desk_confirm_date (act->person, date, NULL);
}

static void
look_at_error (McSimAct *act, const char *what, const GError *error)
{
  McSimDesk *desk = act->desk;
  McSimDisk *disk = desk->world->base->disks[desk->number];

  mc_sim_say (desk->world, "  desk %u %s: %s", desk->number, what, error->message);
  if (g_error_matches (error, MC_ERROR, MC_ERROR_CLOCK))
    confirm_date (act);
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED) &&
           strcmp (error->message, "copy") == 0)
    mc_sim_note (desk->world, "act refused: this desk is a copy");
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED))
    mc_sim_note (desk->world, "act refused at the desk");
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_NOT_FOUND))
    mc_sim_note (desk->world, "act on what is gone");
  else if (!mc_sim_disk_hit (disk))
    mc_sim_bad (desk->world, "desk %u cannot %s: %s", desk->number, what, error->message);
}

/* Whether anything was done. */
static gboolean
act_once (McSimAct *act, guint what)
{
  McSimDesk *desk = act->desk;
  g_autoptr (GError) error = NULL;
  gint64 before = desk->seen_seq;

  act->person = choose_person (desk, acts[what].verb, &act->random);
  if (act->person == NULL)
    return TRUE;
  if (acts[what].on_dossier)
    act->screen = mc_sim_desk_look (desk, act->dossier);
  /* A machine that has stopped shows nothing. */
  if (acts[what].on_dossier && act->screen == NULL)
    return TRUE;
  mc_op_pretend (desk->version);
  if (!acts[what].run (act, &error))
    look_at_error (act, acts[what].name, error);
  mc_op_pretend (MC_OP_VERSION);
  if (mc_sim_disk_dead (desk->world->base->disks[desk->number]))
    return TRUE;
  mc_sim_desk_collect (desk);
  g_hash_table_remove_all (desk->screens);
  return error != NULL || desk->seen_seq > before;
}

/* Whether there is anybody to act. */
static gboolean
somebody (McSimDesk *desk)
{
  if (desk->store == NULL || desk->device == NULL)
    return FALSE;
  if (desk->people[1] == NULL || mc_desk_staff (desk->people[0]) == NULL)
    mc_sim_desk_seat (desk);
  return TRUE;
}

void
mc_sim_clerk_receive (McSimDesk *desk, guint64 choice)
{
  McSimAct act = { .desk = desk, .random = { choice } };
  gint64 before = desk->seen_seq;

  if (!somebody (desk))
    return;
  act_once (&act, RECEIVE);
  /* Today's date had to be confirmed first, or another had to be asked. */
  if (desk->seen_seq == before)
    act_once (&act, RECEIVE);
}

static void
repeat (McSimDesk *desk, guint64 choice, guint what, guint times)
{
  McSimAct act = { .desk = desk, .random = { choice } };

  if (!somebody (desk))
    return;
  act.dossier = choose_dossier (desk, &act.random);
  for (guint i = 0; i < times && act.dossier != NULL; i++)
    {
      act.nth = i + 1;
      act_once (&act, what);
    }
  g_free (act.dossier);
}

char *
mc_sim_clerk_choose (McSimDesk *desk, guint64 choice)
{
  McSimRandom random = { choice };

  return somebody (desk) ? choose_dossier (desk, &random) : NULL;
}

static void
on_this (McSimDesk *desk, const char *dossier, guint what, McSimAct act)
{
  g_autofree char *own = g_strdup (dossier);

  if (!somebody (desk))
    return;
  act.desk = desk;
  act.dossier = own;
  act_once (&act, what);
}

void
mc_sim_clerk_set (McSimDesk *desk, const char *dossier, guint nth)
{
  on_this (desk, dossier, SET, (McSimAct){ .nth = nth });
}

void
mc_sim_clerk_hand (McSimDesk *desk, const char *dossier, guint offices)
{
  on_this (desk, dossier, TRANSFER, (McSimAct){ .offices = offices });
}

void
mc_sim_clerk_insist (McSimDesk *desk, guint64 choice, guint times)
{
  repeat (desk, choice, SET, times);
}

void
mc_sim_clerk_advance (McSimDesk *desk, guint64 choice, guint times)
{
  repeat (desk, choice, ADVANCE, times);
}

void
mc_sim_clerk_act (McSimDesk *desk, guint64 choice)
{
  McSimAct act = { .desk = desk, .random = { choice } };
  guint what = choose_act (&act.random);

  if (!somebody (desk))
    return;
  act.dossier = choose_dossier (desk, &act.random);
  if (act.dossier == NULL && acts[what].on_dossier)
    what = RECEIVE;
  /* Where there is nothing to settle or to send again, other work is done. */
  if (!act_once (&act, what) && act.dossier != NULL)
    act_once (&act, SET);
  g_free (act.dossier);
}
