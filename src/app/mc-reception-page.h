/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-card.h"
#include "mc-context.h"

G_BEGIN_DECLS

/**
 * McReceptionPage:
 * One page on which a person is served: applicant, procedure, papers, fee and promise; the scan
 * beside it; afterwards the code and the receipt. Implements McPage.
 *
 * Whatever is typed is kept as a draft; saving ends the draft in the same transaction.
 *
 * McReceptionPage::saved (const char *dossier): a dossier was received.
 * McReceptionPage::closed: the page is done with; the window shows what was before.
 */
#define MC_TYPE_RECEPTION_PAGE (mc_reception_page_get_type ())
G_DECLARE_FINAL_TYPE (McReceptionPage, mc_reception_page, MC, RECEPTION_PAGE, GtkWidget)

/** mc_reception_page_new: @draft: (nullable): the id of a draft to go on with. */
GtkWidget *mc_reception_page_new (McContext *context, const char *draft);
/** mc_reception_page_card: a citizen card was scanned: the applicant fills itself in. */
void mc_reception_page_card (McReceptionPage *self, const McCard *card);
/** mc_reception_page_save: the page's main act; after saving: prints the receipt. */
void mc_reception_page_save (McReceptionPage *self);
/** mc_reception_page_draft: where what is typed is kept. Borrowed (nullable) */
const char *mc_reception_page_draft (McReceptionPage *page);
/** mc_reception_page_next: an empty page for the next person; what was typed stays in the drafts.
 */
void mc_reception_page_next (McReceptionPage *self);
/** mc_reception_page_choose: the procedure with @code, as if it had been found. */
void mc_reception_page_choose (McReceptionPage *self, const char *code);
/** mc_reception_page_busy: whether a save or an import is under way. */
gboolean mc_reception_page_busy (McReceptionPage *self);

G_END_DECLS
