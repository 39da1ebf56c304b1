/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-letterhead.h"

#include <locale.h>

#define COMMITTEE "ỦY BAN NHÂN DÂN "
#define CENTRE_HEAD "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"
#define CENTRE "Trung tâm Phục vụ hành chính công "
#define SECTION_HEAD "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ"
#define SECTION "Bộ phận Tiếp nhận và Trả kết quả "

static const struct
{
  const char *name, *superior, *unit, *symbol, *office, *place;
} cases[] = {
  { "Trung tâm PVHCC xã Thử Nghiệm",
    COMMITTEE "XÃ THỬ NGHIỆM",
    CENTRE_HEAD,
    "TTPVHCC",
    CENTRE "xã Thử Nghiệm",
    "Thử Nghiệm" },
  { "Trung tâm Phục vụ Hành chính công phường Hồng Hà",
    COMMITTEE "PHƯỜNG HỒNG HÀ",
    CENTRE_HEAD,
    "TTPVHCC",
    CENTRE "phường Hồng Hà",
    "Hồng Hà" },
  { "  UBND xã Ea Drăng ",
    COMMITTEE "XÃ EA DRĂNG",
    CENTRE_HEAD,
    "TTPVHCC",
    CENTRE "xã Ea Drăng",
    "Ea Drăng" },
  /* Two ways to place the tone of "Ủy". */
  { "Uỷ ban nhân dân phường 4",
    COMMITTEE "PHƯỜNG 4",
    CENTRE_HEAD,
    "TTPVHCC",
    CENTRE "phường 4",
    "Phường 4" },
  { "Xã Đại Từ, tỉnh Thái Nguyên",
    COMMITTEE "XÃ ĐẠI TỪ, TỈNH THÁI NGUYÊN",
    CENTRE_HEAD,
    "TTPVHCC",
    CENTRE "xã Đại Từ, tỉnh Thái Nguyên",
    "Đại Từ" },
  { "Bộ phận Một cửa đặc khu Côn Đảo",
    COMMITTEE "ĐẶC KHU CÔN ĐẢO",
    SECTION_HEAD,
    "BPTNTKQ",
    SECTION "đặc khu Côn Đảo",
    "Côn Đảo" },
  { "Bưu điện văn hóa xã Tân Lập",
    NULL,
    "BƯU ĐIỆN VĂN HÓA XÃ TÂN LẬP",
    "TTPVHCC",
    "Bưu điện văn hóa xã Tân Lập",
    NULL },
  /* Nothing after the words that it begins with. */
  { "UBND", NULL, "UBND", "TTPVHCC", "UBND", NULL },
  { "Xã", NULL, "XÃ", "TTPVHCC", "Xã", NULL },
  { "", NULL, NULL, "TTPVHCC", NULL, NULL },
  { NULL, NULL, NULL, "TTPVHCC", NULL, NULL },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McLetterhead) head = mc_letterhead_new (cases[i].name);

      g_test_message ("%s", cases[i].name ? cases[i].name : "no name");
      g_assert_cmpstr (head->superior, ==, cases[i].superior);
      g_assert_cmpstr (head->unit, ==, cases[i].unit);
      g_assert_cmpstr (head->symbol, ==, cases[i].symbol);
      g_assert_cmpstr (head->office, ==, cases[i].office);
      g_assert_cmpstr (head->place, ==, cases[i].place);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* so that what failed can be read */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letterhead/names", test_names);
  return g_test_run ();
}
