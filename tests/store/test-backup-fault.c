/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9, a torn write and a full disk at every call of a backup, of a restore, and of a restore
 * in the place of a profile that is damaged. */
#include "mc-error.h"
#include "mc-fault-run.h"
#include "mc-profile-test.h"
#include "mc-rebuild.h"
#include <glib/gstdio.h>

#define NAME "Nguyễn Thị Đình"
#define SINCE "Sau khi sao lưu"

typedef struct
{
  McTestWork work;
  McDataKey *key;
  guint good; /* copies that counted afterwards, in all */
} F;

/* A folder with "desk", the profile, and "stick". */
static char *
place (F *f)
{
  char *folder = mc_test_locked_profile (NAME, mc_test_machine (), &f->work, &f->key);
  char *place = mc_test_folder ();
  g_autofree char *desk = g_build_filename (place, "desk", NULL);
  g_autofree char *stick = g_build_filename (place, "stick", NULL);
  g_autofree char *office = g_build_filename (desk, "office", NULL);

  g_assert_cmpint (g_rename (folder, desk), ==, 0);
  g_free (folder);
  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
  g_assert_true (g_file_set_contents (office, "{}", -1, NULL));
  return place;
}

static gboolean
back_up_at (const char *folder, F *f, gint64 ms)
{
  g_autofree char *desk = g_build_filename (folder, "desk", NULL);
  g_autofree char *stick = g_build_filename (folder, "stick", NULL);
  g_autofree McFakeClock *clock = mc_fake_clock ();
  McStore *store = mc_store_open_reader (desk, &clock->clock, f->key, NULL);
  gboolean ok;

  clock->wall_ms = ms;
  ok = mc_backup_make (store, stick, NULL, NULL);
  mc_store_close (store);
  return ok;
}

static gboolean
back_up (const char *folder, gpointer data)
{
  return back_up_at (folder, data, MC_TEST_MS + 60 * 1000);
}

static gboolean
restore (const char *folder, gpointer data)
{
  F *f = data;
  g_autofree char *stick = g_build_filename (folder, "stick", NULL);
  g_autofree char *target = g_build_filename (folder, "restored", NULL);
  g_autoptr (GPtrArray) found = mc_backup_find (stick, NULL);
  McProfilePerson person = mc_test_person (mc_test_machine ());

  return mc_backup_restore (found->pdata[0], f->key, target, &person, NULL, NULL, NULL);
}

static void
restored_is_whole (const char *folder, F *f)
{
  g_autofree char *target = g_build_filename (folder, "restored", NULL);
  g_autoptr (McDataKey) key = mc_test_open_vault (target, mc_test_machine ());

  mc_test_same_work (target, key, &f->work);
}

/* The copy before stays good, whatever became of this one; all that counts is whole. */
static void
look_backed_up (const char *folder, gboolean said, gpointer data)
{
  F *f = data;
  g_autofree char *stick = g_build_filename (folder, "stick", NULL);
  g_autoptr (GPtrArray) found = mc_backup_find (stick, NULL);

  g_assert_cmpuint (found->len, >=, said ? 2 : 1);
  f->good += found->len;
  g_assert_true (restore (folder, f));
  restored_is_whole (folder, f);
}

static void
look_restored (const char *folder, gboolean said, gpointer data)
{
  F *f = data;
  g_autofree char *target = g_build_filename (folder, "restored", NULL);

  if (!g_file_test (target, G_FILE_TEST_EXISTS))
    {
      g_assert_false (said);
      g_assert_true (restore (folder, f));
    }
  restored_is_whole (folder, f);
}

static gboolean
replace_at (const char *folder, F *f, gint64 ms)
{
  g_autofree char *desk = g_build_filename (folder, "desk", NULL);
  g_autofree char *stick = g_build_filename (folder, "stick", NULL);
  g_autoptr (GPtrArray) found = mc_backup_find (stick, NULL);
  g_autofree McFakeClock *clock = mc_fake_clock ();
  McProfilePerson person = mc_test_person (mc_test_machine ());

  clock->wall_ms = ms;
  return mc_profile_replace (found->pdata[0],
                             f->key,
                             desk,
                             &clock->clock,
                             &person,
                             NULL,
                             NULL,
                             NULL);
}

static gboolean
replace (const char *folder, gpointer data)
{
  return replace_at (folder, data, MC_TEST_MS + 60 * 1000);
}

static gboolean
has_note (const char *desk, McDataKey *key)
{
  g_autofree McFakeClock *clock = mc_fake_clock ();
  g_autoptr (McStore) store = mc_store_open_on (desk, &clock->clock, key, "", NULL);
  gint64 notes = 0;

  g_assert_nonnull (store);
  g_assert_true (mc_db_int (mc_store_db (store),
                            NULL,
                            &notes,
                            "SELECT count (*) FROM op WHERE instr (line, ?1) > 0",
                            "s",
                            SINCE));
  return notes == 1;
}

/* The damaged one is still there and can be replaced, or the whole one is in its place, with what
 * was done since the backup. */
static void
look_replaced (const char *folder, gboolean said, gpointer data)
{
  F *f = data;
  g_autofree char *desk = g_build_filename (folder, "desk", NULL);

  if (mc_profile_bad_page (desk, f->key) > 0)
    {
      g_assert_false (said);
      g_assert_true (replace_at (folder, f, MC_TEST_MS + 120 * 1000));
    }
  mc_test_same_work (desk, f->key, &f->work);
  g_assert_true (has_note (desk, f->key));
}

/* Something since the backup, and then a page that nobody can read. */
static void
spoil (const char *folder, F *f)
{
  g_autofree char *desk = g_build_filename (folder, "desk", NULL);
  g_autofree char *path = g_build_filename (desk, "desk.sqlite", NULL);
  g_autofree McFakeClock *clock = mc_fake_clock ();
  McStore *store = mc_store_open_on (desk, &clock->clock, f->key, "", NULL);
  McDesk *work = mc_desk_new (store);
  gint64 page = 0;
  FILE *file;

  g_assert_true (mc_desk_enter (work, "an", NULL, NULL));
  g_assert_true (mc_desk_note (work, f->work.dossier, SINCE, NULL));
  g_assert_true (mc_db_int (mc_store_db (store),
                            NULL,
                            &page,
                            "SELECT rootpage FROM sqlite_schema WHERE name = 'fact'",
                            ""));
  mc_db_script (mc_store_db (store), "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  mc_desk_free (work);
  mc_store_close (store);
  file = g_fopen (path, "r+b");
  fseek (file, (page - 1) * 4096 + 100, SEEK_SET);
  fputs ("rotten", file);
  fclose (file);
}

static void
test_replace (gconstpointer data)
{
  F f = { 0 };
  char *folder = place (&f);

  g_assert_true (back_up_at (folder, &f, MC_TEST_MS));
  spoil (folder, &f);
  g_assert_cmpuint (mc_fault_each (folder, GPOINTER_TO_INT (data), replace, look_replaced, &f),
                    >,
                    15);
  mc_data_key_unref (f.key);
  mc_test_work_clear (&f.work);
  mc_test_remove (folder);
}

static void
run (gconstpointer data, McFaultWork work, McFaultLook look)
{
  F f = { 0 };
  char *folder = place (&f);

  g_assert_true (back_up_at (folder, &f, MC_TEST_MS));
  g_assert_cmpuint (mc_fault_each (folder, GPOINTER_TO_INT (data), work, look, &f), >, 15);
  mc_data_key_unref (f.key);
  mc_test_work_clear (&f.work);
  mc_test_remove (folder);
}

static void
test_backup (gconstpointer data)
{
  run (data, back_up, look_backed_up);
}

static void
test_restore (gconstpointer data)
{
  run (data, restore, look_restored);
}

#define CASE(name, fault)                                                                          \
  g_test_add_data_func ("/backup-fault/make/" name, GINT_TO_POINTER (fault), test_backup);         \
  g_test_add_data_func ("/backup-fault/restore/" name, GINT_TO_POINTER (fault), test_restore)

int
main (int argc, char **argv)
{
  /* A killed child has no thread that would speak for it on a bus of its parent. */
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  mc_vault_set_cost (1, 8192);
  CASE ("kill", MC_FAULT_KILL);
  CASE ("torn", MC_FAULT_TORN);
  CASE ("full", MC_FAULT_FULL);
  /* A torn write of the restored profile is the restore's. */
  g_test_add_data_func ("/backup-fault/replace/kill",
                        GINT_TO_POINTER (MC_FAULT_KILL),
                        test_replace);
  g_test_add_data_func ("/backup-fault/replace/full",
                        GINT_TO_POINTER (MC_FAULT_FULL),
                        test_replace);
  return g_test_run ();
}
