/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-signature.h"

#include "mc-field.h"

#define SIZE 13.0
#define NOTE "(Ký và ghi rõ họ tên)"
#define NAME_LINES 6
/* Room for a signature. */
#define ROOM (20.0 * MC_PAPER_MM)

/* "(Chữ ký số của người tiếp nhận hồ sơ)" */
static char *
note_of (const McSigner *signer)
{
  g_autofree char *who = g_utf8_strdown (signer->title, -1);

  return signer->electronic ? g_strdup_printf ("(Chữ ký số của %s)", who) : g_strdup (NOTE);
}

/* Returns: how high the half is. */
static double
add_half (McFlow *flow, McBlock *block, double x, const McSigner *signer)
{
  PangoContext *context = mc_flow_context (flow);
  double half = mc_flow_width (flow) / 2;
  PangoLayout *title, *note;
  g_autofree char *words = NULL;
  double y;

  if (signer->title == NULL)
    return 0;
  title = mc_paper_layout (context, signer->title, SIZE, MC_FACE_BOLD, PANGO_ALIGN_CENTER, half);
  words = note_of (signer);
  note = mc_paper_layout (context, words, SIZE, MC_FACE_ITALIC, PANGO_ALIGN_CENTER, half);
  y = mc_paper_height (title);
  mc_block_text (block, x, 0, title);
  mc_block_text (block, x, y, note);
  y += mc_paper_height (note) + ROOM;
  if (mc_field_filled (signer->name))
    {
      g_autofree char *line = mc_paper_line (signer->name);
      PangoLayout *name =
          mc_paper_layout (context, line, SIZE, MC_FACE_BOLD, PANGO_ALIGN_CENTER, half);

      mc_paper_limit (name, NAME_LINES);
      mc_block_text (block, x, y, name);
      y += mc_paper_height (name);
    }
  return y;
}

void
mc_signature_add (McFlow *flow, double gap, const McSigner *left, const McSigner *right)
{
  McBlock *block;
  double left_height, right_height;

  g_return_if_fail (flow != NULL && left != NULL && right != NULL);

  block = mc_block_new (gap, 0);
  left_height = add_half (flow, block, 0, left);
  right_height = add_half (flow, block, mc_flow_width (flow) / 2, right);
  block->height = MAX (left_height, right_height);
  mc_flow_add (flow, block);
}
