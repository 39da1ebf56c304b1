/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Encrypted files: read anywhere, refused where they were changed, taken up again after a kill. */
#include "mc-blob-file.h"
#include "mc-error.h"
#include "mc-support.h"
#include <glib/gstdio.h>
#include <poppler.h>
#include <string.h>

#define CHUNK MC_BLOB_CHUNK
#define STORED (CHUNK + 40)
#define HEAD 8192

typedef struct
{
  char *folder;
  char *path;
  McDataKey *key;
  guint8 *bytes;
  gsize length;
  char *sha256;
} F;

static void
set_up (F *f, gconstpointer data)
{
  GRand *random = g_rand_new_with_seed (7);

  mc_keys_init ();
  f->folder = mc_test_folder ();
  f->path = g_build_filename (f->folder, "a", NULL);
  f->key = mc_data_key_new ();
  f->length = 3 * CHUNK + 1234;
  f->bytes = g_malloc (f->length);
  for (gsize i = 0; i < f->length; i++)
    f->bytes[i] = (guint8)g_rand_int_range (random, 0, 256);
  f->sha256 = mc_sha256 (f->bytes, f->length);
  g_rand_free (random);
}

static void
tear_down (F *f, gconstpointer data)
{
  mc_data_key_unref (f->key);
  g_free (f->bytes);
  g_free (f->sha256);
  g_free (f->path);
  mc_test_remove (f->folder);
}

static char *
put (F *f, const char *path, gsize length, const char *sha256)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McBlobWriter) writer = mc_blob_writer_new (path, f->key, sha256, &error);
  char *hash = NULL;

  g_assert_no_error (error);
  for (gsize at = 0; at < length; at += 10000)
    g_assert_true (mc_blob_writer_write (writer, f->bytes + at, MIN (10000, length - at), &error));
  mc_blob_writer_finish (writer, &hash, &error);
  g_assert_no_error (error);
  return hash;
}

static void
same (F *f, const char *path, const char *sha256, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McBlobReader) reader = mc_blob_reader_new (path, f->key, sha256, &error);
  g_autofree guint8 *back = g_malloc (length + 1);

  g_assert_no_error (error);
  g_assert_cmpint (mc_blob_reader_size (reader), ==, length);
  g_assert_cmpint (mc_blob_reader_read (reader, 0, back, length + 1, &error), ==, length);
  g_assert_no_error (error);
  g_assert_cmpmem (back, length, f->bytes, length);
}

/* Of every length around a chunk's end; also where the hash is only known afterwards. */
static void
test_round_trip (F *f, gconstpointer data)
{
  static const gsize lengths[] = { 0,         1,         CHUNK - 1,     CHUNK,
                                   CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 3 * CHUNK + 1234 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *sha256 = mc_sha256 (f->bytes, lengths[i]);
      g_autofree char *told = put (f, f->path, lengths[i], NULL);
      g_autofree char *known = put (f, f->path, lengths[i], sha256);
      GStatBuf info;

      g_assert_cmpstr (told, ==, sha256);
      g_assert_cmpstr (known, ==, sha256);
      same (f, f->path, sha256, lengths[i]);
      g_stat (f->path, &info);
      g_assert_cmpint (info.st_size, >=, HEAD + lengths[i] + 40);
    }
}

static void
test_anywhere (F *f, gconstpointer data)
{
  g_autofree char *hash = put (f, f->path, f->length, NULL);
  g_autoptr (McBlobReader) reader = mc_blob_reader_new (f->path, f->key, hash, NULL);
  g_autoptr (GInputStream) stream = mc_blob_reader_stream (reader);
  guint8 block[5000];

  for (gint64 at = (gint64)f->length - 100; at >= 0; at -= 4321)
    {
      gssize wanted = (gssize)MIN (sizeof block, f->length - (gsize)at);
      gsize got = 0;

      g_assert_cmpint (mc_blob_reader_read (reader, at, block, sizeof block, NULL), ==, wanted);
      g_assert_cmpmem (block, wanted, f->bytes + at, wanted);
      g_assert_true (g_seekable_seek (G_SEEKABLE (stream), at, G_SEEK_SET, NULL, NULL));
      g_assert_true (g_input_stream_read_all (stream, block, sizeof block, &got, NULL, NULL));
      g_assert_cmpmem (block, got, f->bytes + at, wanted);
    }
}

static void
refused (F *f, McDataKey *key, const char *sha256, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McBlobReader) reader = mc_blob_reader_new (f->path, key, sha256, &error);
  gboolean end;

  if (reader != NULL)
    g_assert_false (mc_blob_reader_check (reader, 0, 100, &end, &error));
  g_assert_error (error, MC_ERROR, code);
}

static void
test_refused (F *f, gconstpointer data)
{
  static const gsize places[] = {
    3, 20, 50, HEAD + 5, HEAD + 100, HEAD + STORED - 1, HEAD + STORED + 30, HEAD + 3 * STORED + 1000
  };
  g_autofree char *hash = put (f, f->path, f->length, NULL);
  g_autofree char *other_hash = mc_sha256 ("x", 1);
  g_autoptr (McDataKey) other = mc_data_key_new ();
  g_autofree char *text = NULL;
  gsize size;

  refused (f, other, hash, MC_ERROR_KEY);
  /* A file put in another's place. */
  refused (f, f->key, other_hash, MC_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (f->path, &text, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      text[places[i]] ^= 1;
      g_file_set_contents (f->path, text, (gssize)size, NULL);
      refused (f, f->key, hash, MC_ERROR_DAMAGED);
      text[places[i]] ^= 1;
    }
  /* Cut off, also where a chunk ends; two chunks changed places. */
  for (gsize cut = HEAD; cut < size; cut += STORED)
    {
      g_file_set_contents (f->path, text, (gssize)cut, NULL);
      refused (f, f->key, hash, MC_ERROR_DAMAGED);
      g_file_set_contents (f->path, text, (gssize)cut + 20, NULL);
      refused (f, f->key, hash, MC_ERROR_DAMAGED);
    }
  {
    g_autofree char *swapped = g_memdup2 (text, size);

    memcpy (swapped + HEAD, text + HEAD + STORED, STORED);
    memcpy (swapped + HEAD + STORED, text + HEAD, STORED);
    g_file_set_contents (f->path, swapped, (gssize)size, NULL);
    refused (f, f->key, hash, MC_ERROR_DAMAGED);
  }
}

/* Killed after any write: whole chunks stay, at most one is lost; the whole is the whole. */
static void
test_resume (F *f, gconstpointer data)
{
  for (gsize cut = 0; cut <= f->length; cut += 30011)
    {
      g_autoptr (McBlobWriter) writer = mc_blob_writer_new (f->path, f->key, f->sha256, NULL);
      g_autoptr (McBlobWriter) again = NULL;
      g_autoptr (GError) error = NULL;
      gsize have;

      g_assert_true (mc_blob_writer_write (writer, f->bytes, cut, NULL));
      g_clear_pointer (&writer, mc_blob_writer_free);
      again = mc_blob_writer_resume (f->path, f->key, f->sha256, &error);
      g_assert_no_error (error);
      have = (gsize)mc_blob_writer_have (again);
      g_assert_cmpuint (have, <=, cut);
      g_assert_cmpuint (have, ==, cut);
      g_assert_true (mc_blob_writer_write (again, f->bytes + have, f->length - have, &error));
      mc_blob_writer_finish (again, NULL, &error);
      g_assert_no_error (error);
      same (f, f->path, f->sha256, f->length);
      /* Finished, and killed before anybody was told. */
      g_clear_pointer (&again, mc_blob_writer_free);
      again = mc_blob_writer_resume (f->path, f->key, f->sha256, &error);
      g_assert_cmpuint (mc_blob_writer_have (again), ==, f->length);
      g_assert_true (mc_blob_writer_finish (again, NULL, &error));
      same (f, f->path, f->sha256, f->length);
    }
}

static void
test_other_bytes (F *f, gconstpointer data)
{
  g_autoptr (McBlobWriter) writer = mc_blob_writer_new (f->path, f->key, f->sha256, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_blob_writer_write (writer, f->bytes, 100, NULL));
  g_assert_false (mc_blob_writer_finish (writer, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
}

static void
test_rewrap (F *f, gconstpointer data)
{
  g_autofree char *hash = put (f, f->path, f->length, NULL);
  g_autoptr (McDataKey) old = mc_data_key_ref (f->key);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (McDataKey) before = mc_data_key_ref (f->key);
      McDataKey *next = mc_data_key_renew (f->key);

      g_assert_true (mc_blob_rewrap (f->path, before, next, hash, &error));
      g_assert_true (mc_blob_rewrap (f->path, before, next, hash, &error));
      same (f, f->path, hash, f->length);
      mc_data_key_unref (f->key);
      f->key = next;
      same (f, f->path, hash, f->length);
      g_assert_true (mc_blob_forget (f->path, next, &error));
      refused (f, before, hash, MC_ERROR_KEY);
      same (f, f->path, hash, f->length);
    }
  refused (f, old, hash, MC_ERROR_KEY);
}

/* Poppler reads it as it reads a file. */
static void
test_poppler (F *f, gconstpointer data)
{
  g_autofree char *pdf = mc_test_pdf (f->folder, "Đình", 3);
  g_autoptr (McBlobWriter) writer = NULL;
  g_autoptr (McBlobReader) reader = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GObject) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *stored = NULL;
  gsize size;
  gsize stored_size;

  g_assert_true (g_file_get_contents (pdf, &text, &size, NULL));
  writer = mc_blob_writer_new (f->path, f->key, NULL, NULL);
  mc_blob_writer_write (writer, text, size, NULL);
  g_assert_true (mc_blob_writer_finish (writer, &hash, NULL));
  reader = mc_blob_reader_new (f->path, f->key, hash, &error);
  g_assert_no_error (error);
  stream = mc_blob_reader_stream (reader);
  document =
      G_OBJECT (poppler_document_new_from_stream (stream, (goffset)size, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (poppler_document_get_n_pages (POPPLER_DOCUMENT (document)), ==, 3);
  g_assert_true (g_file_get_contents (f->path, &stored, &stored_size, NULL));
  g_assert_null (memmem (stored, stored_size, "%PDF", 4));
}

#define CASE(name, function) g_test_add ("/blob-file/" name, F, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE ("round-trip", test_round_trip);
  CASE ("anywhere", test_anywhere);
  CASE ("refused", test_refused);
  CASE ("resume", test_resume);
  CASE ("other-bytes", test_other_bytes);
  CASE ("rewrap", test_rewrap);
  CASE ("poppler", test_poppler);
  return g_test_run ();
}
