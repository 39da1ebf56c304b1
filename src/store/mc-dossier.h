/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/* What the screen shows of dossiers: read only, from the projections. */

/** McQueue: the sidebar's queues. A digit belongs to its queue for ever. */
typedef enum
{
  MC_QUEUE_ALL,
  MC_QUEUE_MINE,       /* 1 Việc của tôi: the next step is one of my role, and it is mine or
                          nobody's */
  MC_QUEUE_RECEIVED,   /* 2 Mới tiếp nhận */
  MC_QUEUE_SUPPLEMENT, /* 3 Chờ bổ sung */
  MC_QUEUE_APPROVAL,   /* 4 Chờ ký duyệt */
  MC_QUEUE_RETURN,     /* 5 Chờ trả kết quả */
  MC_QUEUE_SOON,       /* 6 Sắp đến hạn: within two working days */
  MC_QUEUE_TODAY,      /* 7 Đến hạn hôm nay */
  MC_QUEUE_OVERDUE,    /* 8 Quá hạn */
  MC_QUEUE_APOLOGY,    /* 9 Phải gửi thư xin lỗi: one working day left or less, none sent */
  MC_QUEUE_CONFLICT,   /* Hai người cùng sửa */
  MC_QUEUE_MOVED,      /* Lịch đổi, xem lại hẹn trả */
  MC_QUEUE_DRAFT,      /* Hồ sơ nháp */
  MC_QUEUE_WAITING,    /* Chờ gửi */
  MC_N_QUEUES,
} McQueue;

/** McFilter: which dossiers, newest first (the queues by deadline: soonest first). */
typedef struct
{
  McQueue queue;
  const char
      *search; /* (nullable): any case, with or without diacritics; code, name, number, phone */
  McRole role; /* for MC_QUEUE_MINE */
  const char *staff; /* (nullable): for MC_QUEUE_MINE: whose; %NULL: whoever has it in hand */
} McFilter;

/** mc_store_list: row numbers (8 bytes each) of all that match. Returns: (transfer full)
 * (element-type gint64) */
GArray *mc_store_list (McStore *store, const McFilter *filter, GError **error);
/** mc_store_counts: how many in each queue, for @staff (nullable). @ret_counts: %MC_N_QUEUES
 * numbers */
gboolean
mc_store_counts (McStore *store, McRole role, const char *staff, guint *ret_counts, GError **error);

/** McRow: one line of the list. */
typedef struct
{
  gint64 row;
  char *id;
  char *code;
  char *applicant;
  char *applicant_id;
  char *phone;
  char *procedure; /* code */
  char *procedure_name;
  char *state;
  gint64 received_ms;
  char *due;                  /* local text, or NULL */
  const McWorkflow *workflow; /* of mc_store_dossier(); in a list NULL, see mc_row_workflow() */
  char *assignee;             /* staff id of who has it in hand, or NULL */
  char *parent;               /* of a child of an interlinked dossier: the parent's id; else NULL */
  gboolean linked;            /* it is a parent: its state follows from its children */
  guint contested;
  gboolean waiting; /* has changes that the province has not judged */
} McRow;
void mc_row_free (McRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRow, mc_row_free)
/** mc_row_workflow: the workflow that the dossier keeps, the usual one where it was not looked at.
 */
const McWorkflow *mc_row_workflow (const McRow *row);
/** mc_store_rows: the rows with these numbers, in this order; one that is gone is skipped.
 * (element-type McRow) */
GPtrArray *mc_store_rows (McStore *store, const gint64 *numbers, guint length, GError **error);

/** mc_store_resolve: the record id of a dossier given by id or code; #MC_ERROR_NOT_FOUND. Returns:
 * (transfer full) */
char *mc_store_resolve (McStore *store, const char *id_or_code, GError **error);

/** McEvent: one line of the timeline: who did what when. */
typedef struct
{
  char *op;
  gint64 at_ms;
  char *by; /* full name, or the staff id where unknown */
  char *verb;
  char *detail; /* JSON text of the body */
  char *ruling; /* mc_ruling_text() as it stands here */
  gboolean waiting;
  gboolean readable; /* FALSE: of a newer program; shown as a change, no more */
} McEvent;
void mc_event_free (McEvent *event);

/** McDossier: one dossier whole. */
typedef struct
{
  McRow *row;
  McRecord *record;  /* groups and tips */
  GPtrArray *events; /* McEvent, oldest first by (at, id) */
} McDossier;
/** mc_store_dossier: Returns: (transfer full): or %NULL with #MC_ERROR_NOT_FOUND */
McDossier *mc_store_dossier (McStore *store, const char *id, GError **error);
void mc_dossier_free (McDossier *dossier);
/** mc_store_procedure_of: the procedure as it was when @dossier was received, else as it is today.
 * Returns: (transfer full) (nullable) */
McProcedure *mc_store_procedure_of (McStore *store, const McDossier *dossier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDossier, mc_dossier_free)

/** McConflictKind: what two people did without seeing each other; one sentence each. */
typedef enum
{
  MC_CONFLICT_VALUE,       /* two values of one group */
  MC_CONFLICT_STEPS,       /* two steps */
  MC_CONFLICT_WITHDRAWAL,  /* a step, and the applicant has withdrawn */
  MC_CONFLICT_DOCUMENTS,   /* two documents for one part: see mc_conflict_both() */
  MC_CONFLICT_FEES,        /* the fee was taken twice */
  MC_CONFLICT_SETTLEMENTS, /* two people settled one conflict, differently */
  MC_CONFLICT_CHANGED,     /* approved or returned beside a change of what was decided on: see
                              `changes` */
  MC_CONFLICT_TRANSFERS,   /* handed over to different offices */
  MC_CONFLICT_TWIN, /* the same resident received twice for the same matter: mc_desk_answer_twin()
                     */
  MC_CONFLICT_CODE, /* two dossiers with one printed code: mc_desk_answer_twin() */
} McConflictKind;

/** McSide: one tip of a contested group, for a person to choose from. */
typedef struct
{
  char *op;
  char *value; /* JSON text */
  char *by;    /* full name */
  gint64 at_ms;
  gboolean here; /* made on this desk */
  gboolean stands;
  char *group;      /* the group written */
  char *verb;       /* of its op */
  char *step;       /* (nullable): of a step, its name */
  gboolean settles; /* its op ended a conflict */
  char *document;   /* (nullable): SHA-256 of the document in the value */
} McSide;

/** McOther: another dossier that a conflict names. What is not known here is NULL. */
typedef struct
{
  char *id;
  char *code;
  char *applicant;
  char *office; /* name */
  char *procedure_name;
  gint64 received_ms; /* 0: not known here */
  gboolean here;      /* it can be opened on this desk */
} McOther;
void mc_other_free (McOther *other);

/** McConflict: a contested group: the standing value first. A twin or a code printed twice has at
 * most one side (what the province said), and the dossiers are in `others`. */
typedef struct
{
  char *id; /* "DOSSIER/GROUP" */
  McConflictKind kind;
  char *dossier;
  char *code;
  char *applicant;
  char *group;
  GPtrArray *sides;   /* McSide */
  GPtrArray *others;  /* McOther: the other dossiers */
  GPtrArray *changes; /* McSide: what was changed beside a decision, where it can be told */
  char *before;       /* JSON text of the value both started from, or NULL */
} McConflict;
void mc_conflict_free (McConflict *conflict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McConflict, mc_conflict_free)
/** mc_store_conflicts: all of them, or those of @dossier. (element-type McConflict) */
GPtrArray *mc_store_conflicts (McStore *store, const char *dossier, GError **error);
/** mc_conflict_both: for two documents of one part: the value that keeps both, the standing one
 * first, the others in "also". Returns: (transfer full) (nullable): %NULL for other kinds */
json_t *mc_conflict_both (const McConflict *conflict);

/** mc_store_together: all dossiers that stand on one receipt with @dossier, it too, in the order in
 * which they were received; %NULL where it stands alone. Returns: (transfer full) (nullable)
 * (element-type McDossier) */
GPtrArray *mc_store_together (McStore *store, const McDossier *dossier);

/** McMatter: what a resident comes for. Everything is borrowed. */
typedef struct
{
  const char *number; /* (nullable): of whose case it is */
  const char *name;   /* (nullable): with `dob`, where either side has no number */
  const char *dob;
  const char *procedure; /* code */
} McMatter;
/** mc_store_same_matter: the open dossiers of the last 60 days of this resident under this
 * procedure that this desk knows, sent or not, newest first. Returns: (transfer full) (element-type
 * McRow) */
GPtrArray *mc_store_same_matter (McStore *store, const McMatter *matter, GError **error);

/** McWaitingKind: why a change is in a list of what is not done. */
typedef enum
{
  MC_WAITING_TO_SEND, /* not judged yet: sent with the next contact, or on its way */
  MC_WAITING_MISSING, /* sent; there it waits for a change that it was built on */
  MC_WAITING_TOO_NEW, /* the province's program is too old for it: sent again after its upgrade */
  MC_WAITING_REFUSED, /* `reason` says why */
} McWaitingKind;

/** McWaiting: one change that the province has not judged yet, or has refused. */
typedef struct
{
  McWaitingKind kind;
  char *op;
  char *dossier;
  char *code;
  char *applicant;
  char *verb;
  char *by;
  gint64 at_ms;
  char *ruling;
  char *reason;   /* (nullable): of a refusal, its machine word: "right", "office", "step", … */
  char *detail;   /* JSON text of the body, to be corrected: see mc_desk_resend() */
  gboolean yours; /* made on this desk; FALSE: carried for another */
} McWaiting;
void mc_waiting_free (McWaiting *waiting);
/** mc_store_waiting: what the province has not judged, oldest first. (element-type McWaiting) */
GPtrArray *mc_store_waiting (McStore *store, guint limit, GError **error);
/** mc_store_refused: changes made on this desk (also when it was another device) that the province
 * has refused and that were neither corrected nor set aside, oldest first. (element-type McWaiting)
 */
GPtrArray *mc_store_refused (McStore *store, GError **error);
guint mc_store_refused_count (McStore *store);

/** McNotice: a verdict that is another since the province was restored. */
typedef struct
{
  gint64 id;
  gint64 noticed_ms;
  char *op;
  char *dossier;
  char *code;
  char *applicant;
  char *verb;
  char *by;
  gint64 at_ms;
  char *before; /* mc_ruling_text() as it was shown */
  char *after;  /* as it is now */
} McNotice;
void mc_notice_free (McNotice *notice);
/** mc_store_notices: those that nobody has marked as seen, oldest first. (element-type McNotice) */
GPtrArray *mc_store_notices (McStore *store, GError **error);
guint mc_store_notice_count (McStore *store);
/** mc_store_notice_seen: @id: of one; 0: all. */
gboolean mc_store_notice_seen (McStore *store, gint64 id, GError **error);

/**
 * mc_store_check:
 * Replays the op log and compares every projection.
 * @ret_faults: (element-type utf8): one line a difference; empty where all is well
 */
gboolean mc_store_check (McStore *store, GPtrArray **ret_faults, GError **error);

G_END_DECLS
