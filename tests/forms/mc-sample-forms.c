/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sample-forms.h"

#include "mc-label.h"
#include "mc-leaflet.h"
#include "mc-papers.h"
#include "mc-register-form.h"

#define OFFICE "Trung tâm PVHCC xã Thử Nghiệm"
#define DATE "ngày 21 tháng 11 năm 2026"
#define CODE "H05.032.07-261121-0421042"

static const struct
{
  const char *name, *text;
} texts[] = {
  { "applicant", "Nguyễn Thị Hường" },
  { "identity", "001185012345" },
  { "address", "Số 12, ngõ 34, thôn Đồng Tâm, xã Thử Nghiệm" },
  { "phone", "0912345678" },
  { "email", "huong@example.vn" },
  { "request", "Đăng ký khai sinh" },
  { "procedure", "Đăng ký khai sinh" },
  { "office", "Trung tâm Phục vụ hành chính công xã Thử Nghiệm" },
  { "code", CODE },
  { "received", "08 giờ 12 phút, ngày 21 tháng 11 năm 2026" },
  { "received_date", "Ngày 21 tháng 11 năm 2026" },
  { "promised", "17 giờ 00 phút, ngày 25 tháng 11 năm 2026" },
  { "promised_before", "17 giờ 00 phút, ngày 25 tháng 11 năm 2026" },
  { "promised_after", "17 giờ 00 phút, ngày 30 tháng 11 năm 2026" },
  { "actor", "Trần Văn Ước" },
  { "office_phone", "0203 3123 456" },
  { "reason", "Chờ xác minh nơi cư trú của người mẹ" },
  { "again", "Mưa lũ chia cắt đường vào thôn" },
  { "acted", "10 giờ 30 phút, ngày 23 tháng 11 năm 2026" },
  { "channel", "Trực tiếp" },
  { "given_back", "Giấy chứng sinh (bản chính)" },
  { "fee_paid", "8.000 đ" },
  { "fee_words", "Tám nghìn đồng" },
  { "fee_way", "Tiền mặt" },
  { "fee_time", "08 giờ 12 phút, ngày 21 tháng 11 năm 2026" },
  { "fee_taker", "Trần Văn Ước" },
  { "fee_due", "8.000 đ" },
  { "head", "Lê Thị Chi" },
  { "partners", "Công an xã Thử Nghiệm" },
  { "result", "Giấy khai sinh (bản chính)" },
  { "returned", "15 giờ 00 phút, ngày 25 tháng 11 năm 2026" },
  { "way", "Trực tiếp tại nơi tiếp nhận" },
  { "receiver", "Nguyễn Văn Đình" },
  { "relation", "Chồng" },
  { "clerk", "Trần Văn Ước" },
  { "term", "03 ngày làm việc" },
  { "giver", "Công chức Tư pháp - Hộ tịch" },
  { "taker", "Trung tâm Phục vụ hành chính công xã Thử Nghiệm" },
  { "count", "02" },
  { "has_missing", "1" },
  { "has_papers", "1" },
};

static void
add_rows (McFormValues *values)
{
  mc_form_values_add_row (values,
                          "handovers",
                          g_strsplit ("1. Giao: Trung tâm Phục vụ hành chính công\n2. Nhận: Công "
                                      "chức Tư pháp - Hộ tịch|08 giờ 30 phút, ngày 21 tháng 11 năm "
                                      "2026\nNgười giao: Trần Văn Ước\nNgười nhận:|Trước "
                                      "hạn|Phân công xử lý",
                                      "|",
                                      -1));
  mc_form_values_add_row (values,
                          "results",
                          g_strsplit ("1|" CODE "|Đăng ký khai sinh|Giấy khai sinh|Nguyễn Thị "
                                      "Hường|thôn Đồng Tâm, xã Thử Nghiệm|8.000 đ|",
                                      "|",
                                      -1));
  mc_form_values_add_row (values,
                          "results",
                          g_strsplit ("2|H05.032.07-261121-0421043|Xác nhận tình trạng hôn "
                                      "nhân|Giấy xác nhận|Lò Văn Sủng|bản Nà Phặc|3.000 đ|Có",
                                      "|",
                                      -1));
}

McFormValues *
mc_sample_values (void)
{
  McFormValues *values = mc_form_values_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mc_form_values_set (values, texts[i].name, texts[i].text);
  mc_form_values_add (values, "demands", "Giấy chứng sinh (bản chính)");
  mc_form_values_add (values, "demands", "Tờ khai đăng ký khai sinh có chữ ký");
  mc_form_values_add (values, "reasons", "Hồ sơ không thuộc thẩm quyền giải quyết của xã");
  mc_form_values_add (values, "missing", "Giấy chứng sinh");
  mc_form_values_add (values, "papers", "Tờ khai đăng ký khai sinh");
  mc_form_values_add (values, "papers", "Giấy chứng sinh");
  add_rows (values);
  return values;
}

static McForm *
slip_as (const char *set, const char *kind, gboolean electronic, McFormShape shape)
{
  g_autoptr (json_t) json = json_pack ("{s:s}", "set", set);
  g_autoptr (McPapers) papers = mc_papers_parse (json, NULL);
  g_autoptr (McPaperStyle) style = mc_papers_style (papers, kind);
  g_autoptr (McLetterhead) head = mc_papers_head (papers, OFFICE);
  g_autoptr (McFormValues) values = mc_sample_values ();
  g_autoptr (McIssue) issue = mc_issue_new ("0421001", electronic);

  issue->electronic = electronic;
  mc_paper_style_issue (style, issue);
  style->shape = shape;
  return mc_layout_form_as (mc_papers_layout (papers, kind),
                            values,
                            style,
                            head,
                            DATE,
                            g_str_equal (kind, MC_KIND_HANDOVER) ? NULL : CODE);
}

static McForm *
slip_of_set (const char *set, const char *kind)
{
  return slip_as (set, kind, FALSE, MC_FORM_SHAPE_A4);
}

/* The longest title and the longest signer, again, on the narrowest sheet. */
static McForm *
make_apology_small (void)
{
  return slip_as (MC_PAPERS_SET, "04", TRUE, MC_FORM_SHAPE_A5);
}

static McForm *
receipt (guint parts, gboolean again, gboolean electronic, McFormShape shape)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (parts);
  g_autoptr (McPaperStyle) style = mc_paper_style_new ();
  g_autoptr (McIssue) issue = mc_issue_new ("0421001", again);

  issue->electronic = electronic;
  mc_paper_style_issue (style, issue);
  style->shape = shape;
  return mc_receipt_form_as (data, style);
}

static McForm *
make_receipt (void)
{
  return receipt (3, FALSE, FALSE, MC_FORM_SHAPE_A4);
}

static McForm *
make_receipt_again (void)
{
  return receipt (3, TRUE, TRUE, MC_FORM_SHAPE_A4);
}

static McForm *
make_receipt_long (void)
{
  return receipt (40, FALSE, FALSE, MC_FORM_SHAPE_A4);
}

static McForm *
make_receipt_a5 (void)
{
  return receipt (3, FALSE, FALSE, MC_FORM_SHAPE_A5);
}

static McForm *
make_receipt_two (void)
{
  return receipt (3, FALSE, FALSE, MC_FORM_SHAPE_TWO);
}

static McForm *
make_receipt_certified (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (1);

  data->certified = TRUE;
  mc_sample_set (&data->request, "Chứng thực bản sao từ bản chính");
  mc_sample_set (&data->pages, "04");
  mc_sample_set (&data->copies, "02");
  mc_sample_set (&data->fee, "14.000 đ");
  mc_sample_set (&data->book, "Chứng thực/2026");
  mc_sample_set (&data->ordinal, "1284");
  return mc_receipt_form (data);
}

static McForm *
make_receipt_together (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (1);

  data->together = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_receipt_data_free);
  g_ptr_array_add (data->together, mc_sample_receipt (1));
  g_ptr_array_add (data->together, mc_sample_receipt (2));
  mc_sample_set (&data->sets, "02");
  return mc_receipt_form (data);
}

static McForm *
make_register (void)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify)mc_register_line_free);
  g_autoptr (McLetterhead) head = mc_letterhead_new (OFFICE);

  for (guint i = 1; i <= 4; i++)
    {
      McRegisterLine *line = g_new0 (McRegisterLine, 1);

      line->ordinal = i < 4 ? 1280 + i : 0;
      line->code = g_strdup_printf ("H05.032.07-261121-0421%03u", i);
      line->procedure = g_strdup ("Đăng ký khai sinh");
      line->applicant = g_strdup ("Nguyễn Thị Hường");
      line->address = g_strdup ("thôn Đồng Tâm");
      line->phone = g_strdup ("0912345678");
      line->office = g_strdup ("Ủy ban nhân dân xã Thử Nghiệm");
      line->received_ms = MC_TEST_MS;
      line->due = g_strdup ("2026-11-25T17:00");
      g_ptr_array_add (lines, line);
    }
  return mc_register_form (lines, head, "Hộ tịch", "tháng 11 năm 2026", DATE);
}

/* The sticker of a folder, of the receipt's dossier. */
static McForm *
make_label (void)
{
  McRow row = { .code = (char *)CODE,
                .applicant = (char *)"Nguyễn Thị Hường",
                .procedure_name = (char *)"Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con",
                .due = (char *)"2026-11-25T17:00" };
  McDossier dossier = { .row = &row };

  return mc_form_label (&dossier);
}

/* A procedure with all that a leaflet can say: two cases, a time of the province's own, a fee. */
static McForm *
make_leaflet (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McLetterhead) head = mc_letterhead_new (OFFICE);
  g_autoptr (json_t) json = mc_json_parse (
      "{\"code\":\"9.000001\",\"name\":\"Cấp giấy thử nghiệm\",\"field\":\"Thử nghiệm\","
      "\"decision\":\"12/QĐ-BTP\",\"parts\":[{\"id\":\"a\",\"name\":\"Tờ khai\",\"required\":true,"
      "\"originals\":1,\"copies\":2},{\"id\":\"b\",\"name\":\"Văn bản ủy "
      "quyền\",\"required\":false,"
      "\"originals\":1}],\"cases\":[{\"id\":\"x\",\"name\":\"Thông "
      "thường\",\"channels\":[\"direct\","
      "\"online\"],\"time\":{\"unit\":\"working_days\",\"count\":5},\"fee\":{\"kind\":\"fixed\","
      "\"amount\":8000}},{\"id\":\"y\",\"name\":\"Phải xác minh\",\"channels\":[\"direct\"],"
      "\"time\":{\"unit\":\"days\",\"count\":20},\"fee\":{\"kind\":\"council\"}}],"
      "\"legal\":[{\"name\":\"Luật Hộ tịch\",\"number\":\"60/2014/QH13\"}],"
      "\"result\":{\"code\":\"KQ\",\"name\":\"Giấy chứng nhận\"}}",
      -1,
      &error);
  g_autoptr (McProcedure) procedure = NULL;

  g_assert_no_error (error);
  procedure = mc_procedure_parse (json, &error);
  g_assert_no_error (error);
  mc_procedure_hold_cases (procedure, "2026-11-21");
  return mc_leaflet_form (procedure, head, DATE);
}

#define SLIP(kind)                                                                                 \
  static McForm *make_##kind (void) { return slip_of_set (MC_PAPERS_SET, #kind); }
SLIP (return )
SLIP (handover)
SLIP (guidance)
SLIP (fee)

#define NUMBERED(set, kind)                                                                        \
  static McForm *make_##set##_##kind (void) { return slip_of_set (#set, #kind); }
NUMBERED (2025, 02)
NUMBERED (2025, 03)
NUMBERED (2025, 04)
NUMBERED (2025, 05)
NUMBERED (2025, 06)
NUMBERED (2018, 04)

const McSampleForm *
mc_sample_forms (void)
{
  static const McSampleForm all[] = {
    { "01-receipt", make_receipt },
    { "01-receipt-again-electronic", make_receipt_again },
    { "01-receipt-long", make_receipt_long },
    { "01-receipt-a5", make_receipt_a5 },
    { "01-receipt-two-copies", make_receipt_two },
    { "01-receipt-certified", make_receipt_certified },
    { "01-receipt-together", make_receipt_together },
    { "02-supplement", make_2025_02 },
    { "03-refusal", make_2025_03 },
    { "04-apology", make_2025_04 },
    { "04-apology-2018", make_2018_04 },
    { "04-apology-a5-again-electronic", make_apology_small },
    { "05-stop", make_2025_05 },
    { "06-control", make_2025_06 },
    { "07-register", make_register },
    { "return-slip", make_return },
    { "handover-list", make_handover },
    { "guidance-slip", make_guidance },
    { "fee-copy", make_fee },
    { "label", make_label },
    { "leaflet", make_leaflet },
    { NULL, NULL },
  };

  return all;
}
