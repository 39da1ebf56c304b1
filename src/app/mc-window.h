/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-door.h"
#include "mc-workflow.h"

G_BEGIN_DECLS

/**
 * McWindow:
 * The one window: opens the profile, lets a person sign in, and holds the pages. Pages ask it for
 * things by its actions: win.open-dossier (s), win.open-draft (s), win.conflicts (s: a dossier or
 * ""), win.correct (s: refused work), win.edit-procedure (s: a code or ""), win.open-own-draft (s),
 * win.back, win.say (s).
 */
#define MC_TYPE_WINDOW (mc_window_get_type ())
G_DECLARE_FINAL_TYPE (McWindow, mc_window, MC, WINDOW, AdwApplicationWindow)

/** mc_window_new: @door: of its profile. */
GtkWidget *mc_window_new (GtkApplication *application, McDoor *door);

/** mc_window_open_own: @page: (nullable): McOwnPage; goes when it was saved */
void mc_window_open_own (McWindow *window, GtkWidget *page);
/** mc_window_say: a short word at the foot of the window. @inside: any widget in it */
void mc_window_say (GtkWidget *inside, const char *text);
/** mc_window_say_error: the same for what did not work. */
void mc_window_say_error (GtkWidget *inside, const GError *error);
/**
 * mc_window_did:
 * Says what was done, with a way back: Ctrl+Z and the toast's button set @group to @old again.
 * @old: what it was before
 */
void mc_window_did (GtkWidget *inside,
                    const char *text,
                    const char *dossier,
                    const char *group,
                    json_t *old);
/** mc_window_moved: the same for steps of dossiers. @backs: (transfer full) (element-type
 * McStepBack): what takes them back; empty where nothing does */
void mc_window_moved (GtkWidget *inside, const char *text, GPtrArray *backs);
/** mc_window_papered: says what was done of @dossier where @step gives the resident a paper, with a
 * button that shows it to be printed. Returns: %FALSE where there is none; nothing is said then */
gboolean
mc_window_papered (GtkWidget *inside, const char *text, const McStep *step, const char *dossier);
/**
 * mc_window_failed:
 * Says that an edit could not be saved, and keeps it at hand: the toast's button and Ctrl+Z save
 * @value once more.
 */
void mc_window_failed (GtkWidget *inside,
                       const GError *error,
                       const char *dossier,
                       const char *group,
                       json_t *value);

/** mc_window_hear: a dossier's code that is read over @other, which lies above the main window,
 * closes it and opens the dossier there. What is typed in it must be kept by then. */
void mc_window_hear (GtkWindow *other);

G_END_DECLS
