/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same resident received twice for one matter. */
#include "test-desk.h"

#include "mc-id.h"
#include "mc-ledger.h"
#include <string.h>

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))
#define PERSON "079185001234"

typedef struct
{
  TestProvince *test;
  TestDesk *a;
  TestDesk *b;
} Scene;

static Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->test = test_province_new ();
  scene->a = test_desk_enrol (scene->test, scene->test->office_a);
  scene->b = test_desk_enrol (scene->test, scene->test->office_b);
  return scene;
}

static void
scene_free (Scene *scene)
{
  test_sound (scene->test);
  test_desk_free (scene->a);
  test_desk_free (scene->b);
  test_province_free (scene->test);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

/* A dossier of a person with that number. */
static McOp *
receive (TestDesk *desk, const char *by, const char *person)
{
  g_autoptr (McOp) shape = test_desk_receive (desk, by);
  g_autoptr (json_t) body = json_deep_copy (shape->body);

  json_object_set_new (json_object_get (body, "applicant"), "id", json_string (person));
  return test_desk_op (desk,
                       by,
                       shape->on,
                       MC_VERB_RECEIVE,
                       g_steal_pointer (&body),
                       json_object ());
}

static gint64
twins (Scene *scene)
{
  return test_number (scene->test, "SELECT count(*) FROM op WHERE verb = 'dossier.twin'");
}

/* The province's word on @op's record, as the desk reads it. */
static McOp *
twin_of (Scene *scene, TestDesk *desk, const McOp *op)
{
  g_autoptr (McSyncAnswer) answer = NULL;
  McOp *found = NULL;

  desk->cursor = (McCursor){ 0 };
  answer = test_push_lines (scene->test, desk, NULL);
  for (guint i = 0; i < answer->entries->len; i++)
    {
      McOp *one = mc_op_parse (((McFeedEntry *)answer->entries->pdata[i])->line, -1, NULL);

      if (found == NULL && g_str_equal (one->verb, MC_VERB_TWIN) && g_str_equal (one->on, op->on))
        found = one;
      else
        mc_op_unref (one);
    }
  return found;
}

/* Two offices that do not see each other's dossiers are told of each other. */
static void
test_two_offices (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) one = receive (scene->a, scene->test->clerk, PERSON);
  g_autoptr (McOp) other = receive (scene->b, scene->test->clerk_b, PERSON);
  g_autoptr (McOp) to_a = NULL;
  g_autoptr (McOp) to_b = NULL;
  g_autoptr (McOp) answer = NULL;
  g_autofree char *group = g_strconcat ("twin:", other->on, NULL);

  test_push (scene->test, scene->a, one, "\"applied\"");
  g_assert_cmpint (twins (scene), ==, 0);
  test_push (scene->test, scene->b, other, "\"applied\"");
  to_a = twin_of (scene, scene->a, one);
  to_b = twin_of (scene, scene->b, other);
  g_assert_cmpstr (mc_json_string (to_a->body, "other"), ==, other->on);
  g_assert_cmpstr (mc_json_string (to_a->body, "code"), ==, mc_json_string (other->body, "code"));
  g_assert_cmpstr (mc_json_string (to_a->body, "office"), ==, "Xã Bên Cạnh");
  g_assert_cmpstr (mc_json_string (to_b->body, "other"), ==, one->on);
  g_assert_null (twin_of (scene, scene->a, other));

  /* It is a riddle until a clerk has looked. */
  g_assert_cmpint (test_number (scene->test, "SELECT sum(contested) FROM record"), ==, 2);
  answer = test_desk_op (scene->a,
                         scene->test->clerk,
                         one->on,
                         MC_VERB_SET,
                         json_pack ("{s:{s:{s:s,s:s,s:s}}}",
                                    "groups",
                                    group,
                                    "code",
                                    mc_json_string (to_a->body, "code"),
                                    "office",
                                    "Xã Bên Cạnh",
                                    "answer",
                                    "other"),
                         test_base (group, to_a->id));
  test_push (scene->test, scene->a, answer, "\"applied\"");
  g_assert_cmpint (test_number (scene->test, "SELECT sum(contested) FROM record"), ==, 1);
}

static void
test_no_twins (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) nobody = test_desk_receive (scene->a, scene->test->clerk);
  g_autoptr (McOp) nobody_else = test_desk_receive (scene->b, scene->test->clerk_b);
  g_autoptr (McOp) one = receive (scene->a, scene->test->clerk, PERSON);
  g_autoptr (McOp) neighbour = receive (scene->b, scene->test->clerk_b, "079185009999");
  g_autoptr (McOp) withdraw = test_desk_step (scene->a, scene->test->clerk, one, "withdraw", NULL);
  g_autoptr (McOp) anew = receive (scene->b, scene->test->clerk_b, PERSON);

  test_push (scene->test, scene->a, nobody, "\"applied\"");
  test_push (scene->test, scene->b, nobody_else, "\"applied\"");
  test_push (scene->test, scene->a, one, "\"applied\"");
  test_push (scene->test, scene->b, neighbour, "\"applied\"");
  test_push (scene->test, scene->a, withdraw, "\"applied\"");
  test_push (scene->test, scene->b, anew, "\"applied\"");
  g_assert_cmpint (twins (scene), ==, 0);
}

/* Sixty days lie between a matter and the next one of the same kind. */
static void
test_sixty_days (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) one = receive (scene->a, scene->test->clerk, PERSON);
  g_autoptr (McOp) later = NULL;
  g_autoptr (McOp) sooner = NULL;

  test_push (scene->test, scene->a, one, "\"applied\"");
  scene->b->at = one->at + 61 * DAY_MS * 1000;
  later = receive (scene->b, scene->test->clerk_b, PERSON);
  test_push (scene->test, scene->b, later, "\"applied\"");
  g_assert_cmpint (twins (scene), ==, 0);
  scene->a->at = one->at + 59 * DAY_MS * 1000;
  sooner = receive (scene->a, scene->test->clerk, PERSON);
  test_push (scene->test, scene->a, sooner, "\"applied\"");
  g_assert_cmpint (twins (scene), ==, 2);
}

/* Ten copies certified for one resident are linked in a row, not each with each. */
static void
test_many (void)
{
  g_autoptr (Scene) scene = scene_new ();

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (McOp) one = receive (scene->a, scene->test->clerk, PERSON);

      test_push (scene->test, scene->a, one, "\"applied\"");
    }
  g_assert_cmpint (twins (scene), ==, 2 * 4);
}

static void
test_only_the_province (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) one = receive (scene->a, scene->test->clerk, PERSON);
  g_autofree char *other = mc_id_new (MC_BUILD_MS);
  g_autofree char *group = g_strconcat ("twin:", other, NULL);
  g_autoptr (McOp) said =
      test_desk_op (scene->a,
                    scene->test->clerk,
                    one->on,
                    MC_VERB_TWIN,
                    json_pack ("{s:s,s:s,s:s}", "other", other, "code", "x", "office", "y"),
                    test_base (group, one->id));

  test_push (scene->test, scene->a, one, "\"applied\"");
  test_push (scene->test, scene->a, said, "\"refused:role\"");
}

/* After a restore the word comes back from a desk; it is not said a second time. */
static void
test_restored (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) one = receive (scene->a, scene->test->clerk, PERSON);
  g_autoptr (McOp) other = receive (scene->a, scene->test->clerk, PERSON);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McSyncAnswer) page = test_pull (scene->test, scene->a, MC_WIRE_ENTRIES_MAX);

  test_province_copy (scene->test);
  test_push (scene->test, scene->a, one, "\"applied\"");
  test_push (scene->test, scene->a, other, "\"applied\"");
  g_assert_cmpint (twins (scene), ==, 2);
  g_clear_pointer (&page, mc_sync_answer_free);
  page = test_pull (scene->test, scene->a, MC_WIRE_ENTRIES_MAX);
  for (guint i = 0; i < page->entries->len; i++)
    {
      const McFeedEntry *entry = page->entries->pdata[i];

      g_ptr_array_add (texts, mc_pushed_write (entry->line, entry->receipt, NULL));
    }
  g_ptr_array_add (texts, NULL);
  test_province_restore (scene->test);
  g_clear_pointer (&page, mc_sync_answer_free);
  page = test_push_lines (scene->test, scene->a, (const char *const *)texts->pdata);
  /* In the order it was, the feed is the very same. */
  g_assert_false (page->reset);
  g_assert_cmpint (page->head, ==, scene->a->cursor.n);
  g_assert_cmpint (twins (scene), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/twin/two-offices", test_two_offices);
  g_test_add_func ("/server/twin/no-twins", test_no_twins);
  g_test_add_func ("/server/twin/sixty-days", test_sixty_days);
  g_test_add_func ("/server/twin/many", test_many);
  g_test_add_func ("/server/twin/only-the-province", test_only_the_province);
  g_test_add_func ("/server/twin/restored", test_restored);
  return g_test_run ();
}
