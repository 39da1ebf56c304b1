/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McListPage: the dossiers of a queue or of a search, and the summary of the selected one. */
#define MC_TYPE_LIST_PAGE (mc_list_page_get_type ())
G_DECLARE_FINAL_TYPE (McListPage, mc_list_page, MC, LIST_PAGE, GtkWidget)

GtkWidget *mc_list_page_new (McContext *context);
void mc_list_page_set_queue (McListPage *page, McQueue queue);
/** mc_list_page_set_search: @search: "" for none; a search looks through all dossiers. */
void mc_list_page_set_search (McListPage *page, const char *search);
/** mc_list_page_set_narrow: rows of two lines, and no summary beside them. */
void mc_list_page_set_narrow (McListPage *page, gboolean narrow);
/** mc_list_page_focus_list: puts the focus on the list. */
void mc_list_page_focus_list (McListPage *page);
/** mc_list_page_turn: selects the dossier after @from, or before it, and says which that is. Where
 * @from has left the list, what took its place is after it. Returns: (transfer full) (nullable) */
char *mc_list_page_turn (McListPage *page, const char *from, gboolean forward);
/** mc_list_page_panes: the widgets that Ctrl+F6 goes through. @ret_panes: two */
void mc_list_page_panes (McListPage *page, GtkWidget **ret_panes);

G_END_DECLS
