/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "line-link.h"

#include <stdio.h>

typedef struct
{
  gint64 busy;   /* until then the packets before are being sent */
  gint64 latest; /* arrival of the one before: none overtakes it */
  LineCount count;
} Way;

struct _LineLink
{
  LineShape shape;
  gboolean broken;
  GRand *chance;
  Way ways[2];
};

gboolean
line_shape_read (const char *text, LineShape *ret_shape)
{
  double rate, delay, jitter, loss, queue;
  unsigned seed;

  if (sscanf (text, "%lf %lf %lf %lf %lf %u", &rate, &delay, &jitter, &loss, &queue, &seed) != 6)
    return FALSE;
  *ret_shape = (LineShape){
    .bit_per_s = (gint64)rate,
    .delay_us = (gint64)(delay * 1000),
    .jitter_us = (gint64)(jitter * 1000),
    .loss = loss / 100,
    .queue_us = (gint64)(queue * 1000),
    .seed = seed,
  };
  return TRUE;
}

LineLink *
line_link_new (void)
{
  LineLink *link = g_new0 (LineLink, 1);

  link->chance = g_rand_new_with_seed (1);
  return link;
}

void
line_link_free (LineLink *link)
{
  if (link == NULL)
    return;
  g_rand_free (link->chance);
  g_free (link);
}

void
line_link_shape (LineLink *link, const LineShape *shape)
{
  link->shape = *shape;
  g_rand_set_seed (link->chance, shape->seed);
}

void
line_link_break (LineLink *link, gboolean broken)
{
  link->broken = broken;
}

static gint64
delay (LineLink *link)
{
  gint64 jitter = link->shape.jitter_us;

  return link->shape.delay_us +
         (jitter > 0 ? (gint64)g_rand_double_range (link->chance, -(double)jitter, (double)jitter)
                     : 0);
}

gint64
line_link_send (LineLink *link, guint way, gsize length, gint64 now)
{
  Way *self = &link->ways[way];
  gint64 at;

  self->count.packets++;
  self->count.bytes += (gint64)length;
  self->busy = MAX (self->busy, now);
  if (link->shape.queue_us > 0 && self->busy - now > link->shape.queue_us)
    {
      self->count.dropped++;
      return LINE_LOST;
    }
  if (link->shape.bit_per_s > 0)
    self->busy += (gint64)length * 8 * G_USEC_PER_SEC / link->shape.bit_per_s;
  if (link->broken || g_rand_double (link->chance) < link->shape.loss)
    {
      self->count.lost++;
      return LINE_LOST;
    }
  at = MAX (self->latest, self->busy + delay (link));
  self->latest = at;
  return at;
}

const LineCount *
line_link_count (const LineLink *link, guint way)
{
  return &link->ways[way].count;
}
