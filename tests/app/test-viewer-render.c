/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"
#include "mc-test-papers.h"
#include "mc-viewer-render.h"

typedef struct
{
  char *folder;
  McRenderer *renderer;
  guint answers;
  McSheets *sheets;
  GdkTexture *texture;
  GError *error;
} Bench;

static void
set_up (Bench *bench, gconstpointer data)
{
  bench->folder = mc_test_folder ();
  bench->renderer = mc_renderer_new ();
}

static void
forget_answer (Bench *bench)
{
  bench->answers = 0;
  g_clear_pointer (&bench->sheets, g_free);
  g_clear_object (&bench->texture);
  g_clear_error (&bench->error);
}

static void
tear_down (Bench *bench, gconstpointer data)
{
  forget_answer (bench);
  g_clear_object (&bench->renderer);
  mc_test_remove (bench->folder);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *bench = data;

  bench->answers++;
  g_clear_error (&bench->error);
  bench->sheets = mc_renderer_open_finish (bench->renderer, result, &bench->error);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *bench = data;

  bench->answers++;
  g_clear_error (&bench->error);
  g_clear_object (&bench->texture);
  bench->texture = mc_renderer_page_finish (bench->renderer, result, &bench->error);
}

static void
wait_for (Bench *bench, guint answers)
{
  while (bench->answers < answers)
    g_main_context_iteration (NULL, TRUE);
}

static void
ask_page (Bench *bench, const char *path, guint number, int width)
{
  g_autoptr (McBlobPlace) place = mc_blob_place_new (path, NULL, NULL);

  mc_renderer_page (bench->renderer, place, number, width, on_page, bench);
}

static void
open (Bench *bench, const char *path)
{
  g_autoptr (McBlobPlace) place = mc_blob_place_new (path, NULL, NULL);

  forget_answer (bench);
  mc_renderer_open (bench->renderer, place, on_opened, bench);
  wait_for (bench, 1);
}

static void
page (Bench *bench, const char *path, guint number, int width)
{
  forget_answer (bench);
  ask_page (bench, path, number, width);
  wait_for (bench, 1);
}

static void
test_pages (Bench *bench, gconstpointer data)
{
  g_autofree char *path = mc_test_paper (bench->folder, "a.pdf", 3, 595, 842);

  open (bench, path);
  g_assert_no_error (bench->error);
  g_assert_cmpuint (bench->sheets->pages, ==, 3);
  g_assert_cmpfloat (bench->sheets->width, ==, 595);
  g_assert_cmpfloat (bench->sheets->height, ==, 842);
  g_assert_false (bench->sheets->cut_off);

  page (bench, path, 2, 600);
  g_assert_no_error (bench->error);
  g_assert_cmpint (gdk_texture_get_width (bench->texture), ==, 600);
  g_assert_cmpint (gdk_texture_get_height (bench->texture), ==, 849);
  page (bench, path, 3, 600);
  g_assert_error (bench->error, MC_ERROR, MC_ERROR_FORMAT);
}

static void
assert_word (Bench *bench, const char *path, const char *word)
{
  open (bench, path);
  g_assert_error (bench->error, MC_ERROR, MC_ERROR_FORMAT);
  g_assert_cmpstr (bench->error->message, ==, word);
  page (bench, path, 0, 600);
  g_assert_error (bench->error, MC_ERROR, MC_ERROR_FORMAT);
}

static void
test_bad_files (Bench *bench, gconstpointer data)
{
  g_autofree char *good = mc_test_paper (bench->folder, "a.pdf", 2, 595, 842);
  g_autofree char *text = mc_test_paper_text (bench->folder);
  g_autofree char *torn = mc_test_paper_torn (bench->folder, good, 200);
  g_autofree char *locked = mc_test_paper_locked (bench->folder, good);
  g_autofree char *empty = g_build_filename (bench->folder, "empty.pdf", NULL);
  g_autofree char *absent = g_build_filename (bench->folder, "absent.pdf", NULL);

  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  assert_word (bench, text, "not-pdf");
  assert_word (bench, torn, "truncated");
  assert_word (bench, empty, "not-pdf");
  if (locked != NULL)
    assert_word (bench, locked, "encrypted");
  open (bench, absent);
  g_assert_error (bench->error, MC_ERROR, MC_ERROR_NOT_FOUND);
  open (bench, bench->folder);
  g_assert_error (bench->error, MC_ERROR, MC_ERROR_FORMAT);
  /* After all that, a good one is as good as ever. */
  page (bench, good, 1, 300);
  g_assert_no_error (bench->error);
}

/* A page that claims to be as large as a field makes no image larger than memory likes. */
static void
test_size_is_capped (Bench *bench, gconstpointer data)
{
  g_autofree char *wide = mc_test_paper (bench->folder, "wide.pdf", 1, 14400, 20);
  g_autofree char *tall = mc_test_paper (bench->folder, "tall.pdf", 1, 20, 14400);
  g_autofree char *large = mc_test_paper (bench->folder, "large.pdf", 1, 14000, 14000);
  const char *paths[] = { wide, tall, large };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      page (bench, paths[i], 0, 100000);
      g_assert_no_error (bench->error);
      g_assert_cmpint (gdk_texture_get_width (bench->texture), <=, MC_RENDER_SIDE_MAX);
      g_assert_cmpint (gdk_texture_get_height (bench->texture), <=, MC_RENDER_SIDE_MAX);
      g_assert_cmpint (gdk_texture_get_width (bench->texture) *
                           gdk_texture_get_height (bench->texture),
                       <=,
                       MC_RENDER_PIXELS_MAX + 2 * MC_RENDER_SIDE_MAX);
    }
}

/* A clerk who leafs fast asks for many pages and waits for the last one only. */
static void
test_forgotten_are_dropped (Bench *bench, gconstpointer data)
{
  g_autofree char *path = mc_test_paper (bench->folder, "a.pdf", 40, 595, 842);

  for (guint i = 0; i < 39; i++)
    ask_page (bench, path, i, 2000);
  mc_renderer_forget (bench->renderer);
  g_clear_object (&bench->texture);
  ask_page (bench, path, 39, 400);
  wait_for (bench, 40);
  g_assert_no_error (bench->error);
  g_assert_cmpint (gdk_texture_get_width (bench->texture), ==, 400);
}

/* One that was asked after forget() began anew; what was asked before ends as cancelled. */
static void
test_forget_says_cancelled (Bench *bench, gconstpointer data)
{
  g_autofree char *path = mc_test_paper (bench->folder, "a.pdf", 4, 595, 842);

  open (bench, path);
  forget_answer (bench);
  /* The first keeps the thread busy for a while. */
  ask_page (bench, path, 0, 4000);
  ask_page (bench, path, 1, 400);
  mc_renderer_forget (bench->renderer);
  wait_for (bench, 2);
  g_assert_error (bench->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_two_thousand_pages (Bench *bench, gconstpointer data)
{
  g_autofree char *path = mc_test_paper (bench->folder, "book.pdf", 2000, 595, 842);

  open (bench, path);
  g_assert_no_error (bench->error);
  g_assert_cmpuint (bench->sheets->pages, ==, 2000);
  page (bench, path, 1999, 600);
  g_assert_no_error (bench->error);
}

/* Going away with pages under way waits for none of them and leaks none. */
static void
test_goes_away (Bench *bench, gconstpointer data)
{
  g_autofree char *path = mc_test_paper (bench->folder, "a.pdf", 4, 595, 842);

  open (bench, path);
  mc_renderer_forget (bench->renderer);
  g_clear_object (&bench->renderer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/viewer-render/" name, Bench, NULL, set_up, func, tear_down)
  ADD ("pages", test_pages);
  ADD ("bad-files", test_bad_files);
  ADD ("size-is-capped", test_size_is_capped);
  ADD ("forgotten-are-dropped", test_forgotten_are_dropped);
  ADD ("forget-says-cancelled", test_forget_says_cancelled);
  ADD ("two-thousand-pages", test_two_thousand_pages);
  ADD ("goes-away", test_goes_away);
  {
    int status = g_test_run ();

    /* Pages under way would draw with what poppler has let go of. */
    mc_renderer_wait_all ();
    return status;
  }
}
