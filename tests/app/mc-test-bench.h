/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-support.h"

G_BEGIN_DECLS

/** McTestBench: a desk with its thread that writes and somebody signed in, for pages in a window.
 */
typedef struct
{
  McTestOffice *office; /* its store and desk are closed: the worker has the profile */
  McContext context;
  GtkWidget *window;
} McTestBench;

/** mc_test_bench: @login is signed in. */
McTestBench *mc_test_bench (McTestOffice *office, const char *login);
void mc_test_bench_free (McTestBench *bench);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McTestBench, mc_test_bench_free)
/** mc_test_bench_show: puts @page into a window of its own. */
void mc_test_bench_show (McTestBench *bench, GtkWidget *page);
/** mc_test_bench_settle: waits until the thread that writes has answered all that was asked of it.
 */
void mc_test_bench_settle (McTestBench *bench);

/** mc_test_find: the first widget under @root of @type named @name for a screen reader, or %NULL.
 */
GtkWidget *mc_test_find (GtkWidget *root, GType type, const char *name);

/** mc_test_find_button: the button that shows @text as a label of its own. */
GtkWidget *mc_test_find_button (GtkWidget *root, const char *text);

G_END_DECLS
