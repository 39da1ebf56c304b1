/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-clerk.h"

#include "mc-error.h"
#include <string.h>

/* Few dossiers are worked on, so that work meets. */
#define DOSSIERS_USED 4

typedef struct
{
  McSimDesk *desk;
  McDesk *person;
  McSimRandom random;
  char *dossier;
} Act;

/* Few people and few numbers: the same ones are met again. */
static json_t *
reception (Act *act)
{
  static const char *const names[] = { "Trần Thị Bé",
                                       "Lê Văn Tám",
                                       "Nguyễn Thị Út",
                                       "Phạm Văn Hai" };
  static const char *const procedures[] = { "1.001193", "1.004873" };
  guint who = mc_sim_random_below (&act->random, G_N_ELEMENTS (names));
  g_autofree char *number = g_strdup_printf ("00120512345%u", who);
  json_t *body = json_pack ("{s:s,s:{s:s,s:s},s:{s:s},s:s}",
                            "procedure",
                            procedures[mc_sim_random_below (&act->random, 2)],
                            "applicant",
                            "name",
                            names[who],
                            "id",
                            number,
                            "contact",
                            "phone",
                            "0912345670",
                            "subject",
                            "Xin cấp");

  if (mc_sim_random_chance (&act->random, 3))
    json_object_set_new (body,
                         "fee_taken",
                         json_pack ("{s:i,s:s}", "amount", 8000, "method", "cash"));
  return body;
}

static gboolean
receive (Act *act, GError **error)
{
  g_autoptr (json_t) body = reception (act);
  g_autoptr (McReceived) received = mc_desk_receive (act->person, body, error);

  return received != NULL;
}

static json_t *
new_value (Act *act, const char *group)
{
  guint n = mc_sim_random_below (&act->random, 3);
  g_autofree char *text = NULL;

  if (strcmp (group, MC_GROUP_CONTACT) == 0)
    {
      text = g_strdup_printf ("091234567%u", n);
      return json_pack ("{s:s}", "phone", text);
    }
  if (strcmp (group, MC_GROUP_APPLICANT) == 0)
    {
      text = g_strdup_printf ("Trần Thị Bé %u", n);
      return json_pack ("{s:s,s:s}", "name", text, "id", "001205123450");
    }
  text = g_strdup_printf ("Việc %u", n);
  return json_string (text);
}

static gboolean
set (Act *act, GError **error)
{
  static const char *const groups[] = { MC_GROUP_CONTACT,
                                        MC_GROUP_CONTACT,
                                        MC_GROUP_SUBJECT,
                                        MC_GROUP_APPLICANT,
                                        "form:noi-sinh" };
  const char *group = groups[mc_sim_random_below (&act->random, G_N_ELEMENTS (groups))];
  g_autoptr (json_t) value = new_value (act, group);
  McSimDesk *desk = act->desk;

  /* On a page that was opened earlier, the clerk sees what was true then. */
  if (desk->page != NULL && mc_sim_random_chance (&act->random, 3))
    {
      g_autoptr (json_t) base = mc_record_base (desk->page, group, FALSE);

      g_clear_pointer (&desk->screen, mc_record_free);
      desk->screen = g_steal_pointer (&desk->page);
      mc_sim_note (desk->world, "act on an old page");
      return mc_desk_set_seen (act->person, desk->screen->id, group, value, base, error);
    }
  return mc_desk_set (act->person, act->dossier, group, value, error);
}

static gboolean
step (Act *act, GError **error)
{
  static const char *const steps[] = { MC_STEP_APPRAISE, MC_STEP_SUPPLEMENT, MC_STEP_COMPLETE,
                                       MC_STEP_APPROVE,  MC_STEP_RETURN,     MC_STEP_WITHDRAW };
  g_autoptr (json_t) status = mc_record_json (act->desk->screen, MC_GROUP_STATUS);
  const char *state = mc_json_string (status, "state");
  guint first = mc_sim_random_below (&act->random, G_N_ELEMENTS (steps));
  guint person = mc_sim_random_below (&act->random, MC_SIM_ROLES);

  for (guint i = 0; i < G_N_ELEMENTS (steps) * MC_SIM_ROLES; i++)
    {
      const char *name = steps[(first + i) % G_N_ELEMENTS (steps)];
      McDesk *one = act->desk->people[(person + i / G_N_ELEMENTS (steps)) % MC_SIM_ROLES];
      const McStaff *staff = one ? mc_desk_staff (one) : NULL;

      if (staff != NULL && mc_role_may_step (staff->role, name) && mc_step_target (state, name))
        return mc_desk_step (one, act->dossier, name, NULL, error);
    }
  return TRUE;
}

static gboolean
attach (Act *act, GError **error)
{
  const McSimBase *base = act->desk->world->base;
  g_autoptr (json_t) document =
      json_pack ("{s:s,s:s,s:i,s:i}",
                 "sha256",
                 base->documents[mc_sim_random_below (&act->random, MC_SIM_DOCUMENTS)],
                 "name",
                 "to-khai.pdf",
                 "size",
                 6,
                 "pages",
                 1);

  return mc_desk_attach (act->person, act->dossier, "to-khai", document, error);
}

static gboolean
take_fee (Act *act, GError **error)
{
  return mc_desk_take_fee (act->person, act->dossier, 8000, "cash", error);
}

static gboolean
note (Act *act, GError **error)
{
  return mc_desk_note (act->person, act->dossier, "đã gọi điện", error);
}

static gboolean
settle (Act *act, GError **error)
{
  g_autoptr (GPtrArray) conflicts = mc_store_conflicts (act->desk->store, NULL, error);
  McSimDesk *desk = act->desk;
  McConflict *conflict;
  McSide *side;
  g_autoptr (json_t) value = NULL;

  if (conflicts == NULL || conflicts->len == 0)
    return conflicts != NULL;
  conflict = conflicts->pdata[mc_sim_random_below (&act->random, conflicts->len)];
  side = conflict->sides->pdata[mc_sim_random_below (&act->random, conflict->sides->len)];
  value = mc_json_parse (side->value, -1, error);
  if (value == NULL)
    return FALSE;
  g_clear_pointer (&desk->screen, mc_record_free);
  desk->screen = mc_ledger_record (mc_store_db (desk->store), conflict->dossier, error);
  return mc_desk_settle (act->person, conflict->id, value, NULL, error);
}

static const struct
{
  const char *name;
  const char *verb;
  guint weight;
  gboolean on_dossier;
  gboolean (*run) (Act *act, GError **error);
} acts[] = {
  { "receive", MC_VERB_RECEIVE, 2, FALSE, receive }, { "set", MC_VERB_SET, 9, TRUE, set },
  { "step", MC_VERB_STEP, 7, TRUE, step },           { "attach", MC_VERB_ATTACH, 2, TRUE, attach },
  { "take a fee", MC_VERB_FEE, 2, TRUE, take_fee },  { "note", MC_VERB_NOTE, 1, TRUE, note },
  { "settle", MC_VERB_SETTLE, 6, FALSE, settle },
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
confirm_date (Act *act)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_utc (act->desk->world->now_ms / 1000 + 7 * 3600);
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");

  mc_sim_note (act->desk->world, "date confirmed");
  mc_desk_confirm_date (act->person, date, NULL);
}

static void
look_at_error (Act *act, const char *what, const GError *error)
{
  McSimDesk *desk = act->desk;
  McSimDisk *disk = desk->world->base->disks[desk->number];

  mc_sim_say (desk->world, "  desk %u %s: %s", desk->number, what, error->message);
  if (g_error_matches (error, MC_ERROR, MC_ERROR_CLOCK))
    confirm_date (act);
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED))
    mc_sim_note (desk->world, "act refused at the desk");
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_NOT_FOUND))
    mc_sim_note (desk->world, "act on what is gone");
  else if (!mc_sim_disk_hit (disk))
    mc_sim_bad (desk->world, "desk %u cannot %s: %s", desk->number, what, error->message);
}

void
mc_sim_clerk_act (McSimDesk *desk, guint64 choice)
{
  Act act = { .desk = desk, .random = { choice } };
  guint what = choose_act (&act.random);
  g_autoptr (GError) error = NULL;

  if (desk->store == NULL || desk->device == NULL)
    return;
  act.person = choose_person (desk, acts[what].verb, &act.random);
  if (act.person == NULL)
    return;
  act.dossier = choose_dossier (desk, &act.random);
  if (act.dossier == NULL && acts[what].on_dossier)
    what = 0;
  g_clear_pointer (&desk->screen, mc_record_free);
  if (acts[what].on_dossier)
    desk->screen = mc_ledger_record (mc_store_db (desk->store), act.dossier, &error);
  mc_op_pretend (desk->version);
  if (error == NULL && !acts[what].run (&act, &error))
    look_at_error (&act, acts[what].name, error);
  mc_op_pretend (MC_OP_VERSION);
  g_free (act.dossier);
  if (mc_sim_disk_dead (desk->world->base->disks[desk->number]))
    return;
  mc_sim_desk_collect (desk);
  g_clear_pointer (&desk->screen, mc_record_free);
}
