/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Our desk's scans to @tus/server, which we did not write (tests/node). Where node or its packages
 * are missing, every case fails.
 */
#include "mc-scan-move.h"
#include "mc-store-private.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <signal.h>
#include <string.h>

typedef struct
{
  const char *names;
  gsize size;
  const char *cuts;
} Case;

typedef struct
{
  McTestOffice *office;
  GSubprocess *peer;
  char *folder; /* where the peer keeps what it gets */
  char *url;
  char *sha256;
  GBytes *bytes;
} Line;

static char *
first_line (GSubprocess *peer)
{
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (peer));

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (out), FALSE);
  return g_data_input_stream_read_line_utf8 (out, NULL, NULL, NULL);
}

static void
start_peer (Line *line, const Case *one)
{
  g_autofree char *script =
      g_build_filename (g_getenv ("MC_SOURCE_ROOT"), "tests/node/tus-server.mjs", NULL);
  const char *args[] = { "node",     script, "--folder", line->folder, "--names",
                         one->names, NULL,   one->cuts,  NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  if (one->cuts != NULL)
    args[6] = "--cuts";
  line->peer = g_subprocess_newv (args, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  said = first_line (line->peer);
  g_assert_nonnull (said);
  g_assert_true (g_str_has_prefix (said, "listening on "));
  line->url = g_strdup (said + strlen ("listening on "));
}

static GBytes *
some_bytes (gsize size)
{
  guint8 *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8)(i * 31 + (i >> 11));
  return g_bytes_new_take (bytes, size);
}

static void
hold_scan (Line *line, gsize size)
{
  McStore *store = line->office->store;
  g_autoptr (McBlobPlace) place = NULL;
  g_autoptr (McBlobWriter) writer = NULL;
  g_autofree char *folder = NULL;

  g_clear_pointer (&line->bytes, g_bytes_unref);
  g_free (line->sha256);
  line->bytes = some_bytes (size);
  line->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, line->bytes);
  place = mc_store_blob_place (store, line->sha256);
  folder = g_path_get_dirname (mc_blob_place_path (place));
  g_mkdir_with_parents (folder, 0700);
  writer = mc_blob_place_write (place, NULL);
  g_assert_true (mc_blob_writer_write (writer, g_bytes_get_data (line->bytes, NULL), size, NULL));
  g_assert_true (mc_blob_writer_finish (writer, NULL, NULL));
  g_assert_true (mc_store_hold_blob (store, line->sha256, (gint64)size, NULL));
}

static gpointer
run_here (gpointer where, McWork work, gpointer data, GError **error)
{
  return work (where, data, error);
}

/* The program is started anew for each slice; where the line broke it goes on from what it knows.
 */
static guint
send_all (Line *line)
{
  McStore *store = line->office->store;
  guint slices = 0;
  guint broke = 0;

  for (McBlobJob *job; (job = mc_store_blob_to_send (store)) != NULL; mc_blob_job_free (job))
    {
      McContact *contact = mc_contact_new (1, run_here, line->office->desk);
      McRoad *road = mc_road_new (line->url);
      McScanMove *move = NULL;
      McReply reply = { 0 };

      mc_scan_move_slice (&move, contact, road, TRUE, NULL, &reply, NULL);
      g_assert_true (reply.outcome == MC_OUTCOME_DONE || reply.outcome == MC_OUTCOME_FAILED);
      broke += reply.outcome == MC_OUTCOME_FAILED;
      mc_scan_move_free (move);
      mc_road_free (road);
      mc_contact_free (contact);
      g_assert_cmpuint (++slices, <, 30);
    }
  g_assert_cmpuint (mc_store_blob_next_try (store), ==, 0);
  return broke;
}

/* Whether the peer has a file with just these bytes. */
static gboolean
arrived (Line *line)
{
  g_autoptr (GDir) dir = g_dir_open (line->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (line->folder, name, NULL);
      g_autofree char *data = NULL;
      gsize size = 0;

      if (g_file_get_contents (path, &data, &size, NULL) &&
          size == g_bytes_get_size (line->bytes) &&
          memcmp (data, g_bytes_get_data (line->bytes, NULL), size) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
end_peer (Line *line)
{
  g_subprocess_send_signal (line->peer, SIGTERM);
  g_assert_true (g_subprocess_wait (line->peer, NULL, NULL));
  g_object_unref (line->peer);
  g_bytes_unref (line->bytes);
  g_free (line->sha256);
  g_free (line->url);
  mc_test_remove (line->folder);
  mc_test_office_free (line->office);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  Line line = { .office = mc_test_office (), .folder = mc_test_folder () };
  guint broke;

  start_peer (&line, one);
  hold_scan (&line, one->size);
  broke = send_all (&line);
  g_assert_true (arrived (&line));
  g_assert_true ((one->cuts != NULL) == (broke > 0));
  end_peer (&line);
}

#define SCANS 24
#define SCAN_SIZE (200 * 1000)

/* A minute later: what the peer would not go on with, while it still held what broke, is due. */
static void
wait_a_minute (Line *line, gsize size)
{
  for (gsize i = 0; i < SCANS; i++)
    {
      g_autoptr (GBytes) bytes = some_bytes (size + i);
      g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

      mc_store_blob_put_off (line->office->store, sha256, 0);
    }
}

static guint
waiting (Line *line)
{
  guint count = 0;
  guint64 bytes = 0;

  mc_store_blobs_waiting (line->office->store, &count, &bytes);
  return count;
}

/* The same road and what it knows of the line, from slice to slice. */
static guint
send_on_lanes (Line *line, gsize size)
{
  McContact *contact = mc_contact_new (1, run_here, line->office->desk);
  McRoad *road = mc_road_new (line->url);
  McScanMove *move = NULL;
  guint slices = 0;

  while (waiting (line) > 0)
    {
      McReply reply = { 0 };

      mc_scan_move_slice (&move, contact, road, TRUE, NULL, &reply, NULL);
      g_assert_true (reply.outcome == MC_OUTCOME_DONE || reply.outcome == MC_OUTCOME_FAILED);
      g_assert_cmpuint (++slices, <, 10 * SCANS);
      wait_a_minute (line, size);
    }
  mc_scan_move_free (move);
  mc_road_free (road);
  mc_contact_free (contact);
  return slices;
}

/* Many small ones on a quick line: beside each other, and each arrives. Of what breaks, the rest is
 * sent again. */
static void
test_scans (gconstpointer data)
{
  const Case *one = data;
  Line line = { .office = mc_test_office (), .folder = mc_test_folder () };
  guint slices;

  start_peer (&line, one);
  for (gsize i = 0; i < SCANS; i++)
    hold_scan (&line, one->size + i);
  slices = send_on_lanes (&line, one->size);
  g_test_message ("%u scans in %u slices", SCANS, slices);
  for (gsize i = 0; i < SCANS; i++)
    {
      g_clear_pointer (&line.bytes, g_bytes_unref);
      line.bytes = some_bytes (one->size + i);
      g_assert_true (arrived (&line));
    }
  end_peer (&line);
}

static const Case many = { "hash", SCAN_SIZE, NULL };
static const Case many_broken = { "hash", SCAN_SIZE, "450000,900000,1300001,2000000,2000900" };

static const Case cases[] = {
  { "hash", 1, NULL },
  { "hash", 3 * 1000 * 1000 + 1, NULL },
  { "random", 700 * 1000, NULL },
  { "hash", 700 * 1000, "90000,300000,500001" },
  { "random", 700 * 1000, "50,600,70000,70900,300000" },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tus-peer/%s/%u", cases[i].names, i);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_data_func ("/tus-peer/scans", &many, test_scans);
  g_test_add_data_func ("/tus-peer/scans-broken", &many_broken, test_scans);
  return g_test_run ();
}
