/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gcrypt.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * McPartWriter:
 * Writes what comes of a scan into its part file and sums it up, on another thread while the next
 * comes. Of the few KiB that soup gives at a time it makes blocks; it holds two of them at most,
 * and where many scans come in at once none.
 */
typedef struct
{
  int fd;
  /* What follows belongs to the writer until _mc_part_writer_settle(), and then to the caller. */
  gint64 offset;    /* bytes of the file that are written */
  gcry_md_hd_t sum; /* of all of them; NULL: not known */
  int failure;      /* atomic: errno: nothing was written after it */
  /*< private >*/
  gboolean buffered;
  guint8 *filling;
  gsize filled;
  GMutex lock; /* over `flying` and `spare` */
  GCond landed;
  guint8 *flying; /* a block that is being written */
  gsize flown;    /* its bytes */
  guint8 *spare;
} McPartWriter;

/** _mc_part_writer_new: Takes @fd, which stands at @offset, and @sum, the sum of all before it. */
McPartWriter *_mc_part_writer_new (int fd, gint64 offset, gcry_md_hd_t sum);
/** _mc_part_writer_free: waits until nothing is being written. */
void _mc_part_writer_free (McPartWriter *writer);
/** _mc_part_writer_write: Returns: errno of what went wrong until now, as far as it is known; 0 */
int _mc_part_writer_write (McPartWriter *writer, const void *bytes, gsize length);
/** _mc_part_writer_flush: lets what is held be written. Waits where the block before still is: the
 * disk is not overtaken by more than that. */
void _mc_part_writer_flush (McPartWriter *writer);
/** _mc_part_writer_settle: writes what is left; on any thread, when nothing more comes. */
void _mc_part_writer_settle (McPartWriter *writer);

G_END_DECLS
