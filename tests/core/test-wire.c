/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-wire.h"

#include "mc-error.h"
#include "mc-keys.h"
#include <string.h>

#define ID1 "01900000-0000-7000-8000-000000000001"
#define ID2 "01900000-0000-7000-8000-000000000002"

static GBytes *
with_tail (GBytes *bytes, const char *tail)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  GString *text = g_string_new_len (data, (gssize)size);

  g_string_append (text, tail);
  return g_string_free_to_bytes (text);
}

static void
put_entry (GPtrArray *entries, gint64 n, const char *kind, const char *ruling, const char *line)
{
  McFeedEntry *entry = g_new0 (McFeedEntry, 1);

  entry->n = n;
  entry->kind = g_strdup (kind);
  entry->ruling = g_strdup (ruling);
  entry->receipt = g_strdup ("bWFj");
  entry->line = g_strdup (line);
  g_ptr_array_add (entries, entry);
}

static McSyncAnswer *
make_answer (void)
{
  McSyncAnswer *answer = mc_sync_answer_new ();

  answer->time_ms = 1795219200000;
  answer->cursor.n = 8;
  g_strlcpy (answer->cursor.hash, "0123456789abcdef0123456789abcdef", sizeof answer->cursor.hash);
  answer->head = 9;
  answer->reset = TRUE;
  g_array_append_val (answer->points, answer->cursor);
  mc_sync_answer_put (answer, ID1, "{\"contact\":\"contested\"}", NULL);
  mc_sync_answer_put (answer, ID2, NULL, (const char *const[]){ ID1, NULL });
  put_entry (answer->entries, 7, "op", "\"applied\"", "signature {\"x\":\"ễ\\t\"}");
  put_entry (answer->entries, 8, "gone", "\"applied\"", ID1);
  answer->first.on = TRUE;
  answer->first.point.n = 3;
  answer->first.after = g_strdup ("4 " ID2);
  answer->scan = mc_sha256 ("scan", 4);
  put_entry (answer->said, 2, "op", "\"applied\"", "signature {\"x\":\"ấ\"}");
  return answer;
}

static McSyncRequest *
make_request (void)
{
  McSyncRequest *request = mc_sync_request_new ();

  request->cursor.n = 6;
  g_strlcpy (request->cursor.hash, "ab", sizeof request->cursor.hash);
  request->limit = 500;
  request->wait = 25;
  request->first.on = TRUE;
  request->first.after = g_strdup ("");
  request->scan = mc_sha256 ("scan", 4);
  g_ptr_array_add (request->lines, g_strdup ("signature {\"a\":1}"));
  g_ptr_array_add (request->lines, g_strdup ("signature {\"a\":2}"));
  return request;
}

static void
test_request (void)
{
  g_autoptr (McSyncRequest) request = make_request ();
  g_autoptr (GBytes) bytes = mc_sync_request_write (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (McSyncRequest) read = mc_sync_request_read (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpint (read->cursor.n, ==, 6);
  g_assert_cmpstr (read->cursor.hash, ==, "ab");
  g_assert_cmpint (read->limit, ==, 500);
  g_assert_cmpint (read->wait, ==, 25);
  g_assert_true (read->first.on);
  g_assert_cmpint (read->first.point.n, ==, 0);
  g_assert_cmpstr (read->first.after, ==, "");
  g_assert_cmpstr (read->scan, ==, request->scan);
  g_assert_cmpuint (read->lines->len, ==, 2);
  g_assert_cmpstr (read->lines->pdata[1], ==, "signature {\"a\":2}");
}

static void
test_answer (void)
{
  g_autoptr (McSyncAnswer) answer = make_answer ();
  g_autoptr (GBytes) bytes = mc_sync_answer_write (answer);
  g_autoptr (GError) error = NULL;
  g_autoptr (McSyncAnswer) read = mc_sync_answer_read (bytes, &error);
  g_autoptr (GBytes) again = NULL;
  McAnswer *ruled, *missing;
  McFeedEntry *entry;

  g_assert_no_error (error);
  again = mc_sync_answer_write (read);
  g_assert_true (g_bytes_equal (bytes, again));
  g_assert_cmpint (read->time_ms, ==, 1795219200000);
  g_assert_cmpint (read->cursor.n, ==, 8);
  g_assert_cmpint (read->head, ==, 9);
  g_assert_true (read->reset);
  g_assert_cmpint (g_array_index (read->points, McCursor, 0).n, ==, 8);
  ruled = read->answers->pdata[0];
  missing = read->answers->pdata[1];
  entry = read->entries->pdata[0];
  g_assert_cmpstr (ruled->op, ==, ID1);
  g_assert_cmpstr (ruled->ruling, ==, "{\"contact\":\"contested\"}");
  g_assert_null (ruled->missing);
  g_assert_null (missing->ruling);
  g_assert_cmpstr (missing->missing[0], ==, ID1);
  g_assert_null (missing->missing[1]);
  g_assert_cmpint (entry->n, ==, 7);
  g_assert_cmpstr (entry->line, ==, "signature {\"x\":\"ễ\\t\"}");
  g_assert_true (read->first.on);
  g_assert_cmpint (read->first.point.n, ==, 3);
  g_assert_cmpstr (read->first.after, ==, "4 " ID2);
  g_assert_cmpstr (read->scan, ==, answer->scan);
  g_assert_cmpuint (read->said->len, ==, 1);
  g_assert_cmpint (((McFeedEntry *)read->said->pdata[0])->n, ==, 2);
}

/* What is said outside the page is proved by itself. */
static void
test_said (void)
{
  g_autoptr (McSyncAnswer) answer = make_answer ();
  g_autoptr (GBytes) bytes = mc_sync_answer_write (answer);
  gsize size = g_bytes_get_size (bytes);

  for (gsize i = size - 40; i < size - 1; i++)
    {
      g_autofree char *text = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GBytes) other = NULL;
      g_autoptr (McSyncAnswer) read = NULL;

      text[i] ^= 1;
      other = g_bytes_new (text, size);
      read = mc_sync_answer_read (other, NULL);
      g_assert_null (read);
    }
}

/* Cut in half anywhere, or with something behind it, it is no answer and no request. */
static void
test_torn (void)
{
  g_autoptr (McSyncAnswer) answer = make_answer ();
  g_autoptr (McSyncRequest) request = make_request ();
  g_autoptr (GBytes) answer_bytes = mc_sync_answer_write (answer);
  g_autoptr (GBytes) request_bytes = mc_sync_request_write (request);

  for (gsize i = 0; i < g_bytes_get_size (answer_bytes); i++)
    {
      g_autoptr (GBytes) torn = g_bytes_new_from_bytes (answer_bytes, 0, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (McSyncAnswer) read = mc_sync_answer_read (torn, &error);

      g_assert_null (read);
      g_assert_error (error, MC_ERROR, MC_ERROR_NETWORK);
    }
  for (gsize i = 0; i < g_bytes_get_size (request_bytes); i++)
    {
      g_autoptr (GBytes) torn = g_bytes_new_from_bytes (request_bytes, 0, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (McSyncRequest) read = mc_sync_request_read (torn, &error);

      g_assert_null (read);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

static void
test_something_behind (void)
{
  static const char *const tails[] = { "x", "\n", "x\n", "<script>" };
  g_autoptr (McSyncAnswer) answer = make_answer ();
  g_autoptr (McSyncRequest) request = make_request ();
  g_autoptr (GBytes) answer_bytes = mc_sync_answer_write (answer);
  g_autoptr (GBytes) request_bytes = mc_sync_request_write (request);

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autoptr (GBytes) longer_answer = with_tail (answer_bytes, tails[i]);
      g_autoptr (GBytes) longer_request = with_tail (request_bytes, tails[i]);
      g_autoptr (McSyncAnswer) answer_read = mc_sync_answer_read (longer_answer, NULL);
      g_autoptr (McSyncRequest) request_read = mc_sync_request_read (longer_request, NULL);

      g_assert_null (answer_read);
      g_assert_null (request_read);
    }
}

#define ENVELOPE(rest) "{\"motcua\":1,\"time\":5,\"cursor\":[0,\"\"]," rest "}\n"

/* Whatever answers 200 but is not the province. */
static void
test_not_ours (void)
{
  static const char *const rows[] = {
    "",
    "\n",
    "{}\n",
    "null\n",
    "OK\n",
    "<!DOCTYPE html><html><head><title>Đăng nhập Wi-Fi</title></head><body>…</body></html>\n",
    "{\"motcua\":2,\"time\":5,\"rulings\":0,\"entries\":0,\"cursor\":[0,\"\"]}\n",
    "{\"motcua\":\"1\",\"time\":5,\"rulings\":0,\"entries\":0,\"cursor\":[0,\"\"]}\n",
    "{\"motcua\":1,\"rulings\":0,\"entries\":0,\"cursor\":[0,\"\"]}\n",
    "{\"motcua\":1,\"time\":5,\"rulings\":0,\"entries\":0}\n",
    "{\"motcua\":1,\"time\":5,\"rulings\":0,\"entries\":0,\"cursor\":[-1,\"\"]}\n",
    "{\"motcua\":1,\"time\":5,\"rulings\":0,\"entries\":0,\"cursor\":[0,7]}\n",
    "{\"motcua\":1,\"time\":5,\"rulings\":0,\"entries\":0,\"cursor\":[0,"
    "\"0123456789abcdef0123456789abcdef0\"]}\n",
    ENVELOPE ("\"entries\":0"),
    ENVELOPE ("\"rulings\":0"),
    ENVELOPE ("\"rulings\":-1,\"entries\":0"),
    ENVELOPE ("\"rulings\":1,\"entries\":0"),
    ENVELOPE ("\"rulings\":0,\"entries\":1"),
    ENVELOPE ("\"rulings\":0,\"entries\":9223372036854775807"),
    ENVELOPE ("\"rulings\":0,\"entries\":0") "extra\n",
    ENVELOPE ("\"rulings\":1,\"entries\":0") "no tab\n",
    ENVELOPE ("\"rulings\":0,\"entries\":1") "1\top\t\"applied\"\tmac\n",
    ENVELOPE ("\"rulings\":0,\"entries\":1") "0\top\t\"applied\"\tmac\tline\n",
    ENVELOPE ("\"rulings\":0,\"entries\":1") "x\top\t\"applied\"\tmac\tline\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (rows[i], strlen (rows[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (McSyncAnswer) read = mc_sync_answer_read (bytes, &error);

      g_test_message ("%s", rows[i]);
      g_assert_null (read);
      g_assert_error (error, MC_ERROR, MC_ERROR_NETWORK);
    }
}

static void
test_smallest (void)
{
  const char *text = ENVELOPE ("\"rulings\":0,\"entries\":0");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (McSyncAnswer) read = mc_sync_answer_read (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (read->entries->len, ==, 0);
}

static void
test_request_counts (void)
{
  static const char *const rows[] = {
    "{\"motcua\":1,\"cursor\":[0,\"\"],\"ops\":2,\"limit\":1,\"wait\":0}\nline\n",
    "{\"motcua\":1,\"cursor\":[0,\"\"],\"ops\":0,\"limit\":1,\"wait\":0}\nline\n",
    "{\"motcua\":1,\"cursor\":[0,\"\"],\"limit\":1,\"wait\":0}\n",
    "{\"motcua\":1,\"cursor\":[0],\"ops\":0,\"limit\":1,\"wait\":0}\n",
    "{\"motcua\":7,\"cursor\":[0,\"\"],\"ops\":0,\"limit\":1,\"wait\":0}\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (rows[i], strlen (rows[i]));
      g_autoptr (McSyncRequest) read = mc_sync_request_read (bytes, NULL);

      g_assert_null (read);
    }
}

/* What a request may ask for is bounded by the reader. */
/* What goes without saying is not said, and read as it was meant. */
static void
test_usual (void)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (McSyncAnswer) answer = mc_sync_answer_new ();
  g_autoptr (GBytes) asked = NULL;
  g_autoptr (GBytes) answered = NULL;
  g_autoptr (McSyncRequest) request_back = NULL;
  g_autoptr (McSyncAnswer) answer_back = NULL;

  request->limit = MC_WIRE_LIMIT;
  answer->time_ms = 5;
  answer->cursor = (McCursor){ 7, "00000000000000000000000000000000" };
  answer->head = 7;
  asked = mc_sync_request_write (request);
  answered = mc_sync_answer_write (answer);
  g_assert_null (
      g_strstr_len (g_bytes_get_data (asked, NULL), (gssize)g_bytes_get_size (asked), "limit"));
  g_assert_null (g_strstr_len (g_bytes_get_data (answered, NULL),
                               (gssize)g_bytes_get_size (answered),
                               "head"));
  request_back = mc_sync_request_read (asked, NULL);
  answer_back = mc_sync_answer_read (answered, NULL);
  g_assert_cmpint (request_back->limit, ==, MC_WIRE_LIMIT);
  g_assert_cmpint (request_back->wait, ==, 0);
  g_assert_cmpint (request_back->left, ==, 0);
  g_assert_cmpint (answer_back->head, ==, 7);
}

static void
test_request_limits (void)
{
  const char *text =
      "{\"motcua\":1,\"cursor\":[0,\"\"],\"ops\":0,\"limit\":999999999,\"wait\":999999}\n";
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (McSyncRequest) read = mc_sync_request_read (bytes, NULL);
  g_autoptr (McSyncRequest) many = mc_sync_request_new ();
  g_autoptr (GBytes) many_bytes = NULL;
  g_autoptr (McSyncRequest) refused = NULL;

  g_assert_cmpint (read->limit, ==, MC_WIRE_ENTRIES_MAX);
  g_assert_cmpint (read->wait, <=, 60);
  for (guint i = 0; i <= MC_WIRE_OPS_MAX; i++)
    g_ptr_array_add (many->lines, g_strdup ("x"));
  many_bytes = mc_sync_request_write (many);
  refused = mc_sync_request_read (many_bytes, NULL);
  g_assert_null (refused);
}

/* Every member of an entry, and everything before it, is in the running hash. */
static void
test_feed_hash (void)
{
  McFeedEntry entry = { 1, (char *)"op", (char *)"\"applied\"", (char *)"mac", (char *)"line" };
  McFeedEntry others[5] = { entry, entry, entry, entry, entry };
  char hash[33], again[33], other[33], next[33];

  others[0].n = 2;
  others[1].kind = (char *)"gone";
  others[2].ruling = (char *)"\"refused:role\"";
  others[3].receipt = (char *)"cam";
  others[4].line = (char *)"line2";
  mc_feed_hash ("", &entry, hash);
  mc_feed_hash ("", &entry, again);
  g_assert_cmpstr (hash, ==, again);
  g_assert_cmpuint (strlen (hash), ==, 32);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      mc_feed_hash ("", &others[i], other);
      g_assert_cmpstr (hash, !=, other);
    }
  g_strlcpy (next, hash, sizeof next);
  mc_feed_hash (next, &entry, next);
  g_assert_cmpstr (next, !=, hash);
}

static void
test_sign_text (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("abc", 3);
  g_autofree char *text = mc_wire_sign_text ("POST", "/v1/sync", body);
  g_autofree char *empty = mc_wire_sign_text ("GET", "/v1/blob/x", NULL);

  g_assert_cmpstr (
      text,
      ==,
      "POST /v1/sync\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (
      empty,
      ==,
      "GET /v1/blob/x\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/wire/request", test_request);
  g_test_add_func ("/wire/answer", test_answer);
  g_test_add_func ("/wire/said", test_said);
  g_test_add_func ("/wire/torn", test_torn);
  g_test_add_func ("/wire/something-behind", test_something_behind);
  g_test_add_func ("/wire/not-ours", test_not_ours);
  g_test_add_func ("/wire/smallest", test_smallest);
  g_test_add_func ("/wire/request-counts", test_request_counts);
  g_test_add_func ("/wire/usual", test_usual);
  g_test_add_func ("/wire/request-limits", test_request_limits);
  g_test_add_func ("/wire/feed-hash", test_feed_hash);
  g_test_add_func ("/wire/sign-text", test_sign_text);
  return g_test_run ();
}
