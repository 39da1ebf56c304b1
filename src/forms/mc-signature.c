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

/* One who signs alone gets as much more than a half as the words need on a line, up to this part.
 */
#define ALONE 0.66

static double
line_width (McFlow *flow, const char *text, McFace face)
{
  g_autoptr (PangoLayout) line =
      mc_paper_layout (mc_flow_context (flow), text, SIZE, face, PANGO_ALIGN_LEFT, 0);

  return mc_paper_width (line);
}

static double
width_alone (McFlow *flow, const McSigner *signer)
{
  double full = mc_flow_width (flow);
  g_autofree char *words = note_of (signer);
  double needs = MAX (line_width (flow, signer->title, MC_FACE_BOLD),
                      line_width (flow, words, MC_FACE_ITALIC));

  return CLAMP (needs + 1, full / 2, full * ALONE);
}

/* Returns: how high the half is. */
static double
add_half (McFlow *flow, McBlock *block, double x, double half, const McSigner *signer)
{
  PangoContext *context = mc_flow_context (flow);
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
  double left_height, right_height, half;

  g_return_if_fail (flow != NULL && left != NULL && right != NULL);

  block = mc_block_new (gap, 0);
  half = left->title == NULL && right->title != NULL ? width_alone (flow, right)
                                                     : mc_flow_width (flow) / 2;
  left_height = add_half (flow, block, 0, half, left);
  right_height = add_half (flow, block, mc_flow_width (flow) - half, half, right);
  block->height = MAX (left_height, right_height);
  mc_flow_add (flow, block);
}
