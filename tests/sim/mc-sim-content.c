/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-content.h"

#include <string.h>

typedef struct
{
  guint users;
  guint8 bytes[MC_SIM_CHUNK];
} Chunk;

static GPtrArray *spare; /* chunks that nobody uses, the warmest last */

/* What is in it beyond the end of its content is undefined. */
static Chunk *
chunk_new (void)
{
  Chunk *chunk;

  if (spare == NULL)
    spare = g_ptr_array_new_with_free_func (g_free);
  chunk = spare->len > 0 ? g_ptr_array_steal_index (spare, spare->len - 1) : g_new (Chunk, 1);
  chunk->users = 1;
  return chunk;
}

static void
chunk_unref (gpointer data)
{
  Chunk *chunk = data;

  if (--chunk->users == 0)
    g_ptr_array_add (spare, chunk);
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

/* Most of it is the same already where a file is copied to what it was a moment ago. */
void
mc_sim_content_copy (McSimContent *to, const McSimContent *from)
{
  if (to->chunks->len > from->chunks->len)
    g_ptr_array_set_size (to->chunks, (gint)from->chunks->len);
  for (guint i = 0; i < from->chunks->len; i++)
    if (i == to->chunks->len)
      g_ptr_array_add (to->chunks, chunk_ref (from->chunks->pdata[i]));
    else if (to->chunks->pdata[i] != from->chunks->pdata[i])
      {
        chunk_unref (to->chunks->pdata[i]);
        to->chunks->pdata[i] = chunk_ref (from->chunks->pdata[i]);
      }
  to->size = from->size;
}

static void
grow (McSimContent *content, gint64 size)
{
  while ((gint64)content->chunks->len * MC_SIM_CHUNK < size)
    g_ptr_array_add (content->chunks, chunk_new ());
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
  copy = chunk_new ();
  memcpy (copy->bytes, chunk->bytes, MC_SIM_CHUNK);
  content->chunks->pdata[place] = copy;
  chunk_unref (chunk);
  return copy;
}

void
mc_sim_content_write (McSimContent *content, const void *bytes, gsize length, gint64 offset)
{
  const guint8 *from = bytes;

  if (offset > content->size)
    mc_sim_content_resize (content, offset);
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

/* Zeroes from the end on, as far as @size. */
static void
fill (McSimContent *content, gint64 size)
{
  gint64 at = content->size;

  grow (content, size);
  while (at < size)
    {
      gint64 within = at % MC_SIM_CHUNK;
      gint64 part = MIN (size - at, MC_SIM_CHUNK - within);

      memset (own_chunk (content, (guint)(at / MC_SIM_CHUNK))->bytes + within, 0, (gsize)part);
      at += part;
    }
}

void
mc_sim_content_resize (McSimContent *content, gint64 size)
{
  if (size >= content->size)
    {
      fill (content, size);
      return;
    }
  g_ptr_array_set_size (content->chunks, (gint)((size + MC_SIM_CHUNK - 1) / MC_SIM_CHUNK));
  content->size = size;
}
