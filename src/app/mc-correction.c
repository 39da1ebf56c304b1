/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-correction.h"

#include "mc-group.h"

static gboolean
is (const McWaiting *refused, const char *verb)
{
  return g_strcmp0 (refused->verb, verb) == 0;
}

/* Of an act, the words that go with it are the body's own members. */
static const char *
act_group (const McWaiting *refused)
{
  if (is (refused, MC_VERB_NOTE))
    return MC_GROUP_NOTE;
  if (is (refused, MC_VERB_STEP))
    return MC_GROUP_STATUS;
  if (is (refused, MC_VERB_TRANSFER))
    return MC_GROUP_OFFICES;
  return NULL;
}

GStrv
mc_correction_groups (const McWaiting *refused, json_t *body)
{
  static const char *const written[] = { MC_GROUP_APPLICANT, MC_GROUP_CONTACT, MC_GROUP_SUBJECT };
  g_autoptr (GStrvBuilder) groups = g_strv_builder_new ();

  g_return_val_if_fail (refused != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    if (is (refused, MC_VERB_RECEIVE) ||
        (is (refused, MC_VERB_SET) && mc_correction_value (refused, body, written[i]) != NULL))
      g_strv_builder_add (groups, written[i]);
  if (act_group (refused) != NULL)
    g_strv_builder_add (groups, act_group (refused));
  return g_strv_builder_end (groups);
}

json_t *
mc_correction_value (const McWaiting *refused, json_t *body, const char *group)
{
  g_return_val_if_fail (refused != NULL && group != NULL, NULL);

  if (is (refused, MC_VERB_RECEIVE))
    return json_object_get (body, group);
  if (is (refused, MC_VERB_SET))
    return json_object_get (json_object_get (body, "groups"), group);
  return g_strcmp0 (act_group (refused), group) == 0 ? body : NULL;
}

static gboolean
is_empty (json_t *value)
{
  return (json_is_object (value) && json_object_size (value) == 0) ||
         g_strcmp0 (json_string_value (value), "") == 0;
}

void
mc_correction_put (const McWaiting *refused, json_t *body, const char *group, json_t *value)
{
  g_return_if_fail (refused != NULL && body != NULL && group != NULL && value != NULL);

  if (is (refused, MC_VERB_RECEIVE) && is_empty (value))
    {
      json_object_del (body, group);
      json_decref (value);
    }
  else if (is (refused, MC_VERB_RECEIVE))
    json_object_set_new (body, group, value);
  else if (is (refused, MC_VERB_SET))
    json_object_set_new (json_object_get (body, "groups"), group, value);
  else
    {
      json_object_update (body, value);
      json_decref (value);
    }
}

const char *
mc_correction_document (const McWaiting *refused, json_t *body)
{
  const char *id;
  json_t *part;

  g_return_val_if_fail (refused != NULL, NULL);

  if (is (refused, MC_VERB_ATTACH))
    return mc_json_string (json_object_get (body, "document"), "sha256");
  json_object_foreach (json_object_get (body, "parts"), id, part)
  {
    const char *sha256 = mc_json_string (json_object_get (part, "document"), "sha256");

    if (sha256 != NULL)
      return sha256;
  }
  return NULL;
}
