/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ctl.h"

#include "mc-hygiene.h"
#include <locale.h>

int
main (int argc, char **argv)
{
  mc_vault_hygiene ();
  setlocale (LC_ALL, "C.UTF-8");
  return mc_ctl_main (argc, argv);
}
