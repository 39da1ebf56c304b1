/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/** MC_QR_QUIET: modules of white that a reader needs on every side (ISO/IEC 18004). */
#define MC_QR_QUIET 4

/** McQr: a QR symbol, error correction level M. */
typedef struct _McQr McQr;

/** mc_qr_new: Returns: (transfer full) (nullable): %NULL where @text is empty or longer than a
 * symbol holds */
McQr *mc_qr_new (const char *text);
void mc_qr_free (McQr *qr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McQr, mc_qr_free)

/** mc_qr_modules: how many modules a side has, without the quiet zone. */
guint mc_qr_modules (const McQr *qr);
/**
 * mc_qr_draw:
 * Draws the dark modules as vectors; the symbol without its quiet zone is @side wide, its top left
 * at @x, @y.
 */
void mc_qr_draw (const McQr *qr, cairo_t *cr, double x, double y, double side);

G_END_DECLS
