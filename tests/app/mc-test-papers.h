/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Scans, good and bad, made where a test needs them. All: Returns: (transfer full): the path. */

/** mc_test_paper: a PDF of @pages pages of @width × @height points. */
char *
mc_test_paper (const char *folder, const char *name, guint pages, double width, double height);
/** mc_test_paper_torn: the first @keep bytes of @path. */
char *mc_test_paper_torn (const char *folder, const char *path, gsize keep);
/** mc_test_paper_locked: @path behind a password; %NULL where there is no qpdf. */
char *mc_test_paper_locked (const char *folder, const char *path);
/** mc_test_paper_text: a file that only claims to be a PDF. */
char *mc_test_paper_text (const char *folder);

G_END_DECLS
