/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-wire.h"

#include <string.h>

/* Packed once, and kept. */
#define KEPT "I8rtaCGsgOEyBXx5x8CUCwA="
#define TEXT "một cửa một cửa một cửa một cửa"

static GBytes *
zeros (gsize size)
{
  return g_bytes_new_take (g_malloc0 (size), size);
}

static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0, 1, 100, 32767, 32768, 32769, 65536, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (i);
      guint8 *data = g_malloc (sizes[i] + 1);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) packed = NULL;
      g_autoptr (GBytes) back = NULL;
      g_autoptr (GError) error = NULL;

      for (gsize b = 0; b < sizes[i]; b++)
        data[b] = (guint8)g_rand_int_range (random, 0, i % 2 ? 256 : 4);
      bytes = g_bytes_new_take (data, sizes[i]);
      packed = mc_wire_pack (bytes);
      back = mc_wire_unpack (packed, MC_WIRE_MAX, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, back));
    }
}

/* One op: the words that every request says do not travel. */
static void
test_small (void)
{
  static const char text[] =
      "{\"cursor\":[70,\"abad7689e186c53c55e12b4effface6b\"],\"motcua\":1,\"ops\":1}\n"
      "ROdQPXh {\"at\":1795325139446000,\"base\":{\"status\":[\"01a201b7-99d7-78b4-9e66-"
      "ecfaae5c9ff7\"]},\"body\":{\"step\":\"appraise\"},\"by\":\"01a2\",\"do\":\"dossier.step\"}"
      "\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GBytes) small = mc_wire_pack_small (bytes);
  g_autoptr (GBytes) gzip = mc_wire_pack (bytes);
  g_autoptr (GBytes) torn = g_bytes_new_from_bytes (small, 0, g_bytes_get_size (small) - 1);
  g_autoptr (GBytes) many = zeros (1024 * 1024);
  g_autoptr (GBytes) bomb = mc_wire_pack_small (many);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) back = mc_wire_unpack_small (small, MC_WIRE_MAX, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, back));
  g_assert_cmpuint (g_bytes_get_size (small), <, g_bytes_get_size (gzip) * 3 / 4);
  g_assert_null (mc_wire_unpack_small (torn, MC_WIRE_MAX, NULL));
  g_assert_null (mc_wire_unpack_small (gzip, MC_WIRE_MAX, NULL));
  g_assert_null (mc_wire_unpack_small (bomb, 1024 * 1024 - 1, NULL));
}

/* The words are part of the protocol: what a desk of today sends, every later province reads. */
static void
test_small_for_ever (void)
{
  static const char text[] = "{\"cursor\":[1,\"\"],\"motcua\":1,\"ops\":1}\n\"do\":\"note.add\" "
                             "\"step\":\"appraise\" \"channel\":\"direct\",\"code\":\"H05\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GBytes) back = NULL;
  gsize length = 0;
  guchar *data = g_base64_decode (KEPT, &length);

  kept = g_bytes_new_take (data, length);
  back = mc_wire_unpack_small (kept, MC_WIRE_MAX, NULL);
  g_assert_nonnull (back);
  g_assert_true (g_bytes_equal (bytes, back));
}

/* Megabytes of zeros in a few kilobytes: unpacking stops at the limit. */
static void
test_bomb (void)
{
  g_autoptr (GBytes) bytes = zeros (8 * 1024 * 1024);
  g_autoptr (GBytes) packed = mc_wire_pack (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) refused = mc_wire_unpack (packed, 1024 * 1024, &error);
  g_autoptr (GBytes) exact = NULL;
  g_autoptr (GBytes) short_by_one = NULL;

  g_assert_cmpuint (g_bytes_get_size (packed), <, 1024 * 1024);
  g_assert_null (refused);
  g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
  exact = mc_wire_unpack (packed, 8 * 1024 * 1024, NULL);
  short_by_one = mc_wire_unpack (packed, 8 * 1024 * 1024 - 1, NULL);
  g_assert_nonnull (exact);
  g_assert_null (short_by_one);
}

static void
test_torn (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (TEXT, strlen (TEXT));
  g_autoptr (GBytes) packed = mc_wire_pack (bytes);
  gsize size = g_bytes_get_size (packed);

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GBytes) torn = g_bytes_new_from_bytes (packed, 0, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) back = mc_wire_unpack (torn, 1000, &error);

      g_assert_null (back);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

/* gzip's own checks, of the length and of the sum, find what was changed on the way. */
static void
test_changed (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (TEXT, strlen (TEXT));
  g_autoptr (GBytes) packed = mc_wire_pack (bytes);
  gsize size;
  const guint8 *data = g_bytes_get_data (packed, &size);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (GBytes) back = NULL;

      copy[i] ^= 0x40;
      changed = g_bytes_new (copy, size);
      back = mc_wire_unpack (changed, 1000, NULL);
      g_assert_true (back == NULL || g_bytes_equal (back, bytes));
    }
}

static void
test_no_gzip (void)
{
  static const char *const rows[] = { "x", "<html>", "{\"motcua\":1}\n", "\x1f\x8b" };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GBytes) packed = mc_wire_pack (bytes);
  g_autoptr (GByteArray) twice = g_byte_array_new ();
  g_autoptr (GBytes) behind = NULL;
  g_autoptr (GBytes) refused = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) plain = g_bytes_new (rows[i], strlen (rows[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) back = mc_wire_unpack (plain, 1000, &error);

      g_assert_null (back);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
  for (guint i = 0; i < 2; i++)
    g_byte_array_append (twice, g_bytes_get_data (packed, NULL), (guint)g_bytes_get_size (packed));
  behind = g_byte_array_free_to_bytes (g_steal_pointer (&twice));
  refused = mc_wire_unpack (behind, 1000, NULL);
  g_assert_null (refused);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire-pack/small", test_small);
  g_test_add_func ("/wire-pack/small-for-ever", test_small_for_ever);
  g_test_add_func ("/wire-pack/round-trip", test_round_trip);
  g_test_add_func ("/wire-pack/bomb", test_bomb);
  g_test_add_func ("/wire-pack/torn", test_torn);
  g_test_add_func ("/wire-pack/changed", test_changed);
  g_test_add_func ("/wire-pack/no-gzip", test_no_gzip);
  return g_test_run ();
}
