/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a leaflet says, read back from its PDF. */
#include "mc-leaflet.h"

#include "mc-pdf-reader.h"
#include <string.h>

static const char entry[] =
    "{'code':'9.000001','name':'Cấp giấy thử nghiệm','field':'Thử nghiệm','decision':'12/QĐ-BTP',"
    "'parts':[{'id':'a','name':'Tờ khai','required':true,'originals':1,'copies':2},"
    "{'id':'b','name':'Thẻ căn cước','required':true,'originals':1,'form':'present'},"
    "{'id':'c','name':'Văn bản ủy quyền','required':false,'originals':1}],"
    "'cases':[{'id':'x','name':'Thông thường','channels':['direct','online'],"
    "'time':{'unit':'working_days','count':5},'fee':{'kind':'council','note':'Miễn cho hộ "
    "nghèo.'}},"
    "{'id':'y','name':'Phải xác minh','channels':['direct'],'time':{'unit':'days','count':20},"
    "'fee':{'kind':'fixed','amount':8000}}],"
    "'local':[{'case':'x','time':{'unit':'working_days','count':3},'source':'QĐ 5/QĐ-UBND'}],"
    "'legal':[{'name':'Luật Hộ tịch','number':'60/2014/QH13'},"
    "{'name':'Nghị định 123/2015/NĐ-CP','number':'123/2015/NĐ-CP'}],"
    "'result':{'code':'KQ','name':'Giấy chứng nhận'}%s}";

static McProcedure *
parse (const char *more)
{
  g_autofree char *quoted = g_strdup_printf (entry, more);
  g_autofree char *text = g_strdelimit (g_steal_pointer (&quoted), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = mc_json_parse (text, -1, &error);
  McProcedure *procedure = mc_procedure_parse (json, &error);

  g_assert_no_error (error);
  mc_procedure_hold_cases (procedure, "2026-11-21");
  return procedure;
}

static McReadPdf *
read_back (const McProcedure *procedure)
{
  g_autoptr (McLetterhead) letterhead = mc_letterhead_new ("Trung tâm PVHCC xã Thử Nghiệm");
  g_autoptr (McForm) form = mc_leaflet_form (procedure, letterhead, "ngày 21 tháng 11 năm 2026");

  return mc_read_form (form);
}

static void
test_everything (void)
{
  static const char *const words[] = {
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "CẤP GIẤY THỬ NGHIỆM",
    "Mã thủ tục: 9.000001",
    "Lĩnh vực: Thử nghiệm",
    "Nơi tiếp nhận: Trung tâm Phục vụ hành chính công xã Thử Nghiệm",
    "1. Thành phần hồ sơ",
    "1.1. Tờ khai (01 bản chính, 02 bản sao)",
    "1.2. Thẻ căn cước (01 bản chính, xuất trình)",
    "1.3. Văn bản ủy quyền (01 bản chính, khi thuộc trường hợp này)",
    "2. Thời hạn giải quyết và lệ phí",
    "2.1. Thông thường (trực tiếp, trực tuyến)",
    "Thời hạn: 03 ngày làm việc (QĐ 5/QĐ-UBND; theo luật: 05 ngày làm việc)",
    "Lệ phí: theo nghị quyết của Hội đồng nhân dân tỉnh",
    "Về lệ phí: Miễn cho hộ nghèo.",
    "2.2. Phải xác minh (trực tiếp)",
    "Thời hạn: 20 ngày",
    "Lệ phí: 8.000 đ",
    "Kết quả: Giấy chứng nhận",
    "Quyết định công bố: 12/QĐ-BTP",
    "Căn cứ: Luật Hộ tịch (60/2014/QH13)",
    "Căn cứ: Nghị định 123/2015/NĐ-CP",
    NULL,
  };
  g_autoptr (McProcedure) procedure = parse ("");
  g_autoptr (McReadPdf) pdf = read_back (procedure);
  g_autofree char *text = mc_read_all_text (pdf);
  const char *at = text;

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *found = strstr (at, words[i]);

      if (found == NULL)
        g_error ("\"%s\" is missing, or not in its place, in: %s", words[i], text);
      at = found + strlen (words[i]);
    }
  /* It is no act of the office: no number. */
  g_assert_null (strstr (text, "Số:"));
  mc_read_assert_margins (pdf);
}

/* What nobody has checked is never printed as a promise; what the province set is. */
static void
test_unchecked (void)
{
  g_autoptr (McProcedure) procedure = parse (",'unsourced':['time','fee']");
  g_autoptr (McReadPdf) pdf = read_back (procedure);
  g_autofree char *text = mc_read_all_text (pdf);

  g_assert_nonnull (strstr (text, "03 ngày làm việc (QĐ 5/QĐ-UBND"));
  g_assert_null (strstr (text, "20 ngày"));
  g_assert_null (strstr (text, "8.000"));
  g_assert_nonnull (strstr (text, "Thời hạn: ......"));
}

static void
test_symbol (void)
{
  g_autoptr (McProcedure) linked = parse (",'url':'https://example.vn/x'");
  g_autoptr (McProcedure) plain = parse ("");
  g_autofree char *long_note = g_strnfill (900, 'x');
  g_autofree char *url = mc_leaflet_symbol (linked);
  g_autofree char *text = mc_leaflet_symbol (plain);

  g_assert_cmpstr (url, ==, "https://example.vn/x");
  g_assert_cmpstr (text, ==, "Cấp giấy thử nghiệm (9.000001)\n- Tờ khai\n- Thẻ căn cước");
  g_free (((McPart *)plain->parts->pdata[0])->name);
  ((McPart *)plain->parts->pdata[0])->name = g_strdup_printf ("%s", long_note);
  g_clear_pointer (&text, g_free);
  text = mc_leaflet_symbol (plain);
  g_assert_cmpuint (strlen (text), <=, 310);
  g_assert_true (g_str_has_suffix (text, "…"));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

/* The longest name of the portal has nine hundred letters. */
static void
test_long (void)
{
  g_autoptr (McProcedure) procedure = parse ("");
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (McReadPdf) pdf = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 90; i++)
    g_string_append_printf (name, "Thủ tục %u ", i);
  g_free (procedure->name);
  procedure->name = g_strdup (g_strchomp (name->str));
  pdf = read_back (procedure);
  text = mc_read_all_text (pdf);
  g_assert_nonnull (strstr (text, "Tên thủ tục: Thủ tục 0 Thủ tục 1"));
  g_assert_nonnull (strstr (text, "Thủ tục 89"));
  mc_read_assert_margins (pdf);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leaflet/everything", test_everything);
  g_test_add_func ("/leaflet/unchecked", test_unchecked);
  g_test_add_func ("/leaflet/symbol", test_symbol);
  g_test_add_func ("/leaflet/long", test_long);
  return g_test_run ();
}
