/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"
#include "mc-letterhead.h"
#include "mc-paper-style.h"
#include "mc-register-read.h"

G_BEGIN_DECLS

/** MC_REGISTER_COLUMNS: of Mẫu 07 (TT 03/2025/TT-VPCP, Phụ lục I). */
#define MC_REGISTER_COLUMNS 11

/** McRegisterColumn: the same for the screen, the printer and the spreadsheet. */
typedef struct
{
  const char *title;
  const char *group; /* (nullable): the title above it */
  double share;      /* of the width of a page */
} McRegisterColumn;

/** mc_register_columns: %MC_REGISTER_COLUMNS of them. Static. */
const McRegisterColumn *mc_register_columns (void);
/** mc_register_cell: what stands in a column of the line; "" where it is for the pen, as the number
 * of a line is that the province does not have yet. Returns: (transfer full) */
char *mc_register_cell (const McRegisterLine *line, guint column);

/**
 * mc_register_form:
 * Mẫu 07 "Sổ theo dõi hồ sơ" lying, of @lines (#McRegisterLine).
 * @field: (nullable): of work: NULL: all of them
 * @period: "tháng 11 năm 2026"
 * @date: (nullable): when it is printed
 * Returns: (transfer full)
 */
McForm *mc_register_form (GPtrArray *lines,
                          const McLetterhead *letterhead,
                          const char *field,
                          const char *period,
                          const char *date);
/** mc_register_form_as: the same, as the office has its papers. @style: (nullable) */
McForm *mc_register_form_as (GPtrArray *lines,
                             const McPaperStyle *style,
                             const McLetterhead *letterhead,
                             const char *field,
                             const char *period,
                             const char *date);

/**
 * mc_register_write_sheet:
 * The same as a spreadsheet (XLSX), times as times. All of the file or nothing.
 * Errors: #MC_ERROR_FULL, #MC_ERROR_STORE
 */
gboolean mc_register_write_sheet (GPtrArray *lines,
                                  const char *office,
                                  const char *field,
                                  const char *period,
                                  const char *path,
                                  GError **error);

G_END_DECLS
