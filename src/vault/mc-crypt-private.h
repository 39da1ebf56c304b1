/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-crypt-vfs.h"
#include <sodium.h>

G_BEGIN_DECLS

#define MC_PAGE 4096
#define MC_NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define MC_TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define MC_RESERVE (MC_NONCE + MC_TAG)
#define MC_ROOM (MC_PAGE - MC_RESERVE) /* what of a page is SQLite's */
#define MC_MARK 16                     /* at the start of page 1, in clear: what it is, which key */

G_STATIC_ASSERT (MC_RESERVE == 40);

/** McCryptRing: the derived keys of one data key, and the VFS that has them. */
typedef struct
{
  sqlite3_vfs vfs;
  char *name;
  guint8 mark[MC_MARK];
  guint8 *keys; /* sodium_malloc(): pages, log, sums; NULL: wiped */
  guint users;  /* open files */
} McCryptRing;

static inline const guint8 *
mc_ring_pages (const McCryptRing *ring)
{
  return ring->keys;
}

static inline const guint8 *
mc_ring_log (const McCryptRing *ring)
{
  return ring->keys + MC_SUBKEY_BYTES;
}

static inline const guint8 *
mc_ring_sums (const McCryptRing *ring)
{
  return ring->keys + 2 * MC_SUBKEY_BYTES;
}

/** mc_ring_mark: what page 1 begins with under @key. */
void mc_ring_mark (McDataKey *key, guint8 ret_mark[MC_MARK]);

/** mc_page_seal: @page (from SQLite; its last 40 bytes are zero) as it goes to the disk. Returns:
 * %FALSE where there is no room for nonce and tag in it */
gboolean mc_page_seal (const guint8 *key,
                       const guint8 *mark,
                       guint32 number,
                       const guint8 *page,
                       guint8 *ret_sealed);
/** mc_page_open: in place. */
gboolean mc_page_open (const guint8 *key, guint32 number, guint8 *page);
gboolean mc_all_zero (const guint8 *bytes, gsize length);

/** McCryptFile: an open file. */
typedef struct
{
  sqlite3_file base;
  sqlite3_file *real;
  McCryptRing *ring;
  guint8 *buffer; /* one page, or one frame of the log */
  /* Of the log: the head of a frame whose page has not come yet. */
  gboolean held;
  sqlite3_int64 held_at;
  guint8 head[24];
} McCryptFile;

extern const sqlite3_io_methods mc_crypt_page_methods;
extern const sqlite3_io_methods mc_crypt_log_methods;

/** mc_memory_file: a file that is nowhere but in memory. */
int mc_memory_file (sqlite3_file *file);
/** mc_memory_file_size: how large an sqlite3_file must be for it. */
int mc_memory_file_size (void);

/* What both kinds of file pass on as it is. */
int mc_crypt_close (sqlite3_file *file);
int mc_crypt_lock (sqlite3_file *file, int level);
int mc_crypt_unlock (sqlite3_file *file, int level);
int mc_crypt_check_lock (sqlite3_file *file, int *result);
int mc_crypt_control (sqlite3_file *file, int op, void *arg);
int mc_crypt_sector (sqlite3_file *file);
int mc_crypt_character (sqlite3_file *file);
int mc_crypt_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **at);
int mc_crypt_shm_lock (sqlite3_file *file, int offset, int n, int flags);
void mc_crypt_shm_barrier (sqlite3_file *file);
int mc_crypt_shm_unmap (sqlite3_file *file, int drop);

void mc_crypt_note_page (gint64 page, gboolean log);
void mc_crypt_note_key (void);

G_END_DECLS
