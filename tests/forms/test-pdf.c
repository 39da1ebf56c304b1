/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file is there whole or not at all. */
#include "mc-error.h"
#include "mc-pdf-reader.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

/* The test is linked so that the library's fsync() and write() come here first. */
static int fsync_errno;
static gssize bytes_left = -1; /* -1: as many as there are */
int __real_fsync (int fd);
int __wrap_fsync (int fd);
ssize_t __real_write (int fd, const void *data, size_t length);
ssize_t __wrap_write (int fd, const void *data, size_t length);

int
__wrap_fsync (int fd)
{
  if (fsync_errno == 0)
    return __real_fsync (fd);
  errno = fsync_errno;
  return -1;
}

/* A disk that gets full in the middle: first a short write, then none. */
ssize_t
__wrap_write (int fd, const void *data, size_t length)
{
  if (bytes_left < 0)
    return __real_write (fd, data, length);
  if (bytes_left == 0)
    {
      errno = ENOSPC;
      return -1;
    }
  length = MIN (length, (size_t)bytes_left);
  bytes_left -= (gssize)length;
  return __real_write (fd, data, length);
}

typedef struct
{
  char *folder;
  char *path;
  McForm *form;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (3);

  fixture->folder = mc_test_folder ();
  fixture->path = g_build_filename (fixture->folder, "hẹn.pdf", NULL);
  fixture->form = mc_receipt_form (data);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  fsync_errno = 0;
  bytes_left = -1;
  mc_test_remove (fixture->folder);
  g_free (fixture->path);
  mc_form_free (fixture->form);
}

static void
assert_old_file (Fixture *fixture)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "older");
  g_assert_cmpuint (mc_read_count (fixture->folder), ==, 1);
}

static void
test_metadata (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (1);
  g_autoptr (McReadPdf) pdf = mc_read_pdf (data);
  g_autofree char *title = poppler_document_get_title (pdf);
  g_autofree char *creator = poppler_document_get_creator (pdf);
  g_autofree char *subject = poppler_document_get_subject (pdf);

  g_assert_cmpstr (title, ==, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả");
  g_assert_cmpstr (title, ==, mc_form_title (fixture->form));
  g_assert_cmpstr (creator, ==, "Một Cửa");
  g_assert_cmpstr (subject, ==, "H05.032.07-261121-0421042");
}

static void
test_replaces (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *contents = NULL;
  GError *error = NULL;
  GStatBuf status;

  g_assert_true (g_file_set_contents (fixture->path, "older", -1, NULL));
  g_assert_true (mc_form_write_pdf (fixture->form, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "%PDF-"));
  g_assert_cmpuint (mc_read_count (fixture->folder), ==, 1);
  /* It names a person. */
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 077, ==, 0);
}

static void
test_disk_full (Fixture *fixture, gconstpointer unused)
{
  GError *error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "older", -1, NULL));
  bytes_left = 5000;
  g_assert_false (mc_form_write_pdf (fixture->form, fixture->path, &error));
  bytes_left = -1;
  g_assert_error (error, MC_ERROR, MC_ERROR_FULL);
  g_error_free (error);
  assert_old_file (fixture);
}

static void
test_fsync_fails (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    int errsv;
    McError code;
  } cases[] = { { ENOSPC, MC_ERROR_FULL }, { EDQUOT, MC_ERROR_FULL }, { EIO, MC_ERROR_STORE } };

  g_assert_true (g_file_set_contents (fixture->path, "older", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GError *error = NULL;

      fsync_errno = cases[i].errsv;
      g_assert_false (mc_form_write_pdf (fixture->form, fixture->path, &error));
      fsync_errno = 0;
      g_assert_error (error, MC_ERROR, (int)cases[i].code);
      g_error_free (error);
      assert_old_file (fixture);
    }
}

static void
test_no_folder (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "gone", "a.pdf", NULL);
  GError *error = NULL;

  g_assert_false (mc_form_write_pdf (fixture->form, path, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_STORE);
  g_error_free (error);
  g_assert_cmpuint (mc_read_count (fixture->folder), ==, 0);
}

/* In /proc nobody makes a file, not even root. */
static void
test_unwritable_folder (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_form_write_pdf (fixture->form, "/proc/receipt.pdf", &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_STORE);
}

/* The last step fails: the name is a folder's. */
static void
test_name_taken (Fixture *fixture, gconstpointer unused)
{
  GError *error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (mc_form_write_pdf (fixture->form, fixture->path, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_STORE);
  g_error_free (error);
  g_assert_cmpuint (mc_read_count (fixture->folder), ==, 1);
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* so that what failed can be read */
  g_test_init (&argc, &argv, NULL);
  add ("/pdf/metadata", test_metadata);
  add ("/pdf/replaces", test_replaces);
  add ("/pdf/disk-full", test_disk_full);
  add ("/pdf/fsync-fails", test_fsync_fails);
  add ("/pdf/no-folder", test_no_folder);
  add ("/pdf/unwritable-folder", test_unwritable_folder);
  add ("/pdf/name-taken", test_name_taken);
  return g_test_run ();
}
