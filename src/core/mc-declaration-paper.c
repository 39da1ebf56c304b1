/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands where on the paper of a declaration: blocks below each other, each told by one word.
 * Whatever they show is counted: a blank that stands nowhere would be asked and not declared, one
 * that stands twice declared twice.
 */
#include "mc-declaration-private.h"

#include "mc-error.h"
#include <string.h>

#define SIGNERS_MAX 4
#define COLUMNS_MAX 12
#define BOXES_MAX 20
#define NOTES_MAX 40
#define SHARE_SLACK 0.001

typedef struct
{
  const McDeclaration *declaration;
  GHashTable *shown; /* key of a blank */
  gboolean sign;     /* somebody signs within the body */
  const char *what;  /* static: what is wrong */
  char *name;        /* of what is wrong */
} Paper;

static gboolean
wrong (Paper *paper, const char *what, const char *name)
{
  paper->what = what;
  g_free (paper->name);
  paper->name = g_strdup (name);
  return FALSE;
}

static gboolean
show (Paper *paper, const char *key)
{
  if (!g_hash_table_add (paper->shown, g_strdup (key)))
    return wrong (paper, "field shown twice", key);
  return TRUE;
}

static const McBlank *
blank_of (Paper *paper, const char *key)
{
  return key != NULL && strchr (key, '.') == NULL ? mc_declaration_blank (paper->declaration, key)
                                                  : NULL;
}

/* "key=option": an X where that is chosen. */
static gboolean
check_mark (Paper *paper, const char *name)
{
  g_auto (GStrv) pieces = g_strsplit (name, "=", 2);
  const McBlank *blank = blank_of (paper, pieces[0]);

  if (blank == NULL || mc_blank_option (blank, pieces[1]) == NULL)
    return wrong (paper, "no such choice", name);
  return show (paper, name);
}

/* "key", "key:long" (a date in words and numbers) or "key:words" (a date or an amount again, in
 * words alone). */
static gboolean
check_name (Paper *paper, const char *name)
{
  g_auto (GStrv) pieces = g_strsplit (name, ":", 2);
  const McBlank *blank = blank_of (paper, pieces[0]);
  gboolean words = g_strcmp0 (pieces[1], "words") == 0;

  if (strchr (name, '=') != NULL)
    return check_mark (paper, name);
  if (blank == NULL || blank->kind == MC_BLANK_ROWS || blank->kind == MC_BLANK_FLAG)
    return wrong (paper, "no such field", name);
  if (pieces[1] != NULL &&
      !(blank->kind == MC_BLANK_DATE || (words && blank->kind == MC_BLANK_MONEY)))
    return wrong (paper, "no such way to write it", name);
  if (pieces[1] != NULL && !words && !g_str_equal (pieces[1], "long"))
    return wrong (paper, "no such way to write it", name);
  return words || show (paper, pieces[0]);
}

static gboolean
check_text (Paper *paper, const char *text)
{
  const char *open;

  if (text == NULL || *text == '\0')
    return wrong (paper, "words missing", "");
  while ((open = strchr (text, '{')) != NULL)
    {
      const char *close = strchr (open, '}');
      g_autofree char *name =
          close != NULL ? g_strndup (open + 1, (gsize)(close - open - 1)) : NULL;

      if (name == NULL)
        return wrong (paper, "brace not closed", text);
      if (!check_name (paper, name))
        return FALSE;
      text = close + 1;
    }
  return TRUE;
}

static gboolean
only (Paper *paper, const json_t *block, const char *const *known)
{
  const char *key;

  return mc_blank_only (block, known, &key) ||
         wrong (paper, "unknown word", key != NULL ? key : "");
}

static gboolean
check_words (Paper *paper, const json_t *block, const char *word)
{
  const char *const known[] = { word, NULL };

  return only (paper, block, known) && check_text (paper, mc_json_string (block, word));
}

static gboolean
check_boxes (Paper *paper, const json_t *block)
{
  static const char *const known[] = { "boxes", "value", "count", NULL };
  const char *key = mc_json_string (block, "value");
  gint64 count = mc_json_int (block, "count", 0);

  if (!only (paper, block, known))
    return FALSE;
  if (mc_json_string (block, "boxes") == NULL || count < 1 || count > BOXES_MAX ||
      blank_of (paper, key) == NULL || blank_of (paper, key)->kind >= MC_BLANK_CHOICE)
    return wrong (paper, "boxes", key);
  return show (paper, key);
}

/* A choice is a box for each thing to choose from, a flag one box, with words of the paper's own.
 */
static gboolean
check_checks (Paper *paper, const json_t *block)
{
  static const char *const known[] = { "checks", "label", "words", NULL };
  const char *key = mc_json_string (block, "checks");
  const char *words = mc_json_string (block, "words");
  const McBlank *blank = blank_of (paper, key);

  if (!only (paper, block, known))
    return FALSE;
  if (words != NULL && (blank == NULL || blank->kind != MC_BLANK_FLAG))
    return wrong (paper, "words beside no flag", key);
  if (words != NULL && !check_text (paper, words))
    return FALSE;
  if (blank == NULL || (blank->kind != MC_BLANK_CHOICE && blank->kind != MC_BLANK_FLAG))
    return wrong (paper, "no choice", key);
  return show (paper, key);
}

static gboolean
check_columns (Paper *paper, const json_t *columns, const McBlank *rows)
{
  static const char *const known[] = { "field", "title", "width", NULL };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  double sum = 0;

  for (size_t i = 0; i < json_array_size (columns); i++)
    {
      const json_t *column = json_array_get (columns, i);
      const char *field = mc_json_string (column, "field");
      g_autofree char *name = g_strdup_printf ("%s.1.%s", rows->key, field);
      double width = json_number_value (json_object_get (column, "width"));

      if (!only (paper, column, known))
        return FALSE;
      /* A column without a field numbers the rows. */
      if (mc_json_string (column, "title") == NULL || width < 0.02 ||
          (field != NULL && mc_declaration_blank (paper->declaration, name) == NULL))
        return wrong (paper, "column", field);
      if (field != NULL && !g_hash_table_add (seen, (gpointer)field))
        return wrong (paper, "column twice", field);
      sum += width;
    }
  if (g_hash_table_size (seen) != rows->column->len || ABS (sum - 1) > SHARE_SLACK)
    return wrong (paper, "columns do not make the whole table", rows->key);
  return TRUE;
}

static gboolean
check_table (Paper *paper, const json_t *block)
{
  static const char *const known[] = { "table", "blank", "columns", NULL };
  const char *key = mc_json_string (block, "table");
  const McBlank *rows = blank_of (paper, key);
  const json_t *columns = json_object_get (block, "columns");
  gint64 blank = mc_json_int (block, "blank", 1);

  if (!only (paper, block, known))
    return FALSE;
  if (rows == NULL || rows->kind != MC_BLANK_ROWS || blank < 1 || blank > MC_BLANK_ROWS_MAX ||
      json_array_size (columns) > COLUMNS_MAX)
    return wrong (paper, "table", key);
  return check_columns (paper, columns, rows) && show (paper, key);
}

/* Rows of cells, the first one the head: what is fixed and what is filled in side by side. */
static gboolean
check_grid (Paper *paper, const json_t *block)
{
  static const char *const known[] = { "grid", "widths", NULL };
  const json_t *grid = json_object_get (block, "grid");
  const json_t *widths = json_object_get (block, "widths");
  double sum = 0;

  if (!only (paper, block, known))
    return FALSE;
  for (size_t i = 0; i < json_array_size (widths); i++)
    sum += json_number_value (json_array_get (widths, i));
  if (json_array_size (grid) < 2 || json_array_size (widths) > COLUMNS_MAX ||
      ABS (sum - 1) > SHARE_SLACK)
    return wrong (paper, "grid", "widths");
  for (size_t row = 0; row < json_array_size (grid); row++)
    {
      const json_t *cells = json_array_get (grid, row);

      if (json_array_size (cells) != json_array_size (widths))
        return wrong (paper, "grid", "cells");
      for (size_t i = 0; i < json_array_size (cells); i++)
        {
          const char *text = json_string_value (json_array_get (cells, i));

          if (text == NULL)
            return wrong (paper, "grid", "cells");
          if (*text != '\0' && !check_text (paper, text))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_signer (Paper *paper, const json_t *one)
{
  static const char *const known[] = { "above", "title", "note", NULL };

  if (json_is_null (one))
    return TRUE;
  if (!only (paper, one, known) || mc_json_string (one, "title") == NULL)
    return wrong (paper, "who signs", "sign");
  return json_object_get (one, "above") == NULL ||
         check_text (paper, mc_json_string (one, "above"));
}

static gboolean
check_sign (Paper *paper, const json_t *sign)
{
  size_t count = json_array_size (sign);

  if (count == 0 || count > SIGNERS_MAX)
    return wrong (paper, "one to four sign", "sign");
  for (size_t i = 0; i < count; i++)
    if (!check_signer (paper, json_array_get (sign, i)))
      return FALSE;
  return TRUE;
}

/* Below the body, unless it has the signatures within. */
static gboolean
check_sign_last (Paper *paper, const json_t *sign)
{
  return (sign == NULL && paper->sign) || check_sign (paper, sign);
}

static gboolean
check_sign_block (Paper *paper, const json_t *block)
{
  static const char *const known[] = { "sign", NULL };

  paper->sign = TRUE;
  return only (paper, block, known) && check_sign (paper, json_object_get (block, "sign"));
}

static gboolean
check_block (Paper *paper, const json_t *block)
{
  static const char *const words[] = { "line", "heading", "text", "small", "right" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (json_object_get (block, words[i]) != NULL)
      return check_words (paper, block, words[i]);
  if (json_object_get (block, "boxes") != NULL)
    return check_boxes (paper, block);
  if (json_object_get (block, "checks") != NULL)
    return check_checks (paper, block);
  if (json_object_get (block, "table") != NULL)
    return check_table (paper, block);
  if (json_object_get (block, "grid") != NULL)
    return check_grid (paper, block);
  if (json_object_get (block, "sign") != NULL)
    return check_sign_block (paper, block);
  return wrong (paper, "not one of the blocks that are known", "");
}

/* How who fills it in by pen does so. */
static gboolean
check_notes (Paper *paper, const json_t *notes)
{
  if (notes != NULL && (json_array_size (notes) == 0 || json_array_size (notes) > NOTES_MAX))
    return wrong (paper, "notes", "notes");
  for (size_t i = 0; i < json_array_size (notes); i++)
    if (!json_is_string (json_array_get (notes, i)) ||
        strchr (json_string_value (json_array_get (notes, i)), '{') != NULL)
      return wrong (paper, "notes", "notes");
  return TRUE;
}

/* By itself, or an X for each thing to choose from. */
static gboolean
is_shown (const Paper *paper, const McBlank *blank)
{
  gboolean whole = g_hash_table_contains (paper->shown, blank->key);
  guint marks = 0;

  for (guint i = 0; i < blank->option->len; i++)
    {
      g_autofree char *name =
          g_strdup_printf ("%s=%s", blank->key, ((McBlankOption *)blank->option->pdata[i])->id);

      marks += g_hash_table_contains (paper->shown, name) ? 1 : 0;
    }
  return whole ? marks == 0 : marks > 0 && marks == blank->option->len;
}

static gboolean
check_all_shown (Paper *paper)
{
  GPtrArray *blanks = paper->declaration->blank;

  for (guint i = 0; i < blanks->len; i++)
    {
      const McBlank *blank = blanks->pdata[i];

      if (!is_shown (paper, blank))
        return wrong (paper, "stands nowhere on the paper", blank->key);
    }
  return TRUE;
}

static gboolean
check_body (Paper *paper, size_t *ret_block)
{
  const json_t *body = json_object_get (paper->declaration->json, "body");

  *ret_block = 0;
  if (json_array_size (body) == 0)
    return wrong (paper, "there is none", "");
  for (; *ret_block < json_array_size (body); (*ret_block)++)
    if (!check_block (paper, json_array_get (body, *ret_block)))
      return FALSE;
  return TRUE;
}

static gboolean
check_paper (Paper *paper, GError **error)
{
  const json_t *json = paper->declaration->json;
  const json_t *to = json_object_get (json, "to");
  size_t block = 0;

  if ((to == NULL || check_text (paper, json_string_value (to))) && !check_body (paper, &block))
    {
      g_set_error (error,
                   MC_ERROR,
                   MC_ERROR_FORMAT,
                   "block %zu: %s %s",
                   block + 1,
                   paper->what,
                   paper->name != NULL ? paper->name : "");
      return FALSE;
    }
  if (paper->what == NULL && check_sign_last (paper, json_object_get (json, "sign")) &&
      check_notes (paper, json_object_get (json, "notes")) && check_all_shown (paper))
    return TRUE;
  g_set_error (error,
               MC_ERROR,
               MC_ERROR_FORMAT,
               "%s: %s",
               paper->name != NULL ? paper->name : "",
               paper->what);
  return FALSE;
}

gboolean
_mc_declaration_check_paper (const McDeclaration *declaration, GError **error)
{
  Paper paper = { .declaration = declaration };
  gboolean ok;

  paper.shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = check_paper (&paper, error);
  g_hash_table_unref (paper.shown);
  g_free (paper.name);
  return ok;
}
