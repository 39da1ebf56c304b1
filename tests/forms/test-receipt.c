/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the receipt says, read back from its PDF. */
#include "mc-paper.h"
#include "mc-pdf-reader.h"
#include "mc-qr.h"
#include <locale.h>
#include <string.h>

static void
assert_in_order (const char *text, const char *const *words)
{
  const char *at = text;

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *found = strstr (at, words[i]);

      if (found == NULL)
        g_error ("\"%s\" is missing, or not after what stands before it, in: %s", words[i], text);
      at = found + strlen (words[i]);
    }
}

static void
test_every_field (void)
{
  static const char *const words[] = {
    "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "Mã hồ sơ: H05.032.07-261121-0421042",
    "Đơn vị tiếp nhận: Trung tâm Phục vụ hành chính công xã Thử Nghiệm",
    "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: Nguyễn Thị Hường",
    "Số định danh cá nhân/tổ chức: 001185012345",
    "Địa chỉ: Số 12, ngõ 34, thôn Đồng Tâm, xã Thử Nghiệm",
    "Số điện thoại: 0912345678",
    "Email: huong@example.vn",
    "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
    "Thành phần hồ sơ nộp gồm:",
    "Số lượng",
    "Thành phần hồ sơ",
    "chứng thực",
    "Số lượng hồ sơ: 01 (bộ)",
    "Thời gian giải quyết theo quy định: 03 ngày làm việc",
    "Thời gian nhận hồ sơ: 08 giờ 12 phút, ngày 21 tháng 11 năm 2026",
    "Thời gian trả kết quả: 17 giờ 00 phút, ngày 25 tháng 11 năm 2026",
    "Đăng ký nhận kết quả tại: Quầy số 3",
    "Vào Sổ theo dõi hồ sơ, Quyển số: ......",
    "Số thứ tự: ......",
    "NGƯỜI NỘP HỒ SƠ",
    "(Ký và ghi rõ họ tên)",
    "NGƯỜI TIẾP NHẬN HỒ SƠ",
    "(Ký và ghi rõ họ tên)",
    "Trần Văn Ước",
    NULL,
  };
  g_autoptr (McReceiptData) data = mc_sample_receipt (2);
  g_autoptr (McReadPdf) pdf = mc_read_pdf (data);
  g_autofree char *text = mc_read_all_text (pdf);

  g_assert_cmpint (poppler_document_get_n_pages (pdf), ==, 1);
  assert_in_order (text, words);
  mc_read_assert_margins (pdf);
}

static void
test_counts (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (0);
  g_autoptr (McReadPdf) pdf = NULL;
  PopplerRectangle certified, photocopy, first, second, area;
  g_autofree char *row = NULL;

  mc_receipt_data_add_part (data, "Tờ khai", 1, 2, 13);
  mc_receipt_data_add_part (data, "Văn bản", 0, 0, 0);
  pdf = mc_read_pdf (data);
  certified = mc_read_find (pdf, 0, "chứng thực");
  photocopy = mc_read_find (pdf, 0, "photo");
  first = mc_read_find (pdf, 0, "Tờ khai");
  second = mc_read_find (pdf, 0, "Văn bản");
  g_assert_cmpfloat (certified.x2, <, photocopy.x1);

  area = (PopplerRectangle){ certified.x1, first.y1, certified.x2, first.y2 };
  row = mc_read_area (pdf, 0, &area);
  g_assert_cmpstr (row, ==, "02");
  g_free (row);
  area.x1 = certified.x1 - 50;
  area.x2 = MC_PAPER_WIDTH;
  row = mc_read_area (pdf, 0, &area);
  g_assert_cmpstr (row, ==, "01 02 13");
  g_free (row);
  area.y1 = second.y1;
  area.y2 = second.y2;
  row = mc_read_area (pdf, 0, &area);
  g_assert_cmpstr (row, ==, "");
}

/* The two heads begin on one line; the motto stands beside the unit where the superior body is one
 * line; number and date share theirs. */
static void
test_heads (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (1);
  g_autoptr (McReadPdf) pdf = NULL;
  PopplerRectangle superior, unit, state, motto, number, date;

  mc_letterhead_free (data->head);
  data->head = mc_letterhead_new ("Bộ phận Một cửa xã Ea");
  pdf = mc_read_pdf (data);
  superior = mc_read_find (pdf, 0, "ỦY BAN NHÂN DÂN XÃ EA");
  unit = mc_read_find (pdf, 0, "BỘ PHẬN TIẾP NHẬN");
  state = mc_read_find (pdf, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
  motto = mc_read_find (pdf, 0, "Độc lập - Tự do - Hạnh phúc");
  number = mc_read_find (pdf, 0, "-BPTNTKQ");
  date = mc_read_find (pdf, 0, "Ea, ngày 21 tháng 11 năm 2026");
  g_assert_cmpfloat_with_epsilon (superior.y2, state.y2, 0.5);
  g_assert_cmpfloat_with_epsilon (unit.y2, motto.y2, 1.0);
  g_assert_cmpfloat_with_epsilon (number.y2, date.y2, 0.5);
  g_assert_cmpfloat (superior.x2, <, state.x1);
}

static void
test_empty (void)
{
  static const char *const dotted[] = {
    "Mã hồ sơ: ......",
    "Đơn vị tiếp nhận: ......",
    "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: ......",
    "Số định danh cá nhân/tổ chức: ......",
    "Địa chỉ: ......",
    "Số điện thoại: ......",
    "Email: ......",
    "Nội dung yêu cầu giải quyết: ......",
    "Số lượng hồ sơ: .......... (bộ)",
    "Thời gian giải quyết theo quy định: ......",
    "Thời gian nhận hồ sơ: ....... giờ ....... phút, ngày ....... tháng ....... năm ...........",
    "Thời gian trả kết quả: ....... giờ ....... phút, ngày ....... tháng ....... năm ...........",
    "Đăng ký nhận kết quả tại: ......",
    NULL,
  };
  g_autoptr (McReceiptData) data = mc_receipt_data_new ();
  g_autoptr (McReadPdf) pdf = NULL;
  g_autofree char *text = NULL;

  /* White space is no more than nothing. */
  mc_sample_set (&data->address, " \t ");
  mc_sample_set (&data->email, "");
  pdf = mc_read_pdf (data);
  text = mc_read_all_text (pdf);
  assert_in_order (text, dotted);
  g_assert_null (strstr (text, "null"));
  g_assert_cmpint (poppler_document_get_n_pages (pdf), ==, 1);
  mc_read_assert_margins (pdf);
}

/* What a person typed is text, whatever it looks like. */
static void
test_markup (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (1);
  g_autoptr (McReadPdf) pdf = NULL;
  g_autofree char *text = NULL;

  mc_sample_set (&data->applicant, "<b>Công ty A & B</b> %s");
  mc_sample_set (&data->address, "dòng một\ndòng hai\tdòng ba");
  pdf = mc_read_pdf (data);
  text = mc_read_all_text (pdf);
  g_assert_nonnull (strstr (text, "<b>Công ty A & B</b> %s"));
  g_assert_nonnull (strstr (text, "Địa chỉ: dòng một dòng hai dòng ba"));
}

static void
test_qr_size (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (1);
  g_autoptr (McReadPdf) pdf = mc_read_pdf (data);
  PopplerRectangle number = mc_read_find (pdf, 0, "-TTPVHCC");
  PopplerRectangle code = mc_read_find (pdf, 0, "Mã hồ sơ:");
  PopplerRectangle below = mc_read_find (pdf, 0, "Đơn vị tiếp nhận:");
  cairo_surface_t *image = mc_read_render (pdf, 0);
  int x1 = G_MAXINT, x2 = 0, y1 = G_MAXINT, y2 = 0;
  double side, quiet;

  for (int y = (int)(number.y2 * MC_READ_ZOOM) + 2; y < (int)(below.y1 * MC_READ_ZOOM) - 2; y++)
    for (int x = 0; x < (int)(code.x1 * MC_READ_ZOOM) - 2; x++)
      if (mc_read_dark (image, x, y))
        {
          x1 = MIN (x1, x);
          x2 = MAX (x2, x);
          y1 = MIN (y1, y);
          y2 = MAX (y2, y);
        }
  cairo_surface_destroy (image);
  side = (x2 - x1 + 1.0) / MC_READ_ZOOM;
  g_assert_cmpfloat (side, >=, 18.0 * MC_PAPER_MM);
  g_assert_cmpfloat_with_epsilon ((y2 - y1 + 1.0) / MC_READ_ZOOM, side, 1.0);
  /* 25 alphanumeric characters are version 2: 25 modules. */
  quiet = MC_QR_QUIET * side / 25;
  g_assert_cmpfloat ((double)x1 / MC_READ_ZOOM, >=, quiet);
  g_assert_cmpfloat (code.x1 - (double)x2 / MC_READ_ZOOM, >=, quiet);
  g_assert_cmpfloat ((double)y1 / MC_READ_ZOOM - number.y2, >=, quiet - 1.0);
  g_assert_cmpfloat (below.y1 - (double)y2 / MC_READ_ZOOM, >=, quiet);
}

static void
test_qr_decodes (void)
{
  static const char *const codes[] = {
    "H05.032.07-261121-0421042",
    "000.00.06.H56-231027-0361",
    "H05.032.07.01.002-261121-0421042199",
    "hồ sơ/2026 số 15",
    "https://dichvucong.example.gov.vn/tra-cuu?ma=H05.032.07-261121-0421042",
  };
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (McReceiptData) data = mc_sample_receipt (1);
      g_autoptr (McReadPdf) pdf = NULL;

      mc_sample_set (&data->code, codes[i]);
      pdf = mc_read_pdf (data);
      mc_read_assert_margins (pdf);
      mc_read_assert_qr (pdf, codes[i]);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* so that what failed can be read */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receipt/every-field", test_every_field);
  g_test_add_func ("/receipt/counts", test_counts);
  g_test_add_func ("/receipt/heads", test_heads);
  g_test_add_func ("/receipt/empty", test_empty);
  g_test_add_func ("/receipt/markup", test_markup);
  g_test_add_func ("/receipt/qr-size", test_qr_size);
  g_test_add_func ("/receipt/qr-decodes", test_qr_decodes);
  return g_test_run ();
}
