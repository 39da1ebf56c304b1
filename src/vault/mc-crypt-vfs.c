/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One VFS a data key, so that whatever SQLite opens beside a database (its log, what VACUUM INTO
 * makes) is under the same key. In front of the default VFS as it is when a file is opened.
 */
#include "mc-crypt-private.h"

#include "mc-error.h"
#include <string.h>

#define MAGIC "MotCua 1"
#define IN_MEMORY                                                                                  \
  (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TEMP_JOURNAL |                     \
   SQLITE_OPEN_TRANSIENT_DB | SQLITE_OPEN_SUBJOURNAL | SQLITE_OPEN_SUPER_JOURNAL)

static GMutex lock;
static GHashTable *rings; /* key id → McCryptRing; one that was made stays, without its keys */
static __thread McCryptTrouble trouble;

void
mc_crypt_note_page (gint64 page, gboolean log)
{
  trouble = (McCryptTrouble){ .page = page, .log = log };
}

void
mc_crypt_note_key (void)
{
  trouble = (McCryptTrouble){ .wrong_key = TRUE };
}

gboolean
mc_crypt_trouble (McCryptTrouble *ret_trouble)
{
  *ret_trouble = trouble;
  trouble = (McCryptTrouble){ 0 };
  return ret_trouble->wrong_key || ret_trouble->page > 0;
}

static sqlite3_vfs *
parent (void)
{
  return sqlite3_vfs_find (NULL);
}

#define REAL(file) (((McCryptFile *)(file))->real)

int
mc_crypt_close (sqlite3_file *base)
{
  McCryptFile *file = (McCryptFile *)base;
  int rc = file->real->pMethods->xClose (file->real);

  sqlite3_free (file->real);
  sodium_memzero (file->buffer, MC_PAGE + sizeof file->head);
  g_free (file->buffer);
  g_mutex_lock (&lock);
  file->ring->users--;
  g_mutex_unlock (&lock);
  return rc;
}

int
mc_crypt_lock (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xLock (REAL (file), level);
}

int
mc_crypt_unlock (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xUnlock (REAL (file), level);
}

int
mc_crypt_check_lock (sqlite3_file *file, int *result)
{
  return REAL (file)->pMethods->xCheckReservedLock (REAL (file), result);
}

int
mc_crypt_control (sqlite3_file *file, int op, void *arg)
{
  return REAL (file)->pMethods->xFileControl (REAL (file), op, arg);
}

int
mc_crypt_sector (sqlite3_file *file)
{
  return REAL (file)->pMethods->xSectorSize (REAL (file));
}

/* POWERSAFE_OVERWRITE, which is SQLite's own default: without it the log would be filled up to the
 * next sector with frames that are cut by a sync in their middle. */
int
mc_crypt_character (sqlite3_file *file)
{
  int keep = SQLITE_IOCAP_SEQUENTIAL | SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN;

  return (REAL (file)->pMethods->xDeviceCharacteristics (REAL (file)) & keep) |
         SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int
mc_crypt_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **at)
{
  return REAL (file)->pMethods->xShmMap (REAL (file), page, size, extend, at);
}

int
mc_crypt_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return REAL (file)->pMethods->xShmLock (REAL (file), offset, n, flags);
}

void
mc_crypt_shm_barrier (sqlite3_file *file)
{
  REAL (file)->pMethods->xShmBarrier (REAL (file));
}

int
mc_crypt_shm_unmap (sqlite3_file *file, int drop)
{
  return REAL (file)->pMethods->xShmUnmap (REAL (file), drop);
}

/* Under another key even looking at the log would do harm: SQLite would think it empty and remove
 * it. So that is told apart before anything else is opened. */
static int
check_mark (const McCryptRing *ring, sqlite3_file *real)
{
  guint8 mark[MC_MARK];
  sqlite3_int64 size = 0;
  int rc = real->pMethods->xFileSize (real, &size);

  if (rc != SQLITE_OK || size < MC_PAGE)
    return rc;
  rc = real->pMethods->xRead (real, mark, sizeof mark, 0);
  if (rc != SQLITE_OK || memcmp (mark, ring->mark, sizeof mark) == 0)
    return rc;
  mc_crypt_note_key ();
  return SQLITE_NOTADB;
}

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
  McCryptRing *ring = vfs->pAppData;
  McCryptFile *file = (McCryptFile *)base;
  sqlite3_file *real;
  int rc;

  base->pMethods = NULL;
  if (flags & IN_MEMORY)
    {
      if (out_flags != NULL)
        *out_flags = flags;
      return mc_memory_file (base);
    }
  real = sqlite3_malloc (parent ()->szOsFile);
  memset (real, 0, (gsize)parent ()->szOsFile);
  rc = parent ()->xOpen (parent (), name, real, flags, out_flags);
  if (rc == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB))
    rc = check_mark (ring, real);
  if (rc != SQLITE_OK)
    {
      if (real->pMethods != NULL)
        real->pMethods->xClose (real);
      sqlite3_free (real);
      return rc;
    }
  *file = (McCryptFile){ .real = real, .ring = ring };
  file->buffer = g_malloc (MC_PAGE + sizeof file->head);
  g_mutex_lock (&lock);
  ring->users++;
  g_mutex_unlock (&lock);
  base->pMethods = flags & SQLITE_OPEN_WAL ? &mc_crypt_log_methods : &mc_crypt_page_methods;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  int rc = parent ()->xDelete (parent (), name, sync);

  /* A journal, which was in memory. */
  return rc == SQLITE_IOERR_DELETE_NOENT ? SQLITE_OK : rc;
}

static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  return parent ()->xAccess (parent (), name, flags, result);
}

static int
vfs_full_path (sqlite3_vfs *vfs, const char *name, int length, char *out)
{
  return parent ()->xFullPathname (parent (), name, length, out);
}

static int
vfs_randomness (sqlite3_vfs *vfs, int length, char *bytes)
{
  return parent ()->xRandomness (parent (), length, bytes);
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return parent ()->xSleep (parent (), microseconds);
}

static int
vfs_time (sqlite3_vfs *vfs, double *julian)
{
  return parent ()->xCurrentTime (parent (), julian);
}

void
mc_ring_mark (McDataKey *key, guint8 ret_mark[MC_MARK])
{
  memcpy (ret_mark, MAGIC, 8);
  sodium_hex2bin (ret_mark + 8, 8, mc_data_key_id (key), 16, NULL, NULL, NULL);
}

static void
fill (McCryptRing *ring, McDataKey *key)
{
  ring->keys = sodium_malloc (3 * MC_SUBKEY_BYTES);
  if (ring->keys == NULL)
    g_error ("no memory that can be locked for a key");
  mc_data_key_derive (key, MC_SUBKEY_PAGES, ring->keys);
  mc_data_key_derive (key, MC_SUBKEY_LOG, ring->keys + MC_SUBKEY_BYTES);
  mc_data_key_derive (key, MC_SUBKEY_LOG_SUMS, ring->keys + 2 * MC_SUBKEY_BYTES);
}

static McCryptRing *
ring_new (McDataKey *key)
{
  McCryptRing *ring = g_new0 (McCryptRing, 1);

  ring->name = g_strconcat ("mc-crypt-", mc_data_key_id (key), NULL);
  mc_ring_mark (key, ring->mark);
  ring->vfs = (sqlite3_vfs){
    .iVersion = 1,
    .szOsFile = MAX ((int)sizeof (McCryptFile), mc_memory_file_size ()),
    .mxPathname = parent ()->mxPathname,
    .zName = ring->name,
    .pAppData = ring,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_path,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_time,
  };
  sqlite3_vfs_register (&ring->vfs, 0);
  return ring;
}

const char *
mc_crypt_vfs (McDataKey *key)
{
  McCryptRing *ring;

  g_mutex_lock (&lock);
  if (rings == NULL)
    rings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ring = g_hash_table_lookup (rings, mc_data_key_id (key));
  if (ring == NULL)
    {
      ring = ring_new (key);
      g_hash_table_insert (rings, g_strdup (mc_data_key_id (key)), ring);
    }
  if (ring->keys == NULL)
    fill (ring, key);
  g_mutex_unlock (&lock);
  return ring->name;
}

void
mc_crypt_vfs_forget (McDataKey *key)
{
  McCryptRing *ring;

  g_mutex_lock (&lock);
  ring = rings ? g_hash_table_lookup (rings, mc_data_key_id (key)) : NULL;
  if (ring != NULL && ring->users == 0)
    {
      sodium_free (ring->keys);
      ring->keys = NULL;
    }
  g_mutex_unlock (&lock);
}

int
mc_crypt_prepare (sqlite3 *handle)
{
  int reserve = MC_RESERVE;
  int rc = sqlite3_file_control (handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);

  if (rc != SQLITE_OK)
    return rc;
  /* A page that is given up is written over: nothing on the disk is a hole. */
  return sqlite3_exec (handle,
                       "PRAGMA page_size = 4096; PRAGMA temp_store = MEMORY;"
                       "PRAGMA secure_delete = ON;",
                       NULL,
                       NULL,
                       NULL);
}

/* A file that is looked at beside whoever has it open. Through SQLite's own layer: a descriptor of
 * ours, when it is closed, would take the locks of every connection of this process along, and the
 * next program that closes the database would remove the log under it. */
typedef struct
{
  sqlite3_file *file;
  char *path; /* as SQLite wants it: more than one zero at its end */
} Beside;

static void
beside_clear (Beside *beside)
{
  if (beside->file != NULL && beside->file->pMethods != NULL)
    beside->file->pMethods->xClose (beside->file);
  g_free (beside->file);
  g_free (beside->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Beside, beside_clear)

static gboolean
open_beside (Beside *beside, const char *path, GError **error)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);
  gsize length = strlen (path);
  int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB;

  beside->file = g_malloc0 ((gsize)vfs->szOsFile);
  beside->path = g_malloc0 (length + 4);
  memcpy (beside->path, path, length);
  if (vfs->xOpen (vfs, beside->path, beside->file, flags, &flags) == SQLITE_OK)
    return TRUE;
  g_set_error (error,
               MC_ERROR,
               g_file_test (path, G_FILE_TEST_EXISTS) ? MC_ERROR_STORE : MC_ERROR_NOT_FOUND,
               "%s cannot be opened",
               path);
  return FALSE;
}

/* Returns: how many bytes there are; what a short page lacks is zero. */
static gint64
read_beside (Beside *beside, void *bytes, int length, gint64 offset)
{
  sqlite3_int64 size = 0;

  if (beside->file->pMethods->xFileSize (beside->file, &size) != SQLITE_OK || size <= offset)
    return 0;
  beside->file->pMethods->xRead (beside->file, bytes, length, offset);
  return MIN (size - offset, length);
}

char *
mc_crypt_file_key (const char *path, GError **error)
{
  char mark[MC_MARK];
  char id[17];
  g_auto (Beside) beside = { 0 };
  gint64 got;

  if (!open_beside (&beside, path, error))
    return NULL;
  got = read_beside (&beside, mark, sizeof mark, 0);
  if (got == sizeof mark && memcmp (mark, MAGIC, 8) == 0)
    return g_strdup (sodium_bin2hex (id, sizeof id, (const guint8 *)mark + 8, 8));
  if (got == 0 || (got == sizeof mark && memcmp (mark, "SQLite format 3", 16) == 0))
    return g_strdup ("");
  g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "%s: not a database", path);
  return NULL;
}

gboolean
mc_crypt_check_pages (const char *path,
                      McDataKey *key,
                      guint32 from,
                      guint32 count,
                      GArray *ret_bad,
                      gboolean *ret_end,
                      GError **error)
{
  g_autofree guint8 *page = g_malloc (MC_PAGE);
  guint8 subkey[MC_SUBKEY_BYTES];
  g_auto (Beside) beside = { 0 };
  gint64 got = MC_PAGE;

  if (!open_beside (&beside, path, error))
    return FALSE;
  mc_data_key_derive (key, MC_SUBKEY_PAGES, subkey);
  for (guint32 number = from; got > 0 && number < from + count; number++)
    {
      got = read_beside (&beside, page, MC_PAGE, (gint64)(number - 1) * MC_PAGE);
      if (got > 0 && (got < MC_PAGE || !mc_page_open (subkey, number, page)) &&
          !((number - 1) * (gint64)MC_PAGE == 0x40000000 && mc_all_zero (page, MC_PAGE)))
        g_array_append_val (ret_bad, number);
    }
  sodium_memzero (subkey, sizeof subkey);
  *ret_end = got <= 0;
  return TRUE;
}
