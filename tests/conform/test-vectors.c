/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * data/protocol/vectors against src/core. They were made by another implementation
 * (tests/vectors/protocol.py), so that the two agree by what the specification says.
 */
#include "mc-judge.h"
#include "mc-keyring.h"
#include "mc-text.h"
#include "mc-wire.h"

#include <string.h>

static json_t *keys;

static json_t *
load (const char *name)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("MC_SOURCE_ROOT"), "data", "protocol", "vectors", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  json_t *json;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  json = mc_json_parse (text, -1, &error);
  g_assert_no_error (error);
  return json;
}

static McPublicKey
public_of (const char *name)
{
  McPublicKey key;

  g_assert_true (mc_base64_decode (mc_json_string (json_object_get (keys, name), "public"),
                                   key.bytes,
                                   sizeof key.bytes));
  return key;
}

typedef void (*Look) (const json_t *vector, const char *why);

/* Every vector of one list of one file. */
static void
for_each (const char *file, const char *list, guint least, Look look)
{
  g_autoptr (json_t) json = load (file);
  const json_t *vectors = json_object_get (json, list);

  g_assert_cmpuint (json_array_size (vectors), >=, least);
  for (size_t i = 0; i < json_array_size (vectors); i++)
    {
      const json_t *vector = json_array_get (vectors, i);
      const char *why = mc_json_string (vector, "why");

      g_test_message ("%s %s %d: %s", file, list, (int)i, why != NULL ? why : "");
      look (vector, why);
    }
}

static void
look_at_line (const json_t *vector, const char *why)
{
  McPublicKey desk = public_of ("desk");
  const char *line = mc_json_string (vector, "line");
  g_autoptr (McOp) op = mc_op_parse (line, -1, NULL);

  g_assert_cmpint (op != NULL, ==, mc_json_bool (vector, "parses", FALSE));
  if (op == NULL)
    return;
  g_assert_cmpstr (op->line, ==, line);
  g_assert_cmpint (mc_op_verify (op, &desk), ==, mc_json_bool (vector, "holds", FALSE));
}

static void
look_at_canonical (const json_t *vector, const char *why)
{
  g_autofree char *text = mc_json_text (json_object_get (vector, "value"));

  g_assert_cmpstr (text, ==, mc_json_string (vector, "text"));
}

static void
look_at_clean (const json_t *vector, const char *why)
{
  g_autofree char *text = mc_text_clean (mc_json_string (vector, "text"));

  g_assert_cmpstr (text, ==, mc_json_string (vector, "is"));
}

static void
test_ops (void)
{
  for_each ("ops.json", "lines", 15, look_at_line);
  for_each ("ops.json", "canonical", 3, look_at_canonical);
  for_each ("ops.json", "clean", 3, look_at_clean);
}

static void
look_at_body (const json_t *vector, const char *why)
{
  g_autofree char *text = mc_json_text (json_object_get (vector, "op"));
  g_autofree char *unsigned_text = g_strnfill (MC_SIGNATURE_TEXT, 'A');
  g_autofree char *line = g_strconcat (unsigned_text, " ", text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (McOp) op = mc_op_parse (line, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (mc_op_check (op, NULL), ==, mc_json_bool (vector, "good", FALSE));
}

static void
look_at_ruling (const json_t *vector, const char *why)
{
  g_autoptr (McRuling) ruling = mc_ruling_parse (mc_json_string (vector, "text"), NULL);

  g_assert_cmpint (ruling != NULL, ==, mc_json_bool (vector, "good", FALSE));
}

static void
test_rulings (void)
{
  for_each ("rulings.json", "bodies", 20, look_at_body);
  for_each ("rulings.json", "rulings", 8, look_at_ruling);
}

static char *
receipt_of (const char *op, const char *reason)
{
  McKeyring keyring = { 0 };

  g_assert_true (mc_base64_decode (mc_json_string (keys, "mac"), keyring.mac, sizeof keyring.mac));
  return mc_keyring_receipt (&keyring, op, reason);
}

static void
look_at_receipt (const json_t *vector, const char *why)
{
  g_autofree char *receipt =
      receipt_of (mc_json_string (vector, "op"), mc_json_string (vector, "reason"));

  g_assert_cmpstr (receipt, ==, mc_json_string (vector, "receipt"));
}

static char running[33];

static void
look_at_entry (const json_t *vector, const char *why)
{
  McFeedEntry entry = {
    mc_json_int (vector, "n", 0),
    (char *)mc_json_string (vector, "kind"),
    (char *)mc_json_string (vector, "ruling"),
    (char *)mc_json_string (vector, "receipt"),
    (char *)mc_json_string (vector, "line"),
  };
  char hash[33];

  mc_feed_hash (running, &entry, hash);
  g_assert_cmpstr (hash, ==, mc_json_string (vector, "hash"));
  g_strlcpy (running, hash, sizeof running);
  if (g_str_equal (entry.kind, "op"))
    {
      g_autoptr (McRuling) ruling = mc_ruling_parse (entry.ruling, NULL);
      g_autoptr (McOp) op = mc_op_parse (entry.line, -1, NULL);
      g_autofree char *receipt = receipt_of (op->id, ruling->reason);

      g_assert_cmpstr (receipt, ==, entry.receipt);
    }
}

static void
test_feed (void)
{
  running[0] = '\0';
  for_each ("feed.json", "entries", 3, look_at_entry);
  for_each ("feed.json", "receipts", 2, look_at_receipt);
}

static void
look_at_certificate (const json_t *vector, const char *why)
{
  McPublicKey province = public_of ("province");
  McPublicKey desk = public_of ("desk");
  g_autoptr (McCertificate) certificate =
      mc_certificate_parse (mc_json_string (vector, "text"), &province, NULL);

  g_assert_cmpint (certificate != NULL, ==, mc_json_bool (vector, "genuine", FALSE));
  if (certificate == NULL)
    return;
  g_assert_cmpstr (certificate->device, ==, mc_json_string (vector, "device"));
  g_assert_cmpstr (certificate->office, ==, mc_json_string (vector, "office"));
  g_assert_cmpstr (certificate->slot, ==, mc_json_string (vector, "slot"));
  g_assert_cmpint (certificate->issued_ms, ==, mc_json_int (vector, "issued", 0));
  g_assert_cmpmem (certificate->key.bytes, MC_KEY_PUBLIC_BYTES, desk.bytes, sizeof desk.bytes);
}

static void
test_certificates (void)
{
  for_each ("certificates.json", "certificates", 4, look_at_certificate);
}

static void
look_at_signature (const json_t *vector, const char *why)
{
  McPublicKey desk = public_of ("desk");
  gsize length = 0;
  guint8 *bytes = g_base64_decode (mc_json_string (vector, "body"), &length);
  g_autoptr (GBytes) body = g_bytes_new_take (bytes, length);
  g_autofree char *text =
      mc_wire_sign_text (mc_json_string (vector, "method"), mc_json_string (vector, "path"), body);

  g_assert_cmpstr (text, ==, mc_json_string (vector, "text"));
  g_assert_true (mc_keys_verify (&desk, text, strlen (text), mc_json_string (vector, "sign")));
}

static void
test_requests (void)
{
  for_each ("requests.json", "requests", 3, look_at_signature);
}

static GBytes *
body_of (const json_t *vector)
{
  const char *body = mc_json_string (vector, "body");

  return g_bytes_new (body, strlen (body));
}

static void
assert_cursor (const McCursor *cursor, const json_t *pair)
{
  g_assert_cmpint (cursor->n, ==, json_integer_value (json_array_get (pair, 0)));
  g_assert_cmpstr (cursor->hash, ==, json_string_value (json_array_get (pair, 1)));
}

static void
look_at_request (const json_t *vector, const char *why)
{
  g_autoptr (GBytes) body = body_of (vector);
  g_autoptr (McSyncRequest) request = mc_sync_request_read (body, NULL);

  g_assert_cmpint (request != NULL, ==, mc_json_bool (vector, "whole", FALSE));
  if (request == NULL)
    return;
  g_assert_cmpint (request->lines->len, ==, mc_json_int (vector, "ops", -1));
  g_assert_cmpint (request->limit, ==, mc_json_int (vector, "limit", -1));
  g_assert_cmpint (request->wait, ==, mc_json_int (vector, "wait", -1));
  g_assert_cmpint (request->left, ==, mc_json_int (vector, "left", -1));
  g_assert_cmpint (request->first.on, ==, mc_json_bool (vector, "first", FALSE));
  assert_cursor (&request->cursor, json_object_get (vector, "cursor"));
}

static void
look_at_answer (const json_t *vector, const char *why)
{
  g_autoptr (GBytes) body = body_of (vector);
  g_autoptr (McSyncAnswer) answer = mc_sync_answer_read (body, NULL);
  const json_t *points = json_object_get (vector, "points");

  g_assert_cmpint (answer != NULL, ==, mc_json_bool (vector, "whole", FALSE));
  if (answer == NULL)
    return;
  g_assert_cmpint (answer->answers->len, ==, mc_json_int (vector, "rulings", -1));
  g_assert_cmpint (answer->entries->len, ==, mc_json_int (vector, "entries", -1));
  g_assert_cmpint (answer->said->len, ==, mc_json_int (vector, "said", 0));
  g_assert_cmpint (answer->head, ==, mc_json_int (vector, "head", -1));
  g_assert_cmpint (answer->reset, ==, json_is_array (points));
  g_assert_cmpuint (answer->points->len, ==, json_array_size (points));
  for (guint i = 0; i < answer->points->len; i++)
    assert_cursor (&g_array_index (answer->points, McCursor, i), json_array_get (points, i));
}

static void
look_at_packed (const json_t *vector, const char *why)
{
  gsize length = 0;
  guint8 *bytes = g_base64_decode (mc_json_string (vector, "packed"), &length);
  g_autoptr (GBytes) packed = g_bytes_new_take (bytes, length);
  gboolean small = g_str_equal (mc_json_string (vector, "how"), MC_WIRE_SMALL);
  g_autoptr (GBytes) plain = small ? mc_wire_unpack_small (packed, MC_WIRE_MAX, NULL)
                                   : mc_wire_unpack (packed, MC_WIRE_MAX, NULL);
  const char *expected = mc_json_string (vector, "plain");

  g_assert_cmpint (plain != NULL, ==, expected != NULL);
  if (plain != NULL)
    g_assert_cmpmem (g_bytes_get_data (plain, NULL),
                     g_bytes_get_size (plain),
                     expected,
                     strlen (expected));
}

static void
test_wire (void)
{
  for_each ("wire.json", "requests", 9, look_at_request);
  for_each ("wire.json", "answers", 10, look_at_answer);
  for_each ("wire.json", "packed", 4, look_at_packed);
}

/* The ops of one history, by id. */
typedef struct
{
  GHashTable *ops;
  GHashTable *refused;
} Told;

static const McOp *
find (const char *id, gboolean *ret_refused, gpointer data)
{
  Told *told = data;

  *ret_refused = g_hash_table_contains (told->refused, id);
  return g_hash_table_lookup (told->ops, id);
}

static void
judge (McRecord *record, Told *told, const char *line, const char *right, const char *expected)
{
  McPublicKey desk = public_of ("desk");
  McOp *op = mc_op_parse (line, -1, NULL);
  g_autoptr (McRuling) forced = right != NULL ? mc_ruling_refuse (right) : NULL;
  g_autoptr (McRuling) ruling = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (op);
  g_assert_true (mc_op_verify (op, &desk));
  ruling = mc_judge (record, op, find, told, forced, MC_JUDGE_PLAIN);
  text = mc_ruling_text (ruling);
  g_assert_cmpstr (text, ==, expected);
  if (ruling->refused)
    g_hash_table_add (told->refused, op->id);
  g_hash_table_insert (told->ops, op->id, op);
}

static void
look_at_history (const json_t *vector, const char *why)
{
  g_autoptr (GHashTable) ops =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)mc_op_unref);
  g_autoptr (GHashTable) refused = g_hash_table_new (g_str_hash, g_str_equal);
  Told told = { ops, refused };
  g_autoptr (McRecord) record = mc_record_new ("01900000-0000-7000-8000-0000000000ff");
  const json_t *said = json_object_get (vector, "ops");
  const json_t *tips = json_object_get (vector, "tips");
  const McGroupState *state;

  judge (record, &told, mc_json_string (vector, "reception"), NULL, "\"applied\"");
  for (size_t i = 0; i < json_array_size (said); i++)
    {
      const json_t *one = json_array_get (said, i);

      judge (record,
             &told,
             mc_json_string (one, "line"),
             mc_json_string (one, "right"),
             mc_json_string (one, "ruling"));
    }
  state = mc_record_group (record, mc_json_string (vector, "group"));
  g_assert_cmpuint (state != NULL ? state->tips->len : 0, ==, json_array_size (tips));
  for (size_t i = 0; i < json_array_size (tips); i++)
    g_assert_cmpstr (((McTip *)state->tips->pdata[i])->op,
                     ==,
                     json_string_value (json_array_get (tips, i)));
}

static void
test_judge (void)
{
  for_each ("judge.json", "histories", 20, look_at_history);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  keys = load ("keys.json");
  g_test_add_func ("/vectors/ops", test_ops);
  g_test_add_func ("/vectors/rulings", test_rulings);
  g_test_add_func ("/vectors/feed", test_feed);
  g_test_add_func ("/vectors/certificates", test_certificates);
  g_test_add_func ("/vectors/requests", test_requests);
  g_test_add_func ("/vectors/wire", test_wire);
  g_test_add_func ("/vectors/judge", test_judge);
  result = g_test_run ();
  json_decref (keys);
  return result;
}
