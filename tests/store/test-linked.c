/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interlinked dossiers: received as one, each child with its own code, body and clock; the parent
 * follows from them, also where two desks work on them apart. */
#include "mc-error.h"
#include "mc-linked.h"
#include "mc-support.h"

#include <string.h>

enum
{
  BIRTH,
  RESIDENCE,
  INSURANCE,
  CARD,
  N_CHILDREN,
};

typedef struct
{
  McTestOffice *office;
  char *parent;
  char *children[N_CHILDREN];
} Family;

static void
set_up (Family *family, gconstpointer data)
{
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (GPtrArray) children = NULL;

  family->office = mc_test_office ();
  mc_test_publish_linked (family->office);
  mc_test_sign_in (family->office, "an");
  family->parent = mc_test_receive_linked (family->office, "Lý Thị Mai");
  dossier = mc_store_dossier (family->office->store, family->parent, NULL);
  children = mc_store_children (family->office->store, dossier->record);
  g_assert_cmpuint (children->len, ==, N_CHILDREN);
  for (guint i = 0; i < N_CHILDREN; i++)
    family->children[i] = g_strdup (((McChild *)children->pdata[i])->id);
}

static void
tear_down (Family *family, gconstpointer data)
{
  mc_test_check (family->office);
  for (guint i = 0; i < N_CHILDREN; i++)
    g_free (family->children[i]);
  g_free (family->parent);
  mc_test_office_free (family->office);
}

static void
assert_row (Family *family, const char *id, const char *state, const char *due)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (family->office->store, id, NULL);

  g_assert_nonnull (dossier);
  g_assert_cmpstr (dossier->row->state, ==, state);
  g_assert_cmpstr (dossier->row->due, ==, due);
}

static void
step (Family *family, const char *login, guint child, const char *what)
{
  g_autoptr (GError) error = NULL;

  mc_test_sign_in (family->office, login);
  mc_desk_step (family->office->desk, family->children[child], what, "vì", &error);
  g_assert_no_error (error);
}

static void
finish (Family *family, guint child)
{
  step (family, "binh", child, MC_STEP_APPRAISE);
  step (family, "chi", child, MC_STEP_APPROVE);
}

/* Sat 21/11; Tue 24 is a holiday. The birth in a day; residence and insurance two days after it;
 * the card in five: the whole is there with the last. */
static void
test_each_its_clock (Family *family, gconstpointer data)
{
  static const char *const dues[] = { "2026-11-25T17:00",
                                      "2026-11-27T17:00",
                                      "2026-11-27T17:00",
                                      "2026-12-01T17:00" };
  g_autoptr (McDossier) parent = mc_store_dossier (family->office->store, family->parent, NULL);
  g_autoptr (GPtrArray) children = mc_store_children (family->office->store, parent->record);

  assert_row (family, family->parent, MC_STATE_RECEIVED, "2026-12-01T17:00");
  g_assert_true (parent->row->linked);
  for (guint i = 0; i < N_CHILDREN; i++)
    {
      const McChild *child = children->pdata[i];
      g_autoptr (McDossier) own = mc_store_dossier (family->office->store, child->id, NULL);

      assert_row (family, child->id, MC_STATE_RECEIVED, dues[i]);
      g_assert_cmpstr (own->row->parent, ==, family->parent);
      g_assert_cmpstr (own->row->code, ==, child->code);
      g_assert_cmpstr (own->row->code, !=, parent->row->code);
      g_assert_cmpstr (own->row->applicant, ==, "Lý Thị Mai");
      g_assert_nonnull (mc_record_peek (own->record, "part:giay-chung-sinh"));
      g_assert_cmpstr (mc_json_string (mc_linked_parent (own->record), "code"),
                       ==,
                       parent->row->code);
    }
  g_assert_cmpstr (((McChild *)children->pdata[RESIDENCE])->body, ==, "Công an cấp xã");
}

/* What is shown before it is saved is what is promised then. */
static void
test_promised_as_shown (Family *family, gconstpointer data)
{
  g_autoptr (McProcedure) procedure = mc_store_procedure (family->office->store, "3.000722", NULL);
  g_autoptr (McPromise) promise =
      mc_desk_promise (family->office->desk, procedure, procedure->cases->pdata[0]);

  assert_row (family, family->parent, MC_STATE_RECEIVED, promise->due);
}

/* A refusal of one, a supplement of another: the others go on, and so does the whole. */
static void
test_one_fails (Family *family, gconstpointer data)
{
  step (family, "an", RESIDENCE, MC_STEP_REFUSE);
  assert_row (family, family->parent, MC_STATE_HANDLING, "2026-12-01T17:00");
  finish (family, BIRTH);
  finish (family, CARD);
  assert_row (family, family->parent, MC_STATE_HANDLING, "2026-12-01T17:00");
  step (family, "binh", INSURANCE, MC_STEP_SUPPLEMENT);
  assert_row (family, family->parent, MC_STATE_SUPPLEMENT, "2026-12-01T17:00");
  assert_row (family, family->children[BIRTH], MC_STATE_APPROVED, "2026-11-25T17:00");

  /* Its time stood still for seven days; the whole is there with it. */
  mc_fake_clock_pass (family->office->clock, 7 * 24 * 3600 * G_GINT64_CONSTANT (1000));
  step (family, "an", INSURANCE, MC_STEP_COMPLETE);
  assert_row (family, family->children[INSURANCE], MC_STATE_RECEIVED, "2026-12-03T17:00");
  assert_row (family, family->parent, MC_STATE_HANDLING, "2026-12-03T17:00");
  finish (family, INSURANCE);
  assert_row (family, family->parent, MC_STATE_APPROVED, "2026-12-03T17:00");
  step (family, "an", BIRTH, MC_STEP_RETURN);
  step (family, "an", CARD, MC_STEP_RETURN);
  assert_row (family, family->parent, MC_STATE_APPROVED, "2026-12-03T17:00");
  step (family, "an", INSURANCE, MC_STEP_RETURN);
  assert_row (family, family->parent, MC_STATE_RETURNED, "2026-12-03T17:00");
}

/* The parent has a promise of its own, and no step else. */
static void
test_steps_of_the_parent (Family *family, gconstpointer data)
{
  const McMove letter = { .step = MC_STEP_POSTPONE,
                          .note = "Chờ xác minh",
                          .due = "2026-12-04T17:00" };
  const char *const offices[] = { family->office->office, NULL };
  GPtrArray *steps = mc_workflow_steps (mc_workflow_usual ());

  for (guint i = 0; i < steps->len; i++)
    for (McRole role = MC_ROLE_CLERK; role <= MC_ROLE_LEADER; role++)
      {
        static const char *const logins[] = { "an", "binh", "chi" };
        const McStep *one = steps->pdata[i];

        if (g_str_equal (one->to, "="))
          continue;
        mc_test_sign_in (family->office, logins[role - MC_ROLE_CLERK]);
        g_assert_false (mc_desk_step (family->office->desk, family->parent, one->id, "vì", NULL));
      }
  mc_test_sign_in (family->office, "chi");
  g_assert_true (mc_desk_move (family->office->desk, family->parent, &letter, NULL));
  assert_row (family, family->parent, MC_STATE_RECEIVED, "2026-12-04T17:00");
  mc_test_sign_in (family->office, "an");
  g_assert_false (mc_desk_transfer (family->office->desk, family->parent, offices, NULL, NULL));
}

/* A parent is nobody's work, and it has a clock of its own. */
static void
test_queues (Family *family, gconstpointer data)
{
  guint counts[MC_N_QUEUES];

  g_assert_true (mc_store_counts (family->office->store, MC_ROLE_OFFICER, NULL, counts, NULL));
  g_assert_cmpuint (counts[MC_QUEUE_ALL], ==, 1 + N_CHILDREN);
  g_assert_cmpuint (counts[MC_QUEUE_MINE], ==, N_CHILDREN);
  g_assert_cmpuint (counts[MC_QUEUE_RECEIVED], ==, N_CHILDREN);
  mc_fake_clock_pass (family->office->clock, 12 * 24 * 3600 * G_GINT64_CONSTANT (1000));
  g_assert_true (mc_store_counts (family->office->store, MC_ROLE_OFFICER, NULL, counts, NULL));
  g_assert_cmpuint (counts[MC_QUEUE_OVERDUE], ==, 1 + N_CHILDREN);
}

/* The step of another desk that had seen what this one has. */
static void
other_desk (Family *family, const char *login, guint child, const char *text)
{
  g_autoptr (McDossier) dossier =
      mc_store_dossier (family->office->store, family->children[child], NULL);
  g_autofree char *quoted = g_strdup (text);
  g_autoptr (json_t) body = mc_json_parse (g_strdelimit (quoted, "'", '"'), -1, NULL);
  g_autoptr (json_t) base = json_pack ("{s:o}",
                                       MC_GROUP_STATUS,
                                       mc_record_base (dossier->record, MC_GROUP_STATUS, FALSE));
  g_autofree char *line =
      mc_test_other (family->office, login, family->children[child], MC_VERB_STEP, body, base);

  mc_test_feed (family->office, line, "\"applied\"");
}

/* Two desks without a line work on different children: nothing is contested, nothing lost,
 * whichever is heard first. */
static void
test_two_desks (Family *family, gconstpointer data)
{
  mc_test_accept_all (family->office);
  other_desk (
      family,
      "an",
      RESIDENCE,
      "{'step':'refuse','state':'refused','note':'Không đủ điều kiện','due':'2026-11-27T17:00'}");
  other_desk (family,
              "binh",
              CARD,
              "{'step':'supplement','due':'2026-12-01T17:00','note':'Thiếu ảnh'}");
  step (family, "binh", BIRTH, MC_STEP_APPRAISE);
  step (family, "binh", INSURANCE, MC_STEP_APPRAISE);
  mc_test_pull (family->office);
  mc_test_accept_all (family->office);
  assert_row (family, family->children[BIRTH], MC_STATE_APPRAISED, "2026-11-25T17:00");
  assert_row (family, family->children[RESIDENCE], MC_STATE_REFUSED, "2026-11-27T17:00");
  assert_row (family, family->children[INSURANCE], MC_STATE_APPRAISED, "2026-11-27T17:00");
  assert_row (family, family->children[CARD], MC_STATE_SUPPLEMENT, "2026-12-01T17:00");
  assert_row (family, family->parent, MC_STATE_HANDLING, "2026-12-01T17:00");
  for (guint i = 0; i < N_CHILDREN; i++)
    {
      g_autoptr (McDossier) dossier =
          mc_store_dossier (family->office->store, family->children[i], NULL);

      g_assert_cmpuint (dossier->row->contested, ==, 0);
    }
}

/* A child that has left the sight of this office is not taken for ended. */
static void
test_unseen (Family *family, gconstpointer data)
{
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (GPtrArray) children = NULL;

  for (guint i = 0; i < N_CHILDREN; i++)
    if (i != CARD)
      step (family, "an", i, MC_STEP_WITHDRAW);
  mc_test_accept_all (family->office);
  mc_test_gone (family->office, family->children[CARD]);
  mc_test_pull (family->office);
  assert_row (family, family->parent, MC_STATE_HANDLING, "2026-11-27T17:00");
  dossier = mc_store_dossier (family->office->store, family->parent, NULL);
  children = mc_store_children (family->office->store, dossier->record);
  g_assert_null (((McChild *)children->pdata[CARD])->state);
  g_assert_cmpstr (((McChild *)children->pdata[CARD])->title, ==, "Cấp thẻ căn cước");
}

/* To the body that decides, and this office keeps its sight of it, whatever was asked. */
static void
test_handed_on (Family *family, gconstpointer data)
{
  g_autofree char *police = g_strdup ("01900000-0000-7000-8000-0000000000aa");
  const char *const offices[] = { police, NULL };
  g_autoptr (McDossier) child = NULL;
  const json_t *now;

  g_assert_true (
      mc_desk_transfer (family->office->desk, family->children[RESIDENCE], offices, NULL, NULL));
  child = mc_store_dossier (family->office->store, family->children[RESIDENCE], NULL);
  now = mc_record_peek (child->record, MC_GROUP_OFFICES);
  g_assert_cmpuint (json_array_size (now), ==, 2);
  assert_row (family, family->parent, MC_STATE_RECEIVED, "2026-12-01T17:00");
}

/* Where the catalogue lacks a part of it, nothing is received, and no code is used up. */
static void
test_incomplete_catalogue (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) reception =
      json_pack ("{s:s,s:{s:s}}", "procedure", "3.000722", "applicant", "name", "Mai");
  gint64 count = -1;

  mc_test_publish_linked (office);
  g_assert_true (mc_db_run (mc_store_db (office->store),
                            NULL,
                            "DELETE FROM procedure WHERE code = '1.014137'",
                            ""));
  mc_test_sign_in (office, "an");
  g_assert_null (mc_desk_receive (office->desk, reception, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NOT_FOUND);
  g_assert_false (
      mc_db_int (mc_store_db (office->store), NULL, &count, "SELECT count FROM code_count", ""));
}

/* A file of before there was anything of this kind knows whose its dossiers are. */
static void
test_migration (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *mine = NULL;
  g_autofree char *nobodys = NULL;
  g_autofree char *staff = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GError) error = NULL;
  McDb *db;

  mc_test_sign_in (office, "binh");
  staff = g_strdup (mc_desk_staff (office->desk)->id);
  mc_test_sign_in (office, "an");
  mine = mc_test_receive (office, "Lý Thị Mai");
  nobodys = mc_test_receive (office, "Vũ Văn Nam");
  mc_test_sign_in (office, "binh");
  g_assert_true (mc_desk_move (office->desk,
                               mine,
                               &(McMove){ .step = MC_STEP_ASSIGN, .assignee = staff },
                               NULL));
  db = mc_store_db (office->store);
  g_assert_true (mc_db_script (db,
                               "DROP INDEX dossier_parent;"
                               "DROP TABLE first; ALTER TABLE dossier DROP COLUMN assignee;"
                               "ALTER TABLE dossier DROP COLUMN parent;"
                               "ALTER TABLE dossier DROP COLUMN linked;"
                               "ALTER TABLE blob DROP COLUMN done;"
                               "ALTER TABLE blob DROP COLUMN url;"
                               "PRAGMA user_version = 3;",
                               &error));
  g_assert_no_error (error);
  g_clear_pointer (&office->desk, mc_desk_free);
  g_clear_pointer (&office->store, mc_store_close);
  office->store = mc_store_open (office->folder, &office->clock->clock, office->key, &error);
  g_assert_no_error (error);
  office->desk = mc_desk_new (office->store);
  db = mc_store_db (office->store);
  kept = mc_db_text (db, NULL, "SELECT assignee FROM dossier WHERE id = ?1", "s", mine);
  none = mc_db_text (db, NULL, "SELECT assignee FROM dossier WHERE id = ?1", "s", nobodys);
  g_assert_cmpstr (kept, ==, staff);
  g_assert_null (none);
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/linked/" name, Family, NULL, set_up, test, tear_down)
  ADD ("each-its-clock", test_each_its_clock);
  ADD ("promised-as-shown", test_promised_as_shown);
  ADD ("one-fails", test_one_fails);
  ADD ("steps-of-the-parent", test_steps_of_the_parent);
  ADD ("queues", test_queues);
  ADD ("two-desks", test_two_desks);
  ADD ("unseen", test_unseen);
  ADD ("handed-on", test_handed_on);
  g_test_add_func ("/linked/incomplete-catalogue", test_incomplete_catalogue);
  g_test_add_func ("/linked/migration", test_migration);
  return g_test_run ();
}
