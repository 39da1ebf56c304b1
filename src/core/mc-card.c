/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-card.h"

#include "mc-error.h"
#include "mc-text.h"
#include <string.h>

#define CARD_BYTES_MAX 2048
#define CARD_FIELDS_MAX 24

static gboolean
digits (const char *text, gsize length)
{
  return strlen (text) == length && strspn (text, "0123456789") == length;
}

/* ddMMyyyy to ISO; day or month 00 where the person's papers have none. */
static char *
read_date (const char *text)
{
  guint d, m, y;

  if (!digits (text, 8))
    return NULL;
  d = (guint)(text[0] - '0') * 10 + (guint)(text[1] - '0');
  m = (guint)(text[2] - '0') * 10 + (guint)(text[3] - '0');
  y = (guint)g_ascii_strtoull (text + 4, NULL, 10);
  if (y < 1850 || y > 2200 || m > 12)
    return NULL;
  if (m == 0)
    return g_strdup_printf ("%04u", y);
  if (d == 0)
    return g_strdup_printf ("%04u-%02u", y, m);
  if (!g_date_valid_dmy ((GDateDay)d, (GDateMonth)m, (GDateYear)y))
    return NULL;
  return g_strdup_printf ("%04u-%02u-%02u", y, m, d);
}

static const char *
read_sex (const char *text)
{
  g_autofree char *folded = mc_text_fold (text);

  if (g_str_equal (folded, "nam"))
    return "male";
  if (g_str_equal (folded, "nu"))
    return "female";
  return NULL;
}

static gboolean
is_name (const char *text)
{
  return *text != '\0' && strcspn (text, "0123456789") == strlen (text);
}

/*
 * The order is number, old number (often left out), name, birth, sex, residence, issue date, and on
 * the 2024 card more. The name is what follows the numbers; the address is what follows the sex.
 */
static void
read_fields (McCard *card, GStrv fields)
{
  guint i = 0;

  card->id = g_strdup (fields[i++]);
  if (fields[i] != NULL && (digits (fields[i], 9) || *fields[i] == '\0'))
    {
      card->old_id = *fields[i] ? g_strdup (fields[i]) : NULL;
      i++;
    }
  if (fields[i] != NULL && is_name (fields[i]))
    card->name = g_strdup (fields[i++]);
  if (fields[i] != NULL && (card->dob = read_date (fields[i])) != NULL)
    i++;
  if (fields[i] != NULL && read_sex (fields[i]) != NULL)
    card->sex = g_strdup (read_sex (fields[i++]));
  if (fields[i] == NULL)
    return;
  card->issued = read_date (fields[i]);
  if (card->issued != NULL)
    return;
  card->address = *fields[i] ? g_strdup (fields[i]) : NULL;
  if (fields[i + 1] != NULL)
    card->issued = read_date (fields[i + 1]);
}

McCard *
mc_card_parse (const char *text, GError **error)
{
  g_autoptr (McCard) card = g_new0 (McCard, 1);
  g_autofree char *clean = NULL;
  g_auto (GStrv) fields = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) <= CARD_BYTES_MAX && g_utf8_validate (text, -1, NULL))
    {
      clean = mc_text_clean (text);
      fields = g_strsplit (clean, "|", CARD_FIELDS_MAX);
      for (guint i = 0; fields[i] != NULL; i++)
        g_strstrip (fields[i]);
    }
  if (fields != NULL && g_strv_length (fields) >= 3 && digits (fields[0], 12))
    read_fields (card, fields);
  if (card->name == NULL || card->dob == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "not the QR of a citizen card");
      return NULL;
    }
  card->check_marks = !mc_text_has_mark (card->name);
  return g_steal_pointer (&card);
}

void
mc_card_free (McCard *card)
{
  if (card == NULL)
    return;
  g_free (card->id);
  g_free (card->old_id);
  g_free (card->name);
  g_free (card->dob);
  g_free (card->sex);
  g_free (card->address);
  g_free (card->issued);
  g_free (card);
}
