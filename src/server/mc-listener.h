/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-clock.h"
#include <gio/gio.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * McListener:
 * Accepts connections for a SoupServer and looks after them: libsoup 3.2's own listening leaks a
 * descriptor for each one that its client closes while idle, and its backlog is ten.
 * A connection is known by its remote address object, which is the one that
 * soup_server_message_get_remote_address() gives.
 */
typedef struct _McListener McListener;

/** McPeerGone: the client at the other end has gone away. */
typedef void (*McPeerGone) (GSocketAddress *remote, gpointer data);

/** mc_listener_new: @soup is referenced, @clock borrowed. */
McListener *
mc_listener_new (SoupServer *soup, const McClock *clock, McPeerGone gone, gpointer data);
/** mc_listener_free: closes every connection. */
void mc_listener_free (McListener *listener);
/** mc_listener_open: Returns: (transfer full): the URL, or %NULL */
char *mc_listener_open (McListener *listener, const char *where, GError **error);
/** mc_listener_close: accepts no more. */
void mc_listener_close (McListener *listener);
/** mc_listener_heard: a whole request head came over it: it may stay, as long as its body comes. */
void mc_listener_heard (McListener *listener, GSocketAddress *remote);
/** mc_listener_came: so many bytes of the body. Returns: whether it is others' turn now */
gboolean mc_listener_came (McListener *listener, GSocketAddress *remote, gsize length);
/** mc_listener_wasted: of which so many are for nobody: too many of these, and it is closed. */
void mc_listener_wasted (McListener *listener, GSocketAddress *remote, gsize length);
/** mc_listener_ended: the body is whole; the answer may take as long as it takes. */
void mc_listener_ended (McListener *listener, GSocketAddress *remote);
/** mc_listener_drop: closes it as soon as nobody is reading from it. */
void mc_listener_drop (McListener *listener, GSocketAddress *remote);
/** mc_listener_sweep: forgets what is closed and finds who has gone; called about every second. */
void mc_listener_sweep (McListener *listener);
/** mc_listener_count: connections that are open. */
guint mc_listener_count (McListener *listener);

G_END_DECLS
