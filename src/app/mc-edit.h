/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-typed.h"

G_BEGIN_DECLS

/**
 * McEdit:
 * One group of a dossier as a person has it on the screen, and its edits on their way to the disk.
 * Outlives the fields it was typed in.
 */
#define MC_TYPE_EDIT (mc_edit_get_type ())
G_DECLARE_FINAL_TYPE (McEdit, mc_edit, MC, EDIT, GObject)

/** mc_edit_new: @typed: (nullable): keeps what is typed and not saved */
McEdit *mc_edit_new (McContext *context, const char *group, McTyped *typed);
/**
 * mc_edit_look:
 * Takes what @record says as what is on the screen. While an edit is under way, or where somebody
 * is typing over something else, the screen stays as it is.
 * Returns: whether it was taken
 */
gboolean mc_edit_look (McEdit *edit, McRecord *record, gboolean typing);
/** mc_edit_ready: whether it has looked at a dossier yet. */
gboolean mc_edit_ready (McEdit *edit);
/** mc_edit_shown: what is on the screen, saved or about to be. Borrowed, or %NULL. */
json_t *mc_edit_shown (McEdit *edit);
/** mc_edit_typing: what is typed now. @texts: (transfer full) (nullable): %NULL: what is shown */
void mc_edit_typing (McEdit *edit, json_t *texts);
/** mc_edit_resume: takes up what was typed before on what was on the screen then. Returns: the
 * texts, borrowed, or %NULL where there are none */
json_t *mc_edit_resume (McEdit *edit);
/**
 * mc_edit_put:
 * Saves @value, names what was on the screen, and says so in @window with a way back.
 * @window: (nullable)
 */
void mc_edit_put (McEdit *edit, json_t *value, GtkWidget *window);

G_END_DECLS
