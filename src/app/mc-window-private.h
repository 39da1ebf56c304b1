/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-door.h"
#include "mc-list-page.h"
#include "mc-page.h"
#include "mc-reader.h"
#include "mc-sidebar.h"
#include "mc-window.h"

G_BEGIN_DECLS

/* The window is split by concern: mc-window.c is the frame, -gate.c lets people in, -lock.c shuts
 * behind them, -work.c shows pages, -open.c opens them, -keys.c hears keys, -reader.c hears the
 * card reader. */

/* Room: the context of one person's time at the desk. It outlives the lock and the window: answers
 * of the thread that writes may still be on their way, and pages still closing. */
typedef struct
{
  McContext context;
} McRoom;

/* Place: where somebody was when it was locked. Ids only: nothing of a resident. */
typedef struct
{
  char *login;
  McQueue queue;
  GPtrArray *pages; /* (element-type McPlacePage) */
} McPlace;

struct _McWindow
{
  AdwApplicationWindow parent_instance;
  McDoor *door;
  McRoom *room;      /* of who is signed in, else an empty one; owned by the application */
  char *author;      /* who was signed in last: a staff id */
  McPlace *place;    /* (nullable): where that was */
  McArrival *enters; /* (nullable): at the open door while the room before is still closing */
  gboolean closing;
  gint64 touched_us; /* the last key or pointer, by the clock that goes on in sleep */
  guint idle_tick;
  McReader *reader;
  GtkWidget *sign_in;  /* while it is shown */
  GtkWidget *fetching; /* while the office is fetched for the first time */

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
  gint64 toast_us; /* since when it is there, at the latest */
  gint64 quiet_us; /* when the one before it is out */
  char *undo_by;   /* whose act it is; nobody else may take it back in his place */
  char *undo_dossier;
  char *undo_group;
  json_t *undo_value;
  GPtrArray *undo_steps; /* McStepBack: the steps that take back the last act; NULL: it was none */
  gboolean undo_saves;   /* it was never saved: not the way back but once more */

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

/* mc-window-gate.c */

/** mc_window_gate: shows the way in that the profile needs, or what is wrong with it. */
void mc_window_gate (McWindow *window);
/** mc_window_show_gate: @page instead of work. */
void mc_window_show_gate (McWindow *window, GtkWidget *page);
/** mc_window_show_sign_in: @login: (nullable): who is chosen. */
void mc_window_show_sign_in (McWindow *window, const char *login);
/** mc_window_enter: opens the profile for who is at the door. Takes @entry. */
void mc_window_enter (McWindow *window, McArrival *entry);
void mc_window_gate_class_init (GtkWidgetClass *klass);

/* mc-window-lock.c */

/** mc_window_new_room: an empty one, owned by the application. */
void mc_window_new_room (McWindow *window);
/** mc_window_lock: what was typed is kept, then nothing here can be read without a secret. */
void mc_window_lock (McWindow *window);
/** mc_window_wait_closed: until the thread that writes has ended; for a window that closes. */
void mc_window_wait_closed (McWindow *window);
/** mc_window_look_idle: locks where nobody has touched it for long. @now_us: of
 * mc_window_awake_us()
 */
void mc_window_look_idle (McWindow *window, gint64 now_us);
/** mc_window_awake_us: a clock that goes on while the PC sleeps. */
gint64 mc_window_awake_us (void);
/** mc_window_find_place: opens what was open for the same person. */
void mc_window_find_place (McWindow *window);
void mc_window_lock_init (McWindow *window);
void mc_window_lock_clear (McWindow *window);
void mc_window_lock_class_init (GtkWidgetClass *klass);

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
void mc_window_open_draft (McWindow *window, const char *draft);
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
