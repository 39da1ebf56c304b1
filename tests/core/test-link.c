/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-data.h"
#include "mc-link.h"
#include "mc-procedure.h"
#include "mc-workflow.h"

static void
test_state (void)
{
  static const struct
  {
    const char *children[3];
    const char *parent;
  } rows[] = {
    { { "received", "received", "received" }, "received" },
    { { "received", "handling", "received" }, "handling" },
    { { "approved", "received", "received" }, "handling" },
    { { "returned", "appraised", "supplement" }, "handling" },
    { { "refused", "received", "received" }, "handling" },
    { { NULL, "returned", "returned" }, "handling" },
    { { NULL, NULL, NULL }, "handling" },
    { { "returned", "supplement", "approved" }, "supplement" },
    { { "payment", "supplement", "approved" }, "supplement" },
    { { "payment", "stopped", "approved" }, "payment" },
    { { "approved", "stopped", "returned" }, "approved" },
    { { "returned", "stopped", "withdrawn" }, "returned" },
    { { "refused", "stopped", "withdrawn" }, "stopped" },
    { { "refused", "refused", "withdrawn" }, "refused" },
    { { "withdrawn", "withdrawn", "withdrawn" }, "withdrawn" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpstr (mc_link_state (rows[i].children, 3), ==, rows[i].parent);
    }
}

/* Whatever states the children are in: the order does not matter, an end is only said when all have
 * ended, and what one of them comes to never hides that another still goes on. */
static void
test_every_combination (void)
{
  GPtrArray *states = mc_workflow_states (mc_workflow_usual ());

  for (guint a = 0; a < states->len; a++)
    for (guint b = 0; b < states->len; b++)
      {
        const McState *first = states->pdata[a];
        const McState *other = states->pdata[b];
        const char *const one[] = { first->id, other->id };
        const char *const turned[] = { other->id, first->id };
        const char *whole = mc_link_state (one, 2);

        g_test_message ("%s and %s: %s", first->id, other->id, whole);
        g_assert_true (mc_state_known (whole));
        g_assert_cmpstr (whole, ==, mc_link_state (turned, 2));
        g_assert_cmpint (mc_state_open (whole),
                         ==,
                         mc_state_open (first->id) || mc_state_open (other->id));
        if (first->clock == MC_CLOCK_RUNS || other->clock == MC_CLOCK_RUNS)
          g_assert_cmpint (mc_workflow_state (mc_workflow_usual (), whole)->clock,
                           ==,
                           MC_CLOCK_RUNS);
      }
}

static void
test_terms (void)
{
  g_autoptr (json_t) json =
      mc_json_parse ("{\"procedure\":\"1\",\"name\":\"a\",\"body\":\"b\",\"after\":\"0\","
                     "\"time\":{\"unit\":\"working_days\",\"count\":2},"
                     "\"times\":{\"x\":{\"unit\":\"working_days\",\"count\":5}}}",
                     -1,
                     NULL);
  g_autoptr (json_t) short_one =
      mc_json_parse ("{\"procedure\":\"1\",\"name\":\"a\",\"body\":\"b\"}", -1, NULL);
  g_autoptr (json_t) wrong = mc_json_parse ("{\"procedure\":\"1\",\"name\":\"a\"}", -1, NULL);
  McLink *link = mc_link_read (json);
  McLink *bare = mc_link_read (short_one);
  McTerm term;

  g_assert_null (mc_link_read (wrong));
  g_assert_cmpstr (link->after, ==, "0");
  g_assert_true (mc_link_term (link, "thuong", &term));
  g_assert_cmpint (term.count, ==, 2);
  g_assert_true (mc_link_term (link, "x", &term));
  g_assert_cmpint (term.count, ==, 5);
  g_assert_true (mc_link_term (link, NULL, &term));
  g_assert_false (mc_link_term (bare, "x", &term));
  mc_link_free (link);
  mc_link_free (bare);
}

/* What ships: every interlinked procedure can be read, and what can be done to a parent moves
 * nothing but its promise. */
static void
test_catalogue (void)
{
  g_autoptr (json_t) catalogue = mc_data_json ("data/catalogue/procedures.json");
  json_t *entries = json_object_get (catalogue, "procedures");
  guint linked = 0;

  for (size_t i = 0; i < json_array_size (entries); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (McProcedure) procedure = mc_procedure_parse (json_array_get (entries, i), &error);
      g_autoptr (McWorkflow) workflow = NULL;

      g_assert_no_error (error);
      if (procedure->links->len == 0)
        continue;
      linked++;
      workflow = mc_workflow_parse (procedure->workflow, &error);
      g_assert_no_error (error);
      for (guint s = 0; s < mc_workflow_steps (workflow)->len; s++)
        g_assert_cmpstr (((McStep *)mc_workflow_steps (workflow)->pdata[s])->to, ==, "=");
    }
  g_assert_cmpuint (linked, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link/state", test_state);
  g_test_add_func ("/link/every-combination", test_every_combination);
  g_test_add_func ("/link/terms", test_terms);
  g_test_add_func ("/link/catalogue", test_catalogue);
  return g_test_run ();
}
