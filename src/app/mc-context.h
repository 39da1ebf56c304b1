/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"
#include "mc-syncer.h"
#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _McCatalogue McCatalogue;

/**
 * McContext:
 * What every page of the window shares. Made once by the application, handed down by pointer, never
 * a global.
 */
typedef struct
{
  McWorker *worker; /* everything that writes or takes long */
  McStore *reader;  /* quick reads for lists, on the window's thread only */
  McSyncer *syncer;
  McStaff *staff;      /* who is signed in; NULL on the sign-in page */
  GSettings *settings; /* NULL where the schema is not installed */
  gint64 seed_done;    /* of a file of the province that is being read; seed_all 0: none is */
  gint64 seed_all;
  McCatalogue *catalogue; /* NULL: not read yet; see mc_catalogue_get() */
} McContext;

/**
 * mc_window_commit_input:
 * Makes the word that the input method is still composing part of its field (ui.md "The input
 * method"): takes the focus away and gives it back. Called before every shortcut and button acts.
 */
void mc_window_commit_input (GtkWindow *window);

/** mc_error_sentence: what happened, what is safe and what to do, for a clerk. Returns: (transfer
 * full) */
char *mc_error_sentence (const GError *error);

G_END_DECLS
