/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-reader.h"
#include "mc-burst.h"
#include "mc-reader-field.h"
#include "mc-serial.h"
#include "mc-signal.h"

/*
 * Every key press and release of the window comes here first, in the capture phase, before the
 * focused widget's input method. What McBurst holds is kept as the original GdkEvent and, when it
 * was typing after all, put back into the display's queue one by one.
 *
 * One by one matters: the IBus module of GTK 4 waits for the daemon in a nested main loop, in which
 * the next key would be handled before the present one has reached its field, and the two would
 * change places. So a key that comes while another is still on its way waits in `queue`; this mends
 * fast typing too.
 */

/* An input method that does not answer for so long is not waited for any more. */
#define STUCK_US (300 * 1000)
/* Some input methods put a key that they did not want back into the queue: it was judged already.
 */
#define N_SEEN 16

typedef struct
{
  GdkEvent *event;
  gboolean judged; /* it was typing: goes through without being asked again */
} Waiting;

struct _McReader
{
  GObject parent_instance;

  GtkWindow *window; /* owns us */
  McBurst *burst;
  McReaderField *field;
  McSerial *serial;

  GQueue held;        /* GdkEvent: may be a burst */
  GQueue queue;       /* Waiting: to be given to the window, in order */
  GdkEvent *returned; /* put back into the display's queue and not yet seen again */
  gint64 returned_us;
  GdkEvent *seen[N_SEEN];
  guint next_seen;

  int passing_depth; /* of the main loop, when the last key was let through */
  gint64 passing_us;
  guint pump_source;
  guint hold_source;
};

G_DEFINE_FINAL_TYPE (McReader, mc_reader, G_TYPE_OBJECT)

enum
{
  CARD,
  CODE,
  UNKNOWN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void start_pump (McReader *self);

static Waiting *
waiting_new (GdkEvent *event, gboolean judged)
{
  Waiting *waiting = g_new (Waiting, 1);

  waiting->event = event;
  waiting->judged = judged;
  return waiting;
}

static void
waiting_free (Waiting *waiting)
{
  gdk_event_unref (waiting->event);
  g_free (waiting);
}

/* Whether the last key is still being handled, in a main loop below this one. */
static gboolean
is_nested (McReader *self)
{
  return self->passing_us != 0 && g_main_depth () > self->passing_depth &&
         g_get_monotonic_time () - self->passing_us < STUCK_US;
}

/* Whether a key that was put back is still to come. One that went elsewhere (a menu has opened in
 * the meantime and takes all keys) is not waited for. */
static gboolean
is_returning (McReader *self)
{
  if (self->returned != NULL && g_get_monotonic_time () - self->returned_us >= STUCK_US)
    g_clear_pointer (&self->returned, gdk_event_unref);
  return self->returned != NULL;
}

static void
note_passing (McReader *self, GdkEvent *event)
{
  self->passing_depth = g_main_depth ();
  self->passing_us = g_get_monotonic_time ();
  g_clear_pointer (&self->seen[self->next_seen], gdk_event_unref);
  self->seen[self->next_seen] = gdk_event_ref (event);
  self->next_seen = (self->next_seen + 1) % N_SEEN;
}

static gboolean
was_seen (McReader *self, GdkEvent *event)
{
  for (guint i = 0; i < N_SEEN; i++)
    if (self->seen[i] == event)
      return TRUE;
  return FALSE;
}

static void
report (McReader *self, const char *text)
{
  McCard *card = NULL;

  switch (mc_scan_classify (text, &card))
    {
    case MC_SCAN_CARD:
      g_signal_emit (self, signals[CARD], 0, card);
      mc_card_free (card);
      break;
    case MC_SCAN_CODE:
      g_signal_emit (self, signals[CODE], 0, text);
      break;
    case MC_SCAN_UNKNOWN:
    default:
      g_signal_emit (self, signals[UNKNOWN], 0, text);
      break;
    }
}

static void
finish_burst (McReader *self)
{
  g_autofree char *text = mc_burst_take (self->burst);

  g_queue_clear_full (&self->held, (GDestroyNotify)gdk_event_unref);
  mc_reader_field_restore (self->field);
  report (self, text);
}

/* What was held goes before everything that waits. */
static void
give_back (McReader *self)
{
  GdkEvent *event;

  while ((event = g_queue_pop_tail (&self->held)) != NULL)
    g_queue_push_head (&self->queue, waiting_new (event, TRUE));
  start_pump (self);
}

static gboolean
on_hold_ended (gpointer data)
{
  McReader *self = data;

  self->hold_source = 0;
  switch (mc_burst_timeout (self->burst))
    {
    case MC_BURST_DONE:
      finish_burst (self);
      break;
    case MC_BURST_REPLAY:
      give_back (self);
      break;
    case MC_BURST_PASS:
    case MC_BURST_FIRST:
    case MC_BURST_HOLD:
    case MC_BURST_DROP:
    default:
      break;
    }
  return G_SOURCE_REMOVE;
}

/* Later than key events, so that keys that are already here are read before the wait is over. */
static void
restart_hold (McReader *self)
{
  guint wait = mc_burst_wait_ms (self->burst);

  g_clear_handle_id (&self->hold_source, g_source_remove);
  if (wait > 0)
    self->hold_source =
        g_timeout_add_full (G_PRIORITY_DEFAULT + 10, wait, on_hold_ended, self, NULL);
}

static McBurstVerdict
judge (McReader *self, GdkEvent *event)
{
  const McKey key = {
    .keyval = gdk_key_event_get_keyval (event),
    .keycode = gdk_key_event_get_keycode (event),
    .state = gdk_event_get_modifier_state (event),
    .press = gdk_event_get_event_type (event) == GDK_KEY_PRESS,
    .time_ms = gdk_event_get_time (event),
  };
  McBurstVerdict verdict = mc_burst_key (self->burst, &key);

  if (verdict == MC_BURST_HOLD)
    g_queue_push_tail (&self->held, gdk_event_ref (event));
  restart_hold (self);
  return verdict;
}

/* Puts @event (taken) back into the display's queue; it comes to on_event() again. */
static void
return_event (McReader *self, GdkEvent *event)
{
  self->returned = event;
  self->returned_us = g_get_monotonic_time ();
  gdk_display_put_event (gdk_event_get_display (event), event);
}

/* Handles one key that waited. Returns: whether it is done with, so that the next one may follow at
 * once. */
static gboolean
handle_waiting (McReader *self, Waiting *waiting)
{
  McBurstVerdict verdict = waiting->judged ? MC_BURST_PASS : judge (self, waiting->event);

  switch (verdict)
    {
    case MC_BURST_PASS:
    case MC_BURST_FIRST:
      if (verdict == MC_BURST_FIRST)
        mc_reader_field_remember (self->field);
      return_event (self, g_steal_pointer (&waiting->event));
      g_free (waiting);
      return FALSE;
    case MC_BURST_REPLAY:
      g_queue_push_head (&self->queue, waiting);
      give_back (self);
      return TRUE;
    case MC_BURST_DONE:
      finish_burst (self);
      break;
    case MC_BURST_HOLD:
    case MC_BURST_DROP:
    default:
      break;
    }
  waiting_free (waiting);
  return TRUE;
}

static gboolean
on_pump (gpointer data)
{
  McReader *self = data;

  if (is_nested (self))
    return G_SOURCE_CONTINUE;
  if (!is_returning (self))
    while (!g_queue_is_empty (&self->queue) &&
           handle_waiting (self, g_queue_pop_head (&self->queue)))
      ;
  if (!g_queue_is_empty (&self->queue))
    return G_SOURCE_CONTINUE;
  self->pump_source = 0;
  return G_SOURCE_REMOVE;
}

static void
start_pump (McReader *self)
{
  if (self->pump_source == 0)
    self->pump_source = g_timeout_add_full (G_PRIORITY_DEFAULT + 5, 1, on_pump, self, NULL);
}

/* What is typed where a secret goes is a secret, however fast: it is never shown as something that
 * a reader sent. */
static gboolean
secret_has_focus (McReader *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_PASSWORD_ENTRY) != NULL;
}

/* Returns: whether the key stops here. */
static gboolean
on_event (GtkEventController *controller, GdkEvent *event, McReader *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type != GDK_KEY_PRESS && type != GDK_KEY_RELEASE)
    return GDK_EVENT_PROPAGATE;
  if (event == self->returned)
    {
      note_passing (self, event);
      g_clear_pointer (&self->returned, gdk_event_unref);
      return GDK_EVENT_PROPAGATE;
    }
  if (was_seen (self, event))
    return GDK_EVENT_PROPAGATE;
  if (is_returning (self) || !g_queue_is_empty (&self->queue) || is_nested (self))
    {
      g_queue_push_tail (&self->queue, waiting_new (gdk_event_ref (event), FALSE));
      start_pump (self);
      return GDK_EVENT_STOP;
    }

  if (g_queue_is_empty (&self->held) && secret_has_focus (self))
    return GDK_EVENT_PROPAGATE;

  switch (judge (self, event))
    {
    case MC_BURST_FIRST:
      mc_reader_field_remember (self->field);
      note_passing (self, event);
      return GDK_EVENT_PROPAGATE;
    case MC_BURST_PASS:
      note_passing (self, event);
      return GDK_EVENT_PROPAGATE;
    case MC_BURST_REPLAY:
      g_queue_push_head (&self->queue, waiting_new (gdk_event_ref (event), FALSE));
      give_back (self);
      return GDK_EVENT_STOP;
    case MC_BURST_DONE:
      finish_burst (self);
      return GDK_EVENT_STOP;
    case MC_BURST_HOLD:
    case MC_BURST_DROP:
    default:
      return GDK_EVENT_STOP;
    }
}

static void
mc_reader_dispose (GObject *object)
{
  McReader *self = MC_READER (object);

  g_clear_handle_id (&self->hold_source, g_source_remove);
  g_clear_handle_id (&self->pump_source, g_source_remove);
  g_queue_clear_full (&self->held, (GDestroyNotify)gdk_event_unref);
  g_queue_clear_full (&self->queue, (GDestroyNotify)waiting_free);
  g_clear_pointer (&self->returned, gdk_event_unref);
  for (guint i = 0; i < N_SEEN; i++)
    g_clear_pointer (&self->seen[i], gdk_event_unref);
  g_clear_pointer (&self->field, mc_reader_field_free);
  g_clear_pointer (&self->serial, mc_serial_free);
  g_clear_pointer (&self->burst, mc_burst_free);
  G_OBJECT_CLASS (mc_reader_parent_class)->dispose (object);
}

static void
mc_reader_class_init (McReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_reader_dispose;
  signals[CARD] = mc_signal_new ("card", MC_TYPE_READER, G_TYPE_POINTER);
  signals[CODE] = mc_signal_new ("code", MC_TYPE_READER, G_TYPE_STRING);
  signals[UNKNOWN] = mc_signal_new ("unknown", MC_TYPE_READER, G_TYPE_STRING);
}

static void
mc_reader_init (McReader *self)
{
  self->burst = mc_burst_new ();
  g_queue_init (&self->held);
  g_queue_init (&self->queue);
}

/* The window ends first: what follows it must not outlive it. */
static void
on_window_destroyed (McReader *self, GtkWindow *window)
{
  g_object_run_dispose (G_OBJECT (self));
}

McReader *
mc_reader_attach (GtkWindow *window)
{
  McReader *self;
  GtkEventController *controller;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (MC_TYPE_READER, NULL);
  self->window = window;
  self->field = mc_reader_field_new (window);
  controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (on_event), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
  g_object_set_data_full (G_OBJECT (window), "mc-reader", self, g_object_unref);
  g_signal_connect_object (window,
                           "destroy",
                           G_CALLBACK (on_window_destroyed),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

static void
on_serial_line (const char *line, gpointer data)
{
  report (data, line);
}

gboolean
mc_reader_open_serial (McReader *reader, const char *device, GError **error)
{
  McSerial *serial;

  g_return_val_if_fail (MC_IS_READER (reader), FALSE);

  serial = mc_serial_open (device, on_serial_line, reader, error);
  if (serial == NULL)
    return FALSE;
  g_clear_pointer (&reader->serial, mc_serial_free);
  reader->serial = serial;
  return TRUE;
}
