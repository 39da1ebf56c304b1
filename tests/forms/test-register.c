/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The register: what it takes from a profile, its pages read back, its spreadsheet opened again. */
#include "mc-register-form.h"
#include "mc-register-key.h"

#include "mc-error.h"
#include "mc-pdf-reader.h"
#include <string.h>

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)

static void
receive (McTestOffice *office, const char *procedure, const char *name)
{
  g_autoptr (json_t) reception = json_pack ("{s:s,s:{s:s,s:s,s:s},s:{s:s,s:s}}",
                                            "procedure",
                                            procedure,
                                            "applicant",
                                            "name",
                                            name,
                                            "id",
                                            "001185012345",
                                            "address",
                                            "thôn Đồng Tâm",
                                            "contact",
                                            "phone",
                                            "0912345678",
                                            "pickup",
                                            "bưu chính");
  g_autoptr (GError) error = NULL;
  g_autoptr (McReceived) received = mc_desk_receive (office->desk, reception, &error);

  g_assert_no_error (error);
}

static GPtrArray *
lines_of (McTestOffice *office, const char *key)
{
  g_autoptr (GError) error = NULL;
  McRegisterSpan span;
  GPtrArray *lines;

  mc_register_key_parse (key, &span, NULL, &error);
  g_assert_no_error (error);
  lines = mc_store_register (office->store, &span, &error);
  g_assert_no_error (error);
  return lines;
}

static void
test_lines (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GPtrArray) november = NULL;
  g_autoptr (GPtrArray) december = NULL;
  g_autoptr (GPtrArray) year = NULL;
  g_autoptr (GPtrArray) book = NULL;
  g_autoptr (GPtrArray) other = NULL;
  g_autofree char *key = NULL;
  g_autofree char *how = NULL;
  const McRegisterLine *line;

  mc_test_sign_in (office, "an");
  receive (office, "1.001193", "Nguyễn Thị Hường");
  mc_fake_clock_pass (office->clock, 20 * DAY_MS);
  receive (office, "1.001193", "Lò Văn Sủng");
  november = lines_of (office, "2026-11/");
  december = lines_of (office, "2026-12/");
  year = lines_of (office, "2026/");
  g_assert_cmpuint (november->len, ==, 1);
  g_assert_cmpuint (december->len, ==, 1);
  g_assert_cmpuint (year->len, ==, 2);
  line = november->pdata[0];
  g_assert_cmpstr (line->applicant, ==, "Nguyễn Thị Hường");
  g_assert_cmpstr (line->address, ==, "thôn Đồng Tâm");
  g_assert_cmpstr (line->phone, ==, "0912345678");
  g_assert_cmpstr (line->pickup, ==, "bưu chính");
  how = mc_register_cell (line, 9);
  g_assert_cmpstr (how, ==, line->pickup);
  g_assert_cmpstr (line->field, ==, "Hộ tịch");
  g_assert_cmpint (line->received_ms, ==, MC_TEST_MS);
  g_assert_cmpint (line->returned_ms, ==, 0);
  /* Nobody but the province gives it. */
  g_assert_cmpint (line->ordinal, ==, 0);
  g_assert_nonnull (line->due);
  key = mc_register_key ("2026", line->field);
  book = lines_of (office, key);
  g_assert_cmpuint (book->len, ==, 2);
  other = lines_of (office, "2026/Đất đai");
  g_assert_cmpuint (other->len, ==, 0);
  g_assert_cmpint (mc_store_register_first (office->store), ==, MC_TEST_MS);
}

/* The time of the hand-over is the one of the act that the state stands by. */
static void
test_returned (void)
{
  static const struct
  {
    const char *login, *step;
  } steps[] = { { "binh", "appraise" }, { "chi", "approve" }, { "an", "return" } };
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Giàng A Páo");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      mc_test_sign_in (office, steps[i].login);
      mc_fake_clock_pass (office->clock, 60 * 1000);
      mc_desk_step (office->desk, id, steps[i].step, NULL, &error);
      g_assert_no_error (error);
    }
  lines = lines_of (office, "2026/");
  g_assert_cmpint (((McRegisterLine *)lines->pdata[0])->returned_ms,
                   ==,
                   mc_store_now (office->store));
}

static void
test_keys (void)
{
  static const char *const bad[] = {
    "", "2026", "2026-13/", "2026-00/", "26/", "2026-1/", "20x6/", "2026-11-01/", "9999/",
  };
  g_autofree char *words = NULL;
  g_autofree char *december = NULL;
  McRegisterSpan span, next;

  g_assert_true (mc_register_key_parse ("2026-12/Đất đai/nhà ở", &span, &words, NULL));
  g_assert_cmpstr (words, ==, "tháng 12 năm 2026");
  g_assert_cmpstr (span.field, ==, "Đất đai/nhà ở");
  g_assert_true (mc_register_key_parse ("2027-01/", &next, NULL, NULL));
  g_assert_cmpint (span.before_ms, ==, next.from_ms);
  g_assert_null (next.field);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (mc_register_key_parse (bad[i], &span, NULL, &error));
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

static McRegisterLine *
sample (guint number)
{
  McRegisterLine *line = g_new0 (McRegisterLine, 1);

  line->ordinal = number;
  line->code = g_strdup_printf ("H05.032.07-261121-%07u", number);
  line->procedure = g_strdup ("Đăng ký khai sinh");
  line->applicant = g_strdup (number == 1 ? "=1+1" : "Nguyễn Thị Hường");
  line->address = g_strdup ("thôn Đồng Tâm");
  line->phone = g_strdup ("0912345678");
  line->office = g_strdup ("Ủy ban nhân dân xã Thử Nghiệm");
  line->received_ms = MC_TEST_MS;
  line->due = g_strdup ("2026-11-25T17:00");
  line->returned_ms = MC_TEST_MS + DAY_MS;
  return line;
}

static GPtrArray *
samples (guint count)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_register_line_free);

  for (guint i = 1; i <= count; i++)
    g_ptr_array_add (lines, sample (i));
  return lines;
}

/* All columns of Mẫu 07 on every page, every line once, the sheet lying. */
static void
test_pages (void)
{
  g_autoptr (GPtrArray) lines = samples (60);
  g_autoptr (McLetterhead) head = mc_letterhead_new ("Trung tâm PVHCC xã Thử Nghiệm");
  g_autoptr (McForm) form =
      mc_register_form (lines, head, "Hộ tịch", "tháng 11 năm 2026", "ngày 30 tháng 11 năm 2026");
  g_autoptr (McReadPdf) pdf = mc_read_form (form);
  g_autofree char *text = mc_read_all_text (pdf);
  g_autofree char *first = mc_read_text (pdf, 0);
  guint pages = (guint)poppler_document_get_n_pages (pdf);
  g_autoptr (McReadPage) page = poppler_document_get_page (pdf, 0);
  double width, height;

  poppler_page_get_size (page, &width, &height);
  g_assert_cmpfloat (width, >, height);
  g_assert_cmpuint (pages, >, 2);
  g_assert_nonnull (strstr (first, "SỔ THEO DÕI HỒ SƠ"));
  g_assert_nonnull (strstr (first, "Lĩnh vực: Hộ tịch"));
  g_assert_cmpuint (mc_read_occurrences (text, "Nhận và trả kết quả"), ==, pages);
  g_assert_cmpuint (mc_read_occurrences (text, "STT"), ==, pages);
  for (guint i = 1; i <= 60; i++)
    {
      g_autofree char *number = g_strdup_printf ("%07u", i);

      g_assert_cmpuint (mc_read_occurrences (text, number), ==, 1);
    }
}

/* Read by a program that we did not write; a name that looks like a formula is a name. */
static void
test_sheet (void)
{
  char *folder = mc_test_folder ();
  g_autofree char *path = g_build_filename (folder, "so.xlsx", NULL);
  g_autofree char *command = g_strdup_printf ("unzip -p '%s' xl/worksheets/sheet1.xml", path);
  g_autoptr (GPtrArray) lines = samples (3);
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = NULL;
  int status = -1;

  mc_register_write_sheet (lines, "Xã Thử Nghiệm", "Hộ tịch", "tháng 11 năm 2026", path, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_command_line_sync (command, &xml, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (xml, ">=1+1</t>"));
  g_assert_null (strstr (xml, "<f>"));
  g_assert_nonnull (strstr (xml, "Nguyễn Thị Hường"));
  g_assert_nonnull (strstr (xml, "H05.032.07-261121-0000003"));
  g_assert_cmpuint (mc_read_count (folder), ==, 1);
  mc_test_remove (folder);
}

/* A folder that is not there: nothing is left behind, and it is said. */
static void
test_nowhere (void)
{
  g_autoptr (GPtrArray) lines = samples (1);
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_register_write_sheet (lines,
                                           NULL,
                                           NULL,
                                           "năm 2026",
                                           "/nonexistent/folder/so.xlsx",
                                           &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_STORE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/register/lines", test_lines);
  g_test_add_func ("/register/returned", test_returned);
  g_test_add_func ("/register/keys", test_keys);
  g_test_add_func ("/register/pages", test_pages);
  g_test_add_func ("/register/sheet", test_sheet);
  g_test_add_func ("/register/nowhere", test_nowhere);
  return g_test_run ();
}
