/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The write-ahead log: a header, which says nothing of the content, then frames of a 24-byte head
 * and a page. The head holds a checksum over the page in clear, 64 bits that tell of it: it is
 * hidden by a keystream of the page's nonce. SQLite writes head and page one after the other; the
 * head is held back until its page comes and its nonce is known, and both are written at once.
 *
 * The tag covers the frame's place, page number, size and salts: a frame of another place or of an
 * earlier round of the log does not open there.
 */
#include "mc-crypt-private.h"

#include <string.h>

#define HEADER 32
#define HEAD 24
#define PLAIN_HEAD 16 /* of which this much is in clear: page, size, salts */
#define SUM 8
#define FRAME (HEAD + MC_PAGE)
#define AD (4 + 8 + PLAIN_HEAD)

G_STATIC_ASSERT (PLAIN_HEAD + SUM == HEAD);

static void
additional (sqlite3_int64 at, const guint8 *head, guint8 ad[AD])
{
  guint64 wire = GUINT64_TO_LE ((guint64)at);

  memcpy (ad, "log ", 4);
  memcpy (ad + 4, &wire, 8);
  memcpy (ad + 12, head, PLAIN_HEAD);
}

static void
hide_sum (const McCryptRing *ring, const guint8 *nonce, guint8 *sum)
{
  crypto_stream_xchacha20_xor (sum, sum, SUM, nonce, mc_ring_sums (ring));
}

/* @frame: room for a frame with the head in it. */
static gboolean
seal (McCryptFile *file, sqlite3_int64 at, const guint8 *page, guint8 *frame)
{
  guint8 *nonce = frame + HEAD + MC_ROOM;
  guint8 ad[AD];

  if (!mc_all_zero (page + MC_ROOM, MC_RESERVE))
    return FALSE;
  additional (at, frame, ad);
  randombytes_buf (nonce, MC_NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (frame + HEAD,
                                                       nonce + MC_NONCE,
                                                       NULL,
                                                       page,
                                                       MC_ROOM,
                                                       ad,
                                                       sizeof ad,
                                                       NULL,
                                                       nonce,
                                                       mc_ring_log (file->ring));
  hide_sum (file->ring, nonce, frame + PLAIN_HEAD);
  return TRUE;
}

/* The frame that begins @at, in clear, into the file's buffer. */
static int
load (McCryptFile *file, sqlite3_int64 at)
{
  guint8 *frame = file->buffer;
  guint8 *nonce = frame + HEAD + MC_ROOM;
  guint8 ad[AD];
  int rc = file->real->pMethods->xRead (file->real, frame, FRAME, at);

  if (rc != SQLITE_OK)
    return rc;
  additional (at, frame, ad);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached (frame + HEAD,
                                                           NULL,
                                                           frame + HEAD,
                                                           MC_ROOM,
                                                           nonce + MC_NONCE,
                                                           ad,
                                                           sizeof ad,
                                                           nonce,
                                                           mc_ring_log (file->ring)) != 0)
    return SQLITE_IOERR_DATA;
  hide_sum (file->ring, nonce, frame + PLAIN_HEAD);
  memset (nonce, 0, MC_RESERVE);
  return SQLITE_OK;
}

/* A head without a page of its own: SQLite counts its checksums anew. The page gets a fresh nonce
 * with it, so that no keystream hides two checksums. */
static int
flush (McCryptFile *file)
{
  g_autofree guint8 *sealed = NULL;
  int rc;

  if (!file->held)
    return SQLITE_OK;
  file->held = FALSE;
  rc = load (file, file->held_at);
  if (rc != SQLITE_OK)
    return SQLITE_IOERR_WRITE;
  sealed = g_malloc (FRAME);
  memcpy (sealed, file->head, HEAD);
  if (!seal (file, file->held_at, file->buffer + HEAD, sealed))
    return SQLITE_IOERR_WRITE;
  return file->real->pMethods->xWrite (file->real, sealed, FRAME, file->held_at);
}

static int
write_page (McCryptFile *file, const void *page, sqlite3_int64 at)
{
  if (file->held && file->held_at == at)
    {
      file->held = FALSE;
      memcpy (file->buffer, file->head, HEAD);
      if (!seal (file, at, page, file->buffer))
        return SQLITE_IOERR_WRITE;
      return file->real->pMethods->xWrite (file->real, file->buffer, FRAME, at);
    }
  /* Over a page of the same transaction: its head is written anew before the commit. */
  if (flush (file) != SQLITE_OK ||
      file->real->pMethods->xRead (file->real, file->buffer, HEAD, at) != SQLITE_OK ||
      !seal (file, at, page, file->buffer))
    return SQLITE_IOERR_WRITE;
  return file->real->pMethods->xWrite (file->real, file->buffer + HEAD, MC_PAGE, at + HEAD);
}

static int
log_write (sqlite3_file *base, const void *bytes, int length, sqlite3_int64 offset)
{
  McCryptFile *file = (McCryptFile *)base;
  sqlite3_int64 within = (offset - HEADER) % FRAME;
  int rc;

  if (length == MC_PAGE && offset > HEADER && within == HEAD)
    return write_page (file, bytes, offset - HEAD);
  rc = flush (file);
  if (rc != SQLITE_OK)
    return rc;
  if (length == HEADER && offset == 0)
    return file->real->pMethods->xWrite (file->real, bytes, length, offset);
  if (length != HEAD || offset < HEADER || within != 0)
    return SQLITE_IOERR_WRITE;
  memcpy (file->head, bytes, HEAD);
  file->held_at = offset;
  file->held = TRUE;
  return SQLITE_OK;
}

/* SQLite reads whole frames when it looks for the end of the log after a crash: a frame that does
 * not open was never finished, and the log ends before it. Pages alone it reads when it knows that
 * they are there. */
static int
log_read (sqlite3_file *base, void *bytes, int length, sqlite3_int64 offset)
{
  McCryptFile *file = (McCryptFile *)base;
  sqlite3_int64 within = (offset - HEADER) % FRAME;
  int rc = flush (file);

  if (rc != SQLITE_OK)
    return rc;
  if (offset + length <= HEADER)
    return file->real->pMethods->xRead (file->real, bytes, length, offset);
  if (offset < HEADER || within + length > FRAME)
    return SQLITE_IOERR_READ;
  rc = load (file, offset - within);
  if (rc == SQLITE_OK)
    {
      memcpy (bytes, file->buffer + within, (gsize)length);
      return SQLITE_OK;
    }
  memset (bytes, 0, (gsize)length);
  if (rc != SQLITE_IOERR_DATA || length == FRAME)
    return rc == SQLITE_IOERR_DATA ? SQLITE_OK : rc;
  mc_crypt_note_page ((file->buffer[0] << 24) | (file->buffer[1] << 16) | (file->buffer[2] << 8) |
                          file->buffer[3],
                      TRUE);
  return rc;
}

static int
log_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  McCryptFile *file = (McCryptFile *)base;
  int rc = flush (file);

  return rc == SQLITE_OK ? file->real->pMethods->xTruncate (file->real, size) : rc;
}

static int
log_sync (sqlite3_file *base, int flags)
{
  McCryptFile *file = (McCryptFile *)base;
  int rc = flush (file);

  return rc == SQLITE_OK ? file->real->pMethods->xSync (file->real, flags) : rc;
}

static int
log_size (sqlite3_file *base, sqlite3_int64 *size)
{
  McCryptFile *file = (McCryptFile *)base;
  int rc = flush (file);

  return rc == SQLITE_OK ? file->real->pMethods->xFileSize (file->real, size) : rc;
}

static int
log_close (sqlite3_file *base)
{
  flush ((McCryptFile *)base);
  return mc_crypt_close (base);
}

const sqlite3_io_methods mc_crypt_log_methods = {
  .iVersion = 2,
  .xClose = log_close,
  .xRead = log_read,
  .xWrite = log_write,
  .xTruncate = log_truncate,
  .xSync = log_sync,
  .xFileSize = log_size,
  .xLock = mc_crypt_lock,
  .xUnlock = mc_crypt_unlock,
  .xCheckReservedLock = mc_crypt_check_lock,
  .xFileControl = mc_crypt_control,
  .xSectorSize = mc_crypt_sector,
  .xDeviceCharacteristics = mc_crypt_character,
  .xShmMap = mc_crypt_shm_map,
  .xShmLock = mc_crypt_shm_lock,
  .xShmBarrier = mc_crypt_shm_barrier,
  .xShmUnmap = mc_crypt_shm_unmap,
};
