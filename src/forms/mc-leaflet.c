/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-leaflet.h"

#include "mc-field.h"
#include "mc-form-head.h"
#include "mc-form-private.h"
#include "mc-format.h"
#include "mc-papers.h"
#include "mc-term-text.h"
#include <string.h>

#define TITLE "Thủ tục hành chính"
#define GAP 4.0
#define SECTION_GAP 9.0
/* A symbol of more letters is too fine for a phone. */
#define SYMBOL_MAX 300
/* Letters of a title in capitals that surely fit. */
#define TITLE_MAX 150

static const char *
channel_text (const McCase *c)
{
  static const char *const texts[] = {
    "",
    "trực tiếp",
    "trực tuyến",
    "trực tiếp, trực tuyến",
    "bưu chính",
    "trực tiếp, bưu chính",
    "trực tuyến, bưu chính",
    "trực tiếp, trực tuyến, bưu chính",
  };

  return texts[(c->direct ? 1 : 0) | (c->online ? 2 : 0) | (c->post ? 4 : 0)];
}

/* The time that the office promises, with what the law has where that is longer. */
static char *
time_text (const McProcedure *procedure, const McCase *c)
{
  g_autofree char *law = c->has_term ? mc_term_text (&c->term) : NULL;
  g_autofree char *own = c->has_promise ? mc_term_text (&c->promise) : NULL;

  if (own != NULL && !g_str_equal (own, law))
    return g_strdup_printf ("%s (%s; theo luật: %s)",
                            own,
                            c->promise_source != NULL ? c->promise_source : "rút ngắn",
                            law);
  /* Nobody has checked it: it is no promise. */
  return mc_procedure_doubts (procedure, "time") ? NULL : g_steal_pointer (&law);
}

static char *
amount_text (const McCase *c)
{
  g_autofree char *amount = mc_format_money (c->fee);
  g_autofree char *more = mc_format_money (c->fee_from_page_3);
  g_autofree char *cap = mc_format_money (c->fee_cap);

  if (g_str_equal (c->fee_kind, "none"))
    return g_strdup ("không thu");
  if (g_str_equal (c->fee_kind, "fixed"))
    return g_steal_pointer (&amount);
  if (g_str_equal (c->fee_kind, "council"))
    return g_strdup ("theo nghị quyết của Hội đồng nhân dân tỉnh");
  if (!g_str_equal (c->fee_kind, "per_page"))
    return NULL;
  if (c->fee_cap > 0)
    return g_strdup_printf ("%s/trang (trang 1, 2), %s/trang (từ trang 3), tối đa %s/bản",
                            amount,
                            more,
                            cap);
  return g_strdup_printf ("%s/trang", amount);
}

static char *
fee_text (const McProcedure *procedure, const McCase *c)
{
  g_autofree char *amount = amount_text (c);

  if (c->fee_source != NULL && amount != NULL)
    return g_strdup_printf ("%s (%s)", amount, c->fee_source);
  return mc_procedure_doubts (procedure, "fee") ? NULL : g_steal_pointer (&amount);
}

static char *
part_text (const McPart *part)
{
  g_autoptr (GString) text = g_string_new (part->name);
  g_autoptr (GString) counts = g_string_new (NULL);

  if (part->originals > 0)
    g_string_append_printf (counts, "%02d bản chính", part->originals);
  if (part->copies > 0)
    g_string_append_printf (counts, "%s%02d bản sao", counts->len > 0 ? ", " : "", part->copies);
  if (g_strcmp0 (part->form, "present") == 0)
    g_string_append_printf (counts, "%sxuất trình", counts->len > 0 ? ", " : "");
  if (!part->required)
    g_string_append_printf (counts, "%skhi thuộc trường hợp này", counts->len > 0 ? ", " : "");
  if (counts->len > 0)
    g_string_append_printf (text, " (%s)", counts->str);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_parts (McFlow *flow, const McProcedure *procedure)
{
  mc_field_add_heading (flow, SECTION_GAP, "1. Thành phần hồ sơ");
  for (guint i = 0; i < procedure->parts->len; i++)
    {
      g_autofree char *label = g_strdup_printf ("1.%u.", i + 1);
      g_autofree char *text = part_text (procedure->parts->pdata[i]);

      mc_field_add (flow, GAP, label, text, MC_FACE_PLAIN, FALSE);
    }
  if (procedure->parts->len == 0)
    mc_field_add (flow, GAP, "Giấy tờ:", NULL, MC_FACE_PLAIN, FALSE);
}

static void
add_cases (McFlow *flow, const McProcedure *procedure)
{
  mc_field_add_heading (flow, SECTION_GAP, "2. Thời hạn giải quyết và lệ phí");
  for (guint i = 0; i < procedure->cases->len; i++)
    {
      const McCase *c = procedure->cases->pdata[i];
      g_autofree char *label = g_strdup_printf ("2.%u. %s (%s)", i + 1, c->name, channel_text (c));
      g_autofree char *time = time_text (procedure, c);
      g_autofree char *fee = fee_text (procedure, c);

      mc_field_add_heading (flow, GAP, label);
      mc_field_add (flow, GAP, "Thời hạn:", time, MC_FACE_PLAIN, TRUE);
      mc_field_add (flow, GAP, "Lệ phí:", fee, MC_FACE_PLAIN, FALSE);
      if (mc_field_filled (c->fee_note) && !g_str_equal (c->fee_kind, "none"))
        mc_field_add (flow, GAP, "Về lệ phí:", c->fee_note, MC_FACE_PLAIN, FALSE);
    }
}

static void
add_result (McFlow *flow, const McProcedure *procedure)
{
  mc_field_add_heading (flow, SECTION_GAP, "3. Kết quả và căn cứ");
  mc_field_add (flow, GAP, "Kết quả:", procedure->result_name, MC_FACE_PLAIN, FALSE);
  if (mc_field_filled (procedure->conditions))
    mc_field_add (flow, GAP, "Yêu cầu, điều kiện:", procedure->conditions, MC_FACE_PLAIN, FALSE);
  if (mc_field_filled (procedure->decision))
    mc_field_add (flow, GAP, "Quyết định công bố:", procedure->decision, MC_FACE_PLAIN, FALSE);
  for (guint i = 0; i < procedure->legal->len; i++)
    {
      const McLegal *legal = procedure->legal->pdata[i];
      gboolean named = strstr (legal->name, legal->number) != NULL;
      g_autofree char *text =
          named ? g_strdup (legal->name) : g_strdup_printf ("%s (%s)", legal->name, legal->number);

      mc_field_add (flow, GAP, "Căn cứ:", text, MC_FACE_PLAIN, FALSE);
    }
}

char *
mc_leaflet_symbol (const McProcedure *procedure)
{
  g_autoptr (GString) text = NULL;

  if (procedure->url != NULL)
    return g_strdup (procedure->url);
  text = g_string_new (NULL);
  g_string_printf (text, "%s (%s)", procedure->name, procedure->code);
  for (guint i = 0; i < procedure->parts->len; i++)
    {
      const McPart *part = procedure->parts->pdata[i];

      if (part->required)
        g_string_append_printf (text, "\n- %s", part->name);
    }
  /* Whole letters only. */
  if (text->len > SYMBOL_MAX)
    {
      const char *end = g_utf8_find_prev_char (text->str, text->str + SYMBOL_MAX);

      g_string_truncate (text, (gsize)(end - text->str));
      g_string_append (text, "…");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_head (McFlow *flow,
          const McProcedure *procedure,
          const McLetterhead *letterhead,
          const char *date)
{
  g_autofree char *title = g_utf8_strup (procedure->name, -1);
  /* Without a page at the portal: the code, which a barcode gun types. */
  const McFormHead head = { .letterhead = letterhead,
                            .date = date,
                            .code = procedure->code,
                            .title = title,
                            .label = "Mã thủ tục: ",
                            .symbol = procedure->url,
                            .unnumbered = TRUE };

  mc_form_head_add (flow, &head);
  /* A title that long is cut; the name is not. */
  if (g_utf8_strlen (procedure->name, -1) > TITLE_MAX)
    mc_field_add (flow, SECTION_GAP, "Tên thủ tục:", procedure->name, MC_FACE_PLAIN, FALSE);
  mc_field_add (flow, SECTION_GAP, "Lĩnh vực:", procedure->field, MC_FACE_PLAIN, FALSE);
  mc_field_add (flow, GAP, "Nơi tiếp nhận:", letterhead->office, MC_FACE_PLAIN, FALSE);
}

McForm *
mc_leaflet_form (const McProcedure *procedure, const McLetterhead *letterhead, const char *date)
{
  PangoContext *context;
  McFlow *flow;

  g_return_val_if_fail (procedure != NULL && letterhead != NULL, NULL);

  context = mc_paper_context ();
  flow = mc_flow_new (context);
  add_head (flow, procedure, letterhead, date);
  add_parts (flow, procedure);
  add_cases (flow, procedure);
  add_result (flow, procedure);
  mc_flow_lay (flow);
  g_object_unref (context);
  return mc_form_new (TITLE, procedure->code, flow);
}

McForm *
mc_form_leaflet (McStore *store, const char *code, GError **error)
{
  g_autoptr (McProcedure) procedure = mc_store_procedure (store, code, error);
  McEnrolment *enrolment = mc_store_enrolment (store);
  g_autoptr (McPapers) papers = mc_papers_of (store);
  g_autoptr (McLetterhead) letterhead =
      mc_papers_head (papers, enrolment != NULL ? enrolment->office_name : NULL);
  g_autoptr (GDateTime) now = mc_local (mc_store_now (store));
  g_autofree char *date = g_date_time_format (now, "ngày %d tháng %m năm %Y");

  g_clear_pointer (&enrolment, mc_enrolment_free);
  return procedure != NULL ? mc_form_of (store, mc_leaflet_form (procedure, letterhead, date))
                           : NULL;
}
