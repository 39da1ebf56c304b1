/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Thành phần hồ sơ": tables of papers, each with its title, flattened into one text. */
#include "mc-portal-private.h"

#include "mc-text.h"
#include <string.h>

#define HEAD "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
/* What stands where a table has no title. */
#define UNTITLED "--"

/* The count at the end of a row. The name before it may end in a digit of its own ("Mẫu số 01" and
 * "1 bản chính"): only the last digit is the count. */
#define COUNT "(\\d) bản (chính|sao)(?:,(\\d+) bản sao)?(?=$|[^\\s;.,:)/])"

typedef struct
{
  McPortalEntry *entry;
  json_t *parts;
  GHashTable *ids;
  const char *title; /* of the table, or NULL */
} Reading;

/* The name of a form's file, which follows the name of the paper without a space. */
static char *
cut_file (char *name)
{
  static gsize once;
  GRegex *file = _mc_portal_regex (&once,
                                   "(?<=[\\p{Ll}\\d.)\\];,:])((?:\\p{Lu}|\\d{1,2}\\.)[^;:]{2,120}"
                                   "\\.(?:docx?|pdf|xlsx?|rar|zip))$");
  g_autoptr (GMatchInfo) match = NULL;
  int start = 0;
  char *found;

  if (!g_regex_match (file, name, 0, &match))
    return NULL;
  g_match_info_fetch_pos (match, 1, &start, NULL);
  found = g_match_info_fetch (match, 1);
  name[start] = '\0';
  g_strchomp (name);
  return found;
}

/* The id is made of the name, so that a paper keeps it wherever it moves in the table. */
static char *
id_of (Reading *reading, const char *name)
{
  g_autofree char *folded = mc_text_fold (name);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, folded, -1);
  char *id = g_strdup_printf ("p%.8s", sum);

  for (guint i = 2; g_hash_table_contains (reading->ids, id); i++)
    {
      g_free (id);
      id = g_strdup_printf ("p%.8s-%u", sum, i);
    }
  g_hash_table_add (reading->ids, g_strdup (id));
  return id;
}

static gboolean
says (const char *text, const char *pattern)
{
  return text != NULL && g_regex_match_simple (pattern, text, 0, 0);
}

/* Only some applicants need it. */
static gboolean
conditional (const Reading *reading, const char *name, gint64 count)
{
  return count == 0 || says (name, "(?i)nếu có|^[-+*. ]*(?:trường hợp|đối với|lưu ý)") ||
         says (reading->title, "(?i)trường hợp|đối với|nếu có|một trong");
}

static void
add_part (Reading *reading, const char *text, gint64 originals, gint64 copies)
{
  g_autofree char *name = mc_text_clean (text + strspn (text, "-+*;.,: \t\n"));
  g_autofree char *file = cut_file (name);
  g_autofree char *id = NULL;
  json_t *part;

  if (*name == '\0')
    {
      g_autofree char *raw =
          g_strdup_printf ("%s: %" G_GINT64_FORMAT " bản chính, %" G_GINT64_FORMAT " bản sao",
                           text,
                           originals,
                           copies);

      _mc_portal_say (reading->entry, MC_PORTAL_PART, MC_PORTAL_UNREAD, raw);
      return;
    }
  id = id_of (reading, name);
  part = json_pack ("{s:s,s:s,s:b,s:I,s:I,s:s}",
                    "id",
                    id,
                    "name",
                    name,
                    "required",
                    !conditional (reading, name, originals + copies),
                    "originals",
                    (json_int_t)originals,
                    "copies",
                    (json_int_t)copies,
                    "form",
                    says (reading->title, "(?i)xuất trình") ? "present" : "paper");
  if (file != NULL)
    json_object_set_new (part, "file", json_string (file));
  if (reading->title != NULL)
    json_object_set_new (part, "note", json_string (reading->title));
  json_array_append_new (reading->parts, part);
  _mc_portal_say (reading->entry, MC_PORTAL_PART, MC_PORTAL_READ, NULL);
}

/* The rows of one table. Returns: (transfer full): what stands behind its last one */
static char *
read_rows (Reading *reading, const char *rows)
{
  static gsize once;
  GRegex *row = _mc_portal_regex (&once, COUNT);
  g_autoptr (GMatchInfo) match = NULL;
  int from = 0;

  for (g_regex_match (row, rows, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *count = g_match_info_fetch (match, 1);
      g_autofree char *kind = g_match_info_fetch (match, 2);
      g_autofree char *copies = g_match_info_fetch (match, 3);
      g_autofree char *name = NULL;
      gint64 number = g_ascii_strtoll (count, NULL, 10);
      gboolean original = g_str_equal (kind, "chính");
      int start = 0;
      int end = 0;

      g_match_info_fetch_pos (match, 0, &start, &end);
      /* A cell follows without a space; with one it is a sentence ("nộp 02 bản chính"). */
      if (start > 0 && g_ascii_isspace (rows[start - 1]))
        continue;
      if (start > 1 && g_ascii_isdigit (rows[start - 1]) && g_ascii_isspace (rows[start - 2]))
        continue;
      name = g_strndup (rows + from, (gsize)(start - from));
      add_part (reading,
                name,
                original ? number : 0,
                original ? (copies != NULL ? g_ascii_strtoll (copies, NULL, 10) : 0) : number);
      from = end;
    }
  return mc_text_clean (rows + from);
}

/* Text between the tables: the title of the next one, or words of the portal. */
static const char *
title_of (Reading *reading, const char *text, gboolean last)
{
  if (*text == '\0' || g_str_equal (text, UNTITLED))
    return NULL;
  if (last)
    _mc_portal_say (reading->entry, MC_PORTAL_PART, MC_PORTAL_UNREAD, text);
  return text;
}

void
_mc_portal_parts (McPortalEntry *entry, const char *text)
{
  g_autofree char *words = _mc_portal_words (text);
  g_auto (GStrv) tables = g_strsplit (words, HEAD, -1);
  Reading reading = { entry, json_array (), NULL, NULL };
  g_autofree char *title = NULL;

  reading.ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (*words == '\0')
    _mc_portal_say (entry, MC_PORTAL_PART, MC_PORTAL_ABSENT, NULL);
  else
    title = mc_text_clean (tables[0]);
  for (guint i = 0; tables[0] != NULL && tables[i] != NULL; i++)
    {
      g_autofree char *before = g_steal_pointer (&title);

      /* The text before the first table is its title; without a table it is all there is. */
      if (i == 0)
        {
          title_of (&reading, before != NULL ? before : "", tables[1] == NULL);
          title = g_steal_pointer (&before);
          continue;
        }
      reading.title = title_of (&reading, before, FALSE);
      title = read_rows (&reading, tables[i]);
      title_of (&reading, title, tables[i + 1] == NULL);
      reading.title = NULL;
    }
  json_object_set_new (entry->json, "parts", reading.parts);
  g_hash_table_unref (reading.ids);
}
