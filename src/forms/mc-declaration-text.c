/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written into the blanks of a declaration. */
#include "mc-declaration-sheet.h"

#include "mc-number-words.h"
#include "mc-paper.h"
#include <string.h>

#define DATE_DOTS "....../....../.........."
#define LONG_DOTS "ngày ...... tháng ...... năm .........."
#define SHORT_DOTS "............"
/* Of đồng; what has more is no amount. */
#define AMOUNT_DIGITS 15
/* Characters that fill a few lines. */
#define LONG_MAX_CHARS 400
#define USUAL_DOTS ".............................."

/* "2005-03-05" → 5, 3, 2005; 0 where it does not say */
static void
read_date (const char *iso, guint *day, guint *month, guint *year)
{
  g_auto (GStrv) pieces = g_strsplit (iso, "-", 3);
  guint count = g_strv_length (pieces);

  *year = count > 0 ? (guint)g_ascii_strtoull (pieces[0], NULL, 10) : 0;
  *month = count > 1 ? (guint)g_ascii_strtoull (pieces[1], NULL, 10) : 0;
  *day = count > 2 ? (guint)g_ascii_strtoull (pieces[2], NULL, 10) : 0;
}

/* Returns: (nullable): "5000000" in words; %NULL where what was typed is no amount */
static char *
amount_in_words (const char *text)
{
  gboolean whole = strlen (text) <= AMOUNT_DIGITS && text[strspn (text, "0123456789")] == '\0';

  return whole ? mc_money_words (g_ascii_strtoll (text, NULL, 10)) : NULL;
}

/* Returns: (nullable): the date in words; %NULL where what was typed is none */
static char *
date_in_words (const char *iso)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *year_words = NULL;
  guint day, month, year;

  read_date (iso, &day, &month, &year);
  if (year < 1000 || year > 9999 || month > 12 || day > 31)
    return NULL;
  if (day > 0)
    {
      g_autofree char *number = mc_number_words (day);

      g_string_append_printf (words, "ngày %s ", number);
    }
  if (month > 0)
    {
      g_autofree char *number = mc_number_words (month);

      /* The fourth month has a name of its own. */
      g_string_append_printf (words, "tháng %s ", month == 4 ? "tư" : number);
    }
  year_words = mc_number_words (year);
  g_string_append_printf (words, "năm %s", year_words);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
in_full (const char *iso)
{
  guint day, month, year;

  read_date (iso, &day, &month, &year);
  if (year == 0 || month == 0 || day == 0)
    return NULL;
  /* A day and a month that could be made others have two digits (NĐ 30/2020/NĐ-CP). */
  return g_strdup_printf ("ngày %02u tháng %s%u năm %u", day, month < 3 ? "0" : "", month, year);
}

/* "key=option" */
static gboolean
is_chosen (const McSheetOf *sheet, const char *name, const char *equals)
{
  g_autofree char *key = g_strndup (name, (gsize)(equals - name));

  return g_strcmp0 (mc_json_string (sheet->values, key), equals + 1) == 0;
}

char *
mc_declaration_value (const McSheetOf *sheet, const char *name)
{
  g_auto (GStrv) pieces = g_strsplit (name, ":", 2);
  const McBlank *blank = mc_declaration_blank (sheet->declaration, pieces[0]);
  const char *value = mc_json_string (sheet->values, pieces[0]);
  const char *chosen = strchr (name, '=');
  g_autofree char *text = NULL;
  char *written = NULL;

  if (chosen != NULL)
    return is_chosen (sheet, name, chosen) ? g_strdup ("X") : NULL;
  if (blank == NULL || value == NULL)
    return NULL;
  if (pieces[1] != NULL && *value != '\0')
    written = blank->kind == MC_BLANK_MONEY      ? amount_in_words (value)
              : g_str_equal (pieces[1], "words") ? date_in_words (value)
                                                 : in_full (value);
  if (written != NULL)
    return written;
  /* What cannot be said in words leaves them to the pen; the date itself stands as it was typed. */
  if (g_strcmp0 (pieces[1], "words") == 0)
    return NULL;
  text = mc_blank_text (blank, value);
  written = text != NULL ? mc_paper_line (text) : NULL;
  if (written != NULL && *written == '\0')
    g_clear_pointer (&written, g_free);
  return written;
}

static const char *
dots_of (const McSheetOf *sheet, const char *name)
{
  g_auto (GStrv) pieces = g_strsplit (name, ":", 2);
  const McBlank *blank = mc_declaration_blank (sheet->declaration, pieces[0]);

  if (blank->dots != NULL)
    return blank->dots;
  if (g_strcmp0 (pieces[1], "long") == 0)
    return LONG_DOTS;
  if (blank->kind == MC_BLANK_DATE && pieces[1] == NULL)
    return DATE_DOTS;
  return blank->kind == MC_BLANK_CHOICE || blank->kind == MC_BLANK_NUMBER || blank->max <= 60
             ? SHORT_DOTS
             : USUAL_DOTS;
}

/* Dots until the last line of @text is full. */
static void
fill_line (const McSheetOf *sheet, GString *text, double width)
{
  PangoContext *context = mc_flow_context (sheet->flow);
  g_autoptr (PangoLayout) layout = mc_paper_layout (context,
                                                    text->str,
                                                    MC_DECLARATION_SIZE,
                                                    MC_FACE_PLAIN,
                                                    PANGO_ALIGN_LEFT,
                                                    width);
  int lines = pango_layout_get_line_count (layout);
  PangoLayoutLine *last = pango_layout_get_line_readonly (layout, lines - 1);
  g_autofree char *line = g_strndup (text->str + last->start_index, (gsize)last->length);
  g_autofree char *full = mc_paper_dots (context, line, MC_DECLARATION_SIZE, width);

  g_string_append (text, full + strlen (line));
}

/* What may be long has more than one line for the pen. */
static void
fill_blank (const McSheetOf *sheet, GString *text, const char *name, double width)
{
  g_auto (GStrv) pieces = g_strsplit (name, ":", 2);
  const McBlank *blank = mc_declaration_blank (sheet->declaration, pieces[0]);
  guint more = blank->max >= LONG_MAX_CHARS ? blank->max / LONG_MAX_CHARS : 0;

  fill_line (sheet, text, width);
  for (guint i = 0; i < more; i++)
    {
      g_string_append_c (text, '\n');
      fill_line (sheet, text, width);
    }
}

/* What stands between two braces, and where the text goes on after them. */
static char *
next_name (const char **text, const char *open)
{
  const char *close = strchr (open, '}');

  *text = close + 1;
  return g_strndup (open + 1, (gsize)(close - open - 1));
}

char *
mc_declaration_expand (const McSheetOf *sheet, const char *text, double width)
{
  GString *all = g_string_new (NULL);
  const char *open;

  while ((open = strchr (text, '{')) != NULL)
    {
      g_autofree char *before = g_strndup (text, (gsize)(open - text));
      g_autofree char *name = next_name (&text, open);
      g_autofree char *value = mc_declaration_value (sheet, name);

      g_string_append (all, before);
      if (value != NULL)
        g_string_append (all, value);
      else if (*text != '\0' || width <= 0 || g_str_has_suffix (name, ":long"))
        g_string_append (all, dots_of (sheet, name));
      else
        fill_blank (sheet, all, name, width);
    }
  g_string_append (all, text);
  return g_string_free (all, FALSE);
}

char *
mc_declaration_cell (const McSheetOf *sheet, const char *text)
{
  GString *all = g_string_new (NULL);
  const char *open;

  while ((open = strchr (text, '{')) != NULL)
    {
      g_autofree char *before = g_strndup (text, (gsize)(open - text));
      g_autofree char *name = next_name (&text, open);
      g_autofree char *value = mc_declaration_value (sheet, name);

      g_string_append (all, before);
      g_string_append (all, value != NULL ? value : "");
    }
  g_string_append (all, text);
  return g_string_free (all, FALSE);
}
