/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"

G_BEGIN_DECLS

/** McPdf: a form as a file. */
typedef struct
{
  const char *title;
  const char *subject; /* (nullable) */
  McForm *form;
} McPdf;

/**
 * mc_pdf_write:
 * All of the file or nothing: written beside @path, made durable, then put in its place. Readable
 * by its owner only, for it names a person.
 * Errors: #MC_ERROR_FULL, #MC_ERROR_STORE; then nothing is left behind and an older file stands.
 */
gboolean mc_pdf_write (const McPdf *pdf, const char *path, GError **error);
/** mc_pdf_write_open: to an open file. */
gboolean mc_pdf_write_open (const McPdf *pdf, int fd, GError **error);

G_END_DECLS
