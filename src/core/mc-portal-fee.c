/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "20,000 VNĐ(…)", "Miễn phí(Theo mức thu của Hội đồng nhân dân …)", "10 USD(/bản)". */
#include "mc-portal-private.h"

#include <string.h>

/* No fee of the state is less: "20 VNĐ" is "20.000 đ" to whom typed it. */
#define LEAST 500
#define CURRENCY " ?(VNĐ|VND|Việt Nam Đồng|đồng|USD)"

gint64
_mc_portal_amount (const char *text)
{
  static gsize once;
  GRegex *whole = _mc_portal_regex (&once, "^(?:[1-9]\\d{0,2}(?:[.,]\\d{3})+|[1-9]\\d*)$");
  g_autoptr (GString) digits = g_string_new (NULL);

  if (!g_regex_match (whole, text, 0, NULL))
    return -1;
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return digits->len < 13 ? g_ascii_strtoll (digits->str, NULL, 10) : -1;
}

gint64
_mc_portal_amount_in (const char *note)
{
  static gsize once;
  GRegex *money = _mc_portal_regex (&once, "(?i)([1-9][\\d.,]*\\d) ?(?:đồng|vnđ|vnd|đ(?!\\p{L}))");
  g_autoptr (GMatchInfo) match = NULL;
  gint64 amount = -1;

  if (note == NULL)
    return -1;
  for (g_regex_match (money, note, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *text = g_match_info_fetch (match, 1);
      gint64 one = _mc_portal_amount (text);

      if (amount >= 0 && one != amount)
        return -1;
      amount = one;
    }
  return amount;
}

char *
_mc_portal_note (const char **row)
{
  const char *start = *row;
  int depth = 0;

  if (*start != '(')
    return NULL;
  for (const char *p = start; *p != '\0'; p++)
    {
      depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
      if (depth == 0)
        {
          *row = p + 1;
          return g_strstrip (g_strndup (start + 1, (gsize)(p - start - 1)));
        }
    }
  /* Never closed: the rest is the note. */
  *row = start + strlen (start);
  return g_strstrip (g_strdup (start + 1));
}

static json_t *
make (const char *kind, gint64 amount, const char *note)
{
  json_t *fee = json_pack ("{s:s,s:s}", "kind", kind, "note", note != NULL ? note : "");

  if (amount >= 0)
    json_object_set_new (fee, "amount", json_integer (amount));
  return fee;
}

/* The portal writes "Miễn phí" also where the council sets the fee: it is believed only where
 * nothing speaks against it. */
static McPortalState
read_free (const char *note, json_t **ret_fee)
{
  if (note == NULL || *note == '\0' || g_str_has_prefix (note, "Không"))
    {
      *ret_fee = make ("none", 0, note);
      return MC_PORTAL_READ;
    }
  if (g_regex_match_simple ("(?i)hội đồng nhân dân|HĐND", note, 0, 0))
    {
      *ret_fee = make ("council", -1, note);
      return MC_PORTAL_READ;
    }
  *ret_fee = make ("unknown", -1, note);
  return MC_PORTAL_GUESSED;
}

/* An amount as the table has it, checked against the one that its note says. */
static McPortalState
read_amount (gint64 amount, const char *note, json_t **ret_fee)
{
  gint64 said = _mc_portal_amount_in (note);

  if (note != NULL && g_regex_match_simple ("^/ ?trang", note, 0, 0) && amount >= LEAST)
    {
      *ret_fee = make ("per_page", amount, note);
      return MC_PORTAL_READ;
    }
  if (amount >= LEAST && (said < 0 || said == amount))
    {
      *ret_fee = make ("fixed", amount, note);
      return MC_PORTAL_READ;
    }
  if (amount > 0 && said == amount * 1000)
    {
      *ret_fee = make ("fixed", said, note);
      return MC_PORTAL_GUESSED;
    }
  *ret_fee = make ("unknown", -1, note);
  return MC_PORTAL_UNREAD;
}

static gboolean
next_amount (const char **row, char **ret_digits, char **ret_currency)
{
  static gsize once;
  GRegex *money = _mc_portal_regex (&once, "^(\\d[\\d.,]*)" CURRENCY);
  g_autoptr (GMatchInfo) match = NULL;
  int end = 0;

  if (!g_regex_match (money, *row, 0, &match))
    return FALSE;
  g_match_info_fetch_pos (match, 0, NULL, &end);
  *ret_digits = g_match_info_fetch (match, 1);
  *ret_currency = g_match_info_fetch (match, 2);
  *row += end;
  return TRUE;
}

static McPortalState
read_money (const char **row, json_t **ret_fee, char **ret)
{
  const char *start = *row;
  g_autofree char *digits = NULL;
  g_autofree char *currency = NULL;
  g_autofree char *note = NULL;
  g_autofree char *more = NULL;
  g_autofree char *other = NULL;
  const char *after;
  McPortalState state;

  if (!next_amount (row, &digits, &currency))
    {
      *ret = g_strdup (*row);
      *ret_fee = make ("unknown", -1, NULL);
      return MC_PORTAL_UNREAD;
    }
  note = _mc_portal_note (row);
  after = *row;
  /* A second amount: which is asked when, the table does not say. */
  if (next_amount (&after, &more, &other))
    {
      *ret_fee = make ("unknown", -1, start);
      state = MC_PORTAL_UNREAD;
    }
  else if (g_str_equal (currency, "USD"))
    {
      *ret_fee = make ("unknown", -1, note);
      state = MC_PORTAL_UNREAD;
    }
  else
    state = read_amount (_mc_portal_amount (digits), note, ret_fee);
  *ret = g_strndup (start, (gsize)(after - start));
  return state;
}

McPortalState
_mc_portal_fee (const char **row, json_t **ret_fee, char **ret)
{
  const char *start = *row;

  if (**row == '\0' || g_str_has_prefix (*row, MC_PORTAL_NOTHING))
    {
      *row += **row == '\0' ? 0 : strlen (MC_PORTAL_NOTHING);
      *ret = g_strdup ("");
      *ret_fee = make ("unknown", -1, NULL);
      return MC_PORTAL_ABSENT;
    }
  if (g_str_has_prefix (*row, "Miễn phí"))
    {
      g_autofree char *note = NULL;
      McPortalState state;

      *row += strlen ("Miễn phí");
      note = _mc_portal_note (row);
      state = read_free (note, ret_fee);
      *ret = g_strndup (start, (gsize)(*row - start));
      return state;
    }
  return read_money (row, ret_fee, ret);
}

gboolean
_mc_portal_glued (const char **row, char **ret_time, gint64 *ret_fee, char **ret)
{
  const char *after = *row;
  g_autofree char *digits = NULL;
  g_autofree char *currency = NULL;
  g_autofree char *note = NULL;
  gint64 said;

  if (!next_amount (&after, &digits, &currency))
    return FALSE;
  note = _mc_portal_note (&after);
  said = _mc_portal_amount_in (note);
  *ret = g_strndup (*row, (gsize)(after - *row));
  *ret_time = NULL;
  *ret_fee = -1;
  /* Where the note says the amount, it says where the time ends. */
  for (gsize i = 1; said > 0 && *ret_fee < 0 && i < strlen (digits); i++)
    {
      gint64 amount = _mc_portal_amount (digits + i);

      if (amount == said || (amount > 0 && amount * 1000 == said))
        {
          *ret_time = g_strndup (digits, i);
          *ret_fee = said;
        }
    }
  *row = after;
  return TRUE;
}
