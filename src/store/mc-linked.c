/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-linked.h"
#include "mc-store-private.h"

#include "mc-link.h"
#include "mc-look-back-private.h"
#include "mc-sync-store.h"
#include <string.h>

static void
child_free (gpointer data)
{
  McChild *child = data;

  g_free (child->id);
  g_free (child->code);
  g_free (child->title);
  g_free (child->body);
  g_free (child->state);
  g_free (child->due);
  g_free (child->offices);
  g_free (child);
}

const json_t *
mc_linked_parent (McRecord *record)
{
  return json_object_get (mc_record_peek (record, MC_GROUP_CASE), "parent");
}

/* The others that see it: whose desks it is on. */
static char *
other_offices (McStore *store, const char *dossier)
{
  g_autoptr (McRecord) record = mc_ledger_record (store->db, dossier, NULL);
  const json_t *offices = record != NULL ? mc_record_peek (record, MC_GROUP_OFFICES) : NULL;
  g_autofree char *own = mc_store_fact (store, "office");
  g_autoptr (GString) names = g_string_new (NULL);

  for (size_t i = 0; i < json_array_size (offices); i++)
    {
      const char *id = json_string_value (json_array_get (offices, i));
      g_autofree char *name =
          mc_db_text (store->db, NULL, "SELECT name FROM office WHERE id = ?1", "s", id);

      if (g_strcmp0 (id, own) == 0 || name == NULL)
        continue;
      g_string_append (names, names->len > 0 ? ", " : "");
      g_string_append (names, name);
    }
  return names->len > 0 ? g_strdup (names->str) : NULL;
}

static McChild *
read_child (McStore *store, const char *parent, const json_t *named)
{
  McChild *child = g_new0 (McChild, 1);
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   "SELECT state, due FROM dossier WHERE id = ?1 AND parent = ?2",
                   "ss",
                   mc_json_string (named, "id"),
                   parent);

  child->id = g_strdup (mc_json_string (named, "id"));
  child->code = g_strdup (mc_json_string (named, "code"));
  child->title = g_strdup (mc_json_string (named, "title"));
  child->body = g_strdup (mc_json_string (named, "body"));
  if (query == NULL || !mc_query_next (query, NULL))
    return child;
  child->state = g_strdup (mc_query_text (query, 0));
  child->due = g_strdup (mc_query_text (query, 1));
  child->offices = other_offices (store, child->id);
  if (store->back != NULL)
    {
      g_autoptr (McDossier) then = mc_store_dossier (store, child->id, NULL);

      g_free (child->due);
      child->due = then != NULL ? g_strdup (then->row->due) : NULL;
    }
  return child;
}

GPtrArray *
mc_store_children (McStore *store, McRecord *record)
{
  GPtrArray *children = g_ptr_array_new_with_free_func (child_free);
  const json_t *linked = json_object_get (mc_record_peek (record, MC_GROUP_CASE), "linked");

  for (size_t i = 0; i < json_array_size (linked); i++)
    g_ptr_array_add (children, read_child (store, record->id, json_array_get (linked, i)));
  return children;
}

/* The result of the whole is there with the last of its parts: a child whose time stood still, or
 * was put off, takes the promise of the whole along. */
static void
take_later (char **due, const char *other)
{
  if (other == NULL || (*due != NULL && strcmp (*due, other) >= 0))
    return;
  g_free (*due);
  *due = g_strdup (other);
}

void
mc_store_linked_status (McStore *store, McRecord *record, char **ret_state, char **ret_due)
{
  const json_t *status = mc_record_peek (record, MC_GROUP_STATUS);
  g_autoptr (GPtrArray) children = mc_store_children (store, record);
  g_autofree const char **states = g_new0 (const char *, children->len + 1);

  *ret_due = g_strdup (mc_json_string (status, "due"));
  *ret_state = NULL;
  for (guint i = 0; i < children->len; i++)
    {
      const McChild *child = children->pdata[i];

      states[i] = child->state;
      take_later (ret_due, child->due);
    }
  *ret_state = g_strdup (children->len > 0 ? mc_link_state (states, children->len)
                                           : mc_json_string (status, "state"));
}
