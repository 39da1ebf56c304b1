/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/* Interlinked dossiers (liên thông): the parent that the resident handed in, and its children, each
 * a dossier of its own at the body that decides it. See mc-link.h. */

/** McChild: a child of a parent dossier, as it is known here. */
typedef struct
{
  char *id;
  char *code;
  char *title;
  char *body;    /* who decides */
  char *state;   /* NULL: its dossier is not known here */
  char *due;     /* local text, or NULL */
  char *offices; /* names of the offices that handle it where others than ours do, or NULL */
} McChild;

/** mc_store_children: in the order of the procedure; empty for a dossier that has none.
 * (element-type McChild) */
GPtrArray *mc_store_children (McStore *store, McRecord *record);

/** mc_linked_parent: the parent that a child's case names: {"id", "code", "title", "body" that
 * decides the child}. Borrowed, or %NULL. */
const json_t *mc_linked_parent (McRecord *record);

G_END_DECLS
