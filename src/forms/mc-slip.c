/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-slip-private.h"

#include "mc-error.h"
#include "mc-field.h"
#include "mc-format.h"
#include "mc-id.h"
#include "mc-judge.h"
#include "mc-layout.h"
#include "mc-papers.h"
#include "mc-receipt.h"
#include <string.h>

#define REASON_MARK "lý do:"

gboolean
mc_slip_stands (const McEvent *event)
{
  g_autoptr (McRuling) ruling =
      event->ruling != NULL ? mc_ruling_parse (event->ruling, NULL) : NULL;

  return event->readable && (ruling == NULL || mc_ruling_worst (ruling) != MC_VERDICT_REFUSED);
}

const McStep *
mc_slip_step (const McDossier *dossier, const McEvent *event, json_t **ret_body)
{
  g_autoptr (json_t) body = NULL;
  const char *step;

  if (!mc_slip_stands (event) || !g_str_equal (event->verb, MC_VERB_STEP))
    return NULL;
  body = event->detail != NULL ? mc_json_parse (event->detail, -1, NULL) : NULL;
  step = mc_json_string (body, "step");
  *ret_body = g_steal_pointer (&body);
  return step != NULL ? mc_workflow_step (mc_row_workflow (dossier->row), step) : NULL;
}

const char *
mc_slip_made (const McDossier *dossier, const McEvent *event, json_t **ret_body)
{
  const McStep *step = mc_slip_step (dossier, event, ret_body);

  if (step == NULL || step->paper == NULL || g_str_equal (step->paper, MC_SLIP_CONTROL))
    return NULL;
  return mc_layout_usual (step->paper) != NULL ? step->paper : NULL;
}

/* Returns: (nullable): the act that @name is the slip of. @ret_body: (transfer full) */
static const McEvent *
find_event (const McDossier *dossier, const char *name, json_t **ret_body)
{
  const char *op = strchr (name, '@');
  g_autofree char *kind = mc_slip_kind (name);

  for (guint i = dossier->events->len; i-- > 0;)
    {
      const McEvent *event = dossier->events->pdata[i];
      g_autoptr (json_t) body = NULL;

      if (op != NULL && !g_str_equal (event->op, op + 1))
        continue;
      if (g_strcmp0 (mc_slip_made (dossier, event, &body), kind) == 0 && body != NULL)
        {
          *ret_body = g_steal_pointer (&body);
          return event;
        }
    }
  return NULL;
}

static char *
long_of (const char *local)
{
  g_autoptr (GDateTime) time = local != NULL ? mc_local_parse (local) : NULL;

  return time != NULL ? mc_format_long (time) : NULL;
}

static char *
long_of_ms (gint64 ms)
{
  g_autoptr (GDateTime) time = mc_local (ms);

  return mc_format_long (time);
}

/* What was promised when @until was done: by the reception, or by the last step that said so. */
static char *
promise_before (const McDossier *dossier, const McEvent *until)
{
  g_autofree char *due = NULL;

  for (guint i = 0; i < dossier->events->len && dossier->events->pdata[i] != until; i++)
    {
      const McEvent *event = dossier->events->pdata[i];
      g_autoptr (json_t) body = mc_slip_stands (event) && event->detail != NULL
                                    ? mc_json_parse (event->detail, -1, NULL)
                                    : NULL;
      const char *said = mc_json_string (body, "due");

      if (said != NULL)
        {
          g_free (due);
          due = g_strdup (said);
        }
    }
  return long_of (due);
}

/* "Ngày 21 tháng 11 năm 2026", from "08 giờ 12 phút, ngày 21 tháng 11 năm 2026" */
static char *
day_of (const char *long_time, gboolean capital)
{
  const char *day = long_time != NULL ? strstr (long_time, "ngày") : NULL;

  if (day == NULL)
    return NULL;
  return capital ? g_strconcat ("N", day + 1, NULL) : g_strdup (day);
}

/* "- đơn xin", "2. bản sao": the form numbers them itself. */
static const char *
without_number (const char *line)
{
  const char *at = line;

  while (g_ascii_isspace (*at) || *at == '-' || *at == '+' || *at == '*')
    at++;
  line = at;
  while (g_ascii_isdigit (*at))
    at++;
  if (at == line || (*at != '.' && *at != ')') || !g_ascii_isspace (at[1]))
    return line;
  return at + 2;
}

/* A clerk types one thing a line; a line that says why is not one of the things. */
static void
add_note (McFormValues *values, const char *note)
{
  g_auto (GStrv) lines = g_strsplit (note != NULL ? note : "", "\n", -1);

  mc_form_values_set (values, "note", note);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = without_number (lines[i]);
      g_autofree char *lower = g_utf8_strdown (line, -1);

      mc_form_values_add (values, "reasons", line);
      if (g_str_has_prefix (lower, REASON_MARK))
        mc_form_values_set (values, "why", strchr (line, ':') + 1);
      else
        mc_form_values_add (values, "demands", line);
    }
}

static const char *
channel_text (const char *channel)
{
  if (g_strcmp0 (channel, "online") == 0)
    return "Trực tuyến";
  if (g_strcmp0 (channel, "post") == 0)
    return "Qua dịch vụ bưu chính công ích";
  return g_strcmp0 (channel, "direct") == 0 ? "Trực tiếp" : NULL;
}

static void
add_case (McFormValues *values, const McDossier *dossier)
{
  const json_t *the_case = mc_record_peek (dossier->record, MC_GROUP_CASE);
  const json_t *fee = mc_record_peek (dossier->record, MC_GROUP_FEE);
  gint64 taken = mc_json_int (fee, "taken", -1);
  g_autofree char *money = taken >= 0 ? mc_format_money (taken) : NULL;

  mc_form_values_set (values, "procedure", dossier->row->procedure_name);
  mc_form_values_set (values, "channel", channel_text (mc_json_string (the_case, "channel")));
  mc_form_values_set (values, "fee_paid", money);
}

static void
add_receipt (McFormValues *values, const McReceiptData *data)
{
  const struct
  {
    const char *name, *text;
  } texts[] = {
    { "office", data->head->office }, { "applicant", data->applicant },
    { "identity", data->identity },   { "address", data->address },
    { "phone", data->phone },         { "email", data->email },
    { "request", data->request },     { "code", data->code },
    { "received", data->received },   { "promised", data->promised },
  };
  g_autofree char *day = day_of (data->received, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mc_form_values_set (values, texts[i].name, texts[i].text);
  mc_form_values_set (values, "received_date", day);
}

static void
add_act (McFormValues *values, const McDossier *dossier, const McEvent *event, const json_t *body)
{
  g_autofree char *before = promise_before (dossier, event);
  g_autofree char *after = long_of (mc_json_string (body, "due"));
  g_autofree char *acted = long_of_ms (event->at_ms);
  const McStep *step =
      mc_workflow_step (mc_row_workflow (dossier->row), mc_json_string (body, "step"));
  const char *by = mc_id_valid (event->by) ? NULL : event->by;

  add_note (values, mc_json_string (body, "note"));
  mc_form_values_set (values, "again", mc_json_string (body, "again"));
  mc_form_values_set (values, "actor", by);
  mc_form_values_set (values, "acted", acted);
  mc_form_values_set (values, "promised_before", before);
  mc_form_values_set (values, "promised_after", after);
  /* Only who leads the office signs for it; another's act waits for the pen. */
  if (step != NULL && step->roles == 1u << MC_ROLE_LEADER)
    mc_form_values_set (values, "head", by);
}

/* "Lý do:" asks for why; where no line of the note says so, forms with a list leave it to the pen,
 * and the others print the note. */
static void
settle_reason (McFormValues *values, const McLayout *layout)
{
  g_auto (GStrv) names = mc_layout_names (layout);
  const char *why = mc_form_values_get (values, "why");

  if (why == NULL && !g_strv_contains ((const char *const *)names, "demands"))
    why = mc_form_values_get (values, "note");
  mc_form_values_set (values, "reason", why);
}

static McForm *
not_found (GError **error, const char *name)
{
  g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "the dossier has no form \"%s\"", name);
  return NULL;
}

/* Which act a form is about; %NULL where it is about the dossier as it is now. */
static gboolean
about (const McDossier *dossier,
       const char *name,
       const char *kind,
       const McEvent **ret_event,
       json_t **ret_body)
{
  *ret_event = NULL;
  if (g_str_equal (kind, MC_SLIP_CONTROL))
    return TRUE;
  if (mc_slip_is_local (kind))
    return mc_slip_local_applies (dossier, kind);
  *ret_event = find_event (dossier, name, ret_body);
  return *ret_event != NULL;
}

static void
fill (McStore *store,
      McFormValues *values,
      const McDossier *dossier,
      const char *kind,
      const McReceiptData *data)
{
  add_receipt (values, data);
  add_case (values, dossier);
  if (g_str_equal (kind, MC_SLIP_CONTROL))
    mc_slip_handovers (values, dossier, data->head->office);
  if (mc_slip_is_local (kind))
    mc_slip_local_values (store, values, dossier, kind, data);
}

static McForm *
receipt (const McReceiptData *data, const McPapers *papers, const McIssue *issue)
{
  g_autoptr (McPaperStyle) style = mc_papers_style (papers, MC_KIND_RECEIPT);

  mc_paper_style_issue (style, issue);
  return mc_receipt_form_as (data, style);
}

McForm *
mc_slip_form (McStore *store,
              const McDossier *dossier,
              const char *name,
              const McIssue *issue,
              GError **error)
{
  g_autoptr (McPapers) papers = NULL;
  g_autoptr (McReceiptData) data = NULL;
  g_autoptr (McFormValues) values = mc_form_values_new ();
  g_autoptr (McPaperStyle) style = NULL;
  g_autoptr (json_t) body = NULL;
  g_autofree char *today = NULL;
  g_autofree char *day = NULL;
  g_autofree char *kind = mc_slip_kind (name);
  const McEvent *event;
  const McLayout *layout;

  g_return_val_if_fail (store != NULL && dossier != NULL && name != NULL, NULL);

  papers = mc_papers_of (store);
  if (kind == NULL || !mc_papers_has (papers, kind))
    return not_found (error, name);
  data = mc_receipt_read (store, dossier, error);
  if (data == NULL)
    return NULL;
  if (g_str_equal (kind, MC_KIND_RECEIPT))
    return receipt (data, papers, issue);
  layout = mc_papers_layout (papers, kind);
  if (layout == NULL || !about (dossier, name, kind, &event, &body))
    return not_found (error, name);
  fill (store, values, dossier, kind, data);
  if (event != NULL)
    add_act (values, dossier, event, body);
  settle_reason (values, layout);
  today = long_of_ms (event == NULL ? mc_store_now (store) : event->at_ms);
  day = day_of (today, FALSE);
  style = mc_papers_style (papers, kind);
  mc_paper_style_issue (style, issue);
  return mc_layout_form_as (layout, values, style, data->head, day, data->code);
}
