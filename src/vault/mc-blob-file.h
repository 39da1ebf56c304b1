/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-data-key.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * An encrypted file, readable from any place. Its own random key is wrapped under the data key,
 * bound to the hash of its content: a file put in another's place does not open. The content lies
 * in chunks of 64 KiB, each authenticated with its place and whether it is the last. A wrapped key
 * has two places, so that a new data key needs one small write a file.
 *
 * Where the key is %NULL everything here reads and writes plain files.
 */

#define MC_BLOB_CHUNK (64 * 1024)

typedef struct _McBlobReader McBlobReader;

/**
 * mc_blob_reader_new:
 * @sha256: what it must be
 * Errors: #MC_ERROR_NOT_FOUND, #MC_ERROR_KEY (under another data key), #MC_ERROR_DAMAGED (torn,
 *   changed, or another file in its place)
 */
McBlobReader *
mc_blob_reader_new (const char *path, McDataKey *key, const char *sha256, GError **error);
McBlobReader *mc_blob_reader_ref (McBlobReader *reader);
void mc_blob_reader_unref (McBlobReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McBlobReader, mc_blob_reader_unref)
/** mc_blob_reader_size: of the content, in bytes. */
gint64 mc_blob_reader_size (McBlobReader *reader);
/** mc_blob_reader_read: up to @length bytes from @offset; fewer only at the end. Safe between
 * threads. Returns: how many, or -1 with #MC_ERROR_DAMAGED, #MC_ERROR_STORE */
gssize mc_blob_reader_read (McBlobReader *reader,
                            gint64 offset,
                            void *bytes,
                            gsize length,
                            GError **error);
/** mc_blob_reader_stream: a seekable stream, for poppler_document_new_from_stream(). Returns:
 * (transfer full) */
GInputStream *mc_blob_reader_stream (McBlobReader *reader);
/** mc_blob_reader_check: reads chunks @from … @from + @count and says whether they are sound.
 * @ret_end: whether there are no more */
gboolean mc_blob_reader_check (McBlobReader *reader,
                               guint64 from,
                               guint64 count,
                               gboolean *ret_end,
                               GError **error);

/**
 * McBlobPlace:
 * Where a file is and what opens it: what is handed to another thread, which opens it there.
 * Immutable.
 */
typedef struct _McBlobPlace McBlobPlace;
/** mc_blob_place_new: @key: (nullable): of a plain file. @sha256: (nullable) of a plain file */
McBlobPlace *mc_blob_place_new (const char *path, McDataKey *key, const char *sha256);
McBlobPlace *mc_blob_place_ref (McBlobPlace *place);
void mc_blob_place_unref (McBlobPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McBlobPlace, mc_blob_place_unref)
/** mc_blob_place_path: borrowed; the name of the file on the disk. */
const char *mc_blob_place_path (McBlobPlace *place);
/** mc_blob_place_read: as mc_blob_reader_new(). */
McBlobReader *mc_blob_place_read (McBlobPlace *place, GError **error);

typedef struct _McBlobWriter McBlobWriter;

/** mc_blob_writer_new: into @path, which is made anew. @sha256: (nullable): what it will be; %NULL:
 * told by mc_blob_writer_finish() */
McBlobWriter *
mc_blob_writer_new (const char *path, McDataKey *key, const char *sha256, GError **error);
/** mc_blob_writer_resume: goes on with what a killed program had written of @sha256; what cannot be
 * used of it is dropped. */
McBlobWriter *
mc_blob_writer_resume (const char *path, McDataKey *key, const char *sha256, GError **error);
/** mc_blob_place_write: as mc_blob_writer_resume(). */
McBlobWriter *mc_blob_place_write (McBlobPlace *place, GError **error);
/** mc_blob_writer_have: how many bytes are there so far. */
gint64 mc_blob_writer_have (McBlobWriter *writer);
gboolean
mc_blob_writer_write (McBlobWriter *writer, const void *bytes, gsize length, GError **error);
/** mc_blob_writer_restart: drops what there is and begins at 0. */
gboolean mc_blob_writer_restart (McBlobWriter *writer, GError **error);
/** mc_blob_writer_finish: all of it is there: synced to the disk. @ret_sha256: (optional) (transfer
 * full): what it is. Errors: #MC_ERROR_DAMAGED where it is not what it was to be */
gboolean mc_blob_writer_finish (McBlobWriter *writer, char **ret_sha256, GError **error);
/** mc_blob_writer_free: without finish, whole chunks stay for mc_blob_writer_resume(). */
void mc_blob_writer_free (McBlobWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McBlobWriter, mc_blob_writer_free)

/** mc_blob_rewrap: the file opens by @new_key too, and still by @old. Idempotent, durable. */
gboolean mc_blob_rewrap (const char *path,
                         McDataKey *old,
                         McDataKey *new_key,
                         const char *sha256,
                         GError **error);
/** mc_blob_forget: takes every wrapped key out but that of @key. */
gboolean mc_blob_forget (const char *path, McDataKey *key, GError **error);

G_END_DECLS
