/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-support.h"
#include "mc-sync-store.h"

#include <string.h>

/* A dossier that the province knows, with its creating op. */
static char *
known_dossier (McTestOffice *office)
{
  char *id;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  return id;
}

/* Another desk says @verb of @group, having seen what the feed has of it. */
static void
other_says (McTestOffice *office,
            const char *login,
            const char *id,
            const char *group,
            const char *verb,
            json_t *body,
            const char *ruling)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);
  g_autoptr (json_t) base = json_object ();
  g_autofree char *line = NULL;

  json_object_set_new (base, group, mc_record_base (dossier->record, group, TRUE));
  line = mc_test_other (office, login, id, verb, body, base);
  mc_test_feed (office, line, ruling);
  json_decref (body);
}

static McConflict *
only_conflict (McTestOffice *office, GPtrArray **ret_all)
{
  *ret_all = mc_store_conflicts (office->store, NULL, NULL);
  g_assert_cmpuint ((*ret_all)->len, ==, 1);
  return (*ret_all)->pdata[0];
}

static void
expect_kind (McTestOffice *office, McConflictKind kind)
{
  g_autoptr (GPtrArray) all = NULL;

  g_assert_cmpint (only_conflict (office, &all)->kind, ==, kind);
}

static json_t *
phone (const char *number)
{
  return json_pack ("{s:s}", "phone", number);
}

static json_t *
set_body (const char *group, json_t *value)
{
  return json_pack ("{s:{s:o}}", "groups", group, value);
}

static void
test_value (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = known_dossier (office);
  g_autoptr (json_t) mine = phone ("0911");

  other_says (office,
              "binh",
              id,
              "contact",
              MC_VERB_SET,
              set_body ("contact", phone ("0922")),
              "\"applied\"");
  g_assert_true (mc_desk_set (office->desk, id, MC_GROUP_CONTACT, mine, NULL));
  mc_test_pull (office);
  expect_kind (office, MC_CONFLICT_VALUE);
}

static void
test_steps (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (McTestOffice) office = mc_test_office ();
      g_autofree char *id = known_dossier (office);
      g_autoptr (GPtrArray) all = NULL;
      McConflict *conflict;

      other_says (office,
                  "binh",
                  id,
                  "status",
                  MC_VERB_STEP,
                  json_pack ("{s:s}", "step", MC_STEP_APPRAISE),
                  "\"applied\"");
      g_assert_true (
          mc_desk_step (office->desk, id, i ? MC_STEP_WITHDRAW : MC_STEP_SUPPLEMENT, NULL, NULL));
      mc_test_pull (office);
      conflict = only_conflict (office, &all);
      g_assert_cmpint (conflict->kind, ==, i ? MC_CONFLICT_WITHDRAWAL : MC_CONFLICT_STEPS);
      g_assert_cmpstr (((McSide *)conflict->sides->pdata[0])->step, ==, MC_STEP_APPRAISE);
    }
}

static json_t *
document (char digit)
{
  g_autofree char *sha256 = g_strnfill (64, digit);

  return json_pack ("{s:s,s:s,s:i,s:i}", "sha256", sha256, "name", "a.pdf", "size", 10, "pages", 1);
}

/* Two documents for one part: both are kept, in one settlement, and both are fetched. */
static void
test_documents (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = known_dossier (office);
  g_autoptr (json_t) mine = document ('a');
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (json_t) both = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) kept = NULL;
  McConflict *conflict;
  gint64 named = 0;

  other_says (
      office,
      "binh",
      id,
      "part:to-khai",
      MC_VERB_ATTACH,
      json_pack ("{s:s,s:b,s:o}", "part", "to-khai", "ticked", 1, "document", document ('b')),
      "\"applied\"");
  g_assert_true (mc_desk_attach (office->desk, id, "to-khai", mine, NULL));
  mc_test_pull (office);
  conflict = only_conflict (office, &all);
  g_assert_cmpint (conflict->kind, ==, MC_CONFLICT_DOCUMENTS);
  both = mc_conflict_both (conflict);
  g_assert_true (mc_desk_settle (office->desk, conflict->id, both, NULL, NULL));
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpuint (dossier->row->contested, ==, 0);
  kept = mc_record_json (dossier->record, "part:to-khai");
  g_assert_cmpint (mc_json_string (json_object_get (kept, "document"), "sha256")[0], ==, 'b');
  g_assert_cmpint (mc_json_string (json_array_get (json_object_get (kept, "also"), 0), "sha256")[0],
                   ==,
                   'a');
  g_assert_true (
      mc_db_int (mc_store_db (office->store), NULL, &named, "SELECT count(*) FROM blob", ""));
  g_assert_cmpint (named, ==, 2);
  /* A third scan on the part leaves the one beside it. */
  g_assert_true (mc_desk_attach (office->desk, id, "to-khai", mine, NULL));
  mc_dossier_free (g_steal_pointer (&dossier));
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_nonnull (strstr (mc_record_value (dossier->record, "part:to-khai"), "also"));
}

static void
test_fees (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = known_dossier (office);

  other_says (office,
              "an",
              id,
              "fee",
              MC_VERB_FEE,
              json_pack ("{s:i,s:s}", "taken", 8000, "method", "cash"),
              "\"applied\"");
  g_assert_true (mc_desk_take_fee (office->desk, id, 8000, "cash", NULL));
  mc_test_pull (office);
  expect_kind (office, MC_CONFLICT_FEES);
}

static void
test_settlements (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = known_dossier (office);
  g_autoptr (json_t) mine = phone ("0911");
  g_autoptr (json_t) third = phone ("0933");
  g_autofree char *conflict = g_strconcat (id, "/contact", NULL);
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) base = json_object ();
  g_autoptr (json_t) body = NULL;
  g_autofree char *line = NULL;

  other_says (office,
              "binh",
              id,
              "contact",
              MC_VERB_SET,
              set_body ("contact", phone ("0922")),
              "\"applied\"");
  g_assert_true (mc_desk_set (office->desk, id, MC_GROUP_CONTACT, mine, NULL));
  mc_test_pull (office);
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  json_object_set_new (base, "contact", mc_record_base (dossier->record, "contact", TRUE));
  body = json_pack ("{s:s,s:o}", "group", "contact", "value", phone ("0944"));
  line = mc_test_other (office, "binh", id, MC_VERB_SETTLE, body, base);
  mc_test_feed (office, line, "\"applied\"");
  g_assert_true (mc_desk_settle (office->desk, conflict, third, NULL, NULL));
  mc_test_pull (office);
  expect_kind (office, MC_CONFLICT_SETTLEMENTS);
  mc_test_check (office);
}

/* Approved here, and beside it the applicant was corrected: the approval says what it had read. */
static void
test_changed_beside (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = known_dossier (office);
  g_autoptr (GPtrArray) all = NULL;
  McConflict *conflict;
  McSide *change;

  other_says (office,
              "binh",
              id,
              "status",
              MC_VERB_STEP,
              json_pack ("{s:s}", "step", MC_STEP_APPRAISE),
              "\"applied\"");
  mc_test_pull (office);
  other_says (office,
              "binh",
              id,
              "applicant",
              MC_VERB_SET,
              set_body ("applicant", json_pack ("{s:s}", "name", "Nguyễn Văn Định")),
              "\"applied\"");
  mc_test_sign_in (office, "chi");
  g_assert_true (mc_desk_step (office->desk, id, MC_STEP_APPROVE, NULL, NULL));
  mc_test_pull (office);
  conflict = only_conflict (office, &all);
  g_assert_cmpint (conflict->kind, ==, MC_CONFLICT_CHANGED);
  g_assert_cmpuint (conflict->changes->len, ==, 1);
  change = conflict->changes->pdata[0];
  g_assert_cmpstr (change->group, ==, "applicant");
  g_assert_nonnull (strstr (change->value, "Định"));
  g_assert_cmpstr (change->by, ==, "Nguyễn Thị Bình");
}

static void
test_transfers (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = known_dossier (office);
  const char *mine[] = { office->office, office->server_device, NULL };

  other_says (office,
              "binh",
              id,
              "offices",
              MC_VERB_TRANSFER,
              json_pack ("{s:[s]}", "offices", office->office),
              "\"applied\"");
  g_assert_true (mc_desk_transfer (office->desk, id, mine, "cùng giải quyết", NULL));
  mc_test_pull (office);
  expect_kind (office, MC_CONFLICT_TRANSFERS);
  mc_test_check (office);
}

/* Many at once: all of them or none. */
static void
test_settle_all (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) value = phone ("0955");
  g_autoptr (json_t) bad = json_pack ("{s:i}", "phone", 1);
  char *ids[3];
  char *conflicts[3];
  McKept kept[3];
  g_autoptr (GPtrArray) left = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (json_t) mine = phone ("0911");

      ids[i] = known_dossier (office);
      conflicts[i] = g_strconcat (ids[i], "/contact", NULL);
      other_says (office,
                  "binh",
                  ids[i],
                  "contact",
                  MC_VERB_SET,
                  set_body ("contact", phone ("0922")),
                  "\"applied\"");
      g_assert_true (mc_desk_set (office->desk, ids[i], MC_GROUP_CONTACT, mine, NULL));
      mc_test_pull (office);
      mc_test_accept_all (office);
      kept[i] = (McKept){ conflicts[i], i == 2 ? bad : value, NULL };
    }
  g_assert_false (mc_desk_settle_all (office->desk, kept, 3, NULL));
  left = mc_store_conflicts (office->store, NULL, NULL);
  g_assert_cmpuint (left->len, ==, 3);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
  kept[2].value = value;
  g_assert_true (mc_desk_settle_all (office->desk, kept, 3, NULL));
  g_ptr_array_unref (left);
  left = mc_store_conflicts (office->store, NULL, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_free (ids[i]);
      g_free (conflicts[i]);
    }
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kind/value", test_value);
  g_test_add_func ("/kind/steps", test_steps);
  g_test_add_func ("/kind/documents", test_documents);
  g_test_add_func ("/kind/fees", test_fees);
  g_test_add_func ("/kind/settlements", test_settlements);
  g_test_add_func ("/kind/changed-beside", test_changed_beside);
  g_test_add_func ("/kind/transfers", test_transfers);
  g_test_add_func ("/kind/settle-all", test_settle_all);
  return g_test_run ();
}
