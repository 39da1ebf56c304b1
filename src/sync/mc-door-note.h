/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/*
 * The two small files of a profile that anybody may read, since they are needed before it is open:
 * "office": whose desk it is, how the province is reached, and the key sealed to the province;
 * "sign-in": who opened it last, and how often in a row each has failed to. Nothing of a resident.
 */

/** McOfficeNote: what "office" says. */
typedef struct
{
  McEnrolment *enrolment;
  GBytes *sealed; /* (nullable): mc_unlock_seal() of the data key */
  char *key;      /* (nullable): mc_data_key_id() of that key */
} McOfficeNote;
void mc_office_note_free (McOfficeNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McOfficeNote, mc_office_note_free)
/** mc_office_note_read: Returns: (transfer full) (nullable): %NULL where there is none that makes
 * sense */
McOfficeNote *mc_office_note_read (const char *profile);
/** mc_office_note_read_file: one that lies elsewhere, in a backup. */
McOfficeNote *mc_office_note_read_file (const char *path);
gboolean mc_office_note_write (const char *profile, const McOfficeNote *note, GError **error);

/** mc_sign_in_note_read: {"last":[login…],"fails":{login:[count,ms]}}; never %NULL. Returns:
 * (transfer full) */
json_t *mc_sign_in_note_read (const char *profile);
gboolean mc_sign_in_note_write (const char *profile, const json_t *note, GError **error);

G_END_DECLS
