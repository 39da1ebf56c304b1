/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9, a torn write and a full disk at every call that changes the disk while a profile is
 * encrypted, given a new key, given its first person: it always opens again, with all that was in
 * it. */
#include "mc-error.h"
#include "mc-fault-run.h"
#include "mc-profile-test.h"

#define NAME "Nguyễn Thị Đình"

typedef struct
{
  McTestWork work;
  McDataKey *old;
  guint turned; /* how often the work had been done by then */
} F;

static gboolean
upgrade (const char *folder, gpointer data)
{
  g_autofree McFakeClock *clock = mc_fake_clock ();
  McProfilePerson person = mc_test_person (mc_test_machine ());
  g_autoptr (McDataKey) key = mc_profile_upgrade (folder, &clock->clock, &person, NULL, NULL, NULL);

  return key != NULL;
}

static void
look_upgraded (const char *folder, gboolean said, gpointer data)
{
  F *f = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McDataKey) key = NULL;
  McProfileState state = mc_profile_state (folder, &error);

  g_assert_no_error (error);
  if (state == MC_PROFILE_PLAIN)
    {
      g_assert_false (said);
      g_assert_true (upgrade (folder, NULL));
    }
  else
    f->turned++;
  key = mc_test_open_vault (folder, mc_test_machine ());
  mc_test_same_work (folder, key, &f->work);
  {
    g_autofree char *found = mc_test_grep (folder, NAME);

    g_assert_cmpstr (found, ==, NULL);
  }
}

static gboolean
rekey (const char *folder, gpointer data)
{
  F *f = data;
  g_autoptr (McDataKey) key = mc_profile_rekey (folder, f->old, NULL, NULL, NULL, NULL);

  return key != NULL;
}

static void
look_rekeyed (const char *folder, gboolean said, gpointer data)
{
  F *f = data;
  g_autoptr (McDataKey) key = mc_test_open_vault (folder, mc_test_machine ());

  if (g_str_equal (mc_data_key_id (key), mc_data_key_id (f->old)))
    g_assert_false (said);
  else
    f->turned++;
  mc_test_same_work (folder, key, &f->work);
}

static gboolean
first_person (const char *folder, gpointer data)
{
  McProfilePerson person = mc_test_person (mc_test_machine ());
  g_autoptr (McDataKey) key = mc_profile_first_person (folder, &person, NULL);

  return key != NULL;
}

static void
look_first (const char *folder, gboolean said, gpointer data)
{
  F *f = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McDataKey) key = NULL;

  if (mc_profile_state (folder, &error) == MC_PROFILE_FRESH)
    {
      g_assert_false (said);
      g_assert_true (first_person (folder, NULL));
    }
  else
    f->turned++;
  g_assert_no_error (error);
  key = mc_test_open_vault (folder, mc_test_machine ());
  {
    g_autofree McFakeClock *clock = mc_fake_clock ();
    g_autoptr (McStore) store = mc_store_open_on (folder, &clock->clock, key, "", &error);
    McSecretKey device;

    g_assert_no_error (error);
    g_assert_true (mc_store_device_key (store, &device, NULL));
  }
}

/* Both happened: that it stayed as it was, and that it had turned. */
static void
both_ways (F *f, guint calls)
{
  g_assert_cmpuint (f->turned, >, 2);
  g_assert_cmpuint (f->turned, <, calls);
}

static void
test_upgrade (gconstpointer data)
{
  F f = { 0 };
  char *folder = mc_test_plain_profile (NAME, &f.work);

  both_ways (&f, mc_fault_each (folder, GPOINTER_TO_INT (data), upgrade, look_upgraded, &f));
  mc_test_work_clear (&f.work);
  mc_test_remove (folder);
}

static void
test_rekey (gconstpointer data)
{
  F f = { 0 };
  char *folder = mc_test_plain_profile (NAME, &f.work);

  g_assert_true (upgrade (folder, NULL));
  f.old = mc_test_open_vault (folder, mc_test_machine ());
  both_ways (&f, mc_fault_each (folder, GPOINTER_TO_INT (data), rekey, look_rekeyed, &f));
  mc_data_key_unref (f.old);
  mc_test_work_clear (&f.work);
  mc_test_remove (folder);
}

static void
test_first_person (gconstpointer data)
{
  g_autoptr (McTestOffice) like = mc_test_office ();
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (like->store);
  char *folder = mc_test_folder ();
  g_autoptr (McDataKey) fresh = mc_profile_make (folder, NULL);
  McStore *store = mc_store_open_on (folder, &like->clock->clock, fresh, "", NULL);
  F f = { 0 };

  g_assert_true (mc_store_set_enrolment (store, enrolment, &like->device_key, NULL));
  mc_store_close (store);
  both_ways (&f, mc_fault_each (folder, GPOINTER_TO_INT (data), first_person, look_first, &f));
  mc_test_remove (folder);
}

#define CASE(name, fault)                                                                          \
  g_test_add_data_func ("/profile-fault/upgrade/" name, GINT_TO_POINTER (fault), test_upgrade);    \
  g_test_add_data_func ("/profile-fault/rekey/" name, GINT_TO_POINTER (fault), test_rekey);        \
  g_test_add_data_func ("/profile-fault/first/" name, GINT_TO_POINTER (fault), test_first_person)

int
main (int argc, char **argv)
{
  /* A killed child has no thread that would speak for it on a bus of its parent. */
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  mc_vault_set_cost (1, 8192);
  CASE ("kill", MC_FAULT_KILL);
  CASE ("torn", MC_FAULT_TORN);
  CASE ("full", MC_FAULT_FULL);
  return g_test_run ();
}
