/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-register-form.h"

#include "mc-field.h"
#include "mc-form-head.h"
#include "mc-form-private.h"
#include "mc-format.h"
#include "mc-table.h"
#include <string.h>

#define TITLE "Sổ theo dõi hồ sơ"
#define TITLE_LINES "SỔ THEO DÕI HỒ SƠ"
#define EVERY_FIELD "tất cả các lĩnh vực"
#define GIVEN "Nhận và trả kết quả"
#define GAP 6.0
#define SIZE 10.0
#define NOTES_SIZE 11.0
#define NUMBER "............/STD-{symbol}"
/* An empty book still has rows for the pen. */
#define EMPTY_ROWS 6
#define CODE_COLUMN 1

const McRegisterColumn *
mc_register_columns (void)
{
  static const McRegisterColumn columns[MC_REGISTER_COLUMNS] = {
    { "STT", NULL, 0.05 },
    { "Mã hồ sơ", NULL, 0.13 },
    { "Tên TTHC", NULL, 0.125 },
    { "Tên tổ chức, cá nhân", NULL, 0.115 },
    { "Địa chỉ, số điện thoại", NULL, 0.14 },
    { "Cơ quan chủ trì giải quyết", NULL, 0.10 },
    { "Nhận hồ sơ", GIVEN, 0.075 },
    { "Hẹn trả kết quả", GIVEN, 0.075 },
    { "Trả kết quả", GIVEN, 0.075 },
    { "Phương thức nhận kết quả", GIVEN, 0.065 },
    { "Ký nhận", GIVEN, 0.05 },
  };

  return columns;
}

static char *
time_cell (gint64 ms)
{
  g_autoptr (GDateTime) time = ms > 0 ? mc_local (ms) : NULL;

  return time != NULL ? mc_format_time (time) : g_strdup ("");
}

static char *
due_cell (const char *due)
{
  g_autoptr (GDateTime) time = due != NULL ? mc_local_parse (due) : NULL;

  return time != NULL ? mc_format_time (time) : g_strdup ("");
}

static char *
place_cell (const McRegisterLine *line)
{
  if (mc_field_filled (line->address) && mc_field_filled (line->phone))
    return g_strdup_printf ("%s; %s", line->address, line->phone);
  return g_strdup (mc_field_filled (line->address) ? line->address
                   : line->phone != NULL           ? line->phone
                                                   : "");
}

char *
mc_register_cell (const McRegisterLine *line, guint column)
{
  const char *texts[] = { NULL, line->code, line->procedure, line->applicant, NULL, line->office };

  switch (column)
    {
    case 0:
      return line->ordinal > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, line->ordinal)
                               : g_strdup ("");
    case 4:
      return place_cell (line);
    case 6:
      return time_cell (line->received_ms);
    case 7:
      return due_cell (line->due);
    case 8:
      return time_cell (line->returned_ms);
    case 9:
      return g_strdup (line->pickup != NULL ? line->pickup : "");
    default:
      return g_strdup (column < G_N_ELEMENTS (texts) && texts[column] != NULL ? texts[column] : "");
    }
}

/* Before its serial number, and not in the middle of one. */
static void
break_code (char **code)
{
  char *last = strrchr (*code, '-');
  g_autofree char *whole = *code;

  *code = last != NULL ? g_strdup_printf ("%.*s\n%s", (int)(last + 1 - whole), whole, last + 1)
                       : g_steal_pointer (&whole);
}

static GPtrArray *
cells_of (GPtrArray *lines)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  for (guint i = 0; i < lines->len; i++)
    {
      GStrv cells = g_new0 (char *, MC_REGISTER_COLUMNS + 1);

      for (guint column = 0; column < MC_REGISTER_COLUMNS; column++)
        cells[column] = mc_register_cell (lines->pdata[i], column);
      break_code (&cells[CODE_COLUMN]);
      g_ptr_array_add (rows, cells);
    }
  return rows;
}

static void
add_table (McFlow *flow, GPtrArray *lines)
{
  const McRegisterColumn *all = mc_register_columns ();
  g_autoptr (GPtrArray) rows = cells_of (lines);
  McColumn columns[MC_REGISTER_COLUMNS];

  for (guint i = 0; i < MC_REGISTER_COLUMNS; i++)
    columns[i] = (McColumn){ all[i].title, all[i].share, all[i].group };
  mc_table_add (flow,
                GAP,
                SIZE,
                columns,
                MC_REGISTER_COLUMNS,
                rows,
                lines->len > 0 ? 0 : EMPTY_ROWS);
}

McForm *
mc_register_form (GPtrArray *lines,
                  const McLetterhead *letterhead,
                  const char *field,
                  const char *period,
                  const char *date)
{
  return mc_register_form_as (lines, NULL, letterhead, field, period, date);
}

McForm *
mc_register_form_as (GPtrArray *lines,
                     const McPaperStyle *style,
                     const McLetterhead *letterhead,
                     const char *field,
                     const char *period,
                     const char *date)
{
  static const McPaperStyle plain = { 0 };
  PangoContext *context;
  McFlow *flow;
  g_autofree char *title = NULL;

  g_return_val_if_fail (lines != NULL && letterhead != NULL && period != NULL, NULL);

  style = style != NULL ? style : &plain;
  title = g_strdup_printf ("%s, %s", style->title != NULL ? style->title : TITLE, period);
  context = mc_paper_context ();
  flow = mc_flow_new_on (context, mc_sheet_lying ());
  mc_form_head_add (flow,
                    &(McFormHead){ .letterhead = letterhead,
                                   .date = date,
                                   .title = style->heading != NULL ? style->heading : TITLE_LINES,
                                   .form = style->form,
                                   .label = "Lĩnh vực: ",
                                   .code = field != NULL ? field : EVERY_FIELD,
                                   .symbol = "",
                                   .number = style->number != NULL ? style->number : NUMBER });
  mc_field_add (flow, GAP, "Thời gian:", period, MC_FACE_PLAIN, TRUE);
  add_table (flow, lines);
  if (style->notes != NULL)
    mc_field_add_text (flow, 2 * GAP, style->notes, NOTES_SIZE, FALSE);
  mc_flow_lay (flow);
  g_object_unref (context);
  return mc_form_new (title, field, flow);
}
