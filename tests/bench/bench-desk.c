/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-desk PROFILE receive FILE    one save for each line of FILE
 * bench-desk PROFILE step STEP       one step for each dossier of the profile
 *
 * Through McDesk, as the window does it, with whoever signed in last. Prints how long each took, in
 * microseconds, one a line.
 */
#include "bench-key.h"
#include "mc-desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
fail (const GError *error)
{
  fprintf (stderr, "bench-desk: %s\n", error != NULL ? error->message : "failed");
  exit (1);
}

static void
receive_all (McDesk *desk, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    fail (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (json_t) reception = mc_json_parse (lines[i], -1, &error);
      gint64 start = g_get_monotonic_time ();
      g_autoptr (McReceived) received =
          reception != NULL ? mc_desk_receive (desk, reception, &error) : NULL;

      if (received == NULL)
        fail (error);
      printf ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - start);
    }
}

static void
step_all (McDesk *desk, const char *step)
{
  g_autoptr (GError) error = NULL;
  McFilter filter = { .queue = MC_QUEUE_ALL };
  g_autoptr (GArray) numbers = mc_store_list (mc_desk_store (desk), &filter, &error);
  g_autoptr (GPtrArray) rows = NULL;

  if (numbers != NULL)
    rows = mc_store_rows (mc_desk_store (desk),
                          (const gint64 *)(void *)numbers->data,
                          numbers->len,
                          &error);
  if (rows == NULL)
    fail (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const McRow *row = rows->pdata[i];
      gint64 start = g_get_monotonic_time ();

      if (!mc_desk_step (desk, row->id, step, NULL, &error))
        fail (error);
      printf ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - start);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McArrival) arrival = NULL;
  g_autoptr (McStore) store = NULL;
  g_autoptr (McDesk) desk = NULL;

  if (argc != 4)
    return 2;
  mc_keys_init ();
  arrival = bench_open (argv[1]);
  store = mc_store_open (argv[1], mc_clock_system (), arrival->key, &error);
  if (store == NULL)
    fail (error);
  desk = mc_desk_new (store);
  if (!mc_desk_enter (desk, arrival->login, NULL, &error))
    fail (error);
  if (strcmp (argv[2], "receive") == 0)
    receive_all (desk, argv[3]);
  else
    step_all (desk, argv[3]);
  return 0;
}
