/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-scans enrol URL CODE: enrols a desk, and prints its id and the seed of its key
 * bench-scans sign SEED METHOD PATH…: prints MC-Sign for each path
 * bench-scans send URL DEVICE SEED FOLDER: encrypts the files as a desk holds its scans, then sends
 *   them one after the other as the desk does, again where the line breaks; prints the seconds of
 *   sending, and the peak memory in kB before and after it
 */
#include "mc-scan-lanes.h"
#include "mc-wire.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BREAKS_MAX 50
#define BLOCK (64 * 1024)

typedef struct
{
  char *sha256;
  McBlobPlace *place;
} Scan;

static void
scan_free (gpointer data)
{
  Scan *scan = data;

  g_unlink (mc_blob_place_path (scan->place));
  mc_blob_place_unref (scan->place);
  g_free (scan->sha256);
  g_free (scan);
}

static G_GNUC_NORETURN void
fail (const char *what, const GError *error)
{
  fprintf (stderr, "bench-scans: %s: %s\n", what, error != NULL ? error->message : "failed");
  exit (1);
}

static McSecretKey
read_seed (const char *seed)
{
  guint8 bytes[crypto_sign_SEEDBYTES];
  McPublicKey public;
  McSecretKey secret;

  if (sodium_hex2bin (bytes, sizeof bytes, seed, strlen (seed), NULL, NULL, NULL) != 0)
    fail ("seed", NULL);
  crypto_sign_seed_keypair (public.bytes, secret.bytes, bytes);
  return secret;
}

static int
enrol (const char *url, const char *code)
{
  g_autoptr (McRoad) road = mc_road_new (url);
  g_autoptr (McEnrolment) enrolment = NULL;
  g_autoptr (GError) error = NULL;
  char seed[crypto_sign_SEEDBYTES * 2 + 1];
  McPublicKey public;
  McSecretKey secret;

  mc_keys_make (&public, &secret);
  enrolment = mc_road_enrol (road, code, &public, &error);
  if (enrolment == NULL)
    fail ("enrol", error);
  sodium_bin2hex (seed, sizeof seed, secret.bytes, crypto_sign_SEEDBYTES);
  printf ("%s %s\n", enrolment->device, seed);
  return 0;
}

static int
sign (const char *seed, const char *method, char **paths)
{
  McSecretKey secret = read_seed (seed);

  for (; *paths != NULL; paths++)
    {
      g_autofree char *text = mc_wire_sign_text (method, *paths, NULL);
      g_autofree char *signature = mc_keys_sign (&secret, text, strlen (text));

      printf ("%s\n", signature);
    }
  return 0;
}

/* As it lies in a desk's folder: in chunks, under a key. */
static Scan *
take_in (const char *file, McDataKey *key)
{
  g_autofree char *held = g_strconcat (file, ".held", NULL);
  g_autofree char *block = g_malloc (BLOCK);
  g_autoptr (McBlobWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  Scan *scan = g_new0 (Scan, 1);
  FILE *in = fopen (file, "rb");
  size_t got;

  writer = mc_blob_writer_new (held, key, NULL, &error);
  if (writer == NULL || in == NULL)
    fail (file, error);
  while ((got = fread (block, 1, BLOCK, in)) > 0)
    if (!mc_blob_writer_write (writer, block, got, &error))
      fail (held, error);
  fclose (in);
  if (!mc_blob_writer_finish (writer, &scan->sha256, &error))
    fail (held, error);
  scan->place = mc_blob_place_new (held, key, scan->sha256);
  return scan;
}

/* Of this program; getrusage() would begin with that of whoever started it. */
static long
peak_kb (void)
{
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    line = strstr (text, "VmHWM:");
  return line != NULL ? strtol (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

/* What is left to send, as the desk's profile would say it. */
static GPtrArray *
to_send (GPtrArray *scans, guint *from, guint most)
{
  GPtrArray *loads = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_scan_load_free);

  for (; *from < scans->len && loads->len < most; (*from)++)
    {
      Scan *scan = scans->pdata[*from];
      McBlobJob *job = g_new0 (McBlobJob, 1);

      job->sha256 = g_strdup (scan->sha256);
      g_ptr_array_add (loads, mc_scan_load_new (TRUE, job, mc_blob_place_ref (scan->place)));
    }
  return loads;
}

static gboolean
drop_done (GPtrArray *loads)
{
  for (guint i = loads->len; i > 0; i--)
    if (mc_scan_load_done (loads->pdata[i - 1]))
      g_ptr_array_remove_index (loads, i - 1);
  return loads->len == 0;
}

/* As the desk does it, but for what its profile is told in between. */
static void
send_scans (McRoad *road, GPtrArray *scans)
{
  guint broke = 0;

  for (guint next = 0; next < scans->len;)
    {
      g_autoptr (GPtrArray) loads = to_send (scans, &next, mc_scan_lanes_most (road, TRUE));

      while (!drop_done (loads))
        {
          g_autoptr (GError) error = NULL;
          McReply reply = { 0 };
          McScanLoad *last = mc_scan_lanes_move (road, loads, NULL, &reply, &error);

          if (reply.outcome == MC_OUTCOME_DONE)
            continue;
          if (last->transfer == NULL || ++broke > BREAKS_MAX)
            fail (last->job->sha256, error);
          mc_transfer_broke (last->transfer);
        }
    }
}

static int
send_all (const char *url, const char *device, const char *seed, const char *folder)
{
  g_autoptr (McRoad) road = mc_road_new (url);
  g_autoptr (McDataKey) key = mc_data_key_new ();
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (scan_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  McSecretKey secret = read_seed (seed);
  const char *name;
  gint64 began;
  long before;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      if (!g_str_has_suffix (name, ".held"))
        g_ptr_array_add (scans, take_in (file, key));
    }
  mc_road_set_identity (road, device, "", &secret);
  before = peak_kb ();
  began = g_get_monotonic_time ();
  send_scans (road, scans);
  printf ("%.4f %ld %ld\n", (double)(g_get_monotonic_time () - began) / 1e6, before, peak_kb ());
  return 0;
}

int
main (int argc, char **argv)
{
  mc_keys_init ();
  if (argc == 4 && g_str_equal (argv[1], "enrol"))
    return enrol (argv[2], argv[3]);
  if (argc > 4 && g_str_equal (argv[1], "sign"))
    return sign (argv[2], argv[3], argv + 4);
  if (argc == 6 && g_str_equal (argv[1], "send"))
    return send_all (argv[2], argv[3], argv[4], argv[5]);
  fprintf (stderr, "bench-scans enrol|sign|send …\n");
  return 2;
}
