/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-procedure.h"

#include "mc-data.h"
#include "mc-error.h"

static GPtrArray *
read_catalogue (void)
{
  g_autoptr (json_t) json = mc_data_json ("data/catalogue/procedures.json");
  json_t *list = json_object_get (json, "procedures");
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_procedure_unref);

  for (size_t i = 0; i < json_array_size (list); i++)
    {
      g_autoptr (GError) error = NULL;
      McProcedure *procedure = mc_procedure_parse (json_array_get (list, i), &error);

      g_assert_no_error (error);
      g_ptr_array_add (all, procedure);
    }
  return all;
}

static void
test_every_entry (void)
{
  g_autoptr (GPtrArray) all = read_catalogue ();
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (all->len, >=, 52);
  for (guint i = 0; i < all->len; i++)
    {
      McProcedure *procedure = all->pdata[i];
      const McCase *first = mc_procedure_case (procedure, NULL, "direct");

      g_test_message ("%s", procedure->code);
      g_assert_true (g_hash_table_add (codes, procedure->code));
      g_assert_nonnull (first);
      g_assert_nonnull (procedure->field);
      g_assert_true (first->direct || first->online || first->post);
      for (guint p = 0; p < procedure->parts->len; p++)
        {
          const McPart *part = procedure->parts->pdata[p];

          g_assert_true (mc_procedure_part (procedure, part->id) == part);
          g_assert_cmpint (part->originals, >=, 0);
          g_assert_cmpint (part->copies, >=, 0);
        }
    }
}

static void
test_case (void)
{
  g_autoptr (json_t) json = mc_json_parse (
      "{\"code\":\"9.000001\",\"name\":\"Thử\",\"cases\":["
      "{\"id\":\"a\",\"name\":\"A\",\"channels\":[\"direct\"],\"time\":{\"unit\":\"days\","
      "\"count\":3},"
      "\"fee\":{\"kind\":\"fixed\",\"amount\":8000}},"
      "{\"id\":\"b\",\"name\":\"B\",\"channels\":[\"online\",\"post\"],\"time\":null}]}",
      -1,
      NULL);
  g_autoptr (McProcedure) procedure = mc_procedure_parse (json, NULL);

  g_assert_cmpstr (mc_procedure_case (procedure, NULL, "direct")->id, ==, "a");
  g_assert_cmpstr (mc_procedure_case (procedure, NULL, "post")->id, ==, "b");
  g_assert_cmpstr (mc_procedure_case (procedure, "b", "direct")->id, ==, "b");
  g_assert_cmpstr (mc_procedure_case (procedure, "x", NULL)->id, ==, "a");
  g_assert_true (mc_procedure_case (procedure, "a", NULL)->has_term);
  g_assert_cmpint (mc_procedure_case (procedure, "a", NULL)->fee, ==, 8000);
  g_assert_false (mc_procedure_case (procedure, "b", NULL)->has_term);
  g_assert_cmpstr (mc_procedure_case (procedure, "b", NULL)->fee_kind, ==, "unknown");
  g_assert_null (mc_procedure_part (procedure, "x"));
}

/* A fee halved until the end of the year is a case of its own; a procedure never loses its last
 * one. */
static void
test_hold_cases (void)
{
  static const struct
  {
    const char *today, *left;
  } rows[] = {
    { "2026-11-21", "half open" },
    { "2026-12-31", "half open" },
    { "2027-01-01", "full open" },
    { "2027-06-30", "full open" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (json_t) json =
          mc_json_parse ("{\"code\":\"9.000001\",\"name\":\"Thử\",\"cases\":["
                         "{\"id\":\"half\",\"name\":\"A\",\"valid_to\":\"2026-12-31\"},"
                         "{\"id\":\"full\",\"name\":\"A\",\"valid_from\":\"2027-01-01\"},"
                         "{\"id\":\"open\",\"name\":\"B\"}]}",
                         -1,
                         NULL);
      g_autoptr (McProcedure) procedure = mc_procedure_parse (json, NULL);
      g_autoptr (GString) left = g_string_new (NULL);

      mc_procedure_hold_cases (procedure, rows[i].today);
      for (guint c = 0; c < procedure->cases->len; c++)
        g_string_append_printf (left,
                                "%s%s",
                                c > 0 ? " " : "",
                                ((McCase *)procedure->cases->pdata[c])->id);
      g_assert_cmpstr (left->str, ==, rows[i].left);
    }
}

static void
test_no_case_holds (void)
{
  g_autoptr (json_t) json =
      mc_json_parse ("{\"code\":\"9.000001\",\"name\":\"Thử\",\"cases\":["
                     "{\"id\":\"old\",\"name\":\"A\",\"valid_to\":\"2020-12-31\"}]}",
                     -1,
                     NULL);
  g_autoptr (McProcedure) procedure = mc_procedure_parse (json, NULL);

  mc_procedure_hold_cases (procedure, "2026-11-21");
  g_assert_cmpuint (procedure->cases->len, ==, 1);
}

static void
test_refused (void)
{
  static const char *const rows[] = {
    "null",
    "[]",
    "{}",
    "{\"code\":\"1\",\"cases\":[{\"id\":\"a\",\"name\":\"A\"}]}",
    "{\"code\":\"1\",\"name\":\"  \",\"cases\":[{\"id\":\"a\",\"name\":\"A\"}]}",
    "{\"name\":\"x\",\"cases\":[{\"id\":\"a\",\"name\":\"A\"}]}",
    "{\"code\":\"1\",\"name\":\"x\"}",
    "{\"code\":\"1\",\"name\":\"x\",\"cases\":[]}",
    "{\"code\":\"1\",\"name\":\"x\",\"cases\":[7]}",
    "{\"code\":\"1\",\"name\":\"x\",\"cases\":[{\"name\":\"A\"}]}",
    "{\"code\":\"1\",\"name\":\"x\",\"cases\":[{\"id\":\"a\",\"name\":\"A\"}],\"parts\":[{\"id\":"
    "\"a\"}]}",
    "{\"code\":\"1\",\"name\":\"x\",\"cases\":[{\"id\":\"a\",\"name\":\"A\"}],\"parts\":[{\"id\":"
    "\"a b\",\"name\":\"x\"}]}",
    "{\"code\":\"1\",\"name\":\"x\",\"cases\":[{\"id\":\"a\",\"name\":\"A\"}],\"parts\":[{\"name\":"
    "\"x\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (json_t) json = mc_json_parse (rows[i], -1, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (McProcedure) procedure = mc_procedure_parse (json, &error);

      g_test_message ("%s", rows[i]);
      g_assert_null (procedure);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/procedure/every-entry", test_every_entry);
  g_test_add_func ("/procedure/case", test_case);
  g_test_add_func ("/procedure/hold-cases", test_hold_cases);
  g_test_add_func ("/procedure/no-case-holds", test_no_case_holds);
  g_test_add_func ("/procedure/refused", test_refused);
  return g_test_run ();
}
