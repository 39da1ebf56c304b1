/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Built without tpm2-tss: no machine has a chip. */
#include "mc-chip.h"

#include "mc-error.h"

const McChip *
mc_chip_here (void)
{
  return NULL;
}

McChip *
mc_chip_new (const char *connection, GError **error)
{
  g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "built without TPM: %s", connection);
  return NULL;
}

void
mc_chip_free (McChip *chip)
{
}
