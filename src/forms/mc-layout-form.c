/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layout and values become a form. */
#include "mc-layout-private.h"

#include "mc-field.h"
#include "mc-fit.h"
#include "mc-form-head.h"
#include "mc-form-private.h"
#include "mc-paper.h"
#include "mc-signature.h"
#include "mc-table.h"

/* Between paragraphs; the small one where that spares the office a second sheet. */
#define SMALL_SIZE 11.0
#define TABLE_SIZE 12.0

/* A form on its way onto paper. */
typedef struct
{
  McFlow *flow;
  const McFormValues *values;
  const McPaperStyle *style;
  double gap;
} Paper;

static char *
expanded (const Paper *paper, const json_t *block, const char *key)
{
  return mc_form_values_expand (paper->values, mc_json_string (block, key), NULL);
}

/* A field whose value is missing is dots to the end of the line. */
static char *
value_of (const Paper *paper, const json_t *field)
{
  guint missing = 0;
  g_autofree char *value =
      mc_form_values_expand (paper->values, mc_json_string (field, "value"), &missing);

  return missing > 0 ? NULL : g_steal_pointer (&value);
}

static void
add_field (const Paper *paper, const json_t *block, gboolean keep)
{
  g_autofree char *value = value_of (paper, block);

  mc_field_add (paper->flow,
                paper->gap,
                mc_json_string (block, "field"),
                value,
                mc_json_bool (block, "bold", FALSE) ? MC_FACE_BOLD : MC_FACE_PLAIN,
                keep);
}

static void
add_pair (const Paper *paper, const json_t *block, gboolean keep)
{
  const json_t *pair = json_object_get (block, "pair");
  const json_t *first = json_array_get (pair, 0);
  const json_t *second = json_array_get (pair, 1);
  g_autofree char *one = value_of (paper, first);
  g_autofree char *other = value_of (paper, second);
  const McFieldPair left = { mc_json_string (first, "field"), one };
  const McFieldPair right = { mc_json_string (second, "field"), other };

  mc_field_add_pair (paper->flow,
                     paper->gap,
                     json_number_value (json_object_get (block, "share")),
                     &left,
                     &right,
                     keep);
}

static void
add_list (const Paper *paper, const json_t *block, gboolean keep)
{
  GPtrArray *list = mc_form_values_list (paper->values, mc_json_string (block, "list"));
  guint filled = list != NULL ? list->len : 0;
  guint lines = filled > 0 ? filled : (guint)mc_json_int (block, "blank", 0);

  for (guint i = 0; i < lines; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u.", i + 1);

      mc_field_add (paper->flow,
                    paper->gap,
                    number,
                    i < filled ? list->pdata[i] : NULL,
                    MC_FACE_PLAIN,
                    keep && i + 1 == lines);
    }
}

static void
add_table (const Paper *paper, const json_t *block)
{
  const json_t *titles = json_object_get (block, "columns");
  size_t count = json_array_size (titles);
  g_autofree McColumn *columns = g_new0 (McColumn, count);

  for (size_t i = 0; i < count; i++)
    {
      const json_t *column = json_array_get (titles, i);

      columns[i].title = mc_json_string (column, "title");
      columns[i].share = json_number_value (json_object_get (column, "width"));
    }
  mc_table_add (paper->flow,
                paper->gap,
                TABLE_SIZE,
                columns,
                (guint)count,
                mc_form_values_rows (paper->values, mc_json_string (block, "table")),
                (guint)mc_json_int (block, "blank", 0));
}

static void
add_text (const Paper *paper, const json_t *block, const char *key, double size, gboolean keep)
{
  g_autofree char *text = expanded (paper, block, key);

  mc_field_add_text (paper->flow, paper->gap, text, size, keep);
}

static void
add_block (const Paper *paper, const json_t *block, gboolean last)
{
  const char *when = mc_json_string (block, "when");

  if (when != NULL && mc_form_values_get (paper->values, when) == NULL)
    return;
  switch (mc_layout_kind (block))
    {
    case MC_BLOCK_FIELD:
      add_field (paper, block, last);
      return;
    case MC_BLOCK_PAIR:
      add_pair (paper, block, last);
      return;
    case MC_BLOCK_HEADING:
      add_text (paper, block, "heading", MC_FIELD_SIZE, TRUE);
      return;
    case MC_BLOCK_LIST:
      add_list (paper, block, last);
      return;
    case MC_BLOCK_TEXT:
      add_text (paper, block, "text", MC_FIELD_SIZE, last);
      return;
    case MC_BLOCK_SMALL:
      add_text (paper, block, "small", SMALL_SIZE, last);
      return;
    case MC_BLOCK_TABLE:
      add_table (paper, block);
      return;
    case MC_N_BLOCKS:
    default:
      g_return_if_reached ();
    }
}

static void
add_signatures (const Paper *paper, const json_t *sign)
{
  char *names[2] = { NULL, NULL };
  McSigner signers[2] = { { 0 }, { 0 } };

  for (size_t i = 0; i < 2; i++)
    {
      const json_t *one = json_array_get (sign, i);
      const char *name = mc_json_string (one, "name");
      guint missing = 0;

      signers[i].title = mc_json_string (one, "title");
      signers[i].electronic = paper->style->issue.electronic;
      if (name != NULL)
        names[i] = mc_form_values_expand (paper->values, name, &missing);
      signers[i].name = missing == 0 ? names[i] : NULL;
    }
  mc_signature_add (paper->flow, 2 * paper->gap, &signers[0], &signers[1]);
  g_free (names[0]);
  g_free (names[1]);
}

/* What a form is laid out of, again and again until it fits. */
typedef struct
{
  PangoContext *context;
  const McLayout *layout;
  const McFormValues *values;
  const McPaperStyle *style;
  const McFormHead *head;
} Content;

static McFlow *
lay (const McSheet *sheet, double gap, gconstpointer data)
{
  const Content *content = data;
  const json_t *json = mc_layout_json (content->layout);
  const json_t *body = json_object_get (json, "body");
  const json_t *sign = json_object_get (json, "sign");
  const Paper paper = { mc_flow_new_on (content->context, sheet),
                        content->values,
                        content->style,
                        gap };
  size_t i;
  json_t *block;

  mc_form_head_add (paper.flow, content->head);
  /* The signatures never stand on a page without what is signed. */
  json_array_foreach ((json_t *)body, i, block)
      add_block (&paper, block, sign != NULL && i + 1 == json_array_size (body));
  if (sign != NULL)
    add_signatures (&paper, sign);
  if (content->style->notes != NULL)
    mc_field_add_text (paper.flow, 2 * gap, content->style->notes, SMALL_SIZE, FALSE);
  mc_flow_lay (paper.flow);
  return paper.flow;
}

static McFlow *
fit (const Content *content)
{
  const McSheet *const lying[] = { mc_sheet_lying (), NULL };
  const char *sheet = mc_json_string (mc_layout_json (content->layout), "sheet");

  return mc_fit (g_strcmp0 (sheet, "lying") == 0 ? lying : mc_form_sheets (content->style->shape),
                 lay,
                 content);
}

McForm *
mc_layout_form (const McLayout *layout,
                const McFormValues *values,
                const McLetterhead *letterhead,
                const char *date,
                const char *code)
{
  return mc_layout_form_as (layout, values, NULL, letterhead, date, code);
}

static McFormHead
head_of (const json_t *json,
         const McPaperStyle *style,
         const McLetterhead *letterhead,
         const char *date,
         const char *code)
{
  const char *number = style->number != NULL ? style->number : mc_json_string (json, "number");

  return (McFormHead){
    .letterhead = letterhead,
    .date = date,
    .code = code,
    .title = style->heading != NULL ? style->heading : mc_json_string (json, "heading"),
    .number = number,
    .unnumbered = number == NULL,
    .uncoded = !mc_json_bool (json, "code", TRUE) || g_strcmp0 (code, "") == 0,
    .form = style->form,
    .issue = &style->issue,
  };
}

McForm *
mc_layout_form_as (const McLayout *layout,
                   const McFormValues *values,
                   const McPaperStyle *style,
                   const McLetterhead *letterhead,
                   const char *date,
                   const char *code)
{
  static const McPaperStyle plain = { 0 };
  Content content = { .layout = layout, .values = values };
  McFormHead head;
  McFlow *flow;
  McForm *form;

  g_return_val_if_fail (layout != NULL && values != NULL && letterhead != NULL, NULL);

  style = style != NULL ? style : &plain;
  head = head_of (mc_layout_json (layout), style, letterhead, date, code);
  content.style = style;
  content.head = &head;
  content.context = mc_paper_context ();
  flow = fit (&content);
  g_object_unref (content.context);
  form = mc_form_new (style->title != NULL ? style->title : mc_layout_title (layout), code, flow);
  mc_form_set_shape (form, style->shape);
  return form;
}
