/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-support.h"

#include "mc-id.h"
#include "mc-sync-store.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

static gint64
fake_wall (gpointer data)
{
  return ((McFakeClock *)data)->wall_ms;
}

static gint64
fake_mono (gpointer data)
{
  return ((McFakeClock *)data)->mono_ms;
}

McFakeClock *
mc_fake_clock (void)
{
  McFakeClock *clock = g_new0 (McFakeClock, 1);

  clock->clock = (McClock){ fake_wall, fake_mono, clock };
  clock->wall_ms = MC_TEST_MS;
  clock->mono_ms = 1000;
  return clock;
}

void
mc_fake_clock_pass (McFakeClock *clock, gint64 ms)
{
  clock->wall_ms += ms;
  clock->mono_ms += ms;
}

char *
mc_test_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("motcua-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

void
mc_test_remove (char *folder)
{
  remove_all (folder);
  g_free (folder);
}

/* @base: (nullable), taken like @body */
static void
feed_admin_on (McTestOffice *office, const char *on, const char *verb, json_t *body, json_t *base)
{
  McOpDraft draft = {
    .device = office->server_device,
    .by = office->server_device,
    .on = on,
    .verb = verb,
    .body = body,
    .base = base,
    .n = office->feed->len + 1,
    .at = mc_stamp_next (0, MC_TEST_MS - 1000 * 1000),
  };
  g_autofree char *id = mc_id_new (MC_TEST_MS);
  g_autoptr (McOp) op = NULL;

  draft.id = id;
  op = mc_op_sign (&draft, &office->province);
  mc_test_feed (office, op->line, "\"applied\"");
  json_decref (body);
  json_decref (base);
}

static void
feed_admin (McTestOffice *office, const char *on, const char *verb, json_t *body)
{
  feed_admin_on (office, on, verb, body, NULL);
}

static void
feed_entry (McTestOffice *office, const char *kind, const char *line, const char *ruling)
{
  McFeedEntry *entry = g_new0 (McFeedEntry, 1);

  entry->n = office->feed->len + 1;
  entry->kind = g_strdup (kind);
  entry->ruling = g_strdup (ruling);
  entry->receipt = g_strdup ("receipt");
  entry->line = g_strdup (line);
  g_ptr_array_add (office->feed, entry);
}

void
mc_test_feed (McTestOffice *office, const char *line, const char *ruling)
{
  feed_entry (office, "op", line, ruling);
}

void
mc_test_gone (McTestOffice *office, const char *record)
{
  feed_entry (office, "gone", record, "\"applied\"");
}

void
mc_test_restore (McTestOffice *office, guint length)
{
  g_autoptr (McSyncAnswer) answer = mc_sync_answer_new ();
  g_autoptr (GError) error = NULL;
  McCursor at = { 0, "" };

  g_ptr_array_set_size (office->feed, (int)length);
  answer->reset = TRUE;
  answer->desk = office->kind;
  answer->time_ms = office->clock->wall_ms;
  answer->head = length;
  answer->cursor = mc_store_cursor (office->store);
  if (answer->points == NULL)
    answer->points = g_array_new (FALSE, FALSE, sizeof (McCursor));
  for (guint i = 0; i < length; i++)
    {
      mc_feed_hash (at.hash, office->feed->pdata[i], at.hash);
      at.n = i + 1;
      g_array_prepend_val (answer->points, at);
    }
  g_assert_true (mc_store_inbox (office->store, answer, &error));
  g_assert_no_error (error);
}

char *
mc_test_waiting_line (McTestOffice *office, guint place)
{
  g_autoptr (GPtrArray) lines =
      mc_store_outbox (office->store, place + 1, G_MAXSIZE / 2, NULL, NULL, NULL);
  g_auto (McPushed) pushed = { 0 };

  g_assert_cmpuint (lines->len, ==, place + 1);
  mc_pushed_read (lines->pdata[place], &pushed);
  return g_strdup (pushed.line);
}

static McFeedEntry *
copy_entry (const McFeedEntry *entry)
{
  McFeedEntry *copy = g_new0 (McFeedEntry, 1);

  copy->n = entry->n;
  copy->kind = g_strdup (entry->kind);
  copy->ruling = g_strdup (entry->ruling);
  copy->receipt = g_strdup (entry->receipt);
  copy->line = g_strdup (entry->line);
  return copy;
}

McSyncAnswer *
mc_test_page (McTestOffice *office)
{
  McSyncAnswer *answer = mc_sync_answer_new ();
  McCursor at = mc_store_cursor (office->store);

  for (guint i = (guint)at.n; i < office->feed->len; i++)
    {
      McFeedEntry *entry = copy_entry (office->feed->pdata[i]);

      mc_feed_hash (at.hash, entry, at.hash);
      at.n = entry->n;
      g_ptr_array_add (answer->entries, entry);
    }
  answer->time_ms = office->clock->wall_ms;
  answer->desk = office->kind;
  answer->cursor = at;
  answer->head = at.n;
  return answer;
}

void
mc_test_pull (McTestOffice *office)
{
  g_autoptr (McSyncAnswer) answer = mc_test_page (office);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_store_inbox (office->store, answer, &error));
  g_assert_no_error (error);
}

void
mc_test_accept_all (McTestOffice *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines =
      mc_store_outbox (office->store, 10000, G_MAXSIZE / 2, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    {
      g_auto (McPushed) pushed = { 0 };
      g_autoptr (McOp) op = NULL;
      g_autofree char *ruling = NULL;

      mc_pushed_read (lines->pdata[i], &pushed);
      op = mc_op_parse (pushed.line, -1, &error);
      ruling = mc_ledger_ruling (mc_store_db (office->store), op->id);
      mc_test_feed (office, pushed.line, ruling);
    }
  mc_test_pull (office);
}

static json_t *
procedure_body (const char *code, const char *name, const char *unit, int count)
{
  return json_pack ("{s:{s:s,s:s,s:s,s:s,s:[s],s:[{s:s,s:s,s:[s,s,s],s:{s:s,s:i},s:{s:s,s:i,s:s}}],"
                    "s:[{s:s,s:s,s:b,s:i},{s:s,s:s,s:b,s:i}],s:{s:s,s:s}}}",
                    "procedure",
                    "code",
                    code,
                    "name",
                    name,
                    "field",
                    "Hộ tịch",
                    "version",
                    "2026-11-21",
                    "synonyms",
                    "con mới đẻ",
                    "cases",
                    "id",
                    "thuong",
                    "name",
                    "Thông thường",
                    "channels",
                    "direct",
                    "online",
                    "post",
                    "time",
                    "unit",
                    unit,
                    "count",
                    count,
                    "fee",
                    "kind",
                    "fixed",
                    "amount",
                    8000,
                    "note",
                    "",
                    "parts",
                    "id",
                    "to-khai",
                    "name",
                    "Tờ khai",
                    "required",
                    1,
                    "originals",
                    1,
                    "id",
                    "giay-chung-sinh",
                    "name",
                    "Giấy chứng sinh",
                    "required",
                    1,
                    "originals",
                    1,
                    "result",
                    "code",
                    "KQ.G15.000031",
                    "name",
                    "Giấy khai sinh");
}

void
mc_test_publish (McTestOffice *office, const char *verb, json_t *body)
{
  g_autofree char *id = g_str_equal (verb, MC_VERB_CALENDAR)
                            ? mc_db_text (mc_store_db (office->store),
                                          NULL,
                                          "SELECT id FROM calendar ORDER BY id DESC LIMIT 1",
                                          "")
                            : mc_id_new (office->clock->wall_ms);

  feed_admin (office, id, verb, body);
  mc_test_pull (office);
}

void
mc_test_publish_linked (McTestOffice *office)
{
  static const char *const codes[] = { "3.000722", "1.004222", "1.014137", "1.116410", NULL };
  g_autofree char *path =
      g_build_filename (g_getenv ("MC_SOURCE_ROOT"), "data", "catalogue", "procedures.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (json_t) catalogue = NULL;
  json_t *entries;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  catalogue = mc_json_parse (text, -1, NULL);
  entries = json_object_get (catalogue, "procedures");
  for (size_t i = 0; i < json_array_size (entries); i++)
    if (g_strv_contains (codes, mc_json_string (json_array_get (entries, i), "code")))
      mc_test_publish (office,
                       MC_VERB_PROCEDURE,
                       json_pack ("{s:O,s:s}",
                                  "procedure",
                                  json_array_get (entries, i),
                                  "version",
                                  "2026-11-21"));
}

char *
mc_test_receive_linked (McTestOffice *office, const char *name)
{
  g_autoptr (json_t) reception = json_pack ("{s:s,s:s,s:{s:s,s:s},s:s,s:{s:{s:i}}}",
                                            "procedure",
                                            "3.000722",
                                            "channel",
                                            "online",
                                            "applicant",
                                            "name",
                                            name,
                                            "id",
                                            "001205123456",
                                            "subject",
                                            "Khai sinh cho con",
                                            "parts",
                                            "giay-chung-sinh",
                                            "originals",
                                            1);
  g_autoptr (GError) error = NULL;
  g_autoptr (McReceived) received = mc_desk_receive (office->desk, reception, &error);

  g_assert_no_error (error);
  return g_strdup (received->id);
}

static void
feed_staff (McTestOffice *office, const char *login, const char *name, const char *role)
{
  g_autofree char *id = mc_id_new (MC_TEST_MS);
  char verifier[crypto_pwhash_STRBYTES];

  /* As cheap as libsodium allows: what is asked of a real one, mc_secret_verifier() decides. */
  g_assert_cmpint (crypto_pwhash_str_alg (verifier,
                                          MC_TEST_PIN,
                                          strlen (MC_TEST_PIN),
                                          crypto_pwhash_OPSLIMIT_MIN,
                                          crypto_pwhash_MEMLIMIT_MIN,
                                          crypto_pwhash_ALG_ARGON2ID13),
                   ==,
                   0);
  feed_admin (office,
              id,
              MC_VERB_STAFF,
              json_pack ("{s:s,s:s,s:s,s:s,s:s,s:b}",
                         "login",
                         login,
                         "name",
                         name,
                         "role",
                         role,
                         "office",
                         office->office,
                         "verifier",
                         verifier,
                         "active",
                         1));
}

void
mc_test_leaves (McTestOffice *office, const char *login)
{
  g_autoptr (McStaff) staff = mc_store_staff_by_login (office->store, login);
  g_autoptr (McRecord) record = mc_ledger_record (mc_store_db (office->store), staff->id, NULL);

  feed_admin_on (office,
                 staff->id,
                 MC_VERB_STAFF,
                 json_pack ("{s:s,s:s,s:s,s:s,s:b}",
                            "login",
                            login,
                            "name",
                            staff->name,
                            "role",
                            mc_role_name (staff->role),
                            "office",
                            office->office,
                            "active",
                            0),
                 json_pack ("{s:o}", "staff", mc_record_base (record, "staff", FALSE)));
  mc_test_pull (office);
}

static void
feed_office (McTestOffice *office)
{
  g_autofree char *birth = mc_id_new (MC_TEST_MS);
  g_autofree char *status = mc_id_new (MC_TEST_MS);
  g_autofree char *calendar = mc_id_new (MC_TEST_MS);

  feed_admin (office,
              office->office,
              MC_VERB_OFFICE,
              json_pack ("{s:s,s:s}", "code", "H05.032.07", "name", "Xã Thử Nghiệm"));
  feed_staff (office, "an", "Trần Văn An", "clerk");
  feed_staff (office, "binh", "Nguyễn Thị Bình", "officer");
  feed_staff (office, "chi", "Lê Thị Chi", "leader");
  feed_admin (office,
              birth,
              MC_VERB_PROCEDURE,
              procedure_body ("1.001193", "Đăng ký khai sinh", "working_days", 3));
  feed_admin (
      office,
      status,
      MC_VERB_PROCEDURE,
      procedure_body ("1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân", "working_days", 3));
  feed_admin (office,
              calendar,
              MC_VERB_CALENDAR,
              json_pack ("{s:{s:s,s:[{s:s,s:s,s:s,s:s}]}}",
                         "calendar",
                         "version",
                         "2026-11-21",
                         "days",
                         "date",
                         "2026-11-24",
                         "kind",
                         "holiday",
                         "name",
                         "Ngày Văn hóa Việt Nam",
                         "state",
                         "confirmed"));
}

static void
enrol (McTestOffice *office)
{
  g_autofree char *device = mc_id_new (MC_TEST_MS);
  g_autofree char *province = mc_base64_encode (office->province_public.bytes, MC_KEY_PUBLIC_BYTES);
  g_autoptr (McCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  McPublicKey public;
  McEnrolment enrolment = { 0 };

  mc_keys_make (&public, &office->device_key);
  certificate =
      mc_certificate_issue (&office->province, device, office->office, "0421", &public, MC_TEST_MS);
  enrolment = (McEnrolment){
    .device = device,
    .office = office->office,
    .office_code = (char *)"H05.032.07",
    .office_name = (char *)"Xã Thử Nghiệm",
    .slot = (char *)"0421",
    .server = (char *)"http://127.0.0.1:9",
    .certificate = certificate->text,
    .province_key = province,
  };
  mc_store_set_enrolment (office->store, &enrolment, &office->device_key, &error);
  g_assert_no_error (error);
}

static McTestOffice *
office_new (gboolean encrypted)
{
  McTestOffice *office = g_new0 (McTestOffice, 1);
  g_autoptr (GError) error = NULL;

  mc_keys_init ();
  office->clock = mc_fake_clock ();
  office->folder = mc_test_folder ();
  office->key = encrypted ? mc_data_key_new () : NULL;
  office->office = mc_id_new (MC_TEST_MS);
  office->server_device = mc_id_new (MC_TEST_MS);
  office->feed = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_feed_entry_free);
  mc_keys_make (&office->province_public, &office->province);
  office->store = mc_store_open_on (office->folder, &office->clock->clock, office->key, "", &error);
  g_assert_no_error (error);
  office->desk = mc_desk_new (office->store);
  enrol (office);
  feed_office (office);
  mc_test_pull (office);
  return office;
}

McTestOffice *
mc_test_office (void)
{
  return office_new (TRUE);
}

McTestOffice *
mc_test_office_plain (void)
{
  return office_new (FALSE);
}

void
mc_test_office_free (McTestOffice *office)
{
  mc_desk_free (office->desk);
  mc_store_close (office->store);
  mc_test_remove (office->folder);
  g_ptr_array_unref (office->feed);
  g_free (office->office);
  g_free (office->server_device);
  mc_data_key_unref (office->key);
  g_free (office->clock);
  g_free (office);
}

void
mc_test_sign_in (McTestOffice *office, const char *login)
{
  g_autoptr (GError) error = NULL;

  mc_desk_enter (office->desk, login, NULL, &error);
  mc_desk_keep_session (office->desk, NULL);
  g_assert_no_error (error);
}

char *
mc_test_receive (McTestOffice *office, const char *name)
{
  g_autoptr (json_t) reception = json_pack ("{s:s,s:{s:s,s:s},s:{s:s}}",
                                            "procedure",
                                            "1.001193",
                                            "applicant",
                                            "name",
                                            name,
                                            "id",
                                            "001205123456",
                                            "contact",
                                            "phone",
                                            "0912345678");
  g_autoptr (GError) error = NULL;
  g_autoptr (McReceived) received = mc_desk_receive (office->desk, reception, &error);

  g_assert_no_error (error);
  return g_strdup (received->id);
}

char *
mc_test_other (McTestOffice *office,
               const char *by_login,
               const char *on,
               const char *verb,
               json_t *body,
               json_t *base)
{
  static McSecretKey other;
  static char *device;
  static gint64 n;
  g_autoptr (McStaff) by = mc_store_staff_by_login (office->store, by_login);
  g_autofree char *id = mc_id_new (office->clock->wall_ms);
  g_autoptr (McOp) op = NULL;
  McPublicKey public;

  if (device == NULL)
    {
      mc_keys_make (&public, &other);
      device = mc_id_new (MC_TEST_MS);
    }
  op = mc_op_sign (&(McOpDraft){ .id = id,
                                 .device = device,
                                 .n = ++n,
                                 .at = office->clock->wall_ms * 1000 + 1,
                                 .by = by->id,
                                 .on = on,
                                 .verb = verb,
                                 .body = body,
                                 .base = base },
                   &other);
  return g_strdup (op->line);
}

char *
mc_test_other_scan (McTestOffice *office, const char *bytes)
{
  g_autofree char *hash = mc_sha256 (bytes, strlen (bytes));
  g_autoptr (json_t) body = json_pack ("{s:s,s:{s:s,s:s,s:i}}",
                                       "part",
                                       "to-khai",
                                       "document",
                                       "sha256",
                                       hash,
                                       "name",
                                       "a.pdf",
                                       "size",
                                       (int)strlen (bytes));
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autofree char *line = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) base = NULL;

  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  base = json_pack ("{s:[s]}", "part:to-khai", dossier->record->creator);
  line = mc_test_other (office, "binh", id, MC_VERB_ATTACH, body, base);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  return g_steal_pointer (&hash);
}

void
mc_test_check (McTestOffice *office)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;

  mc_store_check (office->store, &faults, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (char *)faults->pdata[i]);
  g_assert_cmpuint (faults->len, ==, 0);
}

/* Small and by hand, so that the tests of the store need no drawing library. */
char *
mc_test_pdf (const char *folder, const char *word, guint pages)
{
  g_autoptr (GString) pdf = g_string_new ("%PDF-1.4\n");
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GString) kids = g_string_new (NULL);
  char *path = g_build_filename (folder, "scan.pdf", NULL);
  gsize at;

#define OBJECT(...)                                                                                \
  (at = pdf->len, g_array_append_val (offsets, at), g_string_append_printf (pdf, __VA_ARGS__))
  for (guint i = 0; i < pages; i++)
    g_string_append_printf (kids, "%u 0 R ", 4 + 2 * i);
  OBJECT ("1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
  OBJECT ("2 0 obj\n<</Type/Pages/Count %u/Kids[%s]>>\nendobj\n", pages, kids->str);
  OBJECT ("3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n");
  for (guint i = 0; i < pages; i++)
    {
      g_autofree char *text = g_strdup_printf ("BT /F1 24 Tf 72 720 Td (%s %u) Tj ET", word, i + 1);

      OBJECT ("%u 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %u 0 R"
              "/Resources<</Font<</F1 3 0 R>>>>>>\nendobj\n",
              4 + 2 * i,
              5 + 2 * i);
      OBJECT ("%u 0 obj\n<</Length %zu>>\nstream\n%s\nendstream\nendobj\n",
              5 + 2 * i,
              strlen (text),
              text);
    }
#undef OBJECT
  at = pdf->len;
  g_string_append_printf (pdf, "xref\n0 %u\n0000000000 65535 f \n", offsets->len + 1);
  for (guint i = 0; i < offsets->len; i++)
    g_string_append_printf (pdf, "%010zu 00000 n \n", g_array_index (offsets, gsize, i));
  g_string_append_printf (pdf,
                          "trailer\n<</Size %u/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
                          offsets->len + 1,
                          at);
  g_file_set_contents (path, pdf->str, (gssize)pdf->len, NULL);
  return path;
}

gboolean
mc_test_shows (McStore *store, const char *dossier)
{
  g_autoptr (McDossier) shown = mc_store_dossier (store, dossier, NULL);

  return shown != NULL;
}
