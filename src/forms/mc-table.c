/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-table.h"

#include "mc-paper.h"
#include "mc-progress.h"

#define PAD 3.0
#define CELL_LINES 24
/* Texts that are remembered: a register repeats its procedures, offices and hours. */
#define SET_MAX 512
/* Room for two names and two signatures. */
#define BLANK_HEIGHT (26.0 * MC_PAPER_MM)

typedef struct
{
  McFlow *flow;
  double size; /* of the letters */
  const McColumn *columns;
  guint n_columns;
  McBlock *head;
  GHashTable *set; /* column and text → PangoLayout: what stands in many rows is set once */
} Table;

static double
width_of (const Table *table, guint column)
{
  return table->columns[column].share * mc_flow_width (table->flow);
}

/* Returns: (transfer full): one text in its column, cut where no page could hold it. */
static PangoLayout *
cell (const Table *table, double width, const char *text, gboolean head)
{
  PangoLayout *layout = mc_paper_layout (mc_flow_context (table->flow),
                                         text,
                                         table->size,
                                         head ? MC_FACE_BOLD : MC_FACE_PLAIN,
                                         head ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT,
                                         width - 2 * PAD);

  mc_paper_limit (layout, CELL_LINES);
  return layout;
}

/* The upright rules, each from @tops on (NULL: from the top), and the rule below. */
static void
frame (const Table *table, McBlock *block, const double *tops)
{
  double x = 0;

  for (guint i = 0; i < table->n_columns; i++)
    {
      mc_block_rule (block, x, tops != NULL ? tops[i] : 0, x, block->height);
      x += width_of (table, i);
    }
  mc_block_rule (block, x, 0, x, block->height);
  mc_block_rule (block, 0, block->height, x, block->height);
}

/* Returns: (transfer full) */
static PangoLayout *
row_cell (const Table *table, guint column, const char *text)
{
  g_autofree char *key = g_strdup_printf ("%u %s", column, text);
  PangoLayout *layout = g_hash_table_lookup (table->set, key);

  if (layout != NULL)
    return g_object_ref (layout);
  layout = cell (table, width_of (table, column), text, FALSE);
  if (g_hash_table_size (table->set) < SET_MAX)
    g_hash_table_insert (table->set, g_steal_pointer (&key), g_object_ref (layout));
  return layout;
}

/* @cells: (nullable): none: a row for the pen */
static McBlock *
row_block (const Table *table, const char *const *cells)
{
  McBlock *block = mc_block_new (0, cells != NULL ? 0 : BLANK_HEIGHT);
  double x = 0;

  for (guint i = 0; cells != NULL && i < table->n_columns && cells[i] != NULL; i++)
    {
      PangoLayout *layout = row_cell (table, i, cells[i]);

      block->height = MAX (block->height, mc_paper_height (layout) + 2 * PAD);
      mc_block_text (block, x + PAD, PAD, layout);
      x += width_of (table, i);
    }
  block->repeat = table->head;
  block->role = MC_BLOCK_ROLE_ROW;
  block->whole = table->head;
  frame (table, block, NULL);
  return block;
}

/* How many columns from @first on stand under one title, or 0 where it stands alone. */
static guint
group_length (const Table *table, guint first)
{
  const char *group = table->columns[first].group;
  guint length = 0;

  while (group != NULL && first + length < table->n_columns &&
         g_strcmp0 (table->columns[first + length].group, group) == 0)
    length++;
  return length;
}

/* The titles of groups, on a line of their own above those of their columns.
 * Returns: where that line ends; 0: there is none. @tops: where each column's own part begins */
static double
add_groups (const Table *table, McBlock *block, double *tops)
{
  double line = 0, x = 0;

  for (guint i = 0; i < table->n_columns;)
    {
      guint length = MAX (group_length (table, i), 1);
      double width = 0;

      for (guint k = i; k < i + length; k++)
        width += width_of (table, k);
      if (table->columns[i].group != NULL)
        {
          PangoLayout *layout = cell (table, width, table->columns[i].group, TRUE);

          line = MAX (line, mc_paper_height (layout) + 2 * PAD);
          mc_block_text (block, x + PAD, PAD, layout);
          for (guint k = i + 1; k < i + length; k++)
            tops[k] = 1;
        }
      x += width;
      i += length;
    }
  for (guint i = 0; i < table->n_columns; i++)
    tops[i] *= line;
  return line;
}

static void
add_titles (const Table *table, McBlock *block, double line)
{
  g_autofree PangoLayout **titles = g_new0 (PangoLayout *, table->n_columns);
  double x = 0;

  for (guint i = 0; i < table->n_columns; i++)
    {
      double top = table->columns[i].group != NULL ? line : 0;

      titles[i] = cell (table, width_of (table, i), table->columns[i].title, TRUE);
      block->height = MAX (block->height, top + mc_paper_height (titles[i]) + 2 * PAD);
    }
  for (guint i = 0; i < table->n_columns; i++)
    {
      double top = table->columns[i].group != NULL ? line : 0;
      double room = block->height - top - mc_paper_height (titles[i]);

      mc_block_text (block, x + PAD, top + room / 2, titles[i]);
      if (top > 0)
        mc_block_rule (block, x, top, x + width_of (table, i), top);
      x += width_of (table, i);
    }
}

static McBlock *
head_block (const Table *table, double gap)
{
  g_autofree double *tops = g_new0 (double, table->n_columns);
  McBlock *block = mc_block_new (gap, 0);

  add_titles (table, block, add_groups (table, block, tops));
  mc_block_rule (block, 0, 0, mc_flow_width (table->flow), 0);
  frame (table, block, tops);
  block->role = MC_BLOCK_ROLE_HEAD;
  block->whole = block;
  block->keep = TRUE;
  return block;
}

void
mc_table_add (McFlow *flow,
              double gap,
              double size,
              const McColumn *columns,
              guint n_columns,
              GPtrArray *rows,
              guint blank)
{
  g_autoptr (GHashTable) set =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  Table table = { flow, size, columns, n_columns, NULL, set };
  guint filled = rows != NULL ? rows->len : 0;

  g_return_if_fail (flow != NULL && columns != NULL && n_columns > 0);

  table.head = mc_flow_add (flow, head_block (&table, gap));
  for (guint i = 0; i < MAX (filled, blank); i++)
    {
      mc_flow_add (flow, row_block (&table, i < filled ? rows->pdata[i] : NULL));
      mc_progress_tell (i + 1, MAX (filled, blank));
    }
}
