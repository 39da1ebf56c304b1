/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-catalogue.h"
#include "mc-known.h"
#include "mc-reception-page.h"
#include "mc-viewer.h"

G_BEGIN_DECLS

/* What the files of the reception page share. Each of its four parts has a file of its own. */

typedef struct
{
  GtkWidget *name, *id, *dob, *sex, *address, *phone, *email, *subject, *pickup;
  GtkWidget *replaced;  /* bar: the applicant was replaced by a card */
  json_t *before;       /* what was typed before that card */
  gboolean carded;      /* it came from a card: the card was shown */
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
  GtkWidget *linked; /* what an interlinked procedure is made of */
} McReceptionProcedure;

typedef struct
{
  GtkWidget *box, *none, *guide;
  GPtrArray *rows;   /* McReceptionPartRow, of the procedure chosen */
  json_t *declared;  /* what is filled in: {id: {blank: text}} */
  GtkWidget *window; /* (nullable): weak: the declaration that is open */
} McReceptionParts;

typedef struct
{
  GtkWidget *rule, *note;
  GtkWidget *take_box, *taken, *amount, *method, *receipt;
  GtkWidget *promise;
  GtkWidget *day; /* asked for where the catalogue has no time that was checked */
  GtkWidget *day_field;
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
  GtkWidget *box, *code, *others, *person, *promise, *preview_slot, *next, *print;
  char *dossier;
  GtkWidget *children; /* of an interlinked dossier: what is promised of each */
} McReceptionDone;

/* Whose case it is, where the applicant hands in for somebody else. */
typedef enum
{
  MC_PROXY_NAME,
  MC_PROXY_ID,
  MC_PROXY_ADDRESS,
  MC_PROXY_PHONE,
  MC_PROXY_EMAIL,
  MC_PROXY_RELATION,
  MC_PROXY_MANDATE,
  MC_N_PROXY_FIELDS,
} McProxyField;
typedef struct
{
  GtkWidget *kind; /* McChoice: their own, by proxy, for an organisation */
  GtkWidget *box;  /* the fields; not seen for one's own */
  GtkWidget *fields[MC_N_PROXY_FIELDS];
} McReceptionProxy;

/* Prepared by a helper, for a clerk to receive. */
typedef struct
{
  GtkWidget *consent; /* of the resident; seen by helpers alone */
  json_t *by;         /* who prepared what is in the form, or NULL */
} McReceptionPrepare;

/* What the same resident hands in with it, put aside. */
typedef struct
{
  GtkWidget *list, *add;
  json_t *kept; /* array as "more" of mc_desk_receive(), or NULL */
} McReceptionMore;

/* What the office holds of the applicant. */
typedef struct
{
  GtkWidget *bar, *words, *fill;
  McKnown *known; /* NULL: nobody who was here before */
  char *looked;   /* whom it was looked up for */
} McReceptionKnown;

/* What the applicant has under way already. */
typedef struct
{
  GtkWidget *bar, *words, *open, *accept;
  char *looked;   /* whom and what it was looked up for */
  char *accepted; /* `looked` of what is received nevertheless */
} McReceptionMatter;

struct _McReceptionPage
{
  GtkWidget parent_instance;

  McContext *context;
  GtkWidget *stack; /* "form", "done" */
  McReceptionApplicant applicant;
  McReceptionProxy proxy;
  McReceptionKnown known;
  McReceptionMore more;
  McReceptionPrepare prepare;
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
GtkWidget *mc_reception_proxy_build (McReceptionPage *self);
GtkWidget *mc_reception_known_build (McReceptionPage *self);
GtkWidget *mc_reception_more_build (McReceptionPage *self);
GtkWidget *mc_reception_matter_build (McReceptionPage *self);
/** mc_reception_guide: shows the slip of what to bring, to be printed. Returns: %FALSE where no
 * procedure is chosen. */
gboolean mc_reception_guide (McReceptionPage *self);
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
/** mc_reception_check: says under the fields what looks wrong in them; never stands in the way. Of
 * the field that has the focus it only takes back what was said. */
void mc_reception_check (McReceptionPage *self);
/** mc_reception_check_left: the same, of every field. */
void mc_reception_check_left (McReceptionPage *self);
gboolean mc_reception_applicant_named (McReceptionPage *self);

/* The members of the applicant that say whose case it is: see mc-applicant.h. */
void mc_reception_proxy_get (McReceptionPage *self, json_t *applicant);
void mc_reception_proxy_put (McReceptionPage *self, const json_t *applicant);
/** mc_reception_proxy_keep: puts these members of @before into @applicant. */
void mc_reception_proxy_keep (json_t *applicant, const json_t *before);
/** mc_reception_proxy_card: Returns: whether the card was that of who gave the mandate */
gboolean mc_reception_proxy_card (McReceptionPage *self, const McCard *card);
/** mc_reception_proxy_bad: the name that is missing, or %NULL. Borrowed */
GtkWidget *mc_reception_proxy_bad (McReceptionPage *self);

void mc_reception_procedure_get (McReceptionPage *self, json_t *reception);
void mc_reception_procedure_put (McReceptionPage *self, const json_t *reception);
void mc_reception_procedure_choose (McReceptionPage *self, McProcedure *procedure);
void mc_reception_procedure_clear (McReceptionPage *self);
/** mc_reception_procedure_case: the case that the form says, or %NULL. Borrowed. */
const McCase *mc_reception_procedure_case (McReceptionPage *self);
/** mc_reception_search_run: lists what matches the text and the word being composed. */
void mc_reception_search_run (McReceptionPage *self);
GtkWidget *mc_reception_search_build (McReceptionPage *self);

/** mc_reception_prepares: whether who is signed in prepares, and receives nothing. */
gboolean mc_reception_prepares (McReceptionPage *self);
GtkWidget *mc_reception_prepare_build (McReceptionPage *self);
void mc_reception_prepare_get (McReceptionPage *self, json_t *reception);
void mc_reception_prepare_put (McReceptionPage *self, const json_t *reception);
/** mc_reception_prepare_bad: the consent that is missing, or %NULL. Borrowed */
GtkWidget *mc_reception_prepare_bad (McReceptionPage *self);
/** mc_reception_prepare_run: leaves it for a clerk. */
void mc_reception_prepare_run (McReceptionPage *self);

/** mc_reception_more_add: puts what is filled in aside, for one receipt with what follows. */
void mc_reception_more_add (McReceptionPage *self);
/** mc_reception_more_count: how many are put aside. */
guint mc_reception_more_count (McReceptionPage *self);
void mc_reception_more_show (McReceptionPage *self);
void mc_reception_more_get (McReceptionPage *self, json_t *reception);
void mc_reception_more_put (McReceptionPage *self, const json_t *reception);
/** mc_reception_more_order: of a form as it is saved: the first that was filled in comes first. */
void mc_reception_more_order (json_t *reception);

/** mc_reception_matter_look: says whether the applicant has the same under way. */
void mc_reception_matter_look (McReceptionPage *self);
/** mc_reception_matter_open: whether it was said and nobody has answered it. */
gboolean mc_reception_matter_open (McReceptionPage *self);
/** mc_reception_matter_ask: puts the question before whoever saves. */
void mc_reception_matter_ask (McReceptionPage *self);

/** mc_reception_known_look: offers what the office holds of whom the form names. */
void mc_reception_known_look (McReceptionPage *self);
/** mc_reception_known_papers: offers the scans that the office has, at the papers of the form. */
void mc_reception_known_papers (McReceptionPage *self);
/** mc_reception_known_use: fills in what is offered: the person, then one paper after the other. */
void mc_reception_known_use (McReceptionPage *self);
/** mc_reception_known_shown: ticks the identity paper that is only to be shown, once it was: nobody
 * asks for what a card that was scanned says already (Luật Căn cước 2023, Điều 20.3). */
void mc_reception_known_shown (McReceptionPage *self);
void mc_reception_known_clear (McReceptionPage *self);

void mc_reception_parts_get (McReceptionPage *self, json_t *reception);
void mc_reception_parts_put (McReceptionPage *self, const json_t *reception);
/* What is declared is part of what the papers say. */
void mc_reception_declare_get (McReceptionPage *self, json_t *reception);
void mc_reception_declare_put (McReceptionPage *self, const json_t *reception);
/** mc_reception_declare: opens the declaration of @part; %NULL: of the paper that has the focus, or
 * the first that has one. %FALSE where the procedure has none. */
gboolean mc_reception_declare (McReceptionPage *self, const char *part);
/** mc_reception_parts_fill: rows for the parts of the procedure chosen. */
void mc_reception_parts_fill (McReceptionPage *self);
/** mc_reception_parts_missing: the names of required papers not handed in. Returns: (transfer full)
 * (nullable) */
char *mc_reception_parts_missing (McReceptionPage *self, guint *ret_count);
void mc_reception_parts_focus (McReceptionPage *self);
/** mc_reception_parts_focused: the paper that has the focus, or %NULL. Borrowed. */
const McPart *mc_reception_parts_focused (McReceptionPage *self);
/** mc_reception_parts_scan: asks for the scan of the paper that has the focus, else of the first
 * that has none, required ones before the others. %FALSE where no procedure is chosen. */
gboolean mc_reception_parts_scan (McReceptionPage *self);

void mc_reception_fee_get (McReceptionPage *self, json_t *reception);
void mc_reception_fee_put (McReceptionPage *self, const json_t *reception);
/** mc_reception_fee_rule: shows the fee and asks for the promise of the case chosen. */
void mc_reception_fee_rule (McReceptionPage *self);
/** mc_reception_fee_bad: whether a fee is ticked as taken without an amount or a way. */
/** mc_reception_day_bad: the day to be promised where it is asked for and not said, or %NULL.
 * Borrowed */
GtkWidget *mc_reception_day_bad (McReceptionPage *self);
GtkWidget *mc_reception_day_build (McReceptionPage *self);
/** mc_reception_day_rule: asks for the day, or not, as the case chosen has it. */
void mc_reception_day_rule (McReceptionPage *self);
/** mc_reception_day_unchecked: whether the time of the case is one that nobody has checked. */
gboolean mc_reception_day_unchecked (McReceptionPage *self);
void mc_reception_day_get (McReceptionPage *self, json_t *reception);
void mc_reception_day_put (McReceptionPage *self, const json_t *reception);
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
