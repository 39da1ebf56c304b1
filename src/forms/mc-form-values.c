/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-form-values.h"

#include "mc-field.h"
#include "mc-paper.h"
#include <string.h>

#define DOTS "..............................."

struct _McFormValues
{
  GHashTable *texts; /* name → text */
  GHashTable *lists; /* name → GPtrArray of texts */
  GHashTable *rows;  /* name → GPtrArray of GStrv */
};

McFormValues *
mc_form_values_new (void)
{
  McFormValues *values = g_new (McFormValues, 1);

  values->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  values->lists =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  values->rows =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  return values;
}

void
mc_form_values_free (McFormValues *values)
{
  if (values == NULL)
    return;
  g_hash_table_unref (values->texts);
  g_hash_table_unref (values->lists);
  g_hash_table_unref (values->rows);
  g_free (values);
}

void
mc_form_values_set (McFormValues *values, const char *name, const char *text)
{
  g_return_if_fail (values != NULL && name != NULL);

  if (mc_field_filled (text))
    g_hash_table_replace (values->texts, g_strdup (name), mc_paper_line (text));
}

const char *
mc_form_values_get (const McFormValues *values, const char *name)
{
  g_return_val_if_fail (values != NULL && name != NULL, NULL);

  return g_hash_table_lookup (values->texts, name);
}

static GPtrArray *
array_of (GHashTable *all, const char *name, GDestroyNotify element_free)
{
  GPtrArray *array = g_hash_table_lookup (all, name);

  if (array == NULL)
    {
      array = g_ptr_array_new_with_free_func (element_free);
      g_hash_table_insert (all, g_strdup (name), array);
    }
  return array;
}

void
mc_form_values_add (McFormValues *values, const char *name, const char *text)
{
  g_return_if_fail (values != NULL && name != NULL);

  if (mc_field_filled (text))
    g_ptr_array_add (array_of (values->lists, name, g_free), mc_paper_line (text));
}

GPtrArray *
mc_form_values_list (const McFormValues *values, const char *name)
{
  g_return_val_if_fail (values != NULL && name != NULL, NULL);

  return g_hash_table_lookup (values->lists, name);
}

void
mc_form_values_mark (McFormValues *values, const char *name, const char *mark)
{
  if (mc_form_values_list (values, name) != NULL)
    mc_form_values_set (values, mark, "1");
}

void
mc_form_values_add_row (McFormValues *values, const char *name, GStrv cells)
{
  g_return_if_fail (values != NULL && name != NULL && cells != NULL);

  g_ptr_array_add (array_of (values->rows, name, (GDestroyNotify)g_strfreev), cells);
}

GPtrArray *
mc_form_values_rows (const McFormValues *values, const char *name)
{
  g_return_val_if_fail (values != NULL && name != NULL, NULL);

  return g_hash_table_lookup (values->rows, name);
}

char *
mc_form_values_expand (const McFormValues *values, const char *text, guint *ret_missing)
{
  g_autoptr (GString) all = g_string_new (NULL);
  guint missing = 0;
  const char *open;

  g_return_val_if_fail (values != NULL && text != NULL, NULL);

  while ((open = strchr (text, '{')) != NULL && strchr (open, '}') != NULL)
    {
      g_autofree char *name = g_strndup (open + 1, (gsize)(strchr (open, '}') - open - 1));
      const char *value = mc_form_values_get (values, name);

      g_string_append_len (all, text, open - text);
      g_string_append (all, value != NULL ? value : DOTS);
      missing += value == NULL ? 1 : 0;
      text = strchr (open, '}') + 1;
    }
  g_string_append (all, text);
  if (ret_missing != NULL)
    *ret_missing = missing;
  return g_string_free (g_steal_pointer (&all), FALSE);
}
