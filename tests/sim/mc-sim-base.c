/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-base.h"

#include "mc-desk.h"
#include "mc-province-admin.h"
#include "mc-sim-wrap.h"
#include "mc-support.h"
#include "mc-sync-store.h"
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static McSimBase base;
static gint64 base_now = MC_SIM_START_MS - MC_SIM_MINUTE * 30;
static McSimClock base_clock;

static const char catalogue[] =
    "{\"version\":\"2026-11-21\",\"procedures\":["
    "{\"code\":\"1.001193\",\"name\":\"Đăng ký khai sinh\",\"field\":\"Hộ tịch\",\"parts\":["
    "{\"id\":\"to-khai\",\"name\":\"Tờ khai\",\"required\":true,\"originals\":1,\"copies\":0}],"
    "\"cases\":[{\"id\":\"thuong\",\"name\":\"Thông thường\",\"channels\":[\"direct\"],"
    "\"time\":{\"unit\":\"same_day\",\"count\":0},\"fee\":{\"kind\":\"fixed\",\"amount\":8000}}]},"
    "{\"code\":\"1.004873\",\"name\":\"Cấp Giấy xác nhận tình trạng hôn nhân\","
    "\"field\":\"Hộ tịch\",\"parts\":["
    "{\"id\":\"to-khai\",\"name\":\"Tờ khai\",\"required\":true,\"originals\":1,\"copies\":0}],"
    "\"cases\":[{\"id\":\"thuong\",\"name\":\"Thông thường\",\"channels\":[\"direct\"],"
    "\"time\":{\"unit\":\"working_days\",\"count\":3},"
    "\"fee\":{\"kind\":\"fixed\",\"amount\":15000}}]}]}";

static const char calendar[] =
    "{\"version\":\"2026-11-21\",\"name\":\"Lịch\",\"hours\":{\"open\":\"07:00\",\"close\":"
    "\"17:00\",\"lunch_from\":\"11:30\",\"lunch_to\":\"13:30\",\"same_day_limit\":\"15:00\"},"
    "\"days\":[{\"date\":\"2026-11-24\",\"kind\":\"holiday\",\"name\":\"Ngày Văn hóa Việt Nam\","
    "\"state\":\"confirmed\"}]}";

GHashTable *
mc_sim_folder_read (const char *folder)
{
  GHashTable *files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *bytes = NULL;
      gsize length = 0;

      if (g_file_get_contents (path, &bytes, &length, NULL))
        g_hash_table_insert (files, g_strdup (name), g_bytes_new_take (bytes, length));
    }
  return files;
}

/* GLib's own, where it need not be durable, leaves the end of a longer file that was there. */
void
mc_sim_file_set (const char *path, const void *bytes, gsize length)
{
  g_unlink (path);
  g_file_set_contents_full (path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

void
mc_sim_folder_write (const char *folder, GHashTable *files)
{
  g_autoptr (GHashTable) now = mc_sim_folder_read (folder);
  GHashTableIter iter;
  gpointer name, bytes;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (files, name))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
      }
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      GBytes *there = g_hash_table_lookup (now, name);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (there == NULL || !g_bytes_equal (there, bytes))
        mc_sim_file_set (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
}

/* In memory where there is such a folder: the product syncs its key files. */
static void
make_root (void)
{
  const char *where = g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir ();

  base.root = g_build_filename (where, "motcua-sim-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (base.root));
  base.province = g_build_filename (base.root, "province", NULL);
  g_assert_cmpint (g_mkdir (base.province, 0700), ==, 0);
  base.province_disk = mc_sim_disk_new (base.province);
  for (guint i = 0; i < MC_SIM_FOLDERS; i++)
    {
      base.folders[i] = g_strdup_printf ("%s/desk-%u", base.root, i);
      g_assert_cmpint (g_mkdir (base.folders[i], 0700), ==, 0);
      base.disks[i] = mc_sim_disk_new (base.folders[i]);
    }
}

/* The scans that clerks attach lie in every profile: how they travel is not what is tried here. */
static void
make_documents (void)
{
  for (guint i = 0; i < MC_SIM_DOCUMENTS; i++)
    {
      g_autofree char *text = g_strdup_printf ("scan %u", i);

      base.documents[i] = mc_sha256 (text, strlen (text));
      for (guint f = 0; f < MC_SIM_FOLDERS; f++)
        {
          g_autofree char *name = base.key ? mc_data_key_name (base.key, base.documents[i])
                                           : g_strdup (base.documents[i]);
          g_autofree char *dir = g_strdup_printf ("%s/blobs/%.2s", base.folders[f], name);
          g_autofree char *path = g_build_filename (dir, name, NULL);
          g_autoptr (McBlobWriter) writer = NULL;

          g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
          writer = mc_blob_writer_new (path, base.key, NULL, NULL);
          g_assert_true (mc_blob_writer_write (writer, text, strlen (text), NULL));
          g_assert_true (mc_blob_writer_finish (writer, NULL, NULL));
        }
    }
}

static void
import (McProvince *province, const char *text)
{
  g_autoptr (json_t) file = mc_json_parse (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  guint changed, total;

  mc_province_import (province, file, &changed, &total, &error);
  g_assert_no_error (error);
}

static void
add_people (McProvince *province, guint office)
{
  static const McRole roles[MC_SIM_ROLES] = { MC_ROLE_CLERK, MC_ROLE_OFFICER, MC_ROLE_LEADER };
  static const char *const names[MC_SIM_ROLES] = { "Trần Văn An", "Nguyễn Thị Bình", "Lê Thị Chi" };
  static const char *const logins[MC_SIM_ROLES] = { "an", "binh", "chi" };

  for (guint i = 0; i < MC_SIM_ROLES; i++)
    {
      McStaffChange change = {
        base.offices[office], logins[i], names[i], roles[i], 1,
      };
      g_autoptr (GError) error = NULL;

      base.staff[office][i] = mc_province_add_staff (province, &change, &error);
      g_assert_no_error (error);
      base.logins[office][i] = g_strdup (logins[i]);
    }
}

static McProvince *
make_province (void)
{
  g_autofree char *mark = g_build_filename (base.province, "server.sqlite", NULL);
  McProvince *province;
  g_autoptr (GError) error = NULL;

  mc_province_init (base.province, &base_clock.clock, &error);
  g_assert_no_error (error);
  /* The province looks for its file before it opens it. */
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  province = mc_province_open (base.province, &base_clock.clock, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < MC_SIM_OFFICES; i++)
    {
      g_autofree char *name = g_strdup_printf ("Xã %u", i + 1);

      base.office_codes[i] = g_strdup_printf ("H05.032.0%u", i + 1);
      base.offices[i] = mc_province_add_office (province, base.office_codes[i], name, &error);
      g_assert_no_error (error);
      add_people (province, i);
    }
  import (province, catalogue);
  import (province, calendar);
  return province;
}

static void
enrol (McProvince *province, McStore *store, const char *office)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = mc_province_invite (province, office, &error);
  g_autoptr (McAdmission) admission = NULL;
  g_autofree char *province_key =
      mc_base64_encode (mc_province_key (province)->bytes, MC_KEY_PUBLIC_BYTES);
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (McSyncAnswer) answer = NULL;
  McEnrolment enrolment;
  McSecretKey secret;
  McPublicKey public;

  mc_keys_make (&public, &secret);
  admission = mc_province_enrol (province, code, &public, &error);
  g_assert_no_error (error);
  enrolment = (McEnrolment){
    .device = admission->device->id,
    .office = admission->device->office,
    .office_code = admission->office_code,
    .office_name = admission->office_name,
    .slot = admission->device->slot,
    .server = (char *)"http://127.0.0.1:9",
    .certificate = admission->certificate,
    .province_key = province_key,
  };
  mc_store_set_enrolment (store, &enrolment, &secret, &error);
  g_assert_no_error (error);
  request->limit = 1000;
  answer = mc_province_sync (province, admission->device, request, &error);
  g_assert_no_error (error);
  mc_store_inbox (store, answer, &error);
  g_assert_no_error (error);
}

static void
sign_in_once (McStore *store, guint office)
{
  g_autoptr (McDesk) desk = mc_desk_new (store);
  g_autoptr (GError) error = NULL;

  mc_desk_enter (desk, base.logins[office][0], NULL, &error);
  g_assert_no_error (error);
  mc_desk_keep_session (desk, &error);
  g_assert_no_error (error);
}

static McStore *
open_store (guint number)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *machine = g_strdup_printf ("pc-%u", number);
  McStore *store =
      mc_store_open_on (base.folders[number], &base_clock.clock, base.key, machine, &error);

  g_assert_no_error (error);
  return store;
}

static void
make_desk (McProvince *province, guint number)
{
  static const guint offices[MC_SIM_ENROLLED] = { 0, 1, 0, 0, 1, 2 };
  McStore *store = open_store (number);

  base.office_of[number] = offices[number];
  if (number == 0)
    {
      mc_store_close (store);
      base.blank.disk = mc_sim_disk_image (base.disks[number]);
      store = open_store (number);
    }
  enrol (province, store, base.offices[offices[number]]);
  sign_in_once (store, offices[number]);
  mc_store_close (store);
}

/* One round trip of the desk in folder @number, as far as it goes at once. */
static void
meet (McProvince *province, guint number)
{
  McStore *store = open_store (number);
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (store);
  g_autoptr (GError) error = NULL;
  g_autoptr (McDevice) device = mc_province_device (province, enrolment->device, &error);
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (McSyncAnswer) answer = NULL;

  g_ptr_array_unref (request->lines);
  request->lines = mc_store_outbox (store, 100, 1000000, NULL, NULL, &error);
  request->cursor = mc_store_cursor (store);
  request->limit = 1000;
  answer = mc_province_sync (province, device, request, &error);
  g_assert_no_error (error);
  mc_store_inbox (store, answer, &error);
  g_assert_no_error (error);
  mc_store_close (store);
}

/* Work that is there already: two dossiers in the first office, one in the second. */
static void
receive (guint number)
{
  McStore *store = open_store (number);
  g_autoptr (McDesk) desk = mc_desk_new (store);
  g_autofree char *name = g_strdup_printf ("Đỗ Văn %u", number);
  g_autofree char *id = g_strdup_printf ("00120512340%u", number);
  g_autoptr (json_t) body = json_pack ("{s:s,s:{s:s,s:s},s:{s:s}}",
                                       "procedure",
                                       "1.001193",
                                       "applicant",
                                       "name",
                                       name,
                                       "id",
                                       id,
                                       "contact",
                                       "phone",
                                       "0912345670");
  g_autoptr (McReceived) received = NULL;
  g_autoptr (GError) error = NULL;

  mc_desk_resume (desk, &error);
  g_assert_no_error (error);
  received = mc_desk_receive (desk, body, &error);
  g_assert_no_error (error);
  mc_store_close (store);
}

static void
add_stranger (McProvince *province, guint office)
{
  McSimStranger *stranger = &base.strangers[office];
  g_autoptr (GError) error = NULL;
  g_autofree char *code = mc_province_invite (province, base.offices[office], &error);
  g_autoptr (McAdmission) admission = NULL;
  McPublicKey public;

  mc_keys_make (&public, &stranger->key);
  admission = mc_province_enrol (province, code, &public, &error);
  g_assert_no_error (error);
  stranger->device = g_strdup (admission->device->id);
  stranger->certificate = g_strdup (admission->certificate);
}

static gboolean encrypted;

void
mc_sim_base_encrypt (void)
{
  encrypted = TRUE;
}

static void
make_key (void)
{
  guint8 bytes[MC_DATA_KEY_BYTES] = "the same in every run";

  if (encrypted)
    base.key = mc_data_key_new_from (bytes);
}

/* For speed: the stores of a run have little in many tables, and each page is written, summed and
 * copied whole. */
static int
make_pages_small (sqlite3 *handle, char **error, const sqlite3_api_routines *api)
{
  return sqlite3_exec (handle, "PRAGMA page_size = 2048", NULL, NULL, NULL);
}

const McSimBase *
mc_sim_base (void)
{
  McProvince *province;
  g_autofree char *keys = NULL;

  if (base.root != NULL)
    return &base;
  /* Nothing here is shared between threads, and nobody reads SQLite's statistics. */
  sqlite3_config (SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  mc_sim_random_install ();
  mc_keys_init ();
  mc_sim_vfs_register ();
  if (!encrypted)
    sqlite3_auto_extension ((void (*) (void))make_pages_small);
  mc_sim_random_seed (0, 0);
  make_key ();
  make_root ();
  make_documents ();
  mc_sim_wrap_hashes ();
  mc_sim_clock_init (&base_clock, &base_now);
  province = make_province ();
  for (guint i = 0; i < MC_SIM_ENROLLED; i++)
    make_desk (province, i);
  for (guint i = 0; i < MC_SIM_OFFICES; i++)
    add_stranger (province, i);
  for (guint i = 0; i < 3; i++)
    receive (i);
  for (guint i = 0; i < 2 * MC_SIM_ENROLLED; i++)
    meet (province, i % MC_SIM_ENROLLED);
  for (guint i = 0; i < MC_SIM_ENROLLED; i++)
    base.profiles[i].disk = mc_sim_disk_image (base.disks[i]);
  mc_province_close (province);
  base.province_image = mc_sim_disk_image (base.province_disk);
  keys = g_build_filename (base.province, "keys", NULL);
  base.province_keys = mc_sim_folder_read (keys);
  return &base;
}

void
mc_sim_base_remove (void)
{
  mc_sim_vfs_close_kept ();
  if (base.root != NULL)
    mc_test_remove (g_steal_pointer (&base.root));
}
