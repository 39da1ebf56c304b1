/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-pdf-reader.h"

#include "mc-paper.h"
#include <math.h>
#include <string.h>

/* A rule is drawn half outside the line that it marks, and edges are smoothed. */
#define SLACK 1.0
#define MARKED "/Marked true"

guint
mc_read_count (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

void
mc_sample_set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

McReceiptData *
mc_sample_receipt (guint parts)
{
  McReceiptData *data = mc_receipt_data_new ();

  mc_letterhead_free (data->head);
  data->head = mc_letterhead_new ("Trung tâm PVHCC xã Thử Nghiệm");
  mc_sample_set (&data->date, "ngày 21 tháng 11 năm 2026");
  mc_sample_set (&data->code, "H05.032.07-261121-0421042");
  mc_sample_set (&data->applicant, "Nguyễn Thị Hường");
  mc_sample_set (&data->identity, "001185012345");
  mc_sample_set (&data->address, "Số 12, ngõ 34, thôn Đồng Tâm, xã Thử Nghiệm");
  mc_sample_set (&data->phone, "0912345678");
  mc_sample_set (&data->email, "huong@example.vn");
  mc_sample_set (&data->request, "Đăng ký khai sinh");
  mc_sample_set (&data->sets, "01");
  mc_sample_set (&data->term, "03 ngày làm việc");
  mc_sample_set (&data->received, "08 giờ 12 phút, ngày 21 tháng 11 năm 2026");
  mc_sample_set (&data->promised, "17 giờ 00 phút, ngày 25 tháng 11 năm 2026");
  mc_sample_set (&data->pickup, "Quầy số 3");
  mc_sample_set (&data->clerk, "Trần Văn Ước");
  for (guint i = 1; i <= parts; i++)
    {
      g_autofree char *name = g_strdup_printf (
          "Giấy thứ %u: hộ chiếu, thẻ căn cước hoặc giấy tờ tùy thân khác còn hiệu lực, hết %u.",
          i,
          i);

      mc_receipt_data_add_part (data, name, 1, 2, 13);
    }
  return data;
}

McReadPdf *
mc_read_pdf (const McReceiptData *data)
{
  g_autoptr (McForm) form = mc_receipt_form (data);

  return mc_read_form (form);
}

/* The typeface of the decree, or the one that has its measures; all of it in the file. */
static void
assert_fonts (McReadPdf *pdf)
{
  PopplerFontInfo *fonts = poppler_font_info_new (pdf);
  PopplerFontsIter *iter = NULL;
  guint count = 0;

  if (poppler_font_info_scan (fonts, poppler_document_get_n_pages (pdf), &iter))
    do
      {
        const char *name = poppler_fonts_iter_get_name (iter);

        if (!poppler_fonts_iter_is_embedded (iter) ||
            !(g_str_has_prefix (name, "LiberationSerif") ||
              g_str_has_prefix (name, "TimesNewRoman")))
          g_error ("the PDF has the font %s", name);
        count++;
      }
    while (poppler_fonts_iter_next (iter));
  g_assert_cmpuint (count, >, 0);
  poppler_fonts_iter_free (iter);
  g_object_unref (fonts);
}

static McReadPdf *
read_file (McForm *form)
{
  char *folder = mc_test_folder ();
  g_autofree char *path = g_build_filename (folder, "giấy hẹn.pdf", NULL);
  g_autofree char *title = NULL;
  g_autoptr (GBytes) bytes = NULL;
  McReadPdf *pdf;
  GError *error = NULL;
  gsize length;
  char *contents;

  g_assert_nonnull (form);
  mc_form_write_pdf (form, path, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_nonnull (memmem (contents, length, MARKED, strlen (MARKED)));
  bytes = g_bytes_new_take (contents, length);
  pdf = poppler_document_new_from_bytes (bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (poppler_document_get_n_pages (pdf), ==, mc_form_pages (form));
  title = poppler_document_get_title (pdf);
  g_assert_cmpstr (title, ==, mc_form_title (form));
  mc_test_remove (folder);
  return pdf;
}

McReadPdf *
mc_read_form (McForm *form)
{
  McReadPdf *pdf = read_file (form);

  assert_fonts (pdf);
  return pdf;
}

McReadPdf *
mc_read_strange_form (McForm *form)
{
  return read_file (form);
}

char *
mc_read_structure (McForm *form)
{
  char *folder = mc_test_folder ();
  g_autofree char *path = g_build_filename (folder, "form.pdf", NULL);
  g_autofree char *pdfinfo = g_find_program_in_path ("pdfinfo");
  const char *argv[] = { pdfinfo, "-enc", "UTF-8", "-struct-text", path, NULL };
  char *structure = NULL;
  GError *error = NULL;

  g_assert_nonnull (pdfinfo); /* poppler-utils: ./run installs it */
  mc_form_write_pdf (form, path, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **)argv, NULL, 0, NULL, NULL, &structure, NULL, NULL, &error);
  g_assert_no_error (error);
  mc_test_remove (folder);
  return structure;
}

static char *
single_spaced (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n\r\t\f", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i])
      g_ptr_array_add (kept, words[i]);
  g_ptr_array_add (kept, NULL);
  return g_strjoinv (" ", (char **)kept->pdata);
}

char *
mc_read_text (McReadPdf *pdf, int page)
{
  g_autoptr (McReadPage) p = poppler_document_get_page (pdf, page);
  g_autofree char *text = poppler_page_get_text (p);

  return single_spaced (text);
}

char *
mc_read_all_text (McReadPdf *pdf)
{
  GString *all = g_string_new (NULL);

  for (int i = 0; i < poppler_document_get_n_pages (pdf); i++)
    {
      g_autofree char *text = mc_read_text (pdf, i);

      g_string_append_printf (all, "%s%s", i ? " " : "", text);
    }
  return g_string_free (all, FALSE);
}

/* Poppler's own text of an area is a selection, which takes whole lines; this takes the characters
 * whose middle is inside. */
char *
mc_read_area (McReadPdf *pdf, int page, const PopplerRectangle *area)
{
  g_autoptr (McReadPage) p = poppler_document_get_page (pdf, page);
  g_autofree char *text = poppler_page_get_text (p);
  g_autofree PopplerRectangle *boxes = NULL;
  g_autoptr (GString) inside = g_string_new (NULL);
  const char *at = text;
  guint count = 0;

  g_assert_true (poppler_page_get_text_layout (p, &boxes, &count));
  g_assert_cmpuint (count, ==, (guint)g_utf8_strlen (text, -1));
  for (guint i = 0; i < count; i++, at = g_utf8_next_char (at))
    {
      double x = (boxes[i].x1 + boxes[i].x2) / 2;
      double y = (boxes[i].y1 + boxes[i].y2) / 2;
      gunichar c = g_utf8_get_char (at);

      if (c == '\n')
        g_string_append_c (inside, ' ');
      else if (x >= area->x1 && x <= area->x2 && y >= area->y1 && y <= area->y2)
        g_string_append_unichar (inside, c);
    }
  return single_spaced (inside->str);
}

PopplerRectangle
mc_read_find (McReadPdf *pdf, int page, const char *text)
{
  g_autoptr (McReadPage) p = poppler_document_get_page (pdf, page);
  GList *found = poppler_page_find_text (p, text);
  PopplerRectangle rectangle;
  double bottom;

  if (found == NULL)
    g_error ("page %d does not say \"%s\"", page, text);
  rectangle = *(PopplerRectangle *)found->data;
  g_list_free_full (found, (GDestroyNotify)poppler_rectangle_free);
  /* Found text is measured from the foot of the page. */
  bottom = MC_PAPER_HEIGHT - MIN (rectangle.y1, rectangle.y2);
  rectangle.y1 = MC_PAPER_HEIGHT - MAX (rectangle.y1, rectangle.y2);
  rectangle.y2 = bottom;
  return rectangle;
}

guint
mc_read_occurrences (const char *text, const char *word)
{
  guint count = 0;

  for (const char *at = strstr (text, word); at; at = strstr (at + strlen (word), word))
    count++;
  return count;
}

cairo_surface_t *
mc_read_render (McReadPdf *pdf, int page)
{
  g_autoptr (McReadPage) p = poppler_document_get_page (pdf, page);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                       (int)(MC_PAPER_WIDTH * MC_READ_ZOOM) + 1,
                                                       (int)(MC_PAPER_HEIGHT * MC_READ_ZOOM) + 1);
  cairo_t *cr = cairo_create (image);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, MC_READ_ZOOM, MC_READ_ZOOM);
  poppler_page_render_for_printing (p, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

gboolean
mc_read_dark (cairo_surface_t *image, int x, int y)
{
  const guchar *row = cairo_image_surface_get_data (image) +
                      (gsize)y * (gsize)cairo_image_surface_get_stride (image);
  guint32 pixel;

  memcpy (&pixel, row + (gsize)x * sizeof pixel, sizeof pixel);
  return (pixel & 0xff) < 0x80;
}

/* The text, by its own rectangles. */
static void
assert_text_inside (McReadPdf *pdf, int page)
{
  g_autoptr (McReadPage) p = poppler_document_get_page (pdf, page);
  PopplerRectangle *rectangles = NULL;
  guint count = 0;

  g_assert_true (poppler_page_get_text_layout (p, &rectangles, &count));
  g_assert_cmpuint (count, >, 0);
  for (guint i = 0; i < count; i++)
    {
      g_assert_cmpfloat (rectangles[i].x1, >=, MC_PAPER_LEFT - SLACK);
      g_assert_cmpfloat (rectangles[i].x2, <=, MC_PAPER_WIDTH - MC_PAPER_RIGHT + SLACK);
      g_assert_cmpfloat (rectangles[i].y2, <=, MC_PAPER_HEIGHT - MC_PAPER_BOTTOM + SLACK);
      if (rectangles[i].y2 >= MC_PAPER_TOP)
        g_assert_cmpfloat (rectangles[i].y1, >=, MC_PAPER_TOP - SLACK);
    }
  g_free (rectangles);
}

/* Everything that is printed, rules and symbols too. */
static void
assert_ink_inside (McReadPdf *pdf, int page)
{
  cairo_surface_t *image = mc_read_render (pdf, page);
  int left = (int)((MC_PAPER_LEFT - SLACK) * MC_READ_ZOOM);
  int right = (int)((MC_PAPER_WIDTH - MC_PAPER_RIGHT + SLACK) * MC_READ_ZOOM);
  int top = (int)((MC_PAPER_TOP - SLACK) * MC_READ_ZOOM);
  int bottom = (int)((MC_PAPER_HEIGHT - MC_PAPER_BOTTOM + SLACK) * MC_READ_ZOOM);
  guint outside = 0, number = 0;

  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      if (mc_read_dark (image, x, y))
        {
          outside += x < left || x > right || y > bottom;
          number += y < top;
        }
  cairo_surface_destroy (image);
  g_assert_cmpuint (outside, ==, 0);
  if (page == 0)
    g_assert_cmpuint (number, ==, 0);
  else
    g_assert_cmpuint (number, >, 0);
}

void
mc_read_assert_margins (McReadPdf *pdf)
{
  for (int page = 0; page < poppler_document_get_n_pages (pdf); page++)
    {
      assert_text_inside (pdf, page);
      assert_ink_inside (pdf, page);
    }
}

void
mc_read_assert_qr (McReadPdf *pdf, const char *text)
{
  g_autofree char *zbarimg = g_find_program_in_path ("zbarimg");
  char *folder = mc_test_folder ();
  g_autofree char *png = g_build_filename (folder, "page.png", NULL);
  const char *argv[] = { zbarimg, "-q", "--raw", png, NULL };
  cairo_surface_t *image = mc_read_render (pdf, 0);
  g_autofree char *decoded = NULL;
  GError *error = NULL;

  g_assert_nonnull (zbarimg); /* zbar-tools: ./run installs it */
  g_assert_cmpint (cairo_surface_write_to_png (image, png), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (image);
  g_spawn_sync (NULL,
                (char **)argv,
                NULL,
                G_SPAWN_STDERR_TO_DEV_NULL,
                NULL,
                NULL,
                &decoded,
                NULL,
                NULL,
                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_strchomp (decoded), ==, text);
  mc_test_remove (folder);
}

/* A combining mark, or a wide letter of another font, reaches over its neighbour a little. */
#define OVERLAP 2.0

void
mc_read_assert_apart (McReadPdf *pdf)
{
  for (int i = 0; i < poppler_document_get_n_pages (pdf); i++)
    {
      g_autoptr (McReadPage) page = poppler_document_get_page (pdf, i);
      g_autofree char *text = poppler_page_get_text (page);
      g_autofree PopplerRectangle *boxes = NULL;
      g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (PopplerRectangle));
      const char *at = text;
      guint count = 0;
      gboolean fresh = TRUE;

      g_assert_true (poppler_page_get_text_layout (page, &boxes, &count));
      for (guint k = 0; k < count; k++, at = g_utf8_next_char (at))
        {
          PopplerRectangle *word;

          if (g_ascii_isspace (*at))
            {
              fresh = TRUE;
              continue;
            }
          /* Between the two heads of a page poppler says nothing. */
          if (fresh || fabs (boxes[k].x1 - boxes[k - 1].x2) > OVERLAP)
            g_array_append_val (words, boxes[k]);
          fresh = FALSE;
          word = &g_array_index (words, PopplerRectangle, words->len - 1);
          word->x1 = MIN (word->x1, boxes[k].x1);
          word->x2 = MAX (word->x2, boxes[k].x2);
          word->y1 = MIN (word->y1, boxes[k].y1);
          word->y2 = MAX (word->y2, boxes[k].y2);
        }
      for (guint a = 0; a < words->len; a++)
        for (guint b = a + 1; b < words->len; b++)
          {
            const PopplerRectangle *one = &g_array_index (words, PopplerRectangle, a);
            const PopplerRectangle *other = &g_array_index (words, PopplerRectangle, b);
            double x = MIN (one->x2, other->x2) - MAX (one->x1, other->x1);
            double y = MIN (one->y2, other->y2) - MAX (one->y1, other->y1);

            /* The boxes of letters are as high as their font, higher than a line is. */
            if (x > OVERLAP && y > (one->y2 - one->y1) / 2)
              g_error (
                  "two words lie over each other on page %d at %.0f, %.0f-%.0f and %.0f, %.0f-%.0f",
                  i + 1,
                  one->x1,
                  one->y1,
                  one->y2,
                  other->x1,
                  other->y1,
                  other->y2);
          }
    }
}
