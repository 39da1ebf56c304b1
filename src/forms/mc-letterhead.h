/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * McLetterhead:
 * How an office's name stands on its papers. An office is enrolled under the name that people use
 * ("Trung tâm PVHCC xã Thử Nghiệm", "UBND phường Hồng Hà"); a form writes it out, the superior body
 * above the unit.
 */
typedef struct
{
  char *superior; /* "ỦY BAN NHÂN DÂN XÃ THỬ NGHIỆM"; NULL for another kind of office */
  char *unit; /* "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"; NULL where the office is not known */
  char *symbol; /* of the number line: "TTPVHCC" or "BPTNTKQ" */
  char *office; /* in running text: "Trung tâm Phục vụ hành chính công xã Thử Nghiệm"; or NULL */
  char *place; /* before the date: "Thử Nghiệm"; NULL where the name does not tell */
} McLetterhead;

/** mc_letterhead_new: @office_name: (nullable). Returns: (transfer full) */
McLetterhead *mc_letterhead_new (const char *office_name);
void mc_letterhead_free (McLetterhead *head);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McLetterhead, mc_letterhead_free)

G_END_DECLS
