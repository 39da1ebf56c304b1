/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Promises that a changed calendar would move. */
#include "mc-moved.h"

#include "mc-store-private.h"

#define NOTED "moved"
/* An op that was judged with this version of the calendar names it in the case or in the status. */
#define UNANSWERED                                                                                 \
  "d.due IS NOT NULL AND d.state IN ('received', 'handling', 'appraised', 'supplement', "          \
  "'payment') AND instr (r.state, ?1) = 0 "

void
mc_moved_free (McMoved *moved)
{
  if (moved == NULL)
    return;
  g_free (moved->dossier);
  g_free (moved->code);
  g_free (moved->applicant);
  g_free (moved->title);
  g_free (moved->due);
  g_free (moved->moved);
  g_free (moved);
}

/* A promise being counted anew. */
typedef struct
{
  const McCalendar *calendar;
  const McWorkflow *workflow;
  McTerm term;
  GDateTime *due;
  GDate raw;
  GDateTime *stopped; /* NULL while the time runs */
} Count;

static void
count_clear (Count *count)
{
  g_clear_pointer (&count->due, g_date_time_unref);
  g_clear_pointer (&count->stopped, g_date_time_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Count, count_clear)

static void
set_due (Count *count, GDateTime *due)
{
  g_clear_pointer (&count->due, g_date_time_unref);
  count->due = due;
}

/* A day that a leader chose stays, unless nobody works on it any more. */
static GDateTime *
chosen (const McCalendar *calendar, const char *text)
{
  GDateTime *due = mc_local_parse (text);
  GDate date;

  if (due == NULL)
    return NULL;
  for (mc_date_of (due, &date); !mc_calendar_works (calendar, &date); mc_date_of (due, &date))
    {
      GDateTime *next = g_date_time_add_days (due, 1);

      g_date_time_unref (due);
      due = next;
    }
  return due;
}

static void
count_step (Count *count, const McOp *op)
{
  g_autoptr (GDateTime) at = mc_local (mc_stamp_ms (op->at));
  g_autoptr (GPtrArray) writes = mc_op_writes (op);
  const json_t *status = writes->len == 1 ? ((McWrite *)writes->pdata[0])->value : NULL;
  const McState *to = mc_workflow_state (count->workflow, mc_json_string (status, "state"));
  gboolean stands = to != NULL && to->clock == MC_CLOCK_STANDS;

  if (g_strcmp0 (mc_json_string (op->body, "step"), MC_STEP_POSTPONE) == 0)
    {
      GDateTime *due = chosen (count->calendar, mc_json_string (status, "due"));

      g_date_clear (&count->raw, 1);
      if (due != NULL)
        set_due (count, due);
    }
  if (stands && count->stopped == NULL)
    count->stopped = g_steal_pointer (&at);
  else if (!stands && count->stopped != NULL)
    {
      set_due (count,
               mc_deadline_resume (count->calendar,
                                   &count->term,
                                   count->due,
                                   &count->raw,
                                   count->stopped,
                                   at));
      g_clear_pointer (&count->stopped, g_date_time_unref);
    }
}

/* The steps that stand; one that was refused or is contested moves nothing. */
static void
count_steps (McStore *store, const char *dossier, Count *count)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   "SELECT id FROM op WHERE record = ?1 AND verb = ?2 "
                   "AND instr (ruling, 'refused') = 0 AND instr (ruling, 'contested') = 0 "
                   "ORDER BY seq",
                   "ss",
                   dossier,
                   MC_VERB_STEP);

  while (query != NULL && mc_query_next (query, NULL))
    {
      g_autoptr (McOp) op = mc_ledger_op (store->db, mc_query_text (query, 0));

      if (op != NULL)
        count_step (count, op);
    }
}

char *
mc_store_due_now (McStore *store, McRecord *record)
{
  const json_t *the_case = mc_record_peek (record, MC_GROUP_CASE);
  g_autoptr (GDateTime) received = mc_local_parse (mc_json_string (the_case, "received"));
  g_autoptr (McCalendar) calendar = mc_store_calendar (store, NULL);
  g_auto (Count)
      count = { .calendar = calendar, .workflow = mc_workflow_of (the_case, MC_OP_VERSION) };

  if (received == NULL || calendar == NULL ||
      !mc_term_parse (json_object_get (the_case, "term"), &count.term))
    return NULL;
  count.due = mc_deadline (calendar, &count.term, received);
  mc_deadline_raw (calendar, &count.term, received, &count.raw);
  count_steps (store, record->id, &count);
  return mc_local_text (count.due);
}

static McMoved *
look_at (McStore *store, McQuery *query)
{
  g_autoptr (McRecord) record = mc_ledger_record (store->db, mc_query_text (query, 0), NULL);
  g_autofree char *moved = record != NULL ? mc_store_due_now (store, record) : NULL;
  const char *due = mc_query_text (query, 4);
  McMoved *found;

  if (moved == NULL || g_strcmp0 (moved, due) == 0)
    return NULL;
  found = g_new0 (McMoved, 1);
  found->dossier = g_strdup (mc_query_text (query, 0));
  found->code = g_strdup (mc_query_text (query, 1));
  found->applicant = g_strdup (mc_query_text (query, 2));
  found->title = g_strdup (mc_query_text (query, 3));
  found->due = g_strdup (due);
  found->moved = g_steal_pointer (&moved);
  return found;
}

/* How a record's state names the calendar of today. */
static char *
named_now (McStore *store)
{
  g_autoptr (McCalendar) calendar = mc_store_calendar (store, NULL);
  g_autoptr (json_t) version =
      calendar != NULL ? json_string (mc_calendar_version (calendar)) : json_null ();
  g_autofree char *text = json_dumps (version, JSON_ENCODE_ANY | JSON_COMPACT);

  return g_strdup_printf ("\"calendar\":%s", text);
}

GPtrArray *
mc_store_moved (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_moved_free);
  g_autofree char *named = named_now (store);
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT d.id, d.code, d.applicant, d.procedure_name, d.due FROM dossier d "
                   "JOIN record r ON r.id = d.id WHERE " UNANSWERED "ORDER BY d.due, d.row",
                   "s",
                   named);

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, NULL))
    {
      McMoved *moved = look_at (store, query);

      if (moved != NULL)
        g_ptr_array_add (all, moved);
    }
  return g_steal_pointer (&all);
}

gboolean
mc_store_note_moved (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) all = mc_store_moved (store, error);
  g_autoptr (json_t) ids = json_array ();
  g_autofree char *text = NULL;

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    json_array_append_new (ids, json_string (((McMoved *)all->pdata[i])->dossier));
  text = json_dumps (ids, JSON_COMPACT);
  return mc_store_set_fact (store, NOTED, text, error);
}

guint
mc_store_moved_count (McStore *store)
{
  g_autofree char *noted = mc_store_fact (store, NOTED);
  g_autofree char *named = NULL;
  gint64 count = 0;

  /* Nearly always there is nothing to ask. */
  if (noted == NULL || g_str_equal (noted, "[]"))
    return 0;
  named = named_now (store);
  mc_db_int (store->db,
             NULL,
             &count,
             "SELECT count(*) FROM json_each (?2) j JOIN dossier d ON d.id = j.value "
             "JOIN record r ON r.id = d.id WHERE " UNANSWERED,
             "ss",
             named,
             noted);
  return (guint)count;
}
