/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-procedure-private.h"

#include "mc-declaration.h"
#include "mc-error.h"
#include "mc-text.h"
#include "mc-workflow.h"
#include <string.h>

typedef gpointer (*ReadOne) (const json_t *json);

/* Reads each of @list; %FALSE where one is none. */
static gboolean
read_each (GPtrArray *into, const json_t *list, ReadOne read_one)
{
  for (size_t i = 0; i < json_array_size (list); i++)
    {
      gpointer one = read_one (json_array_get (list, i));

      if (one == NULL)
        return FALSE;
      g_ptr_array_add (into, one);
    }
  return TRUE;
}

static GStrv
read_texts (const json_t *array, const char *key)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (size_t i = 0; i < json_array_size (array); i++)
    {
      const json_t *one = json_array_get (array, i);
      const char *text = key != NULL ? mc_json_string (one, key) : json_string_value (one);

      if (text != NULL)
        g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

static gboolean
read_lists (McProcedure *procedure, const json_t *json)
{
  const struct
  {
    const char *key;
    GPtrArray *into;
    ReadOne read_one;
  } lists[] = {
    { "parts", procedure->parts, (ReadOne)_mc_part_read },
    { "cases", procedure->cases, (ReadOne)_mc_case_read },
    { "local", procedure->local, (ReadOne)_mc_local_read },
    { "linked", procedure->links, (ReadOne)mc_link_read },
    { "legal", procedure->legal, (ReadOne)_mc_legal_read },
    { "unread", procedure->unread, (ReadOne)_mc_unread_read },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (!read_each (lists[i].into, json_object_get (json, lists[i].key), lists[i].read_one))
      return FALSE;
  return procedure->cases->len > 0;
}

static void
read_words (McProcedure *procedure, const json_t *json)
{
  const json_t *result = json_object_get (json, "result");

  procedure->code = g_strdup (mc_json_string (json, "code"));
  procedure->name = mc_text_clean (mc_json_string (json, "name"));
  procedure->full_name = g_strdup (mc_json_string (json, "full_name"));
  procedure->field = g_strdup (mc_json_string (json, "field"));
  procedure->version = g_strdup (mc_json_string (json, "version"));
  procedure->valid_from = g_strdup (mc_json_string (json, "valid_from"));
  procedure->valid_to = g_strdup (mc_json_string (json, "valid_to"));
  procedure->office = g_strdup (mc_json_string (json, "office"));
  procedure->result_code = g_strdup (mc_json_string (result, "code"));
  procedure->result_name = g_strdup (mc_json_string (result, "name"));
  procedure->results_also = read_texts (json_object_get (result, "also"), "name");
  procedure->decision = g_strdup (mc_json_string (json, "decision"));
  procedure->conditions = g_strdup (mc_json_string (json, "conditions"));
  procedure->note = g_strdup (mc_json_string (json, "note"));
  procedure->url = g_strdup (mc_json_string (json, "url"));
  procedure->synonyms = read_texts (json_object_get (json, "synonyms"), NULL);
  procedure->unsourced = read_texts (json_object_get (json, "unsourced"), NULL);
  procedure->sources = read_texts (json_object_get (json, "sources"), NULL);
}

static gboolean
good_workflow (const json_t *named)
{
  g_autoptr (McWorkflow) workflow = json_is_object (named) ? mc_workflow_parse (named, NULL) : NULL;

  return named == NULL || json_is_string (named) || workflow != NULL;
}

/* One of a newer program, which this one cannot read, is no reason to receive nothing. */
static void
read_declarations (McProcedure *procedure, const json_t *json)
{
  const json_t *all = json_object_get (json, "declarations");

  for (size_t i = 0; i < json_array_size (all); i++)
    {
      McDeclaration *one = mc_declaration_parse (json_array_get (all, i), NULL);

      if (one != NULL)
        g_ptr_array_add (procedure->declarations, one);
    }
}

McProcedure *
mc_procedure_parse (json_t *json, GError **error)
{
  g_autoptr (McProcedure) procedure = g_new0 (McProcedure, 1);

  procedure->ref_count = 1;
  procedure->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)_mc_part_free);
  procedure->cases = g_ptr_array_new_with_free_func ((GDestroyNotify)_mc_case_free);
  procedure->local = g_ptr_array_new_with_free_func ((GDestroyNotify)_mc_local_free);
  procedure->links = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_link_free);
  procedure->legal = g_ptr_array_new_with_free_func ((GDestroyNotify)_mc_legal_free);
  procedure->unread = g_ptr_array_new_with_free_func ((GDestroyNotify)_mc_unread_free);
  procedure->declarations = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_declaration_unref);
  read_words (procedure, json);
  procedure->workflow = json_incref (json_object_get (json, "workflow"));
  if (procedure->code == NULL || *procedure->name == '\0' || !read_lists (procedure, json) ||
      !good_workflow (procedure->workflow))
    {
      g_set_error (error,
                   MC_ERROR,
                   MC_ERROR_FORMAT,
                   "procedure %s: code, name, parts, cases, linked or workflow missing or wrong",
                   procedure->code ? procedure->code : "?");
      return NULL;
    }
  read_declarations (procedure, json);
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
  g_free (procedure->full_name);
  g_free (procedure->field);
  g_free (procedure->version);
  g_free (procedure->valid_from);
  g_free (procedure->valid_to);
  g_free (procedure->office);
  g_free (procedure->result_code);
  g_free (procedure->result_name);
  g_strfreev (procedure->results_also);
  g_free (procedure->decision);
  g_free (procedure->conditions);
  g_free (procedure->note);
  g_free (procedure->url);
  g_strfreev (procedure->synonyms);
  g_strfreev (procedure->unsourced);
  g_strfreev (procedure->sources);
  g_ptr_array_unref (procedure->parts);
  g_ptr_array_unref (procedure->cases);
  g_ptr_array_unref (procedure->local);
  g_ptr_array_unref (procedure->links);
  g_ptr_array_unref (procedure->legal);
  g_ptr_array_unref (procedure->unread);
  g_ptr_array_unref (procedure->declarations);
  g_free (procedure);
}

static gboolean
in_force (const char *from, const char *to, const char *today)
{
  return (from == NULL || strcmp (today, from) >= 0) && (to == NULL || strcmp (today, to) <= 0);
}

gboolean
mc_procedure_holds (const McProcedure *procedure, const char *today)
{
  return in_force (procedure->valid_from, procedure->valid_to, today);
}

gboolean
mc_procedure_precedes (const McProcedure *one, const McProcedure *other)
{
  if ((one->office != NULL) != (other->office != NULL))
    return one->office != NULL;
  return g_strcmp0 (one->valid_from, other->valid_from) > 0;
}

/* What is set beside the law, with what the law has kept beside it. */
static void
set_local (McCase *c, const McLocal *local)
{
  if (local->has_term)
    {
      /* Where the law has no time, theirs is all there is. */
      if (!c->has_term)
        c->term = local->term;
      c->has_term = TRUE;
      c->has_promise = TRUE;
      c->promise = local->term;
      g_free (c->promise_source);
      c->promise_source = g_strdup (local->source);
    }
  if (local->fee_kind == NULL)
    return;
  if (c->fee_source == NULL)
    {
      c->law_fee_kind = g_strdup (c->fee_kind);
      c->law_fee = c->fee;
    }
  g_free (c->fee_kind);
  g_free (c->fee_source);
  c->fee_kind = g_strdup (local->fee_kind);
  c->fee = local->fee;
  c->fee_from_page_3 = local->fee;
  c->fee_source = g_strdup (local->source);
}

static void
apply_local (McProcedure *procedure, const char *today)
{
  for (guint l = 0; l < procedure->local->len; l++)
    {
      const McLocal *local = procedure->local->pdata[l];

      for (guint i = 0;
           in_force (local->valid_from, local->valid_to, today) && i < procedure->cases->len;
           i++)
        {
          McCase *c = procedure->cases->pdata[i];

          if (local->case_id == NULL || g_str_equal (local->case_id, c->id))
            set_local (c, local);
        }
    }
}

void
mc_procedure_hold_cases (McProcedure *procedure, const char *today)
{
  guint holding = 0;

  for (guint i = 0; i < procedure->cases->len; i++)
    {
      const McCase *c = procedure->cases->pdata[i];

      holding += in_force (c->valid_from, c->valid_to, today) ? 1 : 0;
    }
  for (guint i = procedure->cases->len; holding > 0 && i-- > 0;)
    {
      const McCase *c = procedure->cases->pdata[i];

      if (!in_force (c->valid_from, c->valid_to, today))
        g_ptr_array_remove_index (procedure->cases, i);
    }
  apply_local (procedure, today);
}

gboolean
mc_procedure_doubts (const McProcedure *procedure, const char *field)
{
  return g_strv_contains ((const char *const *)procedure->unsourced, field);
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
