/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-keys.h"
#include "mc-workflow.h"

G_BEGIN_DECLS

/*
 * A person opens a PC for the first time, or after a forgotten secret, with a one-time activation
 * code that the province's administrator gave by hand: POST /v1/unlock. Not signed by the device,
 * whose key lies behind the very lock that is to be opened.
 *
 *   request   {"motcua":1,"box":"…"}       sealed to the province, so that nobody on the line reads
 *             the code or puts another "to" in its place; in the box
 *             {"login":…,"code":…,"device":id,"to":"…","sealed":"…","certificate":"…"}
 *   answer    {"motcua":1,"answer":"SIGNATURE {…}"}      signed by the province; in it
 *             {"device":id,"to":"…","at":ms,"staff":id,"login":…,"name":…,"role":…,"office":id,
 *              "key":"…"}
 *
 * "sealed" is the key of the PC's work, sealed to the province together with the device's id, so
 * that a key taken from one PC cannot be had opened for another; "key" is the same key sealed to
 * "to", which lives only as long as the request. Both are missing where nothing is locked yet.
 */

#define MC_UNLOCK_KEY_BYTES 32    /* X25519 */
#define MC_UNLOCK_CONTENT_MAX 256 /* bytes of what is sealed */
#define MC_UNLOCK_BODY_MAX 16384

/** McUnlockKey: the pair that one request lives with; mc_unlock_key_wipe() it. */
typedef struct
{
  guint8 public[MC_UNLOCK_KEY_BYTES];
  guint8 secret[MC_UNLOCK_KEY_BYTES];
} McUnlockKey;
void mc_unlock_key_make (McUnlockKey *ret_key);
void mc_unlock_key_wipe (McUnlockKey *key);

/** mc_unlock_seal: @content (at most MC_UNLOCK_CONTENT_MAX bytes) of @device for the province only.
 * Returns: (transfer full) */
GBytes *mc_unlock_seal (const McPublicKey *province,
                        const char *device,
                        const guint8 *content,
                        gsize length);
/** mc_unlock_unseal: what was sealed of @device. Returns: (transfer full): wiped when freed; or
 * %NULL, #MC_ERROR_SIGNATURE where it is not sealed to this province, or of another device. */
GBytes *
mc_unlock_unseal (const McSecretKey *province, const char *device, GBytes *sealed, GError **error);

/** McUnlockAsk: strings are owned. */
typedef struct
{
  char *login;
  char *code;        /* as typed */
  char *device;      /* id */
  char *certificate; /* (nullable): for a province that has forgotten the device */
  GBytes *sealed;    /* (nullable): mc_unlock_seal() */
  guint8 to[MC_UNLOCK_KEY_BYTES];
} McUnlockAsk;
void mc_unlock_ask_free (McUnlockAsk *ask);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McUnlockAsk, mc_unlock_ask_free)
GBytes *mc_unlock_ask_write (const McUnlockAsk *ask, const McPublicKey *province);
/** mc_unlock_ask_read: #MC_ERROR_FORMAT, #MC_ERROR_SIGNATURE where it is for another province. */
McUnlockAsk *mc_unlock_ask_read (GBytes *body, const McSecretKey *province, GError **error);
/** mc_unlock_ask_parse: what lies in the box. */
McUnlockAsk *mc_unlock_ask_parse (GBytes *plain, GError **error);

/** McUnlockAnswer: who the person is, and the key where one was sealed. Strings are owned. */
typedef struct
{
  char *device;
  char *staff; /* record id */
  char *login;
  char *name;
  McRole role;
  char *office; /* record id */
  gint64 at_ms;
  GBytes *content; /* (nullable): what was sealed, in the open; wiped when freed */
} McUnlockAnswer;
void mc_unlock_answer_free (McUnlockAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McUnlockAnswer, mc_unlock_answer_free)
/** mc_unlock_answer_write: signed by @province; the content sealed to @to. */
GBytes *mc_unlock_answer_write (const McUnlockAnswer *answer,
                                const guint8 *to,
                                const McSecretKey *province);
/** mc_unlock_answer_read: #MC_ERROR_NETWORK for what is no answer of ours, #MC_ERROR_SIGNATURE for
 * one that this province did not make, or not for this request and @device. */
McUnlockAnswer *mc_unlock_answer_read (GBytes *body,
                                       const McPublicKey *province,
                                       const McUnlockKey *key,
                                       const char *device,
                                       GError **error);

G_END_DECLS
