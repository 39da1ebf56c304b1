/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-print-out.h"

G_BEGIN_DECLS

/** mc_print_save_pdf: asks where to, and writes the same pages as mc_print_out() as a PDF, away
 * from the window's thread. */
void mc_print_save_pdf (GtkWidget *from,
                        McContext *context,
                        const char *dossier,
                        const char *name,
                        McJobFlags flags,
                        McPrintSay say);
/** mc_print_save_sheet: asks where to, and writes the register @key as a spreadsheet. */
void mc_print_save_sheet (GtkWidget *from, McContext *context, const char *key, McPrintSay say);

G_END_DECLS
