/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-unlock.h"

#include "mc-error.h"
#include "mc-id.h"
#include "mc-wire.h"
#include <sodium.h>
#include <string.h>

#define ID_BYTES 36
#define WORD_MAX 512
#define CERTIFICATE_MAX 2048

G_STATIC_ASSERT (MC_UNLOCK_KEY_BYTES == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (MC_UNLOCK_KEY_BYTES == crypto_box_SECRETKEYBYTES);

void
mc_unlock_key_make (McUnlockKey *ret_key)
{
  crypto_box_keypair (ret_key->public, ret_key->secret);
}

void
mc_unlock_key_wipe (McUnlockKey *key)
{
  sodium_memzero (key, sizeof *key);
}

typedef struct
{
  gsize length;
  guint8 bytes[];
} Wiped;

static void
wiped_free (gpointer data)
{
  Wiped *wiped = data;

  sodium_memzero (wiped->bytes, wiped->length);
  g_free (wiped);
}

/* Bytes that leave nothing behind. */
static GBytes *
wiped_bytes (const guint8 *bytes, gsize length)
{
  Wiped *wiped = g_malloc (sizeof (Wiped) + length);

  wiped->length = length;
  if (length > 0)
    memcpy (wiped->bytes, bytes, length);
  return g_bytes_new_with_free_func (wiped->bytes, length, wiped_free, wiped);
}

static GBytes *
seal (const guint8 *to, const guint8 *bytes, gsize length)
{
  guint8 *sealed = g_malloc (length + crypto_box_SEALBYTES);

  if (crypto_box_seal (sealed, bytes, length, to) != 0)
    g_error ("a sealed box could not be made");
  return g_bytes_new_take (sealed, length + crypto_box_SEALBYTES);
}

/* %NULL where it is not sealed to this pair. */
static GBytes *
unseal (const guint8 *public, const guint8 *secret, GBytes *sealed)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (sealed, &size);
  g_autofree guint8 *open = NULL;
  GBytes *content = NULL;

  if (size < crypto_box_SEALBYTES)
    return NULL;
  size -= crypto_box_SEALBYTES;
  open = g_malloc (size + 1);
  if (crypto_box_seal_open (open, bytes, size + crypto_box_SEALBYTES, public, secret) == 0)
    content = wiped_bytes (open, size);
  sodium_memzero (open, size + 1);
  return content;
}

/* The province signs with Ed25519; its boxes are for the X25519 form of the same key. */
static gboolean
province_box (const McPublicKey *province, guint8 *ret_public)
{
  return crypto_sign_ed25519_pk_to_curve25519 (ret_public, province->bytes) == 0;
}

static GBytes *
province_seal (const McPublicKey *province, const guint8 *bytes, gsize length)
{
  guint8 public[MC_UNLOCK_KEY_BYTES];

  return province_box (province, public) ? seal (public, bytes, length) : NULL;
}

static GBytes *
province_unseal (const McSecretKey *province, GBytes *sealed)
{
  McPublicKey ed;
  guint8 public[MC_UNLOCK_KEY_BYTES];
  guint8 secret[MC_UNLOCK_KEY_BYTES];
  GBytes *content = NULL;

  mc_secret_key_public (province, &ed);
  if (province_box (&ed, public) &&
      crypto_sign_ed25519_sk_to_curve25519 (secret, province->bytes) == 0)
    content = unseal (public, secret, sealed);
  sodium_memzero (secret, sizeof secret);
  return content;
}

GBytes *
mc_unlock_seal (const McPublicKey *province,
                const char *device,
                const guint8 *content,
                gsize length)
{
  guint8 plain[ID_BYTES + MC_UNLOCK_CONTENT_MAX];
  GBytes *sealed;

  g_return_val_if_fail (mc_id_valid (device) && length <= MC_UNLOCK_CONTENT_MAX, NULL);

  memcpy (plain, device, ID_BYTES);
  if (length > 0)
    memcpy (plain + ID_BYTES, content, length);
  sealed = province_seal (province, plain, ID_BYTES + length);
  sodium_memzero (plain, sizeof plain);
  return sealed;
}

GBytes *
mc_unlock_unseal (const McSecretKey *province, const char *device, GBytes *sealed, GError **error)
{
  g_autoptr (GBytes) plain = province_unseal (province, sealed);
  gsize size = 0;
  const guint8 *bytes = plain != NULL ? g_bytes_get_data (plain, &size) : NULL;

  if (bytes == NULL || size < ID_BYTES || strlen (device) != ID_BYTES ||
      memcmp (bytes, device, ID_BYTES) != 0)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_SIGNATURE, "a key of another machine");
      return NULL;
    }
  return wiped_bytes (bytes + ID_BYTES, size - ID_BYTES);
}

static void
put_bytes (json_t *json, const char *key, const guint8 *bytes, gsize length)
{
  g_autofree char *text = mc_base64_encode (bytes, length);

  json_object_set_new (json, key, json_string (text));
}

/* The bytes at @key of any length up to @max; %NULL where they are missing or no base64. */
static GBytes *
take_bytes (const json_t *json, const char *key, gsize max)
{
  const char *text = mc_json_string (json, key);
  gsize length = text != NULL ? strlen (text) : 0;
  gsize size = length / 4 * 3 + (length % 4 == 0 ? 0 : length % 4 - 1);
  guint8 *bytes;

  if (text == NULL || length % 4 == 1 || size == 0 || size > max)
    return NULL;
  bytes = g_malloc (size);
  if (mc_base64_decode (text, bytes, size))
    return g_bytes_new_take (bytes, size);
  g_free (bytes);
  return NULL;
}

static gboolean
take_key (const json_t *json, guint8 *ret_key)
{
  const char *text = mc_json_string (json, "to");

  return text != NULL && mc_base64_decode (text, ret_key, MC_UNLOCK_KEY_BYTES);
}

static gboolean
take_text (const json_t *json, const char *key, gsize max, char **ret_text)
{
  const char *text = mc_json_string (json, key);

  if (text == NULL || *text == '\0' || strlen (text) > max)
    return FALSE;
  *ret_text = g_strdup (text);
  return TRUE;
}

/* What the envelope carries at @key; %NULL where it is not our envelope. */
static json_t *
read_envelope (GBytes *body)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (body, &size);
  json_t *json =
      size > 0 && size <= MC_UNLOCK_BODY_MAX ? mc_json_parse (text, (gssize)size, NULL) : NULL;

  if (json != NULL && mc_json_int (json, "motcua", 0) != MC_WIRE_VERSION)
    g_clear_pointer (&json, json_decref);
  return json;
}

static GBytes *
write_envelope (const char *key, const char *value)
{
  g_autoptr (json_t) json = json_pack ("{s:i,s:s}", "motcua", MC_WIRE_VERSION, key, value);
  char *text = mc_json_text (json);

  return g_bytes_new_take (text, strlen (text));
}

static void
wipe_text (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}

void
mc_unlock_ask_free (McUnlockAsk *ask)
{
  if (ask == NULL)
    return;
  g_free (ask->login);
  wipe_text (ask->code);
  g_free (ask->device);
  g_free (ask->certificate);
  g_clear_pointer (&ask->sealed, g_bytes_unref);
  g_free (ask);
}

GBytes *
mc_unlock_ask_write (const McUnlockAsk *ask, const McPublicKey *province)
{
  g_autoptr (json_t) json = json_pack ("{s:s,s:s,s:s,s:s*}",
                                       "login",
                                       ask->login,
                                       "code",
                                       ask->code,
                                       "device",
                                       ask->device,
                                       "certificate",
                                       ask->certificate);
  g_autoptr (GBytes) box = NULL;
  g_autofree char *box_text = NULL;
  char *text;
  gsize size = 0;

  put_bytes (json, "to", ask->to, sizeof ask->to);
  if (ask->sealed != NULL)
    {
      const guint8 *bytes = g_bytes_get_data (ask->sealed, &size);

      put_bytes (json, "sealed", bytes, size);
    }
  text = mc_json_text (json);
  box = province_seal (province, (const guint8 *)text, strlen (text));
  wipe_text (text);
  if (box == NULL)
    return NULL;
  box_text = mc_base64_encode (g_bytes_get_data (box, NULL), g_bytes_get_size (box));
  return write_envelope ("box", box_text);
}

static McUnlockAsk *
ask_of (const json_t *json)
{
  g_autoptr (McUnlockAsk) ask = g_new0 (McUnlockAsk, 1);

  if (!take_text (json, "login", WORD_MAX, &ask->login) ||
      !take_text (json, "code", WORD_MAX, &ask->code) ||
      !take_text (json, "device", ID_BYTES, &ask->device) || !mc_id_valid (ask->device) ||
      !take_key (json, ask->to))
    return NULL;
  take_text (json, "certificate", CERTIFICATE_MAX, &ask->certificate);
  if (json_object_get (json, "sealed") != NULL)
    {
      ask->sealed =
          take_bytes (json, "sealed", ID_BYTES + MC_UNLOCK_CONTENT_MAX + crypto_box_SEALBYTES);
      if (ask->sealed == NULL)
        return NULL;
    }
  return g_steal_pointer (&ask);
}

McUnlockAsk *
mc_unlock_ask_parse (GBytes *plain, GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (plain, &size);
  g_autoptr (json_t) json = size > 0 ? mc_json_parse (text, (gssize)size, NULL) : NULL;
  McUnlockAsk *ask = json != NULL ? ask_of (json) : NULL;

  if (ask == NULL)
    g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "torn request to unlock");
  return ask;
}

McUnlockAsk *
mc_unlock_ask_read (GBytes *body, const McSecretKey *province, GError **error)
{
  g_autoptr (json_t) envelope = read_envelope (body);
  g_autoptr (GBytes) box = take_bytes (envelope, "box", MC_UNLOCK_BODY_MAX);
  g_autoptr (GBytes) plain = NULL;

  if (box == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "no request to unlock");
      return NULL;
    }
  plain = province_unseal (province, box);
  if (plain == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_SIGNATURE, "sealed to another province");
      return NULL;
    }
  return mc_unlock_ask_parse (plain, error);
}

void
mc_unlock_answer_free (McUnlockAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->device);
  g_free (answer->staff);
  g_free (answer->login);
  g_free (answer->name);
  g_free (answer->office);
  g_clear_pointer (&answer->content, g_bytes_unref);
  g_free (answer);
}

GBytes *
mc_unlock_answer_write (const McUnlockAnswer *answer, const guint8 *to, const McSecretKey *province)
{
  g_autoptr (json_t) json = json_pack ("{s:s,s:I,s:s,s:s,s:s,s:s,s:s}",
                                       "device",
                                       answer->device,
                                       "at",
                                       (json_int_t)answer->at_ms,
                                       "staff",
                                       answer->staff,
                                       "login",
                                       answer->login,
                                       "name",
                                       answer->name,
                                       "role",
                                       mc_role_name (answer->role),
                                       "office",
                                       answer->office);
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *line = NULL;

  put_bytes (json, "to", to, MC_UNLOCK_KEY_BYTES);
  if (answer->content != NULL)
    {
      gsize size = 0;
      const guint8 *bytes = g_bytes_get_data (answer->content, &size);
      g_autoptr (GBytes) key = seal (to, bytes, size);

      put_bytes (json, "key", g_bytes_get_data (key, NULL), g_bytes_get_size (key));
    }
  text = mc_json_text (json);
  signature = mc_keys_sign (province, text, strlen (text));
  line = g_strconcat (signature, " ", text, NULL);
  return write_envelope ("answer", line);
}

/* The province's words, where it is the province's signature that stands before them. */
static json_t *
signed_json (const char *line, const McPublicKey *province)
{
  const char *text = strchr (line, ' ');
  g_autofree char *signature = text != NULL ? g_strndup (line, (gsize)(text - line)) : NULL;

  if (text == NULL || !mc_keys_verify (province, text + 1, strlen (text + 1), signature))
    return NULL;
  return mc_json_parse (text + 1, -1, NULL);
}

static gboolean
answer_of (const json_t *json, const McUnlockKey *key, McUnlockAnswer *answer)
{
  if (!take_text (json, "staff", ID_BYTES, &answer->staff) || !mc_id_valid (answer->staff) ||
      !take_text (json, "login", WORD_MAX, &answer->login) ||
      !take_text (json, "name", WORD_MAX, &answer->name) ||
      !take_text (json, "office", ID_BYTES, &answer->office) || !mc_id_valid (answer->office))
    return FALSE;
  answer->role = mc_role_parse (mc_json_string (json, "role"));
  answer->at_ms = mc_json_int (json, "at", 0);
  if (json_object_get (json, "key") != NULL)
    {
      g_autoptr (GBytes) sealed =
          take_bytes (json, "key", MC_UNLOCK_CONTENT_MAX + crypto_box_SEALBYTES);

      answer->content = sealed != NULL ? unseal (key->public, key->secret, sealed) : NULL;
      if (answer->content == NULL)
        return FALSE;
    }
  return TRUE;
}

McUnlockAnswer *
mc_unlock_answer_read (GBytes *body,
                       const McPublicKey *province,
                       const McUnlockKey *key,
                       const char *device,
                       GError **error)
{
  g_autoptr (json_t) envelope = read_envelope (body);
  const char *line = mc_json_string (envelope, "answer");
  g_autoptr (json_t) json = NULL;
  g_autoptr (McUnlockAnswer) answer = g_new0 (McUnlockAnswer, 1);
  guint8 to[MC_UNLOCK_KEY_BYTES];

  if (line == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NETWORK, "not an answer of the province");
      return NULL;
    }
  json = signed_json (line, province);
  if (json == NULL || !take_key (json, to) || sodium_memcmp (to, key->public, sizeof to) != 0 ||
      !take_text (json, "device", ID_BYTES, &answer->device) ||
      !g_str_equal (answer->device, device) || !answer_of (json, key, answer))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_SIGNATURE, "an answer to somebody else");
      return NULL;
    }
  return g_steal_pointer (&answer);
}
