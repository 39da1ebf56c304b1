/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-private.h"

#include "mc-error.h"
#include "mc-id.h"
#include <string.h>

#define FACT_STAMP "stamp"

/* The group that an op of the province's own writes. */
static char *
group_of (const char *verb, const json_t *body)
{
  if (g_str_equal (verb, MC_VERB_TWIN))
    return g_strconcat (MC_GROUP_TWIN_PREFIX, mc_json_string (body, "other"), NULL);
  return g_strndup (verb, strcspn (verb, "."));
}

/* What the op names: every tip there is, so that the province's word always stands. */
static json_t *
base_of (McRecord *record, const char *group)
{
  json_t *base = json_object ();

  if (record->creator != NULL)
    json_object_set_new (base, group, mc_record_base (record, group, TRUE));
  return base;
}

static McOp *
sign (McProvince *province, McRecord *record, const char *verb, json_t *body, gint64 n, gint64 at)
{
  g_autofree char *group = group_of (verb, body);
  g_autofree char *device = _mc_province_own_device (province, NULL);
  g_autofree char *id = mc_id_new (mc_stamp_ms (at));
  g_autoptr (json_t) base = base_of (record, group);
  McOpDraft draft = {
    .id = id,
    .device = device,
    .n = n,
    .at = at,
    .by = device,
    .on = record->id,
    .verb = verb,
    .body = body,
    .base = base,
  };

  return device != NULL ? mc_op_sign (&draft, &province->keyring->secret) : NULL;
}

gboolean
_mc_province_act (McProvince *province,
                  const char *record,
                  const char *verb,
                  json_t *body,
                  GError **error)
{
  gint64 n = _mc_province_fact_int (province, MC_FACT_N, 0) + 1;
  gint64 at =
      mc_stamp_next (_mc_province_fact_int (province, FACT_STAMP, 0), mc_province_now (province));
  g_autoptr (McRecord) now = mc_ledger_record (province->db, record, error);
  g_autoptr (McOp) op = NULL;
  g_autoptr (McRuling) ruling = NULL;

  if (now == NULL)
    return FALSE;
  op = sign (province, now, verb, body, n, at);
  if (op == NULL)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_STORE, "%s: the province has no device", verb);
      return FALSE;
    }
  if (!mc_op_check (op, error))
    {
      g_prefix_error (error, "%s: ", verb);
      return FALSE;
    }
  if (!_mc_province_set_fact_int (province, MC_FACT_N, n, error) ||
      !_mc_province_set_fact_int (province, FACT_STAMP, at, error))
    return FALSE;
  province->acted = TRUE;
  ruling = _mc_province_take (province, op, &(McTaking){ 0 }, error);
  if (ruling == NULL)
    return FALSE;
  if (!ruling->refused)
    return TRUE;
  g_set_error (error, MC_ERROR, MC_ERROR_REFUSED, "%s: refused: %s", verb, ruling->reason);
  return FALSE;
}
