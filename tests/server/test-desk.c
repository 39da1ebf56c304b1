/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-desk.h"

#include "mc-id.h"
#include <string.h>

TestDesk *
test_desk_new (void)
{
  TestDesk *desk = g_new0 (TestDesk, 1);

  mc_keys_make (&desk->public, &desk->secret);
  desk->at = MC_BUILD_MS * 1000;
  return desk;
}

TestDesk *
test_desk_enrol (TestProvince *test, const char *office)
{
  TestDesk *desk = test_desk_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *code = mc_province_invite (test->province, office, &error);
  g_autoptr (McAdmission) admission = NULL;

  g_assert_no_error (error);
  admission = mc_province_enrol (test->province, code, &desk->public, &error);
  g_assert_no_error (error);
  desk->id = g_strdup (admission->device->id);
  desk->office = g_strdup (admission->device->office);
  desk->slot = g_strdup (admission->device->slot);
  desk->certificate = g_strdup (admission->certificate);
  return desk;
}

void
test_desk_free (TestDesk *desk)
{
  g_free (desk->id);
  g_free (desk->office);
  g_free (desk->slot);
  g_free (desk->certificate);
  g_free (desk);
}

McOp *
test_desk_op (TestDesk *desk,
              const char *by,
              const char *on,
              const char *verb,
              json_t *body,
              json_t *base)
{
  g_autofree char *id = mc_id_new (MC_BUILD_MS + desk->n);
  McOpDraft draft = {
    .id = id,
    .device = desk->id,
    .n = ++desk->n,
    .at = ++desk->at,
    .by = by,
    .on = on,
    .verb = verb,
    .body = body,
    .base = base,
  };
  McOp *op = mc_op_sign (&draft, &desk->secret);

  json_decref (body);
  json_decref (base);
  g_assert_nonnull (op);
  return op;
}

json_t *
test_base (const char *group, const char *op)
{
  return json_pack ("{s:[s]}", group, op);
}

McOp *
test_desk_receive (TestDesk *desk, const char *by)
{
  g_autofree char *record = mc_id_new (MC_BUILD_MS);
  g_autofree char *code = g_strdup_printf (TEST_CODE_A "-261121-%s%03d",
                                           desk->slot ? desk->slot : "0000",
                                           (int)desk->n + 1);

  return test_desk_op (desk,
                       by,
                       record,
                       MC_VERB_RECEIVE,
                       json_pack ("{s:s,s:s,s:s,s:s,s:s,s:{s:s}}",
                                  "office",
                                  desk->office,
                                  "code",
                                  code,
                                  "procedure",
                                  TEST_PROCEDURE,
                                  "channel",
                                  "direct",
                                  "received",
                                  "2026-11-21T08:10",
                                  "applicant",
                                  "name",
                                  "Trần Thị Bé"),
                       json_object ());
}

McOp *
test_desk_set (TestDesk *desk, const char *by, const McOp *parent, const char *phone)
{
  return test_desk_op (desk,
                       by,
                       parent->on,
                       MC_VERB_SET,
                       json_pack ("{s:{s:{s:s}}}", "groups", "contact", "phone", phone),
                       test_base ("contact", parent->id));
}

McOp *
test_desk_step (TestDesk *desk,
                const char *by,
                const McOp *parent,
                const char *step,
                const char *read)
{
  g_autofree char *id = mc_id_new (MC_BUILD_MS + desk->n);
  g_autoptr (json_t) body = json_pack ("{s:s}", "step", step);
  g_autoptr (json_t) base = test_base ("status", parent->id);
  McOpDraft draft = {
    .id = id,
    .device = desk->id,
    .n = ++desk->n,
    .at = ++desk->at,
    .by = by,
    .on = parent->on,
    .verb = MC_VERB_STEP,
    .body = body,
    .base = base,
    .read = read,
  };

  return mc_op_sign (&draft, &desk->secret);
}

McOp *
test_desk_attach (TestDesk *desk,
                  const char *by,
                  const McOp *parent,
                  const char *sha256,
                  gint64 size)
{
  return test_desk_op (desk,
                       by,
                       parent->on,
                       MC_VERB_ATTACH,
                       json_pack ("{s:s,s:b,s:{s:s,s:s,s:I,s:i}}",
                                  "part",
                                  "to-khai",
                                  "ticked",
                                  1,
                                  "document",
                                  "sha256",
                                  sha256,
                                  "name",
                                  "to-khai.pdf",
                                  "size",
                                  (json_int_t)size,
                                  "pages",
                                  1),
                       test_base ("part:to-khai", parent->id));
}

McOp *
test_desk_transfer (TestDesk *desk, const char *by, const McOp *parent, ...)
{
  json_t *offices = json_array ();
  const char *office;
  va_list ids;

  va_start (ids, parent);
  while ((office = va_arg (ids, const char *)) != NULL)
    json_array_append_new (offices, json_string (office));
  va_end (ids);
  return test_desk_op (desk,
                       by,
                       parent->on,
                       MC_VERB_TRANSFER,
                       json_pack ("{s:o}", "offices", offices),
                       test_base ("offices", parent->id));
}

McOp *
test_desk_settle (TestDesk *desk,
                  const char *by,
                  const char *group,
                  json_t *value,
                  const McOp *one,
                  const McOp *other)
{
  return test_desk_op (desk,
                       by,
                       one->on,
                       MC_VERB_SETTLE,
                       json_pack ("{s:s,s:o}", "group", group, "value", value),
                       json_pack ("{s:[s,s]}", group, one->id, other->id));
}

static McSyncAnswer *
sync_with (TestProvince *test, TestDesk *desk, const char *const *lines, gint64 limit)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (McDevice) device = NULL;
  g_autoptr (GError) error = NULL;
  McSyncAnswer *answer;

  device = mc_province_device (test->province, desk->id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (device);
  request->cursor = desk->cursor;
  request->limit = limit;
  request->left = desk->left;
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    g_ptr_array_add (request->lines, g_strdup (lines[i]));
  answer = mc_province_sync (test->province, device, request, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  return answer;
}

McSyncAnswer *
test_push_once (TestProvince *test, TestDesk *desk, const char *const *lines)
{
  return sync_with (test, desk, lines, MC_WIRE_ENTRIES_MAX);
}

McSyncAnswer *
test_push_lines (TestProvince *test, TestDesk *desk, const char *const *lines)
{
  McSyncAnswer *answer = sync_with (test, desk, lines, MC_WIRE_ENTRIES_MAX);
  McCursor kept = desk->cursor;

  if (!answer->reset || lines == NULL)
    return answer;
  /* Nothing was taken: a desk reads the feed anew before it sends. */
  mc_sync_answer_free (answer);
  desk->cursor = (McCursor){ 0 };
  answer = sync_with (test, desk, lines, MC_WIRE_ENTRIES_MAX);
  desk->cursor = kept;
  return answer;
}

static const McFeedEntry *
entry_of (const McSyncAnswer *answer, const McOp *op)
{
  for (guint i = 0; i < answer->entries->len; i++)
    {
      const McFeedEntry *entry = answer->entries->pdata[i];

      if (g_str_equal (entry->line, op->id) || g_str_equal (entry->line, op->line))
        return entry;
    }
  return NULL;
}

static const McAnswer *
answer_of (const McSyncAnswer *answer, const McOp *op)
{
  for (guint i = 0; i < answer->answers->len; i++)
    {
      const McAnswer *one = answer->answers->pdata[i];

      if (g_str_equal (one->op, op->id))
        return one;
    }
  return NULL;
}

const char *
test_word (const McSyncAnswer *answer, const McOp *op)
{
  const McFeedEntry *entry = entry_of (answer, op);
  const McAnswer *one = answer_of (answer, op);

  /* One word on each op: an entry needs no ruling beside it. */
  g_assert_true ((entry != NULL) != (one != NULL));
  return entry != NULL ? entry->ruling : one->ruling;
}

const char *
test_missing (const McSyncAnswer *answer, const McOp *op)
{
  const McAnswer *one = answer_of (answer, op);

  g_assert_nonnull (one);
  g_assert_null (one->ruling);
  g_assert_nonnull (one->missing[0]);
  g_assert_null (one->missing[1]);
  return one->missing[0];
}

void
test_push (TestProvince *test, TestDesk *desk, const McOp *op, const char *ruling)
{
  const char *const lines[] = { op->line, NULL };
  g_autoptr (McSyncAnswer) answer = test_push_lines (test, desk, lines);

  g_assert_cmpstr (test_word (answer, op), ==, ruling);
}

void
test_follow (TestDesk *desk, const McSyncAnswer *answer)
{
  McCursor at = desk->cursor;

  g_assert_false (answer->reset);
  for (guint i = 0; i < answer->entries->len; i++)
    {
      const McFeedEntry *entry = answer->entries->pdata[i];
      char hash[33];

      g_assert_cmpint (entry->n, ==, at.n + 1);
      mc_feed_hash (at.hash, entry, hash);
      g_strlcpy (at.hash, hash, sizeof at.hash);
      at.n = entry->n;
    }
  g_assert_cmpint (answer->cursor.n, ==, at.n);
  g_assert_cmpstr (answer->cursor.hash, ==, at.hash);
  desk->cursor = at;
}

McSyncAnswer *
test_pull (TestProvince *test, TestDesk *desk, gint64 limit)
{
  McSyncAnswer *answer = sync_with (test, desk, NULL, limit);

  test_follow (desk, answer);
  return answer;
}

McSyncAnswer *
test_push_text (TestProvince *test, TestDesk *desk, const char *text)
{
  const char *const lines[] = { text, NULL };

  return test_push_lines (test, desk, lines);
}

char *
test_told (TestProvince *test, TestDesk *desk, const char *record)
{
  McCursor kept = desk->cursor;
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autoptr (GString) told = g_string_new (NULL);

  desk->cursor = (McCursor){ 0 };
  answer = sync_with (test, desk, NULL, MC_WIRE_ENTRIES_MAX);
  desk->cursor = kept;
  for (guint i = 0; i < answer->entries->len; i++)
    {
      const McFeedEntry *entry = answer->entries->pdata[i];

      if (strstr (entry->line, record) == NULL)
        continue;
      if (told->len > 0)
        g_string_append_c (told, ' ');
      g_string_append (told, strstr (entry->ruling, "refused:") != NULL ? "no" : entry->kind);
    }
  return g_string_free (g_steal_pointer (&told), FALSE);
}

McFeedEntry *
test_find (TestProvince *test, TestDesk *desk, const char *op)
{
  McCursor kept = desk->cursor;
  g_autoptr (McSyncAnswer) answer = NULL;
  McFeedEntry *found = NULL;

  desk->cursor = (McCursor){ 0 };
  answer = sync_with (test, desk, NULL, MC_WIRE_ENTRIES_MAX);
  desk->cursor = kept;
  for (guint i = 0; i < answer->entries->len; i++)
    {
      McFeedEntry *entry = answer->entries->pdata[i];

      if (strstr (entry->line, op) == NULL)
        continue;
      g_autoptr (McOp) parsed = mc_op_parse (entry->line, -1, NULL);

      if (!g_str_equal (parsed->id, op))
        continue;
      g_assert_null (found); /* an op is in a feed once */
      found = g_ptr_array_steal_index (answer->entries, i--);
    }
  return found;
}
