/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-private.h"

#include "mc-error.h"
#include "mc-id.h"
#include <string.h>

/* For a line that is no op: the id it seems to claim, so that its sender knows which one is meant.
 */
static char *
claimed_id (const char *line)
{
  const char *member = strstr (line, "\"id\":\"");
  g_autofree char *id = NULL;

  if (member == NULL)
    return g_strdup ("-");
  id = g_strndup (member + strlen ("\"id\":\""), MC_ID_LENGTH);
  return mc_id_valid (id) ? g_steal_pointer (&id) : g_strdup ("-");
}

static void
refuse (McSyncAnswer *answer, const char *op, const char *reason)
{
  g_autoptr (McRuling) ruling = mc_ruling_refuse (reason);
  g_autofree char *text = mc_ruling_text (ruling);

  mc_sync_answer_put (answer, op, text, NULL);
}

/* An op taken before: its ruling stands. Other bytes under the same id are nobody's op. */
static void
answer_known (McProvince *province, const McOp *op, McSyncAnswer *answer)
{
  g_autoptr (McOp) held = mc_ledger_op (province->db, op->id);
  g_autofree char *ruling = mc_ledger_ruling (province->db, op->id);

  if (held == NULL || ruling == NULL || !g_str_equal (held->line, op->line))
    refuse (answer, op->id, "format");
  else
    mc_sync_answer_put (answer, op->id, ruling, NULL);
}

/*
 * Whether the device that the op names has signed it; @ret_office is that device's office, %NULL
 * for the province's own. An admin op signed with the province's key is genuine whichever device id
 * the province had then: that is how a restored server gets its offices and staff back.
 */
static gboolean
genuine (McProvince *province,
         const McOp *op,
         gboolean *ret_genuine,
         char **ret_office,
         GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McDevice) device = mc_province_device (province, op->device, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (device != NULL)
    *ret_genuine = mc_op_verify (op, &device->key);
  else
    *ret_genuine = mc_verb_admin (op->verb) && mc_op_verify (op, &province->keyring->public);
  *ret_office = device != NULL ? g_strdup (device->office) : NULL;
  return TRUE;
}

/* Parents that are not held: the op cannot be judged before they are here. */
static GStrv
missing_parents (McProvince *province, const McOp *op)
{
  g_autoptr (GPtrArray) parents = mc_op_parents (op);
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  gboolean any = FALSE;

  for (guint i = 0; i < parents->len; i++)
    if (!mc_ledger_has (province->db, parents->pdata[i]))
      {
        g_strv_builder_add (missing, parents->pdata[i]);
        any = TRUE;
      }
  return any ? g_strv_builder_end (missing) : NULL;
}

static gboolean
judge (McProvince *province,
       const McOp *op,
       const char *office,
       McSyncAnswer *answer,
       GError **error)
{
  g_autoptr (McRuling) ruling = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) missing = NULL;
  const char *refusal = NULL;

  if (!mc_op_check (op, NULL))
    refusal = "format";
  else
    {
      missing = missing_parents (province, op);
      if (missing != NULL)
        {
          mc_sync_answer_put (answer, op->id, NULL, (const char *const *)missing);
          return TRUE;
        }
      if (!_mc_province_refusal (province, op, office, &refusal, error))
        return FALSE;
    }
  ruling = _mc_province_take (province, op, office, refusal, error);
  if (ruling == NULL)
    return FALSE;
  text = mc_ruling_text (ruling);
  mc_sync_answer_put (answer, op->id, text, NULL);
  return TRUE;
}

/* What becomes of one line. %FALSE only where the database fails. */
static gboolean
take_line (McProvince *province, const char *line, McSyncAnswer *answer, GError **error)
{
  g_autoptr (McOp) op = mc_op_parse (line, -1, NULL);
  g_autofree char *office = NULL;
  gboolean is_genuine = FALSE;

  if (op == NULL)
    {
      g_autofree char *id = claimed_id (line);

      refuse (answer, id, "format");
      return TRUE;
    }
  if (mc_ledger_has (province->db, op->id))
    {
      answer_known (province, op, answer);
      return TRUE;
    }
  if (!genuine (province, op, &is_genuine, &office, error))
    return FALSE;
  if (!is_genuine)
    {
      refuse (answer, op->id, "signature");
      return TRUE;
    }
  return judge (province, op, office, answer, error);
}

static gboolean
take_lines (McProvince *province, GPtrArray *lines, McSyncAnswer *answer, GError **error)
{
  gboolean ok = TRUE;

  if (lines->len == 0)
    return TRUE;
  if (!_mc_province_begin (province, error))
    return FALSE;
  for (guint i = 0; ok && i < lines->len; i++)
    ok = take_line (province, lines->pdata[i], answer, error);
  return _mc_province_end (province, ok, error);
}

McSyncAnswer *
mc_province_sync (McProvince *province,
                  const McDevice *device,
                  const McSyncRequest *request,
                  GError **error)
{
  g_autoptr (McSyncAnswer) answer = mc_sync_answer_new ();

  g_return_val_if_fail (province != NULL && device != NULL && request != NULL, NULL);

  answer->time_ms = mc_province_now (province);
  if (!take_lines (province, request->lines, answer, error) ||
      !_mc_feed_page (province, device->office, request, answer, error))
    return NULL;
  return g_steal_pointer (&answer);
}
