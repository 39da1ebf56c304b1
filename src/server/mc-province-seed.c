/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An office's feed in a file, page by page: the memory that it takes is that of one page. The
 * province goes on serving meanwhile; what is said after the file was begun comes over the line.
 */
#include "mc-province-admin.h"
#include "mc-province-private.h"

#include "mc-error.h"
#include "mc-seed.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PAGE 1000

typedef struct
{
  McProvince *province;
  McSeedHead *head;
  McSeedSeal *seal;
  const char *path;
  int fd;
} Seed;

static gboolean
fail_file (Seed *seed, GError **error)
{
  int saved = errno;

  g_set_error (error,
               MC_ERROR,
               saved == ENOSPC ? MC_ERROR_FULL : MC_ERROR_STORE,
               "%s: %s",
               seed->path,
               g_strerror (saved));
  return FALSE;
}

static gboolean
put (Seed *seed, const void *data, gsize size, GError **error)
{
  const char *at = data;

  while (size > 0)
    {
      ssize_t done = write (seed->fd, at, size);

      if (done < 0 && errno == EINTR)
        continue;
      if (done < 0)
        return fail_file (seed, error);
      at += done;
      size -= (gsize)done;
    }
  return TRUE;
}

static gboolean
put_piece (Seed *seed, GBytes *plain, gboolean last, GError **error)
{
  g_autoptr (GBytes) piece = mc_seed_seal (seed->seal, plain, last);
  gsize size = 0;
  const void *data = g_bytes_get_data (piece, &size);

  return put (seed, data, size, error);
}

static gboolean
put_page (Seed *seed, McCursor *at, GError **error)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (McSyncAnswer) page = mc_sync_answer_new ();
  g_autoptr (GBytes) plain = NULL;

  request->cursor = *at;
  request->limit = MIN (PAGE, seed->head->end.n - at->n);
  page->time_ms = seed->head->made_ms;
  if (!_mc_feed_page (seed->province, seed->head->office, request, NULL, page, error))
    return FALSE;
  if (page->reset || page->entries->len == 0)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_DAMAGED, "the feed ends before its head");
      return FALSE;
    }
  *at = page->cursor;
  page->head = page->cursor.n;
  plain = mc_seed_page_write (page, seed->head->office, &seed->province->keyring->secret);
  return put_piece (seed, plain, FALSE, error);
}

static gboolean
put_all (Seed *seed, GError **error)
{
  g_autofree char *first = mc_seed_head_write (seed->head, &seed->province->keyring->secret);
  g_autoptr (GBytes) word = g_bytes_new_static (MC_SEED_WORD, strlen (MC_SEED_WORD));
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  McCursor at = { 0, "" };

  if (!put (seed, first, strlen (first), error) || !put (seed, "\n", 1, error) ||
      !put_piece (seed, word, FALSE, error))
    return FALSE;
  while (at.n < seed->head->end.n)
    if (!put_page (seed, &at, error))
      return FALSE;
  return put_piece (seed, nothing, TRUE, error) &&
         (fsync (seed->fd) == 0 || fail_file (seed, error));
}

/* Beside, and under its name only when it is whole. */
static gboolean
write_file (Seed *seed, const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  gboolean ok;

  seed->path = part;
  seed->fd = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (seed->fd < 0)
    return fail_file (seed, error);
  ok = put_all (seed, error);
  if (close (seed->fd) != 0 && ok)
    ok = fail_file (seed, error);
  if (ok && g_rename (part, path) != 0)
    ok = fail_file (seed, error);
  if (!ok)
    g_unlink (part);
  return ok;
}

static char *
office_column (McProvince *province, const char *sql, const char *office)
{
  return mc_db_text (province->db, NULL, sql, "s", office);
}

char *
mc_province_seed (McProvince *province,
                  const char *office,
                  const char *path,
                  gint64 *ret_count,
                  GError **error)
{
  g_autoptr (McSeedHead) head = g_new0 (McSeedHead, 1);
  g_autoptr (McSeedSeal) seal = NULL;
  g_autofree char *code = mc_keyring_seed_code_new ();
  Seed seed = { province, head, NULL, path, -1 };

  g_return_val_if_fail (province != NULL && office != NULL && path != NULL, NULL);

  head->office = g_strdup (office);
  head->code = office_column (province, "SELECT code FROM office WHERE id = ?", office);
  head->name = office_column (province, "SELECT name FROM office WHERE id = ?", office);
  head->made_ms = mc_province_now (province);
  if (head->code == NULL || !_mc_feed_head (province, office, &head->end, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no office %s", office);
      return NULL;
    }
  seal = mc_seed_seal_new (head, code);
  if (seal == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_STORE, "not enough memory");
      return NULL;
    }
  seed.seal = seal;
  if (!write_file (&seed, path, error))
    return NULL;
  if (ret_count != NULL)
    *ret_count = head->end.n;
  return g_steal_pointer (&code);
}
