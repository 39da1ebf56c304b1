/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-cycle.h"

#include "mc-error.h"
#include "mc-signal.h"

/*
 * One thread, one contact at a time. The lock guards what other threads say to it (stop, wake) and
 * what it says to them (the report).
 */
struct _McSyncer
{
  GObject parent_instance;

  McWorker *worker;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  gboolean stop;
  gboolean rest;
  gboolean woken;
  gboolean network_came;
  gboolean metered;
  GCancellable
      *contact; /* of the answer that is being held, so that a change need not wait for it */
  gboolean held;
  McSyncReport report;
  gint report_queued; /* atomic */
};

G_DEFINE_FINAL_TYPE (McSyncer, mc_syncer, G_TYPE_OBJECT)

enum
{
  REPORT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gpointer
run_on_worker (gpointer where, McWork work, gpointer data, GError **error)
{
  return mc_worker_call (where, work, data, error);
}

static gboolean
emit_report (gpointer data)
{
  McSyncer *self = data;

  g_atomic_int_set (&self->report_queued, 0);
  g_signal_emit (self, signals[REPORT], 0);
  return G_SOURCE_REMOVE;
}

static void
publish (McSyncer *self, McCycle *cycle, gboolean sending)
{
  McSyncReport report = mc_contact_report (cycle->contact, sending);

  g_mutex_lock (&self->mutex);
  self->report = report;
  g_mutex_unlock (&self->mutex);
  if (g_atomic_int_compare_and_exchange (&self->report_queued, 0, 1))
    g_idle_add_full (G_PRIORITY_DEFAULT, emit_report, g_object_ref (self), g_object_unref);
}

/* What the worker gives of the profile: who this desk is. */
typedef struct
{
  McEnrolment *enrolment;
  McSecretKey key;
  const McClock *clock;
} Identity;

static gpointer
read_identity (McDesk *desk, gpointer data, GError **error)
{
  Identity *identity = data;
  McStore *store = mc_desk_store (desk);

  identity->clock = mc_store_clock (store);
  identity->enrolment = mc_store_enrolment (store);
  return identity->enrolment != NULL && mc_store_device_key (store, &identity->key, error)
             ? identity
             : NULL;
}

static McCycle *
make_cycle (McSyncer *self, const McClock **ret_clock)
{
  Identity identity = { 0 };
  McCycle *cycle = NULL;

  if (mc_worker_call (self->worker, read_identity, &identity, NULL) != NULL)
    cycle = mc_cycle_new (identity.enrolment, &identity.key, run_on_worker, self->worker);
  mc_enrolment_free (identity.enrolment);
  mc_secret_key_wipe (&identity.key);
  *ret_clock = identity.clock;
  return cycle;
}

/* Waits until @until_ms (monotonic of the profile's clock), a wake, or the end. */
static void
wait_until (McSyncer *self, const McClock *clock, gint64 until_ms)
{
  gint64 left_ms = until_ms == G_MAXINT64 ? 3600 * 1000 : MAX (0, until_ms - mc_clock_mono (clock));
  gint64 end = g_get_monotonic_time () + left_ms * 1000;

  while (!self->stop && !self->woken)
    if (!g_cond_wait_until (&self->cond, &self->mutex, end))
      break;
}

/* Says what was asked of it since; with the lock held. */
static void
take_wake (McSyncer *self, McCycle *cycle, const McClock *clock)
{
  cycle->contact->metered = self->metered;
  if (!self->woken)
    return;
  mc_engine_wake (cycle->contact->engine, mc_clock_mono (clock), self->network_came);
  if (self->network_came)
    g_hash_table_remove_all (cycle->contact->answered);
  self->woken = FALSE;
  self->network_came = FALSE;
}

static void
carry_out (McSyncer *self, McCycle *cycle, const McCommand *command, const McClock *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_mutex_lock (&self->mutex);
  self->contact = g_object_ref (cancellable);
  self->held = command->kind == MC_COMMAND_SYNC && command->wait_s > 0;
  /* A change that came between looking and asking: do not hold the answer for it. */
  if (self->stop || self->rest || (self->held && self->woken))
    g_cancellable_cancel (cancellable);
  g_mutex_unlock (&self->mutex);

  if (!self->held)
    publish (self, cycle, TRUE);
  mc_cycle_carry_out (cycle, command, clock, cancellable, &error);
  if (error != NULL && !g_cancellable_is_cancelled (cancellable))
    g_debug ("contact: %s", error->message);

  g_mutex_lock (&self->mutex);
  g_clear_object (&self->contact);
  self->held = FALSE;
  g_mutex_unlock (&self->mutex);
  publish (self, cycle, FALSE);
}

static void
turn (McSyncer *self, McCycle *cycle, const McClock *clock)
{
  McBacklog backlog;
  McCommand command;

  g_mutex_lock (&self->mutex);
  take_wake (self, cycle, clock);
  g_mutex_unlock (&self->mutex);
  backlog = mc_contact_backlog (cycle->contact);
  command = mc_engine_next (cycle->contact->engine, mc_clock_mono (clock), &backlog);
  if (command.kind != MC_COMMAND_WAIT)
    {
      carry_out (self, cycle, &command, clock);
      return;
    }
  publish (self, cycle, FALSE);
  g_mutex_lock (&self->mutex);
  wait_until (self, clock, command.until_ms);
  g_mutex_unlock (&self->mutex);
}

static gboolean
stopped (McSyncer *self)
{
  gboolean stop;

  g_mutex_lock (&self->mutex);
  stop = self->stop;
  g_mutex_unlock (&self->mutex);
  return stop;
}

/* Until it is told to go on. What was asked ahead is out of date then. */
static gboolean
resting (McSyncer *self)
{
  gboolean rested;

  g_mutex_lock (&self->mutex);
  rested = self->rest;
  while (self->rest && !self->stop)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return rested;
}

static gpointer
syncer_thread (gpointer data)
{
  McSyncer *self = data;
  const McClock *clock = NULL;
  g_autoptr (McCycle) cycle = NULL;

  while (!stopped (self))
    {
      if (cycle == NULL)
        cycle = make_cycle (self, &clock);
      if (resting (self))
        g_clear_pointer (&cycle, mc_cycle_free);
      else if (cycle != NULL)
        turn (self, cycle, clock);
      else
        {
          /* Not enrolled yet: whoever enrols wakes us. */
          g_mutex_lock (&self->mutex);
          wait_until (self, clock, G_MAXINT64);
          self->woken = FALSE;
          g_mutex_unlock (&self->mutex);
        }
    }
  return NULL;
}

McSyncer *
mc_syncer_new (McWorker *worker)
{
  McSyncer *self = g_object_new (MC_TYPE_SYNCER, NULL);

  self->worker = g_object_ref (worker);
  return self;
}

void
mc_syncer_start (McSyncer *syncer)
{
  g_return_if_fail (MC_IS_SYNCER (syncer));

  if (syncer->thread != NULL)
    return;
  syncer->stop = FALSE;
  syncer->thread = g_thread_new ("mc-syncer", syncer_thread, syncer);
}

void
mc_syncer_stop (McSyncer *syncer)
{
  g_return_if_fail (MC_IS_SYNCER (syncer));

  if (syncer->thread == NULL)
    return;
  g_mutex_lock (&syncer->mutex);
  syncer->stop = TRUE;
  if (syncer->contact != NULL)
    g_cancellable_cancel (syncer->contact);
  g_cond_signal (&syncer->cond);
  g_mutex_unlock (&syncer->mutex);
  g_thread_join (g_steal_pointer (&syncer->thread));
}

void
mc_syncer_wake (McSyncer *syncer, gboolean network_came)
{
  g_return_if_fail (MC_IS_SYNCER (syncer));

  g_mutex_lock (&syncer->mutex);
  syncer->woken = TRUE;
  syncer->network_came = syncer->network_came || network_came;
  if (syncer->held && syncer->contact != NULL)
    g_cancellable_cancel (syncer->contact);
  g_cond_signal (&syncer->cond);
  g_mutex_unlock (&syncer->mutex);
}

void
mc_syncer_set_metered (McSyncer *syncer, gboolean metered)
{
  g_return_if_fail (MC_IS_SYNCER (syncer));

  g_mutex_lock (&syncer->mutex);
  syncer->metered = metered;
  g_mutex_unlock (&syncer->mutex);
}

void
mc_syncer_rest (McSyncer *syncer, gboolean rest)
{
  g_return_if_fail (MC_IS_SYNCER (syncer));

  g_mutex_lock (&syncer->mutex);
  syncer->rest = rest;
  if (rest && syncer->contact != NULL)
    g_cancellable_cancel (syncer->contact);
  g_cond_signal (&syncer->cond);
  g_mutex_unlock (&syncer->mutex);
}

McSyncReport
mc_syncer_report (McSyncer *syncer)
{
  McSyncReport report;

  g_mutex_lock (&syncer->mutex);
  report = syncer->report;
  g_mutex_unlock (&syncer->mutex);
  return report;
}

static void
mc_syncer_finalize (GObject *object)
{
  McSyncer *self = MC_SYNCER (object);

  g_assert (self->thread == NULL);
  g_clear_object (&self->worker);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  G_OBJECT_CLASS (mc_syncer_parent_class)->finalize (object);
}

static void
mc_syncer_class_init (McSyncerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_syncer_finalize;

  signals[REPORT] = mc_signal_new ("report", MC_TYPE_SYNCER, G_TYPE_NONE);
}

static void
mc_syncer_init (McSyncer *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
}
