/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-layout.h"
#include "mc-pdf-reader.h"

/** McSampleForm: a form as it is looked at, and compared with its picture. */
typedef struct
{
  const char *name; /* of the picture */
  McForm *(*make) (void);
} McSampleForm;

/** mc_sample_forms: every form of both sets, the local papers, and their variants; the last one has
 * no name. Static. */
const McSampleForm *mc_sample_forms (void);

/** mc_sample_values: what a dossier of Nguyễn Thị Hường fills forms with. Returns: (transfer full)
 */
McFormValues *mc_sample_values (void);
