/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-flow.h"

#include <pango/pangocairo.h>

#define PAGE_NUMBER_SIZE 13.0
/* Sums of doubles must not push the last line of a full page over. */
#define HAIR 0.01

typedef struct
{
  const McBlock *block;
  guint page;
  double y;
} Placed;

struct _McFlow
{
  const McSheet *sheet;
  PangoContext *context;
  GPtrArray *blocks;
  GArray *placed;
  /* Where the next block goes while laying. */
  guint page;
  double y;
};

McFlow *
mc_flow_new (PangoContext *context)
{
  return mc_flow_new_on (context, mc_sheet_upright ());
}

McFlow *
mc_flow_new_on (PangoContext *context, const McSheet *sheet)
{
  McFlow *flow = g_new0 (McFlow, 1);

  flow->sheet = sheet;
  flow->context = g_object_ref (context);
  flow->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_block_free);
  flow->placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  flow->y = sheet->top;
  return flow;
}

const McSheet *
mc_flow_sheet (const McFlow *flow)
{
  return flow->sheet;
}

double
mc_flow_width (const McFlow *flow)
{
  return flow->sheet->width - flow->sheet->left - flow->sheet->right;
}

static double
floor_of (const McFlow *flow)
{
  return flow->sheet->height - flow->sheet->bottom;
}

void
mc_flow_free (McFlow *flow)
{
  if (flow == NULL)
    return;
  g_ptr_array_unref (flow->blocks);
  g_array_unref (flow->placed);
  g_object_unref (flow->context);
  g_free (flow);
}

PangoContext *
mc_flow_context (McFlow *flow)
{
  return flow->context;
}

McBlock *
mc_flow_add (McFlow *flow, McBlock *block)
{
  g_ptr_array_add (flow->blocks, block);
  return block;
}

static gboolean
at_top (const McFlow *flow)
{
  return flow->y <= flow->sheet->top;
}

static void
put (McFlow *flow, const McBlock *block)
{
  Placed placed = { .block = block };

  if (!at_top (flow))
    flow->y += block->gap;
  placed.page = flow->page;
  placed.y = flow->y;
  flow->y += block->height;
  g_array_append_val (flow->placed, placed);
}

/* What must stand on one page with the block at @first, itself included. */
static guint
chain_length (const McFlow *flow, guint first)
{
  guint length = 1;

  while (first + length < flow->blocks->len &&
         ((McBlock *)g_ptr_array_index (flow->blocks, first + length - 1))->keep)
    length++;
  return length;
}

static double
chain_height (const McFlow *flow, guint first, guint length)
{
  double height = 0;

  for (guint i = first; i < first + length; i++)
    {
      const McBlock *block = g_ptr_array_index (flow->blocks, i);

      height += block->gap + block->height;
    }
  return height;
}

static void
begin_page (McFlow *flow, const McBlock *block)
{
  flow->page++;
  flow->y = flow->sheet->top;
  if (block->repeat != NULL)
    put (flow, block->repeat);
}

void
mc_flow_lay (McFlow *flow)
{
  double floor;

  g_return_if_fail (flow != NULL && flow->placed->len == 0);

  floor = floor_of (flow);
  for (guint first = 0; first < flow->blocks->len;)
    {
      guint length = chain_length (flow, first);
      double height = chain_height (flow, first, length);

      /* A chain longer than a page cannot stay together: it starts here and breaks where it must.
       */
      if (!at_top (flow) && flow->y + height > floor + HAIR && height <= floor - flow->sheet->top)
        begin_page (flow, g_ptr_array_index (flow->blocks, first));
      for (guint i = first; i < first + length; i++)
        {
          const McBlock *block = g_ptr_array_index (flow->blocks, i);

          if (!at_top (flow) && flow->y + block->gap + block->height > floor + HAIR)
            begin_page (flow, block);
          put (flow, block);
        }
      first += length;
    }
}

guint
mc_flow_pages (const McFlow *flow)
{
  return flow->page + 1;
}

static void
draw_page_number (const McFlow *flow, cairo_t *cr, guint page)
{
  g_autofree char *number = g_strdup_printf ("%u", page + 1);
  g_autoptr (PangoLayout) layout = mc_paper_layout (flow->context,
                                                    number,
                                                    PAGE_NUMBER_SIZE,
                                                    MC_FACE_PLAIN,
                                                    PANGO_ALIGN_CENTER,
                                                    mc_flow_width (flow));

  cairo_move_to (cr, flow->sheet->left, (flow->sheet->top - mc_paper_height (layout)) / 2);
  pango_cairo_show_layout (cr, layout);
}

/* Of a paragraph or a table that goes on over the page each page has an element of its own. */
static void
draw_blocks (const McFlow *flow, cairo_t *cr, guint page)
{
  const McBlock *open = NULL;

  for (guint i = 0; i < flow->placed->len; i++)
    {
      const Placed *placed = &g_array_index (flow->placed, Placed, i);
      const McBlock *block = placed->block;

      if (placed->page != page)
        continue;
      if (open != NULL && (block->whole != open->whole || block->whole == NULL))
        {
          cairo_tag_end (cr, mc_block_whole_tag (open));
          open = NULL;
        }
      if (open == NULL && mc_block_whole_tag (block) != NULL)
        {
          cairo_tag_begin (cr, mc_block_whole_tag (block), NULL);
          open = block;
        }
      mc_block_draw (block, cr, flow->sheet->left, placed->y);
    }
  if (open != NULL)
    cairo_tag_end (cr, mc_block_whole_tag (open));
}

void
mc_flow_draw (const McFlow *flow, cairo_t *cr, guint page)
{
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  if (page > 0)
    draw_page_number (flow, cr, page);
  draw_blocks (flow, cr, page);
  cairo_restore (cr);
}
