/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-procedure.h"

#include "mc-error.h"
#include "mc-group.h"
#include "mc-text.h"
#include "mc-workflow.h"
#include <string.h>

static void
part_free (McPart *part)
{
  g_free (part->id);
  g_free (part->name);
  g_free (part);
}

static void
case_free (McCase *c)
{
  g_free (c->id);
  g_free (c->name);
  g_free (c->fee_kind);
  g_free (c->fee_note);
  g_free (c->valid_from);
  g_free (c->valid_to);
  g_free (c);
}

static gboolean
has_text (const json_t *array, const char *text)
{
  for (size_t i = 0; i < json_array_size (array); i++)
    if (g_strcmp0 (json_string_value (json_array_get (array, i)), text) == 0)
      return TRUE;
  return FALSE;
}

static McPart *
read_part (const json_t *json)
{
  g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, mc_json_string (json, "id"), NULL);
  McPart *part;

  if (mc_json_string (json, "name") == NULL || !mc_group_valid (group))
    return NULL;
  part = g_new0 (McPart, 1);
  part->id = g_strdup (mc_json_string (json, "id"));
  part->name = mc_text_clean (mc_json_string (json, "name"));
  part->required = mc_json_bool (json, "required", TRUE);
  part->originals = (gint)mc_json_int (json, "originals", 0);
  part->copies = (gint)mc_json_int (json, "copies", 0);
  return part;
}

static McCase *
read_case (const json_t *json)
{
  const json_t *channels = json_object_get (json, "channels");
  const json_t *fee = json_object_get (json, "fee");
  McCase *c;

  if (mc_json_string (json, "id") == NULL || mc_json_string (json, "name") == NULL)
    return NULL;
  c = g_new0 (McCase, 1);
  c->id = g_strdup (mc_json_string (json, "id"));
  c->name = mc_text_clean (mc_json_string (json, "name"));
  c->direct = has_text (channels, "direct");
  c->online = has_text (channels, "online");
  c->post = has_text (channels, "post");
  c->has_term = mc_term_parse (json_object_get (json, "time"), &c->term);
  c->has_promise = mc_term_parse (json_object_get (json, "promise"), &c->promise);
  c->fee_kind = g_strdup (mc_json_string (fee, "kind") ? mc_json_string (fee, "kind") : "unknown");
  c->fee = mc_json_int (fee, "amount", 0);
  c->fee_note = mc_text_clean (mc_json_string (fee, "note"));
  c->valid_from = g_strdup (mc_json_string (json, "valid_from"));
  c->valid_to = g_strdup (mc_json_string (json, "valid_to"));
  return c;
}

static gboolean
read_lists (McProcedure *procedure, json_t *json)
{
  json_t *parts = json_object_get (json, "parts");
  json_t *cases = json_object_get (json, "cases");

  for (size_t i = 0; i < json_array_size (parts); i++)
    {
      McPart *part = read_part (json_array_get (parts, i));

      if (part == NULL)
        return FALSE;
      g_ptr_array_add (procedure->parts, part);
    }
  for (size_t i = 0; i < json_array_size (cases); i++)
    {
      McCase *c = read_case (json_array_get (cases, i));

      if (c == NULL)
        return FALSE;
      g_ptr_array_add (procedure->cases, c);
    }
  return procedure->cases->len > 0;
}

static GStrv
read_texts (const json_t *array)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (size_t i = 0; i < json_array_size (array); i++)
    if (json_is_string (json_array_get (array, i)))
      g_strv_builder_add (texts, json_string_value (json_array_get (array, i)));
  return g_strv_builder_end (texts);
}

static gboolean
good_workflow (const json_t *named)
{
  g_autoptr (McWorkflow) workflow = json_is_object (named) ? mc_workflow_parse (named, NULL) : NULL;

  return named == NULL || json_is_string (named) || workflow != NULL;
}

McProcedure *
mc_procedure_parse (json_t *json, GError **error)
{
  g_autoptr (McProcedure) procedure = g_new0 (McProcedure, 1);
  json_t *result = json_object_get (json, "result");

  procedure->ref_count = 1;
  procedure->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)part_free);
  procedure->cases = g_ptr_array_new_with_free_func ((GDestroyNotify)case_free);
  procedure->code = g_strdup (mc_json_string (json, "code"));
  procedure->name = mc_text_clean (mc_json_string (json, "name"));
  procedure->field = g_strdup (mc_json_string (json, "field"));
  procedure->version = g_strdup (mc_json_string (json, "version"));
  procedure->valid_from = g_strdup (mc_json_string (json, "valid_from"));
  procedure->valid_to = g_strdup (mc_json_string (json, "valid_to"));
  procedure->result_code = g_strdup (mc_json_string (result, "code"));
  procedure->result_name = g_strdup (mc_json_string (result, "name"));
  procedure->synonyms = read_texts (json_object_get (json, "synonyms"));
  procedure->unsourced = read_texts (json_object_get (json, "unsourced"));
  procedure->workflow = json_incref (json_object_get (json, "workflow"));
  if (procedure->code == NULL || *procedure->name == '\0' || !read_lists (procedure, json) ||
      !good_workflow (procedure->workflow))
    {
      g_set_error (error,
                   MC_ERROR,
                   MC_ERROR_FORMAT,
                   "procedure %s: code, name, parts, cases or workflow missing or wrong",
                   procedure->code ? procedure->code : "?");
      return NULL;
    }
  return g_steal_pointer (&procedure);
}

McProcedure *
mc_procedure_ref (McProcedure *procedure)
{
  g_atomic_int_inc (&procedure->ref_count);
  return procedure;
}

void
mc_procedure_unref (McProcedure *procedure)
{
  if (procedure == NULL || !g_atomic_int_dec_and_test (&procedure->ref_count))
    return;
  json_decref (procedure->workflow);
  g_free (procedure->code);
  g_free (procedure->name);
  g_free (procedure->field);
  g_free (procedure->version);
  g_free (procedure->valid_from);
  g_free (procedure->valid_to);
  g_free (procedure->result_code);
  g_free (procedure->result_name);
  g_strfreev (procedure->synonyms);
  g_strfreev (procedure->unsourced);
  g_ptr_array_unref (procedure->parts);
  g_ptr_array_unref (procedure->cases);
  g_free (procedure);
}

static gboolean
holds_on (const McCase *c, const char *today)
{
  return (c->valid_from == NULL || strcmp (today, c->valid_from) >= 0) &&
         (c->valid_to == NULL || strcmp (today, c->valid_to) <= 0);
}

void
mc_procedure_hold_cases (McProcedure *procedure, const char *today)
{
  guint holding = 0;

  for (guint i = 0; i < procedure->cases->len; i++)
    holding += holds_on (procedure->cases->pdata[i], today) ? 1 : 0;
  for (guint i = procedure->cases->len; holding > 0 && i-- > 0;)
    if (!holds_on (procedure->cases->pdata[i], today))
      g_ptr_array_remove_index (procedure->cases, i);
}

static gboolean
open_to (const McCase *c, const char *channel)
{
  if (channel == NULL)
    return TRUE;
  return (g_str_equal (channel, "direct") && c->direct) ||
         (g_str_equal (channel, "online") && c->online) ||
         (g_str_equal (channel, "post") && c->post);
}

const McCase *
mc_procedure_case (const McProcedure *procedure, const char *id, const char *channel)
{
  const McCase *first = NULL;

  for (guint i = 0; i < procedure->cases->len; i++)
    {
      const McCase *c = procedure->cases->pdata[i];

      if (id != NULL && g_str_equal (c->id, id))
        return c;
      if (first == NULL && open_to (c, channel))
        first = c;
    }
  return first ? first : procedure->cases->pdata[0];
}

const McPart *
mc_procedure_part (const McProcedure *procedure, const char *id)
{
  for (guint i = 0; i < procedure->parts->len; i++)
    {
      const McPart *part = procedure->parts->pdata[i];

      if (g_str_equal (part->id, id))
        return part;
    }
  return NULL;
}
