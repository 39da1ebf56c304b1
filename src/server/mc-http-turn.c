/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What takes long is done in parts, one a turn of the main loop, and when nobody else has something
 * to say, or has had as long as the last part took: a desk with nothing to do is heard in between,
 * and neither those who send scans nor those who bring a day's changes shut the others out.
 * Two things take long: a request that brings or reads much, and telling whole offices their news.
 */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

/* In entries of the feed, see mc_province_weigh(). */
#define WEIGHT_AT_ONCE 100
/* A desk waits forty seconds for an answer. Of whoever would wait this long nothing is kept, and
 * whoever has sent it all by then is turned away a little later. */
#define PATIENCE_MS 12000
#define PATIENCE_SENT_MS 20000
/* Of bodies that are coming or waiting, all together; a small one finds room in any case. */
#define BYTES_MAX (128 * 1024 * 1024)
#define SMALL_BYTES 4096
/* So long a request is worked on in a turn. */
#define PART_US 50000
/* The others have at least so long between two turns. */
#define PAUSE_LEAST_MS 5

#define CAME "mc-came" /* of a message: how many bytes of its body are kept */

/* A request that waits for its turn, or has it; paused in soup until it is answered or its client
 * goes. */
typedef struct
{
  McServer *server;
  SoupServerMessage *msg;
  gulong finished;
  char *id;     /* of its device */
  GBytes *body; /* as it was sent: unpacked it is several times as long */
  guint weight;
  gint64 began_us; /* what follows is of the turn that it has */
  McDevice *device;
  McSyncRequest *request;
  McTrip *trip;
  gboolean taken; /* all its lines: now it is answered */
} McComer;

static void
comer_free (gpointer data)
{
  McComer *comer = data;

  g_clear_pointer (&comer->trip, mc_trip_free);
  g_clear_pointer (&comer->request, mc_sync_request_free);
  g_clear_pointer (&comer->device, mc_device_free);
  g_clear_signal_handler (&comer->finished, comer->msg);
  g_object_unref (comer->msg);
  g_free (comer->id);
  g_bytes_unref (comer->body);
  g_free (comer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McComer, comer_free)

McTurns *
_mc_turn_queue (void)
{
  return mc_turns_new (g_random_int (), comer_free);
}

gboolean
_mc_turn_has (McServer *server, const char *office)
{
  McComer *comer = server->comer;

  return comer != NULL && comer->device != NULL && g_str_equal (comer->device->office, office);
}

void
_mc_turn_forget (McServer *server)
{
  g_clear_pointer (&server->comer, comer_free);
}

/* It has been answered. What counts is how long those who wait have waited for it, others that were
 * heard in between included. */
static void
end_turn (McServer *server)
{
  g_autoptr (McComer) comer = g_steal_pointer (&server->comer);

  mc_turns_took (server->turns, comer->weight, g_get_monotonic_time () - comer->began_us);
  soup_server_message_unpause (comer->msg);
}

/* Whose turn it is, as it stands now: the desk may have been suspended meanwhile. */
static gboolean
begin_turn (McServer *server, GError **error)
{
  McComer *comer =
      mc_turns_next (server->turns, mc_clock_mono (mc_province_clock (server->province)));

  server->comer = comer;
  if (comer == NULL)
    return FALSE;
  comer->began_us = g_get_monotonic_time ();
  comer->device = mc_province_device (server->province, comer->id, error);
  if (comer->device == NULL || comer->device->suspended)
    return FALSE;
  comer->request = _mc_http_read_sync (comer->msg, comer->body);
  comer->trip = mc_trip_new (server->province, comer->device, comer->request, error);
  return comer->trip != NULL;
}

static gboolean
take_turn (McServer *server, gboolean *ret_over, GError **error)
{
  McComer *comer = server->comer;
  g_autoptr (McSyncAnswer) answer = NULL;

  if (!comer->taken)
    return mc_trip_go (comer->trip, g_get_monotonic_time () + PART_US, &comer->taken, error);
  answer = mc_trip_answer (comer->trip, error);
  if (answer == NULL)
    return FALSE;
  _mc_http_say_scan (server, comer->device, comer->request, answer);
  _mc_http_answer (comer->msg, answer);
  *ret_over = TRUE;
  return TRUE;
}

/* The next part of what is under way, or of the next. */
static void
work_on (McServer *server)
{
  g_autoptr (GError) error = NULL;
  gboolean over = FALSE;
  gboolean ok = server->comer != NULL || begin_turn (server, &error);
  McComer *comer = server->comer;

  if (comer == NULL)
    return;
  ok = ok && take_turn (server, &over, &error);
  if (!ok && error != NULL)
    _mc_reply_failure (comer->msg, error);
  else if (!ok)
    _mc_reply_error (comer->msg, SOUP_STATUS_FORBIDDEN, "suspended");
  if (!ok || over)
    end_turn (server);
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
    work_on (server);
  server->turn_ms = (guint)((g_get_monotonic_time () - began) / 1000);
  if (mc_turns_count (server->turns) > 0 || server->comer != NULL || server->holds_due > 0)
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
  gint64 now_ms = mc_clock_mono (mc_province_clock (server->province));
  g_autofree char *again = g_strdup_printf ("%u", mc_turns_again_s (server->turns, now_ms));

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
  return g_str_equal (((const McComer *)comer)->id, device);
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

  if (comer->server->comer == comer)
    _mc_turn_forget (comer->server);
  else
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
  comer->id = g_strdup (device->id);
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
