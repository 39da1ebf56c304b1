/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scans of dossiers that have left this office. */
#include "mc-departed.h"
#include "mc-fault-vfs.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <sys/wait.h>
#include <unistd.h>

#define MONTH_MS (31 * 24 * 3600 * G_GINT64_CONSTANT (1000))
#define CALLS_MAX 200

typedef struct
{
  char *dossier;
  char *sha256;
  guint from, to; /* its lines in the feed */
} Scanned;

static void
scanned_clear (Scanned *scanned)
{
  g_free (scanned->dossier);
  g_free (scanned->sha256);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scanned, scanned_clear)

/* A dossier with a scan of @word; the province knows of both. */
static Scanned
scanned_dossier (McTestOffice *office, const char *word)
{
  g_autofree char *path = mc_test_pdf (office->folder, word, 1);
  g_autoptr (json_t) document = mc_desk_import (office->desk, path, NULL);
  Scanned one = { .from = office->feed->len };

  one.dossier = mc_test_receive (office, "Nguyễn Văn Đình");
  one.sha256 = g_strdup (mc_json_string (document, "sha256"));
  g_assert_true (mc_desk_attach (office->desk, one.dossier, "to-khai", document, NULL));
  mc_test_accept_all (office);
  one.to = office->feed->len;
  return one;
}

static void
leave (McTestOffice *office, const Scanned *one)
{
  mc_test_gone (office, one->dossier);
  mc_test_pull (office);
  g_assert_false (mc_test_shows (office->store, one->dossier));
}

static guint
sweep (McTestOffice *office)
{
  g_autoptr (GError) error = NULL;
  guint removed = 0;

  mc_departed_sweep (office->store, 100, &removed, &error);
  g_assert_no_error (error);
  return removed;
}

static gint64
count (McTestOffice *office, const char *sql)
{
  gint64 number = -1;

  g_assert_true (mc_db_int (mc_store_db (office->store), NULL, &number, sql, ""));
  return number;
}

/* Neither its bytes nor a word of it. */
static void
assert_nothing_left (McTestOffice *office, const Scanned *one)
{
  g_assert_false (mc_store_blob_here (office->store, one->sha256));
  g_assert_cmpint (count (office, "SELECT count(*) FROM blob"), ==, 0);
  g_assert_cmpint (count (office, "SELECT count(*) FROM fact WHERE key LIKE 'left:%'"), ==, 0);
}

static void
test_in_time (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_auto (Scanned) one = { 0 };

  mc_test_sign_in (office, "an");
  one = scanned_dossier (office, "Mot");
  g_assert_true (mc_store_blob_sent (office->store, one.sha256, NULL));
  leave (office, &one);
  g_assert_cmpuint (sweep (office), ==, 0);
  g_assert_true (mc_store_blob_here (office->store, one.sha256));
  mc_fake_clock_pass (office->clock, MONTH_MS);
  g_assert_cmpuint (sweep (office), ==, 1);
  assert_nothing_left (office, &one);
  mc_test_check (office);
}

/* One scan, two dossiers: it goes with the second. */
static void
test_named_by_another (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_auto (Scanned) one = { 0 };
  g_auto (Scanned) other = { 0 };

  mc_test_sign_in (office, "an");
  one = scanned_dossier (office, "Mot");
  other = scanned_dossier (office, "Mot");
  g_assert_cmpstr (one.sha256, ==, other.sha256);
  g_assert_true (mc_store_blob_sent (office->store, one.sha256, NULL));
  leave (office, &one);
  mc_fake_clock_pass (office->clock, MONTH_MS);
  g_assert_cmpuint (sweep (office), ==, 0);
  g_assert_true (mc_store_blob_here (office->store, one.sha256));
  leave (office, &other);
  mc_fake_clock_pass (office->clock, MONTH_MS);
  g_assert_cmpuint (sweep (office), ==, 1);
  assert_nothing_left (office, &one);
}

static void
test_back (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_auto (Scanned) one = { 0 };

  mc_test_sign_in (office, "an");
  one = scanned_dossier (office, "Mot");
  g_assert_true (mc_store_blob_sent (office->store, one.sha256, NULL));
  leave (office, &one);
  for (guint i = one.from; i < one.to; i++)
    {
      const McFeedEntry *entry = office->feed->pdata[i];

      mc_test_feed (office, entry->line, entry->ruling);
    }
  mc_test_pull (office);
  g_assert_true (mc_test_shows (office->store, one.dossier));
  mc_fake_clock_pass (office->clock, MONTH_MS);
  g_assert_cmpuint (sweep (office), ==, 0);
  g_assert_true (mc_store_blob_here (office->store, one.sha256));
  mc_test_check (office);
}

/* Nobody but this desk has it yet. */
static void
test_not_sent (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_auto (Scanned) one = { 0 };

  mc_test_sign_in (office, "an");
  one = scanned_dossier (office, "Mot");
  leave (office, &one);
  mc_fake_clock_pass (office->clock, MONTH_MS);
  g_assert_cmpuint (sweep (office), ==, 0);
  g_assert_true (mc_store_blob_here (office->store, one.sha256));
  g_assert_true (mc_store_blob_sent (office->store, one.sha256, NULL));
  g_assert_cmpuint (sweep (office), ==, 1);
  assert_nothing_left (office, &one);
}

/* The same paper is scanned for somebody else, who is still at the counter. */
static void
test_wanted_again (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_auto (Scanned) one = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (json_t) document = NULL;

  mc_test_sign_in (office, "an");
  one = scanned_dossier (office, "Mot");
  g_assert_true (mc_store_blob_sent (office->store, one.sha256, NULL));
  leave (office, &one);
  mc_fake_clock_pass (office->clock, MONTH_MS);
  path = mc_test_pdf (office->folder, "Mot", 1);
  document = mc_desk_import (office->desk, path, NULL);
  g_assert_cmpstr (mc_json_string (document, "sha256"), ==, one.sha256);
  g_assert_cmpuint (sweep (office), ==, 0);
  g_assert_true (mc_store_blob_here (office->store, one.sha256));
}

/* In a child: the sweep, with the fault at call @at. Exits 3 where it needed fewer. */
static void G_GNUC_NORETURN
sweep_in_child (McTestOffice *office, McFault fault, guint at)
{
  McStore *store;

  mc_fault_vfs (fault, at);
  store = mc_store_open (office->folder, &office->clock->clock, office->key, NULL);
  if (store == NULL || !mc_departed_sweep (store, 100, NULL, NULL))
    _exit (2);
  _exit (mc_fault_vfs_calls () < at ? 3 : 0);
}

static void
reopen (McTestOffice *office)
{
  g_autoptr (GError) error = NULL;

  office->store = mc_store_open (office->folder, &office->clock->clock, office->key, &error);
  g_assert_no_error (error);
  office->desk = mc_desk_new (office->store);
  g_assert_true (mc_desk_resume (office->desk, NULL));
}

/* Whatever was cut short, no row stands without its file, and the next sweep ends it. */
static gboolean
one_fault (McTestOffice *office, McFault fault, guint at)
{
  g_autofree char *word = g_strdup_printf ("Lan %u", at);
  g_auto (Scanned) one = scanned_dossier (office, word);
  int status = 0;
  pid_t child;

  g_assert_true (mc_store_blob_sent (office->store, one.sha256, NULL));
  leave (office, &one);
  mc_fake_clock_pass (office->clock, MONTH_MS);
  g_clear_pointer (&office->desk, mc_desk_free);
  g_clear_pointer (&office->store, mc_store_close);
  child = fork ();
  if (child == 0)
    sweep_in_child (office, fault, at);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  reopen (office);
  g_assert_true (count (office, "SELECT count(*) FROM blob WHERE here = 1") == 0 ||
                 mc_store_blob_here (office->store, one.sha256));
  sweep (office);
  assert_nothing_left (office, &one);
  return WIFEXITED (status) && WEXITSTATUS (status) == 3;
}

static void
test_fault (gconstpointer data)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  gboolean end = FALSE;
  guint at = 1;

  mc_test_sign_in (office, "an");
  for (; !end && at < CALLS_MAX; at++)
    end = one_fault (office, GPOINTER_TO_INT (data), at);
  g_assert_true (end);
  g_assert_cmpuint (at, >, 4);
}

/* Between the two transactions the file is all that is left, and one word of it. */
static void
test_cut_short (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_auto (Scanned) one = { 0 };

  mc_test_sign_in (office, "an");
  one = scanned_dossier (office, "Mot");
  g_assert_true (mc_store_blob_sent (office->store, one.sha256, NULL));
  leave (office, &one);
  g_assert_true (mc_db_script (mc_store_db (office->store),
                               "DELETE FROM blob; UPDATE fact SET value = '0' "
                               "WHERE key LIKE 'left:%'",
                               NULL));
  g_assert_true (mc_store_blob_here (office->store, one.sha256));
  g_assert_cmpuint (sweep (office), ==, 1);
  assert_nothing_left (office, &one);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/departed/in-time", test_in_time);
  g_test_add_func ("/departed/named-by-another", test_named_by_another);
  g_test_add_func ("/departed/back", test_back);
  g_test_add_func ("/departed/not-sent", test_not_sent);
  g_test_add_func ("/departed/wanted-again", test_wanted_again);
  g_test_add_func ("/departed/cut-short", test_cut_short);
  g_test_add_data_func ("/departed/kill", GINT_TO_POINTER (MC_FAULT_KILL), test_fault);
  g_test_add_data_func ("/departed/torn", GINT_TO_POINTER (MC_FAULT_TORN), test_fault);
  g_test_add_data_func ("/departed/full", GINT_TO_POINTER (MC_FAULT_FULL), test_fault);
  return g_test_run ();
}
