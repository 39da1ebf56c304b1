/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An office's own version of a procedure at its desks. */
#include "mc-own.h"

#include "mc-error.h"
#include "mc-id.h"
#include "mc-support.h"

#include <string.h>

#define CODE "1.001193"

static McTestOffice *
office_of_the_leader (void)
{
  McTestOffice *office = mc_test_office ();

  mc_test_sign_in (office, "chi");
  return office;
}

static json_t *
renamed (McStore *store, const char *name)
{
  g_autoptr (McOwnEntry) known = mc_store_own_entry (store, CODE);
  json_t *entry;

  g_assert_nonnull (known);
  entry = json_deep_copy (known->entry);
  json_object_set_new (entry, "name", json_string (name));
  return entry;
}

/* It is taken before the province's; a dossier keeps what it was received under. */
static void
test_taken_first (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (json_t) entry = renamed (office->store, "Khai sinh ở xã");
  g_autoptr (GError) error = NULL;

  mc_test_sign_in (office, "an");
  before = mc_test_receive (office, "Trước");
  g_assert_false (mc_desk_own (office->desk, entry, NULL, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_clear_error (&error);
  mc_test_sign_in (office, "chi");
  g_assert_true (mc_desk_own (office->desk, entry, NULL, NULL, &error));
  g_assert_no_error (error);
  mc_test_sign_in (office, "an");
  after = mc_test_receive (office, "Sau");
  {
    g_autoptr (McDossier) old = mc_store_dossier (office->store, before, NULL);
    g_autoptr (McDossier) fresh = mc_store_dossier (office->store, after, NULL);
    g_autoptr (McProcedure) then = mc_store_procedure_of (office->store, old);
    g_autoptr (McProcedure) now = mc_store_procedure_of (office->store, fresh);
    g_autoptr (McProcedure) taken = mc_store_procedure (office->store, CODE, NULL);

    g_assert_cmpstr (then->name, ==, "Đăng ký khai sinh");
    g_assert_cmpstr (now->name, ==, "Khai sinh ở xã");
    g_assert_cmpstr (taken->office, ==, office->office);
  }
  mc_test_accept_all (office);
  mc_test_check (office);
}

/* Two leaders who did not see each other: what stands stays, the other's is shown, and the next
 * save answers both. */
static void
test_apart (void)
{
  g_autoptr (McTestOffice) office = office_of_the_leader ();
  g_autoptr (json_t) mine = renamed (office->store, "Bản của chi");
  g_autoptr (json_t) theirs = renamed (office->store, "Bản kia");
  g_autoptr (json_t) body = NULL;
  g_autoptr (json_t) none = json_object ();
  g_autoptr (McOwnEntry) seen = NULL;
  g_autoptr (McOwnEntry) settled = NULL;
  g_autofree char *line = NULL;
  g_autofree char *held = NULL;
  g_autoptr (McOp) own = NULL;

  g_assert_true (mc_desk_own (office->desk, mine, NULL, NULL, NULL));
  held = mc_test_waiting_line (office, 0);
  own = mc_op_parse (held, -1, NULL);
  json_object_set_new (theirs, "office", json_string (office->office));
  body = json_pack ("{s:O,s:s}", "procedure", theirs, "version", "R-2");
  line = mc_test_other (office, "chi", own->on, MC_VERB_OWN, body, none);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  seen = mc_store_own_entry (office->store, CODE);
  g_assert_cmpstr (mc_json_string (seen->entry, "name"), ==, "Bản kia");
  g_assert_cmpuint (seen->others->len, ==, 1);
  g_assert_cmpstr (mc_json_string (((McOwnOther *)seen->others->pdata[0])->entry, "name"),
                   ==,
                   "Bản của chi");
  g_assert_cmpstr (((McOwnOther *)seen->others->pdata[0])->by, ==, "Lê Thị Chi");
  g_assert_true (mc_desk_own (office->desk, mine, seen->seen, NULL, NULL));
  settled = mc_store_own_entry (office->store, CODE);
  g_assert_cmpstr (mc_json_string (settled->entry, "name"), ==, "Bản của chi");
  g_assert_cmpuint (settled->others->len, ==, 0);
  mc_test_check (office);
}

/* What the province refused is not received by; the law's text is there again. */
static void
test_refused (void)
{
  g_autoptr (McTestOffice) office = office_of_the_leader ();
  g_autoptr (json_t) entry = renamed (office->store, "Không được");
  g_autofree char *line = NULL;
  g_autoptr (McProcedure) taken = NULL;

  g_assert_true (mc_desk_own (office->desk, entry, NULL, NULL, NULL));
  line = mc_test_waiting_line (office, 0);
  mc_test_feed (office, line, "\"refused:role\"");
  mc_test_pull (office);
  taken = mc_store_procedure (office->store, CODE, NULL);
  g_assert_cmpstr (taken->name, ==, "Đăng ký khai sinh");
  mc_test_check (office);
}

/* Another office's own version is nothing to this one, whoever said it. */
static void
test_elsewhere (void)
{
  g_autoptr (McTestOffice) office = office_of_the_leader ();
  g_autoptr (json_t) entry = renamed (office->store, "Của xã khác");
  g_autoptr (McProcedure) taken = NULL;
  g_autofree char *other = mc_id_new (MC_TEST_MS);

  json_object_set_new (entry, "office", json_string (other));
  mc_test_publish (office,
                   MC_VERB_PROCEDURE,
                   json_pack ("{s:O,s:s}", "procedure", entry, "version", "2026"));
  taken = mc_store_procedure (office->store, CODE, NULL);
  g_assert_cmpstr (taken->name, ==, "Đăng ký khai sinh");
}

/* The province's text changed under an own version: said, so that somebody looks. */
static void
test_newer (void)
{
  g_autoptr (McTestOffice) office = office_of_the_leader ();
  g_autoptr (json_t) entry = renamed (office->store, "Khai sinh ở xã");
  g_autoptr (McProcedure) law = mc_store_procedure (office->store, CODE, NULL);
  g_autoptr (McOwnEntry) same = NULL;
  g_autoptr (McOwnEntry) newer = NULL;

  json_object_set_new (entry, "based_on", json_string (law->version));
  g_assert_true (mc_desk_own (office->desk, entry, NULL, NULL, NULL));
  same = mc_store_own_entry (office->store, CODE);
  g_assert_false (same->newer);
  json_object_set_new (entry, "version", json_string ("2027"));
  json_object_set_new (entry, "valid_from", json_string ("2026-11-01"));
  mc_test_publish (office,
                   MC_VERB_PROCEDURE,
                   json_pack ("{s:O,s:s}", "procedure", entry, "version", "2027"));
  newer = mc_store_own_entry (office->store, CODE);
  g_assert_true (newer->own);
  g_assert_true (newer->newer);
  g_assert_cmpstr (newer->common->version, ==, "2027");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/own/taken-first", test_taken_first);
  g_test_add_func ("/own/apart", test_apart);
  g_test_add_func ("/own/refused", test_refused);
  g_test_add_func ("/own/elsewhere", test_elsewhere);
  g_test_add_func ("/own/newer", test_newer);
  return g_test_run ();
}
