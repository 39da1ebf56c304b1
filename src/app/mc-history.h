/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"
#include "mc-words.h"

G_BEGIN_DECLS

/** McHistoryMark: what became of a line of the timeline. */
typedef enum
{
  MC_HISTORY_FINE,
  MC_HISTORY_WAITING,   /* not judged by the province yet */
  MC_HISTORY_CONTESTED, /* kept beside what stands */
  MC_HISTORY_REFUSED,
} McHistoryMark;

/** McHistoryLine: one line of the timeline: who did what when, and what it was before. */
typedef struct
{
  gint64 at_ms;
  char *who;
  char *what;   /* "sửa Số điện thoại" */
  char *before; /* or NULL */
  char *after;  /* or NULL */
  McHistoryMark mark;
  char *reason; /* of a refusal, as a clerk understands it, or NULL */
} McHistoryLine;
void mc_history_line_free (McHistoryLine *line);

/**
 * mc_history:
 * The timeline of a dossier, oldest first.
 * @names: (nullable)
 * Returns: (transfer full) (element-type McHistoryLine)
 */
GPtrArray *mc_history (const McDossier *dossier, const McNames *names);

G_END_DECLS
