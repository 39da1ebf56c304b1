/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-store-private.h"
#include "mc-sync-store.h"

#include "mc-error.h"
#include "mc-id.h"
#include "mc-moved.h"
#include <string.h>

/* What is approved waits for the resident: the time for that does not count (domain §5.4). */
#define RUNNING "state IN ('received', 'handling', 'appraised')"
/* A letter of apology was sent, and names another day: the second one is an exception. */
#define APOLOGISED                                                                                 \
  "EXISTS (SELECT 1 FROM record r WHERE r.id = d.id AND instr (r.state, '\"apology\":') > 0)"
#define WAITS "EXISTS (SELECT 1 FROM op o WHERE o.record = d.id AND NOT " MC_SQL_JUDGED ")"

/* The days that the queues by deadline compare with, as local texts. */
typedef struct
{
  char *today;
  char *tomorrow;
  char *day_after_next; /* the first day that is not within one working day */
  char *day_after_soon; /* the first day that is not within two */
} Days;

static void
days_clear (Days *days)
{
  g_free (days->today);
  g_free (days->tomorrow);
  g_free (days->day_after_next);
  g_free (days->day_after_soon);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Days, days_clear)

static char *
day_text (GDateTime *now, int add)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (now, add);

  return g_date_time_format (day, "%Y-%m-%d");
}

/* How many days on is the first to which there are more than @count working days. */
static int
days_beyond (const McCalendar *calendar, GDateTime *now, int count)
{
  int ahead = 1;

  for (; ahead < 30; ahead++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (now, ahead);

      if (mc_calendar_left (calendar, now, day) > count)
        break;
    }
  return ahead;
}

static Days
days_now (McStore *store)
{
  g_autoptr (GDateTime) now = mc_local (mc_store_now (store));
  g_autoptr (McCalendar) calendar = mc_store_calendar (store, NULL);

  return (Days){ day_text (now, 0),
                 day_text (now, 1),
                 day_text (now, days_beyond (calendar, now, 1)),
                 day_text (now, days_beyond (calendar, now, 2)) };
}

/* The letter goes out a day before the term ends at the latest (domain §3.3): it is asked for one
 * working day before, and two where nobody has appraised the dossier yet. What came today is not
 * late. */
static char *
apology_condition (McStore *store, const Days *days)
{
  g_autoptr (GDateTime) now = mc_local (mc_store_now (store));
  g_autoptr (GDateTime) midnight = g_date_time_new (mc_vietnam (),
                                                    g_date_time_get_year (now),
                                                    g_date_time_get_month (now),
                                                    g_date_time_get_day_of_month (now),
                                                    0,
                                                    0,
                                                    0);

  return g_strdup_printf (RUNNING " AND (due < '%s' OR (due < '%s' AND state <> 'appraised')) "
                                  "AND received < %" G_GINT64_FORMAT " AND NOT " APOLOGISED,
                          days->day_after_next,
                          days->day_after_soon,
                          g_date_time_to_unix (midnight) * 1000);
}

/* What waits for somebody of @role: at the counter for whoever sits there; with an officer for the
 * one who has it in hand, or for all while nobody has; a leader signs, and may have one in hand. A
 * parent dossier is nobody's work: its children are. */
static char *
my_condition (McRole role, const char *staff)
{
  /* An id is written into the condition: nothing else may come in that way. */
  g_autofree char *mine =
      mc_id_valid (staff) ? g_strdup_printf ("assignee = '%s'", staff) : g_strdup ("1");

  switch (role)
    {
    case MC_ROLE_CLERK:
      return g_strdup ("linked = 0 AND state IN ('supplement', 'payment', 'approved')");
    case MC_ROLE_OFFICER:
      return g_strdup_printf ("linked = 0 AND state IN ('received', 'handling', 'supplement', "
                              "'payment') AND (assignee IS NULL OR %s)",
                              mine);
    case MC_ROLE_LEADER:
      return g_strdup_printf ("linked = 0 AND (state = 'appraised' OR (state IN ('received', "
                              "'handling') AND assignee IS NOT NULL AND %s))",
                              mine);
    default:
      return g_strdup ("0");
    }
}

static char *
queue_condition (McStore *store, McQueue queue, McRole role, const char *staff)
{
  g_auto (Days) days = days_now (store);

  switch (queue)
    {
    case MC_QUEUE_MINE:
      return my_condition (role, staff);
    case MC_QUEUE_RECEIVED:
      return g_strdup ("linked = 0 AND state = 'received'");
    case MC_QUEUE_SUPPLEMENT:
      return g_strdup ("linked = 0 AND state IN ('supplement', 'payment')");
    case MC_QUEUE_APPROVAL:
      return g_strdup ("state = 'appraised'");
    case MC_QUEUE_RETURN:
      return g_strdup ("state = 'approved'");
    case MC_QUEUE_SOON:
      return g_strdup_printf (RUNNING " AND due >= '%s' AND due < '%s'",
                              days.tomorrow,
                              days.day_after_soon);
    case MC_QUEUE_TODAY:
      return g_strdup_printf (RUNNING " AND due >= '%s' AND due < '%s'", days.today, days.tomorrow);
    case MC_QUEUE_OVERDUE:
      return g_strdup_printf (RUNNING " AND due < '%s'", days.today);
    case MC_QUEUE_APOLOGY:
      return apology_condition (store, &days);
    case MC_QUEUE_CONFLICT:
      return g_strdup ("row IN (SELECT row FROM dossier WHERE contested > 0 UNION SELECT row FROM "
                       "dossier WHERE code IN (SELECT code FROM same_code))");
    case MC_QUEUE_WAITING:
      return g_strdup (WAITS);
    case MC_QUEUE_MOVED:
    case MC_QUEUE_DRAFT:
      return g_strdup ("0");
    case MC_QUEUE_ALL:
    case MC_N_QUEUES:
    default:
      return g_strdup ("1");
    }
}

static gboolean
by_deadline (McQueue queue)
{
  return queue == MC_QUEUE_SOON || queue == MC_QUEUE_TODAY || queue == MC_QUEUE_OVERDUE ||
         queue == MC_QUEUE_APOLOGY;
}

GArray *
mc_store_list (McStore *store, const McFilter *filter, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *match = NULL;
  g_autofree char *search = mc_store_search (store, filter->search, &match, error);
  g_autofree char *condition = queue_condition (store, filter->queue, filter->role, filter->staff);
  g_autofree char *sql = NULL;
  g_autoptr (McQuery) query = NULL;
  g_autoptr (GError) problem = NULL;

  if (search == NULL)
    return NULL;
  sql = g_strdup_printf ("SELECT row FROM dossier d WHERE %s AND %s ORDER BY %s",
                         condition,
                         search,
                         by_deadline (filter->queue) ? "due, row" : "row DESC");
  query = mc_db_query (store->db, error, sql, match != NULL ? "s" : "", match);
  if (query == NULL)
    return NULL;
  while (mc_query_next (query, &problem))
    {
      gint64 row = mc_query_int (query, 0);

      g_array_append_val (rows, row);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&rows);
}

static gboolean
count_drafts (McStore *store, guint *ret_count, GError **error)
{
  gint64 count = 0;

  if (!mc_db_int (store->db, error, &count, "SELECT count(*) FROM draft", ""))
    return FALSE;
  *ret_count = (guint)count;
  return TRUE;
}

gboolean
mc_store_counts (McStore *store, McRole role, const char *staff, guint *ret_counts, GError **error)
{
  for (McQueue queue = MC_QUEUE_ALL; queue < MC_N_QUEUES; queue++)
    {
      g_autofree char *condition = queue_condition (store, queue, role, staff);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM dossier d WHERE %s", condition);
      gint64 count = 0;

      if (queue == MC_QUEUE_MOVED)
        {
          ret_counts[queue] = mc_store_moved_count (store);
          continue;
        }
      if (queue == MC_QUEUE_WAITING)
        {
          /* Changes, not dossiers: the number that the sync words say. */
          ret_counts[queue] = mc_store_outbox_count (store);
          continue;
        }
      if (!mc_db_int (store->db, error, &count, sql, ""))
        return FALSE;
      ret_counts[queue] = (guint)count;
    }
  return count_drafts (store, &ret_counts[MC_QUEUE_DRAFT], error);
}

void
mc_row_free (McRow *row)
{
  if (row == NULL)
    return;
  g_free (row->id);
  g_free (row->code);
  g_free (row->applicant);
  g_free (row->applicant_id);
  g_free (row->phone);
  g_free (row->procedure);
  g_free (row->procedure_name);
  g_free (row->state);
  g_free (row->due);
  g_free (row->assignee);
  g_free (row->parent);
  g_free (row);
}

const McWorkflow *
mc_row_workflow (const McRow *row)
{
  return row->workflow != NULL ? row->workflow : mc_workflow_usual ();
}

static McRow *
read_row (McQuery *query)
{
  McRow *row = g_new0 (McRow, 1);

  row->row = mc_query_int (query, 0);
  row->id = g_strdup (mc_query_text (query, 1));
  row->code = g_strdup (mc_query_text (query, 2));
  row->applicant = g_strdup (mc_query_text (query, 3));
  row->applicant_id = g_strdup (mc_query_text (query, 4));
  row->phone = g_strdup (mc_query_text (query, 5));
  row->procedure = g_strdup (mc_query_text (query, 6));
  row->procedure_name = g_strdup (mc_query_text (query, 7));
  row->state = g_strdup (mc_query_text (query, 8));
  row->received_ms = mc_query_int (query, 9);
  row->due = g_strdup (mc_query_text (query, 10));
  row->contested = (guint)mc_query_int (query, 11);
  row->waiting = mc_query_int (query, 12) != 0;
  row->assignee = g_strdup (mc_query_text (query, 13));
  row->parent = g_strdup (mc_query_text (query, 14));
  row->linked = mc_query_int (query, 15) != 0;
  return row;
}

GPtrArray *
mc_store_rows (McStore *store, const gint64 *numbers, guint length, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_row_free);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (McQuery) query =
          mc_db_query (store->db,
                       error,
                       "SELECT row, id, code, applicant, applicant_id, phone, procedure, "
                       " procedure_name, state, received, due, contested, " WAITS
                       ", assignee, parent, linked FROM dossier d WHERE row = ?1",
                       "i",
                       numbers[i]);

      if (query == NULL)
        return NULL;
      if (mc_query_next (query, NULL))
        g_ptr_array_add (rows, read_row (query));
    }
  return g_steal_pointer (&rows);
}

char *
mc_store_resolve (McStore *store, const char *id_or_code, GError **error)
{
  char *id = mc_db_text (store->db,
                         NULL,
                         "SELECT id FROM dossier WHERE id = ?1 "
                         "UNION ALL SELECT id FROM dossier WHERE code = ?1 LIMIT 1",
                         "s",
                         id_or_code);

  if (id == NULL)
    g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no dossier %s", id_or_code);
  return id;
}
