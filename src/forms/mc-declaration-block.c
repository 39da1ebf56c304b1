/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks that a declaration is made of. */
#include "mc-declaration-sheet.h"

#include "mc-field.h"
#include "mc-paper.h"
#include <string.h>

#define INDENT (10.0 * MC_PAPER_MM)
#define SMALL_SIZE 11.0
/* A box to tick, and one for a digit. */
#define TICK 10.0
#define TICK_GAP 5.0
#define ITEM_GAP 16.0
#define DIGIT_WIDTH 15.0
#define DIGIT_HEIGHT 18.0

static PangoLayout *
layout_of (const McSheetOf *sheet, const char *text, McFace face, double size, double width)
{
  return mc_paper_layout (mc_flow_context (sheet->flow), text, size, face, PANGO_ALIGN_LEFT, width);
}

static void
add_words (const McSheetOf *sheet,
           const char *text,
           McFace face,
           double size,
           double indent,
           gboolean keep)
{
  g_autofree char *all = mc_declaration_expand (sheet, text, mc_flow_width (sheet->flow));
  g_autoptr (PangoLayout) layout = layout_of (sheet, all, face, size, mc_flow_width (sheet->flow));

  pango_layout_set_indent (layout, (int)(indent * PANGO_SCALE));
  mc_field_add_lines (sheet->flow, sheet->gap, layout, keep);
}

void
mc_declaration_right (const McSheetOf *sheet, const char *text, gboolean keep)
{
  g_autoptr (PangoLayout) layout = mc_paper_layout (mc_flow_context (sheet->flow),
                                                    text,
                                                    MC_DECLARATION_SIZE,
                                                    MC_FACE_ITALIC,
                                                    PANGO_ALIGN_RIGHT,
                                                    mc_flow_width (sheet->flow));

  mc_field_add_lines (sheet->flow, sheet->gap, layout, keep);
}

static void
add_right (const McSheetOf *sheet, const char *text, gboolean keep)
{
  g_autofree char *all = mc_declaration_expand (sheet, text, 0);

  mc_declaration_right (sheet, all, keep);
}

static void
add_frame (McBlock *block, double x, double y, double width, double height)
{
  mc_block_rule (block, x, y, x + width, y);
  mc_block_rule (block, x, y + height, x + width, y + height);
  mc_block_rule (block, x, y, x, y + height);
  mc_block_rule (block, x + width, y, x + width, y + height);
}

/* One letter in the middle of a box. */
static void
add_in_box (const McSheetOf *sheet,
            McBlock *block,
            double x,
            double y,
            double width,
            double height,
            const char *text,
            double size)
{
  PangoLayout *layout = layout_of (sheet, text, MC_FACE_PLAIN, size, 0);

  mc_block_text (block,
                 x + (width - mc_paper_width (layout)) / 2,
                 y + (height - mc_paper_height (layout)) / 2,
                 layout);
}

/* A box, ticked or not, and what it stands for. Returns: where the words end */
static double
add_tick (const McSheetOf *sheet, McBlock *block, double x, PangoLayout *words, gboolean ticked)
{
  double line = mc_paper_baseline (words);
  double y = line - TICK;

  add_frame (block, x, y, TICK, TICK);
  if (ticked)
    add_in_box (sheet, block, x, y, TICK, TICK, "X", TICK);
  block->height = MAX (block->height, mc_paper_height (words));
  mc_block_text (block, x + TICK + TICK_GAP, 0, words);
  return x + TICK + TICK_GAP + mc_paper_width (words);
}

typedef struct
{
  const char *label;
  gboolean ticked;
} Item;

/* Everything on one line, where that has room. */
static gboolean
add_items_beside (const McSheetOf *sheet,
                  const char *label,
                  const Item *items,
                  guint count,
                  gboolean keep)
{
  g_autoptr (PangoLayout) before = layout_of (sheet, label, MC_FACE_PLAIN, MC_DECLARATION_SIZE, 0);
  double wide = *label != '\0' ? mc_paper_width (before) + ITEM_GAP : 0;
  double x = wide;
  McBlock *block;

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (PangoLayout) words =
          layout_of (sheet, items[i].label, MC_FACE_PLAIN, MC_DECLARATION_SIZE, 0);

      wide += TICK + TICK_GAP + mc_paper_width (words) + (i + 1 < count ? ITEM_GAP : 0);
    }
  if (wide > mc_flow_width (sheet->flow))
    return FALSE;
  block = mc_block_new (sheet->gap, mc_paper_height (before));
  block->keep = keep;
  mc_block_text (block, 0, 0, g_steal_pointer (&before));
  for (guint i = 0; i < count; i++)
    x = ITEM_GAP +
        add_tick (sheet,
                  block,
                  x,
                  layout_of (sheet, items[i].label, MC_FACE_PLAIN, MC_DECLARATION_SIZE, 0),
                  items[i].ticked);
  mc_flow_add (sheet->flow, block);
  return TRUE;
}

static void
add_items_below (const McSheetOf *sheet, const Item *items, guint count, gboolean keep)
{
  for (guint i = 0; i < count; i++)
    {
      McBlock *block = mc_block_new (sheet->gap / 2, 0);

      block->keep = keep && i + 1 == count;
      add_tick (sheet,
                block,
                INDENT / 2,
                layout_of (sheet,
                           items[i].label,
                           MC_FACE_PLAIN,
                           MC_DECLARATION_SIZE,
                           mc_flow_width (sheet->flow) - INDENT / 2 - TICK - TICK_GAP),
                items[i].ticked);
      mc_flow_add (sheet->flow, block);
    }
}

static void
add_items (const McSheetOf *sheet, const char *label, const Item *items, guint count, gboolean keep)
{
  if (add_items_beside (sheet, label, items, count, keep))
    return;
  if (*label != '\0')
    mc_field_add_text (sheet->flow, sheet->gap, label, MC_DECLARATION_SIZE, TRUE);
  add_items_below (sheet, items, count, keep);
}

static void
add_checks (const McSheetOf *sheet, const json_t *block, gboolean keep)
{
  const char *key = mc_json_string (block, "checks");
  const char *label = mc_json_string (block, "label");
  const char *own = mc_json_string (block, "words");
  g_autofree char *words = own != NULL ? mc_declaration_expand (sheet, own, 0) : NULL;
  const McBlank *blank = mc_declaration_blank (sheet->declaration, key);
  const char *value = mc_json_string (sheet->values, key);
  guint count = MAX (blank->option->len, 1);
  g_autofree Item *items = g_new0 (Item, count);

  for (guint i = 0; i < blank->option->len; i++)
    {
      const McBlankOption *option = blank->option->pdata[i];

      items[i].label = option->label;
      items[i].ticked = g_strcmp0 (value, option->id) == 0;
    }
  if (blank->kind == MC_BLANK_FLAG)
    {
      items[0].label = words != NULL ? words : blank->label;
      items[0].ticked = value != NULL && *value != '\0';
    }
  /* Words with blanks in them are of different length: below each other they stand in a line. */
  if (own != NULL)
    add_items_below (sheet, items, count, keep);
  else
    add_items (sheet, label != NULL ? label : "", items, count, keep);
}

/* A box for each digit. What has no room in them is written out: nothing is cut. */
static void
add_boxes (const McSheetOf *sheet, const json_t *json, gboolean keep)
{
  const char *label = mc_json_string (json, "boxes");
  guint count = (guint)mc_json_int (json, "count", 0);
  g_autofree char *value = mc_declaration_value (sheet, mc_json_string (json, "value"));
  PangoLayout *words;
  McBlock *block;
  double x, y = 0;

  if (value != NULL && g_utf8_strlen (value, -1) > (glong)count)
    {
      mc_field_add (sheet->flow, sheet->gap, label, value, MC_FACE_PLAIN, keep);
      return;
    }
  words = layout_of (sheet, label, MC_FACE_PLAIN, MC_DECLARATION_SIZE, mc_flow_width (sheet->flow));
  x = mc_paper_width (words) + TICK_GAP;
  block = mc_block_new (sheet->gap, MAX (DIGIT_HEIGHT, mc_paper_height (words)));
  if (x + count * DIGIT_WIDTH > mc_flow_width (sheet->flow))
    {
      x = 0;
      y = mc_paper_height (words) + 2;
      block->height = y + DIGIT_HEIGHT;
    }
  mc_block_text (block, 0, y > 0 ? 0 : (DIGIT_HEIGHT - mc_paper_height (words)) / 2, words);
  for (guint i = 0; i < count; i++)
    {
      const char *at = value != NULL && i < (guint)g_utf8_strlen (value, -1)
                           ? g_utf8_offset_to_pointer (value, i)
                           : NULL;
      g_autofree char *digit =
          at != NULL ? g_strndup (at, (gsize)(g_utf8_next_char (at) - at)) : NULL;

      add_frame (block, x + i * DIGIT_WIDTH, y, DIGIT_WIDTH, DIGIT_HEIGHT);
      if (digit != NULL)
        add_in_box (sheet,
                    block,
                    x + i * DIGIT_WIDTH,
                    y,
                    DIGIT_WIDTH,
                    DIGIT_HEIGHT,
                    digit,
                    MC_DECLARATION_SIZE);
    }
  block->keep = keep;
  mc_flow_add (sheet->flow, block);
}

void
mc_declaration_note (const McSheetOf *sheet, const char *text, gboolean head)
{
  g_autoptr (PangoLayout) layout = layout_of (sheet,
                                              text,
                                              head ? MC_FACE_BOLD : MC_FACE_PLAIN,
                                              SMALL_SIZE,
                                              mc_flow_width (sheet->flow));

  mc_field_add_lines (sheet->flow, head ? 2 * sheet->gap : 0, layout, head);
}

void
mc_declaration_add (const McSheetOf *sheet, const json_t *block, gboolean keep)
{
  const struct
  {
    const char *word;
    McFace face;
    double size, indent;
    gboolean keeps;
  } kinds[] = {
    { "line", MC_FACE_PLAIN, MC_DECLARATION_SIZE, 0, FALSE },
    { "heading", MC_FACE_BOLD, MC_DECLARATION_SIZE, 0, TRUE },
    { "text", MC_FACE_PLAIN, MC_DECLARATION_SIZE, INDENT, FALSE },
    { "small", MC_FACE_PLAIN, SMALL_SIZE, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (json_object_get (block, kinds[i].word) != NULL)
      {
        add_words (sheet,
                   mc_json_string (block, kinds[i].word),
                   kinds[i].face,
                   kinds[i].size,
                   kinds[i].indent,
                   keep || kinds[i].keeps);
        return;
      }
  if (json_object_get (block, "right") != NULL)
    add_right (sheet, mc_json_string (block, "right"), keep);
  else if (json_object_get (block, "boxes") != NULL)
    add_boxes (sheet, block, keep);
  else if (json_object_get (block, "checks") != NULL)
    add_checks (sheet, block, keep);
  else if (json_object_get (block, "grid") != NULL)
    mc_declaration_grid (sheet, block);
  else if (json_object_get (block, "sign") != NULL)
    mc_declaration_sign (sheet, json_object_get (block, "sign"));
  else
    mc_declaration_table (sheet, block);
}
