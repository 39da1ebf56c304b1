/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-upload"
#include "mc-server-private.h"

#include "mc-error.h"
#include "mc-part-writer.h"
#include "mc-province-blob.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define STATUS_CHECKSUM 460 /* of tus 1.0 */
/* Of so many scans the sum so far is kept between two pieces; of others it is made anew at the end.
 */
#define SUMS_MAX 1024
/* For so long a desk that sends nothing keeps another one waiting. */
#define QUIET_MS 10000
/* What comes slowly is written after this, whole block or not. */
#define LULL_MS 20
/* From so many scans that come in at once on, a desk sends one at a time; one that brought nothing
 * for a moment does not count. */
#define MANY 64
#define MOMENT_MS 1000

/*
 * One piece of a scan coming in: its body is written to the part file as it arrives, made durable
 * and checked on another thread, and only then answered. When the line breaks, what came is kept,
 * also of a piece with a checksum, of which half cannot be checked: lines break every minute, and
 * the scan as a whole is checked in any case. Of a whole piece that is wrong nothing is kept.
 */
typedef struct
{
  McServer *server;
  SoupServerMessage *msg; /* NULL once the client has gone */
  gulong got_chunk;
  gulong got_body;
  gulong finished;
  GPtrArray *askers; /* SoupServerMessage: HEADs that wait for what came to be durable */
  char *sha256;
  char *device;
  gint64 start; /* where this piece begins */
  gint64 came;  /* bytes that came, with those before it */
  gint64 size;
  McPartWriter *part;
  guint lull;     /* source that lets it write what it holds */
  gint64 came_ms; /* when the last bytes came, by the clock that never goes back */
  McChunkSum sum;
  int failure;    /* errno, EFBIG where more came than was announced */
  gboolean ended; /* the body, as it should */
  gboolean checking;
  gboolean wrong;   /* found by the thread: not what its checksum says */
  gboolean matches; /* found by the thread */
  gint naming;      /* atomic: the file may have its name, and not yet for good */
  GError *problem;  /* (nullable): with that */
} McUpload;

/* The sum of the first `at` bytes of a scan. */
typedef struct
{
  gcry_md_hd_t sum;
  gint64 at;
} McRunningSum;

void
_mc_running_sum_free (gpointer data)
{
  McRunningSum *running = data;

  gcry_md_close (running->sum);
  g_free (running);
}

/* The sum up to where the piece begins, or NULL where it has to be made of the file. */
static gcry_md_hd_t
take_sum (McServer *server, const char *sha256, gint64 at)
{
  McRunningSum *kept = g_hash_table_lookup (server->sums, sha256);
  gcry_md_hd_t sum = NULL;

  if (at == 0)
    sum = _mc_sum_begin (MC_SUM_SHA256);
  else if (kept != NULL && kept->at == at)
    sum = g_steal_pointer (&kept->sum);
  g_hash_table_remove (server->sums, sha256);
  return sum;
}

static void
keep_sum (McServer *server, const char *sha256, gcry_md_hd_t sum, gint64 at)
{
  McRunningSum *running = g_new0 (McRunningSum, 1);

  if (g_hash_table_size (server->sums) >= SUMS_MAX)
    g_hash_table_remove_all (server->sums);
  running->sum = sum;
  running->at = at;
  g_hash_table_insert (server->sums, g_strdup (sha256), running);
}

static gint64
now_ms (McServer *server)
{
  return mc_clock_mono (mc_province_clock (server->province));
}

static void
let_go (McUpload *upload)
{
  g_clear_handle_id (&upload->lull, g_source_remove);
  if (upload->msg == NULL)
    return;
  g_clear_signal_handler (&upload->got_chunk, upload->msg);
  g_clear_signal_handler (&upload->got_body, upload->msg);
  g_clear_signal_handler (&upload->finished, upload->msg);
  g_clear_object (&upload->msg);
}

/* Its client has gone, or it is answered. */
static void
forget_asker (SoupServerMessage *msg, gpointer data)
{
  g_signal_handlers_disconnect_by_func (msg, forget_asker, data);
  g_ptr_array_remove (data, msg);
}

void
_mc_upload_free (gpointer data)
{
  McUpload *upload = data;

  let_go (upload);
  while (upload->askers->len > 0)
    forget_asker (upload->askers->pdata[0], upload->askers);
  g_ptr_array_unref (upload->askers);
  _mc_part_writer_free (upload->part);
  g_clear_error (&upload->problem);
  g_free (upload->sha256);
  g_free (upload->device);
  g_free (upload);
}

static gboolean
on_lull (gpointer data)
{
  McUpload *upload = data;

  upload->lull = 0;
  _mc_part_writer_flush (upload->part);
  return G_SOURCE_REMOVE;
}

static void
on_got_chunk (SoupServerMessage *msg, GBytes *chunk, gpointer data)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (chunk, &length);
  McUpload *upload = data;

  upload->came_ms = now_ms (upload->server);
  if (upload->failure == 0 && (gint64)length > upload->size - upload->came)
    upload->failure = EFBIG;
  if (upload->failure == 0)
    {
      upload->came += (gint64)length;
      upload->failure = _mc_part_writer_write (upload->part, bytes, length);
      if (upload->lull == 0)
        upload->lull = g_timeout_add (LULL_MS, on_lull, upload);
    }
  if (upload->failure != 0)
    mc_listener_wasted (upload->server->listener,
                        soup_server_message_get_remote_address (msg),
                        length);
}

/* The sum of the piece: of the first one it is known already. */
static gcry_md_hd_t
sum_of_piece (McUpload *upload)
{
  gcry_md_hd_t sum = NULL;

  if (upload->sum.sum == MC_SUM_SHA256 && upload->start == 0 && upload->part->sum != NULL &&
      gcry_md_copy (&sum, upload->part->sum) == 0)
    return sum;
  sum = _mc_sum_begin (upload->sum.sum);
  if (_mc_sum_file (sum, upload->part->fd, upload->start, upload->part->offset))
    return sum;
  gcry_md_close (sum);
  return NULL;
}

/* Whether the piece is what its checksum says. */
static gboolean
piece_matches (McUpload *upload)
{
  gcry_md_hd_t sum = sum_of_piece (upload);
  gboolean matches = sum != NULL && _mc_sum_is (sum, &upload->sum);

  gcry_md_close (sum);
  return matches;
}

static gboolean
hash_matches (McUpload *upload)
{
  McChunkSum said = { .sum = MC_SUM_SHA256, .length = sizeof said.digest };

  if (upload->part->sum == NULL)
    {
      upload->part->sum = _mc_sum_begin (MC_SUM_SHA256);
      if (!_mc_sum_file (upload->part->sum, upload->part->fd, 0, upload->size))
        return FALSE;
    }
  sodium_hex2bin (said.digest,
                  sizeof said.digest,
                  upload->sha256,
                  strlen (upload->sha256),
                  NULL,
                  NULL,
                  NULL);
  return _mc_sum_is (upload->part->sum, &said);
}

/* Nothing is kept of a piece that is not what its checksum says. */
static void
check_piece (McUpload *upload)
{
  upload->wrong = !piece_matches (upload);
  if (!upload->wrong)
    return;
  upload->part->offset = upload->start;
  g_clear_pointer (&upload->part->sum, gcry_md_close);
  if (ftruncate (upload->part->fd, upload->start) != 0 && upload->failure == 0)
    upload->failure = errno;
}

static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  McUpload *upload = data;

  _mc_part_writer_settle (upload->part);
  if (upload->failure == 0)
    upload->failure = upload->part->failure;
  if (upload->sum.sum != MC_SUM_NONE && upload->ended)
    check_piece (upload);
  if (fdatasync (upload->part->fd) != 0 && upload->failure == 0)
    upload->failure = errno;
  if (upload->failure == 0 && upload->part->offset == upload->size)
    upload->matches = hash_matches (upload);
  if (upload->matches)
    {
      g_atomic_int_set (&upload->naming, 1);
      mc_province_blob_keep (upload->server->province, upload->sha256, &upload->problem);
    }
  g_task_return_boolean (task, TRUE);
}

/* What the disk would not do: told when to come again, as of any failure of the province's own. */
static void
reply_disk (SoupServerMessage *msg, const char *sha256, int code)
{
  g_autoptr (GError) error =
      g_error_new (MC_ERROR,
                   code == ENOSPC || code == EDQUOT ? MC_ERROR_FULL : MC_ERROR_STORE,
                   "scan %s: %s",
                   sha256,
                   g_strerror (code));

  _mc_reply_failure (msg, error);
}

static void
reply_failure (McUpload *upload)
{
  if (upload->failure == EFBIG)
    _mc_reply_error (upload->msg, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "size");
  else
    reply_disk (upload->msg, upload->sha256, upload->failure);
}

static void
reply (McUpload *upload, gboolean whole, const GError *error)
{
  McServer *server = upload->server;
  McBlobState state = { 0 };

  if (error != NULL)
    _mc_reply_failure (upload->msg, error);
  else if (upload->failure != 0)
    reply_failure (upload);
  else if (upload->wrong || (whole && !upload->matches))
    _mc_reply_error (upload->msg, STATUS_CHECKSUM, "checksum");
  else if (!mc_province_blob (server->province, upload->sha256, &state, NULL))
    _mc_reply_failure (upload->msg, NULL);
  else
    {
      _mc_tus_state (upload->msg, &state);
      soup_server_message_set_status (upload->msg, SOUP_STATUS_NO_CONTENT, NULL);
    }
  soup_server_message_unpause (upload->msg);
}

static void
answer_askers (McUpload *upload)
{
  while (upload->askers->len > 0)
    {
      g_autoptr (SoupServerMessage) msg = g_object_ref (upload->askers->pdata[0]);

      forget_asker (msg, upload->askers);
      _mc_http_blob_state (upload->server, msg, upload->sha256);
      soup_server_message_unpause (msg);
    }
}

/* Back on the main thread: what is durable goes into the database, and is answered. */
static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  McUpload *upload = data;
  McServer *server = upload->server;
  gboolean whole = upload->failure == 0 && upload->part->offset == upload->size;
  g_autoptr (GError) error = NULL;

  server->checks--;
  if (upload->problem != NULL)
    error = g_steal_pointer (&upload->problem);
  else if (whole)
    {
      mc_province_blob_finish (server->province, upload->sha256, upload->matches, &error);
      _mc_hold_scan (server, upload->sha256);
    }
  else
    mc_province_blob_received (server->province, upload->sha256, upload->part->offset, &error);
  if (upload->failure != 0)
    g_message ("scan %s: %s", upload->sha256, g_strerror (upload->failure));
  if (upload->msg != NULL)
    reply (upload, whole, error);
  answer_askers (upload);
  if (!whole && upload->part->sum != NULL)
    keep_sum (server, upload->sha256, g_steal_pointer (&upload->part->sum), upload->part->offset);
  g_hash_table_remove (server->uploads, upload->sha256);
}

static void
start_check (McUpload *upload)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_checked, upload);

  g_clear_handle_id (&upload->lull, g_source_remove);
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

  upload->ended = TRUE;
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

McYield
_mc_upload_yield (McServer *server, const char *sha256, const char *device)
{
  McUpload *upload = g_hash_table_lookup (server->uploads, sha256);

  if (upload == NULL)
    return MC_YIELD_NONE;
  if (upload->checking)
    return MC_YIELD_ENDING;
  if (!g_str_equal (upload->device, device) && now_ms (server) - upload->came_ms < QUIET_MS)
    return MC_YIELD_LOCKED;
  mc_listener_drop (server->listener, soup_server_message_get_remote_address (upload->msg));
  let_go (upload);
  start_check (upload);
  return MC_YIELD_ENDING;
}

gboolean
_mc_upload_naming (McServer *server, const char *sha256)
{
  McUpload *upload = g_hash_table_lookup (server->uploads, sha256);

  return upload != NULL && g_atomic_int_get (&upload->naming) != 0;
}

gboolean
_mc_upload_crowded (McServer *server, const char *device)
{
  gint64 since = now_ms (server) - MOMENT_MS;
  GHashTableIter iter;
  gpointer upload;

  if (g_hash_table_size (server->uploads) < MANY)
    return FALSE;
  g_hash_table_iter_init (&iter, server->uploads);
  while (g_hash_table_iter_next (&iter, NULL, &upload))
    if (((McUpload *)upload)->came_ms >= since &&
        g_str_equal (((McUpload *)upload)->device, device))
      return TRUE;
  return FALSE;
}

void
_mc_upload_ask (McServer *server, const char *sha256, SoupServerMessage *msg)
{
  McUpload *upload = g_hash_table_lookup (server->uploads, sha256);

  g_return_if_fail (upload != NULL && upload->checking);

  g_ptr_array_add (upload->askers, g_object_ref (msg));
  g_signal_connect (msg, "finished", G_CALLBACK (forget_asker), upload->askers);
  soup_server_message_pause (msg);
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
                  const char *device,
                  const McBlobState *state,
                  const McChunkSum *sum)
{
  McUpload *upload;
  int fd = open_part (server, sha256, state->received);

  if (fd < 0)
    {
      reply_disk (msg, sha256, errno);
      return;
    }
  upload = g_new0 (McUpload, 1);
  upload->server = server;
  upload->msg = g_object_ref (msg);
  upload->sha256 = g_strdup (sha256);
  upload->askers = g_ptr_array_new_with_free_func (g_object_unref);
  upload->device = g_strdup (device);
  upload->start = state->received;
  upload->came = state->received;
  upload->size = state->size;
  upload->came_ms = now_ms (server);
  upload->sum = *sum;
  upload->part =
      _mc_part_writer_new (fd, state->received, take_sum (server, sha256, state->received));
  upload->got_chunk = g_signal_connect (msg, "got-chunk", G_CALLBACK (on_got_chunk), upload);
  upload->got_body = g_signal_connect (msg, "got-body", G_CALLBACK (on_got_body), upload);
  upload->finished = g_signal_connect (msg, "finished", G_CALLBACK (on_finished), upload);
  g_hash_table_insert (server->uploads, upload->sha256, upload);
}
