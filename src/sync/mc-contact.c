/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-contact.h"

#include "mc-error.h"
#include "mc-sync-store.h"

#define PUSH_BYTES_MAX (4 * 1024 * 1024)
/* An op that the province would not take yet is brought again after this: it may be upgraded, or
 * have got by another desk what it lacked. */
#define ANSWERED_MS (60 * 60 * G_GINT64_CONSTANT (1000))
/* A clock that is off by less than this is left alone: a round trip on a bad line takes as long. */
#define OFFSET_SLACK_MS 2000
/* A page that breaks off is lost: it is as long as the line brings in some seconds. */
#define PAGE_FIRST 250
#define PAGE_MIN 16
#define PAGE_MAX MC_WIRE_ENTRIES_MAX
#define PAGE_QUICK_MS 3000
#define PAGE_SLOW_MS 8000
/* The last contact is kept, so that a restart without a line does not say "since a moment ago". */
#define REMEMBER_MS (60 * 1000)

/* What a piece of work on the profile is told, and tells. */
typedef struct
{
  McContact *contact;
  McBacklog backlog;
  McSyncReport report;
  guint max_ops;
  guint max_entries;
  const McEnrolment *enrolment;
  gint64 offset_wall; /* wall clock when the answer came */
  const McSyncAnswer *answer;
  GPtrArray *ids; /* of the ops in the request that was made */
} Errand;

void
mc_contact_free (McContact *contact)
{
  if (contact == NULL)
    return;
  mc_engine_free (contact->engine);
  g_hash_table_unref (contact->answered);
  g_clear_pointer (&contact->asked, g_ptr_array_unref);
  g_clear_pointer (&contact->asked_next, g_ptr_array_unref);
  mc_secret_key_wipe (&contact->key);
  g_free (contact);
}

static gpointer
read_last_contact (McDesk *desk, gpointer data, GError **error)
{
  McContact *contact = data;

  contact->last_contact_ms = mc_store_fact_int (mc_desk_store (desk), "last_contact", 0);
  return contact;
}

McContact *
mc_contact_new (guint32 seed, McRunWork run, gpointer where)
{
  McContact *contact = g_new0 (McContact, 1);

  contact->engine = mc_engine_new (seed);
  contact->page = PAGE_FIRST;
  contact->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  contact->run = run;
  contact->where = where;
  run (where, read_last_contact, contact, NULL);
  return contact;
}

/* Held scans stay where they are, but for the one that somebody waits for. */
static void
look_for_scans (McStore *store, gboolean metered, McBacklog *backlog)
{
  gboolean held = mc_store_scans_held (store, metered) != MC_SCANS_GO;
  McBlobJob *out = held ? NULL : mc_store_blob_to_send (store);
  McBlobJob *in = mc_store_blob_to_fetch (store);

  backlog->blob_out = out != NULL;
  backlog->blob_wanted = in != NULL && in->wanted;
  backlog->blob_in = in != NULL && (!held || in->wanted);
  backlog->blob_later_s = held ? 0 : mc_store_blob_next_try (store);
  mc_blob_job_free (out);
  mc_blob_job_free (in);
}

static gpointer
look (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McStore *store = mc_desk_store (desk);
  gint64 left = mc_store_outbox_left (store, errand->contact->answered);

  errand->backlog.ops = (guint)MIN (left, G_MAXINT);
  errand->backlog.copied = mc_store_copied (store);
  look_for_scans (store, errand->contact->metered, &errand->backlog);
  return errand;
}

McBacklog
mc_contact_backlog (McContact *contact)
{
  Errand errand = { .contact = contact };

  contact->run (contact->where, look, &errand, NULL);
  if (!errand.backlog.blob_out && !errand.backlog.blob_in)
    contact->scan.moving = FALSE;
  return errand.backlog;
}

/* What is answered for, and, where the answer to it is not taken yet, what is under way. */
static GHashTable *
not_to_send (const Errand *errand)
{
  McContact *contact = errand->contact;
  GHashTable *skip = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, contact->answered);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (skip, id);
  for (guint i = 0; errand->answer != NULL && contact->asked != NULL && i < contact->asked->len;
       i++)
    g_hash_table_add (skip, contact->asked->pdata[i]);
  return skip;
}

/* What is asked for outside the page: of a new desk, what it needs at once. */
static void
ask_first (const Errand *errand, McStore *store, McFirst *ret_first)
{
  if (errand->answer == NULL)
    mc_store_first (store, ret_first);
  else if (errand->answer->cursor.n < errand->answer->head || errand->answer->first.after != NULL)
    mc_first_copy (&errand->answer->first, ret_first);
}

/* Before the ops that need them. */
static gboolean
show_certificates (McContact *contact, McStore *store, GPtrArray *lines, GError **error)
{
  g_autoptr (GPtrArray) certificates = mc_store_certificates_asked (store, error);

  for (guint i = 0; certificates != NULL && i < certificates->len; i++)
    g_ptr_array_insert (lines, (int)i, g_strdup (certificates->pdata[i]));
  contact->show = FALSE;
  contact->shown = TRUE;
  return certificates != NULL;
}

static gpointer
make_request (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McContact *contact = errand->contact;
  McStore *store = mc_desk_store (desk);
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (GHashTable) skip = not_to_send (errand);
  /* While the feed is read anew most of what is held only seems to be lacking there. */
  GPtrArray *lines = mc_store_outbox (store,
                                      contact->catching_up ? 0 : errand->max_ops,
                                      PUSH_BYTES_MAX,
                                      skip,
                                      &errand->ids,
                                      error);

  if (lines == NULL)
    return NULL;
  g_ptr_array_unref (request->lines);
  request->lines = lines;
  request->left = mc_store_outbox_left (store, contact->answered) - (gint64)lines->len +
                  mc_store_first_held (store);
  ask_first (errand, store, &request->first);
  if (contact->show && lines->len > 0 && !show_certificates (contact, store, lines, error))
    return NULL;
  request->cursor = errand->answer != NULL ? errand->answer->cursor : mc_store_cursor (store);
  request->limit = MIN (errand->max_entries, contact->page);
  request->scan = mc_store_awaited_scan (store);
  contact->reading = request->first.on || request->cursor.n < contact->feed_head;
  return g_steal_pointer (&request);
}

McSyncRequest *
mc_contact_ask (McContact *contact, const McCommand *command, GError **error)
{
  Errand errand = {
    .contact = contact,
    .max_ops = command->max_ops,
    .max_entries = command->max_entries,
  };
  McSyncRequest *request = contact->run (contact->where, make_request, &errand, error);

  g_clear_pointer (&contact->asked, g_ptr_array_unref);
  contact->asked = errand.ids;
  if (request != NULL)
    request->wait =
        request->lines->len > 0 || contact->catching_up || request->first.on ? 0 : command->wait_s;
  return request;
}

McSyncRequest *
mc_contact_ask_next (McContact *contact,
                     const McCommand *command,
                     const McSyncAnswer *answer,
                     GError **error)
{
  Errand errand = {
    .contact = contact,
    .max_ops = command->max_ops,
    .max_entries = command->max_entries,
    .answer = answer,
  };
  g_autoptr (McSyncRequest) request = NULL;

  if (answer->reset)
    return NULL;
  request = contact->run (contact->where, make_request, &errand, error);
  g_clear_pointer (&contact->asked_next, g_ptr_array_unref);
  contact->asked_next = errand.ids;
  if (request == NULL || (request->lines->len == 0 && answer->cursor.n >= answer->head))
    return NULL;
  return g_steal_pointer (&request);
}

void
mc_contact_turn (McContact *contact)
{
  g_clear_pointer (&contact->asked, g_ptr_array_unref);
  contact->asked = g_steal_pointer (&contact->asked_next);
}

/* The offset is learned from a contact; a small one is only the line's own slowness. */
static gboolean
learn_offset (McStore *store, const Errand *errand, GError **error)
{
  gint64 offset = errand->answer->time_ms - errand->offset_wall;
  gint64 known = mc_store_fact_int (store, "offset", 0);

  if (ABS (offset) < OFFSET_SLACK_MS)
    offset = 0;
  return ABS (offset - known) < OFFSET_SLACK_MS || mc_store_set_offset (store, offset, error);
}

/* Not at every contact: what is said of it is a time of day. */
static gboolean
remember_contact (McStore *store, const Errand *errand, GError **error)
{
  gint64 known = mc_store_fact_int (store, "last_contact", 0);

  return ABS (errand->offset_wall - known) < REMEMBER_MS ||
         mc_store_set_fact_int (store, "last_contact", errand->offset_wall, error);
}

/* An op whose device the province does not know goes once more, with the certificate. */
static gboolean
is_asked_for (McContact *contact, const McAnswer *answer)
{
  if (answer->missing == NULL ||
      !g_strv_contains ((const char *const *)answer->missing, "device") || contact->shown)
    return FALSE;
  contact->show = TRUE;
  return TRUE;
}

/* An op that is answered for and not in the feed is not brought again at once: asking anew would
 * change nothing. */
static void
note_answers (Errand *errand, McStore *store)
{
  GHashTable *answered = errand->contact->answered;
  const McSyncAnswer *answer = errand->answer;
  GHashTableIter iter;
  gpointer id;

  if (answer->reset)
    {
      g_hash_table_remove_all (answered);
      return;
    }
  for (guint i = 0; i < answer->answers->len; i++)
    if (!is_asked_for (errand->contact, answer->answers->pdata[i]))
      g_hash_table_add (answered, g_strdup (((McAnswer *)answer->answers->pdata[i])->op));
  g_hash_table_iter_init (&iter, answered);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (mc_store_judged (store, id))
      g_hash_table_iter_remove (&iter);
}

static gpointer
take_answer (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McStore *store = mc_desk_store (desk);

  if (!learn_offset (store, errand, error) || !mc_store_inbox (store, errand->answer, error) ||
      !remember_contact (store, errand, error))
    return NULL;
  note_answers (errand, store);
  if (errand->answer->scan != NULL)
    mc_store_scan_came (store, errand->answer->scan);
  return errand;
}

/* Success is a word on every op that was sent: a ruling, or its entry in the feed. */
static gboolean
all_answered (McContact *contact, const McSyncAnswer *answer, GError **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < answer->answers->len; i++)
    g_hash_table_add (told, ((McAnswer *)answer->answers->pdata[i])->op);
  for (guint i = 0; i < answer->entries->len; i++)
    g_hash_table_add (told, ((McFeedEntry *)answer->entries->pdata[i])->line);
  /* Of another feed than the one followed, nothing is said before the desk has gone back. */
  for (guint i = 0; !answer->reset && contact->asked != NULL && i < contact->asked->len; i++)
    if (!g_hash_table_contains (told, contact->asked->pdata[i]))
      {
        g_set_error_literal (error, MC_ERROR, MC_ERROR_NETWORK, "nothing was said of an op sent");
        return FALSE;
      }
  return TRUE;
}

static void
note_feed (McContact *contact, const McSyncAnswer *answer)
{
  contact->catching_up = answer->reset || (contact->catching_up && answer->cursor.n < answer->head);
  contact->feed_done = answer->cursor.n;
  contact->feed_head = answer->head;
}

static void
fit_page (McContact *contact, const McReply *reply)
{
  gboolean whole = reply->outcome == MC_OUTCOME_DONE || reply->outcome == MC_OUTCOME_MORE;

  if (!contact->reading)
    return;
  if (!whole || reply->took_ms > PAGE_SLOW_MS)
    contact->page = MAX (PAGE_MIN, contact->page / 2);
  else if (reply->took_ms < PAGE_QUICK_MS)
    contact->page = MIN (PAGE_MAX, contact->page * 2);
}

void
mc_contact_close (McContact *contact, const McReply *reply, const McClock *clock)
{
  contact->bytes_up += reply->bytes_up;
  contact->bytes_down += reply->bytes_down;
  fit_page (contact, reply);
  if (reply->outcome == MC_OUTCOME_DONE || reply->outcome == MC_OUTCOME_MORE)
    {
      contact->last_contact_ms = mc_clock_wall (clock);
      contact->offline_since_ms = 0;
    }
  else if (contact->offline_since_ms == 0)
    contact->offline_since_ms =
        contact->last_contact_ms ? contact->last_contact_ms : mc_clock_wall (clock);
  mc_engine_outcome (contact->engine, mc_clock_mono (clock), reply->outcome, reply->retry_after_s);
}

gboolean
mc_contact_take (McContact *contact,
                 const McSyncAnswer *answer,
                 const McClock *clock,
                 McReply *reply,
                 GError **error)
{
  Errand errand = {
    .contact = contact,
    .answer = answer,
    .offset_wall = reply->came_ms != 0 ? reply->came_ms : mc_clock_wall (clock),
  };

  reply->outcome = MC_OUTCOME_FAILED;
  if (!all_answered (contact, answer, error))
    return FALSE;
  if (mc_clock_mono (clock) - contact->answered_since > ANSWERED_MS)
    {
      g_hash_table_remove_all (contact->answered);
      contact->shown = FALSE;
      contact->answered_since = mc_clock_mono (clock);
    }
  if (contact->run (contact->where, take_answer, &errand, error) == NULL)
    return FALSE;
  note_feed (contact, answer);
  reply->outcome =
      answer->reset || answer->cursor.n < answer->head ? MC_OUTCOME_MORE : MC_OUTCOME_DONE;
  return TRUE;
}

static gpointer
next_key (McDesk *desk, gpointer data, GError **error)
{
  McContact *contact = data;

  return mc_store_next_key (mc_desk_store (desk), &contact->key, error) ? contact : NULL;
}

const McSecretKey *
mc_contact_new_key (McContact *contact, GError **error)
{
  if (!contact->has_key && contact->run (contact->where, next_key, contact, error) == NULL)
    return NULL;
  contact->has_key = TRUE;
  return &contact->key;
}

static gpointer
invitation (McDesk *desk, gpointer data, GError **error)
{
  return mc_store_invitation (mc_desk_store (desk));
}

char *
mc_contact_invitation (McContact *contact)
{
  return contact->run (contact->where, invitation, NULL, NULL);
}

static gpointer
refuse_invitation (McDesk *desk, gpointer why, GError **error)
{
  return mc_store_refuse_invitation (mc_desk_store (desk), why, error) ? why : NULL;
}

void
mc_contact_refuse_invitation (McContact *contact, const char *why)
{
  contact->run (contact->where, refuse_invitation, (gpointer)why, NULL);
}

/* What this desk holds is its office's. */
static gboolean
same_office (McStore *store, const McEnrolment *enrolment, GError **error)
{
  g_autoptr (McEnrolment) before = mc_store_enrolment (store);

  if (before == NULL || g_strcmp0 (before->office, enrolment->office) == 0)
    return TRUE;
  g_set_error (error, MC_ERROR, MC_ERROR_REFUSED, "office: %s", enrolment->office_code);
  mc_store_refuse_invitation (store, "office", NULL);
  return FALSE;
}

static gpointer
take_enrolment (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;

  if (!same_office (mc_desk_store (desk), errand->enrolment, error))
    return NULL;
  return mc_store_set_enrolment (mc_desk_store (desk),
                                 errand->enrolment,
                                 &errand->contact->key,
                                 error)
             ? errand
             : NULL;
}

gboolean
mc_contact_enrolled (McContact *contact,
                     const McEnrolment *enrolment,
                     McReply *reply,
                     GError **error)
{
  Errand errand = { .contact = contact, .enrolment = enrolment };

  reply->outcome = MC_OUTCOME_FAILED;
  if (contact->run (contact->where, take_enrolment, &errand, error) == NULL)
    return FALSE;
  mc_secret_key_wipe (&contact->key);
  contact->has_key = FALSE;
  reply->outcome = MC_OUTCOME_DONE;
  return TRUE;
}

/* What one slice moved is a poor guess of the next. */
static gint64
smooth (gint64 before, gint64 now)
{
  return before > 0 ? (before * 2 + now) / 3 : now;
}

void
mc_contact_note_scan (McContact *contact, const McTransfer *transfer, gint64 bytes, gint64 us)
{
  McScanReport *scan = &contact->scan;

  scan->out = transfer->out;
  g_strlcpy (scan->sha256, transfer->sha256, sizeof scan->sha256);
  scan->size = transfer->size;
  if (transfer->offset >= 0)
    scan->done = transfer->offset;
  if (us > 0 && bytes >= 0)
    scan->speed = smooth (scan->speed, bytes * G_USEC_PER_SEC / us);
  scan->moving = mc_transfer_next (transfer) != MC_TRANSFER_DONE;
}

static gpointer
count (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McStore *store = mc_desk_store (desk);

  errand->report.ops_waiting = mc_store_outbox_count (store);
  mc_store_blobs_waiting (store, &errand->report.blobs_waiting, &errand->report.blob_bytes);
  errand->report.blobs_coming = mc_store_blobs_coming (store);
  errand->report.scans_held = mc_store_scans_held (store, errand->contact->metered);
  errand->report.refused = mc_store_refused_count (store);
  errand->report.notices = mc_store_notice_count (store);
  errand->report.copied = mc_store_copied (store);
  return errand;
}

McSyncReport
mc_contact_report (McContact *contact, gboolean sending)
{
  Errand errand = { .contact = contact };

  contact->run (contact->where, count, &errand, NULL);
  errand.report.state = mc_engine_state (contact->engine);
  errand.report.since_ms =
      errand.report.state == MC_SYNC_OFFLINE ? contact->offline_since_ms : contact->last_contact_ms;
  errand.report.feed_done = contact->feed_done;
  errand.report.feed_head = contact->feed_head;
  errand.report.sending = sending;
  errand.report.scan = contact->scan;
  return errand.report;
}
