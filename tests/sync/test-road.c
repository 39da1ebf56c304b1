/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the road makes of every kind of answer: only an envelope of ours is a contact. */
#include "mc-error.h"
#include "mc-support.h"
#include "mc-syncer.h"

#include <libsoup/soup.h>
#include <string.h>

/* A server in a thread of its own that gives one answer to everything. */
typedef struct
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server;
  char *url;
  guint status;
  const char *body;
  const char *header;
  const char *value;
  guint asked;
  char *certificate; /* the header of the last request */
} Portal;

static void
portal_handler (SoupServer *server,
                SoupServerMessage *message,
                const char *path,
                GHashTable *query,
                gpointer data)
{
  Portal *portal = data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  portal->asked++;
  g_free (portal->certificate);
  portal->certificate =
      g_strdup (soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                              MC_HEADER_CERTIFICATE));
  /* A portal knows no ranges; soup would cut its page to what was asked for. */
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  soup_server_message_set_status (message, portal->status, NULL);
  if (portal->header != NULL)
    soup_message_headers_replace (headers, portal->header, portal->value);
  soup_server_message_set_response (message,
                                    "text/html",
                                    SOUP_MEMORY_COPY,
                                    portal->body,
                                    strlen (portal->body));
}

static gpointer
portal_thread (gpointer data)
{
  Portal *portal = data;

  g_main_context_push_thread_default (portal->context);
  g_main_loop_run (portal->loop);
  g_main_context_pop_thread_default (portal->context);
  return NULL;
}

static Portal *
portal_new (guint status, const char *body)
{
  Portal *portal = g_new0 (Portal, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  portal->status = status;
  portal->body = body;
  portal->context = g_main_context_new ();
  portal->loop = g_main_loop_new (portal->context, FALSE);
  g_main_context_push_thread_default (portal->context);
  portal->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (portal->server, NULL, portal_handler, portal, NULL);
  soup_server_listen_local (portal->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (portal->server);
  portal->url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  g_main_context_pop_thread_default (portal->context);
  portal->thread = g_thread_new ("portal", portal_thread, portal);
  return portal;
}

static void
portal_free (Portal *portal)
{
  g_main_loop_quit (portal->loop);
  g_thread_join (portal->thread);
  soup_server_disconnect (portal->server);
  g_object_unref (portal->server);
  g_main_loop_unref (portal->loop);
  g_main_context_unref (portal->context);
  g_free (portal->url);
  g_free (portal->certificate);
  g_free (portal);
}

static McOutcome
sync_with (const char *url)
{
  McRoad *road = mc_road_new (url);
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  McReply reply = { 0 };
  McPublicKey public;
  McSecretKey secret;

  mc_keys_init ();
  mc_keys_make (&public, &secret);
  mc_road_set_identity (road, "01a20001-0000-7000-8000-000000000000", "the certificate", &secret);
  answer = mc_road_sync (road, request, NULL, &reply, &error);
  g_assert_true ((answer != NULL) == (error == NULL));
  if (error != NULL)
    g_assert_error (error, MC_ERROR, MC_ERROR_NETWORK);
  mc_road_free (road);
  return reply.outcome;
}

static McOutcome
sync_against (Portal *portal)
{
  return sync_with (portal->url);
}

#define GOOD                                                                                       \
  "{\"motcua\":1,\"time\":1795219200000,\"rulings\":0,\"entries\":0,\"cursor\":[0,\"\"],\"head\":" \
  "0}\n"
#define MORE                                                                                       \
  "{\"motcua\":1,\"time\":1795219200000,\"rulings\":0,\"entries\":0,\"cursor\":[0,\"\"],\"head\":" \
  "9}\n"

static void
test_answers (void)
{
  static const struct
  {
    guint status;
    const char *body;
    McOutcome outcome;
  } cases[] = {
    { 200, GOOD, MC_OUTCOME_DONE },
    { 200, MORE, MC_OUTCOME_DONE },
    { 200, "<html>Đăng nhập wifi miễn phí</html>", MC_OUTCOME_FAILED },
    { 200, "", MC_OUTCOME_FAILED },
    { 200, "{\"motcua\":1}\n", MC_OUTCOME_FAILED },
    { 200,
      "{\"motcua\":1,\"time\":1,\"rulings\":2,\"entries\":0,\"cursor\":[0,\"\"],\"head\":0}"
      "\nabc\t\"applied\"\n",
      MC_OUTCOME_FAILED },
    { 404, "<html>", MC_OUTCOME_FAILED },
    { 500, "oops", MC_OUTCOME_FAILED },
    { 502, "<html>Bad gateway</html>", MC_OUTCOME_FAILED },
    { 401, "<html>Please log in</html>", MC_OUTCOME_FAILED },
    { 403, "<html>Blocked</html>", MC_OUTCOME_FAILED },
    { 413, "", MC_OUTCOME_TOO_LARGE },
    { 429, "", MC_OUTCOME_BUSY },
    { 503, "", MC_OUTCOME_BUSY },
    { 403, "{\"motcua\":1,\"error\":\"suspended\"}", MC_OUTCOME_DENIED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Portal *portal = portal_new (cases[i].status, cases[i].body);

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      g_assert_cmpint (sync_against (portal), ==, cases[i].outcome);
      portal_free (portal);
    }
}

/* A server that does not know the device is shown its certificate, once. */
static void
test_unknown_device (void)
{
  Portal *portal = portal_new (401, "{\"motcua\":1,\"error\":\"device\"}");

  g_assert_cmpint (sync_against (portal), ==, MC_OUTCOME_DENIED);
  g_assert_cmpuint (portal->asked, ==, 2);
  g_assert_cmpstr (portal->certificate, ==, "the certificate");
  portal_free (portal);
}

/* A port that was just given back: nobody listens on it. */
static void
test_nobody_there (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);

  g_socket_listener_close (listener);
  g_assert_cmpint (sync_with (url), ==, MC_OUTCOME_FAILED);
  g_assert_cmpint (sync_with ("no address at all"), ==, MC_OUTCOME_FAILED);
}

/* Steps until one fails. */
static McOutcome
send_to (const char *url, McTransfer *transfer, McBlobReader *scan)
{
  McRoad *road = mc_road_new (url);
  McReply reply = { 0 };
  guint steps = 0;

  while (mc_road_send_step (road, transfer, scan, NULL, &reply, NULL))
    g_assert_cmpuint (++steps, <, 10);
  mc_road_free (road);
  return reply.outcome;
}

/* A portal that says yes to every request has not taken the scan, wherever its way had got to. */
static void
test_scan_into_a_portal (void)
{
  static const guint statuses[] = { 200, 201, 204, 404, 500 };
  char *folder = mc_test_folder ();
  g_autofree char *pdf = mc_test_pdf (folder, "Giay", 1);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      Portal *portal = portal_new (statuses[i], "");
      g_autoptr (McBlobPlace) place = mc_blob_place_new (pdf, NULL, NULL);
      g_autoptr (McBlobReader) scan = mc_blob_place_read (place, NULL);
      gint64 size = mc_blob_reader_size (scan);

      for (gint64 done = 0; done < 2; done++)
        {
          g_autoptr (McTransfer) transfer = mc_transfer_out ("ab12", size, NULL, done);

          g_assert_cmpint (send_to (portal->url, transfer, scan), ==, MC_OUTCOME_FAILED);
          g_assert_cmpint (mc_transfer_next (transfer), !=, MC_TRANSFER_DONE);
        }
      portal_free (portal);
    }
  mc_test_remove (folder);
}

/* A scan that rotted here is not the line's fault: others go on. */
static void
test_scan_that_is_damaged (void)
{
  char *folder = mc_test_folder ();
  Portal *portal = portal_new (204, "");
  McRoad *road = mc_road_new (portal->url);
  g_autoptr (McDataKey) key = mc_data_key_new ();
  g_autofree char *path = g_build_filename (folder, "scan", NULL);
  g_autofree char *bytes = g_malloc0 (170000);
  g_autofree char *sha256 = mc_sha256 (bytes, 170000);
  g_autoptr (McBlobWriter) writer = mc_blob_writer_new (path, key, sha256, NULL);
  g_autoptr (McBlobPlace) place = mc_blob_place_new (path, key, sha256);
  g_autoptr (McTransfer) transfer = mc_transfer_out (sha256, 170000, "/v1/blobs/x", 0);
  g_autoptr (McBlobReader) scan = NULL;
  g_autofree char *held = NULL;
  gsize size = 0;
  McReply reply = { 0 };

  g_assert_true (mc_blob_writer_write (writer, bytes, 170000, NULL));
  g_assert_true (mc_blob_writer_finish (writer, NULL, NULL));
  g_assert_true (g_file_get_contents (path, &held, &size, NULL));
  held[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, held, (gssize)size, NULL));
  scan = mc_blob_place_read (place, NULL);
  g_assert_nonnull (scan);
  /* What is left begins in the middle one of its three pages. */
  transfer->offset = 120000;
  g_assert_false (mc_road_send_step (road, transfer, scan, NULL, &reply, NULL));
  g_assert_cmpint (reply.outcome, ==, MC_OUTCOME_DENIED);
  mc_road_free (road);
  portal_free (portal);
  mc_test_remove (folder);
}

/* Nor has it given one, whether it answers the whole request or a part of it. */
static void
test_scan_out_of_a_portal (void)
{
  static const guint statuses[] = { 200, 206, 302, 403, 416, 500 };
  char *folder = mc_test_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      Portal *portal = portal_new (statuses[i], "<html>Sign in first</html>");
      McRoad *road = mc_road_new (portal->url);
      g_autofree char *path = g_strdup_printf ("%s/%u.part", folder, i);
      g_autoptr (McBlobPlace) place = mc_blob_place_new (path, NULL, NULL);
      g_autoptr (McBlobWriter) writer = mc_blob_place_write (place, NULL);
      g_autoptr (McTransfer) transfer = mc_transfer_in ("ab12", 5000, 0);
      McReply reply = { 0 };

      g_assert_false (mc_road_fetch_step (road, transfer, writer, NULL, &reply, NULL));
      g_assert_cmpint (reply.outcome, ==, MC_OUTCOME_FAILED);
      g_assert_cmpint (mc_blob_writer_have (writer), ==, 0);
      mc_road_free (road);
      portal_free (portal);
    }
  mc_test_remove (folder);
}

static void
test_enrol_at_a_portal (void)
{
  static const struct
  {
    guint status;
    const char *body;
    int code;
  } cases[] = {
    { 200, "<html>", MC_ERROR_NETWORK },
    { 200, "{\"motcua\":1,\"province\":\"AAAA\"}", MC_ERROR_NETWORK },
    { 403, "{\"motcua\":1,\"error\":\"code\"}", MC_ERROR_REFUSED },
    { 403, "<html>Blocked</html>", MC_ERROR_NETWORK },
    { 429, "{\"motcua\":1,\"error\":\"wait\"}", MC_ERROR_NETWORK },
  };
  McPublicKey public;
  McSecretKey secret;

  mc_keys_init ();
  mc_keys_make (&public, &secret);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Portal *portal = portal_new (cases[i].status, cases[i].body);
      McRoad *road = mc_road_new (portal->url);
      g_autoptr (GError) error = NULL;

      g_assert_null (mc_road_enrol (road, "ABCD-EFGH", &public, &error));
      g_assert_error (error, MC_ERROR, cases[i].code);
      mc_road_free (road);
      portal_free (portal);
    }
}

static void
test_unlock_at_a_portal (void)
{
  static const struct
  {
    guint status;
    const char *body;
    int code;
  } cases[] = {
    { 200, "<html>", MC_ERROR_NETWORK },
    { 200, "{\"motcua\":1,\"answer\":\"AAAA {}\"}", MC_ERROR_SIGNATURE },
    { 403, "{\"motcua\":1,\"error\":\"code\"}", MC_ERROR_SECRET },
    { 403, "{\"motcua\":1,\"error\":\"wait\"}", MC_ERROR_DELAYED },
    { 429, "{\"motcua\":1,\"error\":\"wait\"}", MC_ERROR_DELAYED },
    { 403, "{\"motcua\":1,\"error\":\"suspended\"}", MC_ERROR_REFUSED },
    { 401, "{\"motcua\":1,\"error\":\"device\"}", MC_ERROR_NOT_FOUND },
    { 403, "<html>Blocked</html>", MC_ERROR_NETWORK },
    { 503, "{\"motcua\":1,\"error\":\"store\"}", MC_ERROR_NETWORK },
  };
  McUnlockAsk ask = { .login = (char *)"an",
                      .code = (char *)"ACDEF-34679",
                      .device = (char *)"01900000-0000-7000-8000-000000000001" };
  McPublicKey public;
  McSecretKey secret;
  McUnlockKey key;

  mc_keys_init ();
  mc_keys_make (&public, &secret);
  mc_unlock_key_make (&key);
  memcpy (ask.to, key.public, sizeof ask.to);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Portal *portal = portal_new (cases[i].status, cases[i].body);
      McRoad *road = mc_road_new (portal->url);
      g_autoptr (GError) error = NULL;

      g_assert_null (mc_road_unlock (road, &ask, &key, &public, NULL, &error));
      g_assert_error (error, MC_ERROR, cases[i].code);
      mc_road_free (road);
      portal_free (portal);
    }
}

/* A whole cycle against a portal: no contact, nothing lost, nothing believed. */
static void
test_cycle_at_a_portal (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  Portal *portal = portal_new (200, "<html>Chào mừng</html>");
  g_autoptr (GError) error = NULL;
  McSyncReport report = { 0 };

  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Nguyễn Văn Đình"));
  mc_store_set_fact (office->store, "server", portal->url, NULL);
  g_assert_false (mc_sync_cycle (office->store, &report, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NETWORK);
  g_assert_cmpuint (report.ops_waiting, ==, 1);
  g_assert_cmpint (report.state, ==, MC_SYNC_OFFLINE);
  mc_test_check (office);
  portal_free (portal);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/road/answers", test_answers);
  g_test_add_func ("/road/unknown-device", test_unknown_device);
  g_test_add_func ("/road/nobody-there", test_nobody_there);
  g_test_add_func ("/road/scan-into-a-portal", test_scan_into_a_portal);
  g_test_add_func ("/road/scan-out-of-a-portal", test_scan_out_of_a_portal);
  g_test_add_func ("/road/damaged-scan", test_scan_that_is_damaged);
  g_test_add_func ("/road/enrol-at-a-portal", test_enrol_at_a_portal);
  g_test_add_func ("/road/unlock-at-a-portal", test_unlock_at_a_portal);
  g_test_add_func ("/road/cycle-at-a-portal", test_cycle_at_a_portal);
  return g_test_run ();
}
