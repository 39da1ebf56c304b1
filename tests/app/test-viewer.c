/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The viewer in a real window: needs a display. */
#include "mc-support.h"
#include "mc-test-papers.h"
#include "mc-viewer-render.h"
#include "mc-viewer.h"
#include <adwaita.h>
#include <string.h>

typedef struct
{
  char *folder;
  GtkWidget *window;
  McViewer *viewer;
} Bench;

static void
set_up (Bench *bench, gconstpointer data)
{
  bench->folder = mc_test_folder ();
  bench->window = gtk_window_new ();
  bench->viewer = MC_VIEWER (mc_viewer_new ());
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 500, 600);
  gtk_window_set_child (GTK_WINDOW (bench->window), GTK_WIDGET (bench->viewer));
  gtk_window_present (GTK_WINDOW (bench->window));
}

static void
tear_down (Bench *bench, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (bench->window));
  mc_test_remove (bench->folder);
}

static void
wait_for_image (Bench *bench)
{
  while (!mc_viewer_has_image (bench->viewer))
    g_main_context_iteration (NULL, TRUE);
}

static const char *
wait_for_words (Bench *bench)
{
  while (mc_viewer_sentence (bench->viewer) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return mc_viewer_sentence (bench->viewer);
}

static void
act (Bench *bench, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (bench->viewer), action, NULL);
}

static void
show (Bench *bench, const char *path, const char *title)
{
  g_autoptr (McBlobPlace) place = mc_blob_place_new (path, NULL, NULL);

  mc_viewer_show (bench->viewer, place, title);
}

static void
test_pages (Bench *bench, gconstpointer data)
{
  g_autofree char *path = mc_test_paper (bench->folder, "a.pdf", 10, 595, 842);

  g_assert_cmpuint (mc_viewer_page (bench->viewer), ==, 0);
  g_assert_nonnull (mc_viewer_sentence (bench->viewer));
  show (bench, path, "Tờ khai");
  wait_for_image (bench);
  g_assert_null (mc_viewer_sentence (bench->viewer));
  g_assert_cmpuint (mc_viewer_pages (bench->viewer), ==, 10);
  act (bench, "viewer.previous");
  g_assert_cmpuint (mc_viewer_page (bench->viewer), ==, 1);
  act (bench, "viewer.next");
  g_assert_cmpuint (mc_viewer_page (bench->viewer), ==, 2);
  wait_for_image (bench);
  mc_viewer_go (bench->viewer, 10);
  act (bench, "viewer.next");
  g_assert_cmpuint (mc_viewer_page (bench->viewer), ==, 10);
  mc_viewer_go (bench->viewer, 11);
  mc_viewer_go (bench->viewer, 0);
  g_assert_cmpuint (mc_viewer_page (bench->viewer), ==, 10);
  wait_for_image (bench);
}

static void
test_reads_on (Bench *bench, gconstpointer data)
{
  g_autofree char *path = mc_test_paper (bench->folder, "a.pdf", 3, 595, 842);
  guint keys = 0;

  show (bench, path, NULL);
  wait_for_image (bench);
  /* Down the page first; a page is at most a few views high. */
  while (mc_viewer_page (bench->viewer) == 1)
    {
      act (bench, "viewer.read-on");
      g_assert_cmpuint (++keys, <, 10);
    }
  g_assert_cmpuint (mc_viewer_page (bench->viewer), ==, 2);
  act (bench, "viewer.read-back");
  g_assert_cmpuint (mc_viewer_page (bench->viewer), ==, 1);
}

static void
test_zoom (Bench *bench, gconstpointer data)
{
  g_autofree char *path = mc_test_paper (bench->folder, "a.pdf", 1, 595, 842);

  show (bench, path, NULL);
  wait_for_image (bench);
  for (int i = 0; i < 20; i++)
    act (bench, "viewer.zoom-in");
  for (int i = 0; i < 20; i++)
    act (bench, "viewer.zoom-out");
  act (bench, "viewer.fit");
  wait_for_image (bench);
  g_assert_null (mc_viewer_sentence (bench->viewer));
}

static void
test_bad_files (Bench *bench, gconstpointer data)
{
  g_autofree char *good = mc_test_paper (bench->folder, "a.pdf", 2, 595, 842);
  g_autofree char *text = mc_test_paper_text (bench->folder);
  g_autofree char *torn = mc_test_paper_torn (bench->folder, good, 200);
  g_autofree char *locked = mc_test_paper_locked (bench->folder, good);
  g_autofree char *absent = g_build_filename (bench->folder, "absent.pdf", NULL);

  show (bench, good, NULL);
  wait_for_image (bench);
  show (bench, text, NULL);
  g_assert_nonnull (strstr (wait_for_words (bench), "not a PDF"));
  show (bench, torn, NULL);
  g_assert_nonnull (strstr (wait_for_words (bench), "cut off"));
  if (locked != NULL)
    {
      show (bench, locked, NULL);
      g_assert_nonnull (strstr (wait_for_words (bench), "password"));
    }
  show (bench, absent, NULL);
  g_assert_nonnull (strstr (wait_for_words (bench), "not arrived"));
  mc_viewer_show (bench->viewer, NULL, "Giấy chứng sinh");
  g_assert_nonnull (strstr (wait_for_words (bench), "not arrived"));
  g_assert_cmpuint (mc_viewer_pages (bench->viewer), ==, 0);
  show (bench, good, NULL);
  wait_for_image (bench);
}

/* The answer for a document that was replaced meanwhile is not shown. */
static void
test_stale_is_dropped (Bench *bench, gconstpointer data)
{
  g_autofree char *book = mc_test_paper (bench->folder, "book.pdf", 2000, 595, 842);
  g_autofree char *one = mc_test_paper (bench->folder, "one.pdf", 1, 595, 842);

  show (bench, book, NULL);
  show (bench, one, NULL);
  wait_for_image (bench);
  g_assert_cmpuint (mc_viewer_pages (bench->viewer), ==, 1);

  show (bench, book, NULL);
  wait_for_image (bench);
  g_assert_cmpuint (mc_viewer_pages (bench->viewer), ==, 2000);
  for (guint page = 2; page <= 2000; page += 37)
    mc_viewer_go (bench->viewer, page);
  mc_viewer_go (bench->viewer, 2000);
  wait_for_image (bench);
  g_assert_cmpuint (mc_viewer_page (bench->viewer), ==, 2000);
}

/* A window that closes with a document on its way. */
static void
test_closes_while_opening (Bench *bench, gconstpointer data)
{
  g_autofree char *book = mc_test_paper (bench->folder, "book.pdf", 500, 595, 842);

  show (bench, book, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
#define ADD(name, func) g_test_add ("/viewer/" name, Bench, NULL, set_up, func, tear_down)
  ADD ("pages", test_pages);
  ADD ("reads-on", test_reads_on);
  ADD ("zoom", test_zoom);
  ADD ("bad-files", test_bad_files);
  ADD ("stale-is-dropped", test_stale_is_dropped);
  ADD ("closes-while-opening", test_closes_while_opening);
  {
    int status = g_test_run ();

    /* Pages under way would draw with what poppler has let go of. */
    mc_renderer_wait_all ();
    return status;
  }
}
