/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9, a torn write and a full disk at every call while a public desk lets go of a resident:
 * what is left is the dossier, at most without its scans, which the province has, or nothing of it,
 * and the next time ends what was begun. The desk is plain, so that whatever is left can be seen in
 * the files. */
#include "mc-public.h"

#include "mc-fault-run.h"
#include "mc-profile-test.h"
#include "mc-sync-store.h"

#define NAME "Quách Xuân Thọ"

static const char *const known[] = { NAME, "quach xuan", "Gọi về nhà", NULL };

typedef struct
{
  McTestWork work;
  guint whole; /* how often the dossier was still there */
} F;

/* The plain folder of a public desk whose one dossier may go. */
static char *
ready_to_go (F *f)
{
  McTestOffice *office = mc_test_office_plain ();
  char *folder = mc_test_folder ();
  g_autofree char *command = NULL;

  office->kind = MC_DESK_PUBLIC;
  mc_test_pull (office);
  f->work = mc_test_work_on (office, NAME);
  g_assert_true (mc_desk_note (office->desk, f->work.dossier, "Gọi về nhà", NULL));
  mc_test_accept_all (office);
  g_assert_true (mc_store_blob_sent (office->store, f->work.scan, NULL));
  mc_db_script (mc_store_db (office->store), "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  command = g_strdup_printf ("cp -a '%s/.' '%s'", office->folder, folder);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  mc_test_office_free (office);
  return folder;
}

static McStore *
open_desk (const char *folder)
{
  static McFakeClock *later;

  if (later == NULL)
    {
      later = mc_fake_clock ();
      mc_fake_clock_pass (later, 2 * MC_PUBLIC_QUIET_MS);
    }
  return mc_store_open_on (folder, &later->clock, NULL, "", NULL);
}

static gboolean
let_go (const char *folder, gpointer data)
{
  g_autoptr (McStore) store = open_desk (folder);

  return store != NULL && mc_public_let_go (store, MC_PUBLIC_QUIET_MS, NULL, NULL);
}

static void
assert_sound (McStore *store)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;

  mc_store_check (store, &faults, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_error ("%s", (char *)faults->pdata[i]);
}

static void
assert_clean (const char *folder)
{
  for (guint i = 0; known[i] != NULL; i++)
    {
      g_autofree char *path = mc_test_grep (folder, known[i]);

      if (path != NULL)
        g_error ("%s is in %s", known[i], path);
    }
}

static void
look (const char *folder, gboolean said, gpointer data)
{
  F *f = data;
  g_autoptr (McStore) store = open_desk (folder);
  g_autoptr (GPtrArray) removed = NULL;

  g_assert_nonnull (store);
  if (mc_test_shows (store, f->work.dossier))
    {
      g_assert_false (said);
      f->whole++;
    }
  g_clear_pointer (&store, mc_store_close);
  if (said)
    assert_clean (folder);
  g_assert_true (let_go (folder, NULL));
  store = open_desk (folder);
  g_assert_false (mc_test_shows (store, f->work.dossier));
  removed = mc_public_removed (store, NULL);
  g_assert_cmpuint (removed->len, >=, 1);
  assert_sound (store);
  g_clear_pointer (&store, mc_store_close);
  assert_clean (folder);
}

static void
test_let_go (gconstpointer data)
{
  F f = { 0 };
  char *folder = ready_to_go (&f);
  guint calls = mc_fault_each (folder, GPOINTER_TO_INT (data), let_go, look, &f);

  /* Some came before it was decided, and some after. */
  g_assert_cmpuint (f.whole, >, 0);
  g_assert_cmpuint (f.whole, <, calls);
  mc_test_work_clear (&f.work);
  mc_test_remove (folder);
}

int
main (int argc, char **argv)
{
  /* A killed child has no thread that would speak for it on a bus of its parent. */
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_data_func ("/public-fault/kill", GINT_TO_POINTER (MC_FAULT_KILL), test_let_go);
  g_test_add_data_func ("/public-fault/torn", GINT_TO_POINTER (MC_FAULT_TORN), test_let_go);
  g_test_add_data_func ("/public-fault/full", GINT_TO_POINTER (MC_FAULT_FULL), test_let_go);
  return g_test_run ();
}
