/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works at a desk that is open; how it is opened is the door's: tests/sync/test-door.c. */
#include "mc-error.h"
#include "mc-support.h"

static void
test_who (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_desk_enter (office->desk, "nobody", NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NOT_FOUND);
  g_assert_null (mc_desk_staff (office->desk));
  g_assert_true (mc_desk_enter (office->desk, " an", NULL, NULL));
  g_assert_cmpstr (mc_desk_staff (office->desk)->name, ==, "Trần Văn An");
  mc_desk_sign_out (office->desk);
  g_assert_null (mc_desk_staff (office->desk));
}

static void
reopen (McTestOffice *office)
{
  mc_desk_free (office->desk);
  mc_store_close (office->store);
  office->store = mc_store_open (office->folder, &office->clock->clock, office->key, NULL);
  office->desk = mc_desk_new (office->store);
}

/* The office's people have not come yet: the province's word is kept until they do. */
static void
test_told (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  McStaff told = { .id = (char *)"01900000-0000-7000-8000-00000000000d",
                   .login = (char *)"dung",
                   .name = (char *)"Phạm Văn Dũng",
                   .role = MC_ROLE_CLERK,
                   .office = office->office };

  g_assert_true (mc_desk_enter (office->desk, "dung", &told, NULL));
  reopen (office);
  g_assert_true (mc_desk_enter (office->desk, "dung", NULL, NULL));
  g_assert_cmpstr (mc_desk_staff (office->desk)->name, ==, "Phạm Văn Dũng");
  g_assert_cmpint (mc_desk_staff (office->desk)->role, ==, MC_ROLE_CLERK);
}

/* The office's own word counts more, also where it says that somebody works there no more. */
static void
test_left (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McStaff) an = mc_store_staff_by_login (office->store, "an");
  g_autoptr (GError) error = NULL;
  McStaff told = *an;

  told.name = (char *)"Ai Khác";
  g_assert_true (mc_desk_enter (office->desk, "an", &told, NULL));
  g_assert_cmpstr (mc_desk_staff (office->desk)->name, ==, "Trần Văn An");
  mc_test_leaves (office, "an");
  g_assert_false (mc_desk_enter (office->desk, "an", NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "left");
}

/* The window keeps nothing: who closes it is signed out for motcuactl too. */
static void
test_closed_is_signed_out (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();

  g_assert_true (mc_desk_enter (office->desk, "an", NULL, NULL));
  reopen (office);
  g_assert_false (mc_desk_resume (office->desk, NULL));
}

static void
test_resume (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();

  mc_test_sign_in (office, "chi");
  reopen (office);
  g_assert_null (mc_desk_staff (office->desk));
  g_assert_true (mc_desk_resume (office->desk, NULL));
  g_assert_cmpstr (mc_desk_staff (office->desk)->login, ==, "chi");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sign-in/who", test_who);
  g_test_add_func ("/sign-in/told", test_told);
  g_test_add_func ("/sign-in/left", test_left);
  g_test_add_func ("/sign-in/closed-is-signed-out", test_closed_is_signed_out);
  g_test_add_func ("/sign-in/resume", test_resume);
  return g_test_run ();
}
