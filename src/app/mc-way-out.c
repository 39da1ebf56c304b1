/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-way-out.h"

#include "mc-moment.h"
#include <glib/gi18n.h>

void
mc_way_out_free (McWayOut *way)
{
  if (way == NULL)
    return;
  g_free (way->place);
  g_free (way->title);
  g_free (way->who);
  g_free (way->keep);
  g_free (way->after);
  g_free (way);
}

static McSide *
side_of (const McConflict *conflict, guint place)
{
  return conflict->sides->pdata[place];
}

static char *
state_of (const McConflict *conflict, guint place)
{
  g_autoptr (json_t) value = mc_conflict_value (conflict, place);

  return g_strdup (mc_json_string (value, "state"));
}

/* What every side says of itself. */
static McWayOut *
new_side (const McConflict *conflict, guint place, const McNames *names, gint64 now_ms)
{
  McWayOut *way = g_new0 (McWayOut, 1);
  McSide *side = side_of (conflict, place);
  g_autofree char *at = mc_moment_words (side->at_ms, now_ms);

  way->side = (int)place;
  way->place = side->stands ? g_strdup_printf (_ ("%s · stands now"), mc_conflict_place (side))
                            : g_strdup (mc_conflict_place (side));
  way->who = g_strdup_printf ("%s, %s", side->by, at);
  return way;
}

static void
tell_value (McWayOut *way, const McConflict *conflict, guint place, const McNames *names)
{
  McSide *side = side_of (conflict, place);

  way->title = mc_conflict_side_words (conflict, place, names);
  way->keep = g_strdup_printf (_ ("Keep what %s entered"), side->by);
  way->after = mc_conflict_settled (conflict, place);
}

static void
tell_settlement (McWayOut *way, const McConflict *conflict, guint place, const McNames *names)
{
  McSide *side = side_of (conflict, place);

  way->title = mc_conflict_side_words (conflict, place, names);
  way->keep = g_strdup_printf (_ ("Keep what %s chose"), side->by);
  way->after =
      g_strdup_printf (_ ("Kept what %s chose. The other value remains in the history."), side->by);
}

static void
tell_step (McWayOut *way, const McConflict *conflict, guint place)
{
  McSide *side = side_of (conflict, place);
  g_autofree char *state = state_of (conflict, place);
  const char *words = mc_words_state (state);
  gboolean withdrawn = g_strcmp0 (state, MC_STATE_WITHDRAWN) == 0;

  way->title = g_strdup (words);
  if (side->step != NULL)
    {
      g_autofree char *who = g_steal_pointer (&way->who);
      way->who = g_strdup_printf ("%s: %s", who, mc_words_stepped (side->step));
    }
  if (conflict->kind != MC_CONFLICT_WITHDRAWAL)
    {
      way->keep = g_strdup_printf (_ ("Keep the step of %s"), side->by);
      way->after =
          g_strdup_printf (_ ("The dossier is now: %s. The other step remains in the history."),
                           words);
      return;
    }
  way->keep = g_strdup (withdrawn ? _ ("Let it be withdrawn") : _ ("Go on with the dossier"));
  way->after =
      withdrawn
          ? g_strdup (_ ("The dossier is withdrawn. The other step remains in the history."))
          : g_strdup_printf (_ ("The dossier goes on: %s. The withdrawal remains in the history."),
                             words);
}

static void
tell_decision (McWayOut *way, const McConflict *conflict, guint place)
{
  McSide *side = side_of (conflict, place);
  g_autofree char *state = state_of (conflict, place);
  const char *words = mc_words_state (state);
  gboolean returned = g_strcmp0 (state, MC_STATE_RETURNED) == 0;

  if (mc_step_decides (side->step) && !side->stands)
    {
      way->title =
          g_strdup (returned ? _ ("The result stays handed over") : _ ("The approval stands"));
      way->keep =
          g_strdup (returned ? _ ("Let the handing over stand") : _ ("Let the approval stand"));
      way->after =
          g_strdup (returned ? _ ("The handing over stands. What was changed is kept as well.")
                             : _ ("The approval stands. What was changed is kept as well."));
      return;
    }
  way->title = g_strdup_printf (_ ("Look at it again: %s"), words);
  way->keep = g_strdup_printf (_ ("Back to “%s”"), words);
  way->after =
      g_strdup_printf (_ ("The dossier is back at “%s”. The decision remains in the history."),
                       words);
}

static void
tell_document (McWayOut *way, const McConflict *conflict, guint place)
{
  McSide *side = side_of (conflict, place);
  g_autoptr (json_t) value = mc_conflict_value (conflict, place);
  const char *name = mc_json_string (json_object_get (value, "document"), "name");

  way->title = g_strdup (name != NULL ? name : _ ("No scan"));
  way->keep = g_strdup_printf (_ ("Keep only the scan of %s"), side->by);
  way->after =
      g_strdup_printf (_ ("Kept the scan added by %s. The other scan remains in the history."),
                       side->by);
}

/* Which money stands, and whose is to be paid back: said by amount and name. */
static void
tell_fee (McWayOut *way, const McConflict *conflict, guint place)
{
  McSide *side = side_of (conflict, place);
  g_autoptr (GString) back = g_string_new (NULL);

  for (guint i = 0; i < conflict->sides->len; i++)
    {
      g_autofree char *fee = i == place ? NULL : mc_conflict_fee_words (conflict, i);

      if (fee != NULL)
        {
          /* TRANSLATORS: "8.000 đ tiền mặt", a person */
          g_string_append (back, back->len > 0 ? ", " : "");
          g_string_append_printf (back, _ ("%s taken by %s"), fee, side_of (conflict, i)->by);
        }
    }
  way->title = mc_conflict_fee_words (conflict, place);
  way->keep = g_strdup_printf (_ ("Keep the fee taken by %s"), side->by);
  way->after = g_strdup_printf (_ ("Kept the fee taken by %s. To be paid back to the "
                                   "applicant: %s. Both remain in the history."),
                                side->by,
                                back->str);
}

static void
tell_transfer (McWayOut *way, const McConflict *conflict, guint place, const McNames *names)
{
  McSide *side = side_of (conflict, place);

  way->title = mc_conflict_side_words (conflict, place, names);
  way->keep = g_strdup_printf (_ ("Keep the office chosen by %s"), side->by);
  way->after = g_strdup_printf (
      _ ("The dossier is now with: %s. The other transfer remains in the history."),
      way->title);
}

static McWayOut *
new_both (const McConflict *conflict)
{
  McWayOut *way = g_new0 (McWayOut, 1);

  way->side = -1;
  way->both = TRUE;
  way->title = conflict->sides->len == 2
                   ? g_strdup (_ ("Both scans"))
                   : g_strdup_printf (_ ("All %u scans"), conflict->sides->len);
  way->who = g_strdup (_ ("They stay side by side under this paper"));
  way->keep = conflict->sides->len == 2 ? g_strdup (_ ("Keep both"))
                                        : g_strdup_printf (_ ("Keep all %u"), conflict->sides->len);
  way->after = g_strdup (_ ("All the scans of this paper are kept, side by side."));
  return way;
}

static McWayOut *
new_answer (const char *answer, const char *title, const char *what, const char *after)
{
  McWayOut *way = g_new0 (McWayOut, 1);

  way->side = -1;
  way->answer = answer;
  way->title = g_strdup (title);
  way->who = g_strdup (what);
  way->keep = g_strdup (title);
  way->after = g_strdup (after);
  return way;
}

static void
add_answers (GPtrArray *ways)
{
  g_ptr_array_add (ways,
                   new_answer ("same",
                               _ ("One and the same matter"),
                               _ ("Each dossier says so of the other; none is deleted"),
                               _ ("Noted on both dossiers: one and the same matter. Both are kept; "
                                  "withdraw the one that is not needed.")));
  g_ptr_array_add (ways,
                   new_answer ("other",
                               _ ("Two different matters"),
                               _ ("Both go on as usual"),
                               _ ("Noted on both dossiers: two different matters. Both go on.")));
}

static McWayOut *
way_out_of (const McConflict *conflict, guint place, const McNames *names, gint64 now_ms)
{
  McWayOut *way = new_side (conflict, place, names, now_ms);

  switch (conflict->kind)
    {
    case MC_CONFLICT_STEPS:
    case MC_CONFLICT_WITHDRAWAL:
      tell_step (way, conflict, place);
      break;
    case MC_CONFLICT_DOCUMENTS:
      tell_document (way, conflict, place);
      break;
    case MC_CONFLICT_FEES:
      tell_fee (way, conflict, place);
      break;
    case MC_CONFLICT_SETTLEMENTS:
      tell_settlement (way, conflict, place, names);
      break;
    case MC_CONFLICT_CHANGED:
      tell_decision (way, conflict, place);
      break;
    case MC_CONFLICT_TRANSFERS:
      tell_transfer (way, conflict, place, names);
      break;
    case MC_CONFLICT_VALUE:
    case MC_CONFLICT_TWIN:
    case MC_CONFLICT_CODE:
      tell_value (way, conflict, place, names);
      break;
    }
  return way;
}

GPtrArray *
mc_ways_out (const McConflict *conflict, const McNames *names, gint64 now_ms)
{
  GPtrArray *ways = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_way_out_free);

  g_return_val_if_fail (conflict != NULL, ways);

  if (conflict->kind == MC_CONFLICT_TWIN || conflict->kind == MC_CONFLICT_CODE)
    {
      add_answers (ways);
      return ways;
    }
  if (conflict->kind == MC_CONFLICT_DOCUMENTS)
    g_ptr_array_add (ways, new_both (conflict));
  for (guint i = 0; i < conflict->sides->len; i++)
    g_ptr_array_add (ways, way_out_of (conflict, i, names, now_ms));
  return ways;
}
