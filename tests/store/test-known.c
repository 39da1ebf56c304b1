/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-applicant.h"
#include "mc-known.h"
#include "mc-support.h"

#define NUMBER "001205123456"
#define OTHER "001305123457"

static char *
receive (McTestOffice *office, json_t *reception)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) given = reception;
  g_autoptr (McReceived) received = mc_desk_receive (office->desk, given, &error);

  g_assert_no_error (error);
  return g_strdup (received->id);
}

static json_t *
reception (const char *name, const char *number, const char *dob, const char *phone)
{
  json_t *applicant = json_pack ("{s:s,s:s}", "name", name, "dob", dob);

  if (number != NULL)
    json_object_set_new (applicant, "id", json_string (number));
  return json_pack ("{s:s,s:o,s:{s:s}}",
                    "procedure",
                    "1.001193",
                    "applicant",
                    applicant,
                    "contact",
                    "phone",
                    phone);
}

static void
assert_phone (McKnown *found, const char *phone)
{
  g_autoptr (McKnown) known = found;

  g_assert_cmpstr (known != NULL ? mc_json_string (known->contact, "phone") : NULL, ==, phone);
}

static void
test_known (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  mc_test_sign_in (office, "an");
  g_assert_null (mc_store_known (office->store, NUMBER, NULL, NULL));
  first = receive (office, reception ("Nguyễn Văn Đình", NUMBER, "2005-03-05", "0912345678"));
  mc_fake_clock_pass (office->clock, 1000);
  second = receive (office, reception ("Nguyễn Văn Đình", NUMBER, "2005-03-05", "0987654321"));
  /* As they were last. */
  assert_phone (mc_store_known (office->store, NUMBER, NULL, NULL), "0987654321");
  assert_phone (mc_store_known (office->store, "", "nguyen van dinh", "2005-03-05"), "0987654321");
  /* A year is no birthday, and another number is another person. */
  assert_phone (mc_store_known (office->store, "", "Nguyễn Văn Đình", "2005"), NULL);
  assert_phone (mc_store_known (office->store, OTHER, "Nguyễn Văn Đình", "2005-03-05"), NULL);
  assert_phone (mc_store_known (office->store, "", "Nguyễn Văn Đình", NULL), NULL);
  /* Two with one name and one birthday: only the number tells. */
  third = receive (office, reception ("Nguyễn Văn Đình", OTHER, "2005-03-05", "0900000000"));
  assert_phone (mc_store_known (office->store, "", "Nguyễn Văn Đình", "2005-03-05"), NULL);
  assert_phone (mc_store_known (office->store, OTHER, NULL, NULL), "0900000000");
}

/* Whoever gave a mandate and comes in person the next time. */
static void
test_known_by_mandate (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McKnown) known = NULL;
  json_t *given = reception ("Nguyễn Văn Đình", NUMBER, "2005-03-05", "0912345678");
  json_t *applicant = json_object_get (given, "applicant");
  g_autofree char *id = NULL;

  mc_test_sign_in (office, "an");
  json_object_set_new (applicant, "for", json_string (MC_FOR_PERSON));
  json_object_set_new (applicant, "for_name", json_string ("Trần Thị Số"));
  json_object_set_new (applicant, "for_id", json_string (OTHER));
  json_object_set_new (applicant, "for_phone", json_string ("0900000000"));
  id = receive (office, given);
  known = mc_store_known (office->store, OTHER, NULL, NULL);
  g_assert_nonnull (known);
  g_assert_cmpstr (mc_json_string (known->applicant, "name"), ==, "Trần Thị Số");
  g_assert_cmpstr (mc_json_string (known->contact, "phone"), ==, "0900000000");
  /* The case is hers: he has none of his own under way. */
  g_autoptr (GPtrArray) his =
      mc_store_same_matter (office->store,
                            &(McMatter){ .number = NUMBER, .procedure = "1.001193" },
                            NULL);
  g_autoptr (GPtrArray) hers =
      mc_store_same_matter (office->store,
                            &(McMatter){ .number = OTHER, .procedure = "1.001193" },
                            NULL);
  g_assert_cmpuint (his->len, ==, 0);
  g_assert_cmpuint (hers->len, ==, 1);
}

static void
test_matter_by_name (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  const McMatter same = { NULL, "NGUYEN VAN DINH", "2005-03-05", "1.001193" };
  const McMatter younger = { NULL, "Nguyễn Văn Đình", "2006-03-05", "1.001193" };
  const McMatter numbered = { OTHER, "Nguyễn Văn Đình", "2005-03-05", "1.001193" };
  g_autofree char *id = NULL;

  mc_test_sign_in (office, "an");
  id = receive (office, reception ("Nguyễn Văn Đình", NULL, "2005-03-05", "0912345678"));
  g_autoptr (GPtrArray) one = mc_store_same_matter (office->store, &same, NULL);
  g_autoptr (GPtrArray) none = mc_store_same_matter (office->store, &younger, NULL);
  g_autoptr (GPtrArray) other = mc_store_same_matter (office->store, &numbered, NULL);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (other->len, ==, 0);
}

static json_t *
test_document (McTestOffice *office)
{
  g_autofree char *path = mc_test_pdf (office->folder, "Giay", 1);

  return mc_desk_import (office->desk, path, NULL);
}

static void
test_held (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) document = test_document (office);
  json_t *given = reception ("Nguyễn Văn Đình", NUMBER, "2005-03-05", "0912345678");
  g_autofree char *id = NULL;

  mc_test_sign_in (office, "an");
  json_object_set_new (given,
                       "parts",
                       json_pack ("{s:{s:b,s:O}}", "to-khai", "ticked", 1, "document", document));
  id = receive (office, given);
  g_autoptr (GPtrArray) held = mc_store_held (office->store, NUMBER);
  g_autoptr (GPtrArray) nothing = mc_store_held (office->store, OTHER);
  g_assert_cmpuint (held->len, ==, 1);
  g_assert_cmpuint (nothing->len, ==, 0);
  const McHeld *one = held->pdata[0];
  g_assert_true (json_equal (one->document, document));
  g_assert_nonnull (one->name);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/known/resident", test_known);
  g_test_add_func ("/known/by-mandate", test_known_by_mandate);
  g_test_add_func ("/known/matter-by-name", test_matter_by_name);
  g_test_add_func ("/known/held", test_held);
  return g_test_run ();
}
