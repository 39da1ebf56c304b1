/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** McGroupField: one thing of a group that a person types or chooses. */
typedef struct
{
  const char *group;
  const char *key;  /* "" for a group that is one text */
  const char *name; /* msgid */
  enum
  {
    MC_FIELD_TEXT,
    MC_FIELD_ASCII,
    MC_FIELD_DIGITS,
    MC_FIELD_DOB,
    MC_FIELD_SEX,
  } kind;
  gboolean beside; /* stands beside the field before it */
} McGroupField;

#define MC_GROUP_FIELDS_MAX 5

/** mc_group_fields: those of @group, in the order shown. @ret_fields: %MC_GROUP_FIELDS_MAX places.
 * Returns: how many */
guint mc_group_fields (const char *group, const McGroupField **ret_fields);

/** mc_group_field_input: an entry, or a drop-down for the sex. */
GtkWidget *mc_group_field_input (const McGroupField *field);
/** mc_group_field_read: what is in the input now, as it is written in an op. Returns: (transfer
 * full) (nullable): %NULL where it cannot be read */
char *mc_group_field_read (const McGroupField *field, GtkWidget *input);
/** mc_group_field_write: @text: as it is written in an op */
void mc_group_field_write (const McGroupField *field, GtkWidget *input, const char *text);
/** mc_group_field_choose_sex: @sex: "male", "female" or "" */
void mc_group_field_choose_sex (GtkWidget *input, const char *sex);
/** mc_group_field_append: puts the input with its caption into @box. @row: (inout): the row of the
 * field before it, for one that stands beside it */
void
mc_group_field_append (const McGroupField *field, GtkWidget *input, GtkBox *box, GtkWidget **row);

G_END_DECLS
