/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-ahead.h"
#include "mc-keyring.h"
#include "mc-ledger.h"
#include "mc-province.h"
#include "mc-register.h"

G_BEGIN_DECLS

#define MC_PROVINCE_VERSION 5
#define MC_PROVINCE_RESOURCES "/vn/motcua/server"

#define MC_FACT_DEVICE "device" /* the province's own, which makes its ops; never cached */
#define MC_FACT_N "n"           /* of its last op */

/* Of the procedures those that are everybody's: nobody has sight of them alone. */
#define MC_PROCEDURE_COMMON "NOT EXISTS (SELECT 1 FROM sight s WHERE s.record = procedure.id)"

struct _McProvince
{
  char *data;
  const McClock *clock;
  McKeyring *keyring;
  McDb *db;
  McRegister *devices; /* every certificate issued, apart from the database */
  GHashTable *touched; /* offices whose feed grew in the transaction under way */
  GHashTable *heads;   /* office → McCursor: the ends of the feeds met in this transaction */
  guint taking;        /* how often lines were taken */
  gboolean acted;      /* the province itself made an op in this transaction */
  McProvinceWatch watch;
  gpointer watch_data;
  gint64 data_version; /* of SQLite: moves when another process commits */
};

/* mc-province.c */

/** _mc_province_begin: starts the one transaction that a caller's act is. */
gboolean _mc_province_begin (McProvince *province, GError **error);
/** _mc_province_end: commits where @ok, else rolls back; after a commit the watch is called. */
gboolean _mc_province_end (McProvince *province, gboolean ok, GError **error);
/** _mc_province_own_device: what the province signs as now; another process may have changed it. */
char *_mc_province_own_device (McProvince *province, GError **error);
gint64 _mc_province_fact_int (McProvince *province, const char *key, gint64 otherwise);
gboolean
_mc_province_set_fact (McProvince *province, const char *key, const char *value, GError **error);
gboolean
_mc_province_set_fact_int (McProvince *province, const char *key, gint64 value, GError **error);
/** _mc_province_has: whether the query has a row; one text parameter @a, or two. @b: (nullable) */
gboolean _mc_province_has (McProvince *province,
                           const char *sql,
                           const char *a,
                           const char *b,
                           gboolean *ret_has,
                           GError **error);
/** _mc_province_column: the first column of every row. @a: (nullable): the one text parameter.
 * (element-type utf8) */
GPtrArray *
_mc_province_column (McProvince *province, const char *sql, const char *a, GError **error);

/* mc-province-feed.c */

/** _mc_feed_append: adds an entry for op @op (or record, for "gone") at the end of the feed of
 * @office. */
gboolean _mc_feed_append (McProvince *province,
                          const char *office,
                          const McFeedEntry *entry,
                          const char *op,
                          GError **error);
/** _mc_feed_append_held: adds an op that the ledger holds, unless the feed has it. */
gboolean
_mc_feed_append_held (McProvince *province, const char *office, const char *op, GError **error);
/** _mc_feed_append_past: adds every op of the record of @but but @but, in commit order. */
gboolean
_mc_feed_append_past (McProvince *province, const char *office, const McOp *but, GError **error);
/** _mc_feed_holds: whether the cursor is a point of the office's feed. */
gboolean _mc_feed_holds (McProvince *province,
                         const char *office,
                         const McCursor *cursor,
                         gboolean *ret_holds,
                         GError **error);
/** _mc_feed_follows: whether what the desk follows is this feed: its cursor, and the point up to
 * which it was told ahead of that. */
gboolean _mc_feed_follows (McProvince *province,
                           const char *office,
                           const McSyncRequest *request,
                           gboolean *ret_follows,
                           GError **error);
/** _mc_feed_head: the feed's last number and hash; 0 and "" for one that is empty. */
gboolean
_mc_feed_head (McProvince *province, const char *office, McCursor *ret_head, GError **error);
/** _mc_feed_news: adds what comes after the point of answer->first, and moves that. */
gboolean _mc_feed_news (McProvince *province,
                        const char *office,
                        gint64 limit,
                        McSyncAnswer *answer,
                        GError **error);
/** _mc_feed_page: fills cursor, head, reset and entries of @answer. @brought: ids of the ops whose
 * line the reader has just sent: their entries have the id for a line, and those in the page get
 * the value 1. */
gboolean _mc_feed_page (McProvince *province,
                        const char *office,
                        const McSyncRequest *request,
                        GHashTable *brought,
                        McSyncAnswer *answer,
                        GError **error);

/* mc-province-first.c */

/** _mc_first_page: what a new desk is told ahead of its feed; fills first and said of @answer,
 * whose kind of desk is known. */
gboolean _mc_first_page (McProvince *province,
                         const char *office,
                         const McSyncRequest *request,
                         McSyncAnswer *answer,
                         GError **error);
/** _mc_first_note: whether the record that was just changed is one that a new desk needs at once.
 */
gboolean _mc_first_note (McProvince *province, McRecord *record, GError **error);
/** _mc_first_needed: the same, of the state alone. */
gboolean _mc_first_needed (McRecord *record);

/* mc-province-take.c */

/** McTaking: what is known of an op beside what it says. Borrowed. */
typedef struct
{
  const char *office;  /* (nullable): of the device that made it */
  const char *refusal; /* (nullable): why it is not even judged */
  McJudgeFlags flags;
} McTaking;

/** _mc_province_take: judges a genuine op, keeps it, and tells everybody who must know. */
McRuling *
_mc_province_take (McProvince *province, const McOp *op, const McTaking *taking, GError **error);

/* mc-province-sight.c */

/** _mc_sight_of: the offices that handle the dossier as it stands: what its group says, or the one
 * that received it. (element-type utf8) */
GPtrArray *_mc_sight_of (McRecord *record);
/** _mc_sight_moves: whether an op of this verb and body may change who sees its record. */
gboolean _mc_sight_moves (const McOp *op);
/** _mc_sight_move: who sees @record now and did not is told its past; @readers gains them, and
 * @lost is who sees it no more. */
gboolean _mc_sight_move (McProvince *province,
                         const McOp *op,
                         McRecord *record,
                         GPtrArray *readers,
                         GPtrArray *lost,
                         GError **error);

/* mc-province-line.c */

/** McLine: one line that a request brought, taken apart and looked at. */
typedef struct
{
  McPushed pushed;
  const McDevice *seems; /* (nullable): who it seems to be of, before it is taken apart */
  gboolean verified;     /* by the key of that device, which it was */
  gboolean settled;      /* see _mc_lines_get() */
  McOp *op;              /* (nullable): NULL: not an op */
  gboolean shaped;       /* its body is what its verb asks for */
  gboolean genuine;      /* signed by the device that it names, or by the province */
  char *office;          /* (nullable): of that device */
  const char *wrong;     /* (nullable): why nothing is kept of it */
  gboolean stranger;     /* nor of this one yet: the device that it names is not known here */
  gboolean newer;        /* nor of this one: this program is too old for it */
} McLine;

/** McLines: the lines of one request, which other processors read ahead. */
typedef struct
{
  McProvince *province;
  GPtrArray *all;      /* McLine; not to be looked at but through _mc_lines_get() */
  GHashTable *devices; /* id → McDevice, or NULL: none */
  McAhead *ahead;
} McLines;
/** _mc_lines_read: %NULL where the database failed */
McLines *_mc_lines_read (McProvince *province, GPtrArray *texts, GError **error);
void _mc_lines_free (McLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McLines, _mc_lines_free)
/** _mc_lines_get: the line at @place, read and verified. Returns: (transfer none), or %NULL where
 * the database failed */
McLine *_mc_lines_get (McLines *lines, guint place, GError **error);

/** _mc_line_taking: by its receipt, or by the right of its author. @ret_refusal: keeps the reason
 * alive */
gboolean _mc_line_taking (McProvince *province,
                          const McLine *line,
                          McJudgeFlags flags,
                          McTaking *ret_taking,
                          GError **error);

/* mc-province-orphan.c */

/** _mc_missing_parents: (nullable): the parents of @op that are not held. */
GStrv _mc_missing_parents (McProvince *province, const McOp *op);
/** _mc_orphan_keep: keeps an op whose parents are missing, until they come. */
gboolean
_mc_orphan_keep (McProvince *province, McLine *line, const McDevice *carrier, GError **error);
/** _mc_orphans_adopt: takes every orphan that waited for @parent only, and those that waited for
 * them. */
gboolean _mc_orphans_adopt (McProvince *province, const char *parent, GError **error);
/** _mc_orphan_receipt: one that waits here is brought with its receipt. */
gboolean _mc_orphan_receipt (McProvince *province, const McLine *line, GError **error);
/** _mc_orphans_any: whether any op waits for its parents. */
gboolean _mc_orphans_any (McProvince *province, gboolean *ret_any, GError **error);
/** _mc_orphans_late: judges alone those whose parents nobody has. */
gboolean _mc_orphans_late (McProvince *province, GError **error);

/* mc-province-twin.c */

/** _mc_province_twin: says of a dossier just received, and of another one that is open for the same
 * person and procedure, that they may be the same matter. */
gboolean
_mc_province_twin (McProvince *province, const McOp *op, McJudgeFlags flags, GError **error);
/** _mc_province_twice: says the same of the dossiers that were received of one preparation. */
gboolean _mc_province_twice (McProvince *province,
                             const McOp *op,
                             McRecord *record,
                             McJudgeFlags flags,
                             GError **error);
/** _mc_matter_of: (nullable) (transfer none): whose dossier a dossier.receive makes. */
const char *_mc_matter_of (const McOp *op);

/* mc-province-start.c */

/** _mc_province_start: finds out whether the database is an older copy, and goes on from there. */
gboolean _mc_province_start (McProvince *province, GError **error);
/** _mc_province_mark: a new mark in database and keys folder, inside the caller's transaction. */
gboolean _mc_province_mark (McProvince *province, GError **error);

/* mc-province-device.c */

/** _mc_province_certify: what the province says of a device. */
McCertificate *_mc_province_certify (McProvince *province, const McDevice *device);
/** _mc_province_keep_device: into the register, then into the table. @copy_of: (nullable): the
 * device that enrolled anew as this one. */
gboolean _mc_province_keep_device (McProvince *province,
                                   const McDevice *device,
                                   const char *copy_of,
                                   GError **error);
/** _mc_province_desk_kind: what the desk is told of itself. */
gboolean _mc_province_desk_kind (McProvince *province,
                                 const McDevice *device,
                                 McDeskKind *ret_kind,
                                 GError **error);
/** _mc_province_register: writes a device's certificate beside the keys. */
gboolean _mc_province_register (McProvince *province, const McDevice *device, GError **error);
/** _mc_province_take_back: puts a device into the table on the word of its certificate. */
gboolean _mc_province_take_back (McProvince *province, const char *certificate, GError **error);

/* mc-province-right.c */

/** _mc_province_practises: whether the office is one for new staff. */
gboolean _mc_province_practises (McProvince *province,
                                 const char *office,
                                 gboolean *ret_practises,
                                 GError **error);
/** _mc_province_refusal: why the author may not do this; @ret_reason is %NULL where he may.
 * Borrowed. */
gboolean _mc_province_refusal (McProvince *province,
                               const McOp *op,
                               const char *office,
                               const char **ret_reason,
                               GError **error);

/* mc-province-project.c */

/** _mc_province_project: brings the tables of an admin record, and what a dossier's scans are, up
 * to its ops. */
gboolean
_mc_province_project (McProvince *province, const McOp *op, McRecord *record, GError **error);
/** _mc_province_readers: the offices that are told of @op; @office: (nullable): its author's.
 * (element-type utf8) */
GPtrArray *_mc_province_readers (McProvince *province,
                                 const McOp *op,
                                 gboolean refused,
                                 const char *office,
                                 GError **error);

/* mc-province-local.c */

/** _mc_province_with_local: @entry with what is set beside the law, under a version of its own.
 * @local: (nullable). Returns: (transfer full) */
json_t *_mc_province_with_local (const json_t *entry, const json_t *local, const char *version);
/** _mc_province_import_declarations: adds each to the procedures that it names (`for`), in the
 * place of the one with its id; with "drop" takes it away. */
gboolean _mc_province_import_declarations (McProvince *province,
                                           const json_t *declarations,
                                           guint *changed,
                                           guint *total,
                                           GError **error);
/** _mc_province_declarations: what was added to a procedure. Returns: (transfer full) (nullable) */
json_t *_mc_province_declarations (McProvince *province, const char *code);
/** _mc_province_good_declarations: whether every desk can read them. @declarations: (nullable) */
gboolean _mc_province_good_declarations (const json_t *declarations, GError **error);
/** _mc_province_common_records: the records of the province's own entries of a procedure. Errors:
 * #MC_ERROR_FORMAT where it is not in the catalogue. Returns: (transfer full) (element-type utf8)
 */
GPtrArray *_mc_province_common_records (McProvince *province, const char *code, GError **error);
/** _mc_province_import_local: the `overrides` of @file. */
gboolean _mc_province_import_local (McProvince *province,
                                    json_t *file,
                                    guint *changed,
                                    guint *total,
                                    GError **error);

/* mc-province-act.c */

/** _mc_province_act: an op of the province's own device on @record, inside the caller's
 * transaction. */
gboolean _mc_province_act (McProvince *province,
                           const char *record,
                           const char *verb,
                           json_t *body,
                           GError **error);

/* mc-province-catalogue.c */

/**
 * _mc_province_procedure:
 * The province's record of @code that holds from @from (ISO date or %NULL), and what stands in it;
 * both %NULL where there is none.
 */
gboolean _mc_province_procedure (McProvince *province,
                                 const char *code,
                                 const char *from,
                                 char **ret_id,
                                 json_t **ret_procedure,
                                 GError **error);
/** _mc_province_say_on: says @procedure on the record @id, where it says anything new. */
gboolean _mc_province_say_on (McProvince *province,
                              const char *id,
                              json_t *procedure,
                              const char *version,
                              guint *changed,
                              GError **error);
/** _mc_province_say_procedure: says @entry in an op, where it says anything new. */
gboolean _mc_province_say_procedure (McProvince *province,
                                     json_t *entry,
                                     const char *version,
                                     guint *changed,
                                     GError **error);

/* mc-province-scans.c */

/** _mc_scan_lifetime: ms for which a half-finished scan that does not grow is kept. */
gint64 _mc_scan_lifetime (McProvince *province);
/** _mc_scan_room: #MC_ERROR_REFUSED where another @size bytes of @device are too many. */
gboolean _mc_scan_room (McProvince *province, const char *device, gint64 size, GError **error);

G_END_DECLS
