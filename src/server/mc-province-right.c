/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-private.h"

#include "mc-allowed.h"
#include "mc-error.h"
#include "mc-workflow.h"

/* The role of the author, MC_ROLE_UNKNOWN where nobody active of that office has the id. */
static gboolean
author_role (McProvince *province,
             const char *staff,
             const char *office,
             McRole *ret_role,
             GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *role =
      mc_db_text (province->db,
                  &problem,
                  "SELECT role FROM staff WHERE id = ? AND office = ? AND active = 1",
                  "ss",
                  staff,
                  office);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  *ret_role = mc_role_parse (role);
  return TRUE;
}

/* Whose step it is, the workflow says that the dossier keeps. */
static gboolean
role_may (McProvince *province, McRole role, const McOp *op)
{
  g_autoptr (McRecord) record = NULL;
  const json_t *the_case;

  if (!mc_role_may (role, op->verb))
    return FALSE;
  if (!g_str_equal (op->verb, MC_VERB_STEP))
    return TRUE;
  record = mc_ledger_record (province->db, op->on, NULL);
  the_case = record != NULL ? mc_record_peek (record, MC_GROUP_CASE) : NULL;
  return mc_workflow_may (the_case ? mc_workflow_of (the_case, op->version) : mc_workflow_usual (),
                          role,
                          mc_json_string (op->body, "step"));
}

/* A workflow that a dossier brings along is one that the province has published for its procedure,
 * now or before. */
static gboolean
workflow_published (McProvince *province, const McOp *op)
{
  const json_t *named = json_object_get (op->body, "workflow");
  g_autoptr (McQuery) query = NULL;
  gboolean found = FALSE;

  if (!json_is_object (named))
    return TRUE;
  query = mc_db_query (province->db,
                       NULL,
                       "SELECT o.id FROM procedure p JOIN op o ON o.record = p.id "
                       "WHERE p.code = ? AND o.verb = '" MC_VERB_PROCEDURE "' ORDER BY o.seq DESC",
                       "s",
                       mc_json_string (op->body, "procedure"));
  while (!found && query != NULL && mc_query_next (query, NULL))
    {
      g_autoptr (McOp) said = mc_ledger_op (province->db, mc_query_text (query, 0));

      found = said != NULL &&
              json_equal (json_object_get (json_object_get (said->body, "procedure"), "workflow"),
                          named);
    }
  return found;
}

/* Who settles where a dossier belongs moves it, whatever the verb. */
static gboolean
role_may_move (McRole role, const McOp *op)
{
  return !_mc_sight_moves (op) || mc_verb_creates (op->verb) ||
         mc_role_may (role, MC_VERB_TRANSFER);
}

/* It goes only to offices that there are. */
static gboolean
offices_refusal (McProvince *province, const McOp *op, const char **ret_reason, GError **error)
{
  const json_t *offices = g_str_equal (op->verb, MC_VERB_TRANSFER)
                              ? json_object_get (op->body, "offices")
                              : json_object_get (op->body, "value");

  for (size_t i = 0; i < json_array_size (offices); i++)
    {
      gboolean known = FALSE;

      if (!_mc_province_has (province,
                             "SELECT 1 FROM office WHERE id = ?",
                             json_string_value (json_array_get (offices, i)),
                             NULL,
                             &known,
                             error))
        return FALSE;
      if (!known)
        *ret_reason = "offices";
    }
  return TRUE;
}

/* A postal agent receives what its contract names. */
static gboolean
author_allowed (McProvince *province, const McOp *op)
{
  g_autoptr (McRecord) staff = mc_ledger_record (province->db, op->by, NULL);

  return staff == NULL ||
         mc_allowed (mc_record_peek (staff, "staff"), mc_json_string (op->body, "procedure"));
}

/* What people practise with is nobody's dossier, whatever program sends it. */
gboolean
_mc_province_practises (McProvince *province,
                        const char *office,
                        gboolean *ret_practises,
                        GError **error)
{
  return _mc_province_has (province,
                           "SELECT 1 FROM record WHERE id = ? AND "
                           "instr (state, '\"practice\":true') > 0",
                           office,
                           NULL,
                           ret_practises,
                           error);
}

/* A procedure of the catalogue, or of the office's own: only that office sees those. */
static gboolean
procedure_known (McProvince *province,
                 const char *code,
                 const char *office,
                 gboolean *ret_known,
                 GError **error)
{
  return _mc_province_has (province,
                           "SELECT 1 FROM procedure p WHERE p.code = ? AND (NOT EXISTS "
                           "(SELECT 1 FROM sight s WHERE s.record = p.id) OR EXISTS "
                           "(SELECT 1 FROM sight s WHERE s.record = p.id AND s.office = ?))",
                           code,
                           office,
                           ret_known,
                           error);
}

/* A dossier is received for the device's own office, under a procedure of the catalogue. */
static gboolean
receive_refusal (McProvince *province,
                 const McOp *op,
                 const char *office,
                 const char **ret_reason,
                 GError **error)
{
  gboolean known = FALSE;

  if (g_strcmp0 (mc_json_string (op->body, "office"), office) != 0)
    {
      *ret_reason = "office";
      return TRUE;
    }
  if (!procedure_known (province, mc_json_string (op->body, "procedure"), office, &known, error))
    return FALSE;
  if (!known || !workflow_published (province, op))
    *ret_reason = "procedure";
  else if (!author_allowed (province, op))
    *ret_reason = "allowed";
  return TRUE;
}

/* What an office makes for itself: its own version of a procedure, or what its helper prepares. */
static gboolean
own_refusal (McProvince *province,
             const McOp *op,
             const char *office,
             const char **ret_reason,
             GError **error)
{
  gboolean own = g_str_equal (op->verb, MC_VERB_OWN);
  const json_t *said = own ? json_object_get (op->body, "procedure") : op->body;
  gboolean known = own;

  if (g_strcmp0 (mc_json_string (said, "office"), office) != 0)
    {
      *ret_reason = "office";
      return TRUE;
    }
  if (!own &&
      !procedure_known (province, mc_json_string (op->body, "procedure"), office, &known, error))
    return FALSE;
  if (!known)
    *ret_reason = "procedure";
  return TRUE;
}

/* A record that nobody has made yet is the judge's business: it says "record". */
static gboolean
sight_refusal (McProvince *province,
               const McOp *op,
               const char *office,
               const char **ret_reason,
               GError **error)
{
  gboolean seen = FALSE;
  gboolean made = FALSE;

  if (!_mc_province_has (province,
                         "SELECT 1 FROM sight WHERE record = ? AND office = ?",
                         op->on,
                         office,
                         &seen,
                         error) ||
      !_mc_province_has (province,
                         "SELECT 1 FROM record WHERE id = ? AND creator IS NOT NULL",
                         op->on,
                         NULL,
                         &made,
                         error))
    return FALSE;
  if (made && !seen)
    *ret_reason = "office";
  return TRUE;
}

gboolean
_mc_province_refusal (McProvince *province,
                      const McOp *op,
                      const char *office,
                      const char **ret_reason,
                      GError **error)
{
  McRole role = MC_ROLE_UNKNOWN;
  gboolean practice = FALSE;

  *ret_reason = NULL;
  /* The province's own device has no office; its signature was its right. */
  if (office == NULL)
    return TRUE;
  if (mc_verb_province (op->verb))
    {
      *ret_reason = "role";
      return TRUE;
    }
  if (!_mc_province_practises (province, office, &practice, error))
    return FALSE;
  if (practice)
    {
      *ret_reason = "practice";
      return TRUE;
    }
  if (!author_role (province, op->by, office, &role, error))
    return FALSE;
  if (role == MC_ROLE_UNKNOWN || !role_may (province, role, op) || !role_may_move (role, op))
    {
      *ret_reason = role == MC_ROLE_UNKNOWN ? "staff" : "role";
      return TRUE;
    }
  /* Of itself alone an office says how its papers look; what it is, the province says. */
  if (mc_verb_of_office (op->verb))
    {
      *ret_reason = g_str_equal (op->on, office) ? NULL : "office";
      return TRUE;
    }
  if (!sight_refusal (province, op, office, ret_reason, error))
    return FALSE;
  if (*ret_reason != NULL || !_mc_sight_moves (op))
    return TRUE;
  if (g_str_equal (op->verb, MC_VERB_RECEIVE))
    return receive_refusal (province, op, office, ret_reason, error);
  return mc_verb_creates (op->verb) ? own_refusal (province, op, office, ret_reason, error)
                                    : offices_refusal (province, op, ret_reason, error);
}
