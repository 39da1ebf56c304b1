/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-backup.h"
#include "mc-road.h"

G_BEGIN_DECLS

/**
 * McDoor:
 * How people get into a profile: what can be known before anybody has, and the ways in. Whatever
 * takes long or waits for the line says so: not on the window's thread. Reference-counted; safe
 * between threads as long as one way in is tried at a time.
 */
typedef struct _McDoor McDoor;

/** mc_door_new: @clock and @machine are borrowed for ever. */
McDoor *mc_door_new (const char *profile, const McClock *clock, const McMachineSecret *machine);
/**
 * mc_door_new_backup:
 * The door of the same profile, which is not there, by way of @backup: whose backup it is, who
 * opens it and how is asked as of any other door, and mc_door_restore() follows before anybody goes
 * in. Wrong secrets are not counted: whoever has the stick has it elsewhere too.
 */
McDoor *mc_door_new_backup (McDoor *door, const McBackup *backup);
McDoor *mc_door_ref (McDoor *door);
void mc_door_unref (McDoor *door);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDoor, mc_door_unref)
const char *mc_door_profile (McDoor *door);
const McClock *mc_door_clock (McDoor *door);

/** mc_door_look: what lies in the folder, read again. Errors: as mc_profile_state(). */
gboolean mc_door_look (McDoor *door, McProfileState *ret_state, GError **error);
/** mc_door_enrolment: which office's desk this is, as far as anybody may know. Returns: (transfer
 * full) (nullable) */
McEnrolment *mc_door_enrolment (McDoor *door);
/** mc_door_people: who has opened it here, who did so last first. Returns: (transfer full)
 * (element-type McVaultPerson) */
GPtrArray *mc_door_people (McDoor *door);
/** mc_door_wait_ms: how long until @login may try again; kept on the disk. */
gint64 mc_door_wait_ms (McDoor *door, const char *login);
/** mc_door_pin_enough: whether this machine keeps a secret, so that a PIN will do. May wait. */
gboolean mc_door_pin_enough (McDoor *door);

/** McArrival: somebody at the open door. */
typedef struct
{
  char *login;
  McDataKey *key;       /* (nullable): a plain profile, or one that is still to be chosen for */
  McStaff *staff;       /* (nullable): as the province's answer says; else the store knows */
  gboolean must_choose; /* a secret of their own is missing: mc_door_choose() */
  char *before;         /* (nullable): what a plain profile or a backup was opened with; wiped */
} McArrival;
void mc_arrival_free (McArrival *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McArrival, mc_arrival_free)

/**
 * mc_door_enrol:
 * Takes this PC in with the office's code and makes a fresh profile. Needs the line.
 * Errors: as mc_road_enrol(), and of the disk.
 */
gboolean mc_door_enrol (McDoor *door, const char *server, const char *code, GError **error);
/**
 * mc_door_open:
 * Up to a second; no line. Wrong secrets are counted before they are tried.
 * Errors: #MC_ERROR_SECRET, #MC_ERROR_DELAYED (see mc_door_wait_ms()), #MC_ERROR_NOT_FOUND (never
 * opened this PC: an activation code), #MC_ERROR_REFUSED "machine" (a PIN, and the machine has lost
 * its secret: an activation code), #MC_ERROR_DAMAGED
 */
McArrival *mc_door_open (McDoor *door, const char *login, const char *secret, GError **error);
/**
 * mc_door_activate:
 * With a one-time code, by the line. The same login and code again gets the same answer.
 * Errors: as mc_road_unlock().
 */
McArrival *mc_door_activate (McDoor *door,
                             const char *login,
                             const char *code,
                             GCancellable *cancellable,
                             GError **error);
/** mc_door_choose: @entry opens this PC by @secret from now on; a fresh profile gets its key.
 * Errors: as mc_vault_secret_allowed(), and of the disk. */
gboolean mc_door_choose (McDoor *door, McArrival *entry, const char *secret, GError **error);
/** mc_door_change: Errors: as mc_door_open() and mc_door_choose(). */
gboolean mc_door_change (McDoor *door,
                         const char *login,
                         const char *before,
                         const char *after,
                         GError **error);
/**
 * mc_door_restore:
 * Makes the profile out of the backup that the door leads to, for who came by it; one that is there
 * is damaged and goes aside (mc_profile_replace()). Long; may be killed at any moment. Errors: as
 * mc_backup_restore().
 */
gboolean mc_door_restore (McDoor *door,
                          McArrival *arrival,
                          McProfileTell tell,
                          gpointer data,
                          GError **error);
/**
 * mc_door_take_older:
 * As mc_door_open(), after #MC_ERROR_OLDER: somebody knows that an earlier copy lies here and goes
 * on with it. The desk enrols anew before anything is changed.
 */
McArrival *mc_door_take_older (McDoor *door, const char *login, const char *secret, GError **error);
/** mc_door_remove: @login does not open this PC any more. */
gboolean mc_door_remove (McDoor *door, McDataKey *key, const char *login, GError **error);
/** mc_door_entered: it went well: who opened it last, what may be known of the office before
 * anybody has, and the key sealed to the province anew. @enrolment: as the store says. */
void mc_door_entered (McDoor *door, const McArrival *arrival, const McEnrolment *enrolment);

G_END_DECLS
