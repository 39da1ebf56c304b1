/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a request, read and verified: that is most of the work, needs no database, and is
 * done by the other processors ahead of the transaction that takes them one after the other.
 */
#include "mc-province-private.h"

#include "mc-id.h"
#include <string.h>

static void
line_free (McLine *line)
{
  mc_pushed_clear (&line->pushed);
  mc_op_unref (line->op);
  g_free (line->office);
  g_free (line);
}

/* What a line says by itself, and whether the device that it seems to name has signed it. */
static void
read_line (gpointer item)
{
  McLine *line = item;

  line->op = mc_op_parse (line->pushed.line, -1, NULL);
  if (line->op == NULL)
    return;
  line->shaped = mc_op_check (line->op, NULL);
  /* Whoever judges it finds it taken apart. */
  g_ptr_array_unref (mc_op_writes (line->op));
  line->verified = line->seems != NULL && g_str_equal (line->seems->id, line->op->device);
  if (line->verified)
    line->genuine = mc_op_verify (line->op, &line->seems->key);
}

/* Borrowed; *@ret_device is %NULL where no such device is known. */
static gboolean
find_device (McLines *lines, const char *id, McDevice **ret_device, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *ret_device = g_hash_table_lookup (lines->devices, id);
  if (*ret_device != NULL || g_hash_table_contains (lines->devices, id))
    return TRUE;
  *ret_device = mc_province_device (lines->province, id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  g_hash_table_insert (lines->devices, g_strdup (id), *ret_device);
  return TRUE;
}

/* Before the line is taken apart: the first device id in it is nearly always its author. Where it
 * is not, _mc_lines_get() finds that out. */
static gboolean
guess_device (McLines *lines, McLine *line, GError **error)
{
  const char *member = strstr (line->pushed.line, "\"dev\":\"");
  g_autofree char *id = member != NULL ? g_strndup (member + 7, MC_ID_LENGTH) : NULL;
  McDevice *device = NULL;

  if (!mc_id_valid (id))
    return TRUE;
  if (!find_device (lines, id, &device, error))
    return FALSE;
  line->seems = device;
  return TRUE;
}

/*
 * A desk that is asked for the device of an op brings its certificate as a line before it: where
 * `keys/` was restored together with the database, nobody else knows that device any more.
 */
static gboolean
take_certificate (McProvince *province, const char *text, gboolean *ret_taken, GError **error)
{
  g_autoptr (McCertificate) paper = NULL;
  g_autoptr (McDevice) device = NULL;
  g_autoptr (GError) problem = NULL;

  if (strlen (text) > MC_SIGNATURE_TEXT &&
      g_str_has_prefix (text + MC_SIGNATURE_TEXT, " {\"device\":"))
    paper = mc_certificate_parse (text, mc_province_key (province), NULL);
  *ret_taken = paper != NULL;
  if (paper == NULL)
    return TRUE;
  device = mc_province_device (province, paper->device, &problem);
  if (device == NULL && problem == NULL)
    device = mc_province_readmit (province, paper->device, text, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

McLines *
_mc_lines_read (McProvince *province, GPtrArray *texts, GError **error)
{
  g_autoptr (McLines) lines = g_new0 (McLines, 1);

  lines->province = province;
  lines->all = g_ptr_array_new_with_free_func ((GDestroyNotify)line_free);
  lines->devices =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)mc_device_free);
  for (guint i = 0; i < texts->len; i++)
    {
      McLine *line;
      gboolean taken = FALSE;

      if (!take_certificate (province, texts->pdata[i], &taken, error))
        return NULL;
      if (taken)
        continue;
      line = g_new0 (McLine, 1);
      mc_pushed_read (texts->pdata[i], &line->pushed);
      g_ptr_array_add (lines->all, line);
      if (!guess_device (lines, line, error))
        return NULL;
    }
  lines->ahead = mc_ahead_start (lines->all, read_line);
  return g_steal_pointer (&lines);
}

void
_mc_lines_free (McLines *lines)
{
  if (lines == NULL)
    return;
  mc_ahead_stop (lines->ahead);
  g_ptr_array_unref (lines->all);
  g_hash_table_unref (lines->devices);
  g_free (lines);
}

/*
 * An op of the province's own is genuine whichever device id it had then: that is how a restored
 * server gets its offices and staff back. No device may say what only the province says, and the
 * other way round.
 */
static gboolean
settle_author (McLines *lines, McLine *line, GError **error)
{
  McDevice *device = NULL;

  if (!find_device (lines, line->op->device, &device, error))
    return FALSE;
  line->office = device != NULL ? g_strdup (device->office) : NULL;
  line->stranger = device == NULL && !mc_verb_province (line->op->verb);
  /* One that is held already was verified when it came. */
  if (line->verified || line->stranger || mc_ledger_has (lines->province->db, line->op->id))
    return TRUE;
  line->genuine =
      mc_op_verify (line->op, device != NULL ? &device->key : &lines->province->keyring->public);
  return TRUE;
}

McLine *
_mc_lines_get (McLines *lines, guint place, GError **error)
{
  McLine *line = lines->all->pdata[place];

  if (line->settled)
    return line;
  mc_ahead_need (lines->ahead, place);
  if (line->op == NULL)
    line->wrong = "format";
  else if (!settle_author (lines, line, error))
    return NULL;
  else if (!mc_op_readable (line->op))
    line->newer = TRUE;
  line->settled = TRUE;
  return line;
}

/* Only the province makes receipts: one that holds is its own word. */
static gboolean
receipt_holds (McProvince *province, const McLine *line)
{
  g_autofree char *receipt = NULL;

  if (line->pushed.receipt == NULL)
    return FALSE;
  receipt = mc_keyring_receipt (province->keyring, line->op->id, line->pushed.reason);
  return g_str_equal (receipt, line->pushed.receipt);
}

gboolean
_mc_line_taking (McProvince *province,
                 const McLine *line,
                 McJudgeFlags flags,
                 McTaking *ret_taking,
                 GError **error)
{
  *ret_taking = (McTaking){ line->office, NULL, flags };
  if (receipt_holds (province, line))
    {
      ret_taking->refusal = line->pushed.reason;
      ret_taking->flags |= MC_JUDGE_ADMITTED;
      return TRUE;
    }
  if (line->shaped)
    return _mc_province_refusal (province, line->op, line->office, &ret_taking->refusal, error);
  ret_taking->refusal = "format";
  return TRUE;
}
