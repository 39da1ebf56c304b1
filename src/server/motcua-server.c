/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-command.h"

#include <locale.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  mc_keys_init ();
  return mc_command_main (argc, argv);
}
