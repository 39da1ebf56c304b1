/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-clock.h"
#include "mc-keys.h"
#include "mc-wire.h"

G_BEGIN_DECLS

/**
 * McProvince:
 * The province: takes ops, judges them, keeps the feeds. Knows nothing of HTTP, so that the
 * simulator can stand on it, and is the one place behind which another database can be put.
 * Belongs to one thread. Every function that alters anything is one durable transaction.
 */
typedef struct _McProvince McProvince;

/** mc_province_init: makes a province in @data, with its keys. A province that is there is
 * #MC_ERROR_REFUSED. */
gboolean mc_province_init (const char *data, const McClock *clock, GError **error);
/** mc_province_open: @clock is borrowed. Notices that the database is an older copy than the keys:
 * then the province goes on under a fresh device id, and devices that the database has forgotten
 * are taken in again. Errors: #MC_ERROR_NOT_FOUND where there is no province. */
McProvince *mc_province_open (const char *data, const McClock *clock, GError **error);
void mc_province_close (McProvince *province);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McProvince, mc_province_close)

/** mc_province_key: what certificates and admin acts are signed with. Borrowed. */
const McPublicKey *mc_province_key (McProvince *province);
/** mc_province_clock: what it was opened with. Borrowed. */
const McClock *mc_province_clock (McProvince *province);
/** mc_province_now: the province's clock, in ms since 1970. */
gint64 mc_province_now (McProvince *province);

/**
 * McProvinceWatch:
 * Called after a commit for each office whose feed grew by this process.
 * @office: (nullable): record id; %NULL: any office, see mc_province_look()
 */
typedef void (*McProvinceWatch) (const char *office, gpointer data);
void mc_province_set_watch (McProvince *province, McProvinceWatch watch, gpointer data);
/** mc_province_look: calls the watch when another process has changed the database since the last
 * look. */
void mc_province_look (McProvince *province);

/** McDevice: one enrolled desk. */
typedef struct
{
  char *id;
  char *office; /* record id */
  char *slot;   /* four digits */
  McPublicKey key;
  gint64 enrolled_ms;
  gboolean suspended;
  gboolean public; /* a digital team's or an agent's: nothing of a resident stays on it */
} McDevice;
void mc_device_free (McDevice *device);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDevice, mc_device_free)

/** mc_province_device: Returns: (transfer full) (nullable): %NULL with no error where it is not
 * known */
McDevice *mc_province_device (McProvince *province, const char *id, GError **error);

/** McAdmission: what a desk learns when it enrols. */
typedef struct
{
  McDevice *device;
  char *office_code;
  char *office_name;
  gboolean practice; /* an office for new staff: its desks send nothing */
  char *certificate;
} McAdmission;
void mc_admission_free (McAdmission *admission);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McAdmission, mc_admission_free)

/**
 * mc_province_enrol:
 * Takes a desk in and spends the code. The same code with the same key again (the answer was lost)
 * gets the same answer.
 * Errors: #MC_ERROR_SECRET for a code that is wrong or spent, #MC_ERROR_REFUSED where no slot is
 * free.
 */
McAdmission *
mc_province_enrol (McProvince *province, const char *code, const McPublicKey *key, GError **error);

/**
 * mc_province_enrol_again:
 * Takes a desk in anew that found that it is a copy (an image put back, a disk cloned): a new
 * device and slot for the same office. @old is who it was and has just proven to be, with the old
 * key. The same new key again (the answer was lost) gets the same answer.
 * Errors: #MC_ERROR_SECRET where @old is suspended or @key is its own, #MC_ERROR_REFUSED where no
 * slot is free or it asks too often.
 */
McAdmission *mc_province_enrol_again (McProvince *province,
                                      const McDevice *old,
                                      const McPublicKey *key,
                                      GError **error);

/**
 * mc_province_readmit:
 * Takes a desk in again that this database has forgotten (a restored server), on the word of its
 * certificate.
 * Errors: #MC_ERROR_SIGNATURE or #MC_ERROR_FORMAT where it is not genuine or not of @device.
 */
McDevice *mc_province_readmit (McProvince *province,
                               const char *device,
                               const char *certificate,
                               GError **error);

/**
 * mc_province_unlock:
 * Opens a desk for a person who has an activation code, and spends the code. The same request again
 * (the answer was lost) gets the same answer. At most ten wrong codes are looked at per person and
 * hour.
 * Returns: (transfer full): the answer's body; or %NULL: #MC_ERROR_SECRET for a code, login or
 * office that does not match (which one is not said), #MC_ERROR_DELAYED after too many,
 * #MC_ERROR_REFUSED where the desk is suspended, #MC_ERROR_NOT_FOUND where there is no such desk,
 * #MC_ERROR_SIGNATURE for a sealed key that is not this desk's, #MC_ERROR_FORMAT.
 */
GBytes *mc_province_unlock (McProvince *province, GBytes *body, GError **error);

/**
 * mc_province_weigh:
 * About how much work a round trip is: one for each entry of the feed that it would be told, ten
 * for each op that it brings.
 */
guint
mc_province_weigh (McProvince *province, const McDevice *device, const McSyncRequest *request);

/**
 * mc_province_sync:
 * One round trip: takes the lines pushed, in order, in one transaction, then answers with the page
 * of the office's feed after the cursor. An op whose parents are missing is kept until they come
 * (or until nobody can bring them), and said to be missing them; of an op that this program is too
 * old for, "version" is said to be missing, and nothing is kept. Where the cursor is not of this
 * feed no line is taken: the desk goes back to one of the points in the answer first.
 * @device: who carries; its office's feed is answered
 * Returns: (transfer full): or %NULL where the database failed and nothing was taken
 */
McSyncAnswer *mc_province_sync (McProvince *province,
                                const McDevice *device,
                                const McSyncRequest *request,
                                GError **error);

/**
 * McTrip:
 * The same in parts, each a durable transaction of its own, so that others are heard in between.
 * After a part that failed there is no next one; what was taken before it is held.
 */
typedef struct _McTrip McTrip;
/** mc_trip_new: nothing is taken yet. Device and request are borrowed until it is freed. */
McTrip *mc_trip_new (McProvince *province,
                     const McDevice *device,
                     const McSyncRequest *request,
                     GError **error);
void mc_trip_free (McTrip *trip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McTrip, mc_trip_free)
/** mc_trip_go: takes lines until @over_us of g_get_monotonic_time(), one at least. @ret_done:
 * whether none is left */
gboolean mc_trip_go (McTrip *trip, gint64 over_us, gboolean *ret_done, GError **error);
/** mc_trip_answer: once none is left. */
McSyncAnswer *mc_trip_answer (McTrip *trip, GError **error);

G_END_DECLS
