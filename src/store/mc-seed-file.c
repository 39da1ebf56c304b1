/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-seed-file.h"

#include "mc-error.h"
#include "mc-public.h"
#include "mc-store-private.h"
#include "mc-sync-store.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

struct _McSeedFile
{
  FILE *file;
  char *office;
  McPublicKey province;
  McSeedHead *head;
  McSeedSeal *seal;
};

static gboolean
fail (GError **error, McError code, const char *why)
{
  g_set_error_literal (error, MC_ERROR, code, why);
  return FALSE;
}

void
mc_seed_desk_clear (McSeedDesk *desk)
{
  g_clear_pointer (&desk->office, g_free);
}

gboolean
mc_store_seed_desk (McStore *store, McSeedDesk *ret_desk, GError **error)
{
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (store);

  if (mc_store_desk_kind (store) != MC_DESK_OWN)
    return fail (error, MC_ERROR_REFUSED, "public");
  /* What kind of desk it is comes with the first answer. */
  if (mc_store_fact_int (store, "last_contact", 0) == 0)
    return fail (error, MC_ERROR_REFUSED, "contact");
  if (enrolment == NULL || !mc_base64_decode (enrolment->province_key,
                                              ret_desk->province.bytes,
                                              sizeof ret_desk->province.bytes))
    return fail (error, MC_ERROR_NOT_FOUND, "this desk is not enrolled");
  ret_desk->office = g_strdup (enrolment->office);
  return TRUE;
}

void
mc_seed_file_close (McSeedFile *file)
{
  if (file == NULL)
    return;
  if (file->file != NULL)
    fclose (file->file);
  mc_seed_head_free (file->head);
  mc_seed_seal_free (file->seal);
  g_free (file->office);
  g_free (file);
}

/* The first line; a file without one is none of ours. */
static char *
read_line (FILE *file)
{
  GString *line = g_string_new (NULL);
  int c = 0;

  while (line->len < MC_SEED_LINE_MAX && (c = fgetc (file)) != EOF && c != '\n')
    g_string_append_c (line, (char)c);
  return g_string_free (line, c != '\n');
}

McSeedFile *
mc_seed_file_open (const char *path, const McSeedDesk *desk, GError **error)
{
  g_autoptr (McSeedFile) file = g_new0 (McSeedFile, 1);
  g_autofree char *line = NULL;

  file->file = fopen (path, "rbe");
  if (file->file == NULL)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_STORE, "%s: %s", path, g_strerror (errno));
      return NULL;
    }
  line = read_line (file->file);
  if (line == NULL || !g_utf8_validate (line, -1, NULL))
    {
      fail (error, MC_ERROR_FORMAT, "seed: not a file of a province");
      return NULL;
    }
  file->head = mc_seed_head_read (line, &desk->province, error);
  if (file->head == NULL)
    return NULL;
  if (g_strcmp0 (file->head->office, desk->office) != 0)
    {
      fail (error, MC_ERROR_REFUSED, "office");
      return NULL;
    }
  file->office = g_strdup (desk->office);
  file->province = desk->province;
  return g_steal_pointer (&file);
}

const McSeedHead *
mc_seed_file_head (McSeedFile *file)
{
  return file->head;
}

/* The next piece as it lies there. */
static GBytes *
read_piece (McSeedFile *file, GError **error)
{
  guint32 length = 0;
  guint8 *piece = NULL;
  gboolean ok = fread (&length, sizeof length, 1, file->file) == 1;

  length = GUINT32_FROM_LE (length);
  ok = ok && length <= MC_SEED_PIECE_MAX;
  if (ok)
    {
      piece = g_malloc (MAX (length, 1));
      ok = fread (piece, 1, length, file->file) == length;
    }
  if (ok)
    return g_bytes_new_take (piece, length);
  g_free (piece);
  fail (error, MC_ERROR_DAMAGED, "seed: it ends before its end");
  return NULL;
}

gboolean
mc_seed_file_unlock (McSeedFile *file, const char *code, GError **error)
{
  long after_line = ftell (file->file);
  g_autoptr (GBytes) first = read_piece (file, error);

  if (first == NULL)
    return FALSE;
  g_clear_pointer (&file->seal, mc_seed_seal_free);
  file->seal = mc_seed_seal_open (file->head, code, first, error);
  /* A code typed wrong may be typed again. */
  if (file->seal == NULL)
    fseek (file->file, after_line, SEEK_SET);
  return file->seal != NULL;
}

McSyncAnswer *
mc_seed_file_next (McSeedFile *file, GError **error)
{
  g_autoptr (GBytes) piece = read_piece (file, error);
  g_autoptr (GBytes) plain = NULL;
  gboolean last = FALSE;

  g_return_val_if_fail (file->seal != NULL, NULL);

  plain = piece != NULL ? mc_seed_open (file->seal, piece, &last, error) : NULL;
  if (plain == NULL || last)
    return NULL;
  return mc_seed_page_read (plain, file->office, &file->province, error);
}

/* What is here already must be the same: its end says so of all of it. */
static gboolean
passed_already (McStore *store, const McCursor *end, GError **error)
{
  gint64 one = 0;

  return mc_db_int (store->db,
                    NULL,
                    &one,
                    "SELECT 1 FROM feed WHERE n = ?1 AND hash IN (?2, '')",
                    "is",
                    end->n,
                    end->hash) ||
         fail (error, MC_ERROR_REFUSED, "feed");
}

gboolean
mc_store_seed_take (McStore *store, McSyncAnswer *page, GError **error)
{
  McCursor cursor = mc_store_cursor (store);
  g_autoptr (GError) problem = NULL;

  if (page->cursor.n <= cursor.n)
    return passed_already (store, &page->cursor, error);
  while (page->entries->len > 0 && ((McFeedEntry *)page->entries->pdata[0])->n <= cursor.n)
    g_ptr_array_remove_index (page->entries, 0);
  page->desk = mc_store_desk_kind (store);
  /* Where the feed ends is for the province to say. */
  page->head = page->cursor.n + 1;
  mc_store_first (store, &page->first);
  if (mc_store_inbox (store, page, &problem))
    return TRUE;
  if (g_error_matches (problem, MC_ERROR, MC_ERROR_NETWORK))
    return fail (error, MC_ERROR_REFUSED, "feed");
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
