/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a request, read and verified before the transaction that takes them: that is most of
 * the work, needs no database, and is shared among the processors.
 */
#include "mc-province-private.h"

#include "mc-parallel.h"

static void
line_free (McLine *line)
{
  mc_pushed_clear (&line->pushed);
  mc_op_unref (line->op);
  g_free (line->office);
  g_free (line);
}

/* What a line says by itself. */
static void
parse_line (gpointer item)
{
  McLine *line = item;

  line->op = mc_op_parse (line->pushed.line, -1, NULL);
  line->shaped = line->op != NULL && mc_op_check (line->op, NULL);
}

/* Whose signature a line claims. */
typedef struct
{
  McLine *line;
  McPublicKey key;
} Claim;

static void
verify_claim (gpointer item)
{
  Claim *claim = item;

  claim->line->genuine = mc_op_verify (claim->line->op, &claim->key);
}

/*
 * An op of the province's own is genuine whichever device id it had then: that is how a restored
 * server gets its offices and staff back. No device may say what only the province says, and the
 * other way round.
 */
static gboolean
claim_of (McProvince *province, McLine *line, GHashTable *devices, Claim *ret_claim, GError **error)
{
  McDevice *device = g_hash_table_lookup (devices, line->op->device);

  if (device == NULL && !g_hash_table_contains (devices, line->op->device))
    {
      g_autoptr (GError) problem = NULL;

      device = mc_province_device (province, line->op->device, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      g_hash_table_insert (devices, g_strdup (line->op->device), device);
    }
  ret_claim->line = line;
  ret_claim->key = device != NULL ? device->key : province->keyring->public;
  line->office = device != NULL ? g_strdup (device->office) : NULL;
  return TRUE;
}

static gboolean
verify_lines (McProvince *province, GPtrArray *lines, GError **error)
{
  g_autoptr (GHashTable) devices =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)mc_device_free);
  g_autofree Claim *claims = g_new0 (Claim, MAX (lines->len, 1));
  guint count = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      McLine *line = lines->pdata[i];

      /* One that is held already was verified when it came. */
      if (line->op == NULL || mc_ledger_has (province->db, line->op->id))
        continue;
      if (!claim_of (province, line, devices, &claims[count], error))
        return FALSE;
      if (line->office != NULL || mc_verb_province (line->op->verb))
        count++;
    }
  mc_parallel (claims, count, sizeof *claims, verify_claim);
  return TRUE;
}

static void
say_wrong (McLine *line)
{
  if (line->op == NULL)
    line->wrong = "format";
  else if (!mc_op_readable (line->op))
    line->newer = TRUE;
}

GPtrArray *
_mc_lines_read (McProvince *province, GPtrArray *texts, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)line_free);

  for (guint i = 0; i < texts->len; i++)
    {
      McLine *line = g_new0 (McLine, 1);

      mc_pushed_read (texts->pdata[i], &line->pushed);
      g_ptr_array_add (lines, line);
    }
  mc_parallel_each (lines, parse_line);
  if (!verify_lines (province, lines, error))
    return NULL;
  for (guint i = 0; i < lines->len; i++)
    say_wrong (lines->pdata[i]);
  return g_steal_pointer (&lines);
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
