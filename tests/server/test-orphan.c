/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ops whose parents are missing: they wait, are taken when the parents come, and are judged alone
 * only when nobody can bring them any more. */
#include "test-desk.h"

#include <string.h>

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

/* A dossier in the feed, an edit of it that only one desk has, and an edit built on that. */
typedef struct
{
  TestProvince *test;
  TestDesk *desk;
  TestDesk *other; /* of the same office */
  McOp *receive;
  McOp *parent;
  McOp *child;
} Scene;

static Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->test = test_province_new ();
  scene->desk = test_desk_enrol (scene->test, scene->test->office_a);
  scene->other = test_desk_enrol (scene->test, scene->test->office_a);
  scene->receive = test_desk_receive (scene->desk, scene->test->clerk);
  scene->parent = test_desk_set (scene->desk, scene->test->officer, scene->receive, "0911111111");
  scene->child = test_desk_set (scene->other, scene->test->clerk, scene->parent, "0922222222");
  test_push (scene->test, scene->desk, scene->receive, "\"applied\"");
  return scene;
}

static void
scene_free (Scene *scene)
{
  test_sound (scene->test);
  mc_op_unref (scene->receive);
  mc_op_unref (scene->parent);
  mc_op_unref (scene->child);
  test_desk_free (scene->desk);
  test_desk_free (scene->other);
  test_province_free (scene->test);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static void
push_early (Scene *scene)
{
  g_autoptr (McSyncAnswer) answer = test_push_text (scene->test, scene->other, scene->child->line);

  g_assert_cmpstr (test_missing (answer, scene->child), ==, scene->parent->id);
}

/* A contact that brings nothing. */
static void
ask (Scene *scene, TestDesk *desk)
{
  g_autoptr (McSyncAnswer) answer = test_push_lines (scene->test, desk, NULL);

  g_assert_cmpuint (answer->answers->len, ==, 0);
}

/* Without asking for it: who asks is heard. */
static void
assert_waits (Scene *scene)
{
  g_assert_cmpint (test_number (scene->test, "SELECT count(*) FROM orphan"), ==, 1);
}

static void
assert_ruling (Scene *scene, const McOp *op, const char *ruling)
{
  g_autoptr (McFeedEntry) entry = test_find (scene->test, scene->desk, op->id);

  g_assert_cmpstr (entry != NULL ? entry->ruling : NULL, ==, ruling);
}

static void
test_same_request (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const char *const lines[] = { scene->child->line, scene->parent->line, NULL };
  g_autoptr (McSyncAnswer) answer = test_push_lines (scene->test, scene->other, lines);

  g_assert_cmpstr (test_word (answer, scene->parent), ==, "\"applied\"");
  g_assert_cmpstr (test_word (answer, scene->child), ==, "\"applied\"");
  g_assert_cmpint (test_number (scene->test, "SELECT count(*) FROM orphan"), ==, 0);
}

static void
test_later_request (void)
{
  g_autoptr (Scene) scene = scene_new ();

  push_early (scene);
  test_sound (scene->test);
  test_push (scene->test, scene->desk, scene->parent, "\"applied\"");
  assert_ruling (scene, scene->child, "\"applied\"");
  /* Its sender asks once more: the word is there. */
  test_push (scene->test, scene->other, scene->child, "\"applied\"");
}

/* Those that wait for one that waits come after it, whatever came first. */
static void
test_chain (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) grandchild =
      test_desk_set (scene->other, scene->test->clerk, scene->child, "0933333333");
  const char *const lines[] = { grandchild->line, scene->child->line, NULL };
  g_autoptr (McSyncAnswer) answer = NULL;

  scene->other->left = 1;
  answer = test_push_lines (scene->test, scene->other, lines);
  g_assert_cmpstr (test_missing (answer, grandchild), ==, scene->child->id);
  test_push (scene->test, scene->desk, scene->parent, "\"applied\"");
  assert_ruling (scene, scene->child, "\"applied\"");
  assert_ruling (scene, grandchild, "\"applied\"");
}

/* Alone, as contested: when every desk of the office has said that it holds nothing else. */
static void
test_nobody_has_it (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (TestDesk) far = test_desk_enrol (scene->test, scene->test->office_b);

  push_early (scene);
  ask (scene, far);
  assert_waits (scene);
  /* One that still has something to send may have it. */
  scene->desk->left = 1;
  ask (scene, scene->desk);
  assert_waits (scene);
  scene->desk->left = 0;
  ask (scene, scene->desk);
  assert_ruling (scene, scene->child, "{\"contact\":\"contested\"}");
  /* What comes after all is judged for itself. */
  test_push (scene->test, scene->desk, scene->parent, "\"applied\"");
}

/* A desk whose cursor is of another feed has not been heard: what it holds is not known. */
static void
test_lost_cursor (void)
{
  g_autoptr (Scene) scene = scene_new ();

  push_early (scene);
  scene->desk->cursor = (McCursor){ 3, "00000000000000000000000000000000" };
  ask (scene, scene->desk);
  assert_waits (scene);
}

/* Not waited for: a suspended desk, and one that has not been there for a month. */
static void
test_who_is_not_waited_for (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (TestDesk) stolen = test_desk_enrol (scene->test, scene->test->office_a);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_province_suspend (scene->test->province, stolen->id, TRUE, &error));
  scene->test->now_ms += 31 * DAY_MS;
  scene->other->left = 1;
  push_early (scene);
  assert_waits (scene);
  scene->other->left = 0;
  ask (scene, scene->other);
  assert_ruling (scene, scene->child, "{\"contact\":\"contested\"}");
}

static void
test_seven_days (void)
{
  g_autoptr (Scene) scene = scene_new ();

  push_early (scene);
  scene->test->now_ms += 7 * DAY_MS - 1;
  scene->other->left = 1;
  ask (scene, scene->other);
  assert_waits (scene);
  scene->test->now_ms += 1;
  ask (scene, scene->other);
  assert_ruling (scene, scene->child, "{\"contact\":\"contested\"}");
}

/* A step judged alone is contested too, whatever it steps from. */
static void
test_step_alone (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) step =
      test_desk_step (scene->other, scene->test->officer, scene->parent, "appraise", NULL);
  g_autoptr (McSyncAnswer) answer = test_push_text (scene->test, scene->other, step->line);

  g_assert_cmpstr (test_missing (answer, step), ==, scene->parent->id);
  ask (scene, scene->desk);
  assert_ruling (scene, step, "{\"status\":\"contested\"}");
}

/* Other bytes under the id of one that waits are nobody's op. */
static void
test_impostor (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", "khác");
  g_autoptr (json_t) base = test_base ("note", scene->parent->id);
  McOpDraft draft = { .id = scene->child->id,
                      .device = scene->desk->id,
                      .n = 9,
                      .at = scene->child->at,
                      .by = scene->test->clerk,
                      .on = scene->child->on,
                      .verb = MC_VERB_NOTE,
                      .body = body,
                      .base = base };
  g_autoptr (McOp) impostor = mc_op_sign (&draft, &scene->desk->secret);

  push_early (scene);
  scene->desk->left = 1;
  test_push (scene->test, scene->desk, impostor, "\"refused:format\"");
  test_push (scene->test, scene->desk, scene->parent, "\"applied\"");
  assert_ruling (scene, scene->child, "\"applied\"");
}

/* A restart forgets none of them. */
static void
test_restart (void)
{
  g_autoptr (Scene) scene = scene_new ();

  push_early (scene);
  test_province_reopen (scene->test);
  test_push (scene->test, scene->desk, scene->parent, "\"applied\"");
  assert_ruling (scene, scene->child, "\"applied\"");
}

/* The author's right is asked when it is judged, not when it came. */
static void
test_right_when_judged (void)
{
  g_autoptr (Scene) scene = scene_new ();
  McStaffChange gone = { scene->test->office_a, "an", NULL, MC_ROLE_UNKNOWN, 0 };
  g_autoptr (GError) error = NULL;

  push_early (scene);
  g_assert_true (mc_province_set_staff (scene->test->province, &gone, &error));
  test_push (scene->test, scene->desk, scene->parent, "\"applied\"");
  assert_ruling (scene, scene->child, "\"refused:staff\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/orphan/same-request", test_same_request);
  g_test_add_func ("/server/orphan/later-request", test_later_request);
  g_test_add_func ("/server/orphan/chain", test_chain);
  g_test_add_func ("/server/orphan/nobody-has-it", test_nobody_has_it);
  g_test_add_func ("/server/orphan/lost-cursor", test_lost_cursor);
  g_test_add_func ("/server/orphan/who-is-not-waited-for", test_who_is_not_waited_for);
  g_test_add_func ("/server/orphan/seven-days", test_seven_days);
  g_test_add_func ("/server/orphan/step-alone", test_step_alone);
  g_test_add_func ("/server/orphan/impostor", test_impostor);
  g_test_add_func ("/server/orphan/restart", test_restart);
  g_test_add_func ("/server/orphan/right-when-judged", test_right_when_judged);
  return g_test_run ();
}
