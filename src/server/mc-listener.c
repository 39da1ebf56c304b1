/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-listener"
#include "mc-listener.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#define BACKLOG 511
#define ACCEPT_AGAIN_MS 200
#define ACCEPT_MOST 64 /* in one turn of the main loop */
/* Without a request head by then: nobody who means it. */
#define HEAD_MS 60000
/* The client has closed its half and soup has not noticed by then. */
#define GONE_MS 30000
/* The worst line brings more of a body in a minute; who brings less only holds a descriptor. */
#define BODY_MS 60000
#define BODY_LEAST 1024
/* Who sends as fast as it is read would never let soup look at anybody else. */
#define TURN (1024 * 1024)
/* Read for nothing, so that a client that was refused can read why: twice a desk's largest piece.
 */
#define WASTE_MAX (16 * 1024 * 1024)
/* A desk whose power went says nothing: two minutes until the kernel gives it up. */
#define KEEPALIVE_IDLE 60
#define KEEPALIVE_INTERVAL 20
#define KEEPALIVE_COUNT 3
#define UNSENT_MS 120000

typedef struct
{
  GSocketConnection *stream;
  gint64 since;      /* ms */
  gint64 gone_since; /* -1: it is there */
  gint64 body_since; /* from when `body` is counted; -1: no body is coming */
  gsize body;
  gsize wasted;
  gsize turn; /* of the body since others had their turn */
  gboolean heard;
  gboolean drop;
} Connection;

struct _McListener
{
  SoupServer *soup;
  const McClock *clock;
  GSocket *socket;
  GSource *waiting;        /* for somebody to accept */
  GHashTable *connections; /* GSocketAddress (by identity) → Connection */
  guint again;
  guint soon; /* idle source that closes what is to be dropped */
  McPeerGone gone;
  gpointer gone_data;
};

static void
connection_free (Connection *connection)
{
  if (!g_io_stream_is_closed (G_IO_STREAM (connection->stream)))
    g_io_stream_close (G_IO_STREAM (connection->stream), NULL, NULL);
  g_object_unref (connection->stream);
  g_free (connection);
}

McListener *
mc_listener_new (SoupServer *soup, const McClock *clock, McPeerGone gone, gpointer data)
{
  McListener *listener = g_new0 (McListener, 1);

  listener->soup = g_object_ref (soup);
  listener->clock = clock;
  listener->connections =
      g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify)connection_free);
  listener->gone = gone;
  listener->gone_data = data;
  return listener;
}

static void
stop_accepting (McListener *listener)
{
  if (listener->waiting == NULL)
    return;
  g_source_destroy (listener->waiting);
  g_clear_pointer (&listener->waiting, g_source_unref);
}

void
mc_listener_close (McListener *listener)
{
  g_clear_handle_id (&listener->again, g_source_remove);
  g_clear_handle_id (&listener->soon, g_source_remove);
  stop_accepting (listener);
  if (listener->socket != NULL)
    g_socket_close (listener->socket, NULL);
  g_clear_object (&listener->socket);
}

void
mc_listener_free (McListener *listener)
{
  if (listener == NULL)
    return;
  mc_listener_close (listener);
  g_hash_table_unref (listener->connections);
  g_object_unref (listener->soup);
  g_free (listener);
}

static void
configure (GSocket *socket)
{
  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPIDLE, KEEPALIVE_IDLE, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPINTVL, KEEPALIVE_INTERVAL, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPCNT, KEEPALIVE_COUNT, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_USER_TIMEOUT, UNSENT_MS, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
}

static void
take_connection (McListener *listener, GSocketConnection *stream)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (stream, &error);
  g_autoptr (GSocketAddress) remote =
      local != NULL ? g_socket_connection_get_remote_address (stream, &error) : NULL;
  Connection *connection;

  if (remote == NULL)
    {
      /* A reset one has no address, and GLib does not always say why. */
      g_debug ("gone before it was accepted: %s", error != NULL ? error->message : "no address");
      return;
    }
  configure (g_socket_connection_get_socket (stream));
  connection = g_new0 (Connection, 1);
  connection->stream = g_object_ref (stream);
  connection->since = mc_clock_mono (listener->clock);
  connection->gone_since = -1;
  connection->body_since = -1;
  g_hash_table_insert (listener->connections, g_object_ref (remote), connection);
  if (!soup_server_accept_iostream (listener->soup, G_IO_STREAM (stream), local, remote, &error))
    {
      g_message ("a connection is not served: %s", error->message);
      g_hash_table_remove (listener->connections, remote);
    }
}

static void start_accepting (McListener *listener);

static gboolean
accept_again (gpointer data)
{
  McListener *listener = data;

  listener->again = 0;
  start_accepting (listener);
  return G_SOURCE_REMOVE;
}

/* Everybody who is at the door, not one a turn: who comes last would wait for all the others' work.
 */
static gboolean
on_door (GSocket *door, GIOCondition condition, gpointer data)
{
  McListener *listener = data;

  for (guint i = 0; i < ACCEPT_MOST; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (door, NULL, &error);
      g_autoptr (GSocketConnection) stream =
          socket != NULL ? g_socket_connection_factory_create_connection (socket) : NULL;

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return G_SOURCE_CONTINUE;
      if (stream == NULL)
        {
          /* Out of descriptors: asking again at once would only burn the processor. */
          g_message ("cannot accept: %s", error->message);
          stop_accepting (listener);
          listener->again = g_timeout_add (ACCEPT_AGAIN_MS, accept_again, listener);
          return G_SOURCE_REMOVE;
        }
      take_connection (listener, stream);
    }
  return G_SOURCE_CONTINUE;
}

static void
start_accepting (McListener *listener)
{
  listener->waiting = g_socket_create_source (listener->socket, G_IO_IN, NULL);
  g_source_set_callback (listener->waiting, G_SOURCE_FUNC (on_door), listener, NULL);
  g_source_attach (listener->waiting, NULL);
}

static GSocketAddress *
resolve (GSocketConnectable *where, GError **error)
{
  g_autoptr (GSocketAddressEnumerator) addresses = g_socket_connectable_enumerate (where);
  GSocketAddress *address = g_socket_address_enumerator_next (addresses, NULL, error);

  if (address == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such host");
  return address;
}

static GSocket *
open_door (GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) door = g_socket_new (g_socket_address_get_family (address),
                                           G_SOCKET_TYPE_STREAM,
                                           G_SOCKET_PROTOCOL_TCP,
                                           error);

  if (door == NULL)
    return NULL;
  g_socket_set_blocking (door, FALSE);
  g_socket_set_listen_backlog (door, BACKLOG);
  if (!g_socket_bind (door, address, TRUE, error) || !g_socket_listen (door, error))
    return NULL;
  return g_steal_pointer (&door);
}

char *
mc_listener_open (McListener *listener, const char *where, GError **error)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (where, 0, error);
  g_autoptr (GSocketAddress) address = parsed != NULL ? resolve (parsed, error) : NULL;
  g_autoptr (GSocketAddress) effective = NULL;
  const char *host;

  if (address == NULL)
    return NULL;
  listener->socket = open_door (address, error);
  if (listener->socket == NULL)
    return NULL;
  effective = g_socket_get_local_address (listener->socket, error);
  if (effective == NULL)
    return NULL;
  start_accepting (listener);
  host = g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed));
  return g_strdup_printf (strchr (host, ':') != NULL ? "http://[%s]:%u" : "http://%s:%u",
                          host,
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective)));
}

void
mc_listener_heard (McListener *listener, GSocketAddress *remote)
{
  Connection *connection = g_hash_table_lookup (listener->connections, remote);

  if (connection == NULL)
    return;
  connection->heard = TRUE;
  connection->body_since = mc_clock_mono (listener->clock);
}

gboolean
mc_listener_came (McListener *listener, GSocketAddress *remote, gsize length)
{
  Connection *connection = g_hash_table_lookup (listener->connections, remote);

  if (connection == NULL)
    return FALSE;
  connection->body += length;
  connection->turn += length;
  if (connection->turn < TURN)
    return FALSE;
  connection->turn = 0;
  return TRUE;
}

void
mc_listener_ended (McListener *listener, GSocketAddress *remote)
{
  Connection *connection = g_hash_table_lookup (listener->connections, remote);

  if (connection != NULL)
    connection->body_since = -1;
}

/* Not at once: soup is in the middle of reading from it. */
static gboolean
sweep_soon (gpointer data)
{
  McListener *listener = data;

  listener->soon = 0;
  mc_listener_sweep (listener);
  return G_SOURCE_REMOVE;
}

void
mc_listener_drop (McListener *listener, GSocketAddress *remote)
{
  Connection *connection = g_hash_table_lookup (listener->connections, remote);

  if (connection == NULL || connection->drop)
    return;
  connection->drop = TRUE;
  if (listener->soon == 0)
    listener->soon = g_idle_add_full (G_PRIORITY_DEFAULT, sweep_soon, listener, NULL);
}

void
mc_listener_wasted (McListener *listener, GSocketAddress *remote, gsize length)
{
  Connection *connection = g_hash_table_lookup (listener->connections, remote);

  if (connection == NULL)
    return;
  connection->wasted += length;
  if (connection->wasted > WASTE_MAX)
    mc_listener_drop (listener, remote);
}

/* Whether its body comes so slowly that it does not come at all. */
static gboolean
stuck (Connection *connection, gint64 now)
{
  if (connection->body_since < 0 || now - connection->body_since <= BODY_MS)
    return FALSE;
  if (connection->body < BODY_LEAST)
    return TRUE;
  connection->body_since = now;
  connection->body = 0;
  return FALSE;
}

static gboolean
peer_gone (GSocketConnection *stream)
{
  int fd = g_socket_get_fd (g_socket_connection_get_socket (stream));
  char byte;
  gssize got = recv (fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

  return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

/* Whether soup is done with it, or has to be. */
static gboolean
finished (McListener *listener, GSocketAddress *remote, Connection *connection)
{
  gint64 now = mc_clock_mono (listener->clock);

  if (g_io_stream_is_closed (G_IO_STREAM (connection->stream)) || connection->drop)
    return TRUE;
  if ((!connection->heard && now - connection->since > HEAD_MS) || stuck (connection, now))
    return TRUE;
  if (!peer_gone (connection->stream))
    return FALSE;
  if (connection->gone_since < 0)
    {
      connection->gone_since = now;
      listener->gone (remote, listener->gone_data);
    }
  return now - connection->gone_since > GONE_MS;
}

void
mc_listener_sweep (McListener *listener)
{
  GHashTableIter iter;
  gpointer remote, connection;

  g_hash_table_iter_init (&iter, listener->connections);
  while (g_hash_table_iter_next (&iter, &remote, &connection))
    if (finished (listener, remote, connection))
      g_hash_table_iter_remove (&iter);
}

guint
mc_listener_count (McListener *listener)
{
  return g_hash_table_size (listener->connections);
}
