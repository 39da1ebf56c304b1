/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-province.h"

G_BEGIN_DECLS

/* Desks that sign for a province under test. */

/** TestDesk: an enrolled device. */
typedef struct
{
  char *id;
  char *office;
  char *slot;
  char *certificate;
  McPublicKey public;
  McSecretKey secret;
  gint64 n;
  gint64 at;
  McCursor cursor;
  gint64 left; /* what it says that it holds beside what it sends */
} TestDesk;

/** test_desk_new: with keys, not enrolled. */
TestDesk *test_desk_new (void);
/** test_desk_enrol: straight through the province. */
TestDesk *test_desk_enrol (TestProvince *test, const char *office);
void test_desk_free (TestDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestDesk, test_desk_free)

/** test_desk_op: signs an op. @body and @base are taken. Returns: (transfer full) */
McOp *test_desk_op (TestDesk *desk,
                    const char *by,
                    const char *on,
                    const char *verb,
                    json_t *body,
                    json_t *base);
/** test_desk_receive: a new dossier. */
McOp *test_desk_receive (TestDesk *desk, const char *by);
/** test_desk_set: @phone as contact, on top of @parent. */
McOp *test_desk_set (TestDesk *desk, const char *by, const McOp *parent, const char *phone);
McOp *test_desk_step (TestDesk *desk,
                      const char *by,
                      const McOp *parent,
                      const char *step,
                      const char *read);
McOp *test_desk_attach (TestDesk *desk,
                        const char *by,
                        const McOp *parent,
                        const char *sha256,
                        gint64 size);

/** test_desk_transfer: hands the dossier of @parent to the offices (ids, NULL-terminated). */
McOp *
test_desk_transfer (TestDesk *desk, const char *by, const McOp *parent, ...) G_GNUC_NULL_TERMINATED;
/** test_desk_settle: settles @group for @value (taken), naming @one and @other. */
McOp *test_desk_settle (TestDesk *desk,
                        const char *by,
                        const char *group,
                        json_t *value,
                        const McOp *one,
                        const McOp *other);

/** test_base: {group: [op]} */
json_t *test_base (const char *group, const char *op);

/** test_push_once: one round trip that pushes @lines (element-type utf8) and pulls from the desk's
 * cursor. */
McSyncAnswer *test_push_once (TestProvince *test, TestDesk *desk, const char *const *lines);
/** test_push_lines: the same, and where the cursor did not hold, again from the feed's beginning.
 */
McSyncAnswer *test_push_lines (TestProvince *test, TestDesk *desk, const char *const *lines);
/** test_word: the ruling that @answer gives for @op, in an entry or beside them; NULL where parents
 * are missing. Borrowed. */
const char *test_word (const McSyncAnswer *answer, const McOp *op);
/** test_missing: the one parent that is said to be missing of @op. Borrowed. */
const char *test_missing (const McSyncAnswer *answer, const McOp *op);
/** test_push: pushes one op and asserts the ruling, as mc_ruling_text() writes it. */
void test_push (TestProvince *test, TestDesk *desk, const McOp *op, const char *ruling);
/** test_push_text: one line as a request carries it (see mc_pushed_write()). */
McSyncAnswer *test_push_text (TestProvince *test, TestDesk *desk, const char *text);
/** test_told: what the feed of the desk's office says of a record, oldest first: "op", "gone" or,
 * where refused, "no", with spaces between. Returns: (transfer full) */
char *test_told (TestProvince *test, TestDesk *desk, const char *record);
/** test_pull: verifies the running hash of the page and moves the cursor. */
McSyncAnswer *test_pull (TestProvince *test, TestDesk *desk, gint64 limit);
/** test_follow: verifies that @answer continues the cursor, and moves it. */
void test_follow (TestDesk *desk, const McSyncAnswer *answer);
/** test_find: the entry of @op in the whole feed of the desk's office, or NULL. */
McFeedEntry *test_find (TestProvince *test, TestDesk *desk, const char *op);
G_END_DECLS
