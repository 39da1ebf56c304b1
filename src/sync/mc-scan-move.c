/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-scan-move.h"

#include "mc-error.h"

#define SLICE_US G_USEC_PER_SEC

struct _McScanMove
{
  McTransfer *transfer;
  McBlobPlace *place;
  McBlobReader *reader; /* of one that goes out */
  McBlobWriter *writer; /* of one that comes in */
};

void
mc_scan_move_free (McScanMove *move)
{
  if (move == NULL)
    return;
  mc_transfer_free (move->transfer);
  g_clear_pointer (&move->reader, mc_blob_reader_unref);
  g_clear_pointer (&move->writer, mc_blob_writer_free);
  mc_blob_place_unref (move->place);
  g_free (move);
}

/* What a piece of work on the profile is told, and tells. */
typedef struct
{
  gboolean out;
  McBlobJob *job;
  McBlobPlace *place;
  const McTransfer *transfer;
  guint wait_s; /* for how long others go first; 0: it is not put off */
} Errand;

static gpointer
choose (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McStore *store = mc_desk_store (desk);

  errand->job = errand->out ? mc_store_blob_to_send (store) : mc_store_blob_to_fetch (store);
  if (errand->job == NULL)
    return NULL;
  errand->place = errand->out ? mc_store_blob_place (store, errand->job->sha256)
                              : mc_store_blob_part (store, errand->job->sha256);
  return errand;
}

static gboolean
end (McStore *store, const McTransfer *transfer, GError **error)
{
  return transfer->out ? mc_store_blob_sent (store, transfer->sha256, error)
                       : mc_store_blob_arrived (store, transfer->sha256, error);
}

static gpointer
note (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McStore *store = mc_desk_store (desk);
  const McTransfer *transfer = errand->transfer;

  if (errand->wait_s > 0)
    mc_store_blob_put_off (store, transfer->sha256, errand->wait_s);
  else if (mc_transfer_next (transfer) == MC_TRANSFER_DONE)
    {
      if (end (store, transfer, error))
        return errand;
      mc_store_blob_put_off (store, transfer->sha256, MC_PUT_OFF_S);
      return NULL;
    }
  /* Announced and not known: what was known before is the better guess. */
  if (transfer->out && (transfer->offset >= 0 || !transfer->announced))
    mc_store_blob_progress (store,
                            transfer->sha256,
                            MAX (transfer->offset, 0),
                            transfer->announced ? transfer->path : NULL,
                            NULL);
  return errand;
}

/* The same scan as in the slice before goes on where that ended; another one may go first now. */
static gboolean
is_same (const McScanMove *move, const Errand *errand)
{
  return move != NULL && move->transfer->out == errand->out &&
         g_str_equal (move->transfer->sha256, errand->job->sha256);
}

static McScanMove *
begin (const Errand *errand, GError **error)
{
  g_autoptr (McScanMove) move = g_new0 (McScanMove, 1);
  const McBlobJob *job = errand->job;

  move->place = mc_blob_place_ref (errand->place);
  if (errand->out)
    {
      move->reader = mc_blob_place_read (move->place, error);
      move->transfer = mc_transfer_out (job->sha256,
                                        move->reader ? mc_blob_reader_size (move->reader) : 0,
                                        job->url,
                                        job->done);
      return move->reader != NULL ? g_steal_pointer (&move) : NULL;
    }
  move->writer = mc_blob_place_write (move->place, error);
  move->transfer = mc_transfer_in (job->sha256,
                                   (gint64)job->size,
                                   move->writer ? mc_blob_writer_have (move->writer) : 0);
  return move->writer != NULL ? g_steal_pointer (&move) : NULL;
}

static gboolean
step (McScanMove *move, McRoad *road, GCancellable *cancellable, McReply *reply, GError **error)
{
  return move->transfer->out
             ? mc_road_send_step (road, move->transfer, move->reader, cancellable, reply, error)
             : mc_road_fetch_step (road, move->transfer, move->writer, cancellable, reply, error);
}

/* Whole: it is on the disk for good, or it was something else and begins anew. */
static gboolean
finish (McScanMove *move, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (move->transfer->out || mc_blob_writer_finish (move->writer, NULL, &problem))
    return TRUE;
  if (g_error_matches (problem, MC_ERROR, MC_ERROR_DAMAGED))
    mc_blob_writer_restart (move->writer, NULL);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* Until the slice is over, the scan whole, or something in the way. */
static gboolean
run (McScanMove *move, McRoad *road, GCancellable *cancellable, McReply *reply, GError **error)
{
  gint64 over = g_get_monotonic_time () + SLICE_US;

  reply->outcome = MC_OUTCOME_DONE;
  while (mc_transfer_next (move->transfer) != MC_TRANSFER_DONE)
    {
      if (g_get_monotonic_time () >= over || g_cancellable_is_cancelled (cancellable))
        return TRUE;
      if (!step (move, road, cancellable, reply, error))
        return FALSE;
    }
  if (finish (move, error))
    return TRUE;
  reply->outcome = MC_OUTCOME_DENIED;
  return FALSE;
}

/* For how long others go first. */
static guint
wait_s (McScanMove *move, McReply *reply)
{
  switch (reply->outcome)
    {
    case MC_OUTCOME_DENIED:
      /* The line works: it is only this scan that waits. */
      reply->outcome = MC_OUTCOME_DONE;
      return reply->retry_after_s > 0 ? reply->retry_after_s : MC_PUT_OFF_S;
    case MC_OUTCOME_FAILED:
      return mc_transfer_broke (move->transfer) ? MC_PUT_OFF_S : 0;
    default:
      return 0;
    }
}

static void
move_on (McScanMove **kept,
         McContact *contact,
         McRoad *road,
         GCancellable *cancellable,
         McReply *reply,
         GError **error)
{
  McScanMove *move = *kept;
  Errand errand = { .transfer = move->transfer };
  gint64 from = MAX (move->transfer->offset, 0);
  gint64 began = g_get_monotonic_time ();
  gboolean ok = run (move, road, cancellable, reply, error);

  /* Ended by ourselves: nothing is in the way of it. */
  if (!ok && !g_cancellable_is_cancelled (cancellable))
    errand.wait_s = wait_s (move, reply);
  mc_contact_note_scan (contact,
                        move->transfer,
                        move->transfer->offset - from,
                        g_get_monotonic_time () - began);
  if (contact->run (contact->where, note, &errand, ok ? error : NULL) == NULL ||
      errand.wait_s > 0 || mc_transfer_next (move->transfer) == MC_TRANSFER_DONE)
    g_clear_pointer (kept, mc_scan_move_free);
}

/* A scan that cannot be read or written here: it is not the line's fault. */
static gpointer
put_off (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;

  mc_store_blob_put_off (mc_desk_store (desk), errand->job->sha256, MC_PUT_OFF_S);
  return errand;
}

void
mc_scan_move_slice (McScanMove **kept,
                    McContact *contact,
                    McRoad *road,
                    gboolean out,
                    GCancellable *cancellable,
                    McReply *reply,
                    GError **error)
{
  Errand errand = { .out = out };

  reply->outcome = MC_OUTCOME_DONE;
  if (contact->run (contact->where, choose, &errand, error) == NULL)
    {
      g_clear_pointer (kept, mc_scan_move_free);
      return;
    }
  if (!is_same (*kept, &errand))
    {
      g_clear_pointer (kept, mc_scan_move_free);
      *kept = begin (&errand, error);
    }
  if (*kept != NULL)
    move_on (kept, contact, road, cancellable, reply, error);
  else
    contact->run (contact->where, put_off, &errand, NULL);
  mc_blob_job_free (errand.job);
  mc_blob_place_unref (errand.place);
}
