/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-page-cache.h"

typedef struct
{
  char *document;
  guint page;
  int width;
  gpointer image; /* GObject, owned */
  gsize bytes;
} Entry;

struct _McPageCache
{
  gsize max_bytes;
  gsize bytes;
  GQueue entries; /* Entry, last used first; a dozen at most, so a search along it is cheap */
};

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->image);
  g_free (entry->document);
  g_free (entry);
}

McPageCache *
mc_page_cache_new (gsize max_bytes)
{
  McPageCache *cache = g_new0 (McPageCache, 1);

  cache->max_bytes = max_bytes;
  g_queue_init (&cache->entries);
  return cache;
}

void
mc_page_cache_free (McPageCache *cache)
{
  if (cache == NULL)
    return;
  g_queue_clear_full (&cache->entries, (GDestroyNotify)entry_free);
  g_free (cache);
}

static GList *
find (McPageCache *cache, const char *document, guint page, int width)
{
  for (GList *link = cache->entries.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (entry->page == page && entry->width == width && g_str_equal (entry->document, document))
        return link;
    }
  return NULL;
}

gpointer
mc_page_cache_get (McPageCache *cache, const char *document, guint page, int width)
{
  GList *link;

  g_return_val_if_fail (cache != NULL && document != NULL, NULL);

  link = find (cache, document, page, width);
  if (link == NULL)
    return NULL;
  g_queue_unlink (&cache->entries, link);
  g_queue_push_head_link (&cache->entries, link);
  return ((Entry *)link->data)->image;
}

static void
drop (McPageCache *cache, GList *link)
{
  Entry *entry = link->data;

  cache->bytes -= entry->bytes;
  g_queue_delete_link (&cache->entries, link);
  entry_free (entry);
}

void
mc_page_cache_put (McPageCache *cache,
                   const char *document,
                   guint page,
                   int width,
                   gpointer image,
                   gsize bytes)
{
  GList *old;
  Entry *entry;

  g_return_if_fail (cache != NULL && document != NULL && G_IS_OBJECT (image));

  old = find (cache, document, page, width);
  if (old != NULL)
    drop (cache, old);
  if (bytes > cache->max_bytes)
    return;
  while (cache->bytes + bytes > cache->max_bytes)
    drop (cache, cache->entries.tail);
  entry = g_new (Entry, 1);
  *entry = (Entry){ g_strdup (document), page, width, g_object_ref (image), bytes };
  cache->bytes += bytes;
  g_queue_push_head (&cache->entries, entry);
}

guint
mc_page_cache_size (McPageCache *cache)
{
  g_return_val_if_fail (cache != NULL, 0);

  return cache->entries.length;
}

gsize
mc_page_cache_bytes (McPageCache *cache)
{
  g_return_val_if_fail (cache != NULL, 0);

  return cache->bytes;
}
