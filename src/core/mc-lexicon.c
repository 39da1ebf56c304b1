/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-lexicon.h"

#include "mc-error.h"
#include "mc-token.h"

static void
saying_free (McSaying *saying)
{
  g_ptr_array_unref (saying->words);
  g_ptr_array_unref (saying->means);
  g_free (saying);
}

static void
member_free (McFamilyMember *member)
{
  g_free (member->code);
  g_free (member->when);
  g_free (member);
}

static void
family_free (McFamily *family)
{
  g_free (family->ask);
  g_ptr_array_unref (family->members);
  g_free (family);
}

void
mc_lexicon_free (McLexicon *lexicon)
{
  if (lexicon == NULL)
    return;
  g_hash_table_unref (lexicon->idle);
  g_ptr_array_unref (lexicon->sayings);
  g_ptr_array_unref (lexicon->unless_said);
  g_ptr_array_unref (lexicon->families);
  g_free (lexicon);
}

static gboolean
wrong (GError **error, const char *where, gsize index)
{
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "words: %s %zu", where, index + 1);
  return FALSE;
}

static void
read_idle (McLexicon *lexicon, const json_t *list)
{
  for (size_t i = 0; i < json_array_size (list); i++)
    {
      g_autoptr (GPtrArray) words = mc_token_split (json_string_value (json_array_get (list, i)));

      for (guint w = 0; w < words->len; w++)
        g_hash_table_add (lexicon->idle, mc_token_key (words->pdata[w]));
    }
}

static gboolean
read_sayings (McLexicon *lexicon, const json_t *list, GError **error)
{
  for (size_t i = 0; i < json_array_size (list); i++)
    {
      const json_t *entry = json_array_get (list, i);
      const json_t *said = json_object_get (entry, "said");
      const char *text = mc_json_string (entry, "means");
      g_autoptr (GPtrArray) means = mc_token_split (text);

      if (means->len == 0 || json_array_size (said) == 0)
        return wrong (error, "saying", i);
      for (size_t s = 0; s < json_array_size (said); s++)
        {
          McSaying *saying = g_new0 (McSaying, 1);

          saying->words = mc_token_split (json_string_value (json_array_get (said, s)));
          saying->means = g_ptr_array_ref (means);
          g_ptr_array_add (lexicon->sayings, saying);
          if (saying->words->len == 0)
            return wrong (error, "saying", i);
        }
    }
  return TRUE;
}

static void
read_unless_said (McLexicon *lexicon, const json_t *list)
{
  for (size_t i = 0; i < json_array_size (list); i++)
    g_ptr_array_add (lexicon->unless_said,
                     mc_token_split (json_string_value (json_array_get (list, i))));
}

static gboolean
read_members (McFamily *family, const json_t *list)
{
  for (size_t i = 0; i < json_array_size (list); i++)
    {
      const json_t *entry = json_array_get (list, i);
      McFamilyMember *member = g_new0 (McFamilyMember, 1);

      g_ptr_array_add (family->members, member);
      member->code = g_strdup (mc_json_string (entry, "code"));
      member->when = g_strdup (mc_json_string (entry, "when"));
      if (member->code == NULL || member->when == NULL)
        return FALSE;
    }
  return family->members->len > 1;
}

static gboolean
read_families (McLexicon *lexicon, const json_t *list, GError **error)
{
  for (size_t i = 0; i < json_array_size (list); i++)
    {
      const json_t *entry = json_array_get (list, i);
      McFamily *family = g_new0 (McFamily, 1);

      g_ptr_array_add (lexicon->families, family);
      family->members = g_ptr_array_new_with_free_func ((GDestroyNotify)member_free);
      family->ask = g_strdup (mc_json_string (entry, "ask"));
      if (family->ask == NULL || !read_members (family, json_object_get (entry, "members")))
        return wrong (error, "family", i);
    }
  return TRUE;
}

McLexicon *
mc_lexicon_parse (const json_t *json, GError **error)
{
  g_autoptr (McLexicon) lexicon = g_new0 (McLexicon, 1);

  lexicon->idle = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  lexicon->sayings = g_ptr_array_new_with_free_func ((GDestroyNotify)saying_free);
  lexicon->unless_said = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  lexicon->families = g_ptr_array_new_with_free_func ((GDestroyNotify)family_free);
  read_idle (lexicon, json_object_get (json, "idle"));
  read_unless_said (lexicon, json_object_get (json, "unless_said"));
  if (!read_sayings (lexicon, json_object_get (json, "sayings"), error) ||
      !read_families (lexicon, json_object_get (json, "families"), error))
    return NULL;
  return g_steal_pointer (&lexicon);
}

const McFamilyMember *
mc_family_member (const McFamily *family, const char *code)
{
  for (guint i = 0; i < family->members->len; i++)
    {
      const McFamilyMember *member = family->members->pdata[i];

      if (g_str_equal (member->code, code))
        return member;
    }
  return NULL;
}
