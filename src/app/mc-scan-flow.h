/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/**
 * mc_scan_flow:
 * Asks for a scanned PDF, puts it on @part of @dossier, says so.
 * @from: a widget of the page
 */
void mc_scan_flow (GtkWidget *from, McContext *context, const char *dossier, const char *part);

G_END_DECLS
