/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new desk is told first what is needed at once: staff, catalogue, open dossiers, and then what
 * is new. It holds those lines with what the province said of them, as it holds lines after a
 * province was restored: the screen is the feed up to the cursor, and on top of it what is held and
 * not in it. The feed itself is read behind, from its beginning, with its running hash; so a word
 * that came ahead is only as good as a word said, until the feed has it too.
 */
#include "mc-public-private.h"
#include "mc-sync-store.h"

#include "mc-ahead.h"
#include "mc-error.h"
#include <string.h>

#define FACT "first" /* MC_SQL_JUDGED asks for it too */
#define FACT_HASH "first_hash"
#define FACT_AFTER "first_after"
#define REFUSED "\"refused:"

gboolean
mc_store_first_on (McStore *store)
{
  return mc_store_fact_int (store, FACT, -1) >= 0;
}

void
mc_store_first (McStore *store, McFirst *ret_first)
{
  gint64 n = mc_store_fact_int (store, FACT, -1);
  g_autofree char *hash = n >= 0 ? mc_store_fact (store, FACT_HASH) : NULL;

  mc_first_clear (ret_first);
  if (n < 0)
    return;
  ret_first->on = TRUE;
  ret_first->point.n = n;
  g_strlcpy (ret_first->point.hash, hash ? hash : "", sizeof ret_first->point.hash);
  ret_first->after = mc_store_fact (store, FACT_AFTER);
}

static gboolean
keep (McStore *store, const McFirst *first, GError **error)
{
  if (!mc_store_set_fact_int (store, FACT, first->point.n, error) ||
      !mc_store_set_fact (store, FACT_HASH, first->point.hash, error))
    return FALSE;
  if (first->after != NULL)
    return mc_store_set_fact (store, FACT_AFTER, first->after, error);
  return mc_db_run (store->db, error, "DELETE FROM fact WHERE key = ?1", "s", FACT_AFTER);
}

gboolean
mc_store_first_begin (McStore *store, GError **error)
{
  McFirst first = { .on = TRUE, .after = (char *)"" };
  gint64 any = 0;

  /* Who has read any of the feed has what it needs. */
  if (!mc_db_int (store->db,
                  error,
                  &any,
                  "SELECT EXISTS (SELECT 1 FROM feed) OR EXISTS (SELECT 1 FROM op)",
                  ""))
    return FALSE;
  return any != 0 || keep (store, &first, error);
}

gboolean
mc_store_first_end (McStore *store, GError **error)
{
  if (!mc_store_first_on (store))
    return TRUE;
  /* What was said and is not in the feed that was read is what the province has lost since. */
  store->waiting = -1;
  return mc_db_run (store->db,
                    error,
                    "DELETE FROM fact WHERE key IN (?1, ?2, ?3)",
                    "sss",
                    FACT,
                    FACT_HASH,
                    FACT_AFTER) &&
         mc_db_run (store->db, error, "DELETE FROM first", "") &&
         mc_store_set_fact_int (store, "outbox_floor", 0, error);
}

gint64
mc_store_first_held (McStore *store)
{
  gint64 count = 0;

  if (mc_store_first_on (store))
    mc_db_int (store->db, NULL, &count, "SELECT count(*) FROM said", "");
  return count;
}

gboolean
mc_store_comes_back (McStore *store, const char *record, gint64 n)
{
  gint64 one = 0;

  return mc_store_first_on (store) &&
         mc_db_int (store->db,
                    NULL,
                    &one,
                    "SELECT 1 WHERE EXISTS (SELECT 1 FROM hidden WHERE record = ?1 AND n > ?2) "
                    "OR EXISTS (SELECT 1 FROM first WHERE record = ?1 AND n > ?2)",
                    "si",
                    record,
                    n);
}

/* One line that is said. */
typedef struct
{
  const McFeedEntry *entry;
  McOp *op; /* (nullable) */
} Line;

static void
line_free (Line *line)
{
  mc_op_unref (line->op);
  g_free (line);
}

static void
read_line (gpointer item)
{
  Line *line = item;

  if (g_str_equal (line->entry->kind, "op"))
    line->op = mc_op_parse (line->entry->line, -1, NULL);
}

/* It has left since: what of it is in the feed goes with that line of the feed. */
static gboolean
take_gone (McStore *store, const McFeedEntry *entry, GHashTable *records, GError **error)
{
  g_hash_table_remove (records, entry->line);
  return mc_store_hide (store, entry->line, entry->n, error);
}

static gboolean
hold (McStore *store, McMeeting *meeting, const McOp *op, GError **error)
{
  return mc_ledger_has (store->db, op->id) ||
         (mc_store_meet (store, meeting, op, error) &&
          mc_store_note_correction (store, op, error) && mc_store_hold (store, op, "", error));
}

/* By this line it is in sight, also where it had left by an earlier one. */
static gboolean
note_sight (McStore *store, const Line *line, GError **error)
{
  if (!mc_verb_creates (line->op->verb) || g_str_has_prefix (line->entry->ruling, REFUSED))
    return TRUE;
  return mc_db_run (store->db,
                    error,
                    "INSERT OR REPLACE INTO first (record, n) VALUES (?1, ?2)",
                    "si",
                    line->op->on,
                    line->entry->n) &&
         (!mc_store_hidden_before (store, line->op->on, line->entry->n) ||
          mc_store_unhide (store, line->op->on, error));
}

static gboolean
take_op (McStore *store, McMeeting *meeting, const Line *line, GHashTable *records, GError **error)
{
  const McOp *op = line->op;

  if (op == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NETWORK, "what is said first is no op");
      return FALSE;
    }
  if (mc_store_public (store) && !mc_ledger_has (store->db, op->id) && !mc_public_keeps (store, op))
    return TRUE;
  g_hash_table_add (records, g_strdup (op->on));
  if (!note_sight (store, line, error))
    return FALSE;
  /* The feed has it already, behind; it is said again where its dossier is back. */
  if (mc_store_judged (store, op->id))
    return TRUE;
  return hold (store, meeting, op, error) &&
         mc_db_run (store->db,
                    error,
                    "INSERT OR REPLACE INTO said (op, ruling, receipt) VALUES (?1, ?2, ?3)",
                    "sss",
                    op->id,
                    line->entry->ruling,
                    line->entry->receipt) &&
         mc_db_run (store->db, error, "DELETE FROM missing WHERE op = ?1", "s", op->id);
}

static gboolean
take_lines (McStore *store, GPtrArray *lines, GHashTable *records, GError **error)
{
  g_autoptr (McAhead) ahead = mc_ahead_start (lines, read_line);
  g_auto (McMeeting) meeting = { 0 };

  mc_meeting_begin (store, &meeting);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = lines->pdata[i];
      gboolean ok = TRUE;

      mc_ahead_need (ahead, i);
      if (g_str_equal (line->entry->kind, "op"))
        ok = take_op (store, &meeting, line, records, error);
      else if (g_str_equal (line->entry->kind, "gone"))
        ok = take_gone (store, line->entry, records, error);
      if (!ok)
        return FALSE;
    }
  return mc_meeting_end (store, &meeting, error);
}

gboolean
mc_store_first_take (McStore *store, const McSyncAnswer *answer, GError **error)
{
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)line_free);

  if (!mc_store_first_on (store))
    return TRUE;
  /* A province that does not know of it sends the feed alone. */
  if (!answer->first.on)
    return mc_store_first_end (store, error);
  for (guint i = 0; i < answer->said->len; i++)
    {
      Line *line = g_new0 (Line, 1);

      line->entry = answer->said->pdata[i];
      g_ptr_array_add (lines, line);
    }
  if (!take_lines (store, lines, records, error) ||
      !mc_store_rebase_all (store, records, TRUE, error))
    return FALSE;
  if (answer->first.after == NULL && answer->cursor.n >= answer->head)
    return mc_store_first_end (store, error);
  return keep (store, &answer->first, error);
}
