/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A round trip that is made in parts, and what others do between them. */
#include "mc-province-private.h"
#include "test-desk.h"

typedef struct
{
  TestProvince *test;
  TestDesk *one, *two;
  McDevice *device; /* of one */
  McSyncRequest *request;
  McTrip *trip;
} Scene;

static void
scene_clear (Scene *scene)
{
  mc_trip_free (scene->trip);
  mc_sync_request_free (scene->request);
  mc_device_free (scene->device);
  test_desk_free (scene->one);
  test_desk_free (scene->two);
  test_province_free (scene->test);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

/* Desk one brings @ops (NULL-terminated). */
static void
begin (Scene *scene, McOp *const *ops)
{
  g_autoptr (GError) error = NULL;

  scene->request = mc_sync_request_new ();
  scene->request->limit = 100;
  for (guint i = 0; ops[i] != NULL; i++)
    g_ptr_array_add (scene->request->lines, g_strdup (ops[i]->line));
  scene->device = mc_province_device (scene->test->province, scene->one->id, &error);
  scene->trip = mc_trip_new (scene->test->province, scene->device, scene->request, &error);
  g_assert_no_error (error);
}

static Scene
scene_new (void)
{
  Scene scene = { .test = test_province_new () };

  scene.one = test_desk_enrol (scene.test, scene.test->office_a);
  scene.two = test_desk_enrol (scene.test, scene.test->office_a);
  return scene;
}

/* One line. Returns: whether it was the last */
static gboolean
go (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  g_assert_true (mc_trip_go (scene->trip, 0, &done, &error));
  g_assert_no_error (error);
  return done;
}

static gint64
held (Scene *scene)
{
  return test_number (scene->test, "SELECT count(*) FROM op WHERE verb LIKE 'dossier.%'");
}

/* Each part is there for everybody, and the answer has a word on every line. */
static void
test_parts (void)
{
  g_auto (Scene) scene = scene_new ();
  g_autoptr (McOp) a = test_desk_receive (scene.one, scene.test->clerk);
  g_autoptr (McOp) b = test_desk_set (scene.one, scene.test->clerk, a, "0905123456");
  g_autoptr (McOp) c = test_desk_receive (scene.one, scene.test->clerk);
  g_autoptr (McOp) between = test_desk_receive (scene.two, scene.test->clerk);
  McOp *const ops[] = { a, b, c, NULL };
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  begin (&scene, ops);
  g_assert_cmpint (held (&scene), ==, 0);
  g_assert_false (go (&scene));
  g_assert_cmpint (held (&scene), ==, 1);
  test_push (scene.test, scene.two, between, "\"applied\"");
  g_assert_false (go (&scene));
  g_assert_true (go (&scene));
  g_assert_cmpint (held (&scene), ==, 4);
  answer = mc_trip_answer (scene.trip, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (test_word (answer, a), ==, "\"applied\"");
  g_assert_cmpstr (test_word (answer, b), ==, "\"applied\"");
  g_assert_cmpstr (test_word (answer, c), ==, "\"applied\"");
  g_assert_cmpint (answer->cursor.n, ==, answer->head);
  test_sound (scene.test);
}

/* What was brought before it broke off is held; brought again it is not taken a second time. */
static void
test_breaks_off (void)
{
  g_auto (Scene) scene = scene_new ();
  g_autoptr (McOp) a = test_desk_receive (scene.one, scene.test->clerk);
  g_autoptr (McOp) b = test_desk_set (scene.one, scene.test->clerk, a, "0905123456");
  McOp *const ops[] = { a, b, NULL };
  const char *lines[] = { a->line, b->line, NULL };
  g_autoptr (McSyncAnswer) answer = NULL;

  begin (&scene, ops);
  g_assert_false (go (&scene));
  g_clear_pointer (&scene.trip, mc_trip_free);
  g_assert_cmpint (held (&scene), ==, 1);
  answer = test_push_lines (scene.test, scene.one, lines);
  g_assert_cmpstr (test_word (answer, a), ==, "\"applied\"");
  g_assert_cmpstr (test_word (answer, b), ==, "\"applied\"");
  g_assert_cmpint (held (&scene), ==, 2);
  test_sound (scene.test);
}

/* A desk that said that it holds nothing more said so before the orphan came between two parts: it
 * is waited for until it says so again. */
static void
test_orphan_between (void)
{
  g_auto (Scene) scene = scene_new ();
  g_autoptr (McOp) a = test_desk_receive (scene.one, scene.test->clerk);
  g_autoptr (McOp) b = test_desk_set (scene.one, scene.test->clerk, a, "0905123456");
  g_autoptr (McOp) never = test_desk_receive (scene.two, scene.test->clerk);
  g_autoptr (McOp) orphan = test_desk_set (scene.two, scene.test->clerk, never, "0905");
  McOp *const ops[] = { a, b, NULL };
  g_autoptr (McSyncAnswer) kept = NULL;
  g_autoptr (McSyncAnswer) later = NULL;

  begin (&scene, ops);
  g_assert_false (go (&scene));
  kept = test_push_text (scene.test, scene.two, orphan->line);
  g_assert_cmpstr (test_missing (kept, orphan), ==, never->id);
  g_assert_true (go (&scene));
  g_assert_cmpint (test_number (scene.test, "SELECT count(*) FROM orphan"), ==, 1);
  later = test_pull (scene.test, scene.one, 100);
  g_assert_cmpint (test_number (scene.test, "SELECT count(*) FROM orphan"), ==, 0);
  test_sound (scene.test);
}

/* With nothing to bring, one part is all. */
static void
test_nothing (void)
{
  g_auto (Scene) scene = scene_new ();
  McOp *const ops[] = { NULL };

  begin (&scene, ops);
  g_assert_true (go (&scene));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/trip/parts", test_parts);
  g_test_add_func ("/trip/breaks-off", test_breaks_off);
  g_test_add_func ("/trip/orphan-between", test_orphan_between);
  g_test_add_func ("/trip/nothing", test_nothing);
  return g_test_run ();
}
