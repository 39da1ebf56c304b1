/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "line-link.h"

G_BEGIN_DECLS

/**
 * LineTcp:
 * What TCP makes of a LineLink, packet by packet in virtual time: slow start and Reno, selective
 * acknowledgements (a packet is lost when one that was sent later has arrived), a tail loss probe
 * and the retransmission time-out (RFC 5681, 6298, 8985). One side of a connection that sends;
 * acknowledgements go the other way over the same link. Each packet is acknowledged at once.
 */
typedef struct
{
  double window, threshold; /* packets */
  gint64 srtt, rttvar;      /* µs */
  gint64 used;              /* when it sent last */
} LineTcp;

/** LineCarried: how far a transfer came. */
typedef struct
{
  gint64 at;     /* the last byte is there; or until when it was tried */
  gsize arrived; /* bytes without a gap at the other end */
  gsize sent;    /* bytes that left, arrived or not */
} LineCarried;

/** line_tcp_connect: shakes hands. Returns: when this side may send; both sides know the round trip
 * then */
gint64 line_tcp_connect (LineLink *link, gint64 now, LineTcp *ret_here, LineTcp *ret_there);

/** line_tcp_carry: sends @bytes from @now on, but not beyond @until. */
LineCarried
line_tcp_carry (LineTcp *tcp, LineLink *link, guint way, gsize bytes, gint64 now, gint64 until);

G_END_DECLS
