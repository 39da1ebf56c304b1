/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forms as PDF files beside raw Cairo and Pango: the same number of pages with about as many
 * letters and rules, set by a program that knows nothing of law, paper, tags or durability. Turn by
 * turn, so that what else the machine does weighs on both.
 */
#include "mc-sample-forms.h"

#include "mc-paper.h"
#include "mc-register-form.h"
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <sys/resource.h>

#define TURNS 3
#define RECEIPTS 100
#define LINES 10000
#define RAW_ROWS 40

static double
ms_since (gint64 start)
{
  return (double)(g_get_monotonic_time () - start) / 1000.0;
}

static int
by_value (gconstpointer a, gconstpointer b)
{
  double one = *(const double *)a, other = *(const double *)b;

  return (one > other) - (one < other);
}

static double
median (double *times)
{
  qsort (times, TURNS, sizeof *times, by_value);
  return times[TURNS / 2];
}

static void
write_form (McForm *form, const char *path)
{
  GError *error = NULL;

  mc_form_write_pdf (form, path, &error);
  g_assert_no_error (error);
}

/* Returns: how many pages. */
static guint
write_receipts (guint count, const char *path)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_form_free);
  g_autoptr (McForm) bundle = NULL;

  mc_paper_share (TRUE);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (McReceiptData) data = mc_sample_receipt (5);

      g_ptr_array_add (forms, mc_receipt_form (data));
    }
  mc_paper_share (FALSE);
  bundle = mc_form_bundle ("Giấy hẹn", forms);
  write_form (bundle, path);
  return mc_form_pages (bundle);
}

static GPtrArray *
register_lines (void)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_register_line_free);

  for (guint i = 1; i <= LINES; i++)
    {
      McRegisterLine *line = g_new0 (McRegisterLine, 1);

      line->ordinal = i;
      line->code = g_strdup_printf ("H05.032.07-261121-%07u", i);
      line->procedure = g_strdup ("Đăng ký khai sinh");
      line->applicant = g_strdup ("Nguyễn Thị Hường");
      line->address = g_strdup ("thôn Đồng Tâm");
      line->phone = g_strdup ("0912345678");
      line->office = g_strdup ("Ủy ban nhân dân xã Thử Nghiệm");
      line->received_ms = MC_TEST_MS;
      line->due = g_strdup ("2026-11-25T17:00");
      g_ptr_array_add (lines, line);
    }
  return lines;
}

static guint
write_register (GPtrArray *lines, const char *path)
{
  g_autoptr (McLetterhead) head = mc_letterhead_new ("Trung tâm PVHCC xã Thử Nghiệm");
  g_autoptr (McForm) form = mc_register_form (lines, head, "Hộ tịch", "năm 2026", NULL);

  write_form (form, path);
  return mc_form_pages (form);
}

static void
show (cairo_t *cr, const char *text, double size, double x, double y, double width)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  g_autofree char *name = g_strdup_printf ("Liberation Serif %.0f", size);
  PangoFontDescription *font = pango_font_description_from_string (name);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  g_object_unref (layout);
}

static void
rule (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

/* As many paragraphs as a receipt has. */
static void
raw_page (cairo_t *cr)
{
  for (guint i = 0; i < RAW_ROWS; i++)
    show (cr,
          "Tiếp nhận hồ sơ của Ông (Bà): Nguyễn Thị Hường, thôn Đồng Tâm",
          13,
          85,
          60 + 18 * i,
          440);
}

/* As many cells as a page of the register has. */
static void
raw_table (cairo_t *cr, guint rows)
{
  static const char *const cells[] = {
    "1284",
    "H05.032.07-261121-\n0421001",
    "Đăng ký khai sinh",
    "Nguyễn Thị Hường",
    "thôn Đồng Tâm; 0912345678",
    "Ủy ban nhân dân xã Thử Nghiệm",
    "21/11/2026 08:12",
    "25/11/2026 17:00",
    "",
    "",
    "",
  };

  for (guint row = 0; row < rows; row++)
    for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
      {
        double x = 85 + 64.0 * i, y = 60 + 450.0 / rows * row;

        show (cr, cells[i], 10, x + 3, y + 3, 58);
        rule (cr, x, y, x, y + 450.0 / rows);
        rule (cr, x, y, x + 64, y);
      }
}

static void
write_raw (guint pages, guint rows, const char *path)
{
  double width = rows > 0 ? 842 : 595, height = rows > 0 ? 595 : 842;
  cairo_surface_t *surface = cairo_pdf_surface_create (path, width, height);
  cairo_t *cr = cairo_create (surface);

  for (guint page = 0; page < pages; page++)
    {
      if (rows > 0)
        raw_table (cr, rows);
      else
        raw_page (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
figure (const char *what, double *ours, double *raw, guint pages)
{
  double mine = median (ours), theirs = median (raw);

  g_print ("  %-66s %.1f ms of raw %.1f ms: %.2fx (%u pages)\n",
           what,
           mine,
           theirs,
           mine / theirs,
           pages);
}

static void
measure_receipts (guint count, const char *what, const char *path)
{
  double ours[TURNS], raw[TURNS];
  guint pages = write_receipts (count, path);

  for (guint i = 0; i < TURNS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      (void)write_receipts (count, path);
      ours[i] = ms_since (start);
      start = g_get_monotonic_time ();
      write_raw (pages, 0, path);
      raw[i] = ms_since (start);
    }
  figure (what, ours, raw, pages);
}

static void
measure_register (const char *path)
{
  g_autoptr (GPtrArray) lines = register_lines ();
  double ours[TURNS], raw[TURNS];
  guint pages = 0;

  for (guint i = 0; i < TURNS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      pages = write_register (lines, path);
      ours[i] = ms_since (start);
      start = g_get_monotonic_time ();
      write_raw (pages, LINES / pages, path);
      raw[i] = ms_since (start);
    }
  figure ("a register of 10,000 lines", ours, raw, pages);
}

int
main (int argc, char **argv)
{
  char *folder = mc_test_folder ();
  g_autofree char *path = g_build_filename (folder, "form.pdf", NULL);
  struct rusage usage;

  measure_receipts (1, "a receipt", path);
  measure_receipts (RECEIPTS, "100 receipts", path);
  measure_register (path);
  getrusage (RUSAGE_SELF, &usage);
  g_print ("  %-66s %ld MB\n", "peak memory", usage.ru_maxrss / 1024);
  mc_test_remove (folder);
  return 0;
}
