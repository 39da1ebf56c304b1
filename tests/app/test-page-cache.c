/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-page-cache.h"

static GObject *
image (McPageCache *cache, const char *document, guint page, int width, gsize bytes)
{
  GObject *object = g_object_new (G_TYPE_OBJECT, NULL);

  mc_page_cache_put (cache, document, page, width, object, bytes);
  g_object_unref (object);
  return object;
}

static void
test_finds (void)
{
  g_autoptr (McPageCache) cache = mc_page_cache_new (1000);
  GObject *one = image (cache, "a", 0, 600, 100);
  GObject *two = image (cache, "a", 1, 600, 100);
  GObject *wide = image (cache, "a", 0, 1200, 100);

  g_assert_true (mc_page_cache_get (cache, "a", 0, 600) == one);
  g_assert_true (mc_page_cache_get (cache, "a", 1, 600) == two);
  g_assert_true (mc_page_cache_get (cache, "a", 0, 1200) == wide);
  g_assert_null (mc_page_cache_get (cache, "b", 0, 600));
  g_assert_null (mc_page_cache_get (cache, "a", 2, 600));
  g_assert_cmpuint (mc_page_cache_bytes (cache), ==, 300);
}

static void
test_least_used_goes (void)
{
  g_autoptr (McPageCache) cache = mc_page_cache_new (300);

  image (cache, "a", 0, 600, 100);
  image (cache, "a", 1, 600, 100);
  image (cache, "a", 2, 600, 100);
  g_assert_nonnull (mc_page_cache_get (cache, "a", 0, 600));
  image (cache, "a", 3, 600, 100);
  g_assert_null (mc_page_cache_get (cache, "a", 1, 600));
  g_assert_nonnull (mc_page_cache_get (cache, "a", 0, 600));
  g_assert_cmpuint (mc_page_cache_size (cache), ==, 3);
  image (cache, "a", 4, 600, 250);
  g_assert_cmpuint (mc_page_cache_size (cache), ==, 1);
  g_assert_cmpuint (mc_page_cache_bytes (cache), ==, 250);
}

static void
test_replaced_and_too_large (void)
{
  g_autoptr (McPageCache) cache = mc_page_cache_new (300);
  GObject *second;

  image (cache, "a", 0, 600, 100);
  second = image (cache, "a", 0, 600, 200);
  g_assert_true (mc_page_cache_get (cache, "a", 0, 600) == second);
  g_assert_cmpuint (mc_page_cache_bytes (cache), ==, 200);
  mc_page_cache_put (cache, "a", 1, 600, second, 301);
  g_assert_null (mc_page_cache_get (cache, "a", 1, 600));
  g_assert_cmpuint (mc_page_cache_size (cache), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-cache/finds", test_finds);
  g_test_add_func ("/page-cache/least-used-goes", test_least_used_goes);
  g_test_add_func ("/page-cache/replaced-and-too-large", test_replaced_and_too_large);
  return g_test_run ();
}
