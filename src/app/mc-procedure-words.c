/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-procedure-words.h"

#include "mc-format.h"
#include <glib/gi18n.h>

char *
mc_term_words (const McTerm *term)
{
  switch (term->unit)
    {
    case MC_UNIT_SAME_DAY:
      return g_strdup (_ ("within the day"));
    case MC_UNIT_HOURS:
      return g_strdup_printf (ngettext ("%u hour", "%u hours", term->count), term->count);
    case MC_UNIT_DAYS:
      return g_strdup_printf (ngettext ("%u day", "%u days", term->count), term->count);
    case MC_UNIT_WORKING_DAYS:
    default:
      return g_strdup_printf (ngettext ("%u working day", "%u working days", term->count),
                              term->count);
    }
}

char *
mc_case_time_words (const McCase *the_case)
{
  g_autofree char *law = the_case->has_term ? mc_term_words (&the_case->term) : NULL;
  g_autofree char *own = the_case->has_promise ? mc_term_words (&the_case->promise) : NULL;

  if (own != NULL && law != NULL && !g_str_equal (own, law))
    return g_strdup_printf (_ ("%s by %s; by law: %s"),
                            own,
                            the_case->promise_source != NULL ? the_case->promise_source
                                                             : _ ("the office's own rule"),
                            law);
  return law != NULL ? g_steal_pointer (&law) : g_strdup (_ ("not known: say when, by telephone"));
}

static char *
amount_words (const McCase *the_case)
{
  g_autofree char *money = mc_format_money (the_case->fee);

  if (g_str_equal (the_case->fee_kind, "none"))
    return g_strdup (_ ("No fee"));
  if (g_str_equal (the_case->fee_kind, "fixed"))
    return g_steal_pointer (&money);
  if (g_str_equal (the_case->fee_kind, "per_page"))
    return g_strdup_printf (_ ("%s a page, by the number of pages"), money);
  if (g_str_equal (the_case->fee_kind, "council"))
    return g_strdup (_ ("Set by the provincial People's Council"));
  return g_strdup (_ ("Not known yet: ask before taking money"));
}

char *
mc_case_fee_words (const McCase *the_case)
{
  g_autofree char *amount = amount_words (the_case);

  if (the_case->fee_source == NULL)
    return g_steal_pointer (&amount);
  /* TRANSLATORS: a fee, and the decision that set it */
  return g_strdup_printf (_ ("%s by %s"), amount, the_case->fee_source);
}

static void
add_word (GString *words, gboolean is, const char *word)
{
  if (is)
    g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", word);
}

char *
mc_case_channel_words (const McCase *the_case)
{
  GString *words = g_string_new (NULL);

  add_word (words, the_case->direct, _ ("at the counter"));
  add_word (words, the_case->online, _ ("online"));
  add_word (words, the_case->post, _ ("by post"));
  return g_string_free (words, FALSE);
}

char *
mc_part_words (const McPart *part)
{
  GString *words = g_string_new (NULL);
  g_autofree char *originals =
      g_strdup_printf (ngettext ("%d original", "%d originals", (gulong)part->originals),
                       part->originals);
  g_autofree char *copies =
      g_strdup_printf (ngettext ("%d copy", "%d copies", (gulong)part->copies), part->copies);

  add_word (words, part->originals > 0, originals);
  add_word (words, part->copies > 0, copies);
  add_word (words, g_strcmp0 (part->form, "present") == 0, _ ("shown and given back"));
  add_word (words, g_strcmp0 (part->form, "electronic") == 0, _ ("online: filled in on the form"));
  add_word (words, !part->required, _ ("only where it applies"));
  return g_string_free (words, FALSE);
}

const char *
mc_procedure_field_word (const char *field)
{
  static const struct
  {
    const char *field, *word;
  } words[] = {
    { "code", N_ ("Code of the procedure") },
    { "name", N_ ("Name of the procedure") },
    { "field", N_ ("Field") },
    { "level", N_ ("Level") },
    { "decision", N_ ("Decision that published it") },
    { "channels", N_ ("How it is handed in") },
    { "time", N_ ("Time") },
    { "fee", N_ ("Fee") },
    { "parts", N_ ("Papers") },
    { "legal", N_ ("Legal bases") },
    { "result", N_ ("Result") },
    { "conditions", N_ ("Conditions") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (field, words[i].field) == 0)
      return _ (words[i].word);
  return field;
}
