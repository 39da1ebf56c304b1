/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-portal.h"

G_BEGIN_DECLS

/* What the files that read a portal dump share. Each reads one thing. */

/** McPortalEntry: the entry being made, and what is said of it. */
typedef struct
{
  const char *code;
  json_t *json;
  McPortalReport *report;
} McPortalEntry;

/** McPortalWay: a row of the table "Cách thức thực hiện". */
typedef struct
{
  const char *channel; /* direct, online, post */
  json_t *time;        /* `{unit,count}`, or NULL */
  json_t *fee;         /* `{kind,amount,note}` */
  char *words;         /* its description, or NULL */
} McPortalWay;

/* What the portal writes where it has nothing. */
#define MC_PORTAL_NOTHING "Không có thông tin"

/** _mc_portal_regex: @pattern, compiled once. */
GRegex *_mc_portal_regex (gsize *once, const char *pattern);
/** _mc_portal_say: notes it; guessed is named in `unsourced`, unread kept in `unread`. */
void
_mc_portal_say (McPortalEntry *entry, McPortalField field, McPortalState state, const char *text);
/** _mc_portal_words: @text without the page's own furniture; "" where it says nothing. Returns:
 * (transfer full) */
char *_mc_portal_words (const char *text);

/**
 * _mc_portal_time: the time at the beginning of @row, which it steps over.
 * @prose: where its unit may be said
 */
McPortalState _mc_portal_time (const char **row, const char *prose, json_t **ret_time, char **ret);
/** _mc_portal_fee: the same for the fee, after the time. */
McPortalState _mc_portal_fee (const char **row, json_t **ret_fee, char **ret);
/** _mc_portal_glued: time and fee that were written as one number ("120,000 VNĐ" for 1 and 20.000).
 * %FALSE where they are not. */
gboolean _mc_portal_glued (const char **row, char **ret_time, gint64 *ret_fee, char **ret);
/** _mc_portal_amount: "20,000" and "20.000" in đồng; -1 where it is none. */
gint64 _mc_portal_amount (const char *text);
/** _mc_portal_amount_in: the one amount in đồng that @note says, or -1. */
gint64 _mc_portal_amount_in (const char *note);
/** _mc_portal_note: the bracket at the beginning of @row, which it steps over; or %NULL. */
char *_mc_portal_note (const char **row);

void _mc_portal_ways (McPortalEntry *entry, const char *text, const char *steps);
void _mc_portal_parts (McPortalEntry *entry, const char *text);
void _mc_portal_law (McPortalEntry *entry, const char *text);
void _mc_portal_result (McPortalEntry *entry, const char *text);

/** _mc_portal_cases: makes the cases of an entry out of @ways (McPortalWay). */
void _mc_portal_cases (McPortalEntry *entry, GPtrArray *ways);

G_END_DECLS
