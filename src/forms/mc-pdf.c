/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-pdf.h"

#include "mc-error.h"
#include "mc-progress.h"
#include <cairo-pdf.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  int fd;
  int errsv; /* of the first failure; 0: none */
} Sink;

static cairo_status_t
sink_write (void *closure, const unsigned char *data, unsigned int length)
{
  Sink *sink = closure;

  while (length > 0 && sink->errsv == 0)
    {
      ssize_t written = write (sink->fd, data, length);

      if (written >= 0)
        {
          data += written;
          length -= (unsigned int)written;
        }
      else if (errno != EINTR)
        sink->errsv = errno;
    }
  return sink->errsv ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static gboolean
fail (GError **error, const char *path, int errsv)
{
  gboolean full = errsv == ENOSPC || errsv == EDQUOT;

  g_set_error (error,
               MC_ERROR,
               full ? MC_ERROR_FULL : MC_ERROR_STORE,
               "cannot write %s: %s",
               path,
               g_strerror (errsv));
  return FALSE;
}

/* Returns: 0, or the errno of what went wrong. */
static int
draw (const McPdf *pdf, int fd)
{
  Sink sink = { .fd = fd };
  double width, height;
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;

  mc_form_size (pdf->form, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (sink_write, &sink, width, height);
  cr = cairo_create (surface);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, pdf->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Một Cửa");
  if (pdf->subject != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, pdf->subject);
  /* Cairo says that a PDF is tagged where all of it is in this element. */
  cairo_tag_begin (cr, "Document", NULL);
  for (guint page = 0; page < mc_form_pages (pdf->form); page++)
    {
      /* What was begun on a page is forgotten where its size changes: the first one has it. */
      if (page > 0)
        {
          mc_form_page_size (pdf->form, page, &width, &height);
          cairo_pdf_surface_set_size (surface, width, height);
        }
      mc_form_draw (pdf->form, cr, page);
      cairo_show_page (cr);
      mc_progress_tell (page + 1, mc_form_pages (pdf->form));
    }
  cairo_tag_end (cr, "Document");
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (sink.errsv != 0)
    return sink.errsv;
  return status == CAIRO_STATUS_SUCCESS ? 0 : EIO;
}

/* A new name is durable once its folder is. A folder that cannot be synced (a share) is no failure:
 * the bytes are. */
static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  (void)fsync (fd);
  close (fd);
}

gboolean
mc_pdf_write (const McPdf *pdf, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = g_build_filename (folder, ".motcua-XXXXXX.pdf", NULL);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  int errsv;

  if (fd < 0)
    return fail (error, path, errno);
  errsv = draw (pdf, fd);
  if (errsv == 0 && fsync (fd) != 0)
    errsv = errno;
  if (close (fd) != 0 && errsv == 0)
    errsv = errno;
  if (errsv == 0 && g_rename (temporary, path) != 0)
    errsv = errno;
  if (errsv != 0)
    {
      (void)g_unlink (temporary);
      return fail (error, path, errsv);
    }
  sync_folder (folder);
  return TRUE;
}

gboolean
mc_pdf_write_open (const McPdf *pdf, int fd, GError **error)
{
  int errsv = draw (pdf, fd);

  return errsv == 0 ? TRUE : fail (error, pdf->title, errsv);
}
