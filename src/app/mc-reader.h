/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-card.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * McReader:
 * The card reader or barcode gun of this desk: one that plays keyboard (wherever the focus is,
 * before any input method) or one on a serial line. Belongs to a window and ends with it.
 *
 * McReader::card (McCard *card): a citizen card; the card is the emitter's.
 * McReader::code (const char *code): a dossier code.
 * McReader::unknown (const char *text): anything else, to be shown, not lost.
 */
#define MC_TYPE_READER (mc_reader_get_type ())
G_DECLARE_FINAL_TYPE (McReader, mc_reader, MC, READER, GObject)

/** mc_reader_attach: Returns: (transfer none): owned by @window */
McReader *mc_reader_attach (GtkWindow *window);
/** mc_reader_open_serial: also listens to a serial reader. Errors: #GIOErrorEnum, of opening the
 * device. */
gboolean mc_reader_open_serial (McReader *reader, const char *device, GError **error);

G_END_DECLS
