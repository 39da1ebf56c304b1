/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-words.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *word;
  const char *text;
} Pair;

static const char *
look_up (const Pair *pairs, gsize length, const char *word, const char *otherwise)
{
  for (gsize i = 0; word != NULL && i < length; i++)
    if (g_str_equal (pairs[i].word, word))
      return _ (pairs[i].text);
  return otherwise;
}

const char *
mc_words_state (const char *state)
{
  static const Pair states[] = {
    { MC_STATE_RECEIVED, N_ ("Just received") },
    { MC_STATE_APPRAISED, N_ ("Waiting for approval") },
    { MC_STATE_SUPPLEMENT, N_ ("Waiting for more papers") },
    { MC_STATE_APPROVED, N_ ("Result ready to hand over") },
    { MC_STATE_RETURNED, N_ ("Result handed over") },
    { MC_STATE_WITHDRAWN, N_ ("Withdrawn") },
    { MC_STATE_HANDLING, N_ ("In hand") },
    { MC_STATE_PAYMENT, N_ ("Waiting for payment by the applicant") },
    { MC_STATE_REFUSED, N_ ("Not received") },
    { MC_STATE_STOPPED, N_ ("Stopped") },
  };
  return look_up (states, G_N_ELEMENTS (states), state, _ ("State not known to this version"));
}

guint
mc_words_place (const char *state)
{
  if (g_strcmp0 (state, MC_STATE_APPRAISED) == 0)
    return 2;
  if (g_strcmp0 (state, MC_STATE_APPROVED) == 0)
    return 3;
  if (g_strcmp0 (state, MC_STATE_RETURNED) == 0)
    return 4;
  return 1;
}

const char *
mc_words_step (const char *step)
{
  static const Pair steps[] = {
    { MC_STEP_APPRAISE, N_ ("Appraised, submit for signature") },
    { MC_STEP_SUPPLEMENT, N_ ("Ask for more papers") },
    { MC_STEP_COMPLETE, N_ ("Papers completed") },
    { MC_STEP_APPROVE, N_ ("Approve and sign") },
    { MC_STEP_RETURN, N_ ("Hand over the result") },
    { MC_STEP_WITHDRAW, N_ ("Withdraw the dossier") },
    { MC_STEP_ASSIGN, N_ ("Assign") },
    { MC_STEP_RELEASE, N_ ("Put back, nobody's yet") },
    { MC_STEP_HAND_BACK, N_ ("Back, to be looked at again") },
    { MC_STEP_CHARGE, N_ ("Ask for payment by law") },
    { MC_STEP_PAID, N_ ("Payment made") },
    { MC_STEP_REFUSE, N_ ("Do not receive it") },
    { MC_STEP_STOP, N_ ("Stop the case") },
    { MC_STEP_POSTPONE, N_ ("Apologise and give a new date") },
    { MC_STEP_RESCHEDULE, N_ ("Promise anew by the calendar") },
  };
  return look_up (steps, G_N_ELEMENTS (steps), step, "");
}

const char *
mc_words_stepped (const char *step)
{
  static const Pair steps[] = {
    { MC_STEP_APPRAISE, N_ ("appraised it and submitted it for signature") },
    { MC_STEP_SUPPLEMENT, N_ ("asked for more papers") },
    { MC_STEP_COMPLETE, N_ ("took in the papers that were missing") },
    { MC_STEP_APPROVE, N_ ("approved and signed") },
    { MC_STEP_RETURN, N_ ("handed over the result") },
    { MC_STEP_WITHDRAW, N_ ("withdrew the dossier at the applicant's wish") },
    { MC_STEP_ASSIGN, N_ ("gave it to somebody to handle") },
    { MC_STEP_RELEASE, N_ ("put it back among those that nobody has in hand") },
    { MC_STEP_HAND_BACK, N_ ("sent it back to be looked at again") },
    { MC_STEP_CHARGE, N_ ("asked for payment by law") },
    { MC_STEP_PAID, N_ ("noted that the payment was made") },
    { MC_STEP_REFUSE, N_ ("did not receive the dossier") },
    { MC_STEP_STOP, N_ ("stopped the case") },
    { MC_STEP_POSTPONE, N_ ("apologised and gave a new date") },
    { MC_STEP_RESCHEDULE, N_ ("promised anew by the changed calendar") },
  };
  return look_up (steps, G_N_ELEMENTS (steps), step, _ ("moved the dossier"));
}

const char *
mc_words_role (McRole role)
{
  switch (role)
    {
    case MC_ROLE_CLERK:
      return _ ("Receiving clerk");
    case MC_ROLE_OFFICER:
      return _ ("Handling officer");
    case MC_ROLE_LEADER:
      return _ ("Leader");
    case MC_ROLE_AGENT:
      return _ ("Postal agent");
    case MC_ROLE_HELPER:
      return _ ("Community digital team");
    case MC_ROLE_ADMIN:
      return _ ("Administrator");
    case MC_ROLE_UNKNOWN:
      break;
    }
  return _ ("Role not known to this version");
}

const char *
mc_words_channel (const char *channel)
{
  static const Pair channels[] = {
    { "direct", N_ ("at the counter") },
    { "online", N_ ("online") },
    { "post", N_ ("by post") },
  };
  return look_up (channels, G_N_ELEMENTS (channels), channel, _ ("at the counter"));
}

const char *
mc_words_method (const char *method)
{
  static const Pair methods[] = {
    { "cash", N_ ("in cash") },
    { "transfer", N_ ("by bank transfer") },
  };
  return look_up (methods, G_N_ELEMENTS (methods), method, "");
}

const char *
mc_words_refusal (const char *reason)
{
  static const Pair reasons[] = {
    { "right", N_ ("the account that did it is not allowed to") },
    { "role", N_ ("the account that did it is not allowed to") },
    { "staff", N_ ("the account that did it is not active in this office") },
    { "office", N_ ("the dossier belongs to another office") },
    { "offices", N_ ("the province does not know the office that it goes to") },
    { "device", N_ ("this machine is not admitted to this office") },
    { "step", N_ ("the dossier was not at that step") },
    { "procedure", N_ ("the procedure is not in the province's catalogue") },
    { "code", N_ ("the dossier code is not one that this machine may give") },
    { "signature", N_ ("it was altered on the way") },
    { "order", N_ ("something done before it has not arrived") },
    { "format", N_ ("something in it is written in a way that cannot be read") },
    { "record", N_ ("the dossier itself was not accepted") },
    { "after", N_ ("it was done after something that was not accepted") },
    { "lacks", N_ ("the reason, the person or the date that this step asks for is missing") },
    { "allowed", N_ ("the contract of this account does not name the procedure") },
    { "prepared", N_ ("it was received already at another machine") },
    { "practice", N_ ("it was made for practice") },
    { "again", N_ ("the result was put off once before, and it is not said why again") },
  };
  return look_up (reasons,
                  G_N_ELEMENTS (reasons),
                  reason,
                  _ ("the province did not accept it; the administrator can see why"));
}

const char *
mc_words_remedy (const char *reason)
{
  static const Pair remedies[] = {
    { "right",
      N_ ("Ask the administrator for the right, or let a colleague who has it send it again.") },
    { "role",
      N_ ("Ask the administrator for the right, or let a colleague who has it send it again.") },
    { "staff", N_ ("A colleague whose account is active can send it again.") },
    { "office",
      N_ ("The other office goes on with it. If this office should, ask it to hand the dossier "
          "over, then send this again.") },
    { "offices",
      N_ ("Hand the dossier over to an office of the list, or tell the administrator.") },
    { "device", N_ ("Tell the administrator; once this machine is admitted, send it again.") },
    { "step",
      N_ ("Open the dossier and look at its step now; send this again only if it is still "
          "needed.") },
    { "procedure",
      N_ ("Tell the administrator; once the procedure is in the catalogue, send it again.") },
    { "code", N_ ("Tell the administrator before anything is printed again.") },
    { "signature", N_ ("Send it again from this machine.") },
    { "order", N_ ("Send it again once everything else here has been sent.") },
    { "format", N_ ("Open it, correct what was entered and send it again.") },
    { "record", N_ ("Correct the reception of this dossier first; this goes with it.") },
    { "after", N_ ("Correct what was not accepted before it first; this goes with it.") },
    { "lacks", N_ ("Look at the dossier, then take the step once more with its reason.") },
    { "allowed", N_ ("Send the resident to an office that receives it.") },
    { "prepared", N_ ("Look for the resident's dossier by name.") },
    { "practice", N_ ("Nothing is to be done: it is nobody's dossier.") },
    { "again", N_ ("Look at the dossier, then put it off once more and say why again.") },
  };
  return look_up (
      remedies,
      G_N_ELEMENTS (remedies),
      reason,
      _ ("Open it, check what was entered and send it again, or ask the administrator."));
}

static char *
office_name (McStore *store, const char *id)
{
  g_autoptr (GPtrArray) offices = store != NULL ? mc_store_offices (store, NULL) : NULL;

  for (guint i = 0; offices != NULL && i < offices->len; i++)
    {
      McOffice *office = offices->pdata[i];

      if (g_strcmp0 (office->id, id) == 0)
        return g_strdup (office->name);
    }
  return g_strdup (_ ("an office not known on this machine"));
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

char *
mc_words_offices (const json_t *ids, McStore *store)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (ids); i++)
    g_ptr_array_add (names, office_name (store, json_string_value (json_array_get (ids, i))));
  g_ptr_array_sort (names, by_name);
  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0)
        g_string_append (text, i + 1 == names->len ? _ (" and ") : ", ");
      g_string_append (text, names->pdata[i]);
    }
  return g_strdup (text->str);
}

char *
mc_words_short_code (const char *code)
{
  const char *dash = code != NULL ? strrchr (code, '-') : NULL;

  if (dash == NULL || dash[1] == '\0')
    return g_strdup (code != NULL ? code : "");
  return g_strconcat ("…", dash + 1, NULL);
}
