/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every form beside its picture in golden/. Squares of four points are compared by their greys, so
 * that another version of the drawing libraries may smooth letters otherwise, and a line that moved
 * by a point or a word that is another is seen. MC_GOLDEN_WRITE=1 (tests/forms/golden.sh) draws the
 * pictures anew: look at each before it is committed.
 */
#include "mc-declaration-form.h"
#include "mc-sample-forms.h"

#include <string.h>

/* Pixels a point. */
#define ZOOM 1.0
#define SQUARE 4
/* Of 255, by how much the grey of a square may differ. */
#define TOLERANCE 40
#define PAGES_MAX 3

static cairo_surface_t *
draw (McForm *form, guint page)
{
  double width, height;
  cairo_surface_t *image;
  cairo_t *cr;

  mc_form_page_size (form, page, &width, &height);
  image =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)(width * ZOOM), (int)(height * ZOOM));
  cr = cairo_create (image);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, ZOOM, ZOOM);
  mc_form_draw (form, cr, page);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

/* All of a form is black on white: one channel says it. */
static int
grey (cairo_surface_t *image, int x, int y)
{
  const guchar *row = cairo_image_surface_get_data (image) +
                      (gsize)y * (gsize)cairo_image_surface_get_stride (image);
  guint32 pixel;
  int sum = 0;

  for (int dy = 0; dy < SQUARE; dy++, row += cairo_image_surface_get_stride (image))
    for (int dx = 0; dx < SQUARE; dx++)
      {
        memcpy (&pixel, row + (gsize)(x + dx) * sizeof pixel, sizeof pixel);
        sum += (int)(pixel & 0xff);
      }
  return sum / (SQUARE * SQUARE);
}

/* One channel is a third of the file. */
static void
write_grey (cairo_surface_t *image, const char *path)
{
  int width = cairo_image_surface_get_width (image);
  int height = cairo_image_surface_get_height (image);
  cairo_surface_t *one = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guchar *from = cairo_image_surface_get_data (image) +
                             (gsize)y * (gsize)cairo_image_surface_get_stride (image);
        guchar *to = cairo_image_surface_get_data (one) +
                     (gsize)y * (gsize)cairo_image_surface_get_stride (one);

        memcpy (&to[x], from + (gsize)x * sizeof (guint32), 1);
      }
  cairo_surface_mark_dirty (one);
  g_assert_cmpint (cairo_surface_write_to_png (one, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (one);
}

static void
compare (cairo_surface_t *now, cairo_surface_t *golden, const char *path)
{
  int width = cairo_image_surface_get_width (now);
  int height = cairo_image_surface_get_height (now);
  int worst = 0, at_x = 0, at_y = 0;

  g_assert_cmpint (cairo_surface_status (golden), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (golden), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (golden), ==, height);
  for (int y = 0; y + SQUARE <= height; y += SQUARE)
    for (int x = 0; x + SQUARE <= width; x += SQUARE)
      {
        int difference = ABS (grey (now, x, y) - grey (golden, x, y));

        if (difference > worst)
          {
            worst = difference;
            at_x = x;
            at_y = y;
          }
      }
  if (worst > TOLERANCE)
    g_error ("%s differs by %d at %d, %d; tests/forms/golden.sh draws it anew",
             path,
             worst,
             at_x,
             at_y);
}

/* @name: of its pictures */
static void
look_at (McForm *form, const char *name)
{
  for (guint page = 0; page < MIN (mc_form_pages (form), PAGES_MAX); page++)
    {
      g_autofree char *file = g_strdup_printf ("%s-%u.png", name, page + 1);
      g_autofree char *path =
          g_build_filename (g_getenv ("MC_SOURCE_ROOT"), "tests/forms/golden", file, NULL);
      cairo_surface_t *now = draw (form, page);

      if (g_getenv ("MC_GOLDEN_WRITE") != NULL)
        write_grey (now, path);
      else
        {
          cairo_surface_t *golden = cairo_image_surface_create_from_png (path);

          compare (now, golden, path);
          cairo_surface_destroy (golden);
        }
      cairo_surface_destroy (now);
    }
}

static void
test_form (gconstpointer data)
{
  const McSampleForm *sample = data;
  g_autoptr (McForm) form = sample->make ();

  look_at (form, sample->name);
}

/* What a resident might say in a blank of this kind. */
static const char *
said_in (const McBlank *blank)
{
  static const char *const said[MC_N_BLANKS] = {
    [MC_BLANK_TEXT] = "Theo giấy tờ kèm theo",
    [MC_BLANK_NAME] = "Nguyễn Thị Hường",
    [MC_BLANK_ADDRESS] = "Số 12, ngõ 34, thôn Đồng Tâm, xã Thử Nghiệm",
    [MC_BLANK_DATE] = "2026-03-05",
    [MC_BLANK_IDENTITY] = "001185012345",
    [MC_BLANK_PHONE] = "0912345678",
    [MC_BLANK_EMAIL] = "huong@example.vn",
    [MC_BLANK_NUMBER] = "2",
    [MC_BLANK_MONEY] = "50000000",
    [MC_BLANK_FLAG] = MC_BLANK_TICKED,
  };

  static const char *const known[][2] = {
    { "dan_toc", "Kinh" },
    { "quoc_tich", "Việt Nam" },
    { "kinh_gui", "Ủy ban nhân dân xã Thử Nghiệm" },
    { "lam_tai", "xã Thử Nghiệm" },
    { "quan_he", "con" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_has_suffix (blank->key, known[i][0]))
      return known[i][1];
  if (blank->kind == MC_BLANK_CHOICE)
    return ((McBlankOption *)blank->option->pdata[0])->id;
  return said[blank->kind];
}

static json_t *
said_all (const McDeclaration *declaration)
{
  json_t *values = json_object ();

  for (guint i = 0; i < declaration->blank->len; i++)
    {
      const McBlank *blank = declaration->blank->pdata[i];

      if (blank->kind != MC_BLANK_ROWS)
        json_object_set_new (values, blank->key, json_string (said_in (blank)));
      for (guint k = 0; k < blank->column->len; k++)
        {
          const McBlank *column = blank->column->pdata[k];
          g_autofree char *name = g_strdup_printf ("%s.1.%s", blank->key, column->key);

          json_object_set_new (values, name, json_string (said_in (column)));
        }
    }
  return values;
}

static void
test_declaration (gconstpointer data)
{
  const McDeclaration *declaration = data;
  g_autoptr (json_t) values = said_all (declaration);
  g_autoptr (McForm) blank = mc_declaration_form (declaration, NULL);
  g_autoptr (McForm) filled = mc_declaration_form (declaration, values);
  g_autofree char *blank_name = g_strdup_printf ("declaration-%s-blank", declaration->id);
  g_autofree char *name = g_strdup_printf ("declaration-%s", declaration->id);

  look_at (blank, blank_name);
  look_at (filled, name);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const McSampleForm *sample = mc_sample_forms (); sample->name != NULL; sample++)
    {
      g_autofree char *path = g_strdup_printf ("/golden/%s", sample->name);

      g_test_add_data_func (path, sample, test_form);
    }
  for (guint i = 0; i < mc_declaration_usual ()->len; i++)
    {
      const McDeclaration *declaration = mc_declaration_usual ()->pdata[i];
      g_autofree char *path = g_strdup_printf ("/golden/declaration-%s", declaration->id);

      g_test_add_data_func (path, declaration, test_declaration);
    }
  return g_test_run ();
}
