/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"

G_BEGIN_DECLS

/* Short sentences about one dossier. All: Returns: (transfer full) */

/** mc_dossier_person: who handed it in, and for whom where it is somebody else's: "Nguyễn Văn Đình,
 * nộp thay Trần Thị Số". */
char *mc_dossier_person (McRecord *record);

/** mc_dossier_papers: "Giấy tờ 3/3": handed in, of those required and those handed in beyond. */
char *mc_dossier_papers (McRecord *record, const McProcedure *procedure);

/** mc_dossier_fee: "Không thu lệ phí", "Lệ phí 8.000 đ chưa thu", "Lệ phí 8.000 đ đã thu". */
char *mc_dossier_fee (McRecord *record);
/** mc_dossier_fee_open: whether a fee is still to be taken; @ret_amount: 0 where nobody knows how
 * much. */
gboolean mc_dossier_fee_open (McRecord *record, gint64 *ret_amount);

/** mc_dossier_place: "Đăng ký khai sinh · bước 2/4". */
char *mc_dossier_place (const McRow *row);

/** mc_dossier_state: "Đang giải quyết · Nguyễn Thị Bình": the state, and who has it in hand. */
char *mc_dossier_state (McStore *store, const McRow *row);

/** McPaper: a scan of a dossier. */
typedef struct
{
  char *key; /* of the scan among those of the dossier: its part, or "part 2" of one kept beside */
  char *part;
  char *title; /* of the part */
  char *sha256;
} McPaper;
void mc_paper_free (McPaper *paper);
/** mc_dossier_scans: every scan, in the order of the procedure's parts. (element-type McPaper) */
GPtrArray *mc_dossier_scans (McRecord *record, const McProcedure *procedure);

G_END_DECLS
