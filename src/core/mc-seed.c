/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-seed.h"

#include "mc-error.h"
#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (MC_SEED_SALT_BYTES == crypto_pwhash_SALTBYTES);
G_STATIC_ASSERT (MC_SEED_STREAM_BYTES == crypto_secretstream_xchacha20poly1305_HEADERBYTES);

/* As the vault asks for it: 64 MiB, which an old PC has, and a guess takes a tenth of a second. */
#define HARD_OPS 3
#define HARD_MEMORY (64 * 1024 * 1024)

struct _McSeedSeal
{
  crypto_secretstream_xchacha20poly1305_state state;
};

void
mc_seed_head_free (McSeedHead *head)
{
  if (head == NULL)
    return;
  g_free (head->office);
  g_free (head->code);
  g_free (head->name);
  g_free (head);
}

void
mc_seed_seal_free (McSeedSeal *seal)
{
  if (seal == NULL)
    return;
  sodium_memzero (seal, sizeof *seal);
  g_free (seal);
}

/* It is read from a slip of paper. */
static char *
plain_code (const char *code)
{
  GString *text = g_string_new (NULL);

  for (const char *c = code; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (text, g_ascii_toupper (*c));
  return g_string_free (text, FALSE);
}

static gboolean
make_key (const McSeedHead *head, const char *code, guint8 *ret_key)
{
  g_autofree char *clean = plain_code (code);
  gboolean ok = crypto_pwhash (ret_key,
                               crypto_secretstream_xchacha20poly1305_KEYBYTES,
                               clean,
                               strlen (clean),
                               head->salt,
                               HARD_OPS,
                               HARD_MEMORY,
                               crypto_pwhash_ALG_ARGON2ID13) == 0;

  sodium_memzero (clean, strlen (clean));
  return ok;
}

McSeedSeal *
mc_seed_seal_new (McSeedHead *head, const char *code)
{
  McSeedSeal *seal;
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES];

  randombytes_buf (head->salt, sizeof head->salt);
  if (!make_key (head, code, key))
    return NULL;
  seal = g_new0 (McSeedSeal, 1);
  crypto_secretstream_xchacha20poly1305_init_push (&seal->state, head->stream, key);
  sodium_memzero (key, sizeof key);
  return seal;
}

char *
mc_seed_head_write (const McSeedHead *head, const McSecretKey *province)
{
  g_autofree char *salt = mc_base64_encode (head->salt, sizeof head->salt);
  g_autofree char *stream = mc_base64_encode (head->stream, sizeof head->stream);
  g_autoptr (json_t) json = json_pack ("{s:i,s:s,s:s,s:s,s:I,s:[I,s],s:s,s:s}",
                                       "motcua_seed",
                                       MC_SEED_VERSION,
                                       "office",
                                       head->office,
                                       "code",
                                       head->code,
                                       "name",
                                       head->name,
                                       "made",
                                       (json_int_t)head->made_ms,
                                       "end",
                                       (json_int_t)head->end.n,
                                       head->end.hash,
                                       "salt",
                                       salt,
                                       "stream",
                                       stream);
  g_autofree char *text = mc_json_text (json);
  g_autofree char *signature = mc_keys_sign (province, text, strlen (text));

  return g_strdup_printf ("%s %s", signature, text);
}

GBytes *
mc_seed_seal (McSeedSeal *seal, GBytes *plain, gboolean last)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (plain, &size);
  gsize length = size + crypto_secretstream_xchacha20poly1305_ABYTES;
  guint8 *piece = g_malloc (4 + length);
  guint32 low_first = GUINT32_TO_LE ((guint32)length);

  memcpy (piece, &low_first, 4);
  crypto_secretstream_xchacha20poly1305_push (&seal->state,
                                              piece + 4,
                                              NULL,
                                              data,
                                              size,
                                              NULL,
                                              0,
                                              last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                   : 0);
  return g_bytes_new_take (piece, 4 + length);
}

/* What the province signs of a page: where the office's feed stands after it. */
static char *
point_text (const char *office, const McCursor *point)
{
  return g_strdup_printf ("motcua seed %s %" G_GINT64_FORMAT " %s", office, point->n, point->hash);
}

GBytes *
mc_seed_page_write (const McSyncAnswer *page, const char *office, const McSecretKey *province)
{
  g_autofree char *point = point_text (office, &page->cursor);
  g_autofree char *signature = mc_keys_sign (province, point, strlen (point));
  g_autoptr (GBytes) body = mc_sync_answer_write (page);
  GByteArray *all = g_byte_array_new ();
  g_autoptr (GBytes) plain = NULL;

  g_byte_array_append (all, (const guint8 *)signature, (guint)strlen (signature));
  g_byte_array_append (all, (const guint8 *)"\n", 1);
  g_byte_array_append (all, g_bytes_get_data (body, NULL), (guint)g_bytes_get_size (body));
  plain = g_byte_array_free_to_bytes (all);
  return mc_wire_pack (plain);
}

static gboolean
fail (GError **error, McError code, const char *why)
{
  g_set_error (error, MC_ERROR, code, "seed: %s", why);
  return FALSE;
}

static gboolean
read_head (McSeedHead *head, json_t *json)
{
  json_t *end = json_object_get (json, "end");
  const char *hash = json_string_value (json_array_get (end, 1));
  const char *salt = mc_json_string (json, "salt");
  const char *stream = mc_json_string (json, "stream");

  head->office = g_strdup (mc_json_string (json, "office"));
  head->code = g_strdup (mc_json_string (json, "code"));
  head->name = g_strdup (mc_json_string (json, "name"));
  head->made_ms = mc_json_int (json, "made", 0);
  head->end.n = json_integer_value (json_array_get (end, 0));
  if (hash != NULL)
    g_strlcpy (head->end.hash, hash, sizeof head->end.hash);
  return head->office != NULL && hash != NULL && salt != NULL && stream != NULL &&
         mc_base64_decode (salt, head->salt, sizeof head->salt) &&
         mc_base64_decode (stream, head->stream, sizeof head->stream);
}

McSeedHead *
mc_seed_head_read (const char *line, const McPublicKey *province, GError **error)
{
  g_autoptr (McSeedHead) head = g_new0 (McSeedHead, 1);
  const char *text = strchr (line, ' ');
  g_autofree char *signature = text != NULL ? g_strndup (line, (gsize)(text - line)) : NULL;
  g_autoptr (json_t) json = text != NULL ? mc_json_parse (text + 1, -1, NULL) : NULL;
  gint64 version = mc_json_int (json, "motcua_seed", 0);

  if (version <= 0)
    fail (error, MC_ERROR_FORMAT, "not a file of a province");
  else if (version > MC_SEED_VERSION)
    fail (error, MC_ERROR_NEWER, "of a newer version");
  else if (!mc_keys_verify (province, text + 1, strlen (text + 1), signature))
    fail (error, MC_ERROR_SIGNATURE, "signed by another province, or changed since");
  else if (!read_head (head, json))
    fail (error, MC_ERROR_FORMAT, "its first line is not whole");
  else
    return g_steal_pointer (&head);
  return NULL;
}

GBytes *
mc_seed_open (McSeedSeal *seal, GBytes *piece, gboolean *ret_last, GError **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (piece, &size);
  guint8 *plain;
  guint8 tag = 0;

  if (size < crypto_secretstream_xchacha20poly1305_ABYTES)
    {
      fail (error, MC_ERROR_DAMAGED, "torn");
      return NULL;
    }
  plain = g_malloc (size - crypto_secretstream_xchacha20poly1305_ABYTES + 1);
  if (crypto_secretstream_xchacha20poly1305_pull (&seal->state,
                                                  plain,
                                                  NULL,
                                                  &tag,
                                                  data,
                                                  size,
                                                  NULL,
                                                  0) != 0)
    {
      g_free (plain);
      fail (error, MC_ERROR_DAMAGED, "its bytes are others");
      return NULL;
    }
  *ret_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return g_bytes_new_take (plain, size - crypto_secretstream_xchacha20poly1305_ABYTES);
}

McSeedSeal *
mc_seed_seal_open (const McSeedHead *head, const char *code, GBytes *first, GError **error)
{
  g_autoptr (McSeedSeal) seal = g_new0 (McSeedSeal, 1);
  g_autoptr (GBytes) word = NULL;
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  gboolean last = FALSE;

  if (!make_key (head, code, key))
    {
      fail (error, MC_ERROR_STORE, "not enough memory");
      return NULL;
    }
  if (crypto_secretstream_xchacha20poly1305_init_pull (&seal->state, head->stream, key) == 0)
    word = mc_seed_open (seal, first, &last, NULL);
  sodium_memzero (key, sizeof key);
  if (word != NULL && g_bytes_get_size (word) == strlen (MC_SEED_WORD) &&
      memcmp (g_bytes_get_data (word, NULL), MC_SEED_WORD, strlen (MC_SEED_WORD)) == 0)
    return g_steal_pointer (&seal);
  fail (error, MC_ERROR_SECRET, "another code");
  return NULL;
}

McSyncAnswer *
mc_seed_page_read (GBytes *plain, const char *office, const McPublicKey *province, GError **error)
{
  g_autoptr (GBytes) all = mc_wire_unpack (plain, MC_WIRE_MAX, error);
  gsize size = 0;
  const char *text = all != NULL ? g_bytes_get_data (all, &size) : NULL;
  const char *newline = size > 0 ? memchr (text, '\n', size) : NULL;
  g_autofree char *signature = NULL;
  g_autofree char *point = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (McSyncAnswer) page = NULL;

  if (all == NULL)
    return NULL;
  if (newline != NULL)
    {
      signature = g_strndup (text, (gsize)(newline - text));
      body = g_bytes_new_from_bytes (all,
                                     (gsize)(newline + 1 - text),
                                     size - (gsize)(newline + 1 - text));
      page = mc_sync_answer_read (body, NULL);
    }
  if (page == NULL)
    {
      fail (error, MC_ERROR_DAMAGED, "a page is not whole");
      return NULL;
    }
  point = point_text (office, &page->cursor);
  if (!mc_keys_verify (province, point, strlen (point), signature))
    {
      fail (error, MC_ERROR_SIGNATURE, "a page that the province did not sign");
      return NULL;
    }
  return g_steal_pointer (&page);
}
