/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-calendar.h"

G_BEGIN_DECLS

/**
 * McLink:
 * One of the procedures that an interlinked one is made of (liên thông, domain §8.3): it becomes a
 * dossier of its own beside the parent dossier, at the body that decides it, with its own clock.
 */
typedef struct
{
  char *procedure; /* code */
  char *name;
  char *body;   /* who decides, in words */
  char *office; /* code of the office that it is handed to at once; NULL: it stays where received */
  char *after;  /* code of the one in whose result its time begins; NULL: in the reception */
  gboolean has_term; /* FALSE: the time of the procedure itself */
  McTerm term;
  json_t *terms; /* (nullable): case of the parent → time, where it depends on that */
} McLink;

/** mc_link_read: Returns: (transfer full): or %NULL where it is none. */
McLink *mc_link_read (const json_t *json);
void mc_link_free (McLink *link);

/** mc_link_term: its time in @the_case of the parent. Returns: %FALSE where it has none of its own.
 */
gboolean mc_link_term (const McLink *link, const char *the_case, McTerm *ret_term);

/**
 * mc_link_state:
 * What is shown as the state of a parent dossier: it follows from its children, and nobody writes
 * it. While one of them is worked on, so is the whole; one that failed leaves the others.
 * @states: those of the children; %NULL in it: one that is not known here, and goes on as far as
 *   anybody can tell
 * Returns: (transfer none): a state
 */
const char *mc_link_state (const char *const *states, guint length);

G_END_DECLS
