/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"

G_BEGIN_DECLS

/* The groups that a person may correct in the body of a refused op, and where they are in it. */

/** mc_correction_groups: Returns: (transfer full): names of groups; see mc_group_fields() */
GStrv mc_correction_groups (const McWaiting *refused, json_t *body);
/** mc_correction_value: what @body says of @group: an object, or a text. Borrowed, or %NULL. */
json_t *mc_correction_value (const McWaiting *refused, json_t *body, const char *group);
/** mc_correction_put: @body says @value of @group from now on. @value: (transfer full) */
void mc_correction_put (const McWaiting *refused, json_t *body, const char *group, json_t *value);
/** mc_correction_document: the first scan in it, or %NULL. Borrowed. */
const char *mc_correction_document (const McWaiting *refused, json_t *body);

G_END_DECLS
