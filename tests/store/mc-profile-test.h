/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-profile.h"
#include "mc-support.h"

G_BEGIN_DECLS

#define MC_TEST_PHRASE "ba con trâu đi cày"

/** McTestWork: what was done in a profile, to be found again. */
typedef struct
{
  char *dossier;
  char *scan; /* sha256 */
} McTestWork;

/** mc_test_plain_profile: a folder as a version without encryption left it: a dossier of @name with
 * a scan, the staff of mc_test_office(), the device's key in a file. Returns: (transfer full) */
char *mc_test_plain_profile (const char *name, McTestWork *ret_work);
/** mc_test_work_on: signs an in, receives a dossier of @name and attaches a scan to it. */
McTestWork mc_test_work_on (McTestOffice *office, const char *name);
void mc_test_work_clear (McTestWork *work);
/** mc_test_same_work: asserts that the profile opens under @key and has it all. */
void mc_test_same_work (const char *folder, McDataKey *key, const McTestWork *work);

/** mc_test_machine: a machine whose secret is the same in every process, and which remembers
 * nothing else. */
const McMachineSecret *mc_test_machine (void);
/** mc_test_person: an, with the PIN of all tests. */
McProfilePerson mc_test_person (const McMachineSecret *machine);
/** mc_test_open_vault: the key that an's PIN gives. Returns: (transfer full) */
McDataKey *mc_test_open_vault (const char *folder, const McMachineSecret *machine);

/** mc_test_locked_profile: the same, encrypted; mc_test_person() opens it, and binh by
 * MC_TEST_PHRASE. Returns: (transfer full) */
char *mc_test_locked_profile (const char *name,
                              const McMachineSecret *machine,
                              McTestWork *ret_work,
                              McDataKey **ret_key);
/** mc_test_copy_file: */
void mc_test_copy_file (const char *from, const char *to);

/** mc_test_grep: the first file below @folder in which @bytes are, also UTF-16; NULL: none.
 * Returns: (transfer full) */
char *mc_test_grep (const char *folder, const char *text);

G_END_DECLS
