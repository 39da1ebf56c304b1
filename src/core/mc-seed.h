/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-keys.h"
#include "mc-wire.h"

G_BEGIN_DECLS

/*
 * A seed: the feed of an office up to a number, for a new desk to which the line is too thin. It
 * holds what the answers of POST /v1/sync hold, and nothing of any desk: no queue, no cursor.
 *
 *   first line  SIGNATURE {"motcua_seed":1,"office":id,"code":"…","name":"…","made":ms,
 *               "end":[n,"hash"],"salt":"…","stream":"…"}        signed by the province
 *   then pieces four bytes that say how long, low first, and so many sealed bytes
 *
 * The pieces are sealed (secretstream of libsodium) under a key that Argon2id makes of the code
 * that was told beside it: who finds the stick reads nothing. The first piece is MC_SEED_WORD, so
 * that a wrong code is told from a damaged file; each that follows is a page, packed: a line with
 * the province's signature over where the page ends, and the page as an answer carries it. Since
 * the running hash up to there is signed, each page is proved before it is taken. The last is
 * empty.
 */
#define MC_SEED_VERSION 1
#define MC_SEED_LINE_MAX 4096
#define MC_SEED_PIECE_MAX (32 * 1024 * 1024)
#define MC_SEED_SALT_BYTES 16
#define MC_SEED_STREAM_BYTES 24
#define MC_SEED_WORD "motcua"

/** McSeedHead: the first line; strings are owned. */
typedef struct
{
  char *office; /* record id */
  char *code;
  char *name;
  gint64 made_ms;
  McCursor end;
  guint8 salt[MC_SEED_SALT_BYTES];
  guint8 stream[MC_SEED_STREAM_BYTES];
} McSeedHead;
void mc_seed_head_free (McSeedHead *head);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSeedHead, mc_seed_head_free)

/** McSeedSeal: seals or opens one piece after the other. */
typedef struct _McSeedSeal McSeedSeal;
void mc_seed_seal_free (McSeedSeal *seal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSeedSeal, mc_seed_seal_free)

/** mc_seed_seal_new: fills salt and stream of @head. Takes as long as Argon2id does. @code: in any
 * case, with hyphens and spaces or without. Returns: %NULL where memory is short */
McSeedSeal *mc_seed_seal_new (McSeedHead *head, const char *code);
/** mc_seed_head_write: Returns: (transfer full): without a newline */
char *mc_seed_head_write (const McSeedHead *head, const McSecretKey *province);
/** mc_seed_seal: Returns: (transfer full): the piece with its length */
GBytes *mc_seed_seal (McSeedSeal *seal, GBytes *plain, gboolean last);
/** mc_seed_page_write: Returns: (transfer full): what is to be sealed of one page. */
GBytes *
mc_seed_page_write (const McSyncAnswer *page, const char *office, const McSecretKey *province);

/** mc_seed_head_read: #MC_ERROR_FORMAT: no seed; #MC_ERROR_NEWER; #MC_ERROR_SIGNATURE: of another
 * province. */
McSeedHead *mc_seed_head_read (const char *line, const McPublicKey *province, GError **error);
/** mc_seed_seal_open: takes as long as Argon2id does. @first: the first sealed piece.
 * #MC_ERROR_SECRET: the code is not that of this file. */
McSeedSeal *
mc_seed_seal_open (const McSeedHead *head, const char *code, GBytes *first, GError **error);
/** mc_seed_open: @piece: without its length. #MC_ERROR_DAMAGED. Returns: (transfer full) */
GBytes *mc_seed_open (McSeedSeal *seal, GBytes *piece, gboolean *ret_last, GError **error);
/** mc_seed_page_read: #MC_ERROR_SIGNATURE where it does not end where the province says. */
McSyncAnswer *
mc_seed_page_read (GBytes *plain, const char *office, const McPublicKey *province, GError **error);

G_END_DECLS
