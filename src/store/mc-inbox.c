/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking an answer of the province. Base = the feed up to the cursor; the screen = base + every
 * held op that is not in it, by the same judge. Page, cursor and hash are one transaction.
 */
#include "mc-public-private.h"
#include "mc-sync-store.h"
#include "mc-worker.h"

#include "mc-ahead.h"
#include "mc-error.h"
#include <string.h>

/* How a record that the page touches is brought up to date. */
typedef enum
{
  PLAIN = 1, /* nothing of it waits here: its new ops were judged as they came */
  REBASE,    /* anew, from what is held */
} Touch;

/* One entry of it. Of an op that this desk has just sent only what the table says is read. */
typedef struct
{
  const McFeedEntry *entry;
  gboolean is_op;
  McCursor after; /* the feed up to here */
  char *held;     /* (nullable): its line, where only the id came */
  char *op;       /* id, record and verb of that */
  char *record;
  char *verb;
  McOp *whole;      /* (nullable): the op, where its line came and is one */
  McRuling *ruling; /* (nullable): of such */
} Line;

/* One page on its way into the profile. */
typedef struct
{
  McStore *store;
  GHashTable *records; /* id → Touch */
  GHashTable *states;  /* id → McRecord of a plain one, as it is now */
  GPtrArray *lines;    /* Line; not to be looked at before mc_ahead_need() */
  McAhead *ahead;
  gboolean any_said, any_missing, any_hidden; /* else nothing needs to be looked up there */
  gboolean any_gone;                          /* a dossier left in this page */
  gboolean public;                            /* what others do is not kept */
  McMeeting meeting;
  gint64 judged; /* how many ops that waited have their word now */
} Page;

static void
page_clear (Page *page)
{
  g_clear_pointer (&page->records, g_hash_table_unref);
  g_clear_pointer (&page->states, g_hash_table_unref);
  g_clear_pointer (&page->ahead, mc_ahead_stop);
  g_clear_pointer (&page->lines, g_ptr_array_unref);
  mc_meeting_clear (&page->meeting);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static gboolean
bad_page (GError **error, const char *why)
{
  g_set_error (error, MC_ERROR, MC_ERROR_NETWORK, "feed page: %s", why);
  return FALSE;
}

static void
line_free (Line *line)
{
  g_free (line->held);
  g_free (line->op);
  g_free (line->record);
  g_free (line->verb);
  mc_op_unref (line->whole);
  mc_ruling_free (line->ruling);
  g_free (line);
}

/* Apart from the profile, so that the other processors can do it. Whoever judges the op finds it
 * taken apart. */
static void
read_line (gpointer item)
{
  Line *line = item;

  if (!line->is_op || line->held != NULL)
    return;
  line->whole = mc_op_parse (line->entry->line, -1, NULL);
  if (line->whole != NULL)
    g_ptr_array_unref (mc_op_writes (line->whole));
  line->ruling = mc_ruling_parse (line->entry->ruling, NULL);
}

/* The line of an op that this desk has just sent is not sent back: only its id. */
static gboolean
find_held (McStore *store, Line *line, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = mc_db_query (store->db,
                                           error,
                                           "SELECT line, record, verb FROM op WHERE id = ?1",
                                           "s",
                                           line->entry->line);

  if (query == NULL)
    return FALSE;
  if (mc_query_next (query, &problem))
    {
      line->held = g_strdup (mc_query_text (query, 0));
      line->op = g_strdup (line->entry->line);
      line->record = g_strdup (mc_query_text (query, 1));
      line->verb = g_strdup (mc_query_text (query, 2));
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* Borrows the entries of @answer. */
static gboolean
read_lines (Page *page, const McSyncAnswer *answer, GError **error)
{
  for (guint i = 0; i < answer->entries->len; i++)
    {
      Line *line = g_new0 (Line, 1);

      g_ptr_array_add (page->lines, line);
      line->entry = answer->entries->pdata[i];
      line->is_op = g_str_equal (line->entry->kind, "op");
      if (line->is_op && strchr (line->entry->line, ' ') == NULL &&
          !find_held (page->store, line, error))
        return FALSE;
    }
  page->ahead = mc_ahead_start (page->lines, read_line);
  return TRUE;
}

static gboolean
page_continues (Page *page, const McSyncAnswer *answer, GError **error)
{
  McCursor at = mc_store_cursor (page->store);

  for (guint i = 0; i < page->lines->len; i++)
    {
      Line *line = page->lines->pdata[i];
      McFeedEntry entry = *line->entry;

      if (entry.n != at.n + 1)
        return bad_page (error, "a number is missing");
      if (line->held != NULL)
        entry.line = line->held;
      mc_feed_hash (at.hash, &entry, at.hash);
      at.n = entry.n;
      line->after = at;
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

/* @record: (nullable): of an op whose line is not kept, nor what was said of it. */
static gboolean
put_line (Page *page,
          const Line *line,
          const char *op,
          const char *record,
          gboolean first,
          GError **error)
{
  McDb *db = page->store->db;
  const McFeedEntry *entry = line->entry;

  /* It came before, and its dossier left and is back: this is the line that holds. */
  if (op != NULL && !first &&
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
                    op != NULL && record != NULL ? "" : entry->ruling,
                    entry->receipt,
                    line->after.hash,
                    (gint64)(op != NULL));
}

/* What was said of it before the province was restored, and whether that is another word. */
static gboolean
compare_with_said (Page *page, const char *op, const char *ruling, GError **error)
{
  McDb *db = page->store->db;
  g_autofree char *said =
      page->any_said ? mc_db_text (db, NULL, "SELECT ruling FROM said WHERE op = ?1", "s", op)
                     : NULL;

  if (said == NULL)
    return TRUE;
  if (*said != '\0' && !g_str_equal (said, ruling) &&
      !mc_db_run (db,
                  error,
                  "INSERT INTO notice (op, at, before, after, seen) VALUES (?1, ?2, ?3, ?4, 0)",
                  "siss",
                  op,
                  page->meeting.now,
                  said,
                  ruling))
    return FALSE;
  return mc_db_run (db, error, "DELETE FROM said WHERE op = ?1", "s", op);
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
take_held (Page *page, const Line *line, gboolean seen, gboolean *ret_first, GError **error)
{
  McDb *db = page->store->db;
  const char *op = line->held != NULL ? line->op : line->whole->id;
  const char *ruling = line->entry->ruling;
  gint64 waited = 0;

  if (!mc_db_int (db,
                  error,
                  &waited,
                  "SELECT NOT EXISTS (SELECT 1 FROM feed WHERE op = ?1 AND last = 1)",
                  "s",
                  op))
    return FALSE;
  page->judged += waited;
  *ret_first = waited != 0;
  if (seen)
    set_touch (page, line->held != NULL ? line->record : line->whole->on, REBASE);
  if (!compare_with_said (page, op, ruling, error) ||
      (page->any_missing && !mc_db_run (db, error, "DELETE FROM missing WHERE op = ?1", "s", op)))
    return FALSE;
  return seen || mc_db_run (db, error, "UPDATE op SET ruling = ?2 WHERE id = ?1", "ss", op, ruling);
}

/* On a public desk: of a dossier that is not its own work nothing is kept. */
static gboolean
pass_by (Page *page, const Line *line, GError **error)
{
  page->any_hidden = TRUE;
  return mc_store_meet (page->store, &page->meeting, line->whole, error) &&
         mc_public_passes (page->store, line->whole->on, error) &&
         put_line (page, line, line->whole->id, line->whole->on, FALSE, error);
}

/* An op of another desk, judged as it comes where nothing here stands in the way. */
static gboolean
take_new (Page *page, const Line *line, gboolean seen, GError **error)
{
  McStore *store = page->store;
  const McOp *op = line->whole;
  Touch touch = seen ? touch_of (page, op->on) : REBASE;
  g_autoptr (McRuling) ruling = NULL;
  McRecord *record = NULL;

  if (!mc_store_meet (store, &page->meeting, op, error) ||
      !mc_store_note_correction (store, op, error))
    return FALSE;
  if (touch == REBASE)
    {
      if (seen)
        set_touch (page, op->on, REBASE);
      return mc_store_hold (store, op, seen ? "" : line->entry->ruling, error);
    }
  if (line->ruling == NULL)
    return bad_page (error, "a ruling that is none");
  ruling = mc_ledger_take (store->db, op, NULL, line->ruling, MC_JUDGE_PLAIN, &record, error);
  if (ruling == NULL)
    return FALSE;
  set_touch (page, op->on, PLAIN);
  g_hash_table_insert (page->states, g_strdup (op->on), record);
  return TRUE;
}

/* A line of this desk that was here when the page was begun may have left it with its dossier
 * since: it is then taken like any other that comes. */
static void
read_again_if_gone (Page *page, Line *line)
{
  g_autofree char *text = NULL;

  if (line->held == NULL || !page->any_gone || mc_ledger_has (page->store->db, line->op))
    return;
  text = g_steal_pointer (&line->held);
  line->whole = mc_op_parse (text, -1, NULL);
  line->ruling = mc_ruling_parse (line->entry->ruling, NULL);
}

static gboolean
take_op (Page *page, Line *line, GError **error)
{
  McStore *store = page->store;
  gboolean refused = g_str_has_prefix (line->entry->ruling, "\"refused:");
  gboolean first = FALSE;
  const char *record, *verb;
  gboolean seen, ok;

  read_again_if_gone (page, line);
  if (line->held == NULL && line->whole == NULL)
    return bad_page (error, "an op that is none");
  if (page->public && line->held == NULL && !mc_ledger_has (store->db, line->whole->id) &&
      !mc_public_keeps (store, line->whole))
    return pass_by (page, line, error);
  record = line->held != NULL ? line->record : line->whole->on;
  verb = line->held != NULL ? line->verb : line->whole->verb;
  /* A dossier that is back comes whole, its first op first; the word on an own op on one that is
   * away comes alone. */
  seen = !page->any_hidden || !mc_store_hidden (store, record);
  if (!seen && mc_verb_creates (verb) && !refused &&
      mc_store_hidden_before (store, record, line->entry->n))
    {
      if (!mc_store_unhide (store, record, error))
        return FALSE;
      seen = TRUE;
      set_touch (page, record, REBASE);
    }
  ok = line->held != NULL || mc_ledger_has (store->db, line->whole->id)
           ? take_held (page, line, seen, &first, error)
           : take_new (page, line, seen, error);
  return ok &&
         put_line (page, line, line->held != NULL ? line->op : line->whole->id, NULL, first, error);
}

static gboolean
take_gone (Page *page, const Line *line, GError **error)
{
  const char *record = line->entry->line;

  /* A new desk knows already that it is back by a later line, or left by a later one. */
  if (mc_store_comes_back (page->store, record, line->entry->n))
    return put_line (page, line, NULL, record, TRUE, error);
  g_hash_table_remove (page->records, record);
  g_hash_table_remove (page->states, record);
  page->any_hidden = TRUE;
  page->any_gone = TRUE;
  return put_line (page, line, NULL, record, TRUE, error) &&
         mc_store_hide (page->store, record, line->entry->n, error);
}

/* A kind of line that this program does not know is kept, so that the hash goes on. */
static gboolean
take_line (Page *page, Line *line, GError **error)
{
  if (line->is_op)
    return take_op (page, line, error);
  if (g_str_equal (line->entry->kind, "gone"))
    return take_gone (page, line, error);
  return put_line (page, line, NULL, NULL, TRUE, error);
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

/* Most of the time three tables are empty, and nothing has to be looked up in them line by line. */
static gboolean
look_around (Page *page, GError **error)
{
  g_autoptr (McQuery) query = mc_db_query (page->store->db,
                                           error,
                                           "SELECT EXISTS (SELECT 1 FROM said), "
                                           "EXISTS (SELECT 1 FROM missing), "
                                           "EXISTS (SELECT 1 FROM hidden)",
                                           "");

  if (query == NULL || !mc_query_next (query, error))
    return FALSE;
  page->any_said = mc_query_int (query, 0) != 0;
  page->any_missing = mc_query_int (query, 1) != 0;
  page->any_hidden = mc_query_int (query, 2) != 0;
  return TRUE;
}

static gboolean
take_lines (Page *page, GError **error)
{
  mc_meeting_begin (page->store, &page->meeting);
  if (!look_around (page, error))
    return FALSE;
  for (guint i = 0; i < page->lines->len; i++)
    {
      mc_ahead_need (page->ahead, i);
      if (!take_line (page, page->lines->pdata[i], error))
        return FALSE;
    }
  return finish_records (page, error) && mc_meeting_end (page->store, &page->meeting, error);
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
                  " NOT " MC_SQL_JUDGED "), "
                  " (SELECT max (seq) FROM op), 0)",
                  "i",
                  floor))
    return FALSE;
  return next == floor || mc_store_set_fact_int (store, "outbox_floor", next, error);
}

static gboolean
take_answer (Page *page, const McSyncAnswer *answer, GError **error)
{
  McStore *store = page->store;
  gboolean anew = FALSE;

  if (!note_missing (store, answer, error) || !mc_public_follow (store, answer->desk, &anew, error))
    return FALSE;
  /* What was not kept of the feed so far comes before what it goes on with. */
  if (anew)
    return TRUE;
  if (answer->reset)
    return mc_store_go_back (store, answer->points, error);
  return take_lines (page, error) && mc_store_first_take (store, answer, error) &&
         mc_store_drop_delivered (store, answer, error) && raise_floor (store, error) &&
         mc_store_set_cursor (store, &answer->cursor, error);
}

/* Most answers are "nothing new": they cost no transaction. */
static gboolean
says_something (McStore *store, const McSyncAnswer *answer)
{
  return answer->reset || answer->entries->len > 0 || answer->answers->len > 0 ||
         answer->said->len > 0 || mc_store_first_on (store) ||
         answer->desk != mc_store_desk_kind (store);
}

gboolean
mc_store_inbox (McStore *store, const McSyncAnswer *answer, GError **error)
{
  g_auto (Page) page = {
    .store = store,
    .records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .states =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)mc_record_free),
    .lines = g_ptr_array_new_with_free_func ((GDestroyNotify)line_free),
    .public = answer->desk != MC_DESK_OWN,
  };

  if (answer->reset && answer->entries->len > 0)
    return bad_page (error, "a reset that brings entries");
  if (!read_lines (&page, answer, error) ||
      (!answer->reset && !page_continues (&page, answer, error)))
    return FALSE;
  if (!says_something (store, answer))
    return TRUE;
  if (!mc_db_begin (store->db, error))
    return FALSE;
  if (!mc_db_finish (store->db, take_answer (&page, answer, error), error))
    {
      /* What was read of a page that is taken back is not true. */
      mc_store_forget_catalogue (store);
      store->waiting = -1;
      return FALSE;
    }
  store->waiting =
      answer->reset || answer->first.on || store->waiting < 0 ? -1 : store->waiting - page.judged;
  if (answer->reset || answer->entries->len > 0 || answer->said->len > 0)
    mc_store_mark_changed (store);
  return TRUE;
}
