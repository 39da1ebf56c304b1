/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who signs a declaration: side by side, each with place and date above where the paper has them.
 */
#include "mc-declaration-sheet.h"

#include "mc-paper.h"

#define SIGN_SIZE 13.0
/* More than two share the line. */
#define CROWDED_SIZE 11.0
#define SIGN_ROOM (20.0 * MC_PAPER_MM)
#define BETWEEN (2.0 * MC_PAPER_MM)
/* Place and date. */
#define ABOVE_LINES 4

typedef struct
{
  const McSheetOf *sheet;
  McBlock *block;
  double width, size;
} Signing;

static PangoLayout *
centred (const Signing *signing, const char *text, McFace face)
{
  return mc_paper_layout (mc_flow_context (signing->sheet->flow),
                          text,
                          signing->size,
                          face,
                          PANGO_ALIGN_CENTER,
                          signing->width);
}

/* Returns: where the words end */
static double
add_centred (const Signing *signing, double x, double y, const char *text, McFace face)
{
  PangoLayout *layout = centred (signing, text, face);
  double height = mc_paper_height (layout);

  mc_block_text (signing->block, x, y, layout);
  return y + height;
}

/* A place with a name that has no room in its column stands across the page, above all who sign. */
static double
add_above (const Signing *signing, const json_t *one, double x)
{
  const char *above = mc_json_string (one, "above");
  g_autofree char *text = above != NULL ? mc_declaration_expand (signing->sheet, above, 0) : NULL;
  g_autoptr (PangoLayout) layout = text != NULL ? centred (signing, text, MC_FACE_ITALIC) : NULL;

  if (layout == NULL)
    return 0;
  if (pango_layout_get_line_count (layout) > ABOVE_LINES)
    {
      mc_declaration_right (signing->sheet, text, TRUE);
      return 0;
    }
  return add_centred (signing, x, 0, text, MC_FACE_ITALIC);
}

static double
add_signer (const Signing *signing, const json_t *one, double x, double y)
{
  const char *note = mc_json_string (one, "note");

  y = add_centred (signing, x, y, mc_json_string (one, "title"), MC_FACE_BOLD);
  if (note != NULL)
    y = add_centred (signing, x, y, note, MC_FACE_ITALIC);
  return y + SIGN_ROOM;
}

void
mc_declaration_sign (const McSheetOf *sheet, const json_t *sign)
{
  size_t count = json_array_size (sign);
  double share = mc_flow_width (sheet->flow) / (double)count;
  Signing signing = { sheet,
                      mc_block_new (2 * sheet->gap, 0),
                      share - BETWEEN,
                      count > 2 ? CROWDED_SIZE : SIGN_SIZE };
  double top = 0;

  for (size_t i = 0; i < count; i++)
    {
      double end = add_above (&signing, json_array_get (sign, i), (double)i * share + BETWEEN / 2);

      top = MAX (top, end);
    }
  for (size_t i = 0; i < count; i++)
    {
      const json_t *one = json_array_get (sign, i);
      double end = json_is_object (one)
                       ? add_signer (&signing, one, (double)i * share + BETWEEN / 2, top)
                       : 0;

      signing.block->height = MAX (signing.block->height, end);
    }
  mc_flow_add (sheet->flow, signing.block);
}
