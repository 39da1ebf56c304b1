/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The database file. Each page ends with 40 bytes that SQLite leaves alone: the nonce, fresh at
 * each write, and the tag, which covers the page's number too. Page 1 begins with 16 bytes in clear
 * in place of SQLite's constant ones: what the file is and which key it is under.
 */
#include "mc-crypt-private.h"

#include <string.h>

/* SQLite never touches the page at the place of its locks: it is a hole in a large file. */
#define LOCK_AT 0x40000000

static gsize
additional (guint32 number, const guint8 *page, guint8 ad[8 + MC_MARK])
{
  guint32 wire = GUINT32_TO_LE (number);

  memcpy (ad, "page", 4);
  memcpy (ad + 4, &wire, 4);
  if (number != 1)
    return 8;
  memcpy (ad + 8, page, MC_MARK);
  return 8 + MC_MARK;
}

gboolean
mc_all_zero (const guint8 *bytes, gsize length)
{
  return sodium_is_zero (bytes, length) != 0;
}

gboolean
mc_page_seal (const guint8 *key,
              const guint8 *mark,
              guint32 number,
              const guint8 *page,
              guint8 *ret_sealed)
{
  gsize skip = number == 1 ? MC_MARK : 0;
  guint8 ad[8 + MC_MARK];
  guint8 *nonce = ret_sealed + MC_ROOM;

  if (!mc_all_zero (page + MC_ROOM, MC_RESERVE))
    return FALSE;
  if (number == 1)
    memcpy (ret_sealed, mark, MC_MARK);
  randombytes_buf (nonce, MC_NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (ret_sealed + skip,
                                                       nonce + MC_NONCE,
                                                       NULL,
                                                       page + skip,
                                                       MC_ROOM - skip,
                                                       ad,
                                                       additional (number, ret_sealed, ad),
                                                       NULL,
                                                       nonce,
                                                       key);
  return TRUE;
}

gboolean
mc_page_open (const guint8 *key, guint32 number, guint8 *page)
{
  static const guint8 head[MC_MARK] = "SQLite format 3";
  gsize skip = number == 1 ? MC_MARK : 0;
  guint8 ad[8 + MC_MARK];
  const guint8 *nonce = page + MC_ROOM;

  if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached (page + skip,
                                                           NULL,
                                                           page + skip,
                                                           MC_ROOM - skip,
                                                           nonce + MC_NONCE,
                                                           ad,
                                                           additional (number, page, ad),
                                                           nonce,
                                                           key) != 0)
    return FALSE;
  if (number == 1)
    memcpy (page, head, MC_MARK);
  memset (page + MC_ROOM, 0, MC_RESERVE);
  return TRUE;
}

/* The head that SQLite looks at to learn the shape of the file, before it has looked into the log:
 * page 1 may be torn by a power cut, and whole in the log. */
static void
say_shape (guint8 *bytes, int length)
{
  guint8 head[100] = "SQLite format 3";

  head[16] = MC_PAGE >> 8;
  head[18] = head[19] = 2; /* with a write-ahead log */
  head[20] = MC_RESERVE;
  head[21] = 64;
  head[22] = head[23] = 32;
  memcpy (bytes, head, (gsize)length);
}

static int
whole_size (McCryptFile *file, sqlite3_int64 *size)
{
  int rc = file->real->pMethods->xFileSize (file->real, size);

  /* Less than a page was never anything: the program ended while it made the file. */
  *size -= *size % MC_PAGE;
  return rc;
}

/* The page with @number into the file's buffer. */
static int
load (McCryptFile *file, guint32 number)
{
  sqlite3_int64 at = (sqlite3_int64)(number - 1) * MC_PAGE;
  int rc = file->real->pMethods->xRead (file->real, file->buffer, MC_PAGE, at);

  if (rc == SQLITE_IOERR_SHORT_READ)
    memset (file->buffer, 0, MC_PAGE);
  if (rc != SQLITE_OK)
    return rc;
  if (at == LOCK_AT && mc_all_zero (file->buffer, MC_PAGE))
    return SQLITE_OK;
  if (mc_page_open (mc_ring_pages (file->ring), number, file->buffer))
    return SQLITE_OK;
  mc_crypt_note_page (number, FALSE);
  return SQLITE_IOERR_DATA;
}

static int
page_read (sqlite3_file *base, void *bytes, int length, sqlite3_int64 offset)
{
  McCryptFile *file = (McCryptFile *)base;
  guint8 *to = bytes;
  sqlite3_int64 size = 0;

  if (offset == 0 && length <= 100 && whole_size (file, &size) == SQLITE_OK && size > 0)
    {
      say_shape (bytes, length);
      return SQLITE_OK;
    }
  while (length > 0)
    {
      gsize skip = (gsize)(offset % MC_PAGE);
      gsize part = MIN ((gsize)length, MC_PAGE - skip);
      int rc = load (file, (guint32)(offset / MC_PAGE) + 1);

      if (rc == SQLITE_IOERR_SHORT_READ)
        memset (to, 0, (gsize)length);
      if (rc != SQLITE_OK)
        return rc;
      memcpy (to, file->buffer + skip, part);
      to += part;
      offset += part;
      length -= (int)part;
    }
  return SQLITE_OK;
}

static int
page_write (sqlite3_file *base, const void *bytes, int length, sqlite3_int64 offset)
{
  McCryptFile *file = (McCryptFile *)base;

  if (length != MC_PAGE || offset % MC_PAGE != 0 ||
      !mc_page_seal (mc_ring_pages (file->ring),
                     file->ring->mark,
                     (guint32)(offset / MC_PAGE) + 1,
                     bytes,
                     file->buffer))
    return SQLITE_IOERR_WRITE;
  return file->real->pMethods->xWrite (file->real, file->buffer, length, offset);
}

static int
page_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  McCryptFile *file = (McCryptFile *)base;

  return file->real->pMethods->xTruncate (file->real, size);
}

static int
page_sync (sqlite3_file *base, int flags)
{
  McCryptFile *file = (McCryptFile *)base;

  return file->real->pMethods->xSync (file->real, flags);
}

static int
page_size (sqlite3_file *base, sqlite3_int64 *size)
{
  return whole_size ((McCryptFile *)base, size);
}

const sqlite3_io_methods mc_crypt_page_methods = {
  .iVersion = 2,
  .xClose = mc_crypt_close,
  .xRead = page_read,
  .xWrite = page_write,
  .xTruncate = page_truncate,
  .xSync = page_sync,
  .xFileSize = page_size,
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
