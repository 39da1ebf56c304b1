/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-op.h"

#include "mc-calendar.h"
#include "mc-error.h"
#include "mc-group.h"
#include "mc-id.h"
#include "mc-procedure.h"
#include "mc-workflow.h"
#include <string.h>

/* Longest text of any one field, in bytes: the portal's own limit for the subject is 1,000
 * characters. */
#define TEXT_MAX 4000
#define PARTS_MAX 200
#define OFFICES_MAX 20
#define LINKED_MAX 20

static gboolean
wrong (GError **error, const char *member)
{
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "member \"%s\" is missing or wrong", member);
  return FALSE;
}

static gboolean
short_text (const json_t *value)
{
  return json_is_string (value) && json_string_length (value) <= TEXT_MAX;
}

/* An object whose members are all short texts (or null). */
static gboolean
texts (const json_t *object)
{
  const char *key;
  json_t *value;

  if (!json_is_object (object))
    return FALSE;
  json_object_foreach ((json_t *)object, key, value) if (!short_text (value) &&
                                                         !json_is_null (value)) return FALSE;
  return TRUE;
}

static gboolean
sha256_text (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
good_document (const json_t *document)
{
  return json_is_object (document) && sha256_text (mc_json_string (document, "sha256")) &&
         short_text (json_object_get (document, "name")) && mc_json_int (document, "size", -1) > 0;
}

static gboolean
good_part (const json_t *part)
{
  const json_t *document = json_object_get (part, "document");
  const json_t *also = json_object_get (part, "also");

  for (size_t i = 0; i < json_array_size (also); i++)
    if (!good_document (json_array_get (also, i)))
      return FALSE;
  return json_is_object (part) && (document == NULL || good_document (document)) &&
         (also == NULL || (json_is_array (also) && json_array_size (also) <= PARTS_MAX));
}

static gboolean
good_applicant (const json_t *applicant)
{
  const char *name = mc_json_string (applicant, "name");

  return texts (applicant) && name != NULL && *name != '\0';
}

static gboolean
good_status (const json_t *status)
{
  return texts (status) && mc_state_known (mc_json_string (status, "state"));
}

/* A dossier is always somebody's. */
static gboolean
good_offices (const json_t *offices)
{
  if (json_array_size (offices) == 0 || json_array_size (offices) > OFFICES_MAX)
    return FALSE;
  for (size_t i = 0; i < json_array_size (offices); i++)
    if (!mc_id_valid (json_string_value (json_array_get (offices, i))))
      return FALSE;
  return TRUE;
}

/* What each group may hold, whoever writes it. */
static gboolean
good_value (const char *group, const json_t *value)
{
  if (!mc_group_valid (group) || mc_group_append_only (group))
    return FALSE;
  if (g_str_equal (group, MC_GROUP_APPLICANT))
    return good_applicant (value);
  if (g_str_equal (group, MC_GROUP_CONTACT))
    return texts (value);
  if (g_str_equal (group, MC_GROUP_SUBJECT))
    return short_text (value);
  if (g_str_equal (group, MC_GROUP_STATUS))
    return good_status (value);
  if (g_str_equal (group, MC_GROUP_FEE))
    return json_is_object (value);
  if (g_str_has_prefix (group, MC_GROUP_PART_PREFIX))
    return good_part (value);
  if (g_str_has_prefix (group, MC_GROUP_FORM_PREFIX))
    return short_text (value);
  if (g_str_has_prefix (group, MC_GROUP_TWIN_PREFIX))
    return texts (value);
  if (g_str_equal (group, MC_GROUP_OFFICES))
    return good_offices (value);
  return FALSE;
}

static gboolean
check_parts (const json_t *parts, GError **error)
{
  const char *id;
  json_t *part;

  if (parts == NULL)
    return TRUE;
  if (!json_is_object (parts) || json_object_size (parts) > PARTS_MAX)
    return wrong (error, "parts");
  json_object_foreach ((json_t *)parts, id, part)
  {
    g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, id, NULL);

    if (!good_value (group, part))
      return wrong (error, "parts");
  }
  return TRUE;
}

/* A version of ours, maybe a newer one, or one that can be read. */
static gboolean
good_workflow (const json_t *named)
{
  g_autoptr (McWorkflow) workflow = json_is_object (named) ? mc_workflow_parse (named, NULL) : NULL;

  return named == NULL || json_is_null (named) || short_text (named) || workflow != NULL;
}

/* Another dossier of an interlinked procedure, as each names the others. */
static gboolean
good_relative (const json_t *relative)
{
  return texts (relative) && mc_id_valid (mc_json_string (relative, "id")) &&
         mc_json_string (relative, "code") != NULL;
}

/* A child has no children. */
static gboolean
good_linked (const json_t *body)
{
  const json_t *linked = json_object_get (body, "linked");
  const json_t *parent = json_object_get (body, "parent");

  if (linked == NULL)
    return parent == NULL || good_relative (parent);
  for (size_t i = 0; i < json_array_size (linked); i++)
    if (!good_relative (json_array_get (linked, i)))
      return FALSE;
  return parent == NULL && json_array_size (linked) > 0 && json_array_size (linked) <= LINKED_MAX;
}

/* A person and papers, as a reception has them. */
static gboolean
check_person (const json_t *body, GError **error)
{
  json_t *contact = json_object_get (body, "contact");
  json_t *subject = json_object_get (body, "subject");

  if (!mc_id_valid (mc_json_string (body, "office")))
    return wrong (error, "office");
  if (!good_applicant (json_object_get (body, "applicant")))
    return wrong (error, "applicant");
  if (contact != NULL && !texts (contact))
    return wrong (error, "contact");
  if (subject != NULL && !short_text (subject))
    return wrong (error, "subject");
  return check_parts (json_object_get (body, "parts"), error);
}

static gboolean
check_receive (const json_t *body, GError **error)
{
  static const char *const needed[] = { "code", "procedure", "channel", "received" };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!short_text (json_object_get (body, needed[i])))
      return wrong (error, needed[i]);
  if (!check_person (body, error))
    return FALSE;
  if (!good_workflow (json_object_get (body, "workflow")))
    return wrong (error, "workflow");
  if (!good_linked (body))
    return wrong (error, "linked");
  return TRUE;
}

/* What a paper, a layout or a declaration may say is looked at where it is read: a newer program's
 * has members that this one does not know. */
static gboolean
check_papers (const json_t *body, GError **error)
{
  json_t *groups = json_object_get (body, "groups");
  const char *group;
  json_t *value;

  if (json_object_size (groups) == 0 || json_object_size (groups) > PARTS_MAX)
    return wrong (error, "groups");
  json_object_foreach (groups, group, value)
  {
    if (!g_str_has_prefix (group, MC_GROUP_PAPERS_PREFIX) || !mc_group_valid (group) ||
        !(json_is_object (value) || json_is_null (value) || short_text (value)))
      return wrong (error, group);
  }
  return TRUE;
}

static gboolean
check_set (const json_t *body, GError **error)
{
  json_t *groups = json_object_get (body, "groups");
  const char *group;
  json_t *value;

  if (json_object_size (groups) == 0 || json_object_size (groups) > PARTS_MAX)
    return wrong (error, "groups");
  json_object_foreach (groups, group, value)
  {
    /* Status and fee move by acts of their own; the case is written once. */
    if (!good_value (group, value) || g_str_equal (group, MC_GROUP_STATUS) ||
        g_str_equal (group, MC_GROUP_FEE) || g_str_equal (group, MC_GROUP_CASE) ||
        g_str_equal (group, MC_GROUP_OFFICES))
      return wrong (error, group);
  }
  return TRUE;
}

/* Whoever counts with a promise later must be able to read it. */
static gboolean
good_due (const json_t *body)
{
  const json_t *due = json_object_get (body, "due");
  g_autoptr (GDateTime) time = mc_local_parse (json_string_value (due));

  return due == NULL || json_is_null (due) || time != NULL;
}

/* What the dossier's own workflow asks of a step, the judge looks at. */
static gboolean
check_new_step (const McOp *op, GError **error)
{
  const char *const *keys = mc_status_keys ();
  const char *step = mc_json_string (op->body, "step");

  if (!mc_step_known (step))
    return wrong (error, "step");
  if (!mc_state_known (mc_json_string (op->body, "state")))
    return wrong (error, "state");
  for (guint i = 0; keys[i] != NULL; i++)
    {
      const json_t *value = json_object_get (op->body, keys[i]);

      if (value != NULL && !json_is_null (value) && !short_text (value))
        return wrong (error, keys[i]);
    }
  return good_due (op->body) ? TRUE : wrong (error, "due");
}

static gboolean
check_step (const McOp *op, GError **error)
{
  const char *step = mc_json_string (op->body, "step");

  if (op->version >= 3)
    return check_new_step (op, error);
  if (!mc_step_first (step))
    return wrong (error, "step");
  if (mc_step_decides (step) && op->read == NULL)
    return wrong (error, "read");
  return TRUE;
}

static gboolean
check_attach (const json_t *body, GError **error)
{
  g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, mc_json_string (body, "part"), NULL);

  if (mc_json_string (body, "part") == NULL || !mc_group_valid (group))
    return wrong (error, "part");
  return good_part (body) ? TRUE : wrong (error, "document");
}

static gboolean
check_fee (const json_t *body, GError **error)
{
  if (mc_json_int (body, "taken", -1) < 0)
    return wrong (error, "taken");
  return short_text (json_object_get (body, "method")) ? TRUE : wrong (error, "method");
}

static gboolean
check_note (const json_t *body, GError **error)
{
  const char *text = mc_json_string (body, "text");

  return text != NULL && *text != '\0' && strlen (text) <= TEXT_MAX ? TRUE : wrong (error, "text");
}

static gboolean
check_settle (const McOp *op, GError **error)
{
  const char *group = mc_json_string (op->body, "group");
  const json_t *value = json_object_get (op->body, "value");

  if (group == NULL || g_str_equal (group, MC_GROUP_CASE))
    return wrong (error, "group");
  /* "null" settles a group for nothing: neither side's value. */
  if (json_is_null (value) && mc_group_valid (group) && !g_str_equal (group, MC_GROUP_STATUS))
    return TRUE;
  if (g_str_equal (group, MC_GROUP_STATUS) && op->version < 3 &&
      !mc_state_first (mc_json_string (value, "state")))
    return wrong (error, "value");
  return good_value (group, value) ? TRUE : wrong (error, "value");
}

static gboolean
check_admin (const McOp *op, GError **error)
{
  if (g_str_equal (op->verb, MC_VERB_OFFICE))
    return short_text (json_object_get (op->body, "code")) &&
                   short_text (json_object_get (op->body, "name"))
               ? TRUE
               : wrong (error, "code");
  if (g_str_equal (op->verb, MC_VERB_STAFF))
    return mc_role_parse (mc_json_string (op->body, "role")) != MC_ROLE_UNKNOWN &&
                   short_text (json_object_get (op->body, "login")) &&
                   short_text (json_object_get (op->body, "name"))
               ? TRUE
               : wrong (error, "role");
  if (g_str_equal (op->verb, MC_VERB_PROCEDURE))
    return json_is_object (json_object_get (op->body, "procedure")) ? TRUE
                                                                    : wrong (error, "procedure");
  return json_is_object (json_object_get (op->body, "calendar")) ? TRUE : wrong (error, "calendar");
}

static gboolean
check_transfer (const json_t *body, GError **error)
{
  const json_t *why = json_object_get (body, "why");

  if (why != NULL && !short_text (why))
    return wrong (error, "why");
  return good_offices (json_object_get (body, "offices")) ? TRUE : wrong (error, "offices");
}

static gboolean
check_twin (const json_t *body, GError **error)
{
  if (!mc_id_valid (mc_json_string (body, "other")))
    return wrong (error, "other");
  return short_text (json_object_get (body, "code")) &&
                 short_text (json_object_get (body, "office"))
             ? TRUE
             : wrong (error, "code");
}

/* Nothing is prepared for a resident who did not agree (Luật 91/2025/QH15). */
static gboolean
check_prepare (const json_t *body, GError **error)
{
  static const char *const needed[] = { "procedure", "name", "until" };
  const json_t *declarations = json_object_get (body, "declarations");
  const json_t *due = json_object_get (body, "due");

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!short_text (json_object_get (body, needed[i])))
      return wrong (error, needed[i]);
  if (!json_is_true (json_object_get (body, "consent")))
    return wrong (error, "consent");
  if (declarations != NULL && !json_is_object (declarations))
    return wrong (error, "declarations");
  if (due != NULL && !short_text (due))
    return wrong (error, "due");
  return check_person (body, error);
}

static gboolean
check_end (const json_t *body, GError **error)
{
  static const char *const hows[] = { "received", "withdrawn", "replaced", NULL };
  const char *how = mc_json_string (body, "how");

  if (how == NULL || !g_strv_contains (hows, how))
    return wrong (error, "how");
  if (!texts (body))
    return wrong (error, "code");
  return !g_str_equal (how, "received") || mc_id_valid (mc_json_string (body, "dossier"))
             ? TRUE
             : wrong (error, "dossier");
}

/* It is read by every desk of the office: what none could read is said by nobody. */
static gboolean
check_own (const json_t *body, GError **error)
{
  json_t *entry = json_object_get (body, "procedure");
  g_autoptr (McProcedure) procedure =
      json_is_object (entry) ? mc_procedure_parse (entry, NULL) : NULL;

  if (procedure == NULL || !mc_id_valid (procedure->office))
    return wrong (error, "procedure");
  return short_text (json_object_get (body, "version")) ? TRUE : wrong (error, "version");
}

/* What it writes it must name a base for, unless it makes the record. */
static gboolean
check_base (const McOp *op, GError **error)
{
  g_autoptr (GPtrArray) writes = mc_op_writes (op);

  for (guint i = 0; i < writes->len; i++)
    {
      McWrite *write = writes->pdata[i];

      if (json_array_size (json_object_get (op->base, write->group)) == 0)
        return wrong (error, "base");
    }
  return TRUE;
}

static gboolean
check_body (const McOp *op, GError **error)
{
  if (!mc_op_readable (op))
    return wrong (error, "v");
  if (g_str_equal (op->verb, MC_VERB_RECEIVE))
    return check_receive (op->body, error);
  if (g_str_equal (op->verb, MC_VERB_SET))
    return check_set (op->body, error);
  if (g_str_equal (op->verb, MC_VERB_STEP))
    return check_step (op, error);
  if (g_str_equal (op->verb, MC_VERB_ATTACH))
    return check_attach (op->body, error);
  if (g_str_equal (op->verb, MC_VERB_FEE))
    return check_fee (op->body, error);
  if (g_str_equal (op->verb, MC_VERB_NOTE) || g_str_equal (op->verb, MC_VERB_PRINTED))
    return check_note (op->body, error);
  if (g_str_equal (op->verb, MC_VERB_SETTLE))
    return check_settle (op, error);
  if (g_str_equal (op->verb, MC_VERB_TRANSFER))
    return check_transfer (op->body, error);
  if (g_str_equal (op->verb, MC_VERB_TWIN))
    return check_twin (op->body, error);
  if (g_str_equal (op->verb, MC_VERB_PREPARE))
    return check_prepare (op->body, error);
  if (g_str_equal (op->verb, MC_VERB_END))
    return check_end (op->body, error);
  if (g_str_equal (op->verb, MC_VERB_OWN))
    return check_own (op->body, error);
  if (g_str_equal (op->verb, MC_VERB_PAPERS))
    return check_papers (op->body, error);
  if (mc_verb_admin (op->verb))
    return check_admin (op, error);
  return wrong (error, "do");
}

gboolean
mc_op_check (const McOp *op, GError **error)
{
  if (!check_body (op, error))
    return FALSE;
  if (mc_verb_creates (op->verb))
    return TRUE;
  return check_base (op, error);
}
