/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-portal-private.h"

#include "mc-error.h"
#include "mc-procedure-code.h"
#include "mc-text.h"
#include <string.h>

GRegex *
_mc_portal_regex (gsize *once, const char *pattern)
{
  if (g_once_init_enter (once))
    {
      GRegex *regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, NULL);

      g_assert (regex != NULL);
      g_once_init_leave (once, (gsize)regex);
    }
  return (GRegex *)*once;
}

/* Names @field in `unsourced`, once. */
static void
doubt (McPortalEntry *entry, McPortalField field)
{
  json_t *unsourced = json_object_get (entry->json, "unsourced");
  const char *name = mc_portal_field_name (field);

  for (size_t i = 0; i < json_array_size (unsourced); i++)
    if (g_str_equal (json_string_value (json_array_get (unsourced, i)), name))
      return;
  json_array_append_new (unsourced, json_string (name));
}

void
_mc_portal_say (McPortalEntry *entry, McPortalField field, McPortalState state, const char *text)
{
  mc_portal_report_note (entry->report, entry->code, field, state, text);
  /* That a procedure has no conditions is no gap. */
  if (state != MC_PORTAL_READ && !(state == MC_PORTAL_ABSENT && field == MC_PORTAL_CONDITION))
    doubt (entry, field);
  if (state != MC_PORTAL_UNREAD && state != MC_PORTAL_GUESSED)
    return;
  json_array_append_new (json_object_get (entry->json, "unread"),
                         json_pack ("{s:s,s:s,s:b}",
                                    "field",
                                    mc_portal_field_name (field),
                                    "text",
                                    text,
                                    "guessed",
                                    state == MC_PORTAL_GUESSED));
}

/* The crawl took the page's next boxes along with the last one of the procedure. */
static GRegex *
furniture (void)
{
  static gsize once;

  return _mc_portal_regex (&once, "Từ khóa([^\n]{1,300}?)Mô tả");
}

char *
_mc_portal_words (const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *own = g_strdup (text != NULL ? text : "");
  char *clean;
  int start = 0;

  if (g_regex_match (furniture (), own, 0, &match) &&
      g_match_info_fetch_pos (match, 0, &start, NULL))
    own[start] = '\0';
  clean = mc_text_clean (own);
  if (g_str_equal (clean, MC_PORTAL_NOTHING))
    *clean = '\0';
  return clean;
}

/* What the portal itself offers to search by. */
static void
take_keywords (McPortalEntry *entry, const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *words = NULL;
  g_auto (GStrv) each = NULL;
  json_t *synonyms = json_object_get (entry->json, "synonyms");

  if (text == NULL || !g_regex_match (furniture (), text, 0, &match))
    return;
  words = g_match_info_fetch (match, 1);
  if (g_str_equal (words, MC_PORTAL_NOTHING))
    return;
  each = g_strsplit_set (words, ",;", -1);
  for (guint i = 0; each[i] != NULL; i++)
    if (*g_strstrip (each[i]) != '\0')
      json_array_append_new (synonyms, json_string (each[i]));
}

/* A text that is taken as it is, or is not there. */
static void
take (McPortalEntry *entry,
      const json_t *line,
      const char *from,
      const char *to,
      McPortalField field)
{
  g_autofree char *words = _mc_portal_words (mc_json_string (line, from));

  if (*words != '\0')
    json_object_set_new (entry->json, to, json_string (words));
  _mc_portal_say (entry, field, *words != '\0' ? MC_PORTAL_READ : MC_PORTAL_ABSENT, NULL);
}

/* "Cấp bộ, Cấp tỉnh, Cấp xã": whose business it is. */
static void
take_level (McPortalEntry *entry, const json_t *line)
{
  static const struct
  {
    const char *word, *level;
  } levels[] = {
    { "Cấp xã", "commune" },
    { "Cấp tỉnh", "province" },
    { "Cấp bộ", "ministry" },
  };
  g_autofree char *words = _mc_portal_words (mc_json_string (line, "cap_thuc_hien"));

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_regex_match_simple (levels[i].word, words, G_REGEX_CASELESS, 0))
      {
        json_object_set_new (entry->json, "level", json_string (levels[i].level));
        _mc_portal_say (entry, MC_PORTAL_LEVEL, MC_PORTAL_READ, NULL);
        return;
      }
  _mc_portal_say (entry,
                  MC_PORTAL_LEVEL,
                  *words != '\0' ? MC_PORTAL_UNREAD : MC_PORTAL_ABSENT,
                  words);
}

/* "Thủ tục đăng ký …" is "Đăng ký …": every name could begin so. Returns: (transfer full) */
static char *
without_word (const char *name)
{
  const char *rest = name + strlen ("Thủ tục ");
  g_autofree char *first = g_utf8_substring (rest, 0, 1);
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, rest + strlen (first), NULL);
}

static void
take_name (McPortalEntry *entry, const char *name, const char *code)
{
  g_autofree char *ending = g_strdup_printf ("(%s)", code);
  g_autofree char *own = g_strdup (name + strspn (name, ". "));
  g_autofree char *shorter = NULL;

  if (g_str_has_suffix (own, ending))
    own[strlen (own) - strlen (ending)] = '\0';
  g_strstrip (own);
  if (g_str_has_prefix (own, "Thủ tục "))
    {
      shorter = without_word (own);
      json_object_set_new (entry->json, "full_name", json_string (own));
    }
  json_object_set_new (entry->json, "name", json_string (shorter != NULL ? shorter : own));
}

static void
fill (McPortalEntry *entry, const json_t *line)
{
  const char *url = mc_json_string (line, "detail_url");

  take (entry, line, "linh_vuc", "field", MC_PORTAL_FIELD);
  take_level (entry, line);
  take (entry, line, "so_quyet_dinh", "decision", MC_PORTAL_DECISION);
  take (entry, line, "yeu_cau_dieu_kien", "conditions", MC_PORTAL_CONDITION);
  _mc_portal_ways (entry,
                   mc_json_string (line, "cach_thuc_thuc_hien"),
                   mc_json_string (line, "trinh_tu_thuc_hien"));
  _mc_portal_parts (entry, mc_json_string (line, "thanh_phan_ho_so"));
  _mc_portal_law (entry, mc_json_string (line, "can_cu_phap_ly"));
  _mc_portal_result (entry, mc_json_string (line, "ket_qua_xu_ly"));
  take_keywords (entry, mc_json_string (line, "ket_qua_xu_ly"));
  if (url != NULL && g_str_has_prefix (url, "https://"))
    json_object_set_new (entry->json, "url", json_string (url));
}

/* Each content has a version of its own: what did not change keeps it. */
static void
mark_version (json_t *json)
{
  g_autofree char *text = mc_json_text (json);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *version = g_strdup_printf ("portal-%.8s", sum);

  json_object_set_new (json, "version", json_string (version));
}

json_t *
mc_portal_entry (const json_t *line, McPortalReport *report, GError **error)
{
  const char *written = mc_json_string (line, "ma_thu_tuc");
  gboolean mended = FALSE;
  g_autofree char *code = mc_procedure_code_read (written, &mended);
  g_autofree char *name = _mc_portal_words (mc_json_string (line, "ten_thu_tuc"));
  McPortalEntry entry = { code, NULL, report };

  g_return_val_if_fail (report != NULL, NULL);

  if (code == NULL || *name == '\0')
    {
      report->refused++;
      mc_portal_report_note (report,
                             written != NULL ? written : "?",
                             code == NULL ? MC_PORTAL_CODE : MC_PORTAL_NAME,
                             MC_PORTAL_UNREAD,
                             code == NULL ? written : name);
      g_set_error (error,
                   MC_ERROR,
                   MC_ERROR_FORMAT,
                   "\"%s\" is no procedure of the portal",
                   written != NULL ? written : "?");
      return NULL;
    }
  report->procedures++;
  entry.json = json_pack ("{s:s,s:[],s:[],s:[],s:[s]}",
                          "code",
                          code,
                          "synonyms",
                          "unsourced",
                          "unread",
                          "sources",
                          "portal");
  _mc_portal_say (&entry, MC_PORTAL_CODE, mended ? MC_PORTAL_GUESSED : MC_PORTAL_READ, written);
  _mc_portal_say (&entry, MC_PORTAL_NAME, MC_PORTAL_READ, NULL);
  take_name (&entry, name, code);
  fill (&entry, line);
  mark_version (entry.json);
  return entry.json;
}
