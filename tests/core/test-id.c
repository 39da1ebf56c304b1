/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-id.h"

#include "mc-keys.h"
#include <string.h>

static void
test_new (void)
{
  g_autofree char *early = mc_id_new (1795219200000);
  g_autofree char *late = mc_id_new (1795219200001);
  g_autofree char *again = mc_id_new (1795219200001);

  g_assert_true (mc_id_valid (early));
  g_assert_true (mc_id_valid (late));
  g_assert_cmpstr (early, <, late);
  g_assert_cmpstr (late, !=, again);
  g_assert_cmpint (strncmp (late, again, 13), ==, 0);
}

/* RFC 9562 §5.7: the first 48 bits are the milliseconds. */
static void
test_milliseconds (void)
{
  g_autofree char *id = mc_id_new (0x0123456789ab);

  g_assert_true (g_str_has_prefix (id, "01234567-89ab-7"));
}

static void
test_valid (void)
{
  static const struct
  {
    const char *id;
    gboolean valid;
  } rows[] = {
    { "01900000-0000-7000-8000-0000000000ff", TRUE },
    { "01900000-0000-7000-b000-0000000000ff", TRUE },
    { "01900000-0000-7000-8000-0000000000fF", FALSE },
    { "01900000-0000-4000-8000-0000000000ff", FALSE },
    { "01900000-0000-7000-c000-0000000000ff", FALSE },
    { "01900000-0000-7000-8000-0000000000f", FALSE },
    { "01900000-0000-7000-8000-0000000000ff0", FALSE },
    { "01900000_0000-7000-8000-0000000000ff", FALSE },
    { "0190000g-0000-7000-8000-0000000000ff", FALSE },
    { "01900000-0000-7000-8000-0000000000f\n", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (mc_id_valid (rows[i].id), ==, rows[i].valid);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/id/new", test_new);
  g_test_add_func ("/id/milliseconds", test_milliseconds);
  g_test_add_func ("/id/valid", test_valid);
  return g_test_run ();
}
