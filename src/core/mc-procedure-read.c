/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-procedure-private.h"

#include "mc-group.h"
#include "mc-text.h"
#include <string.h>

void
_mc_part_free (McPart *part)
{
  g_free (part->id);
  g_free (part->name);
  g_free (part->form);
  g_free (part->file);
  g_free (part->note);
  g_free (part);
}

void
_mc_case_free (McCase *c)
{
  g_free (c->id);
  g_free (c->name);
  g_free (c->promise_source);
  g_free (c->fee_kind);
  g_free (c->law_fee_kind);
  g_free (c->fee_source);
  g_free (c->fee_note);
  g_free (c->note);
  g_free (c->valid_from);
  g_free (c->valid_to);
  g_free (c);
}

void
_mc_local_free (McLocal *local)
{
  g_free (local->case_id);
  g_free (local->fee_kind);
  g_free (local->source);
  g_free (local->valid_from);
  g_free (local->valid_to);
  g_free (local);
}

void
_mc_legal_free (McLegal *legal)
{
  g_free (legal->name);
  g_free (legal->number);
  g_free (legal);
}

void
_mc_unread_free (McUnread *unread)
{
  g_free (unread->field);
  g_free (unread->text);
  g_free (unread);
}

/* A text that is there; NULL where it is empty. */
static char *
text_of (const json_t *json, const char *key)
{
  g_autofree char *text = mc_text_clean (mc_json_string (json, key));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static gboolean
has_text (const json_t *array, const char *text)
{
  for (size_t i = 0; i < json_array_size (array); i++)
    if (g_strcmp0 (json_string_value (json_array_get (array, i)), text) == 0)
      return TRUE;
  return FALSE;
}

McPart *
_mc_part_read (const json_t *json)
{
  g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, mc_json_string (json, "id"), NULL);
  McPart *part;

  if (mc_json_string (json, "name") == NULL || !mc_group_valid (group))
    return NULL;
  part = g_new0 (McPart, 1);
  part->id = g_strdup (mc_json_string (json, "id"));
  part->name = mc_text_clean (mc_json_string (json, "name"));
  part->form = text_of (json, "form");
  part->file = text_of (json, "file");
  part->note = text_of (json, "note");
  part->required = mc_json_bool (json, "required", TRUE);
  part->originals = (gint)mc_json_int (json, "originals", 0);
  part->copies = (gint)mc_json_int (json, "copies", 0);
  return part;
}

McCase *
_mc_case_read (const json_t *json)
{
  const json_t *channels = json_object_get (json, "channels");
  const json_t *fee = json_object_get (json, "fee");
  McCase *c;

  if (mc_json_string (json, "id") == NULL || mc_json_string (json, "name") == NULL)
    return NULL;
  c = g_new0 (McCase, 1);
  c->id = g_strdup (mc_json_string (json, "id"));
  c->name = mc_text_clean (mc_json_string (json, "name"));
  c->direct = has_text (channels, "direct");
  c->online = has_text (channels, "online");
  c->post = has_text (channels, "post");
  c->has_term = mc_term_parse (json_object_get (json, "time"), &c->term);
  c->has_promise = mc_term_parse (json_object_get (json, "promise"), &c->promise);
  c->promise_source = text_of (json, "promise_source");
  c->fee_kind = g_strdup (mc_json_string (fee, "kind") ? mc_json_string (fee, "kind") : "unknown");
  c->fee = mc_json_int (fee, "amount", 0);
  c->fee_from_page_3 = mc_json_int (fee, "amount_from_page_3", c->fee);
  c->fee_cap = mc_json_int (fee, "cap", 0);
  c->fee_note = mc_text_clean (mc_json_string (fee, "note"));
  c->note = text_of (json, "note");
  c->valid_from = g_strdup (mc_json_string (json, "valid_from"));
  c->valid_to = g_strdup (mc_json_string (json, "valid_to"));
  return c;
}

/* Without a source nobody could say why it holds. */
McLocal *
_mc_local_read (const json_t *json)
{
  const json_t *fee = json_object_get (json, "fee");
  g_autofree char *source = text_of (json, "source");
  McLocal *local;

  if (source == NULL)
    return NULL;
  local = g_new0 (McLocal, 1);
  local->case_id = g_strdup (mc_json_string (json, "case"));
  local->has_term = mc_term_parse (json_object_get (json, "time"), &local->term);
  local->fee_kind = g_strdup (mc_json_string (fee, "kind"));
  local->fee = mc_json_int (fee, "amount", 0);
  local->source = g_steal_pointer (&source);
  local->valid_from = g_strdup (mc_json_string (json, "valid_from"));
  local->valid_to = g_strdup (mc_json_string (json, "valid_to"));
  return local;
}

McLegal *
_mc_legal_read (const json_t *json)
{
  McLegal *legal;

  if (!json_is_object (json))
    return NULL;
  legal = g_new0 (McLegal, 1);
  legal->name = mc_text_clean (mc_json_string (json, "name"));
  legal->number = mc_text_clean (mc_json_string (json, "number"));
  return legal;
}

McUnread *
_mc_unread_read (const json_t *json)
{
  McUnread *unread;

  if (mc_json_string (json, "field") == NULL)
    return NULL;
  unread = g_new0 (McUnread, 1);
  unread->field = g_strdup (mc_json_string (json, "field"));
  unread->text = mc_text_clean (mc_json_string (json, "text"));
  unread->guessed = mc_json_bool (json, "guessed", FALSE);
  return unread;
}
