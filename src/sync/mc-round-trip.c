/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-round-trip.h"

struct _McRoundTrip
{
  McRoad *road;
  McSyncRequest *request;
  const McClock *clock;
  GThread *thread;
  GCancellable *cancellable;
  McReply reply; /* what follows is the thread's until it is joined */
  McSyncAnswer *answer;
  GError *error;
};

static gpointer
travel (gpointer data)
{
  McRoundTrip *trip = data;

  trip->answer =
      mc_road_sync (trip->road, trip->request, trip->cancellable, &trip->reply, &trip->error);
  trip->reply.came_ms = mc_clock_wall (trip->clock);
  return NULL;
}

McRoundTrip *
mc_round_trip_start (McRoad *road, McSyncRequest *request, const McClock *clock)
{
  McRoundTrip *trip = g_new0 (McRoundTrip, 1);

  trip->road = road;
  trip->request = request;
  trip->clock = clock;
  trip->cancellable = g_cancellable_new ();
  trip->reply.outcome = MC_OUTCOME_FAILED;
  trip->thread = g_thread_new ("mc-round-trip", travel, trip);
  return trip;
}

static void
cancel (GCancellable *theirs, gpointer ours)
{
  g_cancellable_cancel (ours);
}

McSyncAnswer *
mc_round_trip_end (McRoundTrip *trip, GCancellable *cancellable, McReply *ret_reply, GError **error)
{
  gulong link = 0;
  McSyncAnswer *answer;

  if (cancellable != NULL)
    link = g_cancellable_connect (cancellable, G_CALLBACK (cancel), trip->cancellable, NULL);
  g_thread_join (trip->thread);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, link);
  *ret_reply = trip->reply;
  answer = trip->answer;
  if (trip->error != NULL)
    g_propagate_error (error, trip->error);
  mc_sync_request_free (trip->request);
  g_object_unref (trip->cancellable);
  g_free (trip);
  return answer;
}

void
mc_round_trip_drop (McRoundTrip *trip)
{
  McReply reply;

  if (trip == NULL)
    return;
  g_cancellable_cancel (trip->cancellable);
  mc_sync_answer_free (mc_round_trip_end (trip, NULL, &reply, NULL));
}
