/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-field.h"

#define PAIR_BETWEEN (3.0 * MC_PAPER_MM)

gboolean
mc_field_filled (const char *value)
{
  if (value == NULL)
    return FALSE;
  for (const char *at = value; *at; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

static PangoLayout *
field_layout (McFlow *flow,
              const char *label,
              const char *value,
              McFace face,
              double line,
              double wrap)
{
  PangoContext *context = mc_flow_context (flow);
  g_autofree char *before = g_strconcat (label, " ", NULL);
  g_autofree char *text = NULL;
  PangoLayout *layout;

  if (mc_field_filled (value))
    {
      g_autofree char *clean = mc_paper_line (value);

      text = g_strconcat (before, clean, NULL);
    }
  else
    text = mc_paper_dots (context, before, MC_FIELD_SIZE, line);
  layout = mc_paper_layout (context, text, MC_FIELD_SIZE, MC_FACE_PLAIN, PANGO_ALIGN_LEFT, wrap);
  if (face & MC_FACE_BOLD && mc_field_filled (value))
    mc_paper_embolden (layout, (guint)strlen (before));
  return layout;
}

/* Each line is a block, so that a long value can go on over the page; but no line of a paragraph
 * stands alone at the foot or at the head of a page. */
void
mc_field_add_lines (McFlow *flow, double gap, PangoLayout *layout, gboolean keep)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int lines = pango_layout_get_line_count (layout);

  for (int i = 0; i < lines; i++)
    {
      PangoRectangle logical;
      McBlock *block;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      block = mc_block_new (i == 0 ? gap : 0, (double)logical.height / PANGO_SCALE);
      block->role = MC_BLOCK_ROLE_PARAGRAPH;
      block->whole = layout;
      mc_block_text_line (block, 0, 0, layout, i);
      block->keep = i == lines - 1 ? keep : i == 0 || i == lines - 2;
      mc_flow_add (flow, block);
      pango_layout_iter_next_line (iter);
    }
  pango_layout_iter_free (iter);
}

void
mc_field_add (McFlow *flow,
              double gap,
              const char *label,
              const char *value,
              McFace face,
              gboolean keep)
{
  g_autoptr (PangoLayout) layout = NULL;

  g_return_if_fail (flow != NULL && label != NULL);

  layout = field_layout (flow, label, value, face, mc_flow_width (flow), mc_flow_width (flow));
  mc_field_add_lines (flow, gap, layout, keep);
}

void
mc_field_add_text (McFlow *flow, double gap, const char *text, double size, gboolean keep)
{
  g_autoptr (PangoLayout) layout = NULL;

  g_return_if_fail (flow != NULL && text != NULL);

  layout = mc_paper_layout (mc_flow_context (flow),
                            text,
                            size,
                            MC_FACE_PLAIN,
                            PANGO_ALIGN_LEFT,
                            mc_flow_width (flow));
  mc_field_add_lines (flow, gap, layout, keep);
}

void
mc_field_add_heading (McFlow *flow, double gap, const char *text)
{
  mc_field_add_text (flow, gap, text, MC_FIELD_SIZE, TRUE);
}

void
mc_field_add_pair (McFlow *flow,
                   double gap,
                   double share,
                   const McFieldPair *left,
                   const McFieldPair *right,
                   gboolean keep)
{
  const double left_width = mc_flow_width (flow) * share;
  const double right_x = left_width + PAIR_BETWEEN;
  const double right_width = mc_flow_width (flow) - right_x;
  g_autoptr (PangoLayout) first = NULL;
  g_autoptr (PangoLayout) second = NULL;
  McBlock *block;

  g_return_if_fail (flow != NULL && left != NULL && right != NULL);

  first = field_layout (flow, left->label, left->value, MC_FACE_PLAIN, left_width, 0);
  second = field_layout (flow, right->label, right->value, MC_FACE_PLAIN, right_width, 0);
  if (mc_paper_width (first) > left_width || mc_paper_width (second) > right_width)
    {
      mc_field_add (flow, gap, left->label, left->value, MC_FACE_PLAIN, FALSE);
      mc_field_add (flow, gap, right->label, right->value, MC_FACE_PLAIN, keep);
      return;
    }
  block = mc_block_new (gap, MAX (mc_paper_height (first), mc_paper_height (second)));
  block->keep = keep;
  mc_block_text (block, 0, 0, g_steal_pointer (&first));
  mc_block_text (block, right_x, 0, g_steal_pointer (&second));
  mc_flow_add (flow, block);
}
