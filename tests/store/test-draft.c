/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"

static void
test_kept_and_ended (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) typed = json_pack ("{s:{s:s}}", "applicant", "name", "Nguyễn V");
  g_autoptr (json_t) whole = NULL;
  g_autoptr (json_t) back = NULL;
  g_autoptr (json_t) all = NULL;
  g_autoptr (json_t) left = NULL;
  g_autofree char *id = mc_desk_draft_put (office->desk, NULL, typed, NULL);
  g_autofree char *same = mc_desk_draft_put (office->desk, id, typed, NULL);
  g_autoptr (McReceived) received = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (id, ==, same);
  back = mc_desk_draft (office->desk, id, NULL);
  g_assert_true (json_equal (back, typed));
  all = mc_desk_drafts (office->desk, NULL);
  g_assert_cmpuint (json_array_size (all), ==, 1);
  mc_test_sign_in (office, "an");
  whole = json_pack ("{s:s,s:{s:s},s:s}",
                     "procedure",
                     "1.001193",
                     "applicant",
                     "name",
                     "Nguyễn Văn Đình",
                     "draft",
                     id);
  received = mc_desk_receive (office->desk, whole, &error);
  g_assert_no_error (error);
  left = mc_desk_drafts (office->desk, NULL);
  g_assert_cmpuint (json_array_size (left), ==, 0);
}

/* A reception that fails does not end the draft. */
static void
test_kept_where_saving_fails (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) typed = json_object ();
  g_autofree char *id = mc_desk_draft_put (office->desk, NULL, typed, NULL);
  g_autoptr (json_t) bad =
      json_pack ("{s:s,s:{s:s},s:s}", "procedure", "9.9", "applicant", "name", "A", "draft", id);
  g_autoptr (json_t) back = NULL;

  mc_test_sign_in (office, "an");
  g_assert_null (mc_desk_receive (office->desk, bad, NULL));
  back = mc_desk_draft (office->desk, id, NULL);
  g_assert_nonnull (back);
}

static void
test_dropped (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) typed = json_object ();
  g_autofree char *id = mc_desk_draft_put (office->desk, NULL, typed, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_desk_draft_drop (office->desk, id, NULL));
  g_assert_null (mc_desk_draft (office->desk, id, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/kept-and-ended", test_kept_and_ended);
  g_test_add_func ("/draft/kept-where-saving-fails", test_kept_where_saving_fails);
  g_test_add_func ("/draft/dropped", test_dropped);
  return g_test_run ();
}
