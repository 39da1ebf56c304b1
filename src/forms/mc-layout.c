/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-layout-private.h"

#include "mc-error.h"
#include "mc-forms-data.h"
#include <string.h>

#define COLUMNS_MAX 16
#define BLANK_MAX 40
/* Shares are typed by hand: 0.33 + 0.33 + 0.34. */
#define SHARE_SLACK 0.001

struct _McLayout
{
  json_t *json;
};

static const char *const words[MC_N_BLOCKS] = { "field", "pair",  "heading", "list",
                                                "text",  "small", "table" };

McBlockKind
mc_layout_kind (const json_t *block)
{
  /* A field has the word "value", a table "columns": no block has two of these. */
  for (McBlockKind kind = 0; kind < MC_N_BLOCKS; kind++)
    if (json_object_get (block, words[kind]) != NULL)
      return kind;
  return MC_N_BLOCKS;
}

const char *
mc_layout_word (McBlockKind kind)
{
  return words[kind];
}

const json_t *
mc_layout_json (const McLayout *layout)
{
  return layout->json;
}

static gboolean
wrong (GError **error, size_t block, const char *what)
{
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "block %zu of the form: %s", block + 1, what);
  return FALSE;
}

static gboolean
only_words (const json_t *object, const char *const *known)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *)object, key, value) if (!g_strv_contains (known,
                                                                           key)) return FALSE;
  return json_is_object (object);
}

static gboolean
is_text (const json_t *object, const char *key)
{
  const char *text = mc_json_string (object, key);

  return text != NULL && *text;
}

static gboolean
is_field (const json_t *block)
{
  static const char *const known[] = { "field", "value", "bold", "when", NULL };

  return only_words (block, known) && is_text (block, "field") && is_text (block, "value");
}

static gboolean
is_pair (const json_t *block)
{
  static const char *const known[] = { "pair", "share", "when", NULL };
  const json_t *pair = json_object_get (block, "pair");
  double share = json_number_value (json_object_get (block, "share"));

  return only_words (block, known) && json_array_size (pair) == 2 && share > 0.1 && share < 0.9 &&
         is_field (json_array_get (pair, 0)) && is_field (json_array_get (pair, 1));
}

static gboolean
is_blank_count (const json_t *block)
{
  gint64 blank = mc_json_int (block, "blank", -1);

  return blank >= 0 && blank <= BLANK_MAX;
}

static gboolean
is_list (const json_t *block)
{
  static const char *const known[] = { "list", "blank", "when", NULL };

  return only_words (block, known) && is_text (block, "list") && is_blank_count (block);
}

static gboolean
is_words (const json_t *block, const char *word)
{
  const char *const known[] = { word, "when", NULL };

  return only_words (block, known) && is_text (block, word);
}

static gboolean
is_table (const json_t *block)
{
  static const char *const known[] = { "table", "blank", "columns", "when", NULL };
  static const char *const of_column[] = { "title", "width", NULL };
  const json_t *columns = json_object_get (block, "columns");
  size_t count = json_array_size (columns);
  double sum = 0;

  if (!only_words (block, known) || !is_text (block, "table") || !is_blank_count (block) ||
      count == 0 || count > COLUMNS_MAX)
    return FALSE;
  for (size_t i = 0; i < count; i++)
    {
      const json_t *column = json_array_get (columns, i);
      double width = json_number_value (json_object_get (column, "width"));

      if (!only_words (column, of_column) || !is_text (column, "title") || width < 0.02)
        return FALSE;
      sum += width;
    }
  return ABS (sum - 1) < SHARE_SLACK;
}

static gboolean
is_block (const json_t *block)
{
  switch (mc_layout_kind (block))
    {
    case MC_BLOCK_FIELD:
      return is_field (block);
    case MC_BLOCK_PAIR:
      return is_pair (block);
    case MC_BLOCK_HEADING:
      return is_words (block, "heading");
    case MC_BLOCK_LIST:
      return is_list (block);
    case MC_BLOCK_TEXT:
      return is_words (block, "text");
    case MC_BLOCK_SMALL:
      return is_words (block, "small");
    case MC_BLOCK_TABLE:
      return is_table (block);
    case MC_N_BLOCKS:
    default:
      return FALSE;
    }
}

static gboolean
check_body (const json_t *body, GError **error)
{
  size_t i;
  json_t *block;

  if (json_array_size (body) == 0)
    return wrong (error, 0, "there is none");
  json_array_foreach ((json_t *)body, i, block) if (!is_block (block)) return wrong (
      error,
      i,
      "not one of the blocks that are known, or its words are not");
  return TRUE;
}

/* Nobody signs on one side, or on both, or the member is not there at all. */
static gboolean
check_sign (const json_t *json, GError **error)
{
  static const char *const known[] = { "title", "name", NULL };
  const json_t *sign = json_object_get (json, "sign");

  if (sign == NULL)
    return TRUE;
  for (size_t i = 0; i < 2; i++)
    {
      const json_t *one = json_array_get (sign, i);

      if (!json_is_null (one) && (!only_words (one, known) || !is_text (one, "title")))
        {
          g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "signature %zu of the form", i + 1);
          return FALSE;
        }
    }
  return json_array_size (sign) == 2 ? TRUE : wrong (error, 0, "two may sign");
}

McLayout *
mc_layout_parse (const json_t *json, GError **error)
{
  static const char *const known[] = { "id",   "title", "heading", "number", "body",
                                       "sign", "sheet", "code",    NULL };
  const char *sheet = mc_json_string (json, "sheet");
  McLayout *layout;

  if (!only_words (json, known) || !is_text (json, "id") || !is_text (json, "title") ||
      !is_text (json, "heading"))
    {
      g_set_error_literal (error,
                           MC_ERROR,
                           MC_ERROR_FORMAT,
                           "a form has an id, a title, a heading and a body");
      return NULL;
    }
  if (json_object_get (json, "sheet") != NULL && g_strcmp0 (sheet, "lying") != 0)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "a sheet stands, or is \"lying\"");
      return NULL;
    }
  if (!check_body (json_object_get (json, "body"), error) || !check_sign (json, error))
    return NULL;
  layout = g_new (McLayout, 1);
  layout->json = json_deep_copy (json);
  return layout;
}

void
mc_layout_free (McLayout *layout)
{
  if (layout == NULL)
    return;
  json_decref (layout->json);
  g_free (layout);
}

static void
add_usual (GHashTable *all, const char *data)
{
  g_autoptr (json_t) file = mc_json_parse (data, -1, NULL);
  size_t i;
  json_t *json;

  json_array_foreach (json_object_get (file, "forms"), i, json)
  {
    g_autoptr (GError) error = NULL;
    McLayout *layout = mc_layout_parse (json, &error);

    if (layout == NULL)
      g_error ("data/forms: %s: %s", mc_json_string (json, "id"), error->message);
    g_hash_table_replace (all, (gpointer)mc_layout_id (layout), layout);
  }
}

static GHashTable *
read_usual (void)
{
  GHashTable *all =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)mc_layout_free);

  add_usual (all, mc_forms_data_slips);
  add_usual (all, mc_forms_data_local);
  return all;
}

const McLayout *
mc_layout_usual (const char *id)
{
  static gsize once;
  static GHashTable *all;

  g_return_val_if_fail (id != NULL, NULL);

  if (g_once_init_enter (&once))
    {
      all = read_usual ();
      g_once_init_leave (&once, 1);
    }
  return g_hash_table_lookup (all, id);
}

const char *
mc_layout_id (const McLayout *layout)
{
  g_return_val_if_fail (layout != NULL, NULL);

  return mc_json_string (layout->json, "id");
}

const char *
mc_layout_title (const McLayout *layout)
{
  g_return_val_if_fail (layout != NULL, NULL);

  return mc_json_string (layout->json, "title");
}

static void
add_name (GPtrArray *names, const char *name, gsize length)
{
  g_autofree char *own = g_strndup (name, length);

  if (!g_ptr_array_find_with_equal_func (names, own, g_str_equal, NULL))
    g_ptr_array_add (names, g_steal_pointer (&own));
}

static void
add_names_in (GPtrArray *names, const char *text)
{
  const char *open, *close;

  while (text != NULL && (open = strchr (text, '{')) != NULL &&
         (close = strchr (open, '}')) != NULL)
    {
      add_name (names, open + 1, (gsize)(close - open - 1));
      text = close + 1;
    }
}

/* Lists and tables are named; in every other string a name stands between braces. */
static void
add_names_of (GPtrArray *names, const json_t *value)
{
  const char *key;
  json_t *member;
  size_t i;

  add_names_in (names, json_string_value (value));
  json_array_foreach ((json_t *)value, i, member) add_names_of (names, member);
  json_object_foreach ((json_t *)value, key, member)
  {
    if (g_str_equal (key, "list") || g_str_equal (key, "table"))
      add_name (names, json_string_value (member), json_string_length (member));
    add_names_of (names, member);
  }
}

GStrv
mc_layout_names (const McLayout *layout)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (layout != NULL, NULL);

  add_names_of (names, json_object_get (layout->json, "body"));
  add_names_of (names, json_object_get (layout->json, "sign"));
  g_ptr_array_add (names, NULL);
  return (GStrv)g_ptr_array_steal (names, NULL);
}
