/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk that found that it is a copy enrols anew, on the word of who it was. */
#include "test-http.h"

#include "mc-error.h"
#include "mc-road.h"
#include <string.h>

static McAdmission *
again (TestProvince *test, TestDesk *desk, const McPublicKey *key, GError **error)
{
  g_autoptr (McDevice) old = mc_province_device (test->province, desk->id, NULL);

  return mc_province_enrol_again (test->province, old, key, error);
}

static void
test_new_device (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) fresh = test_desk_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (McAdmission) first = again (test, desk, &fresh->public, &error);
  g_autoptr (McAdmission) second = again (test, desk, &fresh->public, &error);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) other = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (first->device->office, ==, test->office_a);
  g_assert_cmpstr (first->device->id, !=, desk->id);
  g_assert_cmpstr (first->device->slot, !=, desk->slot);
  /* The answer was lost: the same one again. */
  g_assert_cmpstr (second->device->id, ==, first->device->id);
  g_assert_cmpstr (second->certificate, ==, first->certificate);
  /* The one that it is a copy of goes on as it was. */
  test_push (test, desk, receive, "\"applied\"");
  fresh->id = g_strdup (first->device->id);
  fresh->office = g_strdup (first->device->office);
  other = test_desk_receive (fresh, test->clerk);
  test_push (test, fresh, other, "\"applied\"");
  test_sound (test);
}

static void
test_not_for_everyone (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) fresh = test_desk_new ();
  g_autoptr (TestDesk) other = test_desk_new ();
  g_autoptr (McAdmission) admission = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (again (test, desk, &desk->public, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SECRET);
  g_clear_error (&error);
  admission = again (test, desk, &fresh->public, &error);
  g_assert_no_error (error);
  g_assert_true (mc_province_suspend (test->province, desk->id, TRUE, &error));
  g_assert_null (again (test, desk, &other->public, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SECRET);
  g_clear_error (&error);
  /* Nor with the key that it was given before it was suspended. */
  g_assert_null (again (test, desk, &fresh->public, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_SECRET);
}

/* A desk that loops does not take every number of the province. */
static void
test_ten_a_day (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) last = test_desk_new ();
  g_autoptr (McAdmission) next_day = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (TestDesk) fresh = test_desk_new ();
      g_autoptr (McAdmission) admission = again (test, desk, &fresh->public, &error);

      g_assert_no_error (error);
      g_assert_nonnull (admission);
    }
  g_assert_null (again (test, desk, &last->public, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_clear_error (&error);
  test->now_ms += 25 * 3600 * G_GINT64_CONSTANT (1000);
  next_day = again (test, desk, &last->public, &error);
  g_assert_nonnull (next_day);
}

static TestReply *
post (TestServer *server, TestDesk *who, const McPublicKey *key)
{
  g_autofree char *text = mc_base64_encode (key->bytes, sizeof key->bytes);
  g_autofree char *json = g_strdup_printf ("{\"again\":true,\"key\":\"%s\"}", text);
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

  return test_request (server, who, "POST", "/v1/enrol", body, NULL);
}

static void
assert_reply (TestReply *reply, guint status, const char *expected)
{
  g_autofree char *word = test_reply_word (reply);

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (word, ==, expected);
  test_reply_free (reply);
}

/* Only the old key says who it was. */
static void
test_who_asks (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (TestDesk) thief = test_desk_enrol (server->test, server->test->office_b);
  g_autoptr (TestDesk) fresh = test_desk_new ();
  g_autofree char *own = g_strdup (thief->id);

  assert_reply (post (server, NULL, &fresh->public), 401, "device");
  g_free (thief->id);
  thief->id = g_strdup (desk->id);
  assert_reply (post (server, thief, &fresh->public), 401, "signature");
  g_free (thief->id);
  thief->id = g_steal_pointer (&own);
  assert_reply (post (server, desk, &desk->public), 403, "again");
  assert_reply (post (server, desk, &fresh->public), 200, NULL);
  g_assert_true (mc_province_suspend (server->test->province, desk->id, TRUE, NULL));
  assert_reply (post (server, desk, &fresh->public), 403, "suspended");
}

/* The whole way, from the desk's side: also where the province has forgotten the old device. */
static void
test_road (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (TestDesk) fresh = test_desk_new ();
  g_autoptr (TestDesk) second = test_desk_new ();
  g_autoptr (McRoad) road = mc_road_new (server->url);
  g_autoptr (McEnrolment) first = NULL;
  g_autoptr (McEnrolment) forgotten = NULL;
  g_autoptr (McEnrolment) denied = NULL;
  g_autofree char *forget = g_strdup_printf ("DELETE FROM device WHERE id = '%s'", desk->id);
  g_autoptr (GError) error = NULL;

  mc_road_set_identity (road, desk->id, desk->certificate, &desk->secret);
  first = mc_road_enrol_again (road, &fresh->public, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->device, !=, desk->id);
  g_assert_cmpstr (first->office, ==, desk->office);
  g_assert_cmpstr (first->slot, !=, desk->slot);
  g_assert_cmpstr (first->office_code, ==, TEST_CODE_A);
  test_run (server->test, forget);
  forgotten = mc_road_enrol_again (road, &second->public, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (forgotten->device, !=, first->device);
  g_assert_true (mc_province_suspend (server->test->province, desk->id, TRUE, NULL));
  denied = mc_road_enrol_again (road, &second->public, &error);
  g_assert_null (denied);
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/again/new-device", test_new_device);
  g_test_add_func ("/server/again/not-for-everyone", test_not_for_everyone);
  g_test_add_func ("/server/again/ten-a-day", test_ten_a_day);
  g_test_add_func ("/server/again/who-asks", test_who_asks);
  g_test_add_func ("/server/again/road", test_road);
  return g_test_run ();
}
