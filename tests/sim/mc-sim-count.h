/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** McSimCount: how often each fault fired and each verdict fell, by name. */
typedef struct
{
  GHashTable *counts; /* name → count */
} McSimCount;

void mc_sim_count_init (McSimCount *count);
void mc_sim_count_clear (McSimCount *count);
void mc_sim_count_add (McSimCount *count, const char *name, guint times);
guint mc_sim_count_of (McSimCount *count, const char *name);
/** mc_sim_count_print: a line each, by name. */
void mc_sim_count_print (McSimCount *count);

G_END_DECLS
