/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-row-model.h"

/* Source: a store of rows that counts how often it is asked. */
typedef struct
{
  guint asked;
  guint rows;
  const char *name;
  gint64 gone; /* a row that was deleted meanwhile */
} Source;

static GPtrArray *
fetch (gpointer data, const gint64 *numbers, guint length)
{
  Source *source = data;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_row_free);

  source->asked++;
  source->rows += length;
  for (guint i = 0; i < length; i++)
    {
      if (numbers[i] == source->gone)
        continue;
      McRow *row = g_new0 (McRow, 1);
      row->row = numbers[i];
      row->applicant = g_strdup_printf ("%s %" G_GINT64_FORMAT, source->name, numbers[i]);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

static GArray *
numbers (gint64 first, guint length)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint64));

  /* Newest first, as the store lists them. */
  for (guint i = 0; i < length; i++)
    {
      gint64 number = first + length - 1 - i;
      g_array_append_val (array, number);
    }
  return array;
}

/* Change: the last items-changed. */
typedef struct
{
  guint count, place, removed, added;
} Change;

static void
changed (GListModel *model, guint place, guint removed, guint added, Change *change)
{
  change->count++;
  change->place = place;
  change->removed = removed;
  change->added = added;
}

static void
test_blocks (void)
{
  Source source = { .name = "N" };
  g_autoptr (McRowModel) model = mc_row_model_new (fetch, &source);
  g_autoptr (GArray) rows = numbers (1, 100000);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  mc_row_model_replace (model, rows);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 100000);
  g_assert_cmpuint (source.asked, ==, 0);

  /* What a list view does: 205 items from the middle. Four or five blocks, nothing more. */
  for (guint i = 50000; i < 50205; i++)
    {
      McRowItem *item = g_list_model_get_item (G_LIST_MODEL (model), i);
      g_ptr_array_add (items, item);
      g_assert_cmpint (mc_row_item_row (item)->row, ==, 100000 - i);
    }
  g_assert_cmpuint (source.asked, <=, 5);
  g_assert_cmpuint (source.rows, <=, 5 * 64);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 100000));
}

/* However far one scrolls, only so many rows are kept, and each is right. */
static void
test_cache_is_bounded (void)
{
  Source source = { .name = "N" };
  g_autoptr (McRowModel) model = mc_row_model_new (fetch, &source);
  g_autoptr (GArray) rows = numbers (1, 20000);

  mc_row_model_replace (model, rows);
  for (guint i = 0; i < 20000; i += 7)
    {
      g_autoptr (McRowItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);
      g_assert_cmpint (mc_row_item_row (item)->row, ==, 20000 - i);
    }
  g_assert_cmpuint (source.asked, <=, 20000 / 64 + 1);
}

static void
test_smallest_change (void)
{
  Source source = { .name = "N" };
  Change change = { 0 };
  g_autoptr (McRowModel) model = mc_row_model_new (fetch, &source);
  g_autoptr (GArray) before = numbers (1, 500);
  g_autoptr (GArray) one_more = numbers (1, 501);
  g_autoptr (GArray) one_less = numbers (1, 501);

  mc_row_model_replace (model, before);
  g_signal_connect (model, "items-changed", G_CALLBACK (changed), &change);
  mc_row_model_replace (model, before);
  g_assert_cmpuint (change.count, ==, 0);

  mc_row_model_replace (model, one_more);
  g_assert_cmpuint (change.count, ==, 1);
  g_assert_cmpuint (change.place, ==, 0);
  g_assert_cmpuint (change.removed, ==, 0);
  g_assert_cmpuint (change.added, ==, 1);

  g_array_remove_index (one_less, 250);
  mc_row_model_replace (model, one_less);
  g_assert_cmpuint (change.count, ==, 2);
  g_assert_cmpuint (change.place, ==, 250);
  g_assert_cmpuint (change.removed, ==, 1);
  g_assert_cmpuint (change.added, ==, 0);
}

static void
count (McRowItem *item, guint *times)
{
  (*times)++;
}

/* The same item stands for the same dossier after a refresh, and says that it may have changed. */
static void
test_items_stay (void)
{
  Source source = { .name = "before" };
  guint times = 0;
  g_autoptr (McRowModel) model = mc_row_model_new (fetch, &source);
  g_autoptr (GArray) before = numbers (1, 10);
  g_autoptr (GArray) after = numbers (1, 12);

  mc_row_model_replace (model, before);
  g_autoptr (McRowItem) item = g_list_model_get_item (G_LIST_MODEL (model), 3);
  g_assert_cmpint (mc_row_item_number (item), ==, 7);
  g_assert_cmpstr (mc_row_item_row (item)->applicant, ==, "before 7");
  g_signal_connect (item, "changed", G_CALLBACK (count), &times);

  source.name = "after";
  mc_row_model_replace (model, after);
  g_assert_cmpuint (times, ==, 1);
  g_assert_cmpstr (mc_row_item_row (item)->applicant, ==, "after 7");
  g_assert_cmpuint (mc_row_model_find (model, 7), ==, 5);
  g_assert_cmpuint (mc_row_model_find (model, 99), ==, G_MAXUINT);
  g_autoptr (McRowItem) again = g_list_model_get_item (G_LIST_MODEL (model), 5);
  g_assert_true (again == item);
}

static void
test_gone (void)
{
  Source source = { .name = "N", .gone = 5 };
  g_autoptr (McRowModel) model = mc_row_model_new (fetch, &source);
  g_autoptr (GArray) rows = numbers (1, 10);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));

  mc_row_model_replace (model, rows);
  g_autoptr (McRowItem) item = g_list_model_get_item (G_LIST_MODEL (model), 5);
  g_assert_null (mc_row_item_row (item));
  mc_row_model_replace (model, none);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
  g_assert_null (mc_row_item_row (item));
  /* The item may outlive its model. */
  g_clear_object (&model);
  g_assert_null (mc_row_item_row (item));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-model/blocks", test_blocks);
  g_test_add_func ("/row-model/cache-is-bounded", test_cache_is_bounded);
  g_test_add_func ("/row-model/smallest-change", test_smallest_change);
  g_test_add_func ("/row-model/items-stay", test_items_stay);
  g_test_add_func ("/row-model/gone", test_gone);
  return g_test_run ();
}
