/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-fault-upgrade.h"

#include "mc-db.h"
#include "mc-support.h"

/* The ops are the same each time; replaying all of them now and then will do. */
#define LOOK_EACH 8

typedef struct
{
  const McFaultUpgrade *upgrade;
  McFakeClock *clock;
  int version;
  char *kept;
  guint looks;
} Run;

static char *
kept_of (const Run *run, const char *folder, const char *suffix)
{
  GString *text = g_string_new (NULL);
  g_autofree char *path = g_strconcat (folder, "/", run->upgrade->file, suffix, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (McDb) db = mc_db_open (path, *suffix != '\0' ? MC_DB_READ : MC_DB_WRITE, &error);

  g_assert_no_error (error);
  for (guint i = 0; run->upgrade->kept[i] != NULL; i++)
    {
      g_autoptr (McQuery) query = mc_db_query (db, &error, run->upgrade->kept[i], "");

      g_assert_no_error (error);
      while (mc_query_next (query, &error))
        g_string_append_printf (text, "%s\n", mc_query_text (query, 0));
      g_assert_no_error (error);
    }
  return g_string_free (text, FALSE);
}

static gboolean
work (const char *folder, gpointer data)
{
  Run *run = data;

  return run->upgrade->open (folder, &run->clock->clock, FALSE);
}

static void
look (const char *folder, gboolean said, gpointer data)
{
  Run *run = data;
  g_autofree char *suffix = g_strdup_printf (".v%d.bak", run->version);
  g_autofree char *kept = NULL;
  g_autofree char *copied = NULL;

  g_assert_true (run->upgrade->open (folder, &run->clock->clock, run->looks++ % LOOK_EACH == 0));
  kept = kept_of (run, folder, "");
  g_assert_cmpstr (kept, ==, run->kept);
  /* A copy that is there is whole, whichever attempt made it. */
  copied = kept_of (run, folder, suffix);
  g_assert_cmpstr (copied, ==, run->kept);
}

void
mc_fault_upgrade (const McFaultUpgrade *upgrade,
                  char *folder,
                  int version,
                  gint64 now_ms,
                  McFault fault)
{
  g_autoptr (McFakeClock) clock = mc_fake_clock ();
  Run run = { .upgrade = upgrade, .clock = clock, .version = version };

  clock->wall_ms = now_ms;
  run.kept = kept_of (&run, folder, "");
  g_assert_cmpuint (mc_fault_each (folder, fault, work, look, &run), >, 4);
  g_free (run.kept);
  mc_test_remove (folder);
}
