/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-json.h"

#include <string.h>

static void
test_text (void)
{
  static const struct
  {
    const char *text, *written;
  } rows[] = {
    { "{\"b\":1,\"a\":[true,null,\"x\"]}", "{\"a\":[true,null,\"x\"],\"b\":1}" },
    { " { \"a\" : \"\\u1ec5\" } ", "{\"a\":\"ễ\"}" },
    { "\"a\\tb\\n\"", "\"a\\tb\\n\"" },
    { "null", "null" },
    { "-9223372036854775808", "-9223372036854775808" },
    { "{\"\":{}}", "{\"\":{}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (json_t) json = mc_json_parse (rows[i].text, -1, &error);
      g_autofree char *written = NULL;

      g_assert_no_error (error);
      written = mc_json_text (json);
      g_assert_cmpstr (written, ==, rows[i].written);
    }
}

static void
test_refused (void)
{
  static const char *const rows[] = {
    "",
    "{",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1}x",
    "{\"a\":1}{}",
    "{'a':1}",
    "{\"a\":01}",
    "[,]",
    "\"\xff\"",
    "\"\\ud800\"",
    "\"a\nb\"",
    "{\"a\"}",
    "99999999999999999999",
    "\"\\u0000\"",
    "NaN",
    "\xef\xbb\xbf{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (json_t) json = mc_json_parse (rows[i], -1, &error);

      g_assert_null (json);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

static char *
nested (guint depth, char open, char close)
{
  char *text = g_malloc (depth * 2 + 1);

  memset (text, open, depth);
  memset (text + depth, close, depth);
  text[depth * 2] = '\0';
  return text;
}

static void
test_depth (void)
{
  g_autofree char *fits = nested (MC_JSON_DEPTH_MAX, '[', ']');
  g_autofree char *deep = nested (MC_JSON_DEPTH_MAX + 1, '[', ']');
  g_autofree char *hostile = nested (200000, '[', ']');
  g_autoptr (json_t) good = mc_json_parse (fits, -1, NULL);
  g_autoptr (json_t) bad = mc_json_parse (deep, -1, NULL);
  g_autoptr (json_t) worse = mc_json_parse (hostile, -1, NULL);
  g_autoptr (json_t) quoted =
      mc_json_parse ("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[\"", -1, NULL);

  g_assert_nonnull (good);
  g_assert_null (bad);
  g_assert_null (worse);
  g_assert_nonnull (quoted);
}

/* The length is honoured: what stands behind it is not read. */
static void
test_length (void)
{
  g_autoptr (json_t) json = mc_json_parse ("{\"a\":1}garbage", 7, NULL);

  g_assert_cmpint (mc_json_int (json, "a", 0), ==, 1);
}

static void
test_members (void)
{
  g_autoptr (json_t) json =
      mc_json_parse ("{\"s\":\"x\",\"i\":5,\"t\":true,\"n\":null,\"r\":1.5}", -1, NULL);

  g_assert_cmpstr (mc_json_string (json, "s"), ==, "x");
  g_assert_null (mc_json_string (json, "i"));
  g_assert_null (mc_json_string (json, "missing"));
  g_assert_null (mc_json_string (NULL, "s"));
  g_assert_cmpint (mc_json_int (json, "i", 7), ==, 5);
  g_assert_cmpint (mc_json_int (json, "s", 7), ==, 7);
  g_assert_cmpint (mc_json_int (json, "r", 7), ==, 7);
  g_assert_true (mc_json_bool (json, "t", FALSE));
  g_assert_true (mc_json_bool (json, "n", TRUE));
}

static void
test_clean (void)
{
  g_autoptr (json_t) json =
      mc_json_parse ("{\"te\xcc\x82n\":[\" Nguye\xcc\x82\xcc\x83n "
                     "\",{\"a\":\"x\\u0007\"}],\"n\":1.5,\"b\":false,\"z\":null}",
                     -1,
                     NULL);
  g_autoptr (json_t) clean = mc_json_clean (json);
  g_autofree char *text = mc_json_text (clean);

  g_assert_cmpstr (text,
                   ==,
                   "{\"b\":false,\"n\":1.5,\"tên\":[\"Nguyễn\",{\"a\":\"x\"}],\"z\":null}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/text", test_text);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/length", test_length);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/clean", test_clean);
  return g_test_run ();
}
