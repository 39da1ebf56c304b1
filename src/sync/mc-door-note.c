/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-door-note.h"

#include "mc-error.h"
#include "mc-unlock.h"

#define OFFICE_FILE "office"
#define SIGN_IN_FILE "sign-in"
#define SEALED_MAX 512

static json_t *
read_json (const char *path)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (json_t) json = NULL;

  if (g_file_get_contents (path, &text, &length, NULL) && length > 0)
    json = mc_json_parse (text, (gssize)length, NULL);
  return json_is_object (json) ? g_steal_pointer (&json) : NULL;
}

static gboolean
write_json (const char *profile, const char *name, const json_t *json, GError **error)
{
  g_autofree char *path = g_build_filename (profile, name, NULL);
  g_autofree char *text = mc_json_text (json);
  g_autoptr (GError) problem = NULL;

  if (g_file_set_contents_full (path,
                                text,
                                -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600,
                                &problem))
    return TRUE;
  g_set_error (error,
               MC_ERROR,
               g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? MC_ERROR_FULL
                                                                           : MC_ERROR_STORE,
               "%s",
               problem->message);
  return FALSE;
}

void
mc_office_note_free (McOfficeNote *note)
{
  if (note == NULL)
    return;
  mc_enrolment_free (note->enrolment);
  g_clear_pointer (&note->sealed, g_bytes_unref);
  g_free (note->key);
  g_free (note);
}

static GBytes *
read_sealed (const json_t *json)
{
  const char *text = mc_json_string (json, "sealed");
  gsize size = text != NULL ? strlen (text) * 3 / 4 : 0;
  guint8 bytes[SEALED_MAX];

  if (size == 0 || size > sizeof bytes || !mc_base64_decode (text, bytes, size))
    return NULL;
  return g_bytes_new (bytes, size);
}

McOfficeNote *
mc_office_note_read (const char *profile)
{
  g_autofree char *path = g_build_filename (profile, OFFICE_FILE, NULL);

  return mc_office_note_read_file (path);
}

McOfficeNote *
mc_office_note_read_file (const char *path)
{
  g_autoptr (json_t) json = read_json (path);
  g_autoptr (McOfficeNote) note = g_new0 (McOfficeNote, 1);
  McEnrolment *enrolment = note->enrolment = g_new0 (McEnrolment, 1);

  enrolment->device = g_strdup (mc_json_string (json, "device"));
  enrolment->office = g_strdup (mc_json_string (json, "office"));
  enrolment->office_code = g_strdup (mc_json_string (json, "office_code"));
  enrolment->office_name = g_strdup (mc_json_string (json, "office_name"));
  enrolment->slot = g_strdup (mc_json_string (json, "slot"));
  enrolment->server = g_strdup (mc_json_string (json, "server"));
  enrolment->certificate = g_strdup (mc_json_string (json, "certificate"));
  enrolment->province_key = g_strdup (mc_json_string (json, "province_key"));
  enrolment->practice = mc_json_bool (json, "practice", FALSE);
  note->sealed = read_sealed (json);
  note->key = g_strdup (mc_json_string (json, "key"));
  return enrolment->device != NULL && enrolment->server != NULL && enrolment->province_key != NULL
             ? g_steal_pointer (&note)
             : NULL;
}

gboolean
mc_office_note_write (const char *profile, const McOfficeNote *note, GError **error)
{
  const McEnrolment *enrolment = note->enrolment;
  g_autofree char *sealed = note->sealed != NULL
                                ? mc_base64_encode (g_bytes_get_data (note->sealed, NULL),
                                                    g_bytes_get_size (note->sealed))
                                : NULL;
  g_autoptr (json_t) json = json_pack ("{s:s,s:s*,s:s*,s:s*,s:s*,s:s,s:s*,s:s,s:s*,s:s*}",
                                       "device",
                                       enrolment->device,
                                       "office",
                                       enrolment->office,
                                       "office_code",
                                       enrolment->office_code,
                                       "office_name",
                                       enrolment->office_name,
                                       "slot",
                                       enrolment->slot,
                                       "server",
                                       enrolment->server,
                                       "certificate",
                                       enrolment->certificate,
                                       "province_key",
                                       enrolment->province_key,
                                       "sealed",
                                       sealed,
                                       "key",
                                       note->key);

  if (enrolment->practice)
    json_object_set_new (json, "practice", json_true ());
  return write_json (profile, OFFICE_FILE, json, error);
}

json_t *
mc_sign_in_note_read (const char *profile)
{
  g_autofree char *path = g_build_filename (profile, SIGN_IN_FILE, NULL);
  json_t *json = read_json (path);

  if (json == NULL)
    json = json_object ();
  if (!json_is_array (json_object_get (json, "last")))
    json_object_set_new (json, "last", json_array ());
  if (!json_is_object (json_object_get (json, "fails")))
    json_object_set_new (json, "fails", json_object ());
  return json;
}

gboolean
mc_sign_in_note_write (const char *profile, const json_t *note, GError **error)
{
  return write_json (profile, SIGN_IN_FILE, note, error);
}
