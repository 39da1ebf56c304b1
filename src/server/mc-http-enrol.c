/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

#include "mc-error.h"

/* Wrong codes of one peer within a minute before it has to wait for the next one. */
#define GUESSES_MAX 10
#define GUESS_SECONDS 60
#define PEERS_MAX 10000
#define STATUS_TOO_MANY 429 /* RFC 6585; soup has no name for it */

typedef struct
{
  gint64 since;
  guint wrong;
} McGuesses;

static char *
key_text (McServer *server)
{
  return mc_base64_encode (mc_province_key (server->province)->bytes, MC_KEY_PUBLIC_BYTES);
}

void
_mc_http_hello (McServer *server, SoupServerMessage *msg)
{
  g_autofree char *key = key_text (server);

  _mc_reply (msg,
             SOUP_STATUS_OK,
             json_pack ("{s:s,s:I}",
                        "province",
                        key,
                        "time",
                        (json_int_t)mc_province_now (server->province)));
}

/* Who asks: what the proxy in front says of it, where there is one on this machine. */
static const char *
peer_of (SoupServerMessage *msg)
{
  GSocketAddress *address = soup_server_message_get_remote_address (msg);
  const char *forwarded = _mc_header (msg, "X-Forwarded-For");
  const char *host = soup_server_message_get_remote_host (msg);

  if (forwarded != NULL && G_IS_INET_SOCKET_ADDRESS (address) &&
      g_inet_address_get_is_loopback (
          g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    return forwarded;
  return host != NULL ? host : "";
}

/* The peer's count, begun anew when its minute is over. */
static McGuesses *
guesses_of (McServer *server, const char *peer)
{
  McGuesses *guesses = g_hash_table_lookup (server->guesses, peer);
  gint64 now = g_get_monotonic_time ();

  if (guesses == NULL)
    {
      if (g_hash_table_size (server->guesses) >= PEERS_MAX)
        g_hash_table_remove_all (server->guesses);
      guesses = g_new0 (McGuesses, 1);
      guesses->since = now;
      g_hash_table_insert (server->guesses, g_strdup (peer), guesses);
    }
  if (now - guesses->since >= GUESS_SECONDS * G_USEC_PER_SEC)
    {
      guesses->since = now;
      guesses->wrong = 0;
    }
  return guesses;
}

static void
refuse_guess (SoupServerMessage *msg, const McGuesses *guesses)
{
  gint64 past = (g_get_monotonic_time () - guesses->since) / G_USEC_PER_SEC;
  g_autofree char *wait = g_strdup_printf ("%d", (int)MAX (1, GUESS_SECONDS - past));

  soup_message_headers_replace (soup_server_message_get_response_headers (msg),
                                "Retry-After",
                                wait);
  _mc_reply_error (msg, STATUS_TOO_MANY, "wait");
}

gboolean
_mc_http_guess_allowed (McServer *server, SoupServerMessage *msg)
{
  McGuesses *guesses = guesses_of (server, peer_of (msg));

  if (guesses->wrong < GUESSES_MAX)
    return TRUE;
  refuse_guess (msg, guesses);
  return FALSE;
}

void
_mc_http_guess_wrong (McServer *server, SoupServerMessage *msg)
{
  guesses_of (server, peer_of (msg))->wrong++;
}

static void
reply_admission (McServer *server, SoupServerMessage *msg, const McAdmission *admission)
{
  g_autofree char *key = key_text (server);

  g_message ("device %s enrolled for %s", admission->device->id, admission->office_code);
  _mc_reply (msg,
             SOUP_STATUS_OK,
             json_pack ("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:b}",
                        "device",
                        admission->device->id,
                        "office",
                        admission->device->office,
                        "office_code",
                        admission->office_code,
                        "office_name",
                        admission->office_name,
                        "slot",
                        admission->device->slot,
                        "certificate",
                        admission->certificate,
                        "province",
                        key,
                        "practice",
                        admission->practice ? 1 : 0));
}

/* Either an invitation's code, or again: the signature of who it was. */
static gboolean
read_request (GBytes *body, json_t **ret_json, gboolean *ret_again, McPublicKey *ret_key)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (body, &size);
  const char *key;

  *ret_json = size > 0 ? mc_json_parse (text, (gssize)size, NULL) : NULL;
  *ret_again = mc_json_bool (*ret_json, "again", FALSE);
  key = mc_json_string (*ret_json, "key");
  return (*ret_again || mc_json_string (*ret_json, "code") != NULL) && key != NULL &&
         mc_base64_decode (key, ret_key->bytes, MC_KEY_PUBLIC_BYTES);
}

static void
reply_enrolment (McServer *server,
                 SoupServerMessage *msg,
                 const McAdmission *admission,
                 const char *word,
                 const GError *error)
{
  if (admission != NULL)
    reply_admission (server, msg, admission);
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_SECRET))
    _mc_reply_error (msg, SOUP_STATUS_FORBIDDEN, word);
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED))
    _mc_reply_error (msg, SOUP_STATUS_CONFLICT, "slots");
  else
    _mc_reply_failure (msg, error);
}

/* A desk that found that it is a copy; the old key's signature is its right. */
static void
enrol_again (McServer *server, SoupServerMessage *msg, GBytes *body, const McPublicKey *key)
{
  g_autoptr (McDevice) old = _mc_device (server, msg, body);
  g_autoptr (McAdmission) admission = NULL;
  g_autoptr (GError) error = NULL;

  if (old == NULL)
    return;
  admission = mc_province_enrol_again (server->province, old, key, &error);
  reply_enrolment (server, msg, admission, "again", error);
}

static void
enrol_with_code (McServer *server, SoupServerMessage *msg, const char *code, const McPublicKey *key)
{
  g_autoptr (McAdmission) admission = NULL;
  g_autoptr (GError) error = NULL;

  if (!_mc_http_guess_allowed (server, msg))
    return;
  admission = mc_province_enrol (server->province, code, key, &error);
  if (g_error_matches (error, MC_ERROR, MC_ERROR_SECRET))
    _mc_http_guess_wrong (server, msg);
  reply_enrolment (server, msg, admission, "code", error);
}

void
_mc_http_enrol (McServer *server, SoupServerMessage *msg, GBytes *body)
{
  g_autoptr (json_t) json = NULL;
  gboolean again = FALSE;
  McPublicKey key;

  if (!read_request (body, &json, &again, &key))
    _mc_reply_error (msg, SOUP_STATUS_BAD_REQUEST, "format");
  else if (again)
    enrol_again (server, msg, body, &key);
  else
    enrol_with_code (server, msg, mc_json_string (json, "code"), &key);
}
