/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-road-private.h"

#include "mc-error.h"

/* What the province's words mean to who asked. */
static const struct
{
  const char *word;
  McError code;
} words[] = {
  { "code", MC_ERROR_SECRET },       { "wait", MC_ERROR_DELAYED },
  { "suspended", MC_ERROR_REFUSED }, { "device", MC_ERROR_NOT_FOUND },
  { "sealed", MC_ERROR_SIGNATURE },  { "format", MC_ERROR_FORMAT },
};

static void
say_word (const char *word, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i].word) == 0)
      {
        g_clear_error (error);
        g_set_error (error, MC_ERROR, (int)words[i].code, "%s", word);
        return;
      }
}

McUnlockAnswer *
mc_road_unlock (McRoad *road,
                const McUnlockAsk *ask,
                const McUnlockKey *key,
                const McPublicKey *province,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *word = NULL;
  McReply reply = { 0 };

  g_return_val_if_fail (road != NULL && ask != NULL && key != NULL && province != NULL, NULL);

  sent = mc_unlock_ask_write (ask, province);
  message = sent != NULL ? mc_road_message (road, "POST", "/v1/unlock", sent) : NULL;
  if (message == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NETWORK, "the province's address is none");
      return NULL;
    }
  soup_message_set_request_body_from_bytes (message, "application/json", sent);
  body = mc_road_exchange (road, message, cancellable, &reply, &word, &problem);
  if (body != NULL)
    return mc_unlock_answer_read (body, province, key, ask->device, error);
  say_word (word, &problem);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}
