/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-key.h"

#include "mc-machine-secret.h"
#include <stdlib.h>

McArrival *
bench_open (const char *profile)
{
  g_autoptr (McDoor) door = mc_door_new (profile, mc_clock_system (), mc_machine_secret_service ());
  const char *login = g_getenv ("MC_LOGIN");
  const char *secret = g_getenv ("MC_SECRET");
  g_autoptr (GError) error = NULL;
  McArrival *arrival = NULL;

  if (login != NULL && secret != NULL)
    arrival = mc_door_open (door, login, secret, &error);
  if (arrival != NULL)
    return arrival;
  g_printerr ("%s\n", error != NULL ? error->message : "MC_LOGIN and MC_SECRET say who comes");
  exit (1);
}
