/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void
assert_refused (McTestOffice *office, const char *path, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_desk_import (office->desk, path, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
  g_assert_cmpstr (error->message, ==, word);
}

static char *
write_file (McTestOffice *office, const char *name, const char *bytes, gssize length)
{
  char *path = g_build_filename (office->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
  return path;
}

static void
test_good (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *path = mc_test_pdf (office->folder, "Giay", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) document = mc_desk_import (office->desk, path, &error);
  g_autoptr (json_t) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (mc_json_int (document, "pages", 0), ==, 3);
  g_assert_cmpstr (mc_json_string (document, "name"), ==, "scan.pdf");
  g_assert_true (mc_store_blob_here (office->store, mc_json_string (document, "sha256")));
  again = mc_desk_import (office->desk, path, &error);
  g_assert_true (json_equal (document, again));
}

static void
test_2000_pages (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *path = mc_test_pdf (office->folder, "Nhieu", 2000);
  g_autoptr (json_t) document = mc_desk_import (office->desk, path, NULL);

  g_assert_cmpint (mc_json_int (document, "pages", 0), ==, 2000);
}

static void
test_bad_files (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *good = mc_test_pdf (office->folder, "Giay", 2);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_autofree char *text = write_file (office, "a.pdf", "PK\003\004 a word document", -1);
  g_autofree char *empty = write_file (office, "b.pdf", "", 0);
  g_autofree char *hollow = write_file (office, "c.pdf", "%PDF-1.4\nnothing here\n%%EOF\n", -1);
  g_autofree char *torn = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (good, &bytes, &length, NULL));
  torn = write_file (office, "d.pdf", bytes, (gssize)length / 2);
  assert_refused (office, text, "not-pdf");
  assert_refused (office, empty, "empty");
  assert_refused (office, hollow, "truncated");
  assert_refused (office, torn, "truncated");
  assert_refused (office, office->folder, "not-pdf");
  g_assert_null (mc_desk_import (office->desk, "/nowhere/x.pdf", &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_STORE);
  /* Nothing of them stays. */
  g_clear_pointer (&torn, g_free);
  torn = g_build_filename (office->folder, "blobs", "import.part", NULL);
  g_assert_false (g_file_test (torn, G_FILE_TEST_EXISTS));
}

static void
test_encrypted (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *good = mc_test_pdf (office->folder, "Giay", 1);
  g_autofree char *locked = g_build_filename (office->folder, "locked.pdf", NULL);
  const char *argv[] = {
    "qpdf", "--allow-weak-crypto", "--encrypt", "mo", "chu", "256", "--", good, locked, NULL
  };
  int status = 0;

  g_assert_true (g_spawn_sync (NULL,
                               (char **)argv,
                               NULL,
                               G_SPAWN_SEARCH_PATH,
                               NULL,
                               NULL,
                               NULL,
                               NULL,
                               &status,
                               NULL));
  g_assert_true (g_file_test (locked, G_FILE_TEST_EXISTS));
  assert_refused (office, locked, "encrypted");
}

/* 300 MB go through in pieces: the memory does not grow with the file. */
static void
test_300_mb (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *good = mc_test_pdf (office->folder, "Giay", 1);
  g_autofree char *bytes = NULL;
  g_autoptr (json_t) document = NULL;
  g_autoptr (GError) error = NULL;
  struct rusage before, after;
  gsize length = 0;
  FILE *file;

  g_assert_true (g_file_get_contents (good, &bytes, &length, NULL));
  /* A PDF may carry anything before its table: a hole of 300 MB after the header is a real file of
   * that size. */
  file = g_fopen (good, "ab");
  g_assert_cmpint (ftruncate (fileno (file), 300 * 1000 * 1000), ==, 0);
  fseek (file, 0, SEEK_END);
  fwrite (bytes, 1, length, file);
  fclose (file);
  getrusage (RUSAGE_SELF, &before);
  document = mc_desk_import (office->desk, good, &error);
  getrusage (RUSAGE_SELF, &after);
  if (document == NULL)
    g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
  else
    g_assert_cmpint (mc_json_int (document, "size", 0), >, 300 * 1000 * 1000);
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 64 * 1024);
}

/* The disk is full while a scan is attached: said so, and the dossier is as it was. */
static void
test_full_disk (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *path = mc_test_pdf (office->folder, "Giay", 500);
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      struct rlimit limit = { 20000, 20000 };
      GError *error = NULL;

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
      mc_desk_import (office->desk, path, &error);
      _exit (g_error_matches (error, MC_ERROR, MC_ERROR_FULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_cmpint (status, ==, 0);
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/good", test_good);
  g_test_add_func ("/import/2000-pages", test_2000_pages);
  g_test_add_func ("/import/bad-files", test_bad_files);
  g_test_add_func ("/import/encrypted", test_encrypted);
  g_test_add_func ("/import/300-mb", test_300_mb);
  g_test_add_func ("/import/full-disk", test_full_disk);
  return g_test_run ();
}
