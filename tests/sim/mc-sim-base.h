/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-sim-clock.h"
#include "mc-sim-disk.h"
#include "mc-store.h"

G_BEGIN_DECLS

#define MC_SIM_OFFICES 3
#define MC_SIM_ROLES 3
#define MC_SIM_ENROLLED 6
#define MC_SIM_FOLDERS 16
#define MC_SIM_DOCUMENTS 4

/** McSimProfile: what is on the disk of a PC with a desk. */
typedef struct
{
  McSimImage *disk;
} McSimProfile;

/** McSimStranger: a device of an office that is no desk of ours. */
typedef struct
{
  char *device;
  char *certificate;
  McSecretKey key;
} McSimStranger;

/**
 * McSimBase:
 * What every run begins with, made once: a province with three offices, their staff, two procedures
 * and a calendar, and six desks that have read all of it.
 */
typedef struct
{
  char *root;
  char *province; /* folder */
  McSimDisk *province_disk;
  McSimImage *province_image;
  GHashTable *province_keys; /* files in keys/: name → bytes */
  char *folders[MC_SIM_FOLDERS];
  McSimDisk *disks[MC_SIM_FOLDERS];
  McSimProfile profiles[MC_SIM_ENROLLED];
  McSimProfile blank; /* not enrolled */
  McSimStranger strangers[MC_SIM_OFFICES];
  guint office_of[MC_SIM_ENROLLED];
  char *offices[MC_SIM_OFFICES];
  char *office_codes[MC_SIM_OFFICES];
  char *staff[MC_SIM_OFFICES][MC_SIM_ROLES];
  char *logins[MC_SIM_OFFICES][MC_SIM_ROLES];
  char *documents[MC_SIM_DOCUMENTS]; /* sha256 */
  McDataKey *key;                    /* of every desk; NULL: plain profiles */
} McSimBase;

/** mc_sim_base: made at the first call, with its own fixed seed. */
const McSimBase *mc_sim_base (void);
/** mc_sim_base_encrypt: before the first call: the desks' profiles are encrypted. */
void mc_sim_base_encrypt (void);
/** mc_sim_base_remove: the folders. */
void mc_sim_base_remove (void);

/** mc_sim_file_set: a real file has this and nothing else in it. */
void mc_sim_file_set (const char *path, const void *bytes, gsize length);
/** mc_sim_folder_read: the files of a real folder. Returns: (transfer full): name → GBytes */
GHashTable *mc_sim_folder_read (const char *folder);
/** mc_sim_folder_write: brings the folder to what it was when it was read. */
void mc_sim_folder_write (const char *folder, GHashTable *files);

G_END_DECLS
