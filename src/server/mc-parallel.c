/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-parallel.h"

/* Fewer items than this are done sooner than another thread wakes. */
#define ALONE_UP_TO 8
/* Taken at a time, so that the counter is not fought over. */
#define CHUNK 4

typedef struct
{
  char *items;
  guint count;
  gsize size;
  gboolean pointers;
  McParallelWork work;
  gint next;    /* atomic: the first item that nobody has taken */
  gint helpers; /* threads that are not done yet; guarded by the lock */
  GMutex lock;
  GCond done;
} Job;

static void
do_item (Job *job, guint place)
{
  char *item = job->items + place * job->size;

  job->work (job->pointers ? *(gpointer *)(void *)item : item);
}

static void
do_share (Job *job)
{
  guint from;

  while ((from = (guint)g_atomic_int_add (&job->next, CHUNK)) < job->count)
    for (guint i = from; i < MIN (from + CHUNK, job->count); i++)
      do_item (job, i);
}

static void
help (gpointer data, gpointer unused)
{
  Job *job = data;

  do_share (job);
  g_mutex_lock (&job->lock);
  if (--job->helpers == 0)
    g_cond_signal (&job->done);
  g_mutex_unlock (&job->lock);
}

/* One pool for the process; idle threads end by themselves. */
static GThreadPool *
helpers (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize)g_thread_pool_new (help, NULL, -1, FALSE, NULL));
  return (GThreadPool *)once; /* NOLINT(performance-no-int-to-ptr) */
}

static void
run (Job *job)
{
  guint threads = MIN (g_get_num_processors (), job->count / ALONE_UP_TO + 1);

  job->helpers = (gint)threads - 1;
  g_mutex_init (&job->lock);
  g_cond_init (&job->done);
  for (guint i = 1; i < threads; i++)
    g_thread_pool_push (helpers (), job, NULL);
  do_share (job);
  g_mutex_lock (&job->lock);
  while (job->helpers > 0)
    g_cond_wait (&job->done, &job->lock);
  g_mutex_unlock (&job->lock);
  g_cond_clear (&job->done);
  g_mutex_clear (&job->lock);
}

void
mc_parallel (gpointer items, guint count, gsize size, McParallelWork work)
{
  Job job = { .items = items, .count = count, .size = size, .work = work };

  g_return_if_fail (work != NULL);
  if (count > 0)
    run (&job);
}

void
mc_parallel_each (GPtrArray *items, McParallelWork work)
{
  Job job = {
    .items = (char *)items->pdata,
    .count = items->len,
    .size = sizeof (gpointer),
    .pointers = TRUE,
    .work = work,
  };

  g_return_if_fail (work != NULL);
  if (items->len > 0)
    run (&job);
}
