/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"

static json_t *
base_of (const char *group, McDossier *dossier)
{
  json_t *base = json_object ();

  json_object_set_new (base, group, mc_record_base (dossier->record, group, FALSE));
  return base;
}

static json_t *
phone_body (const char *phone)
{
  return json_pack ("{s:{s:{s:s}}}", "groups", "contact", "phone", phone);
}

/* Another desk writes @phone, having seen what the feed had; the province takes it first. */
static void
other_sets_phone (McTestOffice *office, const char *id, const char *phone, const char *ruling)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);
  g_autoptr (json_t) base = json_object ();
  g_autoptr (json_t) body = phone_body (phone);
  g_autofree char *line = NULL;

  json_object_set_new (base, "contact", json_pack ("[s]", dossier->record->creator));
  line = mc_test_other (office, "binh", id, MC_VERB_SET, body, base);
  mc_test_feed (office, line, ruling);
}

static McTestOffice *
contested_office (char **ret_id)
{
  McTestOffice *office = mc_test_office ();
  g_autoptr (json_t) mine = json_pack ("{s:s}", "phone", "0911");

  mc_test_sign_in (office, "an");
  *ret_id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  g_assert_true (mc_desk_set (office->desk, *ret_id, MC_GROUP_CONTACT, mine, NULL));
  other_sets_phone (office, *ret_id, "0922", "\"applied\"");
  mc_test_pull (office);
  return office;
}

static void
test_same_group (void)
{
  g_autofree char *id = NULL;
  g_autoptr (McTestOffice) office = contested_office (&id);
  g_autoptr (GPtrArray) conflicts = mc_store_conflicts (office->store, NULL, NULL);
  McConflict *conflict;
  McSide *first, *second;

  /* A pending op that will be contested is shown as such at once. */
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = conflicts->pdata[0];
  g_assert_cmpstr (conflict->group, ==, "contact");
  g_assert_cmpstr (conflict->before, ==, "{\"phone\":\"0912345678\"}");
  g_assert_cmpuint (conflict->sides->len, ==, 2);
  first = conflict->sides->pdata[0];
  second = conflict->sides->pdata[1];
  g_assert_cmpstr (first->value, ==, "{\"phone\":\"0922\"}");
  g_assert_cmpstr (first->by, ==, "Nguyễn Thị Bình");
  g_assert_false (first->here);
  g_assert_true (second->here);
  g_assert_cmpstr (second->by, ==, "Trần Văn An");
  mc_test_check (office);
}

static void
test_different_groups (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) subject = json_string ("Khai sinh cho con");
  g_autofree char *id = NULL;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  g_assert_true (mc_desk_set (office->desk, id, MC_GROUP_SUBJECT, subject, NULL));
  other_sets_phone (office, id, "0922", "\"applied\"");
  mc_test_pull (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpuint (dossier->row->contested, ==, 0);
  g_assert_cmpstr (dossier->row->phone, ==, "0922");
  g_assert_cmpstr (mc_record_value (dossier->record, "subject"), ==, "\"Khai sinh cho con\"");
  mc_test_check (office);
}

static void
test_settle (void)
{
  g_autofree char *id = NULL;
  g_autoptr (McTestOffice) office = contested_office (&id);
  g_autoptr (GPtrArray) conflicts = mc_store_conflicts (office->store, NULL, NULL);
  g_autoptr (json_t) value = json_pack ("{s:s}", "phone", "0922");
  g_autoptr (GError) error = NULL;
  g_autoptr (McDossier) dossier = NULL;
  McConflict *conflict = conflicts->pdata[0];

  g_assert_true (mc_desk_settle (office->desk, conflict->id, value, NULL, &error));
  g_assert_no_error (error);
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpuint (dossier->row->contested, ==, 0);
  g_assert_cmpstr (dossier->row->phone, ==, "0922");
  /* Both values stay in the history. */
  g_assert_cmpuint (dossier->events->len, ==, 4);
  g_assert_false (mc_desk_settle (office->desk, conflict->id, value, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NOT_FOUND);
  mc_test_accept_all (office);
  mc_test_check (office);
}

/* A third value that came after the person looked stays open. */
static void
test_settle_names_what_was_shown (void)
{
  g_autofree char *id = NULL;
  g_autoptr (McTestOffice) office = contested_office (&id);
  g_autoptr (GPtrArray) shown = mc_store_conflicts (office->store, NULL, NULL);
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (json_t) value = json_pack ("{s:s}", "phone", "0911");
  McConflict *conflict = shown->pdata[0];
  const char *seen[] = { ((McSide *)conflict->sides->pdata[0])->op,
                         ((McSide *)conflict->sides->pdata[1])->op,
                         NULL };

  other_sets_phone (office, id, "0933", "{\"contact\":\"contested\"}");
  mc_test_pull (office);
  g_assert_true (mc_desk_settle (office->desk, conflict->id, value, seen, NULL));
  left = mc_store_conflicts (office->store, NULL, NULL);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpuint (((McConflict *)left->pdata[0])->sides->len, ==, 2);
}

static void
test_equal_merges (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *apart = g_utf8_normalize ("Thôn Đồng", -1, G_NORMALIZE_NFD);
  g_autoptr (json_t) mine = json_pack ("{s:s}", "email", "Thôn Đồng");
  g_autoptr (json_t) body = json_pack ("{s:{s:{s:s}}}", "groups", "contact", "email", apart);
  g_autoptr (json_t) base = NULL;
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  base = base_of ("contact", dossier);
  g_clear_pointer (&dossier, mc_dossier_free);
  g_assert_true (mc_desk_set (office->desk, id, MC_GROUP_CONTACT, mine, NULL));
  line = mc_test_other (office, "binh", id, MC_VERB_SET, body, base);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpuint (dossier->row->contested, ==, 0);
  g_assert_cmpuint (mc_record_group (dossier->record, "contact")->tips->len, ==, 2);
}

static void
test_two_fees (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) body = json_pack ("{s:i,s:s}", "taken", 8000, "method", "cash");
  g_autoptr (json_t) base = NULL;
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  base = base_of ("fee", dossier);
  g_clear_pointer (&dossier, mc_dossier_free);
  g_assert_true (mc_desk_take_fee (office->desk, id, 8000, "cash", NULL));
  line = mc_test_other (office, "an", id, MC_VERB_FEE, body, base);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  /* Equal, by the same person, and yet two: money was taken twice. */
  g_assert_cmpuint (dossier->row->contested, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conflict/same-group", test_same_group);
  g_test_add_func ("/conflict/different-groups", test_different_groups);
  g_test_add_func ("/conflict/settle", test_settle);
  g_test_add_func ("/conflict/settle-names-what-was-shown", test_settle_names_what_was_shown);
  g_test_add_func ("/conflict/equal-merges", test_equal_merges);
  g_test_add_func ("/conflict/two-fees", test_two_fees);
  return g_test_run ();
}
