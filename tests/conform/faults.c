/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A server with one fault, for the test that motcua-conform names it: the product's objects, with
 * some of their calls led through here by the linker (--wrap). MC_FAULT says which fault; the
 * product itself knows nothing of it.
 */
#include "mc-province-blob.h"
#include "mc-province-private.h"
#include "mc-server-private.h"

#include <string.h>

#define WRAP(type, name, parameters)                                                               \
  type __real_##name parameters;                                                                   \
  type __wrap_##name parameters;                                                                   \
  type __wrap_##name parameters

static gboolean
fault (const char *name)
{
  return g_strcmp0 (g_getenv ("MC_FAULT"), name) == 0;
}

WRAP (gboolean,
      mc_keys_verify,
      (const McPublicKey *key, const char *bytes, gsize length, const char *signature))
{
  if (fault ("requests-unsigned") && g_str_has_prefix (bytes, "POST /v1/"))
    return TRUE;
  return __real_mc_keys_verify (key, bytes, length, signature);
}

WRAP (gboolean, mc_op_verify, (const McOp *op, const McPublicKey *key))
{
  return fault ("ops-unsigned") || __real_mc_op_verify (op, key);
}

WRAP (gboolean, mc_op_readable, (const McOp *op))
{
  return fault ("newer-kept") || __real_mc_op_readable (op);
}

WRAP (GStrv, _mc_missing_parents, (McProvince * province, const McOp *op))
{
  return fault ("parents-ignored") ? NULL : __real__mc_missing_parents (province, op);
}

WRAP (void, mc_feed_hash, (const char *before, const McFeedEntry *entry, char *ret_hash))
{
  McFeedEntry bare = *entry;

  if (fault ("hash-without-receipt"))
    bare.receipt = (char *)"";
  __real_mc_feed_hash (before, &bare, ret_hash);
}

WRAP (gboolean,
      _mc_feed_follows,
      (McProvince * province,
       const char *office,
       const McSyncRequest *request,
       gboolean *ret_holds,
       GError **error))
{
  gboolean ok = __real__mc_feed_follows (province, office, request, ret_holds, error);

  *ret_holds = *ret_holds || fault ("taken-before-reset");
  return ok;
}

WRAP (char *, mc_keyring_receipt, (const McKeyring *keyring, const char *op, const char *reason))
{
  static guint count;
  g_autofree char *salted = g_strdup_printf ("%s%u", op, ++count);

  return __real_mc_keyring_receipt (keyring, fault ("receipts-change") ? salted : op, reason);
}

WRAP (gboolean,
      _mc_province_refusal,
      (McProvince * province,
       const McOp *op,
       const char *office,
       const char **ret_reason,
       GError **error))
{
  gboolean ok = __real__mc_province_refusal (province, op, office, ret_reason, error);

  if ((fault ("offices-unchecked") && g_strcmp0 (*ret_reason, "office") == 0) ||
      (fault ("staff-unchecked") && g_strcmp0 (*ret_reason, "staff") == 0))
    *ret_reason = NULL;
  return ok;
}

WRAP (gboolean,
      mc_province_blob_readable,
      (McProvince * province, const char *sha256, const char *office, GError **error))
{
  return fault ("scans-open") || __real_mc_province_blob_readable (province, sha256, office, error);
}

WRAP (gboolean,
      mc_province_blob_finish,
      (McProvince * province, const char *sha256, gboolean good, GError **error))
{
  return __real_mc_province_blob_finish (province,
                                         sha256,
                                         good || fault ("scans-unchecked"),
                                         error);
}

WRAP (gboolean, _mc_sum_is, (gcry_md_hd_t running, const McChunkSum *said))
{
  return __real__mc_sum_is (running, said) || fault ("sums-unchecked");
}

WRAP (gboolean,
      mc_province_blob_begun_by,
      (McProvince * province, const char *sha256, const char *office, GError **error))
{
  return fault ("anybody-drops") ||
         __real_mc_province_blob_begun_by (province, sha256, office, error);
}

/* The first step of the upload is kept, what came before the line broke is not. */
WRAP (gboolean,
      mc_province_blob_received,
      (McProvince * province, const char *sha256, gint64 received, GError **error))
{
  gint64 kept = fault ("broken-lines-lost") ? MIN (received, 100000) : received;

  return __real_mc_province_blob_received (province, sha256, kept, error);
}

WRAP (McRuling *,
      mc_judge,
      (McRecord * record,
       const McOp *op,
       McOpFind find,
       gpointer find_data,
       const McRuling *forced,
       McJudgeFlags flags))
{
  McRuling *ruling = __real_mc_judge (record, op, find, find_data, forced, flags);
  gboolean fees = fault ("acts-merged") && g_str_equal (op->verb, MC_VERB_FEE);

  for (guint i = 0; i < ruling->verdicts->len; i++)
    {
      McVerdict *verdict = &g_array_index (ruling->verdicts, McVerdict, i);

      if (*verdict == MC_VERDICT_CONTESTED && fees)
        *verdict = MC_VERDICT_MERGED;
      if (*verdict == MC_VERDICT_CONTESTED && fault ("last-wins"))
        *verdict = MC_VERDICT_APPLIED;
    }
  return ruling;
}

WRAP (GPtrArray *,
      _mc_province_readers,
      (McProvince * province, const McOp *op, gboolean refused, const char *office, GError **error))
{
  if (fault ("told-to-all"))
    return _mc_province_column (province, "SELECT id FROM office", NULL, error);
  return __real__mc_province_readers (province, op, refused, office, error);
}

WRAP (gboolean,
      _mc_feed_append,
      (McProvince * province,
       const char *office,
       const McFeedEntry *entry,
       const char *op,
       GError **error))
{
  if ((fault ("gone-untold") && g_str_equal (entry->kind, "gone")) ||
      (fault ("refusals-untold") && g_str_has_prefix (entry->ruling, "\"refused:")))
    return TRUE;
  return __real__mc_feed_append (province, office, entry, op, error);
}

WRAP (gboolean,
      _mc_feed_append_past,
      (McProvince * province, const char *office, const McOp *but, GError **error))
{
  return fault ("past-untold") || __real__mc_feed_append_past (province, office, but, error);
}

/* What is held already is taken a second time. */
static void
take_again (McProvince *province, const McDevice *device, const char *text)
{
  g_auto (McPushed) pushed = { 0 };
  g_autoptr (McOp) op = NULL;
  g_autofree char *ruling = NULL;
  g_autofree char *receipt = NULL;

  mc_pushed_read (text, &pushed);
  op = mc_op_parse (pushed.line, -1, NULL);
  ruling = op != NULL ? mc_ledger_ruling (province->db, op->id) : NULL;
  if (ruling != NULL && _mc_province_begin (province, NULL))
    {
      receipt = mc_keyring_receipt (province->keyring, op->id, NULL);
      {
        McFeedEntry entry = { 0, (char *)"op", ruling, receipt, op->line };

        _mc_province_end (province,
                          __real__mc_feed_append (province, device->office, &entry, op->id, NULL),
                          NULL);
      }
    }
}

static void
damage (McSyncAnswer *answer)
{
  if (fault ("reset-unsaid"))
    answer->reset = FALSE;
  if (fault ("ops-unanswered"))
    g_ptr_array_set_size (answer->answers, 0);
  for (guint i = answer->said->len; fault ("open-left-out") && i-- > 0;)
    if (strstr (((McFeedEntry *)answer->said->pdata[i])->line, MC_VERB_RECEIVE) != NULL)
      g_ptr_array_remove_index (answer->said, i);
  if (fault ("entries-skipped") && answer->entries->len > 2)
    g_ptr_array_remove_index (answer->entries, 1);
  for (guint i = 0; fault ("points-elsewhere") && i < answer->points->len; i++)
    g_array_index (answer->points, McCursor, i).hash[0] ^= 1;
}

WRAP (McSyncAnswer *,
      mc_province_sync,
      (McProvince * province, const McDevice *device, const McSyncRequest *request, GError **error))
{
  McSyncAnswer *answer;

  for (guint i = 0; fault ("taken-twice") && i < request->lines->len; i++)
    take_again (province, device, request->lines->pdata[i]);
  answer = __real_mc_province_sync (province, device, request, error);
  if (answer != NULL)
    damage (answer);
  return answer;
}

/* As many lines as there are, whatever the envelope counts. */
static GBytes *
recount (GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  char *end = strrchr (text, '\n');
  char *first = strchr (text, '\n');
  g_autoptr (json_t) envelope = NULL;
  g_autofree char *head = NULL;
  guint lines = 0;

  if (end == NULL)
    return g_bytes_ref (bytes);
  end[1] = '\0';
  for (const char *c = first + 1; *c != '\0'; c++)
    lines += *c == '\n' ? 1 : 0;
  *first = '\0';
  envelope = mc_json_parse (text, -1, NULL);
  json_object_set_new (envelope, "ops", json_integer (lines));
  head = mc_json_text (envelope);
  text[first - text] = '\n';
  {
    char *whole = g_strconcat (head, first, NULL);

    return g_bytes_new_take (whole, strlen (whole));
  }
}

WRAP (McSyncRequest *, mc_sync_request_read, (GBytes * bytes, GError **error))
{
  g_autoptr (GBytes) body = fault ("torn-taken") ? recount (bytes) : g_bytes_ref (bytes);
  McSyncRequest *request = __real_mc_sync_request_read (body, error);

  if (request != NULL && fault ("never-held"))
    request->wait = 0;
  if (request != NULL && fault ("limit-ignored"))
    request->limit = MC_WIRE_ENTRIES_MAX;
  return request;
}

WRAP (GBytes *, mc_wire_unpack_small, (GBytes * bytes, gsize max, GError **error))
{
  return fault ("words-unknown") ? NULL : __real_mc_wire_unpack_small (bytes, max, error);
}

WRAP (void, _mc_hold_wake, (McServer * server, const char *office))
{
  if (!fault ("never-woken") || office == NULL)
    __real__mc_hold_wake (server, office);
}

WRAP (const char *, _mc_header, (SoupServerMessage * msg, const char *name))
{
  return fault ("ranges-ignored") && g_str_equal (name, "Range") ? NULL
                                                                 : __real__mc_header (msg, name);
}

WRAP (gint64, _mc_header_number, (SoupServerMessage * msg, const char *name))
{
  gint64 number = __real__mc_header_number (msg, name);

  /* Whoever begins anywhere begins at the start. */
  return fault ("offsets-unchecked") && g_str_equal (name, "Upload-Offset") ? 0 : number;
}

WRAP (void,
      soup_message_headers_replace,
      (SoupMessageHeaders * headers, const char *name, const char *value))
{
  if (!fault ("no-retry-after") || !g_str_equal (name, "Retry-After"))
    __real_soup_message_headers_replace (headers, name, value);
}

WRAP (
    void,
    soup_server_message_set_response,
    (SoupServerMessage * msg, const char *type, SoupMemoryUse use, const char *body, gsize length))
{
  static const char page[] = "<h1>Error</h1>";

  if (fault ("errors-bare") && soup_server_message_get_status (msg) >= 400)
    __real_soup_server_message_set_response (msg,
                                             "text/html",
                                             SOUP_MEMORY_STATIC,
                                             page,
                                             strlen (page));
  else
    __real_soup_server_message_set_response (msg, type, use, body, length);
}

WRAP (int, sodium_memcmp, (const void *one, const void *two, size_t length))
{
  return fault ("codes-reused") ? 0 : __real_sodium_memcmp (one, two, length);
}

WRAP (gint64, mc_province_now, (McProvince * province))
{
  gint64 now = __real_mc_province_now (province);

  return fault ("time-in-seconds") ? now / 1000 : now;
}
