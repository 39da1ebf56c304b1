/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-scan-move.h"

#include "mc-scan-lanes.h"

struct _McScanMove
{
  GPtrArray *loads; /* McScanLoad: those that the last slice left half-way */
};

void
mc_scan_move_free (McScanMove *move)
{
  if (move == NULL)
    return;
  g_ptr_array_unref (move->loads);
  g_free (move);
}

/* What a piece of work on the profile is told, and tells. */
typedef struct
{
  gboolean out;
  guint most;
  GPtrArray *loads;   /* McScanLoad */
  McScanLoad *failed; /* (nullable): the one that has to wait */
  guint wait_s;       /* for how long others go first; 0: it is not put off */
} Errand;

static gpointer
choose (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McStore *store = mc_desk_store (desk);
  g_autoptr (GPtrArray) jobs = errand->out ? mc_store_blobs_to_send (store, errand->most)
                                           : mc_store_blobs_to_fetch (store, errand->most);

  for (guint i = 0; i < jobs->len; i++)
    {
      McBlobJob *job = g_steal_pointer (&jobs->pdata[i]);
      McBlobPlace *place = errand->out ? mc_store_blob_place (store, job->sha256)
                                       : mc_store_blob_part (store, job->sha256);

      g_ptr_array_add (errand->loads, mc_scan_load_new (errand->out, job, place));
    }
  return errand->loads->len > 0 ? errand : NULL;
}

static gboolean
end (McStore *store, const McTransfer *transfer, GError **error)
{
  return transfer->out ? mc_store_blob_sent (store, transfer->sha256, error)
                       : mc_store_blob_arrived (store, transfer->sha256, error);
}

static gboolean
note_load (McStore *store, const McScanLoad *load, GError **error)
{
  const McTransfer *transfer = load->transfer;

  if (mc_scan_load_done (load))
    {
      if (end (store, transfer, error))
        return TRUE;
      mc_store_blob_put_off (store, transfer->sha256, MC_PUT_OFF_S);
      return FALSE;
    }
  /* Announced and not known: what was known before is the better guess. */
  if (transfer->out && (transfer->offset >= 0 || !transfer->announced))
    mc_store_blob_progress (store,
                            transfer->sha256,
                            MAX (transfer->offset, 0),
                            transfer->announced ? transfer->path : NULL,
                            NULL);
  return TRUE;
}

static gpointer
note (McDesk *desk, gpointer data, GError **error)
{
  Errand *errand = data;
  McStore *store = mc_desk_store (desk);
  gboolean ok = TRUE;

  if (errand->wait_s > 0)
    mc_store_blob_put_off (store, errand->failed->job->sha256, errand->wait_s);
  for (guint i = 0; i < errand->loads->len; i++)
    {
      McScanLoad *load = errand->loads->pdata[i];

      /* One that is put off keeps what it has: it may have ended wrongly. */
      if (load->asked && !(load == errand->failed && mc_scan_load_done (load)))
        ok = note_load (store, load, ok ? error : NULL) && ok;
    }
  return ok ? errand : NULL;
}

/* What the slice before left half-way goes on where that ended; others may go first now. */
static void
go_on (McScanMove *kept, GPtrArray *loads)
{
  for (guint i = 0; kept != NULL && i < loads->len; i++)
    for (guint k = 0; k < kept->loads->len; k++)
      {
        McScanLoad *load = loads->pdata[i];
        McScanLoad *before = kept->loads->pdata[k];

        if (load->transfer != NULL || before->out != load->out ||
            !g_str_equal (before->job->sha256, load->job->sha256))
          continue;
        load->transfer = g_steal_pointer (&before->transfer);
        load->reader = g_steal_pointer (&before->reader);
        load->writer = g_steal_pointer (&before->writer);
      }
}

/* For how long others go first. */
static guint
wait_s (McScanLoad *load, McReply *reply)
{
  switch (reply->outcome)
    {
    case MC_OUTCOME_DENIED:
      /* The line works: it is only this scan that waits. */
      reply->outcome = MC_OUTCOME_DONE;
      return reply->retry_after_s > 0 ? reply->retry_after_s : MC_PUT_OFF_S;
    case MC_OUTCOME_FAILED:
      return mc_transfer_broke (load->transfer) ? MC_PUT_OFF_S : 0;
    default:
      return 0;
    }
}

/* What is half-way; the rest has ended, waits, or has not begun. */
static McScanMove *
keep (const Errand *errand)
{
  McScanMove *move = g_new0 (McScanMove, 1);

  move->loads = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_scan_load_free);
  for (guint i = 0; i < errand->loads->len; i++)
    {
      McScanLoad *load = errand->loads->pdata[i];

      if (!load->asked || mc_scan_load_done (load) ||
          (load == errand->failed && errand->wait_s > 0))
        continue;
      load->asked = FALSE;
      g_ptr_array_add (move->loads, load);
      errand->loads->pdata[i] = NULL;
    }
  return move;
}

static gint64
moved (const GPtrArray *loads)
{
  gint64 bytes = 0;

  for (guint i = 0; i < loads->len; i++)
    {
      const McScanLoad *load = loads->pdata[i];

      if (load->asked && load->transfer->offset > load->from)
        bytes += load->transfer->offset - load->from;
    }
  return bytes;
}

/* Returns: (transfer full): what goes on in the next slice */
static McScanMove *
move_on (Errand *errand,
         McContact *contact,
         McRoad *road,
         GCancellable *cancellable,
         McReply *reply,
         GError **error)
{
  gint64 began = g_get_monotonic_time ();
  McScanLoad *last = mc_scan_lanes_move (road, errand->loads, cancellable, reply, error);
  gboolean ok = reply->outcome == MC_OUTCOME_DONE;

  /* Ended by ourselves: nothing is in the way of it. */
  if (!ok && !g_cancellable_is_cancelled (cancellable))
    {
      errand->failed = last;
      errand->wait_s = wait_s (last, reply);
    }
  if (last->transfer != NULL)
    mc_contact_note_scan (contact,
                          last->transfer,
                          moved (errand->loads),
                          g_get_monotonic_time () - began);
  if (contact->run (contact->where, note, errand, ok ? error : NULL) == NULL)
    return NULL;
  return keep (errand);
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
  g_autoptr (McScanMove) before = g_steal_pointer (kept);
  Errand errand = { .out = out, .most = mc_scan_lanes_most (road, out) };

  reply->outcome = MC_OUTCOME_DONE;
  errand.loads = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_scan_load_free);
  if (contact->run (contact->where, choose, &errand, error) != NULL)
    {
      go_on (before, errand.loads);
      *kept = move_on (&errand, contact, road, cancellable, reply, error);
    }
  g_ptr_array_unref (errand.loads);
}
