/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-scan-lanes.h"

#include "mc-error.h"

#define SLICE_US G_USEC_PER_SEC
/* What somebody asks for meanwhile waits no longer than it would for one scan of a slower line. */
#define QUICK_SLICE_US (G_USEC_PER_SEC / 4)
#define QUICK_SLICE_SCANS 32

/* What the lanes share. */
typedef struct
{
  GMutex lock; /* over the next three */
  GPtrArray *loads;
  guint next;
  gboolean stop;
  gint64 over;
  GCancellable *cancellable;
} Queue;

typedef struct
{
  Queue *queue;
  McRoad *road;
  GThread *thread;
  McScanLoad *last; /* (nullable): what it took last */
  McReply reply;
} Lane;

McScanLoad *
mc_scan_load_new (gboolean out, McBlobJob *job, McBlobPlace *place)
{
  McScanLoad *load = g_new0 (McScanLoad, 1);

  load->out = out;
  load->job = job;
  load->place = place;
  return load;
}

void
mc_scan_load_free (McScanLoad *load)
{
  if (load == NULL)
    return;
  mc_transfer_free (load->transfer);
  g_clear_pointer (&load->reader, mc_blob_reader_unref);
  g_clear_pointer (&load->writer, mc_blob_writer_free);
  mc_blob_place_unref (load->place);
  mc_blob_job_free (load->job);
  g_free (load);
}

gboolean
mc_scan_load_done (const McScanLoad *load)
{
  return load->transfer != NULL && mc_transfer_next (load->transfer) == MC_TRANSFER_DONE;
}

static gboolean
begin (McScanLoad *load, GError **error)
{
  const McBlobJob *job = load->job;

  if (load->transfer != NULL)
    return TRUE;
  if (load->out && (load->reader = mc_blob_place_read (load->place, error)) != NULL)
    load->transfer =
        mc_transfer_out (job->sha256, mc_blob_reader_size (load->reader), job->url, job->done);
  else if (!load->out && (load->writer = mc_blob_place_write (load->place, error)) != NULL)
    load->transfer =
        mc_transfer_in (job->sha256, (gint64)job->size, mc_blob_writer_have (load->writer));
  return load->transfer != NULL;
}

static gboolean
step (McScanLoad *load, Lane *lane, GError **error)
{
  GCancellable *cancellable = lane->queue->cancellable;

  return load->out ? mc_road_send_step (lane->road,
                                        load->transfer,
                                        load->reader,
                                        cancellable,
                                        &lane->reply,
                                        error)
                   : mc_road_fetch_step (lane->road,
                                         load->transfer,
                                         load->writer,
                                         cancellable,
                                         &lane->reply,
                                         error);
}

/* Whole: it is on the disk for good, or it was something else and begins anew. */
static gboolean
finish (McScanLoad *load, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (load->out || mc_blob_writer_finish (load->writer, NULL, &problem))
    return TRUE;
  if (g_error_matches (problem, MC_ERROR, MC_ERROR_DAMAGED))
    mc_blob_writer_restart (load->writer, NULL);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
is_over (Queue *queue)
{
  return g_get_monotonic_time () >= queue->over || g_cancellable_is_cancelled (queue->cancellable);
}

/* Until the scan is whole, the time over, or something in the way. */
static gboolean
carry (Lane *lane, McScanLoad *load, GError **error)
{
  lane->reply.outcome = MC_OUTCOME_DENIED;
  if (!begin (load, error))
    return FALSE;
  load->asked = TRUE;
  load->from = MAX (load->transfer->offset, 0);
  lane->reply.outcome = MC_OUTCOME_DONE;
  while (!mc_scan_load_done (load))
    {
      if (is_over (lane->queue))
        return TRUE;
      if (!step (load, lane, error))
        return FALSE;
    }
  if (finish (load, error))
    return TRUE;
  lane->reply.outcome = MC_OUTCOME_DENIED;
  return FALSE;
}

/* The next one in their order, or NULL. The first is taken however little time there is. */
static McScanLoad *
take (Queue *queue)
{
  McScanLoad *load = NULL;

  g_mutex_lock (&queue->lock);
  if (!queue->stop && queue->next < queue->loads->len && (queue->next == 0 || !is_over (queue)))
    load = queue->loads->pdata[queue->next++];
  g_mutex_unlock (&queue->lock);
  return load;
}

static void
stop (Queue *queue)
{
  g_mutex_lock (&queue->lock);
  queue->stop = TRUE;
  g_mutex_unlock (&queue->lock);
}

static gboolean
run (Lane *lane, McScanLoad *first, GError **error)
{
  for (McScanLoad *load = first; load != NULL; load = take (lane->queue))
    {
      lane->last = load;
      if (!carry (lane, load, error))
        {
          stop (lane->queue);
          return FALSE;
        }
    }
  return TRUE;
}

/* What fails here does not count: where it is more than bad luck, the first lane meets it too. */
static gpointer
run_beside (gpointer data)
{
  Lane *lane = data;
  gboolean ok = run (lane, take (lane->queue), NULL);

  if (!ok && lane->last->transfer != NULL && lane->reply.outcome == MC_OUTCOME_FAILED)
    mc_transfer_broke (lane->last->transfer);
  return GINT_TO_POINTER (ok);
}

guint
mc_scan_lanes_most (McRoad *road, gboolean out)
{
  return mc_road_lanes (road, out) > 1 ? QUICK_SLICE_SCANS : 1;
}

McScanLoad *
mc_scan_lanes_move (McRoad *road,
                    GPtrArray *loads,
                    GCancellable *cancellable,
                    McReply *reply,
                    GError **error)
{
  Queue queue = { .loads = loads, .cancellable = cancellable };
  Lane lanes[MC_PACE_LANES] = { { .queue = &queue, .road = road, .reply = *reply } };
  McScanLoad *first = loads->pdata[0];
  guint count = first->out ? MIN (mc_road_lanes (road, TRUE), loads->len) : 1;
  gboolean beside_ok = TRUE;

  queue.over = g_get_monotonic_time () + (loads->len > 1 ? QUICK_SLICE_US : SLICE_US);
  g_mutex_init (&queue.lock);
  take (&queue);
  for (guint i = 1; i < count; i++)
    {
      lanes[i] = (Lane){ .queue = &queue, .road = mc_road_beside (road, i) };
      lanes[i].thread = g_thread_new ("mc-scan-lane", run_beside, &lanes[i]);
    }
  run (&lanes[0], first, error);
  for (guint i = 1; i < count; i++)
    {
      beside_ok = GPOINTER_TO_INT (g_thread_join (lanes[i].thread)) && beside_ok;
      lanes[0].reply.bytes_up += lanes[i].reply.bytes_up;
      lanes[0].reply.bytes_down += lanes[i].reply.bytes_down;
    }
  if (!beside_ok)
    mc_road_one_lane (road);
  g_mutex_clear (&queue.lock);
  *reply = lanes[0].reply;
  return lanes[0].last;
}
