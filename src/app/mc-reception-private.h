/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-catalogue.h"
#include "mc-reception-page.h"
#include "mc-viewer.h"

G_BEGIN_DECLS

/* What the files of the reception page share. Each of its four parts has a file of its own. */

typedef struct
{
  GtkWidget *name, *id, *dob, *sex, *address, *phone, *email, *subject;
  GtkWidget *replaced;  /* bar: the applicant was replaced by a card */
  json_t *before;       /* what was typed before that card */
  gboolean check_marks; /* the reader dropped the diacritics of the name */
} McReceptionApplicant;

typedef struct
{
  McCatalogue *catalogue; /* of the day the page was opened */
  McFound *found;         /* of the query */
  McProcedure *chosen;
  GtkWidget *stack; /* "search", "chosen" */
  GtkWidget *search, *ask, *list, *none;
  GtkWidget *name, *detail;
  GtkWidget *case_field, *cases;
  GtkWidget *channel;
  GPtrArray *offered; /* McCase open to the channel, in the order of `cases`; borrowed */
  gboolean filling;
} McReceptionProcedure;

typedef struct
{
  GtkWidget *box, *none;
  GPtrArray *rows; /* McReceptionPartRow, of the procedure chosen */
} McReceptionParts;

typedef struct
{
  GtkWidget *rule, *note;
  GtkWidget *take_box, *taken, *amount, *method;
  GtkWidget *promise;
  GtkWidget *caution; /* the law's time, and what a proposed day off would change */
  char *promised;     /* in words, for the foot; NULL: not known */
  guint asked;        /* number of the last question for a promise */
} McReceptionFee;

typedef struct
{
  char *id;         /* NULL until it is kept for the first time */
  gboolean dirty;   /* typed since */
  gboolean writing; /* on its way to the disk */
  guint source;
} McReceptionDraft;

typedef struct
{
  GtkWidget *box, *code, *person, *promise, *preview_slot, *next, *print;
  char *dossier;
} McReceptionDone;

/* What the applicant has under way already. */
typedef struct
{
  GtkWidget *bar, *words, *open;
  char *looked; /* number and procedure that it was looked up for */
} McReceptionMatter;

struct _McReceptionPage
{
  GtkWidget parent_instance;

  McContext *context;
  GtkWidget *stack; /* "form", "done" */
  McReceptionApplicant applicant;
  McReceptionProcedure procedure;
  McReceptionMatter matter;
  McReceptionParts parts;
  McReceptionFee fee;
  McReceptionDraft draft;
  McReceptionDone done;

  GtkWidget *viewer;
  GtkWidget *halves;                 /* the form and the scan */
  GtkWidget *scroller;               /* of the form */
  GtkWidget *clock_bar, *clock_date; /* asks for today's date */
  GtkWidget *missing, *promised, *save, *failure;
  char *instead;    /* (nullable): the refused reception that this one corrects */
  gboolean loading; /* being filled by the program: nobody typed */
  gboolean saving;
  guint importing;
};

/* Built once; each returns the widget of its part. */
GtkWidget *mc_reception_applicant_build (McReceptionPage *self);
GtkWidget *mc_reception_procedure_build (McReceptionPage *self);
GtkWidget *mc_reception_matter_build (McReceptionPage *self);
GtkWidget *mc_reception_parts_build (McReceptionPage *self);
GtkWidget *mc_reception_fee_build (McReceptionPage *self);
GtkWidget *mc_reception_done_build (McReceptionPage *self);
GtkWidget *mc_reception_clock_build (McReceptionPage *self);
/** mc_reception_build: puts the whole page together. */
void mc_reception_build (McReceptionPage *self);
/** mc_reception_section: a titled card for one part. */
GtkWidget *mc_reception_section (const char *title, GtkWidget *content);

/* What the form says, as mc_desk_receive() takes it, and back. */
void mc_reception_applicant_get (McReceptionPage *self, json_t *reception);
void mc_reception_applicant_put (McReceptionPage *self, const json_t *reception);
void mc_reception_applicant_card (McReceptionPage *self, const McCard *card);
/** mc_reception_applicant_bad: what cannot be saved as typed, or %NULL. Returns: (transfer none) */
GtkWidget *mc_reception_applicant_bad (McReceptionPage *self);
gboolean mc_reception_applicant_named (McReceptionPage *self);

void mc_reception_procedure_get (McReceptionPage *self, json_t *reception);
void mc_reception_procedure_put (McReceptionPage *self, const json_t *reception);
void mc_reception_procedure_choose (McReceptionPage *self, McProcedure *procedure);
void mc_reception_procedure_clear (McReceptionPage *self);
/** mc_reception_procedure_case: the case that the form says, or %NULL. Borrowed. */
const McCase *mc_reception_procedure_case (McReceptionPage *self);
/** mc_reception_search_run: lists what matches the text and the word being composed. */
void mc_reception_search_run (McReceptionPage *self);
GtkWidget *mc_reception_search_build (McReceptionPage *self);

/** mc_reception_matter_look: says whether the applicant has the same under way. */
void mc_reception_matter_look (McReceptionPage *self);

void mc_reception_parts_get (McReceptionPage *self, json_t *reception);
void mc_reception_parts_put (McReceptionPage *self, const json_t *reception);
/** mc_reception_parts_fill: rows for the parts of the procedure chosen. */
void mc_reception_parts_fill (McReceptionPage *self);
/** mc_reception_parts_missing: the names of required papers not handed in. Returns: (transfer full)
 * (nullable) */
char *mc_reception_parts_missing (McReceptionPage *self, guint *ret_count);
void mc_reception_parts_focus (McReceptionPage *self);
/** mc_reception_parts_scan: asks for the scan of the paper that has the focus, else of the first
 * that has none, required ones before the others. %FALSE where no procedure is chosen. */
gboolean mc_reception_parts_scan (McReceptionPage *self);

void mc_reception_fee_get (McReceptionPage *self, json_t *reception);
void mc_reception_fee_put (McReceptionPage *self, const json_t *reception);
/** mc_reception_fee_rule: shows the fee and asks for the promise of the case chosen. */
void mc_reception_fee_rule (McReceptionPage *self);
/** mc_reception_fee_bad: whether a fee is ticked as taken without an amount or a way. */
gboolean mc_reception_fee_bad (McReceptionPage *self);

/** mc_reception_reveal: scrolls the form so that @widget is seen from its top. */
void mc_reception_reveal (McReceptionPage *self, GtkWidget *widget);
/** mc_reception_changed: somebody typed: the foot says what is missing, the draft is kept soon. */
void mc_reception_changed (McReceptionPage *self);
void mc_reception_foot (McReceptionPage *self);
/** mc_reception_get: the whole form. Returns: (transfer full) */
json_t *mc_reception_get (McReceptionPage *self);
void mc_reception_put (McReceptionPage *self, const json_t *reception);
/** mc_reception_blank: whether nothing worth keeping was typed. */
gboolean mc_reception_blank (McReceptionPage *self);
void mc_reception_reset (McReceptionPage *self);
/** mc_reception_fail: a sentence above the foot; %NULL: none. */
void mc_reception_fail (McReceptionPage *self, const char *sentence);

void mc_reception_draft_later (McReceptionPage *self);
/** mc_reception_draft_now: keeps what was typed without waiting. */
void mc_reception_draft_now (McReceptionPage *self);
void mc_reception_draft_load (McReceptionPage *self, const char *id);
/** mc_reception_draft_forget: the form is another's from now on. */
void mc_reception_draft_forget (McReceptionPage *self);

void mc_reception_save_run (McReceptionPage *self);
void mc_reception_clock_ask (McReceptionPage *self);

void mc_reception_done_show (McReceptionPage *self, const McReceived *received);
void mc_reception_done_print (McReceptionPage *self);
/** mc_reception_is_done: whether the code and the receipt are shown. */
gboolean mc_reception_is_done (McReceptionPage *self);

G_END_DECLS
