/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar and workflow come from the province, are corrected by it, and are worked with from the
 * last copy for as long as the line is down. */
#include "mc-error.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#define DAY (24 * 3600 * G_GINT64_CONSTANT (1000))

static json_t *
usual (const char *version, const char *without)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("MC_SOURCE_ROOT"), "data", "workflow", "usual.json", NULL);
  g_autofree char *text = NULL;
  json_t *workflow;
  json_t *steps;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  workflow = mc_json_parse (text, -1, NULL);
  json_object_set_new (workflow, "version", json_string (version));
  steps = json_object_get (workflow, "steps");
  for (size_t i = json_array_size (steps); i-- > 0;)
    if (g_strcmp0 (mc_json_string (json_array_get (steps, i), "id"), without) == 0)
      json_array_remove (steps, i);
  return workflow;
}

/* The birth of the test's office, with a workflow of its own that lacks one step. */
static void
publish (McTestOffice *office, const char *version, const char *without)
{
  g_autoptr (McProcedure) now = mc_store_procedure (office->store, "1.001193", NULL);
  json_t *procedure =
      json_pack ("{s:s,s:s,s:s,s:s,s:[{s:s,s:s,s:[s],s:{s:s,s:i},s:{s:s,s:i}}],s:[],s:o}",
                 "code",
                 "1.001193",
                 "name",
                 now->name,
                 "version",
                 version,
                 "valid_from",
                 version,
                 "cases",
                 "id",
                 "thuong",
                 "name",
                 "Thông thường",
                 "channels",
                 "direct",
                 "time",
                 "unit",
                 "working_days",
                 "count",
                 3,
                 "fee",
                 "kind",
                 "none",
                 "amount",
                 0,
                 "parts",
                 "workflow",
                 usual (version, without));

  mc_test_publish (office, MC_VERB_PROCEDURE, json_pack ("{s:o}", "procedure", procedure));
}

static gboolean
refuses (McTestOffice *office, const char *id)
{
  g_autoptr (GError) error = NULL;
  gboolean done = mc_desk_step (office->desk, id, MC_STEP_REFUSE, "vì", &error);

  if (!done)
    g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  return done;
}

/* What is received goes by the workflow of that day for ever; what comes later by the corrected
 * one. */
static void
test_workflow_is_corrected (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *before = NULL;
  g_autofree char *between = NULL;
  g_autofree char *after = NULL;

  mc_test_sign_in (office, "an");
  before = mc_test_receive (office, "Lý Thị Mai");
  publish (office, "2026-11-20", MC_STEP_REFUSE);
  between = mc_test_receive (office, "Vũ Văn Nam");
  publish (office, "2026-11-21", "");
  after = mc_test_receive (office, "Đỗ Thị Hoa");
  g_assert_true (refuses (office, before));
  g_assert_false (refuses (office, between));
  g_assert_true (refuses (office, after));
  mc_test_check (office);
}

/* A workflow that cannot be read, of a newer province, leaves the one that was understood. */
static void
test_workflow_not_understood (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;

  mc_test_sign_in (office, "an");
  publish (office, "2026-11-20", MC_STEP_REFUSE);
  mc_test_publish (office,
                   MC_VERB_PROCEDURE,
                   json_pack ("{s:{s:s,s:s,s:s,s:{s:s}}}",
                              "procedure",
                              "code",
                              "1.001193",
                              "name",
                              "Đăng ký khai sinh",
                              "valid_from",
                              "2026-11-21",
                              "workflow",
                              "version",
                              "9"));
  id = mc_test_receive (office, "Lý Thị Mai");
  g_assert_false (refuses (office, id));
}

static char *
due_of (McTestOffice *office, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);

  return g_strdup (dossier->row->due);
}

/* The program ends and starts again, and nothing is heard of the province. */
static void
start_again (McTestOffice *office)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&office->desk, mc_desk_free);
  g_clear_pointer (&office->store, mc_store_close);
  office->store = mc_store_open (office->folder, &office->clock->clock, office->key, &error);
  g_assert_no_error (error);
  office->desk = mc_desk_new (office->store);
}

/* Three weeks without a line: the corrected holiday and the corrected workflow still hold, on the
 * day they were corrected as after any number of restarts. */
static void
test_line_is_down (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *first = NULL;
  g_autofree char *later = NULL;
  g_autofree char *due = NULL;
  g_autofree char *due_later = NULL;

  publish (office, "2026-11-20", MC_STEP_REFUSE);
  mc_test_publish (office,
                   MC_VERB_CALENDAR,
                   json_pack ("{s:{s:s,s:[{s:s,s:s,s:s,s:s}]}}",
                              "calendar",
                              "version",
                              "2026-11-21b",
                              "days",
                              "date",
                              "2026-12-16",
                              "kind",
                              "holiday",
                              "name",
                              "Nghỉ bão",
                              "state",
                              "confirmed"));
  mc_test_sign_in (office, "an");
  first = mc_test_receive (office, "Lý Thị Mai");
  due = due_of (office, first);
  g_assert_cmpstr (due, ==, "2026-11-25T17:00"); /* the 24th is a day of work again */
  for (guint i = 0; i < 3; i++)
    {
      mc_fake_clock_pass (office->clock, 8 * DAY);
      start_again (office);
    }
  mc_test_sign_in (office, "an");
  later = mc_test_receive (office, "Vũ Văn Nam"); /* Tue 15/12 */
  due_later = due_of (office, later);
  g_assert_cmpstr (due_later, ==, "2026-12-21T17:00");
  g_assert_false (refuses (office, later));
  g_assert_false (refuses (office, first));
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 2);
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/workflow-is-corrected", test_workflow_is_corrected);
  g_test_add_func ("/rules/workflow-not-understood", test_workflow_not_understood);
  g_test_add_func ("/rules/line-is-down", test_line_is_down);
  return g_test_run ();
}
