/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-carry.h"
#include "mc-store-private.h"
#include "mc-sync-store.h"
#include "mc-worker.h"

#include "mc-error.h"
#include "mc-text.h"
#include <gio/gio.h>
#include <string.h>

/* The first line of a file: what it is, and how many lines belong to it, so that a torn one shows.
 */
#define HEAD "{\"motcua\":1,\"lines\":%u}\n"

gboolean
mc_store_export_waiting (McStore *store, const char *path, guint *ret_count, GError **error)
{
  g_autoptr (GPtrArray) lines =
      mc_store_outbox (store, G_MAXUINT, G_MAXSIZE / 2, NULL, NULL, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (lines == NULL)
    return FALSE;
  g_string_append_printf (text, HEAD, lines->len);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (char *)lines->pdata[i]);
  if (ret_count != NULL)
    *ret_count = lines->len;
  return g_file_set_contents_full (path,
                                   text->str,
                                   (gssize)text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600,
                                   error);
}

/* What the feed says now, else what was said before. */
static char *
line_of (McQuery *query)
{
  const char *receipt = mc_query_text (query, 3);
  g_autoptr (McRuling) ruling = receipt ? mc_ruling_parse (mc_query_text (query, 2), NULL) : NULL;

  return mc_pushed_write (mc_query_text (query, 1),
                          receipt,
                          ruling && ruling->refused ? ruling->reason : NULL);
}

GPtrArray *
mc_store_carry_out (McStore *store, gint64 *after, guint limit, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT o.seq, o.line, coalesce (f.ruling, s.ruling), "
                   " coalesce (f.receipt, s.receipt) "
                   "FROM op o LEFT JOIN feed f ON f.op = o.id AND f.last = 1 "
                   "LEFT JOIN said s ON s.op = o.id WHERE o.seq > ?1 ORDER BY o.seq LIMIT ?2",
                   "ii",
                   *after,
                   (gint64)limit);

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, NULL))
    {
      *after = mc_query_int (query, 0);
      g_ptr_array_add (lines, line_of (query));
    }
  return g_steal_pointer (&lines);
}

/* Offices, staff and the catalogue come from the province alone: a neighbour who brought them could
 * give himself rights here. */
static gboolean
may_be_carried (const McOp *op)
{
  if (mc_verb_admin (op->verb) || mc_verb_province (op->verb))
    return FALSE;
  return !mc_op_readable (op) || mc_op_check (op, NULL);
}

static gboolean
clean (const char *line)
{
  return strlen (line) <= MC_OP_LINE_MAX && mc_text_composed (line);
}

/* An op of this very device that it never made shows a copy; one that only claims so is forged. */
static gboolean
look_at_author (McStore *store, const McOp *op, gboolean *ret_forged, GError **error)
{
  g_autofree char *device = mc_store_fact (store, "device");
  McSecretKey secret;
  McPublicKey key;

  *ret_forged = FALSE;
  if (g_strcmp0 (device, op->device) != 0)
    return TRUE;
  if (!mc_store_device_key (store, &secret, error))
    return FALSE;
  mc_secret_key_public (&secret, &key);
  mc_secret_key_wipe (&secret);
  *ret_forged = !mc_op_verify (op, &key);
  return *ret_forged || mc_store_mark_copied (store, "device", error);
}

static gboolean
keep_receipt (McStore *store, const McOp *op, const McPushed *pushed, GError **error)
{
  g_autofree char *ruling =
      pushed->reason ? g_strdup_printf ("\"refused:%s\"", pushed->reason) : g_strdup ("");

  return pushed->receipt == NULL ||
         mc_db_run (store->db,
                    error,
                    "INSERT OR IGNORE INTO said (op, ruling, receipt) VALUES (?1, ?2, ?3)",
                    "sss",
                    op->id,
                    ruling,
                    pushed->receipt);
}

/* A word of the province's own: with anything else in it what it stands in could not be read. */
static gboolean
good_reason (const char *reason)
{
  return reason == NULL ||
         (*reason != '\0' && reason[strspn (reason, "abcdefghijklmnopqrstuvwxyz-")] == '\0');
}

static gboolean
take_line (McStore *store,
           const char *text,
           GHashTable *records,
           McCarried *carried,
           GError **error)
{
  g_auto (McPushed) pushed = { 0 };
  g_autoptr (McOp) op = NULL;
  gboolean forged = FALSE;

  mc_pushed_read (text, &pushed);
  op = clean (pushed.line) ? mc_op_parse (pushed.line, -1, NULL) : NULL;
  /* A line that was given up when its dossier left is known, too. */
  if (op != NULL && (mc_ledger_has (store->db, op->id) || mc_store_judged (store, op->id)))
    {
      carried->known++;
      return TRUE;
    }
  if (op == NULL || !may_be_carried (op) || !good_reason (pushed.reason))
    {
      carried->bad++;
      return TRUE;
    }
  if (!look_at_author (store, op, &forged, error))
    return FALSE;
  if (forged)
    {
      carried->bad++;
      return TRUE;
    }
  carried->taken++;
  g_hash_table_add (records, g_strdup (op->on));
  return mc_store_hold (store, op, "", error) && mc_store_note_correction (store, op, error) &&
         keep_receipt (store, op, &pushed, error);
}

gboolean
mc_store_carry_in (McStore *store, GPtrArray *lines, McCarried *ret_carried, GError **error)
{
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  McCarried carried = { 0 };
  gboolean ok = TRUE;

  if (!mc_db_begin (store->db, error))
    return FALSE;
  for (guint i = 0; ok && i < lines->len; i++)
    ok = take_line (store, lines->pdata[i], records, &carried, error);
  ok = ok && mc_store_set_fact_int (store, "outbox_floor", 0, error) &&
       mc_store_rebase_all (store, records, TRUE, error);
  store->waiting = -1;
  if (!mc_db_finish (store->db, ok, error))
    return FALSE;
  mc_store_mark_changed (store);
  if (ret_carried != NULL)
    *ret_carried = carried;
  return TRUE;
}

/* The lines after the head, as many as it counts. */
static GPtrArray *
read_lines (const char *text, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) all = g_strsplit (text, "\n", -1);
  g_autoptr (json_t) head = mc_json_parse (all[0] ? all[0] : "", -1, NULL);
  gint64 count = mc_json_int (head, "lines", -1);

  /* The last line ends too, so one empty piece follows it. */
  if (mc_json_int (head, "motcua", 0) != 1 || count != (gint64)g_strv_length (all) - 2)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "no whole file of waiting changes");
      return NULL;
    }
  for (guint i = 1; all[i + 1] != NULL; i++)
    g_ptr_array_add (lines, g_strdup (all[i]));
  return g_steal_pointer (&lines);
}

gboolean
mc_store_carry_file (McStore *store, const char *path, McCarried *ret_carried, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  lines = read_lines (text, error);
  return lines != NULL && mc_store_carry_in (store, lines, ret_carried, error);
}
