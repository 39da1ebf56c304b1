/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the PDF says to whoever has it read aloud, or copies from it. */
#include "mc-pdf-reader.h"

#include <string.h>

/* How many elements there are of a kind. */
static guint
count (const char *structure, const char *element)
{
  g_auto (GStrv) lines = g_strsplit (structure, "\n", -1);
  guint found = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);

      found += g_str_equal (line, element);
    }
  return found;
}

static void
test_one_page (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (2);
  g_autoptr (McForm) form = mc_receipt_form (data);
  g_autofree char *structure = mc_read_structure (form);

  g_assert_true (g_str_has_prefix (structure, "Document\n"));
  g_assert_cmpuint (count (structure, "H1 (block)"), ==, 1);
  g_assert_cmpuint (count (structure, "Table (block)"), ==, 1);
  g_assert_cmpuint (count (structure, "TR"), ==, 3);
  g_assert_cmpuint (count (structure, "TH"), ==, 6);
  g_assert_cmpuint (count (structure, "TD"), ==, 10);
  /* As a search types it: every letter one character. */
  g_assert_nonnull (strstr (structure, "\"GIẤY TIẾP NHẬN HỒ SƠ"));
  g_assert_nonnull (strstr (structure, "\"Giấy thứ 1: hộ chiếu"));
  g_assert_nonnull (strstr (structure, "Nguyễn Thị Hường\""));
  g_assert_nonnull (strstr (structure, "\"Trần Văn Ước\""));
}

/* A table that goes on is one table a page, each with its head. */
static void
test_long_table (void)
{
  g_autoptr (McReceiptData) data = mc_sample_receipt (60);
  g_autoptr (McForm) form = mc_receipt_form (data);
  g_autofree char *structure = mc_read_structure (form);
  guint tables = count (structure, "Table (block)");

  g_assert_cmpuint (tables, >, 1);
  g_assert_cmpuint (count (structure, "TH"), ==, 6 * tables);
  g_assert_cmpuint (count (structure, "TR"), ==, 60 + tables);
  g_assert_cmpuint (count (structure, "TD"), ==, 60 * 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tags/one-page", test_one_page);
  g_test_add_func ("/tags/long-table", test_long_table);
  return g_test_run ();
}
