/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

/* A request that waits for news of its office. Paused in soup until it is answered or its client
 * goes. */
typedef struct
{
  McServer *server;
  SoupServerMessage *msg;
  char *device;
  char *office;
  McSyncRequest *request;
  guint timer;
  gulong finished;
  gboolean due;
} McHold;

void
_mc_hold_free (gpointer data)
{
  McHold *hold = data;

  g_clear_handle_id (&hold->timer, g_source_remove);
  g_clear_signal_handler (&hold->finished, hold->msg);
  g_object_unref (hold->msg);
  mc_sync_request_free (hold->request);
  g_free (hold->device);
  g_free (hold->office);
  g_free (hold);
}

/* What has become of the desk and its feed meanwhile. */
static void
answer (McServer *server, McHold *hold)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McDevice) device = mc_province_device (server->province, hold->device, &error);
  g_autoptr (McSyncAnswer) page = NULL;

  if (device != NULL && !device->suspended)
    page = mc_province_sync (server->province, device, hold->request, &error);
  if (page != NULL)
    {
      _mc_http_say_scan (server, device, hold->request, page);
      _mc_http_answer (hold->msg, page);
    }
  else if (error != NULL)
    _mc_reply_failure (hold->msg, error);
  else
    _mc_reply_error (hold->msg, SOUP_STATUS_FORBIDDEN, "suspended");
  soup_server_message_unpause (hold->msg);
}

static void
release (McServer *server, McHold *hold)
{
  answer (server, hold);
  g_ptr_array_remove_fast (server->holds, hold);
}

static gboolean
on_time (gpointer data)
{
  McHold *hold = data;

  hold->timer = 0;
  release (hold->server, hold);
  return G_SOURCE_REMOVE;
}

static void
on_finished (SoupServerMessage *msg, gpointer data)
{
  McHold *hold = data;

  g_ptr_array_remove_fast (hold->server->holds, hold);
}

void
_mc_hold (McServer *server, SoupServerMessage *msg, const McDevice *device, McSyncRequest *request)
{
  McHold *hold = g_new0 (McHold, 1);

  hold->server = server;
  hold->msg = g_object_ref (msg);
  hold->device = g_strdup (device->id);
  hold->office = g_strdup (device->office);
  hold->request = request;
  hold->timer = g_timeout_add_seconds ((guint)request->wait, on_time, hold);
  hold->finished = g_signal_connect (msg, "finished", G_CALLBACK (on_finished), hold);
  g_ptr_array_add (server->holds, hold);
  soup_server_message_pause (msg);
}

static gboolean
release_due (gpointer data)
{
  McServer *server = data;

  server->release = 0;
  for (guint i = server->holds->len; i-- > 0;)
    {
      McHold *hold = server->holds->pdata[i];

      if (hold->due)
        release (server, hold);
    }
  return G_SOURCE_REMOVE;
}

/* Answered when idle: who pushed is answered first, and many changes make one answer. */
void
_mc_hold_wake (McServer *server, const char *office)
{
  gboolean any = FALSE;

  for (guint i = 0; i < server->holds->len; i++)
    {
      McHold *hold = server->holds->pdata[i];

      if (office == NULL || g_str_equal (hold->office, office))
        hold->due = any = TRUE;
    }
  if (any && server->release == 0)
    server->release = g_idle_add (release_due, server);
}

void
_mc_hold_scan (McServer *server, const char *sha256)
{
  gboolean any = FALSE;

  for (guint i = 0; i < server->holds->len; i++)
    {
      McHold *hold = server->holds->pdata[i];

      if (g_strcmp0 (hold->request->scan, sha256) == 0)
        hold->due = any = TRUE;
    }
  if (any && server->release == 0)
    server->release = g_idle_add (release_due, server);
}

/* Paused, soup does not look at the socket: it has to be told to write, to see that nobody is
 * there. */
void
_mc_hold_gone (McServer *server, GSocketAddress *remote)
{
  for (guint i = server->holds->len; i-- > 0;)
    {
      McHold *hold = server->holds->pdata[i];

      if (soup_server_message_get_remote_address (hold->msg) == remote)
        release (server, hold);
    }
}
