/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a helper prepares reaches the clerks of the office, is received once, and goes. */
#include "mc-preparation.h"

#include "mc-error.h"
#include "mc-store-private.h"
#include "mc-support.h"

#include <string.h>

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

static McTestOffice *
office_with_helper (void)
{
  McTestOffice *office = mc_test_office ();

  mc_test_publish (office,
                   MC_VERB_STAFF,
                   json_pack ("{s:s,s:s,s:s,s:s,s:b}",
                              "office",
                              office->office,
                              "login",
                              "giup",
                              "name",
                              "Hồ Thị Giúp",
                              "role",
                              "helper",
                              "active",
                              1));
  mc_test_sign_in (office, "giup");
  return office;
}

static json_t *
reception (gboolean consent)
{
  return json_pack ("{s:s,s:s,s:{s:s,s:s},s:{s:s},s:s,s:{s:{s:b}},s:{s:b},s:{s:{s:s}}}",
                    "procedure",
                    "1.001193",
                    "channel",
                    "direct",
                    "applicant",
                    "name",
                    "Nguyễn Văn Mẫu",
                    "id",
                    "001205123456",
                    "contact",
                    "phone",
                    "0912345678",
                    "subject",
                    "con gái",
                    "parts",
                    "to-khai",
                    "ticked",
                    1,
                    "prepared",
                    "consent",
                    (int)consent,
                    "declarations",
                    "to-khai",
                    "con",
                    "Nguyễn Thị Bé");
}

static void
prepare (McTestOffice *office)
{
  g_autoptr (json_t) typed = reception (TRUE);
  g_autofree char *draft = mc_desk_draft_put (office->desk, NULL, typed, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_desk_prepare (office->desk, draft, typed, &error));
  g_assert_no_error (error);
}

/* The drafts as whoever is signed in sees them. */
static json_t *
drafts (McTestOffice *office, guint expected)
{
  json_t *all = mc_desk_drafts (office->desk, NULL);

  g_assert_cmpuint (json_array_size (all), ==, expected);
  return all;
}

static json_t *
only (json_t *drafts, const char **ret_id)
{
  *ret_id = mc_json_string (json_array_get (drafts, 0), "id");
  return json_object_get (json_array_get (drafts, 0), "reception");
}

/* With everything that was typed; received with the draft that it is, and both say so. */
static void
test_received (void)
{
  g_autoptr (McTestOffice) office = office_with_helper ();
  g_autoptr (json_t) shown = NULL;
  g_autoptr (json_t) told = NULL;
  g_autoptr (json_t) none = NULL;
  g_autoptr (McReceived) received = NULL;
  g_autoptr (McReceived) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) form = NULL;
  const char *id;
  json_t *done;

  prepare (office);
  mc_test_accept_all (office);
  mc_test_sign_in (office, "an");
  shown = drafts (office, 1);
  form = json_deep_copy (only (shown, &id));
  g_assert_cmpstr (mc_json_string (json_object_get (form, "contact"), "phone"), ==, "0912345678");
  g_assert_cmpstr (mc_json_string (form, "subject"), ==, "con gái");
  g_assert_true (
      mc_json_bool (json_object_get (json_object_get (form, "parts"), "to-khai"), "ticked", FALSE));
  g_assert_cmpstr (
      mc_json_string (json_object_get (json_object_get (form, "declarations"), "to-khai"), "con"),
      ==,
      "Nguyễn Thị Bé");
  /* The papers of declarations are no business of this test's office. */
  json_object_del (form, "declarations");
  json_object_set_new (form, "draft", json_string (id));
  received = mc_desk_receive (office->desk, form, &error);
  g_assert_no_error (error);
  none = drafts (office, 0);
  /* A page that still lay open saves it no second time. */
  again = mc_desk_receive (office->desk, form, &error);
  g_assert_null (again);
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "prepared");
  mc_test_sign_in (office, "giup");
  told = drafts (office, 1);
  done = json_object_get (json_object_get (only (told, &id), "prepared"), "ended");
  g_assert_cmpstr (mc_json_string (done, "code"), ==, received->code);
  mc_test_check (office);
}

/* At the helper's own desk the word comes with the feed: nothing of the resident is left there. */
static void
test_told (void)
{
  g_autoptr (McTestOffice) office = office_with_helper ();
  g_autofree char *line = NULL;
  g_autofree char *held = NULL;
  g_autoptr (McOp) made = NULL;
  g_autoptr (json_t) clerk = NULL;
  g_autoptr (json_t) told = NULL;
  g_autoptr (json_t) body = NULL;
  g_autoptr (json_t) base = NULL;
  g_autofree char *text = NULL;
  const char *id;
  json_t *form;

  prepare (office);
  held = mc_test_waiting_line (office, 0);
  made = mc_op_parse (held, -1, NULL);
  mc_test_accept_all (office);
  body = json_pack ("{s:s,s:s,s:s}",
                    "how",
                    "received",
                    "dossier",
                    made->id,
                    "code",
                    "H05.032.07-261121-0421042");
  base = json_pack ("{s:[s]}", MC_GROUP_ENDED, made->id);
  line = mc_test_other (office, "an", made->on, MC_VERB_END, body, base);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  told = drafts (office, 1);
  form = only (told, &id);
  text = mc_json_text (form);
  g_assert_null (strstr (text, "Mẫu"));
  g_assert_cmpstr (mc_json_string (json_object_get (json_object_get (form, "prepared"), "ended"),
                                   "code"),
                   ==,
                   "H05.032.07-261121-0421042");
  mc_test_sign_in (office, "an");
  clerk = drafts (office, 0);
  mc_test_check (office);
}

/* Changed by who prepared it: one, the later one. Thrown away: nobody is shown it. */
static void
test_replaced_and_withdrawn (void)
{
  g_autoptr (McTestOffice) office = office_with_helper ();
  g_autoptr (json_t) first = NULL;
  g_autoptr (json_t) second = NULL;
  g_autoptr (json_t) none = NULL;
  g_autoptr (json_t) changed = NULL;
  const char *id;

  prepare (office);
  first = drafts (office, 1);
  changed = json_deep_copy (only (first, &id));
  json_object_set_new (changed, "subject", json_string ("con trai"));
  g_assert_true (mc_desk_prepare (office->desk, id, changed, NULL));
  second = drafts (office, 1);
  g_assert_cmpstr (mc_json_string (only (second, &id), "subject"), ==, "con trai");
  g_assert_true (mc_desk_draft_drop (office->desk, id, NULL));
  none = drafts (office, 0);
  mc_test_sign_in (office, "an");
  mc_test_accept_all (office);
  g_assert_cmpuint (json_array_size (none), ==, 0);
  json_decref (none);
  none = drafts (office, 0);
  mc_test_check (office);
}

/* Nothing without the resident's consent, and nothing for longer than its days. */
static void
test_consent_and_days (void)
{
  g_autoptr (McTestOffice) office = office_with_helper ();
  g_autoptr (json_t) without = reception (FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) kept = NULL;
  g_autoptr (json_t) gone = NULL;

  g_assert_false (mc_desk_prepare (office->desk, NULL, without, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "consent"));
  prepare (office);
  mc_fake_clock_pass (office->clock, (MC_PREPARATION_DAYS - 1) * DAY_MS);
  kept = drafts (office, 1);
  mc_fake_clock_pass (office->clock, DAY_MS);
  gone = drafts (office, 0);
  g_assert_true (mc_preparation_forget (office->store, NULL));
  mc_fake_clock_pass (office->clock, -DAY_MS);
  json_decref (gone);
  gone = drafts (office, 0);
  mc_test_check (office);
}

/* A program brought up to date shows what the one before kept and could not read. */
static void
test_caught_up (void)
{
  g_autoptr (McTestOffice) office = office_with_helper ();
  g_autoptr (json_t) before = NULL;
  g_autoptr (json_t) after = NULL;
  g_autoptr (GError) error = NULL;

  prepare (office);
  mc_test_accept_all (office);
  g_assert_true (mc_db_script (mc_store_db (office->store),
                               "DELETE FROM record WHERE id IN (SELECT record FROM op WHERE verb = "
                               "'" MC_VERB_PREPARE "'); DELETE FROM draft; "
                               "UPDATE fact SET value = 3 WHERE key = 'reads'",
                               NULL));
  before = drafts (office, 0);
  g_assert_true (mc_store_catch_up (office->store, &error));
  g_assert_no_error (error);
  after = drafts (office, 1);
  mc_test_check (office);
}

/* Whoever receives nothing is shown nothing of a resident. */
static void
test_seen_by (void)
{
  g_autoptr (McTestOffice) office = office_with_helper ();
  g_autoptr (json_t) officer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) typed = reception (TRUE);

  prepare (office);
  mc_test_sign_in (office, "binh");
  officer = drafts (office, 0);
  g_assert_false (mc_desk_prepare (office->desk, NULL, typed, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preparation/received", test_received);
  g_test_add_func ("/preparation/told", test_told);
  g_test_add_func ("/preparation/replaced-and-withdrawn", test_replaced_and_withdrawn);
  g_test_add_func ("/preparation/consent-and-days", test_consent_and_days);
  g_test_add_func ("/preparation/seen-by", test_seen_by);
  g_test_add_func ("/preparation/caught-up", test_caught_up);
  return g_test_run ();
}
