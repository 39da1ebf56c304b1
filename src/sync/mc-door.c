/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-door-private.h"

#include "mc-error.h"
#include "mc-rebuild.h"
#include "mc-secret.h"
#include "mc-text.h"
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

McDoor *
mc_door_new (const char *profile, const McClock *clock, const McMachineSecret *machine)
{
  McDoor *door;

  g_return_val_if_fail (profile != NULL && clock != NULL && machine != NULL, NULL);

  door = g_atomic_rc_box_new0 (McDoor);
  door->profile = g_strdup (profile);
  door->clock = clock;
  door->machine = machine;
  g_mutex_init (&door->mutex);
  return door;
}

McDoor *
mc_door_new_backup (McDoor *door, const McBackup *backup)
{
  McDoor *other;

  g_return_val_if_fail (door != NULL && backup != NULL, NULL);

  other = mc_door_new (door->profile, door->clock, door->machine);
  other->backup = mc_backup_copy (backup);
  return other;
}

McDoor *
mc_door_ref (McDoor *door)
{
  return g_atomic_rc_box_acquire (door);
}

static void
door_clear (gpointer data)
{
  McDoor *door = data;

  mc_unlock_key_wipe (&door->pair);
  g_mutex_clear (&door->mutex);
  mc_backup_free (door->backup);
  g_free (door->asked);
  g_free (door->profile);
}

void
mc_door_unref (McDoor *door)
{
  g_atomic_rc_box_release_full (door, door_clear);
}

const char *
mc_door_profile (McDoor *door)
{
  return door->profile;
}

const McClock *
mc_door_clock (McDoor *door)
{
  return door->clock;
}

void
mc_arrival_free (McArrival *arrival)
{
  if (arrival == NULL)
    return;
  g_free (arrival->login);
  if (arrival->before != NULL)
    explicit_bzero (arrival->before, strlen (arrival->before));
  g_free (arrival->before);
  g_clear_pointer (&arrival->key, mc_data_key_unref);
  g_clear_pointer (&arrival->staff, mc_staff_free);
  g_free (arrival);
}

/* Whether another window has it open. */
static gboolean
busy (McDoor *door)
{
  g_autofree char *path = g_build_filename (door->profile, "lock", NULL);
  int fd = open (path, O_RDWR | O_CLOEXEC);
  gboolean taken = fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0;

  if (fd >= 0)
    close (fd);
  return taken;
}

/* A plain file can be looked into without anybody: is it a database at all? */
static void
look_into_plain (McDoor *door, GError **error)
{
  g_autoptr (McStore) store = mc_store_open_reader (door->profile, door->clock, NULL, error);
  g_autoptr (GPtrArray) staff = store != NULL ? mc_store_staff_all (store, error) : NULL;
}

gboolean
mc_door_look (McDoor *door, McProfileState *ret_state, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *ret_state = mc_profile_state (door->profile, &problem);
  if (problem == NULL && *ret_state == MC_PROFILE_PLAIN)
    look_into_plain (door, &problem);
  if (problem == NULL && busy (door))
    g_set_error (&problem, MC_ERROR, MC_ERROR_BUSY, "%s is open in another window", door->profile);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
is_plain (McDoor *door)
{
  return mc_profile_state (door->profile, NULL) == MC_PROFILE_PLAIN;
}

/* A profile of before there were keys can be asked itself. */
static McStore *
plain_reader (McDoor *door)
{
  return is_plain (door) ? mc_store_open_reader (door->profile, door->clock, NULL, NULL) : NULL;
}

McVault *
mc_door_vault (McDoor *door, GError **error)
{
  return door->backup != NULL ? mc_backup_vault (door->backup, error)
                              : mc_vault_load (door->profile, error);
}

McOfficeNote *
mc_door_office (McDoor *door)
{
  g_autofree char *path = door->backup != NULL ? mc_backup_office (door->backup) : NULL;

  return path != NULL ? mc_office_note_read_file (path) : mc_office_note_read (door->profile);
}

McEnrolment *
mc_door_enrolment (McDoor *door)
{
  g_autoptr (McOfficeNote) note = mc_door_office (door);
  g_autoptr (McStore) plain = note == NULL ? plain_reader (door) : NULL;

  if (note != NULL)
    return g_steal_pointer (&note->enrolment);
  return plain != NULL ? mc_store_enrolment (plain) : NULL;
}

static GPtrArray *
plain_people (McDoor *door)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_vault_person_free);
  g_autoptr (McStore) plain = plain_reader (door);
  g_autoptr (GPtrArray) staff = plain != NULL ? mc_store_staff_all (plain, NULL) : NULL;

  for (guint i = 0; staff != NULL && i < staff->len; i++)
    {
      const McStaff *one = staff->pdata[i];
      McVaultPerson *person = g_new0 (McVaultPerson, 1);

      person->login = g_strdup (one->login);
      person->name = g_strdup (one->name);
      g_ptr_array_add (people, person);
    }
  return people;
}

/* Its place in who came last; after all of them where it never did. */
static size_t
recency (const json_t *last, const char *login)
{
  size_t i = 0;

  while (i < json_array_size (last) &&
         g_strcmp0 (json_string_value (json_array_get (last, i)), login) != 0)
    i++;
  return i;
}

static int
by_recency (gconstpointer a, gconstpointer b, gpointer last)
{
  const McVaultPerson *one = *(McVaultPerson *const *)a;
  const McVaultPerson *other = *(McVaultPerson *const *)b;
  size_t first = recency (last, one->login);
  size_t second = recency (last, other->login);

  return first != second ? (first < second ? -1 : 1) : g_utf8_collate (one->name, other->name);
}

GPtrArray *
mc_door_people (McDoor *door)
{
  g_autoptr (McVault) vault = mc_door_vault (door, NULL);
  g_autoptr (json_t) note = mc_sign_in_note_read (door->profile);
  GPtrArray *people = vault != NULL ? mc_vault_people (vault) : plain_people (door);

  g_ptr_array_sort_with_data (people, by_recency, json_object_get (note, "last"));
  return people;
}

static gint64
wait_of (McDoor *door, const json_t *note, const char *login)
{
  const json_t *fails = json_object_get (json_object_get (note, "fails"), login);
  gint64 delay =
      mc_secret_delay_ms ((guint)CLAMP (json_integer_value (json_array_get (fails, 0)), 0, 100));
  gint64 passed = mc_clock_wall (door->clock) - json_integer_value (json_array_get (fails, 1));

  /* A clock set back does not shorten the wait, and cannot make it longer than it was. */
  return passed < 0 ? delay : MAX (0, delay - passed);
}

gint64
mc_door_wait_ms (McDoor *door, const char *login)
{
  g_autofree char *name = mc_text_clean (login);
  g_autoptr (json_t) note = mc_sign_in_note_read (door->profile);

  return wait_of (door, note, name);
}

gboolean
mc_door_pin_enough (McDoor *door)
{
  g_autoptr (McVault) vault = mc_door_vault (door, NULL);
  const char *profile = vault != NULL ? mc_vault_profile (vault) : "";
  g_autoptr (GError) error = NULL;
  McMachineNote note = { 0 };

  door->machine->get (door->machine, profile, &note, &error);
  mc_machine_note_wipe (&note);
  return error == NULL && door->machine != mc_machine_secret_none ();
}

/* Counted before it is tried, so that pulling the plug while it is checked gains nothing. */
static gboolean
count_try (McDoor *door, const char *login, GError **error)
{
  g_autoptr (json_t) note = mc_sign_in_note_read (door->profile);
  json_t *fails = json_object_get (note, "fails");
  json_int_t before = json_integer_value (json_array_get (json_object_get (fails, login), 0));

  if (wait_of (door, note, login) > 0)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_DELAYED, "%s has to wait", login);
      return FALSE;
    }
  json_object_set_new (fails,
                       login,
                       json_pack ("[I,I]", before + 1, (json_int_t)mc_clock_wall (door->clock)));
  return mc_sign_in_note_write (door->profile, note, error);
}

static gboolean
forget_tries (McDoor *door, const char *login, GError **error)
{
  g_autoptr (json_t) note = mc_sign_in_note_read (door->profile);

  json_object_del (json_object_get (note, "fails"), login);
  return mc_sign_in_note_write (door->profile, note, error);
}

static void
ignore_share (double share, gpointer data)
{
}

/* @before: what the verifier of an older version is asked with. */
static McDataKey *
open_plain (McDoor *door, const char *login, const char *before, const char *secret, GError **error)
{
  g_autoptr (McStore) store = plain_reader (door);
  g_autoptr (McStaff) staff = store != NULL ? mc_store_staff_by_login (store, login) : NULL;
  McProfilePerson person = { .login = login,
                             .name = staff != NULL ? staff->name : login,
                             .secret = secret,
                             .before = before,
                             .machine = door->machine };

  g_clear_pointer (&store, mc_store_close);
  return mc_profile_upgrade (door->profile, door->clock, &person, ignore_share, NULL, error);
}

static McDataKey *
open_locked (McDoor *door, const char *login, const char *secret, GError **error)
{
  g_autoptr (McVault) vault = mc_door_vault (door, error);
  g_autoptr (McDataKey) key =
      vault != NULL ? mc_vault_open (vault, login, secret, door->machine, error) : NULL;
  g_autoptr (GError) problem = NULL;

  /* Nobody is kept out because the chip would not take the PIN: it is asked again next time. */
  if (key != NULL && door->backup == NULL &&
      !mc_vault_strengthen (vault, key, login, secret, door->machine, &problem))
    g_debug ("the PIN is not bound to the chip: %s", problem->message);
  return g_steal_pointer (&key);
}

/* Somebody has read that an earlier copy lies here. */
static McDataKey *
open_older (McDoor *door, const char *login, const char *secret, GError **error)
{
  g_autoptr (McVault) vault = mc_door_vault (door, error);
  g_autoptr (McDataKey) key = NULL;

  if (vault == NULL)
    return NULL;
  mc_vault_allow_older (vault);
  key = mc_vault_open (vault, login, secret, door->machine, error);
  if (key == NULL || !mc_profile_take_older (door->profile, door->clock, key, door->machine, error))
    return NULL;
  return g_steal_pointer (&key);
}

/* Only a wrong secret counts as a try: a stranger's login, or a machine that lost its secret, says
 * nothing of the person. */
static McDataKey *
try_secret (McDoor *door, const char *login, const char *secret, gboolean older, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McDataKey) key = NULL;

  if (door->backup != NULL)
    return open_locked (door, login, secret, error);
  if (!count_try (door, login, error))
    return NULL;
  key = older             ? open_older (door, login, secret, &problem)
        : is_plain (door) ? open_plain (door, login, secret, secret, &problem)
                          : open_locked (door, login, secret, &problem);
  if (!g_error_matches (problem, MC_ERROR, MC_ERROR_SECRET) &&
      !forget_tries (door, login, problem == NULL ? &problem : NULL))
    g_clear_pointer (&key, mc_data_key_unref);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return g_steal_pointer (&key);
}

McArrival *
mc_door_open (McDoor *door, const char *login, const char *secret, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *name = NULL;
  McDataKey *key;
  McArrival *arrival;

  g_return_val_if_fail (door != NULL && login != NULL && secret != NULL, NULL);

  name = mc_text_clean (login);
  key = try_secret (door, name, secret, FALSE, &problem);
  /* The secret of before was right, but is too short to open an encrypted profile. */
  if (key == NULL && !(g_error_matches (problem, MC_ERROR, MC_ERROR_REFUSED) && is_plain (door)))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  arrival = g_new0 (McArrival, 1);
  arrival->login = g_steal_pointer (&name);
  arrival->key = key;
  arrival->must_choose = key == NULL;
  arrival->before = key == NULL || door->backup != NULL ? g_strdup (secret) : NULL;
  return arrival;
}

McArrival *
mc_door_take_older (McDoor *door, const char *login, const char *secret, GError **error)
{
  g_autofree char *name = NULL;
  McDataKey *key;
  McArrival *arrival;

  g_return_val_if_fail (door != NULL && login != NULL && secret != NULL, NULL);

  name = mc_text_clean (login);
  key = try_secret (door, name, secret, TRUE, error);
  if (key == NULL)
    return NULL;
  arrival = g_new0 (McArrival, 1);
  arrival->login = g_steal_pointer (&name);
  arrival->key = key;
  return arrival;
}

/* The key of a profile that nobody has opened yet, made where there is none. */
static McDataKey *
fresh_key (McDoor *door, GError **error)
{
  switch (mc_profile_state (door->profile, NULL))
    {
    case MC_PROFILE_NONE:
      return mc_profile_make (door->profile, error);
    case MC_PROFILE_FRESH:
      return mc_profile_fresh_key (door->profile, error);
    case MC_PROFILE_PLAIN:
    case MC_PROFILE_LOCKED:
      break;
    }
  g_set_error_literal (error, MC_ERROR, MC_ERROR_STORE, "there is a profile already");
  return NULL;
}

gboolean
mc_door_enrol (McDoor *door, const char *server, const char *code, GError **error)
{
  g_autoptr (McRoad) road = mc_road_new (server);
  g_autoptr (McDataKey) key = NULL;
  g_autoptr (McStore) store = NULL;
  McOfficeNote note = { 0 };
  McPublicKey public;
  McSecretKey secret;
  gboolean ok;

  mc_keys_make (&public, &secret);
  note.enrolment = mc_road_enrol (road, code, &public, error);
  if (note.enrolment != NULL)
    key = fresh_key (door, error);
  if (key != NULL)
    store = mc_store_open (door->profile, door->clock, key, error);
  ok = store != NULL && mc_store_set_enrolment (store, note.enrolment, &secret, error) &&
       mc_office_note_write (door->profile, &note, error);
  mc_secret_key_wipe (&secret);
  g_clear_pointer (&note.enrolment, mc_enrolment_free);
  return ok;
}

static gboolean
set_person (McDoor *door, McArrival *arrival, const char *secret, GError **error)
{
  g_autoptr (McVault) vault = mc_vault_load (door->profile, error);

  return vault != NULL && mc_vault_set_person (vault,
                                               arrival->key,
                                               arrival->login,
                                               arrival->staff->name,
                                               secret,
                                               door->machine,
                                               error);
}

/* The key sealed to the province goes with the profile: who forgets has a way back. */
static void
note_office (McDoor *door, McDataKey *key, const McEnrolment *enrolment)
{
  g_autoptr (McOfficeNote) before = mc_office_note_read (door->profile);
  const McEnrolment *known = enrolment != NULL ? enrolment
                             : before != NULL  ? before->enrolment
                                               : NULL;
  McOfficeNote note = { .enrolment = (McEnrolment *)known };
  McPublicKey province;

  if (known == NULL || key == NULL || known->province_key == NULL ||
      !mc_base64_decode (known->province_key, province.bytes, sizeof province.bytes))
    return;
  if (before != NULL && g_strcmp0 (before->key, mc_data_key_id (key)) == 0 &&
      g_strcmp0 (before->enrolment->device, known->device) == 0 &&
      g_strcmp0 (before->enrolment->server, known->server) == 0 &&
      before->enrolment->practice == known->practice &&
      g_strcmp0 (before->enrolment->office_name, known->office_name) == 0)
    return;
  note.key = (char *)mc_data_key_id (key);
  note.sealed =
      mc_unlock_seal (&province, known->device, mc_data_key_bytes (key), MC_DATA_KEY_BYTES);
  /* Where the disk is full it is tried again at the next sign-in. */
  (void)mc_office_note_write (door->profile, &note, NULL);
  g_clear_pointer (&note.sealed, g_bytes_unref);
}

static McDataKey *
first_person (McDoor *door, const McArrival *arrival, const char *secret, GError **error)
{
  McProfilePerson person = { .login = arrival->login,
                             .name = arrival->staff->name,
                             .secret = secret,
                             .machine = door->machine };

  return mc_profile_first_person (door->profile, &person, error);
}

/* Kept until the profile is there. */
static gboolean
choose_for_backup (McDoor *door, McArrival *arrival, const char *secret, GError **error)
{
  g_autoptr (McVault) vault = mc_door_vault (door, error);

  if (vault == NULL || !mc_vault_secret_allowed (vault, secret, door->machine, error))
    return FALSE;
  arrival->before = g_strdup (secret);
  arrival->must_choose = FALSE;
  return TRUE;
}

gboolean
mc_door_choose (McDoor *door, McArrival *arrival, const char *secret, GError **error)
{
  McDataKey *key = NULL;

  g_return_val_if_fail (door != NULL && arrival != NULL, FALSE);
  g_return_val_if_fail (arrival->staff != NULL || arrival->before != NULL, FALSE);

  if (door->backup != NULL)
    return choose_for_backup (door, arrival, secret, error);
  if (arrival->before != NULL)
    key = open_plain (door, arrival->login, arrival->before, secret, error);
  else if (mc_profile_state (door->profile, NULL) == MC_PROFILE_FRESH)
    key = first_person (door, arrival, secret, error);
  else if (set_person (door, arrival, secret, error))
    key = mc_data_key_ref (arrival->key);
  if (key == NULL)
    return FALSE;
  g_clear_pointer (&arrival->key, mc_data_key_unref);
  arrival->key = key;
  arrival->must_choose = FALSE;
  note_office (door, key, NULL);
  return forget_tries (door, arrival->login, error);
}

/* As the key file shows somebody. */
static char *
name_in (McVault *vault, const char *login)
{
  g_autoptr (GPtrArray) people = mc_vault_people (vault);

  for (guint i = 0; i < people->len; i++)
    {
      const McVaultPerson *person = people->pdata[i];

      if (g_str_equal (person->login, login))
        return g_strdup (person->name);
    }
  return g_strdup (login);
}

gboolean
mc_door_restore (McDoor *door,
                 McArrival *arrival,
                 McProfileTell tell,
                 gpointer data,
                 GError **error)
{
  g_autoptr (McVault) vault = NULL;
  g_autofree char *name = NULL;
  McProfilePerson person = { .machine = door->machine };

  g_return_val_if_fail (door->backup != NULL && arrival->key != NULL, FALSE);
  g_return_val_if_fail (arrival->before != NULL, FALSE);

  vault = mc_door_vault (door, error);
  if (vault == NULL)
    return FALSE;
  name = arrival->staff != NULL ? g_strdup (arrival->staff->name) : name_in (vault, arrival->login);
  person.login = arrival->login;
  person.name = name;
  person.secret = arrival->before;
  if (mc_profile_state (door->profile, NULL) == MC_PROFILE_NONE)
    return mc_backup_restore (door->backup,
                              arrival->key,
                              door->profile,
                              &person,
                              tell,
                              data,
                              error);
  return mc_profile_replace (door->backup,
                             arrival->key,
                             door->profile,
                             door->clock,
                             &person,
                             tell,
                             data,
                             error);
}

gboolean
mc_door_change (McDoor *door,
                const char *login,
                const char *before,
                const char *after,
                GError **error)
{
  g_autoptr (McDataKey) key = NULL;
  g_autoptr (McVault) vault = NULL;
  g_autofree char *name = NULL;

  key = try_secret (door, login, before, FALSE, error);
  vault = key != NULL ? mc_vault_load (door->profile, error) : NULL;
  if (vault == NULL)
    return FALSE;
  name = name_in (vault, login);
  return mc_vault_set_person (vault, key, login, name, after, door->machine, error);
}

gboolean
mc_door_remove (McDoor *door, McDataKey *key, const char *login, GError **error)
{
  g_autoptr (McVault) vault = mc_vault_load (door->profile, error);

  return vault != NULL && mc_vault_remove_person (vault, key, login, error);
}

void
mc_door_entered (McDoor *door, const McArrival *arrival, const McEnrolment *enrolment)
{
  g_autoptr (json_t) note = mc_sign_in_note_read (door->profile);
  json_t *last = json_object_get (note, "last");
  size_t place = recency (last, arrival->login);

  note_office (door, arrival->key, enrolment);
  mc_profile_note_machine (door->profile, door->machine);
  if (place == 0 && json_array_size (last) > 0)
    return;
  json_array_remove (last, place);
  json_array_insert_new (last, 0, json_string (arrival->login));
  /* Only a convenience: a disk that cannot take it keeps nobody out. */
  (void)mc_sign_in_note_write (door->profile, note, NULL);
}
