/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** McProgress: how far a long paper is, written by the thread that makes it and read by another.
 * Atomic; @total 0: nothing is known yet. */
typedef struct
{
  gint done, total;
} McProgress;

/** mc_progress_watch: from now on what this thread makes says in @progress how far it is.
 * @progress: (nullable): no more. Borrowed. */
void mc_progress_watch (McProgress *progress);
/** mc_progress_tell: for who makes: @done of @total rows or pages. */
void mc_progress_tell (guint done, guint total);
/** mc_progress_part: Returns: 0 to 1 */
double mc_progress_part (McProgress *progress);

G_END_DECLS
