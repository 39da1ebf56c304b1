/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-vault [COUNT]    what encryption costs: the same work in a plain and in an encrypted
 * profile, turn by turn in one run; medians in milliseconds
 */
#include "mc-support.h"
#include "mc-sync-store.h"
#include "mc-vault.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 5
#define SEARCHES 40
#define SCAN_PAGES 400

typedef struct
{
  const char *what;
  GArray *plain; /* double, ms */
  GArray *encrypted;
} Figure;

static Figure figures[] = {
  { "save, each" },
  { "search, warm" },
  { "search, first after opening" },
  { "open a dossier" },
  { "open the profile" },
  { "own ops come back, 1000" },
  { "bulk pull, 1000 ops" },
  { "take in a scan, 1 MB" },
  { "read a scan, 1 MB" },
  { "start-up, PIN to the first list" },
};

enum
{
  SAVE,
  SEARCH,
  SEARCH_COLD,
  DOSSIER,
  OPEN,
  BACK,
  PULL,
  IMPORT,
  READ,
  START,
};

/* Door: a key file that a PIN opens. */
typedef struct
{
  char *folder;
  McVault *vault;
} Door;

static void
add (McTestOffice *office, guint which, gint64 since_us, double parts)
{
  double ms = (double)(g_get_monotonic_time () - since_us) / 1000.0 / parts;

  g_array_append_val (office->key ? figures[which].encrypted : figures[which].plain, ms);
}

static int
by_size (gconstpointer a, gconstpointer b)
{
  double one = *(const double *)a;
  double other = *(const double *)b;

  return one < other ? -1 : one > other;
}

static double
median (GArray *times)
{
  g_array_sort (times, by_size);
  return g_array_index (times, double, times->len / 2);
}

static void
search (McTestOffice *office, guint which)
{
  McFilter filter = { .queue = MC_QUEUE_ALL, .search = "nguyen dinh" };
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GArray) rows = mc_store_list (office->store, &filter, NULL);

  add (office, which, start, 1);
}

static Door
make_door (void)
{
  Door door = { .folder = mc_test_folder () };
  g_autoptr (McDataKey) key = mc_data_key_new ();

  door.vault = mc_vault_make (door.folder, key, MC_VAULT_WORK_NONE);
  mc_vault_set_person (door.vault, key, "an", "An", MC_TEST_PIN, mc_machine_secret_memory (), NULL);
  return door;
}

static void
open_door (const Door *door)
{
  mc_data_key_unref (
      mc_vault_open (door->vault, "an", MC_TEST_PIN, mc_machine_secret_memory (), NULL));
}

static void
reopen (McTestOffice *office, const Door *door)
{
  g_autoptr (GError) error = NULL;
  McFilter all = { .queue = MC_QUEUE_ALL };
  g_autoptr (GArray) rows = NULL;
  gint64 start;

  g_clear_pointer (&office->desk, mc_desk_free);
  g_clear_pointer (&office->store, mc_store_close);
  start = g_get_monotonic_time ();
  if (office->key != NULL)
    open_door (door);
  office->store = mc_store_open (office->folder, &office->clock->clock, office->key, &error);
  g_assert_no_error (error);
  rows = mc_store_list (office->store, &all, NULL);
  add (office, START, start, 1);
  g_clear_pointer (&office->store, mc_store_close);
  start = g_get_monotonic_time ();
  office->store = mc_store_open (office->folder, &office->clock->clock, office->key, &error);
  add (office, OPEN, start, 1);
  g_assert_no_error (error);
  office->desk = mc_desk_new (office->store);
  search (office, SEARCH_COLD);
  mc_test_sign_in (office, "an");
}

static void
scan (McTestOffice *office)
{
  g_autofree char *pdf = mc_test_pdf (office->folder, "Trang", SCAN_PAGES);
  GStatBuf info = { 0 };
  gint64 start = g_get_monotonic_time ();
  g_autoptr (json_t) document = mc_desk_import (office->desk, pdf, NULL);
  g_autoptr (McBlobPlace) place = NULL;
  g_autoptr (McBlobReader) reader = NULL;
  g_autofree guint8 *block = g_malloc (MC_BLOB_CHUNK);
  gint64 at = 0;
  gssize got;

  g_stat (pdf, &info);
  add (office, IMPORT, start, (double)info.st_size / 1e6);
  start = g_get_monotonic_time ();
  place = mc_store_blob_place (office->store, mc_json_string (document, "sha256"));
  reader = mc_blob_place_read (place, NULL);
  while ((got = mc_blob_reader_read (reader, at, block, MC_BLOB_CHUNK, NULL)) > 0)
    at += got;
  add (office, READ, start, (double)info.st_size / 1e6);
  g_unlink (pdf);
}

/* What the office has done so far, at a desk that has none of it. */
static void
pull_all (McTestOffice *from)
{
  g_autoptr (McTestOffice) fresh = from->key ? mc_test_office () : mc_test_office_plain ();
  guint first = fresh->feed->len;
  gint64 start;

  for (guint i = first; i < from->feed->len; i++)
    {
      const McFeedEntry *entry = from->feed->pdata[i];

      mc_test_feed (fresh, entry->line, entry->ruling);
    }
  start = g_get_monotonic_time ();
  mc_test_pull (fresh);
  add (fresh, PULL, start, (from->feed->len - first) / 1000.0);
}

static void
one_round (McTestOffice *office, const Door *door, guint count)
{
  g_autofree char *last = NULL;
  gint64 start;

  for (guint i = 0; i < count; i++)
    {
      g_free (last);
      start = g_get_monotonic_time ();
      last = mc_test_receive (office, i % 7 ? "Trần Văn Bình" : "Nguyễn Thị Đình");
      add (office, SAVE, start, 1);
    }
  for (guint i = 0; i < SEARCHES; i++)
    {
      g_autoptr (McDossier) dossier = NULL;

      search (office, SEARCH);
      start = g_get_monotonic_time ();
      dossier = mc_store_dossier (office->store, last, NULL);
      add (office, DOSSIER, start, 1);
    }
  start = g_get_monotonic_time ();
  mc_test_accept_all (office);
  add (office, BACK, start, count / 1000.0);
  pull_all (office);
  scan (office);
  reopen (office, door);
}

static void
sign_in_cost (const Door *door)
{
  gint64 start = g_get_monotonic_time ();

  open_door (door);
  printf ("  %-34s %10.0f\n",
          "opening the key by a PIN",
          (double)(g_get_monotonic_time () - start) / 1000.0);
}

int
main (int argc, char **argv)
{
  guint count = argc > 1 ? (guint)atoi (argv[1]) : 400;
  McTestOffice *plain;
  McTestOffice *encrypted;
  Door door;

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      figures[i].plain = g_array_new (FALSE, FALSE, sizeof (double));
      figures[i].encrypted = g_array_new (FALSE, FALSE, sizeof (double));
    }
  plain = mc_test_office_plain ();
  encrypted = mc_test_office ();
  door = make_door ();
  mc_test_sign_in (plain, "an");
  mc_test_sign_in (encrypted, "an");
  for (guint i = 0; i < ROUNDS; i++)
    {
      one_round (plain, &door, count);
      one_round (encrypted, &door, count);
    }
  printf ("  %-34s %10s %10s %8s\n", "median, ms", "plain", "encrypted", "ratio");
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      double before = median (figures[i].plain);
      double after = median (figures[i].encrypted);

      printf ("  %-34s %10.3f %10.3f %8.2f\n", figures[i].what, before, after, after / before);
    }
  sign_in_cost (&door);
  mc_vault_free (door.vault);
  mc_test_remove (door.folder);
  mc_test_office_free (plain);
  mc_test_office_free (encrypted);
  return 0;
}
