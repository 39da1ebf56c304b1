/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-fixture.h"

#include "mc-support.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static GFile *
fixture (const char *version, const char *name)
{
  const char *root = g_getenv ("MC_SOURCE_ROOT");

  g_assert_nonnull (root);
  return g_file_new_build_filename (root, "tests", "fixtures", version, name, NULL);
}

static char *
read_fixture (const char *version, const char *name)
{
  g_autoptr (GFile) file = fixture (version, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Into @folder, and unpacked where its name ends so. */
static void
bring (const char *version, const char *name, const char *folder)
{
  g_autoptr (GFile) file = fixture (version, name);
  g_autofree char *packed = g_path_get_basename (name);
  g_autofree char *plain =
      g_strndup (packed, strlen (packed) - (g_str_has_suffix (packed, ".gz") ? strlen (".gz") : 0));
  g_autofree char *path = g_build_filename (folder, plain, NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GConverter) unpack =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) in = G_INPUT_STREAM (g_file_read (file, NULL, &error));
  g_autoptr (GInputStream) bytes = NULL;
  g_autoptr (GOutputStream) out = NULL;

  g_assert_no_error (error);
  bytes = g_str_has_suffix (packed, ".gz") ? g_converter_input_stream_new (in, unpack)
                                           : g_object_ref (in);
  out = G_OUTPUT_STREAM (g_file_create (target, G_FILE_CREATE_PRIVATE, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_splice (out, bytes, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
}

char *
mc_fixture_desk (const char *version)
{
  char *folder = mc_test_folder ();

  bring (version, "desk.sqlite.gz", folder);
  bring (version, "device.key", folder);
  return folder;
}

char *
mc_fixture_province (const char *version)
{
  char *folder = mc_test_folder ();
  g_autofree char *keys = g_build_filename (folder, "keys", NULL);

  g_assert_cmpint (g_mkdir (keys, 0700), ==, 0);
  bring (version, "server.sqlite.gz", folder);
  bring (version, "keys/province.key", keys);
  bring (version, "keys/mac.key", keys);
  /* Since version 2. */
  if (!g_str_equal (version, "v1"))
    {
      bring (version, "keys/devices", keys);
      bring (version, "keys/mark", keys);
    }
  return folder;
}

GPtrArray *
mc_fixture_ops (const char *version)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = read_fixture (version, "ops.txt");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (ops, g_strdup (lines[i]));
  return ops;
}

void
mc_fixture_signer (const char *version, const char *who, McPublicKey *ret_key)
{
  g_autofree char *text = read_fixture (version, "signers.txt");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 2);

      if (g_strcmp0 (words[0], who) != 0)
        continue;
      g_assert_true (mc_base64_decode (words[1], ret_key->bytes, MC_KEY_PUBLIC_BYTES));
      return;
    }
  g_assert_not_reached ();
}
