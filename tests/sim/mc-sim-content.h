/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MC_SIM_CHUNK 4096

/** McSimContent: the bytes of a file, in chunks that copies share until one of them is written. */
typedef struct
{
  GPtrArray *chunks; /* counted */
  gint64 size;
} McSimContent;

void mc_sim_content_init (McSimContent *content);
void mc_sim_content_clear (McSimContent *content);
void mc_sim_content_copy (McSimContent *to, const McSimContent *from);
void mc_sim_content_write (McSimContent *content, const void *bytes, gsize length, gint64 offset);
gsize mc_sim_content_read (const McSimContent *content, void *bytes, gsize length, gint64 offset);
void mc_sim_content_resize (McSimContent *content, gint64 size);

G_END_DECLS
