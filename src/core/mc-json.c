/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-json.h"

#include "mc-error.h"
#include "mc-text.h"
#include <string.h>

/* Nearly every text is shorter: it is made in one go, without being measured first. */
#define USUAL_BYTES 4096

/* jansson's own limit is 2048 levels of recursion; ours is checked before anything is built. */
gboolean
mc_json_too_deep (const char *text, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (quoted)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            quoted = FALSE;
        }
      else if (c == '"')
        quoted = TRUE;
      else if (c == '{' || c == '[')
        {
          if (++depth > MC_JSON_DEPTH_MAX)
            return TRUE;
        }
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;
    }
  return FALSE;
}

json_t *
mc_json_parse (const char *text, gssize length, GError **error)
{
  json_error_t problem;
  json_t *value;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = (gssize)strlen (text);
  if (mc_json_too_deep (text, (gsize)length))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "JSON nests too deep");
      return NULL;
    }
  value = json_loadb (text, (gsize)length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
  if (value == NULL)
    g_set_error (error,
                 MC_ERROR,
                 MC_ERROR_FORMAT,
                 "not JSON at byte %d: %s",
                 problem.position,
                 problem.text);
  return value;
}

char *
mc_json_text (const json_t *value)
{
  size_t flags = JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY;
  char first[USUAL_BYTES];
  size_t size = json_dumpb (value, first, sizeof first, flags);
  char *text;

  if (size <= sizeof first)
    return g_strndup (first, size);
  text = g_malloc (size + 1);
  json_dumpb (value, text, size, flags);
  text[size] = '\0';
  return text;
}

const char *
mc_json_string (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

gint64
mc_json_int (const json_t *object, const char *key, gint64 otherwise)
{
  json_t *value = json_object_get (object, key);

  return json_is_integer (value) ? (gint64)json_integer_value (value) : otherwise;
}

gboolean
mc_json_bool (const json_t *object, const char *key, gboolean otherwise)
{
  json_t *value = json_object_get (object, key);

  return json_is_boolean (value) ? json_is_true (value) : otherwise;
}

static json_t *
clean_object (const json_t *value)
{
  json_t *copy = json_object ();
  const char *key;
  json_t *member;

  json_object_foreach ((json_t *)value, key, member)
  {
    g_autofree char *name = mc_text_clean (key);

    json_object_set_new (copy, name, mc_json_clean (member));
  }
  return copy;
}

static json_t *
clean_array (const json_t *value)
{
  json_t *copy = json_array ();

  for (size_t i = 0; i < json_array_size (value); i++)
    json_array_append_new (copy, mc_json_clean (json_array_get (value, i)));
  return copy;
}

json_t *
mc_json_clean (const json_t *value)
{
  if (json_is_object (value))
    return clean_object (value);
  if (json_is_array (value))
    return clean_array (value);
  if (json_is_string (value))
    {
      g_autofree char *text = mc_text_clean (json_string_value (value));

      return json_string (text);
    }
  return json_copy ((json_t *)value);
}
