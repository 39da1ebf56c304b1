/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-typed.h"

G_BEGIN_DECLS

/**
 * McGroupForm:
 * One group of a dossier as fields. Each saves by itself when the focus leaves it, naming what was
 * on the screen when the typing began. Emits "edited" while it is typed in.
 */
#define MC_TYPE_GROUP_FORM (mc_group_form_get_type ())
G_DECLARE_FINAL_TYPE (McGroupForm, mc_group_form, MC, GROUP_FORM, GtkWidget)

/** mc_group_form_new: @group: applicant, contact or subject. @typed: (nullable): keeps what is
 * typed
 */
GtkWidget *mc_group_form_new (McContext *context, const char *group, McTyped *typed);
/** mc_group_form_resume: puts back what was typed and not saved. Returns: whether there was any */
gboolean mc_group_form_resume (McGroupForm *form);
/**
 * mc_group_form_show:
 * Shows what stands; what is being typed is left alone.
 * @editable: whether this person may change it
 */
void mc_group_form_show (McGroupForm *form, McRecord *record, gboolean editable);
gboolean mc_group_form_edited (McGroupForm *form);
/** mc_group_form_save: saves what was typed. Returns: whether there was anything to save */
gboolean mc_group_form_save (McGroupForm *form);

G_END_DECLS
