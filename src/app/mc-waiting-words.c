/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-waiting-words.h"

#include "mc-judge.h"
#include "mc-moment.h"
#include "mc-words.h"
#include <glib/gi18n.h>

static const char *
verb_words (const char *verb)
{
  static const struct
  {
    const char *verb;
    const char *words;
  } verbs[] = {
    { MC_VERB_RECEIVE, N_ ("received dossier") },
    { MC_VERB_SET, N_ ("changed dossier") },
    { MC_VERB_STEP, N_ ("moved dossier") },
    { MC_VERB_ATTACH, N_ ("added a scan to dossier") },
    { MC_VERB_FEE, N_ ("took the fee of dossier") },
    { MC_VERB_NOTE, N_ ("noted something on dossier") },
    { MC_VERB_SETTLE, N_ ("chose what stands in dossier") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_strcmp0 (verb, verbs[i].verb) == 0)
      return _ (verbs[i].words);
  return _ ("changed dossier");
}

char *
mc_waiting_sentence (const McWaiting *waiting, gint64 now_ms)
{
  g_return_val_if_fail (waiting != NULL, NULL);

  g_autofree char *at = mc_moment_words (waiting->at_ms, now_ms);
  g_autofree char *code = mc_words_short_code (waiting->code);

  if (waiting->applicant == NULL)
    return g_strdup_printf ("%s  %s %s %s", at, waiting->by, verb_words (waiting->verb), code);
  /* TRANSLATORS: time, person, "received dossier", code, applicant */
  return g_strdup_printf (_ ("%s  %s %s %s of %s"),
                          at,
                          waiting->by,
                          verb_words (waiting->verb),
                          code,
                          waiting->applicant);
}

char *
mc_waiting_reason (const McWaiting *waiting)
{
  g_return_val_if_fail (waiting != NULL, NULL);

  g_autoptr (McRuling) ruling =
      waiting->ruling != NULL ? mc_ruling_parse (waiting->ruling, NULL) : NULL;
  if (ruling == NULL || !ruling->refused)
    return NULL;
  return g_strdup_printf (_ ("Not accepted: %s."), mc_words_refusal (ruling->reason));
}
