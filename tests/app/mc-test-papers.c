/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-test-papers.h"
#include <cairo-pdf.h>
#include <gio/gio.h>

char *
mc_test_paper (const char *folder, const char *name, guint pages, double width, double height)
{
  char *path = g_build_filename (folder, name, NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, width, height);
  cairo_t *cr = cairo_create (surface);

  for (guint page = 1; page <= pages; page++)
    {
      g_autofree char *text = g_strdup_printf ("Trang %u", page);

      cairo_set_font_size (cr, 24);
      cairo_move_to (cr, 72, 72);
      cairo_show_text (cr, text);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return path;
}

char *
mc_test_paper_torn (const char *folder, const char *path, gsize keep)
{
  g_autofree char *bytes = NULL;
  char *torn = g_build_filename (folder, "torn.pdf", NULL);
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (keep, <, length);
  g_assert_true (g_file_set_contents (torn, bytes, (gssize)keep, NULL));
  return torn;
}

char *
mc_test_paper_locked (const char *folder, const char *path)
{
  g_autofree char *qpdf = g_find_program_in_path ("qpdf");
  char *locked = g_build_filename (folder, "locked.pdf", NULL);
  g_autoptr (GSubprocess) process = NULL;

  if (qpdf == NULL)
    {
      g_free (locked);
      return NULL;
    }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE,
                              NULL,
                              qpdf,
                              "--encrypt",
                              "secret",
                              "secret",
                              "256",
                              "--",
                              path,
                              locked,
                              NULL);
  g_assert_nonnull (process);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  return locked;
}

char *
mc_test_paper_text (const char *folder)
{
  char *path = g_build_filename (folder, "letter.pdf", NULL);

  g_assert_true (g_file_set_contents (path, "Kính gửi: Ủy ban nhân dân xã", -1, NULL));
  return path;
}
