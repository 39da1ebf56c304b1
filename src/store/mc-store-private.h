/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"
#include "mc-profile.h"

G_BEGIN_DECLS

/* McLookBack: how far the screen's past is looked back at; see mc-look-back.h. */
typedef struct _McLookBack McLookBack;

struct _McStore
{
  char *profile;
  McDb *db;
  const McClock *clock;
  int lock; /* descriptor of the lock file; -1 for a reader */
  gboolean changed;
  GHashTable
      *procedures; /* code → McProcedure as of today, or empty; see mc_store_forget_catalogue() */
  McCalendar *calendar;
  McDataKey *data_key; /* NULL: a plain profile */
  McSecretKey *key;    /* the device's, once read; wiped on closing */
  GHashTable *put_off; /* sha256 → mono ms before which the scan is not tried again */
  char *wanted;        /* sha256 of the scan that somebody waits for */
  gint64 waiting;      /* how many held ops are not in the feed, once counted; -1: not known */
  gint stopped;        /* atomic: a backup under way is given up */
  char *machine;       /* which machine this is; "": not known */
  McLookBack *back;    /* (nullable) */
};

/** mc_store_workflow: the workflow that a dossier keeps; the usual one where it is not known. */
const McWorkflow *mc_store_workflow (McStore *store, const char *dossier);

/** mc_store_forget_catalogue: what was read of the catalogue and calendar is read anew. */
void mc_store_forget_catalogue (McStore *store);
/** mc_store_change_catalogue: the same, and whoever reads beside knows it by
 * mc_store_catalogue_mark(). */
gboolean mc_store_change_catalogue (McStore *store, GError **error);

/** mc_store_project: brings the projections of @record up to date. Inside the caller's transaction.
 */
gboolean mc_store_project (McStore *store, McRecord *record, GError **error);

/** mc_store_documents: every scan that any tip of a part names, standing or not, belongs to the
 * dossier. Returns: (transfer full) (element-type json_t) */
GPtrArray *mc_store_documents (McRecord *record);
/** mc_store_linked_status: the state and the promise that are shown: of a parent dossier they
 * follow from its children. Both: (transfer full) (nullable) */
void mc_store_linked_status (McStore *store, McRecord *record, char **ret_state, char **ret_due);
/** mc_store_put_search: @texts: what the dossier at @row is searched by. */
gboolean
mc_store_put_search (McStore *store, gint64 row, gboolean is_new, GPtrArray *texts, GError **error);
/** mc_store_drop_search: it is searched no more. */
gboolean mc_store_drop_search (McStore *store, gint64 row, GError **error);
/** mc_store_search: the condition on a dossier's row that it matches @search, with @ret_match as
 * its first parameter where that is not %NULL. */
char *mc_store_search (McStore *store, const char *search, char **ret_match, GError **error);
/** mc_store_today: ISO date. Returns: (transfer full) */
char *mc_store_today (McStore *store);
/** mc_store_procedure_here: whether it is no other office's own. */
gboolean mc_store_procedure_here (McStore *store, const McProcedure *procedure);
/** mc_store_project_blobs: the scans that the record names are to be here. */
gboolean mc_store_project_blobs (McStore *store, McRecord *record, GError **error);
/** mc_store_unproject: takes a record off the screen. */
gboolean mc_store_unproject (McStore *store, const char *record, GError **error);

/**
 * mc_store_append:
 * Signs an op of this device, judges it on the screen's state and keeps it with its projections.
 * Inside the caller's transaction. @base %NULL: what is on the screen now for every group written.
 * @instead: (nullable): the refused op that it corrects
 * Returns: (transfer full): the op; %NULL with #MC_ERROR_REFUSED where the judge here refuses it
 */
McOp *mc_store_append (McStore *store,
                       const char *by,
                       const char *on,
                       const char *verb,
                       json_t *body,
                       json_t *base,
                       const char *instead,
                       GError **error);

/** mc_store_adopt_key: takes the device's key into the database, from where version 1 kept it. */
gboolean mc_store_adopt_key (McStore *store, GError **error);
/** mc_store_drop_old_key: takes it away from there. */
void mc_store_drop_old_key (McStore *store);
/**
 * mc_store_open_telling: mc_store_open_on(), which ends an upgrade that was begun; @tell hears of
 * it.
 */
McStore *mc_store_open_telling (const char *profile,
                                const McClock *clock,
                                McDataKey *key,
                                const char *machine,
                                McProfileTell tell,
                                gpointer data,
                                GError **error);

/* What a new key or an upgrade left to be done (mc-work.c). @vault: (nullable) */
/** mc_work_swap: before the database is opened. */
gboolean mc_work_swap (const char *profile, McVault *vault, GError **error);
/** mc_work_end: after it was. */
gboolean
mc_work_end (McStore *store, McVault *vault, McProfileTell tell, gpointer data, GError **error);
/** mc_work_blob: the bytes of a plain scan, encrypted where they belong and read back. %TRUE also
 * where the plain file is not what it should be: the scan is then fetched again. */
gboolean mc_work_blob (McStore *store, const char *sha256, GError **error);
/* Where a damaged database is made anew, below the profile. */
#define MC_REBUILD_FOLDER "rebuild"
/** mc_work_remove_tree: a folder and all below it; links are not followed. */
void mc_work_remove_tree (const char *folder);
/** mc_work_sync_folder: names in @folder are on the disk for good. */
gboolean mc_work_sync_folder (const char *folder);

/** mc_store_raise_epoch: the database and the key file belong together, and are one opening
 * further. @allow: also where one of them is older */
gboolean mc_store_raise_epoch (McStore *store, McVault *vault, gboolean allow, GError **error);

/** mc_store_look_around: notes on which machine the profile is opened. */
gboolean mc_store_look_around (McStore *store, const char *machine, GError **error);
/** mc_store_note_correction: @op corrects a refused one, if it says so. */
gboolean mc_store_note_correction (McStore *store, const McOp *op, GError **error);

/** mc_conflict_new: of a plain value, without sides. */
McConflict *
mc_conflict_new (const char *dossier, const char *code, const char *applicant, const char *group);
/** mc_conflict_find_kind: sets what @conflict is, its sides being there. */
void mc_conflict_find_kind (McStore *store, McConflict *conflict, const McGroupState *state);
/** mc_store_read_side: what the op @op said of @group. Returns: (transfer full) */
McSide *mc_store_read_side (McStore *store,
                            const char *op,
                            const char *group,
                            const char *value,
                            gboolean stands);
/** mc_store_other: what is known here of a dossier. @said: (nullable): what the province said of it
 */
McOther *mc_store_other (McStore *store, const char *id, json_t *said);
/** mc_store_add_codes: adds a conflict for each code that two dossiers carry. */
gboolean
mc_store_add_codes (McStore *store, const char *dossier, GPtrArray *conflicts, GError **error);
/** mc_store_project_code: whether the code of a dossier is an open question. */
gboolean mc_store_project_code (McStore *store, const char *code, GError **error);

/** mc_store_hold_blob: notes that a scan is on this disk. */
gboolean mc_store_hold_blob (McStore *store, const char *sha256, gint64 size, GError **error);
/** mc_store_blob_left: a dossier that named it has left: mc_departed_sweep() removes it in time. */
gboolean mc_store_blob_left (McStore *store, const char *sha256, GError **error);
/** mc_store_blob_stays: it is wanted here after all. */
gboolean mc_store_blob_stays (McStore *store, const char *sha256, GError **error);
/** mc_store_name_blob: notes that a dossier names a scan. */
gboolean mc_store_name_blob (McStore *store, const char *sha256, gint64 size, GError **error);

/**
 * mc_store_replay_of:
 * A record's ops in the order the screen follows: the feed's with its rulings, then what waits.
 * @ret_rulings: owns the forced rulings; @ret_ops owns the ops
 */
GArray *mc_store_replay_of (McStore *store,
                            const char *record,
                            GPtrArray **ret_ops,
                            GPtrArray **ret_rulings,
                            GError **error);

/** mc_store_follows_feed: whether the held ops of a record already show what the feed says. */
gboolean mc_store_follows_feed (McStore *store, const char *record);

/** mc_store_hold: keeps the line of an op that this desk did not hold. @ruling: "" where a rebase
 * follows that gives it one */
gboolean mc_store_hold (McStore *store, const McOp *op, const char *ruling, GError **error);
/** mc_store_rebase: brings a record up to date: the feed, then what waits. @always: also where the
 * held ops seem to show what the feed says */
gboolean mc_store_rebase (McStore *store, const char *record, gboolean always, GError **error);
/** mc_store_catch_up: brings up what an older program kept without reading it. */
gboolean mc_store_catch_up (McStore *store, GError **error);
/** mc_store_rebase_all: the records in @records, a set of ids. */
gboolean mc_store_rebase_all (McStore *store, GHashTable *records, gboolean always, GError **error);

/** McMeeting: what ops of others tell beside what they say: how far other clocks are, and that this
 * desk has a twin. */
typedef struct
{
  gint64 now; /* ms */
  gint64 before, stamp;
  char *device; /* this desk's */
} McMeeting;
void mc_meeting_clear (McMeeting *meeting);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McMeeting, mc_meeting_clear)
void mc_meeting_begin (McStore *store, McMeeting *meeting);
/** mc_store_meet: an op that was not held before. */
gboolean mc_store_meet (McStore *store, McMeeting *meeting, const McOp *op, GError **error);
/** mc_meeting_end: keeps how far the clocks are. */
gboolean mc_meeting_end (McStore *store, const McMeeting *meeting, GError **error);

/* What a new desk is told ahead of its feed (mc-first.c). */
/** mc_store_first_begin: it will ask for it, unless something of a feed is held. */
gboolean mc_store_first_begin (McStore *store, GError **error);
/** mc_store_first_end: the feed is read, or another one is. */
gboolean mc_store_first_end (McStore *store, GError **error);
/** mc_store_first_take: what @answer says outside its page. After the page was taken. */
gboolean mc_store_first_take (McStore *store, const McSyncAnswer *answer, GError **error);
/** mc_store_comes_back: whether a record that line @n of the feed takes away is known to be back,
 * or to have left again, by a later line. */
gboolean mc_store_comes_back (McStore *store, const char *record, gint64 n);
/** MC_SQL_JUDGED: of an op `o`: the province's word on it is in the feed, or came ahead of it. */
#define MC_SQL_JUDGED                                                                              \
  "(EXISTS (SELECT 1 FROM feed f WHERE f.op = o.id AND f.last = 1) OR "                            \
  "(EXISTS (SELECT 1 FROM fact WHERE key = 'first') AND "                                          \
  "EXISTS (SELECT 1 FROM said t WHERE t.op = o.id))) "

/** mc_store_hidden: whether the record has left the sight of this office. */
gboolean mc_store_hidden (McStore *store, const char *record);
/** mc_store_hidden_before: whether a line before @n took it away. */
gboolean mc_store_hidden_before (McStore *store, const char *record, gint64 n);
/** mc_store_hide: takes it away, as line @n of the feed says. */
gboolean mc_store_hide (McStore *store, const char *record, gint64 n, GError **error);
gboolean mc_store_unhide (McStore *store, const char *record, GError **error);
/** mc_store_drop_delivered: forgets lines of other offices that the province has taken. */
gboolean mc_store_drop_delivered (McStore *store, const McSyncAnswer *answer, GError **error);

/** mc_store_go_back: to the newest of @points (McCursor, newest first) that this desk's feed has
 * too. */
gboolean mc_store_go_back (McStore *store, GArray *points, GError **error);
gboolean mc_store_set_cursor (McStore *store, const McCursor *cursor, GError **error);

G_END_DECLS
