/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"
#include "mc-worker.h"

typedef struct
{
  GMainLoop *loop;
  GThread *window;
  guint changed;
  guint finished;
  GError *error;
} Watch;

static gpointer
draft_work (McDesk *desk, gpointer data, GError **error)
{
  g_autoptr (json_t) typed = json_object ();

  g_assert_true (g_thread_self () != data);
  return mc_desk_draft_put (desk, NULL, typed, error);
}

static gpointer
fail_work (McDesk *desk, gpointer data, GError **error)
{
  g_set_error_literal (error, MC_ERROR, MC_ERROR_FULL, "full");
  return NULL;
}

static void
changed_cb (McWorker *worker, Watch *watch)
{
  g_assert_true (g_thread_self () == watch->window);
  watch->changed++;
  g_main_loop_quit (watch->loop);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Watch *watch = data;
  g_autofree char *id = mc_worker_finish (MC_WORKER (source), result, &watch->error);

  watch->finished++;
  if (id == NULL)
    g_main_loop_quit (watch->loop);
}

static McWorker *
start (McFakeClock *clock, const char *folder, Watch *watch)
{
  g_autoptr (GError) error = NULL;
  McWorker *worker = mc_worker_new (folder, &clock->clock, NULL, &error);

  g_assert_no_error (error);
  watch->loop = g_main_loop_new (NULL, FALSE);
  watch->window = g_thread_self ();
  g_signal_connect (worker, "changed", G_CALLBACK (changed_cb), watch);
  return worker;
}

static void
stop (McWorker *worker, Watch *watch)
{
  mc_worker_stop (worker);
  g_object_unref (worker);
  g_main_loop_unref (watch->loop);
  g_clear_error (&watch->error);
}

static void
test_off_the_window (void)
{
  g_autoptr (McFakeClock) clock = mc_fake_clock ();
  char *folder = mc_test_folder ();
  Watch watch = { 0 };
  McWorker *worker = start (clock, folder, &watch);

  mc_worker_run (worker, draft_work, g_thread_self (), NULL, g_free, NULL, finished_cb, &watch);
  g_main_loop_run (watch.loop);
  g_assert_cmpuint (watch.changed, ==, 1);
  g_assert_cmpuint (watch.finished, ==, 1);
  stop (worker, &watch);
  mc_test_remove (folder);
}

static void
test_failure_comes_back (void)
{
  g_autoptr (McFakeClock) clock = mc_fake_clock ();
  char *folder = mc_test_folder ();
  Watch watch = { 0 };
  McWorker *worker = start (clock, folder, &watch);

  mc_worker_run (worker, fail_work, NULL, NULL, NULL, NULL, finished_cb, &watch);
  g_main_loop_run (watch.loop);
  g_assert_error (watch.error, MC_ERROR, MC_ERROR_FULL);
  stop (worker, &watch);
  mc_test_remove (folder);
}

/* What is queued when the window closes is still written. */
static void
test_stop_finishes (void)
{
  g_autoptr (McFakeClock) clock = mc_fake_clock ();
  char *folder = mc_test_folder ();
  Watch watch = { 0 };
  McWorker *worker = start (clock, folder, &watch);
  McStore *store;
  McDesk *desk;
  g_autoptr (json_t) drafts = NULL;

  for (guint i = 0; i < 20; i++)
    mc_worker_run (worker, draft_work, g_thread_self (), NULL, g_free, NULL, NULL, NULL);
  stop (worker, &watch);
  store = mc_store_open (folder, &clock->clock, NULL, NULL);
  desk = mc_desk_new (store);
  drafts = mc_desk_drafts (desk, NULL);
  g_assert_cmpuint (json_array_size (drafts), ==, 20);
  mc_desk_free (desk);
  mc_store_close (store);
  mc_test_remove (folder);
}

static void
test_second_is_told (void)
{
  g_autoptr (McFakeClock) clock = mc_fake_clock ();
  char *folder = mc_test_folder ();
  Watch watch = { 0 };
  McWorker *worker = start (clock, folder, &watch);
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_worker_new (folder, &clock->clock, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_BUSY);
  stop (worker, &watch);
  mc_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/off-the-window", test_off_the_window);
  g_test_add_func ("/worker/failure-comes-back", test_failure_comes_back);
  g_test_add_func ("/worker/stop-finishes", test_stop_finishes);
  g_test_add_func ("/worker/second-is-told", test_second_is_told);
  return g_test_run ();
}
