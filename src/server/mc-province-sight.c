/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who sees a dossier. Who gains sight is told its past before the op that gave it; who loses it is
 * told that op, and then that the dossier is gone.
 */
#include "mc-province-private.h"

static gboolean
has (GPtrArray *offices, const char *office)
{
  return g_ptr_array_find_with_equal_func (offices, office, g_str_equal, NULL);
}

/* Whose it was from the start: a dossier's, a preparation's, or of an office's own procedure. The
 * province's procedures are everybody's, and are told as such. */
static const char *
office_of (McRecord *record)
{
  const json_t *made = mc_record_peek (record, MC_GROUP_CASE);

  if (made == NULL)
    made = mc_record_peek (record, MC_GROUP_PREPARATION);
  if (made == NULL)
    made = json_object_get (mc_record_peek (record, MC_GROUP_PROCEDURE), "procedure");
  return mc_json_string (made, "office");
}

GPtrArray *
_mc_sight_of (McRecord *record)
{
  GPtrArray *offices = g_ptr_array_new_with_free_func (g_free);
  const json_t *said = mc_record_peek (record, MC_GROUP_OFFICES);
  const char *office = office_of (record);

  for (size_t i = 0; i < json_array_size (said); i++)
    if (json_is_string (json_array_get (said, i)))
      g_ptr_array_add (offices, g_strdup (json_string_value (json_array_get (said, i))));
  if (json_is_array (said))
    return offices;
  if (office != NULL)
    g_ptr_array_add (offices, g_strdup (office));
  return offices;
}

gboolean
_mc_sight_moves (const McOp *op)
{
  return g_str_equal (op->verb, MC_VERB_RECEIVE) || g_str_equal (op->verb, MC_VERB_TRANSFER) ||
         g_str_equal (op->verb, MC_VERB_OWN) || g_str_equal (op->verb, MC_VERB_PREPARE) ||
         (g_str_equal (op->verb, MC_VERB_SETTLE) &&
          g_strcmp0 (mc_json_string (op->body, "group"), MC_GROUP_OFFICES) == 0);
}

static gboolean
gain (McProvince *province, const McOp *op, const char *office, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "INSERT OR IGNORE INTO sight (record, office) VALUES (?, ?)",
                    "ss",
                    op->on,
                    office) &&
         _mc_feed_append_past (province, office, op, error);
}

static gboolean
lose (McProvince *province, const McOp *op, const char *office, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "DELETE FROM sight WHERE record = ? AND office = ?",
                    "ss",
                    op->on,
                    office);
}

/* Of a dossier just received there is nothing to look up: its office sees it, and nobody did. */
static GPtrArray *
sight_before (McProvince *province, const McOp *op, GError **error)
{
  if (g_str_equal (op->verb, MC_VERB_RECEIVE))
    return g_ptr_array_new_with_free_func (g_free);
  return _mc_province_column (province, "SELECT office FROM sight WHERE record = ?", op->on, error);
}

gboolean
_mc_sight_move (McProvince *province,
                const McOp *op,
                McRecord *record,
                GPtrArray *readers,
                GPtrArray *lost,
                GError **error)
{
  g_autoptr (GPtrArray) after = _mc_sight_of (record);
  g_autoptr (GPtrArray) before = sight_before (province, op, error);

  if (before == NULL)
    return FALSE;
  for (guint i = 0; i < after->len; i++)
    {
      if (has (before, after->pdata[i]))
        continue;
      if (!gain (province, op, after->pdata[i], error))
        return FALSE;
      if (!has (readers, after->pdata[i]))
        g_ptr_array_add (readers, g_strdup (after->pdata[i]));
    }
  for (guint i = 0; i < before->len; i++)
    {
      if (has (after, before->pdata[i]))
        continue;
      if (!lose (province, op, before->pdata[i], error))
        return FALSE;
      g_ptr_array_add (lost, g_strdup (before->pdata[i]));
    }
  return TRUE;
}
