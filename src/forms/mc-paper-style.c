/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-paper-style.h"

McPaperStyle *
mc_paper_style_new (void)
{
  return g_new0 (McPaperStyle, 1);
}

void
mc_paper_style_free (McPaperStyle *style)
{
  if (style == NULL)
    return;
  g_free (style->form);
  g_free (style->title);
  g_free (style->heading);
  g_free (style->number);
  g_free (style->notes);
  g_free (style->issue.number);
  g_free (style);
}

void
mc_paper_style_issue (McPaperStyle *style, const McIssue *issue)
{
  g_return_if_fail (style != NULL);

  g_free (style->issue.number);
  style->issue = (McIssue){ 0 };
  if (issue == NULL)
    return;
  style->issue = *issue;
  style->issue.number = g_strdup (issue->number);
  style->issue.op = NULL;
}
