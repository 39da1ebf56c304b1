/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-portal.h"

#include "mc-data.h"
#include "mc-error.h"
#include "mc-procedure.h"
#include <string.h>

static void
say_case (GString *said, const json_t *one)
{
  const json_t *channels = json_object_get (one, "channels");
  const json_t *time = json_object_get (one, "time");
  const json_t *fee = json_object_get (one, "fee");

  for (size_t i = 0; i < json_array_size (channels); i++)
    g_string_append_printf (said,
                            "%s%s",
                            i > 0 ? "+" : "",
                            json_string_value (json_array_get (channels, i)));
  if (json_is_object (time))
    g_string_append_printf (said,
                            " %d %s",
                            (int)mc_json_int (time, "count", -1),
                            mc_json_string (time, "unit"));
  g_string_append_printf (said, " %s", mc_json_string (fee, "kind"));
  if (json_object_get (fee, "amount") != NULL)
    g_string_append_printf (said, " %d", (int)mc_json_int (fee, "amount", -1));
  g_string_append (said, "; ");
}

/* How a line is read, in short. */
static char *
say_ways (const json_t *entry)
{
  const json_t *cases = json_object_get (entry, "cases");
  const json_t *unread = json_object_get (entry, "unread");
  GString *said = g_string_new (NULL);

  for (size_t i = 0; i < json_array_size (cases); i++)
    say_case (said, json_array_get (cases, i));
  for (size_t i = 0; i < json_array_size (unread); i++)
    {
      const json_t *one = json_array_get (unread, i);

      g_string_append_printf (said,
                              "%s%s \"%s\"; ",
                              mc_json_bool (one, "guessed", FALSE) ? "?" : "!",
                              mc_json_string (one, "field"),
                              mc_json_string (one, "text"));
    }
  return g_strchomp (g_string_free (said, FALSE));
}

static GHashTable *
read_fixture (McPortalReport *report)
{
  g_autofree char *text = mc_data_text ("tests/core/portal.jsonl");
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  GHashTable *entries =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_decref);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (json_t) line = mc_json_parse (lines[i], -1, &error);
      json_t *entry = mc_portal_entry (line, report, &error);
      g_autoptr (McProcedure) procedure = NULL;

      if (entry == NULL)
        {
          g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
          continue;
        }
      procedure = mc_procedure_parse (entry, &error);
      g_assert_no_error (error);
      g_hash_table_insert (entries, g_strdup (procedure->code), entry);
    }
  return entries;
}

static const struct
{
  const char *code, *ways;
} ways[] = {
  { "9.000001", "direct+online+post 3 working_days fixed 8000;" },
  { "9.000002", "direct 1 hours none 0; online 15 days none 0; post 14 days none 0;" },
  { "9.000003", "direct 5 working_days none 0; ?time \"5\";" },
  { "9.000004", "direct 0 same_day none 0; ?time \"1\";" },
  { "9.000005", "direct+online+post none 0; !time \"7\";" },
  { "9.000006",
    "direct 7 days none 0; online none 0; ?time \"7 Ngày\"; !time \"Hệ thống phản hồi tự động\";" },
  { "9.000007", "direct+online 30 days none 0; direct 40 days none 0;" },
  { "9.000008", "direct 1 days fixed 10000; online 1 days fixed 5000; post 1 days council;" },
  { "9.000009", "direct per_page 2000; direct unknown; !fee \"10 USD(/bản)\";" },
  { "9.000010",
    "direct+post 1 days unknown; online 1 days none 0; "
    "?fee \"Miễn phí(Áp dụng mức thu theo Thông tư số 48/2022/TT-BTC.)\";" },
  { "9.000011",
    "direct 2 days fixed 20000; online 2 days unknown; ?fee \"20 VNĐ(20.000 đ/tờ khai)\"; "
    "!fee \"20 VNĐ\";" },
  { "9.000012",
    "online fixed 20000; direct unknown; !time \"1\"; "
    "?fee \"120,000 VNĐ(mức thu 20.000 VNĐ/tờ khai)\"; !time \"120 VNĐ\"; !fee \"120 VNĐ\";" },
  { "9.000013", "direct 2 days unknown; !fee \"5,000 VNĐ(cá nhân)7,000 VNĐ\";" },
  { "9.000014", "direct unknown;" },
  { "9.000015",
    "direct 2 hours unknown; !channels \"Nộp tại nơi cư trú.\"; "
    "?fee \"Miễn phí(chưa đóng ngoặc\";" },
  { "9.000017", "direct 1 days none 0; !parts \"); nộp hồ sơ cho cơ quan BHXH.\";" },
  { "9.000018", "direct 1 days none 0;" },
  { "9.000021", "direct 1 days none 0; ?result \"KQ.G01.00263\";" },
  { "9.000022", "direct 1 days none 0; !result \"Bản sao giao dịchMã: dsfas\";" },
  { "9.000024", "direct 1 days none 0; !level \"Cơ quan khác\";" },
  { "9.000025", "direct 1 days none 0; ?code \"9.000.025\";" },
  { "9.000026", "direct 1 days none 0; ?code \"9000026\";" },
  { "9.000027", "direct 1 days none 0; ?code \"9.27\";" },
  { "9.000028.H05", "direct 1 days none 0;" },
};

static void
test_ways (void)
{
  g_autoptr (McPortalReport) report = mc_portal_report_new ();
  g_autoptr (GHashTable) entries = read_fixture (report);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      json_t *entry = g_hash_table_lookup (entries, ways[i].code);
      g_autofree char *said = NULL;

      g_test_message ("%s", ways[i].code);
      g_assert_nonnull (entry);
      said = say_ways (entry);
      g_assert_cmpstr (said, ==, ways[i].ways);
    }
}

static void
test_parts (void)
{
  static const struct
  {
    const char *name, *form;
    gboolean required;
    int originals, copies;
  } rows[] = {
    { "Đơn đề nghị theo Mẫu số 01", "paper", TRUE, 1, 1 },
    { "Tờ khai theo quy định", "paper", TRUE, 1, 0 },
    { "Nộp 02 bản chính hợp đồng kèm danh sách;", "paper", TRUE, 2, 0 },
    { "Giấy ủy quyền (nếu có).", "paper", FALSE, 0, 1 },
    { "Trường hợp đã có dữ liệu thì không phải nộp.", "paper", FALSE, 0, 0 },
    { "Đơn đề nghị theo Mẫu số 01", "paper", TRUE, 0, 1 },
    { "Thẻ căn cước", "present", TRUE, 1, 0 },
  };
  g_autoptr (McPortalReport) report = mc_portal_report_new ();
  g_autoptr (GHashTable) entries = read_fixture (report);
  json_t *entry = g_hash_table_lookup (entries, "9.000016");
  json_t *parts = json_object_get (entry, "parts");
  g_autofree char *said = say_ways (entry);

  g_assert_cmpuint (json_array_size (parts), ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      json_t *part = json_array_get (parts, i);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpstr (mc_json_string (part, "name"), ==, rows[i].name);
      g_assert_cmpstr (mc_json_string (part, "form"), ==, rows[i].form);
      g_assert_cmpint (mc_json_bool (part, "required", FALSE), ==, rows[i].required);
      g_assert_cmpint (mc_json_int (part, "originals", -1), ==, rows[i].originals);
      g_assert_cmpint (mc_json_int (part, "copies", -1), ==, rows[i].copies);
    }
  g_assert_cmpstr (mc_json_string (json_array_get (parts, 1), "file"), ==, "MauToKhai.docx");
  /* Two papers of one name are two. */
  g_assert_cmpstr (mc_json_string (json_array_get (parts, 0), "id"),
                   !=,
                   mc_json_string (json_array_get (parts, 5), "id"));
  g_assert_nonnull (strstr (said, "!parts \"Phần ghi chú cuối trang\""));
  g_assert_nonnull (strstr (said, "!parts \": 1 bản chính, 0 bản sao\""));
}

static void
test_law_and_result (void)
{
  static const struct
  {
    const char *name, *number;
  } rows[] = {
    { "Nghị định 08/2015/NĐ-CP", "08/2015/NĐ-CP" },
    { "Luật 54/2014/QH13", "54/2014/QH13" },
    { "Quyết định số 24/2021/QĐ-TTg", "24/2021/QĐ-TTg" },
    { "Nghị quyết", "66.7/2025/NQ-CP" },
  };
  g_autoptr (McPortalReport) report = mc_portal_report_new ();
  g_autoptr (GHashTable) entries = read_fixture (report);
  json_t *law = g_hash_table_lookup (entries, "9.000019");
  json_t *legal = json_object_get (law, "legal");
  json_t *two = g_hash_table_lookup (entries, "9.000020");
  json_t *result = json_object_get (two, "result");
  json_t *none = g_hash_table_lookup (entries, "9.000023");
  g_autofree char *said = say_ways (law);

  g_assert_cmpuint (json_array_size (legal), ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      json_t *one = json_array_get (legal, i);

      g_assert_cmpstr (mc_json_string (one, "name"), ==, rows[i].name);
      g_assert_cmpstr (mc_json_string (one, "number"), ==, rows[i].number);
    }
  g_assert_nonnull (strstr (said, "!legal \"Quy chế không số\""));
  g_assert_cmpstr (mc_json_string (result, "code"), ==, "KQ.G15.000001");
  g_assert_cmpstr (mc_json_string (result, "name"), ==, "Giấy chứng nhận");
  g_assert_cmpuint (json_array_size (json_object_get (result, "also")), ==, 1);
  /* The portal's own keywords find it. */
  g_assert_cmpstr (json_string_value (json_array_get (json_object_get (two, "synonyms"), 1)),
                   ==,
                   "thử việc");
  g_assert_null (json_object_get (none, "level"));
  g_assert_null (json_object_get (none, "field"));
  g_assert_cmpuint (json_array_size (json_object_get (none, "unsourced")), ==, 4);
}

static void
test_names (void)
{
  g_autoptr (McPortalReport) report = mc_portal_report_new ();
  g_autoptr (GHashTable) entries = read_fixture (report);
  json_t *first = g_hash_table_lookup (entries, "9.000001");
  json_t *dotted = g_hash_table_lookup (entries, "9.000025");
  json_t *conditions = g_hash_table_lookup (entries, "9.000024");

  g_assert_cmpstr (mc_json_string (first, "name"), ==, "Đăng ký thử nghiệm");
  g_assert_cmpstr (mc_json_string (first, "full_name"), ==, "Thủ tục đăng ký thử nghiệm");
  g_assert_cmpstr (mc_json_string (dotted, "name"), ==, "Mã có thêm dấu chấm");
  g_assert_cmpstr (mc_json_string (conditions, "conditions"), ==, "Đủ 18 tuổi.");
  g_assert_true (g_str_has_prefix (mc_json_string (first, "version"), "portal-"));
}

static void
test_report (void)
{
  g_autoptr (McPortalReport) report = mc_portal_report_new ();
  g_autoptr (GHashTable) entries = read_fixture (report);
  g_autofree char *text = mc_portal_report_text (report);

  g_assert_cmpuint (report->procedures, ==, 28);
  g_assert_cmpuint (report->refused, ==, 2);
  g_assert_cmpuint (report->counts[MC_PORTAL_TIME][MC_PORTAL_UNREAD], ==, 4);
  g_assert_cmpuint (report->counts[MC_PORTAL_FEE][MC_PORTAL_GUESSED], ==, 4);
  g_assert_cmpuint (report->counts[MC_PORTAL_LEVEL][MC_PORTAL_ABSENT], ==, 1);
  g_assert_nonnull (strstr (text, "28 procedures, 2 lines refused"));
  g_assert_nonnull (strstr (text, "9.000006\ttime\tunread\tHệ thống phản hồi tự động"));
  g_assert_nonnull (strstr (text, "BTP-1\tcode\tunread\tBTP-1"));
}

static void
test_hostile (void)
{
  static const char *const rows[] = {
    "null",
    "[]",
    "7",
    "{}",
    "{\"ma_thu_tuc\":7}",
    "{\"ma_thu_tuc\":\"9.000001\",\"ten_thu_tuc\":[]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (McPortalReport) report = mc_portal_report_new ();
      g_autoptr (json_t) line = mc_json_parse (rows[i], -1, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i]);
      g_assert_null (mc_portal_entry (line, report, &error));
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
      g_assert_cmpuint (report->refused, ==, 1);
    }
}

/* A real dump, of which every line is read. */
static void
test_real (void)
{
  g_auto (GStrv) lines = mc_data_portal ();
  g_autoptr (McPortalReport) report = mc_portal_report_new ();

  if (lines == NULL)
    {
      g_test_skip ("no real portal dump beside the source tree");
      return;
    }
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (json_t) line = mc_json_parse (lines[i], -1, NULL);
      g_autoptr (json_t) entry = mc_portal_entry (line, report, NULL);

      g_assert_nonnull (entry);
    }
  g_assert_cmpuint (report->refused, ==, 0);
  g_assert_cmpuint (report->procedures, >, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portal/ways", test_ways);
  g_test_add_func ("/portal/parts", test_parts);
  g_test_add_func ("/portal/law-and-result", test_law_and_result);
  g_test_add_func ("/portal/names", test_names);
  g_test_add_func ("/portal/report", test_report);
  g_test_add_func ("/portal/hostile", test_hostile);
  g_test_add_func ("/portal/real", test_real);
  return g_test_run ();
}
