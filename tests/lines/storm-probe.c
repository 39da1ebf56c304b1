/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * storm-probe URL
 *
 * A desk with nothing to do, which asks at its times while others storm. A process of its own: it
 * shares no lock with them. Reads its identity from stdin (device, certificate, key, a line each),
 * says "ready" once its lines are open, asks from the next line of stdin to its end, and prints how
 * many µs each answer took, counted from when it was to ask: a wait is not hidden by those that
 * would have come in it. "-1": no answer.
 */
#include "mc-road.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define EVERY_US (50 * 1000)
#define AT_ONCE 8 /* who is due later waits for a free line, and that counts */

typedef struct
{
  GAsyncQueue *roads; /* McRoad: those that nobody uses now */
  GMutex lock;
  GArray *took; /* gint64 µs */
} Probe;

static gboolean
ask_nothing (McRoad *road)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (McSyncAnswer) answer = NULL;
  McReply reply = { 0 };

  request->limit = 1;
  answer = mc_road_sync (road, request, NULL, &reply, NULL);
  return answer != NULL;
}

static void
ask_small (gpointer due, gpointer data)
{
  Probe *probe = data;
  McRoad *road = g_async_queue_pop (probe->roads);
  gint64 took = ask_nothing (road) ? g_get_monotonic_time () - *(gint64 *)due : -1;

  g_mutex_lock (&probe->lock);
  g_array_append_val (probe->took, took);
  g_mutex_unlock (&probe->lock);
  g_async_queue_push (probe->roads, road);
  g_free (due);
}

static void
read_line (char *line, int size)
{
  if (fgets (line, size, stdin) == NULL)
    exit (1);
  g_strchomp (line);
}

static void
open_roads (Probe *probe, const char *url)
{
  char device[128], certificate[4096], key[256];
  McSecretKey secret;

  read_line (device, sizeof device);
  read_line (certificate, sizeof certificate);
  read_line (key, sizeof key);
  if (!mc_base64_decode (key, secret.bytes, sizeof secret.bytes))
    exit (1);
  for (guint i = 0; i < AT_ONCE; i++)
    {
      McRoad *road = mc_road_new (url);

      mc_road_set_identity (road, device, certificate, &secret);
      if (!ask_nothing (road))
        exit (1);
      g_async_queue_push (probe->roads, road);
    }
}

/* Until stdin ends; which is looked for as long as nobody is due. */
static void
ask_on (Probe *probe)
{
  GThreadPool *pool = g_thread_pool_new (ask_small, probe, AT_ONCE, FALSE, NULL);
  struct pollfd end = { .fd = STDIN_FILENO, .events = POLLIN };
  gint64 due = g_get_monotonic_time ();

  do
    {
      g_thread_pool_push (pool, g_memdup2 (&due, sizeof due), NULL);
      due += EVERY_US;
    }
  while (poll (&end, 1, (int)(MAX (0, due - g_get_monotonic_time ()) / 1000)) == 0);
  g_thread_pool_free (pool, FALSE, TRUE);
}

int
main (int argc, char **argv)
{
  Probe probe = { .roads = g_async_queue_new_full ((GDestroyNotify)mc_road_free) };
  char line[16];

  if (argc != 2)
    return 2;
  mc_keys_init ();
  setvbuf (stdin, NULL, _IONBF, 0);
  probe.took = g_array_new (FALSE, FALSE, sizeof (gint64));
  open_roads (&probe, argv[1]);
  printf ("ready\n");
  fflush (stdout);
  read_line (line, sizeof line);
  ask_on (&probe);
  for (guint i = 0; i < probe.took->len; i++)
    printf ("%" G_GINT64_FORMAT "\n", g_array_index (probe.took, gint64, i));
  g_array_unref (probe.took);
  g_async_queue_unref (probe.roads);
  return 0;
}
