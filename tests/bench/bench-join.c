/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-join SERVER CODE PROFILE [SEED CODE-OF-SEED]
 *
 * A new desk: enrols with a one-time code and follows its office until all is there. Prints when
 * the open dossiers were there and a dossier could be received, and when everything was: seconds
 * since it was enrolled, bytes on the wire, memory, and how many dossiers it showed. With a seed
 * the rest comes from that file.
 */
#include "mc-cycle.h"
#include "mc-seed-file.h"
#include "mc-sync-store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
fail (const GError *error)
{
  fprintf (stderr, "bench-join: %s\n", error != NULL ? error->message : "failed");
  exit (1);
}

static gpointer
run_here (gpointer where, McWork work, gpointer data, GError **error)
{
  return work (where, data, error);
}

static long
peak_kb (void)
{
  g_autofree char *text = NULL;
  const char *at = NULL;

  if (g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    at = strstr (text, "VmHWM:");
  return at != NULL ? atol (at + strlen ("VmHWM:")) : 0;
}

static void
tell (McCycle *cycle, McStore *store, const char *what, gint64 since)
{
  McFilter all = { .queue = MC_QUEUE_ALL };
  g_autoptr (GArray) rows = mc_store_list (store, &all, NULL);

  printf ("%s %.2f s, %" G_GINT64_FORMAT " bytes up, %" G_GINT64_FORMAT
          " down, peak %ld MB, %u dossiers, %u waiting\n",
          what,
          (double)(g_get_monotonic_time () - since) / G_USEC_PER_SEC,
          cycle->contact->bytes_up,
          cycle->contact->bytes_down,
          peak_kb () / 1024,
          rows != NULL ? rows->len : 0,
          mc_store_outbox_count (store));
  fflush (stdout);
}

static McEnrolment *
enrol (McStore *store, const char *server, const char *code)
{
  g_autoptr (GError) error = NULL;
  McRoad *road = mc_road_new (server);
  McSecretKey secret;
  McPublicKey public;
  McEnrolment *enrolment;

  mc_keys_make (&public, &secret);
  enrolment = mc_road_enrol (road, code, &public, &error);
  if (enrolment == NULL || !mc_store_set_enrolment (store, enrolment, &secret, &error))
    fail (error);
  mc_road_free (road);
  return enrolment;
}

/* Until the next whole contact. */
static McOutcome
turn (McCycle *cycle)
{
  g_autoptr (GError) error = NULL;
  McBacklog backlog = mc_contact_backlog (cycle->contact);
  McCommand command =
      mc_engine_next (cycle->contact->engine, mc_clock_mono (mc_clock_system ()), &backlog);
  McOutcome outcome;

  if (command.kind != MC_COMMAND_SYNC)
    return MC_OUTCOME_DONE;
  command.wait_s = 0;
  outcome = mc_cycle_carry_out (cycle, &command, mc_clock_system (), NULL, &error);
  if (error != NULL)
    fail (error);
  return outcome;
}

static void
take_seed (McStore *store, const char *path, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_auto (McSeedDesk) desk = { 0 };
  g_autoptr (McSeedFile) file = NULL;
  McSyncAnswer *page;

  if (!mc_store_seed_desk (store, &desk, &error) ||
      (file = mc_seed_file_open (path, &desk, &error)) == NULL ||
      !mc_seed_file_unlock (file, code, &error))
    fail (error);
  while ((page = mc_seed_file_next (file, &error)) != NULL)
    {
      if (!mc_store_seed_take (store, page, &error))
        fail (error);
      mc_sync_answer_free (page);
    }
  if (error != NULL)
    fail (error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McDataKey) key = NULL;
  g_autoptr (McStore) store = NULL;
  g_autoptr (McEnrolment) enrolment = NULL;
  g_autoptr (McDesk) desk = NULL;
  g_autoptr (McCycle) cycle = NULL;
  McSecretKey secret;
  gboolean told = FALSE;
  gint64 start;

  if (argc != 4 && argc != 6)
    return 2;
  mc_keys_init ();
  key = mc_data_key_new ();
  store = mc_store_open (argv[3], mc_clock_system (), key, &error);
  if (store == NULL)
    fail (error);
  enrolment = enrol (store, argv[1], argv[2]);
  start = g_get_monotonic_time ();
  desk = mc_desk_new (store);
  if (!mc_store_device_key (store, &secret, &error))
    fail (error);
  cycle = mc_cycle_new (enrolment, &secret, run_here, desk);
  for (McOutcome outcome = MC_OUTCOME_MORE; outcome == MC_OUTCOME_MORE;)
    {
      g_auto (McFirst) first = { 0 };

      outcome = turn (cycle);
      mc_store_first (store, &first);
      if (!told && first.after == NULL)
        {
          told = TRUE;
          tell (cycle, store, "open dossiers:", start);
          if (argc == 6)
            {
              /* What was asked ahead is out of date then. */
              g_clear_pointer (&cycle->next, mc_round_trip_drop);
              take_seed (store, argv[4], argv[5]);
              tell (cycle, store, "the file:", start);
            }
        }
    }
  tell (cycle, store, "everything:", start);
  return 0;
}
