/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ctl.h"

#include "mc-error.h"

gboolean
mc_ctl_set (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *id = mc_store_resolve (ctl->store, argv[0], error);
  g_autoptr (json_t) value = id ? mc_json_parse (argv[2], -1, error) : NULL;

  return value != NULL && mc_desk_set (ctl->desk, id, argv[1], value, error);
}

gboolean
mc_ctl_attach (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *id = mc_store_resolve (ctl->store, argv[0], error);
  g_autoptr (json_t) document = id ? mc_desk_import (ctl->desk, argv[2], error) : NULL;

  if (document == NULL || !mc_desk_attach (ctl->desk, id, argv[1], document, error))
    return FALSE;
  mc_ctl_print (ctl, json_incref (document));
  return TRUE;
}

gboolean
mc_ctl_fee (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *id = mc_store_resolve (ctl->store, argv[0], error);

  return id != NULL && mc_desk_take_fee (ctl->desk,
                                         id,
                                         g_ascii_strtoll (argv[1], NULL, 10),
                                         argc > 2 ? argv[2] : "cash",
                                         error);
}

static McConflict *
find_conflict (McCtl *ctl, const char *name, GPtrArray **ret_all, GError **error)
{
  g_auto (GStrv) halves = g_strsplit (name, "/", 2);
  g_autofree char *id = mc_store_resolve (ctl->store, halves[0] ? halves[0] : "", error);

  *ret_all = id ? mc_store_conflicts (ctl->store, id, error) : NULL;
  for (guint i = 0; *ret_all != NULL && i < (*ret_all)->len; i++)
    {
      McConflict *conflict = (*ret_all)->pdata[i];

      if (halves[1] == NULL || g_str_equal (conflict->group, halves[1]))
        return conflict;
    }
  if (*ret_all != NULL)
    g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no conflict %s", name);
  return NULL;
}

/* The value of the side made here, or of the one made elsewhere. */
static json_t *
side_value (const McConflict *conflict, gboolean here)
{
  for (guint i = 0; i < conflict->sides->len; i++)
    {
      const McSide *side = conflict->sides->pdata[i];

      if (side->here == here)
        return mc_json_parse (side->value, -1, NULL);
    }
  return NULL;
}

gboolean
mc_ctl_settle (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  McConflict *conflict = find_conflict (ctl, argv[0], &all, error);
  g_autoptr (json_t) value = NULL;

  if (conflict == NULL)
    return FALSE;
  if (conflict->others->len > 0 &&
      (g_str_equal (argv[1], "same") || g_str_equal (argv[1], "other")))
    return mc_desk_answer_twin (ctl->desk,
                                conflict->dossier,
                                ((McOther *)conflict->others->pdata[0])->id,
                                argv[1],
                                error);
  if (g_str_equal (argv[1], "ours"))
    value = side_value (conflict, TRUE);
  else if (g_str_equal (argv[1], "theirs"))
    value = side_value (conflict, FALSE);
  else if (g_str_equal (argv[1], "both"))
    value = mc_conflict_both (conflict);
  else if (g_str_equal (argv[1], "value") && argc == 3)
    value = mc_json_parse (argv[2], -1, error);
  if (value == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "%s: no such side, or no value", argv[1]);
      return FALSE;
    }
  return mc_desk_settle (ctl->desk, conflict->id, value, NULL, error);
}
