/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

G_BEGIN_DECLS

/** McBlankKind: what is written in a blank of a declaration. A date is kept as "2005-03-05",
 * "2005-03" or "2005", a choice as the id of what was chosen, a flag as "x". */
typedef enum
{
  MC_BLANK_TEXT,
  MC_BLANK_NAME,
  MC_BLANK_ADDRESS,
  MC_BLANK_DATE,
  MC_BLANK_IDENTITY,
  MC_BLANK_PHONE,
  MC_BLANK_EMAIL,
  MC_BLANK_NUMBER,
  MC_BLANK_MONEY, /* đồng */
  MC_BLANK_CHOICE,
  MC_BLANK_FLAG,
  MC_BLANK_ROWS,
  MC_N_BLANKS,
} McBlankKind;

/** MC_BLANK_TICKED: the value of a flag that is set. */
#define MC_BLANK_TICKED "x"
/** MC_BLANK_ROWS_MAX: rows of a table that anybody may ask for. */
#define MC_BLANK_ROWS_MAX 30

/** McBlankOption: one of the things to choose from. */
typedef struct
{
  char *id;
  char *label; /* as on the paper */
} McBlankOption;

/** McBlank: one blank of a declaration. Immutable. */
typedef struct
{
  char *key;
  char *label; /* as on the paper */
  McBlankKind kind;
  gboolean required;
  guint max;         /* characters */
  GStrv from;        /* what it is filled in with, the first that is known: "applicant.name" */
  gboolean again;    /* as the same person declared it last */
  gboolean past;     /* a date that cannot lie in the future */
  char *dob;         /* of an identity number: the blank with its owner's date of birth, or NULL */
  char *sex;         /* likewise */
  char *dots;        /* (nullable): what the pen finds on the paper: "...... giờ ...... phút" */
  GPtrArray *option; /* McBlankOption; of a choice */
  GPtrArray *column; /* McBlank; of rows */
  guint rows;        /* how many rows there may be */
  GStrv people;      /* of rows: where those in them were declared before: "ct01.thanh_vien" (rows),
                        "khai-sinh.con" (blanks "con_…"), each column by its own key */
} McBlank;

/** mc_blank_parse: @within_rows: whether it is a column. Returns: (transfer full): or %NULL with
 * #MC_ERROR_FORMAT, which names what is wrong */
McBlank *mc_blank_parse (const json_t *json, gboolean within_rows, GError **error);
void mc_blank_free (McBlank *blank);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McBlank, mc_blank_free)

/** mc_blank_option: the label of what @id chooses, or %NULL. Borrowed. */
const char *mc_blank_option (const McBlank *blank, const char *id);

/** mc_blank_text: @value as it stands on the paper; %NULL where it says nothing. Returns: (transfer
 * full) */
char *mc_blank_text (const McBlank *blank, const char *value);

/** McBlankDoubt: what is odd about a value, or missing. It never stands in the way of keeping it.
 */
typedef enum
{
  MC_BLANK_FINE,
  MC_BLANK_MISSING,
  MC_BLANK_LONG,
  MC_BLANK_NO_DATE,
  MC_BLANK_FUTURE,
  MC_BLANK_NO_IDENTITY,  /* not 12 digits */
  MC_BLANK_ODD_IDENTITY, /* does not go with place, date of birth or sex */
  MC_BLANK_NO_PHONE,
  MC_BLANK_NO_EMAIL,
  MC_BLANK_NO_NUMBER,
  MC_BLANK_NO_CHOICE,
  MC_BLANK_ODD_NAME, /* a digit in it, or no family name */
} McBlankDoubt;

/** mc_blank_doubt: @today: ISO date; @dob, @sex: (nullable): of whom an identity number is */
McBlankDoubt mc_blank_doubt (const McBlank *blank,
                             const char *value,
                             const char *today,
                             const char *dob,
                             const char *sex);

/** mc_blank_only: whether @object is one and has no member but @known (%NULL-terminated). @ret_key:
 * (out) (nullable): the one that is not known. Borrowed */
gboolean mc_blank_only (const json_t *object, const char *const *known, const char **ret_key);

G_END_DECLS
