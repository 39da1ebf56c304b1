/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way in with a one-time code, by way of the province. */
#include "mc-door-private.h"

#include "mc-error.h"
#include "mc-text.h"
#include <string.h>

/* The pair of this code; a new one for another. */
static void
pair_for (McDoor *door, const char *login, const char *code, McUnlockKey *ret_pair)
{
  g_autofree char *asked = g_strconcat (login, "\n", code, NULL);

  g_mutex_lock (&door->mutex);
  if (g_strcmp0 (door->asked, asked) != 0)
    {
      g_free (door->asked);
      door->asked = g_steal_pointer (&asked);
      mc_unlock_key_make (&door->pair);
    }
  *ret_pair = door->pair;
  g_mutex_unlock (&door->mutex);
}

/* Asks once, and where the province has forgotten this desk (a restored one), once more with its
 * certificate. */
static McUnlockAnswer *
ask_province (const McOfficeNote *note,
              McUnlockAsk *ask,
              const McUnlockKey *pair,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (McRoad) road = mc_road_new (note->enrolment->server);
  g_autoptr (GError) problem = NULL;
  McUnlockAnswer *answer;
  McPublicKey province;

  if (!mc_base64_decode (note->enrolment->province_key, province.bytes, sizeof province.bytes))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_DAMAGED, "office: not a province's key");
      return NULL;
    }
  answer = mc_road_unlock (road, ask, pair, &province, cancellable, &problem);
  if (g_error_matches (problem, MC_ERROR, MC_ERROR_NOT_FOUND) &&
      note->enrolment->certificate != NULL)
    {
      ask->certificate = note->enrolment->certificate;
      return mc_road_unlock (road, ask, pair, &province, cancellable, error);
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return answer;
}

/* The key that the province has opened, if it is this profile's; of a fresh one its own. */
static McDataKey *
key_of (McDoor *door, const McUnlockAnswer *answer, GError **error)
{
  g_autoptr (McVault) vault = mc_door_vault (door, error);
  g_autoptr (McDataKey) key = NULL;

  if (vault == NULL)
    return NULL;
  if (answer->content == NULL)
    return mc_profile_fresh_key (door->profile, error);
  if (g_bytes_get_size (answer->content) == MC_DATA_KEY_BYTES)
    key = mc_data_key_new_from (g_bytes_get_data (answer->content, NULL));
  if (key == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_DAMAGED, "office: no key was sealed in it");
      return NULL;
    }
  return mc_vault_check (vault, key, error) ? g_steal_pointer (&key) : NULL;
}

static McArrival *
arrival_of (McUnlockAnswer *answer, McDataKey *key)
{
  McArrival *arrival = g_new0 (McArrival, 1);

  arrival->login = g_strdup (answer->login);
  arrival->key = key;
  arrival->staff = g_new0 (McStaff, 1);
  arrival->staff->id = g_strdup (answer->staff);
  arrival->staff->login = g_strdup (answer->login);
  arrival->staff->name = g_strdup (answer->name);
  arrival->staff->role = answer->role;
  arrival->staff->office = g_strdup (answer->office);
  arrival->staff->active = TRUE;
  arrival->must_choose = TRUE;
  return arrival;
}

McArrival *
mc_door_activate (McDoor *door,
                  const char *login,
                  const char *code,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (McOfficeNote) note = NULL;
  g_autoptr (McUnlockAnswer) answer = NULL;
  g_autofree char *name = NULL;
  McUnlockAsk ask = { 0 };
  McUnlockKey pair;
  McDataKey *key;

  g_return_val_if_fail (door != NULL && login != NULL && code != NULL, NULL);

  note = mc_door_office (door);
  if (note == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NOT_FOUND, "this desk is not enrolled");
      return NULL;
    }
  name = mc_text_clean (login);
  pair_for (door, name, code, &pair);
  ask.login = name;
  ask.code = (char *)code;
  ask.device = note->enrolment->device;
  ask.sealed = note->sealed;
  memcpy (ask.to, pair.public, sizeof ask.to);
  answer = ask_province (note, &ask, &pair, cancellable, error);
  mc_unlock_key_wipe (&pair);
  key = answer != NULL ? key_of (door, answer, error) : NULL;
  return key != NULL ? arrival_of (answer, key) : NULL;
}
