/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-server"
#include "mc-server-private.h"

#include "mc-province-scans.h"
#include <string.h>

#define TICK_MS 1000
#define STOP_TICK_MS 50
#define STOP_SECONDS 5
#define SMALL_BODY (64 * 1024)
#define CHORES_MS 60000

static gboolean
is_method (SoupServerMessage *msg, const char *method)
{
  return g_str_equal (_mc_method (msg), method);
}

static gint64
body_limit (const char *path)
{
  return g_str_equal (path, "/v1/sync") ? MC_WIRE_MAX : SMALL_BODY;
}

/* The rest of the body goes nowhere. */
static void
drop_body (SoupServerMessage *msg)
{
  SoupMessageBody *body = soup_server_message_get_request_body (msg);

  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
}

/* Refuses before the body is read. */
static void
refuse_body (SoupServerMessage *msg, guint status, const char *word)
{
  drop_body (msg);
  _mc_reply_error (msg, status, word);
}

static void
turn_away (McServer *server, SoupServerMessage *msg)
{
  drop_body (msg);
  _mc_turn_let_go (msg, server);
  _mc_turn_busy (server, msg);
}

#define RESTING "mc-resting" /* of a message: the source that lets it go on */

static gboolean
go_on (gpointer data)
{
  g_object_set_data (data, RESTING, NULL);
  soup_server_message_unpause (data);
  return G_SOURCE_REMOVE;
}

static void
rest_no_more (SoupServerMessage *msg, gpointer data)
{
  guint source = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (msg), RESTING));

  g_object_set_data (G_OBJECT (msg), RESTING, NULL);
  if (source != 0)
    g_source_remove (source);
}

/* Lets whoever else has something to say be heard first. */
static void
rest (SoupServerMessage *msg)
{
  guint source = g_idle_add_full (G_PRIORITY_DEFAULT, go_on, msg, NULL);

  g_object_set_data (G_OBJECT (msg), RESTING, GUINT_TO_POINTER (source));
  soup_server_message_pause (msg);
}

/* Everything that comes, whoever takes it. */
static void
on_chunk (SoupServerMessage *msg, GBytes *chunk, gpointer data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (msg);
  GSocketAddress *remote = soup_server_message_get_remote_address (msg);
  const char *path = g_uri_get_path (soup_server_message_get_uri (msg));
  McServer *server = data;

  if (mc_listener_came (server->listener, remote, g_bytes_get_size (chunk)))
    rest (msg);
  if (soup_server_message_get_status (msg) != 0)
    mc_listener_wasted (server->listener, remote, g_bytes_get_size (chunk));
  else if (soup_message_body_get_accumulate (body) && body->length > body_limit (path))
    refuse_body (msg, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "size");
  else if (g_str_equal (path, "/v1/sync") && !_mc_turn_came (server, msg))
    turn_away (server, msg);
}

static void
on_body (SoupServerMessage *msg, gpointer data)
{
  McServer *server = data;

  mc_listener_ended (server->listener, soup_server_message_get_remote_address (msg));
}

/* Before the body: who may send how much of it, and scans go straight to the disk. */
static void
on_head (SoupServer *soup,
         SoupServerMessage *msg,
         const char *path,
         GHashTable *query,
         gpointer data)
{
  McServer *server = data;
  goffset length =
      soup_message_headers_get_content_length (soup_server_message_get_request_headers (msg));

  mc_listener_heard (server->listener, soup_server_message_get_remote_address (msg));
  /* The envelope tells the time to a desk, and the proxy in front to everybody else. */
  soup_message_headers_remove (soup_server_message_get_response_headers (msg), "Date");
  soup_message_headers_replace (soup_server_message_get_response_headers (msg),
                                "Connection",
                                "close");
  g_signal_connect (msg, "got-chunk", G_CALLBACK (on_chunk), server);
  g_signal_connect (msg, "got-body", G_CALLBACK (on_body), server);
  g_signal_connect (msg, "finished", G_CALLBACK (rest_no_more), NULL);
  if (_mc_is_blobs (path))
    _mc_tus_head (msg);
  if (is_method (msg, "PATCH") && _mc_blob_of (path) != NULL)
    {
      soup_message_body_set_accumulate (soup_server_message_get_request_body (msg), FALSE);
      _mc_http_blob_patch (server, msg, _mc_blob_of (path));
    }
  else if (length > body_limit (path))
    refuse_body (msg, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "size");
  else if (g_str_equal (path, "/v1/sync") && !_mc_device_claimed (server, msg))
    refuse_body (msg, SOUP_STATUS_UNAUTHORIZED, "device");
  else if (g_str_equal (path, "/v1/sync") && !_mc_turn_room (server, length))
    turn_away (server, msg);
  if (g_str_equal (path, "/v1/sync"))
    g_signal_connect (msg, "finished", G_CALLBACK (_mc_turn_let_go), server);
}

/* What has no body. */
static gboolean
route_read (McServer *server, SoupServerMessage *msg, const char *path)
{
  if (is_method (msg, "GET") && g_str_equal (path, "/v1/hello"))
    _mc_http_hello (server, msg);
  else if (is_method (msg, "GET") && _mc_blob_of (path) != NULL)
    _mc_http_blob_get (server, msg, _mc_blob_of (path));
  else if (is_method (msg, "HEAD") && _mc_blob_of (path) != NULL)
    _mc_http_blob_head (server, msg, _mc_blob_of (path));
  else if (is_method (msg, "DELETE") && _mc_blob_of (path) != NULL)
    _mc_http_blob_delete (server, msg, _mc_blob_of (path));
  else if (is_method (msg, "OPTIONS") && _mc_is_blobs (path))
    _mc_http_blob_options (msg);
  else
    return FALSE;
  return TRUE;
}

static gboolean
route_post (McServer *server, SoupServerMessage *msg, const char *path)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (msg));

  if (!is_method (msg, "POST"))
    return FALSE;
  if (g_str_equal (path, "/v1/sync"))
    _mc_http_sync (server, msg, body);
  else if (g_str_equal (path, "/v1/enrol"))
    _mc_http_enrol (server, msg, body);
  else if (g_str_equal (path, "/v1/unlock"))
    _mc_http_unlock (server, msg, body);
  else if (g_str_equal (path, MC_BLOBS))
    _mc_http_blob_begin (server, msg, body);
  else
    return FALSE;
  return TRUE;
}

static void
on_request (SoupServer *soup,
            SoupServerMessage *msg,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  McServer *server = data;

  /* An upload has no status yet, but it answers for itself. */
  if (is_method (msg, "PATCH") && _mc_blob_of (path) != NULL)
    return;
  if (!route_read (server, msg, path) && !route_post (server, msg, path))
    _mc_reply_error (msg, SOUP_STATUS_NOT_FOUND, "path");
}

static void
on_watch (const char *office, gpointer data)
{
  _mc_hold_wake (data, office);
}

static void
on_gone (GSocketAddress *remote, gpointer data)
{
  _mc_hold_gone (data, remote);
  _mc_turn_gone (data, remote);
}

/* Scans that were begun and never went on; those that are coming in are not among them. */
static void
drop_expired (McServer *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due = mc_province_scans_expired (server->province, &error);

  for (guint i = 0; due != NULL && error == NULL && i < due->len; i++)
    if (!g_hash_table_contains (server->uploads, due->pdata[i]))
      {
        g_message ("scan %s: dropped half-finished", (const char *)due->pdata[i]);
        mc_province_blob_drop (server->province, due->pdata[i], &error);
      }
  if (error != NULL)
    g_message ("half-finished scans: %s", error->message);
}

void
_mc_server_tick (McServer *server)
{
  gint64 now = mc_clock_mono (mc_province_clock (server->province));

  mc_listener_sweep (server->listener);
  if (server->holds->len > 0)
    mc_province_look (server->province);
  if (now >= server->chores_at)
    {
      server->chores_at = now + CHORES_MS;
      drop_expired (server);
    }
}

static gboolean
on_tick (gpointer data)
{
  _mc_server_tick (data);
  return G_SOURCE_CONTINUE;
}

McServer *
mc_server_new (McProvince *province)
{
  McServer *server;

  g_return_val_if_fail (province != NULL, NULL);

  gcry_check_version (NULL);
  server = g_new0 (McServer, 1);
  server->province = province;
  server->soup = soup_server_new (NULL, NULL);
  server->listener = mc_listener_new (server->soup, mc_province_clock (province), on_gone, server);
  server->holds = g_ptr_array_new_with_free_func (_mc_hold_free);
  server->turns = _mc_turn_queue ();
  server->uploads = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, _mc_upload_free);
  server->sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, _mc_running_sum_free);
  server->guesses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  server->tick = g_timeout_add (TICK_MS, on_tick, server);
  soup_server_add_early_handler (server->soup, NULL, on_head, server, NULL);
  soup_server_add_handler (server->soup, NULL, on_request, server, NULL);
  mc_province_set_watch (province, on_watch, server);
  return server;
}

char *
mc_server_listen (McServer *server, const char *where, GError **error)
{
  g_return_val_if_fail (server != NULL && where != NULL, NULL);
  return mc_listener_open (server->listener, where, error);
}

static gboolean
on_stop_tick (gpointer data)
{
  McServer *server = data;

  mc_listener_sweep (server->listener);
  if (mc_listener_count (server->listener) > 0 && g_get_monotonic_time () < server->stop_until)
    return G_SOURCE_CONTINUE;
  server->stop_tick = 0;
  server->stopped (server->stopped_data);
  return G_SOURCE_REMOVE;
}

void
mc_server_stop (McServer *server, McServerStopped stopped, gpointer data)
{
  g_return_if_fail (server != NULL && stopped != NULL);

  if (server->stopped != NULL)
    return;
  server->stopped = stopped;
  server->stopped_data = data;
  server->stop_until = g_get_monotonic_time () + STOP_SECONDS * G_USEC_PER_SEC;
  mc_listener_close (server->listener);
  _mc_turn_stop (server);
  _mc_hold_wake (server, NULL);
  server->stop_tick = g_timeout_add (STOP_TICK_MS, on_stop_tick, server);
}

void
mc_server_free (McServer *server)
{
  if (server == NULL)
    return;
  g_clear_handle_id (&server->tick, g_source_remove);
  g_clear_handle_id (&server->stop_tick, g_source_remove);
  mc_province_set_watch (server->province, NULL, NULL);
  mc_listener_close (server->listener);
  /* A scan that is being checked on another thread still has this server in its hands. */
  while (server->checks > 0)
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&server->turn, g_source_remove);
  g_clear_handle_id (&server->turn_late, g_source_remove);
  g_ptr_array_unref (server->holds);
  _mc_turn_forget (server);
  mc_turns_free (server->turns);
  g_hash_table_unref (server->uploads);
  g_hash_table_unref (server->sums);
  soup_server_disconnect (server->soup);
  g_object_unref (server->soup);
  mc_listener_free (server->listener);
  g_hash_table_unref (server->guesses);
  g_free (server);
}
