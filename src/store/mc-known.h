/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"

G_BEGIN_DECLS

/*
 * What the office holds of a resident who was here before: nobody is asked again for what is on
 * paper or in a database already (Luật Căn cước 2023, Điều 20.3; NQ 66.7/2025/NQ-CP). Only dossiers
 * that this office sees are looked at.
 */

/** McKnown: a resident as they were received last. */
typedef struct
{
  json_t *applicant; /* name, id, dob, sex, address: what was given then */
  json_t *contact;   /* phone, email */
  char *code;        /* of the dossier */
  char *procedure_name;
  gint64 received_ms;
} McKnown;
void mc_known_free (McKnown *known);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McKnown, mc_known_free)

/**
 * mc_store_known:
 * Found by the number; where there is none, by name and whole date of birth, and only one who is
 * alone with both.
 * @number: (nullable)
 * @name: (nullable)
 * @dob: (nullable): "2005-03-05"
 * Returns: (transfer full) (nullable): %NULL where nobody is known
 */
McKnown *mc_store_known (McStore *store, const char *number, const char *name, const char *dob);

/** McHeld: a scan that the office has from an earlier dossier of the resident. */
typedef struct
{
  char *name; /* of the paper */
  json_t *document;
  char *code; /* of the dossier it came with */
  gint64 received_ms;
} McHeld;
void mc_held_free (McHeld *held);

/**
 * mc_store_held:
 * The scans of the resident's own dossiers whose bytes are on this desk, newest first.
 * @number: of the resident
 * Returns: (transfer full) (element-type McHeld)
 */
GPtrArray *mc_store_held (McStore *store, const char *number);

G_END_DECLS
