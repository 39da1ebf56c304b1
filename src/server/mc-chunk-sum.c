/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-server-private.h"

#include <sodium.h>
#include <unistd.h>

#define BLOCK (64 * 1024)

/* SHA-1 is in GLib alone, and SHA-256 is faster in libsodium. */
typedef struct
{
  GChecksum *sha1;
  crypto_hash_sha256_state sha256;
} Summing;

static void
update (Summing *summing, const guint8 *bytes, gsize length)
{
  if (summing->sha1 != NULL)
    g_checksum_update (summing->sha1, bytes, (gssize)length);
  else
    crypto_hash_sha256_update (&summing->sha256, bytes, length);
}

static void
finish (Summing *summing, McChunkSum *ret_sum)
{
  ret_sum->length = sizeof ret_sum->digest;
  if (summing->sha1 != NULL)
    g_checksum_get_digest (summing->sha1, ret_sum->digest, &ret_sum->length);
  else
    crypto_hash_sha256_final (&summing->sha256, ret_sum->digest);
  g_clear_pointer (&summing->sha1, g_checksum_free);
}

gboolean
_mc_chunk_sum (int fd, gint64 from, gint64 to, McSum sum, McChunkSum *ret_sum)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  Summing summing = { NULL };
  gssize got = 1;

  g_return_val_if_fail (sum != MC_SUM_NONE, FALSE);

  if (sum == MC_SUM_SHA1)
    summing.sha1 = g_checksum_new (G_CHECKSUM_SHA1);
  crypto_hash_sha256_init (&summing.sha256);
  while (from < to && (got = pread (fd, block, (gsize)MIN (BLOCK, to - from), from)) > 0)
    {
      update (&summing, block, (gsize)got);
      from += got;
    }
  finish (&summing, ret_sum);
  ret_sum->sum = sum;
  return from == to;
}

gboolean
_mc_chunk_sum_equal (const McChunkSum *a, const McChunkSum *b)
{
  return a->sum == b->sum && a->length == b->length &&
         memcmp (a->digest, b->digest, a->length) == 0;
}
