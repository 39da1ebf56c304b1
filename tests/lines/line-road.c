/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "line-road.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>

#define PATIENCE_S 20
/* Of TLS 1.3 with a chain of two P-256 certificates: hello; hello to finished; finished. */
#define HELLO_UP 330
#define HELLO_DOWN 2400
#define FINISHED_UP 80
/* A record's head and tag, and how much it holds. */
#define RECORD_MORE 22
#define RECORD 16384
#define FIN_BYTES 52

static const char portal_page[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 38\r\nConnection: close\r\n\r\n"
    "<html><body>Xin chao! WiFi</body></html>";

struct _LineRoad
{
  LineLink *link;
  LineTrouble trouble;
  LineTold told;
  GSocket *listener;
  GThread *thread;
  GMutex mutex; /* of all that is told */
  guint16 port, own_port;
  gboolean clear;
  gint64 now;
  gboolean connected;
  LineTcp here, there;
  gint64 away_until;
  void (*pass) (gint64 now, gpointer data);
  gpointer data;
};

static void
set_now (LineRoad *road, gint64 now)
{
  g_mutex_lock (&road->mutex);
  road->now = MAX (road->now, now);
  now = road->now;
  g_mutex_unlock (&road->mutex);
  road->pass (now, road->data);
}

static gssize
body_length (const GByteArray *request, gsize head)
{
  g_autofree char *text = g_ascii_strdown ((const char *)request->data, (gssize)head);
  const char *found = strstr (text, "\r\ncontent-length:");

  return found != NULL ? (gssize)g_ascii_strtoll (found + 17, NULL, 10) : 0;
}

/* A whole request; @ret_head: length of its head. */
static GByteArray *
read_request (GSocket *socket, gsize *ret_head)
{
  g_autoptr (GByteArray) request = g_byte_array_new ();
  gsize whole = G_MAXSIZE;
  guint8 block[65536];

  *ret_head = 0;
  while (request->len < whole)
    {
      gssize got = g_socket_receive (socket, (char *)block, sizeof block, NULL, NULL);
      const char *end;

      if (got <= 0)
        return NULL;
      g_byte_array_append (request, block, (guint)got);
      if (*ret_head > 0)
        continue;
      end = g_strstr_len ((const char *)request->data, (gssize)request->len, "\r\n\r\n");
      if (end == NULL)
        continue;
      *ret_head = (gsize)(end + 4 - (const char *)request->data);
      whole = *ret_head + (gsize)body_length (request, *ret_head);
    }
  return g_steal_pointer (&request);
}

static GSocket *
reach_province (LineRoad *road)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, road->port);
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  g_socket_set_timeout (socket, PATIENCE_S);
  if (!g_socket_connect (socket, address, NULL, NULL))
    g_error ("the province cannot be reached");
  return g_steal_pointer (&socket);
}

static void
write_all (GSocket *socket, const guint8 *bytes, gsize length)
{
  while (length > 0)
    {
      gssize sent = g_socket_send (socket, (const char *)bytes, length, NULL, NULL);

      /* Who is no longer there does not read. */
      if (sent <= 0)
        return;
      bytes += sent;
      length -= (gsize)sent;
    }
}

/* The province's answer to what has arrived; it closes when it has said all. */
static GByteArray *
ask_province (LineRoad *road, const GByteArray *request, gsize arrived)
{
  g_autoptr (GSocket) socket = reach_province (road);
  GByteArray *answer = g_byte_array_new ();
  guint8 block[65536];
  gssize got;

  write_all (socket, request->data, arrived);
  if (arrived < request->len)
    g_socket_shutdown (socket, FALSE, TRUE, NULL);
  while ((got = g_socket_receive (socket, (char *)block, sizeof block, NULL, NULL)) > 0)
    g_byte_array_append (answer, block, (guint)got);
  g_socket_close (socket, NULL);
  return answer;
}

static gint64
next_cut (const LineRoad *road, gint64 now)
{
  gint64 every = road->trouble.cut_every;

  return every > 0 ? (now / every + 1) * every : G_MAXINT64;
}

static void
cut (LineRoad *road, gint64 at)
{
  road->connected = FALSE;
  road->away_until = at + road->trouble.cut_for;
  g_mutex_lock (&road->mutex);
  road->told.cuts++;
  g_mutex_unlock (&road->mutex);
  set_now (road, at);
}

/* With what TLS adds. */
static gsize
wrapped (const LineRoad *road, gsize bytes)
{
  return road->trouble.tls ? bytes + (bytes / RECORD + 1) * RECORD_MORE : bytes;
}

static gsize
unwrapped (const LineRoad *road, gsize bytes, gsize most)
{
  return MIN (most,
              road->trouble.tls ? bytes - bytes / (RECORD + RECORD_MORE) * RECORD_MORE : bytes);
}

static gint64
connect_at (LineRoad *road, gint64 now)
{
  if (road->connected && road->trouble.tls)
    return now;
  now = line_tcp_connect (road->link, now, &road->here, &road->there);
  road->connected = TRUE;
  if (!road->trouble.tls)
    return now;
  now = line_tcp_carry (&road->here, road->link, 0, HELLO_UP, now, G_MAXINT64).at;
  now = line_tcp_carry (&road->there, road->link, 1, HELLO_DOWN, now, G_MAXINT64).at;
  /* The end of it travels with the first request. */
  line_link_send (road->link, 0, FINISHED_UP + FIN_BYTES, now);
  return now;
}

static void
count_up (LineRoad *road,
          const GByteArray *request,
          gsize head,
          gint64 began,
          const LineCarried *carried)
{
  gboolean scan = g_str_has_prefix ((const char *)request->data, "PATCH ");
  gint64 left = scan && carried->sent > head ? (gint64)(carried->sent - head) : 0;
  gint64 kept =
      scan && carried->arrived > head && !(road->trouble.buffers && carried->arrived < request->len)
          ? (gint64)(carried->arrived - head)
          : 0;

  g_mutex_lock (&road->mutex);
  road->told.requests++;
  road->told.up += (gint64)carried->sent;
  road->told.silence = MAX (road->told.silence, carried->at - began);
  road->told.scan_up += left;
  road->told.again_most = MAX (road->told.again_most, left - kept);
  if (g_str_has_prefix ((const char *)request->data, "POST /v1/sync"))
    road->told.heard_at = carried->at;
  g_mutex_unlock (&road->mutex);
}

static void
answer_down (LineRoad *road,
             GSocket *desk,
             const guint8 *bytes,
             gsize length,
             gint64 from,
             gint64 end)
{
  LineCarried down =
      line_tcp_carry (&road->there, road->link, 1, wrapped (road, length), from, end);
  gboolean whole = down.arrived >= wrapped (road, length);

  g_mutex_lock (&road->mutex);
  road->told.down += (gint64)unwrapped (road, down.sent, length);
  g_mutex_unlock (&road->mutex);
  if (!whole)
    cut (road, end);
  else
    set_now (road, down.at);
  write_all (desk, bytes, whole ? length : unwrapped (road, down.arrived, length));
  if (road->trouble.tls)
    return;
  for (guint way = 0; way < 2; way++)
    line_link_send (road->link, way, FIN_BYTES, down.at);
}

/* Over the line, and back. */
static void
travel (LineRoad *road, GSocket *desk, const GByteArray *request, gsize head)
{
  gint64 began = connect_at (road, line_road_now (road));
  gint64 end = next_cut (road, line_road_now (road));
  gboolean portal = began >= road->trouble.portal_from && began < road->trouble.portal_to;
  LineCarried up;
  g_autoptr (GByteArray) answer = NULL;

  if (began >= end)
    {
      cut (road, end);
      return;
    }
  up = line_tcp_carry (&road->here, road->link, 0, wrapped (road, request->len), began, end);
  up.sent = unwrapped (road, up.sent, request->len);
  up.arrived = unwrapped (road, up.arrived, request->len);
  count_up (road, request, head, began, &up);
  set_now (road, up.at);
  if (portal)
    {
      answer_down (road, desk, (const guint8 *)portal_page, strlen (portal_page), up.at, end);
      return;
    }
  if (up.arrived == request->len || !road->trouble.buffers)
    answer = ask_province (road, request, up.arrived);
  if (up.arrived < request->len)
    cut (road, end);
  else
    answer_down (road, desk, answer->data, answer->len, up.at, end);
}

static void
serve (LineRoad *road, GSocket *desk)
{
  gsize head = 0;
  g_autoptr (GByteArray) request = read_request (desk, &head);

  if (request == NULL)
    return;
  if (road->clear)
    {
      g_autoptr (GByteArray) answer = ask_province (road, request, request->len);

      write_all (desk, answer->data, answer->len);
    }
  else if (line_road_now (road) >= road->away_until)
    travel (road, desk, request, head);
}

static gpointer
run (gpointer data)
{
  LineRoad *road = data;
  GSocket *desk;

  while ((desk = g_socket_accept (road->listener, NULL, NULL)) != NULL)
    {
      serve (road, desk);
      g_socket_close (desk, NULL);
      g_object_unref (desk);
    }
  return NULL;
}

LineRoad *
line_road_new (guint16 port,
               const LineShape *shape,
               const LineTrouble *trouble,
               void (*pass) (gint64 now, gpointer data),
               gpointer data)
{
  LineRoad *road = g_new0 (LineRoad, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) own = NULL;

  g_mutex_init (&road->mutex);
  road->link = line_link_new ();
  line_link_shape (road->link, shape);
  road->trouble = *trouble;
  road->port = port;
  road->pass = pass;
  road->data = data;
  road->listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  if (!g_socket_bind (road->listener, any, TRUE, NULL) || !g_socket_listen (road->listener, NULL))
    g_error ("no port on loopback");
  own = g_socket_get_local_address (road->listener, NULL);
  road->own_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (own));
  road->thread = g_thread_new ("line", run, road);
  return road;
}

void
line_road_free (LineRoad *road)
{
  /* Wakes who waits in accept(). */
  shutdown (g_socket_get_fd (road->listener), SHUT_RDWR);
  g_thread_join (road->thread);
  g_object_unref (road->listener);
  line_link_free (road->link);
  g_mutex_clear (&road->mutex);
  g_free (road);
}

void
line_road_clear (LineRoad *road, gboolean clear)
{
  road->clear = clear;
}

char *
line_road_url (LineRoad *road)
{
  return g_strdup_printf ("http://127.0.0.1:%u", road->own_port);
}

gint64
line_road_now (LineRoad *road)
{
  gint64 now;

  g_mutex_lock (&road->mutex);
  now = road->now;
  g_mutex_unlock (&road->mutex);
  return now;
}

void
line_road_pass (LineRoad *road, gint64 until)
{
  set_now (road, until);
}

LineTold
line_road_told (LineRoad *road)
{
  LineTold told;

  g_mutex_lock (&road->mutex);
  told = road->told;
  g_mutex_unlock (&road->mutex);
  return told;
}

gint64
line_road_wire (LineRoad *road, guint way)
{
  return line_link_count (road->link, way)->bytes;
}
