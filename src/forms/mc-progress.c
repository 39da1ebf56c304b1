/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-progress.h"

static GPrivate watched;

void
mc_progress_watch (McProgress *progress)
{
  g_private_set (&watched, progress);
}

void
mc_progress_tell (guint done, guint total)
{
  McProgress *progress = g_private_get (&watched);

  if (progress == NULL)
    return;
  g_atomic_int_set (&progress->total, (gint)total);
  g_atomic_int_set (&progress->done, (gint)done);
}

double
mc_progress_part (McProgress *progress)
{
  gint total = g_atomic_int_get (&progress->total);

  return total > 0 ? MIN (1.0, (double)g_atomic_int_get (&progress->done) / total) : 0;
}
