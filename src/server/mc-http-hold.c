/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

/* Of a turn; where a whole province is told something, the others are heard in between. */
#define RELEASE_US 20000

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

static void
forget (McServer *server, McHold *hold)
{
  if (hold->due)
    server->holds_due--;
  g_ptr_array_remove_fast (server->holds, hold);
}

static void
release (McServer *server, McHold *hold)
{
  _mc_http_sync_again (server, hold->msg, hold->device, hold->request);
  forget (server, hold);
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

  forget (hold->server, hold);
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

gboolean
_mc_hold_release (McServer *server)
{
  gint64 over = g_get_monotonic_time () + RELEASE_US;
  gboolean any = FALSE;

  if (server->holds_due == 0)
    return FALSE;
  for (guint i = server->holds->len; i-- > 0 && g_get_monotonic_time () < over;)
    {
      McHold *hold = server->holds->pdata[i];

      if (!hold->due || _mc_turn_has (server, hold->office))
        continue;
      release (server, hold);
      any = TRUE;
    }
  return any;
}

/* Not at once: who pushed is answered first, and many changes make one answer. */
static void
wake (McServer *server, McHold *hold)
{
  if (hold->due)
    return;
  hold->due = TRUE;
  server->holds_due++;
  _mc_turn_soon (server);
}

void
_mc_hold_wake (McServer *server, const char *office)
{
  for (guint i = 0; i < server->holds->len; i++)
    {
      McHold *hold = server->holds->pdata[i];

      if (office == NULL || g_str_equal (hold->office, office))
        wake (server, hold);
    }
}

void
_mc_hold_scan (McServer *server, const char *sha256)
{
  for (guint i = 0; i < server->holds->len; i++)
    {
      McHold *hold = server->holds->pdata[i];

      if (g_strcmp0 (hold->request->scan, sha256) == 0)
        wake (server, hold);
    }
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
