/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The same resident received twice for one matter, perhaps by two offices that do not see each
 * other: only the province can tell. Both dossiers are told of each other, and people decide.
 */
#include "mc-province-private.h"

#include "mc-applicant.h"
#include "mc-clock.h"
#include "mc-workflow.h"

#define TWIN_MS (60 * 24 * 3600 * G_GINT64_CONSTANT (1000))

const char *
_mc_matter_of (const McOp *op)
{
  const char *person = mc_applicant_owner_id (json_object_get (op->body, "applicant"));

  return person != NULL && *person != '\0' ? person : NULL;
}

/* What a dossier says of itself: whether it is open, its code and the name of its office. */
static gboolean
describe (McProvince *province,
          const char *record,
          gboolean *ret_open,
          json_t **ret_body,
          GError **error)
{
  g_autoptr (McRecord) now = mc_ledger_record (province->db, record, error);
  g_autoptr (json_t) status = now != NULL ? mc_record_json (now, MC_GROUP_STATUS) : NULL;
  g_autoptr (json_t) made = now != NULL ? mc_record_json (now, MC_GROUP_CASE) : NULL;
  const char *office = mc_json_string (made, "office");
  g_autoptr (GError) problem = NULL;
  g_autofree char *name = NULL;

  if (now == NULL)
    return FALSE;
  name = mc_db_text (province->db,
                     &problem,
                     "SELECT name FROM office WHERE id = ?",
                     "s",
                     office != NULL ? office : "");
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  *ret_open = mc_state_open (mc_json_string (status, "state"));
  *ret_body = json_pack ("{s:s,s:s,s:s}",
                         "other",
                         record,
                         "code",
                         mc_json_string (made, "code") != NULL ? mc_json_string (made, "code") : "",
                         "office",
                         name != NULL ? name : "");
  return TRUE;
}

/* Says it of @record, unless it was said already. @about: what the other says of itself. */
static gboolean
say (McProvince *province, const char *record, json_t *about, GError **error)
{
  g_autofree char *group =
      g_strconcat (MC_GROUP_TWIN_PREFIX, mc_json_string (about, "other"), NULL);
  g_autoptr (McRecord) now = mc_ledger_record (province->db, record, error);

  if (now == NULL)
    return FALSE;
  return mc_record_group (now, group) != NULL ||
         _mc_province_act (province, record, MC_VERB_TWIN, about, error);
}

static gboolean
keep_matter (McProvince *province, const McOp *op, const char *person, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "INSERT OR IGNORE INTO matter (record, person, procedure, at)"
                    " VALUES (?, ?, ?, ?)",
                    "sssi",
                    op->on,
                    person,
                    mc_json_string (op->body, "procedure"),
                    mc_stamp_ms (op->at));
}

/*
 * The newest first. Where both came with receipts, what was said of them then is in the offices and
 * comes back with them: said again it would be asked again.
 */
static GPtrArray *
others (McProvince *province, const McOp *op, const char *person, gboolean admitted, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  gint64 at = mc_stamp_ms (op->at);
  g_autoptr (McQuery) query = mc_db_query (
      province->db,
      error,
      "SELECT m.record FROM matter m WHERE m.person = ?1 AND m.procedure = ?2 AND m.record <> ?3"
      " AND m.at BETWEEN ?4 AND ?5 AND NOT (?6 AND EXISTS (SELECT 1 FROM record r JOIN taken t"
      " ON t.op = r.creator WHERE r.id = m.record AND t.flags & 2)) ORDER BY m.at DESC, m.record",
      "sssiii",
      person,
      mc_json_string (op->body, "procedure"),
      op->on,
      at - TWIN_MS,
      at + TWIN_MS,
      (gint64)admitted);

  G_STATIC_ASSERT (MC_JUDGE_ADMITTED == 2);
  if (query == NULL)
    return NULL;
  while (mc_query_next (query, &problem))
    g_ptr_array_add (records, g_strdup (mc_query_text (query, 0)));
  if (problem == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* One twin is enough to make people look: a resident who has ten copies certified is no riddle of
 * forty-five pairs. */
static gboolean
link_with_first_open (McProvince *province, const McOp *op, GPtrArray *records, GError **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (json_t) other = NULL;
      g_autoptr (json_t) self = NULL;
      gboolean open = FALSE;
      gboolean self_open = FALSE;

      if (!describe (province, records->pdata[i], &open, &other, error))
        return FALSE;
      if (!open)
        continue;
      return describe (province, op->on, &self_open, &self, error) &&
             say (province, op->on, other, error) && say (province, records->pdata[i], self, error);
    }
  return TRUE;
}

gboolean
_mc_province_twin (McProvince *province, const McOp *op, McJudgeFlags flags, GError **error)
{
  const char *person = _mc_matter_of (op);
  g_autoptr (GPtrArray) records = NULL;

  if (person == NULL)
    return TRUE;
  records = others (province, op, person, (flags & MC_JUDGE_ADMITTED) != 0, error);
  return records != NULL && keep_matter (province, op, person, error) &&
         (records->len == 0 || link_with_first_open (province, op, records, error));
}

/* Whether the province has a dossier of that id; a forged one names whatever it likes. */
static gboolean
is_received (McProvince *province, const char *id, gboolean *ret_received, GError **error)
{
  return _mc_province_has (province,
                           "SELECT 1 FROM op WHERE record = ? AND verb = '" MC_VERB_RECEIVE
                           "' AND ruling NOT LIKE '\"refused:%'",
                           id,
                           NULL,
                           ret_received,
                           error);
}

static gboolean
say_both (McProvince *province, const char *one, const char *two, GError **error)
{
  g_autoptr (json_t) first = NULL;
  g_autoptr (json_t) second = NULL;
  gboolean open = FALSE;

  return describe (province, one, &open, &first, error) &&
         describe (province, two, &open, &second, error) && say (province, one, second, error) &&
         say (province, two, first, error);
}

/* Two clerks who did not see each other took up one preparation: no identity number is needed to
 * tell. */
gboolean
_mc_province_twice (McProvince *province,
                    const McOp *op,
                    McRecord *record,
                    McJudgeFlags flags,
                    GError **error)
{
  const McGroupState *state = mc_record_group (record, MC_GROUP_ENDED);
  const char *own = mc_json_string (op->body, "dossier");
  gboolean received = FALSE;

  if (state == NULL || own == NULL || (flags & MC_JUDGE_ADMITTED) != 0)
    return TRUE;
  if (!is_received (province, own, &received, error))
    return FALSE;
  for (guint i = 0; received && i < state->tips->len; i++)
    {
      const McTip *tip = state->tips->pdata[i];
      g_autoptr (json_t) ended = mc_json_parse (tip->value, -1, NULL);
      const char *other = mc_json_string (ended, "dossier");
      gboolean there = FALSE;

      if (other == NULL || g_str_equal (other, own))
        continue;
      if (!is_received (province, other, &there, error) ||
          (there && !say_both (province, own, other, error)))
        return FALSE;
    }
  return TRUE;
}
