/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-history.h"

#include "mc-format.h"
#include "mc-group.h"
#include "mc-judge.h"
#include "mc-words.h"
#include <glib/gi18n.h>
#include <string.h>

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

/* To whom it was given is what is looked for; of any other step, that it was taken. */
static char *
stepped (const json_t *body, const McNames *names)
{
  const char *step = mc_json_string (body, "step");
  const char *assignee = mc_json_string (body, "assignee");
  g_autoptr (McStaff) staff = g_strcmp0 (step, MC_STEP_ASSIGN) == 0 && assignee != NULL &&
                                      names != NULL && names->store != NULL
                                  ? mc_store_staff (names->store, assignee)
                                  : NULL;

  return staff != NULL ? g_strdup_printf (_ ("gave it to %s to handle"), staff->name)
                       : g_strdup (mc_words_stepped (step));
}

static char *
handed_over (json_t *body, const McNames *names)
{
  g_autofree char *offices =
      mc_words_offices (json_object_get (body, "offices"), names ? names->store : NULL);

  return g_strdup_printf (_ ("handed the dossier over to %s"), offices);
}

static const char *
printed_what (const json_t *printed)
{
  return g_strcmp0 (mc_json_string (printed, "medium"), "file") == 0 ? _ ("saved a paper as a file")
                                                                     : _ ("printed a paper");
}

/* "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, số 0421001" */
static char *
printed_words (const json_t *printed)
{
  const char *title = mc_json_string (printed, "title");
  const char *number = mc_json_string (printed, "number");

  return number != NULL ? g_strdup_printf (_ ("%s, number %s"), title, number) : g_strdup (title);
}

static char *
plain_what (const McEvent *event, json_t *body, const McNames *names)
{
  const char *verb = event->verb;

  if (g_str_equal (verb, MC_VERB_RECEIVE))
    return g_strdup (_ ("received the dossier"));
  if (g_str_equal (verb, MC_VERB_STEP))
    return stepped (body, names);
  if (g_str_equal (verb, MC_VERB_FEE))
    return g_strdup (_ ("took the fee"));
  if (json_is_object (json_object_get (body, "printed")))
    return g_strdup (printed_what (json_object_get (body, "printed")));
  if (g_str_equal (verb, MC_VERB_NOTE))
    return g_strdup (_ ("noted"));
  if (g_str_equal (verb, MC_VERB_TRANSFER))
    return handed_over (body, names);
  return NULL;
}

/* Of another dossier that may be the same matter: found by the province, answered by a person. */
static char *
twin_what (const McEvent *event, json_t *value)
{
  g_autofree char *code = mc_words_short_code (mc_json_string (value, "code"));
  const char *office = mc_json_string (value, "office");
  const char *answer = mc_json_string (value, "answer");

  if (answer == NULL || g_str_equal (event->verb, MC_VERB_TWIN))
    return g_strdup_printf (
        _ ("found another dossier of this applicant for this procedure: %s, %s"),
        code,
        office != NULL ? office : "");
  if (g_str_equal (answer, "same"))
    return g_strdup_printf (_ ("found it to be the same matter as dossier %s"), code);
  return g_strdup_printf (_ ("found it to be another matter than dossier %s"), code);
}

static char *
settled_what (McWrite *write, const char *subject)
{
  if (g_str_equal (write->group, MC_GROUP_STATUS))
    return g_strdup (_ ("chose the step that stands"));
  if (g_str_equal (write->group, MC_GROUP_FEE))
    return g_strdup (_ ("chose the fee that stands"));
  if (g_str_equal (write->group, MC_GROUP_OFFICES))
    return g_strdup (_ ("chose the office that handles it"));
  if (json_array_size (json_object_get (write->value, "also")) > 0)
    return g_strdup_printf (_ ("kept the scans side by side: %s"), subject);
  return g_strdup_printf (_ ("chose what stands: %s"), subject);
}

static char *
change_what (const McEvent *event, McWrite *write, json_t *before, const McNames *names)
{
  const McProcedure *procedure = names ? names->procedure : NULL;
  g_autofree char *subject =
      before != NULL ? mc_words_difference (write->group, before, write->value, procedure)
                     : mc_words_group (write->group, procedure);

  if (g_str_has_prefix (write->group, MC_GROUP_TWIN_PREFIX))
    return twin_what (event, write->value);
  if (g_str_equal (event->verb, MC_VERB_SETTLE))
    return settled_what (write, subject);
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

static char *
value_words (McWrite *write, json_t *value, json_t *other, const McNames *names)
{
  if (g_str_equal (write->group, MC_GROUP_OFFICES))
    return mc_words_offices (value, names ? names->store : NULL);
  return mc_words_value (write->group, value, other);
}

static void
tell_change (McHistoryLine *line,
             const McEvent *event,
             McWrite *write,
             json_t *before,
             const McNames *names)
{
  line->what = change_what (event, write, before, names);
  /* What is said of another dossier says all of it. */
  if (g_str_has_prefix (write->group, MC_GROUP_TWIN_PREFIX))
    return;
  line->after = value_words (write, write->value, before, names);
  if (before != NULL)
    line->before = value_words (write, before, write->value, names);
}

/* Whether the event is refused work, corrected and sent again. Only the op itself says so; it is
 * asked for where the dossier has refused work at all. */
static gboolean
sent_again (const McEvent *event, gboolean any_refused, const McNames *names)
{
  g_autoptr (McOp) op = NULL;

  if (!any_refused || names == NULL || names->store == NULL)
    return FALSE;
  op = mc_ledger_op (mc_store_db (names->store), event->op);
  return op != NULL && op->instead != NULL;
}

static void
tell_note (McHistoryLine *line, const McEvent *event, json_t *body)
{
  const char *note = mc_json_string (body, "note");
  const json_t *printed = json_object_get (body, "printed");

  if (line->after == NULL && json_is_object (printed))
    {
      line->after = printed_words (printed);
      return;
    }
  if (note == NULL && g_str_equal (event->verb, MC_VERB_NOTE))
    note = mc_json_string (body, "text");
  if (note == NULL && g_str_equal (event->verb, MC_VERB_TRANSFER))
    note = mc_json_string (body, "why");
  if (line->after == NULL && note != NULL)
    line->after = g_strdup (note);
  if (g_str_equal (event->verb, MC_VERB_FEE))
    line->after = mc_format_money (mc_json_int (body, "taken", 0));
}

/* A declaration is many groups, and one thing that was done. Returns: (transfer full) (nullable) */
static char *
declared_what (GPtrArray *writes, const McNames *names)
{
  const McWrite *first = writes->len > 1 ? writes->pdata[0] : NULL;
  g_autofree char *group = NULL;
  g_autofree char *title = NULL;

  if (first == NULL || !g_str_has_prefix (first->group, MC_GROUP_FORM_PREFIX))
    return NULL;
  group = g_strndup (first->group, strcspn (first->group, "."));
  title = mc_words_group (group, names ? names->procedure : NULL);
  return g_strdup_printf (_ ("filled in: %s"), title);
}

static McHistoryLine *
tell (const McEvent *event, GHashTable *standing, const McNames *names)
{
  McHistoryLine *line = g_new0 (McHistoryLine, 1);
  g_autoptr (json_t) body = event->detail != NULL ? mc_json_parse (event->detail, -1, NULL) : NULL;
  g_autoptr (GPtrArray) writes = event_writes (event, body);

  line->at_ms = event->at_ms;
  line->who = g_strdup (g_str_equal (event->verb, MC_VERB_TWIN) ? _ ("The province") : event->by);
  line->what = plain_what (event, body, names);
  if (line->what == NULL)
    line->what = declared_what (writes, names);
  read_ruling (line, event);
  if (line->what == NULL && writes->len > 0)
    {
      McWrite *write = g_ptr_array_index (writes, 0);
      /* Who was contested did not see what stood before: only what they wrote is said. */
      json_t *before =
          line->mark == MC_HISTORY_CONTESTED ? NULL : g_hash_table_lookup (standing, write->group);
      tell_change (line, event, write, before, names);
    }
  if (line->what == NULL)
    line->what = g_strdup (_ ("did something that a newer version can show"));

  tell_note (line, event, body);
  if (line->mark == MC_HISTORY_FINE || line->mark == MC_HISTORY_WAITING)
    for (guint i = 0; i < writes->len; i++)
      {
        McWrite *write = g_ptr_array_index (writes, i);
        g_hash_table_replace (standing, g_strdup (write->group), json_incref (write->value));
      }
  return line;
}

GPtrArray *
mc_history (const McDossier *dossier, const McNames *names)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_history_line_free);
  g_autoptr (GHashTable) standing =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_decref);
  gboolean refused = FALSE;

  g_return_val_if_fail (dossier != NULL, lines);

  for (guint i = 0; i < dossier->events->len; i++)
    {
      McEvent *event = g_ptr_array_index (dossier->events, i);
      McHistoryLine *line = tell (event, standing, names);

      if (sent_again (event, refused, names))
        {
          g_autofree char *what = g_steal_pointer (&line->what);
          line->what = g_strdup_printf (_ ("%s (sent again, corrected)"), what);
        }
      refused = refused || line->mark == MC_HISTORY_REFUSED;
      g_ptr_array_add (lines, line);
    }
  return lines;
}
