/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is promised, and what becomes of it when the time stands still. */
#include "mc-support.h"

#define HOUR (60 * 60 * G_GINT64_CONSTANT (1000))

static json_t *
days (const char *text)
{
  g_autoptr (GError) error = NULL;
  json_t *json = mc_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return json;
}

static void
publish_calendar (McTestOffice *office, const char *version, const char *text)
{
  mc_test_publish (
      office,
      MC_VERB_CALENDAR,
      json_pack ("{s:{s:s,s:o}}", "calendar", "version", version, "days", days (text)));
}

static void
publish_procedure (McTestOffice *office, const char *code, const char *time, const char *promise)
{
  g_autofree char *text = g_strdup_printf (
      "{\"procedure\":{\"code\":\"%s\",\"name\":\"Thử\",\"version\":\"1\",\"parts\":[],\"cases\":[{"
      "\"id\":\"c\",\"name\":\"c\",\"channels\":[\"direct\"],\"time\":%s,\"promise\":%s,\"fee\":{"
      "\"kind\":\"none\"}}],\"result\":{}}}",
      code,
      time,
      promise);

  mc_test_publish (office, MC_VERB_PROCEDURE, days (text));
}

static char *
receive (McTestOffice *office, const char *procedure, char **ret_due)
{
  g_autoptr (json_t) reception =
      json_pack ("{s:s,s:{s:s}}", "procedure", procedure, "applicant", "name", "Lý Thị Mai");
  g_autoptr (GError) error = NULL;
  g_autoptr (McReceived) received = mc_desk_receive (office->desk, reception, &error);

  g_assert_no_error (error);
  if (ret_due != NULL)
    *ret_due = g_strdup (received->due);
  return g_strdup (received->id);
}

static void
step (McTestOffice *office, const char *login, const char *id, const char *name)
{
  g_autoptr (GError) error = NULL;

  mc_test_sign_in (office, login);
  mc_desk_step (office->desk, id, name, "lý do", &error);
  g_assert_no_error (error);
}

static char *
due_of (McTestOffice *office, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);

  return g_strdup (dossier->row->due);
}

/* The office promises three days where the law gives ten: both are kept with the dossier, and the
 * shorter one is what counts. A longer one than the law's is no promise. */
static void
test_law_and_promise (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *due = NULL;
  g_autofree char *longer = NULL;
  g_autofree char *id = NULL;
  g_autofree char *other = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) the_case = NULL;

  publish_procedure (office,
                     "1.000001",
                     "{\"unit\":\"working_days\",\"count\":10}",
                     "{\"unit\":\"working_days\",\"count\":3}");
  publish_procedure (office,
                     "1.000002",
                     "{\"unit\":\"working_days\",\"count\":3}",
                     "{\"unit\":\"working_days\",\"count\":10}");
  mc_test_sign_in (office, "an");
  id = receive (office, "1.000001", &due);
  g_assert_cmpstr (due, ==, "2026-11-26T17:00");
  dossier = mc_store_dossier (office->store, id, NULL);
  the_case = mc_record_json (dossier->record, MC_GROUP_CASE);
  g_assert_cmpstr (mc_json_string (the_case, "law"), ==, "2026-12-07T17:00");
  g_assert_cmpint (mc_json_int (json_object_get (the_case, "term"), "count", 0), ==, 3);
  other = receive (office, "1.000002", &longer);
  g_assert_cmpstr (longer, ==, "2026-11-26T17:00");
  mc_test_check (office);
}

/* A day that is only proposed is told, and the promise does not know it. */
static void
test_proposed_is_told (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McProcedure) procedure = NULL;
  g_autoptr (McPromise) plain = NULL;
  g_autoptr (McPromise) promise = NULL;
  g_autoptr (McPromise) today = NULL;
  g_autoptr (McProcedure) quick = NULL;

  mc_test_sign_in (office, "an");
  procedure = mc_store_procedure (office->store, "1.001193", NULL);
  plain = mc_desk_promise (office->desk, procedure, mc_procedure_case (procedure, NULL, "direct"));
  g_assert_null (plain->supposed);
  g_assert_null (plain->law);
  publish_calendar (office,
                    "2026-11-30",
                    "[{\"date\":\"2026-11-23\",\"kind\":\"swapped_off\",\"state\":\"proposed\","
                    "\"name\":\"Nghỉ hoán đổi\"},{\"date\":\"2026-11-24\",\"kind\":\"holiday\","
                    "\"state\":\"confirmed\",\"name\":\"Ngày Văn hóa Việt Nam\"}]");
  promise =
      mc_desk_promise (office->desk, procedure, mc_procedure_case (procedure, NULL, "direct"));
  g_assert_cmpstr (promise->due, ==, "2026-11-26T17:00");
  g_assert_cmpstr (promise->supposed, ==, "2026-11-27T17:00");
  g_assert_cmpstr (promise->proposed, ==, "Nghỉ hoán đổi");
  /* On that very Monday, something that is done the same day. */
  publish_procedure (office, "1.000001", "{\"unit\":\"hours\",\"count\":4}", "null");
  mc_fake_clock_pass (office->clock, 48 * HOUR);
  quick = mc_store_procedure (office->store, "1.000001", NULL);
  today = mc_desk_promise (office->desk, quick, mc_procedure_case (quick, NULL, "direct"));
  g_assert_nonnull (today->supposed);
  g_assert_cmpstr (today->proposed, ==, "Nghỉ hoán đổi");
}

/* The time stands still for two working days, and exactly these are added. */
static void
test_supplement_stops_the_clock (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *due = NULL;
  g_autofree char *stopped = NULL;
  g_autofree char *resumed = NULL;
  g_autofree char *signed_ = NULL;

  mc_test_sign_in (office, "an");
  id = receive (office, "1.001193", &due);
  g_assert_cmpstr (due, ==, "2026-11-26T17:00");
  mc_fake_clock_pass (office->clock, 50 * HOUR);
  step (office, "binh", id, MC_STEP_SUPPLEMENT);
  stopped = due_of (office, id);
  g_assert_cmpstr (stopped, ==, due);
  /* From Monday the 23rd to Thursday the 26th: the 24th is a holiday. */
  mc_fake_clock_pass (office->clock, 72 * HOUR);
  step (office, "an", id, MC_STEP_COMPLETE);
  resumed = due_of (office, id);
  g_assert_cmpstr (resumed, ==, "2026-11-30T17:00");
  step (office, "binh", id, MC_STEP_APPRAISE);
  signed_ = due_of (office, id);
  g_assert_cmpstr (signed_, ==, resumed);
  mc_test_check (office);
}

/* Hours by the minute, days by the day, and a term that begins anew. */
static void
test_supplement_by_unit (void)
{
  static const struct
  {
    const char *code, *time, *due, *resumed;
  } rows[] = {
    { "1.000001", "{\"unit\":\"hours\",\"count\":8}", "2026-11-23T17:00", "2026-11-27T09:00" },
    { "1.000002", "{\"unit\":\"days\",\"count\":5}", "2026-11-26T17:00", "2026-11-30T17:00" },
    { "1.000003",
      "{\"unit\":\"working_days\",\"count\":2,\"supplement\":\"restart\"}",
      "2026-11-25T17:00",
      "2026-11-30T17:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (McTestOffice) office = mc_test_office ();
      g_autofree char *id = NULL;
      g_autofree char *due = NULL;
      g_autofree char *resumed = NULL;

      publish_procedure (office, rows[i].code, rows[i].time, "null");
      mc_test_sign_in (office, "an");
      id = receive (office, rows[i].code, &due);
      g_assert_cmpstr (due, ==, rows[i].due);
      mc_fake_clock_pass (office->clock, 48 * HOUR);
      step (office, "binh", id, MC_STEP_SUPPLEMENT);
      mc_fake_clock_pass (office->clock, 74 * HOUR);
      step (office, "an", id, MC_STEP_COMPLETE);
      resumed = due_of (office, id);
      g_assert_cmpstr (resumed, ==, rows[i].resumed);
    }
}

/* The province gives one office hours of its own: promises there end by them. */
static void
test_hours_of_the_office (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *due = NULL;

  mc_test_publish (office,
                   MC_VERB_CALENDAR,
                   days ("{\"calendar\":{\"version\":\"2026-11-30\",\"days\":[],\"offices\":{"
                         "\"H05.032.07\":{\"close\":\"16:30\"},\"H05.032.08\":{\"close\":"
                         "\"16:00\"}}}}"));
  mc_test_sign_in (office, "an");
  id = receive (office, "1.001193", &due);
  g_assert_cmpstr (due, ==, "2026-11-25T16:30");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/promise/law-and-promise", test_law_and_promise);
  g_test_add_func ("/promise/proposed-is-told", test_proposed_is_told);
  g_test_add_func ("/promise/supplement-stops-the-clock", test_supplement_stops_the_clock);
  g_test_add_func ("/promise/supplement-by-unit", test_supplement_by_unit);
  g_test_add_func ("/promise/hours-of-the-office", test_hours_of_the_office);
  return g_test_run ();
}
