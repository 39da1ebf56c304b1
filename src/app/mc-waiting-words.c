/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-waiting-words.h"

#include "mc-group.h"
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
    { MC_VERB_TRANSFER, N_ ("handed over dossier") },
    { MC_VERB_TWIN, N_ ("found another one like dossier") },
    { MC_VERB_OWN, N_ ("changed for this office the procedure") },
    { MC_VERB_PAPERS, N_ ("changed the office's papers") },
    { MC_VERB_PRINTED, N_ ("printed a paper of the office") },
    { MC_VERB_PREPARE, N_ ("prepared for a clerk the procedure") },
    { MC_VERB_END, N_ ("closed what was prepared, dossier") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_strcmp0 (verb, verbs[i].verb) == 0)
      return _ (verbs[i].words);
  return _ ("changed dossier");
}

static char *
deed (const char *by,
      const char *verb,
      const char *code,
      const char *applicant,
      gint64 at_ms,
      gint64 now_ms)
{
  g_autofree char *at = mc_moment_words (at_ms, now_ms);
  g_autofree char *short_code = mc_words_short_code (code);

  if (applicant == NULL)
    return g_strdup_printf ("%s  %s %s %s", at, by, verb_words (verb), short_code);
  /* TRANSLATORS: time, person, "received dossier", code, applicant */
  return g_strdup_printf (_ ("%s  %s %s %s of %s"),
                          at,
                          by,
                          verb_words (verb),
                          short_code,
                          applicant);
}

char *
mc_waiting_sentence (const McWaiting *waiting, gint64 now_ms)
{
  g_return_val_if_fail (waiting != NULL, NULL);
  return deed (waiting->by,
               waiting->verb,
               waiting->code,
               waiting->applicant,
               waiting->at_ms,
               now_ms);
}

static void
add_write (GString *text, McWrite *write, McStore *store)
{
  g_autofree char *group = mc_words_group (write->group, NULL);
  g_autofree char *value = g_str_equal (write->group, MC_GROUP_OFFICES)
                               ? mc_words_offices (write->value, store)
                               : mc_words_value (write->group, write->value, NULL);
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);
  g_autofree char *line = g_strjoinv ("; ", lines);

  g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", group, line);
}

static void
add_words (GString *text, const char *words)
{
  if (words != NULL && *words != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? ". " : "", words);
}

char *
mc_waiting_detail (const McWaiting *waiting, McStore *store)
{
  g_return_val_if_fail (waiting != NULL, NULL);

  g_autoptr (json_t) body =
      waiting->detail != NULL ? mc_json_parse (waiting->detail, -1, NULL) : NULL;
  McOp op = { .verb = waiting->verb, .body = body };
  g_autoptr (GString) text = g_string_new (NULL);

  if (body == NULL || mc_verb_creates (waiting->verb) || g_str_equal (waiting->verb, MC_VERB_END))
    return NULL;
  if (g_str_equal (waiting->verb, MC_VERB_STEP))
    add_words (text, mc_words_stepped (mc_json_string (body, "step")));
  else if (!g_str_equal (waiting->verb, MC_VERB_NOTE))
    {
      g_autoptr (GPtrArray) writes = mc_op_writes (&op);

      for (guint i = 0; i < writes->len; i++)
        add_write (text, writes->pdata[i], store);
    }
  add_words (text, mc_json_string (body, "note"));
  add_words (text, mc_json_string (body, "text"));
  add_words (text, mc_json_string (body, "why"));
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

char *
mc_waiting_reason (const McWaiting *waiting)
{
  g_return_val_if_fail (waiting != NULL, NULL);

  switch (waiting->kind)
    {
    case MC_WAITING_MISSING:
      return g_strdup (_ ("Sent. At the province it waits for an earlier change from another "
                          "machine; nothing has to be done."));
    case MC_WAITING_TOO_NEW:
      return g_strdup (_ ("The province's program is too old to read it; it goes again by itself "
                          "after the province has been upgraded."));
    case MC_WAITING_REFUSED:
      return g_strdup_printf (_ ("Not accepted: %s."), mc_words_refusal (waiting->reason));
    case MC_WAITING_TO_SEND:
      break;
    }
  return waiting->yours ? NULL : g_strdup (_ ("Brought from another machine."));
}

char *
mc_waiting_remedy (const McWaiting *waiting)
{
  g_return_val_if_fail (waiting != NULL, NULL);
  return waiting->kind == MC_WAITING_REFUSED ? g_strdup (mc_words_remedy (waiting->reason)) : NULL;
}

char *
mc_notice_sentence (const McNotice *notice, gint64 now_ms)
{
  g_return_val_if_fail (notice != NULL, NULL);
  return deed (notice->by, notice->verb, notice->code, notice->applicant, notice->at_ms, now_ms);
}

static char *
ruling_words (const char *text)
{
  g_autoptr (McRuling) ruling = text != NULL && *text != '\0' ? mc_ruling_parse (text, NULL) : NULL;

  if (ruling == NULL)
    return g_strdup (_ ("accepted"));
  switch (mc_ruling_worst (ruling))
    {
    case MC_VERDICT_REFUSED:
      return g_strdup_printf (_ ("not accepted, because %s"), mc_words_refusal (ruling->reason));
    case MC_VERDICT_CONTESTED:
      return g_strdup (_ ("kept beside what somebody else did"));
    case MC_VERDICT_MERGED:
      return g_strdup (_ ("accepted, the same was there already"));
    case MC_VERDICT_APPLIED:
      break;
    }
  return g_strdup (_ ("accepted"));
}

char *
mc_notice_change (const McNotice *notice)
{
  g_return_val_if_fail (notice != NULL, NULL);

  g_autofree char *before = ruling_words (notice->before);
  g_autofree char *after = ruling_words (notice->after);
  return g_strdup_printf (_ ("before: %s → now: %s"), before, after);
}
