/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The register as a spreadsheet. */
#include "mc-register-form.h"

#include "mc-error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define TITLE "SỔ THEO DÕI HỒ SƠ"
#define FIRST_ROW 4
/* A page's width in the widths of letters. */
#define LETTERS 170.0

typedef struct
{
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *bold, *head, *text, *time;
} Sheet;

static lxw_format *
bordered (lxw_workbook *book)
{
  lxw_format *format = workbook_add_format (book);

  format_set_border (format, LXW_BORDER_THIN);
  format_set_text_wrap (format);
  format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
  return format;
}

static void
make_formats (Sheet *sheet)
{
  sheet->bold = workbook_add_format (sheet->book);
  format_set_bold (sheet->bold);
  sheet->head = bordered (sheet->book);
  format_set_bold (sheet->head);
  format_set_align (sheet->head, LXW_ALIGN_CENTER);
  format_set_align (sheet->head, LXW_ALIGN_VERTICAL_CENTER);
  sheet->text = bordered (sheet->book);
  sheet->time = bordered (sheet->book);
  format_set_num_format (sheet->time, "dd/mm/yyyy hh:mm");
}

static void
write_titles (Sheet *sheet, const char *office, const char *field, const char *period)
{
  const McRegisterColumn *columns = mc_register_columns ();
  g_autofree char *span = g_strdup_printf ("%s, %s", field, period);

  worksheet_write_string (sheet->sheet, 0, 0, office, sheet->bold);
  worksheet_write_string (sheet->sheet, 1, 0, TITLE, sheet->bold);
  worksheet_write_string (sheet->sheet, 2, 0, span, NULL);
  for (lxw_col_t i = 0; i < MC_REGISTER_COLUMNS; i++)
    {
      g_autofree char *title = columns[i].group != NULL
                                   ? g_strdup_printf ("%s: %s", columns[i].group, columns[i].title)
                                   : g_strdup (columns[i].title);

      worksheet_set_column (sheet->sheet, i, i, columns[i].share * LETTERS, NULL);
      worksheet_write_string (sheet->sheet, FIRST_ROW - 1, i, title, sheet->head);
    }
  worksheet_freeze_panes (sheet->sheet, FIRST_ROW, 0);
  worksheet_repeat_rows (sheet->sheet, FIRST_ROW - 1, FIRST_ROW - 1);
  worksheet_set_landscape (sheet->sheet);
  worksheet_set_paper (sheet->sheet, 9);
  worksheet_fit_to_pages (sheet->sheet, 1, 0);
}

/* As the office's clocks show it: a spreadsheet knows no time zones. */
static void
write_time (Sheet *sheet, lxw_row_t row, lxw_col_t column, GDateTime *time)
{
  lxw_datetime value;

  if (time == NULL)
    {
      worksheet_write_blank (sheet->sheet, row, column, sheet->time);
      return;
    }
  value = (lxw_datetime){ .year = g_date_time_get_year (time),
                          .month = g_date_time_get_month (time),
                          .day = g_date_time_get_day_of_month (time),
                          .hour = g_date_time_get_hour (time),
                          .min = g_date_time_get_minute (time) };
  worksheet_write_datetime (sheet->sheet, row, column, &value, sheet->time);
}

static void
write_line (Sheet *sheet, const McRegisterLine *line, guint place)
{
  lxw_row_t row = FIRST_ROW + place - 1;
  g_autoptr (GDateTime) received = mc_local (line->received_ms);
  g_autoptr (GDateTime) due = line->due != NULL ? mc_local_parse (line->due) : NULL;
  g_autoptr (GDateTime) returned = line->returned_ms > 0 ? mc_local (line->returned_ms) : NULL;
  GDateTime *times[] = { received, due, returned };

  if (line->ordinal > 0)
    worksheet_write_number (sheet->sheet, row, 0, (double)line->ordinal, sheet->text);
  for (lxw_col_t i = 1; i < MC_REGISTER_COLUMNS; i++)
    {
      g_autofree char *cell = NULL;

      if (i >= 6 && i < 6 + G_N_ELEMENTS (times))
        {
          write_time (sheet, row, i, times[i - 6]);
          continue;
        }
      /* A text, whatever it begins with: a name is never a formula. */
      cell = mc_register_cell (line, i);
      worksheet_write_string (sheet->sheet, row, i, cell, sheet->text);
    }
}

static gboolean
fail (GError **error, const char *path, int errsv, const char *what)
{
  g_set_error (error,
               MC_ERROR,
               errsv == ENOSPC || errsv == EDQUOT ? MC_ERROR_FULL : MC_ERROR_STORE,
               "cannot write %s: %s",
               path,
               what);
  return FALSE;
}

/* Durable under its own name before it takes the place of an older file. */
static gboolean
put_in_place (const char *temporary, const char *path, GError **error)
{
  int fd = g_open (temporary, O_RDWR | O_CLOEXEC, 0);
  int errsv = fd < 0 || fsync (fd) != 0 ? errno : 0;

  if (fd >= 0)
    close (fd);
  if (errsv == 0 && g_rename (temporary, path) != 0)
    errsv = errno;
  return errsv == 0 ? TRUE : fail (error, path, errsv, g_strerror (errsv));
}

gboolean
mc_register_write_sheet (GPtrArray *lines,
                         const char *office,
                         const char *field,
                         const char *period,
                         const char *path,
                         GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *temporary = NULL;
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  Sheet sheet = { NULL };
  lxw_error problem;
  int fd;

  g_return_val_if_fail (lines != NULL && period != NULL && path != NULL, FALSE);

  folder = g_path_get_dirname (path);
  temporary = g_build_filename (folder, ".motcua-XXXXXX.xlsx", NULL);
  /* Names people: readable by its owner only, from the first byte on. */
  fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (error, path, errno, g_strerror (errno));
  close (fd);
  options.tmpdir = folder;
  sheet.book = workbook_new_opt (temporary, &options);
  sheet.sheet = workbook_add_worksheet (sheet.book, "STD");
  make_formats (&sheet);
  write_titles (&sheet,
                office != NULL ? office : "",
                field != NULL ? field : "Tất cả các lĩnh vực",
                period);
  for (guint i = 0; i < lines->len; i++)
    write_line (&sheet, lines->pdata[i], i + 1);
  errno = 0;
  problem = workbook_close (sheet.book);
  if (problem == LXW_NO_ERROR && put_in_place (temporary, path, error))
    return TRUE;
  if (problem != LXW_NO_ERROR)
    fail (error, path, errno, lxw_strerror (problem));
  (void)g_unlink (temporary);
  return FALSE;
}
