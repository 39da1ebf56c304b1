/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-fault-run.h"

#include "mc-support.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALLS_MAX 5000

enum
{
  SAID_DONE,
  SAID_NO,
  SAID_DONE_UNTOUCHED, /* the work needed fewer calls: there is nothing left to fail */
};

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  g_mkdir_with_parents (to, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (source);
      g_autoptr (GFile) copy = g_file_new_for_path (target);
      g_autoptr (GError) error = NULL;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        copy_tree (source, target);
      else
        g_file_copy (file, copy, G_FILE_COPY_ALL_METADATA, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

static void G_GNUC_NORETURN
work_in_child (const char *folder, McFault fault, guint at, McFaultWork work, gpointer data)
{
  mc_fault_vfs (fault, at);
  if (!work (folder, data))
    _exit (SAID_NO);
  _exit (mc_fault_vfs_calls () < at ? SAID_DONE_UNTOUCHED : SAID_DONE);
}

/* One copy, one fault; says whether there was nothing left to fail. */
static gboolean
one_fault (const char *original,
           McFault fault,
           guint at,
           McFaultWork work,
           McFaultLook look,
           gpointer data)
{
  char *folder = mc_test_folder ();
  int status = 0;
  pid_t child;
  gboolean end;

  copy_tree (original, folder);
  child = fork ();
  if (child == 0)
    work_in_child (folder, fault, at, work, data);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  /* By the fault or of its own will: anything else is a crash. */
  g_assert_true (WIFEXITED (status) ? WEXITSTATUS (status) <= SAID_DONE_UNTOUCHED
                                    : WTERMSIG (status) == SIGKILL);
  end = WIFEXITED (status) && WEXITSTATUS (status) == SAID_DONE_UNTOUCHED;
  look (folder, WIFEXITED (status) && WEXITSTATUS (status) != SAID_NO, data);
  mc_test_remove (folder);
  return end;
}

/* Under the sanitizers not every call has its turn: they look for other faults than these. */
static guint
every (void)
{
  const char *text = g_getenv ("MC_FAULT_EVERY");

  return text != NULL ? (guint)MAX (1, g_ascii_strtoll (text, NULL, 10)) : 1;
}

guint
mc_fault_each (const char *original,
               McFault fault,
               McFaultWork work,
               McFaultLook look,
               gpointer data)
{
  guint at = 1;

  mc_fault_vfs (MC_FAULT_NONE, 0);
  while (!one_fault (original, fault, at, work, look, data))
    {
      at += every ();
      g_assert_cmpuint (at, <, CALLS_MAX);
    }
  g_test_message ("%u calls", at - 1);
  return at - 1;
}
