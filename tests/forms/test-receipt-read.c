/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the receipt takes from a real profile. */
#include "mc-error.h"
#include "mc-id.h"
#include "mc-pdf-reader.h"
#include <locale.h>
#include <string.h>

/* Receives @json (with ' for "), takes the json's quotes. Returns: the dossier. */
static McDossier *
receive (McTestOffice *office, json_t *reception)
{
  g_autoptr (json_t) owned = reception;
  g_autoptr (McReceived) received = NULL;
  McDossier *dossier;
  GError *error = NULL;

  received = mc_desk_receive (office->desk, owned, &error);
  g_assert_no_error (error);
  dossier = mc_store_dossier (office->store, received->id, &error);
  g_assert_no_error (error);
  return dossier;
}

static json_t *
reception (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  GError *error = NULL;
  json_t *value = mc_json_parse (json, -1, &error);

  g_assert_no_error (error);
  return value;
}

static McReceiptData *
read_data (McTestOffice *office, const McDossier *dossier)
{
  GError *error = NULL;
  McReceiptData *data = mc_receipt_read (office->store, dossier, &error);

  g_assert_no_error (error);
  return data;
}

/* A procedure of the province, put into the feed. @time: JSON */
static void
feed_procedure (McTestOffice *office, const char *on, const char *version, const char *time)
{
  g_autofree char *text = g_strdup_printf (
      "{'procedure': {'code': '9.000001', 'name': 'Thủ tục thử', 'field': 'Thử', 'version': '%s',"
      " 'cases': [{'id': 'thuong', 'name': 'Thông thường', 'channels': ['direct'], 'time': %s,"
      " 'fee': {'kind': 'none', 'amount': 0}}],"
      " 'parts': [{'id': 'don', 'name': 'Đơn', 'required': true, 'originals': 1}],"
      " 'result': {'code': 'KQ', 'name': 'Giấy'}}}",
      version,
      time);
  g_autoptr (json_t) body = reception (text);
  g_autofree char *id = mc_id_new (MC_TEST_MS);
  g_autoptr (json_t) base = NULL;
  g_autoptr (McRecord) record = mc_ledger_record (mc_store_db (office->store), on, NULL);
  g_autoptr (McOp) op = NULL;
  McOpDraft draft = {
    .id = id,
    .device = office->server_device,
    .by = office->server_device,
    .on = on,
    .verb = MC_VERB_PROCEDURE,
    .body = body,
    .n = office->feed->len + 1,
    .at = (MC_TEST_MS + office->feed->len) * 1000,
  };

  if (record->creator != NULL)
    {
      base = json_object ();
      json_object_set_new (base, "procedure", mc_record_base (record, "procedure", FALSE));
      draft.base = base;
    }
  op = mc_op_sign (&draft, &office->province);
  mc_test_feed (office, op->line, "\"applied\"");
  mc_test_pull (office);
}

static void
test_everything (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McReceiptData) data = NULL;
  const McReceiptPart *part;

  mc_test_sign_in (office, "an");
  dossier = receive (office,
                     reception ("{'procedure': '1.001193',"
                                " 'applicant': {'name': 'Nguyễn Thị Hường', 'id': '001185012345',"
                                "  'address': 'thôn Đồng Tâm', 'dob': '1985-02-03'},"
                                " 'contact': {'phone': '0912345678', 'email': 'h@example.vn',"
                                "  'pickup': 'Bưu cục Thử Nghiệm'},"
                                " 'subject': 'con trai Nguyễn Văn Bình',"
                                " 'parts': {'giay-chung-sinh': {'originals': 0, 'copies': 2},"
                                "  'to-khai': {'ticked': true, 'originals': 1, 'certified': 3},"
                                "  'khac': {'ticked': false, 'originals': 1}}}"));
  data = read_data (office, dossier);
  g_assert_cmpstr (data->head->superior, ==, "ỦY BAN NHÂN DÂN XÃ THỬ NGHIỆM");
  g_assert_cmpstr (data->head->place, ==, "Thử Nghiệm");
  g_assert_cmpstr (data->date, ==, "ngày 21 tháng 11 năm 2026");
  g_assert_cmpstr (data->code, ==, "H05.032.07-261121-0421001");
  g_assert_cmpstr (data->applicant, ==, "Nguyễn Thị Hường");
  g_assert_cmpstr (data->identity, ==, "001185012345");
  g_assert_cmpstr (data->address, ==, "thôn Đồng Tâm");
  g_assert_cmpstr (data->phone, ==, "0912345678");
  g_assert_cmpstr (data->email, ==, "h@example.vn");
  g_assert_cmpstr (data->request, ==, "Đăng ký khai sinh: con trai Nguyễn Văn Bình");
  g_assert_cmpstr (data->term, ==, "03 ngày làm việc");
  g_assert_cmpstr (data->received, ==, "08 giờ 12 phút, ngày 21 tháng 11 năm 2026");
  /* 22 is a Sunday, 24 a holiday. */
  g_assert_cmpstr (data->promised, ==, "17 giờ 00 phút, ngày 26 tháng 11 năm 2026");
  g_assert_cmpstr (data->clerk, ==, "Trần Văn An");
  g_assert_cmpstr (data->pickup, ==, "Bưu cục Thử Nghiệm");

  /* In the procedure's order; what was not handed in is not listed. */
  g_assert_cmpuint (data->parts->len, ==, 2);
  part = g_ptr_array_index (data->parts, 0);
  g_assert_cmpstr (part->name, ==, "Tờ khai");
  g_assert_cmpint (part->originals, ==, 1);
  g_assert_cmpint (part->certified, ==, 3);
  part = g_ptr_array_index (data->parts, 1);
  g_assert_cmpstr (part->name, ==, "Giấy chứng sinh");
  g_assert_cmpint (part->originals, ==, 0);
  g_assert_cmpint (part->photocopies, ==, 2);
}

static void
test_little (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McReceiptData) data = NULL;

  mc_test_sign_in (office, "an");
  dossier =
      receive (office,
               reception (
                   "{'procedure': '1.001193', 'applicant': {'name': 'Lò Văn Ún', 'address': ''}}"));
  data = read_data (office, dossier);
  g_assert_cmpstr (data->applicant, ==, "Lò Văn Ún");
  g_assert_null (data->identity);
  g_assert_null (data->address);
  g_assert_null (data->phone);
  g_assert_null (data->email);
  g_assert_cmpstr (data->request, ==, "Đăng ký khai sinh");
  g_assert_cmpuint (data->parts->len, ==, 0);
}

/* The name of the procedure is not said twice. */
static void
test_proxy (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McReceiptData) data = NULL;
  g_autoptr (McReadPdf) pdf = NULL;
  g_autofree char *text = NULL;

  mc_test_sign_in (office, "an");
  dossier = receive (office,
                     reception ("{'procedure': '1.001193', 'applicant': {'name': 'Nguyễn Văn Đình',"
                                " 'id': '001205123456', 'for': 'person', 'for_name': 'Trần Thị Số',"
                                " 'for_id': '001305123457', 'for_address': 'Thôn Khác',"
                                " 'for_phone': '0987654321', 'relation': 'con',"
                                " 'mandate': 'Giấy ủy quyền số 12 ngày 20/11/2026'}}"));
  data = read_data (office, dossier);
  g_assert_cmpstr (data->applicant, ==, "Nguyễn Văn Đình");
  g_assert_cmpstr (data->principal, ==, "Trần Thị Số");
  pdf = mc_read_pdf (data);
  text = mc_read_all_text (pdf);
  g_assert_nonnull (strstr (text, "Nộp theo ủy quyền của: Trần Thị Số"));
  g_assert_nonnull (strstr (text, "Số định danh người ủy quyền: 001305123457"));
  g_assert_nonnull (strstr (text, "Địa chỉ người ủy quyền: Thôn Khác"));
  g_assert_nonnull (strstr (text, "Số điện thoại người ủy quyền: 0987654321"));
  g_assert_nonnull (strstr (text, "Giấy ủy quyền: Giấy ủy quyền số 12 ngày 20/11/2026"));
}

static void
test_organisation (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McReceiptData) data = NULL;
  g_autoptr (McReadPdf) pdf = NULL;
  g_autofree char *text = NULL;

  mc_test_sign_in (office, "an");
  dossier = receive (office,
                     reception ("{'procedure': '1.001193', 'applicant': {'name': 'Nguyễn Văn Đình',"
                                " 'id': '001205123456', 'for': 'organisation',"
                                " 'for_name': 'Hợp tác xã Ví Dụ', 'for_id': '0100109106',"
                                " 'relation': 'giám đốc'}, 'contact': {'phone': '0912345678'}}"));
  data = read_data (office, dossier);
  pdf = mc_read_pdf (data);
  text = mc_read_all_text (pdf);
  g_assert_nonnull (strstr (text, "Ông (Bà)/Tổ chức: Hợp tác xã Ví Dụ"));
  g_assert_nonnull (strstr (text, "cá nhân/tổ chức: 0100109106"));
  g_assert_nonnull (strstr (text, "Số điện thoại: 0912345678"));
  g_assert_nonnull (
      strstr (text, "Người nộp hồ sơ: Nguyễn Văn Đình, giám đốc, số định danh 001205123456"));
  g_assert_null (strstr (text, "ủy quyền"));
}

/* Each with its code, its papers and its own day; the applicant once. */
static void
test_together (void)
{
  static const char *const words[] = { "Nguyễn Văn Đình",
                                       "Hồ sơ thứ 1, mã hồ sơ: H05.032.07-261121-0421001",
                                       "Đăng ký khai sinh",
                                       "Thời gian trả kết quả",
                                       "Hồ sơ thứ 2, mã hồ sơ: H05.032.07-261121-0421002",
                                       "tình trạng hôn nhân",
                                       "Thời gian trả kết quả",
                                       "Số lượng hồ sơ: 02 (bộ)",
                                       "NGƯỜI NỘP HỒ SƠ" };
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (GPtrArray) together = NULL;

  mc_test_sign_in (office, "an");
  dossier =
      receive (office,
               reception ("{'procedure': '1.001193', 'applicant': {'name': 'Nguyễn Văn Đình'},"
                          " 'more': [{'procedure': '1.004873'}]}"));
  together = mc_store_together (office->store, dossier);
  g_assert_cmpuint (together->len, ==, 2);
  /* Whichever is printed, it is the same paper. */
  for (guint i = 0; i < together->len; i++)
    {
      g_autoptr (McReceiptData) data = read_data (office, together->pdata[i]);
      g_autoptr (McReadPdf) pdf = mc_read_pdf (data);
      g_autofree char *text = mc_read_all_text (pdf);
      const char *at = text;

      for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
        {
          at = strstr (at, words[w]);
          if (at == NULL)
            g_error ("\"%s\" is missing in: %s", words[w], text);
          at += strlen (words[w]);
        }
    }
}

/* Of an office for new staff: every print is marked, whichever form it is. */
static void
test_practice (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDossier) dossier = NULL;

  mc_test_sign_in (office, "an");
  dossier = receive (office, reception ("{'procedure': '1.001193', 'applicant': {'name': 'A'}}"));
  for (guint practice = 0; practice < 2; practice++)
    {
      g_autoptr (McForm) form = NULL;
      g_autoptr (McReadPdf) pdf = NULL;
      g_autofree char *text = NULL;

      if (practice > 0)
        g_assert_true (mc_store_set_fact (office->store, "practice", "yes", NULL));
      form = mc_form_make (office->store, dossier, "receipt", NULL);
      pdf = mc_read_form (form);
      text = mc_read_all_text (pdf);
      /* It stands aslant: a reader takes it apart, but some of it is left together. */
      g_assert_cmpint (strstr (text, "ẬP") != NULL, ==, practice > 0);
    }
}

static void
test_subject_names_procedure (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McReceiptData) data = NULL;

  mc_test_sign_in (office, "an");
  dossier = receive (office,
                     reception ("{'procedure': '1.001193', 'applicant': {'name': 'A'},"
                                " 'subject': 'đăng ký khai sinh cho con'}"));
  data = read_data (office, dossier);
  g_assert_cmpstr (data->request, ==, "đăng ký khai sinh cho con");
}

static void
test_electronic_part (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *scan = mc_test_pdf (office->folder, "scan", 1);
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McReceiptData) data = NULL;
  GError *error = NULL;
  json_t *document, *body;

  mc_test_sign_in (office, "an");
  document = mc_desk_import (office->desk, scan, &error);
  g_assert_no_error (error);
  body = reception ("{'procedure': '1.001193', 'applicant': {'name': 'A'},"
                    " 'parts': {'to-khai': {'ticked': true}}}");
  json_object_set_new (json_object_get (json_object_get (body, "parts"), "to-khai"),
                       "document",
                       document);
  dossier = receive (office, body);
  data = read_data (office, dossier);
  g_assert_cmpuint (data->parts->len, ==, 1);
  g_assert_cmpstr (((McReceiptPart *)g_ptr_array_index (data->parts, 0))->name,
                   ==,
                   "Tờ khai (bản điện tử)");
}

static void
test_no_term (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *on = mc_id_new (MC_TEST_MS);
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McForm) form = NULL;
  g_autoptr (McReceiptData) data = NULL;
  g_autoptr (McReadPdf) pdf = NULL;
  g_autofree char *text = NULL;

  feed_procedure (office, on, "1", "null");
  mc_test_sign_in (office, "an");
  dossier = receive (office, reception ("{'procedure': '9.000001', 'applicant': {'name': 'A'}}"));
  data = read_data (office, dossier);
  g_assert_null (data->promised);
  pdf = mc_read_pdf (data);
  text = mc_read_all_text (pdf);
  g_assert_nonnull (strstr (text,
                            "Thời gian giải quyết theo quy định: chưa ghi trong danh mục thủ tục "
                            "hành chính"));
  g_assert_nonnull (strstr (text, "Thời gian trả kết quả: ....... giờ ....... phút"));
}

static void
test_units (void)
{
  static const struct
  {
    const char *time, *text;
  } cases[] = {
    { "{'unit': 'same_day', 'count': 0}", "trong ngày (nhận sau 15 giờ: ngày làm việc sau)" },
    { "{'unit': 'hours', 'count': 1}", "01 giờ làm việc" },
    { "{'unit': 'days', 'count': 15}", "15 ngày" },
    { "{'unit': 'working_days', 'count': 20}", "20 ngày làm việc" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McTestOffice) office = mc_test_office ();
      g_autofree char *on = mc_id_new (MC_TEST_MS);
      g_autoptr (McDossier) dossier = NULL;
      g_autoptr (McReceiptData) data = NULL;

      feed_procedure (office, on, "1", cases[i].time);
      mc_test_sign_in (office, "an");
      dossier =
          receive (office, reception ("{'procedure': '9.000001', 'applicant': {'name': 'A'}}"));
      data = read_data (office, dossier);
      g_assert_cmpstr (data->term, ==, cases[i].text);
    }
}

/* A receipt printed again keeps what was promised, and the rule that it was promised by. */
static void
test_later_catalogue (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *on = mc_id_new (MC_TEST_MS);
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McReceiptData) before = NULL;
  g_autoptr (McReceiptData) after = NULL;

  feed_procedure (office, on, "1", "{'unit': 'working_days', 'count': 3}");
  mc_test_sign_in (office, "an");
  dossier = receive (office, reception ("{'procedure': '9.000001', 'applicant': {'name': 'A'}}"));
  before = read_data (office, dossier);
  g_assert_cmpstr (before->term, ==, "03 ngày làm việc");
  feed_procedure (office, on, "2", "{'unit': 'working_days', 'count': 9}");
  after = read_data (office, dossier);
  g_assert_cmpstr (after->term, ==, before->term);
  g_assert_cmpstr (after->promised, ==, before->promised);
}

/* A person has given another date: the receipt that is printed then says that one. */
static void
test_new_promise (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McDossier) after = NULL;
  g_autoptr (McReceiptData) data = NULL;
  const McMove move = { .step = MC_STEP_POSTPONE,
                        .note = "Chờ xác minh",
                        .due = "2026-12-04T17:00" };

  mc_test_sign_in (office, "an");
  dossier = receive (office, reception ("{'procedure': '1.001193', 'applicant': {'name': 'A'}}"));
  mc_test_sign_in (office, "chi");
  g_assert_true (mc_desk_move (office->desk, dossier->row->id, &move, NULL));
  after = mc_store_dossier (office->store, dossier->row->id, NULL);
  data = read_data (office, after);
  g_assert_cmpstr (data->promised, ==, "17 giờ 00 phút, ngày 04 tháng 12 năm 2026");
}

/* A corrected applicant is on the receipt that is printed then. */
static void
test_correction (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McReceiptData) data = NULL;
  g_autoptr (json_t) applicant = reception ("{'name': 'Nguyễn Thị Hường', 'id': '1'}");
  GError *error = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyen Thi Huong");
  mc_desk_set (office->desk, id, MC_GROUP_APPLICANT, applicant, &error);
  g_assert_no_error (error);
  dossier = mc_store_dossier (office->store, id, &error);
  g_assert_no_error (error);
  data = read_data (office, dossier);
  g_assert_cmpstr (data->applicant, ==, "Nguyễn Thị Hường");
  g_assert_cmpstr (data->clerk, ==, "Trần Văn An");
}

static void
test_by_name (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McForm) form = NULL;
  GError *error = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Thị Hường");
  dossier = mc_store_dossier (office->store, id, &error);
  g_assert_no_error (error);
  g_assert_null (mc_form_make (office->store, dossier, "diploma", &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NOT_FOUND);
  g_clear_error (&error);

  form = mc_form_make (office->store, dossier, "receipt", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mc_form_pages (form), ==, 1);
  path = g_build_filename (office->folder, "hẹn.pdf", NULL);
  g_assert_true (mc_form_write_pdf (form, path, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* so that what failed can be read */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receipt-read/everything", test_everything);
  g_test_add_func ("/receipt-read/little", test_little);
  g_test_add_func ("/receipt-read/proxy", test_proxy);
  g_test_add_func ("/receipt-read/organisation", test_organisation);
  g_test_add_func ("/receipt-read/together", test_together);
  g_test_add_func ("/receipt-read/practice", test_practice);
  g_test_add_func ("/receipt-read/subject-names-procedure", test_subject_names_procedure);
  g_test_add_func ("/receipt-read/electronic-part", test_electronic_part);
  g_test_add_func ("/receipt-read/no-term", test_no_term);
  g_test_add_func ("/receipt-read/units", test_units);
  g_test_add_func ("/receipt-read/later-catalogue", test_later_catalogue);
  g_test_add_func ("/receipt-read/new-promise", test_new_promise);
  g_test_add_func ("/receipt-read/correction", test_correction);
  g_test_add_func ("/receipt-read/by-name", test_by_name);
  return g_test_run ();
}
