/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-content.h"

#include <string.h>

typedef struct
{
  guint users;
  guint8 bytes[MC_SIM_CHUNK];
} Chunk;

static void
chunk_unref (gpointer data)
{
  Chunk *chunk = data;

  if (--chunk->users == 0)
    g_free (chunk);
}

static Chunk *
chunk_ref (Chunk *chunk)
{
  chunk->users++;
  return chunk;
}

void
mc_sim_content_init (McSimContent *content)
{
  content->chunks = g_ptr_array_new_with_free_func (chunk_unref);
  content->size = 0;
}

void
mc_sim_content_clear (McSimContent *content)
{
  g_clear_pointer (&content->chunks, g_ptr_array_unref);
  content->size = 0;
}

void
mc_sim_content_copy (McSimContent *to, const McSimContent *from)
{
  g_ptr_array_set_size (to->chunks, 0);
  for (guint i = 0; i < from->chunks->len; i++)
    g_ptr_array_add (to->chunks, chunk_ref (from->chunks->pdata[i]));
  to->size = from->size;
}

static void
grow (McSimContent *content, gint64 size)
{
  while ((gint64)content->chunks->len * MC_SIM_CHUNK < size)
    {
      Chunk *chunk = g_new0 (Chunk, 1);

      g_ptr_array_add (content->chunks, chunk_ref (chunk));
    }
  content->size = MAX (content->size, size);
}

/* A chunk of one's own, to be written to. */
static Chunk *
own_chunk (McSimContent *content, guint place)
{
  Chunk *chunk = content->chunks->pdata[place];
  Chunk *copy;

  if (chunk->users == 1)
    return chunk;
  copy = g_new (Chunk, 1);
  copy->users = 1;
  memcpy (copy->bytes, chunk->bytes, MC_SIM_CHUNK);
  content->chunks->pdata[place] = copy;
  chunk_unref (chunk);
  return copy;
}

void
mc_sim_content_share (McSimContent *to, const McSimContent *from, gint64 offset, gsize length)
{
  guint first = (guint)(offset / MC_SIM_CHUNK);
  guint end = (guint)((offset + (gint64)length + MC_SIM_CHUNK - 1) / MC_SIM_CHUNK);

  mc_sim_content_resize (to, from->size);
  for (guint i = first; i < end && i < from->chunks->len; i++)
    {
      Chunk *old = to->chunks->pdata[i];

      to->chunks->pdata[i] = chunk_ref (from->chunks->pdata[i]);
      chunk_unref (old);
    }
}

void
mc_sim_content_write (McSimContent *content, const void *bytes, gsize length, gint64 offset)
{
  const guint8 *from = bytes;

  grow (content, offset + (gint64)length);
  while (length > 0)
    {
      gsize within = (gsize)(offset % MC_SIM_CHUNK);
      gsize part = MIN (length, MC_SIM_CHUNK - within);
      Chunk *chunk = own_chunk (content, (guint)(offset / MC_SIM_CHUNK));

      memcpy (chunk->bytes + within, from, part);
      from += part;
      offset += (gint64)part;
      length -= part;
    }
}

gsize
mc_sim_content_read (const McSimContent *content, void *bytes, gsize length, gint64 offset)
{
  guint8 *to = bytes;
  gsize done = 0;

  if (offset >= content->size)
    return 0;
  length = MIN (length, (gsize)(content->size - offset));
  while (done < length)
    {
      gsize within = (gsize)(offset % MC_SIM_CHUNK);
      gsize part = MIN (length - done, MC_SIM_CHUNK - within);
      Chunk *chunk = content->chunks->pdata[offset / MC_SIM_CHUNK];

      memcpy (to + done, chunk->bytes + within, part);
      done += part;
      offset += (gint64)part;
    }
  return done;
}

void
mc_sim_content_resize (McSimContent *content, gint64 size)
{
  gint64 within = size % MC_SIM_CHUNK;

  if (size < content->size)
    {
      g_ptr_array_set_size (content->chunks, (gint)((size + MC_SIM_CHUNK - 1) / MC_SIM_CHUNK));
      if (within > 0)
        memset (own_chunk (content, (guint)(size / MC_SIM_CHUNK))->bytes + within,
                0,
                (gsize)(MC_SIM_CHUNK - within));
      content->size = size;
    }
  grow (content, size);
}
