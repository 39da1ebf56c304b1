/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-group.h"

G_BEGIN_DECLS

/** McTip: an op that no later op of its group names in its base. The first tip of a group stands.
 */
typedef struct
{
  char *op;
  char *value; /* mc_json_text() of what the op wrote; "null" for a group never written */
  gboolean act;
  json_t *json; /* (nullable): of value, once it is known */
} McTip;

/** McGroupState: the tips of one group; tips->pdata[0] stands. */
typedef struct
{
  char *name;
  GPtrArray *tips; /* McTip, owned */
} McGroupState;

/**
 * McRecord:
 * What the judged ops say of one record. A plain value: who loads and keeps it is the ledger's
 * business.
 */
typedef struct
{
  char *id;
  char *creator;      /* the op that made the record, NULL where it is not made yet */
  GHashTable *groups; /* name → McGroupState, owned */
} McRecord;

McRecord *mc_record_new (const char *id);
void mc_record_free (McRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRecord, mc_record_free)

/** mc_record_group: the state of @group, or %NULL where nobody wrote it. Borrowed. */
McGroupState *mc_record_group (McRecord *record, const char *group);
/** mc_record_put_tip: for who loads a record: appends a tip. */
void mc_record_put_tip (McRecord *record,
                        const char *group,
                        const char *op,
                        const char *value,
                        gboolean act);
/** mc_record_put_write: for the judge: appends the tip that @op makes by @write. */
void mc_record_put_write (McRecord *record, const McWrite *write, const char *op);
/** mc_record_value: the standing value as text, or %NULL. Borrowed. */
const char *mc_record_value (McRecord *record, const char *group);
/** mc_record_peek: the standing value, parsed at most once. Returns: (transfer none) (nullable) */
const json_t *mc_record_peek (McRecord *record, const char *group);
/** mc_record_json: the standing value, parsed; the caller's own to alter. Returns: (transfer full)
 * (nullable) */
json_t *mc_record_json (McRecord *record, const char *group);

/** mc_group_contested: two tips whose values differ, or of which one is an act. */
gboolean mc_group_contested (const McGroupState *state);
/** mc_group_unsettled: contested, or a twin that nobody has answered for. */
gboolean mc_group_unsettled (const McGroupState *state);
/** mc_record_contested: how many groups are unsettled. */
guint mc_record_contested (McRecord *record);

/**
 * mc_record_base:
 * What an edit of @group names: the standing tip and its equals (@settle %FALSE), or every tip
 * shown
 * (@settle %TRUE); for a group never written, the op that made the record.
 * Returns: (transfer full): a JSON array of op ids
 */
json_t *mc_record_base (McRecord *record, const char *group, gboolean settle);

/**
 * mc_record_read:
 * The hash of the tips of the content groups (all but status, fee, offices, twins and notes) that a
 * deciding step relied on. Returns: (transfer full): lower-case hexadecimal, 32 characters
 */
char *mc_record_read (McRecord *record);

G_END_DECLS
