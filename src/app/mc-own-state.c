/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-own-state.h"

#include "mc-procedure.h"
#include "mc-reception-date.h"
#include "mc-text.h"
#include <string.h>

#define DAY_LENGTH 10

static const char *const unit_names[] = { "same_day", "hours", "days", "working_days" };

static const char *
text (const json_t *object, const char *key)
{
  const char *value = mc_json_string (object, key);

  return value != NULL ? value : "";
}

static void
set (json_t *object, const char *key, const char *value)
{
  json_object_set_new (object, key, json_string (value != NULL ? value : ""));
}

static void
set_number (json_t *object, const char *key, gint64 number)
{
  g_autofree char *words = number > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;

  set (object, key, words);
}

json_t *
mc_own_state_case (void)
{
  return json_pack ("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:b,s:b,s:b,s:s,s:s,s:s,s:s}",
                    "id",
                    "",
                    "name",
                    "",
                    "unit",
                    "working_days",
                    "count",
                    "",
                    "own_unit",
                    "",
                    "own_count",
                    "",
                    "source",
                    "",
                    "direct",
                    1,
                    "online",
                    0,
                    "post",
                    0,
                    "fee_kind",
                    "none",
                    "fee",
                    "",
                    "fee_source",
                    "",
                    "fee_note",
                    "");
}

json_t *
mc_own_state_part (void)
{
  return json_pack ("{s:s,s:s,s:s,s:s,s:s,s:b}",
                    "id",
                    "",
                    "name",
                    "",
                    "originals",
                    "1",
                    "copies",
                    "",
                    "form",
                    "paper",
                    "required",
                    1);
}

static void
set_term (json_t *state, const char *unit, const char *count, const McTerm *term)
{
  set (state, unit, term != NULL ? unit_names[term->unit] : "");
  set_number (state, count, term != NULL && term->unit != MC_UNIT_SAME_DAY ? term->count : 0);
}

/* The law's time is the entry's own word; what is set beside it comes with who set it. */
static json_t *
state_of_case (const json_t *raw, const McCase *c)
{
  json_t *state = mc_own_state_case ();
  McTerm law;
  gboolean has_law = mc_term_parse (json_object_get (raw, "time"), &law);

  set (state, "id", c->id);
  set (state, "name", c->name);
  set_term (state, "unit", "count", has_law ? &law : NULL);
  set_term (state, "own_unit", "own_count", c->has_promise ? &c->promise : NULL);
  set (state, "source", c->promise_source);
  json_object_set_new (state, "direct", json_boolean (c->direct));
  json_object_set_new (state, "online", json_boolean (c->online));
  json_object_set_new (state, "post", json_boolean (c->post));
  set (state, "fee_kind", c->fee_kind);
  set_number (state, "fee", c->fee);
  set (state, "fee_source", c->fee_source);
  set (state, "fee_note", c->fee_note);
  return state;
}

static json_t *
state_of_part (const McPart *part)
{
  json_t *state = mc_own_state_part ();

  set (state, "id", part->id);
  set (state, "name", part->name);
  set_number (state, "originals", part->originals);
  set_number (state, "copies", part->copies);
  set (state, "form", part->form);
  json_object_set_new (state, "required", json_boolean (part->required));
  return state;
}

/* The member of @list with @id, or NULL. */
static json_t *
by_id (const json_t *list, const char *id)
{
  for (size_t i = 0; i < json_array_size (list); i++)
    if (g_strcmp0 (mc_json_string (json_array_get (list, i), "id"), id) == 0)
      return json_array_get (list, i);
  return NULL;
}

/* 2026-11-25 as 25/11/2026. */
static char *
day_words (const char *iso)
{
  return iso != NULL && strlen (iso) == DAY_LENGTH
             ? g_strdup_printf ("%.2s/%.2s/%.4s", iso + 8, iso + 5, iso)
             : NULL;
}

json_t *
mc_own_state_of (const json_t *entry, const char *today)
{
  g_autoptr (McProcedure) parsed =
      entry != NULL ? mc_procedure_parse ((json_t *)entry, NULL) : NULL;
  json_t *state = json_object ();
  json_t *cases = json_array ();
  json_t *parts = json_array ();
  g_autofree char *words = NULL;
  g_autofree char *from = NULL;

  json_object_set_new (state, "cases", cases);
  json_object_set_new (state, "parts", parts);
  if (parsed == NULL)
    {
      json_array_append_new (cases, mc_own_state_case ());
      json_array_append_new (parts, mc_own_state_part ());
      return state;
    }
  mc_procedure_hold_cases (parsed, today);
  words = g_strjoinv (", ", parsed->synonyms);
  from = day_words (parsed->valid_from);
  set (state, "code", parsed->code);
  set (state, "name", parsed->name);
  set (state, "field", parsed->field);
  set (state, "words", words);
  set (state, "from", from);
  for (guint i = 0; i < parsed->cases->len; i++)
    {
      const McCase *c = parsed->cases->pdata[i];

      json_array_append_new (cases,
                             state_of_case (by_id (json_object_get (entry, "cases"), c->id), c));
    }
  for (guint i = 0; i < parsed->parts->len; i++)
    json_array_append_new (parts, state_of_part (parsed->parts->pdata[i]));
  return state;
}

/* "id" for what has none yet: a number that no other has. */
static char *
fresh_id (const json_t *list, const char *prefix)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", prefix, i);

      if (by_id (list, id) == NULL)
        return g_steal_pointer (&id);
    }
}

static json_t *
term_of (const json_t *state, const char *unit, const char *count)
{
  if (*text (state, unit) == '\0')
    return json_null ();
  return json_pack ("{s:s,s:I}",
                    "unit",
                    text (state, unit),
                    "count",
                    (json_int_t)g_ascii_strtoll (text (state, count), NULL, 10));
}

/* What the form does not show of a time or a fee stays with it. */
static void
merge (json_t *whole, const char *key, json_t *said)
{
  json_t *before = json_object_get (whole, key);

  if (json_is_object (before) && json_is_object (said))
    {
      json_object_update (before, said);
      json_decref (said);
    }
  else
    json_object_set_new (whole, key, said);
}

static json_t *
fee_of (const json_t *state)
{
  json_t *fee = json_pack ("{s:s}", "kind", text (state, "fee_kind"));

  if (*text (state, "fee") != '\0')
    json_object_set_new (fee,
                         "amount",
                         json_integer (g_ascii_strtoll (text (state, "fee"), NULL, 10)));
  return fee;
}

static json_t *
channels_of (const json_t *state)
{
  static const char *const names[] = { "direct", "online", "post" };
  json_t *channels = json_array ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (mc_json_bool (state, names[i], FALSE))
      json_array_append_new (channels, json_string (names[i]));
  return channels;
}

/* What the office, or the province for all, has set beside the law, with who says so. */
static void
add_local (json_t *local, const json_t *state, const char *id)
{
  if (*text (state, "own_unit") != '\0')
    json_array_append_new (local,
                           json_pack ("{s:s,s:o,s:s}",
                                      "case",
                                      id,
                                      "time",
                                      term_of (state, "own_unit", "own_count"),
                                      "source",
                                      text (state, "source")));
  if (*text (state, "fee_source") != '\0')
    json_array_append_new (local,
                           json_pack ("{s:s,s:o,s:s}",
                                      "case",
                                      id,
                                      "fee",
                                      fee_of (state),
                                      "source",
                                      text (state, "fee_source")));
}

static json_t *
case_of (const json_t *before, const json_t *state, const char *id)
{
  json_t *whole = before != NULL ? json_deep_copy (before) : json_object ();

  set (whole, "id", id);
  set (whole, "name", text (state, "name"));
  json_object_set_new (whole, "channels", channels_of (state));
  merge (whole, "time", term_of (state, "unit", "count"));
  /* They stand in "local" from now on. */
  json_object_del (whole, "promise");
  json_object_del (whole, "promise_source");
  if (*text (state, "fee_source") == '\0')
    merge (whole, "fee", fee_of (state));
  else if (json_object_get (whole, "fee") == NULL)
    json_object_set_new (whole, "fee", json_pack ("{s:s}", "kind", "unknown"));
  json_object_set_new (json_object_get (whole, "fee"),
                       "note",
                       json_string (text (state, "fee_note")));
  return whole;
}

/* Those that do not hold today are not in the form, and stay. */
static void
keep_hidden (json_t *cases, const json_t *before, const json_t *shown)
{
  for (size_t i = 0; i < json_array_size (before); i++)
    {
      json_t *one = json_array_get (before, i);

      if (by_id (cases, mc_json_string (one, "id")) == NULL &&
          by_id (shown, mc_json_string (one, "id")) == NULL)
        json_array_append (cases, one);
    }
}

static void
put_cases (json_t *whole, const json_t *entry, const json_t *state, const char *today)
{
  const json_t *before = json_object_get (entry, "cases");
  const json_t *standing = json_object_get (entry, "local");
  const json_t *typed = json_object_get (state, "cases");
  g_autoptr (json_t) then = entry != NULL ? mc_own_state_of (entry, today) : NULL;
  json_t *cases = json_array ();
  json_t *local = json_array ();

  for (size_t i = 0; i < json_array_size (typed); i++)
    {
      const json_t *one = json_array_get (typed, i);
      g_autofree char *id = *text (one, "id") != '\0' ? g_strdup (text (one, "id"))
                                                      : fresh_id (cases, "truong-hop-rieng");

      json_array_append_new (cases, case_of (by_id (before, id), one, id));
      add_local (local, one, id);
    }
  keep_hidden (cases, before, json_object_get (then, "cases"));
  for (size_t i = 0; i < json_array_size (standing); i++)
    if (strcmp (text (json_array_get (standing, i), "valid_from"), today) > 0)
      json_array_append (local, json_array_get (standing, i));
  json_object_set_new (whole, "cases", cases);
  json_object_del (whole, "local");
  if (json_array_size (local) > 0)
    json_object_set (whole, "local", local);
  json_decref (local);
}

static void
put_parts (json_t *whole, const json_t *entry, const json_t *state)
{
  const json_t *typed = json_object_get (state, "parts");
  json_t *parts = json_array ();

  for (size_t i = 0; i < json_array_size (typed); i++)
    {
      const json_t *one = json_array_get (typed, i);
      g_autofree char *id = *text (one, "id") != '\0' ? g_strdup (text (one, "id"))
                                                      : fresh_id (parts, "giay-to-rieng");
      const json_t *before = by_id (json_object_get (entry, "parts"), id);
      json_t *part = before != NULL ? json_deep_copy (before) : json_object ();

      set (part, "id", id);
      set (part, "name", text (one, "name"));
      json_object_set_new (part,
                           "originals",
                           json_integer (g_ascii_strtoll (text (one, "originals"), NULL, 10)));
      json_object_set_new (part,
                           "copies",
                           json_integer (g_ascii_strtoll (text (one, "copies"), NULL, 10)));
      set (part, "form", text (one, "form"));
      json_object_set_new (part, "required", json_boolean (mc_json_bool (one, "required", TRUE)));
      json_array_append_new (parts, part);
    }
  json_object_set_new (whole, "parts", parts);
}

static json_t *
synonyms_of (const char *words)
{
  g_auto (GStrv) each = g_strsplit_set (words, ",;", -1);
  json_t *synonyms = json_array ();

  for (guint i = 0; each[i] != NULL; i++)
    {
      g_autofree char *clean = mc_text_clean (each[i]);

      if (*clean != '\0')
        json_array_append_new (synonyms, json_string (clean));
    }
  return synonyms;
}

/* Whether any row says another thing under one of @keys than before. */
static gboolean
differs (const json_t *before, const json_t *now, const char *list, const char *const *keys)
{
  const json_t *then = json_object_get (before, list);
  const json_t *rows = json_object_get (now, list);

  if (json_array_size (then) != json_array_size (rows))
    return TRUE;
  for (size_t i = 0; i < json_array_size (rows); i++)
    for (guint k = 0; keys[k] != NULL; k++)
      if (!json_equal (json_object_get (json_array_get (then, i), keys[k]),
                       json_object_get (json_array_get (rows, i), keys[k])))
        return TRUE;
  return FALSE;
}

/* Whoever corrects a field has checked it. */
static void
count_as_checked (json_t *whole, const json_t *before, const json_t *now)
{
  static const struct
  {
    const char *field;
    const char *list;
    const char *keys[8];
  } fields[] = {
    { "time", "cases", { "unit", "count", "own_unit", "own_count", "source", NULL } },
    { "fee", "cases", { "fee_kind", "fee", "fee_source", "fee_note", NULL } },
    { "channels", "cases", { "direct", "online", "post", NULL } },
    { "parts", "parts", { "name", "originals", "copies", "form", "required", NULL } },
  };
  json_t *unsourced = json_object_get (whole, "unsourced");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    for (size_t k = json_array_size (unsourced);
         k-- > 0 && differs (before, now, fields[i].list, fields[i].keys);)
      if (g_strcmp0 (json_string_value (json_array_get (unsourced, k)), fields[i].field) == 0)
        json_array_remove (unsourced, k);
}

json_t *
mc_own_state_entry (const json_t *entry, const json_t *state, const char *today)
{
  json_t *whole = entry != NULL ? json_deep_copy (entry) : json_object ();
  g_autoptr (json_t) before = mc_own_state_of (entry, today);
  g_autofree char *from = mc_reception_date_parse (text (state, "from"));

  if (entry == NULL)
    set (whole, "code", text (state, "code"));
  else if (json_object_get (entry, "office") == NULL)
    json_object_set_new (whole, "based_on", json_string (text (entry, "version")));
  if (g_strcmp0 (text (before, "name"), text (state, "name")) != 0)
    json_object_del (whole, "full_name");
  set (whole, "name", text (state, "name"));
  set (whole, "field", text (state, "field"));
  json_object_set_new (whole, "synonyms", synonyms_of (text (state, "words")));
  json_object_del (whole, "valid_from");
  if (from != NULL)
    set (whole, "valid_from", from);
  put_cases (whole, entry, state, today);
  put_parts (whole, entry, state);
  count_as_checked (whole, before, state);
  json_object_del (whole, "version");
  return whole;
}
