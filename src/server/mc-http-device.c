/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

#include "mc-error.h"
#include "mc-id.h"
#include <string.h>

/* The device by its id; one that the database has forgotten comes back by its certificate. */
static McDevice *
find_device (McServer *server, SoupServerMessage *msg, const char *id)
{
  const char *certificate = _mc_header (msg, MC_HEADER_CERTIFICATE);
  g_autoptr (GError) error = NULL;
  McDevice *device = mc_province_device (server->province, id, &error);

  if (device == NULL && error == NULL && certificate != NULL)
    {
      device = mc_province_readmit (server->province, id, certificate, &error);
      if (device != NULL)
        g_message ("device %s was taken in again from its certificate", id);
      else if (g_error_matches (error, MC_ERROR, MC_ERROR_SIGNATURE) ||
               g_error_matches (error, MC_ERROR, MC_ERROR_FORMAT))
        g_clear_error (&error);
    }
  if (error != NULL)
    _mc_reply_failure (msg, error);
  else if (device == NULL)
    _mc_reply_error (msg, SOUP_STATUS_UNAUTHORIZED, "device");
  return device;
}

static gboolean
signed_by (SoupServerMessage *msg, GBytes *body, const McDevice *device)
{
  g_autofree char *text = mc_wire_sign_text (_mc_method (msg),
                                             g_uri_get_path (soup_server_message_get_uri (msg)),
                                             body);

  return mc_keys_verify (&device->key, text, strlen (text), _mc_header (msg, MC_HEADER_SIGN));
}

McDevice *
_mc_device (McServer *server, SoupServerMessage *msg, GBytes *body)
{
  const char *id = _mc_header (msg, MC_HEADER_DEVICE);
  g_autoptr (McDevice) device = NULL;

  if (id == NULL || !mc_id_valid (id))
    {
      _mc_reply_error (msg, SOUP_STATUS_UNAUTHORIZED, "device");
      return NULL;
    }
  device = find_device (server, msg, id);
  if (device == NULL)
    return NULL;
  if (!signed_by (msg, body, device))
    {
      _mc_reply_error (msg, SOUP_STATUS_UNAUTHORIZED, "signature");
      return NULL;
    }
  if (device->suspended)
    {
      _mc_reply_error (msg, SOUP_STATUS_FORBIDDEN, "suspended");
      return NULL;
    }
  return g_steal_pointer (&device);
}

gboolean
_mc_device_claimed (McServer *server, SoupServerMessage *msg)
{
  const char *id = _mc_header (msg, MC_HEADER_DEVICE);
  g_autoptr (McDevice) device = NULL;

  if (id == NULL || !mc_id_valid (id))
    return FALSE;
  if (_mc_header (msg, MC_HEADER_CERTIFICATE) != NULL)
    return TRUE;
  device = mc_province_device (server->province, id, NULL);
  return device != NULL;
}
