/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-judge.h"

#include <string.h>

/* No group has this name. */
#define OUTCOME "="

static const char *const names[] = { "applied", "merged", "contested", "refused" };

const char *
mc_verdict_name (McVerdict verdict)
{
  return names[verdict];
}

gboolean
mc_verdict_parse (const char *name, McVerdict *ret_verdict)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      {
        *ret_verdict = (McVerdict)i;
        return TRUE;
      }
  return FALSE;
}

McRuling *
mc_ruling_new (void)
{
  McRuling *ruling = g_new0 (McRuling, 1);

  ruling->groups = g_ptr_array_new_with_free_func (g_free);
  ruling->verdicts = g_array_new (FALSE, FALSE, sizeof (McVerdict));
  return ruling;
}

McRuling *
mc_ruling_refuse (const char *reason)
{
  McRuling *ruling = mc_ruling_new ();

  ruling->refused = TRUE;
  ruling->reason = g_strdup (reason);
  return ruling;
}

void
mc_ruling_free (McRuling *ruling)
{
  if (ruling == NULL)
    return;
  g_free (ruling->reason);
  g_ptr_array_unref (ruling->groups);
  g_array_unref (ruling->verdicts);
  json_decref (ruling->outcome);
  g_free (ruling);
}

gboolean
mc_ruling_equal (const McRuling *a, const McRuling *b)
{
  g_autofree char *one = mc_ruling_text (a);
  g_autofree char *other = mc_ruling_text (b);

  return g_str_equal (one, other);
}

McVerdict
mc_ruling_worst (const McRuling *ruling)
{
  gboolean all_merged = ruling->verdicts->len > 0;

  if (ruling->refused)
    return MC_VERDICT_REFUSED;
  for (guint i = 0; i < ruling->verdicts->len; i++)
    {
      McVerdict verdict = g_array_index (ruling->verdicts, McVerdict, i);

      if (verdict == MC_VERDICT_CONTESTED)
        return MC_VERDICT_CONTESTED;
      all_merged = all_merged && verdict == MC_VERDICT_MERGED;
    }
  return all_merged ? MC_VERDICT_MERGED : MC_VERDICT_APPLIED;
}

void
mc_ruling_tell (McRuling *ruling, const McOp *op)
{
  g_autoptr (GPtrArray) writes = NULL;

  if (op->version < 2 || ruling->refused)
    return;
  writes = mc_op_writes (op);
  g_clear_pointer (&ruling->outcome, json_decref);
  ruling->outcome = json_object ();
  for (guint i = 0; i < writes->len; i++)
    {
      McWrite *write = writes->pdata[i];

      json_object_set_new (ruling->outcome,
                           write->group,
                           json_pack ("[O,b]", write->value, (int)write->act));
    }
}

static gboolean
all_applied (const McRuling *ruling)
{
  for (guint i = 0; i < ruling->verdicts->len; i++)
    if (g_array_index (ruling->verdicts, McVerdict, i) != MC_VERDICT_APPLIED)
      return FALSE;
  return TRUE;
}

/* By far the most ops are applied whole: one short word instead of every group. */
char *
mc_ruling_text (const McRuling *ruling)
{
  g_autoptr (json_t) json = NULL;

  if (ruling->refused)
    {
      g_autofree char *word = g_strconcat ("refused:", ruling->reason, NULL);

      json = json_string (word);
      return mc_json_text (json);
    }
  if (all_applied (ruling) && ruling->outcome == NULL)
    return g_strdup ("\"applied\"");
  json = json_object ();
  for (guint i = 0; i < ruling->groups->len; i++)
    json_object_set_new (json,
                         ruling->groups->pdata[i],
                         json_string (names[g_array_index (ruling->verdicts, McVerdict, i)]));
  if (ruling->outcome != NULL)
    json_object_set (json, OUTCOME, ruling->outcome);
  return mc_json_text (json);
}

static gboolean
parse_outcome (McRuling *ruling, json_t *outcome)
{
  const char *group;
  json_t *pair;

  json_object_foreach (outcome, group, pair)
  {
    if (!mc_group_valid (group) || json_array_size (pair) != 2)
      return FALSE;
  }
  ruling->outcome = json_incref (outcome);
  return json_is_object (outcome);
}

static gboolean
parse_groups (McRuling *ruling, json_t *json)
{
  const char *group;
  json_t *value;

  json_object_foreach (json, group, value)
  {
    McVerdict verdict;

    if (g_str_equal (group, OUTCOME))
      {
        if (!parse_outcome (ruling, value))
          return FALSE;
        continue;
      }
    if (!mc_verdict_parse (json_string_value (value), &verdict) || verdict == MC_VERDICT_REFUSED)
      return FALSE;
    g_ptr_array_add (ruling->groups, g_strdup (group));
    g_array_append_val (ruling->verdicts, verdict);
  }
  return TRUE;
}

McRuling *
mc_ruling_parse (const char *text, GError **error)
{
  g_autoptr (json_t) json = mc_json_parse (text, -1, error);
  g_autoptr (McRuling) ruling = NULL;
  const char *word;

  if (json == NULL)
    return NULL;
  word = json_string_value (json);
  if (word != NULL && g_str_has_prefix (word, "refused:"))
    return mc_ruling_refuse (word + strlen ("refused:"));
  ruling = mc_ruling_new ();
  if (g_strcmp0 (word, "applied") == 0 || (json_is_object (json) && parse_groups (ruling, json)))
    return g_steal_pointer (&ruling);
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "not a ruling: %.60s", text);
  return NULL;
}
