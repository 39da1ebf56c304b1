/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking an answer of the province. Base = the feed up to the cursor; the screen = base + every
 * held op that is not in it, by the same judge. Page, cursor and hash are one transaction.
 */
#include "mc-store-private.h"
#include "mc-sync-store.h"
#include "mc-worker.h"

#include "mc-error.h"
#include <string.h>

/* A clock of another desk that runs this far ahead does not drag ours along. */
#define STAMP_AHEAD_MAX_MS (10 * 60 * G_GINT64_CONSTANT (1000))

/* How a record that the page touches is brought up to date. */
typedef enum
{
  PLAIN = 1, /* nothing of it waits here: its new ops were judged as they came */
  REBASE,    /* anew, from what is held */
} Touch;

/* One page on its way into the profile. */
typedef struct
{
  McStore *store;
  GHashTable *records; /* id → Touch */
  GHashTable *states;  /* id → McRecord of a plain one, as it is now */
  GArray *cursors;     /* McCursor: after each entry */
  gint64 now;
  gint64 stamp;
  gint64 judged; /* how many ops that waited have their word now */
  char *device;
} Page;

static void
page_clear (Page *page)
{
  g_clear_pointer (&page->records, g_hash_table_unref);
  g_clear_pointer (&page->states, g_hash_table_unref);
  g_clear_pointer (&page->cursors, g_array_unref);
  g_free (page->device);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static gboolean
bad_page (GError **error, const char *why)
{
  g_set_error (error, MC_ERROR, MC_ERROR_NETWORK, "feed page: %s", why);
  return FALSE;
}

/* The line of an op that this desk has just sent is not sent back: only its id. */
static char *
whole_line (McStore *store, const McFeedEntry *entry)
{
  if (!g_str_equal (entry->kind, "op") || strchr (entry->line, ' ') != NULL)
    return NULL;
  return mc_db_text (store->db, NULL, "SELECT line FROM op WHERE id = ?1", "s", entry->line);
}

static GPtrArray *
whole_entries (McStore *store, const McSyncAnswer *answer)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_feed_entry_free);

  for (guint i = 0; i < answer->entries->len; i++)
    {
      const McFeedEntry *entry = answer->entries->pdata[i];
      McFeedEntry *whole = g_new0 (McFeedEntry, 1);

      whole->n = entry->n;
      whole->kind = g_strdup (entry->kind);
      whole->ruling = g_strdup (entry->ruling);
      whole->receipt = g_strdup (entry->receipt);
      whole->line = whole_line (store, entry);
      if (whole->line == NULL)
        whole->line = g_strdup (entry->line);
      g_ptr_array_add (entries, whole);
    }
  return entries;
}

static gboolean
page_continues (Page *page, GPtrArray *entries, const McSyncAnswer *answer, GError **error)
{
  McCursor at = mc_store_cursor (page->store);

  for (guint i = 0; i < entries->len; i++)
    {
      const McFeedEntry *entry = entries->pdata[i];

      if (entry->n != at.n + 1)
        return bad_page (error, "a number is missing");
      mc_feed_hash (at.hash, entry, at.hash);
      at.n = entry->n;
      g_array_append_val (page->cursors, at);
    }
  if (at.n != answer->cursor.n || strcmp (at.hash, answer->cursor.hash) != 0)
    return bad_page (error, "the running hash is another");
  return TRUE;
}

gboolean
mc_store_set_cursor (McStore *store, const McCursor *cursor, GError **error)
{
  return mc_store_set_fact_int (store, "cursor", cursor->n, error) &&
         mc_store_set_fact (store, "cursor_hash", cursor->hash, error);
}

static gboolean
put_line (Page *page,
          const McFeedEntry *entry,
          const char *op,
          const char *record,
          const char *hash,
          GError **error)
{
  McDb *db = page->store->db;

  /* It came before, and its dossier left and is back: this is the line that holds. */
  if (op != NULL &&
      !mc_db_run (db, error, "UPDATE feed SET last = 0 WHERE op = ?1 AND last = 1", "s", op))
    return FALSE;
  return mc_db_run (db,
                    error,
                    "INSERT INTO feed (n, kind, op, record, ruling, receipt, hash, last) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    "issssssi",
                    entry->n,
                    entry->kind,
                    op,
                    record,
                    entry->ruling,
                    entry->receipt,
                    hash,
                    (gint64)(op != NULL));
}

/* What was said of it before the province was restored, and whether that is another word. */
static gboolean
compare_with_said (Page *page, const McOp *op, const char *ruling, GError **error)
{
  McDb *db = page->store->db;
  g_autofree char *said =
      mc_db_text (db, NULL, "SELECT ruling FROM said WHERE op = ?1", "s", op->id);

  if (said == NULL)
    return TRUE;
  if (*said != '\0' && !g_str_equal (said, ruling) &&
      !mc_db_run (db,
                  error,
                  "INSERT INTO notice (op, at, before, after, seen) VALUES (?1, ?2, ?3, ?4, 0)",
                  "siss",
                  op->id,
                  page->now,
                  said,
                  ruling))
    return FALSE;
  return mc_db_run (db, error, "DELETE FROM said WHERE op = ?1", "s", op->id);
}

static Touch
touch_of (Page *page, const char *record)
{
  Touch touch = GPOINTER_TO_INT (g_hash_table_lookup (page->records, record));
  gint64 one = 0;

  if (touch != 0)
    return touch;
  return mc_db_int (page->store->db,
                    NULL,
                    &one,
                    "SELECT 1 FROM op o WHERE o.record = ?1 AND NOT EXISTS "
                    "(SELECT 1 FROM feed f WHERE f.op = o.id AND f.last = 1) LIMIT 1",
                    "s",
                    record)
             ? REBASE
             : PLAIN;
}

static void
set_touch (Page *page, const char *record, Touch touch)
{
  g_hash_table_insert (page->records, g_strdup (record), GINT_TO_POINTER ((int)touch));
  if (touch == REBASE)
    g_hash_table_remove (page->states, record);
}

/* An op that this desk holds: its own, from a neighbour, or one that comes a second time. */
static gboolean
take_held (Page *page, const McOp *op, const McFeedEntry *entry, gboolean seen, GError **error)
{
  gint64 waited = 0;

  mc_db_int (page->store->db,
             NULL,
             &waited,
             "SELECT NOT EXISTS (SELECT 1 FROM feed WHERE op = ?1 AND last = 1)",
             "s",
             op->id);
  page->judged += waited;
  if (seen)
    set_touch (page, op->on, REBASE);
  return compare_with_said (page, op, entry->ruling, error) &&
         mc_db_run (page->store->db, error, "DELETE FROM missing WHERE op = ?1", "s", op->id) &&
         (seen || mc_db_run (page->store->db,
                             error,
                             "UPDATE op SET ruling = ?2 WHERE id = ?1",
                             "ss",
                             op->id,
                             entry->ruling));
}

/* An op of another desk, judged as it comes where nothing here stands in the way. */
static gboolean
take_new (Page *page, const McOp *op, const McFeedEntry *entry, gboolean seen, GError **error)
{
  McStore *store = page->store;
  Touch touch = seen ? touch_of (page, op->on) : REBASE;
  g_autoptr (McRuling) forced = NULL;
  g_autoptr (McRuling) ruling = NULL;
  McRecord *record = NULL;

  if (g_strcmp0 (op->device, page->device) == 0 && !mc_store_mark_copied (store, "device", error))
    return FALSE;
  if (!mc_store_note_correction (store, op, error))
    return FALSE;
  if (mc_stamp_ms (op->at) <= page->now + STAMP_AHEAD_MAX_MS)
    page->stamp = MAX (page->stamp, op->at);
  if (touch == REBASE)
    {
      if (seen)
        set_touch (page, op->on, REBASE);
      return mc_store_hold (store, op, seen ? "" : entry->ruling, error);
    }
  forced = mc_ruling_parse (entry->ruling, error);
  if (forced != NULL)
    ruling = mc_ledger_take (store->db, op, NULL, forced, MC_JUDGE_PLAIN, &record, error);
  if (ruling == NULL)
    return FALSE;
  set_touch (page, op->on, PLAIN);
  g_hash_table_insert (page->states, g_strdup (op->on), record);
  return TRUE;
}

static gboolean
take_op (Page *page, const McFeedEntry *entry, const McCursor *after, GError **error)
{
  g_autoptr (McOp) op = mc_op_parse (entry->line, -1, error);
  gboolean refused = g_str_has_prefix (entry->ruling, "\"refused:");
  gboolean seen, ok;

  if (op == NULL)
    return FALSE;
  /* A dossier that is back comes whole, its first op first; the word on an own op on one that is
   * away comes alone. */
  seen = !mc_store_hidden (page->store, op->on);
  if (!seen && mc_verb_creates (op->verb) && !refused)
    {
      if (!mc_store_unhide (page->store, op->on, error))
        return FALSE;
      seen = TRUE;
      set_touch (page, op->on, REBASE);
    }
  ok = mc_ledger_has (page->store->db, op->id) ? take_held (page, op, entry, seen, error)
                                               : take_new (page, op, entry, seen, error);
  return ok && put_line (page, entry, op->id, NULL, after->hash, error);
}

static gboolean
take_gone (Page *page, const McFeedEntry *entry, const McCursor *after, GError **error)
{
  g_hash_table_remove (page->records, entry->line);
  g_hash_table_remove (page->states, entry->line);
  return put_line (page, entry, NULL, entry->line, after->hash, error) &&
         mc_store_hide (page->store, entry->line, entry->n, error);
}

/* A kind of line that this program does not know is kept, so that the hash goes on. */
static gboolean
take_entry (Page *page, const McFeedEntry *entry, const McCursor *after, GError **error)
{
  if (g_str_equal (entry->kind, "op"))
    return take_op (page, entry, after, error);
  if (g_str_equal (entry->kind, "gone"))
    return take_gone (page, entry, after, error);
  return put_line (page, entry, NULL, NULL, after->hash, error);
}

static gboolean
finish_records (Page *page, GError **error)
{
  GHashTableIter iter;
  gpointer id, touch;

  g_hash_table_iter_init (&iter, page->records);
  while (g_hash_table_iter_next (&iter, &id, &touch))
    {
      gboolean ok =
          GPOINTER_TO_INT (touch) == PLAIN
              ? mc_store_project (page->store, g_hash_table_lookup (page->states, id), error)
              : mc_store_rebase (page->store, id, FALSE, error);

      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_entries (Page *page, GPtrArray *entries, GError **error)
{
  gint64 before = mc_store_fact_int (page->store, "stamp", 0);

  page->stamp = before;
  for (guint i = 0; i < entries->len; i++)
    if (!take_entry (page, entries->pdata[i], &g_array_index (page->cursors, McCursor, i), error))
      return FALSE;
  return finish_records (page, error) &&
         (page->stamp == before ||
          mc_store_set_fact_int (page->store, "stamp", page->stamp, error));
}

/* What the province would not take yet, so that the list of what waits can say why. */
static gboolean
note_missing (McStore *store, const McSyncAnswer *answer, GError **error)
{
  for (guint i = 0; i < answer->answers->len; i++)
    {
      const McAnswer *one = answer->answers->pdata[i];
      g_autofree char *what = one->missing ? g_strjoinv (" ", one->missing) : NULL;

      if (what != NULL && !mc_db_run (store->db,
                                      error,
                                      "INSERT OR REPLACE INTO missing (op, what) "
                                      "SELECT id, ?2 FROM op WHERE id = ?1",
                                      "ss",
                                      one->op,
                                      what))
        return FALSE;
    }
  return TRUE;
}

static gboolean
raise_floor (McStore *store, GError **error)
{
  gint64 floor = mc_store_fact_int (store, "outbox_floor", 0);
  gint64 next = floor;

  if (!mc_db_int (store->db,
                  error,
                  &next,
                  "SELECT coalesce ((SELECT min (o.seq) - 1 FROM op o WHERE o.seq > ?1 AND "
                  " NOT EXISTS (SELECT 1 FROM feed f WHERE f.op = o.id AND f.last = 1)), "
                  " (SELECT max (seq) FROM op), 0)",
                  "i",
                  floor))
    return FALSE;
  return next == floor || mc_store_set_fact_int (store, "outbox_floor", next, error);
}

static gboolean
take_answer (Page *page, GPtrArray *entries, const McSyncAnswer *answer, GError **error)
{
  McStore *store = page->store;

  if (!note_missing (store, answer, error))
    return FALSE;
  if (answer->reset)
    return mc_store_go_back (store, answer->points, error);
  return take_entries (page, entries, error) && mc_store_drop_delivered (store, answer, error) &&
         raise_floor (store, error) && mc_store_set_cursor (store, &answer->cursor, error);
}

/* Most answers are "nothing new": they cost no transaction. */
static gboolean
says_something (const McSyncAnswer *answer)
{
  return answer->reset || answer->entries->len > 0 || answer->answers->len > 0;
}

gboolean
mc_store_inbox (McStore *store, const McSyncAnswer *answer, GError **error)
{
  g_auto (Page) page = {
    .store = store,
    .records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .states =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)mc_record_free),
    .cursors = g_array_new (FALSE, FALSE, sizeof (McCursor)),
    .now = mc_store_now (store),
    .device = mc_store_fact (store, "device"),
  };
  g_autoptr (GPtrArray) entries = whole_entries (store, answer);

  if (answer->reset ? entries->len > 0 : !page_continues (&page, entries, answer, error))
    return answer->reset ? bad_page (error, "a reset that brings entries") : FALSE;
  if (!says_something (answer))
    return TRUE;
  if (!mc_db_begin (store->db, error))
    return FALSE;
  if (!mc_db_finish (store->db, take_answer (&page, entries, answer, error), error))
    {
      /* What was read of a page that is taken back is not true. */
      mc_store_forget_catalogue (store);
      store->waiting = -1;
      return FALSE;
    }
  store->waiting = answer->reset || store->waiting < 0 ? -1 : store->waiting - page.judged;
  if (answer->reset || entries->len > 0)
    mc_store_mark_changed (store);
  return TRUE;
}
