/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-chip.h"

G_BEGIN_DECLS

#define MC_MACHINE_SECRET_BYTES 32

/** McMachineNote: what the machine keeps for a profile outside of it. */
typedef struct
{
  guint8 secret[MC_MACHINE_SECRET_BYTES]; /* without it no PIN opens the profile */
  guint64 epoch;                          /* how far the profile was when it was last open */
} McMachineNote;

/**
 * McMachineSecret:
 * Where this machine keeps a secret that is not on the disk beside the profile. A value, so that a
 * test brings its own.
 */
typedef struct _McMachineSecret McMachineSecret;
struct _McMachineSecret
{
  /** get: %FALSE without @error: nothing is kept for @profile. With @error: nobody answers. */
  gboolean (*get) (const McMachineSecret *self,
                   const char *profile,
                   McMachineNote *ret_note,
                   GError **error);
  /** put: keeps it, and knows that it can be got back. */
  gboolean (*put) (const McMachineSecret *self,
                   const char *profile,
                   const McMachineNote *note,
                   GError **error);
  gpointer data;
  /* (nullable): seals each PIN's share as well; enough by itself where nobody keeps a secret */
  const McChip *chip;
};

/** mc_machine_secret_service: the Secret Service of the desktop (libsecret), and the TPM where
 * there is one. Its calls may wait: not on the window's thread. */
const McMachineSecret *mc_machine_secret_service (void);
/** mc_machine_secret_none: a machine that keeps nothing: only passphrases open a profile there. */
const McMachineSecret *mc_machine_secret_none (void);
/** mc_machine_secret_memory: keeps it until the program ends, for tests and the simulator. */
const McMachineSecret *mc_machine_secret_memory (void);

/** mc_machine_note_wipe: */
void mc_machine_note_wipe (McMachineNote *note);

/** mc_old_device_key: the signing key that version 1 kept in the Secret Service for @device, as
 * text. Returns: (transfer full) (nullable) */
char *mc_old_device_key (const char *device);
/** mc_old_device_key_forget: takes it out of there. */
void mc_old_device_key_forget (const char *device);

G_END_DECLS
