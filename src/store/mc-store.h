/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-blob-file.h"
#include "mc-calendar.h"
#include "mc-clock.h"
#include "mc-ledger.h"
#include "mc-procedure.h"
#include "mc-wire.h"
#include "mc-workflow.h"

G_BEGIN_DECLS

/**
 * McStore:
 * One profile: a folder with the desk's database, its scans and its keys. Opened for writing by one
 * window at a time (a lock file: the second gets #MC_ERROR_BUSY), and any number of times for
 * reading. Belongs to one thread: see mc-worker.h.
 */
typedef struct _McStore McStore;

#define MC_STORE_VERSION 5

/**
 * mc_store_open:
 * Makes the profile where there is none. @clock is borrowed.
 * @key: (nullable): what its files are encrypted under (mc-profile.h); %NULL: a plain profile,
 * which only a version that did not encrypt made Errors: #MC_ERROR_BUSY, #MC_ERROR_NEWER,
 * #MC_ERROR_KEY, #MC_ERROR_DAMAGED, #MC_ERROR_FULL
 */
McStore *mc_store_open (const char *profile, const McClock *clock, McDataKey *key, GError **error);
/** mc_store_open_on: the same on the machine named @machine ("": not known), for tests; see
 * mc_machine(). */
McStore *mc_store_open_on (const char *profile,
                           const McClock *clock,
                           McDataKey *key,
                           const char *machine,
                           GError **error);
/** mc_store_open_reader: a second connection that only reads; for lists on the window's thread. */
McStore *
mc_store_open_reader (const char *profile, const McClock *clock, McDataKey *key, GError **error);
void mc_store_close (McStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McStore, mc_store_close)
McDb *mc_store_db (McStore *store);
const char *mc_store_profile (McStore *store);
/** mc_store_key: what the profile is encrypted under, or %NULL. Borrowed. */
McDataKey *mc_store_key (McStore *store);
const McClock *mc_store_clock (McStore *store);

/* Small facts of the profile, in the table `fact`. */
char *mc_store_fact (McStore *store, const char *key);
gint64 mc_store_fact_int (McStore *store, const char *key, gint64 otherwise);
gboolean mc_store_set_fact (McStore *store, const char *key, const char *value, GError **error);
gboolean mc_store_set_fact_int (McStore *store, const char *key, gint64 value, GError **error);

/** McEnrolment: what a desk knows of itself once a province has taken it in. */
typedef struct
{
  char *device;
  char *office;      /* record id */
  char *office_code; /* H05.032.07 */
  char *office_name;
  char *slot;
  char *server;       /* base URL */
  char *certificate;  /* text */
  char *province_key; /* base64url */
  gboolean practice;  /* of an office for new staff */
} McEnrolment;
void mc_enrolment_free (McEnrolment *enrolment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McEnrolment, mc_enrolment_free)
/** mc_store_enrolment: Returns: (transfer full) (nullable): %NULL before enrolment */
McEnrolment *mc_store_enrolment (McStore *store);
/** mc_store_set_enrolment: the profile is this device, with its key, from now on, in one
 * transaction; what it was before it stays its own. */
gboolean mc_store_set_enrolment (McStore *store,
                                 const McEnrolment *enrolment,
                                 const McSecretKey *key,
                                 GError **error);
/** mc_store_device_key: the device's signing key, which is in the database. Fails before enrolment.
 */
gboolean mc_store_device_key (McStore *store, McSecretKey *ret_key, GError **error);
/** mc_store_next_key: the key of the device that a copied desk asks to become: kept until it has
 * become it, so that an answer that is lost, with the program, costs no slot. */
gboolean mc_store_next_key (McStore *store, McSecretKey *ret_key, GError **error);
/** mc_store_invitation: the province's one-time code by which a copied desk is to be taken in,
 * because who it was is suspended (a stolen PC). Returns: (transfer full) (nullable) */
char *mc_store_invitation (McStore *store);
/** mc_store_set_invitation: for the next contact; forgets that one was refused. */
gboolean mc_store_set_invitation (McStore *store, const char *code, GError **error);
/** mc_store_refuse_invitation: the province did not take it. @why: its word, or "office" */
gboolean mc_store_refuse_invitation (McStore *store, const char *why, GError **error);
/** mc_store_invitation_refused: why the last one was not taken. Returns: (transfer full) (nullable)
 */
char *mc_store_invitation_refused (McStore *store);
/**
 * mc_store_copied:
 * Whether this profile is a copy of a desk: it was opened on another machine than it enrolled on,
 * or met a change of its own device that it never made. Until it has enrolled anew nobody changes
 * anything here (#MC_ERROR_REFUSED, "copy"); everything made before is kept and sent.
 */
gboolean mc_store_copied (McStore *store);
/** mc_store_mark_copied: @why: "machine" or "device" */
gboolean mc_store_mark_copied (McStore *store, const char *why, GError **error);
/** mc_machine: what this machine is known by, or "" where nothing says so. Returns: (transfer full)
 */
char *mc_machine (void);

/** McStaff: a person of an office. */
typedef struct
{
  char *id;
  char *login;
  char *name;
  McRole role;
  char *office;
  char *verifier; /* (nullable): Argon2id, of before a secret was one machine's own */
  gboolean active;
} McStaff;
void mc_staff_free (McStaff *staff);
/** mc_staff_copy: Returns: (transfer full) */
McStaff *mc_staff_copy (const McStaff *staff);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McStaff, mc_staff_free)
McStaff *mc_store_staff (McStore *store, const char *id);
McStaff *mc_store_staff_by_login (McStore *store, const char *login);
/** mc_store_staff_all: the active staff of this office, by name. (element-type McStaff) */
GPtrArray *mc_store_staff_all (McStore *store, GError **error);

/** mc_store_contract: the codes of procedures that a postal agent may receive by the office's
 * contract. Returns: (transfer full) (nullable): an array; %NULL: every procedure */
json_t *mc_store_contract (McStore *store, const char *staff);

/** McOffice: an office of the province. */
typedef struct
{
  char *id;
  char *code;
  char *name;
} McOffice;
void mc_office_free (McOffice *office);
/** mc_store_offices: all that this desk knows of, by name. (element-type McOffice) */
GPtrArray *mc_store_offices (McStore *store, GError **error);

/** mc_store_procedures: the catalogue of today, by name. (element-type McProcedure) Returns:
 * (transfer full) */
GPtrArray *mc_store_procedures (McStore *store, GError **error);
/** mc_store_catalogue_mark: another text whenever mc_store_procedures() may say something else.
 * Returns: (transfer full) */
char *mc_store_catalogue_mark (McStore *store);
McProcedure *mc_store_procedure (McStore *store, const char *code, GError **error);
/** mc_store_procedure_version: @code as @version had it, with the cases of @day (ISO date).
 * Returns: (transfer full) (nullable): %NULL where no op that this desk holds says it */
McProcedure *
mc_store_procedure_version (McStore *store, const char *code, const char *version, const char *day);
/** mc_store_calendar: Returns: (transfer full): the latest one, or an empty one that knows only
 * weekends */
McCalendar *mc_store_calendar (McStore *store, GError **error);

/** mc_store_now: the later of the wall clock (with the province's offset) and the last op, in ms.
 */
gint64 mc_store_now (McStore *store);

/** mc_store_first_on: this desk is new: what is open is here, or comes first; dossiers that ended
 * long ago are still on their way. */
gboolean mc_store_first_on (McStore *store);

G_END_DECLS
