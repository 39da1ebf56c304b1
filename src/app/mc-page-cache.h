/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * McPageCache:
 * The pages seen last, as images, by (document, page, width in pixels): the least recently used go
 * first when they are more than @max_bytes together. One thread only.
 */
typedef struct _McPageCache McPageCache;

McPageCache *mc_page_cache_new (gsize max_bytes);
void mc_page_cache_free (McPageCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McPageCache, mc_page_cache_free)

/** mc_page_cache_get: Returns: (transfer none) (nullable) */
gpointer mc_page_cache_get (McPageCache *cache, const char *document, guint page, int width);
/** mc_page_cache_put: @image is referenced. One that is larger than the whole cache is not kept. */
void mc_page_cache_put (McPageCache *cache,
                        const char *document,
                        guint page,
                        int width,
                        gpointer image,
                        gsize bytes);
guint mc_page_cache_size (McPageCache *cache);
gsize mc_page_cache_bytes (McPageCache *cache);

G_END_DECLS
