/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-turns.h"

/* More than the desks of a province: beyond that somebody plays a game. */
#define COUNT_MAX 2048
/* Who has waited so long is overtaken by nobody any more. */
#define OLD_MS 10000
/* µs for a unit of weight until some work was seen. */
#define COST_FIRST 100.0
/* A day of a desk, until some was seen. */
#define USUAL_FIRST 1000.0
/* How much the last piece of work says about the next. */
#define COST_SHARE 0.1
#define AGAIN_LEAST_S 1
#define AGAIN_MOST_S 120

typedef struct
{
  char *office;
  char *device;
  guint weight;
  gint64 since_ms;
  guint64 place; /* in the order in which they came */
  gpointer item;
} Waiting;

struct _McTurns
{
  GPtrArray *waiting; /* Waiting, unordered */
  GHashTable *served; /* office or device id → guint64*: the number of its last turn */
  guint64 turn;
  guint64 place;
  guint64 weight;   /* of all that wait */
  double cost;      /* µs for a unit of it */
  double usual;     /* the weight of what comes */
  gint64 booked_ms; /* until then somebody else was told to come */
  guint32 chance;
  GDestroyNotify free_item;
};

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_free (waiting->office);
  g_free (waiting->device);
  g_free (waiting);
}

McTurns *
mc_turns_new (guint32 seed, GDestroyNotify free_item)
{
  McTurns *turns = g_new0 (McTurns, 1);

  turns->waiting = g_ptr_array_new_with_free_func (waiting_free);
  turns->served = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  turns->cost = COST_FIRST;
  turns->usual = USUAL_FIRST;
  turns->chance = seed != 0 ? seed : 1;
  turns->free_item = free_item;
  return turns;
}

void
mc_turns_free (McTurns *turns)
{
  if (turns == NULL)
    return;
  for (guint i = 0; i < turns->waiting->len; i++)
    turns->free_item (((Waiting *)turns->waiting->pdata[i])->item);
  g_ptr_array_unref (turns->waiting);
  g_hash_table_unref (turns->served);
  g_free (turns);
}

guint
mc_turns_count (const McTurns *turns)
{
  return turns->waiting->len;
}

gint64
mc_turns_wait_ms (const McTurns *turns)
{
  return (gint64)((double)turns->weight * turns->cost / 1000);
}

gboolean
mc_turns_full (const McTurns *turns, gint64 patience_ms)
{
  return turns->waiting->len >= COUNT_MAX || mc_turns_wait_ms (turns) > patience_ms;
}

/* xorshift32: one seed is one run. */
static guint32
draw (McTurns *turns)
{
  turns->chance ^= turns->chance << 13;
  turns->chance ^= turns->chance >> 17;
  turns->chance ^= turns->chance << 5;
  return turns->chance;
}

guint
mc_turns_again_s (McTurns *turns, gint64 now_ms)
{
  gint64 most_ms = now_ms + AGAIN_MOST_S * 1000;
  gint64 at_ms = MAX (turns->booked_ms, now_ms + mc_turns_wait_ms (turns));
  guint32 wait_s;

  if (at_ms > most_ms)
    at_ms = most_ms;
  else
    turns->booked_ms = at_ms + (gint64)(turns->usual * turns->cost / 1000);
  wait_s = (guint32)MAX ((at_ms - now_ms) / 1000, AGAIN_LEAST_S);
  return wait_s + draw (turns) % (wait_s / 4 + 2);
}

void
mc_turns_put (McTurns *turns,
              const char *office,
              const char *device,
              guint weight,
              gint64 now_ms,
              gpointer item)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  g_return_if_fail (office != NULL && device != NULL && item != NULL);

  waiting->office = g_strdup (office);
  waiting->device = g_strdup (device);
  waiting->weight = weight;
  waiting->since_ms = now_ms;
  waiting->place = turns->place++;
  waiting->item = item;
  turns->weight += weight;
  g_ptr_array_add (turns->waiting, waiting);
}

static gpointer
take_out (McTurns *turns, guint at)
{
  Waiting *waiting = turns->waiting->pdata[at];
  gpointer item = waiting->item;

  turns->weight -= waiting->weight;
  g_ptr_array_remove_index_fast (turns->waiting, at);
  /* Who comes after a pause owes nobody anything. */
  if (turns->waiting->len == 0)
    g_hash_table_remove_all (turns->served);
  return item;
}

/* The number of its last turn; 0: it had none. */
static guint64
last_turn (const McTurns *turns, const char *who)
{
  const guint64 *turn = g_hash_table_lookup (turns->served, who);

  return turn != NULL ? *turn : 0;
}

static void
note_turn (McTurns *turns, const char *who)
{
  g_hash_table_replace (turns->served,
                        g_strdup (who),
                        g_memdup2 (&turns->turn, sizeof turns->turn));
}

static gint
compare (guint64 a, guint64 b)
{
  return (a > b) - (a < b);
}

/* Below 0: @a goes before @b. */
static gint
by_turn (const McTurns *turns, const Waiting *a, const Waiting *b, gint64 now_ms)
{
  gboolean a_old = now_ms - a->since_ms >= OLD_MS, b_old = now_ms - b->since_ms >= OLD_MS;
  gint order = (gint)b_old - (gint)a_old;

  if (order == 0 && !a_old)
    order = compare (last_turn (turns, a->office), last_turn (turns, b->office));
  if (order == 0 && !a_old)
    order = compare (last_turn (turns, a->device), last_turn (turns, b->device));
  return order != 0 ? order : compare (a->place, b->place);
}

gpointer
mc_turns_next (McTurns *turns, gint64 now_ms)
{
  Waiting **all = (Waiting **)turns->waiting->pdata;
  guint next = 0;

  if (turns->waiting->len == 0)
    return NULL;
  for (guint i = 1; i < turns->waiting->len; i++)
    if (by_turn (turns, all[i], all[next], now_ms) < 0)
      next = i;
  turns->turn++;
  note_turn (turns, all[next]->office);
  note_turn (turns, all[next]->device);
  return take_out (turns, next);
}

gpointer
mc_turns_remove (McTurns *turns, McTurnsMeant meant, gconstpointer data)
{
  for (guint i = 0; i < turns->waiting->len; i++)
    if (meant (((Waiting *)turns->waiting->pdata[i])->item, data))
      return take_out (turns, i);
  return NULL;
}

void
mc_turns_took (McTurns *turns, guint weight, gint64 us)
{
  if (weight == 0 || us < 0)
    return;
  turns->cost += ((double)us / weight - turns->cost) * COST_SHARE;
  turns->usual += ((double)weight - turns->usual) * COST_SHARE;
}
