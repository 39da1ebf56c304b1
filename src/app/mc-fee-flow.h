/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/**
 * mc_fee_flow:
 * Asks how much is taken and how, takes it, says so.
 * @from: a widget of the page
 * @amount: đồng, by rule; 0 where nobody knows
 */
void mc_fee_flow (GtkWidget *from, McContext *context, const McRow *row, gint64 amount);

G_END_DECLS
