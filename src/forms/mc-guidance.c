/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-guidance.h"

#include "mc-form-values.h"
#include "mc-format.h"
#include "mc-papers.h"
#include "mc-term-text.h"

char *
mc_guidance_key (const json_t *reception, const char *clerk)
{
  static const char *const keys[] = { "procedure", "case",    "channel",
                                      "applicant", "contact", "parts" };
  g_autoptr (json_t) kept = json_object ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (json_object_get (reception, keys[i]) != NULL)
      json_object_set (kept, keys[i], json_object_get (reception, keys[i]));
  if (clerk != NULL)
    json_object_set_new (kept, "clerk", json_string (clerk));
  return mc_json_text (kept);
}

char *
mc_guidance_procedure (const char *key)
{
  g_autoptr (json_t) said = mc_json_parse (key, -1, NULL);

  return g_strdup (mc_json_string (said, "procedure"));
}

static gboolean
is_there (const json_t *parts, const McPart *part)
{
  const json_t *value = json_object_get (parts, part->id);

  return mc_json_bool (value, "ticked", FALSE) ||
         json_is_object (json_object_get (value, "document"));
}

/* Of who brought some papers along those that lack; of who only asks, all of them. */
static void
add_parts (McFormValues *values, const McProcedure *procedure, const json_t *parts)
{
  guint brought = 0;

  for (guint i = 0; i < procedure->parts->len; i++)
    brought += is_there (parts, procedure->parts->pdata[i]);
  for (guint i = 0; i < procedure->parts->len; i++)
    {
      const McPart *part = procedure->parts->pdata[i];

      mc_form_values_add (values, "papers", part->name);
      if (brought > 0 && part->required && !is_there (parts, part))
        mc_form_values_add (values, "missing", part->name);
    }
  mc_form_values_mark (values, "missing", "has_missing");
  mc_form_values_mark (values, "papers", "has_papers");
}

/* What nobody has checked is left to the pen. */
static void
add_rule (McFormValues *values, const McProcedure *procedure, const json_t *said)
{
  const McCase *rule = mc_procedure_case (procedure,
                                          mc_json_string (said, "case"),
                                          mc_json_string (said, "channel"));
  g_autofree char *term =
      mc_term_promised (procedure, mc_json_string (said, "case"), mc_json_string (said, "channel"));
  gboolean fixed = rule != NULL && g_strcmp0 (rule->fee_kind, "fixed") == 0;
  g_autofree char *money =
      fixed && !mc_procedure_doubts (procedure, "fee") ? mc_format_money (rule->fee) : NULL;

  mc_form_values_set (values, "procedure", procedure->name);
  mc_form_values_set (values, "term", term);
  mc_form_values_set (values, "fee_due", money);
}

static void
add_person (McFormValues *values, const json_t *said)
{
  const json_t *applicant = json_object_get (said, "applicant");
  const json_t *contact = json_object_get (said, "contact");

  mc_form_values_set (values, "applicant", mc_json_string (applicant, "name"));
  mc_form_values_set (values, "identity", mc_json_string (applicant, "id"));
  mc_form_values_set (values, "address", mc_json_string (applicant, "address"));
  mc_form_values_set (values, "phone", mc_json_string (contact, "phone"));
  mc_form_values_set (values, "clerk", mc_json_string (said, "clerk"));
}

McForm *
mc_form_guidance (McStore *store, const char *key, GError **error)
{
  g_autoptr (json_t) said = NULL;
  g_autoptr (McProcedure) procedure = NULL;
  g_autoptr (McEnrolment) enrolment = NULL;
  g_autoptr (McPapers) papers = NULL;
  g_autoptr (McPaperStyle) style = NULL;
  g_autoptr (McLetterhead) head = NULL;
  g_autoptr (McFormValues) values = mc_form_values_new ();
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *date = NULL;

  g_return_val_if_fail (store != NULL && key != NULL, NULL);

  said = mc_json_parse (key, -1, error);
  if (said == NULL)
    return NULL;
  procedure = mc_store_procedure (store, mc_json_string (said, "procedure"), error);
  if (procedure == NULL)
    return NULL;
  enrolment = mc_store_enrolment (store);
  papers = mc_papers_of (store);
  head = mc_papers_head (papers, enrolment != NULL ? enrolment->office_name : NULL);
  style = mc_papers_style (papers, MC_KIND_GUIDANCE);
  add_person (values, said);
  add_rule (values, procedure, said);
  add_parts (values, procedure, json_object_get (said, "parts"));
  now = mc_local (mc_store_now (store));
  date = g_date_time_format (now, "ngày %d tháng %m năm %Y");
  return mc_form_of (store,
                     mc_layout_form_as (mc_papers_layout (papers, MC_KIND_GUIDANCE),
                                        values,
                                        style,
                                        head,
                                        date,
                                        ""));
}
