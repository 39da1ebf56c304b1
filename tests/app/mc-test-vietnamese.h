/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mc_test_vietnamese:
 * Starts a test of words: the words that a clerk reads are the ones that are tested, so the
 * catalogue of the build must be there.
 */
void mc_test_vietnamese (int *argc, char ***argv);

G_END_DECLS
