/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-command.h"

#include <locale.h>
#include <sys/stat.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  /* Keys, citizens' data and their scans: for this account alone. */
  umask (077);
  mc_keys_init ();
  return mc_command_main (argc, argv);
}
