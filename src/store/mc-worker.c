/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-worker.h"

#include "mc-error.h"
#include "mc-signal.h"

struct _McWorker
{
  GObject parent_instance;

  GThread *thread;
  GAsyncQueue *jobs;
  gint changed_queued; /* atomic: a "changed" is on its way to the main context */
};

G_DEFINE_FINAL_TYPE (McWorker, mc_worker, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* One function on its way to the thread. Either a task takes the result, or a waiting thread does.
 */
typedef struct
{
  McWork work;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  GTask *task;
  /* For mc_worker_call(): */
  GMutex *mutex;
  GCond *cond;
  gboolean *done;
  gpointer *result;
  GError **error;
  gboolean stop;
} Job;

typedef struct
{
  McWorker *self;
  McStore *store;
  McDesk *desk;
} Room;

static gboolean
emit_changed (gpointer data)
{
  McWorker *self = data;

  g_atomic_int_set (&self->changed_queued, 0);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
tell_changed (McWorker *self)
{
  if (g_atomic_int_compare_and_exchange (&self->changed_queued, 0, 1))
    /* Not g_main_context_invoke(): it would run here while nobody iterates the main context. */
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, emit_changed, g_object_ref (self), g_object_unref);
}

static void
hand_over (Job *job, gpointer result, GError *error)
{
  if (job->task != NULL)
    {
      if (error != NULL)
        g_task_return_error (job->task, error);
      else
        g_task_return_pointer (job->task, result, job->free_result);
      g_object_unref (job->task);
      return;
    }
  g_mutex_lock (job->mutex);
  *job->result = result;
  if (error != NULL)
    g_propagate_error (job->error, error);
  *job->done = TRUE;
  g_cond_signal (job->cond);
  g_mutex_unlock (job->mutex);
}

static void
run_job (Room *room, Job *job)
{
  GError *error = NULL;
  gpointer result = NULL;

  if (job->task != NULL && g_task_return_error_if_cancelled (job->task))
    {
      g_object_unref (job->task);
      if (job->free_data != NULL)
        job->free_data (job->data);
      return;
    }
  result = job->work (room->desk, job->data, &error);
  if (job->free_data != NULL)
    job->free_data (job->data);
  /* Whoever asked hears first, then the lists refresh. */
  hand_over (job, result, error);
  if (mc_store_take_changed (room->store))
    tell_changed (room->self);
}

static gpointer
worker_thread (gpointer data)
{
  Room *room = data;
  gboolean stop = FALSE;

  while (!stop)
    {
      Job *job = g_async_queue_pop (room->self->jobs);

      stop = job->stop;
      if (!stop)
        run_job (room, job);
      g_free (job);
    }
  mc_desk_free (room->desk);
  mc_store_close (room->store);
  g_free (room);
  return NULL;
}

McWorker *
mc_worker_new (const char *profile, const McClock *clock, McDataKey *key, GError **error)
{
  g_autoptr (McWorker) self = NULL;
  McStore *store = mc_store_open (profile, clock, key, error);
  Room *room;

  if (store == NULL)
    return NULL;
  self = g_object_new (MC_TYPE_WORKER, NULL);
  room = g_new0 (Room, 1);
  room->self = self;
  room->store = store;
  room->desk = mc_desk_new (store);
  self->thread = g_thread_new ("mc-worker", worker_thread, room);
  return g_steal_pointer (&self);
}

void
mc_worker_stop (McWorker *worker)
{
  Job *job;

  g_return_if_fail (MC_IS_WORKER (worker));

  if (worker->thread == NULL)
    return;
  job = g_new0 (Job, 1);
  job->stop = TRUE;
  g_async_queue_push (worker->jobs, job);
  g_thread_join (g_steal_pointer (&worker->thread));
}

/* Somebody locked the desk: what was asked a moment too late is not done. */
static void
refuse_run (McWorker *worker,
            gpointer data,
            GDestroyNotify free_data,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  if (free_data != NULL)
    free_data (data);
  g_task_report_new_error (worker,
                           callback,
                           user_data,
                           mc_worker_run,
                           MC_ERROR,
                           MC_ERROR_BUSY,
                           "the profile is closed");
}

void
mc_worker_run (McWorker *worker,
               McWork work,
               gpointer data,
               GDestroyNotify free_data,
               GDestroyNotify free_result,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  Job *job;

  g_return_if_fail (MC_IS_WORKER (worker));

  if (worker->thread == NULL)
    {
      refuse_run (worker, data, free_data, callback, user_data);
      return;
    }
  job = g_new0 (Job, 1);
  job->work = work;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  job->task = g_task_new (worker, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, mc_worker_run);
  /* What was done was done: a cancel that comes too late does not turn it into a failure. */
  g_task_set_check_cancellable (job->task, FALSE);
  g_async_queue_push (worker->jobs, job);
}

gpointer
mc_worker_finish (McWorker *worker, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, worker), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gpointer
mc_worker_call (McWorker *worker, McWork work, gpointer data, GError **error)
{
  GMutex mutex;
  GCond cond;
  gboolean done = FALSE;
  gpointer result = NULL;
  Job *job;

  g_return_val_if_fail (MC_IS_WORKER (worker), NULL);

  g_mutex_init (&mutex);
  g_cond_init (&cond);
  job = g_new0 (Job, 1);
  job->work = work;
  job->data = data;
  job->mutex = &mutex;
  job->cond = &cond;
  job->done = &done;
  job->result = &result;
  job->error = error;
  g_async_queue_push (worker->jobs, job);
  g_mutex_lock (&mutex);
  while (!done)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
  g_mutex_clear (&mutex);
  g_cond_clear (&cond);
  return result;
}

static void
mc_worker_finalize (GObject *object)
{
  McWorker *self = MC_WORKER (object);

  g_assert (self->thread == NULL);
  g_async_queue_unref (self->jobs);
  G_OBJECT_CLASS (mc_worker_parent_class)->finalize (object);
}

static void
mc_worker_class_init (McWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_worker_finalize;

  signals[CHANGED] = mc_signal_new ("changed", MC_TYPE_WORKER, G_TYPE_NONE);
}

static void
mc_worker_init (McWorker *self)
{
  self->jobs = g_async_queue_new ();
}
