/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-upload"
#include "mc-server-private.h"

#include "mc-province-blob.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define STATUS_CHECKSUM 460 /* of tus 1.0 */

/*
 * One scan coming in: its body is written to the part file as it arrives, made durable and checked
 * on another thread, and only then answered. When the line breaks, what came is kept.
 */
typedef struct
{
  McServer *server;
  SoupServerMessage *msg; /* NULL once the client has gone */
  gulong got_chunk;
  gulong got_body;
  gulong finished;
  char *sha256;
  gint64 offset; /* bytes written */
  gint64 size;
  int fd;
  int failure; /* errno, EFBIG where more came than was announced */
  gboolean checking;
  gboolean matches; /* found by the thread */
} McUpload;

static void
let_go (McUpload *upload)
{
  if (upload->msg == NULL)
    return;
  g_clear_signal_handler (&upload->got_chunk, upload->msg);
  g_clear_signal_handler (&upload->got_body, upload->msg);
  g_clear_signal_handler (&upload->finished, upload->msg);
  g_clear_object (&upload->msg);
}

void
_mc_upload_free (gpointer data)
{
  McUpload *upload = data;

  let_go (upload);
  if (upload->fd >= 0)
    close (upload->fd);
  g_free (upload->sha256);
  g_free (upload);
}

static void
write_chunk (McUpload *upload, const char *bytes, gsize length)
{
  if (upload->failure == 0 && (gint64)length > upload->size - upload->offset)
    upload->failure = EFBIG;
  while (upload->failure == 0 && length > 0)
    {
      gssize wrote = write (upload->fd, bytes, length);

      if (wrote < 0 && errno == EINTR)
        continue;
      if (wrote < 0)
        {
          upload->failure = errno;
          return;
        }
      bytes += wrote;
      length -= (gsize)wrote;
      upload->offset += wrote;
    }
}

static void
on_got_chunk (SoupServerMessage *msg, GBytes *chunk, gpointer data)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (chunk, &length);

  write_chunk (data, bytes, length);
}

static gboolean
hash_matches (int fd, const char *sha256)
{
  g_autofree guint8 *block = g_malloc (65536);
  guint8 digest[crypto_hash_sha256_BYTES];
  char hex[sizeof digest * 2 + 1];
  crypto_hash_sha256_state state;
  off_t at = 0;
  gssize got;

  crypto_hash_sha256_init (&state);
  while ((got = pread (fd, block, 65536, at)) > 0)
    {
      crypto_hash_sha256_update (&state, block, (unsigned long long)got);
      at += got;
    }
  crypto_hash_sha256_final (&state, digest);
  sodium_bin2hex (hex, sizeof hex, digest, sizeof digest);
  return got == 0 && g_str_equal (hex, sha256);
}

static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  McUpload *upload = data;

  if (fdatasync (upload->fd) != 0)
    upload->failure = upload->failure != 0 ? upload->failure : errno;
  if (upload->failure == 0 && upload->offset == upload->size)
    upload->matches = hash_matches (upload->fd, upload->sha256);
  g_task_return_boolean (task, TRUE);
}

static void
reply_failure (McUpload *upload)
{
  if (upload->failure == EFBIG)
    _mc_reply_error (upload->msg, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "size");
  else if (upload->failure == ENOSPC || upload->failure == EDQUOT)
    _mc_reply_error (upload->msg, SOUP_STATUS_INSUFFICIENT_STORAGE, "full");
  else
    _mc_reply_error (upload->msg, SOUP_STATUS_SERVICE_UNAVAILABLE, "store");
}

static void
reply (McUpload *upload, gboolean whole, const GError *error)
{
  if (error != NULL)
    _mc_reply_failure (upload->msg, error);
  else if (upload->failure != 0)
    reply_failure (upload);
  else if (whole && !upload->matches)
    _mc_reply_error (upload->msg, STATUS_CHECKSUM, "checksum");
  else
    {
      _mc_reply_offset (upload->msg, upload->offset, upload->size);
      soup_server_message_set_status (upload->msg, SOUP_STATUS_NO_CONTENT, NULL);
    }
  soup_server_message_unpause (upload->msg);
}

/* Back on the main thread: what is durable goes into the database, and is answered. */
static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  McUpload *upload = data;
  McServer *server = upload->server;
  gboolean whole = upload->failure == 0 && upload->offset == upload->size;
  g_autoptr (GError) error = NULL;

  server->checks--;
  if (whole)
    mc_province_blob_finish (server->province, upload->sha256, upload->matches, &error);
  else
    mc_province_blob_received (server->province, upload->sha256, upload->offset, &error);
  if (upload->failure != 0)
    g_message ("scan %s: %s", upload->sha256, g_strerror (upload->failure));
  if (upload->msg != NULL)
    reply (upload, whole, error);
  g_hash_table_remove (server->uploads, upload->sha256);
}

static void
start_check (McUpload *upload)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_checked, upload);

  upload->checking = TRUE;
  upload->server->checks++;
  g_task_set_source_tag (task, start_check);
  g_task_set_task_data (task, upload, NULL);
  g_task_run_in_thread (task, check_in_thread);
}

static void
on_got_body (SoupServerMessage *msg, gpointer data)
{
  McUpload *upload = data;

  soup_server_message_pause (msg);
  start_check (upload);
}

/* The line broke, or (when it is being checked) the client has not waited for the answer. */
static void
on_finished (SoupServerMessage *msg, gpointer data)
{
  McUpload *upload = data;

  let_go (upload);
  if (!upload->checking)
    start_check (upload);
}

gboolean
_mc_upload_yield (McServer *server, const char *sha256)
{
  McUpload *upload = g_hash_table_lookup (server->uploads, sha256);

  if (upload == NULL)
    return TRUE;
  /* The connection that it came over is dead, or its client has begun anew: the newer one counts.
   */
  let_go (upload);
  if (!upload->checking)
    start_check (upload);
  return FALSE;
}

static int
open_part (McServer *server, const char *sha256, gint64 offset)
{
  g_autofree char *path = mc_province_blob_part (server->province, sha256);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  /* Beyond the offset there may be bytes that never were made durable. */
  if (fd >= 0 && (ftruncate (fd, offset) != 0 || lseek (fd, offset, SEEK_SET) != offset))
    {
      close (fd);
      return -1;
    }
  return fd;
}

void
_mc_upload_begin (McServer *server,
                  SoupServerMessage *msg,
                  const char *sha256,
                  gint64 offset,
                  gint64 size)
{
  McUpload *upload;
  int fd = open_part (server, sha256, offset);

  if (fd < 0)
    {
      g_message ("scan %s: %s", sha256, g_strerror (errno));
      _mc_reply_error (msg,
                       errno == ENOSPC ? SOUP_STATUS_INSUFFICIENT_STORAGE
                                       : SOUP_STATUS_SERVICE_UNAVAILABLE,
                       errno == ENOSPC ? "full" : "store");
      return;
    }
  upload = g_new0 (McUpload, 1);
  upload->server = server;
  upload->msg = g_object_ref (msg);
  upload->sha256 = g_strdup (sha256);
  upload->offset = offset;
  upload->size = size;
  upload->fd = fd;
  upload->got_chunk = g_signal_connect (msg, "got-chunk", G_CALLBACK (on_got_chunk), upload);
  upload->got_body = g_signal_connect (msg, "got-body", G_CALLBACK (on_got_body), upload);
  upload->finished = g_signal_connect (msg, "finished", G_CALLBACK (on_finished), upload);
  g_hash_table_insert (server->uploads, upload->sha256, upload);
}
