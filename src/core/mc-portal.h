/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

G_BEGIN_DECLS

/** McPortalField: what a line of a portal dump says of a procedure. */
typedef enum
{
  MC_PORTAL_CODE,
  MC_PORTAL_NAME,
  MC_PORTAL_FIELD,
  MC_PORTAL_LEVEL,
  MC_PORTAL_DECISION,
  MC_PORTAL_CHANNEL, /* one for each row of its table of ways, as time and fee */
  MC_PORTAL_TIME,
  MC_PORTAL_FEE,
  MC_PORTAL_PART,  /* one for each paper */
  MC_PORTAL_LEGAL, /* one for each text of law */
  MC_PORTAL_RESULT,
  MC_PORTAL_CONDITION,
  MC_PORTAL_N_FIELDS
} McPortalField;

/** McPortalState: what became of it. */
typedef enum
{
  MC_PORTAL_READ,
  MC_PORTAL_GUESSED, /* out of a fault: shown as unchecked */
  MC_PORTAL_UNREAD,  /* kept in the portal's own words */
  MC_PORTAL_ABSENT,  /* the portal says nothing */
  MC_PORTAL_N_STATES
} McPortalState;

/** McPortalLine: what was not simply read, with the portal's words. */
typedef struct
{
  char *code;
  McPortalField field;
  McPortalState state;
  char *text;
} McPortalLine;

/** McPortalReport: what became of a dump. */
typedef struct
{
  guint procedures;
  guint refused; /* lines that are no procedure at all */
  guint counts[MC_PORTAL_N_FIELDS][MC_PORTAL_N_STATES];
  GPtrArray *lines; /* McPortalLine: guessed and unread */
} McPortalReport;

McPortalReport *mc_portal_report_new (void);
void mc_portal_report_free (McPortalReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McPortalReport, mc_portal_report_free)
/** mc_portal_report_note: counts, and keeps @text where it was guessed or not read. */
void mc_portal_report_note (McPortalReport *report,
                            const char *code,
                            McPortalField field,
                            McPortalState state,
                            const char *text);
/** mc_portal_report_text: a table of the counts, then each line. Returns: (transfer full) */
char *mc_portal_report_text (const McPortalReport *report);
/** mc_portal_field_name: in English, as the report and an entry's `unread` have it. Static. */
const char *mc_portal_field_name (McPortalField field);

/**
 * mc_portal_entry:
 * An entry of the catalogue (data/README.md) out of one line of a crawl of the national portal.
 * What is not understood is kept in its `unread`, in the portal's words; what was guessed is named
 * in `unsourced`.
 *
 * Returns: (transfer full): or %NULL, #MC_ERROR_FORMAT, where code or name are none; counted as
 * refused
 */
json_t *mc_portal_entry (const json_t *line, McPortalReport *report, GError **error);

G_END_DECLS
