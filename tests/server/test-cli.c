/* SPDX-License-Identifier: GPL-3.0-or-later */
/* motcua-server as an administrator's script calls it: exit codes and what is printed. */
#include "test-desk.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* Runs it with @arguments (one string, split as a shell would); @input is its stdin. */
static int
run (const char *data, const char *arguments, const char *input, char **ret_output)
{
  g_autofree char *line =
      g_strdup_printf ("%s --data '%s' %s", g_getenv ("MOTCUA_SERVER"), data, arguments);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autofree char *complaint = NULL;

  g_assert_true (g_shell_parse_argv (line, NULL, &argv, &error));
  process = g_subprocess_newv ((const char *const *)argv,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                   G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, input, NULL, &output, &complaint, &error));
  g_assert_no_error (error);
  /* It never fails without a word. */
  if (g_subprocess_get_exit_status (process) != 0)
    g_assert_true (g_str_has_prefix (complaint, "motcua-server: "));
  if (ret_output != NULL)
    *ret_output = g_steal_pointer (&output);
  return g_subprocess_get_exit_status (process);
}

static void
test_first_day (void)
{
  g_autofree char *data = g_dir_make_tmp ("motcua-cli-XXXXXX", NULL);
  g_autofree char *invited = NULL;
  g_autofree char *given = NULL;
  const char *code;

  g_assert_cmpint (run (data, "check", NULL, NULL), ==, 1);
  g_assert_cmpint (run (data, "init", NULL, NULL), ==, 0);
  g_assert_cmpint (run (data, "init", NULL, NULL), ==, 1);
  g_assert_cmpint (run (data, "office add --code H05.032.07 --name 'Xã Thử Nghiệm'", NULL, NULL),
                   ==,
                   0);
  g_assert_cmpint (run (data, "office add --code H05.032.07 --name 'Khác'", NULL, NULL), ==, 1);
  g_assert_cmpint (
      run (data,
           "staff add --office H05.032.07 --login an --name 'Nguyễn Thị An' --role clerk",
           NULL,
           NULL),
      ==,
      0);
  g_assert_cmpint (
      run (data, "staff set --office H05.032.07 --login an --role officer", NULL, NULL),
      ==,
      0);
  g_assert_cmpint (run (data, "staff set --office H05.032.07 --login an --active no", NULL, NULL),
                   ==,
                   0);
  g_assert_cmpint (run (data, "staff set --office H05.032.07 --login an --active yes", NULL, NULL),
                   ==,
                   0);
  g_assert_cmpint (run (data, "staff code --office H05.032.07 --login an", NULL, &given), ==, 0);
  g_strchomp (given);
  g_assert_true (g_regex_match_simple (": [0-9A-Z]{5}-[0-9A-Z]{5}$", given, 0, 0));
  g_assert_cmpint (run (data, "staff code --office H05.032.07 --login no", NULL, NULL), ==, 1);
  g_assert_cmpint (run (data, "staff set --office H05.032.07 --login no --active no", NULL, NULL),
                   ==,
                   1);
  g_assert_cmpint (run (data, "invite --office H05.032.07", NULL, &invited), ==, 0);
  g_strchomp (invited);
  code = strrchr (invited, ' ') + 1;
  g_assert_true (g_regex_match_simple ("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", code, 0, 0));
  g_assert_null (strpbrk (code, "0O1IL2Z5S8BUV"));
  g_assert_cmpint (run (data, "device list", NULL, NULL), ==, 0);
  g_assert_cmpint (run (data, "device suspend --device none", NULL, NULL), ==, 1);
  g_assert_cmpint (run (data, "device public --device none", NULL, NULL), ==, 1);
  g_assert_cmpint (run (data, "device private --device none", NULL, NULL), ==, 1);
  g_assert_cmpint (run (data, "invite --office H05.032.07 --public", NULL, NULL), ==, 0);
  g_assert_cmpint (run (data, "check", NULL, NULL), ==, 0);
  test_remove_tree (data);
}

static void
test_usage (void)
{
  g_autofree char *data = g_dir_make_tmp ("motcua-cli-XXXXXX", NULL);
  static const char *const lines[] = {
    "",
    "dance",
    "office",
    "office add --name x",
    "office add --code H05 --name x extra",
    "staff add --office H05 --login an --name An",
    "staff add --office H05 --login an --name An --role king",
    "invite",
    "staff code --login an",
    "catalogue import",
    "device suspend",
    "device public",
    "scans --days 0x7",
    "scans --total-max -1",
    "--no-such-option",
  };

  g_assert_cmpint (run (data, "init", NULL, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpint (run (data, lines[i], "", NULL), ==, 2);
  test_remove_tree (data);
}

static void
test_scans (void)
{
  g_autofree char *data = g_dir_make_tmp ("motcua-cli-XXXXXX", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpint (run (data, "init", NULL, NULL), ==, 0);
  g_assert_cmpint (run (data, "scans", NULL, &before), ==, 0);
  g_assert_nonnull (strstr (before, "at most of one desk\t274877906944\n"));
  g_assert_nonnull (strstr (before, "at most of all desks\tno limit\n"));
  g_assert_cmpint (run (data, "scans --total-max 2 --desk-max 0 --days 3", NULL, NULL), ==, 0);
  g_assert_cmpint (run (data, "scans", NULL, &after), ==, 0);
  g_assert_nonnull (strstr (after, "at most of one desk\tno limit\n"));
  g_assert_nonnull (strstr (after, "at most of all desks\t2147483648\n"));
  g_assert_nonnull (strstr (after, "dropped\t3\n"));
  g_assert_cmpint (run (data, "scans --days 0", NULL, NULL), ==, 1);
  test_remove_tree (data);
}

static void
test_import (void)
{
  g_autofree char *data = g_dir_make_tmp ("motcua-cli-XXXXXX", NULL);
  g_autofree char *catalogue =
      g_test_build_filename (G_TEST_DIST, "../../data/catalogue/procedures.json", NULL);
  g_autofree char *calendar =
      g_test_build_filename (G_TEST_DIST, "../../data/calendar/vietnam.json", NULL);
  g_autofree char *self = g_strdup_printf ("catalogue import '%s'", g_getenv ("MOTCUA_SERVER"));
  const char *const files[] = { catalogue, calendar };

  g_assert_cmpint (run (data, "init", NULL, NULL), ==, 0);
  g_assert_cmpint (run (data, "office add --code H05 --name x", NULL, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *line = g_strdup_printf ("catalogue import '%s'", files[i]);
      g_autofree char *again = NULL;

      g_assert_cmpint (run (data, line, NULL, NULL), ==, 0);
      g_assert_cmpint (run (data, line, NULL, &again), ==, 0);
      g_assert_true (g_str_has_prefix (again, "0 of "));
    }
  g_assert_cmpint (run (data, self, NULL, NULL), ==, 1);
  g_assert_cmpint (run (data, "check", NULL, NULL), ==, 0);
  test_remove_tree (data);
}

/* A declaration of the province's own comes with its procedures, stays when the law's part comes
 * anew, and one that is wrong changes nothing. */
static void
test_declaration (void)
{
#define DECLARATION(line)                                                                          \
  "{\"id\":\"rieng\",\"version\":\"1\",\"title\":\"T\",\"heading\":\"T\",\"source\":\"S\","        \
  "\"for\":[{\"procedure\":\"9.000001\",\"part\":\"don\"}],\"fields\":[{\"key\":\"ten\","          \
  "\"label\":\"Tên\",\"kind\":\"name\"}],\"body\":[{\"line\":\"" line                              \
  "\"}],\"sign\":[{\"title\":\"A\"}]}"
  static const char *const entry =
      "{\"version\":\"1\",\"procedures\":[{\"code\":\"9.000001\",\"name\":\"Bằng tay\","
      "\"cases\":[{\"id\":\"a\",\"name\":\"A\"}]}]}";
  static const struct
  {
    const char *text, *said;
    int code;
  } rows[] = {
    { DECLARATION ("Tên: {ten}"), "1 of 1 ", 0 },
    { "{\"declarations\":[" DECLARATION ("Tên: {ten}") "]}", "0 of 1 ", 0 },
    { DECLARATION ("Tên: {ho}"), NULL, 1 },
    { "{\"declarations\":[{\"id\":\"rieng\",\"drop\":true}]}", NULL, 1 },
    { "{\"declarations\":[{\"id\":\"rieng\",\"drop\":true,\"for\":[{\"procedure\":\"9.000009\","
      "\"part\":\"don\"}]}]}",
      NULL,
      1 },
    { "{\"declarations\":[{\"id\":\"rieng\",\"drop\":true,\"for\":[{\"procedure\":\"9.000001\","
      "\"part\":\"don\"}]}]}",
      "1 of 1 ",
      0 },
  };
#undef DECLARATION
  g_autofree char *data = g_dir_make_tmp ("motcua-cli-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (data, "file.json", NULL);
  g_autofree char *line = g_strdup_printf ("catalogue import '%s'", file);

  g_assert_cmpint (run (data, "init", NULL, NULL), ==, 0);
  g_assert_true (g_file_set_contents (file, entry, -1, NULL));
  g_assert_cmpint (run (data, line, NULL, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *said = NULL;

      g_assert_true (g_file_set_contents (file, rows[i].text, -1, NULL));
      g_assert_cmpint (run (data, line, NULL, &said), ==, rows[i].code);
      if (rows[i].said != NULL)
        g_assert_true (g_str_has_prefix (said, rows[i].said));
      g_clear_pointer (&said, g_free);
      g_assert_true (g_file_set_contents (file, entry, -1, NULL));
      g_assert_cmpint (run (data, line, NULL, &said), ==, 0);
      g_assert_true (g_str_has_prefix (said, "0 of 1 "));
    }
  g_assert_cmpint (run (data, "check", NULL, NULL), ==, 0);
  test_remove_tree (data);
}

/* An override stands beside the law, outlives a new catalogue, and can be dropped. */
static void
test_override (void)
{
  static const char *const entry =
      "{\"version\":\"%s\",\"procedures\":[{\"code\":\"9.000001\",\"name\":\"Bằng tay\",\"valid_"
      "from\":%s,\"cases\":[{\"id\":\"a\",\"name\":\"A\"}]}]}";
  static const struct
  {
    const char *text, *said;
    int code;
  } rows[] = {
    { "{\"overrides\":[{\"code\":\"9.000001\",\"time\":{\"unit\":\"days\",\"count\":2},"
      "\"source\":\"QĐ 1\"}]}",
      "2 of 1 ",
      0 },
    { "{\"overrides\":[{\"code\":\"9.000001\",\"time\":{\"unit\":\"days\",\"count\":2},"
      "\"source\":\"QĐ 1\"}]}",
      "0 of 1 ",
      0 },
    { "{\"overrides\":[{\"code\":\"9.000001\"}]}", NULL, 1 },
    { "{\"overrides\":[{\"code\":\"9.000009\",\"source\":\"QĐ 1\"}]}", NULL, 1 },
    { "{\"overrides\":[{\"code\":\"9.000001\",\"drop\":true,\"source\":\"QĐ 1\"}]}", "2 of 1 ", 0 },
  };
  g_autofree char *data = g_dir_make_tmp ("motcua-cli-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (data, "file.json", NULL);
  g_autofree char *line = g_strdup_printf ("catalogue import '%s'", file);
  g_autofree char *now = g_strdup_printf (entry, "1", "null");
  g_autofree char *later = g_strdup_printf (entry, "2", "\"2027-03-01\"");
  const char *const versions[] = { now, later };

  g_assert_cmpint (run (data, "init", NULL, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *said = NULL;

      g_assert_true (g_file_set_contents (file, versions[i], -1, NULL));
      g_assert_cmpint (run (data, line, NULL, &said), ==, 0);
      g_assert_true (g_str_has_prefix (said, "1 of 1 "));
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *said = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_true (g_file_set_contents (file, rows[i].text, -1, NULL));
      g_assert_cmpint (run (data, line, NULL, &said), ==, rows[i].code);
      if (rows[i].said != NULL)
        g_assert_true (g_str_has_prefix (said, rows[i].said));
      /* A new catalogue of the same content leaves it where it is. */
      g_clear_pointer (&said, g_free);
      g_assert_true (g_file_set_contents (file, now, -1, NULL));
      g_assert_cmpint (run (data, line, NULL, &said), ==, 0);
      g_assert_true (g_str_has_prefix (said, "0 of 1 ") || i + 1 == G_N_ELEMENTS (rows));
    }
  g_assert_cmpint (run (data, "check", NULL, NULL), ==, 0);
  test_remove_tree (data);
}

/* Packed or not, a dump is read to its end; what people made by hand stands. */
static void
test_import_portal (void)
{
  g_autofree char *data = g_dir_make_tmp ("motcua-cli-XXXXXX", NULL);
  g_autofree char *dump = g_test_build_filename (G_TEST_DIST, "../core/portal.jsonl", NULL);
  g_autofree char *packed = g_build_filename (data, "portal.jsonl.gz", NULL);
  g_autofree char *own = g_build_filename (data, "own.json", NULL);
  g_autofree char *pack = g_strdup_printf ("gzip -c '%s' > '%s'", dump, packed);
  const char *const shell[] = { "sh", "-c", pack, NULL };
  g_autofree char *line = g_strdup_printf ("catalogue import --portal '%s'", dump);
  g_autofree char *again = g_strdup_printf ("catalogue import --portal '%s'", packed);
  g_autofree char *replace = g_strdup_printf ("%s --replace", line);
  g_autofree char *by_hand = g_strdup_printf ("catalogue import '%s'", own);
  g_autofree char *first = NULL, *second = NULL, *third = NULL;

  g_assert_cmpint (run (data, "init", NULL, NULL), ==, 0);
  g_assert_true (g_spawn_sync (NULL,
                               (char **)shell,
                               NULL,
                               G_SPAWN_SEARCH_PATH,
                               NULL,
                               NULL,
                               NULL,
                               NULL,
                               NULL,
                               NULL));
  g_assert_true (g_file_set_contents (
      own,
      "{\"version\":\"1\",\"procedures\":[{\"code\":\"9.000001\",\"name\":\"Bằng tay\","
      "\"cases\":[{\"id\":\"a\",\"name\":\"A\"}]}]}",
      -1,
      NULL));
  g_assert_cmpint (run (data, by_hand, NULL, NULL), ==, 0);
  g_assert_cmpint (run (data, line, NULL, &first), ==, 0);
  g_assert_true (g_str_has_prefix (first, "27 of 28 entries changed, 1 kept as they stand\n"));
  g_assert_nonnull (strstr (first, "28 procedures, 2 lines refused"));
  g_assert_nonnull (strstr (first, "9.000013\tfee\tunread\t5,000 VNĐ(cá nhân)7,000 VNĐ"));
  g_assert_cmpint (run (data, again, NULL, &second), ==, 0);
  g_assert_true (g_str_has_prefix (second, "0 of 28 entries changed, 1 kept"));
  g_assert_cmpint (run (data, replace, NULL, &third), ==, 0);
  g_assert_true (g_str_has_prefix (third, "1 of 28 entries changed, 0 kept"));
  g_assert_cmpint (run (data, "catalogue import --portal /no/such/file", NULL, NULL), ==, 1);
  g_assert_cmpint (run (data, "check", NULL, NULL), ==, 0);
  test_remove_tree (data);
}

/* Damaged behind its back: a non-zero exit and the record named. */
static void
test_check_fails (void)
{
  g_autoptr (TestProvince) test = test_province_new ();

  test_province_close (test);
  g_assert_cmpint (run (test->data, "check", NULL, NULL), ==, 0);
  test_run (test, "UPDATE record SET state = replace (state, 'Nghiệm', 'Nghiem')");
  g_assert_cmpint (run (test->data, "check", NULL, NULL), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/cli/first-day", test_first_day);
  g_test_add_func ("/server/cli/usage", test_usage);
  g_test_add_func ("/server/cli/scans", test_scans);
  g_test_add_func ("/server/cli/import", test_import);
  g_test_add_func ("/server/cli/override", test_override);
  g_test_add_func ("/server/cli/declaration", test_declaration);
  g_test_add_func ("/server/cli/import-portal", test_import_portal);
  g_test_add_func ("/server/cli/check-fails", test_check_fails);
  return g_test_run ();
}
