/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LineLink:
 * What a line does to packets, without a clock of its own: the forwarder of the real line and the
 * virtual line both ask it when a packet arrives, so that they are the same line.
 */
typedef struct _LineLink LineLink;

/** LINE_MTU: bytes of a packet at most, as on a mobile line. */
#define LINE_MTU 1400
#define LINE_LOST (-1)

/** LineShape: of each of the two ways; 0: no limit, none. */
typedef struct
{
  gint64 bit_per_s;
  gint64 delay_us;  /* one way */
  gint64 jitter_us; /* so much more or less */
  double loss;      /* share of the packets */
  gint64 queue_us;  /* what would wait longer is dropped */
  guint32 seed;
} LineShape;

/** LineCount: of one way. */
typedef struct
{
  gint64 packets, bytes; /* sent into it */
  gint64 lost, dropped;
} LineCount;

/** line_shape_read: of "BIT_PER_S DELAY_MS JITTER_MS LOSS_PERCENT QUEUE_MS SEED". */
gboolean line_shape_read (const char *text, LineShape *ret_shape);

/** line_link_new: without any limit. */
LineLink *line_link_new (void);
void line_link_free (LineLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LineLink, line_link_free)
void line_link_shape (LineLink *link, const LineShape *shape);
/** line_link_break: while it is broken everything is lost. */
void line_link_break (LineLink *link, gboolean broken);
/** line_link_send: a packet of @length bytes enters at @now (µs). @way: 0 or 1. Returns: when it
 * leaves at the other end, or #LINE_LOST */
gint64 line_link_send (LineLink *link, guint way, gsize length, gint64 now);
const LineCount *line_link_count (const LineLink *link, guint way);

G_END_DECLS
