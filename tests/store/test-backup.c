/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-backup.h"
#include "mc-chores.h"
#include "mc-error.h"
#include "mc-profile-test.h"
#include "mc-sync-store.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define NAME "Nguyễn Thị Đình"

typedef struct
{
  char *folder;
  char *stick;
  char *target; /* where it is restored to */
  McTestWork work;
  McDataKey *key;
  McFakeClock *clock;
  McStore *store;
} F;

static void
set_up (F *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mc_keys_init ();
  mc_vault_set_cost (1, 8192);
  f->folder = mc_test_locked_profile (NAME, mc_test_machine (), &f->work, &f->key);
  f->stick = mc_test_folder ();
  f->target = g_build_filename (f->stick, "restored", NULL);
  f->clock = mc_fake_clock ();
  f->store = mc_store_open_on (f->folder, &f->clock->clock, f->key, "", &error);
  g_assert_no_error (error);
}

static void
tear_down (F *f, gconstpointer data)
{
  mc_store_close (f->store);
  mc_data_key_unref (f->key);
  mc_test_work_clear (&f->work);
  mc_test_remove (f->folder);
  mc_test_remove (f->stick);
  g_free (f->target);
  g_free (f->clock);
}

static McBackupDone
make (F *f)
{
  g_autoptr (GError) error = NULL;
  McBackupDone done = { 0 };

  mc_backup_make (f->store, f->stick, &done, &error);
  g_assert_no_error (error);
  return done;
}

static McBackup *
newest (F *f, guint count)
{
  g_autoptr (GPtrArray) found = mc_backup_find (f->stick, NULL);

  g_assert_cmpuint (found->len, ==, count);
  return g_ptr_array_steal_index (found, 0);
}

static gboolean
restore (F *f, McBackup *backup, McDataKey *key, GError **error)
{
  McProfilePerson person = mc_test_person (mc_test_machine ());

  return mc_backup_restore (backup, key, f->target, &person, NULL, NULL, error);
}

/* What was there is there again, on a machine that knows that it is another one. */
static void
test_round (F *f, gconstpointer data)
{
  McBackupDone first = make (f);
  McBackupDone second;
  g_autoptr (McBackup) backup = NULL;
  g_autoptr (McVault) vault = NULL;
  g_autoptr (McDataKey) key = NULL;
  g_autoptr (McDataKey) again = NULL;
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  guint missing = 1;
  g_autofree char *found = mc_test_grep (f->stick, NAME);
  g_autofree char *page = mc_test_grep (f->stick, "%PDF");

  g_assert_cmpstr (found, ==, NULL);
  g_assert_cmpstr (page, ==, NULL);
  g_assert_cmpuint (first.scans, ==, 1);
  g_assert_cmpuint (first.scans_new, ==, 1);
  mc_fake_clock_pass (f->clock, 60 * 1000);
  second = make (f);
  g_assert_cmpuint (second.scans, ==, 1);
  g_assert_cmpuint (second.scans_new, ==, 0);
  backup = newest (f, 2);
  g_assert_cmpstr (backup->office, ==, "Xã Thử Nghiệm");
  g_assert_cmpstr (backup->machine, ==, g_get_host_name ());
  g_assert_nonnull (backup->slot);
  g_assert_true (mc_backup_whole (backup, &missing, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (missing, ==, 0);
  vault = mc_backup_vault (backup, &error);
  g_assert_no_error (error);
  key = mc_vault_open (vault, "binh", MC_TEST_PHRASE, mc_machine_secret_none (), &error);
  g_assert_no_error (error);
  restore (f, backup, key, &error);
  g_assert_no_error (error);
  mc_test_same_work (f->target, key, &f->work);
  again = mc_test_open_vault (f->target, mc_test_machine ());
  store = mc_store_open_on (f->target, &f->clock->clock, again, "", &error);
  g_assert_no_error (error);
  g_assert_true (mc_store_copied (store));
  g_assert_null (mc_backup_folder (store));
  /* A profile that is there is never written over. */
  g_assert_false (restore (f, backup, key, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_BUSY);
}

static void
test_newest_two (F *f, gconstpointer data)
{
  g_autoptr (McBackup) backup = NULL;

  for (guint i = 0; i < 5; i++)
    {
      make (f);
      mc_fake_clock_pass (f->clock, 60 * 1000);
    }
  backup = newest (f, 2);
  g_assert_cmpint (backup->at_ms, ==, MC_TEST_MS + 4 * 60 * 1000);
}

static void
flip (const char *path, gint64 at)
{
  FILE *file = g_fopen (path, "r+b");
  int byte;

  g_assert_nonnull (file);
  fseek (file, at, SEEK_SET);
  byte = fgetc (file);
  fseek (file, at, SEEK_SET);
  fputc (byte ^ 1, file);
  fclose (file);
}

static void
test_tampered (F *f, gconstpointer data)
{
  static const char *const endings[] = { "sqlite", "list", "vault" };
  g_autoptr (McBackup) backup = NULL;
  g_autoptr (McDataKey) other = mc_data_key_new ();
  guint missing;

  make (f);
  backup = newest (f, 1);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (backup->copy, ".", endings[i], NULL);
      g_autofree char *path = g_build_filename (backup->path, "copies", name, NULL);
      g_autoptr (GError) error = NULL;

      flip (path, 100);
      g_assert_false (restore (f, backup, f->key, &error));
      g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
      g_assert_false (g_file_test (f->target, G_FILE_TEST_EXISTS));
      g_clear_error (&error);
      if (!g_str_equal (endings[i], "list"))
        g_assert_false (mc_backup_whole (backup, &missing, NULL));
      flip (path, 100);
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (restore (f, backup, other, &error));
    g_assert_error (error, MC_ERROR, MC_ERROR_KEY);
    g_clear_error (&error);
    g_assert_true (restore (f, backup, f->key, &error));
  }
}

/* A scan that rots on the stick is written again; one that is lost there comes from the province.
 */
static void
test_rotten_scan (F *f, gconstpointer data)
{
  g_autofree char *own = mc_store_blob_path (f->store, f->work.scan);
  g_autofree char *name = g_path_get_basename (own);
  char begin[3] = { name[0], name[1], '\0' };
  g_autoptr (McBackup) backup = NULL;
  g_autofree char *there = NULL;
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  McBackupDone done;
  guint missing = 0;

  make (f);
  mc_fake_clock_pass (f->clock, 60 * 1000);
  backup = newest (f, 1);
  there = g_build_filename (backup->path, "blobs", begin, name, NULL);
  flip (there, 8300);
  done = make (f);
  g_assert_cmpuint (done.scans_new, ==, 1);
  g_unlink (there);
  g_assert_true (mc_backup_whole (backup, &missing, NULL));
  g_assert_cmpuint (missing, ==, 1);
  g_assert_true (restore (f, backup, f->key, &error));
  g_assert_no_error (error);
  store = mc_store_open_on (f->target, &f->clock->clock, f->key, "", &error);
  g_assert_no_error (error);
  {
    McBlobJob *job = mc_store_blob_to_fetch (store);

    g_assert_cmpstr (job->sha256, ==, f->work.scan);
    mc_blob_job_free (job);
  }
}

/* What the province needs to open it to somebody who forgot goes along and comes back. */
static void
test_office_file (F *f, gconstpointer data)
{
  static const char said[] = "{\"device\":\"d\"}";
  g_autofree char *from = g_build_filename (f->folder, "office", NULL);
  g_autofree char *to = g_build_filename (f->target, "office", NULL);
  g_autoptr (McBackup) backup = NULL;
  g_autofree char *there = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (from, said, -1, NULL));
  make (f);
  backup = newest (f, 1);
  there = mc_backup_office (backup);
  g_assert_true (g_file_get_contents (there, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, said);
  g_clear_pointer (&text, g_free);
  g_assert_true (restore (f, backup, f->key, NULL));
  g_assert_true (g_file_get_contents (to, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, said);
}

/* After a new data key the copy before opens with the old one, until the next takes its place,
 * scans and all. */
static void
test_new_key (F *f, gconstpointer data)
{
  g_autoptr (McBackup) backup = NULL;
  g_autoptr (McDataKey) next = NULL;
  g_autoptr (GError) error = NULL;
  McBackupDone done;

  g_assert_true (mc_backup_set_folder (f->store, f->stick, NULL));
  g_assert_true (mc_backup_daily (f->store, NULL));
  g_assert_false (mc_backup_outdated (f->store));
  g_clear_pointer (&f->store, mc_store_close);
  next = mc_profile_rekey (f->folder, f->key, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  mc_data_key_unref (f->key);
  f->key = g_steal_pointer (&next);
  f->store = mc_store_open_on (f->folder, &f->clock->clock, f->key, "", &error);
  g_assert_no_error (error);
  g_assert_true (mc_backup_outdated (f->store));
  g_assert_false (mc_profile_rekey_begun (f->store));
  mc_fake_clock_pass (f->clock, 3600 * 1000);
  g_assert_true (mc_backup_due (f->store));
  done = make (f);
  g_assert_cmpuint (done.scans_new, ==, 1);
  backup = newest (f, 1);
  g_assert_true (restore (f, backup, f->key, &error));
  g_assert_no_error (error);
  mc_test_same_work (f->target, f->key, &f->work);
}

static void
daily (F *f, const char *trouble)
{
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_backup_due (f->store));
  g_assert_true (mc_backup_daily (f->store, &error) == (trouble == NULL));
  mc_backup_last (f->store, &said);
  g_assert_cmpstr (said, ==, trouble);
  g_assert_false (mc_backup_due (f->store));
}

static void
test_daily (F *f, gconstpointer data)
{
  const gint64 day = 24 * 3600 * G_GINT64_CONSTANT (1000);
  g_autofree char *gone = g_build_filename (f->stick, "media", NULL);

  g_assert_false (mc_backup_due (f->store));
  g_assert_false (mc_backup_hint_due (f->store));
  f->clock->wall_ms += 2 * day;
  g_assert_true (mc_backup_hint_due (f->store));
  g_assert_true (mc_backup_hinted (f->store, NULL));
  g_assert_false (mc_backup_hint_due (f->store));
  f->clock->wall_ms -= 2 * day;
  g_assert_true (mc_backup_set_folder (f->store, gone, NULL));
  daily (f, "gone");
  g_assert_true (mc_backup_missed (f->store));
  mc_fake_clock_pass (f->clock, day / 24);
  g_mkdir (gone, 0700);
  daily (f, NULL);
  g_assert_cmpint (mc_backup_last (f->store, NULL), ==, f->clock->wall_ms);
  mc_fake_clock_pass (f->clock, day - 1);
  g_assert_false (mc_backup_due (f->store));
  mc_fake_clock_pass (f->clock, 1);
  daily (f, NULL);
  /* A clock that was wrong by years is no reason to stop. */
  f->clock->wall_ms -= 300 * day;
  g_assert_true (mc_backup_due (f->store));
}

static void
note_changed (McWorker *worker, gboolean *changed)
{
  *changed = TRUE;
}

static gpointer
read_last (McDesk *desk, gpointer data, GError **error)
{
  *(gint64 *)data = mc_backup_last (mc_desk_store (desk), NULL);
  return data;
}

/* By itself, once a day, beside the worker. */
static void
test_by_itself (F *f, gconstpointer data)
{
  g_autoptr (McWorker) worker = NULL;
  g_autoptr (GError) error = NULL;
  McChores *chores;
  gboolean changed = FALSE;
  gint64 last = 0;

  g_assert_true (mc_backup_set_folder (f->store, f->stick, NULL));
  g_clear_pointer (&f->store, mc_store_close);
  worker = mc_worker_new (f->folder, &f->clock->clock, f->key, &error);
  g_assert_no_error (error);
  g_signal_connect (worker, "changed", G_CALLBACK (note_changed), &changed);
  chores = mc_chores_new (worker, f->folder, &f->clock->clock, f->key);
  while (!changed)
    g_main_context_iteration (NULL, TRUE);
  /* And once more where somebody asks for it. */
  mc_fake_clock_pass (f->clock, 1000);
  changed = FALSE;
  mc_chores_back_up (chores);
  while (!changed || mc_chores_backing_up (chores))
    g_main_context_iteration (NULL, TRUE);
  mc_chores_free (chores);
  mc_worker_call (worker, read_last, &last, NULL);
  g_assert_cmpint (last, ==, f->clock->wall_ms);
  mc_worker_stop (worker);
  mc_backup_free (newest (f, 2));
}

#define CASE(name, function) g_test_add ("/backup/" name, F, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE ("round", test_round);
  CASE ("newest-two", test_newest_two);
  CASE ("tampered", test_tampered);
  CASE ("rotten-scan", test_rotten_scan);
  CASE ("office-file", test_office_file);
  CASE ("new-key", test_new_key);
  CASE ("daily", test_daily);
  CASE ("by-itself", test_by_itself);
  return g_test_run ();
}
