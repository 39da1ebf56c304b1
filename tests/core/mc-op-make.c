/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-op-make.h"

#include <string.h>

static McSecretKey *
story_key (void)
{
  static McSecretKey key;
  static McPublicKey public;
  static gboolean made;

  if (!made)
    {
      mc_keys_init ();
      mc_keys_make (&public, &key);
      made = TRUE;
    }
  return &key;
}

static json_t *
read_json (const char *text)
{
  g_autofree char *quoted = g_strdup (text);
  g_autoptr (GError) error = NULL;
  json_t *json = mc_json_parse (g_strdelimit (quoted, "'", '"'), -1, &error);

  g_assert_no_error (error);
  return json;
}

McStory *
mc_story_new (void)
{
  McStory *story = g_new0 (McStory, 1);

  story->record = mc_record_new (MC_STORY_RECORD);
  story->ops = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)mc_op_unref);
  story->refused = g_hash_table_new (g_str_hash, g_str_equal);
  return story;
}

void
mc_story_free (McStory *story)
{
  if (story == NULL)
    return;
  g_hash_table_unref (story->refused);
  g_hash_table_unref (story->ops);
  mc_record_free (story->record);
  g_free (story);
}

/* The name's bytes are the end of the id, so that a name can be read out of it again. */
const char *
mc_story_id (const char *name)
{
  g_autoptr (GString) hex = g_string_new (NULL);
  g_autofree char *id = NULL;

  g_assert_cmpuint (strlen (name), <=, 6);
  for (const char *p = name; *p; p++)
    g_string_append_printf (hex, "%02x", (guchar)*p);
  while (hex->len < 12)
    g_string_prepend_c (hex, '0');
  id = g_strdup_printf ("01900000-0000-7000-8000-%s", hex->str);
  return g_intern_string (id);
}

static char *
name_of (const char *id)
{
  GString *name = g_string_new (NULL);

  for (const char *p = id + 24; *p; p += 2)
    {
      char c = (char)(g_ascii_xdigit_value (p[0]) * 16 + g_ascii_xdigit_value (p[1]));

      if (c != '\0')
        g_string_append_c (name, c);
    }
  return g_string_free (name, FALSE);
}

static json_t *
read_base (const char *text)
{
  json_t *base = read_json (text);
  const char *group;
  json_t *names;

  json_object_foreach (base, group, names) for (size_t i = 0; i < json_array_size (names); i++)
      json_array_set_new (names,
                          i,
                          json_string (
                              mc_story_id (json_string_value (json_array_get (names, i)))));
  return base;
}

McOp *
mc_story_op (const char *name,
             const char *verb,
             const char *body,
             const char *base,
             const char *read)
{
  g_autoptr (json_t) body_json = read_json (body);
  g_autoptr (json_t) base_json = read_base (base);
  McOpDraft draft = {
    .id = mc_story_id (name),
    .device = mc_story_id ("device"),
    .n = 1,
    .at = 1795219200000000,
    .by = mc_story_id ("clerk"),
    .on = MC_STORY_RECORD,
    .verb = verb,
    .body = body_json,
    .base = base_json,
    .read = read,
  };

  return mc_op_sign (&draft, story_key ());
}

const McOp *
mc_story_find (const char *id, gboolean *ret_refused, gpointer data)
{
  McStory *story = data;

  *ret_refused = g_hash_table_contains (story->refused, id);
  return g_hash_table_lookup (story->ops, id);
}

char *
mc_story_take (McStory *story, McOp *op, const McRuling *forced, gboolean alone)
{
  g_autoptr (McRuling) ruling = mc_judge (story->record,
                                          op,
                                          mc_story_find,
                                          story,
                                          forced,
                                          alone ? MC_JUDGE_ALONE : MC_JUDGE_PLAIN);
  char *text = mc_ruling_text (ruling);

  g_assert_false (g_hash_table_contains (story->ops, op->id));
  g_hash_table_insert (story->ops, op->id, op);
  if (ruling->refused)
    g_hash_table_add (story->refused, op->id);
  return g_strdelimit (text, "\"", '\'');
}

char *
mc_story_tell (McStory *story,
               const char *name,
               const char *verb,
               const char *body,
               const char *base)
{
  return mc_story_take (story, mc_story_op (name, verb, body, base, NULL), NULL, FALSE);
}

void
mc_story_receive (McStory *story)
{
  g_autofree char *ruling = mc_story_tell (
      story,
      "R",
      MC_VERB_RECEIVE,
      "{'code':'H05.032.07-261121-0421042','procedure':'1.001193','channel':'direct',"
      "'received':'2026-11-21T09:00','office':'01900000-0000-7000-8000-00000000000f',"
      "'applicant':{'name':'Nguyễn Văn Mẫu'},'contact':{'phone':'0'},"
      "'fee':{'amount':8000,'kind':'fixed'}}",
      "{}");

  g_assert_cmpstr (ruling, ==, "'applied'");
}

char *
mc_story_tips (McStory *story, const char *group)
{
  McGroupState *state = mc_record_group (story->record, group);
  GString *names = g_string_new (NULL);

  for (guint i = 0; state != NULL && i < state->tips->len; i++)
    {
      g_autofree char *name = name_of (((McTip *)state->tips->pdata[i])->op);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", name);
    }
  return g_string_free (names, FALSE);
}
