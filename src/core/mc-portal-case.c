/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that promise the same are one case; several times of one channel are several. */
#include "mc-portal-private.h"

#include <string.h>

/* Characters of a description that tell one case from another. */
#define WORDS_MAX 90

static gboolean
same_promise (const McPortalWay *one, const McPortalWay *other)
{
  return (one->time == other->time || json_equal (one->time, other->time)) &&
         g_strcmp0 (mc_json_string (one->fee, "kind"), mc_json_string (other->fee, "kind")) == 0 &&
         mc_json_int (one->fee, "amount", -1) == mc_json_int (other->fee, "amount", -1);
}

/* Groups of the ways, each of a promise, in the order of the table. */
static GPtrArray *
group (GPtrArray *ways)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; i < ways->len; i++)
    {
      GPtrArray *found = NULL;

      for (guint g = 0; g < groups->len && found == NULL; g++)
        if (same_promise (((GPtrArray *)groups->pdata[g])->pdata[0], ways->pdata[i]))
          found = groups->pdata[g];
      if (found == NULL)
        {
          found = g_ptr_array_new ();
          g_ptr_array_add (groups, found);
        }
      g_ptr_array_add (found, ways->pdata[i]);
    }
  return groups;
}

static json_t *
channels_of (GPtrArray *ways)
{
  static const char *const order[] = { "direct", "online", "post" };
  json_t *channels = json_array ();

  for (gsize c = 0; c < G_N_ELEMENTS (order); c++)
    for (guint i = 0; i < ways->len; i++)
      if (g_str_equal (((McPortalWay *)ways->pdata[i])->channel, order[c]))
        {
          json_array_append_new (channels, json_string (order[c]));
          break;
        }
  return channels;
}

/* Each text once. */
static void
join (GString *all, const char *text)
{
  if (text == NULL || *text == '\0' || strstr (all->str, text) != NULL)
    return;
  if (all->len > 0)
    g_string_append_c (all, '\n');
  g_string_append (all, text);
}

static char *
description_of (GPtrArray *ways)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < ways->len; i++)
    join (all, ((McPortalWay *)ways->pdata[i])->words);
  return g_string_free (all, FALSE);
}

static json_t *
fee_of (GPtrArray *ways)
{
  json_t *fee = json_deep_copy (((McPortalWay *)ways->pdata[0])->fee);
  g_autoptr (GString) notes = g_string_new (NULL);

  for (guint i = 0; i < ways->len; i++)
    join (notes, mc_json_string (((McPortalWay *)ways->pdata[i])->fee, "note"));
  json_object_set_new (fee, "note", json_string (notes->str));
  return fee;
}

static const char *
channel_word (const char *channel)
{
  return g_str_equal (channel, "direct")   ? "Nộp trực tiếp"
         : g_str_equal (channel, "online") ? "Nộp trực tuyến"
                                           : "Gửi bưu chính";
}

/* What tells a case from the others: how it is handed in, then how its description begins. */
static char *
name_of (GPtrArray *ways, const char *description, gboolean alone)
{
  g_autoptr (json_t) channels = channels_of (ways);
  g_autoptr (GString) name = g_string_new (NULL);
  const char *words = description + strspn (description, "-+*. \t\n");
  g_autofree char *begin = g_utf8_strlen (words, -1) > WORDS_MAX
                               ? g_utf8_substring (words, 0, WORDS_MAX)
                               : g_strdup (words);

  if (alone)
    return g_strdup ("Thông thường");
  for (size_t i = 0; i < json_array_size (channels); i++)
    {
      const char *word = channel_word (json_string_value (json_array_get (channels, i)));

      g_string_append_printf (name, "%s%s", i > 0 ? ", " : "", word);
    }
  if (*begin != '\0')
    g_string_append_printf (name, ": %s%s", begin, strlen (begin) < strlen (words) ? "…" : "");
  return g_strdelimit (g_string_free (g_steal_pointer (&name), FALSE), "\n\t", ' ');
}

static json_t *
make_case (GPtrArray *ways, guint number, gboolean alone)
{
  const McPortalWay *first = ways->pdata[0];
  g_autofree char *id = g_strdup_printf ("th%u", number);
  g_autofree char *description = description_of (ways);
  g_autofree char *name = name_of (ways, description, alone);
  json_t *one = json_pack ("{s:s,s:s,s:o,s:o}",
                           "id",
                           id,
                           "name",
                           name,
                           "channels",
                           channels_of (ways),
                           "fee",
                           fee_of (ways));

  json_object_set_new (one, "time", first->time != NULL ? json_incref (first->time) : json_null ());
  if (*description != '\0')
    json_object_set_new (one, "note", json_string (description));
  return one;
}

void
_mc_portal_cases (McPortalEntry *entry, GPtrArray *ways)
{
  g_autoptr (GPtrArray) groups = group (ways);
  json_t *cases = json_array ();

  for (guint i = 0; i < groups->len; i++)
    json_array_append_new (cases, make_case (groups->pdata[i], i + 1, groups->len == 1));
  /* A procedure has a case, though nothing be known of it. */
  if (groups->len == 0)
    json_array_append_new (cases,
                           json_pack ("{s:s,s:s,s:[s],s:n,s:{s:s}}",
                                      "id",
                                      "th1",
                                      "name",
                                      "Thông thường",
                                      "channels",
                                      "direct",
                                      "time",
                                      "fee",
                                      "kind",
                                      "unknown"));
  json_object_set_new (entry->json, "cases", cases);
}
