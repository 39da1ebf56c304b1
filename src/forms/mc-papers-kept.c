/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office's papers as its leader said them: each thing is a group of the office's record. */
#include "mc-papers.h"

#include "mc-office-papers.h"

#define P MC_GROUP_PAPERS_PREFIX
#define SET P "set"
#define HEAD P "head"
#define LAYOUT P "layout."
#define DECLARATION P "declaration."

/* The lists of a file, and under which name each of theirs is a group. */
static const struct
{
  const char *list, *prefix;
} lists[] = {
  { "layouts", LAYOUT },
  { "declarations", DECLARATION },
};

static void
put (json_t *groups, const char *prefix, const char *name, json_t *value)
{
  g_autofree char *group = g_strconcat (prefix, name, NULL);

  if (json_is_string (value) || json_object_size (value) > 0)
    json_object_set (groups, group, value);
}

/* A file of the office's papers, by group. */
static json_t *
groups_of (const json_t *json)
{
  json_t *groups = json_object ();
  const char *kind;
  json_t *form;

  put (groups, SET, "", json_object_get (json, "set"));
  put (groups, HEAD, "", json_object_get (json, "head"));
  json_object_foreach (json_object_get (json, "forms"), kind, form) put (groups, P, kind, form);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const json_t *list = json_object_get (json, lists[i].list);

      for (size_t j = 0; j < json_array_size (list); j++)
        {
          json_t *one = json_array_get (list, j);

          if (mc_json_string (one, "id") != NULL)
            put (groups, lists[i].prefix, mc_json_string (one, "id"), one);
        }
    }
  return groups;
}

/* The array without the one of that id, made where there is none. */
static json_t *
list_without (json_t *json, const char *list, const char *id)
{
  json_t *all = json_object_get (json, list);

  if (all == NULL)
    {
      all = json_array ();
      json_object_set_new (json, list, all);
    }
  for (size_t i = json_array_size (all); i-- > 0;)
    if (g_strcmp0 (mc_json_string (json_array_get (all, i), "id"), id) == 0)
      json_array_remove (all, i);
  return all;
}

static void
put_member (json_t *object, const char *key, json_t *value)
{
  if (json_is_null (value))
    json_object_del (object, key);
  else
    json_object_set (object, key, value);
}

void
mc_papers_put (json_t *json, const char *group, json_t *value)
{
  json_t *forms = json_object_get (json, "forms");

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_has_prefix (group, lists[i].prefix))
      {
        json_t *all = list_without (json, lists[i].list, group + strlen (lists[i].prefix));

        if (!json_is_null (value))
          json_array_append (all, value);
        return;
      }
  if (g_str_equal (group, SET))
    json_object_set_new (json,
                         "set",
                         json_is_null (value) ? json_string (MC_PAPERS_SET) : json_incref (value));
  else if (g_str_equal (group, HEAD))
    put_member (json, "head", value);
  else if (g_str_has_prefix (group, P))
    {
      if (forms == NULL)
        {
          forms = json_object ();
          json_object_set_new (json, "forms", forms);
        }
      put_member (forms, group + strlen (P), value);
    }
}

static json_t *
usual (void)
{
  return json_pack ("{s:s}", "set", MC_PAPERS_SET);
}

/* What a newer program said and this one cannot read leaves that thing alone as usual. */
static McPapers *
of_groups (json_t *groups)
{
  g_autoptr (json_t) json = usual ();
  McPapers *whole;
  const char *group;
  json_t *value;

  json_object_foreach (groups, group, value) mc_papers_put (json, group, value);
  whole = mc_papers_parse (json, NULL);
  if (whole != NULL)
    return whole;
  json_decref (json);
  json = usual ();
  json_object_foreach (groups, group, value)
  {
    g_autoptr (json_t) alone = usual ();
    g_autoptr (McPapers) one = NULL;

    mc_papers_put (alone, group, value);
    one = mc_papers_parse (alone, NULL);
    if (one != NULL)
      mc_papers_put (json, group, value);
  }
  return mc_papers_parse (json, NULL);
}

McPapers *
mc_papers_of (McStore *store)
{
  g_autoptr (json_t) groups = NULL;
  g_autoptr (json_t) before = NULL;
  g_autoptr (json_t) as_usual = usual ();
  McPapers *papers;

  g_return_val_if_fail (store != NULL, NULL);

  groups = mc_store_papers (store);
  if (groups != NULL)
    return of_groups (groups);
  before = mc_store_papers_before (store);
  papers = before != NULL ? mc_papers_parse (before, NULL) : NULL;
  return papers != NULL ? papers : mc_papers_parse (as_usual, NULL);
}

gboolean
mc_papers_may_change (McRole role)
{
  return mc_role_may (role, MC_VERB_PAPERS);
}

/* What is to be said so that @shown becomes @wanted. */
static json_t *
difference (json_t *shown, json_t *wanted)
{
  json_t *groups = json_object ();
  const char *group;
  json_t *value;

  json_object_foreach (wanted, group, value)
  {
    if (!json_equal (json_object_get (shown, group), value))
      json_object_set (groups, group, value);
  }
  json_object_foreach (shown, group, value)
  {
    if (json_object_get (wanted, group) == NULL)
      json_object_set_new (groups, group, json_null ());
  }
  return groups;
}

static gboolean
say (McDesk *desk,
     json_t *shown,
     const json_t *json,
     const json_t *bases,
     json_t **ret_bases,
     GError **error)
{
  g_autoptr (McPapers) papers = mc_papers_parse (json, error);
  g_autoptr (json_t) whole = papers != NULL ? mc_papers_json (papers) : NULL;
  g_autoptr (json_t) wanted = papers != NULL ? groups_of (whole) : NULL;
  g_autoptr (json_t) groups = papers != NULL ? difference (shown, wanted) : NULL;

  if (papers == NULL)
    return FALSE;
  if (json_object_size (groups) > 0)
    return mc_desk_papers (desk, groups, bases, ret_bases, error);
  if (ret_bases != NULL)
    *ret_bases = json_object ();
  return TRUE;
}

gboolean
mc_papers_keep (McDesk *desk, const json_t *json, GError **error)
{
  g_autoptr (json_t) standing = NULL;
  g_autoptr (json_t) none = json_object ();

  g_return_val_if_fail (desk != NULL && json != NULL, FALSE);

  standing = mc_store_papers (mc_desk_store (desk));
  return say (desk, standing != NULL ? standing : none, json, NULL, NULL, error);
}

gboolean
mc_papers_change (McDesk *desk,
                  const json_t *shown,
                  const json_t *json,
                  const json_t *bases,
                  json_t **ret_bases,
                  GError **error)
{
  g_autoptr (json_t) standing = NULL;
  g_autoptr (json_t) seen = NULL;

  g_return_val_if_fail (desk != NULL && shown != NULL && json != NULL, FALSE);

  standing = mc_store_papers (mc_desk_store (desk));
  /* The first word also says what this desk had alone. */
  seen = standing != NULL ? groups_of (shown) : json_object ();
  return say (desk, seen, json, bases, ret_bases, error);
}
