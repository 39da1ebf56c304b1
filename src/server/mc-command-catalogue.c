/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-command.h"

#include <gio/gio.h>

/* What a gzip file begins with. */
static const guint8 gzip_magic[] = { 0x1f, 0x8b };

static int
import_file (McProvince *province, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) file = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  guint changed = 0, total = 0;

  if (g_file_get_contents (path, &text, &length, &error))
    file = mc_json_parse (text, (gssize)length, &error);
  if (file == NULL || !mc_province_import (province, file, &changed, &total, &error))
    return _mc_fail (error);
  g_print ("%u of %u entries changed\n", changed, total);
  return MC_EXIT_DONE;
}

/* A dump as it was crawled: packed or not. */
static GInputStream *
open_dump (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GInputStream) buffered = NULL;
  g_autoptr (GZlibDecompressor) unpack = NULL;
  gsize have = 0;
  const guint8 *begin;

  if (stream == NULL)
    return NULL;
  buffered = g_buffered_input_stream_new (G_INPUT_STREAM (stream));
  if (g_buffered_input_stream_fill (G_BUFFERED_INPUT_STREAM (buffered), 2, NULL, error) < 0)
    return NULL;
  begin = g_buffered_input_stream_peek_buffer (G_BUFFERED_INPUT_STREAM (buffered), &have);
  if (have < 2 || begin[0] != gzip_magic[0] || begin[1] != gzip_magic[1])
    return g_steal_pointer (&buffered);
  unpack = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  return g_converter_input_stream_new (buffered, G_CONVERTER (unpack));
}

static int
import_portal (McProvince *province, const McOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) dump = open_dump (options->portal, &error);
  g_autoptr (McPortalReport) report = mc_portal_report_new ();
  g_autofree char *text = NULL;
  guint changed = 0, kept = 0;

  if (dump == NULL || !mc_province_import_portal (province,
                                                  dump,
                                                  options->replace,
                                                  report,
                                                  &changed,
                                                  &kept,
                                                  &error))
    return _mc_fail (error);
  text = mc_portal_report_text (report);
  g_print ("%u of %u entries changed, %u kept as they stand\n%s",
           changed,
           report->procedures,
           kept,
           text);
  return MC_EXIT_DONE;
}

int
_mc_command_import (McProvince *province, const McOptions *options)
{
  if (options->portal != NULL && options->rest[0] == NULL)
    return import_portal (province, options);
  if (options->portal != NULL || options->rest[0] == NULL || options->rest[1] != NULL)
    return _mc_usage ("one FILE is needed, or --portal FILE");
  return import_file (province, options->rest[0]);
}
