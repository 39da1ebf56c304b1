/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-desk.h"

G_BEGIN_DECLS

/* What many tests need: a clock that says what it is told, a folder of its own, an office to work
 * in. */

/** MC_TEST_MS: Sat 21 Nov 2026 08:12 in Viet Nam. */
#define MC_TEST_MS (MC_BUILD_MS + (72 * 60 * G_GINT64_CONSTANT (1000)))

/** McFakeClock: time stands still unless it is told to go. */
typedef struct
{
  McClock clock;
  gint64 wall_ms;
  gint64 mono_ms;
} McFakeClock;
/** mc_fake_clock: at MC_TEST_MS. Free with g_free(). */
McFakeClock *mc_fake_clock (void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFakeClock, g_free)
void mc_fake_clock_pass (McFakeClock *clock, gint64 ms);

/** mc_test_folder: a new empty folder. Returns: (transfer full) */
char *mc_test_folder (void);
/** mc_test_remove: the folder and all in it; frees @folder. */
void mc_test_remove (char *folder);

/**
 * McTestOffice: a desk enrolled without any network: a province key made here signs a certificate
 * and the administrative ops (office, staff, two procedures, the calendar), which come as a feed
 * page.
 */
typedef struct
{
  McFakeClock *clock;
  char *folder;
  McDataKey *key; /* the profile is encrypted, as every profile is */
  McStore *store;
  McDesk *desk;
  char *office;
  McSecretKey province;
  McPublicKey province_public;
  McSecretKey device_key;
  char *server_device;
  GPtrArray *feed; /* McFeedEntry*, the office's feed as the test's own province has it */
  McCursor cursor;
  McDeskKind kind; /* what the province says of the desk with each answer */
} McTestOffice;

/** mc_test_office: staff an/clerk, binh/officer, chi/leader with the PIN below; nobody is signed
 * in. */
McTestOffice *mc_test_office (void);
/** mc_test_office_plain: the same as a version left it that did not encrypt. */
McTestOffice *mc_test_office_plain (void);
void mc_test_office_free (McTestOffice *office);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McTestOffice, mc_test_office_free)
#define MC_TEST_PIN "204816"
/** mc_test_sign_in: asserts that it works. */
void mc_test_sign_in (McTestOffice *office, const char *login);
/** mc_test_leaves: the province says that @login works here no more, and the desk hears it. */
void mc_test_leaves (McTestOffice *office, const char *login);
/** mc_test_receive: a birth registration for @name. Returns: (transfer full): its id */
char *mc_test_receive (McTestOffice *office, const char *name);
/** mc_test_feed: puts an op line with a ruling into the office's feed (not yet taken by the desk).
 */
void mc_test_feed (McTestOffice *office, const char *line, const char *ruling);
/** mc_test_publish: the province says an administrative op, and the desk hears of it: a new record,
 * or the calendar again. @body is taken. */
void mc_test_publish (McTestOffice *office, const char *verb, json_t *body);
/** mc_test_publish_linked: the interlinked birth (3.000722) of data/catalogue, with what it is made
 * of beside the birth that the office has. */
void mc_test_publish_linked (McTestOffice *office);
/** mc_test_receive_linked: one of them for @name. Returns: (transfer full): the parent's id */
char *mc_test_receive_linked (McTestOffice *office, const char *name);
/** mc_test_gone: the office's feed says that the record has left its sight. */
void mc_test_gone (McTestOffice *office, const char *record);
/** mc_test_restore: the province is put back to when its feed had @length lines, and the desk hears
 * of it. Asserts that it works. */
void mc_test_restore (McTestOffice *office, guint length);
/** mc_test_waiting_line: the line of the op that waits at @place, without what was said of it.
 * Returns: (transfer full) */
char *mc_test_waiting_line (McTestOffice *office, guint place);
/** mc_test_page: what the desk's cursor lacks of the feed, as the province answers. Returns:
 * (transfer full) */
McSyncAnswer *mc_test_page (McTestOffice *office);
/** mc_test_pull: the desk takes what its cursor lacks. Asserts that it works. */
void mc_test_pull (McTestOffice *office);
/** mc_test_accept_all: everything that waits at the desk is fed back as applied. */
void mc_test_accept_all (McTestOffice *office);
/** mc_test_other: an op by another device of the office. Returns: (transfer full): its line */
char *mc_test_other (McTestOffice *office,
                     const char *by_login,
                     const char *on,
                     const char *verb,
                     json_t *body,
                     json_t *base);
/** mc_test_other_scan: a colleague has put a scan of these bytes on a new dossier; here is only
 * what the feed says of it. Returns: (transfer full): its sha256 */
char *mc_test_other_scan (McTestOffice *office, const char *bytes);
/** mc_test_shows: whether the dossier can be opened here. */
gboolean mc_test_shows (McStore *store, const char *dossier);
/** mc_test_check: asserts that mc_store_check() finds nothing. */
void mc_test_check (McTestOffice *office);
/** mc_test_pdf: writes a PDF of @pages pages; its text names @word. Returns: (transfer full): its
 * path */
char *mc_test_pdf (const char *folder, const char *word, guint pages);

G_END_DECLS
