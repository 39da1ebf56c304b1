/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-link.h"

#include "mc-text.h"
#include "mc-workflow.h"

void
mc_link_free (McLink *link)
{
  g_free (link->procedure);
  g_free (link->name);
  g_free (link->body);
  g_free (link->office);
  g_free (link->after);
  json_decref (link->terms);
  g_free (link);
}

McLink *
mc_link_read (const json_t *json)
{
  McLink *link;

  if (mc_json_string (json, "procedure") == NULL || mc_json_string (json, "name") == NULL ||
      mc_json_string (json, "body") == NULL)
    return NULL;
  link = g_new0 (McLink, 1);
  link->procedure = g_strdup (mc_json_string (json, "procedure"));
  link->name = mc_text_clean (mc_json_string (json, "name"));
  link->body = mc_text_clean (mc_json_string (json, "body"));
  link->office = g_strdup (mc_json_string (json, "office"));
  link->after = g_strdup (mc_json_string (json, "after"));
  link->has_term = mc_term_parse (json_object_get (json, "time"), &link->term);
  link->terms = json_incref (json_object_get (json, "times"));
  return link;
}

gboolean
mc_link_term (const McLink *link, const char *the_case, McTerm *ret_term)
{
  if (the_case != NULL && mc_term_parse (json_object_get (link->terms, the_case), ret_term))
    return TRUE;
  *ret_term = link->term;
  return link->has_term;
}

/* How many of the children are in @state; of which nobody knows here, where that is NULL. */
static guint
count_of (const char *const *states, guint length, const char *state)
{
  guint count = 0;

  for (guint i = 0; i < length; i++)
    count += g_strcmp0 (states[i], state) == 0 ? 1 : 0;
  return count;
}

const char *
mc_link_state (const char *const *states, guint length)
{
  /* What the resident has to do comes before what waits to be handed over; then how it ended. */
  static const char *const order[] = { MC_STATE_SUPPLEMENT, MC_STATE_PAYMENT, MC_STATE_APPROVED,
                                       MC_STATE_RETURNED,   MC_STATE_STOPPED, MC_STATE_REFUSED,
                                       MC_STATE_WITHDRAWN };

  g_return_val_if_fail (length > 0, MC_STATE_RECEIVED);

  if (count_of (states, length, MC_STATE_RECEIVED) == length)
    return MC_STATE_RECEIVED;
  if (count_of (states, length, MC_STATE_RECEIVED) + count_of (states, length, MC_STATE_HANDLING) +
          count_of (states, length, MC_STATE_APPRAISED) + count_of (states, length, NULL) >
      0)
    return MC_STATE_HANDLING;
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (count_of (states, length, order[i]) > 0)
      return order[i];
  return MC_STATE_HANDLING;
}
