/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-print-job.h"

G_BEGIN_DECLS

/** McPrintSay: says how it went; @widget is the one that asked. */
typedef void (*McPrintSay) (GtkWidget *widget, const char *sentence);

/**
 * mc_print_out:
 * Prints the form @name of a dossier, or of several, as it is now: through the system's print
 * dialog, or where the desk says so at once on the default printer. Once a person has said yes
 * there, the dossier (or of what is no dossier's: the office) knows that it is printed, and numbers
 * are given.
 * @from: kept alive until it is done
 * @seen: (nullable): the pages on the screen: a paper of no dossier is printed so
 */
void mc_print_out (GtkWidget *from,
                   McContext *context,
                   const char *dossier,
                   const char *name,
                   McForm *seen,
                   McJobFlags flags,
                   McPrintSay say);
/** mc_print_can_be_direct: whether this program can print without a dialog: not in a Flatpak, whose
 * only way to a printer is the system's dialog. */
gboolean mc_print_can_be_direct (void);
/** mc_print_out_form: the same of a form that is made already. @form: (transfer full); @paper: what
 * the office says was printed: "declaration:ct01" */
void mc_print_out_form (GtkWidget *from,
                        McContext *context,
                        McForm *form,
                        const char *paper,
                        McPrintSay say);

G_END_DECLS
