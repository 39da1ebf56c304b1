/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What clerks do about each other's work: conflicts, twins, refused work, hand-overs. */
#include "mc-office-papers.h"
#include "mc-own.h"
#include "mc-sim-act.h"

#include <string.h>

/* A conflict of those that @twins says. Returns: (transfer none) (nullable) */
static McConflict *
choose_conflict (McSimAct *act, GPtrArray *conflicts, gboolean twins)
{
  guint first = mc_sim_random_below (&act->random, conflicts->len);

  for (guint i = 0; i < conflicts->len; i++)
    {
      McConflict *conflict = conflicts->pdata[(first + i) % conflicts->len];
      gboolean twin = conflict->kind == MC_CONFLICT_TWIN || conflict->kind == MC_CONFLICT_CODE;

      if (twin == twins)
        return conflict;
    }
  return NULL;
}

/* What a newer program has written into the status an older one cannot say. */
static gboolean
is_beyond (McSimAct *act, const McConflict *conflict, const json_t *value)
{
  return act->desk->version < 3 && g_str_has_suffix (conflict->id, "/" MC_GROUP_STATUS) &&
         (mc_status_is_new (value) || !mc_state_first (mc_json_string (value, "state")));
}

gboolean
mc_sim_act_settle (McSimAct *act, GError **error)
{
  g_autoptr (GPtrArray) conflicts = mc_store_conflicts (act->desk->store, NULL, error);
  McConflict *conflict = conflicts ? choose_conflict (act, conflicts, FALSE) : NULL;
  McSide *side;
  g_autoptr (json_t) value = NULL;

  if (conflict == NULL)
    return conflicts != NULL;
  side = conflict->sides->pdata[mc_sim_random_below (&act->random, conflict->sides->len)];
  value = mc_json_parse (side->value, -1, error);
  if (value == NULL)
    return FALSE;
  if (is_beyond (act, conflict, value))
    return TRUE;
  mc_sim_desk_look (act->desk, conflict->dossier);
  return mc_desk_settle (act->person, conflict->id, value, NULL, error);
}

/* More often to have it together than to give it away. */
static guint
any_offices (McSimAct *act)
{
  guint mask = 1 + mc_sim_random_below (&act->random, (1 << MC_SIM_OFFICES) - 1);

  return mc_sim_random_chance (&act->random, 2) ? mask | 1u << act->desk->office : mask;
}

gboolean
mc_sim_act_transfer (McSimAct *act, GError **error)
{
  const McSimBase *base = act->desk->world->base;
  const char *offices[MC_SIM_OFFICES + 1] = { NULL };
  guint mask = act->offices;
  guint count = 0;

  /* An older program has no such button. */
  if (act->desk->version < mc_verb_version (MC_VERB_TRANSFER))
    return TRUE;
  if (mask == 0)
    mask = any_offices (act);
  for (guint i = 0; i < MC_SIM_OFFICES; i++)
    if ((mask & 1u << i) != 0)
      offices[count++] = base->offices[i];
  mc_sim_note (act->desk->world, "transfer");
  return mc_desk_transfer (act->person, act->dossier, offices, NULL, error);
}

gboolean
mc_sim_act_twin (McSimAct *act, GError **error)
{
  g_autoptr (GPtrArray) conflicts = mc_store_conflicts (act->desk->store, NULL, error);
  McConflict *conflict = conflicts ? choose_conflict (act, conflicts, TRUE) : NULL;
  const char *answer = mc_sim_random_chance (&act->random, 2) ? "same" : "other";
  McOther *other;

  if (conflict == NULL || conflict->others->len == 0 ||
      act->desk->version < mc_verb_version (MC_VERB_TWIN))
    return conflicts != NULL;
  other = conflict->others->pdata[0];
  mc_sim_desk_look (act->desk, conflict->dossier);
  mc_sim_desk_look (act->desk, other->id);
  mc_sim_note (act->desk->world, "twin answered");
  return mc_desk_answer_twin (act->person, conflict->dossier, other->id, answer, error);
}

gboolean
mc_sim_act_own (McSimAct *act, GError **error)
{
  static const char *const names[] = { "Khai sinh", "Khai sinh ở xã" };
  g_autoptr (McOwnEntry) known = NULL;

  /* An older program has no such page. */
  if (act->desk->version < mc_verb_version (MC_VERB_OWN))
    return TRUE;
  known = mc_store_own_entry (act->desk->store, "1.001193");
  if (known == NULL)
    return TRUE;
  json_object_set_new (known->entry,
                       "name",
                       json_string (names[mc_sim_random_below (&act->random, 2)]));
  mc_sim_note (act->desk->world, known->own ? "own procedure changed" : "own procedure made");
  return mc_desk_own (act->person, known->entry, known->seen, NULL, error);
}

gboolean
mc_sim_act_papers (McSimAct *act, GError **error)
{
  static const char *const papers[] = { "papers:01", "papers:02" };
  static const char *const titles[] = { "Giấy", "Phiếu" };
  g_autoptr (json_t) groups = NULL;

  /* An older program has no such page. */
  if (act->desk->version < mc_verb_version (MC_VERB_PAPERS))
    return TRUE;
  groups = json_pack ("{s:{s:s}}",
                      papers[mc_sim_random_below (&act->random, G_N_ELEMENTS (papers))],
                      "title",
                      titles[mc_sim_random_below (&act->random, G_N_ELEMENTS (titles))]);
  mc_sim_note (act->desk->world, "papers changed");
  return mc_desk_papers (act->person, groups, NULL, NULL, error);
}

gboolean
mc_sim_act_resend (McSimAct *act, GError **error)
{
  g_autoptr (GPtrArray) refused = mc_store_refused (act->desk->store, error);
  McWaiting *one;

  if (refused == NULL || refused->len == 0)
    return refused != NULL;
  one = refused->pdata[mc_sim_random_below (&act->random, refused->len)];
  if (mc_sim_random_chance (&act->random, 6))
    {
      /* One that was cut short by a crash may be on the disk. */
      g_hash_table_add (act->desk->world->aside, g_strdup (one->op));
      if (!mc_desk_set_aside (act->person, one->op, error))
        return FALSE;
      mc_sim_note (act->desk->world, "refused work set aside");
      return TRUE;
    }
  mc_sim_desk_look (act->desk, one->dossier);
  mc_sim_note (act->desk->world, "refused work sent again");
  return mc_desk_resend (act->person, one->op, NULL, error);
}
