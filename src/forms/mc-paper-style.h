/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"
#include "mc-printed.h"

G_BEGIN_DECLS

/** McPaperStyle: how one of the office's papers looks, and what it bears this time. What is %NULL
 * is as the form itself says. */
typedef struct
{
  char *form;    /* "Mẫu số 02": above the head; NULL: not printed */
  char *title;   /* as it is said in a list */
  char *heading; /* on the paper, in capitals */
  char *number;  /* the pattern of the number line: "{number}/PBS-{symbol}" */
  char *notes;   /* below everything, small */
  McFormShape shape;
  McIssue issue;
} McPaperStyle;

McPaperStyle *mc_paper_style_new (void);
void mc_paper_style_free (McPaperStyle *style);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McPaperStyle, mc_paper_style_free)
/** mc_paper_style_issue: what the paper bears from now on. @issue: (nullable): is copied */
void mc_paper_style_issue (McPaperStyle *style, const McIssue *issue);

G_END_DECLS
