/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-profile-test.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <zlib.h>

McTestWork
mc_test_work_on (McTestOffice *office, const char *name)
{
  g_autofree char *pdf = mc_test_pdf (office->folder, name, 2);
  g_autoptr (json_t) document = NULL;
  g_autoptr (GError) error = NULL;
  McTestWork work = { 0 };

  mc_test_sign_in (office, "an");
  work.dossier = mc_test_receive (office, name);
  document = mc_desk_import (office->desk, pdf, &error);
  g_assert_no_error (error);
  g_unlink (pdf);
  mc_desk_attach (office->desk, work.dossier, "to-khai", document, &error);
  g_assert_no_error (error);
  work.scan = g_strdup (mc_json_string (document, "sha256"));
  return work;
}

void
mc_test_work_clear (McTestWork *work)
{
  g_free (work->dossier);
  g_free (work->scan);
}

/* As version 1 did: the key in a file, none in the database. */
static void
put_key_in_file (McTestOffice *office)
{
  g_autofree char *path = g_build_filename (office->folder, "device.key", NULL);
  g_autofree char *text = mc_store_fact (office->store, "device_key");

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  mc_db_run (mc_store_db (office->store), NULL, "DELETE FROM fact WHERE key = 'device_key'", "");
}

char *
mc_test_plain_profile (const char *name, McTestWork *ret_work)
{
  McTestOffice *office = mc_test_office_plain ();
  char *folder;

  *ret_work = mc_test_work_on (office, name);
  put_key_in_file (office);
  g_clear_pointer (&office->desk, mc_desk_free);
  g_clear_pointer (&office->store, mc_store_close);
  folder = g_steal_pointer (&office->folder);
  office->folder = mc_test_folder ();
  mc_test_office_free (office);
  return folder;
}

void
mc_test_same_work (const char *folder, McDataKey *key, const McTestWork *work)
{
  g_autofree McFakeClock *clock = mc_fake_clock ();
  g_autoptr (GError) error = NULL;
  g_autoptr (McStore) store = mc_store_open_on (folder, &clock->clock, key, "", &error);
  g_autoptr (GPtrArray) faults = NULL;
  McSecretKey device;

  g_assert_no_error (error);
  g_assert_true (mc_test_shows (store, work->dossier));
  g_assert_true (mc_store_device_key (store, &device, &error));
  g_assert_true (mc_store_check (store, &faults, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (char *)faults->pdata[i]);
  g_assert_cmpuint (faults->len, ==, 0);
  if (work->scan != NULL)
    {
      g_autoptr (McBlobPlace) place = mc_store_blob_place (store, work->scan);
      g_autoptr (McBlobReader) reader = mc_blob_place_read (place, &error);
      gboolean end = FALSE;

      g_assert_no_error (error);
      g_assert_true (mc_blob_reader_check (reader, 0, 1000, &end, &error));
      g_assert_true (end);
    }
}

static gboolean
same_secret (const McMachineSecret *self,
             const char *profile,
             McMachineNote *ret_note,
             GError **error)
{
  *ret_note = (McMachineNote){ .secret = "the same in every process" };
  return TRUE;
}

static gboolean
take_note (const McMachineSecret *self,
           const char *profile,
           const McMachineNote *note,
           GError **error)
{
  return TRUE;
}

const McMachineSecret *
mc_test_machine (void)
{
  static const McMachineSecret machine = { same_secret, take_note, NULL };

  return &machine;
}

McProfilePerson
mc_test_person (const McMachineSecret *machine)
{
  return (McProfilePerson){ .login = "an",
                            .name = "Trần Văn An",
                            .secret = MC_TEST_PIN,
                            .machine = machine };
}

char *
mc_test_locked_profile (const char *name,
                        const McMachineSecret *machine,
                        McTestWork *ret_work,
                        McDataKey **ret_key)
{
  char *folder = mc_test_plain_profile (name, ret_work);
  g_autofree McFakeClock *clock = mc_fake_clock ();
  McProfilePerson person = mc_test_person (machine);
  g_autoptr (McVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  *ret_key = mc_profile_upgrade (folder, &clock->clock, &person, NULL, NULL, &error);
  g_assert_no_error (error);
  vault = mc_vault_load (folder, &error);
  g_assert_no_error (error);
  mc_vault_set_person (vault, *ret_key, "binh", "Bình", MC_TEST_PHRASE, machine, &error);
  g_assert_no_error (error);
  return folder;
}

void
mc_test_copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  g_assert_true (g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
}

McDataKey *
mc_test_open_vault (const char *folder, const McMachineSecret *machine)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McVault) vault = mc_vault_load (folder, &error);
  McDataKey *key;

  g_assert_no_error (error);
  key = mc_vault_open (vault, "an", MC_TEST_PIN, machine, &error);
  g_assert_no_error (error);
  return key;
}

/* What a zlib stream that begins at @bytes says, as far as it goes. */
static gboolean
inflated_has (const char *bytes, gsize size, const char *text)
{
  static guint8 room[256 * 1024];
  z_stream stream = { .next_in = (Bytef *)bytes, .avail_in = (uInt)MIN (size, 1024 * 1024) };
  gsize got;

  if (inflateInit (&stream) != Z_OK)
    return FALSE;
  stream.next_out = room;
  stream.avail_out = sizeof room;
  inflate (&stream, Z_SYNC_FLUSH);
  got = sizeof room - stream.avail_out;
  inflateEnd (&stream);
  return memmem (room, got, text, strlen (text)) != NULL;
}

static gboolean
deflated_has (const char *bytes, gsize size, const char *text)
{
  for (gsize i = 0; i + 2 < size; i++)
    if (bytes[i] == 0x78 && (((guint8)bytes[i] << 8) + (guint8)bytes[i + 1]) % 31 == 0 &&
        inflated_has (bytes + i, size - i, text))
      return TRUE;
  return FALSE;
}

static gboolean
file_has (const char *path, const char *text)
{
  g_autofree char *bytes = NULL;
  g_autofree char *wide = NULL;
  gsize size = 0;
  gsize wide_size = 0;

  if (!g_file_get_contents (path, &bytes, &size, NULL))
    return FALSE;
  wide = g_convert (text, -1, "UTF-16LE", "UTF-8", NULL, &wide_size, NULL);
  return memmem (bytes, size, text, strlen (text)) != NULL ||
         (wide != NULL && memmem (bytes, size, wide, wide_size) != NULL) ||
         deflated_has (bytes, size, text);
}

char *
mc_test_grep (const char *folder, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *found = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        found = mc_test_grep (path, text);
      else if (file_has (path, text))
        found = g_steal_pointer (&path);
      if (found != NULL)
        return found;
    }
  return NULL;
}
