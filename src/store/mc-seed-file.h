/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-seed.h"
#include "mc-store.h"

G_BEGIN_DECLS

/**
 * McSeedFile:
 * A province's file of an office's feed (mc-seed.h), read page by page. What was read of one before
 * a cut is not read twice: the next time it goes on where the desk's feed ends. No thread in
 * particular; one at a time.
 */
typedef struct _McSeedFile McSeedFile;

/** McSeedDesk: what a file is held against: who this desk is, as it is when it is asked. */
typedef struct
{
  char *office; /* record id */
  McPublicKey province;
} McSeedDesk;
void mc_seed_desk_clear (McSeedDesk *desk);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McSeedDesk, mc_seed_desk_clear)
/** mc_store_seed_desk: #MC_ERROR_REFUSED "public": nothing of others stays on this desk; "contact":
 * it has not heard yet what kind of desk it is. */
gboolean mc_store_seed_desk (McStore *store, McSeedDesk *ret_desk, GError **error);

/**
 * mc_seed_file_open:
 * Errors: #MC_ERROR_FORMAT: no such file of a province; #MC_ERROR_NEWER; #MC_ERROR_SIGNATURE: of
 * another province; #MC_ERROR_REFUSED "office": of another office of it; #MC_ERROR_STORE: cannot be
 * read.
 */
McSeedFile *mc_seed_file_open (const char *path, const McSeedDesk *desk, GError **error);
void mc_seed_file_close (McSeedFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSeedFile, mc_seed_file_close)
const McSeedHead *mc_seed_file_head (McSeedFile *file);
/** mc_seed_file_unlock: takes as long as Argon2id does. #MC_ERROR_SECRET: not its code. */
gboolean mc_seed_file_unlock (McSeedFile *file, const char *code, GError **error);
/** mc_seed_file_next: Returns: (transfer full): or %NULL without an error after the last page.
 * #MC_ERROR_DAMAGED: it ends too early, or was changed; #MC_ERROR_SIGNATURE */
McSyncAnswer *mc_seed_file_next (McSeedFile *file, GError **error);

/**
 * mc_store_seed_take:
 * A page into the profile, as one of an answer: what is here already is passed over. Nothing of it
 * is taken where it does not continue this desk's feed: #MC_ERROR_REFUSED "feed": the province has
 * gone another way since, or before, the file was made.
 */
gboolean mc_store_seed_take (McStore *store, McSyncAnswer *page, GError **error);

G_END_DECLS
