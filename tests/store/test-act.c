/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"

static const char *
state_of (McTestOffice *office, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);

  return g_intern_string (dossier->row->state);
}

/* The whole way by the people whose step it is; everybody else is refused. */
static void
test_the_way_of_a_dossier (void)
{
  static const struct
  {
    const char *login;
    const char *step;
    const char *state;
  } way[] = {
    { "binh", MC_STEP_APPRAISE, "appraised" },
    { "chi", MC_STEP_APPROVE, "approved" },
    { "an", MC_STEP_RETURN, "returned" },
  };
  static const char *const logins[] = { "an", "binh", "chi" };
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    {
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (logins); j++)
        if (!g_str_equal (logins[j], way[i].login))
          {
            mc_test_sign_in (office, logins[j]);
            g_assert_false (mc_desk_step (office->desk, id, way[i].step, NULL, NULL));
          }
      mc_test_sign_in (office, way[i].login);
      g_assert_true (mc_desk_step (office->desk, id, way[i].step, "ghi chú", &error));
      g_assert_no_error (error);
      g_assert_cmpstr (state_of (office, id), ==, way[i].state);
    }
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpuint (dossier->events->len, ==, 4);
  g_assert_cmpstr (((McEvent *)dossier->events->pdata[2])->by, ==, "Lê Thị Chi");
  g_assert_cmpstr (dossier->row->due, ==, "2026-11-26T17:00");
  mc_test_check (office);
}

static void
test_impossible_steps (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_assert_false (mc_desk_step (office->desk, id, MC_STEP_RETURN, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (mc_desk_step (office->desk, id, "fly", NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (mc_desk_step (office->desk,
                                "01a20001-0000-7000-8000-000000000000",
                                MC_STEP_WITHDRAW,
                                NULL,
                                &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NOT_FOUND);
  /* What was refused left nothing behind, and the numbers go on without a gap. */
  g_assert_cmpint (mc_store_fact_int (office->store, "n", 0), ==, 1);
  mc_test_check (office);
}

static void
test_supplement_and_back (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_assert_true (
      mc_desk_step (office->desk, id, MC_STEP_SUPPLEMENT, "thiếu giấy chứng sinh", NULL));
  g_assert_cmpstr (state_of (office, id), ==, "supplement");
  g_assert_true (mc_desk_step (office->desk, id, MC_STEP_COMPLETE, NULL, NULL));
  g_assert_cmpstr (state_of (office, id), ==, "received");
  g_assert_true (mc_desk_step (office->desk, id, MC_STEP_WITHDRAW, NULL, NULL));
  g_assert_cmpstr (state_of (office, id), ==, "withdrawn");
  g_assert_false (mc_desk_step (office->desk, id, MC_STEP_SUPPLEMENT, NULL, NULL));
}

static void
test_set_and_note (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) phone = json_pack ("{s:s}", "phone", "0999");
  g_autoptr (json_t) status = json_pack ("{s:s}", "state", "approved");
  g_autoptr (json_t) nameless = json_pack ("{s:s}", "name", "");
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_assert_true (mc_desk_set (office->desk, id, MC_GROUP_CONTACT, phone, &error));
  g_assert_true (mc_desk_note (office->desk, id, "Gọi lại chiều thứ Hai", &error));
  g_assert_no_error (error);
  g_assert_false (mc_desk_set (office->desk, id, MC_GROUP_STATUS, status, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (mc_desk_set (office->desk, id, MC_GROUP_APPLICANT, nameless, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpstr (dossier->row->phone, ==, "0999");
  g_assert_cmpuint (dossier->events->len, ==, 3);
  mc_test_check (office);
}

static void
test_fee_twice_here (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_assert_true (mc_desk_take_fee (office->desk, id, 8000, "cash", NULL));
  g_assert_true (mc_desk_take_fee (office->desk, id, 5000, "transfer", NULL));
  dossier = mc_store_dossier (office->store, id, NULL);
  /* The same clerk saw the first: a correction, not a second payment. */
  g_assert_cmpuint (dossier->row->contested, ==, 0);
  g_assert_false (mc_desk_take_fee (office->desk, id, -1, "cash", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/act/way-of-a-dossier", test_the_way_of_a_dossier);
  g_test_add_func ("/act/impossible-steps", test_impossible_steps);
  g_test_add_func ("/act/supplement-and-back", test_supplement_and_back);
  g_test_add_func ("/act/set-and-note", test_set_and_note);
  g_test_add_func ("/act/fee-twice-here", test_fee_twice_here);
  return g_test_run ();
}
