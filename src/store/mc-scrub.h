/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/** McScrubbed: what a slice found. */
typedef struct
{
  guint pages; /* looked at */
  guint chunks;
  guint files_bad;  /* scans that were damaged: set aside, and fetched again */
  guint files_lost; /* of those, such as the province does not have */
  gint64 page_bad;  /* the first damaged page of the database, from 1; 0: none */
  gboolean round;   /* everything has been looked at since the round began */
} McScrubbed;

/** mc_scrub_slice: looks at the next @pages pages and @chunks chunks of 64 KiB, where the last
 * slice ended. On the worker's thread, when there is nothing else to do. */
gboolean
mc_scrub_slice (McStore *store, guint pages, guint chunks, McScrubbed *ret_found, GError **error);
/** mc_scrub_bad_page: the damaged page of the database that was met, 0: none. The way out is
 * mc_profile_rebuild(). */
gint64 mc_scrub_bad_page (McStore *store);
/** mc_scrub_last: when everything had been looked at for the last time, ms; 0: not yet. */
gint64 mc_scrub_last (McStore *store);

/** McScrubFile: a scan that was found damaged. */
typedef struct
{
  char *sha256;
  char *dossier; /* code; NULL: no dossier here names it any more */
  char *name;    /* of the document; NULL as above */
  gint64 at_ms;  /* when it was found */
  gboolean here; /* it has been fetched again */
} McScrubFile;
void mc_scrub_file_free (McScrubFile *file);
/** mc_scrub_files: those found lately, newest first, at most 20. Returns: (transfer full)
 * (element-type McScrubFile) */
GPtrArray *mc_scrub_files (McStore *store);

G_END_DECLS
