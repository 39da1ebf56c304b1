/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

#include "mc-error.h"

/* What each failure is called on the wire; any other is the province's own. */
static const struct
{
  McError code;
  guint status;
  const char *word;
} failures[] = {
  { MC_ERROR_FORMAT, SOUP_STATUS_BAD_REQUEST, "format" },
  { MC_ERROR_SECRET, SOUP_STATUS_FORBIDDEN, "code" },
  { MC_ERROR_DELAYED, SOUP_STATUS_FORBIDDEN, "wait" },
  { MC_ERROR_REFUSED, SOUP_STATUS_FORBIDDEN, "suspended" },
  { MC_ERROR_NOT_FOUND, SOUP_STATUS_UNAUTHORIZED, "device" },
  { MC_ERROR_SIGNATURE, SOUP_STATUS_FORBIDDEN, "sealed" },
};

static void
reply_refusal (SoupServerMessage *msg, const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_error_matches (error, MC_ERROR, (int)failures[i].code))
      {
        _mc_reply_error (msg, failures[i].status, failures[i].word);
        return;
      }
  _mc_reply_failure (msg, error);
}

void
_mc_http_unlock (McServer *server, SoupServerMessage *msg, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = NULL;

  if (!_mc_http_guess_allowed (server, msg))
    return;
  answer = mc_province_unlock (server->province, body, &error);
  if (answer == NULL)
    {
      if (g_error_matches (error, MC_ERROR, MC_ERROR_SECRET))
        _mc_http_guess_wrong (server, msg);
      reply_refusal (msg, error);
      return;
    }
  soup_server_message_set_status (msg, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (msg,
                                    "application/json",
                                    SOUP_MEMORY_COPY,
                                    g_bytes_get_data (answer, NULL),
                                    g_bytes_get_size (answer));
}
