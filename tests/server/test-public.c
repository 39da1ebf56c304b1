/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Desks on which nothing of a resident stays: who is one, and how it learns that it is. */
#include "test-desk.h"

#include "mc-error.h"
#include "mc-province-admin.h"

static TestDesk *
enrol_public (TestProvince *test, const char *office)
{
  g_autoptr (TestDesk) desk = test_desk_new ();
  g_autofree char *code = mc_province_invite_public (test->province, office, NULL);
  g_autoptr (GError) error = NULL;
  McAdmission *admission = mc_province_enrol (test->province, code, &desk->public, &error);

  g_assert_no_error (error);
  g_assert_true (admission->device->public);
  desk->id = g_strdup (admission->device->id);
  mc_admission_free (admission);
  return g_steal_pointer (&desk);
}

static McDeskKind
told (TestProvince *test, TestDesk *desk)
{
  g_autoptr (McSyncAnswer) answer = test_push_once (test, desk, NULL);
  g_autoptr (GBytes) bytes = mc_sync_answer_write (answer);
  g_autoptr (McSyncAnswer) read = mc_sync_answer_read (bytes, NULL);

  g_assert_cmpint (read->desk, ==, answer->desk);
  return read->desk;
}

/* By its invitation, and it hears it before it is told anything else. */
static void
test_invited (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) laptop = enrol_public (test, test->office_a);
  g_autoptr (TestDesk) desk = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (told (test, laptop), ==, MC_DESK_PUBLIC_ALONE);
  desk = test_desk_enrol (test, test->office_a);
  g_assert_cmpint (told (test, laptop), ==, MC_DESK_PUBLIC);
  g_assert_cmpint (told (test, desk), ==, MC_DESK_OWN);
  g_assert_true (mc_province_suspend (test->province, desk->id, TRUE, &error));
  g_assert_cmpint (told (test, laptop), ==, MC_DESK_PUBLIC_ALONE);
}

static void
test_marked (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_province_set_public (test->province, desk->id, TRUE, &error));
  g_assert_cmpint (told (test, desk), ==, MC_DESK_PUBLIC_ALONE);
  g_assert_true (mc_province_set_public (test->province, desk->id, FALSE, &error));
  g_assert_cmpint (told (test, desk), ==, MC_DESK_OWN);
  g_assert_false (mc_province_set_public (test->province, "none", TRUE, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NOT_FOUND);
}

/* A copy of such a desk is one too. */
static void
test_copy (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) laptop = enrol_public (test, test->office_a);
  g_autoptr (McDevice) device = mc_province_device (test->province, laptop->id, NULL);
  McPublicKey key;
  McSecretKey secret;
  McAdmission *again;

  mc_keys_make (&key, &secret);
  again = mc_province_enrol_again (test->province, device, &key, NULL);
  g_assert_true (again->device->public);
  mc_admission_free (again);
}

/* A province that falls back to last week's database must not send a laptop the whole office. */
static void
test_restored (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) stolen = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) laptop = NULL;
  g_autoptr (McDevice) known = NULL;
  g_autoptr (GError) error = NULL;

  test_province_copy (test);
  laptop = enrol_public (test, test->office_a);
  g_assert_true (mc_province_set_public (test->province, desk->id, TRUE, &error));
  g_assert_true (mc_province_suspend (test->province, stolen->id, TRUE, &error));
  test_province_restore (test);
  g_assert_cmpint (told (test, laptop), ==, MC_DESK_PUBLIC_ALONE);
  g_assert_cmpint (told (test, desk), ==, MC_DESK_PUBLIC_ALONE);
  known = mc_province_device (test->province, stolen->id, &error);
  g_assert_true (known->suspended);
  test_sound (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/public/invited", test_invited);
  g_test_add_func ("/public/marked", test_marked);
  g_test_add_func ("/public/copy", test_copy);
  g_test_add_func ("/public/restored", test_restored);
  return g_test_run ();
}
