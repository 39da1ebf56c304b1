/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-road.h"
#include <libsoup/soup.h>

G_BEGIN_DECLS

struct _McRoad
{
  SoupSession *session;
  char *server;
  char *device;
  char *certificate;
  McSecretKey key;
  McPace up, down;
  McRoad *beside[MC_PACE_LANES]; /* (nullable): the first is never used */
  gboolean show_certificate; /* the server did not know this device: it is shown the certificate */
};

/** mc_road_message: a signed request for @path. Returns: (transfer full): or %NULL where the
 * address is none */
SoupMessage *
mc_road_message (McRoad *road, const char *method, const char *path, GBytes *signed_body);
/**
 * mc_road_body:
 * What goes with @message: @length bytes from where @stream stands. It must be seekable: where a
 * connection that was kept turns out to be closed, they go once more over a new one.
 */
void mc_road_body (SoupMessage *message, const char *type, GInputStream *stream, gssize length);
/** mc_road_body_bytes: the same of bytes. @type: (nullable) */
void mc_road_body_bytes (SoupMessage *message, const char *type, GBytes *bytes);
/** mc_road_outcome: what a status means. */
McOutcome mc_road_outcome (McRoad *road, SoupMessage *message, McReply *reply);
/** mc_road_word: the province's own word in the body of an answer that refuses; %NULL for a
 * portal's. */
char *mc_road_word (GBytes *body);
/** mc_road_count: adds what the message moved to @reply. */
void mc_road_count (SoupMessage *message, McReply *reply);

/** mc_road_exchange: sends and reads; %NULL where there was no answer of status 200. @ret_word:
 * (nullable): the province's own word where it refused. */
GBytes *mc_road_exchange (McRoad *road,
                          SoupMessage *message,
                          GCancellable *cancellable,
                          McReply *reply,
                          char **ret_word,
                          GError **error);

G_END_DECLS
