/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dossier's way: steps with all that they can say, and promises that a calendar would move. */
#include "mc-ctl.h"

#include "mc-error.h"
#include <string.h>

static gboolean
wrong (GError **error, const char *what)
{
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "%s: not understood", what);
  return FALSE;
}

/* Ids of the dossiers named, one or many with commas between. */
static GStrv
dossiers_of (McCtl *ctl, const char *names, GError **error)
{
  g_auto (GStrv) split = g_strsplit (names, ",", -1);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; split[i] != NULL; i++)
    {
      g_autofree char *id = mc_store_resolve (ctl->store, split[i], error);

      if (id == NULL)
        return NULL;
      g_strv_builder_add (ids, id);
    }
  return g_strv_builder_end (ids);
}

/* "assignee=binh", "due=2026-12-01T17:00", "calendar=2026-11-21", "again=why"; else it is the note.
 */
static gboolean
read_word (McCtl *ctl, const char *word, McMove *move, char **ret_assignee, GError **error)
{
  static const char *const keys[] = { "assignee=", "due=", "calendar=", "again=" };
  const char **const members[] = { &move->assignee, &move->due, &move->calendar, &move->again };
  g_autoptr (McStaff) staff = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_has_prefix (word, keys[i]))
      {
        *members[i] = word + strlen (keys[i]);
        if (i > 0)
          return TRUE;
        staff = mc_store_staff_by_login (ctl->store, move->assignee);
        if (staff == NULL)
          return wrong (error, word);
        *ret_assignee = g_strdup (staff->id);
        move->assignee = *ret_assignee;
        return TRUE;
      }
  if (move->note != NULL)
    return wrong (error, word);
  move->note = word;
  return TRUE;
}

gboolean
mc_ctl_step (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (GStrv) dossiers = dossiers_of (ctl, argv[0], error);
  g_autofree char *assignee = NULL;
  McMove move = { .step = argv[1] };
  guint moved = 0;

  if (dossiers == NULL)
    return FALSE;
  for (int i = 2; i < argc; i++)
    if (!read_word (ctl, argv[i], &move, &assignee, error))
      return FALSE;
  if (g_strv_length (dossiers) == 1)
    return mc_desk_move (ctl->desk, dossiers[0], &move, error);
  if (!mc_desk_move_all (ctl->desk, (const char *const *)dossiers, &move, &moved, error))
    return FALSE;
  mc_ctl_print (ctl, json_pack ("{s:i}", "moved", (int)moved));
  return TRUE;
}

gboolean
mc_ctl_moved (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) moved = mc_store_moved (ctl->store, error);
  json_t *all;

  if (moved == NULL)
    return FALSE;
  all = json_array ();
  for (guint i = 0; i < moved->len; i++)
    {
      const McMoved *one = moved->pdata[i];

      json_array_append_new (all,
                             json_pack ("{s:s,s:s,s:s?,s:s?}",
                                        "dossier",
                                        one->dossier,
                                        "code",
                                        one->code,
                                        "due",
                                        one->due,
                                        "moved",
                                        one->moved));
    }
  mc_ctl_print_all (ctl, all);
  return TRUE;
}

gboolean
mc_ctl_promise (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (GStrv) dossiers = dossiers_of (ctl, argv[0], error);
  gboolean by_calendar = g_str_equal (argv[1], "calendar");
  guint answered = 0;

  if (dossiers == NULL)
    return FALSE;
  if (!by_calendar && !g_str_equal (argv[1], "paper"))
    return wrong (error, argv[1]);
  if (!mc_desk_promise_anew (ctl->desk,
                             (const char *const *)dossiers,
                             by_calendar,
                             argv[2],
                             &answered,
                             error))
    return FALSE;
  mc_ctl_print (ctl, json_pack ("{s:i}", "answered", (int)answered));
  return TRUE;
}
