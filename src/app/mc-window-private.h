/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-list-page.h"
#include "mc-page.h"
#include "mc-reader.h"
#include "mc-sidebar.h"
#include "mc-window.h"

G_BEGIN_DECLS

/* The window is split by concern: mc-window.c opens the profile and lets people in, -work.c shows
 * pages, -open.c opens them, -keys.c hears keys, -reader.c hears the card reader. */

/* Room: the context and what must outlive the window: answers of the thread that writes may still
 * be on their way. */
typedef struct
{
  McContext context;
  GPtrArray *former; /* McStaff: people who signed out; their pages may still be closing */
} McRoom;

struct _McWindow
{
  AdwApplicationWindow parent_instance;
  char *profile;
  McRoom *room; /* owned by the application */
  McReader *reader;
  GtkWidget *sign_in; /* while it is shown */

  McSidebar *sidebar;
  McListPage *list;
  GtkWidget *base; /* list, conflicts, waiting or drafts */
  GQueue pushed;   /* GtkWidget: pages above it, the last one is shown */
  McQueue queue;
  guint minute; /* source that renews the words about time */
  guint search_wait;
  gboolean counting;
  gboolean reading_catalogue;
  gboolean count_again;
  gboolean narrow;
  guint narrow_idle;

  AdwToast *toast; /* weak: the last one shown */
  char *undo_by;   /* whose act it is; nobody else may take it back in his place */
  char *undo_dossier;
  char *undo_group;
  json_t *undo_value;
  gboolean undo_saves; /* it was never saved: not the way back but once more */

  AdwToastOverlay *toasts;
  GtkStack *stages;
  AdwBin *gate;
  GtkSpinner *spinner;
  GtkToggleButton *fold;
  GtkButton *receive; /* where the sidebar that has it is folded */
  GtkButton *back;
  GtkLabel *office;
  GtkSearchEntry *search;
  GtkButton *sync;
  GtkLabel *sync_label;
  GtkMenuButton *user;
  AdwFlap *flap;
  GtkStack *pages;
  GtkWidget *foot;
  GtkLabel *foot_label;
};

/* mc-window-work.c */
void mc_window_start_work (McWindow *window);
void mc_window_end_work (McWindow *window);
void mc_window_show_queue (McWindow *window, McQueue queue);
void mc_window_push (McWindow *window, GtkWidget *page);
void mc_window_pop (McWindow *window);
/* The page that is shown. */
GtkWidget *mc_window_top (McWindow *window);
void mc_window_refresh (McWindow *window);
void mc_window_show_sync (McWindow *window);
void mc_window_set_narrow (McWindow *window, gboolean narrow);
void mc_window_search_changed (McWindow *window);
gboolean mc_window_working (McWindow *window);

/* mc-window-open.c */
void mc_window_open_dossier (McWindow *window, const char *id);
/* Whether the person may receive dossiers or at least prepare them. */
gboolean mc_window_may_receive (McWindow *window);
void mc_window_open_class_init (GtkWidgetClass *klass);

/* mc-window-say.c */
void mc_window_say_class_init (GtkWidgetClass *klass);
/** mc_window_withdraw_undo: who signs out takes the way back along; what could not be saved stays
 * for him. */
void mc_window_withdraw_undo (McWindow *window);
/** mc_window_renew_undo: only its author may press what a toast offers. After who is signed in has
 * changed. */
void mc_window_renew_undo (McWindow *window);

/* mc-window-keys.c */
void mc_window_keys_class_init (GtkWidgetClass *klass);
void mc_window_keys_init (McWindow *window);

/* mc-window-reader.c */
void mc_window_reader_init (McWindow *window);

/* mc-preferences.c */
void mc_preferences_present (McWindow *window);

G_END_DECLS
