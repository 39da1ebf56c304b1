/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"
#include "mc-portal.h"
#include "mc-province.h"
#include "mc-workflow.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Administrative acts: ops made by the province's own device, judged like any other and told to the
 * offices that must know.
 */

/**
 * mc_province_add_office:
 * Also tells the new office everything that was decided before it.
 * Errors: #MC_ERROR_FORMAT for a code that is none, #MC_ERROR_REFUSED for one that is taken.
 * Returns: (transfer full): the office's record id
 */
char *
mc_province_add_office (McProvince *province, const char *code, const char *name, GError **error);

/** mc_province_add_practice: an office for new staff: its desks send nothing, and mark what they
 * show and print. The same errors. Returns: (transfer full): record id */
char *
mc_province_add_practice (McProvince *province, const char *code, const char *name, GError **error);
/** mc_province_office: Returns: (transfer full): the record id of the office with @code, or %NULL,
 * #MC_ERROR_NOT_FOUND */
char *mc_province_office (McProvince *province, const char *code, GError **error);

/** McStaffChange: what is to be said of a staff member; %NULL leaves as it is. */
typedef struct
{
  const char *office; /* record id */
  const char *login;
  const char *name;
  McRole role;          /* MC_ROLE_UNKNOWN leaves as it is */
  int active;           /* 0, 1, or -1 leaves as it is */
  const char *receives; /* codes of procedures between commas, which alone the person may receive;
                           "all" lifts it */
} McStaffChange;

/** mc_province_add_staff: #MC_ERROR_REFUSED where the office has that login already. Returns:
 * (transfer full): record id */
char *mc_province_add_staff (McProvince *province, const McStaffChange *change, GError **error);
/** mc_province_set_staff: #MC_ERROR_NOT_FOUND where the office has no such login. */
gboolean mc_province_set_staff (McProvince *province, const McStaffChange *change, GError **error);

/** mc_province_invite: Returns: (transfer full): a one-time code for one desk; only its hash is
 * kept */
char *mc_province_invite (McProvince *province, const char *office, GError **error);
/** mc_province_invite_public: the same, for a desk of an agent or a digital team: nothing of a
 * resident stays on it after hand-over. */
char *mc_province_invite_public (McProvince *province, const char *office, GError **error);

/** mc_province_staff_code: a one-time activation code for the person with @login, good for seven
 * days; one given before is good no more. Only its hash is kept. #MC_ERROR_NOT_FOUND where the
 * office (a record id) has no such active login. @ret_until: until when, in ms. Returns: (transfer
 * full) */
char *mc_province_staff_code (McProvince *province,
                              const char *office,
                              const char *login,
                              gint64 *ret_until,
                              GError **error);

/**
 * mc_province_seed:
 * Writes the feed of @office (a record id) as it is now into a sealed file (mc-seed.h), for a new
 * desk. Errors: #MC_ERROR_NOT_FOUND, #MC_ERROR_FULL; then nothing is left of the file.
 * Returns: (transfer full): the code that opens it, which is kept nowhere
 */
char *mc_province_seed (McProvince *province,
                        const char *office,
                        const char *path,
                        gint64 *ret_count,
                        GError **error);

/** mc_province_suspend: #MC_ERROR_NOT_FOUND where there is no such device. */
gboolean
mc_province_suspend (McProvince *province, const char *device, gboolean suspended, GError **error);
/** mc_province_set_public: whether nothing of a resident stays on the device after hand-over. It
 * learns it at its next contact. #MC_ERROR_NOT_FOUND where there is no such device. */
gboolean
mc_province_set_public (McProvince *province, const char *device, gboolean public, GError **error);
/** mc_province_devices: (element-type McDevice) Returns: (transfer full): in the order of office
 * and slot */
GPtrArray *mc_province_devices (McProvince *province, GError **error);

/**
 * mc_province_import:
 * A catalogue of procedures, what the province sets beside the law (`overrides`), declarations
 * (one, or `declarations`) or a calendar, as data/ has them. All of it or nothing; an entry that
 * says what is known already makes no op. A procedure that holds from another day is a version of
 * its own. Errors: #MC_ERROR_FORMAT, naming the entry.
 */
gboolean mc_province_import (McProvince *province,
                             json_t *file,
                             guint *ret_changed,
                             guint *ret_total,
                             GError **error);

/**
 * mc_province_check:
 * Replays every op in commit order and compares all that is derived from it.
 * @findings: (element-type utf8): gets one line for each difference
 * Returns: %FALSE only where the database cannot be read
 */
gboolean mc_province_check (McProvince *province, GPtrArray *findings, GError **error);

/**
 * mc_province_import_portal:
 * A crawl of the national portal, a line of JSON a procedure. What is not understood is kept in the
 * portal's words and told in @report; what did not come from the portal stands unless @replace.
 * @ret_kept: (out): how many stand so
 */
gboolean mc_province_import_portal (McProvince *province,
                                    GInputStream *dump,
                                    gboolean replace,
                                    McPortalReport *report,
                                    guint *ret_changed,
                                    guint *ret_kept,
                                    GError **error);

G_END_DECLS
