/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ctl.h"

#include <locale.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  return mc_ctl_main (argc, argv);
}
