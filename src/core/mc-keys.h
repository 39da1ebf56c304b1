/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

G_BEGIN_DECLS

#define MC_KEY_PUBLIC_BYTES 32
#define MC_KEY_SECRET_BYTES 64
#define MC_SIGNATURE_BYTES 64
#define MC_SIGNATURE_TEXT 86 /* base64url without padding */

/** McPublicKey: an Ed25519 public key. */
typedef struct
{
  guint8 bytes[MC_KEY_PUBLIC_BYTES];
} McPublicKey;

/** McSecretKey: an Ed25519 secret key; mc_secret_key_wipe() before it goes out of scope. */
typedef struct
{
  guint8 bytes[MC_KEY_SECRET_BYTES];
} McSecretKey;

/** mc_keys_init: starts libsodium; called once by every program and test. Aborts where it cannot.
 */
void mc_keys_init (void);
void mc_keys_make (McPublicKey *ret_public, McSecretKey *ret_secret);
void mc_secret_key_wipe (McSecretKey *key);
/** mc_secret_key_public: the public half of @secret. */
void mc_secret_key_public (const McSecretKey *secret, McPublicKey *ret_public);

/** mc_keys_sign: the signature of @length bytes as base64url text. Returns: (transfer full) */
char *mc_keys_sign (const McSecretKey *key, const char *bytes, gsize length);
gboolean
mc_keys_verify (const McPublicKey *key, const char *bytes, gsize length, const char *signature);

/** mc_base64_encode: URL-safe, unpadded. Returns: (transfer full) */
char *mc_base64_encode (const guint8 *bytes, gsize length);
/** mc_base64_decode: exactly @length bytes into @bytes, or %FALSE. */
gboolean mc_base64_decode (const char *text, guint8 *bytes, gsize length);

/** mc_sha256: lower-case hexadecimal. Returns: (transfer full) */
char *mc_sha256 (const void *bytes, gsize length);

/**
 * McCertificate: what the province says of a device, signed with the province's key: which office
 * and slot the device has and which key it signs with. It outlives a restored server.
 */
typedef struct
{
  char *text;   /* signature, space, JSON: exactly as the province signed it */
  char *device; /* id */
  char *office; /* id */
  char *slot;   /* four digits */
  McPublicKey key;
  gint64 issued_ms;
} McCertificate;

/** mc_certificate_issue: made by the province. Returns: (transfer full) */
McCertificate *mc_certificate_issue (const McSecretKey *province,
                                     const char *device,
                                     const char *office,
                                     const char *slot,
                                     const McPublicKey *key,
                                     gint64 issued_ms);
/** mc_certificate_parse: Returns: (transfer full): or %NULL, #MC_ERROR_FORMAT or
 * #MC_ERROR_SIGNATURE. */
McCertificate *mc_certificate_parse (const char *text, const McPublicKey *province, GError **error);
void mc_certificate_free (McCertificate *certificate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McCertificate, mc_certificate_free)

G_END_DECLS
