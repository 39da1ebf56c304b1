/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-op.h"

#include "mc-error.h"
#include "mc-group.h"
#include "mc-id.h"
#include "mc-workflow.h"
#include <string.h>

/* The year 3000: a stamp beyond it is no date that any calendar can show. */
#define AT_MAX (G_GINT64_CONSTANT (32503680000000) * 1000)

static json_t *
draft_json (const McOpDraft *draft)
{
  json_t *json = json_pack ("{s:i,s:s,s:s,s:I,s:I,s:s,s:s,s:s,s:o,s:o}",
                            "v",
                            (int)mc_op_version_for (draft->verb, draft->body),
                            "id",
                            draft->id,
                            "dev",
                            draft->device,
                            "n",
                            (json_int_t)draft->n,
                            "at",
                            (json_int_t)draft->at,
                            "by",
                            draft->by,
                            "on",
                            draft->on,
                            "do",
                            draft->verb,
                            "body",
                            mc_json_clean (draft->body),
                            "base",
                            draft->base ? json_deep_copy (draft->base) : json_object ());

  if (draft->read != NULL)
    json_object_set_new (json, "read", json_string (draft->read));
  if (draft->instead != NULL)
    json_object_set_new (json, "instead", json_string (draft->instead));
  return json;
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "op: %s", what);
  return FALSE;
}

static gboolean
good_base (const json_t *base)
{
  const char *group;
  json_t *ids;

  json_object_foreach ((json_t *)base, group, ids)
  {
    if (!json_is_array (ids))
      return FALSE;
    for (size_t i = 0; i < json_array_size (ids); i++)
      if (!mc_id_valid (json_string_value (json_array_get (ids, i))))
        return FALSE;
  }
  return TRUE;
}

/* Takes the members out of @json; what this version does not know stays in the line. */
static gboolean
fill (McOp *op, json_t *json, GError **error)
{
  op->version = mc_json_int (json, "v", 0);
  op->id = g_strdup (mc_json_string (json, "id"));
  op->device = g_strdup (mc_json_string (json, "dev"));
  op->n = mc_json_int (json, "n", 0);
  op->at = mc_json_int (json, "at", 0);
  op->by = g_strdup (mc_json_string (json, "by"));
  op->on = g_strdup (mc_json_string (json, "on"));
  op->verb = g_strdup (mc_json_string (json, "do"));
  op->body = json_incref (json_object_get (json, "body"));
  op->base = json_incref (json_object_get (json, "base"));
  op->read = g_strdup (mc_json_string (json, "read"));
  op->instead = g_strdup (mc_json_string (json, "instead"));

  if (op->version < 1 || op->n < 1 || op->at < 1 || op->at > AT_MAX)
    return fail (error, "a number is missing or wrong");
  if (!mc_id_valid (op->id) || !mc_id_valid (op->device) || !mc_id_valid (op->on))
    return fail (error, "an id is missing");
  if (!mc_id_valid (op->by))
    return fail (error, "nobody made it");
  if (op->verb == NULL || *op->verb == '\0' || strlen (op->verb) > 40)
    return fail (error, "no verb");
  if (!json_is_object (op->body) || !json_is_object (op->base) || !good_base (op->base))
    return fail (error, "no body or base");
  if (op->instead != NULL && !mc_id_valid (op->instead))
    return fail (error, "corrects no op");
  return TRUE;
}

McOp *
mc_op_parse (const char *line, gssize length, GError **error)
{
  g_autoptr (McOp) op = NULL;
  g_autoptr (json_t) json = NULL;
  gsize size;

  g_return_val_if_fail (line != NULL, NULL);

  size = length < 0 ? strlen (line) : (gsize)length;
  if (size > MC_OP_LINE_MAX || size < MC_SIGNATURE_TEXT + 3 || line[MC_SIGNATURE_TEXT] != ' ' ||
      memchr (line, '\n', size) != NULL || memchr (line, '\t', size) != NULL ||
      memchr (line, '\0', size) != NULL)
    {
      fail (error, "not an op line");
      return NULL;
    }
  json =
      mc_json_parse (line + MC_SIGNATURE_TEXT + 1, (gssize)(size - MC_SIGNATURE_TEXT - 1), error);
  if (json == NULL)
    return NULL;

  op = g_new0 (McOp, 1);
  op->ref_count = 1;
  op->line = g_strndup (line, size);
  if (!fill (op, json, error))
    return NULL;
  return g_steal_pointer (&op);
}

/* What parsing the line would give, without parsing it: this is the dearest half of a save. */
static McOp *
op_of (json_t *json, const char *line, GError **error)
{
  g_autoptr (McOp) op = g_new0 (McOp, 1);

  op->ref_count = 1;
  op->line = g_strdup (line);
  if (strlen (line) > MC_OP_LINE_MAX || mc_json_too_deep (line, strlen (line)))
    {
      fail (error, "too long or too deep");
      return NULL;
    }
  return fill (op, json, error) ? g_steal_pointer (&op) : NULL;
}

McOp *
mc_op_sign (const McOpDraft *draft, const McSecretKey *key)
{
  g_autoptr (json_t) json = draft_json (draft);
  g_autofree char *body = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  McOp *op;

  g_return_val_if_fail (json != NULL, NULL);

  body = mc_json_text (json);
  signature = mc_keys_sign (key, body, strlen (body));
  line = g_strconcat (signature, " ", body, NULL);
  op = op_of (json, line, &error);
  if (op == NULL)
    g_critical ("signed an op that cannot be read: %s", error->message);
  return op;
}

gboolean
mc_op_verify (const McOp *op, const McPublicKey *key)
{
  g_autofree char *signature = g_strndup (op->line, MC_SIGNATURE_TEXT);
  const char *body = op->line + MC_SIGNATURE_TEXT + 1;

  return mc_keys_verify (key, body, strlen (body), signature);
}

McOp *
mc_op_ref (McOp *op)
{
  g_atomic_int_inc (&op->ref_count);
  return op;
}

void
mc_op_unref (McOp *op)
{
  if (op == NULL || !g_atomic_int_dec_and_test (&op->ref_count))
    return;
  g_free (op->line);
  g_free (op->id);
  g_free (op->device);
  g_free (op->by);
  g_free (op->on);
  g_free (op->verb);
  g_free (op->read);
  g_free (op->instead);
  g_clear_pointer (&op->writes, g_ptr_array_unref);
  json_decref (op->body);
  json_decref (op->base);
  g_free (op);
}

gboolean
mc_verb_admin (const char *verb)
{
  return g_str_equal (verb, MC_VERB_OFFICE) || g_str_equal (verb, MC_VERB_STAFF) ||
         g_str_equal (verb, MC_VERB_PROCEDURE) || g_str_equal (verb, MC_VERB_CALENDAR) ||
         g_str_equal (verb, MC_VERB_OWN);
}

gboolean
mc_verb_of_office (const char *verb)
{
  return g_str_equal (verb, MC_VERB_PAPERS) || g_str_equal (verb, MC_VERB_PRINTED);
}

gboolean
mc_verb_province (const char *verb)
{
  return (mc_verb_admin (verb) && !g_str_equal (verb, MC_VERB_OWN)) ||
         g_str_equal (verb, MC_VERB_TWIN);
}

gint64
mc_verb_version (const char *verb)
{
  static const char *const first[] = {
    MC_VERB_RECEIVE, MC_VERB_SET,       MC_VERB_STEP,     MC_VERB_ATTACH,
    MC_VERB_FEE,     MC_VERB_NOTE,      MC_VERB_SETTLE,   MC_VERB_OFFICE,
    MC_VERB_STAFF,   MC_VERB_PROCEDURE, MC_VERB_CALENDAR, NULL,
  };

  static const char *const fourth[] = { MC_VERB_OWN, MC_VERB_PREPARE, MC_VERB_END, NULL };

  if (g_strv_contains (first, verb))
    return 1;
  if (g_str_equal (verb, MC_VERB_TRANSFER) || g_str_equal (verb, MC_VERB_TWIN))
    return 2;
  if (mc_verb_of_office (verb))
    return 5;
  return g_strv_contains (fourth, verb) ? 4 : MC_OP_VERSION + 1;
}

gint64
mc_op_version_for (const char *verb, const json_t *body)
{
  gint64 version = mc_verb_version (verb);
  const char *state = mc_json_string (json_object_get (body, "value"), "state");

  if (g_str_equal (verb, MC_VERB_STEP) &&
      (!mc_step_first (mc_json_string (body, "step")) || mc_status_is_new (body) ||
       json_object_get (body, "state") != NULL))
    return MAX (version, 3);
  if (g_str_equal (verb, MC_VERB_SETTLE) &&
      g_strcmp0 (mc_json_string (body, "group"), MC_GROUP_STATUS) == 0 &&
      (!mc_state_first (state) || mc_status_is_new (json_object_get (body, "value"))))
    return MAX (version, 3);
  return version;
}

static __thread gint64 reads = MC_OP_VERSION;

gboolean
mc_op_readable (const McOp *op)
{
  return op->version <= reads;
}

void
mc_op_pretend (gint64 version)
{
  reads = version;
}

gboolean
mc_verb_creates (const char *verb)
{
  return g_str_equal (verb, MC_VERB_RECEIVE) || g_str_equal (verb, MC_VERB_PREPARE) ||
         mc_verb_admin (verb);
}
