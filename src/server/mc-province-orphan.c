/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ops whose parents are not here. They wait unjudged and are taken as soon as the parents are;
 * where nobody has them any more, they are judged alone, as contested.
 */
#include "mc-province-private.h"

#include "mc-error.h"

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))
/* A desk that has not asked for so long is not waited for. */
#define LIVING_MS (30 * DAY_MS)
/* Nor is anybody for longer than this. */
#define PATIENCE_MS (7 * DAY_MS)
/* Ops that wait for each other in a circle are nobody's honest work; this ends it. */
#define CIRCLE_MS (2 * PATIENCE_MS)

/* One of them as the table has it. */
typedef struct
{
  gint64 seq;
  McLine line;
} Orphan;

static void
orphan_clear (Orphan *orphan)
{
  mc_pushed_clear (&orphan->line.pushed);
  g_clear_pointer (&orphan->line.op, mc_op_unref);
  g_clear_pointer (&orphan->line.office, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Orphan, orphan_clear)

GStrv
_mc_missing_parents (McProvince *province, const McOp *op)
{
  g_autoptr (GPtrArray) parents = mc_op_parents (op);
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  gboolean any = FALSE;

  for (guint i = 0; i < parents->len; i++)
    if (!mc_ledger_has (province->db, parents->pdata[i]))
      {
        g_strv_builder_add (missing, parents->pdata[i]);
        any = TRUE;
      }
  return any ? g_strv_builder_end (missing) : NULL;
}

static gboolean
keep_parents (McProvince *province, const McOp *op, GError **error)
{
  g_auto (GStrv) missing = _mc_missing_parents (province, op);

  for (guint i = 0; missing != NULL && missing[i] != NULL; i++)
    if (!mc_db_run (province->db,
                    error,
                    "INSERT OR IGNORE INTO orphan_parent (orphan, parent) VALUES (?, ?)",
                    "ss",
                    op->id,
                    missing[i]))
      return FALSE;
  return TRUE;
}

/* Other bytes under the id of one that waits already are nobody's op, as with one that is held. */
static gboolean
is_other (McProvince *province, const McOp *op, gboolean *ret_other, GError **error)
{
  return _mc_province_has (province,
                           "SELECT 1 FROM orphan WHERE id = ? AND line <> ?",
                           op->id,
                           op->line,
                           ret_other,
                           error);
}

gboolean
_mc_orphan_keep (McProvince *province, McLine *line, const McDevice *carrier, GError **error)
{
  gboolean other = FALSE;

  if (!is_other (province, line->op, &other, error))
    return FALSE;
  if (other)
    {
      line->wrong = "format";
      return TRUE;
    }
  /* Brought again it keeps its place; a receipt that it lacked is welcome. */
  return mc_db_run (province->db,
                    error,
                    "INSERT INTO orphan (id, record, author, carrier, came, line, receipt, reason)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                    " receipt = excluded.receipt, reason = excluded.reason WHERE receipt IS NULL",
                    "ssssisss",
                    line->op->id,
                    line->op->on,
                    line->office,
                    carrier->office,
                    mc_province_now (province),
                    line->pushed.line,
                    line->pushed.receipt,
                    line->pushed.reason) &&
         keep_parents (province, line->op, error);
}

gboolean
_mc_orphan_receipt (McProvince *province, const McLine *line, GError **error)
{
  return line->op == NULL || line->pushed.receipt == NULL ||
         mc_db_run (province->db,
                    error,
                    "UPDATE orphan SET receipt = ?2, reason = ?3 WHERE id = ?1 AND receipt IS NULL",
                    "sss",
                    line->op->id,
                    line->pushed.receipt,
                    line->pushed.reason);
}

gboolean
_mc_orphans_any (McProvince *province, gboolean *ret_any, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gint64 one = 0;

  *ret_any = mc_db_int (province->db, &problem, &one, "SELECT 1 FROM orphan LIMIT 1", "");
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* The row that the query is at; %FALSE where there is none. */
static gboolean
read_orphan (McQuery *query, Orphan *ret_orphan, gboolean *ret_found, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *ret_found = mc_query_next (query, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!*ret_found)
    return TRUE;
  ret_orphan->seq = mc_query_int (query, 0);
  ret_orphan->line.pushed.line = g_strdup (mc_query_text (query, 1));
  ret_orphan->line.pushed.receipt = g_strdup (mc_query_text (query, 2));
  ret_orphan->line.pushed.reason = g_strdup (mc_query_text (query, 3));
  ret_orphan->line.office = g_strdup (mc_query_text (query, 4));
  ret_orphan->line.op = mc_op_parse (ret_orphan->line.pushed.line, -1, error);
  ret_orphan->line.shaped = ret_orphan->line.op != NULL && mc_op_check (ret_orphan->line.op, NULL);
  return ret_orphan->line.op != NULL;
}

/* It is one no longer: judged, and what waited for it is nearer. */
static gboolean
take_orphan (McProvince *province, const Orphan *orphan, McJudgeFlags flags, GError **error)
{
  const char *id = orphan->line.op->id;
  g_autoptr (McRuling) ruling = NULL;
  McTaking taking;

  if (!mc_db_run (province->db, error, "DELETE FROM orphan WHERE id = ?", "s", id) ||
      !mc_db_run (province->db,
                  error,
                  "DELETE FROM orphan_parent WHERE orphan = ?1 OR parent = ?1",
                  "s",
                  id) ||
      !_mc_line_taking (province, &orphan->line, flags, &taking, error))
    return FALSE;
  ruling = _mc_province_take (province, orphan->line.op, &taking, error);
  return ruling != NULL;
}

/* Takes those that miss nothing, in the order they came. */
static gboolean
take_ready (McProvince *province, GError **error)
{
  for (;;)
    {
      g_auto (Orphan) orphan = { 0 };
      gboolean found = FALSE;
      g_autoptr (McQuery) query = mc_db_query (
          province->db,
          error,
          "SELECT seq, line, receipt, reason, author FROM orphan o WHERE NOT EXISTS"
          " (SELECT 1 FROM orphan_parent p WHERE p.orphan = o.id) ORDER BY seq LIMIT 1",
          "");

      if (query == NULL || !read_orphan (query, &orphan, &found, error))
        return FALSE;
      g_clear_pointer (&query, mc_query_done);
      if (!found)
        return TRUE;
      if (!take_orphan (province, &orphan, MC_JUDGE_PLAIN, error))
        return FALSE;
    }
}

gboolean
_mc_orphans_adopt (McProvince *province, const char *parent, GError **error)
{
  gboolean waited = FALSE;

  if (!_mc_province_has (province,
                         "SELECT 1 FROM orphan_parent WHERE parent = ? LIMIT 1",
                         parent,
                         NULL,
                         &waited,
                         error))
    return FALSE;
  if (!waited)
    return TRUE;
  return mc_db_run (province->db,
                    error,
                    "DELETE FROM orphan_parent WHERE parent = ?",
                    "s",
                    parent) &&
         take_ready (province, error);
}

/*
 * The first whose parents nobody can bring: every living desk of the offices concerned has said
 * since that it holds nothing else, or it has waited long enough. One that waits for another orphan
 * waits on: that one will be judged first.
 */
static gboolean
next_late (McProvince *province, Orphan *ret_orphan, gboolean *ret_found, GError **error)
{
  gint64 now = mc_province_now (province);
  g_autoptr (McQuery) query = mc_db_query (
      province->db,
      error,
      "SELECT seq, line, receipt, reason, author FROM orphan o WHERE o.came <= ?1"
      " OR (NOT EXISTS (SELECT 1 FROM orphan_parent p JOIN orphan q ON q.id = p.parent"
      "                 WHERE p.orphan = o.id)"
      "     AND (o.came <= ?2 OR NOT EXISTS (SELECT 1 FROM device d WHERE d.suspended = 0"
      "          AND (d.seen = 0 OR d.seen >= ?3) AND d.heard < o.seq"
      "          AND (d.office = o.author OR d.office = o.carrier OR d.office IN"
      "               (SELECT s.office FROM sight s WHERE s.record = o.record)))))"
      " ORDER BY seq LIMIT 1",
      "iii",
      now - CIRCLE_MS,
      now - PATIENCE_MS,
      now - LIVING_MS);

  return query != NULL && read_orphan (query, ret_orphan, ret_found, error);
}

gboolean
_mc_orphans_late (McProvince *province, GError **error)
{
  for (;;)
    {
      g_auto (Orphan) orphan = { 0 };
      gboolean found = FALSE;

      if (!next_late (province, &orphan, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      if (!take_orphan (province, &orphan, MC_JUDGE_ALONE, error) || !take_ready (province, error))
        return FALSE;
    }
}
