/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
attach (McTestOffice *office, const char *id, const char *word, guint pages)
{
  g_autofree char *path = mc_test_pdf (office->folder, word, pages);
  g_autoptr (json_t) document = mc_desk_import (office->desk, path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_desk_attach (office->desk, id, "to-khai", document, &error));
  g_assert_no_error (error);
  return g_strdup (mc_json_string (document, "sha256"));
}

static void
test_smallest_first_then_patience (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL, *large = NULL, *small = NULL;
  McBlobJob *job;
  guint count = 0;
  guint64 bytes = 0;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  large = attach (office, id, "Lon", 50);
  mc_fake_clock_pass (office->clock, 5 * 3600 * 1000);
  small = attach (office, id, "Nho", 1);
  /* The large one has waited five hours: it goes although it is large. */
  job = mc_store_blob_to_send (office->store);
  g_assert_cmpstr (job->sha256, ==, large);
  mc_blob_job_free (job);
  office->clock->wall_ms -= 2 * 3600 * 1000;
  mc_store_set_fact_int (office->store, "stamp", 0, NULL);
  job = mc_store_blob_to_send (office->store);
  g_assert_cmpstr (job->sha256, ==, small);
  mc_blob_job_free (job);
  mc_store_blobs_waiting (office->store, &count, &bytes);
  g_assert_cmpuint (count, ==, 2);
  g_assert_cmpuint (bytes, >, 1000);
}

static void
test_put_off (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL, *first = NULL;
  McBlobJob *job;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  first = attach (office, id, "Mot", 1);
  mc_store_blob_put_off (office->store, first, MC_PUT_OFF_S);
  g_assert_null (mc_store_blob_to_send (office->store));
  mc_fake_clock_pass (office->clock, 61 * 1000);
  job = mc_store_blob_to_send (office->store);
  g_assert_cmpstr (job->sha256, ==, first);
  mc_blob_job_free (job);
  g_assert_true (mc_store_blob_sent (office->store, first, NULL));
  g_assert_null (mc_store_blob_to_send (office->store));
}

static void
test_fetch (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *hash = NULL;
  g_autoptr (McBlobPlace) part = NULL;
  g_autoptr (GError) error = NULL;
  McBlobJob *job;

  mc_test_sign_in (office, "an");
  hash = mc_test_other_scan (office, "scan bytes");
  job = mc_store_blob_to_fetch (office->store);
  g_assert_cmpstr (job->sha256, ==, hash);
  mc_blob_job_free (job);
  part = mc_store_blob_part (office->store, hash);
  g_assert_true (g_file_set_contents (mc_blob_place_path (part), "other bytes", -1, NULL));
  g_assert_false (mc_store_blob_arrived (office->store, hash, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_false (mc_store_blob_here (office->store, hash));
  {
    g_autoptr (McBlobWriter) writer = mc_blob_place_write (part, &error);

    g_assert_no_error (error);
    g_assert_true (mc_blob_writer_write (writer, "scan bytes", 10, NULL));
    g_assert_true (mc_blob_writer_finish (writer, NULL, NULL));
  }
  g_assert_true (mc_store_blob_arrived (office->store, hash, &error));
  g_assert_no_error (error);
  g_assert_true (mc_store_blob_here (office->store, hash));
  g_assert_null (mc_store_blob_to_fetch (office->store));
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blob/smallest-first-then-patience", test_smallest_first_then_patience);
  g_test_add_func ("/blob/put-off", test_put_off);
  g_test_add_func ("/blob/fetch", test_fetch);
  return g_test_run ();
}
