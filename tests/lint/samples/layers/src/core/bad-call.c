/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

FILE *
mc_bad (void)
{
  return fopen ("text", "r");
}
