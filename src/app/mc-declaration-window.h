/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-declaration.h"

G_BEGIN_DECLS

/**
 * McDeclarationWindow:
 * A declaration filled in on the screen, the paper beside it: to print, filled or blank, and to
 * keep.
 *
 * McDeclarationWindow::typed: something else is filled in: whoever opened it keeps it as a draft.
 * McDeclarationWindow::kept (gpointer document): it is done. @document: (nullable): a json_t as
 * mc_desk_import() gave it: the paper; %NULL where nothing is filled in.
 * McDeclarationWindow::other (char *id): another of those that it was told of is wanted: whoever
 * opened it opens that one. What is typed was said.
 */
#define MC_TYPE_DECLARATION_WINDOW (mc_declaration_window_get_type ())
G_DECLARE_FINAL_TYPE (McDeclarationWindow, mc_declaration_window, MC, DECLARATION_WINDOW, AdwWindow)

/** mc_declaration_window_new: @values: what is filled in already */
McDeclarationWindow *mc_declaration_window_new (GtkWindow *parent,
                                                McContext *context,
                                                McDeclaration *declaration,
                                                const json_t *values);
/**
 * mc_declaration_window_beside:
 * Several declarations are one paper: it leads from one to the other, and keeps them as one
 * document, each that is filled in.
 * @all: (element-type McDeclaration): in the order of the paper, this one among them
 * @values: what is filled in, by the id of the declaration
 */
void
mc_declaration_window_beside (McDeclarationWindow *window, GPtrArray *all, const json_t *values);
/** mc_declaration_window_values: what is filled in. Returns: (transfer full) */
json_t *mc_declaration_window_values (McDeclarationWindow *window);
McDeclaration *mc_declaration_window_declaration (McDeclarationWindow *window);
/** mc_declaration_window_field: where the blank @name is typed. Borrowed (nullable) */
GtkWidget *mc_declaration_window_field (McDeclarationWindow *window, const char *name);
/** mc_declaration_window_keep: what Ctrl+Enter does. */
void mc_declaration_window_keep (McDeclarationWindow *window);

G_END_DECLS
