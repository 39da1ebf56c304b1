/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-keyring.h"

#include "mc-error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define SECRET_FILE "province.key"
#define MAC_FILE "mac.key"
#define RECEIPT_BYTES 16

/* No 0 O 1 I L, 2 Z, 5 S, 8 B, U V: a code is read out over the telephone and typed by hand. */
static const char alphabet[] = "34679ACDEFGHJKMNPQRTWXY";

G_STATIC_ASSERT (MC_KEYRING_MAC_BYTES == crypto_auth_KEYBYTES);
G_STATIC_ASSERT (RECEIPT_BYTES <= crypto_auth_BYTES);

static gboolean
fail_errno (GError **error, const char *what, const char *path)
{
  int code = errno;

  g_set_error (error,
               MC_ERROR,
               code == ENOSPC ? MC_ERROR_FULL : MC_ERROR_STORE,
               "%s %s: %s",
               what,
               path,
               g_strerror (code));
  return FALSE;
}

static gboolean
sync_dir (const char *dir, GError **error)
{
  int fd = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail_errno (error, "cannot sync", dir);
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
write_key (const char *dir, const char *name, const guint8 *bytes, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *text = mc_base64_encode (bytes, length);
  gsize size = strlen (text);
  gboolean ok;
  int fd;

  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0 && errno == EEXIST)
    return TRUE;
  if (fd < 0)
    return fail_errno (error, "cannot make", path);
  text[size] = '\n';
  ok = write (fd, text, size + 1) == (gssize)(size + 1) && fsync (fd) == 0;
  if (!ok)
    fail_errno (error, "cannot write", path);
  close (fd);
  sodium_memzero (text, size);
  return ok;
}

gboolean
mc_keyring_make (const char *dir, GError **error)
{
  McKeyring keyring;
  gboolean ok;

  g_return_val_if_fail (dir != NULL, FALSE);

  if (g_mkdir_with_parents (dir, 0700) != 0 || g_chmod (dir, 0700) != 0)
    return fail_errno (error, "cannot make", dir);
  mc_keys_make (&keyring.public, &keyring.secret);
  randombytes_buf (keyring.mac, sizeof keyring.mac);
  ok = write_key (dir, SECRET_FILE, keyring.secret.bytes, MC_KEY_SECRET_BYTES, error) &&
       write_key (dir, MAC_FILE, keyring.mac, MC_KEYRING_MAC_BYTES, error) && sync_dir (dir, error);
  sodium_memzero (&keyring, sizeof keyring);
  return ok;
}

static gboolean
read_key (const char *dir, const char *name, guint8 *bytes, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean ok;

  if (!g_file_get_contents (path, &text, NULL, &problem))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no key: %s", problem->message);
      return FALSE;
    }
  g_strchomp (text);
  ok = mc_base64_decode (text, bytes, length);
  sodium_memzero (text, strlen (text));
  if (!ok)
    g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "%s is no key", path);
  return ok;
}

McKeyring *
mc_keyring_load (const char *dir, GError **error)
{
  g_autoptr (McKeyring) keyring = g_new0 (McKeyring, 1);

  g_return_val_if_fail (dir != NULL, NULL);

  if (!read_key (dir, SECRET_FILE, keyring->secret.bytes, MC_KEY_SECRET_BYTES, error) ||
      !read_key (dir, MAC_FILE, keyring->mac, MC_KEYRING_MAC_BYTES, error))
    return NULL;
  mc_secret_key_public (&keyring->secret, &keyring->public);
  return g_steal_pointer (&keyring);
}

void
mc_keyring_free (McKeyring *keyring)
{
  if (keyring == NULL)
    return;
  sodium_memzero (keyring, sizeof *keyring);
  g_free (keyring);
}

char *
mc_keyring_receipt (const McKeyring *keyring, const char *op, const char *reason)
{
  g_autofree char *text = NULL;
  guint8 mac[crypto_auth_BYTES];

  g_return_val_if_fail (keyring != NULL && op != NULL, NULL);

  text = reason == NULL ? g_strconcat (op, " admitted", NULL)
                        : g_strconcat (op, " refused ", reason, NULL);
  crypto_auth (mac, (const guint8 *)text, strlen (text), keyring->mac);
  return mc_base64_encode (mac, RECEIPT_BYTES);
}

/* @kind and the code as it was meant: case, hyphens and spaces do not count. */
static char *
hash_code (const McKeyring *keyring, const char *kind, const char *code)
{
  g_autoptr (GString) text = g_string_new (kind);
  guint8 mac[crypto_auth_BYTES];

  g_string_append_c (text, ' ');
  for (const char *c = code; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (text, g_ascii_toupper (*c));
  crypto_auth (mac, (const guint8 *)text->str, text->len, keyring->mac);
  return mc_base64_encode (mac, sizeof mac);
}

char *
mc_keyring_code_hash (const McKeyring *keyring, const char *code, gboolean public)
{
  g_return_val_if_fail (keyring != NULL && code != NULL, NULL);
  return hash_code (keyring, public ? "invite public" : "invite", code);
}

char *
mc_keyring_activation_hash (const McKeyring *keyring, const char *staff, const char *code)
{
  g_autofree char *kind = NULL;

  g_return_val_if_fail (keyring != NULL && staff != NULL && code != NULL, NULL);

  kind = g_strconcat ("activation ", staff, NULL);
  return hash_code (keyring, kind, code);
}

static char *
new_code (guint groups, guint each)
{
  GString *code = g_string_new (NULL);

  for (guint i = 0; i < groups * each; i++)
    {
      if (i > 0 && i % each == 0)
        g_string_append_c (code, '-');
      g_string_append_c (code, alphabet[randombytes_uniform (sizeof alphabet - 1)]);
    }
  return g_string_free (code, FALSE);
}

char *
mc_keyring_code_new (void)
{
  return new_code (3, 4);
}

char *
mc_keyring_seed_code_new (void)
{
  return new_code (4, 5);
}

char *
mc_keyring_activation_new (void)
{
  return new_code (2, 5);
}
