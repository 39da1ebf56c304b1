/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-letterhead.h"

#include "mc-text.h"
#include <string.h>

#define CENTRE "Trung tâm Phục vụ hành chính công"
#define SECTION "Bộ phận Tiếp nhận và Trả kết quả"

/* What a name may begin with, folded; the longer one first where one begins the other. */
static const struct
{
  const char *words;
  gboolean section;
} beginnings[] = {
  { "trung tam phuc vu hanh chinh cong", FALSE },
  { "trung tam pvhcc", FALSE },
  { "tt pvhcc", FALSE },
  { "ttpvhcc", FALSE },
  { "bo phan tiep nhan va tra ket qua", TRUE },
  { "bo phan mot cua", TRUE },
  { "uy ban nhan dan", FALSE },
  { "ubnd", FALSE },
};
static const char *const kinds[] = { "xa", "phuong", "thi tran", "dac khu" };

/* Where @name goes on after the words @folded, or NULL where it does not begin with them. */
static const char *
after_words (const char *name, const char *folded)
{
  guint words = 1;
  const char *rest = name;
  g_autofree char *begin = NULL;
  g_autofree char *begin_folded = NULL;

  for (const char *at = folded; *at; at++)
    words += *at == ' ';
  while (words-- > 0)
    {
      rest += strspn (rest, " ");
      rest += strcspn (rest, " ");
    }
  begin = g_strndup (name, (gsize)(rest - name));
  begin_folded = mc_text_fold (begin);
  return g_str_equal (begin_folded, folded) ? rest + strspn (rest, " ") : NULL;
}

static const char *
after_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char *rest = after_words (name, kinds[i]);

      if (rest != NULL && *rest)
        return rest;
    }
  return NULL;
}

static char *
capitalised (const char *text)
{
  const char *second = *text ? g_utf8_next_char (text) : text;
  g_autofree char *first = g_utf8_strup (text, second - text);

  return g_strconcat (first, second, NULL);
}

/* Nghị định 30/2020/NĐ-CP: the name without its kind, but with it where the name is a number
 * ("Phường 4"); what comes after a comma is the province. */
static char *
place_of (const char *commune)
{
  const char *name = after_kind (commune);
  const char *begin = name == NULL || g_ascii_isdigit (*name) ? commune : name;
  g_autofree char *place = g_strndup (begin, strcspn (begin, ","));

  return capitalised (g_strstrip (place));
}

/* "Xã Thử Nghiệm" in the middle of a line is "xã Thử Nghiệm". */
static char *
with_small_kind (const char *commune)
{
  const char *name = after_kind (commune);
  g_autofree char *kind = NULL;
  g_autofree char *small = NULL;

  if (name == NULL)
    return g_strdup (commune);
  kind = g_strndup (commune, (gsize)(name - commune));
  small = g_utf8_strdown (kind, -1);
  return g_strconcat (small, name, NULL);
}

static void
fill_commune (McLetterhead *head, const char *commune, gboolean section)
{
  const char *unit = section ? SECTION : CENTRE;
  g_autofree char *small = with_small_kind (commune);
  g_autofree char *superior = g_strconcat ("Ủy ban nhân dân ", small, NULL);

  head->superior = g_utf8_strup (superior, -1);
  head->unit = g_utf8_strup (unit, -1);
  head->office = g_strconcat (unit, " ", small, NULL);
  head->place = place_of (small);
  if (section)
    {
      g_free (head->symbol);
      head->symbol = g_strdup ("BPTNTKQ");
    }
}

McLetterhead *
mc_letterhead_new (const char *office_name)
{
  McLetterhead *head = g_new0 (McLetterhead, 1);
  g_autofree char *name = g_strstrip (g_strdup (office_name ? office_name : ""));

  head->symbol = g_strdup ("TTPVHCC");
  if (!*name)
    return head;
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      const char *rest = after_words (name, beginnings[i].words);

      if (rest != NULL && *rest)
        {
          fill_commune (head, rest, beginnings[i].section);
          return head;
        }
    }
  if (after_kind (name) != NULL)
    {
      fill_commune (head, name, FALSE);
      return head;
    }
  head->unit = g_utf8_strup (name, -1);
  head->office = g_strdup (name);
  return head;
}

void
mc_letterhead_free (McLetterhead *head)
{
  if (head == NULL)
    return;
  g_free (head->superior);
  g_free (head->unit);
  g_free (head->symbol);
  g_free (head->office);
  g_free (head->place);
  g_free (head);
}
