/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole window on a profile: needs a display. */
#include "mc-app-resources.h"
#include "mc-dossier-page.h"
#include "mc-error.h"
#include "mc-scrub.h"
#include "mc-support.h"
#include "mc-test-bench.h"
#include "mc-test-vietnamese.h"
#include "mc-text-scale.h"
#include "mc-trouble-page.h"
#include "mc-viewer-render.h"
#include "mc-window-private.h"
#include <glib/gstdio.h>

typedef struct
{
  McTestOffice *office;
  McWindow *window;
} Bench;

/* One for all tests: it is on the bus once in a process. */
static GtkApplication *
application (void)
{
  static GtkApplication *made;
  g_autoptr (GError) error = NULL;

  if (made == NULL)
    {
      made = g_object_new (ADW_TYPE_APPLICATION,
                           "application-id",
                           MC_APP_ID,
                           "flags",
                           G_APPLICATION_NON_UNIQUE,
                           NULL);
      g_application_register (G_APPLICATION (made), NULL, &error);
      g_assert_no_error (error);
    }
  return made;
}

/* A machine that keeps its secret for as long as the test runs. */
static McDoor *
door_of (const char *profile)
{
  return mc_door_new (profile, mc_clock_system (), mc_machine_secret_memory ());
}

static void
open_window (Bench *bench, const char *profile)
{
  g_autoptr (McDoor) door = door_of (profile);

  bench->window = MC_WINDOW (mc_window_new (application (), door));
  gtk_window_present (GTK_WINDOW (bench->window));
  while (g_str_equal (gtk_stack_get_visible_child_name (bench->window->stages), "opening"))
    g_main_context_iteration (NULL, TRUE);
}

static void
close_window (Bench *bench)
{
  gtk_window_close (GTK_WINDOW (bench->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Bench *bench, gconstpointer data)
{
  bench->office = mc_test_office ();
}

static void
tear_down (Bench *bench, gconstpointer data)
{
  mc_test_office_free (bench->office);
}

static void
test_not_enrolled (Bench *bench, gconstpointer data)
{
  char *folder = mc_test_folder ();
  g_autofree char *profile = g_build_filename (folder, "new", NULL);

  open_window (bench, profile);
  g_assert_null (bench->window->sign_in);
  g_assert_nonnull (
      mc_test_find (adw_bin_get_child (bench->window->gate), GTK_TYPE_ENTRY, "Mã kết nối"));
  close_window (bench);
  mc_test_remove (folder);
}

static void
test_torn_file (Bench *bench, gconstpointer data)
{
  char *folder = mc_test_folder ();
  g_autofree char *file = g_build_filename (folder, "desk.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (file,
                       "this is no database, whatever its name says; it is long enough",
                       -1,
                       &error);
  g_assert_no_error (error);
  open_window (bench, folder);
  g_assert_cmpstr (adw_status_page_get_title (
                       ADW_STATUS_PAGE (adw_bin_get_child (bench->window->gate))),
                   ==,
                   "Một tệp dữ liệu của máy này bị hỏng");
  close_window (bench);
  mc_test_remove (folder);
}

/* The desk of the test is a machine that An and Chi have opened before. */
static void
give_people (Bench *bench)
{
  static const char *const people[][2] = { { "an", "Trần Văn An" }, { "chi", "Lê Thị Chi" } };
  McTestOffice *office = bench->office;
  g_autoptr (McVault) vault = mc_vault_make (office->folder, office->key, MC_VAULT_WORK_NONE);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      mc_vault_set_person (vault,
                           office->key,
                           people[i][0],
                           people[i][1],
                           MC_TEST_PIN,
                           mc_machine_secret_memory (),
                           &error);
      g_assert_no_error (error);
    }
}

static void
hand_over_profile (Bench *bench)
{
  give_people (bench);
  g_clear_pointer (&bench->office->desk, mc_desk_free);
  g_clear_pointer (&bench->office->store, mc_store_close);
}

/* The test's own desk has the profile open: the window says so and nothing breaks. */
static void
test_busy (Bench *bench, gconstpointer data)
{
  give_people (bench);
  open_window (bench, bench->office->folder);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (bench->window->stages), ==, "gate");
  g_assert_true (ADW_IS_STATUS_PAGE (adw_bin_get_child (bench->window->gate)));
  g_assert_cmpstr (adw_status_page_get_title (
                       ADW_STATUS_PAGE (adw_bin_get_child (bench->window->gate))),
                   ==,
                   "Công việc này đang mở ở cửa sổ khác");

  /* "Try again" once the other one is gone. */
  g_clear_pointer (&bench->office->desk, mc_desk_free);
  g_clear_pointer (&bench->office->store, mc_store_close);
  gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.open-profile", NULL);
  while (bench->window->sign_in == NULL)
    g_main_context_iteration (NULL, TRUE);
  close_window (bench);
}

static void
sign_in (Bench *bench, const char *login)
{
  GtkWidget *page = bench->window->sign_in;
  const char *name = g_str_equal (login, "an") ? "Trần Văn An" : "Lê Thị Chi";
  GtkWidget *row = mc_test_find (page, ADW_TYPE_ACTION_ROW, name);
  GtkWidget *secret = mc_test_find (page, GTK_TYPE_PASSWORD_ENTRY, "Mã PIN hoặc mật khẩu");

  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  gtk_editable_set_text (GTK_EDITABLE (secret), MC_TEST_PIN);
  g_signal_emit_by_name (secret, "activate");
  while (!mc_window_working (bench->window))
    g_main_context_iteration (NULL, TRUE);
}

static void
type_secret (Bench *bench)
{
  GtkWidget *secret =
      mc_test_find (bench->window->sign_in, GTK_TYPE_PASSWORD_ENTRY, "Mã PIN hoặc mật khẩu");

  gtk_editable_set_text (GTK_EDITABLE (secret), MC_TEST_PIN);
}

/* As rot would, in the page that a table begins on. */
static void
spoil (Bench *bench, const char *table)
{
  McDb *db = mc_store_db (bench->office->store);
  g_autofree char *path = g_build_filename (bench->office->folder, "desk.sqlite", NULL);
  gint64 page = 0;
  FILE *file;

  mc_db_int (db, NULL, &page, "SELECT rootpage FROM sqlite_schema WHERE name = ?1", "s", table);
  mc_db_script (db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  hand_over_profile (bench);
  file = g_fopen (path, "r+b");
  fseek (file, (page - 1) * 4096 + 100, SEEK_SET);
  fputs ("rotten", file);
  fclose (file);
}

/* A database that does not open, or turns out to be damaged while somebody works: one button makes
 * it anew, and the same person goes on. */
static void
test_damaged (Bench *bench, gconstpointer table)
{
  GtkWidget *gate;
  g_autofree char *id = NULL;

  mc_test_sign_in (bench->office, "an");
  id = mc_test_receive (bench->office, "Nguyễn Văn Đình");
  spoil (bench, table);
  open_window (bench, bench->office->folder);
  if (g_str_equal (table, "staff"))
    {
      type_secret (bench);
      g_signal_emit_by_name (mc_test_find (bench->window->sign_in,
                                           GTK_TYPE_PASSWORD_ENTRY,
                                           "Mã PIN hoặc mật khẩu"),
                             "activate");
      while (!ADW_IS_STATUS_PAGE (gate = adw_bin_get_child (bench->window->gate)))
        g_main_context_iteration (NULL, TRUE);
      g_assert_nonnull (mc_test_find_button (gate, "Dựng lại"));
    }
  else
    {
      sign_in (bench, "an");
      while (g_strcmp0 (bench->window->told, "page") != 0)
        g_main_context_iteration (NULL, TRUE);
    }
  gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.rebuild", NULL);
  while (mc_window_working (bench->window))
    g_main_context_iteration (NULL, TRUE);
  while (!mc_window_working (bench->window))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (mc_scrub_bad_page (bench->window->room->context.reader), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.open-dossier", "s", id);
  g_assert_cmpstr (mc_dossier_page_id (MC_DOSSIER_PAGE (mc_window_top (bench->window))), ==, id);
  close_window (bench);
}

/* An earlier database beside a later key file: refused, and whoever knows why goes on with it. */
static void
test_earlier_copy (Bench *bench, gconstpointer data)
{
  McTestOffice *office = bench->office;
  g_autofree char *path = g_build_filename (office->folder, "desk.sqlite", NULL);
  g_autofree char *content = NULL;
  GtkWidget *older;
  gsize length = 0;

  hand_over_profile (bench);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (guint i = 0; i < 3; i++)
    mc_store_close (
        mc_store_open_on (office->folder, &office->clock->clock, office->key, "", NULL));
  g_assert_true (g_file_set_contents (path, content, (gssize)length, NULL));
  open_window (bench, office->folder);
  older = mc_test_find_button (bench->window->sign_in, "Dùng tiếp bản cũ");
  g_assert_false (gtk_widget_get_visible (older));
  type_secret (bench);
  g_signal_emit_by_name (mc_test_find (bench->window->sign_in,
                                       GTK_TYPE_PASSWORD_ENTRY,
                                       "Mã PIN hoặc mật khẩu"),
                         "activate");
  while (!gtk_widget_get_visible (older))
    g_main_context_iteration (NULL, TRUE);
  type_secret (bench);
  g_signal_emit_by_name (older, "clicked");
  while (!mc_window_working (bench->window))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (mc_store_copied (bench->window->room->context.reader));
  close_window (bench);
}

static void
act (Bench *bench, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (bench->window), action, NULL);
}

static void
test_day (Bench *bench, gconstpointer data)
{
  McWindow *window;

  mc_test_sign_in (bench->office, "an");
  g_autofree char *id = mc_test_receive (bench->office, "Nguyễn Văn Đình");
  hand_over_profile (bench);
  open_window (bench, bench->office->folder);
  window = bench->window;
  sign_in (bench, "an");

  g_assert_cmpint (window->queue, ==, MC_QUEUE_MINE);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.queue", "i", 2);
  g_assert_cmpint (window->queue, ==, MC_QUEUE_RECEIVED);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-dossier", "s", id);
  g_assert_cmpuint (g_queue_get_length (&window->pushed), ==, 1);
  /* The same dossier twice is one page. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-dossier", "s", id);
  g_assert_cmpuint (g_queue_get_length (&window->pushed), ==, 1);
  act (bench, "win.receive");
  g_assert_cmpuint (g_queue_get_length (&window->pushed), ==, 2);
  act (bench, "win.back");
  act (bench, "win.back");
  g_assert_true (g_queue_is_empty (&window->pushed));
  g_assert_true (mc_window_top (window) == GTK_WIDGET (window->list));
  act (bench, "win.waiting");
  g_assert_cmpint (window->queue, ==, MC_QUEUE_WAITING);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.conflicts", "s", id);
  g_assert_cmpint (window->queue, ==, MC_QUEUE_CONFLICT);
  act (bench, "win.back");
  g_assert_true (mc_window_top (window) == GTK_WIDGET (window->list));
  mc_window_set_narrow (window, TRUE);
  g_assert_true (gtk_widget_get_visible (window->foot));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window->receive)));
  mc_window_set_narrow (window, FALSE);
  g_assert_false (gtk_widget_get_visible (window->foot));

  act (bench, "win.lock");
  g_assert_nonnull (window->sign_in);
  sign_in (bench, "chi");
  g_assert_cmpint (window->queue, ==, MC_QUEUE_APPROVAL);
  /* What is not theirs is absent: a leader receives nothing. */
  act (bench, "win.receive");
  g_assert_true (g_queue_is_empty (&window->pushed));
  close_window (bench);
}

/* What An did, Chi is not offered to take back; what An could not save waits for An. */
static void
test_undo_is_its_authors (Bench *bench, gconstpointer data)
{
  g_autoptr (json_t) old = json_pack ("{s:s}", "phone", "0911");
  g_autoptr (GError) full = g_error_new (MC_ERROR, MC_ERROR_FULL, "full");
  McWindow *window;

  mc_test_sign_in (bench->office, "an");
  g_autofree char *id = mc_test_receive (bench->office, "Nguyễn Văn Đình");
  hand_over_profile (bench);
  open_window (bench, bench->office->folder);
  window = bench->window;

  sign_in (bench, "an");
  mc_window_did (GTK_WIDGET (window), "Đã sửa", id, "contact", old);
  g_assert_nonnull (window->undo_value);
  act (bench, "win.lock");
  g_assert_null (window->undo_value);
  mc_window_did (GTK_WIDGET (window), "Đã sửa", id, "contact", old);
  g_assert_null (window->undo_value);

  sign_in (bench, "an");
  mc_window_failed (GTK_WIDGET (window), full, id, "contact", old);
  act (bench, "win.lock");
  sign_in (bench, "chi");
  act (bench, "win.undo-act");
  g_assert_nonnull (window->undo_value);
  mc_window_did (GTK_WIDGET (window), "Đã sửa", id, "subject", old);
  g_assert_cmpstr (window->undo_group, ==, "contact");
  act (bench, "win.lock");
  sign_in (bench, "an");
  act (bench, "win.undo-act");
  g_assert_null (window->undo_value);
  close_window (bench);
}

static AdwMessageDialog *
dialog_shown (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  g_assert_not_reached ();
}

static const char *
shown_dossier (McWindow *window)
{
  GtkWidget *top = mc_window_top (window);

  return MC_IS_DOSSIER_PAGE (top) ? mc_dossier_page_id (MC_DOSSIER_PAGE (top)) : "";
}

/* Signs what is open; the next one comes by itself. */
static void
sign_until (Bench *bench, const char *next)
{
  AdwMessageDialog *dialog;

  act (bench, "win.step");
  dialog = dialog_shown ();
  adw_message_dialog_response (dialog, "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  while (!g_str_equal (shown_dossier (bench->window), next))
    g_main_context_iteration (NULL, TRUE);
}

/* A leader opens the first of what waits for a signature, and signs one after the other. */
static void
test_leaders_morning (Bench *bench, gconstpointer data)
{
  char *ids[3];
  McWindow *window;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      mc_test_sign_in (bench->office, "an");
      ids[i] = mc_test_receive (bench->office, "Lý Thị Mai");
      mc_test_sign_in (bench->office, "binh");
      g_assert_true (mc_desk_step (bench->office->desk, ids[i], MC_STEP_APPRAISE, NULL, NULL));
      mc_fake_clock_pass (bench->office->clock, 1000);
    }
  hand_over_profile (bench);
  open_window (bench, bench->office->folder);
  window = bench->window;
  sign_in (bench, "chi");
  g_assert_cmpint (window->queue, ==, MC_QUEUE_APPROVAL);
  while (mc_test_find (GTK_WIDGET (window->list), GTK_TYPE_LABEL, "Chờ ký duyệt · 3 hồ sơ") == NULL)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-dossier", "s", ids[2]);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.turn", "i", 1);
  g_assert_cmpstr (shown_dossier (window), ==, ids[1]);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.turn", "i", 0);
  g_assert_cmpstr (shown_dossier (window), ==, ids[2]);
  sign_until (bench, ids[1]);
  sign_until (bench, ids[0]);
  sign_until (bench, "");
  g_assert_true (mc_window_top (window) == GTK_WIDGET (window->list));
  close_window (bench);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

/* Locked, nothing is open; the same person finds what was open, another one does not. */
static void
test_lock (Bench *bench, gconstpointer data)
{
  McWindow *window;

  mc_test_sign_in (bench->office, "an");
  g_autofree char *id = mc_test_receive (bench->office, "Nguyễn Văn Đình");
  hand_over_profile (bench);
  open_window (bench, bench->office->folder);
  window = bench->window;
  sign_in (bench, "an");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.queue", "i", 2);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-dossier", "s", id);

  act (bench, "win.lock");
  g_assert_nonnull (window->sign_in);
  g_assert_false (mc_window_working (window));
  g_assert_null (window->room->context.worker);
  g_assert_null (window->room->context.reader);
  g_assert_null (window->room->context.staff);
  /* Whatever is pressed. */
  act (bench, "win.receive");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-dossier", "s", id);
  act (bench, "win.lock");
  g_assert_false (mc_window_working (window));

  sign_in (bench, "an");
  g_assert_cmpint (window->queue, ==, 2);
  g_assert_cmpuint (g_queue_get_length (&window->pushed), ==, 1);
  act (bench, "win.change-person");
  sign_in (bench, "chi");
  g_assert_true (g_queue_is_empty (&window->pushed));
  g_assert_cmpstr (window->room->context.staff->login, ==, "chi");
  close_window (bench);
}

/* What was being typed when it was locked is in the drafts, and open again. */
static void
test_lock_keeps_what_was_typed (Bench *bench, gconstpointer data)
{
  GtkWidget *name;

  hand_over_profile (bench);
  open_window (bench, bench->office->folder);
  sign_in (bench, "an");
  act (bench, "win.receive");
  name = mc_test_find (mc_window_top (bench->window), GTK_TYPE_TEXT, "Họ và tên");
  if (name == NULL)
    name = mc_test_find (mc_window_top (bench->window), GTK_TYPE_ENTRY, "Họ và tên");
  gtk_editable_set_text (GTK_EDITABLE (name), "Lê Văn Đỗ");
  act (bench, "win.lock");
  sign_in (bench, "an");
  g_assert_cmpuint (g_queue_get_length (&bench->window->pushed), ==, 1);
  name = NULL;
  for (guint i = 0; i < 1000 && name == NULL; i++)
    {
      GtkWidget *entry = mc_test_find (mc_window_top (bench->window), GTK_TYPE_ENTRY, "Họ và tên");

      g_main_context_iteration (NULL, FALSE);
      if (entry != NULL && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "Lê Văn Đỗ"))
        name = entry;
      else
        g_usleep (1000);
    }
  g_assert_nonnull (name);
  close_window (bench);
}

static void
test_idle (Bench *bench, gconstpointer data)
{
  const gint64 minute = 60 * G_USEC_PER_SEC;

  hand_over_profile (bench);
  open_window (bench, bench->office->folder);
  sign_in (bench, "an");
  mc_window_look_idle (bench->window, bench->window->touched_us + 9 * minute);
  g_assert_true (mc_window_working (bench->window));
  mc_window_look_idle (bench->window, bench->window->touched_us + 10 * minute);
  g_assert_false (mc_window_working (bench->window));
  g_assert_nonnull (bench->window->sign_in);
  close_window (bench);
}

static void
test_clipboard (Bench *bench, gconstpointer data)
{
  GdkClipboard *board;

  hand_over_profile (bench);
  open_window (bench, bench->office->folder);
  sign_in (bench, "an");
  board = gtk_widget_get_clipboard (GTK_WIDGET (bench->window));
  gdk_clipboard_set_text (board, "048205123456");
  act (bench, "win.lock");
  g_assert_null (gdk_clipboard_get_content (board));
  close_window (bench);
}

static void
test_text_scale (void)
{
  double before = mc_text_scale_total ();

  mc_text_scale_apply (2.0);
  g_assert_cmpfloat_with_epsilon (mc_text_scale_total (), before * 2, 0.01);
  mc_text_scale_apply (9.0);
  g_assert_cmpfloat_with_epsilon (mc_text_scale_total (), before * 2, 0.01);
  mc_text_scale_apply (1.0);
  g_assert_cmpfloat_with_epsilon (mc_text_scale_total (), before, 0.01);
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_resources_register (mc_ui_get_resource ());
  g_test_add ("/window/busy", Bench, NULL, set_up, test_busy, tear_down);
  g_test_add ("/window/not-enrolled", Bench, NULL, set_up, test_not_enrolled, tear_down);
  g_test_add ("/window/torn-file", Bench, NULL, set_up, test_torn_file, tear_down);
  g_test_add ("/window/damaged-at-the-door", Bench, "staff", set_up, test_damaged, tear_down);
  g_test_add ("/window/damaged-at-work", Bench, "dossier_due", set_up, test_damaged, tear_down);
  g_test_add ("/window/earlier-copy", Bench, NULL, set_up, test_earlier_copy, tear_down);
  g_test_add ("/window/day", Bench, NULL, set_up, test_day, tear_down);
  g_test_add ("/window/leaders-morning", Bench, NULL, set_up, test_leaders_morning, tear_down);
  g_test_add ("/window/undo-is-its-authors",
              Bench,
              NULL,
              set_up,
              test_undo_is_its_authors,
              tear_down);
  g_test_add ("/window/lock", Bench, NULL, set_up, test_lock, tear_down);
  g_test_add ("/window/lock-keeps-what-was-typed",
              Bench,
              NULL,
              set_up,
              test_lock_keeps_what_was_typed,
              tear_down);
  g_test_add ("/window/idle", Bench, NULL, set_up, test_idle, tear_down);
  g_test_add ("/window/clipboard", Bench, NULL, set_up, test_clipboard, tear_down);
  g_test_add_func ("/window/text-scale", test_text_scale);
  {
    int status = g_test_run ();

    /* Pages under way would draw with what poppler has let go of. */
    mc_renderer_wait_all ();
    return status;
  }
}
