/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any request on the scans' road, to a whole server: the first line is the method, the second the
 * path (an H is the half-finished scan's hash, a W the whole one's), then headers, an empty line,
 * and the body. It is signed, for whoever has a desk can send it.
 */
#include "mc-fuzz.h"
#include "mc-province-blob.h"
#include "mc-province-scans.h"
#include "mc-server-private.h"
#include "test-http.h"

#include <string.h>
#include <sys/socket.h>

#define WHOLE "abc"
#define HALF_SIZE 5000

static TestServer *server;
static TestDesk *desk;
static char *whole;
static char *half;

static void
clean_up (void)
{
  test_desk_free (desk);
  test_server_free (server);
  g_free (whole);
  g_free (half);
}

static void
begin_half (void)
{
  McBlobState state;

  g_assert_true (
      mc_province_blob_begin (server->test->province, half, HALF_SIZE, desk->id, &state, NULL));
}

static void
make (void)
{
  McProvince *province;
  McBlobState state;
  g_autofree char *part = NULL;

  server = test_server_new_local ();
  province = server->test->province;
  desk = test_desk_enrol (server->test, server->test->office_a);
  whole = mc_sha256 (WHOLE, strlen (WHOLE));
  half = mc_sha256 ("half", 4);
  atexit (clean_up);
  g_assert_true (
      mc_province_blob_begin (province, whole, (gint64)strlen (WHOLE), desk->id, &state, NULL));
  part = mc_province_blob_part (province, whole);
  g_assert_true (g_file_set_contents (part, WHOLE, -1, NULL));
  g_assert_true (mc_province_blob_finish (province, whole, TRUE, NULL));
  begin_half ();
}

/* The path with the hashes put in. */
static char *
path_of (const char *text)
{
  GString *path = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (*text == 'H' || *text == 'W')
      g_string_append (path, *text == 'H' ? half : whole);
    else
      g_string_append_c (path, *text);
  return g_string_free (path, FALSE);
}

/* The request as it goes over the wire; or NULL where there are not even two lines. */
static GString *
request_of (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *)data : "", size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  g_autofree char *path = NULL;
  g_autofree char *signed_text = NULL;
  g_autofree char *signature = NULL;
  GString *request;
  gsize head;

  if (lines[0] == NULL || lines[1] == NULL)
    return NULL;
  path = path_of (lines[1]);
  signed_text = mc_wire_sign_text (lines[0], path, NULL);
  signature = mc_keys_sign (&desk->secret, signed_text, strlen (signed_text));
  request = g_string_new (NULL);
  g_string_printf (request,
                   "%s %s HTTP/1.1\r\nHost: localhost\r\nMC-Device: %s\r\nMC-Sign: %s\r\n",
                   lines[0],
                   path,
                   desk->id,
                   signature);
  /* What follows as it is: a zero byte ends no header of an attacker's. */
  head = strlen (lines[0]) + 1 + strlen (lines[1]) + 1;
  if (head < size)
    g_string_append_len (request, (const char *)data + head, (gssize)(size - head));
  return request;
}

static gboolean
is_closed (gpointer data)
{
  GSocket *socket = g_socket_connection_get_socket (data);
  char answer[4096];

  while (g_socket_condition_check (socket, G_IO_IN | G_IO_HUP) != 0)
    if (g_socket_receive (socket, answer, sizeof answer, NULL, NULL) <= 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_at_rest (gpointer data)
{
  return g_hash_table_size (server->local->uploads) == 0;
}

/* Whatever came: what is whole is whole, nothing is more than it may be, and the sums are right. */
static void
assert_sound (void)
{
  McProvince *province = server->test->province;
  g_autofree char *path = mc_province_blob_path (province, whole);
  g_autofree char *content = NULL;
  McBlobState state = { 0 };
  McScanUse use = { 0 };

  g_assert_true (mc_province_blob (province, whole, &state, NULL));
  g_assert_true (state.complete);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, WHOLE);
  if (!mc_province_blob (province, half, &state, NULL))
    begin_half ();
  else
    g_assert_cmpint (state.received, <=, state.size);
  g_assert_false (state.complete && state.expires_ms != 0);
  g_assert_true (mc_province_scan_use (province, NULL, &use, NULL));
  g_assert_cmpint (use.whole, ==, (gint64)strlen (WHOLE));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) request = NULL;
  g_autoptr (GSocketConnection) connection = NULL;

  if (server == NULL)
    make ();
  request = request_of (data, size);
  if (request == NULL)
    return 0;
  connection = test_raw (server, request->str, request->len);
  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  test_server_until (is_closed, connection);
  test_server_until (is_at_rest, NULL);
  assert_sound ();
  return 0;
}
