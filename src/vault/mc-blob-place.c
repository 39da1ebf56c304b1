/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-blob-file.h"

struct _McBlobPlace
{
  gint users; /* atomic */
  char *path;
  McDataKey *key;
  char *sha256;
};

McBlobPlace *
mc_blob_place_new (const char *path, McDataKey *key, const char *sha256)
{
  McBlobPlace *place = g_new (McBlobPlace, 1);

  *place =
      (McBlobPlace){ 1, g_strdup (path), key ? mc_data_key_ref (key) : NULL, g_strdup (sha256) };
  return place;
}

McBlobPlace *
mc_blob_place_ref (McBlobPlace *place)
{
  g_atomic_int_inc (&place->users);
  return place;
}

void
mc_blob_place_unref (McBlobPlace *place)
{
  if (place == NULL || !g_atomic_int_dec_and_test (&place->users))
    return;
  mc_data_key_unref (place->key);
  g_free (place->path);
  g_free (place->sha256);
  g_free (place);
}

const char *
mc_blob_place_path (McBlobPlace *place)
{
  return place->path;
}

McBlobReader *
mc_blob_place_read (McBlobPlace *place, GError **error)
{
  return mc_blob_reader_new (place->path, place->key, place->sha256, error);
}

McBlobWriter *
mc_blob_place_write (McBlobPlace *place, GError **error)
{
  return mc_blob_writer_resume (place->path, place->key, place->sha256, error);
}
