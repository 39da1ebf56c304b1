/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-history.h"

#include "mc-format.h"
#include "mc-group.h"
#include "mc-judge.h"
#include "mc-words.h"
#include <glib/gi18n.h>

void
mc_history_line_free (McHistoryLine *line)
{
  if (line == NULL)
    return;
  g_free (line->who);
  g_free (line->what);
  g_free (line->before);
  g_free (line->after);
  g_free (line->reason);
  g_free (line);
}

/* What the event wrote, asked of the one function that knows the verbs. */
static GPtrArray *
event_writes (const McEvent *event, json_t *body)
{
  McOp op = { .id = event->op, .verb = event->verb, .body = body, .at = event->at_ms * 1000 };

  return mc_op_writes (&op);
}

static char *
plain_what (const McEvent *event, json_t *body)
{
  const char *verb = event->verb;

  if (g_str_equal (verb, MC_VERB_RECEIVE))
    return g_strdup (_ ("received the dossier"));
  if (g_str_equal (verb, MC_VERB_STEP))
    return g_strdup (mc_words_stepped (mc_json_string (body, "step")));
  if (g_str_equal (verb, MC_VERB_FEE))
    return g_strdup (_ ("took the fee"));
  if (g_str_equal (verb, MC_VERB_NOTE))
    return g_strdup (_ ("noted"));
  return NULL;
}

static char *
change_what (const McEvent *event, McWrite *write, json_t *before, const McProcedure *procedure)
{
  g_autofree char *subject =
      before != NULL ? mc_words_difference (write->group, before, write->value, procedure)
                     : mc_words_group (write->group, procedure);

  if (g_str_equal (event->verb, MC_VERB_SETTLE))
    return g_strdup_printf (_ ("chose what stands: %s"), subject);
  if (g_str_equal (event->verb, MC_VERB_ATTACH))
    return g_strdup_printf (_ ("added a scan: %s"), subject);
  return g_strdup_printf (_ ("changed: %s"), subject);
}

static void
read_ruling (McHistoryLine *line, const McEvent *event)
{
  g_autoptr (McRuling) ruling =
      event->ruling != NULL ? mc_ruling_parse (event->ruling, NULL) : NULL;

  if (ruling != NULL && ruling->refused)
    {
      line->mark = MC_HISTORY_REFUSED;
      line->reason = g_strdup (mc_words_refusal (ruling->reason));
    }
  else if (ruling != NULL && mc_ruling_worst (ruling) == MC_VERDICT_CONTESTED)
    line->mark = MC_HISTORY_CONTESTED;
  else if (event->waiting)
    line->mark = MC_HISTORY_WAITING;
}

static void
tell_change (McHistoryLine *line,
             const McEvent *event,
             McWrite *write,
             json_t *before,
             const McProcedure *procedure)
{
  line->what = change_what (event, write, before, procedure);
  line->after = mc_words_value (write->group, write->value, before);
  if (before != NULL)
    line->before = mc_words_value (write->group, before, write->value);
}

static McHistoryLine *
tell (const McEvent *event, GHashTable *standing, const McProcedure *procedure)
{
  McHistoryLine *line = g_new0 (McHistoryLine, 1);
  g_autoptr (json_t) body = event->detail != NULL ? mc_json_parse (event->detail, -1, NULL) : NULL;
  g_autoptr (GPtrArray) writes = event_writes (event, body);

  line->at_ms = event->at_ms;
  line->who = g_strdup (event->by);
  line->what = plain_what (event, body);
  read_ruling (line, event);
  if (line->what == NULL && writes->len > 0)
    {
      McWrite *write = g_ptr_array_index (writes, 0);
      /* Who was contested did not see what stood before: only what they wrote is said. */
      json_t *before =
          line->mark == MC_HISTORY_CONTESTED ? NULL : g_hash_table_lookup (standing, write->group);
      tell_change (line, event, write, before, procedure);
    }
  if (line->what == NULL)
    line->what = g_strdup (_ ("did something that a newer version can show"));

  const char *note = mc_json_string (body, "note");
  if (note == NULL && g_str_equal (event->verb, MC_VERB_NOTE))
    note = mc_json_string (body, "text");
  if (line->after == NULL && note != NULL)
    line->after = g_strdup (note);
  if (g_str_equal (event->verb, MC_VERB_FEE))
    line->after = mc_format_money (mc_json_int (body, "taken", 0));

  if (line->mark == MC_HISTORY_FINE || line->mark == MC_HISTORY_WAITING)
    for (guint i = 0; i < writes->len; i++)
      {
        McWrite *write = g_ptr_array_index (writes, i);
        g_hash_table_replace (standing, g_strdup (write->group), json_incref (write->value));
      }
  return line;
}

GPtrArray *
mc_history (const McDossier *dossier, const McProcedure *procedure)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_history_line_free);
  g_autoptr (GHashTable) standing =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_decref);

  g_return_val_if_fail (dossier != NULL, lines);

  for (guint i = 0; i < dossier->events->len; i++)
    g_ptr_array_add (lines, tell (g_ptr_array_index (dossier->events, i), standing, procedure));
  return lines;
}
