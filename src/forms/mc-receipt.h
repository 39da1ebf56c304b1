/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"
#include "mc-paper-style.h"
#include "mc-receipt-data.h"

G_BEGIN_DECLS

/**
 * mc_receipt_form:
 * Mẫu 01 of @data, laid out. @data is not kept.
 * Returns: (transfer full)
 */
McForm *mc_receipt_form (const McReceiptData *data);
/** mc_receipt_form_as: the same, as the office has its papers. @style: (nullable) */
McForm *mc_receipt_form_as (const McReceiptData *data, const McPaperStyle *style);

/**
 * mc_receipt_read:
 * What the receipt of @dossier says.
 * Returns: (transfer full): or %NULL, #MC_ERROR_NOT_FOUND where it was not received
 */
McReceiptData *mc_receipt_read (McStore *store, const McDossier *dossier, GError **error);

G_END_DECLS
