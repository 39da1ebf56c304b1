/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions that the linker puts before the product's and the libraries' own, for speed alone: half
 * of a run's time went into cryptography, which has its own tests. A signature that was made here
 * or found good is not verified again, and a hash not made again; whatever differs in a byte meets
 * a function that is no worse. And a run is one thread: helpers would only cost their waking.
 */
#include "mc-sim-wrap.h"

#include "mc-keys.h"
#include "mc-op.h"
#include <sodium.h>
#include <string.h>

#define OPS_MAX 4000
#define CERTIFICATES_MAX 200

int __real_crypto_sign_verify_detached (const unsigned char *signature,
                                        const unsigned char *message,
                                        unsigned long long length,
                                        const unsigned char *key);
int __wrap_crypto_sign_verify_detached (const unsigned char *signature,
                                        const unsigned char *message,
                                        unsigned long long length,
                                        const unsigned char *key);
int __real_crypto_sign_detached (unsigned char *signature,
                                 unsigned long long *ret_length,
                                 const unsigned char *message,
                                 unsigned long long length,
                                 const unsigned char *key);
int __wrap_crypto_sign_detached (unsigned char *signature,
                                 unsigned long long *ret_length,
                                 const unsigned char *message,
                                 unsigned long long length,
                                 const unsigned char *key);

int __real_crypto_hash_sha256 (unsigned char *hash,
                               const unsigned char *bytes,
                               unsigned long long length);
int __wrap_crypto_hash_sha256 (unsigned char *hash,
                               const unsigned char *bytes,
                               unsigned long long length);

int __real_crypto_auth (unsigned char *mac,
                        const unsigned char *bytes,
                        unsigned long long length,
                        const unsigned char *key);
int __wrap_crypto_auth (unsigned char *mac,
                        const unsigned char *bytes,
                        unsigned long long length,
                        const unsigned char *key);

McCertificate *
__real_mc_certificate_parse (const char *text, const McPublicKey *province, GError **error);
McCertificate *
__wrap_mc_certificate_parse (const char *text, const McPublicKey *province, GError **error);

guint __wrap_g_get_num_processors (void);

/* One that holds. */
typedef struct
{
  guint8 signature[crypto_sign_BYTES];
  guint8 key[crypto_sign_PUBLICKEYBYTES];
  gsize length;
  const guint8 *message;
} Signed;

static GHashTable *lasting; /* Signed, a set: before the first run */
static GHashTable *good;    /* the same of this run */
static gboolean cheap;
static gboolean cheap_hashes;

void
mc_sim_wrap_hashes (void)
{
  cheap_hashes = TRUE;
}

/* Within a run a signature is a keyed hash that nobody but the signer could have made, and holds
 * because it is remembered; whatever was not signed so meets the real one, and fails. */
void
mc_sim_wrap_begin (void)
{
  g_clear_pointer (&good, g_hash_table_unref);
  cheap = TRUE;
}

/* A signature is as random as a hash. */
static guint
hash_of (gconstpointer one)
{
  guint hash;

  memcpy (&hash, ((const Signed *)one)->signature, sizeof hash);
  return hash;
}

static gboolean
equal (gconstpointer a, gconstpointer b)
{
  const Signed *one = a;
  const Signed *other = b;

  return one->length == other->length &&
         memcmp (one->signature, other->signature, sizeof one->signature) == 0 &&
         memcmp (one->key, other->key, sizeof one->key) == 0 &&
         memcmp (one->message, other->message, one->length) == 0;
}

static Signed
signed_of (const unsigned char *signature,
           const unsigned char *message,
           unsigned long long length,
           const unsigned char *key)
{
  Signed one = { .length = (gsize)length, .message = message };

  memcpy (one.signature, signature, sizeof one.signature);
  memcpy (one.key, key, sizeof one.key);
  return one;
}

static void
remember (const Signed *one)
{
  GHashTable **known = cheap ? &good : &lasting;
  Signed *kept = g_malloc (sizeof *kept + one->length);

  *kept = *one;
  memcpy (kept + 1, one->message, one->length);
  kept->message = (const guint8 *)(kept + 1);
  if (*known == NULL)
    *known = g_hash_table_new_full (hash_of, equal, g_free, NULL);
  g_hash_table_add (*known, kept);
}

int
__wrap_crypto_sign_verify_detached (const unsigned char *signature,
                                    const unsigned char *message,
                                    unsigned long long length,
                                    const unsigned char *key)
{
  Signed one = signed_of (signature, message, length, key);

  if ((good != NULL && g_hash_table_contains (good, &one)) ||
      (lasting != NULL && g_hash_table_contains (lasting, &one)))
    return 0;
  if (__real_crypto_sign_verify_detached (signature, message, length, key) != 0)
    return -1;
  remember (&one);
  return 0;
}

int
__wrap_crypto_sign_detached (unsigned char *signature,
                             unsigned long long *ret_length,
                             const unsigned char *message,
                             unsigned long long length,
                             const unsigned char *key)
{
  Signed one;

  if (cheap)
    crypto_generichash (signature, crypto_sign_BYTES, message, length, key, crypto_sign_SEEDBYTES);
  else
    __real_crypto_sign_detached (signature, ret_length, message, length, key);
  one = signed_of (signature, message, length, key + crypto_sign_SEEDBYTES);
  remember (&one);
  return 0;
}

/* What was worked out last of those that fall into one place: every line of a feed is hashed by
 * each desk that reads it, and every receipt is made for each that asks. */
typedef struct
{
  gsize length;
  guint8 *bytes;
  guint8 hash[32];
} Known;

#define KNOWN_MAX 4096

static guint
place_of (const guint8 *bytes, gsize length)
{
  guint64 mixed = length;
  guint64 next;

  for (; length >= sizeof next; length -= sizeof next, bytes += sizeof next)
    {
      memcpy (&next, bytes, sizeof next);
      mixed = (mixed ^ next) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      mixed ^= mixed >> 32;
    }
  return (guint)(mixed % KNOWN_MAX);
}

/* Its place; @ret_new: whether the hash is yet to be made */
static Known *
find_known (Known *table, const void *bytes, gsize length, gboolean *ret_new)
{
  Known *place = &table[place_of (bytes, length)];

  *ret_new =
      place->bytes == NULL || place->length != length || memcmp (place->bytes, bytes, length) != 0;
  if (!*ret_new)
    return place;
  place->length = length;
  place->bytes = g_realloc (place->bytes, length + 1);
  memcpy (place->bytes, bytes, length);
  return place;
}

int
__wrap_crypto_hash_sha256 (unsigned char *hash,
                           const unsigned char *bytes,
                           unsigned long long length)
{
  static Known table[KNOWN_MAX];
  gboolean is_new;
  Known *place = find_known (table, bytes, (gsize)length, &is_new);

  if (is_new && cheap_hashes)
    crypto_generichash (place->hash, sizeof place->hash, bytes, length, NULL, 0);
  else if (is_new)
    __real_crypto_hash_sha256 (place->hash, bytes, length);
  memcpy (hash, place->hash, sizeof place->hash);
  return 0;
}

int
__wrap_crypto_auth (unsigned char *mac,
                    const unsigned char *bytes,
                    unsigned long long length,
                    const unsigned char *key)
{
  static Known table[KNOWN_MAX];
  guint8 both[256];
  gboolean is_new;
  Known *place;

  if (length > sizeof both - crypto_auth_KEYBYTES)
    return __real_crypto_auth (mac, bytes, length, key);
  memcpy (both, key, crypto_auth_KEYBYTES);
  memcpy (both + crypto_auth_KEYBYTES, bytes, length);
  place = find_known (table, both, (gsize)length + crypto_auth_KEYBYTES, &is_new);
  if (is_new)
    __real_crypto_auth (place->hash, bytes, length, key);
  memcpy (mac, place->hash, sizeof place->hash);
  return 0;
}

static McCertificate *
copy_certificate (const McCertificate *from)
{
  McCertificate *copy = g_new (McCertificate, 1);

  *copy = *from;
  copy->text = g_strdup (from->text);
  copy->device = g_strdup (from->device);
  copy->office = g_strdup (from->office);
  copy->slot = g_strdup (from->slot);
  return copy;
}

/* The register of all certificates is read at each start of the province, which has one key. */
McCertificate *
__wrap_mc_certificate_parse (const char *text, const McPublicKey *province, GError **error)
{
  static GHashTable *parsed; /* text → McCertificate */
  static McPublicKey key;
  McCertificate *known;

  if (parsed == NULL || memcmp (&key, province, sizeof key) != 0 ||
      g_hash_table_size (parsed) > CERTIFICATES_MAX)
    {
      g_clear_pointer (&parsed, g_hash_table_unref);
      parsed = g_hash_table_new_full (g_str_hash,
                                      g_str_equal,
                                      NULL,
                                      (GDestroyNotify)mc_certificate_free);
      key = *province;
    }
  known = g_hash_table_lookup (parsed, text);
  if (known == NULL)
    {
      known = __real_mc_certificate_parse (text, province, error);
      if (known == NULL)
        return NULL;
      g_hash_table_insert (parsed, known->text, known);
    }
  return copy_certificate (known);
}

guint
__wrap_g_get_num_processors (void)
{
  return 1;
}

McOp *__real_mc_op_parse (const char *line, gssize length, GError **error);
McOp *__wrap_mc_op_parse (const char *line, gssize length, GError **error);

/* A line begins with its signature. */
static guint
hash_of_line (gconstpointer line)
{
  const guint8 *at = line;
  guint hash = 0;

  for (guint i = 0; i < 8 && at[i] != '\0'; i++)
    hash = hash * 31 + at[i];
  return hash;
}

McOp *
__wrap_mc_op_parse (const char *line, gssize length, GError **error)
{
  static GHashTable *ops; /* line → McOp */
  McOp *op;

  if (length >= 0)
    return __real_mc_op_parse (line, length, error);
  if (ops == NULL)
    ops = g_hash_table_new_full (hash_of_line, g_str_equal, NULL, (GDestroyNotify)mc_op_unref);
  op = g_hash_table_lookup (ops, line);
  if (op == NULL)
    {
      op = __real_mc_op_parse (line, length, error);
      if (op == NULL)
        return NULL;
      if (g_hash_table_size (ops) > OPS_MAX)
        g_hash_table_remove_all (ops);
      g_hash_table_insert (ops, op->line, op);
    }
  return mc_op_ref (op);
}
