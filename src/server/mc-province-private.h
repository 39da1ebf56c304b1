/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-keyring.h"
#include "mc-ledger.h"
#include "mc-province.h"

G_BEGIN_DECLS

#define MC_PROVINCE_VERSION 1
#define MC_PROVINCE_RESOURCES "/vn/motcua/server"

struct _McProvince
{
  char *data;
  const McClock *clock;
  McKeyring *keyring;
  McDb *db;
  char *device;        /* the province's own, which makes the admin ops */
  GHashTable *touched; /* offices whose feed grew in the transaction under way */
  McProvinceWatch watch;
  gpointer watch_data;
  gint64 data_version; /* of SQLite: moves when another process commits */
};

/* mc-province.c */

/** _mc_province_begin: starts the one transaction that a caller's act is. */
gboolean _mc_province_begin (McProvince *province, GError **error);
/** _mc_province_end: commits where @ok, else rolls back; after a commit the watch is called. */
gboolean _mc_province_end (McProvince *province, gboolean ok, GError **error);
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
/** _mc_feed_page: fills cursor, head, reset and entries of @answer. */
gboolean _mc_feed_page (McProvince *province,
                        const char *office,
                        const McSyncRequest *request,
                        McSyncAnswer *answer,
                        GError **error);

/* mc-province-take.c */

/**
 * _mc_province_take:
 * Judges a genuine op, keeps it, and tells everybody who must know.
 * @office: (nullable): of the device that made it
 * @refusal: (nullable): why it is not even judged
 */
McRuling *_mc_province_take (McProvince *province,
                             const McOp *op,
                             const char *office,
                             const char *refusal,
                             GError **error);

/* mc-province-right.c */

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

/* mc-province-act.c */

/** _mc_province_act: an op of the province's own device on @record, inside the caller's
 * transaction. */
gboolean _mc_province_act (McProvince *province,
                           const char *record,
                           const char *verb,
                           json_t *body,
                           GError **error);

G_END_DECLS
