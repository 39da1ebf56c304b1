/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reception of an interlinked procedure: one paper from the resident, a dossier for each body.
 */
#include "mc-desk-private.h"

#include "mc-error.h"
#include "mc-id.h"
#include "mc-sync-store.h"
#include <string.h>

static void
new_child_free (gpointer data)
{
  McNewChild *child = data;

  g_free (child->id);
  g_free (child->procedure);
  g_free (child->office);
  json_decref (child->body);
  g_free (child);
}

/* When the time of a child begins: with the result that it is built on. */
static GDateTime *
begin_of (GPtrArray *children, const McLink *link, GDateTime *now)
{
  for (guint i = 0; i < children->len && link->after != NULL; i++)
    {
      const McNewChild *before = children->pdata[i];

      if (g_str_equal (before->procedure, link->after))
        {
          GDateTime *due = mc_local_parse (mc_json_string (before->body, "due"));

          return due != NULL ? due : g_date_time_ref (now);
        }
    }
  return g_date_time_ref (now);
}

/* Its own time in the group; else that of the procedure alone. */
static void
promise (json_t *body,
         McStore *store,
         const McLink *link,
         const McProcedure *procedure,
         const char *the_case,
         GDateTime *begin)
{
  McCase own = *mc_procedure_case (procedure, NULL, mc_json_string (body, "channel"));

  if (mc_link_term (link, the_case, &own.term))
    {
      own.has_term = TRUE;
      own.has_promise = FALSE;
    }
  json_object_del (body, "law");
  json_object_del (body, "term");
  mc_desk_set_promise (body, store, &own, NULL, begin);
}

/* The office of that code, unless it is this one. */
static char *
other_office (McStore *store, const char *code)
{
  g_autofree char *own = mc_store_fact (store, "office");
  g_autofree char *id =
      mc_db_text (store->db, NULL, "SELECT id FROM office WHERE code = ?1", "s", code);

  return g_strcmp0 (id, own) != 0 ? g_steal_pointer (&id) : NULL;
}

/* What the resident handed in goes to each body; what was chosen for the whole does not. */
static json_t *
reception_of_child (json_t *reception)
{
  static const char *const of_the_whole[] = { "case", "fee", "fee_taken", "draft" };
  json_t *own = json_copy (reception);

  for (guint i = 0; i < G_N_ELEMENTS (of_the_whole); i++)
    json_object_del (own, of_the_whole[i]);
  return own;
}

static McNewChild *
plan_child (McDesk *desk,
            json_t *reception,
            const McLink *link,
            json_t *parent,
            const char *the_case,
            GDateTime *now,
            GDateTime *begin,
            GError **error)
{
  g_autoptr (McProcedure) procedure = mc_store_procedure (desk->store, link->procedure, error);
  g_autofree char *code = procedure != NULL ? mc_desk_take_code (desk, now, error) : NULL;
  g_autoptr (json_t) own = reception_of_child (reception);
  McNewChild *child;

  if (code == NULL)
    return NULL;
  child = g_new0 (McNewChild, 1);
  child->id = mc_id_new (mc_store_now (desk->store));
  child->procedure = g_strdup (link->procedure);
  child->office = link->office != NULL ? other_office (desk->store, link->office) : NULL;
  child->body = mc_desk_receive_body (desk, own, procedure, code, now);
  promise (child->body, desk->store, link, procedure, the_case, begin);
  json_object_set_new (child->body, "parent", json_copy (parent));
  json_object_set_new (json_object_get (child->body, "parent"), "body", json_string (link->body));
  return child;
}

GPtrArray *
mc_desk_plan_children (McDesk *desk,
                       json_t *reception,
                       const McProcedure *procedure,
                       const char *parent,
                       json_t *body,
                       GDateTime *now,
                       GError **error)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (new_child_free);
  g_autoptr (json_t) linked = json_array ();
  g_autoptr (json_t) named = json_pack ("{s:s,s:s,s:s}",
                                        "id",
                                        parent,
                                        "code",
                                        mc_json_string (body, "code"),
                                        "title",
                                        procedure->name);

  for (guint i = 0; i < procedure->links->len; i++)
    {
      const McLink *link = procedure->links->pdata[i];
      g_autoptr (GDateTime) begin = begin_of (children, link, now);
      McNewChild *child = plan_child (desk,
                                      reception,
                                      link,
                                      named,
                                      mc_json_string (body, "case"),
                                      now,
                                      begin,
                                      error);

      if (child == NULL)
        return NULL;
      g_ptr_array_add (children, child);
      json_array_append_new (linked,
                             json_pack ("{s:s,s:s,s:s,s:s,s:s}",
                                        "id",
                                        child->id,
                                        "code",
                                        mc_json_string (child->body, "code"),
                                        "procedure",
                                        link->procedure,
                                        "title",
                                        link->name,
                                        "body",
                                        link->body));
    }
  if (children->len > 0)
    json_object_set (body, "linked", linked);
  return g_steal_pointer (&children);
}

char *
mc_desk_last_promise (const json_t *body, GPtrArray *children)
{
  const char *last = mc_json_string (body, "due");

  for (guint i = 0; i < children->len; i++)
    {
      const char *due = mc_json_string (((McNewChild *)children->pdata[i])->body, "due");

      if (last == NULL || (due != NULL && strcmp (due, last) > 0))
        last = due;
    }
  return g_strdup (last);
}

void
mc_desk_promise_with_children (McDesk *desk,
                               const McProcedure *procedure,
                               const McCase *the_case,
                               GDateTime *now,
                               char **due)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (new_child_free);
  g_autoptr (json_t) whole = json_pack ("{s:s}", "due", *due);

  for (guint i = 0; i < procedure->links->len; i++)
    {
      const McLink *link = procedure->links->pdata[i];
      g_autoptr (McProcedure) own = mc_store_procedure (desk->store, link->procedure, NULL);
      g_autoptr (GDateTime) begin = begin_of (children, link, now);
      McNewChild *child = g_new0 (McNewChild, 1);

      child->procedure = g_strdup (link->procedure);
      child->body = json_object ();
      if (own != NULL)
        promise (child->body, desk->store, link, own, the_case->id, begin);
      g_ptr_array_add (children, child);
    }
  g_free (*due);
  *due = mc_desk_last_promise (whole, children);
}

/* Where the body's office is known, it goes on there at once; this office keeps its sight of it. */
static gboolean
hand_on (McDesk *desk, const McNewChild *child, GError **error)
{
  g_autofree char *own = mc_store_fact (desk->store, "office");
  g_autoptr (json_t) body = NULL;
  g_autoptr (McOp) op = NULL;

  if (child->office == NULL)
    return TRUE;
  body = json_pack ("{s:[s,s]}", "offices", child->office, own);
  op = mc_store_append (desk->store,
                        desk->staff->id,
                        child->id,
                        MC_VERB_TRANSFER,
                        body,
                        NULL,
                        NULL,
                        error);
  return op != NULL;
}

gboolean
mc_desk_receive_children (McDesk *desk, GPtrArray *children, GError **error)
{
  for (guint i = 0; i < children->len; i++)
    {
      const McNewChild *child = children->pdata[i];
      g_autoptr (McOp) op = mc_store_append (desk->store,
                                             desk->staff->id,
                                             child->id,
                                             MC_VERB_RECEIVE,
                                             child->body,
                                             NULL,
                                             NULL,
                                             error);

      if (op == NULL || !hand_on (desk, child, error))
        return FALSE;
    }
  return TRUE;
}
