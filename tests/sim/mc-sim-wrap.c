/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions that the linker puts before the product's and the libraries' own, for speed alone. A
 * signature that was made here or found good is not verified again: its worth does not change, and
 * half of a run's time went there. Whatever differs in a byte is verified by the real one. And a
 * run is one thread: helpers would only cost their waking.
 */
#include "mc-op.h"
#include <sodium.h>
#include <string.h>

#define REMEMBERED_MAX 20000
#define OPS_MAX 4000

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

guint __wrap_g_get_num_processors (void);

/* One that holds. */
typedef struct
{
  guint8 signature[crypto_sign_BYTES];
  guint8 key[crypto_sign_PUBLICKEYBYTES];
  gsize length;
  const guint8 *message;
} Signed;

static GHashTable *good; /* Signed, a set */

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
  Signed *kept = g_malloc (sizeof *kept + one->length);

  *kept = *one;
  memcpy (kept + 1, one->message, one->length);
  kept->message = (const guint8 *)(kept + 1);
  if (good == NULL)
    good = g_hash_table_new_full (hash_of, equal, g_free, NULL);
  if (g_hash_table_size (good) > REMEMBERED_MAX)
    g_hash_table_remove_all (good);
  g_hash_table_add (good, kept);
}

int
__wrap_crypto_sign_verify_detached (const unsigned char *signature,
                                    const unsigned char *message,
                                    unsigned long long length,
                                    const unsigned char *key)
{
  Signed one = signed_of (signature, message, length, key);

  if (good != NULL && g_hash_table_contains (good, &one))
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
  int result = __real_crypto_sign_detached (signature, ret_length, message, length, key);
  Signed one = signed_of (signature, message, length, key + crypto_sign_SEEDBYTES);

  remember (&one);
  return result;
}

/* What was hashed last of those that fall into one place: every line of a feed is hashed by each
 * desk that reads it. */
typedef struct
{
  gsize length;
  guint8 *bytes;
  guint8 hash[crypto_hash_sha256_BYTES];
} Hashed;

#define HASHED_MAX 4096

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
  return (guint)(mixed % HASHED_MAX);
}

int
__wrap_crypto_hash_sha256 (unsigned char *hash,
                           const unsigned char *bytes,
                           unsigned long long length)
{
  static Hashed table[HASHED_MAX];
  Hashed *place = &table[place_of (bytes, (gsize)length)];

  if (place->bytes == NULL || place->length != length || memcmp (place->bytes, bytes, length) != 0)
    {
      g_free (place->bytes);
      place->length = (gsize)length;
      place->bytes = g_malloc (place->length + 1);
      memcpy (place->bytes, bytes, place->length);
      __real_crypto_hash_sha256 (place->hash, bytes, length);
    }
  memcpy (hash, place->hash, sizeof place->hash);
  return 0;
}

guint
__wrap_g_get_num_processors (void)
{
  return 1;
}

McOp *__real_mc_op_parse (const char *line, gssize length, GError **error);
McOp *__wrap_mc_op_parse (const char *line, gssize length, GError **error);

McOp *
__wrap_mc_op_parse (const char *line, gssize length, GError **error)
{
  static GHashTable *ops; /* line → McOp */
  McOp *op;

  if (length >= 0)
    return __real_mc_op_parse (line, length, error);
  if (ops == NULL)
    ops = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)mc_op_unref);
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
