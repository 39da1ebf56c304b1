/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "line-tcp.h"

G_BEGIN_DECLS

/**
 * LineRoad:
 * The virtual line. It stands on loopback between the desk's real road and the province's real
 * server, in a thread of its own: each request and each answer passes through it byte by byte, and
 * time passes as the line would have taken; between them time stands still.
 */
typedef struct _LineRoad LineRoad;

/** LineTrouble: what the line does beside being slow. 0: not. */
typedef struct
{
  gint64 cut_every;              /* µs: every connection breaks */
  gint64 cut_for;                /* and so long there is none */
  gint64 portal_from, portal_to; /* then somebody else's page answers everything */
  gboolean buffers;              /* a proxy hands on whole requests only */
  gboolean tls; /* TLS, and the connection is kept (a proxy in front of the province); else one
                   connection a request, as the province's server alone */
} LineTrouble;

/** LineTold: what has passed so far. */
typedef struct
{
  guint requests;
  gint64 up, down;   /* bytes of HTTP, headers included */
  gint64 scan_up;    /* of which scans' own that left, arrived or not */
  gint64 again_most; /* of one cut: what left of a scan and was not kept */
  guint cuts;        /* that met a request */
  gint64 heard_at;   /* µs: the last request for /v1/sync was there */
  gint64 silence;    /* µs: the longest from a request to the first byte of its answer */
} LineTold;

/** line_road_new: @pass: told whenever time goes on. @port: of the province */
LineRoad *line_road_new (guint16 port,
                         const LineShape *shape,
                         const LineTrouble *trouble,
                         void (*pass) (gint64 now, gpointer data),
                         gpointer data);
void line_road_free (LineRoad *road);
/** line_road_clear: as if no line were there, and nothing is counted. */
void line_road_clear (LineRoad *road, gboolean clear);
char *line_road_url (LineRoad *road);
gint64 line_road_now (LineRoad *road);
/** line_road_pass: nobody does anything until @until (µs). */
void line_road_pass (LineRoad *road, gint64 until);
LineTold line_road_told (LineRoad *road);
/** line_road_wire: bytes on the line of one way, TCP and IP included. */
gint64 line_road_wire (LineRoad *road, guint way);

G_END_DECLS
