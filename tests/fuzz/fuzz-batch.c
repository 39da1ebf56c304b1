/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The batch: a desk's request, packed or not, and the lines in it, as the province reads them. */
#include "mc-fuzz.h"
#include "mc-wire.h"

#include <string.h>

#define UNPACKED_MAX (1024 * 1024)

/* What is written of a line read is read as the same. */
static void
assert_pushed (const McPushed *pushed)
{
  g_autofree char *text = mc_pushed_write (pushed->line, pushed->receipt, pushed->reason);
  g_auto (McPushed) again = { 0 };

  mc_pushed_read (text, &again);
  g_assert_cmpstr (again.line, ==, pushed->line);
  g_assert_cmpstr (again.receipt, ==, pushed->receipt);
  g_assert_cmpstr (again.reason, ==, pushed->reason);
}

static void
assert_request (const McSyncRequest *request)
{
  g_autoptr (GBytes) bytes = mc_sync_request_write (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (McSyncRequest) again = mc_sync_request_read (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpint (again->cursor.n, ==, request->cursor.n);
  g_assert_cmpstr (again->cursor.hash, ==, request->cursor.hash);
  g_assert_cmpint (again->limit, ==, request->limit);
  g_assert_cmpint (again->wait, ==, request->wait);
  g_assert_cmpint (again->left, ==, request->left);
  g_assert_cmpuint (again->lines->len, ==, request->lines->len);
  for (guint i = 0; i < again->lines->len; i++)
    g_assert_cmpstr (again->lines->pdata[i], ==, request->lines->pdata[i]);
}

static void
read_request (GBytes *bytes)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_read (bytes, NULL);
  g_autoptr (McFuzzRecord) fuzz = mc_fuzz_record_new ();

  if (request == NULL)
    return;
  assert_request (request);
  for (guint i = 0; i < request->lines->len; i++)
    {
      g_auto (McPushed) pushed = { 0 };

      mc_pushed_read (request->lines->pdata[i], &pushed);
      assert_pushed (&pushed);
      mc_fuzz_take (fuzz, pushed.line, strlen (pushed.line), NULL);
    }
}

typedef GBytes *(*Pack) (GBytes *bytes);
typedef GBytes *(*Unpack) (GBytes *bytes, gsize max, GError **error);

/* Packed and unpacked again it is the same; unpacked as it came, it is no bomb. Returns what came
 * out, or NULL. */
static GBytes *
try_packing (GBytes *bytes, Pack pack, Unpack unpack)
{
  g_autoptr (GBytes) packed = pack (bytes);
  g_autoptr (GError) error = NULL;
  gsize most = MAX (g_bytes_get_size (bytes), g_bytes_get_size (packed));
  g_autoptr (GBytes) back = unpack (packed, most, &error);
  GBytes *unpacked = unpack (bytes, UNPACKED_MAX, NULL);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, back));
  g_assert_true (unpacked == NULL || g_bytes_get_size (unpacked) <= UNPACKED_MAX);
  return unpacked;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) large = try_packing (bytes, mc_wire_pack, mc_wire_unpack);
  g_autoptr (GBytes) small = try_packing (bytes, mc_wire_pack_small, mc_wire_unpack_small);

  read_request (bytes);
  if (large != NULL)
    read_request (large);
  if (small != NULL)
    read_request (small);
  return 0;
}
