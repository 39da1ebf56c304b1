/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms as data: every field of every form is on its paper once as often as the layout says, and a
 * layout that is not one is refused. */
#include "mc-layout-private.h"

#include "mc-error.h"
#include "mc-pdf-reader.h"
#include <string.h>

static const char *const ids[] = { "02", "03", "04", "05", "06", "return", "guidance", "fee" };

/* What domain knowledge asks of each form, in its order (TT 03/2025/TT-VPCP, Phụ lục I). */
static const char *const words_02[] = {
  "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
  "Hồ sơ của:",
  "Nội dung yêu cầu giải quyết:",
  "Địa chỉ:",
  "Số điện thoại:",
  "Email:",
  "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
  "1.",
  "Lý do:",
  "liên hệ với",
  "số điện thoại",
  "NGƯỜI HƯỚNG DẪN",
  NULL,
};
static const char *const words_03[] = {
  "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
  "Mã hồ sơ:",
  "Đơn vị tiếp nhận:",
  "Tiếp nhận hồ sơ của:",
  "Số định danh",
  "Địa chỉ:",
  "Số điện thoại:",
  "Email:",
  "Nội dung yêu cầu giải quyết:",
  "lý do cụ thể",
  "NGƯỜI NỘP HỒ SƠ",
  "NGƯỜI TIẾP NHẬN HỒ SƠ",
  NULL,
};
static const char *const words_04[] = {
  "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
  "Kính gửi:",
  "Số định danh",
  "tiếp nhận giải quyết hồ sơ",
  "mã số hồ sơ:",
  "Thời gian hẹn trả kết quả",
  "Lý do:",
  "xin lỗi Ông (Bà)/Tổ chức",
  "sẽ trả kết quả giải quyết hồ sơ vào",
  "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
  NULL,
};
static const char *const words_05[] = {
  "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
  "Mã hồ sơ:",
  "Kính gửi:",
  "Thủ tục hành chính:",
  "Thời gian nhận hồ sơ:",
  "Hình thức",
  "Lý do, căn cứ:",
  "Giấy tờ trả lại:",
  "Phí, lệ phí đã nộp:",
  "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
  NULL,
};
static const char *const words_06[] = {
  "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
  "Mã hồ sơ:",
  "Cơ quan (bộ phận) giải quyết",
  "Cơ quan phối hợp",
  "Thời gian nhận hồ sơ:",
  "Hẹn trả kết quả:",
  NULL,
};
/* What offices want of their own papers (domain knowledge, no law). */
static const char *const words_return[] = {
  "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ",
  "Mã hồ sơ:",
  "Chủ hồ sơ:",
  "Thủ tục hành chính:",
  "Kết quả đã trả:",
  "Thời gian trả kết quả:",
  "Hình thức trả kết quả:",
  "Giấy tờ gốc trả lại:",
  "Người nhận kết quả:",
  "Quan hệ với chủ hồ sơ:",
  "NGƯỜI NHẬN KẾT QUẢ",
  "NGƯỜI TRẢ KẾT QUẢ",
  NULL,
};
static const char *const words_guidance[] = {
  "PHIẾU HƯỚNG DẪN HOÀN THIỆN HỒ SƠ",
  "Hướng dẫn Ông (Bà)/Tổ chức:",
  "Thủ tục hành chính:",
  "Thời gian giải quyết theo quy định:",
  "Phí, lệ phí:",
  "NGƯỜI HƯỚNG DẪN",
  NULL,
};
static const char *const words_fee[] = {
  "BIÊN LAI THU PHÍ, LỆ PHÍ (BẢN SAO)",
  "Ký hiệu biên lai:",
  "Số biên lai:",
  "Đơn vị thu:",
  "Người nộp:",
  "Số tiền:",
  "Số tiền bằng chữ:",
  "Hình thức nộp:",
  "Bản sao không thay biên lai",
  "NGƯỜI NỘP TIỀN",
  "NGƯỜI THU TIỀN",
  NULL,
};
static const char *const *const words[] = {
  words_02, words_03, words_04, words_05, words_06, words_return, words_guidance, words_fee,
};

static McReadPdf *
read_back (const McLayout *layout, const McFormValues *values)
{
  g_autoptr (McLetterhead) head = mc_letterhead_new ("Trung tâm PVHCC xã Thử Nghiệm");
  g_autoptr (McForm) form =
      mc_layout_form (layout, values, head, "ngày 21 tháng 11 năm 2026", "H05.032.07-261121-001");

  return mc_read_form (form);
}

static void
assert_in_order (const char *text, const char *const *all)
{
  for (guint i = 0; all[i] != NULL; i++)
    {
      const char *found = strstr (text, all[i]);

      if (found == NULL)
        g_error ("\"%s\" is missing, or not after what stands before it, in: %s", all[i], text);
      text = found + strlen (all[i]);
    }
}

static void
test_fields_of_the_law (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (McFormValues) none = mc_form_values_new ();
      g_autoptr (McReadPdf) pdf = read_back (mc_layout_usual (ids[i]), none);
      g_autofree char *text = mc_read_all_text (pdf);

      assert_in_order (text, words[i]);
      mc_read_assert_margins (pdf);
      g_assert_cmpint (poppler_document_get_n_pages (pdf), ==, 1);
    }
}

/* How often the layout shows @name as a text. */
static guint
shown (const char *json, const char *name)
{
  g_autofree char *braces = g_strdup_printf ("{%s}", name);

  return mc_read_occurrences (json, braces);
}

/* Every name gets a word of its own, so that one which is missing, doubled or swapped is seen. */
static void
test_each_value_where_it_belongs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const McLayout *layout = mc_layout_usual (ids[i]);
      g_autofree char *source = mc_json_text (mc_layout_json (layout));
      g_auto (GStrv) names = mc_layout_names (layout);
      g_autoptr (McFormValues) values = mc_form_values_new ();
      g_autoptr (McReadPdf) pdf = NULL;
      g_autofree char *text = NULL;

      g_assert_cmpuint (g_strv_length (names), >, 3);
      for (guint n = 0; names[n] != NULL; n++)
        {
          g_autofree char *word = g_strdup_printf ("Xq%uz", n);

          mc_form_values_set (values, names[n], word);
          mc_form_values_add (values, names[n], word);
          mc_form_values_add_row (values, names[n], g_strsplit (word, " ", -1));
        }
      mc_form_values_set (values, "has_missing", "1");
      mc_form_values_set (values, "has_papers", "1");
      pdf = read_back (layout, values);
      text = mc_read_all_text (pdf);
      for (guint n = 0; names[n] != NULL; n++)
        {
          g_autofree char *word = g_strdup_printf ("Xq%uz", n);
          guint times = shown (source, names[n]);

          g_assert_cmpuint (mc_read_occurrences (text, word), ==, MAX (times, 1));
        }
      g_assert_null (strstr (text, "{"));
    }
}

/* Nothing is cut or overlaps where a value is long: it goes on over the page, and comes back whole.
 */
static void
test_long_values (void)
{
  g_autofree char *name = g_strnfill (300, 'W');
  g_autoptr (GString) reason = g_string_new (NULL);

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (reason, "lẽ%03u ", i);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (McFormValues) values = mc_form_values_new ();
      g_autoptr (McReadPdf) pdf = NULL;
      g_autofree char *text = NULL;

      mc_form_values_set (values, "applicant", name);
      mc_form_values_set (values, "reason", reason->str);
      mc_form_values_add (values, "reasons", reason->str);
      for (guint row = 0; row < 40; row++)
        mc_form_values_add_row (values, "handovers", g_strsplit ("a|b\nc|d|e", "|", -1));
      pdf = read_back (mc_layout_usual (ids[i]), values);
      text = mc_read_all_text (pdf);
      mc_read_assert_margins (pdf);
      if (i < 4)
        g_assert_nonnull (strstr (text, "lẽ399"));
      else if (g_str_equal (ids[i], "06"))
        g_assert_cmpuint (mc_read_occurrences (text, "Tên đơn vị"),
                          ==,
                          (guint)poppler_document_get_n_pages (pdf));
    }
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "[]",
    "{'id':'9','title':'T','heading':'T','body':[]}",
    "{'id':'9','title':'T','heading':'T','body':[{'field':'A:'}]}",
    "{'id':'9','title':'T','heading':'T','body':[{'field':'A:','value':'{a}','colour':'red'}]}",
    "{'id':'9','title':'T','heading':'T','body':[{'poem':'A'}]}",
    "{'id':'9','title':'T','heading':'T','body':[{'list':'a','blank':-1}]}",
    "{'id':'9','title':'T','heading':'T','body':[{'list':'a','blank':4000}]}",
    "{'id':'9','title':'T','heading':'T','body':[{'pair':[{'field':'A','value':'a'}],'share':0.5}]"
    "}",
    "{'id':'9','title':'T','heading':'T','body':[{'table':'a','blank':1,'columns':[]}]}",
    "{'id':'9','title':'T','heading':'T','body':[{'table':'a','blank':1,'columns':"
    "[{'title':'A','width':0.5}]}]}",
    "{'id':'9','title':'T','heading':'T','body':[{'text':'a'}],'sign':[null]}",
    "{'id':'9','title':'T','heading':'T','body':[{'text':'a'}],'sign':[null,{'name':'{a}'}]}",
    "{'id':'9','title':'T','heading':'','body':[{'text':'a'}]}",
    "{'id':'9','title':'T','heading':'T','sheet':'A0','body':[{'text':'a'}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = g_strdelimit (g_strdup (bad[i]), "'", '"');
      g_autoptr (json_t) json = mc_json_parse (text, -1, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (McLayout) layout = mc_layout_parse (json, &error);

      g_assert_nonnull (json);
      g_assert_null (layout);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
  g_assert_null (mc_layout_usual ("99"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/fields-of-the-law", test_fields_of_the_law);
  g_test_add_func ("/layout/each-value", test_each_value_where_it_belongs);
  g_test_add_func ("/layout/long-values", test_long_values);
  g_test_add_func ("/layout/refused", test_refused);
  return g_test_run ();
}
