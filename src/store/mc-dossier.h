/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/* What the screen shows of dossiers: read only, from the projections. */

/** McQueue: the sidebar's queues. A digit belongs to its queue for ever. */
typedef enum
{
  MC_QUEUE_ALL,
  MC_QUEUE_MINE,       /* 1 Việc của tôi: open, and the next step is one of my role */
  MC_QUEUE_RECEIVED,   /* 2 Mới tiếp nhận */
  MC_QUEUE_SUPPLEMENT, /* 3 Chờ bổ sung */
  MC_QUEUE_APPROVAL,   /* 4 Chờ ký duyệt */
  MC_QUEUE_RETURN,     /* 5 Chờ trả kết quả */
  MC_QUEUE_SOON,       /* 6 Sắp đến hạn: within two working days */
  MC_QUEUE_TODAY,      /* 7 Đến hạn hôm nay */
  MC_QUEUE_OVERDUE,    /* 8 Quá hạn */
  MC_QUEUE_APOLOGY,    /* 9 Phải gửi thư xin lỗi: due by tomorrow or past, no letter yet */
  MC_QUEUE_CONFLICT,   /* Hai người cùng sửa */
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
} McFilter;

/** mc_store_list: row numbers (8 bytes each) of all that match. Returns: (transfer full)
 * (element-type gint64) */
GArray *mc_store_list (McStore *store, const McFilter *filter, GError **error);
/** mc_store_counts: how many in each queue. @ret_counts: %MC_N_QUEUES numbers */
gboolean mc_store_counts (McStore *store, McRole role, guint *ret_counts, GError **error);

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
  char *due; /* local text, or NULL */
  guint contested;
  gboolean waiting; /* has changes that the province has not judged */
} McRow;
void mc_row_free (McRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRow, mc_row_free)
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
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDossier, mc_dossier_free)

/** McSide: one tip of a contested group, for a person to choose from. */
typedef struct
{
  char *op;
  char *value; /* JSON text */
  char *by;    /* full name */
  gint64 at_ms;
  gboolean here; /* made on this desk */
  gboolean stands;
} McSide;
/** McConflict: a contested group: the standing value first. */
typedef struct
{
  char *id; /* "DOSSIER/GROUP" */
  char *dossier;
  char *code;
  char *applicant;
  char *group;
  GPtrArray *sides; /* McSide */
  char *before;     /* JSON text of the value both started from, or NULL */
} McConflict;
void mc_conflict_free (McConflict *conflict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McConflict, mc_conflict_free)
/** mc_store_conflicts: all of them, or those of @dossier. (element-type McConflict) */
GPtrArray *mc_store_conflicts (McStore *store, const char *dossier, GError **error);

/** McWaiting: one change that the province has not judged yet, or has refused. */
typedef struct
{
  char *op;
  char *dossier;
  char *code;
  char *applicant;
  char *verb;
  char *by;
  gint64 at_ms;
  char *ruling;
} McWaiting;
void mc_waiting_free (McWaiting *waiting);
/** mc_store_waiting: what waits to be sent, oldest first. (element-type McWaiting) */
GPtrArray *mc_store_waiting (McStore *store, guint limit, GError **error);
/** mc_store_refused: own changes that the province has refused and nobody has corrected. */
GPtrArray *mc_store_refused (McStore *store, GError **error);

/**
 * mc_store_check:
 * Replays the op log and compares every projection.
 * @ret_faults: (element-type utf8): one line a difference; empty where all is well
 */
gboolean mc_store_check (McStore *store, GPtrArray **ret_faults, GError **error);

G_END_DECLS
