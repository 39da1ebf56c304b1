/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-record.h"

#include "mc-keys.h"
#include <string.h>

static void
tip_free (McTip *tip)
{
  g_free (tip->op);
  g_free (tip->value);
  json_decref (tip->json);
  g_free (tip);
}

static void
group_state_free (McGroupState *state)
{
  g_free (state->name);
  g_ptr_array_unref (state->tips);
  g_free (state);
}

McRecord *
mc_record_new (const char *id)
{
  McRecord *record = g_new0 (McRecord, 1);

  record->id = g_strdup (id);
  record->groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)group_state_free);
  return record;
}

void
mc_record_free (McRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->id);
  g_free (record->creator);
  g_hash_table_unref (record->groups);
  g_free (record);
}

McGroupState *
mc_record_group (McRecord *record, const char *group)
{
  return g_hash_table_lookup (record->groups, group);
}

static McTip *
put_tip (McRecord *record, const char *group, const char *op, const char *value, gboolean act)
{
  McGroupState *state = mc_record_group (record, group);
  McTip *tip = g_new0 (McTip, 1);

  if (state == NULL)
    {
      state = g_new0 (McGroupState, 1);
      state->name = g_strdup (group);
      state->tips = g_ptr_array_new_with_free_func ((GDestroyNotify)tip_free);
      g_hash_table_insert (record->groups, state->name, state);
    }
  tip->op = g_strdup (op);
  tip->value = g_strdup (value);
  tip->act = act;
  g_ptr_array_add (state->tips, tip);
  return tip;
}

void
mc_record_put_tip (McRecord *record,
                   const char *group,
                   const char *op,
                   const char *value,
                   gboolean act)
{
  put_tip (record, group, op, value, act);
}

void
mc_record_put_write (McRecord *record, const McWrite *write, const char *op)
{
  McTip *tip = put_tip (record, write->group, op, write->text, write->act);

  tip->json = json_incref (write->value);
}

const char *
mc_record_value (McRecord *record, const char *group)
{
  McGroupState *state = mc_record_group (record, group);
  McTip *first;

  if (state == NULL || state->tips->len == 0)
    return NULL;
  first = state->tips->pdata[0];
  return first->value;
}

const json_t *
mc_record_peek (McRecord *record, const char *group)
{
  McGroupState *state = mc_record_group (record, group);
  McTip *first;

  if (state == NULL || state->tips->len == 0)
    return NULL;
  first = state->tips->pdata[0];
  if (first->json == NULL)
    first->json = mc_json_parse (first->value, -1, NULL);
  return first->json;
}

json_t *
mc_record_json (McRecord *record, const char *group)
{
  const char *value = mc_record_value (record, group);

  return value ? mc_json_parse (value, -1, NULL) : NULL;
}

gboolean
mc_group_contested (const McGroupState *state)
{
  const McTip *first;

  if (state->tips->len < 2)
    return FALSE;
  first = state->tips->pdata[0];
  for (guint i = 1; i < state->tips->len; i++)
    {
      const McTip *other = state->tips->pdata[i];

      if (first->act || other->act || !g_str_equal (first->value, other->value))
        return TRUE;
    }
  return FALSE;
}

gboolean
mc_group_unsettled (const McGroupState *state)
{
  const McTip *first;
  g_autoptr (json_t) value = NULL;

  if (mc_group_contested (state))
    return TRUE;
  if (state->tips->len == 0 || !g_str_has_prefix (state->name, MC_GROUP_TWIN_PREFIX))
    return FALSE;
  first = state->tips->pdata[0];
  value = mc_json_parse (first->value, -1, NULL);
  return json_is_object (value) && mc_json_string (value, "answer") == NULL;
}

guint
mc_record_contested (McRecord *record)
{
  GHashTableIter iter;
  gpointer state;
  guint count = 0;

  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    count += mc_group_unsettled (state) ? 1 : 0;
  return count;
}

json_t *
mc_record_base (McRecord *record, const char *group, gboolean settle)
{
  McGroupState *state = mc_record_group (record, group);
  json_t *base = json_array ();

  if (state == NULL || state->tips->len == 0)
    {
      if (record->creator != NULL)
        json_array_append_new (base, json_string (record->creator));
      return base;
    }
  for (guint i = 0; i < state->tips->len; i++)
    {
      const McTip *first = state->tips->pdata[0];
      const McTip *tip = state->tips->pdata[i];

      if (i == 0 || settle || (!first->act && !tip->act && g_str_equal (first->value, tip->value)))
        json_array_append_new (base, json_string (tip->op));
    }
  return base;
}

static gboolean
is_content (const char *group)
{
  return !g_str_equal (group, MC_GROUP_STATUS) && !g_str_equal (group, MC_GROUP_FEE) &&
         !g_str_equal (group, MC_GROUP_OFFICES) &&
         !g_str_has_prefix (group, MC_GROUP_TWIN_PREFIX) && !mc_group_append_only (group);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
mc_record_read (McRecord *record)
{
  g_autoptr (GPtrArray) tips = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) all = g_string_new (NULL);
  GHashTableIter iter;
  gpointer name, value;
  char *hash;

  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      McGroupState *state = value;

      for (guint i = 0; is_content (name) && i < state->tips->len; i++)
        g_ptr_array_add (tips,
                         g_strdup_printf ("%s %s\n",
                                          (char *)name,
                                          ((McTip *)state->tips->pdata[i])->op));
    }
  g_ptr_array_sort (tips, compare_texts);
  for (guint i = 0; i < tips->len; i++)
    g_string_append (all, tips->pdata[i]);
  hash = mc_sha256 (all->str, all->len);
  hash[32] = '\0';
  return hash;
}
