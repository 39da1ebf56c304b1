/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-cycle.h"

#include "mc-error.h"
#include <glib/gstdio.h>
#include <string.h>

#define PUSH_BYTES_MAX (4 * 1024 * 1024)
#define PAGE_ENTRIES 1000
/* A clock that is off by less than this is left alone: a round trip on a bad line takes as long. */
#define OFFSET_SLACK_MS 2000
/* The last contact is kept, so that a restart without a line does not say "since a moment ago". */
#define REMEMBER_MS (60 * 1000)

void
mc_contact_free (McContact *contact)
{
  if (contact == NULL)
    return;
  mc_road_free (contact->road);
  mc_engine_free (contact->engine);
  g_hash_table_unref (contact->answered);
  g_free (contact);
}

typedef struct
{
  McBacklog backlog;
  McSyncReport report;
  GHashTable *answered;
  guint max_ops;
  gint64 offset_wall; /* wall clock when the answer came */
  const McSyncAnswer *answer;
  gboolean out;
  const char *sha256;
  const char *path;
} Errand;

static gpointer
read_last_contact (McDesk *desk, gpointer data, GError **error)
{
  McContact *contact = data;

  contact->last_contact_ms = mc_store_fact_int (mc_desk_store (desk), "last_contact", 0);
  return contact;
}

McContact *
mc_contact_new (const McEnrolment *enrolment, const McSecretKey *key, McRunWork run, gpointer where)
{
  McContact *contact = g_new0 (McContact, 1);

  contact->road = mc_road_new (enrolment->server);
  mc_road_set_identity (contact->road, enrolment->device, enrolment->certificate, key);
  contact->engine = mc_engine_new (g_random_int ());
  contact->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  contact->run = run;
  contact->where = where;
  run (where, read_last_contact, contact, NULL);
  return contact;
}

static gpointer
look (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McStore *store = mc_desk_store (desk);
  g_autoptr (GPtrArray) one = mc_store_outbox (store, 1, PUSH_BYTES_MAX, errand->answered, error);
  McBlobJob *out = mc_store_blob_to_send (store);
  McBlobJob *in = mc_store_blob_to_fetch (store);

  errand->backlog = (McBacklog){ one ? one->len : 0, out != NULL, in != NULL };
  mc_blob_job_free (out);
  mc_blob_job_free (in);
  return errand;
}

McBacklog
mc_contact_backlog (McContact *contact)
{
  Errand errand = { .answered = contact->answered };

  contact->run (contact->where, look, &errand, NULL);
  return errand.backlog;
}

static gpointer
make_request (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McStore *store = mc_desk_store (desk);
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  GPtrArray *lines =
      mc_store_outbox (store, errand->max_ops, PUSH_BYTES_MAX, errand->answered, error);

  if (lines == NULL)
    return NULL;
  g_ptr_array_unref (request->lines);
  request->lines = lines;
  request->cursor = mc_store_cursor (store);
  request->limit = PAGE_ENTRIES;
  return g_steal_pointer (&request);
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

static gpointer
take_answer (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McStore *store = mc_desk_store (desk);

  return learn_offset (store, errand, error) && mc_store_inbox (store, errand->answer, error) &&
                 remember_contact (store, errand, error)
             ? errand
             : NULL;
}

static void
note_answers (McContact *contact, const McSyncAnswer *answer)
{
  if (answer->reset)
    g_hash_table_remove_all (contact->answered);
  for (guint i = 0; i < answer->answers->len; i++)
    {
      const McAnswer *one = answer->answers->pdata[i];

      /* One whose parents are missing there waits too: asking again at once would change nothing.
       */
      g_hash_table_add (contact->answered, g_strdup (one->op));
    }
  contact->feed_done = answer->cursor.n;
  contact->feed_head = answer->head;
}

static gboolean
sync_once (McContact *contact,
           const McCommand *command,
           const McClock *clock,
           GCancellable *cancellable,
           McReply *reply,
           GError **error)
{
  Errand errand = { .answered = contact->answered, .max_ops = command->max_ops };
  g_autoptr (McSyncRequest) request = contact->run (contact->where, make_request, &errand, error);
  g_autoptr (McSyncAnswer) answer = NULL;

  if (request == NULL)
    {
      reply->outcome = MC_OUTCOME_FAILED;
      return FALSE;
    }
  request->wait = request->lines->len > 0 ? 0 : command->wait_s;
  answer = mc_road_sync (contact->road, request, cancellable, reply, error);
  if (answer == NULL)
    return FALSE;
  errand.answer = answer;
  errand.offset_wall = mc_clock_wall (clock);
  if (contact->run (contact->where, take_answer, &errand, error) == NULL)
    {
      reply->outcome = MC_OUTCOME_FAILED;
      return FALSE;
    }
  note_answers (contact, answer);
  return TRUE;
}

typedef struct
{
  gboolean out;
  char *sha256;
  char *path;
  gboolean moved;
} Blob;

static gpointer
choose_blob (McDesk *desk, gpointer data, GError **error)
{
  Blob *blob = data;
  McStore *store = mc_desk_store (desk);
  McBlobJob *job = blob->out ? mc_store_blob_to_send (store) : mc_store_blob_to_fetch (store);

  if (job == NULL)
    return NULL;
  blob->sha256 = g_strdup (job->sha256);
  blob->path = blob->out ? mc_store_blob_path (store, job->sha256)
                         : mc_store_blob_part_path (store, job->sha256);
  mc_blob_job_free (job);
  return blob;
}

static gpointer
end_blob (McDesk *desk, gpointer data, GError **error)
{
  Blob *blob = data;
  McStore *store = mc_desk_store (desk);

  if (!blob->moved)
    mc_store_blob_put_off (store, blob->sha256);
  else if (blob->out)
    return mc_store_blob_sent (store, blob->sha256, error) ? blob : NULL;
  else if (!mc_store_blob_arrived (store, blob->sha256, blob->path, error))
    {
      mc_store_blob_put_off (store, blob->sha256);
      return NULL;
    }
  return blob;
}

static gboolean
move_blob (McContact *contact,
           gboolean out,
           GCancellable *cancellable,
           McReply *reply,
           GError **error)
{
  Blob blob = { .out = out };
  g_autoptr (GError) problem = NULL;

  reply->outcome = MC_OUTCOME_DONE;
  if (contact->run (contact->where, choose_blob, &blob, error) == NULL)
    return TRUE;
  if (out)
    blob.moved =
        mc_road_send_blob (contact->road, blob.sha256, blob.path, cancellable, reply, &problem);
  else
    blob.moved =
        mc_road_fetch_blob (contact->road, blob.sha256, blob.path, cancellable, reply, &problem);
  contact->run (contact->where, end_blob, &blob, NULL);
  g_free (blob.sha256);
  g_free (blob.path);
  if (blob.moved)
    return TRUE;
  /* The line works where the province answered: it is only this scan that waits. */
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

McOutcome
mc_contact_carry_out (McContact *contact,
                      const McCommand *command,
                      const McClock *clock,
                      GCancellable *cancellable,
                      GError **error)
{
  McReply reply = { .outcome = MC_OUTCOME_FAILED };
  gint64 now = mc_clock_wall (clock);

  if (command->kind == MC_COMMAND_SYNC)
    sync_once (contact, command, clock, cancellable, &reply, error);
  else
    move_blob (contact, command->kind == MC_COMMAND_SEND_BLOB, cancellable, &reply, error);
  contact->bytes_up += reply.bytes_up;
  contact->bytes_down += reply.bytes_down;
  if (cancellable != NULL && g_cancellable_is_cancelled (cancellable))
    {
      /* Ended by ourselves, to send something: no failure of the line. */
      return MC_OUTCOME_DONE;
    }
  if (reply.outcome == MC_OUTCOME_DONE || reply.outcome == MC_OUTCOME_MORE)
    {
      contact->last_contact_ms = mc_clock_wall (clock);
      contact->offline_since_ms = 0;
    }
  else if (contact->offline_since_ms == 0)
    contact->offline_since_ms = contact->last_contact_ms ? contact->last_contact_ms : now;
  mc_engine_outcome (contact->engine, mc_clock_mono (clock), reply.outcome, reply.retry_after_s);
  return reply.outcome;
}

static gpointer
count (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McStore *store = mc_desk_store (desk);
  g_autoptr (GPtrArray) refused = mc_store_refused (store, NULL);

  errand->report.ops_waiting = mc_store_outbox_count (store);
  mc_store_blobs_waiting (store, &errand->report.blobs_waiting, &errand->report.blob_bytes);
  errand->report.refused = refused ? refused->len : 0;
  return errand;
}

McSyncReport
mc_contact_report (McContact *contact, gboolean sending)
{
  Errand errand = { .answered = contact->answered };

  contact->run (contact->where, count, &errand, NULL);
  errand.report.state = mc_engine_state (contact->engine);
  errand.report.since_ms =
      errand.report.state == MC_SYNC_OFFLINE ? contact->offline_since_ms : contact->last_contact_ms;
  errand.report.feed_done = contact->feed_done;
  errand.report.feed_head = contact->feed_head;
  errand.report.sending = sending;
  return errand.report;
}

static gpointer
run_here (gpointer where, McWork work, gpointer data, GError **error)
{
  return work (where, data, error);
}

/* Until nothing is left to move, or the line fails. */
static gboolean
drive (McContact *contact, const McClock *clock, GError **error)
{
  for (;;)
    {
      McBacklog backlog = mc_contact_backlog (contact);
      McCommand command = mc_engine_next (contact->engine, mc_clock_mono (clock), &backlog);
      g_autoptr (GError) problem = NULL;
      McOutcome outcome;

      command.wait_s = 0;
      if (command.kind == MC_COMMAND_WAIT)
        {
          g_set_error_literal (error, MC_ERROR, MC_ERROR_NETWORK, "no contact with the province");
          return FALSE;
        }
      outcome = mc_contact_carry_out (contact, &command, clock, NULL, &problem);
      if (command.kind != MC_COMMAND_SYNC)
        continue;
      if (outcome != MC_OUTCOME_DONE && outcome != MC_OUTCOME_MORE &&
          outcome != MC_OUTCOME_TOO_LARGE)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      backlog = mc_contact_backlog (contact);
      if (outcome == MC_OUTCOME_DONE && backlog.ops == 0 && !backlog.blob_out && !backlog.blob_in)
        return TRUE;
    }
}

gboolean
mc_sync_cycle (McStore *store, McSyncReport *ret_report, GError **error)
{
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (store);
  g_autoptr (McDesk) desk = mc_desk_new (store);
  g_autoptr (McContact) contact = NULL;
  McSecretKey key;
  gboolean ok;

  if (enrolment == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NOT_FOUND, "this desk is not enrolled");
      return FALSE;
    }
  if (!mc_store_device_key (store, &key, error))
    return FALSE;
  contact = mc_contact_new (enrolment, &key, run_here, desk);
  mc_secret_key_wipe (&key);
  ok = drive (contact, mc_store_clock (store), error);
  if (ret_report != NULL)
    *ret_report = mc_contact_report (contact, FALSE);
  return ok;
}
