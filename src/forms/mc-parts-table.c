/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-parts-table.h"

#include "mc-paper.h"
#include "mc-receipt-data.h"

#define SIZE 13.0
#define SIDE_PAD 3.0
#define NUMBER_COLUMN (11.0 * MC_PAPER_MM)
#define COUNTS 3
/* A row is never torn, so the name of a part cannot be longer than a page has room for. */
#define NAME_LINES 36
#define EMPTY_ROWS 4

static const struct
{
  const char *title;
  double width;
} counts_columns[COUNTS] = {
  { "Bản\nchính", 17.0 * MC_PAPER_MM },
  { "Bản\nchứng thực", 25.0 * MC_PAPER_MM },
  { "Bản\nphoto", 17.0 * MC_PAPER_MM },
};
#define COUNTS_WIDTH ((17.0 + 25.0 + 17.0) * MC_PAPER_MM)

/* A table on its way into a flow. */
typedef struct
{
  McFlow *flow;
  double pad; /* above and below the text of a cell */
  McBlock *head;
} Table;

/* Where the counts begin; what is left of it is the name's. */
static double
counts_x (const Table *table)
{
  return mc_flow_width (table->flow) - COUNTS_WIDTH;
}

static double
name_width (const Table *table)
{
  return counts_x (table) - NUMBER_COLUMN;
}

static PangoLayout *
cell (const Table *table, const char *text, McFace face, PangoAlignment alignment, double width)
{
  return mc_paper_layout (mc_flow_context (table->flow),
                          text,
                          SIZE,
                          face,
                          alignment,
                          width - 2 * SIDE_PAD);
}

/* Puts @layout in the middle of the box from @top to @bottom. */
static void
centre (McBlock *block, PangoLayout *layout, double x, double top, double bottom)
{
  double y = top + (bottom - top - mc_paper_height (layout)) / 2;

  mc_block_text (block, x + SIDE_PAD, y, layout);
}

/* The upright rules; those between the counts from @top on; and the rule below. */
static void
frame (const Table *table, McBlock *block, double top)
{
  const double outer[] = { 0, NUMBER_COLUMN, counts_x (table), mc_flow_width (table->flow) };
  double x = counts_x (table);

  for (guint i = 0; i < G_N_ELEMENTS (outer); i++)
    mc_block_rule (block, outer[i], 0, outer[i], block->height);
  for (int i = 0; i < COUNTS - 1; i++)
    {
      x += counts_columns[i].width;
      mc_block_rule (block, x, top, x, block->height);
    }
  mc_block_rule (block, 0, block->height, mc_flow_width (table->flow), block->height);
}

static void
add_head (Table *table, double gap)
{
  PangoLayout *number = cell (table, "TT", MC_FACE_BOLD, PANGO_ALIGN_CENTER, NUMBER_COLUMN);
  PangoLayout *name =
      cell (table, "Thành phần hồ sơ", MC_FACE_BOLD, PANGO_ALIGN_CENTER, name_width (table));
  PangoLayout *all = cell (table, "Số lượng", MC_FACE_BOLD, PANGO_ALIGN_CENTER, COUNTS_WIDTH);
  PangoLayout *titles[COUNTS];
  double middle = mc_paper_height (all) + 2 * table->pad;
  double bottom = middle;
  double x = counts_x (table);

  for (int i = 0; i < COUNTS; i++)
    {
      titles[i] = cell (table,
                        counts_columns[i].title,
                        MC_FACE_BOLD,
                        PANGO_ALIGN_CENTER,
                        counts_columns[i].width);
      bottom = MAX (bottom, middle + mc_paper_height (titles[i]) + 2 * table->pad);
    }
  table->head = mc_block_new (gap, bottom);
  table->head->keep = TRUE;
  table->head->role = MC_BLOCK_ROLE_HEAD;
  table->head->whole = table->head;
  centre (table->head, number, 0, 0, bottom);
  centre (table->head, name, NUMBER_COLUMN, 0, bottom);
  centre (table->head, all, counts_x (table), 0, middle);
  for (int i = 0; i < COUNTS; i++)
    {
      centre (table->head, titles[i], x, middle, bottom);
      x += counts_columns[i].width;
    }
  mc_block_rule (table->head, 0, 0, mc_flow_width (table->flow), 0);
  mc_block_rule (table->head, counts_x (table), middle, mc_flow_width (table->flow), middle);
  frame (table, table->head, middle);
  mc_flow_add (table->flow, table->head);
}

static void
add_count (const Table *table, McBlock *row, int column, double x, int count)
{
  g_autofree char *text = count > 0 ? g_strdup_printf ("%02d", count) : g_strdup ("");

  centre (row,
          cell (table, text, MC_FACE_PLAIN, PANGO_ALIGN_CENTER, counts_columns[column].width),
          x,
          0,
          row->height);
}

static void
add_row (const Table *table, guint number, const char *name, const int counts[COUNTS])
{
  g_autofree char *line = mc_paper_line (name);
  g_autofree char *ordinal = g_strdup_printf ("%u", number);
  PangoLayout *layout = cell (table, line, MC_FACE_PLAIN, PANGO_ALIGN_LEFT, name_width (table));
  double x = counts_x (table);
  McBlock *row;

  mc_paper_limit (layout, NAME_LINES);
  row = mc_block_new (0, mc_paper_height (layout) + 2 * table->pad);
  row->repeat = table->head;
  row->role = MC_BLOCK_ROLE_ROW;
  row->whole = table->head;
  centre (row,
          cell (table, ordinal, MC_FACE_PLAIN, PANGO_ALIGN_CENTER, NUMBER_COLUMN),
          0,
          0,
          row->height);
  mc_block_text (row, NUMBER_COLUMN + SIDE_PAD, table->pad, layout);
  for (int i = 0; i < COUNTS; i++)
    {
      add_count (table, row, i, x, counts[i]);
      x += counts_columns[i].width;
    }
  frame (table, row, 0);
  mc_flow_add (table->flow, row);
}

void
mc_parts_table_add (McFlow *flow, double gap, GPtrArray *parts)
{
  Table table = { .flow = flow, .pad = gap / 2 };

  g_return_if_fail (flow != NULL && parts != NULL);

  add_head (&table, gap);
  for (guint i = 0; i < parts->len; i++)
    {
      const McReceiptPart *part = g_ptr_array_index (parts, i);
      const int counts[COUNTS] = { part->originals, part->certified, part->photocopies };

      add_row (&table, i + 1, part->name, counts);
    }
  if (parts->len == 0)
    {
      const int counts[COUNTS] = { 0 };
      g_autofree char *dots =
          mc_paper_dots (mc_flow_context (flow), "", SIZE, name_width (&table) - 2 * SIDE_PAD);

      for (guint i = 1; i <= EMPTY_ROWS; i++)
        add_row (&table, i, dots, counts);
    }
}
