/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-printed.h"

#include "mc-desk-private.h"
#include "mc-error.h"
#include "mc-look-back-private.h"
#include "mc-register-read.h"
#include "mc-unsure.h"

#define ON_PAPER "paper"
#define AS_FILE "file"
/* A list of more dossiers names nothing: each of them would name all. */
#define SEEN_MAX 10

void
mc_printed_free (McPrinted *printed)
{
  if (printed == NULL)
    return;
  g_free (printed->op);
  json_decref (printed->seen);
  g_free (printed->paper);
  g_free (printed->title);
  g_free (printed->number);
  g_free (printed->by);
  g_free (printed);
}

McIssue *
mc_issue_new (const char *number, gboolean again)
{
  McIssue *issue = g_new0 (McIssue, 1);

  issue->number = g_strdup (number);
  issue->again = again;
  return issue;
}

void
mc_issue_free (McIssue *issue)
{
  if (issue == NULL)
    return;
  g_free (issue->number);
  g_free (issue->op);
  g_free (issue);
}

/* What the body of an op says of a printing, if it does. */
static McPrinted *
read_body (const json_t *body, const char *op, const char *by, gint64 at_ms)
{
  const json_t *said = json_object_get (body, "printed");
  McPrinted *printed;

  if (mc_json_string (said, "paper") == NULL || mc_json_string (said, "title") == NULL)
    return NULL;
  printed = g_new0 (McPrinted, 1);
  printed->op = g_strdup (op);
  printed->paper = g_strdup (mc_json_string (said, "paper"));
  printed->title = g_strdup (mc_json_string (said, "title"));
  printed->number = g_strdup (mc_json_string (said, "number"));
  printed->seen = json_incref (json_object_get (said, "seen"));
  printed->numbered = mc_json_bool (said, "numbered", FALSE);
  printed->on_paper = g_strcmp0 (mc_json_string (said, "medium"), AS_FILE) != 0;
  printed->by = g_strdup (by);
  printed->at_ms = at_ms;
  return printed;
}

static McPrinted *
read_printed (const McEvent *event)
{
  g_autoptr (json_t) body = NULL;

  if (!event->readable || event->detail == NULL || !g_str_equal (event->verb, MC_VERB_NOTE))
    return NULL;
  body = mc_json_parse (event->detail, -1, NULL);
  return read_body (body, event->op, event->by, event->at_ms);
}

GPtrArray *
mc_dossier_printed (const McDossier *dossier)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_printed_free);

  g_return_val_if_fail (dossier != NULL, all);

  for (guint i = 0; i < dossier->events->len; i++)
    {
      McPrinted *printed = read_printed (dossier->events->pdata[i]);

      if (printed != NULL)
        g_ptr_array_add (all, printed);
    }
  return all;
}

McPrinted *
mc_dossier_printed_by (const McDossier *dossier, const char *op)
{
  g_return_val_if_fail (dossier != NULL && op != NULL, NULL);

  for (guint i = 0; i < dossier->events->len; i++)
    if (g_str_equal (((McEvent *)dossier->events->pdata[i])->op, op))
      return read_printed (dossier->events->pdata[i]);
  return NULL;
}

GPtrArray *
mc_store_printed (McStore *store, guint limit)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_printed_free);
  g_autoptr (McQuery) query = NULL;

  g_return_val_if_fail (store != NULL, all);

  query = mc_db_query (store->db,
                       NULL,
                       "SELECT o.line, coalesce (s.name, o.by) FROM op o "
                       "LEFT JOIN staff s ON s.id = o.by JOIN fact f ON f.key = 'office' "
                       "WHERE o.record = f.value AND o.verb = '" MC_VERB_PRINTED "' "
                       "ORDER BY o.at DESC, o.id DESC LIMIT ?1",
                       "i",
                       (gint64)limit);
  while (query != NULL && mc_query_next (query, NULL))
    {
      g_autoptr (McOp) op = mc_op_parse (mc_query_text (query, 0), -1, NULL);
      McPrinted *printed =
          op != NULL ? read_body (op->body, op->id, mc_query_text (query, 1), mc_stamp_ms (op->at))
                     : NULL;

      if (printed != NULL)
        g_ptr_array_add (all, printed);
    }
  return all;
}

static char *
count_key (McStore *store, const char *kind)
{
  g_autoptr (GDateTime) now = mc_local (mc_store_now (store));

  return g_strdup_printf ("papers:%d:%s", g_date_time_get_year (now), kind);
}

/* "0421001": the slot, then at least three digits. NULL before enrolment. */
static char *
number_at (McStore *store, gint64 count)
{
  g_autofree char *slot = mc_store_fact (store, "slot");

  return slot != NULL ? g_strdup_printf ("%s%03d", slot, (int)count) : NULL;
}

/* What the paper got when it was first printed. */
static McIssue *
issue_before (McStore *store, const McPrinting *printing)
{
  McIssue *issue = mc_issue_new (NULL, FALSE);
  g_autoptr (McDossier) dossier = mc_store_dossier (store, printing->dossiers[0], NULL);
  g_autoptr (GPtrArray) printed = dossier != NULL ? mc_dossier_printed (dossier) : NULL;

  for (guint i = 0; printed != NULL && i < printed->len; i++)
    {
      const McPrinted *one = printed->pdata[i];

      if (!g_str_equal (one->paper, printing->paper))
        continue;
      issue->again = issue->again || one->on_paper;
      if (issue->number == NULL)
        issue->number = g_strdup (one->number);
    }
  return issue;
}

McIssue *
mc_store_issue (McStore *store, const McPrinting *printing, guint ahead)
{
  McIssue *issue;
  g_autofree char *key = NULL;

  g_return_val_if_fail (store != NULL && printing != NULL, NULL);

  issue = issue_before (store, printing);
  if (issue->number != NULL || printing->kind == NULL)
    return issue;
  key = count_key (store, printing->kind);
  issue->number = number_at (store, mc_store_fact_int (store, key, 0) + 1 + ahead);
  issue->fresh = issue->number != NULL;
  return issue;
}

static gboolean
take_number (McStore *store, const McPrinting *printing, GError **error)
{
  g_autofree char *key = count_key (store, printing->kind);

  return mc_store_set_fact_int (store, key, mc_store_fact_int (store, key, 0) + 1, error);
}

/* What stands on the screens of these dossiers, and how the office wants its papers. */
static json_t *
seen_of (McStore *store, const char *const *dossiers)
{
  g_autofree char *office = mc_store_fact (store, "office");
  json_t *all = json_array ();

  for (guint i = 0; i == 0 || dossiers[i - 1] != NULL; i++)
    {
      const char *id = dossiers[i] != NULL ? dossiers[i] : office;
      g_autoptr (McRecord) record = id != NULL ? mc_ledger_record (store->db, id, NULL) : NULL;
      g_autoptr (json_t) seen = record != NULL ? mc_look_back_seen (record) : NULL;

      if (seen != NULL)
        json_array_extend (all, seen);
    }
  return all;
}

static json_t *
body_of (const char *paper, const char *title, const char *number, gboolean on_paper)
{
  g_autofree char *text = number != NULL ? g_strdup_printf ("In: %s, số %s", title, number)
                                         : g_strdup_printf ("In: %s", title);
  json_t *said = json_pack ("{s:s,s:s,s:s}",
                            "paper",
                            paper,
                            "title",
                            title,
                            "medium",
                            on_paper ? ON_PAPER : AS_FILE);

  if (number != NULL)
    json_object_set_new (said, "number", json_string (number));
  return json_pack ("{s:s,s:o}", "text", text, "printed", said);
}

static json_t *
body_of_dossiers (McStore *store, const McPrinting *printing, const McIssue *issue)
{
  json_t *body = body_of (printing->paper, printing->title, issue->number, printing->on_paper);
  json_t *said = json_object_get (body, "printed");

  if (g_strv_length ((GStrv)printing->dossiers) <= SEEN_MAX)
    json_object_set_new (said, "seen", seen_of (store, printing->dossiers));
  if (mc_store_ordinal (store, printing->dossiers[0]) > 0)
    json_object_set_new (said, "numbered", json_true ());
  return body;
}

/* A list only grows: its base is the op that made the record. Returns: (transfer full): the op */
static char *
say_printed (McDesk *desk, const char *on, const char *verb, json_t *body, GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (desk->store->db, on, error);
  g_autoptr (json_t) base = NULL;
  g_autoptr (McOp) op = NULL;

  if (record == NULL)
    return NULL;
  if (record->creator == NULL)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no record %s", on);
      return NULL;
    }
  base = json_pack ("{s:[s]}", MC_GROUP_NOTE, record->creator);
  op = mc_store_append (desk->store, desk->staff->id, on, verb, body, base, NULL, error);
  return op != NULL ? g_strdup (op->id) : NULL;
}

gboolean
mc_desk_print_other (McDesk *desk,
                     const char *paper,
                     const char *title,
                     gboolean on_paper,
                     GError **error)
{
  g_autofree char *office = NULL;
  g_autofree char *op = NULL;
  g_autoptr (json_t) body = NULL;

  g_return_val_if_fail (desk != NULL && paper != NULL && title != NULL, FALSE);

  office = mc_store_fact (desk->store, "office");
  body = body_of (paper, title, NULL, on_paper);
  if (!mc_desk_may (desk, MC_VERB_PRINTED, error) || !mc_db_begin (desk->store->db, error))
    return FALSE;
  op = say_printed (desk, office != NULL ? office : "", MC_VERB_PRINTED, body, error);
  return mc_db_finish (desk->store->db, op != NULL, error);
}

static McIssue *
print_one (McDesk *desk, const McPrinting *printing, GError **error)
{
  g_autoptr (McIssue) issue = mc_store_issue (desk->store, printing, 0);
  g_autoptr (json_t) body = body_of_dossiers (desk->store, printing, issue);

  if (issue->fresh && !take_number (desk->store, printing, error))
    return NULL;
  for (guint i = 0; printing->dossiers[i] != NULL; i++)
    {
      g_autofree char *op = say_printed (desk, printing->dossiers[i], MC_VERB_NOTE, body, error);

      if (op == NULL)
        return NULL;
      if (issue->op == NULL)
        issue->op = g_steal_pointer (&op);
    }
  return g_steal_pointer (&issue);
}

GPtrArray *
mc_desk_print (McDesk *desk, const McPrinting *all, guint length, GError **error)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_issue_free);

  g_return_val_if_fail (desk != NULL && all != NULL && length > 0, NULL);

  if (!mc_desk_may (desk, MC_VERB_NOTE, error) || !mc_db_begin (desk->store->db, error))
    return NULL;
  for (guint i = 0; i < length; i++)
    {
      McIssue *issue = print_one (desk, &all[i], error);

      if (issue == NULL)
        {
          (void)mc_db_finish (desk->store->db, FALSE, NULL);
          return NULL;
        }
      g_ptr_array_add (issues, issue);
    }
  return mc_db_finish (desk->store->db, mc_unsure_add (desk->store, all, issues, error), error)
             ? g_steal_pointer (&issues)
             : NULL;
}
