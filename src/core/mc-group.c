/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-group.h"

#include "mc-workflow.h"
#include <string.h>

static const char *const plain_groups[] = {
  MC_GROUP_CASE, MC_GROUP_APPLICANT, MC_GROUP_CONTACT,     MC_GROUP_SUBJECT, MC_GROUP_STATUS,
  MC_GROUP_FEE,  MC_GROUP_NOTE,      MC_GROUP_OFFICE,      "staff",          "procedure",
  "calendar",    MC_GROUP_OFFICES,   MC_GROUP_PREPARATION, MC_GROUP_ENDED,   NULL,
};

gboolean
mc_group_valid (const char *group)
{
  const char *rest;

  if (group == NULL || strlen (group) > 80)
    return FALSE;
  if (g_strv_contains (plain_groups, group))
    return TRUE;
  if (g_str_has_prefix (group, MC_GROUP_PART_PREFIX))
    rest = group + strlen (MC_GROUP_PART_PREFIX);
  else if (g_str_has_prefix (group, MC_GROUP_FORM_PREFIX))
    rest = group + strlen (MC_GROUP_FORM_PREFIX);
  else if (g_str_has_prefix (group, MC_GROUP_TWIN_PREFIX))
    rest = group + strlen (MC_GROUP_TWIN_PREFIX);
  else if (g_str_has_prefix (group, MC_GROUP_PAPERS_PREFIX))
    rest = group + strlen (MC_GROUP_PAPERS_PREFIX);
  else
    return FALSE;
  return *rest != '\0' && strspn (rest, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == strlen (rest);
}

gboolean
mc_group_append_only (const char *group)
{
  return g_str_equal (group, MC_GROUP_NOTE);
}

void
mc_write_free (McWrite *write)
{
  g_free (write->group);
  g_free (write->text);
  json_decref (write->value);
  g_free (write);
}

McWrite *
mc_write_new (const char *group, json_t *value, gboolean act)
{
  McWrite *write = g_new0 (McWrite, 1);

  write->group = g_strdup (group);
  write->value = value;
  write->text = mc_json_text (value);
  write->act = act;
  return write;
}

/* A body that nobody checked may lack the group or the value: then it writes nothing. */
static void
put (GPtrArray *writes, const char *group, json_t *value, gboolean act)
{
  if (mc_group_valid (group) && value != NULL)
    g_ptr_array_add (writes, mc_write_new (group, value, act));
  else
    json_decref (value);
}

/* The members of @body named in @keys (%NULL-terminated), cleaned. */
static json_t *
pick (const json_t *body, const char *const *keys)
{
  json_t *picked = json_object ();

  for (guint i = 0; keys[i] != NULL; i++)
    if (json_object_get (body, keys[i]) != NULL)
      json_object_set_new (picked, keys[i], mc_json_clean (json_object_get (body, keys[i])));
  return picked;
}

static void
put_member (GPtrArray *writes, const json_t *body, const char *key)
{
  if (json_object_get (body, key) != NULL)
    put (writes, key, mc_json_clean (json_object_get (body, key)), FALSE);
}

static const char *const status_keys[] = { "assignee", "due", "raw", "calendar", "apology", NULL };
static const char *const first_status_keys[] = { "assignee", "due", NULL };

const char *const *
mc_status_keys (void)
{
  return status_keys;
}

gboolean
mc_status_is_new (const json_t *value)
{
  const char *const *keys = status_keys + G_N_ELEMENTS (first_status_keys) - 1;

  for (guint i = 0; keys[i] != NULL; i++)
    if (json_object_get (value, keys[i]) != NULL)
      return TRUE;
  return FALSE;
}

static json_t *
status_value (const char *state, const json_t *body, gint64 version)
{
  json_t *value = pick (body, version < 3 ? first_status_keys : status_keys);

  json_object_set_new (value, "state", json_string (state));
  return value;
}

/* A step of version 1 ended in the same state always; since then each says where. */
static json_t *
writes_of_step (const McOp *op)
{
  const char *step = mc_json_string (op->body, "step");
  const char *state = mc_json_string (op->body, "state");

  return status_value (op->version < 3 || state == NULL ? mc_step_reaches (step) : state,
                       op->body,
                       op->version);
}

static void
put_person (GPtrArray *writes, const json_t *body)
{
  put_member (writes, body, MC_GROUP_APPLICANT);
  put_member (writes, body, MC_GROUP_CONTACT);
  put_member (writes, body, MC_GROUP_SUBJECT);
}

static void
put_parts (GPtrArray *writes, const json_t *body)
{
  const char *part;
  json_t *value;

  json_object_foreach (json_object_get (body, "parts"), part, value)
  {
    g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, part, NULL);

    put (writes, group, mc_json_clean (value), FALSE);
  }
}

static void
writes_of_receive (GPtrArray *writes, const json_t *body)
{
  static const char *const case_keys[] = { "office", "code",     "procedure", "title",    "version",
                                           "case",   "channel",  "received",  "calendar", "term",
                                           "law",    "workflow", "linked",    "parent",   NULL };
  static const char *const fee_keys[] = { "amount", "kind", NULL };

  put (writes, MC_GROUP_CASE, pick (body, case_keys), FALSE);
  put_person (writes, body);
  put (writes, MC_GROUP_STATUS, status_value (MC_STATE_RECEIVED, body, 1), FALSE);
  put (writes, MC_GROUP_FEE, pick (json_object_get (body, "fee"), fee_keys), FALSE);
  put_parts (writes, body);
}

static void
writes_of_prepare (GPtrArray *writes, const json_t *body)
{
  static const char *const keys[] = { "office", "procedure", "case",  "channel",
                                      "name",   "consent",   "until", "declarations",
                                      "due",    "fee",       NULL };

  put (writes, MC_GROUP_PREPARATION, pick (body, keys), FALSE);
  put_person (writes, body);
  put_parts (writes, body);
}

static void
writes_of_set (GPtrArray *writes, const json_t *body)
{
  const char *group;
  json_t *value;

  json_object_foreach (json_object_get (body, "groups"), group, value)
      put (writes, group, mc_json_clean (value), FALSE);
}

static void
writes_of_attach (GPtrArray *writes, const json_t *body)
{
  static const char *const keys[] = {
    "ticked", "originals", "certified", "copies", "document", NULL
  };
  g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, mc_json_string (body, "part"), NULL);

  put (writes, group, pick (body, keys), FALSE);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Sorted and each once, so that equal sets are equal bytes. */
static json_t *
offices_value (const json_t *offices)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  json_t *value = json_array ();

  for (size_t i = 0; i < json_array_size (offices); i++)
    if (json_is_string (json_array_get (offices, i)))
      g_ptr_array_add (ids, (gpointer)json_string_value (json_array_get (offices, i)));
  g_ptr_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (i == 0 || !g_str_equal (ids->pdata[i], ids->pdata[i - 1]))
      json_array_append_new (value, json_string (ids->pdata[i]));
  return value;
}

static void
writes_of_twin (GPtrArray *writes, const json_t *body)
{
  static const char *const keys[] = { "code", "office", NULL };
  g_autofree char *group = g_strconcat (MC_GROUP_TWIN_PREFIX, mc_json_string (body, "other"), NULL);

  put (writes, group, pick (body, keys), FALSE);
}

static GPtrArray *
make_writes (const McOp *op)
{
  static const char *const fee_keys[] = { "amount", "kind", "taken", "method", NULL };
  static const char *const end_keys[] = { "how", "dossier", "code", NULL };
  GPtrArray *writes = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_write_free);
  const json_t *body = op->body;

  if (g_str_equal (op->verb, MC_VERB_RECEIVE))
    writes_of_receive (writes, body);
  else if (g_str_equal (op->verb, MC_VERB_SET) || g_str_equal (op->verb, MC_VERB_PAPERS))
    writes_of_set (writes, body);
  else if (g_str_equal (op->verb, MC_VERB_STEP))
    put (writes, MC_GROUP_STATUS, writes_of_step (op), FALSE);
  else if (g_str_equal (op->verb, MC_VERB_ATTACH))
    writes_of_attach (writes, body);
  else if (g_str_equal (op->verb, MC_VERB_FEE))
    put (writes, MC_GROUP_FEE, pick (body, fee_keys), TRUE);
  else if (g_str_equal (op->verb, MC_VERB_NOTE) || g_str_equal (op->verb, MC_VERB_PRINTED))
    put (writes, MC_GROUP_NOTE, pick (body, (const char *const[]){ "text", NULL }), FALSE);
  else if (g_str_equal (op->verb, MC_VERB_SETTLE))
    put (writes,
         mc_json_string (body, "group"),
         mc_json_clean (json_object_get (body, "value")),
         FALSE);
  else if (g_str_equal (op->verb, MC_VERB_TRANSFER))
    put (writes, MC_GROUP_OFFICES, offices_value (json_object_get (body, "offices")), FALSE);
  else if (g_str_equal (op->verb, MC_VERB_TWIN))
    writes_of_twin (writes, body);
  else if (g_str_equal (op->verb, MC_VERB_PREPARE))
    writes_of_prepare (writes, body);
  else if (g_str_equal (op->verb, MC_VERB_END))
    put (writes, MC_GROUP_ENDED, pick (body, end_keys), FALSE);
  else if (mc_verb_admin (op->verb))
    {
      g_autofree char *group = g_strndup (op->verb, strcspn (op->verb, "."));

      put (writes, group, mc_json_clean (body), FALSE);
    }
  return writes;
}

GPtrArray *
mc_op_writes (const McOp *op)
{
  McOp *kept = (McOp *)op;
  GPtrArray *writes = g_atomic_pointer_get (&kept->writes);

  if (!mc_op_readable (op))
    return g_ptr_array_new_with_free_func ((GDestroyNotify)mc_write_free);
  if (writes != NULL)
    return g_ptr_array_ref (writes);
  writes = make_writes (op);
  /* One that was put together on the stack is never freed, and keeps nothing. */
  if (op->ref_count > 0 && g_atomic_pointer_compare_and_exchange (&kept->writes, NULL, writes))
    g_ptr_array_ref (writes);
  return writes;
}
