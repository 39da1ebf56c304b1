/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-act.h"

#include <string.h>

/* Few people and few numbers: the same ones are met again. */
static json_t *
reception (McSimAct *act)
{
  static const char *const names[] = { "Trần Thị Bé", "Lê Văn Tám", "Nguyễn Thị Út" };
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

gboolean
mc_sim_act_receive (McSimAct *act, GError **error)
{
  g_autoptr (json_t) body = reception (act);
  g_autoptr (McReceived) received = mc_desk_receive (act->person, body, error);

  return received != NULL;
}

static json_t *
new_value (McSimAct *act, const char *group)
{
  guint n = mc_sim_random_below (&act->random, 5) / 4; /* often the same */
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

gboolean
mc_sim_act_set (McSimAct *act, GError **error)
{
  static const char *const groups[] = { MC_GROUP_CONTACT,
                                        MC_GROUP_CONTACT,
                                        MC_GROUP_SUBJECT,
                                        MC_GROUP_APPLICANT,
                                        "form:noi-sinh" };
  const char *group = groups[mc_sim_random_below (&act->random, G_N_ELEMENTS (groups))];
  g_autoptr (json_t) value = NULL;
  McSimDesk *desk = act->desk;

  if (act->nth > 0)
    {
      g_autofree char *phone = g_strdup_printf ("09123456%02u", act->nth);

      value = json_pack ("{s:s}", "phone", phone);
      return mc_desk_set (act->person, act->dossier, MC_GROUP_CONTACT, value, error);
    }
  value = new_value (act, group);

  /* On a page that was opened earlier, the clerk sees what was true then. */
  if (desk->page != NULL && mc_sim_random_chance (&act->random, 3))
    {
      g_autoptr (json_t) base = mc_record_base (desk->page, group, FALSE);

      McRecord *page = g_steal_pointer (&desk->page);

      g_hash_table_replace (desk->screens, g_strdup (page->id), page);
      mc_sim_note (desk->world, "act on an old page");
      return mc_desk_set_seen (act->person, page->id, group, value, base, error);
    }
  return mc_desk_set (act->person, act->dossier, group, value, error);
}

/* Everything that any step may ask for. */
static gboolean
move (McDesk *one, const char *dossier, const char *step, GError **error)
{
  const McMove said = { .step = step,
                        .note = "lý do",
                        .assignee = mc_desk_staff (one)->id,
                        .due = "2027-03-01T17:00",
                        .calendar = "2027",
                        .again = "lý do" };
  const McMove plain = { .step = step, .note = "lý do" };

  return mc_desk_move (one, dossier, mc_step_first (step) ? &plain : &said, error);
}

static const McWorkflow *
workflow_of (McSimAct *act)
{
  return act->desk->version < 3
             ? mc_workflow_first ()
             : mc_workflow_of (mc_record_peek (act->screen, MC_GROUP_CASE), MC_OP_VERSION);
}

/* A program of before there were workflows knows fewer steps, and nothing of what a newer one has
 * written into the status. */
gboolean
mc_sim_act_step (McSimAct *act, GError **error)
{
  const json_t *status = mc_record_peek (act->screen, MC_GROUP_STATUS);
  const char *state = mc_json_string (status, "state");
  gboolean old = act->desk->version < 3;
  const McWorkflow *workflow = workflow_of (act);
  GPtrArray *steps = mc_workflow_steps (workflow);
  guint first = mc_sim_random_below (&act->random, steps->len);
  guint person = mc_sim_random_below (&act->random, MC_SIM_ROLES);

  for (guint i = 0; i < steps->len * MC_SIM_ROLES && !(old && mc_status_is_new (status)); i++)
    {
      const char *name = ((McStep *)steps->pdata[(first + i) % steps->len])->id;
      McDesk *one = act->desk->people[(person + i / steps->len) % MC_SIM_ROLES];
      const McStaff *staff = one ? mc_desk_staff (one) : NULL;

      if (staff != NULL && mc_workflow_may (workflow, staff->role, name) &&
          mc_workflow_target (workflow, state, name) != NULL)
        return move (one, act->dossier, name, error);
    }
  return TRUE;
}

/* The next step that somebody here is asked for. */
gboolean
mc_sim_act_advance (McSimAct *act, GError **error)
{
  const json_t *status = mc_record_peek (act->screen, MC_GROUP_STATUS);
  const char *state = mc_json_string (status, "state");
  gboolean old = act->desk->version < 3;
  const McWorkflow *workflow = workflow_of (act);

  for (guint i = 0; i < MC_SIM_ROLES && !(old && mc_status_is_new (status)); i++)
    {
      McDesk *one = act->desk->people[i];
      const McStaff *staff = one ? mc_desk_staff (one) : NULL;
      const char *step = staff ? mc_workflow_next (workflow, staff->role, state) : NULL;

      if (step != NULL)
        return move (one, act->dossier, step, error);
    }
  return TRUE;
}

gboolean
mc_sim_act_attach (McSimAct *act, GError **error)
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

gboolean
mc_sim_act_fee (McSimAct *act, GError **error)
{
  return mc_desk_take_fee (act->person, act->dossier, 8000, "cash", error);
}

gboolean
mc_sim_act_note (McSimAct *act, GError **error)
{
  return mc_desk_note (act->person, act->dossier, "đã gọi điện", error);
}
