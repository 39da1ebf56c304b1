/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-record.h"

#include "mc-keys.h"
#include <string.h>

static void
test_empty (void)
{
  g_autoptr (McRecord) record = mc_record_new ("x");
  g_autoptr (json_t) base = mc_record_base (record, "contact", FALSE);

  g_assert_null (mc_record_group (record, "contact"));
  g_assert_null (mc_record_value (record, "contact"));
  g_assert_null (mc_record_json (record, "contact"));
  g_assert_cmpuint (mc_record_contested (record), ==, 0);
  g_assert_cmpuint (json_array_size (base), ==, 0);
}

static void
test_standing (void)
{
  g_autoptr (McRecord) record = mc_record_new ("x");
  g_autoptr (json_t) value = NULL;

  mc_record_put_tip (record, "contact", "a", "{\"phone\":\"1\"}", FALSE);
  mc_record_put_tip (record, "contact", "b", "{\"phone\":\"2\"}", FALSE);
  value = mc_record_json (record, "contact");
  g_assert_cmpstr (mc_record_value (record, "contact"), ==, "{\"phone\":\"1\"}");
  g_assert_cmpstr (mc_json_string (value, "phone"), ==, "1");
}

/* Tips as "op value" words, "!" for an act: contested, and what an edit and a settlement name. */
static void
test_base_and_contest (void)
{
  static const struct
  {
    const char *tips;
    gboolean contested;
    const char *edit, *settle;
  } rows[] = {
    { "a=1", FALSE, "[\"a\"]", "[\"a\"]" },
    { "a=1 b=1", FALSE, "[\"a\",\"b\"]", "[\"a\",\"b\"]" },
    { "a=1 b=2", TRUE, "[\"a\"]", "[\"a\",\"b\"]" },
    { "a=1 b=2 c=1", TRUE, "[\"a\",\"c\"]", "[\"a\",\"b\",\"c\"]" },
    { "a!1", FALSE, "[\"a\"]", "[\"a\"]" },
    { "a!1 b!1", TRUE, "[\"a\"]", "[\"a\",\"b\"]" },
    { "a=1 b!1", TRUE, "[\"a\"]", "[\"a\",\"b\"]" },
    { "a!1 b=1", TRUE, "[\"a\"]", "[\"a\",\"b\"]" },
    { "a=1 b=1 c!1", TRUE, "[\"a\",\"b\"]", "[\"a\",\"b\",\"c\"]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (McRecord) record = mc_record_new ("x");
      g_auto (GStrv) tips = g_strsplit (rows[i].tips, " ", -1);
      g_autoptr (json_t) edit = NULL;
      g_autoptr (json_t) settle = NULL;
      g_autofree char *edit_text = NULL;
      g_autofree char *settle_text = NULL;

      for (guint t = 0; tips[t] != NULL; t++)
        {
          g_autofree char *op = g_strndup (tips[t], 1);

          mc_record_put_tip (record, "fee", op, tips[t] + 2, tips[t][1] == '!');
        }
      g_test_message ("%s", rows[i].tips);
      edit = mc_record_base (record, "fee", FALSE);
      settle = mc_record_base (record, "fee", TRUE);
      edit_text = mc_json_text (edit);
      settle_text = mc_json_text (settle);
      g_assert_cmpint (mc_group_contested (mc_record_group (record, "fee")), ==, rows[i].contested);
      g_assert_cmpuint (mc_record_contested (record), ==, rows[i].contested ? 1 : 0);
      g_assert_cmpstr (edit_text, ==, rows[i].edit);
      g_assert_cmpstr (settle_text, ==, rows[i].settle);
    }
}

static void
test_base_of_the_unwritten (void)
{
  g_autoptr (McRecord) record = mc_record_new ("x");
  g_autoptr (json_t) base = NULL;
  g_autofree char *text = NULL;

  record->creator = g_strdup ("r");
  base = mc_record_base (record, "form:x", TRUE);
  text = mc_json_text (base);
  g_assert_cmpstr (text, ==, "[\"r\"]");
}

/* The hash says which tips there are, not in which order they came, and knows content from the
 * rest. */
static void
test_read (void)
{
  g_autoptr (McRecord) one = mc_record_new ("x");
  g_autoptr (McRecord) other = mc_record_new ("x");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *unchanged = NULL;
  g_autofree char *changed = NULL;

  mc_record_put_tip (one, "contact", "a", "1", FALSE);
  mc_record_put_tip (one, "contact", "b", "2", FALSE);
  mc_record_put_tip (one, "part:x", "c", "3", FALSE);
  mc_record_put_tip (other, "part:x", "c", "3", FALSE);
  mc_record_put_tip (other, "contact", "b", "2", FALSE);
  mc_record_put_tip (other, "contact", "a", "1", FALSE);
  first = mc_record_read (one);
  second = mc_record_read (other);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (strlen (first), ==, 32);

  mc_record_put_tip (other, "status", "d", "4", FALSE);
  mc_record_put_tip (other, "fee", "e", "5", TRUE);
  unchanged = mc_record_read (other);
  g_assert_cmpstr (unchanged, ==, first);
  mc_record_put_tip (other, "subject", "f", "6", FALSE);
  changed = mc_record_read (other);
  g_assert_cmpstr (changed, !=, first);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/record/empty", test_empty);
  g_test_add_func ("/record/standing", test_standing);
  g_test_add_func ("/record/base-and-contest", test_base_and_contest);
  g_test_add_func ("/record/base-of-the-unwritten", test_base_of_the_unwritten);
  g_test_add_func ("/record/read", test_read);
  return g_test_run ();
}
