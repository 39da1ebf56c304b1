/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-declaration.h"

G_BEGIN_DECLS

/* The blanks of a declaration on the screen, in the order of the paper and under its headings. */

/**
 * mc_declaration_fields_new:
 * @values: what is filled in already
 * @changed: called with the widget and @data when anything else is typed
 */
GtkWidget *mc_declaration_fields_new (McDeclaration *declaration,
                                      const json_t *values,
                                      GFunc changed,
                                      gpointer data);
/** mc_declaration_fields_get: what is typed, with the word being composed; empty blanks are not in
 * it. Returns: (transfer full) */
json_t *mc_declaration_fields_get (GtkWidget *fields);
/**
 * mc_declaration_fields_check:
 * Says under each blank what looks wrong in it; of the one that has the focus it only takes back
 * what was said.
 * @today: ISO date
 * @ret_bad: (out) (optional): the first that looks wrong or lacks what is required. Borrowed
 * Returns: how many required blanks are empty
 */
guint mc_declaration_fields_check (GtkWidget *fields, const char *today, GtkWidget **ret_bad);
/** mc_declaration_fields_field: where the blank @name is typed. Borrowed (nullable) */
GtkWidget *mc_declaration_fields_field (GtkWidget *fields, const char *name);

G_END_DECLS
