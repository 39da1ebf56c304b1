/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry of the catalogue as somebody types it, and back. */
#include "mc-own-state.h"
#include "mc-procedure.h"

#define TODAY "2026-11-22"
#define ENTRY                                                                                               \
  "{\"code\":\"1.004873\",\"name\":\"Xác nhận\",\"full_name\":\"Cấp giấy xác nhận\",\"version\":" \
  "\"2026\",\"field\":\"Hộ tịch\",\"synonyms\":[\"độc thân\"],\"unsourced\":[\"time\",\"fee\"],"    \
  "\"cases\":[{\"id\":\"thuong\",\"name\":\"Thường\",\"channels\":[\"direct\"],\"time\":"                \
  "{\"unit\":\"working_days\",\"count\":3,\"late\":\"next_day\"},\"fee\":{\"kind\":\"council\"}},"          \
  "{\"id\":\"sau\",\"name\":\"Về sau\",\"channels\":[\"direct\"],\"valid_from\":\"2027-01-01\"}],"        \
  "\"local\":[{\"time\":{\"unit\":\"working_days\",\"count\":2},\"source\":\"QĐ 12\"},"                    \
  "{\"time\":{\"unit\":\"working_days\",\"count\":1},\"source\":\"QĐ 99\","                                \
  "\"valid_from\":\"2027-06-01\"}],"                                                                        \
  "\"parts\":[{\"id\":\"to-khai\",\"name\":\"Tờ khai\",\"originals\":1,\"file\":\"a.doc\"}]}"

static json_t *
entry (void)
{
  json_t *json = mc_json_parse (ENTRY, -1, NULL);

  g_assert_nonnull (json);
  return json;
}

static McProcedure *
held (json_t *whole)
{
  McProcedure *procedure = mc_procedure_parse (whole, NULL);

  g_assert_nonnull (procedure);
  mc_procedure_hold_cases (procedure, TODAY);
  return procedure;
}

static void
set (json_t *state, const char *list, const char *key, const char *value)
{
  json_object_set_new (json_array_get (json_object_get (state, list), 0), key, json_string (value));
}

/* What nobody touched means the same afterwards; what the form does not show is still there. */
static void
test_untouched (void)
{
  g_autoptr (json_t) before = entry ();
  g_autoptr (json_t) state = mc_own_state_of (before, TODAY);
  g_autoptr (GPtrArray) problems = mc_own_state_check (state);
  g_autoptr (json_t) after = mc_own_state_entry (before, state, TODAY);
  g_autoptr (McProcedure) procedure = held (after);
  const McCase *one = procedure->cases->pdata[0];

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (json_array_size (json_object_get (after, "cases")), ==, 2);
  g_assert_true (one->term.late_next_day);
  g_assert_cmpuint (one->term.count, ==, 3);
  g_assert_cmpuint (one->promise.count, ==, 2);
  g_assert_cmpstr (one->promise_source, ==, "QĐ 12");
  g_assert_cmpuint (procedure->local->len, ==, 2);
  g_assert_cmpstr (((McPart *)procedure->parts->pdata[0])->file, ==, "a.doc");
  g_assert_cmpstr (procedure->full_name, ==, "Cấp giấy xác nhận");
  g_assert_true (mc_procedure_doubts (procedure, "time"));
  g_assert_cmpstr (mc_json_string (after, "based_on"), ==, "2026");
}

/* A shorter time and a fee with their sources, beside the law's. */
static void
test_beside_the_law (void)
{
  g_autoptr (json_t) before = entry ();
  g_autoptr (json_t) state = mc_own_state_of (before, TODAY);
  g_autoptr (json_t) after = NULL;
  g_autoptr (McProcedure) procedure = NULL;
  const McCase *one;

  set (state, "cases", "own_count", "1");
  set (state, "cases", "source", "Kế hoạch 7");
  set (state, "cases", "fee_kind", "fixed");
  set (state, "cases", "fee", "8000");
  set (state, "cases", "fee_source", "NQ 5");
  after = mc_own_state_entry (before, state, TODAY);
  procedure = held (after);
  one = procedure->cases->pdata[0];
  g_assert_cmpuint (one->term.count, ==, 3);
  g_assert_cmpuint (one->promise.count, ==, 1);
  g_assert_cmpstr (one->promise_source, ==, "Kế hoạch 7");
  g_assert_cmpint (one->fee, ==, 8000);
  g_assert_cmpstr (one->fee_source, ==, "NQ 5");
  g_assert_cmpstr (one->law_fee_kind, ==, "council");
  g_assert_false (mc_procedure_doubts (procedure, "time"));
  g_assert_false (mc_procedure_doubts (procedure, "fee"));
}

/* One that the catalogue lacks: what was typed is all there is. */
static void
test_new (void)
{
  g_autoptr (json_t) state = mc_own_state_of (NULL, TODAY);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (json_t) after = NULL;
  g_autoptr (McProcedure) procedure = NULL;

  json_object_set_new (state, "code", json_string ("X.001"));
  json_object_set_new (state, "name", json_string ("Xác nhận riêng"));
  json_object_set_new (state, "words", json_string ("giấy riêng, xin dấu"));
  json_object_set_new (state, "from", json_string ("1/12/2026"));
  set (state, "cases", "name", "Thường");
  set (state, "cases", "count", "5");
  set (state, "parts", "name", "Đơn");
  problems = mc_own_state_check (state);
  g_assert_cmpuint (problems->len, ==, 0);
  after = mc_own_state_entry (NULL, state, TODAY);
  procedure = held (after);
  g_assert_cmpstr (procedure->valid_from, ==, "2026-12-01");
  g_assert_cmpstr (procedure->synonyms[1], ==, "xin dấu");
  g_assert_cmpuint (((McCase *)procedure->cases->pdata[0])->term.count, ==, 5);
  g_assert_cmpint (((McPart *)procedure->parts->pdata[0])->originals, ==, 1);
}

static const struct
{
  const char *list;
  const char *key;
  const char *value;
  const char *field;
  gboolean missing;
} wrongs[] = {
  { "cases", "name", "", "cases.0.name", TRUE },
  { "cases", "count", "", "cases.0.count", TRUE },
  { "cases", "count", "0", "cases.0.count", FALSE },
  { "cases", "count", "1000", "cases.0.count", FALSE },
  { "cases", "own_count", "4", "cases.0.own_count", FALSE },
  { "cases", "source", "", "cases.0.source", TRUE },
  { "cases", "unit", "", "cases.0.count", FALSE },
  { "cases", "unit", "same_day", "cases.0.count", FALSE },
  { "cases", "fee_kind", "fixed", "cases.0.fee", TRUE },
  { "parts", "name", " ", "parts.0.name", TRUE },
  { "parts", "copies", "100", "parts.0.copies", FALSE },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autoptr (json_t) before = entry ();
      g_autoptr (json_t) state = mc_own_state_of (before, TODAY);
      g_autoptr (GPtrArray) problems = NULL;
      const McOwnProblem *problem;

      set (state, wrongs[i].list, wrongs[i].key, wrongs[i].value);
      problems = mc_own_state_check (state);
      g_assert_cmpuint (problems->len, ==, 1);
      problem = problems->pdata[0];
      g_assert_cmpstr (problem->field, ==, wrongs[i].field);
      g_assert_cmpint (problem->missing, ==, wrongs[i].missing);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/own-state/untouched", test_untouched);
  g_test_add_func ("/own-state/beside-the-law", test_beside_the_law);
  g_test_add_func ("/own-state/new", test_new);
  g_test_add_func ("/own-state/wrong", test_wrong);
  return g_test_run ();
}
