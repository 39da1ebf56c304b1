/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The HTTPS road. Only blocking calls on one session: libsoup 3.2 hangs over HTTP/2 where blocking
 * and asynchronous calls are mixed.
 */
#include "mc-road-private.h"

#include "mc-error.h"
#include <gcrypt.h>
#include <string.h>

#define TIMEOUT_S 40  /* longer than the server holds an answer */
#define PACK_FROM 400 /* bytes; below, packing costs as much as it saves */
#define SMALL_TO 8192

/* The CA of a province that has its own, as OpenSSL's programs are told of it; else what the system
 * trusts. */
static void
trust (SoupSession *session)
{
  const char *path = g_getenv ("SSL_CERT_FILE");
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = NULL;

  if (path == NULL || *path == '\0')
    return;
  database = g_tls_file_database_new (path, &error);
  if (database != NULL)
    soup_session_set_tls_database (session, database);
  else
    g_warning ("SSL_CERT_FILE: %s", error->message);
}

static McRoad *
new_road (const char *server, SoupSession *session)
{
  McRoad *road = g_new0 (McRoad, 1);

  road->server = g_strdup (server);
  road->up = mc_pace_new ();
  road->down = mc_pace_new ();
  for (gsize length = strlen (road->server); length > 0 && road->server[length - 1] == '/';
       length--)
    road->server[length - 1] = '\0';
  road->session = session;
  return road;
}

McRoad *
mc_road_new (const char *server)
{
  SoupSession *session =
      soup_session_new_with_options ("timeout", TIMEOUT_S, "idle-timeout", 60, NULL);

  gcry_check_version (NULL);
  trust (session);
  return new_road (server, session);
}

/* With the same CAs: to read the system's takes as long as a scan does. */
static McRoad *
new_beside (McRoad *road)
{
  return new_road (road->server,
                   soup_session_new_with_options ("timeout",
                                                  TIMEOUT_S,
                                                  "idle-timeout",
                                                  60,
                                                  "tls-database",
                                                  soup_session_get_tls_database (road->session),
                                                  NULL));
}

void
mc_road_free (McRoad *road)
{
  if (road == NULL)
    return;
  for (guint i = 0; i < MC_PACE_LANES; i++)
    mc_road_free (road->beside[i]);
  soup_session_abort (road->session);
  g_object_unref (road->session);
  g_free (road->server);
  g_free (road->device);
  g_free (road->certificate);
  mc_secret_key_wipe (&road->key);
  g_free (road);
}

void
mc_road_set_identity (McRoad *road,
                      const char *device,
                      const char *certificate,
                      const McSecretKey *key)
{
  g_free (road->device);
  g_free (road->certificate);
  road->device = g_strdup (device);
  road->certificate = g_strdup (certificate);
  road->key = *key;
}

guint
mc_road_lanes (McRoad *road, gboolean out)
{
  return out ? road->up.lanes : road->down.lanes;
}

McRoad *
mc_road_beside (McRoad *road, guint n)
{
  McRoad *beside;

  g_return_val_if_fail (n > 0 && n < MC_PACE_LANES, NULL);

  if (road->beside[n] == NULL)
    road->beside[n] = new_beside (road);
  beside = road->beside[n];
  mc_road_set_identity (beside, road->device, road->certificate, &road->key);
  beside->show_certificate = road->show_certificate;
  beside->up = road->up;
  return beside;
}

void
mc_road_one_lane (McRoad *road)
{
  road->up.lanes = 1;
}

SoupMessage *
mc_road_message (McRoad *road, const char *method, const char *path, GBytes *signed_body)
{
  g_autofree char *url = g_strconcat (road->server, path, NULL);
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  /* Whatever is asked may be asked twice. Without being told so libsoup opens a connection of its
   * own for each POST and PATCH: behind TLS that is three round trips more. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  headers = soup_message_get_request_headers (message);
  if (road->device != NULL)
    {
      g_autofree char *text = mc_wire_sign_text (method, path, signed_body);
      g_autofree char *signature = mc_keys_sign (&road->key, text, strlen (text));

      /* Whatever a desk says counts once, however often it arrives. Only of such messages libsoup
       * uses a connection again: else each would begin with TCP and TLS anew. */
      soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
      soup_message_headers_replace (headers, MC_HEADER_DEVICE, road->device);
      soup_message_headers_replace (headers, MC_HEADER_SIGN, signature);
      if (road->show_certificate)
        soup_message_headers_replace (headers, MC_HEADER_CERTIFICATE, road->certificate);
    }
  return message;
}

typedef struct
{
  GInputStream *stream;
  goffset from;
  gssize length;
  char *type;
} Body;

static void
body_free (gpointer data, GClosure *closure)
{
  Body *body = data;

  g_object_unref (body->stream);
  g_free (body->type);
  g_free (body);
}

/* libsoup has let go of the body by now. */
static void
on_restarted (SoupMessage *message, gpointer data)
{
  Body *body = data;

  if (g_seekable_seek (G_SEEKABLE (body->stream), body->from, G_SEEK_SET, NULL, NULL))
    soup_message_set_request_body (message, body->type, body->stream, body->length);
}

void
mc_road_body (SoupMessage *message, const char *type, GInputStream *stream, gssize length)
{
  Body *body = g_new0 (Body, 1);

  body->stream = g_object_ref (stream);
  body->from = g_seekable_tell (G_SEEKABLE (stream));
  body->length = length;
  body->type = g_strdup (type);
  soup_message_set_request_body (message, type, stream, length);
  g_signal_connect_data (message, "restarted", G_CALLBACK (on_restarted), body, body_free, 0);
}

void
mc_road_body_bytes (SoupMessage *message, const char *type, GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  mc_road_body (message, type, stream, (gssize)g_bytes_get_size (bytes));
}

void
mc_road_fresh (McRoad *road)
{
  soup_session_abort (road->session);
}

static gint64
headers_size (SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;
  gint64 size = 30; /* the request or status line, and the empty line */

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    size += (gint64)(strlen (name) + strlen (value) + 4);
  return size;
}

void
mc_road_count (SoupMessage *message, McReply *reply)
{
  reply->bytes_up +=
      headers_size (soup_message_get_request_headers (message)) +
      (gint64)soup_message_headers_get_content_length (soup_message_get_request_headers (message));
  reply->bytes_down +=
      headers_size (soup_message_get_response_headers (message)) +
      (gint64)soup_message_headers_get_content_length (soup_message_get_response_headers (message));
}

McOutcome
mc_road_outcome (McRoad *road, SoupMessage *message, McReply *reply)
{
  const char *after =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");

  mc_road_count (message, reply);
  reply->retry_after_s = after ? (guint)MIN (g_ascii_strtoull (after, NULL, 10), 3600) : 0;
  switch ((guint)soup_message_get_status (message))
    {
    case SOUP_STATUS_OK:
    case SOUP_STATUS_CREATED:
    case SOUP_STATUS_NO_CONTENT:
    case SOUP_STATUS_PARTIAL_CONTENT:
    case SOUP_STATUS_NOT_FOUND: /* an answer: what it means is the caller's to say */
    case SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE:
      return MC_OUTCOME_DONE;
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
      return MC_OUTCOME_TOO_LARGE;
    case 429:
    case SOUP_STATUS_SERVICE_UNAVAILABLE:
      return MC_OUTCOME_BUSY;
    default:
      return MC_OUTCOME_FAILED;
    }
}

static gboolean
fail (GError **error, McReply *reply, McOutcome outcome, const char *why)
{
  reply->outcome = outcome;
  g_set_error (error, MC_ERROR, MC_ERROR_NETWORK, "%s", why);
  return FALSE;
}

/* Only an error that carries our own mark is the province's; a portal's 401 or 403 is a failed
 * contact. */
char *
mc_road_word (GBytes *body)
{
  gsize size = 0;
  const char *data = body ? g_bytes_get_data (body, &size) : NULL;
  g_autoptr (json_t) json =
      size > 0 && size < 4096 ? mc_json_parse (data, (gssize)size, NULL) : NULL;

  if (mc_json_int (json, "motcua", 0) != MC_WIRE_VERSION)
    return NULL;
  return g_strdup (mc_json_string (json, "error"));
}

GBytes *
mc_road_exchange (McRoad *road,
                  SoupMessage *message,
                  GCancellable *cancellable,
                  McReply *reply,
                  char **ret_word,
                  GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) body =
      soup_session_send_and_read (road->session, message, cancellable, &problem);

  if (body == NULL)
    {
      fail (error,
            reply,
            g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ? MC_OUTCOME_SLOW
                                                                        : MC_OUTCOME_FAILED,
            problem->message);
      return NULL;
    }
  reply->outcome = mc_road_outcome (road, message, reply);
  if (reply->outcome == MC_OUTCOME_DONE)
    return g_steal_pointer (&body);
  *ret_word = mc_road_word (body);
  fail (error,
        reply,
        reply->outcome,
        soup_message_get_reason_phrase (message) ? soup_message_get_reason_phrase (message)
                                                 : "no contact");
  return NULL;
}

/* Nothing is said of the body's type: the envelope is what makes it ours, and on a bad line every
 * byte is paid for. */
static void
set_body (SoupMessage *message, GBytes *bytes, const char *packed)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (packed != NULL)
    soup_message_headers_replace (headers, "Content-Encoding", packed);
  soup_message_headers_replace (headers, "Accept-Encoding", "gzip");
  mc_road_body_bytes (message, NULL, bytes);
}

/* @ret_how: NULL where packing would cost more than it saves. */
static GBytes *
pack (GBytes *plain, const char **ret_how)
{
  gsize size = g_bytes_get_size (plain);

  *ret_how = size <= PACK_FROM ? NULL : size <= SMALL_TO ? MC_WIRE_SMALL : "gzip";
  if (*ret_how == NULL)
    return g_bytes_ref (plain);
  return size <= SMALL_TO ? mc_wire_pack_small (plain) : mc_wire_pack (plain);
}

McSyncAnswer *
mc_road_sync (McRoad *road,
              const McSyncRequest *request,
              GCancellable *cancellable,
              McReply *ret_reply,
              GError **error)
{
  g_autoptr (GBytes) plain = mc_sync_request_write (request);
  const char *packed = NULL;
  g_autoptr (GBytes) sent = pack (plain, &packed);

  for (guint attempt = 0; attempt < 2; attempt++)
    {
      g_autoptr (SoupMessage) message = mc_road_message (road, "POST", "/v1/sync", sent);
      g_autoptr (GBytes) body = NULL;
      g_autofree char *word = NULL;
      McSyncAnswer *answer;
      gint64 asked = g_get_monotonic_time ();

      if (message == NULL)
        {
          fail (error, ret_reply, MC_OUTCOME_FAILED, "the province's address is none");
          return NULL;
        }
      set_body (message, sent, packed);
      body = mc_road_exchange (road,
                               message,
                               cancellable,
                               ret_reply,
                               &word,
                               attempt == 0 ? NULL : error);
      ret_reply->took_ms = (g_get_monotonic_time () - asked) / 1000;
      if (body != NULL)
        {
          answer = mc_sync_answer_read (body, error);
          if (answer == NULL)
            ret_reply->outcome = MC_OUTCOME_FAILED;
          return answer;
        }
      if (g_strcmp0 (word, "suspended") == 0 ||
          (road->show_certificate && g_strcmp0 (word, "device") == 0))
        {
          fail (attempt == 0 ? error : NULL,
                ret_reply,
                MC_OUTCOME_DENIED,
                "this desk is suspended");
          return NULL;
        }
      if (attempt == 1 || g_strcmp0 (word, "device") != 0)
        {
          if (attempt == 0)
            fail (error, ret_reply, ret_reply->outcome, "no contact with the province");
          return NULL;
        }
      /* A restored server may have forgotten this desk; its certificate says who it is. */
      road->show_certificate = TRUE;
    }
  return NULL;
}

static McEnrolment *
read_enrolment (GBytes *body, const char *server, const McPublicKey *key, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (body, &size);
  g_autoptr (json_t) json = size ? mc_json_parse (data, (gssize)size, NULL) : NULL;
  g_autoptr (McEnrolment) enrolment = g_new0 (McEnrolment, 1);
  g_autoptr (McCertificate) certificate = NULL;
  McPublicKey province;

  enrolment->province_key = g_strdup (mc_json_string (json, "province"));
  if (mc_json_int (json, "motcua", 0) != MC_WIRE_VERSION || enrolment->province_key == NULL ||
      mc_json_string (json, "certificate") == NULL ||
      !mc_base64_decode (enrolment->province_key, province.bytes, sizeof province.bytes))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NETWORK, "not an answer of the province");
      return NULL;
    }
  certificate = mc_certificate_parse (mc_json_string (json, "certificate"), &province, error);
  if (certificate == NULL)
    return NULL;
  if (memcmp (certificate->key.bytes, key->bytes, sizeof key->bytes) != 0)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_SIGNATURE, "a certificate for another key");
      return NULL;
    }
  enrolment->device = g_strdup (certificate->device);
  enrolment->office = g_strdup (certificate->office);
  enrolment->slot = g_strdup (certificate->slot);
  enrolment->certificate = g_strdup (certificate->text);
  enrolment->office_code = g_strdup (mc_json_string (json, "office_code"));
  enrolment->office_name = g_strdup (mc_json_string (json, "office_name"));
  enrolment->practice = mc_json_bool (json, "practice", FALSE);
  enrolment->server = g_strdup (server);
  return g_steal_pointer (&enrolment);
}

/* Asks to be enrolled; %NULL with the province's own word, or without one where it said none. */
static McEnrolment *
ask_enrolment (McRoad *road, json_t *json, const McPublicKey *key, char **ret_word, GError **error)
{
  g_autofree char *text = mc_json_text (json);
  g_autoptr (GBytes) sent = g_bytes_new (text, strlen (text));
  g_autoptr (SoupMessage) message = mc_road_message (road, "POST", "/v1/enrol", sent);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *word = NULL;
  McReply reply = { 0 };

  if (message == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NETWORK, "the province's address is none");
      return NULL;
    }
  soup_message_set_request_body_from_bytes (message, "application/json", sent);
  body = mc_road_exchange (road, message, NULL, &reply, &word, error);
  if (body != NULL)
    return read_enrolment (body, road->server, key, error);
  if (word != NULL && reply.outcome != MC_OUTCOME_BUSY)
    {
      g_clear_error (error);
      g_set_error (error, MC_ERROR, MC_ERROR_REFUSED, "%s", word);
    }
  *ret_word = g_steal_pointer (&word);
  return NULL;
}

McEnrolment *
mc_road_enrol (McRoad *road, const char *code, const McPublicKey *key, GError **error)
{
  g_autofree char *key_text = mc_base64_encode (key->bytes, sizeof key->bytes);
  g_autoptr (json_t) json = json_pack ("{s:s,s:s}", "code", code, "key", key_text);
  g_autofree char *word = NULL;

  return ask_enrolment (road, json, key, &word, error);
}

McEnrolment *
mc_road_enrol_again (McRoad *road, const McPublicKey *key, GError **error)
{
  g_autofree char *key_text = mc_base64_encode (key->bytes, sizeof key->bytes);
  g_autoptr (json_t) json = json_pack ("{s:b,s:s}", "again", 1, "key", key_text);
  g_autoptr (GError) problem = NULL;
  g_autofree char *word = NULL;
  g_autofree char *second = NULL;
  McEnrolment *enrolment;

  g_return_val_if_fail (road->device != NULL, NULL);

  enrolment = ask_enrolment (road, json, key, &word, &problem);
  if (enrolment != NULL)
    return enrolment;
  if (road->show_certificate || g_strcmp0 (word, "device") != 0)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  road->show_certificate = TRUE;
  return ask_enrolment (road, json, key, &second, error);
}
