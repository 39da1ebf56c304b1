/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-flow.h"
#include "mc-letterhead.h"
#include "mc-printed.h"

G_BEGIN_DECLS

/** McFormHead: the upper part of the first page, the same on every form of Phụ lục I. */
typedef struct
{
  const McLetterhead *letterhead;
  const char *date; /* (nullable): "ngày 21 tháng 11 năm 2026" */
  const char
      *code; /* (nullable): of the dossier, below the title, and as a QR symbol below the number */
  const char *title;   /* upper case; "\n" between its lines */
  const char *label;   /* (nullable): before the code; NULL: "Mã hồ sơ: " */
  const char *symbol;  /* (nullable): what the QR symbol says, where it is not the code */
  gboolean unnumbered; /* without a number line: the paper is no act of the office */
  gboolean uncoded;    /* without a dossier's code: it is about several, or none */
  const char *number; /* (nullable): after "Số: ", "{symbol}" being the office's; NULL: Mẫu 01's */
  const char *form;     /* (nullable): "Mẫu số 01", above everything */
  const McIssue *issue; /* (nullable): its number, and whether it was printed before */
} McFormHead;

/**
 * mc_form_head_add:
 * Left the office with its rule, the number and the QR symbol; right the name of the state, its
 * motto with its rule, place and date; between them the title with the dossier code.
 */
void mc_form_head_add (McFlow *flow, const McFormHead *head);

/** MC_FORM_DATE_BLANK: a date for the pen. */
#define MC_FORM_DATE_BLANK "ngày ....... tháng ....... năm ..........."

G_END_DECLS
