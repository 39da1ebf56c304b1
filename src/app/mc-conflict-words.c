/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-conflict-words.h"

#include "mc-group.h"
#include "mc-words.h"
#include <glib/gi18n.h>

json_t *
mc_conflict_value (const McConflict *conflict, guint place)
{
  g_return_val_if_fail (conflict != NULL && place < conflict->sides->len, NULL);

  McSide *side = g_ptr_array_index (conflict->sides, place);

  return side->value != NULL ? mc_json_parse (side->value, -1, NULL) : NULL;
}

/* A side that differs from @place, so that only the difference is shown. */
static json_t *
other_json (const McConflict *conflict, guint place)
{
  for (guint i = 0; i < conflict->sides->len; i++)
    {
      McSide *own = g_ptr_array_index (conflict->sides, place);
      McSide *side = g_ptr_array_index (conflict->sides, i);

      if (i != place && g_strcmp0 (own->value, side->value) != 0)
        return mc_conflict_value (conflict, i);
    }
  return NULL;
}

char *
mc_conflict_subject (const McConflict *conflict, const McProcedure *procedure)
{
  g_return_val_if_fail (conflict != NULL && conflict->sides->len > 0, NULL);

  g_autoptr (json_t) stands = mc_conflict_value (conflict, 0);
  g_autoptr (json_t) other = other_json (conflict, 0);

  if (other == NULL)
    return mc_words_group (conflict->group, procedure);
  return mc_words_difference (conflict->group, stands, other, procedure);
}

const char *
mc_conflict_place (const McSide *side)
{
  g_return_val_if_fail (side != NULL, NULL);

  if (side->here)
    return _ ("This machine");
  return side->stands ? _ ("The province") : _ ("Another machine");
}

char *
mc_conflict_side_words (const McConflict *conflict, guint place, const McNames *names)
{
  g_return_val_if_fail (conflict != NULL && place < conflict->sides->len, NULL);

  g_autoptr (json_t) own = mc_conflict_value (conflict, place);
  if (g_str_equal (conflict->group, MC_GROUP_OFFICES))
    return mc_words_offices (own, names != NULL ? names->store : NULL);
  g_autoptr (json_t) other = other_json (conflict, place);

  return mc_words_value (conflict->group, own, other);
}

char *
mc_conflict_before_words (const McConflict *conflict, const McNames *names)
{
  g_return_val_if_fail (conflict != NULL && conflict->sides->len > 0, NULL);

  g_autoptr (json_t) before =
      conflict->before != NULL ? mc_json_parse (conflict->before, -1, NULL) : NULL;
  g_autoptr (json_t) stands = mc_conflict_value (conflict, 0);
  g_autoptr (json_t) other = other_json (conflict, 0);
  g_autoptr (json_t) narrowed = NULL;

  if (json_is_array (before) && g_str_equal (conflict->group, MC_GROUP_OFFICES))
    return mc_words_offices (before, names != NULL ? names->store : NULL);
  if (!json_is_object (before) || !json_is_object (stands) || !json_is_object (other))
    return mc_words_value (conflict->group, before, NULL);

  /* Of the value before, only the fields that the two people disagree about. */
  narrowed = json_object ();
  const char *key;
  json_t *value;
  json_object_foreach (before, key, value)
  {
    json_t *a = json_object_get (stands, key);
    json_t *b = json_object_get (other, key);
    if (a == NULL || b == NULL || !json_equal (a, b))
      json_object_set (narrowed, key, value);
  }
  return mc_words_value (conflict->group, narrowed, NULL);
}

GStrv
mc_conflict_fields (const McConflict *conflict)
{
  g_autoptr (GStrvBuilder) fields = g_strv_builder_new ();

  g_return_val_if_fail (conflict != NULL, NULL);

  if (conflict->sides->len == 0 ||
      (conflict->kind != MC_CONFLICT_VALUE && conflict->kind != MC_CONFLICT_SETTLEMENTS))
    return g_strv_builder_end (fields);
  g_autoptr (json_t) stands = mc_conflict_value (conflict, 0);
  g_autoptr (json_t) other = other_json (conflict, 0);
  if (json_is_string (stands))
    g_strv_builder_add (fields, "");
  if (json_is_object (stands) && json_is_object (other) &&
      (g_str_equal (conflict->group, MC_GROUP_APPLICANT) ||
       g_str_equal (conflict->group, MC_GROUP_CONTACT)))
    {
      g_autoptr (json_t) both = json_copy (stands);
      const char *key;
      json_t *value;

      json_object_update_missing (both, other);
      json_object_foreach (both, key, value)
      {
        json_t *a = json_object_get (stands, key);
        json_t *b = json_object_get (other, key);

        if ((a == NULL || b == NULL || !json_equal (a, b)) &&
            mc_words_field (conflict->group, key) != NULL)
          g_strv_builder_add (fields, key);
      }
    }
  return g_strv_builder_end (fields);
}

static gboolean
about_number (const McConflict *conflict)
{
  g_autofree char *subject = mc_conflict_subject (conflict, NULL);

  return g_str_equal (subject, _ ("Phone number")) || g_str_equal (subject, _ ("Identity number"));
}

char *
mc_conflict_settled (const McConflict *conflict, guint place)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  if (place >= conflict->sides->len)
    return g_strdup (_ ("The new value stands. The earlier ones remain in the history."));

  McSide *side = g_ptr_array_index (conflict->sides, place);
  if (about_number (conflict))
    return g_strdup_printf (
        _ ("Kept the number entered by %s. The other number remains in the history."),
        side->by);
  return g_strdup_printf (_ ("Kept what %s entered. The other value remains in the history."),
                          side->by);
}

int
mc_conflict_side_by (const McConflict *conflict, const char *by)
{
  int found = -1;

  for (guint i = 0; i < conflict->sides->len; i++)
    {
      McSide *side = g_ptr_array_index (conflict->sides, i);

      if (g_strcmp0 (side->by, by) != 0)
        continue;
      if (found >= 0)
        return -1; /* twice the same person: the name does not choose */
      found = (int)i;
    }
  return found;
}

/* The same two offices received people twice: one answer may hold for all of them. */
static gboolean
same_offices (const McConflict *conflict, const McConflict *other)
{
  McOther *one = conflict->others->len > 0 ? conflict->others->pdata[0] : NULL;
  McOther *two = other->others->len > 0 ? other->others->pdata[0] : NULL;

  /* The same two seen from the other side are no second case. */
  return one != NULL && two != NULL && one->office != NULL &&
         g_strcmp0 (one->office, two->office) == 0 && g_strcmp0 (one->id, other->dossier) != 0;
}

gboolean
mc_conflict_alike (const McConflict *conflict, const McConflict *other)
{
  g_return_val_if_fail (conflict != NULL && other != NULL, FALSE);

  if (conflict == other || conflict->kind != other->kind ||
      conflict->sides->len != other->sides->len)
    return FALSE;
  if (conflict->kind == MC_CONFLICT_CODE)
    return TRUE;
  if (conflict->kind == MC_CONFLICT_TWIN)
    return same_offices (conflict, other);
  if (conflict->kind != MC_CONFLICT_DOCUMENTS && !g_str_equal (conflict->group, other->group))
    return FALSE;
  for (guint i = 0; i < conflict->sides->len; i++)
    {
      McSide *side = g_ptr_array_index (conflict->sides, i);

      if (mc_conflict_side_by (conflict, side->by) < 0 || mc_conflict_side_by (other, side->by) < 0)
        return FALSE;
    }
  if (conflict->kind == MC_CONFLICT_DOCUMENTS)
    return TRUE;
  g_autofree char *subject = mc_conflict_subject (conflict, NULL);
  g_autofree char *other_subject = mc_conflict_subject (other, NULL);
  return g_str_equal (subject, other_subject);
}
