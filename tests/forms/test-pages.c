/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a long receipt goes over the pages. */
#include "mc-paper.h"
#include "mc-pdf-reader.h"
#include <locale.h>
#include <string.h>

static char *
repeated (const char *text, guint times)
{
  GString *all = g_string_new (NULL);

  while (times-- > 0)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

static void
assert_page_number (McReadPdf *pdf, int page)
{
  const PopplerRectangle top = { 0, 0, MC_PAPER_WIDTH, MC_PAPER_TOP };
  g_autofree char *above = mc_read_area (pdf, page, &top);
  g_autofree char *number = g_strdup_printf ("%d", page + 1);
  PopplerRectangle where;

  g_assert_cmpstr (above, ==, page == 0 ? "" : number);
  if (page == 0)
    return;
  where = mc_read_find (pdf, page, number);
  g_assert_cmpfloat_with_epsilon ((where.x1 + where.x2) / 2,
                                  MC_PAPER_LEFT + MC_PAPER_TEXT / 2,
                                  2.0);
}

static void
assert_a4 (McReadPdf *pdf)
{
  for (int i = 0; i < poppler_document_get_n_pages (pdf); i++)
    {
      g_autoptr (McReadPage) page = poppler_document_get_page (pdf, i);
      double width, height;

      poppler_page_get_size (page, &width, &height);
      g_assert_cmpfloat_with_epsilon (width, 595.28, 0.1);
      g_assert_cmpfloat_with_epsilon (height, 841.89, 0.1);
    }
}

/* On which page the name column has both the beginning and the end of a part's name. */
static int
page_of_part (McReadPdf *pdf, guint part)
{
  const PopplerRectangle column = {
    MC_PAPER_LEFT + 12 * MC_PAPER_MM,
    MC_PAPER_TOP,
    MC_PAPER_LEFT + 105 * MC_PAPER_MM,
    MC_PAPER_HEIGHT,
  };
  g_autofree char *begin = g_strdup_printf ("Giấy thứ %u:", part);
  g_autofree char *end = g_strdup_printf ("hết %u.", part);
  int page = -1;

  for (int i = 0; i < poppler_document_get_n_pages (pdf); i++)
    {
      g_autofree char *names = mc_read_area (pdf, i, &column);
      gboolean begins = strstr (names, begin) != NULL;

      g_assert_cmpint (begins, ==, strstr (names, end) != NULL);
      if (begins)
        page = i;
    }
  g_assert_cmpint (page, >=, 0);
  return page;
}

static void
test_sixty_parts (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (60);
  g_autoptr (McReadPdf) pdf = mc_read_pdf (data);
  int last = 0;

  g_assert_cmpint (poppler_document_get_n_pages (pdf), >, 3);
  for (guint part = 1; part <= 60; part++)
    {
      int page = page_of_part (pdf, part);

      g_assert_cmpint (page, >=, last);
      last = page;
    }
  for (int page = 0; page <= last; page++)
    {
      g_autofree char *text = mc_read_text (pdf, page);

      g_assert_cmpuint (mc_read_occurrences (text, "chứng thực"), ==, 1);
      assert_page_number (pdf, page);
    }
  assert_a4 (pdf);
  mc_read_assert_margins (pdf);
}

/* However many parts there are, who signs sees at least two lines of what is signed. */
static void
test_signatures_have_company (void)
{
  gboolean broke = FALSE;

  for (guint parts = 0; parts <= 24; parts++)
    {
      g_autoptr (McReceiptData) data = mc_sample_receipt (parts);
      g_autoptr (McReadPdf) pdf = mc_read_pdf (data);
      int last = poppler_document_get_n_pages (pdf) - 1;
      g_autofree char *text = mc_read_text (pdf, last);

      g_assert_nonnull (strstr (text, "Đăng ký nhận kết quả tại:"));
      g_assert_nonnull (strstr (text, "Vào Sổ theo dõi hồ sơ, Quyển số:"));
      g_assert_nonnull (strstr (text, "NGƯỜI NỘP HỒ SƠ"));
      g_assert_cmpuint (mc_read_occurrences (text, "(Ký và ghi rõ họ tên)"), ==, 2);
      g_assert_nonnull (strstr (text, "Trần Văn Ước"));
      broke |= last > 0 && strstr (text, "Số lượng hồ sơ:") == NULL;
    }
  /* The rule was put to the test: somewhere the break fell into the closing lines. */
  g_assert_true (broke);
}

/* A usual dossier is one sheet of paper. */
static void
test_usual_is_one_page (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (5);
  g_autoptr (McReadPdf) pdf = mc_read_pdf (data);

  g_assert_cmpint (poppler_document_get_n_pages (pdf), ==, 1);
  mc_read_assert_margins (pdf);
}

#define MM(length) ((length)*72.0 / 25.4)

static McReadPdf *
read_shape (guint parts, McFormShape shape)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (parts);
  g_autoptr (McPaperStyle) style = mc_paper_style_new ();
  g_autoptr (McForm) form = NULL;

  style->shape = shape;
  form = mc_receipt_form_as (data, style);
  return mc_read_form (form);
}

static void
assert_size (McReadPdf *pdf, double width, double height)
{
  g_autoptr (McReadPage) page = poppler_document_get_page (pdf, 0);
  double own_width, own_height;

  poppler_page_get_size (page, &own_width, &own_height);
  g_assert_cmpfloat_with_epsilon (own_width, width, 0.5);
  g_assert_cmpfloat_with_epsilon (own_height, height, 0.5);
}

/* A5 is a sheet of its own: its margins are blank, its letters can be read, its symbol is as large
 * as on A4, and what has no room goes on. Two of them are a sheet of A4. */
static void
test_small (void)
{
  g_autoptr (McReadPdf) pdf = read_shape (3, MC_FORM_SHAPE_A5);
  g_autoptr (McReadPdf) two = read_shape (3, MC_FORM_SHAPE_TWO);
  g_autoptr (McReadPdf) more = read_shape (40, MC_FORM_SHAPE_A5);
  PopplerRectangle inside = { MM (20), MM (14), MM (138), MM (196) };
  PopplerRectangle line = mc_read_find (pdf, 0, "Nguyễn Thị Hường");
  g_autofree char *all = mc_read_text (pdf, 0);
  g_autofree char *within = mc_read_area (pdf, 0, &inside);
  g_autofree char *both = mc_read_text (two, 0);

  assert_size (pdf, MM (148), MM (210));
  assert_size (two, MM (297), MM (210));
  g_assert_cmpint (poppler_document_get_n_pages (pdf), ==, 1);
  g_assert_cmpint (poppler_document_get_n_pages (two), ==, 1);
  g_assert_cmpint (poppler_document_get_n_pages (more), >, 1);
  g_assert_cmpstr (all, ==, within);
  /* A line of 9.6 points is this high. */
  g_assert_cmpfloat (line.y2 - line.y1, >, 9.6);
  mc_read_assert_qr (pdf, "H05.032.07-261121-0421042");
  mc_read_assert_apart (pdf);
  mc_read_assert_apart (two);
  mc_read_assert_apart (more);
  g_assert_cmpuint (mc_read_occurrences (both, "Nguyễn Thị Hường"), ==, 2);
}

static void
test_long_values (void)
{
  g_autofree char *words = repeated ("số nhà 123 ngõ 45 đường Nguyễn Thị Minh Khai, ", 12);
  g_autofree char *one_word = repeated ("Đ", 300);
  g_autofree char *mail = g_strconcat (one_word, "@example.vn", NULL);
  g_autoptr (McReceiptData) data = mc_sample_receipt (3);
  g_autoptr (McReadPdf) pdf = NULL;
  g_autofree char *text = NULL;

  mc_sample_set (&data->address, words);
  mc_sample_set (&data->applicant, one_word);
  mc_sample_set (&data->email, mail);
  mc_sample_set (&data->clerk, words);
  mc_sample_set (&data->head->superior, words);
  mc_sample_set (&data->head->unit, one_word);
  mc_sample_set (&data->head->place, words);
  mc_receipt_data_add_part (data, words, 9999, 9999, 9999);
  mc_receipt_data_add_part (data, one_word, 1, 0, 0);
  pdf = mc_read_pdf (data);
  text = mc_read_all_text (pdf);
  g_assert_nonnull (strstr (text, "Minh Khai,"));
  mc_read_assert_margins (pdf);
}

/* The longest texts that an op may hold: 4,000 bytes each. */
static void
test_longest_values (void)
{
  g_autofree char *words = repeated ("Khai ", 800);
  g_autoptr (McReceiptData) data = mc_sample_receipt (1);
  g_autoptr (McReadPdf) pdf = NULL;
  g_autofree char *text = NULL;

  mc_sample_set (&data->address, words);
  mc_sample_set (&data->request, words);
  mc_sample_set (&data->code, words);
  mc_sample_set (&data->clerk, words);
  mc_sample_set (&data->head->superior, words);
  mc_sample_set (&data->head->unit, words);
  mc_sample_set (&data->head->place, words);
  mc_receipt_data_add_part (data, words, 1, 1, 1);
  pdf = mc_read_pdf (data);
  text = mc_read_all_text (pdf);
  /* Fields go on over the pages to the last word; a row is never torn, and so is cut at a page. */
  g_assert_cmpuint (mc_read_occurrences (text, "Khai"), >=, 1600);
  mc_read_assert_margins (pdf);
}

static gpointer
make_form (gpointer data)
{
  return mc_receipt_form (data);
}

/* Made on the thread that writes, drawn on the window's. */
static void
test_other_thread (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (30);
  g_autoptr (GThread) thread = g_thread_new ("form", make_form, data);
  g_autoptr (McForm) form = g_thread_join (g_steal_pointer (&thread));
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 600, 850);
  cairo_t *cr = cairo_create (image);

  for (guint page = 0; page < mc_form_pages (form); page++)
    mc_form_draw (form, cr, page);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* so that what failed can be read */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/sixty-parts", test_sixty_parts);
  g_test_add_func ("/pages/signatures-have-company", test_signatures_have_company);
  g_test_add_func ("/pages/usual-is-one-page", test_usual_is_one_page);
  g_test_add_func ("/pages/small", test_small);
  g_test_add_func ("/pages/long-values", test_long_values);
  g_test_add_func ("/pages/longest-values", test_longest_values);
  g_test_add_func ("/pages/other-thread", test_other_thread);
  return g_test_run ();
}
