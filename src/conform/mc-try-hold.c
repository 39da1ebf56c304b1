/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests that wait for news. */
#include "mc-conform.h"

#include "mc-op.h"

/* Long enough to tell a held answer from a slow one, and its end from a wake. */
#define HELD_S 6
#define WOKEN_US (4 * G_USEC_PER_SEC)
#define LOOK_US (300 * 1000)
#define HALF_US (G_USEC_PER_SEC / 2)
#define EARLY_MAX 3

/* One that is under way on a thread and a session of its own: this one goes on meanwhile. */
typedef struct
{
  McConform *conform; /* its own: nothing of the run's is touched */
  McCaller *caller;
  McSyncRequest *request;
  McSyncAnswer *answer;
  gint64 came_us;
} Held;

static gpointer
ask_held (gpointer data)
{
  Held *held = data;

  held->answer = mc_sync_once (held->conform, held->caller, held->request, NULL);
  held->came_us = g_get_monotonic_time ();
  return NULL;
}

static void
held_clear (Held *held)
{
  mc_sync_request_free (held->request);
  mc_sync_answer_free (held->answer);
  mc_conform_free (held->conform);
}

static Held
held_new (McConform *conform, McCaller *caller, gint64 wait)
{
  Held held = { mc_conform_new (conform->url), caller, mc_sync_request_of (caller, NULL), NULL, 0 };

  held.request->wait = wait;
  return held;
}

/* A server may have a reason of its own to answer early, but not each time. */
static void
try_end (McConform *conform)
{
  gint64 took = 0;
  gboolean bare = FALSE;

  for (guint i = 0; took < HALF_US && i < EARLY_MAX; i++)
    {
      Held held = held_new (conform, conform->front, 1);
      gint64 began = g_get_monotonic_time ();

      ask_held (&held);
      took = held.came_us - began;
      bare = held.answer != NULL && held.answer->entries->len == 0;
      held_clear (&held);
    }
  mc_expect (conform,
             took >= HALF_US,
             "hold.wait",
             "asked %d times to wait for 1 s, answered after %d ms",
             EARLY_MAX,
             (int)(took / 1000));
  mc_expect (conform,
             bare && took < WOKEN_US,
             "hold.end",
             "asked to wait for 1 s: %s after %d ms",
             bare ? "an answer" : "no answer, or entries",
             (int)(took / 1000));
}

/* Asks, and then has a colleague change something. Returns: whether it was answered before that */
static gboolean
wake_once (McConform *conform, gboolean last)
{
  McCaller *back = conform->back;
  g_autoptr (McOp) dossier = mc_caller_receive (conform, conform->front);
  Held held = held_new (conform, back, HELD_S);
  GThread *thread = g_thread_new ("held", ask_held, &held);
  g_autofree char *word = NULL;
  gboolean early;
  gint64 said;

  g_usleep (LOOK_US);
  said = g_get_monotonic_time ();
  word = mc_push_word (conform, conform->front, dossier);
  g_thread_join (thread);
  early = held.came_us <= said;
  if (!early || last)
    mc_expect (conform,
               held.answer != NULL && held.answer->entries->len > 0 && !early &&
                   held.came_us - said < WOKEN_US,
               "hold.wake",
               "a colleague's change (%s): %s after %d ms",
               word,
               held.answer == NULL             ? "no answer"
               : held.answer->entries->len > 0 ? "an answer"
                                               : "an answer without it",
               (int)((held.came_us - said) / 1000));
  if (!early || last)
    mc_expect (conform, !early, "hold.wait", "answered before there was anything to say");
  if (held.answer != NULL)
    mc_follow (conform, back, held.answer, NULL);
  held_clear (&held);
  return early;
}

/* As above: early once is no fault. What came meanwhile is read before it is asked again. */
static void
try_wake (McConform *conform)
{
  for (guint i = 1; i <= EARLY_MAX; i++)
    if (!wake_once (conform, i == EARLY_MAX) || !mc_pull (conform, conform->back))
      return;
}

void
mc_try_hold (McConform *conform)
{
  if (!mc_pull (conform, conform->front) || !mc_pull (conform, conform->back))
    return;
  try_end (conform);
  try_wake (conform);
}
