/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-chores.h"

#include "mc-backup.h"
#include "mc-departed.h"
#include "mc-preparation.h"
#include "mc-scrub.h"

/* A scrub of so much every few minutes is through with a gigabyte in a working day. */
#define TURN_US (5 * 60 * G_TIME_SPAN_SECOND)
#define PAGES 512
#define CHUNKS 128
#define DEPARTED 4

struct _McChores
{
  McWorker *worker;
  const McClock *clock;
  McStore *reader;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  gboolean stop;
  gboolean woken;
  gboolean asked; /* a person wants a backup now; until it is made */
};

/* Turn: whether this one has a backup to make. */
typedef struct
{
  gboolean now;    /* due or not: somebody asked */
  gboolean missed; /* only where the folder is there again */
} Turn;

static gpointer
read_folder (McDesk *desk, gpointer data, GError **error)
{
  McStore *store = mc_desk_store (desk);
  Turn *turn = data;

  turn->missed = !turn->now && mc_backup_missed (store);
  return turn->now || turn->missed || mc_backup_due (store) ? mc_backup_folder (store) : NULL;
}

typedef struct
{
  gint64 at_ms;
  const GError *problem;
} Note;

static gpointer
take_note (McDesk *desk, gpointer data, GError **error)
{
  const Note *note = data;

  mc_backup_note (mc_desk_store (desk), note->at_ms, note->problem, NULL);
  mc_store_mark_changed (mc_desk_store (desk));
  return data;
}

static gpointer
tidy (McDesk *desk, gpointer data, GError **error)
{
  mc_scrub_slice (mc_desk_store (desk), PAGES, CHUNKS, NULL, NULL);
  mc_departed_sweep (mc_desk_store (desk), DEPARTED, NULL, NULL);
  mc_preparation_forget (mc_desk_store (desk), NULL);
  return data;
}

static gboolean
stopped (McChores *chores)
{
  gboolean stop;

  g_mutex_lock (&chores->mutex);
  stop = chores->stop;
  g_mutex_unlock (&chores->mutex);
  return stop;
}

static void
forget_asked (McChores *chores)
{
  g_mutex_lock (&chores->mutex);
  chores->asked = FALSE;
  g_mutex_unlock (&chores->mutex);
}

static void
back_up (McChores *chores)
{
  Turn turn = { .now = mc_chores_backing_up (chores) };
  g_autofree char *folder = mc_worker_call (chores->worker, read_folder, &turn, NULL);
  g_autoptr (GError) problem = NULL;
  Note note;

  /* A stick that was put in again; a folder on the network that hangs holds up this thread only. */
  if (turn.missed && folder != NULL && !g_file_test (folder, G_FILE_TEST_IS_DIR))
    g_clear_pointer (&folder, g_free);
  if (folder != NULL)
    mc_backup_make (chores->reader, folder, NULL, &problem);
  /* Before it is noted: the page that asked looks when it is told of a change. */
  if (turn.now)
    forget_asked (chores);
  if (folder == NULL || stopped (chores))
    return;
  note = (Note){ mc_clock_wall (chores->clock), problem };
  mc_worker_call (chores->worker, take_note, &note, NULL);
}

static gpointer
chores_thread (gpointer data)
{
  McChores *chores = data;

  while (!stopped (chores))
    {
      gint64 end = g_get_monotonic_time () + TURN_US;

      back_up (chores);
      if (!stopped (chores))
        mc_worker_call (chores->worker, tidy, chores, NULL);
      g_mutex_lock (&chores->mutex);
      while (!chores->stop && !chores->woken)
        if (!g_cond_wait_until (&chores->cond, &chores->mutex, end))
          break;
      chores->woken = FALSE;
      g_mutex_unlock (&chores->mutex);
    }
  return NULL;
}

McChores *
mc_chores_new (McWorker *worker, const char *profile, const McClock *clock, McDataKey *key)
{
  McStore *reader = mc_store_open_reader (profile, clock, key, NULL);
  McChores *chores;

  if (reader == NULL)
    return NULL;
  chores = g_new0 (McChores, 1);
  chores->worker = g_object_ref (worker);
  chores->clock = clock;
  chores->reader = reader;
  g_mutex_init (&chores->mutex);
  g_cond_init (&chores->cond);
  chores->thread = g_thread_new ("mc-chores", chores_thread, chores);
  return chores;
}

static void
tell (McChores *chores, gboolean *flag)
{
  g_mutex_lock (&chores->mutex);
  *flag = TRUE;
  chores->woken = TRUE;
  g_cond_signal (&chores->cond);
  g_mutex_unlock (&chores->mutex);
}

void
mc_chores_wake (McChores *chores)
{
  tell (chores, &chores->woken);
}

void
mc_chores_back_up (McChores *chores)
{
  tell (chores, &chores->asked);
}

gboolean
mc_chores_backing_up (McChores *chores)
{
  gboolean asked;

  g_mutex_lock (&chores->mutex);
  asked = chores->asked;
  g_mutex_unlock (&chores->mutex);
  return asked;
}

void
mc_chores_free (McChores *chores)
{
  if (chores == NULL)
    return;
  tell (chores, &chores->stop);
  mc_backup_stop (chores->reader);
  g_thread_join (chores->thread);
  mc_store_close (chores->reader);
  g_object_unref (chores->worker);
  g_mutex_clear (&chores->mutex);
  g_cond_clear (&chores->cond);
  g_free (chores);
}
