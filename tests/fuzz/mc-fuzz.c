/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-fuzz.h"

#include <string.h>

McFuzzRecord *
mc_fuzz_record_new (void)
{
  McFuzzRecord *fuzz = g_new0 (McFuzzRecord, 1);

  fuzz->ops = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)mc_op_unref);
  fuzz->refused = g_hash_table_new (g_str_hash, g_str_equal);
  return fuzz;
}

void
mc_fuzz_record_free (McFuzzRecord *fuzz)
{
  g_hash_table_unref (fuzz->refused);
  g_hash_table_unref (fuzz->ops);
  g_clear_pointer (&fuzz->record, mc_record_free);
  g_free (fuzz);
}

static const McOp *
find (const char *id, gboolean *ret_refused, gpointer data)
{
  McFuzzRecord *fuzz = data;

  *ret_refused = g_hash_table_contains (fuzz->refused, id);
  return g_hash_table_lookup (fuzz->ops, id);
}

/* The line is kept verbatim, and what it writes has names that every reader accepts. */
static void
assert_op (const McOp *op, const char *line, gsize length)
{
  g_autoptr (GPtrArray) writes = mc_op_writes (op);

  g_assert_cmpuint (strlen (op->line), ==, length);
  g_assert_cmpint (memcmp (op->line, line, length), ==, 0);
  for (guint i = 0; i < writes->len; i++)
    g_assert_true (mc_group_valid (((McWrite *)writes->pdata[i])->group));
}

static const McSecretKey *
any_key (void)
{
  static McSecretKey key;
  static gboolean made;
  McPublicKey public;

  if (!made)
    {
      mc_keys_init ();
      mc_keys_make (&public, &key);
      made = TRUE;
    }
  return &key;
}

/* Signed by another device, the same says the same; what mc_op_sign() gives is what is read of its
 * line. */
static void
assert_signed (const McOp *op)
{
  const McOpDraft draft = { op->id,   op->device, op->n,    op->at,   op->by,     op->on,
                            op->verb, op->body,   op->base, op->read, op->instead };
  g_autoptr (McOp) signed_op = mc_op_sign (&draft, any_key ());
  g_autoptr (McOp) again = NULL;
  g_autoptr (GError) error = NULL;

  /* Cleaning may have made it longer than a line may be. */
  if (signed_op == NULL)
    return;
  again = mc_op_parse (signed_op->line, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->id, ==, signed_op->id);
  g_assert_cmpstr (again->verb, ==, signed_op->verb);
  g_assert_cmpint (again->version, ==, signed_op->version);
  g_assert_cmpint (again->at, ==, signed_op->at);
  g_assert_cmpstr (again->read, ==, signed_op->read);
  g_assert_cmpstr (again->instead, ==, signed_op->instead);
  g_assert_true (json_equal (again->body, signed_op->body));
  g_assert_true (json_equal (again->base, signed_op->base));
}

/* What is said of an op is read again as it was said. */
static void
assert_ruling (const McRuling *ruling)
{
  g_autofree char *text = mc_ruling_text (ruling);
  g_autoptr (GError) error = NULL;
  g_autoptr (McRuling) again = mc_ruling_parse (text, &error);

  g_assert_no_error (error);
  g_assert_true (again->refused == ruling->refused);
  g_assert_true (mc_ruling_equal (ruling, again) || again->groups->len == 0);
}

/* Every group has a tip; each tip is of an op that was taken and not refused. */
static void
assert_record (McFuzzRecord *fuzz)
{
  GHashTableIter iter;
  gpointer group;

  g_hash_table_iter_init (&iter, fuzz->record->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    {
      McGroupState *state = group;
      g_autoptr (json_t) base = mc_record_base (fuzz->record, state->name, TRUE);
      g_autoptr (json_t) value = mc_record_json (fuzz->record, state->name);

      g_assert_cmpuint (state->tips->len, >, 0);
      g_assert_nonnull (value);
      g_assert_cmpuint (json_array_size (base), ==, state->tips->len);
      for (guint i = 0; i < state->tips->len; i++)
        {
          const McTip *tip = state->tips->pdata[i];

          g_assert_true (g_hash_table_contains (fuzz->ops, tip->op));
          g_assert_false (g_hash_table_contains (fuzz->refused, tip->op));
        }
    }
}

/* Stands for mc_ledger_take(): once per id, only ops of this record. */
static void
judge (McFuzzRecord *fuzz, McOp *op, const McRuling *forced)
{
  g_autoptr (McRuling) ruling = NULL;
  g_autofree char *read = NULL;

  if (fuzz->record == NULL)
    fuzz->record = mc_record_new (op->on);
  if (!g_str_equal (fuzz->record->id, op->on) || g_hash_table_contains (fuzz->ops, op->id))
    return;
  /* Told by the op itself how it is judged, so that the same bytes are always the same case. */
  ruling = mc_judge (fuzz->record, op, find, fuzz, forced, (McJudgeFlags)(op->n / 16 % 4));
  g_hash_table_insert (fuzz->ops, op->id, mc_op_ref (op));
  if (ruling->refused)
    g_hash_table_add (fuzz->refused, op->id);
  else
    mc_ruling_tell (ruling, op);
  assert_ruling (ruling);
  assert_record (fuzz);
  mc_record_contested (fuzz->record);
  read = mc_record_read (fuzz->record);
  g_assert_cmpuint (strlen (read), ==, 32);
}

void
mc_fuzz_take (McFuzzRecord *fuzz, const char *line, gsize length, const McRuling *ruling)
{
  g_autoptr (McOp) op = mc_op_parse (line, (gssize)length, NULL);
  g_autoptr (GPtrArray) parents = NULL;

  if (op == NULL)
    return;
  assert_op (op, line, length);
  if (mc_op_check (op, NULL))
    assert_signed (op);
  parents = mc_op_parents (op);
  if (ruling != NULL || mc_op_check (op, NULL))
    judge (fuzz, op, ruling);
}
