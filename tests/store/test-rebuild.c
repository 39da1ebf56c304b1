/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database with a rotten page is made anew from what can still be read of it. */
#include "mc-rebuild.h"

#include "mc-error.h"
#include "mc-fault-run.h"
#include "mc-profile-test.h"
#include "mc-scrub.h"
#include "mc-sync-store.h"
#include <glib/gstdio.h>
#include <string.h>

#define NAME "Nguyễn Thị Đình"
#define PAGE 4096

typedef struct
{
  char *folder;
  McTestWork work;
  McDataKey *key;
  McFakeClock *clock;
} F;

static void
set_up (F *f, gconstpointer data)
{
  mc_keys_init ();
  mc_vault_set_cost (1, 8192);
  f->folder = mc_test_locked_profile (NAME, mc_test_machine (), &f->work, &f->key);
  f->clock = mc_fake_clock ();
}

static void
tear_down (F *f, gconstpointer data)
{
  mc_data_key_unref (f->key);
  mc_test_work_clear (&f->work);
  mc_test_remove (f->folder);
  g_free (f->clock);
}

static McStore *
open_store (F *f)
{
  g_autoptr (GError) error = NULL;
  McStore *store = mc_store_open_on (f->folder, &f->clock->clock, f->key, "", &error);

  g_assert_no_error (error);
  return store;
}

/* The page that the rows of a table begin on. */
static gint64
root_of (F *f, const char *table)
{
  g_autoptr (McStore) store = open_store (f);
  gint64 page = 0;

  g_assert_true (mc_db_int (mc_store_db (store),
                            NULL,
                            &page,
                            "SELECT rootpage FROM sqlite_schema WHERE name = ?1",
                            "s",
                            table));
  mc_db_script (mc_store_db (store), "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  return page;
}

static void
spoil (const char *folder, gint64 page)
{
  g_autofree char *path = g_build_filename (folder, "desk.sqlite", NULL);
  FILE *file = g_fopen (path, "r+b");

  g_assert_nonnull (file);
  fseek (file, (page - 1) * PAGE + 100, SEEK_SET);
  fputs ("rotten", file);
  fclose (file);
}

static gboolean
rebuild (F *f, McRebuilt *ret_rebuilt, GError **error)
{
  return mc_profile_rebuild (f->folder, &f->clock->clock, f->key, NULL, NULL, ret_rebuilt, error);
}

/* What is derived is derived again; nothing is asked of anybody. */
static void
test_list (F *f, gconstpointer data)
{
  gint64 page = root_of (f, data);
  g_autofree char *aside = g_build_filename (f->folder, "desk.sqlite.damaged", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (McStore) store = NULL;
  McCursor before;
  McRebuilt rebuilt = { 0 };

  store = open_store (f);
  before = mc_store_cursor (store);
  g_clear_pointer (&store, mc_store_close);
  spoil (f->folder, page);
  g_assert_true (rebuild (f, &rebuilt, &error));
  g_assert_no_error (error);
  g_assert_true (rebuilt.whole);
  g_assert_false (rebuilt.anew);
  g_assert_cmpuint (rebuilt.ops, >, 0);
  mc_test_same_work (f->folder, f->key, &f->work);
  store = open_store (f);
  g_assert_false (mc_store_copied (store));
  g_assert_cmpint (mc_store_cursor (store).n, ==, before.n);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
}

/* Where the feed is lost it is read again from its start; nothing waits that did not wait. */
static void
test_feed (F *f, gconstpointer data)
{
  gint64 page = root_of (f, "feed");
  g_autoptr (GError) error = NULL;
  g_autoptr (McStore) store = NULL;
  McRebuilt rebuilt = { 0 };

  spoil (f->folder, page);
  g_assert_true (rebuild (f, &rebuilt, &error));
  g_assert_no_error (error);
  g_assert_false (rebuilt.whole);
  g_assert_false (rebuilt.anew);
  mc_test_same_work (f->folder, f->key, &f->work);
  store = open_store (f);
  g_assert_cmpint (mc_store_cursor (store).n, ==, 0);
}

/* Without what it signs with the desk is nobody: said, and nothing is changed. */
static void
test_fact (F *f, gconstpointer data)
{
  gint64 page = root_of (f, "fact");
  g_autofree char *path = g_build_filename (f->folder, "desk.sqlite", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  spoil (f->folder, page);
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  g_assert_false (rebuild (f, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (mc_store_open_on (f->folder, &f->clock->clock, f->key, "", &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpint (memcmp (before, after, 10 * PAGE), ==, 0);
}

/* Then a backup helps, and the work since then comes along. */
static void
test_replace (F *f, gconstpointer data)
{
  char *stick = mc_test_folder ();
  g_autofree char *aside =
      g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT, f->folder, f->clock->wall_ms);
  McProfilePerson person = mc_test_person (mc_test_machine ());
  g_autoptr (McStore) store = open_store (f);
  g_autoptr (McDesk) desk = mc_desk_new (store);
  g_autoptr (json_t) draft = json_pack ("{s:{s:s}}", "applicant", "name", "Lê Văn Đỗ");
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  gint64 before = 0;
  gint64 after = 0;

  g_assert_true (mc_backup_make (store, stick, NULL, &error));
  g_assert_true (mc_desk_enter (desk, "an", NULL, &error));
  g_assert_true (mc_desk_note (desk, f->work.dossier, "Sau khi sao lưu", NULL));
  id = mc_desk_draft_put (desk, NULL, draft, NULL);
  g_assert_true (mc_db_int (mc_store_db (store), NULL, &before, "SELECT count(*) FROM op", ""));
  g_clear_pointer (&desk, mc_desk_free);
  g_clear_pointer (&store, mc_store_close);
  spoil (f->folder, root_of (f, "fact"));
  g_assert_cmpint (mc_profile_bad_page (f->folder, f->key), >, 0);
  found = mc_backup_find (stick, NULL);
  g_assert_true (mc_profile_replace (found->pdata[0],
                                     f->key,
                                     f->folder,
                                     &f->clock->clock,
                                     &person,
                                     NULL,
                                     NULL,
                                     &error));
  g_assert_no_error (error);
  g_assert_cmpint (mc_profile_bad_page (f->folder, f->key), ==, 0);
  g_assert_true (g_file_test (aside, G_FILE_TEST_IS_DIR));
  mc_test_same_work (f->folder, f->key, &f->work);
  store = open_store (f);
  g_assert_true (mc_store_copied (store));
  g_assert_true (mc_db_int (mc_store_db (store), NULL, &after, "SELECT count(*) FROM op", ""));
  g_assert_cmpint (after, ==, before);
  desk = mc_desk_new (store);
  {
    g_autoptr (json_t) drafts = mc_desk_drafts (desk, NULL);

    g_assert_cmpuint (json_array_size (drafts), ==, 1);
  }
  mc_test_remove (g_steal_pointer (&aside));
  mc_test_remove (stick);
}

/* Many lines of work, and a page of them that is gone: the lines on both sides of it are there, and
 * the desk takes another name before it signs again. */
static void
test_lines (F *f, gconstpointer data)
{
  g_autoptr (McStore) store = open_store (f);
  g_autoptr (McDesk) desk = mc_desk_new (store);
  g_autoptr (GError) error = NULL;
  McRebuilt rebuilt = { 0 };
  gint64 count = 0;
  gint64 left = 0;
  gint64 page = 0;

  g_assert_true (mc_desk_enter (desk, "an", NULL, &error));
  for (guint i = 0; i < 40; i++)
    g_assert_true (mc_desk_note (desk, f->work.dossier, "Đã gọi điện hẹn bổ sung", NULL));
  g_assert_true (mc_db_int (mc_store_db (store), NULL, &count, "SELECT count(*) FROM op", ""));
  g_clear_pointer (&desk, mc_desk_free);
  g_clear_pointer (&store, mc_store_close);
  /* The last page of the file that the lines grew into. */
  page = root_of (f, "op");
  g_assert_cmpint (page, >, 0);
  {
    g_autofree char *path = g_build_filename (f->folder, "desk.sqlite", NULL);
    GStatBuf info;

    g_assert_cmpint (g_stat (path, &info), ==, 0);
    for (page = info.st_size / PAGE; page > 0 && !rebuilt.anew; page--)
      {
        spoil (f->folder, page);
        g_assert_true (rebuild (f, &rebuilt, &error));
        g_assert_no_error (error);
      }
  }
  store = open_store (f);
  g_assert_true (mc_store_copied (store));
  g_assert_true (mc_db_int (mc_store_db (store), NULL, &left, "SELECT count(*) FROM op", ""));
  g_assert_cmpint (left, <, count);
  g_assert_cmpint (left, >, count - 10);
  g_assert_cmpint (mc_scrub_bad_page (store), ==, 0);
}

static gboolean
rebuild_in (const char *folder, gpointer data)
{
  F *f = data;

  return mc_profile_rebuild (folder, &f->clock->clock, f->key, NULL, NULL, NULL, NULL);
}

/* Either it is still to be done, and the damaged file is as it was; or it is done. */
static void
look_rebuilt (const char *folder, gboolean said, gpointer data)
{
  F *f = data;
  g_autoptr (McVault) vault = mc_vault_load (folder, NULL);
  g_autofree char *path = g_build_filename (folder, "desk.sqlite", NULL);
  g_autofree char *before = g_build_filename (f->folder, "desk.sqlite", NULL);
  g_autofree char *there = NULL;
  g_autofree char *was = NULL;
  gsize length = 0;
  gsize long_before = 0;

  if (said || mc_vault_work (vault) != MC_VAULT_WORK_NONE)
    {
      mc_test_same_work (folder, f->key, &f->work);
      return;
    }
  g_assert_true (g_file_get_contents (path, &there, &length, NULL));
  g_assert_true (g_file_get_contents (before, &was, &long_before, NULL));
  if (length != long_before || memcmp (there, was, length) != 0)
    mc_test_same_work (folder, f->key, &f->work);
}

static void
test_fault (F *f, gconstpointer data)
{
  spoil (f->folder, root_of (f, "dossier"));
  g_assert_cmpuint (mc_fault_each (f->folder, GPOINTER_TO_INT (data), rebuild_in, look_rebuilt, f),
                    >,
                    15);
}

#define CASE(name, data, function)                                                                 \
  g_test_add ("/rebuild/" name, F, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  /* A killed child has no thread that would speak for it on a bus of its parent. */
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_test_init (&argc, &argv, NULL);
  CASE ("dossier", "dossier", test_list);
  CASE ("record", "record", test_list);
  CASE ("search", "dossier_search_data", test_list);
  CASE ("feed", NULL, test_feed);
  CASE ("fact", NULL, test_fact);
  CASE ("replace", NULL, test_replace);
  CASE ("lines", NULL, test_lines);
  CASE ("kill", GINT_TO_POINTER (MC_FAULT_KILL), test_fault);
  return g_test_run ();
}
