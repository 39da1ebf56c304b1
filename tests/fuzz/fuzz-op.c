/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The op line: whatever lines come, in whatever order. One line of the input is one op. */
#include "mc-fuzz.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (McFuzzRecord) fuzz = mc_fuzz_record_new ();
  gsize at = 0;

  while (at < size)
    {
      const char *line = (const char *)data + at;
      const char *newline = memchr (line, '\n', size - at);
      gsize length = newline ? (gsize)(newline - line) : size - at;

      mc_fuzz_take (fuzz, line, length, NULL);
      at += length + 1;
    }
  return 0;
}
