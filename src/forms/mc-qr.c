/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-qr.h"

#include <qrencode.h>

struct _McQr
{
  QRcode *code;
};

McQr *
mc_qr_new (const char *text)
{
  QRcode *code;
  McQr *qr;

  g_return_val_if_fail (text != NULL, NULL);

  if (!*text)
    return NULL;
  code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  if (code == NULL)
    return NULL;
  qr = g_new (McQr, 1);
  qr->code = code;
  return qr;
}

void
mc_qr_free (McQr *qr)
{
  if (qr == NULL)
    return;
  QRcode_free (qr->code);
  g_free (qr);
}

guint
mc_qr_modules (const McQr *qr)
{
  g_return_val_if_fail (qr != NULL, 0);

  return (guint)qr->code->width;
}

void
mc_qr_draw (const McQr *qr, cairo_t *cr, double x, double y, double side)
{
  double module;
  int width;

  g_return_if_fail (qr != NULL && cr != NULL);

  width = qr->code->width;
  module = side / width;
  cairo_save (cr);
  cairo_new_path (cr);
  /* A run of dark modules is one rectangle and all of them are one path: no viewer then leaves a
   * pale seam between two modules. */
  for (int row = 0; row < width; row++)
    for (int column = 0; column < width;)
      {
        int run = 0;

        while (column + run < width && (qr->code->data[row * width + column + run] & 1))
          run++;
        if (run > 0)
          cairo_rectangle (cr, x + column * module, y + row * module, run * module, module);
        column += MAX (run, 1);
      }
  cairo_fill (cr);
  cairo_restore (cr);
}
