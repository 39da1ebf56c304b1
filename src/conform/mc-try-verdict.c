/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the judge must say, and who has the right to what. */
#include "mc-conform.h"

#include "mc-id.h"
#include "mc-op.h"

static McOp *
phone (McConform *conform,
       McCaller *caller,
       const McOp *dossier,
       const char *on,
       const char *number)
{
  return mc_caller_op (caller,
                       conform->clerk,
                       dossier->on,
                       MC_VERB_SET,
                       json_pack ("{s:{s:{s:s}}}", "groups", "contact", "phone", number),
                       mc_base ("contact", on),
                       NULL);
}

static McOp *
fee (McConform *conform, McCaller *caller, const McOp *dossier)
{
  return mc_caller_op (caller,
                       conform->clerk,
                       dossier->on,
                       MC_VERB_FEE,
                       json_pack ("{s:i,s:s}", "taken", 8000, "method", "cash"),
                       mc_base ("fee", dossier->id),
                       NULL);
}

static void
judged (McConform *conform,
        McCaller *caller,
        McOp *op,
        const char *rule,
        const char *expected,
        const char *what)
{
  g_autofree char *word = mc_push_word (conform, caller, op);

  mc_expect (conform,
             g_str_equal (word, expected),
             rule,
             "%s: expected %s, seen %s",
             what,
             expected,
             word);
}

void
mc_try_verdict (McConform *conform)
{
  McCaller *front = conform->front;
  McCaller *back = conform->back;
  g_autoptr (McOp) dossier = mc_caller_receive (conform, front);
  g_autoptr (McOp) first = phone (conform, front, dossier, dossier->id, "0901");
  g_autoptr (McOp) equal = phone (conform, back, dossier, dossier->id, "0901");
  g_autoptr (McOp) blind = phone (conform, back, dossier, dossier->id, "0902");
  g_autoptr (McOp) after = phone (conform, front, dossier, first->id, "0903");
  g_autoptr (McOp) cash = fee (conform, front, dossier);
  g_autoptr (McOp) again = fee (conform, back, dossier);
  g_autoptr (McOp) settled =
      mc_caller_op (back,
                    conform->clerk,
                    dossier->on,
                    MC_VERB_SETTLE,
                    json_pack ("{s:s,s:{s:s}}", "group", "contact", "value", "phone", "0902"),
                    json_pack ("{s:[s,s,s]}", "contact", after->id, equal->id, blind->id),
                    NULL);

  judged (conform, front, dossier, "verdict.applied", "\"applied\"", "a reception");
  judged (conform, front, first, "verdict.applied", "\"applied\"", "on what stands");
  judged (conform,
          back,
          equal,
          "verdict.merged",
          "{\"contact\":\"merged\"}",
          "the same value, blind");
  judged (conform,
          back,
          blind,
          "verdict.contested",
          "{\"contact\":\"contested\"}",
          "another value, blind");
  judged (conform, front, after, "verdict.applied", "\"applied\"", "on the standing tip");
  judged (conform, back, settled, "verdict.applied", "\"applied\"", "a settlement of all tips");
  judged (conform, front, cash, "verdict.applied", "\"applied\"", "a fee");
  judged (conform,
          back,
          again,
          "verdict.act",
          "{\"fee\":\"contested\"}",
          "the same fee taken by another desk");
}

static McOp *
step (McConform *conform,
      McCaller *caller,
      const char *by,
      const McOp *dossier,
      const char *on,
      const char *name,
      const char *read)
{
  return mc_caller_op (caller,
                       by,
                       dossier->on,
                       MC_VERB_STEP,
                       json_pack ("{s:s}", "step", name),
                       mc_base ("status", on),
                       read);
}

static const McOp *
find_none (const char *id, gboolean *ret_refused, gpointer data)
{
  *ret_refused = FALSE;
  return NULL;
}

/* The hash of a dossier that only its reception has written. */
static char *
read_of (const McOp *dossier)
{
  g_autoptr (McRecord) record = mc_record_new (dossier->on);

  mc_ruling_free (mc_judge (record, dossier, find_none, NULL, NULL, MC_JUDGE_PLAIN));
  return mc_record_read (record);
}

void
mc_try_step (McConform *conform)
{
  McCaller *front = conform->front;
  McCaller *back = conform->back;
  g_autoptr (McOp) dossier = mc_caller_receive (conform, front);
  g_autofree char *read = read_of (dossier);
  g_autoptr (McOp) appraise = NULL;
  g_autoptr (McOp) withdraw = NULL;
  g_autoptr (McOp) again = NULL;
  g_autoptr (McOp) stale = NULL;

  if (conform->officer == NULL || conform->leader == NULL)
    return;
  appraise = step (conform, front, conform->officer, dossier, dossier->id, "appraise", NULL);
  withdraw = step (conform, back, conform->clerk, dossier, dossier->id, "withdraw", NULL);
  again = step (conform, front, conform->officer, dossier, appraise->id, "appraise", NULL);
  stale = step (conform,
                front,
                conform->leader,
                dossier,
                appraise->id,
                "approve",
                "00000000000000000000000000000000");
  judged (conform, front, dossier, "verdict.applied", "\"applied\"", "a reception");
  judged (conform, front, appraise, "verdict.step", "\"applied\"", "appraised from received");
  judged (conform,
          back,
          withdraw,
          "verdict.step",
          "{\"status\":\"contested\"}",
          "withdrawn, blind, from what no longer stands");
  judged (conform, front, again, "verdict.step", "\"refused:step\"", "appraised from appraised");
  judged (conform,
          front,
          stale,
          "verdict.read",
          "{\"status\":\"contested\"}",
          "approved on another content");
  {
    g_autoptr (McOp) second = mc_caller_receive (conform, front);
    g_autofree char *hash = read_of (second);
    g_autoptr (McOp) ready =
        step (conform, front, conform->officer, second, second->id, "appraise", NULL);
    g_autoptr (McOp) good =
        step (conform, front, conform->leader, second, ready->id, "approve", hash);

    judged (conform, front, second, "verdict.applied", "\"applied\"", "a reception");
    judged (conform, front, ready, "verdict.step", "\"applied\"", "appraised");
    judged (conform, front, good, "verdict.read", "\"applied\"", "approved on what stands");
  }
}

void
mc_try_right (McConform *conform)
{
  McCaller *front = conform->front;
  McCaller *other = conform->other;
  g_autoptr (McOp) dossier = mc_caller_receive (conform, front);
  g_autofree char *record = mc_id_new (conform->time_ms);
  g_autoptr (McOp) foreign = mc_caller_op (front,
                                           conform->other_clerk,
                                           dossier->on,
                                           MC_VERB_NOTE,
                                           json_pack ("{s:s}", "text", "thử"),
                                           mc_base ("note", dossier->id),
                                           NULL);
  g_autoptr (McOp) admin = mc_caller_op (front,
                                         conform->clerk,
                                         record,
                                         MC_VERB_STAFF,
                                         json_pack ("{s:s,s:s,s:s,s:s}",
                                                    "login",
                                                    "thu",
                                                    "name",
                                                    "Thử",
                                                    "role",
                                                    "leader",
                                                    "office",
                                                    front->office),
                                         json_object (),
                                         NULL);
  g_autofree char *known = conform->procedure;
  g_autoptr (McOp) unknown = NULL;
  g_autofree char *office = other->office;
  g_autoptr (McOp) elsewhere = NULL;

  conform->procedure = g_strdup ("0.000000");
  unknown = mc_caller_receive (conform, front);
  g_free (conform->procedure);
  conform->procedure = g_steal_pointer (&known);
  other->office = g_strdup (front->office);
  elsewhere = mc_caller_receive (conform, other);
  g_free (other->office);
  other->office = g_steal_pointer (&office);

  judged (conform, front, dossier, "verdict.applied", "\"applied\"", "a reception");
  judged (conform, front, foreign, "right.staff", "\"refused:staff\"", "by another office's clerk");
  judged (conform, front, admin, "right.role", "\"refused:role\"", "a desk makes staff");
  judged (conform,
          front,
          unknown,
          "right.procedure",
          "\"refused:procedure\"",
          "procedure 0.000000");
  judged (conform,
          other,
          elsewhere,
          "right.office",
          "\"refused:office\"",
          "a reception for another office");
}
