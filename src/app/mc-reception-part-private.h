/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-reception-part-row.h"

G_BEGIN_DECLS

enum
{
  ORIGINALS,
  CERTIFIED,
  COPIES,
  N_COUNTS,
};

struct _McReceptionPartRow
{
  GtkWidget parent_instance;

  McContext *context;
  McProcedure *procedure;
  const McPart *part; /* of `procedure` */
  json_t *document;   /* as mc_desk_import() gave it, or NULL */
  json_t *offered;    /* a document that the office has, or NULL */
  guint importing;
  gboolean loading;

  GtkWidget *box, *check, *more, *scan, *open, *drop, *spinner, *trouble, *offer;
  GtkWidget *counts[N_COUNTS];
  guint spinner_source;
  GtkFileChooserNative *chooser;
};

/** mc_reception_part_changed: tells the page, unless the program itself fills the row. */
void mc_reception_part_changed (McReceptionPartRow *self);
/** mc_reception_part_trouble: a sentence beside the row; %NULL: none. */
void mc_reception_part_trouble (McReceptionPartRow *self, const char *sentence);
/** mc_reception_part_take: @document, as mc_desk_import() gave it, is the paper's scan from now on.
 */
void mc_reception_part_take (McReceptionPartRow *self, json_t *document);
/** mc_reception_part_offer_build: the button for what is offered. */
GtkWidget *mc_reception_part_offer_build (McReceptionPartRow *self);
/** mc_reception_part_offer_show: only where the paper has no scan yet. */
void mc_reception_part_offer_show (McReceptionPartRow *self);
void mc_reception_part_accept_drops (McReceptionPartRow *self);

G_END_DECLS
