/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slips of a dossier that went through every branch, read back from their PDFs. */
#include "mc-guidance.h"
#include "mc-slip.h"

#include "mc-error.h"
#include "mc-paper.h"
#include "mc-pdf-reader.h"
#include <string.h>

typedef struct
{
  McTestOffice *office;
  char *id;
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->office = mc_test_office ();
  mc_test_sign_in (desk->office, "an");
  desk->id = mc_test_receive (desk->office, "Nguyễn Thị Hường");
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  mc_test_office_free (desk->office);
  g_free (desk->id);
}

static void
step (Desk *desk, const char *login, const McMove *move)
{
  g_autoptr (GError) error = NULL;

  mc_test_sign_in (desk->office, login);
  mc_fake_clock_pass (desk->office->clock, 60 * 60 * 1000);
  mc_desk_move (desk->office->desk, desk->id, move, &error);
  g_assert_no_error (error);
}

static McDossier *
look (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  McDossier *dossier = mc_store_dossier (desk->office->store, desk->id, &error);

  g_assert_no_error (error);
  return dossier;
}

/* Returns: (transfer full): what the form says, read back. */
static char *
print (Desk *desk, const char *name)
{
  g_autoptr (McDossier) dossier = look (desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (McForm) form = mc_form_make (desk->office->store, dossier, name, &error);
  g_autoptr (McReadPdf) pdf = NULL;

  g_assert_no_error (error);
  pdf = mc_read_form (form);
  return mc_read_all_text (pdf);
}

static void
assert_says (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      g_error ("\"%s\" is missing in: %s", words[i], text);
}

static void
test_supplement (Desk *desk, gconstpointer data)
{
  static const char *const words[] = {
    "-TTPVHCC",
    "Hồ sơ của: Nguyễn Thị Hường",
    "1. Giấy chứng sinh bản chính",
    "2. Tờ khai có chữ ký",
    "Lý do: thiếu giấy tờ bắt buộc",
    "liên hệ với Trần Văn An",
    NULL,
  };
  g_autofree char *text = NULL;

  step (desk,
        "an",
        &(McMove){ .step = MC_STEP_SUPPLEMENT,
                   .note = "- Giấy chứng sinh bản chính\n2. Tờ khai có chữ ký\nLý do: thiếu giấy "
                           "tờ bắt buộc" });
  text = print (desk, "02");
  assert_says (text, words);
  g_assert_null (strstr (text, "3."));
}

static void
test_refusal (Desk *desk, gconstpointer data)
{
  g_autofree char *text = NULL;

  step (desk, "an", &(McMove){ .step = MC_STEP_REFUSE, .note = "Không thuộc thẩm quyền" });
  text = print (desk, "03");
  assert_says (text,
               (const char *const[]){ "1. Không thuộc thẩm quyền",
                                      "Tiếp nhận hồ sơ của: Nguyễn Thị Hường",
                                      "Trần Văn An",
                                      NULL });
}

/* The apology says the promise of before and the one of now, and who leads signs for it. */
static void
test_apology (Desk *desk, gconstpointer data)
{
  g_autoptr (McDossier) dossier = look (desk);
  g_autoptr (GDateTime) due = mc_local_parse (dossier->row->due);
  g_autofree char *before = g_date_time_format (due, "ngày %d tháng %m năm %Y");
  g_autofree char *text = NULL;

  step (desk,
        "chi",
        &(McMove){ .step = MC_STEP_POSTPONE,
                   .note = "Chờ xác minh nơi cư trú",
                   .due = "2026-12-10T17:00" });
  text = print (desk, "04");
  assert_says (text,
               (const char *const[]){ before,
                                      "Lý do: Chờ xác minh nơi cư trú",
                                      "17 giờ 00 phút, ngày 10 tháng 12 năm 2026",
                                      "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
                                      NULL });
  g_assert_null (strstr (text, "gia hạn lần nữa"));
}

static void
test_stop (Desk *desk, gconstpointer data)
{
  g_autofree char *text = NULL;

  step (desk, "binh", &(McMove){ .step = MC_STEP_STOP, .note = "Người nộp không bổ sung" });
  text = print (desk, "05");
  assert_says (text,
               (const char *const[]){ "Lý do, căn cứ: Người nộp không bổ sung", "dừng", NULL });
}

static void
test_control (Desk *desk, gconstpointer data)
{
  g_autofree char *text = NULL;

  step (desk, "binh", &(McMove){ .step = MC_STEP_APPRAISE });
  step (desk, "chi", &(McMove){ .step = MC_STEP_APPROVE });
  mc_fake_clock_pass (desk->office->clock, G_GINT64_CONSTANT (30) * 24 * 3600 * 1000);
  step (desk, "an", &(McMove){ .step = MC_STEP_RETURN });
  text = print (desk, MC_SLIP_CONTROL);
  assert_says (text,
               (const char *const[]){ "Thẩm định xong, trình ký",
                                      "Trước hạn",
                                      "Đã ký duyệt",
                                      "Đã trả kết quả",
                                      "Quá hạn",
                                      "Nhận: Lãnh đạo",
                                      "Giao: Lãnh đạo",
                                      NULL });
}

/* Each of two apologies keeps its own paper; the newest comes first, receipt and control slip last.
 */
static void
test_list (Desk *desk, gconstpointer data)
{
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (GPtrArray) slips = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  step (desk,
        "chi",
        &(McMove){ .step = MC_STEP_POSTPONE, .note = "Lần một", .due = "2026-12-10T17:00" });
  step (desk,
        "chi",
        &(McMove){ .step = MC_STEP_POSTPONE,
                   .note = "Lần hai",
                   .due = "2026-12-15T17:00",
                   .again = "Mưa lũ chia cắt" });
  dossier = look (desk);
  slips = mc_slip_list (desk->office->store, dossier);
  g_assert_cmpuint (slips->len, ==, 6);
  first = print (desk, ((McSlip *)slips->pdata[1])->name);
  second = print (desk, ((McSlip *)slips->pdata[0])->name);
  assert_says (first, (const char *const[]){ "Lần một", "ngày 10 tháng 12 năm 2026", NULL });
  assert_says (second,
               (const char *const[]){ "Lần hai",
                                      "ngày 10 tháng 12 năm 2026",
                                      "ngày 15 tháng 12 năm 2026",
                                      "Lý do gia hạn lần nữa: Mưa lũ chia cắt",
                                      NULL });
  g_assert_cmpstr (((McSlip *)slips->pdata[2])->name, ==, "receipt");
  g_assert_cmpstr (((McSlip *)slips->pdata[3])->name, ==, "guidance");
  g_assert_cmpstr (((McSlip *)slips->pdata[4])->name, ==, MC_SLIP_CONTROL);
  g_assert_null (mc_form_make (desk->office->store, dossier, "03", &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NOT_FOUND);
}

/* The sticker says the code twice: in letters, and as the symbol that opens the dossier. */
static void
test_label (Desk *desk, gconstpointer data)
{
  g_autoptr (McDossier) dossier = look (desk);
  g_autoptr (McForm) form = mc_form_make (desk->office->store, dossier, MC_SLIP_LABEL, NULL);
  g_autoptr (McReadPdf) pdf = mc_read_form (form);
  g_autofree char *text = mc_read_all_text (pdf);
  double width, height;

  mc_form_size (form, &width, &height);
  g_assert_cmpfloat_with_epsilon (width / MC_PAPER_MM, 70, 0.01);
  g_assert_cmpfloat_with_epsilon (height / MC_PAPER_MM, 37, 0.01);
  g_assert_cmpuint (mc_form_pages (form), ==, 1);
  assert_says (text,
               (const char *const[]){ dossier->row->code, "Nguyễn Thị Hường", "Hẹn trả:", NULL });
  mc_read_assert_qr (pdf, dossier->row->code);
}

/* What was paid, in words too, and the number that the clerk read off the book. */
static void
test_fee (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  mc_desk_take_fee_for (desk->office->desk, desk->id, 8000, "cash", "AA/26E 0001234", &error);
  g_assert_no_error (error);
  text = print (desk, "fee");
  assert_says (text,
               (const char *const[]){ "BẢN SAO",
                                      "Ký hiệu biên lai: AA/26E",
                                      "Số biên lai: 0001234",
                                      "Người nộp: Nguyễn Thị Hường",
                                      "Số tiền: 8.000 đ",
                                      "Số tiền bằng chữ: Tám nghìn đồng",
                                      "Hình thức nộp: Tiền mặt",
                                      "Trần Văn An",
                                      NULL });
  /* Its number is the book's, not ours. */
  g_assert_null (strstr (text, "Số: "));
}

/* What is missing, and what there must be. */
static void
test_guidance (Desk *desk, gconstpointer data)
{
  g_autofree char *text = print (desk, "guidance");

  assert_says (text,
               (const char *const[]){ "Hướng dẫn Ông (Bà)/Tổ chức: Nguyễn Thị Hường",
                                      "Giấy tờ còn thiếu, cần nộp thêm: 1.",
                                      "Thành phần hồ sơ đầy đủ theo quy định gồm: 1. Tờ khai 2.",
                                      "Thời gian giải quyết theo quy định:",
                                      NULL });
}

static void
test_return (Desk *desk, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (McDossier) before = look (desk);

  g_assert_null (mc_form_make (desk->office->store, before, "return", &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NOT_FOUND);
  step (desk, "binh", &(McMove){ .step = MC_STEP_APPRAISE });
  step (desk, "chi", &(McMove){ .step = MC_STEP_APPROVE });
  step (desk, "an", &(McMove){ .step = MC_STEP_RETURN });
  text = print (desk, "return");
  assert_says (text,
               (const char *const[]){ "Chủ hồ sơ: Nguyễn Thị Hường",
                                      "Kết quả đã trả: Giấy khai sinh",
                                      "Thời gian trả kết quả: 11 giờ",
                                      "NGƯỜI TRẢ KẾT QUẢ",
                                      "Trần Văn An",
                                      NULL });
}

#define ADD(path, test) g_test_add ("/slip/" path, Desk, NULL, set_up, test, tear_down)

/* Who is guided before anything is received: all papers, or what lacks of those brought along. */
static void
test_guidance_without_dossier (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) asked = json_pack ("{s:s}", "procedure", "1.001193");
  g_autoptr (json_t) brought = json_pack ("{s:s,s:{s:s},s:{s:s},s:{s:{s:b}}}",
                                          "procedure",
                                          "1.001193",
                                          "applicant",
                                          "name",
                                          "Nguyễn Thị Hường",
                                          "contact",
                                          "phone",
                                          "0912345678",
                                          "parts",
                                          "to-khai",
                                          "ticked",
                                          1);
  const json_t *const both[] = { asked, brought };
  char *texts[G_N_ELEMENTS (both)];

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autofree char *key = mc_guidance_key (both[i], "Trần Văn An");
      g_autofree char *code = mc_guidance_procedure (key);
      g_autoptr (GError) error = NULL;
      g_autoptr (McForm) form = mc_form_guidance (office->store, key, &error);
      g_autoptr (McReadPdf) pdf = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (code, ==, "1.001193");
      pdf = mc_read_form (form);
      texts[i] = mc_read_all_text (pdf);
      g_assert_nonnull (strstr (texts[i], "Đăng ký khai sinh"));
      g_assert_nonnull (strstr (texts[i], "Trần Văn An"));
      g_assert_null (strstr (texts[i], "Mã hồ sơ"));
    }
  g_assert_null (strstr (texts[0], "Giấy tờ còn thiếu"));
  g_assert_nonnull (strstr (texts[1], "Giấy tờ còn thiếu, cần nộp thêm: 1. Giấy chứng sinh"));
  g_assert_nonnull (strstr (texts[1], "Nguyễn Thị Hường"));
  g_assert_nonnull (strstr (texts[1], "0912345678"));
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    g_free (texts[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("supplement", test_supplement);
  ADD ("refusal", test_refusal);
  ADD ("apology", test_apology);
  ADD ("stop", test_stop);
  ADD ("control", test_control);
  ADD ("list", test_list);
  ADD ("label", test_label);
  ADD ("fee", test_fee);
  ADD ("guidance", test_guidance);
  ADD ("return", test_return);
  g_test_add_func ("/slip/guidance-without-dossier", test_guidance_without_dossier);
  return g_test_run ();
}
