/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs every file of a corpus folder through a target, whole and cut short at many places (a line
 * that broke), without any fuzzer: what was once found stays found.
 */
#include "mc-fuzz.h"

#define CUTS 24

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* In memory of its own length, so that a sanitizer sees a read beyond its end. */
static void
run_cut (const char *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  g_assert_cmpint (LLVMFuzzerTestOneInput (copy, size), ==, 0);
}

static void
test_file (gconstpointer path)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  run_cut (data, size);
  for (guint i = 0; i < CUTS; i++)
    run_cut (data, size * i / CUTS);
}

static GPtrArray *
files_of (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  names = files_of (argv[1]);
  g_assert_cmpuint (names->len, >, 0);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *test = g_strconcat ("/fuzz/", names->pdata[i], NULL);

      g_test_add_data_func_full (test,
                                 g_build_filename (argv[1], names->pdata[i], NULL),
                                 test_file,
                                 g_free);
    }
  return g_test_run ();
}
