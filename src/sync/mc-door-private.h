/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-door-note.h"
#include "mc-door.h"

G_BEGIN_DECLS

struct _McDoor
{
  char *profile;
  const McClock *clock;
  const McMachineSecret *machine;
  McBackup *backup; /* (nullable): what is looked at instead of the profile */
  GMutex mutex;     /* of what follows */
  /* One code is asked with one pair, so that a lost answer can be asked for again. */
  char *asked;
  McUnlockKey pair;
};

/** mc_door_vault: the key file, of the profile or of the backup that the door leads to. Returns:
 * (transfer full) */
McVault *mc_door_vault (McDoor *door, GError **error);
/** mc_door_office: the file "office" of the same. Returns: (transfer full) (nullable) */
McOfficeNote *mc_door_office (McDoor *door);

G_END_DECLS
