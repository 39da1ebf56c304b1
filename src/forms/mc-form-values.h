/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * McFormValues:
 * What a layout is filled with: texts by name, lists of texts, and the rows of tables. What is not
 * there is left to the pen.
 */
typedef struct _McFormValues McFormValues;

McFormValues *mc_form_values_new (void);
void mc_form_values_free (McFormValues *values);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFormValues, mc_form_values_free)

/** mc_form_values_set: @text: (nullable): nothing is set where it says nothing. */
void mc_form_values_set (McFormValues *values, const char *name, const char *text);
const char *mc_form_values_get (const McFormValues *values, const char *name);

/** mc_form_values_add: one more text at the end of the list @name; nothing where it is blank. */
void mc_form_values_add (McFormValues *values, const char *name, const char *text);
/** mc_form_values_list: (element-type utf8) (nullable): Borrowed. */
GPtrArray *mc_form_values_list (const McFormValues *values, const char *name);

/** mc_form_values_mark: sets the text @mark where the list @name has anything: for "when". */
void mc_form_values_mark (McFormValues *values, const char *name, const char *mark);

/** mc_form_values_add_row: @cells: (transfer full): from left to right */
void mc_form_values_add_row (McFormValues *values, const char *name, GStrv cells);
/** mc_form_values_rows: (element-type GStrv) (nullable): Borrowed. */
GPtrArray *mc_form_values_rows (const McFormValues *values, const char *name);

/**
 * mc_form_values_expand:
 * @text: with "{name}" where a value stands
 * @ret_missing: (out) (optional): how many of its values there are not; each of those is a row of
 *   dots
 * Returns: (transfer full): on one line
 */
char *mc_form_values_expand (const McFormValues *values, const char *text, guint *ret_missing);

G_END_DECLS
