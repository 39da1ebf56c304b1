/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/**
 * mc_print_window_present:
 * Shows the form @form ("receipt") of a dossier as it will be printed, to print it or keep it as
 * PDF.
 */
void mc_print_window_present (GtkWindow *parent,
                              McContext *context,
                              const char *dossier,
                              const char *form);

G_END_DECLS
