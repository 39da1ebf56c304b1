/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-server-private.h"

#include <unistd.h>

#define BLOCK (64 * 1024)

/* libgcrypt uses the processor's own instructions; libsodium's SHA-256 does not, and takes seven
 * times as long. Every scan passes through here. */
static int
algorithm_of (McSum sum)
{
  return sum == MC_SUM_SHA1 ? GCRY_MD_SHA1 : GCRY_MD_SHA256;
}

gcry_md_hd_t
_mc_sum_begin (McSum sum)
{
  gcry_md_hd_t running = NULL;

  g_return_val_if_fail (sum != MC_SUM_NONE, NULL);

  if (gcry_md_open (&running, algorithm_of (sum), 0) != 0)
    g_error ("libgcrypt has no SHA-256 or no SHA-1");
  return running;
}

gboolean
_mc_sum_file (gcry_md_hd_t running, int fd, gint64 from, gint64 to)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  gssize got = 1;

  while (from < to && (got = pread (fd, block, (gsize)MIN (BLOCK, to - from), from)) > 0)
    {
      gcry_md_write (running, block, (gsize)got);
      from += got;
    }
  return from == to;
}

gboolean
_mc_sum_is (gcry_md_hd_t running, const McChunkSum *said)
{
  int algorithm = algorithm_of (said->sum);

  return said->length == gcry_md_get_algo_dlen (algorithm) &&
         memcmp (gcry_md_read (running, algorithm), said->digest, said->length) == 0;
}
