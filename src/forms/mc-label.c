/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-label.h"

#include "mc-form-private.h"
#include "mc-format.h"
#include "mc-qr.h"

#define MM MC_PAPER_MM
#define TITLE "Nhãn hồ sơ giấy"
/* A symbol of 29 modules has the white around it that readers need. */
#define EDGE (3.5 * MM)
#define SYMBOL (24.0 * MM)
#define BESIDE (3.5 * MM)
#define CODE_SIZE 7.5
#define NAME_SIZE 10.0
#define SMALL_SIZE 8.0
#define GAP 2.0

static const McSheet *
sheet (void)
{
  static const McSheet label = { 70.0 * MM, 37.0 * MM, EDGE, EDGE, EDGE, EDGE, 1.0 };

  return &label;
}

/* Returns: where the text ends. What is longer than @lines is cut: the symbol says the rest. */
static double
add_text (McFlow *flow,
          McBlock *block,
          double y,
          const char *text,
          double size,
          McFace face,
          int lines)
{
  double x = SYMBOL + BESIDE;
  g_autofree char *line = mc_paper_line (text);
  PangoLayout *layout = mc_paper_layout (mc_flow_context (flow),
                                         line,
                                         size,
                                         face,
                                         PANGO_ALIGN_LEFT,
                                         mc_flow_width (flow) - x);

  mc_paper_limit (layout, lines);
  mc_block_text (block, x, y, layout);
  return y + mc_paper_height (layout) + GAP;
}

static char *
promise (const McRow *row)
{
  g_autoptr (GDateTime) due = row->due != NULL ? mc_local_parse (row->due) : NULL;
  g_autofree char *time = due != NULL ? mc_format_time (due) : NULL;

  return time != NULL ? g_strdup_printf ("Hẹn trả: %s", time) : g_strdup ("Hẹn trả:");
}

McForm *
mc_form_label (const McDossier *dossier)
{
  const McRow *row;
  PangoContext *context;
  McFlow *flow;
  McBlock *block;
  McQr *symbol;
  g_autofree char *due = NULL;
  double y = 0;

  g_return_val_if_fail (dossier != NULL, NULL);

  row = dossier->row;
  due = promise (row);
  context = mc_paper_context ();
  flow = mc_flow_new_on (context, sheet ());
  block = mc_block_new (0, sheet ()->height - 2 * EDGE);
  symbol = mc_qr_new (row->code);
  if (symbol != NULL)
    mc_block_qr (block, 0, 0, SYMBOL, symbol);
  y = add_text (flow, block, y, row->code, CODE_SIZE, MC_FACE_BOLD, 2);
  y = add_text (flow, block, y, row->applicant, NAME_SIZE, MC_FACE_BOLD, 2);
  y = add_text (flow, block, y, row->procedure_name, SMALL_SIZE, MC_FACE_PLAIN, 2);
  (void)add_text (flow, block, y, due, SMALL_SIZE, MC_FACE_PLAIN, 1);
  mc_flow_add (flow, block);
  mc_flow_lay (flow);
  g_object_unref (context);
  return mc_form_new (TITLE, row->code, flow);
}
