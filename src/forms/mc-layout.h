/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form-values.h"
#include "mc-form.h"
#include "mc-json.h"
#include "mc-letterhead.h"
#include "mc-paper-style.h"

G_BEGIN_DECLS

/**
 * McLayout:
 * A form as data: its title, its number and what stands below each other on it (data/forms; the
 * words are listed in data/README.md). Immutable.
 */
typedef struct _McLayout McLayout;

/**
 * mc_layout_parse:
 * Reads one form. Every block is looked at: an unknown word, a missing one or one of another kind
 * is refused, with the number of the block.
 * Returns: (transfer full): or %NULL with #MC_ERROR_FORMAT
 */
McLayout *mc_layout_parse (const json_t *json, GError **error);
void mc_layout_free (McLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McLayout, mc_layout_free)

/** mc_layout_usual: the form @id ("02") that the program brings, or %NULL. Borrowed, for good. */
const McLayout *mc_layout_usual (const char *id);

const char *mc_layout_id (const McLayout *layout);
/** mc_layout_title: as it is said in a list: not in capitals. */
const char *mc_layout_title (const McLayout *layout);
/**
 * mc_layout_names:
 * Returns: (transfer full): the name of every text, list and table that the form shows, once each,
 *   in their order
 */
GStrv mc_layout_names (const McLayout *layout);

/**
 * mc_layout_form:
 * The form filled with @values, laid out; what is missing is left to the pen.
 * @date: (nullable): below the state's head
 * @code: (nullable): of the dossier, printed and as a QR symbol; "": there is no dossier
 * Returns: (transfer full)
 */
McForm *mc_layout_form (const McLayout *layout,
                        const McFormValues *values,
                        const McLetterhead *letterhead,
                        const char *date,
                        const char *code);
/** mc_layout_form_as: the same, as the office has its papers. @style: (nullable) */
McForm *mc_layout_form_as (const McLayout *layout,
                           const McFormValues *values,
                           const McPaperStyle *style,
                           const McLetterhead *letterhead,
                           const char *date,
                           const char *code);

G_END_DECLS
