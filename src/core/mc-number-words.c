/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in Vietnamese words: groups of three digits, each under its unit; "tỷ" begins anew. */
#include "mc-number-words.h"

#include <string.h>

#define BILLION G_GINT64_CONSTANT (1000000000)

static const char *const digits[] = { "không", "một", "hai", "ba",  "bốn",
                                      "năm",   "sáu", "bảy", "tám", "chín" };

static void
add (GString *words, const char *word)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", word);
}

static const char *
unit_word (int tens, int unit)
{
  if (unit == 1 && tens > 1)
    return "mốt";
  if (unit == 4 && tens > 1)
    return "tư";
  return unit == 5 && tens > 0 ? "lăm" : digits[unit];
}

/* @whole: something stands before: its noughts are said. */
static void
add_three (GString *words, int number, gboolean whole)
{
  int hundreds = number / 100, tens = number / 10 % 10, unit = number % 10;

  if (hundreds > 0 || whole)
    {
      add (words, digits[hundreds]);
      add (words, "trăm");
      whole = TRUE;
    }
  if (tens == 1)
    add (words, "mười");
  else if (tens > 1)
    {
      add (words, digits[tens]);
      add (words, "mươi");
    }
  else if (unit > 0 && whole)
    add (words, "linh");
  if (unit > 0)
    add (words, unit_word (tens, unit));
}

static void
add_below_billion (GString *words, int number, gboolean whole)
{
  static const struct
  {
    int unit;
    const char *word;
  } units[] = { { 1000000, "triệu" }, { 1000, "nghìn" }, { 1, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      int three = number / units[i].unit % 1000;

      if (three == 0)
        continue;
      add_three (words, three, whole);
      if (units[i].word != NULL)
        add (words, units[i].word);
      whole = TRUE;
    }
}

static void
add_number (GString *words, gint64 number)
{
  if (number >= BILLION)
    {
      add_number (words, number / BILLION);
      add (words, "tỷ");
    }
  add_below_billion (words, (int)(number % BILLION), number >= BILLION);
}

char *
mc_number_words (gint64 number)
{
  GString *words = g_string_new (NULL);

  if (number <= 0)
    add (words, digits[0]);
  else
    add_number (words, number);
  return g_string_free (words, FALSE);
}

char *
mc_money_words (gint64 dong)
{
  g_autofree char *number = NULL;
  g_autoptr (GString) words = NULL;
  g_autofree char *first = NULL;

  g_return_val_if_fail (dong >= 0, NULL);

  number = mc_number_words (dong);
  words = g_string_new (number);
  add (words, "đồng");
  first = g_utf8_substring (words->str, 0, 1);
  {
    g_autofree char *capital = g_utf8_strup (first, -1);

    return g_strconcat (capital, words->str + strlen (first), NULL);
  }
}
