/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-table.h"

#include "mc-paper.h"

#define SIZE 12.0
#define PAD 3.0
#define CELL_LINES 40
/* Room for two names and two signatures. */
#define BLANK_HEIGHT (26.0 * MC_PAPER_MM)

typedef struct
{
  McFlow *flow;
  const McColumn *columns;
  guint n_columns;
  McBlock *head;
} Table;

/* Returns: (transfer full): one text in its column, cut where no page could hold it. */
static PangoLayout *
cell (const Table *table, guint column, const char *text, gboolean head)
{
  PangoLayout *layout = mc_paper_layout (mc_flow_context (table->flow),
                                         text,
                                         SIZE,
                                         head ? MC_FACE_BOLD : MC_FACE_PLAIN,
                                         head ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT,
                                         table->columns[column].share * MC_PAPER_TEXT - 2 * PAD);

  mc_paper_limit (layout, CELL_LINES);
  return layout;
}

static void
rule_around (const Table *table, McBlock *block)
{
  double x = 0;

  for (guint i = 0; i < table->n_columns; i++)
    {
      mc_block_rule (block, x, 0, x, block->height);
      x += table->columns[i].share * MC_PAPER_TEXT;
    }
  mc_block_rule (block, MC_PAPER_TEXT, 0, MC_PAPER_TEXT, block->height);
  mc_block_rule (block, 0, block->height, MC_PAPER_TEXT, block->height);
}

/* @cells: (nullable): titles of the columns; none: a row for the pen */
static McBlock *
row_block (const Table *table, double gap, const char *const *cells, gboolean head)
{
  McBlock *block = mc_block_new (gap, cells != NULL ? 0 : BLANK_HEIGHT);
  double x = 0;

  for (guint i = 0; cells != NULL && i < table->n_columns && cells[i] != NULL; i++)
    {
      PangoLayout *layout = cell (table, i, cells[i], head);

      block->height = MAX (block->height, mc_paper_height (layout) + 2 * PAD);
      mc_block_text (block, x + PAD, PAD, layout);
      x += table->columns[i].share * MC_PAPER_TEXT;
    }
  rule_around (table, block);
  return block;
}

static McBlock *
head_block (const Table *table, double gap)
{
  g_autofree const char **titles = g_new0 (const char *, table->n_columns + 1);
  McBlock *block;

  for (guint i = 0; i < table->n_columns; i++)
    titles[i] = table->columns[i].title;
  block = row_block (table, gap, titles, TRUE);
  mc_block_rule (block, 0, 0, MC_PAPER_TEXT, 0);
  block->keep = TRUE;
  return block;
}

void
mc_table_add (McFlow *flow,
              double gap,
              const McColumn *columns,
              guint n_columns,
              GPtrArray *rows,
              guint blank)
{
  Table table = { flow, columns, n_columns, NULL };
  guint filled = rows != NULL ? rows->len : 0;

  g_return_if_fail (flow != NULL && columns != NULL && n_columns > 0);

  table.head = mc_flow_add (flow, head_block (&table, gap));
  for (guint i = 0; i < MAX (filled, blank); i++)
    {
      const char *const *cells = i < filled ? rows->pdata[i] : NULL;
      McBlock *row = row_block (&table, 0, cells, FALSE);

      row->repeat = table.head;
      mc_flow_add (flow, row);
    }
}
