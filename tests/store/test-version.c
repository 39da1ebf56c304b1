/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-support.h"

static json_t *
body (const char *version, const char *from, const char *name)
{
  json_t *procedure = json_pack ("{s:s,s:s,s:s,s:[{s:s,s:s,s:[s],s:{s:s,s:i}}]}",
                                 "code",
                                 "9.000001",
                                 "name",
                                 name,
                                 "version",
                                 version,
                                 "cases",
                                 "id",
                                 "a",
                                 "name",
                                 "A",
                                 "channels",
                                 "direct",
                                 "time",
                                 "unit",
                                 "days",
                                 "count",
                                 3);

  if (from != NULL)
    json_object_set_new (procedure, "valid_from", json_string (from));
  return json_pack ("{s:o}", "procedure", procedure);
}

static void
publish (McTestOffice *office, const char *version, const char *from, const char *name)
{
  mc_test_publish (office, MC_VERB_PROCEDURE, body (version, from, name));
}

static char *
listed (McTestOffice *office)
{
  g_autoptr (GPtrArray) all = mc_store_procedures (office->store, NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (((McProcedure *)all->pdata[i])->code, "9.000001"))
      g_string_append_printf (names, "%s;", ((McProcedure *)all->pdata[i])->name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* A version that holds from another day is there, and is not taken before that day. */
static void
test_day (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (McProcedure) now = NULL;

  publish (office, "1", NULL, "Nay");
  publish (office, "3", "2027-03-01", "Mai sau");
  before = listed (office);
  g_assert_cmpstr (before, ==, "Nay;");
  now = mc_store_procedure (office->store, "9.000001", NULL);
  g_assert_cmpstr (now->version, ==, "1");
  publish (office, "2", "2026-11-01", "Tháng này");
  after = listed (office);
  g_assert_cmpstr (after, ==, "Tháng này;");
}

/* A dossier is read under the version it was received under, whatever is in force later. */
static void
test_dossier (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) reception =
      json_pack ("{s:s,s:{s:s}}", "procedure", "9.000001", "applicant", "name", "Nguyễn Văn Đình");
  g_autoptr (McReceived) received = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McProcedure) kept = NULL;
  g_autoptr (McProcedure) none = NULL;
  g_autoptr (GError) error = NULL;

  publish (office, "1", NULL, "Xưa");
  mc_test_sign_in (office, "an");
  received = mc_desk_receive (office->desk, reception, &error);
  g_assert_no_error (error);
  publish (office, "2", "2026-11-01", "Nay");
  dossier = mc_store_dossier (office->store, received->id, &error);
  g_assert_no_error (error);
  kept = mc_store_procedure_of (office->store, dossier);
  g_assert_cmpstr (kept->name, ==, "Xưa");
  g_assert_cmpstr (kept->version, ==, "1");
  none = mc_store_procedure_version (office->store, "9.000001", "7", "2026-11-21");
  g_assert_null (none);
}

/* Who reads beside hears that the catalogue is another. */
static void
test_mark (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *before = mc_store_catalogue_mark (office->store);
  g_autofree char *same = mc_store_catalogue_mark (office->store);
  g_autofree char *after = NULL;

  publish (office, "1", NULL, "Nay");
  after = mc_store_catalogue_mark (office->store);
  g_assert_cmpstr (before, ==, same);
  g_assert_cmpstr (before, !=, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/version/day", test_day);
  g_test_add_func ("/version/dossier", test_dossier);
  g_test_add_func ("/version/mark", test_mark);
  return g_test_run ();
}
