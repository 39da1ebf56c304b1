/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-wire.h"

#include "mc-error.h"
#include "mc-keys.h"
#include "mc-op.h"
#include <string.h>

void
mc_first_clear (McFirst *first)
{
  g_clear_pointer (&first->after, g_free);
  *first = (McFirst){ 0 };
}

void
mc_first_copy (const McFirst *from, McFirst *to)
{
  mc_first_clear (to);
  *to = *from;
  to->after = g_strdup (from->after);
}

void
mc_feed_entry_free (McFeedEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->kind);
  g_free (entry->ruling);
  g_free (entry->receipt);
  g_free (entry->line);
  g_free (entry);
}

static void
answer_free (McAnswer *answer)
{
  g_free (answer->op);
  g_free (answer->ruling);
  g_strfreev (answer->missing);
  g_free (answer);
}

McSyncRequest *
mc_sync_request_new (void)
{
  McSyncRequest *request = g_new0 (McSyncRequest, 1);

  request->lines = g_ptr_array_new_with_free_func (g_free);
  return request;
}

void
mc_sync_request_free (McSyncRequest *request)
{
  if (request == NULL)
    return;
  g_ptr_array_unref (request->lines);
  mc_first_clear (&request->first);
  g_free (request->scan);
  g_free (request);
}

McSyncAnswer *
mc_sync_answer_new (void)
{
  McSyncAnswer *answer = g_new0 (McSyncAnswer, 1);

  answer->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)answer_free);
  answer->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_feed_entry_free);
  answer->said = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_feed_entry_free);
  answer->points = g_array_new (FALSE, FALSE, sizeof (McCursor));
  return answer;
}

void
mc_sync_answer_free (McSyncAnswer *answer)
{
  if (answer == NULL)
    return;
  g_ptr_array_unref (answer->answers);
  g_ptr_array_unref (answer->entries);
  g_ptr_array_unref (answer->said);
  mc_first_clear (&answer->first);
  g_array_unref (answer->points);
  g_free (answer->scan);
  g_free (answer);
}

void
mc_sync_answer_put (McSyncAnswer *answer,
                    const char *op,
                    const char *ruling,
                    const char *const *missing)
{
  McAnswer *one = g_new0 (McAnswer, 1);

  one->op = g_strdup (op);
  one->ruling = g_strdup (ruling);
  one->missing = g_strdupv ((char **)missing);
  g_ptr_array_add (answer->answers, one);
}

/* Reads one line after the other out of a body. */
typedef struct
{
  const char *at;
  const char *end;
} Lines;

static Lines
lines_of (GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  /* Of no bytes the data is NULL: a place to which one may not even add 0. */
  return (Lines){ data, size > 0 ? data + size : data };
}

static gboolean
next_line (Lines *lines, const char **ret_line, gsize *ret_length)
{
  const char *newline;

  if (lines->at >= lines->end)
    return FALSE;
  newline = memchr (lines->at, '\n', (gsize)(lines->end - lines->at));
  if (newline == NULL)
    return FALSE;
  *ret_line = lines->at;
  *ret_length = (gsize)(newline - lines->at);
  lines->at = newline + 1;
  return TRUE;
}

static json_t *
read_envelope (Lines *lines, GError **error)
{
  const char *line;
  gsize length;
  json_t *json;

  if (!next_line (lines, &line, &length))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "no envelope");
      return NULL;
    }
  json = mc_json_parse (line, (gssize)length, error);
  if (json != NULL && mc_json_int (json, "motcua", 0) != MC_WIRE_VERSION)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "not our envelope");
      g_clear_pointer (&json, json_decref);
    }
  return json;
}

static gboolean
read_cursor (json_t *pair, McCursor *cursor)
{
  json_t *n = json_array_get (pair, 0);
  const char *hash = json_string_value (json_array_get (pair, 1));

  if (!json_is_integer (n) || json_integer_value (n) < 0 || hash == NULL || strlen (hash) > 32)
    return FALSE;
  cursor->n = json_integer_value (n);
  g_strlcpy (cursor->hash, hash, sizeof cursor->hash);
  return TRUE;
}

static json_t *
cursor_json (const McCursor *cursor)
{
  return json_pack ("[I,s]", (json_int_t)cursor->n, cursor->hash);
}

static gboolean
read_first (json_t *envelope, McFirst *first)
{
  json_t *said = json_object_get (envelope, "first");

  if (said == NULL)
    return TRUE;
  first->on = TRUE;
  first->after = g_strdup (json_string_value (json_array_get (said, 2)));
  return read_cursor (said, &first->point);
}

static void
put_first (json_t *envelope, const McFirst *first)
{
  json_t *said = first->on ? cursor_json (&first->point) : NULL;

  if (said != NULL && first->after != NULL)
    json_array_append_new (said, json_string (first->after));
  if (said != NULL)
    json_object_set_new (envelope, "first", said);
}

/* What goes without saying is not said: most requests bring nothing, and every byte is paid for. */
static void
put_unless (json_t *envelope, const char *key, gint64 value, gint64 usual)
{
  if (value != usual)
    json_object_set_new (envelope, key, json_integer (value));
}

static void
put_scan (json_t *envelope, const char *scan)
{
  if (scan != NULL)
    json_object_set_new (envelope, "scan", json_string (scan));
}

static GString *
begin_body (json_t *envelope)
{
  g_autofree char *text = mc_json_text (envelope);
  GString *body = g_string_new (text);

  g_string_append_c (body, '\n');
  json_decref (envelope);
  return body;
}

GBytes *
mc_sync_request_write (const McSyncRequest *request)
{
  json_t *envelope = json_pack ("{s:i,s:o,s:i}",
                                "motcua",
                                MC_WIRE_VERSION,
                                "cursor",
                                cursor_json (&request->cursor),
                                "ops",
                                (int)request->lines->len);
  GString *body;

  put_unless (envelope, "limit", request->limit, MC_WIRE_LIMIT);
  put_unless (envelope, "wait", request->wait, 0);
  put_unless (envelope, "left", request->left, 0);
  put_first (envelope, &request->first);
  put_scan (envelope, request->scan);
  body = begin_body (envelope);
  for (guint i = 0; i < request->lines->len; i++)
    {
      g_string_append (body, request->lines->pdata[i]);
      g_string_append_c (body, '\n');
    }
  return g_string_free_to_bytes (body);
}

McSyncRequest *
mc_sync_request_read (GBytes *bytes, GError **error)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (json_t) envelope = NULL;
  Lines lines = lines_of (bytes);
  const char *line;
  gsize length;
  gint64 ops;

  envelope = read_envelope (&lines, error);
  if (envelope == NULL)
    return NULL;
  ops = mc_json_int (envelope, "ops", -1);
  request->limit = CLAMP (mc_json_int (envelope, "limit", MC_WIRE_LIMIT), 0, MC_WIRE_ENTRIES_MAX);
  request->left = MAX (mc_json_int (envelope, "left", 0), 0);
  request->wait = CLAMP (mc_json_int (envelope, "wait", 0), 0, 60);
  request->scan = g_strdup (mc_json_string (envelope, "scan"));
  while (next_line (&lines, &line, &length))
    g_ptr_array_add (request->lines, g_strndup (line, length));
  if (!read_cursor (json_object_get (envelope, "cursor"), &request->cursor) ||
      !read_first (envelope, &request->first) || ops != request->lines->len ||
      ops > MC_WIRE_OPS_MAX || lines.at != lines.end)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "torn request");
      return NULL;
    }
  return g_steal_pointer (&request);
}

void
mc_pushed_clear (McPushed *pushed)
{
  g_clear_pointer (&pushed->line, g_free);
  g_clear_pointer (&pushed->receipt, g_free);
  g_clear_pointer (&pushed->reason, g_free);
}

void
mc_pushed_read (const char *text, McPushed *ret_pushed)
{
  g_auto (GStrv) columns = g_strsplit (text, "\t", 3);

  *ret_pushed = (McPushed){ 0 };
  if (columns[0] == NULL)
    ret_pushed->line = g_strdup ("");
  else
    ret_pushed->line = g_strdup (columns[0]);
  if (columns[0] == NULL || columns[1] == NULL || *columns[1] == '\0')
    return;
  ret_pushed->receipt = g_strdup (columns[1]);
  if (columns[2] != NULL && *columns[2] != '\0')
    ret_pushed->reason = g_strdup (columns[2]);
}

char *
mc_pushed_write (const char *line, const char *receipt, const char *reason)
{
  if (receipt == NULL)
    return g_strdup (line);
  return g_strjoin ("\t", line, receipt, reason ? reason : "", NULL);
}

static void
write_answer (GString *body, const McAnswer *answer)
{
  g_string_append_printf (body, "%s\t", answer->op);
  if (answer->ruling != NULL)
    g_string_append (body, answer->ruling);
  else
    {
      g_autoptr (json_t) json = json_pack ("{s:[]}", "missing");
      g_autofree char *text = NULL;

      for (guint i = 0; answer->missing != NULL && answer->missing[i] != NULL; i++)
        json_array_append_new (json_object_get (json, "missing"), json_string (answer->missing[i]));
      text = mc_json_text (json);
      g_string_append (body, text);
    }
  g_string_append_c (body, '\n');
}

/* Of an answer that is no reset nothing is said of it. */
static json_t *
points_json (const McSyncAnswer *answer)
{
  json_t *points = answer->reset ? json_array () : NULL;

  for (guint i = 0; points != NULL && i < answer->points->len; i++)
    json_array_append_new (points, cursor_json (&g_array_index (answer->points, McCursor, i)));
  return points;
}

/* Lines of the page are proved by the running hash that the desk follows; these by one of their
 * own.
 */
static void
hash_entries (GPtrArray *entries, char *ret_hash)
{
  ret_hash[0] = '\0';
  for (guint i = 0; i < entries->len; i++)
    mc_feed_hash (ret_hash, entries->pdata[i], ret_hash);
}

static void
put_said (json_t *envelope, GPtrArray *said)
{
  char hash[33];

  if (said->len == 0)
    return;
  hash_entries (said, hash);
  json_object_set_new (envelope, "said", json_pack ("[i,s]", (int)said->len, hash));
}

static void
write_entries (GString *body, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const McFeedEntry *entry = entries->pdata[i];

      g_string_append_printf (body,
                              "%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\n",
                              entry->n,
                              entry->kind,
                              entry->ruling,
                              entry->receipt,
                              entry->line);
    }
}

GBytes *
mc_sync_answer_write (const McSyncAnswer *answer)
{
  json_t *envelope = json_pack ("{s:i,s:I,s:i,s:i,s:o,s:o*}",
                                "motcua",
                                MC_WIRE_VERSION,
                                "time",
                                (json_int_t)answer->time_ms,
                                "rulings",
                                (int)answer->answers->len,
                                "entries",
                                (int)answer->entries->len,
                                "cursor",
                                cursor_json (&answer->cursor),
                                "points",
                                points_json (answer));
  GString *body;

  put_unless (envelope, "head", answer->head, answer->cursor.n);
  put_unless (envelope, "public", answer->desk, MC_DESK_OWN);
  put_said (envelope, answer->said);
  put_first (envelope, &answer->first);
  put_scan (envelope, answer->scan);
  body = begin_body (envelope);
  for (guint i = 0; i < answer->answers->len; i++)
    write_answer (body, answer->answers->pdata[i]);
  write_entries (body, answer->entries);
  write_entries (body, answer->said);
  return g_string_free_to_bytes (body);
}

static GStrv
read_missing (const char *text)
{
  g_autoptr (json_t) json = mc_json_parse (text, -1, NULL);
  json_t *ids = json_object_get (json, "missing");
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();

  if (!json_is_array (ids))
    return NULL;
  for (size_t i = 0; i < json_array_size (ids); i++)
    if (json_is_string (json_array_get (ids, i)))
      g_strv_builder_add (missing, json_string_value (json_array_get (ids, i)));
  return g_strv_builder_end (missing);
}

static gboolean
read_answer (McSyncAnswer *answer, const char *line, gsize length)
{
  g_autofree char *text = g_strndup (line, length);
  char *tab = strchr (text, '\t');
  g_auto (GStrv) missing = NULL;

  if (tab == NULL)
    return FALSE;
  *tab = '\0';
  missing = read_missing (tab + 1);
  mc_sync_answer_put (answer, text, missing ? NULL : tab + 1, (const char *const *)missing);
  return TRUE;
}

static gboolean
read_entry (GPtrArray *entries, const char *line, gsize length)
{
  g_autofree char *text = g_strndup (line, length);
  g_auto (GStrv) columns = g_strsplit (text, "\t", 5);
  McFeedEntry *entry;

  if (g_strv_length (columns) != 5)
    return FALSE;
  entry = g_new0 (McFeedEntry, 1);
  entry->n = g_ascii_strtoll (columns[0], NULL, 10);
  entry->kind = g_strdup (columns[1]);
  entry->ruling = g_strdup (columns[2]);
  entry->receipt = g_strdup (columns[3]);
  entry->line = g_strdup (columns[4]);
  g_ptr_array_add (entries, entry);
  return entry->n > 0;
}

static gboolean
read_entries (GPtrArray *entries, Lines *lines, gint64 count)
{
  const char *line;
  gsize length;

  for (gint64 i = 0; i < count; i++)
    if (!next_line (lines, &line, &length) || !read_entry (entries, line, length))
      return FALSE;
  return count >= 0;
}

static gboolean
read_said (McSyncAnswer *answer, json_t *envelope, Lines *lines)
{
  json_t *pair = json_object_get (envelope, "said");
  McCursor told = { 0, "" };
  char hash[33];

  if (pair != NULL && (!read_cursor (pair, &told) || !read_entries (answer->said, lines, told.n)))
    return FALSE;
  hash_entries (answer->said, hash);
  return g_str_equal (hash, told.hash);
}

static gboolean
read_points (McSyncAnswer *answer, json_t *points)
{
  answer->reset = points != NULL;
  for (size_t i = 0; i < json_array_size (points); i++)
    {
      McCursor point;

      if (!read_cursor (json_array_get (points, i), &point))
        return FALSE;
      g_array_append_val (answer->points, point);
    }
  return points == NULL || json_is_array (points);
}

static gboolean
read_answer_body (McSyncAnswer *answer, GBytes *bytes)
{
  g_autoptr (json_t) envelope = NULL;
  Lines lines = lines_of (bytes);
  const char *line;
  gsize length;
  gint64 rulings, entries;

  envelope = read_envelope (&lines, NULL);
  if (envelope == NULL || !read_cursor (json_object_get (envelope, "cursor"), &answer->cursor))
    return FALSE;
  rulings = mc_json_int (envelope, "rulings", -1);
  entries = mc_json_int (envelope, "entries", -1);
  answer->time_ms = mc_json_int (envelope, "time", 0);
  answer->head = mc_json_int (envelope, "head", answer->cursor.n);
  answer->scan = g_strdup (mc_json_string (envelope, "scan"));
  /* A kind that is not known here keeps no more than the strictest that is. */
  answer->desk = (McDeskKind)CLAMP (mc_json_int (envelope, "public", MC_DESK_OWN),
                                    MC_DESK_OWN,
                                    MC_DESK_PUBLIC_ALONE);
  if (!read_points (answer, json_object_get (envelope, "points")) ||
      !read_first (envelope, &answer->first))
    return FALSE;
  for (gint64 i = 0; i < rulings; i++)
    if (!next_line (&lines, &line, &length) || !read_answer (answer, line, length))
      return FALSE;
  return rulings >= 0 && read_entries (answer->entries, &lines, entries) &&
         read_said (answer, envelope, &lines) && answer->time_ms > 0 && lines.at == lines.end;
}

McSyncAnswer *
mc_sync_answer_read (GBytes *bytes, GError **error)
{
  g_autoptr (McSyncAnswer) answer = mc_sync_answer_new ();

  if (!read_answer_body (answer, bytes))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NETWORK, "not a whole answer of the province");
      return NULL;
    }
  return g_steal_pointer (&answer);
}

void
mc_feed_hash (const char *before, const McFeedEntry *entry, char *ret_hash)
{
  g_autofree char *text = g_strdup_printf ("%s\t%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s",
                                           before,
                                           entry->n,
                                           entry->kind,
                                           entry->ruling,
                                           entry->receipt,
                                           entry->line);
  g_autofree char *hash = mc_sha256 (text, strlen (text));

  memcpy (ret_hash, hash, 32);
  ret_hash[32] = '\0';
}

char *
mc_wire_sign_text (const char *method, const char *path, GBytes *body)
{
  gsize size = 0;
  const void *data = body ? g_bytes_get_data (body, &size) : NULL;
  g_autofree char *hash = mc_sha256 (data ? data : "", size);

  return g_strdup_printf ("%s %s\n%s", method, path, hash);
}
