/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ctl.h"

#include "mc-error.h"
#include "mc-print-job.h"
#include "mc-printed.h"
#include "mc-register-key.h"
#include <stdio.h>
#include <string.h>

#define PRINTED_SHOWN 200

static json_t *
row_json (const McRow *row)
{
  return json_pack ("{s:s,s:s,s:s,s:s,s:s,s:s,s:s?,s:s?,s:s?,s:i,s:b}",
                    "id",
                    row->id,
                    "code",
                    row->code,
                    "applicant",
                    row->applicant,
                    "procedure",
                    row->procedure,
                    "procedure_name",
                    row->procedure_name,
                    "state",
                    row->state,
                    "due",
                    row->due,
                    "assignee",
                    row->assignee,
                    "parent",
                    row->parent,
                    "conflicts",
                    (int)row->contested,
                    "waiting",
                    row->waiting);
}

gboolean
mc_ctl_drafts (McCtl *ctl, int argc, char **argv, GError **error)
{
  json_t *drafts = mc_desk_drafts (ctl->desk, error);

  if (drafts == NULL)
    return FALSE;
  mc_ctl_print_all (ctl, drafts);
  return TRUE;
}

gboolean
mc_ctl_list (McCtl *ctl, int argc, char **argv, GError **error)
{
  McFilter filter = { .queue = MC_QUEUE_ALL, .search = argc > 0 ? argv[0] : NULL };
  g_autoptr (GArray) numbers = mc_store_list (ctl->store, &filter, error);
  g_autoptr (GPtrArray) rows = NULL;
  json_t *all;

  if (numbers == NULL)
    return FALSE;
  rows = mc_store_rows (ctl->store, (const gint64 *)(void *)numbers->data, numbers->len, error);
  if (rows == NULL)
    return FALSE;
  all = json_array ();
  for (guint i = 0; i < rows->len; i++)
    json_array_append_new (all, row_json (rows->pdata[i]));
  mc_ctl_print_all (ctl, all);
  return TRUE;
}

static json_t *
groups_json (McRecord *record)
{
  json_t *groups = json_object ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    json_object_set_new (groups, name, mc_record_json (record, name));
  return groups;
}

static json_t *
tips_json (McRecord *record)
{
  json_t *tips = json_object ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      McGroupState *state = value;
      json_t *ids = json_array ();

      for (guint i = 0; i < state->tips->len; i++)
        json_array_append_new (ids, json_string (((McTip *)state->tips->pdata[i])->op));
      json_object_set_new (tips, name, ids);
    }
  return tips;
}

static json_t *
event_json (const McEvent *event)
{
  return json_pack ("{s:s,s:I,s:s,s:s,s:o,s:o,s:b}",
                    "op",
                    event->op,
                    "at",
                    (json_int_t)event->at_ms,
                    "by",
                    event->by,
                    "do",
                    event->verb,
                    "body",
                    mc_json_parse (event->detail, -1, NULL),
                    "ruling",
                    mc_json_parse (event->ruling, -1, NULL),
                    "waiting",
                    event->waiting);
}

/* Whether the bytes of each document of the dossier are on this disk. */
static json_t *
documents_json (McCtl *ctl, McRecord *record)
{
  json_t *documents = json_array ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autoptr (json_t) part = mc_record_json (record, name);
      json_t *document = json_object_get (part, "document");
      const char *sha256 = mc_json_string (document, "sha256");

      if (g_str_has_prefix (name, MC_GROUP_PART_PREFIX) && sha256 != NULL)
        json_array_append_new (documents,
                               json_pack ("{s:s,s:s,s:s?,s:b}",
                                          "part",
                                          (char *)name + strlen (MC_GROUP_PART_PREFIX),
                                          "sha256",
                                          sha256,
                                          "name",
                                          mc_json_string (document, "name"),
                                          "here",
                                          mc_store_blob_here (ctl->store, sha256)));
    }
  return documents;
}

gboolean
mc_ctl_show (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *id = mc_store_resolve (ctl->store, argv[0], error);
  g_autoptr (McDossier) dossier = id ? mc_store_dossier (ctl->store, id, error) : NULL;
  json_t *shown;
  json_t *events;

  if (dossier == NULL)
    return FALSE;
  shown = row_json (dossier->row);
  events = json_array ();
  for (guint i = 0; i < dossier->events->len; i++)
    json_array_append_new (events, event_json (dossier->events->pdata[i]));
  json_object_set_new (shown, "groups", groups_json (dossier->record));
  json_object_set_new (shown, "tips", tips_json (dossier->record));
  json_object_set_new (shown, "documents", documents_json (ctl, dossier->record));
  json_object_set_new (shown, "timeline", events);
  mc_ctl_print (ctl, shown);
  return TRUE;
}

static json_t *
others_json (GPtrArray *others)
{
  json_t *all = json_array ();

  for (guint i = 0; i < others->len; i++)
    {
      const McOther *other = others->pdata[i];

      json_array_append_new (all,
                             json_pack ("{s:s,s:s?,s:s?,s:s?,s:b}",
                                        "id",
                                        other->id,
                                        "code",
                                        other->code,
                                        "applicant",
                                        other->applicant,
                                        "office",
                                        other->office,
                                        "here",
                                        other->here));
    }
  return all;
}

/* As McConflictKind counts them. */
static const char *const conflict_kinds[] = { "value", "steps",       "withdrawal", "documents",
                                              "fees",  "settlements", "changed",    "transfers",
                                              "twin",  "code" };

static json_t *
conflict_json (const McConflict *conflict)
{
  json_t *sides = json_array ();

  for (guint i = 0; i < conflict->sides->len; i++)
    {
      const McSide *side = conflict->sides->pdata[i];

      json_array_append_new (sides,
                             json_pack ("{s:s,s:o,s:s?,s:I,s:b,s:b}",
                                        "op",
                                        side->op,
                                        "value",
                                        mc_json_parse (side->value, -1, NULL),
                                        "by",
                                        side->by,
                                        "at",
                                        (json_int_t)side->at_ms,
                                        "here",
                                        side->here,
                                        "stands",
                                        side->stands));
    }
  return json_pack ("{s:s,s:s,s:s,s:s,s:s,s:s,s:o,s:o,s:o}",
                    "id",
                    conflict->id,
                    "kind",
                    conflict_kinds[conflict->kind],
                    "dossier",
                    conflict->dossier,
                    "code",
                    conflict->code,
                    "applicant",
                    conflict->applicant,
                    "group",
                    conflict->group,
                    "sides",
                    sides,
                    "others",
                    others_json (conflict->others),
                    "before",
                    conflict->before ? mc_json_parse (conflict->before, -1, NULL) : json_null ());
}

gboolean
mc_ctl_conflicts (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) conflicts = mc_store_conflicts (ctl->store, NULL, error);
  json_t *all;

  if (conflicts == NULL)
    return FALSE;
  all = json_array ();
  for (guint i = 0; i < conflicts->len; i++)
    json_array_append_new (all, conflict_json (conflicts->pdata[i]));
  mc_ctl_print_all (ctl, all);
  return TRUE;
}

gboolean
mc_ctl_ops (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (mc_store_db (ctl->store),
                   error,
                   "SELECT o.line, o.ruling, f.n FROM op o "
                   "LEFT JOIN feed f ON f.op = o.id AND f.last = 1 ORDER BY o.seq",
                   "");
  json_t *all;

  if (query == NULL)
    return FALSE;
  all = json_array ();
  while (mc_query_next (query, NULL))
    {
      const char *line = mc_query_text (query, 0);
      json_t *one = mc_json_parse (line + MC_SIGNATURE_TEXT + 1, -1, NULL);

      json_object_set_new (one, "ruling", mc_json_parse (mc_query_text (query, 1), -1, NULL));
      json_object_set_new (one,
                           "feed",
                           mc_query_null (query, 2) ? json_null ()
                                                    : json_integer (mc_query_int (query, 2)));
      json_array_append_new (all, one);
    }
  mc_ctl_print_all (ctl, all);
  return TRUE;
}

gboolean
mc_ctl_check (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) faults = NULL;
  json_t *all;

  if (!mc_store_check (ctl->store, &faults, error))
    return FALSE;
  all = json_array ();
  for (guint i = 0; i < faults->len; i++)
    {
      json_array_append_new (all, json_string (faults->pdata[i]));
      if (!ctl->json)
        puts (faults->pdata[i]);
    }
  if (ctl->json)
    mc_ctl_print (ctl, json_pack ("{s:o}", "faults", all));
  else
    json_decref (all);
  return faults->len == 0;
}

gboolean
mc_ctl_print_form (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *id = mc_store_resolve (ctl->store, argv[0], error);
  const char *const dossiers[] = { id, NULL };
  g_autoptr (McForm) form =
      id ? mc_job_print (ctl->desk, dossiers, argv[1], MC_JOB_FILE, NULL, error) : NULL;

  return form != NULL && mc_form_write_pdf (form, argv[2], error);
}

/* Who saved the book, and when, is known as it is of one saved at the window. */
gboolean
mc_ctl_register (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *key = mc_register_key (argv[0], g_str_equal (argv[1], "-") ? NULL : argv[1]);
  g_autofree char *paper = g_strdup_printf ("register:%s", key);
  g_autoptr (McForm) form = mc_form_register (ctl->store, key, error);
  gboolean sheet = g_str_has_suffix (argv[2], ".xlsx");

  if (form == NULL || !(sheet ? mc_register_save (ctl->store, key, argv[2], error)
                              : mc_form_write_pdf (form, argv[2], error)))
    return FALSE;
  return mc_desk_print_other (ctl->desk, paper, mc_form_title (form), FALSE, error);
}

gboolean
mc_ctl_printed (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) all = mc_store_printed (ctl->store, PRINTED_SHOWN);
  json_t *rows = json_array ();

  for (guint i = 0; i < all->len; i++)
    {
      const McPrinted *printed = all->pdata[i];

      json_array_append_new (rows,
                             json_pack ("{s:I,s:s,s:s,s:s,s:b}",
                                        "at",
                                        (json_int_t)printed->at_ms,
                                        "by",
                                        printed->by != NULL ? printed->by : "",
                                        "paper",
                                        printed->paper,
                                        "title",
                                        printed->title,
                                        "on_paper",
                                        printed->on_paper));
    }
  mc_ctl_print_all (ctl, rows);
  return TRUE;
}
