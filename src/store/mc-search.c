/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a dossier is searched by. A full-text index costs as much for one row as for fifty, so what
 * is new waits in `search_new`, which a search looks through as well, and goes into the index
 * together.
 */
#include "mc-store-private.h"

#include "mc-text.h"

#define WAIT_UP_TO 64

/* What waits replaces what the index has of the same dossier. */
static gboolean
flush (McStore *store, GError **error)
{
  gint64 count = 0;

  if (!mc_db_int (store->db, error, &count, "SELECT count(*) FROM search_new", ""))
    return FALSE;
  return count < WAIT_UP_TO || (mc_db_run (store->db,
                                           error,
                                           "INSERT OR REPLACE INTO dossier_search (rowid, text) "
                                           "SELECT row, text FROM search_new",
                                           "") &&
                                mc_db_run (store->db, error, "DELETE FROM search_new", ""));
}

gboolean
mc_store_put_search (McStore *store, gint64 row, gboolean is_new, GPtrArray *texts, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *folded = NULL;

  for (guint i = 0; i < texts->len; i++)
    if (texts->pdata[i] != NULL)
      g_string_append_printf (all, "%s ", (char *)texts->pdata[i]);
  folded = mc_text_fold (all->str);
  if (!is_new)
    {
      g_autofree char *known =
          mc_db_text (store->db,
                      NULL,
                      "SELECT coalesce ((SELECT text FROM search_new WHERE row = ?1), "
                      " (SELECT text FROM dossier_search WHERE rowid = ?1))",
                      "i",
                      row);

      /* A step changes nothing that is searched for. */
      if (g_strcmp0 (known, folded) == 0)
        return TRUE;
    }
  return mc_db_run (store->db,
                    error,
                    "INSERT OR REPLACE INTO search_new (row, text) VALUES (?1, ?2)",
                    "is",
                    row,
                    folded) &&
         flush (store, error);
}

gboolean
mc_store_drop_search (McStore *store, gint64 row, GError **error)
{
  return mc_db_run (store->db, error, "DELETE FROM search_new WHERE row = ?1", "i", row) &&
         mc_db_run (store->db, error, "DELETE FROM dossier_search WHERE rowid = ?1", "i", row);
}

/* "nguyen dinh 0421" as an FTS5 query: every word a quoted prefix, all of them. */
static char *
match_text (const char *search)
{
  g_autofree char *folded = mc_text_fold (search);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  GString *match = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (match, "%s\"%s\"*", match->len ? " AND " : "", words[i]);
  return g_string_free (match, FALSE);
}

char *
mc_store_search (McStore *store, const char *search, char **ret_match, GError **error)
{
  g_autofree char *match = match_text (search != NULL ? search : "");
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = NULL;

  *ret_match = NULL;
  if (*match == '\0')
    return g_strdup ("1");
  query = mc_db_query (store->db, error, "SELECT row, text FROM search_new", "");
  if (query == NULL)
    return NULL;
  while (mc_query_next (query, &problem))
    if (mc_text_matches (mc_query_text (query, 1), search))
      g_string_append_printf (rows,
                              "%s%" G_GINT64_FORMAT,
                              rows->len > 0 ? ", " : "",
                              mc_query_int (query, 0));
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  *ret_match = g_steal_pointer (&match);
  return g_strdup_printf ("row IN (SELECT rowid FROM dossier_search WHERE dossier_search MATCH ?1 "
                          "AND rowid NOT IN (SELECT row FROM search_new) "
                          "UNION ALL SELECT row FROM search_new WHERE row IN (%s))",
                          rows->str);
}
