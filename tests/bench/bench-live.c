/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-live HERE THERE COUNT
 *
 * Two desks with their threads, as two windows have them: HERE changes a phone number COUNT times,
 * each once THERE has shown the one before. Prints how long each took from the act to the other
 * desk's list being told, in microseconds, one a line. Both profiles are enrolled and signed in.
 */
#include "bench-key.h"
#include "mc-desk.h"
#include "mc-syncer.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct
{
  McWorker *worker;
  McSyncer *syncer;
  McStore *reader;
} Side;

typedef struct
{
  Side here, there;
  char *dossier;
  gint64 began;
  guint done, count;
  GMainLoop *loop;
} Bench;

static void
fail (const GError *error)
{
  fprintf (stderr, "bench-live: %s\n", error != NULL ? error->message : "failed");
  exit (1);
}

static gpointer
work_enter (McDesk *desk, gpointer data, GError **error)
{
  return GINT_TO_POINTER (mc_desk_enter (desk, data, NULL, error));
}

static void
open_side (Side *side, const char *profile)
{
  g_autoptr (McArrival) arrival = bench_open (profile);
  g_autoptr (GError) error = NULL;

  side->worker = mc_worker_new (profile, mc_clock_system (), arrival->key, &error);
  side->reader = mc_store_open_reader (profile, mc_clock_system (), arrival->key, &error);
  if (side->worker == NULL || side->reader == NULL)
    fail (error);
  mc_worker_call (side->worker, work_enter, arrival->login, NULL);
  side->syncer = mc_syncer_new (side->worker);
  mc_syncer_start (side->syncer);
}

static void
close_side (Side *side)
{
  mc_syncer_stop (side->syncer);
  mc_worker_stop (side->worker);
  mc_store_close (side->reader);
}

static gpointer
work_set (McDesk *desk, gpointer data, GError **error)
{
  Bench *bench = data;
  g_autofree char *phone = g_strdup_printf ("09%08u", bench->done);
  g_autoptr (json_t) value = json_pack ("{s:s}", "phone", phone);

  return GINT_TO_POINTER (mc_desk_set (desk, bench->dossier, "contact", value, error));
}

static void
act (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  bench->began = g_get_monotonic_time ();
  if (mc_worker_call (bench->here.worker, work_set, bench, &error) == NULL)
    fail (error);
  mc_syncer_wake (bench->here.syncer, FALSE);
}

static gboolean
shown (Bench *bench)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (bench->there.reader, bench->dossier, NULL);
  g_autofree char *phone = g_strdup_printf ("09%08u", bench->done);

  return dossier != NULL && g_strcmp0 (dossier->row->phone, phone) == 0;
}

/* The desk waits for news again only after it has taken this: the next act meets it there. */
static gboolean
next (gpointer data)
{
  Bench *bench = data;

  if (++bench->done > bench->count)
    g_main_loop_quit (bench->loop);
  else
    act (bench);
  return G_SOURCE_REMOVE;
}

static void
there_changed (Bench *bench)
{
  if (bench->began == 0 || !shown (bench))
    return;
  printf ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - bench->began);
  bench->began = 0;
  g_timeout_add (20, next, bench);
}

/* The first dossier that both have. */
static gboolean
begin (gpointer data)
{
  Bench *bench = data;
  McFilter filter = { .queue = MC_QUEUE_ALL };
  g_autoptr (GArray) numbers = mc_store_list (bench->there.reader, &filter, NULL);
  g_autoptr (GPtrArray) rows = NULL;

  if (numbers == NULL || numbers->len == 0)
    return G_SOURCE_CONTINUE;
  rows = mc_store_rows (bench->there.reader, (const gint64 *)(void *)numbers->data, 1, NULL);
  bench->dossier = g_strdup (((McRow *)rows->pdata[0])->id);
  g_timeout_add (500, next, bench);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  Bench bench = { .loop = g_main_loop_new (NULL, FALSE) };

  if (argc != 4)
    return 2;
  mc_keys_init ();
  bench.count = (guint)atoi (argv[3]);
  open_side (&bench.here, argv[1]);
  open_side (&bench.there, argv[2]);
  g_signal_connect_swapped (bench.there.worker, "changed", G_CALLBACK (there_changed), &bench);
  g_timeout_add (100, begin, &bench);
  g_main_loop_run (bench.loop);
  close_side (&bench.here);
  close_side (&bench.there);
  return 0;
}
