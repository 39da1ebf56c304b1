/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-chores.h"
#include "mc-door.h"
#include "mc-list-page.h"
#include "mc-page.h"
#include "mc-reader.h"
#include "mc-sidebar.h"
#include "mc-window.h"

G_BEGIN_DECLS

/* The window is split by concern: mc-window.c is the frame, -gate.c lets people in, -lock.c shuts
 * behind them, -keep.c and -making.c keep the work safe, -work.c shows pages, -open.c opens them,
 * -keys.c hears keys, -reader.c hears the card reader. */

/* Room: the context of one person's time at the desk. It outlives the lock and the window: answers
 * of the thread that writes may still be on their way, and pages still closing. */
typedef struct
{
  McContext context;
  McChores *chores; /* (nullable) */
} McRoom;

/* What is done with a whole profile while nobody works in it. */
typedef enum
{
  MC_MAKING_RESTORE,
  MC_MAKING_REKEY,
  MC_MAKING_REBUILD,
} McMakingKind;
typedef struct _McMaking McMaking;

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
  McMaking *making;   /* begins when the room before is closed */
  McArrival *damaged; /* (nullable): at the door of a database that does not open */
  McDoor *backup;     /* (nullable): the one that is being restored */
  char *told;         /* (nullable): what was said of backup and scrub last */
  const char *news;   /* (nullable): said when work begins; static */
  gint64 since_ms;    /* when the window was opened */
  gint64 touched_us;  /* the last key or pointer, by the clock that goes on in sleep */
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
  gboolean watches_network;
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

/* mc-window-making.c */

/** mc_making_new: takes @arrival. */
McMaking *mc_making_new (McMakingKind kind, McDoor *door, McArrival *arrival);
void mc_making_free (McMaking *making);
/** mc_window_make: does it and goes in. Nobody has the profile open. Takes @making. */
void mc_window_make (McWindow *window, McMaking *making);
/** mc_window_make_alone: the same while somebody works: they go out first and come in again. */
void mc_window_make_alone (McWindow *window, McMakingKind kind);

/* mc-window-keep.c */

/** mc_window_start_chores: backup and scrub begin. */
void mc_window_start_chores (McWindow *window);
/** mc_window_begin_telling: what is to be told when work begins. */
void mc_window_begin_telling (McWindow *window);
/** mc_window_tell_keep: what is new of them. */
void mc_window_tell_keep (McWindow *window);
/** mc_window_show_restore: the page that leads to a backup. @error: (nullable): why the last try
 * failed */
void mc_window_show_restore (McWindow *window, const GError *error);
void mc_window_keep_clear (McWindow *window);
void mc_window_keep_class_init (GtkWidgetClass *klass);

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
/** mc_window_offer: says @text, and a button beside it takes @action. */
void mc_window_offer (McWindow *window, const char *text, const char *button, const char *action);
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
/** mc_preferences_present: @safety: at what keeps the work safe */
void mc_preferences_present (McWindow *window, gboolean safety);

/* mc-safety-page.c */
/** mc_safety_page_new: who opens this machine, backup, scrub, key: of who is signed in. */
GtkWidget *mc_safety_page_new (McWindow *window);
/** mc_papers_page_new: how the office's papers look: of who is signed in. */
GtkWidget *mc_papers_page_new (McWindow *window);

G_END_DECLS
