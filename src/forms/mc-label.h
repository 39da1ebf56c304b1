/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"

G_BEGIN_DECLS

/**
 * mc_form_label:
 * The sticker of the paper folder, 70 × 37 mm: the dossier code as a QR symbol, which opens the
 * dossier wherever it is scanned, and beside it in letters with whose it is, what for, and until
 * when.
 * Returns: (transfer full)
 */
McForm *mc_form_label (const McDossier *dossier);

G_END_DECLS
