/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-engine.h"

/* Back-off: full jitter with the cap first, so that a province that comes back is not met by
 * everybody at once. */
#define BACK_OFF_FIRST_MS 1000
#define BACK_OFF_CAP_MS (60 * 1000)
/* While there is nothing to send the server holds the answer: a colleague's change comes at once.
 */
#define HOLD_S 25
#define BATCH_MAX 500
#define BATCH_MIN 1
#define ENTRIES_PER_OP 2 /* an entry is smaller than an op is to the province */
/* A device that is not known or suspended asks again now and then: somebody may have let it in. */
#define DENIED_RETRY_MS (60 * 1000)
/* While scans move others' changes are looked for this often: within a second on a good line; where
 * a round trip is dear, scans get ten times what the looking costs. */
#define LOOK_MIN_MS 1000
#define LOOK_MAX_MS 15000
#define LOOK_SHARE 10

struct _McEngine
{
  guint32 chance;
  guint failures;
  gint64 not_before;
  guint batch;
  guint ceiling;      /* what the line has borne; it rises only with a whole cycle */
  gboolean more;      /* the feed has more than the last page */
  gboolean contacted; /* since the last wake there was a whole contact */
  gboolean in_turn;   /* of the two ways it is the turn of what comes in */
  gint64 asked_ms;    /* when the last command was given */
  gint64 look_ms;     /* until then scans go on before the next look for others' changes */
  McSyncState state;
  McCommandKind last;
};

McEngine *
mc_engine_new (guint32 seed)
{
  McEngine *engine = g_new0 (McEngine, 1);

  engine->chance = seed ? seed : 1;
  engine->batch = BATCH_MAX;
  engine->ceiling = BATCH_MAX;
  return engine;
}

void
mc_engine_free (McEngine *engine)
{
  g_free (engine);
}

/* xorshift32: the engine's own, so that one seed is one run. */
static guint32
draw (McEngine *engine)
{
  engine->chance ^= engine->chance << 13;
  engine->chance ^= engine->chance >> 17;
  engine->chance ^= engine->chance << 5;
  return engine->chance;
}

static McCommand
command (McEngine *engine, McCommandKind kind, gint64 now_ms, guint wait_s)
{
  engine->last = kind;
  engine->asked_ms = now_ms;
  return (McCommand){
    .kind = kind,
    .max_ops = engine->batch,
    .max_entries = engine->batch * ENTRIES_PER_OP,
    .wait_s = wait_s,
  };
}

/* All is sent and all is read: only that says that the line is good again. After the first success
 * of a half-dead line everybody would be back at its door at once. */
static void
whole_cycle (McEngine *engine)
{
  engine->failures = 0;
  engine->ceiling = MIN (BATCH_MAX, engine->ceiling * 2);
}

/* Which way a scan goes next: what somebody waits for, else one out and one in. */
static McCommandKind
scan_way (McEngine *engine, const McBacklog *backlog)
{
  gboolean in = backlog->blob_in && (backlog->blob_wanted || !backlog->blob_out || engine->in_turn);

  engine->in_turn = !in;
  return in ? MC_COMMAND_FETCH_BLOB : MC_COMMAND_SEND_BLOB;
}

McCommand
mc_engine_next (McEngine *engine, gint64 now_ms, const McBacklog *backlog)
{
  gboolean scans = backlog->blob_out || backlog->blob_in;
  guint hold_s = backlog->blob_later_s > 0 ? MIN (HOLD_S, backlog->blob_later_s) : HOLD_S;

  if (now_ms < engine->not_before)
    return (McCommand){ .kind = MC_COMMAND_WAIT, .until_ms = engine->not_before };
  if (backlog->copied)
    return command (engine, MC_COMMAND_ENROL, now_ms, 0);
  if (backlog->ops > 0 || engine->more || !engine->contacted)
    return command (engine, MC_COMMAND_SYNC, now_ms, 0);
  whole_cycle (engine);
  if (scans && now_ms < engine->look_ms)
    return command (engine, scan_way (engine, backlog), now_ms, 0);
  /* With scans to move the answer is not held: they go next. */
  return command (engine, MC_COMMAND_SYNC, now_ms, scans ? 0 : hold_s);
}

static void
back_off (McEngine *engine, gint64 now_ms, guint retry_after_s)
{
  guint shift = MIN (engine->failures, 20u);
  gint64 ceiling = MIN ((gint64)BACK_OFF_CAP_MS, (gint64)BACK_OFF_FIRST_MS << shift);
  gint64 wait = (gint64)(draw (engine) % (guint32)(ceiling + 1));

  engine->failures++;
  /* A server that says how long means it; the jitter then only spreads those who were told the
   * same. */
  if (retry_after_s > 0)
    wait = (gint64)retry_after_s * 1000 + wait % 1000;
  engine->not_before = now_ms + wait;
}

static void
done (McEngine *engine, gint64 now_ms, gboolean more)
{
  gint64 took_ms = now_ms - engine->asked_ms;

  engine->state = MC_SYNC_DONE;
  if (engine->last == MC_COMMAND_ENROL)
    return;
  engine->contacted = TRUE;
  if (engine->last != MC_COMMAND_SYNC)
    return;
  engine->more = more;
  engine->look_ms = now_ms + CLAMP (took_ms * LOOK_SHARE, LOOK_MIN_MS, LOOK_MAX_MS);
  engine->batch = MIN (engine->ceiling, engine->batch * 2);
}

static void
halve (McEngine *engine)
{
  engine->batch = MAX (BATCH_MIN, engine->batch / 2);
  engine->ceiling = engine->batch;
}

void
mc_engine_outcome (McEngine *engine, gint64 now_ms, McOutcome outcome, guint retry_after_s)
{
  switch (outcome)
    {
    case MC_OUTCOME_DONE:
    case MC_OUTCOME_MORE:
      done (engine, now_ms, outcome == MC_OUTCOME_MORE);
      return;
    case MC_OUTCOME_TOO_LARGE:
      halve (engine);
      if (engine->batch > BATCH_MIN)
        return;
      break;
    case MC_OUTCOME_SLOW:
      halve (engine);
      break;
    case MC_OUTCOME_DENIED:
      engine->state = MC_SYNC_SUSPENDED;
      engine->not_before = now_ms + DENIED_RETRY_MS;
      return;
    case MC_OUTCOME_BUSY:
    case MC_OUTCOME_FAILED:
    default:
      break;
    }
  engine->state = MC_SYNC_OFFLINE;
  engine->contacted = FALSE;
  back_off (engine, now_ms, retry_after_s);
}

void
mc_engine_wake (McEngine *engine, gint64 now_ms, gboolean network_came)
{
  if (!network_came)
    return;
  /* A person asks or the cable is back: no reason to wait out an old failure. */
  engine->not_before = now_ms;
  engine->contacted = FALSE;
}

McSyncState
mc_engine_state (McEngine *engine)
{
  return engine->state;
}
