/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person opens a desk with an activation code; no thief does. */
#include "test-http.h"

#include "mc-error.h"
#include "mc-unlock.h"
#include <string.h>

#define KEY "the key of the work, 32 bytes --"
#define HOUR_MS (3600 * 1000)

typedef struct
{
  TestProvince *test;
  TestDesk *desk;
  McUnlockKey mine;
  GBytes *sealed; /* (nullable) */
} Counter;

static void
setup (Counter *counter, gconstpointer data)
{
  counter->test = test_province_new ();
  counter->desk = test_desk_enrol (counter->test, counter->test->office_a);
  counter->sealed = mc_unlock_seal (mc_province_key (counter->test->province),
                                    counter->desk->id,
                                    (const guint8 *)KEY,
                                    strlen (KEY));
  mc_unlock_key_make (&counter->mine);
}

static void
teardown (Counter *counter, gconstpointer data)
{
  g_clear_pointer (&counter->sealed, g_bytes_unref);
  test_desk_free (counter->desk);
  test_province_free (counter->test);
}

static char *
give_code (Counter *counter, const char *login)
{
  g_autoptr (GError) error = NULL;
  gint64 until = 0;
  char *code = mc_province_staff_code (counter->test->province,
                                       counter->test->office_a,
                                       login,
                                       &until,
                                       &error);

  g_assert_no_error (error);
  g_assert_cmpint (until, ==, counter->test->now_ms + 7 * 24 * HOUR_MS);
  return code;
}

static GBytes *
body_of (Counter *counter, const char *login, const char *code)
{
  McUnlockAsk ask = { .login = (char *)login,
                      .code = (char *)code,
                      .device = counter->desk->id,
                      .sealed = counter->sealed };

  memcpy (ask.to, counter->mine.public, sizeof ask.to);
  return mc_unlock_ask_write (&ask, mc_province_key (counter->test->province));
}

/* The answer, opened by the desk; or NULL with what the province said. */
static McUnlockAnswer *
unlock (Counter *counter, const char *login, const char *code, GError **error)
{
  g_autoptr (GBytes) body = body_of (counter, login, code);
  g_autoptr (GBytes) said = mc_province_unlock (counter->test->province, body, error);

  return said != NULL ? mc_unlock_answer_read (said,
                                               mc_province_key (counter->test->province),
                                               &counter->mine,
                                               counter->desk->id,
                                               error)
                      : NULL;
}

static void
assert_refused (Counter *counter, const char *login, const char *code, McError why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McUnlockAnswer) answer = unlock (counter, login, code, &error);

  g_assert_null (answer);
  g_assert_error (error, MC_ERROR, (int)why);
}

static void
assert_opens (Counter *counter, const char *login, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McUnlockAnswer) answer = unlock (counter, login, code, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (answer->login, ==, login);
  g_assert_cmpstr (answer->office, ==, counter->test->office_a);
  g_assert_cmpmem (g_bytes_get_data (answer->content, NULL),
                   g_bytes_get_size (answer->content),
                   KEY,
                   strlen (KEY));
}

static void
test_once (Counter *counter, gconstpointer data)
{
  g_autofree char *code = give_code (counter, "binh");
  g_autofree char *sloppy = g_ascii_strdown (code, -1);

  g_assert_true (g_regex_match_simple ("^[0-9A-Z]{5}-[0-9A-Z]{5}$", code, 0, 0));
  g_strdelimit (sloppy, "-", ' ');
  assert_opens (counter, "binh", sloppy);
  /* The answer was lost: the same request again. */
  assert_opens (counter, "binh", code);
  test_province_reopen (counter->test);
  assert_opens (counter, "binh", code);
  /* Overheard: another request. */
  mc_unlock_key_make (&counter->mine);
  assert_refused (counter, "binh", code, MC_ERROR_SECRET);
  test_sound (counter->test);
}

static void
test_whose (Counter *counter, gconstpointer data)
{
  g_autofree char *code = give_code (counter, "binh");

  assert_refused (counter, "chi", code, MC_ERROR_SECRET);
  assert_refused (counter, "nobody", code, MC_ERROR_SECRET);
  /* Of another office, whose desk this is not. */
  assert_refused (counter, "dung", code, MC_ERROR_SECRET);
  assert_opens (counter, "binh", code);
}

static void
test_over (Counter *counter, gconstpointer data)
{
  g_autofree char *first = give_code (counter, "binh");
  g_autofree char *code = NULL;

  counter->test->now_ms += 7 * 24 * HOUR_MS;
  assert_refused (counter, "binh", first, MC_ERROR_SECRET);
  code = give_code (counter, "binh");
  counter->test->now_ms += 7 * 24 * HOUR_MS - 1;
  assert_opens (counter, "binh", code);
}

/* A new code takes the old one's place. */
static void
test_replaced (Counter *counter, gconstpointer data)
{
  g_autofree char *first = give_code (counter, "binh");
  g_autofree char *second = give_code (counter, "binh");

  assert_refused (counter, "binh", first, MC_ERROR_SECRET);
  assert_opens (counter, "binh", second);
}

/* Ten an hour, kept over a restart; then not even the right one. */
static void
test_guessing (Counter *counter, gconstpointer data)
{
  g_autofree char *code = give_code (counter, "binh");

  for (guint i = 0; i < 10; i++)
    assert_refused (counter, "binh", "AAAAA-AAAAA", MC_ERROR_SECRET);
  assert_refused (counter, "binh", code, MC_ERROR_DELAYED);
  test_province_reopen (counter->test);
  assert_refused (counter, "binh", code, MC_ERROR_DELAYED);
  counter->test->now_ms += HOUR_MS;
  assert_opens (counter, "binh", code);
}

static void
test_stolen (Counter *counter, gconstpointer data)
{
  g_autofree char *code = give_code (counter, "binh");
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_province_suspend (counter->test->province, counter->desk->id, TRUE, &error));
  assert_refused (counter, "binh", code, MC_ERROR_REFUSED);
  /* Found again: the code was not spent on it. */
  g_assert_true (mc_province_suspend (counter->test->province, counter->desk->id, FALSE, &error));
  assert_opens (counter, "binh", code);
}

static void
test_left_the_office (Counter *counter, gconstpointer data)
{
  g_autofree char *code = give_code (counter, "binh");
  McStaffChange change = { .office = counter->test->office_a, .login = "binh", .active = 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_province_set_staff (counter->test->province, &change, &error));
  assert_refused (counter, "binh", code, MC_ERROR_SECRET);
  g_assert_null (mc_province_staff_code (counter->test->province,
                                         counter->test->office_a,
                                         "binh",
                                         &counter->test->now_ms,
                                         &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NOT_FOUND);
}

/* The key of a stolen disk, brought to a desk that is not suspended. */
static void
test_key_of_another (Counter *counter, gconstpointer data)
{
  g_autoptr (TestDesk) other = test_desk_enrol (counter->test, counter->test->office_a);
  g_autofree char *code = give_code (counter, "binh");
  g_autofree char *stolen = g_steal_pointer (&counter->desk->id);

  counter->desk->id = g_strdup (other->id);
  assert_refused (counter, "binh", code, MC_ERROR_SIGNATURE);
  g_free (counter->desk->id);
  counter->desk->id = g_steal_pointer (&stolen);
  assert_opens (counter, "binh", code);
}

/* A server restored from before the desk enrolled: the register knows it. */
static void
test_unknown_desk (Counter *counter, gconstpointer data)
{
  g_autofree char *code = give_code (counter, "binh");

  g_free (counter->desk->id);
  counter->desk->id = g_strdup ("01900000-0000-7000-8000-000000000099");
  assert_refused (counter, "binh", code, MC_ERROR_NOT_FOUND);
}

static void
test_over_http (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  Counter counter = { .test = server->test, .desk = desk };
  g_autofree char *code = give_code (&counter, "binh");
  g_autoptr (GBytes) wrong = NULL;
  g_autoptr (GBytes) right = NULL;
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("{}", 2);
  g_autoptr (TestReply) refused = NULL;
  g_autoptr (TestReply) good = NULL;
  g_autoptr (TestReply) bad = NULL;
  g_autoptr (McUnlockAnswer) answer = NULL;
  g_autofree char *word = NULL;
  g_autofree char *bad_word = NULL;

  mc_unlock_key_make (&counter.mine);
  wrong = body_of (&counter, "binh", "AAAAA-AAAAA");
  right = body_of (&counter, "binh", code);
  bad = test_request (server, NULL, "POST", "/v1/unlock", nonsense, NULL);
  g_assert_cmpuint (bad->status, ==, 400);
  bad_word = test_reply_word (bad);
  g_assert_cmpstr (bad_word, ==, "format");
  refused = test_request (server, NULL, "POST", "/v1/unlock", wrong, NULL);
  g_assert_cmpuint (refused->status, ==, 403);
  word = test_reply_word (refused);
  g_assert_cmpstr (word, ==, "code");
  good = test_request (server, NULL, "POST", "/v1/unlock", right, NULL);
  g_assert_cmpuint (good->status, ==, 200);
  answer = mc_unlock_answer_read (good->body,
                                  mc_province_key (server->test->province),
                                  &counter.mine,
                                  desk->id,
                                  NULL);
  g_assert_cmpstr (answer->staff, ==, server->test->officer);
  g_assert_null (answer->content);
}

#define ADD(path, test) g_test_add ("/server/unlock/" path, Counter, NULL, setup, test, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  ADD ("once", test_once);
  ADD ("whose", test_whose);
  ADD ("over", test_over);
  ADD ("replaced", test_replaced);
  ADD ("guessing", test_guessing);
  ADD ("stolen", test_stolen);
  ADD ("left-the-office", test_left_the_office);
  ADD ("key-of-another", test_key_of_another);
  ADD ("unknown-desk", test_unknown_desk);
  g_test_add_func ("/server/unlock/over-http", test_over_http);
  return g_test_run ();
}
