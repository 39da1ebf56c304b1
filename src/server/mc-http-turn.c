/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What takes long is done one thing a turn of the main loop, and when nobody else has something to
 * say, or has had as long as the last thing took: a desk with nothing to do is heard in between,
 * and neither those who send scans nor those who bring a day's changes shut the others out.
 * Two things take long: a request that brings or reads much, and telling whole offices their news.
 */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

/* In entries of the feed, see mc_province_weigh(). */
#define WEIGHT_AT_ONCE 100
/* A desk waits forty seconds for an answer. Whoever would wait this long is not let send it, and
 * whoever has sent it is turned away a little later. */
#define PATIENCE_MS 15000
#define PATIENCE_SENT_MS 25000
/* Of bodies that are coming or waiting, all together; a small one finds room in any case. */
#define BYTES_MAX (128 * 1024 * 1024)
#define SMALL_BYTES 4096
/* The others have at least so long between two turns. */
#define PAUSE_LEAST_MS 5

#define CAME "mc-came" /* of a message: how many bytes of its body are kept */

/* A request that waits for its turn; paused in soup until it is answered or its client goes. */
typedef struct
{
  McServer *server;
  SoupServerMessage *msg;
  gulong finished;
  char *device;
  GBytes *body; /* as it was sent: unpacked it is several times as long */
  guint weight;
} McComer;

static void
comer_free (gpointer data)
{
  McComer *comer = data;

  g_clear_signal_handler (&comer->finished, comer->msg);
  g_object_unref (comer->msg);
  g_free (comer->device);
  g_bytes_unref (comer->body);
  g_free (comer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McComer, comer_free)

McTurns *
_mc_turn_queue (void)
{
  return mc_turns_new (g_random_int (), comer_free);
}

static void
judge_next (McServer *server)
{
  gint64 began = g_get_monotonic_time ();
  gint64 now_ms = mc_clock_mono (mc_province_clock (server->province));
  g_autoptr (McComer) comer = mc_turns_next (server->turns, now_ms);
  g_autoptr (McSyncRequest) request = NULL;

  if (comer == NULL)
    return;
  request = _mc_http_read_sync (comer->msg, comer->body);
  _mc_http_sync_again (server, comer->msg, comer->device, request);
  mc_turns_took (server->turns, comer->weight, g_get_monotonic_time () - began);
}

static gboolean
on_turn (gpointer data)
{
  McServer *server = data;
  gint64 began = g_get_monotonic_time ();

  g_clear_handle_id (&server->turn, g_source_remove);
  g_clear_handle_id (&server->turn_late, g_source_remove);
  server->turn_is_news = !server->turn_is_news;
  if (!server->turn_is_news || !_mc_hold_release (server))
    judge_next (server);
  server->turn_ms = (guint)((g_get_monotonic_time () - began) / 1000);
  if (mc_turns_count (server->turns) > 0 || server->holds_due > 0)
    _mc_turn_soon (server);
  return G_SOURCE_REMOVE;
}

void
_mc_turn_soon (McServer *server)
{
  if (server->turn != 0)
    return;
  server->turn = g_idle_add (on_turn, server);
  server->turn_late = g_timeout_add (MAX (server->turn_ms, PAUSE_LEAST_MS), on_turn, server);
}

void
_mc_turn_busy (McServer *server, SoupServerMessage *msg)
{
  g_autofree char *again = g_strdup_printf ("%u", mc_turns_again_s (server->turns));

  soup_message_headers_replace (soup_server_message_get_response_headers (msg),
                                "Retry-After",
                                again);
  _mc_reply_error (msg, SOUP_STATUS_SERVICE_UNAVAILABLE, "busy");
}

static void
turn_away (McServer *server, McTurnsMeant meant, gconstpointer data)
{
  g_autoptr (McComer) comer = mc_turns_remove (server->turns, meant, data);

  if (comer == NULL)
    return;
  _mc_turn_busy (server, comer->msg);
  soup_server_message_unpause (comer->msg);
}

static gboolean
is_it (gconstpointer comer, gconstpointer other)
{
  return comer == other;
}

static gboolean
is_of_device (gconstpointer comer, gconstpointer device)
{
  return g_str_equal (((const McComer *)comer)->device, device);
}

static gboolean
is_from (gconstpointer comer, gconstpointer remote)
{
  return soup_server_message_get_remote_address (((const McComer *)comer)->msg) == remote;
}

static gboolean
is_any (gconstpointer comer, gconstpointer unused)
{
  return TRUE;
}

static void
on_finished (SoupServerMessage *msg, gpointer data)
{
  McComer *comer = data;

  comer_free (mc_turns_remove (comer->server->turns, is_it, comer));
}

static void
wait_for_turn (McServer *server,
               SoupServerMessage *msg,
               const McDevice *device,
               GBytes *body,
               guint weight)
{
  McComer *comer = g_new0 (McComer, 1);

  comer->server = server;
  comer->msg = g_object_ref (msg);
  comer->device = g_strdup (device->id);
  comer->body = g_bytes_ref (body);
  comer->weight = weight;
  comer->finished = g_signal_connect (msg, "finished", G_CALLBACK (on_finished), comer);
  soup_server_message_pause (msg);
  mc_turns_put (server->turns,
                device->office,
                device->id,
                weight,
                mc_clock_mono (mc_province_clock (server->province)),
                comer);
  _mc_turn_soon (server);
}

gboolean
_mc_turn_wait (McServer *server,
               SoupServerMessage *msg,
               const McDevice *device,
               const McSyncRequest *request,
               GBytes *body)
{
  guint weight = mc_province_weigh (server->province, device, request);

  if (weight <= WEIGHT_AT_ONCE)
    return FALSE;
  /* A desk that asks again has given up what it asked before. */
  turn_away (server, is_of_device, device->id);
  if (server->stopped != NULL || mc_turns_full (server->turns, PATIENCE_SENT_MS))
    _mc_turn_busy (server, msg);
  else
    wait_for_turn (server, msg, device, body, weight);
  return TRUE;
}

void
_mc_turn_gone (McServer *server, GSocketAddress *remote)
{
  turn_away (server, is_from, remote);
}

void
_mc_turn_stop (McServer *server)
{
  while (mc_turns_count (server->turns) > 0)
    turn_away (server, is_any, NULL);
}

gboolean
_mc_turn_room (McServer *server, goffset length)
{
  return length <= SMALL_BYTES || (!mc_turns_full (server->turns, PATIENCE_MS) &&
                                   server->bytes + (gsize)length <= BYTES_MAX);
}

static void
note_bytes (McServer *server, SoupServerMessage *msg, gsize bytes)
{
  server->bytes -= GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (msg), CAME));
  server->bytes += bytes;
  g_object_set_data (G_OBJECT (msg), CAME, GSIZE_TO_POINTER (bytes));
}

void
_mc_turn_let_go (SoupServerMessage *msg, McServer *server)
{
  note_bytes (server, msg, 0);
}

gboolean
_mc_turn_came (McServer *server, SoupServerMessage *msg)
{
  goffset length = soup_server_message_get_request_body (msg)->length;

  note_bytes (server, msg, (gsize)length);
  return length <= SMALL_BYTES || server->bytes <= BYTES_MAX;
}
