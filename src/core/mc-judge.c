/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The judge. Its rules and the reason for each are in the design (§4 "Verdict"); the C follows the
 * executable model's judge line by line: tips are the ops that no later op names, an op takes away
 * exactly the tips it names, sight is per op id.
 */
#include "mc-judge.h"

#include "mc-workflow.h"

/* Chains of refused ops that build on refused ops are short; a hostile one ends here. */
#define REFUSED_CHAIN_MAX 64

typedef struct
{
  McRecord *record;
  const McOp *op;
  McOpFind find;
  gpointer find_data;
  const McRuling *forced;
  McJudgeFlags flags;
  gboolean stale_read; /* it decided on content that has changed since */
} Case;

GPtrArray *
mc_op_parents (const McOp *op)
{
  GPtrArray *parents = g_ptr_array_new_with_free_func (g_free);
  const char *group;
  json_t *ids;

  json_object_foreach (op->base, group, ids)
  {
    for (size_t i = 0; i < json_array_size (ids); i++)
      {
        const char *id = json_string_value (json_array_get (ids, i));

        if (!g_ptr_array_find_with_equal_func (parents, id, g_str_equal, NULL))
          g_ptr_array_add (parents, g_strdup (id));
      }
  }
  return parents;
}

/* An op of another record says nothing of this one, whatever a forged base claims. */
static const McOp *
earlier (Case *c, const char *id, gboolean *ret_refused)
{
  const McOp *op = c->find ? c->find (id, ret_refused, c->find_data) : NULL;

  return op != NULL && g_str_equal (op->on, c->op->on) ? op : NULL;
}

/* The tip of @group that @id is, or NULL. Whoever is a tip was not refused: mostly that is all that
 * has to be known of an earlier op. */
static const McTip *
tip_of (Case *c, const char *group, const char *id)
{
  const McGroupState *state = mc_record_group (c->record, group);

  for (guint i = 0; state != NULL && i < state->tips->len; i++)
    {
      const McTip *tip = state->tips->pdata[i];

      if (g_str_equal (tip->op, id))
        return tip;
    }
  return NULL;
}

/* The ids that @op names for @group. A refused op is transparent: who names it names what it was
 * built on. */
static void
add_named (Case *c, const McOp *op, const char *group, GHashTable *named, guint depth)
{
  json_t *ids = json_object_get (op->base, group);

  for (size_t i = 0; i < json_array_size (ids); i++)
    {
      const char *id = json_string_value (json_array_get (ids, i));
      gboolean refused = FALSE;
      const McOp *parent;

      if (!g_hash_table_add (named, g_strdup (id)) || tip_of (c, group, id) != NULL)
        continue;
      parent = earlier (c, id, &refused);
      if (parent != NULL && refused && depth < REFUSED_CHAIN_MAX)
        add_named (c, parent, group, named, depth + 1);
    }
}

/* The state that @parent left the dossier in, or NULL where it did not write the status. */
static char *
state_after (const McOp *parent)
{
  g_autoptr (GPtrArray) writes = mc_op_writes (parent);

  for (guint i = 0; i < writes->len; i++)
    {
      McWrite *write = writes->pdata[i];

      if (g_str_equal (write->group, MC_GROUP_STATUS))
        return g_strdup (mc_json_string (write->value, "state"));
    }
  return NULL;
}

/* The states that an op was built on. */
typedef struct
{
  GPtrArray *states; /* char* */
  GHashTable *met;   /* ids looked at */
  gboolean after;    /* a refused op is among them */
  gboolean apologised;
} Ground;

static void
add_state (Ground *ground, const McTip *tip)
{
  g_autoptr (json_t) value = mc_json_parse (tip->value, -1, NULL);
  const char *state = mc_json_string (value, "state");

  ground->apologised = ground->apologised || mc_json_string (value, "apology") != NULL;
  if (state != NULL)
    g_ptr_array_add (ground->states, g_strdup (state));
}

static void
add_ground (Case *c, const McOp *op, Ground *ground, guint depth)
{
  json_t *ids = json_object_get (op->base, MC_GROUP_STATUS);
  g_autoptr (GPtrArray) through = g_ptr_array_new ();

  for (size_t i = 0; i < json_array_size (ids); i++)
    {
      const char *id = json_string_value (json_array_get (ids, i));
      const McTip *tip = tip_of (c, MC_GROUP_STATUS, id);
      gboolean refused = FALSE;
      const McOp *parent = tip == NULL ? earlier (c, id, &refused) : NULL;
      char *state;

      if ((tip == NULL && parent == NULL) || !g_hash_table_add (ground->met, g_strdup (id)))
        continue;
      if (tip != NULL)
        {
          add_state (ground, tip);
          continue;
        }
      ground->after = ground->after || refused;
      if (refused)
        g_ptr_array_add (through, (gpointer)parent);
      else if ((state = state_after (parent)) != NULL)
        g_ptr_array_add (ground->states, state);
    }
  /* A correction names the refused op beside what stands: then what stands is its ground. */
  for (guint i = 0; ground->states->len == 0 && i < through->len && depth < REFUSED_CHAIN_MAX; i++)
    add_ground (c, through->pdata[i], ground, depth + 1);
}

/* What the dossier's workflow, as it was when that was received, says of a step from @state. */
static const char *
step_against (Case *c, const McWorkflow *workflow, const char *state)
{
  const char *step = mc_json_string (c->op->body, "step");
  const char *target = mc_workflow_target (workflow, state, step);
  const char *said = c->op->version < 3 ? NULL : mc_json_string (c->op->body, "state");

  if (g_strcmp0 (target, said ? said : mc_step_reaches (step)) != 0 || target == NULL)
    return "step";
  if (c->op->version < 3)
    return NULL;
  if (mc_workflow_lacks (workflow, step, c->op->body) != NULL)
    return "lacks";
  return mc_workflow_step (workflow, step)->decides && c->op->read == NULL ? "lacks" : NULL;
}

/*
 * Honest desks name tips of one state; whoever names an old one beside it, to step from there, may
 * not. A settlement chooses among the states it names: it is no way round the steps.
 */
static const char *
impossible (Case *c, GPtrArray *states)
{
  const McWorkflow *workflow =
      mc_workflow_of (mc_record_peek (c->record, MC_GROUP_CASE), c->op->version);
  const char *chosen = mc_json_string (json_object_get (c->op->body, "value"), "state");
  const char *reason = NULL;

  if (!g_str_equal (c->op->verb, MC_VERB_STEP))
    return chosen != NULL && g_ptr_array_find_with_equal_func (states, chosen, g_str_equal, NULL)
               ? NULL
               : "step";
  for (guint i = 0; reason == NULL && i < states->len; i++)
    reason = step_against (c, workflow, states->pdata[i]);
  return reason;
}

static gboolean
moves_status (const McOp *op)
{
  return g_str_equal (op->verb, MC_VERB_STEP) ||
         (g_str_equal (op->verb, MC_VERB_SETTLE) &&
          g_strcmp0 (mc_json_string (op->body, "group"), MC_GROUP_STATUS) == 0);
}

/* A result is put off once; whoever does it again says why that was not enough. */
static gboolean
again_without_reason (const McOp *op)
{
  return g_strcmp0 (mc_json_string (op->body, "step"), MC_STEP_POSTPONE) == 0 &&
         mc_json_string (op->body, "again") == NULL;
}

/* A step is checked against what the ops it names wrote, never against what stands now. */
static const char *
step_refusal (Case *c)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Ground ground = { states, met, FALSE, FALSE };
  const char *reason;

  if (!moves_status (c->op) || c->forced != NULL || c->flags != MC_JUDGE_PLAIN)
    return NULL;
  add_ground (c, c->op, &ground, 0);
  reason = states->len > 0 ? impossible (c, states) : NULL;
  if (reason == NULL && ground.apologised && again_without_reason (c->op))
    reason = "again";
  return reason != NULL && ground.after ? "after" : reason;
}

static McGroupState *
group_or_implicit (McRecord *record, const char *group)
{
  if (mc_record_group (record, group) == NULL && record->creator != NULL)
    mc_record_put_tip (record, group, record->creator, "null", FALSE);
  return mc_record_group (record, group);
}

static gboolean
forced_verdict (Case *c, const char *group, McVerdict *ret_verdict)
{
  guint place;

  if (c->forced == NULL)
    return FALSE;
  *ret_verdict = MC_VERDICT_APPLIED;
  if (g_ptr_array_find_with_equal_func (c->forced->groups, group, g_str_equal, &place))
    *ret_verdict = g_array_index (c->forced->verdicts, McVerdict, place);
  return TRUE;
}

/* Takes away the tips named; the standing one only where @with_standing. Says whether it was named.
 */
static gboolean
take_away (McGroupState *state, GHashTable *named, gboolean with_standing)
{
  gboolean stood =
      state->tips->len == 0 || g_hash_table_contains (named, ((McTip *)state->tips->pdata[0])->op);

  for (guint i = state->tips->len; i-- > 0;)
    {
      McTip *tip = state->tips->pdata[i];

      if ((i > 0 || with_standing) && g_hash_table_contains (named, tip->op))
        g_ptr_array_remove_index (state->tips, i);
    }
  return stood;
}

static McVerdict
free_verdict (McGroupState *state, const McWrite *write, gboolean stood)
{
  const McTip *first;

  if (stood || state->tips->len == 0)
    return MC_VERDICT_APPLIED;
  first = state->tips->pdata[0];
  if (!write->act && !first->act && g_str_equal (first->value, write->text))
    return MC_VERDICT_MERGED;
  return MC_VERDICT_CONTESTED;
}

/* Puts the op's own tip where its verdict says: first, second, or last. */
static void
place_tip (McRecord *record,
           McGroupState *state,
           const McOp *op,
           const McWrite *write,
           McVerdict verdict)
{
  guint place = verdict == MC_VERDICT_APPLIED ? 0 : verdict == MC_VERDICT_MERGED ? 1 : G_MAXUINT;
  gpointer tip;

  mc_record_put_write (record, write, op->id);
  if (place < state->tips->len - 1)
    {
      tip = g_ptr_array_steal_index (state->tips, state->tips->len - 1);
      g_ptr_array_insert (state->tips, (int)place, tip);
    }
}

static McVerdict
judge_group (Case *c, const McWrite *write)
{
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  McVerdict verdict = MC_VERDICT_APPLIED;
  gboolean forced = forced_verdict (c, write->group, &verdict);
  gboolean contest =
      forced ? verdict == MC_VERDICT_CONTESTED : (c->flags & MC_JUDGE_ALONE) != 0 || c->stale_read;
  gboolean stood;
  McGroupState *state;

  if (mc_group_append_only (write->group))
    return MC_VERDICT_APPLIED;
  state = group_or_implicit (c->record, write->group);
  add_named (c, c->op, write->group, named, 0);
  stood = take_away (state, named, !contest);
  if (!forced)
    verdict = contest ? MC_VERDICT_CONTESTED : free_verdict (state, write, stood);
  place_tip (c->record, state, c->op, write, verdict);
  return verdict;
}

/* What an op writes: as it says itself, or, where this program is too old for it, as the province
 * says. */
static GPtrArray *
writes_of (const McOp *op, const McRuling *forced)
{
  GPtrArray *writes = mc_op_writes (op);
  const char *group;
  json_t *pair;

  if (mc_op_readable (op) || forced == NULL || forced->outcome == NULL)
    return writes;
  json_object_foreach (forced->outcome, group, pair)
  {
    json_t *value = json_incref (json_array_get (pair, 0));

    g_ptr_array_add (writes, mc_write_new (group, value, json_is_true (json_array_get (pair, 1))));
  }
  return writes;
}

static McRuling *
judge_groups (Case *c)
{
  g_autoptr (GPtrArray) writes = writes_of (c->op, c->forced);
  McRuling *ruling = mc_ruling_new ();

  for (guint i = 0; i < writes->len; i++)
    {
      McWrite *write = writes->pdata[i];
      McVerdict verdict = judge_group (c, write);

      g_ptr_array_add (ruling->groups, g_strdup (write->group));
      g_array_append_val (ruling->verdicts, verdict);
    }
  return ruling;
}

/* The province's word is kept as it was said, also of groups and records that are not known here.
 */
static McRuling *
repeat (const McRuling *forced)
{
  McRuling *ruling = mc_ruling_new ();

  for (guint i = 0; i < forced->groups->len; i++)
    g_ptr_array_add (ruling->groups, g_strdup (forced->groups->pdata[i]));
  g_array_append_vals (ruling->verdicts, forced->verdicts->data, forced->verdicts->len);
  ruling->outcome = forced->outcome ? json_incref (forced->outcome) : NULL;
  return ruling;
}

static McRuling *
follow (Case *c)
{
  McRuling *judged = judge_groups (c);

  /* The one word "applied" is said of every group. */
  if (c->forced->groups->len == 0)
    return judged;
  mc_ruling_free (judged);
  return repeat (c->forced);
}

/* Whether it makes the record: of an op of a newer version that is seen by its naming nothing. */
static gboolean
is_creator (const McOp *op, const McRuling *forced)
{
  if (mc_op_readable (op))
    return mc_verb_creates (op->verb);
  return json_object_size (op->base) == 0 && forced != NULL && forced->outcome != NULL;
}

/* The op that makes the record: every group it writes begins with it. */
static McRuling *
create (McRecord *record, const McOp *op, const McRuling *forced)
{
  g_autoptr (GPtrArray) writes = writes_of (op, forced);
  McRuling *ruling = mc_ruling_new ();

  record->creator = g_strdup (op->id);
  for (guint i = 0; i < writes->len; i++)
    {
      McWrite *write = writes->pdata[i];
      McVerdict applied = MC_VERDICT_APPLIED;

      mc_record_put_write (record, write, op->id);
      g_ptr_array_add (ruling->groups, g_strdup (write->group));
      g_array_append_val (ruling->verdicts, applied);
    }
  if (forced == NULL || forced->groups->len == 0)
    return ruling;
  mc_ruling_free (ruling);
  return repeat (forced);
}

/* What is of another kind of record, whatever a forged op claims: a preparation is no dossier. */
static gboolean
is_astray (McRecord *record, const char *verb)
{
  gboolean preparation = mc_record_group (record, MC_GROUP_PREPARATION) != NULL;

  if (g_str_equal (verb, MC_VERB_OWN))
    return mc_record_group (record, MC_GROUP_PROCEDURE) == NULL;
  if (mc_verb_of_office (verb))
    return mc_record_group (record, MC_GROUP_OFFICE) == NULL;
  return preparation != g_str_equal (verb, MC_VERB_END);
}

McRuling *
mc_judge (McRecord *record,
          const McOp *op,
          McOpFind find,
          gpointer find_data,
          const McRuling *forced,
          McJudgeFlags flags)
{
  Case c = { record, op, find, find_data, forced, flags, FALSE };
  const char *refusal;

  g_return_val_if_fail (record != NULL && op != NULL, NULL);

  if (forced != NULL && forced->refused)
    return mc_ruling_refuse (forced->reason);
  if (record->creator == NULL)
    {
      if (is_creator (op, forced))
        return create (record, op, forced);
      return forced != NULL ? repeat (forced) : mc_ruling_refuse ("record");
    }
  if (g_str_equal (op->verb, MC_VERB_RECEIVE) || g_str_equal (op->verb, MC_VERB_PREPARE))
    return mc_ruling_refuse ("record");

  if (forced != NULL)
    return follow (&c);
  if (is_astray (record, op->verb))
    return mc_ruling_refuse ("record");
  refusal = step_refusal (&c);
  if (refusal != NULL)
    return mc_ruling_refuse (refusal);
  if (op->read != NULL)
    {
      g_autofree char *read = mc_record_read (record);

      c.stale_read = !g_str_equal (read, op->read);
    }
  return judge_groups (&c);
}
