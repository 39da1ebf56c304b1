/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/** MC_JSON_DEPTH_MAX: nothing of ours nests deeper; a hostile line that does is refused. */
#define MC_JSON_DEPTH_MAX 32

/** mc_json_too_deep: whether @text nests deeper than anybody here reads. */
gboolean mc_json_too_deep (const char *text, gsize length);
/**
 * mc_json_parse:
 * Strict: UTF-8, no duplicate keys, nothing after the value.
 * @length: bytes, or -1 where @text ends with NUL
 * Returns: (transfer full): or %NULL with #MC_ERROR_FORMAT.
 */
json_t *mc_json_parse (const char *text, gssize length, GError **error);

/**
 * mc_json_text:
 * The one way in which a value is written: compact, keys sorted. Equal values give equal bytes.
 * Returns: (transfer full): NUL-terminated, freed by g_free()
 */
char *mc_json_text (const json_t *value);

/** mc_json_string: the string at @key of an object, or %NULL. Borrowed. */
const char *mc_json_string (const json_t *object, const char *key);
/** mc_json_int: the integer at @key, or @otherwise. */
gint64 mc_json_int (const json_t *object, const char *key, gint64 otherwise);
/** mc_json_bool: the boolean at @key, or @otherwise. */
gboolean mc_json_bool (const json_t *object, const char *key, gboolean otherwise);

/**
 * mc_json_clean:
 * A copy in which every string has gone through mc_text_clean(), so that NFC and NFD are one.
 * Returns: (transfer full)
 */
json_t *mc_json_clean (const json_t *value);

G_END_DECLS
