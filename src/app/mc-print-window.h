/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-print-job.h"

G_BEGIN_DECLS

/** MC_PRINT_NEWEST: the paper that the last step made, or the receipt. */
#define MC_PRINT_NEWEST MC_JOB_NEWEST
/**
 * mc_print_window_present:
 * Shows the form @form of a dossier as it will be printed, to print it or keep it as PDF; its other
 * forms can be chosen there.
 * @dossier: an id, or several with spaces between them: all in one job
 */
void mc_print_window_present (GtkWindow *parent,
                              McContext *context,
                              const char *dossier,
                              const char *form);

G_END_DECLS
