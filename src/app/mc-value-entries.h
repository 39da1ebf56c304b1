/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * McValueEntries:
 * Fields to type another value than any that two people disagree about.
 */
#define MC_TYPE_VALUE_ENTRIES (mc_value_entries_get_type ())
G_DECLARE_FINAL_TYPE (McValueEntries, mc_value_entries, MC, VALUE_ENTRIES, GtkWidget)

GtkWidget *mc_value_entries_new (void);
/** mc_value_entries_show: makes the fields. Returns: whether there is anything to type */
gboolean mc_value_entries_show (McValueEntries *entries, const McConflict *conflict);
/** mc_value_entries_value: what stands, with what was typed in it. Returns: (transfer full) */
json_t *mc_value_entries_value (McValueEntries *entries, const McConflict *conflict);

G_END_DECLS
