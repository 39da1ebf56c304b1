/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sees a dossier: handed over, lost, back again, contested, settled. */
#include "mc-province-blob.h"
#include "test-desk.h"

#include "mc-id.h"
#include <string.h>

#define SHA256 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define SHA256_ALSO "cb8379ac2098aa165029e3938a51da0bcecfc008fd6795f401178647f96c5b34"

/* A dossier of office A, and a desk in each office. */
typedef struct
{
  TestProvince *test;
  TestDesk *a;
  TestDesk *b;
  McOp *receive;
} Scene;

static Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->test = test_province_new ();
  scene->a = test_desk_enrol (scene->test, scene->test->office_a);
  scene->b = test_desk_enrol (scene->test, scene->test->office_b);
  scene->receive = test_desk_receive (scene->a, scene->test->clerk);
  test_push (scene->test, scene->a, scene->receive, "\"applied\"");
  return scene;
}

static void
scene_free (Scene *scene)
{
  test_sound (scene->test);
  mc_op_unref (scene->receive);
  test_desk_free (scene->a);
  test_desk_free (scene->b);
  test_province_free (scene->test);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

/* Pushes an op on the offices of a dossier; its ruling carries what it says, for older desks. */
static void
push_moving (Scene *scene, TestDesk *desk, const McOp *op, const char *verdict)
{
  g_autoptr (McSyncAnswer) answer = test_push_text (scene->test, desk, op->line);
  g_autofree char *start = g_strdup_printf ("\"offices\":\"%s\"", verdict);

  g_assert_nonnull (strstr (test_word (answer, op), start));
}

static void
assert_told (Scene *scene, TestDesk *desk, const char *told)
{
  g_autofree char *real = test_told (scene->test, desk, scene->receive->on);

  g_assert_cmpstr (real, ==, told);
}

/* The first office gives the dossier to the second and keeps no sight of it. */
static McOp *
hand_over (Scene *scene)
{
  return test_desk_transfer (scene->a,
                             scene->test->clerk,
                             scene->receive,
                             scene->test->office_b,
                             NULL);
}

/* Who gains sight is told all of it, its past first. */
static void
test_gain (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) set = test_desk_set (scene->a, scene->test->clerk, scene->receive, "0912345678");
  g_autoptr (McOp) both = test_desk_transfer (scene->a,
                                              scene->test->clerk,
                                              scene->receive,
                                              scene->test->office_a,
                                              scene->test->office_b,
                                              NULL);
  g_autoptr (McOp) note = NULL;

  test_push (scene->test, scene->a, set, "\"applied\"");
  assert_told (scene, scene->b, "");
  push_moving (scene, scene->a, both, "applied");
  assert_told (scene, scene->b, "op op op");
  assert_told (scene, scene->a, "op op op");
  note = test_desk_set (scene->b, scene->test->clerk_b, set, "0900000000");
  test_push (scene->test, scene->b, note, "\"applied\"");
  assert_told (scene, scene->a, "op op op op");
}

/* Who loses it is told so, and what it does afterwards is refused, and told to itself alone. */
static void
test_lose (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) away = hand_over (scene);
  g_autoptr (McOp) late =
      test_desk_set (scene->a, scene->test->clerk, scene->receive, "0912345678");
  g_autoptr (McFeedEntry) own = NULL;

  push_moving (scene, scene->a, away, "applied");
  assert_told (scene, scene->a, "op op gone");
  assert_told (scene, scene->b, "op op");
  test_push (scene->test, scene->a, late, "\"refused:office\"");
  assert_told (scene, scene->a, "op op gone no");
  assert_told (scene, scene->b, "op op no");
}

/* What comes back comes whole, and in the order it was decided. */
static void
test_return (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) away = hand_over (scene);
  g_autoptr (McOp) set =
      test_desk_set (scene->b, scene->test->clerk_b, scene->receive, "0912345678");
  g_autoptr (McOp) back =
      test_desk_transfer (scene->b, scene->test->clerk_b, away, scene->test->office_a, NULL);
  g_autoptr (McSyncAnswer) page = NULL;

  push_moving (scene, scene->a, away, "applied");
  test_push (scene->test, scene->b, set, "\"applied\"");
  g_clear_pointer (&page, mc_sync_answer_free);
  page = test_pull (scene->test, scene->a, MC_WIRE_ENTRIES_MAX);
  g_clear_pointer (&page, mc_sync_answer_free);
  push_moving (scene, scene->b, back, "applied");
  assert_told (scene, scene->a, "op op gone op op op op");
  assert_told (scene, scene->b, "op op op op gone");
  page = test_pull (scene->test, scene->a, MC_WIRE_ENTRIES_MAX);
  g_assert_cmpuint (page->entries->len, ==, 4);
  g_assert_cmpstr (((McFeedEntry *)page->entries->pdata[0])->line, ==, scene->receive->line);
  g_assert_cmpstr (((McFeedEntry *)page->entries->pdata[2])->line, ==, set->line);
  g_assert_cmpstr (((McFeedEntry *)page->entries->pdata[3])->line, ==, back->line);
}

/* A hand-over that is contested gives nobody sight before people have settled it. */
static void
test_contested (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (TestDesk) other = test_desk_enrol (scene->test, scene->test->office_a);
  g_autoptr (McOp) stay = test_desk_transfer (scene->a,
                                              scene->test->clerk,
                                              scene->receive,
                                              scene->test->office_a,
                                              NULL);
  g_autoptr (McOp) away =
      test_desk_transfer (other, scene->test->officer, scene->receive, scene->test->office_b, NULL);
  g_autoptr (McOp) settle = test_desk_settle (scene->a,
                                              scene->test->clerk,
                                              "offices",
                                              json_pack ("[s]", scene->test->office_b),
                                              stay,
                                              away);

  push_moving (scene, scene->a, stay, "applied");
  push_moving (scene, other, away, "contested");
  assert_told (scene, scene->b, "");
  test_push (scene->test, scene->a, settle, "\"applied\"");
  assert_told (scene, scene->a, "op op op op gone");
  assert_told (scene, scene->b, "op op op op");
}

/* Settled for neither: it is again whose it was when it was received. */
static void
test_settled_for_nothing (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) away = hand_over (scene);
  g_autoptr (McOp) settle = test_desk_settle (scene->b,
                                              scene->test->clerk_b,
                                              "offices",
                                              json_null (),
                                              away,
                                              scene->receive);

  push_moving (scene, scene->a, away, "applied");
  test_push (scene->test, scene->b, settle, "\"applied\"");
  assert_told (scene, scene->a, "op op gone op op op");
  assert_told (scene, scene->b, "op op op gone");
}

static void
test_rights (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *nowhere = mc_id_new (MC_BUILD_MS);
  g_autofree char *agent =
      test_add_staff (scene->test, scene->test->office_a, "giang", MC_ROLE_AGENT);
  g_autoptr (McOp) unknown =
      test_desk_transfer (scene->a, scene->test->clerk, scene->receive, nowhere, NULL);
  g_autoptr (McOp) by_agent =
      test_desk_transfer (scene->a, agent, scene->receive, scene->test->office_b, NULL);
  g_autoptr (McOp) taken = test_desk_transfer (scene->b,
                                               scene->test->clerk_b,
                                               scene->receive,
                                               scene->test->office_b,
                                               NULL);
  g_autoptr (McOp) round = test_desk_settle (scene->a,
                                             agent,
                                             "offices",
                                             json_pack ("[s]", scene->test->office_b),
                                             scene->receive,
                                             scene->receive);
  g_autoptr (McOp) settled_away = test_desk_settle (scene->a,
                                                    scene->test->clerk,
                                                    "offices",
                                                    json_pack ("[s]", nowhere),
                                                    scene->receive,
                                                    scene->receive);

  test_push (scene->test, scene->a, unknown, "\"refused:offices\"");
  test_push (scene->test, scene->a, by_agent, "\"refused:role\"");
  test_push (scene->test, scene->b, taken, "\"refused:office\"");
  test_push (scene->test, scene->a, round, "\"refused:role\"");
  test_push (scene->test, scene->a, settled_away, "\"refused:offices\"");
  assert_told (scene, scene->b, "no");
}

/* Scans go where their dossier goes; a second document kept beside the first is one of them. */
static void
test_scans (void)
{
  g_autoptr (Scene) scene = scene_new ();
  TestProvince *test = scene->test;
  g_autoptr (McOp) attach = test_desk_attach (scene->a, test->clerk, scene->receive, SHA256, 3);
  g_autoptr (json_t) value = json_incref (json_object_get (attach->body, "document"));
  g_autoptr (json_t) second = json_copy (value);
  g_autoptr (McOp) away =
      test_desk_transfer (scene->a, test->clerk, scene->receive, test->office_b, NULL);
  g_autoptr (McOp) beside = NULL;

  json_object_set_new (second, "sha256", json_string (SHA256_ALSO));
  beside = test_desk_settle (scene->a,
                             test->clerk,
                             "part:to-khai",
                             json_pack ("{s:O,s:[O]}", "document", value, "also", second),
                             attach,
                             scene->receive);
  test_push (test, scene->a, attach, "\"applied\"");
  test_push (test, scene->a, beside, "\"applied\"");
  g_assert_true (mc_province_blob_readable (test->province, SHA256, test->office_a, NULL));
  g_assert_true (mc_province_blob_readable (test->province, SHA256_ALSO, test->office_a, NULL));
  g_assert_false (mc_province_blob_readable (test->province, SHA256, test->office_b, NULL));
  push_moving (scene, scene->a, away, "applied");
  g_assert_false (mc_province_blob_readable (test->province, SHA256, test->office_a, NULL));
  g_assert_true (mc_province_blob_readable (test->province, SHA256, test->office_b, NULL));
  g_assert_true (mc_province_blob_readable (test->province, SHA256_ALSO, test->office_b, NULL));
}

/* A desk of version 1 reads who handles it now from the ruling. */
static void
test_outcome (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (McOp) away = hand_over (scene);
  g_autofree char *text =
      g_strdup_printf ("{\"=\":{\"offices\":[[\"%s\"],false]},\"offices\":\"applied\"}",
                       scene->test->office_b);
  g_autoptr (McFeedEntry) entry = NULL;

  test_push (scene->test, scene->a, away, text);
  entry = test_find (scene->test, scene->b, away->id);
  g_assert_cmpstr (entry->ruling, ==, text);
  /* Asked once more, by one who has read the feed, it is the same text. */
  scene->a->cursor = (McCursor){ 0 };
  test_push (scene->test, scene->a, away, text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/sight/gain", test_gain);
  g_test_add_func ("/server/sight/lose", test_lose);
  g_test_add_func ("/server/sight/return", test_return);
  g_test_add_func ("/server/sight/contested", test_contested);
  g_test_add_func ("/server/sight/settled-for-nothing", test_settled_for_nothing);
  g_test_add_func ("/server/sight/rights", test_rights);
  g_test_add_func ("/server/sight/scans", test_scans);
  g_test_add_func ("/server/sight/outcome", test_outcome);
  return g_test_run ();
}
