/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ahead.h"

/* Fewer items than this are done sooner than another thread wakes. */
#define ALONE_UP_TO 8

typedef enum
{
  FREE,
  TAKEN,
  DONE,
} Progress;

struct _McAhead
{
  GPtrArray *items;
  McAheadWork work;
  gint *progress; /* atomic; Progress of each */
  gint next;      /* atomic: nobody has to look before it for one that is free */
  gint users;     /* atomic: the caller, and helpers that have not ended */
  GMutex lock;
  GCond done;
};

static void
unref (McAhead *ahead)
{
  if (!g_atomic_int_dec_and_test (&ahead->users))
    return;
  g_cond_clear (&ahead->done);
  g_mutex_clear (&ahead->lock);
  g_ptr_array_unref (ahead->items);
  g_free (ahead->progress);
  g_free (ahead);
}

/* Does the item unless somebody else has taken it. */
static gboolean
do_item (McAhead *ahead, guint place)
{
  if (!g_atomic_int_compare_and_exchange (&ahead->progress[place], FREE, TAKEN))
    return FALSE;
  ahead->work (ahead->items->pdata[place]);
  g_mutex_lock (&ahead->lock);
  g_atomic_int_set (&ahead->progress[place], DONE);
  g_cond_signal (&ahead->done);
  g_mutex_unlock (&ahead->lock);
  return TRUE;
}

/* %FALSE where none is left that nobody has looked at. */
static gboolean
do_next (McAhead *ahead)
{
  guint place = (guint)g_atomic_int_add (&ahead->next, 1);

  if (place >= ahead->items->len)
    {
      g_atomic_int_set (&ahead->next, (gint)ahead->items->len);
      return FALSE;
    }
  do_item (ahead, place);
  return TRUE;
}

static void
help (gpointer data, gpointer unused)
{
  McAhead *ahead = data;

  while (do_next (ahead))
    ;
  unref (ahead);
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

McAhead *
mc_ahead_start (GPtrArray *items, McAheadWork work)
{
  McAhead *ahead;
  guint threads = MIN (g_get_num_processors (), items->len / ALONE_UP_TO + 1);

  g_return_val_if_fail (work != NULL, NULL);

  ahead = g_new0 (McAhead, 1);
  ahead->items = g_ptr_array_ref (items);
  ahead->work = work;
  ahead->progress = g_new0 (gint, MAX (items->len, 1));
  ahead->users = (gint)threads;
  g_mutex_init (&ahead->lock);
  g_cond_init (&ahead->done);
  for (guint i = 1; i < threads; i++)
    g_thread_pool_push (helpers (), ahead, NULL);
  return ahead;
}

static void
wait_for (McAhead *ahead, guint place)
{
  g_mutex_lock (&ahead->lock);
  while (g_atomic_int_get (&ahead->progress[place]) == TAKEN)
    g_cond_wait (&ahead->done, &ahead->lock);
  g_mutex_unlock (&ahead->lock);
}

void
mc_ahead_need (McAhead *ahead, guint place)
{
  g_return_if_fail (place < ahead->items->len);

  if (do_item (ahead, place))
    return;
  while (g_atomic_int_get (&ahead->progress[place]) != DONE)
    if (!do_next (ahead))
      wait_for (ahead, place);
}

void
mc_ahead_all (McAhead *ahead)
{
  for (guint i = 0; i < ahead->items->len; i++)
    mc_ahead_need (ahead, i);
}

void
mc_ahead_stop (McAhead *ahead)
{
  if (ahead == NULL)
    return;
  for (guint i = 0; i < ahead->items->len; i++)
    if (!g_atomic_int_compare_and_exchange (&ahead->progress[i], FREE, DONE))
      wait_for (ahead, i);
  unref (ahead);
}
