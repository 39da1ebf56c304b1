/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "line-tcp.h"

#include <float.h>

#define HEADERS 52 /* of IP and TCP with its time stamp */
#define SEGMENT (LINE_MTU - HEADERS)
#define SYN_BYTES 60
#define WINDOW_FIRST 10
#define RTO_FIRST G_USEC_PER_SEC
#define RTO_MAX (120 * G_USEC_PER_SEC)
#define VARIANCE_MIN (200 * 1000)
#define DELAYED_ACK (200 * 1000)

typedef struct
{
  gint64 sent_at;
  guint order; /* of its last sending among all; 0: not sent */
  guint times;
  gboolean arrived; /* at the other end */
  gboolean acked;   /* which the sender knows */
  gboolean lost;    /* which it believes */
} Segment;

/* An acknowledgement on its way: for all that had arrived before it was sent. */
typedef struct
{
  gint64 at;
  guint segment;
  guint order;
  guint arrivals;
} Ack;

typedef struct
{
  LineTcp *tcp;
  LineLink *link;
  guint way;
  gint64 now, done_at;
  Segment *segments;
  guint count, next, arrived, acked, flying;
  gsize tail; /* bytes of the last segment */
  guint order;
  guint recovery;   /* losses of what was sent before this are already answered for */
  GArray *arrivals; /* guint: segments as they arrive */
  guint known;      /* how many of these the sender has heard of */
  GQueue acks;
  gint64 timer;
  guint backed_off;
  gboolean probed;
} Run;

static gint64
rto (const Run *run)
{
  gint64 plain = run->tcp->srtt + MAX (4 * run->tcp->rttvar, (gint64)VARIANCE_MIN);

  return MIN (plain << MIN (run->backed_off, 8u), (gint64)RTO_MAX);
}

static gint64
probe_after (const Run *run)
{
  gint64 after = 2 * run->tcp->srtt + (run->flying == 1 ? DELAYED_ACK : 2000);

  return MIN (after, rto (run));
}

static void
arm (Run *run)
{
  run->timer = run->now + (run->probed ? rto (run) : probe_after (run));
}

static void
measure (LineTcp *tcp, gint64 rtt)
{
  tcp->rttvar = (3 * tcp->rttvar + ABS (tcp->srtt - rtt)) / 4;
  tcp->srtt = (7 * tcp->srtt + rtt) / 8;
}

static gsize
length_of (const Run *run, guint n)
{
  return (n + 1 == run->count ? run->tail : SEGMENT) + HEADERS;
}

static void
acknowledge (Run *run, guint n, gint64 arrived_at)
{
  gint64 at = line_link_send (run->link, !run->way, HEADERS, arrived_at);
  Ack *ack;

  if (at == LINE_LOST)
    return;
  ack = g_new (Ack, 1);
  *ack = (Ack){ at, n, run->segments[n].order, run->arrivals->len };
  g_queue_push_tail (&run->acks, ack);
}

static void
send_one (Run *run, guint n)
{
  Segment *segment = &run->segments[n];
  gint64 at = line_link_send (run->link, run->way, length_of (run, n), run->now);

  segment->sent_at = run->now;
  segment->order = ++run->order;
  segment->times++;
  segment->lost = FALSE;
  run->flying++;
  run->tcp->used = run->now;
  if (at == LINE_LOST)
    return;
  if (!segment->arrived)
    {
      segment->arrived = TRUE;
      run->arrived++;
      run->done_at = MAX (run->done_at, at);
      g_array_append_val (run->arrivals, n);
    }
  acknowledge (run, n, at);
}

static gboolean
next_to_send (Run *run, guint *ret_n)
{
  for (guint n = 0; n < run->next; n++)
    if (run->segments[n].lost && !run->segments[n].acked)
      {
        *ret_n = n;
        return TRUE;
      }
  *ret_n = run->next;
  return run->next < run->count;
}

static void
fill_window (Run *run)
{
  guint n;

  while (run->flying < (guint)MAX (run->tcp->window, 1.0) && next_to_send (run, &n))
    {
      if (n == run->next)
        run->next++;
      send_one (run, n);
      if (run->flying == 1 || run->timer == G_MAXINT64)
        arm (run);
    }
}

static void
lose (Run *run, Segment *segment)
{
  segment->lost = TRUE;
  run->flying--;
  if (segment->order <= run->recovery)
    return;
  run->recovery = run->order;
  run->tcp->threshold = MAX (run->tcp->window / 2, 2.0);
  run->tcp->window = run->tcp->threshold;
}

/* Whatever was sent before one that has arrived, and has not. */
static void
find_losses (Run *run, guint order)
{
  for (guint n = 0; n < run->next; n++)
    {
      Segment *segment = &run->segments[n];

      if (!segment->acked && !segment->lost && segment->order < order)
        lose (run, segment);
    }
}

static void
hear_of (Run *run, guint n, gboolean limited)
{
  Segment *segment = &run->segments[n];

  if (segment->acked)
    return;
  segment->acked = TRUE;
  run->acked++;
  if (!segment->lost)
    run->flying--;
  if (!limited || segment->order <= run->recovery)
    return;
  run->tcp->window += run->tcp->window < run->tcp->threshold ? 1 : 1 / MAX (run->tcp->window, 1.0);
}

static void
take_ack (Run *run)
{
  g_autofree Ack *ack = g_queue_pop_head (&run->acks);
  const Segment *segment = &run->segments[ack->segment];
  gboolean limited = run->flying + 1 >= (guint)run->tcp->window;

  run->now = ack->at;
  if (segment->times == 1)
    measure (run->tcp, run->now - segment->sent_at);
  if (ack->arrivals > run->known)
    {
      run->backed_off = 0;
      run->probed = FALSE;
    }
  for (; run->known < ack->arrivals; run->known++)
    hear_of (run, g_array_index (run->arrivals, guint, run->known), limited);
  find_losses (run, ack->order);
  arm (run);
}

/* Nothing was heard for long: the last one again, or all that is open. */
static void
time_out (Run *run)
{
  run->now = run->timer;
  if (!run->probed && run->flying > 0)
    {
      guint last = run->next - 1;

      run->probed = TRUE;
      if (run->next < run->count)
        send_one (run, run->next++);
      else
        {
          while (last > 0 && run->segments[last].acked)
            last--;
          if (!run->segments[last].lost)
            run->flying--;
          send_one (run, last);
        }
      arm (run);
      return;
    }
  for (guint n = 0; n < run->next; n++)
    if (!run->segments[n].acked && !run->segments[n].lost)
      {
        run->segments[n].lost = TRUE;
        run->flying--;
      }
  run->tcp->threshold = MAX (run->tcp->window / 2, 2.0);
  run->tcp->window = 1;
  run->recovery = run->order;
  run->backed_off++;
  run->probed = TRUE;
  arm (run);
}

static gint64
next_event (const Run *run)
{
  const Ack *ack = g_queue_peek_head ((GQueue *)&run->acks);

  return ack != NULL ? MIN (ack->at, run->timer) : run->timer;
}

static LineCarried
ended (const Run *run, gsize bytes, gint64 until)
{
  LineCarried carried = { .at = run->done_at, .arrived = bytes, .sent = bytes };

  if (run->arrived == run->count && run->done_at <= until)
    return carried;
  carried.at = until;
  carried.arrived = 0;
  for (guint n = 0; n < run->count && run->segments[n].arrived; n++)
    carried.arrived += length_of (run, n) - HEADERS;
  carried.sent = MIN (bytes, (gsize)run->next * SEGMENT);
  return carried;
}

LineCarried
line_tcp_carry (LineTcp *tcp, LineLink *link, guint way, gsize bytes, gint64 now, gint64 until)
{
  Run run = { .tcp = tcp, .link = link, .way = way, .now = now, .timer = G_MAXINT64 };
  LineCarried carried;

  g_return_val_if_fail (bytes > 0, (LineCarried){ .at = now });
  run.count = (guint)((bytes + SEGMENT - 1) / SEGMENT);
  run.tail = bytes - (gsize)(run.count - 1) * SEGMENT;
  run.segments = g_new0 (Segment, run.count);
  run.arrivals = g_array_new (FALSE, FALSE, sizeof (guint));
  /* What was learned of the line is stale after a rest (RFC 5681, 4.1). */
  if (now - tcp->used > rto (&run))
    tcp->window = MIN (tcp->window, WINDOW_FIRST);
  fill_window (&run);
  while (run.arrived < run.count && next_event (&run) <= until)
    {
      const Ack *ack = g_queue_peek_head (&run.acks);

      if (ack != NULL && ack->at <= run.timer)
        take_ack (&run);
      else
        time_out (&run);
      fill_window (&run);
    }
  carried = ended (&run, bytes, until);
  g_queue_clear_full (&run.acks, g_free);
  g_array_unref (run.arrivals);
  g_free (run.segments);
  return carried;
}

gint64
line_tcp_connect (LineLink *link, gint64 now, LineTcp *ret_here, LineTcp *ret_there)
{
  gint64 wait = RTO_FIRST;

  for (;; now += wait, wait = MIN (wait * 2, (gint64)RTO_MAX))
    {
      gint64 there = line_link_send (link, 0, SYN_BYTES, now);
      gint64 back = there != LINE_LOST ? line_link_send (link, 1, SYN_BYTES, there) : LINE_LOST;

      if (back == LINE_LOST)
        continue;
      *ret_here = (LineTcp){
        .window = WINDOW_FIRST,
        .threshold = DBL_MAX,
        .srtt = back - now,
        .rttvar = (back - now) / 2,
        .used = back,
      };
      *ret_there = *ret_here;
      return back;
    }
}
