/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slips of a dossier that went through every branch, read back from their PDFs. */
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

#define ADD(path, test) g_test_add ("/slip/" path, Desk, NULL, set_up, test, tear_down)

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
  return g_test_run ();
}
