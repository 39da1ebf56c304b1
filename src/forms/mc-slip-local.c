/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers that offices use and the law does not have: what they say. */
#include "mc-slip-private.h"

#include "mc-field.h"
#include "mc-format.h"
#include "mc-id.h"
#include "mc-number-words.h"
#include "mc-papers.h"
#include "mc-workflow.h"
#include <string.h>

static const char *const kinds[] = { MC_KIND_RETURN, MC_KIND_GUIDANCE, MC_KIND_FEE, NULL };
static const char *const over[] = {
  MC_STATE_APPROVED, MC_STATE_RETURNED,  MC_STATE_REFUSED,
  MC_STATE_STOPPED,  MC_STATE_WITHDRAWN, NULL,
};

gboolean
mc_slip_is_local (const char *kind)
{
  return g_strv_contains (kinds, kind);
}

gboolean
mc_slip_local_applies (const McDossier *dossier, const char *kind)
{
  const char *state = dossier->row->state;

  if (g_str_equal (kind, MC_KIND_RETURN))
    return g_str_equal (state, MC_STATE_APPROVED) || g_str_equal (state, MC_STATE_RETURNED);
  if (g_str_equal (kind, MC_KIND_FEE))
    return mc_json_int (mc_record_peek (dossier->record, MC_GROUP_FEE), "taken", 0) > 0;
  return !g_strv_contains (over, state);
}

/* The last act of this verb, and for a step of this one. @ret_body: (transfer full) (optional) */
static const McEvent *
last_act (const McDossier *dossier, const char *verb, const char *step)
{
  for (guint i = dossier->events->len; i-- > 0;)
    {
      const McEvent *event = dossier->events->pdata[i];
      g_autoptr (json_t) body = NULL;

      if (!mc_slip_stands (event) || !g_str_equal (event->verb, verb))
        continue;
      body = event->detail != NULL ? mc_json_parse (event->detail, -1, NULL) : NULL;
      if (step == NULL || g_strcmp0 (mc_json_string (body, "step"), step) == 0)
        return event;
    }
  return NULL;
}

static void
add_act (McFormValues *values, const McEvent *event, const char *time_name, const char *name)
{
  g_autoptr (GDateTime) time = event != NULL ? mc_local (event->at_ms) : NULL;
  g_autofree char *words = time != NULL ? mc_format_long (time) : NULL;

  mc_form_values_set (values, time_name, words);
  if (event != NULL && event->by != NULL && !mc_id_valid (event->by))
    mc_form_values_set (values, name, event->by);
}

static void
add_return (McFormValues *values, const McDossier *dossier, const McProcedure *procedure)
{
  if (procedure != NULL)
    mc_form_values_set (values, "result", procedure->result_name);
  add_act (values, last_act (dossier, MC_VERB_STEP, MC_STEP_RETURN), "returned", "clerk");
}

static gboolean
handed_in (McRecord *record, const McPart *part)
{
  g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, part->id, NULL);
  const json_t *value = mc_record_peek (record, group);

  return mc_json_bool (value, "ticked", FALSE) ||
         json_is_object (json_object_get (value, "document"));
}

static void
add_guidance (McFormValues *values,
              const McDossier *dossier,
              const McProcedure *procedure,
              const McReceiptData *data)
{
  const json_t *fee = mc_record_peek (dossier->record, MC_GROUP_FEE);
  gint64 amount = mc_json_int (fee, "amount", -1);
  g_autofree char *money = amount >= 0 ? mc_format_money (amount) : NULL;

  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    {
      const McPart *part = procedure->parts->pdata[i];

      mc_form_values_add (values, "papers", part->name);
      if (part->required && !handed_in (dossier->record, part))
        mc_form_values_add (values, "missing", part->name);
    }
  mc_form_values_mark (values, "missing", "has_missing");
  mc_form_values_mark (values, "papers", "has_papers");
  mc_form_values_set (values, "term", data->term);
  mc_form_values_set (values, "fee_due", money);
}

static const char *
fee_way (const char *method)
{
  if (g_strcmp0 (method, "cash") == 0)
    return "Tiền mặt";
  return g_strcmp0 (method, "transfer") == 0 ? "Chuyển khoản" : NULL;
}

/* "AA/26E 0001234": the number comes last. */
static void
add_book (McFormValues *values, const McEvent *event)
{
  g_autoptr (json_t) body =
      event != NULL && event->detail != NULL ? mc_json_parse (event->detail, -1, NULL) : NULL;
  const char *receipt = mc_json_string (body, "receipt");
  const char *space = receipt != NULL ? strrchr (receipt, ' ') : NULL;
  g_autofree char *book = space != NULL ? g_strndup (receipt, (gsize)(space - receipt)) : NULL;

  mc_form_values_set (values, "book", book);
  mc_form_values_set (values, "receipt_number", space != NULL ? space + 1 : receipt);
}

static void
add_fee (McFormValues *values, const McDossier *dossier)
{
  const json_t *fee = mc_record_peek (dossier->record, MC_GROUP_FEE);
  g_autofree char *words = mc_money_words (MAX (mc_json_int (fee, "taken", 0), 0));

  mc_form_values_set (values, "fee_words", words);
  mc_form_values_set (values, "fee_way", fee_way (mc_json_string (fee, "method")));
  add_act (values, last_act (dossier, MC_VERB_FEE, NULL), "fee_time", "fee_taker");
  add_book (values, last_act (dossier, MC_VERB_FEE, NULL));
}

void
mc_slip_local_values (McStore *store,
                      McFormValues *values,
                      const McDossier *dossier,
                      const char *kind,
                      const McReceiptData *data)
{
  g_autoptr (McProcedure) procedure = mc_store_procedure_of (store, dossier);

  if (g_str_equal (kind, MC_KIND_RETURN))
    add_return (values, dossier, procedure);
  else if (g_str_equal (kind, MC_KIND_GUIDANCE))
    add_guidance (values, dossier, procedure, data);
  else
    add_fee (values, dossier);
}

static void
add_row (McStore *store, McFormValues *values, const McDossier *dossier, guint number)
{
  g_autoptr (McProcedure) procedure = mc_store_procedure_of (store, dossier);
  const json_t *applicant = mc_record_peek (dossier->record, MC_GROUP_APPLICANT);
  const json_t *fee = mc_record_peek (dossier->record, MC_GROUP_FEE);
  const json_t *the_case = mc_record_peek (dossier->record, MC_GROUP_CASE);
  const char *result = procedure != NULL ? procedure->result_name : NULL;
  const char *address = mc_json_string (applicant, "address");
  gint64 taken = mc_json_int (fee, "taken", -1);
  GStrv cells = g_new0 (char *, 9);

  cells[0] = g_strdup_printf ("%u", number);
  cells[1] = g_strdup (dossier->row->code);
  cells[2] = g_strdup (dossier->row->procedure_name != NULL ? dossier->row->procedure_name : "");
  cells[3] = g_strdup (result != NULL ? result : "");
  cells[4] = g_strdup (dossier->row->applicant != NULL ? dossier->row->applicant : "");
  cells[5] = g_strdup (address != NULL ? address : "");
  cells[6] = taken >= 0 ? mc_format_money (taken) : g_strdup ("");
  cells[7] = g_strdup (g_strcmp0 (mc_json_string (the_case, "channel"), "post") == 0 ? "Có" : "");
  mc_form_values_add_row (values, "results", cells);
}

McForm *
mc_form_handover (McStore *store, GPtrArray *dossiers, const McIssue *issue)
{
  g_autoptr (McPapers) papers = NULL;
  g_autoptr (McPaperStyle) style = NULL;
  g_autoptr (McEnrolment) enrolment = NULL;
  g_autoptr (McLetterhead) head = NULL;
  g_autoptr (McFormValues) values = mc_form_values_new ();
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *count = NULL;
  g_autofree char *date = NULL;

  g_return_val_if_fail (store != NULL && dossiers != NULL, NULL);

  papers = mc_papers_of (store);
  enrolment = mc_store_enrolment (store);
  head = mc_papers_head (papers, enrolment != NULL ? enrolment->office_name : NULL);
  style = mc_papers_style (papers, MC_KIND_HANDOVER);
  mc_paper_style_issue (style, issue);
  for (guint i = 0; i < dossiers->len; i++)
    add_row (store, values, dossiers->pdata[i], i + 1);
  count = g_strdup_printf ("%02u", dossiers->len);
  mc_form_values_set (values, "count", count);
  mc_form_values_set (values, "taker", head->office);
  now = mc_local (mc_store_now (store));
  date = g_date_time_format (now, "ngày %d tháng %m năm %Y");
  return mc_form_of (store,
                     mc_layout_form_as (mc_papers_layout (papers, MC_KIND_HANDOVER),
                                        values,
                                        style,
                                        head,
                                        date,
                                        NULL));
}

/* The same dossiers are the same list. */
static char *
paper_of (GPtrArray *dossiers)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *digits = NULL;

  for (guint i = 0; i < dossiers->len; i++)
    g_checksum_update (sum, (const guchar *)((McDossier *)dossiers->pdata[i])->row->id, -1);
  digits = g_strndup (g_checksum_get_string (sum), 16);
  return g_strdup_printf (MC_KIND_HANDOVER "@%s", digits);
}

McSlipPrinting *
mc_handover_printing (McStore *store, GPtrArray *dossiers, gboolean on_paper)
{
  g_autoptr (McPapers) papers = mc_papers_of (store);
  McSlipPrinting *one = g_new0 (McSlipPrinting, 1);

  one->dossiers = g_new0 (char *, dossiers->len + 1);
  for (guint i = 0; i < dossiers->len; i++)
    one->dossiers[i] = g_strdup (((McDossier *)dossiers->pdata[i])->row->id);
  one->paper = paper_of (dossiers);
  one->kind = g_strdup (MC_KIND_HANDOVER);
  one->title = g_strdup (mc_papers_title (papers, MC_KIND_HANDOVER));
  one->on_paper = on_paper;
  return one;
}
