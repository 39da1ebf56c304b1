/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-id.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <string.h>

#define NUMBER "001205123456"
#define BIRTH "1.001193"

/* The province says of @id that @other may be the same matter. */
static void
province_says_twin (McTestOffice *office, const char *id, const char *other)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);
  g_autofree char *group = g_strconcat (MC_GROUP_TWIN_PREFIX, other, NULL);
  g_autofree char *op_id = mc_id_new (office->clock->wall_ms);
  g_autoptr (json_t) base = json_object ();
  g_autoptr (json_t) body = json_pack ("{s:s,s:s,s:s}",
                                       "other",
                                       other,
                                       "code",
                                       "H05.032.08-261121-0977001",
                                       "office",
                                       "Xã Bên Cạnh");
  g_autoptr (McOp) op = NULL;

  json_object_set_new (base, group, mc_record_base (dossier->record, group, FALSE));
  op = mc_op_sign (&(McOpDraft){ .id = op_id,
                                 .device = office->server_device,
                                 .n = 100,
                                 .at = office->clock->wall_ms * 1000,
                                 .by = office->server_device,
                                 .on = id,
                                 .verb = MC_VERB_TWIN,
                                 .body = body,
                                 .base = base },
                   &office->province);
  mc_test_feed (office, op->line, "\"applied\"");
}

static GPtrArray *
same_matter (McTestOffice *office,
             const char *number,
             const char *name,
             const char *dob,
             const char *procedure)
{
  const McMatter matter = { number, name, dob, procedure };

  return mc_store_same_matter (office->store, &matter, NULL);
}

static void
test_same_matter (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) found = NULL;
  static const struct
  {
    const char *number;
    const char *procedure;
    gint64 days;
    guint count;
  } cases[] = {
    { NUMBER, BIRTH, 0, 1 }, { "001205999999", BIRTH, 0, 0 }, { NUMBER, "1.004873", 0, 0 },
    { "", BIRTH, 0, 0 },     { NUMBER, BIRTH, 59, 1 },        { NUMBER, BIRTH, 2, 0 },
  };

  mc_test_sign_in (office, "an");
  /* Nothing of it has been sent: what still waits counts too. */
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      mc_fake_clock_pass (office->clock, cases[i].days * 24 * 3600 * 1000);
      g_clear_pointer (&found, g_ptr_array_unref);
      found = same_matter (office, cases[i].number, NULL, NULL, cases[i].procedure);
      g_assert_cmpuint (found->len, ==, cases[i].count);
    }
  office->clock->wall_ms = MC_TEST_MS;
  g_assert_true (mc_desk_step (office->desk, id, MC_STEP_WITHDRAW, NULL, NULL));
  g_clear_pointer (&found, g_ptr_array_unref);
  found = same_matter (office, NUMBER, NULL, NULL, BIRTH);
  g_assert_cmpuint (found->len, ==, 0);
}

/* Received by another office too: shown, answered by a person, and nothing is deleted. */
static void
test_other_office (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *other = mc_id_new (MC_TEST_MS);
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  McConflict *conflict;
  McOther *named;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  province_says_twin (office, id, other);
  mc_test_pull (office);
  conflicts = mc_store_conflicts (office->store, NULL, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = conflicts->pdata[0];
  g_assert_cmpint (conflict->kind, ==, MC_CONFLICT_TWIN);
  g_assert_cmpstr (conflict->dossier, ==, id);
  named = conflict->others->pdata[0];
  g_assert_cmpstr (named->id, ==, other);
  g_assert_cmpstr (named->code, ==, "H05.032.08-261121-0977001");
  g_assert_cmpstr (named->office, ==, "Xã Bên Cạnh");
  g_assert_false (named->here);
  g_assert_false (mc_desk_answer_twin (office->desk, id, other, "perhaps", NULL));
  g_assert_true (mc_desk_answer_twin (office->desk, id, other, "same", NULL));
  g_ptr_array_unref (conflicts);
  conflicts = mc_store_conflicts (office->store, NULL, NULL);
  g_assert_cmpuint (conflicts->len, ==, 0);
  mc_test_accept_all (office);
  g_assert_true (mc_test_shows (office->store, id));
  mc_test_check (office);
}

/* Both are here: one answer closes both. */
static void
test_both_here (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;

  mc_test_sign_in (office, "an");
  one = mc_test_receive (office, "Nguyễn Văn Đình");
  other = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  province_says_twin (office, one, other);
  province_says_twin (office, other, one);
  mc_test_pull (office);
  conflicts = mc_store_conflicts (office->store, NULL, NULL);
  g_assert_cmpuint (conflicts->len, ==, 2);
  g_assert_true (((McOther *)((McConflict *)conflicts->pdata[0])->others->pdata[0])->here);
  g_assert_true (mc_desk_answer_twin (office->desk, one, other, "other", NULL));
  g_ptr_array_unref (conflicts);
  conflicts = mc_store_conflicts (office->store, NULL, NULL);
  g_assert_cmpuint (conflicts->len, ==, 0);
  mc_test_check (office);
}

/* This morning's image on the same PC: one code on two papers. Both stay, search finds both, a
 * conflict names both until a person has looked. */
static void
test_one_code_twice (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *other = mc_id_new (MC_TEST_MS);
  g_autofree char *line = NULL;
  g_autoptr (McOp) mine = NULL;
  g_autofree char *waiting = NULL;
  McFilter filter = { .queue = MC_QUEUE_CONFLICT };
  g_autoptr (GArray) queue = NULL;
  g_autoptr (GArray) found = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  McConflict *conflict;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  waiting = mc_test_waiting_line (office, 0);
  mine = mc_op_parse (waiting, -1, NULL);
  mc_test_accept_all (office);
  line = mc_test_other (office, "an", other, MC_VERB_RECEIVE, mine->body, NULL);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  conflicts = mc_store_conflicts (office->store, NULL, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = conflicts->pdata[0];
  g_assert_cmpint (conflict->kind, ==, MC_CONFLICT_CODE);
  g_assert_cmpuint (conflict->others->len, ==, 1);
  queue = mc_store_list (office->store, &filter, NULL);
  g_assert_cmpuint (queue->len, ==, 2);
  filter = (McFilter){ .queue = MC_QUEUE_ALL, .search = conflict->code };
  found = mc_store_list (office->store, &filter, NULL);
  g_assert_cmpuint (found->len, ==, 2);
  mc_test_check (office);
  g_assert_true (mc_desk_answer_twin (office->desk,
                                      conflict->dossier,
                                      ((McOther *)conflict->others->pdata[0])->id,
                                      "other",
                                      NULL));
  g_ptr_array_unref (conflicts);
  conflicts = mc_store_conflicts (office->store, NULL, NULL);
  g_assert_cmpuint (conflicts->len, ==, 0);
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/twin/same-matter", test_same_matter);
  g_test_add_func ("/twin/other-office", test_other_office);
  g_test_add_func ("/twin/both-here", test_both_here);
  g_test_add_func ("/twin/one-code-twice", test_one_code_twice);
  return g_test_run ();
}
