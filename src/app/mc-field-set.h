/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"
#include "mc-reception-choice.h"

G_BEGIN_DECLS

typedef enum
{
  MC_FIELD_TEXT,
  MC_FIELD_NUMBER, /* digits alone, before the input method sees them */
  MC_FIELD_DAY,
  MC_FIELD_CHOICE, /* one of `choices`; "" is one like any other */
  MC_FIELD_CHECK,
} McFieldKind;

/** McFieldDef: a field of a form that is told by a table. */
typedef struct
{
  const char *key;
  const char *label; /* msgid */
  McFieldKind kind;
  const McChoice *choices;
  int column, row, width; /* of twelve columns */
} McFieldDef;

/**
 * McFieldSet: a grid of fields that is read and filled as an object of texts, and of truths for
 * what is ticked. Freed with its widget.
 */
typedef struct _McFieldSet McFieldSet;

/**
 * mc_field_set_new:
 * @defs: ended by a key of %NULL; static
 * @changed: called with the set and @data after somebody typed
 */
McFieldSet *mc_field_set_new (const McFieldDef *defs, GFunc changed, gpointer data);
/** mc_field_set_widget: Returns: (transfer none): floating until it has a place */
GtkWidget *mc_field_set_widget (McFieldSet *set);
/** mc_field_set_get: Returns: (transfer full) */
json_t *mc_field_set_get (McFieldSet *set);
/** mc_field_set_put: keeps what @values has and no field shows, for mc_field_set_get(). */
void mc_field_set_put (McFieldSet *set, const json_t *values);
/** mc_field_set_hint: @words (nullable) under the field; @key %NULL: under every one. */
void mc_field_set_hint (McFieldSet *set, const char *key, const char *words);
/** mc_field_set_lock: the field cannot be changed here. */
void mc_field_set_lock (McFieldSet *set, const char *key);
/** mc_field_set_focus: %FALSE where there is no such field. */
gboolean mc_field_set_focus (McFieldSet *set, const char *key);

G_END_DECLS
