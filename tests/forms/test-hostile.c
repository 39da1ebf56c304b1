/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that nobody expects: nothing overlaps, nothing is cut without saying so. */
#include "mc-sample-forms.h"

#include <string.h>

static const char *const names[] = {
  "مرحبا بالعالم Nguyễn שלום עולם",
  "Nguye\xcc\x82\xcc\x83n Thi\xcc\xa3 Hu\xcc\x9bo\xcc\x9b\xcc\x80ng",
  "Lê 👩‍👩‍👧‍👦 Thị 🇻🇳 Tám",
  "Z̵̢̛a̷l̶g̸o̴ \xe2\x80\xae đảo ngược \xe2\x80\xac hết",
  "{code} {symbol} <b>không phải thẻ</b> & \\ %s",
};

static char *
repeated (const char *text, guint times)
{
  GString *all = g_string_new (NULL);

  while (times-- > 0)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

/* Names in which every piece can be told from every other, and is found again. */
static void
test_long_name (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (2);
  g_autoptr (McReadPdf) pdf = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) address = g_string_new (NULL);

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (name, "Tên%02u", i);
  for (guint i = 0; i < 20; i++)
    g_string_append_printf (address, "dòng %02u của địa chỉ, thôn Đồng Tâm, xã Thử Nghiệm\n", i);
  g_assert_cmpint (g_utf8_strlen (name->str, -1), ==, 300);
  mc_sample_set (&data->applicant, name->str);
  mc_sample_set (&data->address, address->str);
  mc_sample_set (&data->principal, name->str);
  mc_sample_set (&data->principal_address, address->str);
  mc_sample_set (&data->request, address->str);
  mc_sample_set (&data->email, name->str);
  pdf = mc_read_pdf (data);
  text = mc_read_all_text (pdf);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *line = g_strdup_printf ("dòng %02u", i);

      g_assert_cmpuint (mc_read_occurrences (text, line), ==, 3);
    }
  g_assert_nonnull (strstr (text, "Tên59"));
  mc_read_assert_margins (pdf);
  mc_read_assert_apart (pdf);
}

static void
test_200_parts (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (200);
  g_autoptr (McReadPdf) pdf = mc_read_pdf (data);
  g_autofree char *text = mc_read_all_text (pdf);
  guint pages = (guint)poppler_document_get_n_pages (pdf);

  for (guint i = 1; i <= 200; i++)
    {
      g_autofree char *begin = g_strdup_printf ("Giấy thứ %u:", i);
      g_autofree char *end = g_strdup_printf ("hết %u.", i);

      g_assert_cmpuint (mc_read_occurrences (text, begin), ==, 1);
      g_assert_cmpuint (mc_read_occurrences (text, end), ==, 1);
    }
  /* The head again on every page, but on one that has no row. */
  g_assert_cmpuint (mc_read_occurrences (text, "chứng thực"), >=, pages - 1);
  mc_read_assert_margins (pdf);
  mc_read_assert_apart (pdf);
}

static void
test_strange_letters (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *many = repeated (names[i], 6);
      g_autoptr (McReceiptData) data = mc_sample_receipt (1);
      g_autoptr (McForm) form = NULL;
      g_autoptr (McReadPdf) pdf = NULL;
      g_autofree char *text = NULL;

      mc_sample_set (&data->applicant, names[i]);
      mc_sample_set (&data->address, many);
      mc_sample_set (&data->clerk, names[i]);
      mc_receipt_data_add_part (data, many, 1, 0, 0);
      form = mc_receipt_form (data);
      pdf = mc_read_strange_form (form);
      text = mc_read_all_text (pdf);
      /* What stands behind it stands where it stood. */
      g_assert_nonnull (strstr (text, "Số định danh cá nhân/tổ chức: 001185012345"));
      g_assert_nonnull (strstr (text, "NGƯỜI TIẾP NHẬN HỒ SƠ"));
      mc_read_assert_margins (pdf);
    }
}

/* Letters that were typed as two are the same letters; and nothing in a value is an instruction. */
static void
test_taken_literally (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (1);
  g_autoptr (McReadPdf) pdf = NULL;
  g_autofree char *text = NULL;

  mc_sample_set (&data->applicant, names[4]);
  pdf = mc_read_pdf (data);
  text = mc_read_all_text (pdf);
  g_assert_nonnull (strstr (text, names[4]));
}

static void
test_slips (void)
{
  static const char *const ids[] = { "02", "03", "04", "05", "06", "return", "guidance", "fee" };
  g_autoptr (McLetterhead) head = mc_letterhead_new ("Trung tâm PVHCC xã Thử Nghiệm");
  g_autofree char *name = repeated ("Tên dài ", 40);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (McFormValues) values = mc_sample_values ();
      g_autoptr (McForm) form = NULL;
      g_autoptr (McReadPdf) pdf = NULL;

      mc_form_values_set (values, "applicant", name);
      mc_form_values_set (values, "address", name);
      mc_form_values_set (values, "procedure", name);
      mc_form_values_set (values, "actor", name);
      for (guint k = 0; k < 200; k++)
        mc_form_values_add (values, "missing", name);
      form = mc_layout_form (mc_layout_usual (ids[i]), values, head, NULL, "H05-1");
      pdf = mc_read_form (form);
      mc_read_assert_margins (pdf);
      mc_read_assert_apart (pdf);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hostile/long-name", test_long_name);
  g_test_add_func ("/hostile/200-parts", test_200_parts);
  g_test_add_func ("/hostile/strange-letters", test_strange_letters);
  g_test_add_func ("/hostile/taken-literally", test_taken_literally);
  g_test_add_func ("/hostile/slips", test_slips);
  return g_test_run ();
}
