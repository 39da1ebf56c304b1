/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sentence for each kind of disagreement: who did what, where and when. */
#include "mc-conflict-words.h"

#include "mc-format.h"
#include "mc-group.h"
#include "mc-moment.h"
#include <glib/gi18n.h>

/* What one side did, said after its place; NULL: the value says it all. */
typedef char *(*Deed) (const McConflict *conflict, guint place, const McNames *names);

static char *
side_sentence (const McSide *side, gint64 now_ms)
{
  g_autofree char *at = mc_moment_words (side->at_ms, now_ms);

  if (side->here && !side->stands)
    /* TRANSLATORS: a person and a time */
    return g_strdup_printf (_ ("this machine (%s, %s, while offline)"), side->by, at);
  if (side->here)
    return g_strdup_printf (_ ("this machine (%s, %s)"), side->by, at);
  if (side->stands)
    return g_strdup_printf (_ ("the province (%s, %s)"), side->by, at);
  return g_strdup_printf (_ ("another machine (%s, %s)"), side->by, at);
}

/* "máy này (…) và tỉnh (…)"; with deeds "máy này (…): trình ký; tỉnh (…): yêu cầu bổ sung". */
static char *
places (const McConflict *conflict, Deed deed, const McNames *names, gint64 now_ms)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint count = conflict->sides->len;
  guint said = 0;

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < count; i++)
      {
        McSide *side = conflict->sides->pdata[i];

        if (side->here != (round == 0))
          continue;
        g_autofree char *place = side_sentence (side, now_ms);
        g_autofree char *done = deed != NULL ? deed (conflict, i, names) : NULL;
        if (said > 0)
          g_string_append (text, done != NULL ? "; " : said + 1 == count ? _ (" and ") : ", ");
        g_string_append (text, place);
        if (done != NULL)
          g_string_append_printf (text, ": %s", done);
        said++;
      }
  return g_strdup (text->str);
}

static char *
places_count (const McConflict *conflict)
{
  return conflict->sides->len == 2 ? g_strdup (_ ("two places"))
                                   : g_strdup_printf (_ ("%u places"), conflict->sides->len);
}

static char *
deed_step (const McConflict *conflict, guint place, const McNames *names)
{
  McSide *side = conflict->sides->pdata[place];
  g_autoptr (json_t) value = mc_conflict_value (conflict, place);

  return g_strdup (side->step != NULL ? mc_words_stepped (side->step)
                                      : mc_words_state (mc_json_string (value, "state")));
}

char *
mc_conflict_fee_words (const McConflict *conflict, guint place)
{
  g_return_val_if_fail (conflict != NULL && place < conflict->sides->len, NULL);

  g_autoptr (json_t) value = mc_conflict_value (conflict, place);
  g_autofree char *money = mc_format_money (mc_json_int (value, "taken", 0));
  const char *method = mc_words_method (mc_json_string (value, "method"));

  return method[0] != '\0' ? g_strdup_printf ("%s %s", money, method) : g_steal_pointer (&money);
}

static char *
deed_fee (const McConflict *conflict, guint place, const McNames *names)
{
  return mc_conflict_fee_words (conflict, place);
}

static char *
deed_value (const McConflict *conflict, guint place, const McNames *names)
{
  g_autofree char *words = mc_conflict_side_words (conflict, place, names);
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);

  return g_strjoinv ("; ", lines);
}

static char *
say_value (const McConflict *conflict, const McNames *names, gint64 now_ms)
{
  g_autofree char *subject = mc_conflict_subject (conflict, names ? names->procedure : NULL);
  g_autofree char *code = mc_words_short_code (conflict->code);
  g_autofree char *count = places_count (conflict);
  g_autofree char *where = places (conflict, NULL, names, now_ms);

  if (conflict->kind == MC_CONFLICT_DOCUMENTS)
    return g_markup_printf_escaped (
        _ ("<b>%s</b> of dossier %s was scanned in %s: %s. All the scans are kept."),
        subject,
        code,
        count,
        where);
  if (conflict->kind == MC_CONFLICT_SETTLEMENTS)
    return g_markup_printf_escaped (
        _ ("<b>%s</b> of dossier %s was settled differently in %s: %s."),
        subject,
        code,
        count,
        where);
  return g_markup_printf_escaped (_ ("<b>%s</b> of dossier %s was changed in %s: %s."),
                                  subject,
                                  code,
                                  count,
                                  where);
}

static char *
say_steps (const McConflict *conflict, const McNames *names, gint64 now_ms)
{
  g_autofree char *code = mc_words_short_code (conflict->code);
  g_autofree char *count = places_count (conflict);
  g_autofree char *where = places (conflict, deed_step, names, now_ms);

  if (conflict->kind == MC_CONFLICT_WITHDRAWAL)
    return g_markup_printf_escaped (
        _ ("<b>Dossier %s was withdrawn</b> while others still worked on it: %s."),
        code,
        where);
  return g_markup_printf_escaped (_ ("<b>The step of dossier %s</b> was taken in %s: %s."),
                                  code,
                                  count,
                                  where);
}

static char *
say_fees (const McConflict *conflict, const McNames *names, gint64 now_ms)
{
  g_autofree char *code = mc_words_short_code (conflict->code);
  g_autofree char *times = conflict->sides->len == 2
                               ? g_strdup (_ ("twice"))
                               : g_strdup_printf (_ ("%u times"), conflict->sides->len);
  g_autofree char *where = places (conflict, deed_fee, names, now_ms);

  return g_markup_printf_escaped (_ ("<b>The fee of dossier %s was taken %s</b>: %s. One stands; "
                                     "the rest is to be paid back to the applicant."),
                                  code,
                                  times,
                                  where);
}

static char *
say_transfers (const McConflict *conflict, const McNames *names, gint64 now_ms)
{
  g_autofree char *code = mc_words_short_code (conflict->code);
  g_autofree char *count = places_count (conflict);
  g_autofree char *where = places (conflict, deed_value, names, now_ms);

  return g_markup_printf_escaped (_ ("<b>Dossier %s was given to different offices</b> in %s: %s."),
                                  code,
                                  count,
                                  where);
}

static char *
change_subject (const McSide *change, const McNames *names, gint64 now_ms)
{
  g_autofree char *group = mc_words_group (change->group, names ? names->procedure : NULL);
  g_autofree char *at = mc_moment_words (change->at_ms, now_ms);

  return g_strdup_printf ("%s (%s, %s)", group, change->by, at);
}

static char *
say_changed (const McConflict *conflict, const McNames *names, gint64 now_ms)
{
  g_autofree char *code = mc_words_short_code (conflict->code);
  g_autoptr (GString) changed = g_string_new (NULL);
  McSide *decision = conflict->sides->pdata[conflict->sides->len - 1];

  for (guint i = 0; i < conflict->sides->len; i++)
    {
      McSide *side = conflict->sides->pdata[i];

      if (!side->stands && mc_step_decides (side->step))
        decision = side;
    }
  for (guint i = 0; i < conflict->changes->len; i++)
    {
      g_autofree char *one = change_subject (conflict->changes->pdata[i], names, now_ms);

      g_string_append_printf (changed, "%s%s", i > 0 ? "; " : "", one);
    }
  g_autofree char *at = mc_moment_words (decision->at_ms, now_ms);
  /* TRANSLATORS: code, person, "approved and signed", time, what was changed */
  return g_markup_printf_escaped (
      _ ("Dossier %s: %s <b>%s</b> at %s and could not see what had just changed: %s."),
      code,
      decision->by,
      mc_words_stepped (decision->step),
      at,
      changed->len > 0 ? changed->str : _ ("the papers or the details"));
}

static void
add_piece (GString *text, const char *piece)
{
  if (piece != NULL && *piece != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", piece);
}

static char *
other_words (const McOther *other, gboolean with_code, gint64 now_ms)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *code = mc_words_short_code (other->code);
  g_autofree char *at =
      other->received_ms > 0 ? mc_moment_words (other->received_ms, now_ms) : NULL;

  add_piece (text, other->applicant);
  if (!with_code)
    add_piece (text, other->procedure_name);
  add_piece (text, other->office);
  add_piece (text, at);
  if (!with_code)
    return g_strdup (text->str);
  return text->len > 0 ? g_strdup_printf ("%s (%s)", code, text->str) : g_strdup (code);
}

/* The dossier that the conflict is on, told as the others are. */
static McOther *
this_one (const McConflict *conflict, McStore *store)
{
  McOther *one = g_new0 (McOther, 1);
  g_autoptr (McDossier) dossier =
      store != NULL ? mc_store_dossier (store, conflict->dossier, NULL) : NULL;

  one->id = g_strdup (conflict->dossier);
  one->code = g_strdup (conflict->code);
  one->applicant = g_strdup (conflict->applicant);
  if (dossier == NULL)
    return one;
  g_autoptr (json_t) the_case = mc_record_json (dossier->record, MC_GROUP_CASE);
  g_autoptr (json_t) ids = json_pack ("[s*]", mc_json_string (the_case, "office"));
  one->office = mc_words_offices (ids, store);
  one->procedure_name = g_strdup (dossier->row->procedure_name);
  one->received_ms = dossier->row->received_ms;
  return one;
}

static char *
say_others (const McConflict *conflict, const McNames *names, gint64 now_ms)
{
  gboolean twin = conflict->kind == MC_CONFLICT_TWIN;
  McOther *one = this_one (conflict, names ? names->store : NULL);
  g_autofree char *code = mc_words_short_code (conflict->code);
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *own = other_words (one, twin, now_ms);

  mc_other_free (one);
  g_string_append (list, own);
  for (guint i = 0; i < conflict->others->len; i++)
    {
      g_autofree char *other = other_words (conflict->others->pdata[i], twin, now_ms);

      g_string_append (list, twin ? _ (" and ") : "; ");
      g_string_append (list, other);
    }
  if (twin)
    return g_markup_printf_escaped (
        _ ("<b>One resident has two dossiers for the same procedure</b>: %s."),
        list->str);
  return g_markup_printf_escaped (_ ("<b>The code %s is on more than one dossier</b>: %s."),
                                  code,
                                  list->str);
}

char *
mc_conflict_sentence (const McConflict *conflict, const McNames *names, gint64 now_ms)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  switch (conflict->kind)
    {
    case MC_CONFLICT_STEPS:
    case MC_CONFLICT_WITHDRAWAL:
      return say_steps (conflict, names, now_ms);
    case MC_CONFLICT_FEES:
      return say_fees (conflict, names, now_ms);
    case MC_CONFLICT_CHANGED:
      return say_changed (conflict, names, now_ms);
    case MC_CONFLICT_TRANSFERS:
      return say_transfers (conflict, names, now_ms);
    case MC_CONFLICT_TWIN:
    case MC_CONFLICT_CODE:
      return say_others (conflict, names, now_ms);
    case MC_CONFLICT_VALUE:
    case MC_CONFLICT_DOCUMENTS:
    case MC_CONFLICT_SETTLEMENTS:
      break;
    }
  return say_value (conflict, names, now_ms);
}

static char *
changes_words (const McConflict *conflict, const McNames *names, gint64 now_ms)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < conflict->changes->len; i++)
    {
      McSide *change = conflict->changes->pdata[i];
      g_autofree char *subject = change_subject (change, names, now_ms);
      g_autoptr (json_t) value =
          change->value != NULL ? mc_json_parse (change->value, -1, NULL) : NULL;
      g_autofree char *words = mc_words_value (change->group, value, NULL);

      g_string_append_printf (text, "%s%s:\n%s", i > 0 ? "\n" : "", subject, words);
    }
  return g_strdup (text->str);
}

static char *
state_before (const McConflict *conflict)
{
  g_autoptr (json_t) before = mc_json_parse (conflict->before, -1, NULL);

  return g_strdup (mc_words_state (mc_json_string (before, "state")));
}

char *
mc_conflict_background (const McConflict *conflict, const McNames *names, gint64 now_ms)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  gboolean steps = conflict->kind == MC_CONFLICT_STEPS || conflict->kind == MC_CONFLICT_WITHDRAWAL;
  g_autofree char *before = NULL;

  if (conflict->kind == MC_CONFLICT_CHANGED)
    return conflict->changes->len > 0 ? changes_words (conflict, names, now_ms) : NULL;
  if (conflict->sides->len == 0 || conflict->kind == MC_CONFLICT_TWIN ||
      conflict->kind == MC_CONFLICT_CODE || conflict->kind == MC_CONFLICT_FEES)
    return NULL;
  /* Before two settlements stood two values: one of them would mislead. */
  if (conflict->kind == MC_CONFLICT_SETTLEMENTS ||
      (conflict->kind != MC_CONFLICT_VALUE && conflict->before == NULL))
    return NULL;
  before = steps ? state_before (conflict) : mc_conflict_before_words (conflict, names);
  return g_strdup_printf (_ ("Before: %s"), before);
}
