/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key of a file, wrapped at its head, and its chunks. */
#include "mc-blob-private.h"

#include "mc-error.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MAGIC "MotCuaF1"
#define ID 8
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

/* As it lies there; only bytes, so that there is nothing between them. */
typedef struct
{
  guint8 magic[8];
  guint8 key_id[ID];
  guint8 nonce[NONCE];
  guint8 wrapped[MC_BLOB_KEY + TAG];
} Head;

gboolean
mc_blob_fail (const char *what, GError **error)
{
  int saved = errno;
  McError code = MC_ERROR_STORE;

  if (saved == ENOSPC || saved == EDQUOT || saved == EFBIG)
    code = MC_ERROR_FULL;
  else if (saved == ENOENT)
    code = MC_ERROR_NOT_FOUND;
  g_set_error (error, MC_ERROR, code, "%s: %s", what, g_strerror (saved));
  return FALSE;
}

gboolean
mc_blob_damaged (const char *sha256, const char *why, GError **error)
{
  g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "scan %.12s…: %s", sha256, why);
  return FALSE;
}

/* What the key belongs to: a file in another's place does not open. */
static gsize
additional (const char *sha256, guint8 *ret_ad, gsize room)
{
  gsize length = strlen (sha256);

  g_assert (length + ID <= room);
  memcpy (ret_ad, MAGIC, ID);
  memcpy (ret_ad + ID, sha256, length);
  return ID + length;
}

static void
id_of (McDataKey *key, guint8 ret_id[ID])
{
  sodium_hex2bin (ret_id, ID, mc_data_key_id (key), 2 * ID, NULL, NULL, NULL);
}

gboolean
mc_blob_put_key (int fd,
                 guint place,
                 McDataKey *key,
                 const char *sha256,
                 const guint8 file_key[MC_BLOB_KEY],
                 GError **error)
{
  guint8 wrapping[MC_SUBKEY_BYTES];
  guint8 ad[256];
  Head head;

  memcpy (head.magic, MAGIC, sizeof head.magic);
  id_of (key, head.key_id);
  randombytes_buf (head.nonce, sizeof head.nonce);
  mc_data_key_derive (key, MC_SUBKEY_FILES, wrapping);
  crypto_aead_xchacha20poly1305_ietf_encrypt (head.wrapped,
                                              NULL,
                                              file_key,
                                              MC_BLOB_KEY,
                                              ad,
                                              additional (sha256, ad, sizeof ad),
                                              NULL,
                                              head.nonce,
                                              wrapping);
  sodium_memzero (wrapping, sizeof wrapping);
  errno = ENOSPC; /* what a short write means */
  if (pwrite (fd, &head, sizeof head, (off_t)place * MC_BLOB_PLACE) == sizeof head)
    return TRUE;
  return mc_blob_fail ("scan", error);
}

static gboolean
unwrap (const Head *head, McDataKey *key, const char *sha256, guint8 ret_file_key[MC_BLOB_KEY])
{
  guint8 wrapping[MC_SUBKEY_BYTES];
  guint8 ad[256];
  gboolean ok;

  mc_data_key_derive (key, MC_SUBKEY_FILES, wrapping);
  ok = crypto_aead_xchacha20poly1305_ietf_decrypt (ret_file_key,
                                                   NULL,
                                                   NULL,
                                                   head->wrapped,
                                                   sizeof head->wrapped,
                                                   ad,
                                                   additional (sha256, ad, sizeof ad),
                                                   head->nonce,
                                                   wrapping) == 0;
  sodium_memzero (wrapping, sizeof wrapping);
  return ok;
}

gboolean
mc_blob_get_key (int fd,
                 McDataKey *key,
                 const char *sha256,
                 guint8 ret_file_key[MC_BLOB_KEY],
                 guint *ret_place,
                 GError **error)
{
  gboolean other = FALSE;
  guint8 id[ID];

  id_of (key, id);
  for (guint place = 0; place < 2; place++)
    {
      Head head;

      if (pread (fd, &head, sizeof head, (off_t)place * MC_BLOB_PLACE) != sizeof head ||
          memcmp (head.magic, MAGIC, sizeof head.magic) != 0)
        continue;
      if (memcmp (head.key_id, id, sizeof id) != 0)
        {
          other = TRUE;
          continue;
        }
      if (!unwrap (&head, key, sha256, ret_file_key))
        return mc_blob_damaged (sha256, "another file is in its place, or it was changed", error);
      if (ret_place != NULL)
        *ret_place = place;
      return TRUE;
    }
  if (!other)
    return mc_blob_damaged (sha256, "not an encrypted file", error);
  g_set_error (error, MC_ERROR, MC_ERROR_KEY, "scan %.12s… is under another key", sha256);
  return FALSE;
}

#define CHUNK_AD 13

static void
chunk_ad (guint64 index, gboolean last, guint8 ad[CHUNK_AD])
{
  guint64 wire = GUINT64_TO_LE (index);

  memcpy (ad, "scan", 4);
  memcpy (ad + 4, &wire, 8);
  ad[12] = last ? 1 : 0;
}

gsize
mc_blob_seal (const guint8 *file_key,
              guint64 index,
              gboolean last,
              const guint8 *bytes,
              gsize length,
              guint8 *ret_stored)
{
  unsigned long long sealed = 0;
  guint8 ad[CHUNK_AD];

  chunk_ad (index, last, ad);
  randombytes_buf (ret_stored, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (ret_stored + NONCE,
                                              &sealed,
                                              bytes,
                                              length,
                                              ad,
                                              sizeof ad,
                                              NULL,
                                              ret_stored,
                                              file_key);
  return NONCE + (gsize)sealed;
}

gboolean
mc_blob_unseal (const guint8 *file_key,
                guint64 index,
                gboolean last,
                const guint8 *stored,
                gsize length,
                guint8 *ret_bytes)
{
  guint8 ad[CHUNK_AD];

  if (length < MC_BLOB_OVERHEAD)
    return FALSE;
  chunk_ad (index, last, ad);
  return crypto_aead_xchacha20poly1305_ietf_decrypt (ret_bytes,
                                                     NULL,
                                                     NULL,
                                                     stored + NONCE,
                                                     length - NONCE,
                                                     ad,
                                                     sizeof ad,
                                                     stored,
                                                     file_key) == 0;
}

gboolean
mc_blob_rewrap (const char *path,
                McDataKey *old,
                McDataKey *new_key,
                const char *sha256,
                GError **error)
{
  guint8 file_key[MC_BLOB_KEY];
  guint place = 0;
  int fd = open (path, O_RDWR | O_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    return mc_blob_fail (path, error);
  if (mc_blob_get_key (fd, new_key, sha256, file_key, NULL, NULL))
    ok = TRUE;
  else
    {
      ok = mc_blob_get_key (fd, old, sha256, file_key, &place, error) &&
           mc_blob_put_key (fd, 1 - place, new_key, sha256, file_key, error);
      if (ok && fdatasync (fd) != 0)
        ok = mc_blob_fail (path, error);
    }
  sodium_memzero (file_key, sizeof file_key);
  close (fd);
  return ok;
}

gboolean
mc_blob_forget (const char *path, McDataKey *key, GError **error)
{
  static const Head nothing;
  guint8 id[ID];
  int fd = open (path, O_RDWR | O_CLOEXEC);
  gboolean ok = fd >= 0;

  id_of (key, id);
  for (guint place = 0; ok && place < 2; place++)
    {
      Head head;

      if (pread (fd, &head, sizeof head, (off_t)place * MC_BLOB_PLACE) == sizeof head &&
          memcmp (head.magic, MAGIC, sizeof head.magic) == 0 &&
          memcmp (head.key_id, id, sizeof id) != 0)
        ok = pwrite (fd, &nothing, sizeof nothing, (off_t)place * MC_BLOB_PLACE) == sizeof nothing;
    }
  ok = ok && fdatasync (fd) == 0;
  if (!ok)
    mc_blob_fail (path, error);
  if (fd >= 0)
    close (fd);
  return ok;
}
