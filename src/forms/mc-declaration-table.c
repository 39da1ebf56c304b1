/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in ruled cells: rows of people or things, and fixed rows with what is filled in. */
#include "mc-declaration-sheet.h"

#include "mc-paper.h"
#include "mc-table.h"
#include <string.h>

#define TABLE_SIZE 12.0
/* More columns than this are written smaller. */
#define COLUMNS_USUAL 7
#define CROWDED_SIZE 10.0

static double
size_for (size_t columns)
{
  return columns > COLUMNS_USUAL ? CROWDED_SIZE : TABLE_SIZE;
}

/* @ret_used: (inout): set where the row says anything */
static GStrv
row_of (const McSheetOf *sheet, const json_t *block, guint row, gboolean *ret_used)
{
  const json_t *columns = json_object_get (block, "columns");
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();

  for (size_t i = 0; i < json_array_size (columns); i++)
    {
      const char *field = mc_json_string (json_array_get (columns, i), "field");
      g_autofree char *name =
          g_strdup_printf ("%s.%u.%s", mc_json_string (block, "table"), row, field);
      g_autofree char *text = field != NULL ? mc_declaration_value (sheet, name)
                              : i == 0      ? g_strdup_printf ("%u", row)
                                            : NULL;

      *ret_used = *ret_used || (field != NULL && text != NULL);
      g_strv_builder_add (cells, text != NULL ? text : " ");
    }
  return g_strv_builder_end (cells);
}

void
mc_declaration_table (const McSheetOf *sheet, const json_t *block)
{
  const json_t *titles = json_object_get (block, "columns");
  size_t count = json_array_size (titles);
  g_autofree McColumn *columns = g_new0 (McColumn, count);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  const McBlank *blank = mc_declaration_blank (sheet->declaration, mc_json_string (block, "table"));
  guint used = 0;

  for (size_t i = 0; i < count; i++)
    {
      const json_t *column = json_array_get (titles, i);

      columns[i].title = mc_json_string (column, "title");
      columns[i].share = json_number_value (json_object_get (column, "width"));
    }
  for (guint row = 1; row <= blank->rows; row++)
    {
      gboolean filled = FALSE;

      g_ptr_array_add (rows, row_of (sheet, block, row, &filled));
      used = filled ? row : used;
    }
  used = MAX (used, MIN ((guint)mc_json_int (block, "blank", 1), rows->len));
  g_ptr_array_set_size (rows, (gint)used);
  mc_table_add (sheet->flow, sheet->gap, size_for (count), columns, (guint)count, rows, 0);
}

/* What the pen writes has room for two lines; an X needs none. */
static const char *
empty_cell (const char *text)
{
  return strchr (text, '{') != NULL && strchr (text, '=') == NULL ? " \n " : " ";
}

/* What is not known leaves an empty cell. */
static GStrv
cells_of (const McSheetOf *sheet, const json_t *texts)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();

  for (size_t i = 0; i < json_array_size (texts); i++)
    {
      const char *said = json_string_value (json_array_get (texts, i));
      g_autofree char *text = mc_declaration_cell (sheet, said);

      g_strv_builder_add (cells, *text != '\0' ? text : empty_cell (said));
    }
  return g_strv_builder_end (cells);
}

void
mc_declaration_grid (const McSheetOf *sheet, const json_t *block)
{
  const json_t *grid = json_object_get (block, "grid");
  const json_t *widths = json_object_get (block, "widths");
  const json_t *head = json_array_get (grid, 0);
  size_t count = json_array_size (widths);
  g_autofree McColumn *columns = g_new0 (McColumn, count);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  for (size_t i = 0; i < count; i++)
    {
      columns[i].title = json_string_value (json_array_get (head, i));
      columns[i].share = json_number_value (json_array_get (widths, i));
    }
  for (size_t row = 1; row < json_array_size (grid); row++)
    g_ptr_array_add (rows, cells_of (sheet, json_array_get (grid, row)));
  mc_table_add (sheet->flow, sheet->gap, size_for (count), columns, (guint)count, rows, 0);
}
