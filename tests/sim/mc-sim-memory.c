/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory for a run, for speed alone: a sixth of it went into the libraries' allocation. Each thread
 * keeps the blocks of each size that were given back, the last one first, and gives none to the
 * system. Not part of the build that looks for misuse of memory.
 */
#include <errno.h>
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define STEP 16
#define SMALL_MAX 1024 /* a list for every 16 bytes up to here, then one for each power of two */
#define LISTS (SMALL_MAX / STEP + 1 + 48)
#define REGION ((size_t)64 << 20)

/* Before every block. */
typedef struct
{
  size_t size; /* that may be used */
  uint32_t list;
  uint32_t shift; /* from the start of an aligned block's own block, else 0 */
} Head;

typedef struct Free Free;
struct Free
{
  Free *next;
};

static __thread Free *lists[LISTS];
static __thread char *region;
static __thread size_t left;

_Static_assert(sizeof (Head) == STEP, "blocks are aligned as the libraries expect");

static uint32_t
list_of (size_t size, size_t *ret_size)
{
  uint32_t power;

  if (size <= SMALL_MAX)
    {
      uint32_t list = size == 0 ? 1 : (uint32_t)((size + STEP - 1) / STEP);

      *ret_size = (size_t)list * STEP;
      return list;
    }
  power = 64 - (uint32_t)__builtin_clzl (size - 1);
  *ret_size = (size_t)1 << power;
  return SMALL_MAX / STEP + 1 + power - 11;
}

static void *
more (size_t size)
{
  size_t whole = size + sizeof (Head);
  char *block;

  if (whole > left)
    {
      size_t wanted = whole > REGION ? whole : REGION;
      void *got = mmap (NULL, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

      if (got == MAP_FAILED)
        return NULL;
      /* A run wanders over all of it: an eighth of its time was spent finding small pages. Where
       * the system has no large ones, small ones do. */
      madvise (got, wanted, MADV_HUGEPAGE);
      region = got;
      left = wanted;
    }
  block = region;
  region += whole;
  left -= whole;
  return block + sizeof (Head);
}

static void *
take (size_t size)
{
  size_t room;
  uint32_t list;
  Free *block;
  Head *head;

  if (size > (size_t)1 << 46)
    {
      errno = ENOMEM;
      return NULL;
    }
  list = list_of (size, &room);
  block = lists[list];
  if (block != NULL)
    {
      lists[list] = block->next;
      return block;
    }
  block = more (room);
  if (block == NULL)
    {
      errno = ENOMEM;
      return NULL;
    }
  head = (Head *)block - 1;
  head->size = room;
  head->list = list;
  head->shift = 0;
  return block;
}

void *
malloc (size_t size)
{
  return take (size);
}

void
free (void *memory)
{
  Head *head;
  Free *block = memory;

  if (memory == NULL)
    return;
  head = (Head *)memory - 1;
  if (head->shift > 0)
    {
      free ((char *)memory - head->shift);
      return;
    }
  block->next = lists[head->list];
  lists[head->list] = block;
}

void *
calloc (size_t count, size_t size)
{
  size_t bytes;
  void *memory;

  if (__builtin_mul_overflow (count, size, &bytes))
    {
      errno = ENOMEM;
      return NULL;
    }
  memory = take (bytes);
  return memory ? memset (memory, 0, bytes) : NULL;
}

void *
realloc (void *memory, size_t size)
{
  size_t room = memory ? ((Head *)memory - 1)->size : 0;
  void *other;

  if (memory != NULL && size <= room && (size > room / 4 || room <= SMALL_MAX))
    return memory;
  other = take (size);
  if (other == NULL)
    return NULL;
  if (memory != NULL)
    memcpy (other, memory, room < size ? room : size);
  free (memory);
  return other;
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  char *memory = take (size + alignment + sizeof (Head));
  char *at;
  Head *head;

  if (memory == NULL || alignment <= STEP)
    return memory;
  at = (char *)(((uintptr_t)memory + sizeof (Head) + alignment - 1) & ~(uintptr_t)(alignment - 1));
  head = (Head *)at - 1;
  head->size = size;
  head->list = 0;
  head->shift = (uint32_t)(at - memory);
  return at;
}

void *
memalign (size_t alignment, size_t size)
{
  return aligned_alloc (alignment, size);
}

int
posix_memalign (void **ret_memory, size_t alignment, size_t size)
{
  void *memory = aligned_alloc (alignment, size);

  if (memory == NULL)
    return ENOMEM;
  *ret_memory = memory;
  return 0;
}

size_t
malloc_usable_size (void *memory)
{
  return memory ? ((Head *)memory - 1)->size : 0;
}
