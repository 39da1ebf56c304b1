/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-due-words.h"

#include "mc-format.h"
#include "mc-workflow.h"
#include <glib/gi18n.h>

static int
days_between (GDateTime *from, GDateTime *to)
{
  GDate a, b;
  int year, month, day;

  g_date_time_get_ymd (from, &year, &month, &day);
  g_date_clear (&a, 1);
  g_date_set_dmy (&a, day, month, year);
  g_date_time_get_ymd (to, &year, &month, &day);
  g_date_clear (&b, 1);
  g_date_set_dmy (&b, day, month, year);
  return g_date_days_between (&a, &b);
}

static char *
open_words (const McCalendar *calendar, GDateTime *now, GDateTime *due, McDueMood *mood)
{
  int days = days_between (now, due);
  g_autofree char *clock = mc_format_clock (due);

  if (g_date_time_compare (now, due) > 0)
    {
      *mood = MC_DUE_LATE;
      if (days == 0)
        return g_strdup_printf (_ ("late since %s"), clock);
      return g_strdup_printf (ngettext ("%d day late", "%d days late", -days), -days);
    }
  if (days == 0)
    {
      *mood = MC_DUE_TODAY;
      return g_strdup_printf (_ ("today %s"), clock);
    }
  *mood = MC_DUE_LEFT;
  int left = mc_calendar_left (calendar, now, due);
  if (left > 0)
    return g_strdup_printf (ngettext ("%d working day left", "%d working days left", left), left);
  /* Only days off lie between: the date says more than "0 days". */
  g_autofree char *date = mc_format_date (due);
  return g_strdup_printf (_ ("by %s"), date);
}

/* Where no time runs any more. What is approved waits to be collected, and that does not count. */
static const char *
over_words (const char *state)
{
  static const struct
  {
    const char *state, *words;
  } over[] = {
    { MC_STATE_APPROVED, N_ ("result ready") }, { MC_STATE_RETURNED, N_ ("result handed over") },
    { MC_STATE_WITHDRAWN, N_ ("withdrawn") },   { MC_STATE_REFUSED, N_ ("not received") },
    { MC_STATE_STOPPED, N_ ("stopped") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (over); i++)
    if (g_strcmp0 (state, over[i].state) == 0)
      return _ (over[i].words);
  return NULL;
}

char *
mc_due_words (const McCalendar *calendar,
              gint64 now_ms,
              const char *due,
              const char *state,
              McDueMood *ret_mood)
{
  McDueMood mood = MC_DUE_NONE;
  char *words = NULL;
  g_autoptr (GDateTime) now = mc_local (now_ms);
  g_autoptr (GDateTime) at = due != NULL ? mc_local_parse (due) : NULL;
  const char *over = over_words (state);

  g_return_val_if_fail (calendar != NULL, NULL);

  if (over != NULL)
    words = g_strdup (over);
  else if (g_strcmp0 (state, MC_STATE_SUPPLEMENT) == 0 || g_strcmp0 (state, MC_STATE_PAYMENT) == 0)
    {
      mood = MC_DUE_PAUSED;
      words = g_strdup (g_str_equal (state, MC_STATE_PAYMENT) ? _ ("paused, payment awaited")
                                                              : _ ("paused, papers awaited"));
    }
  else if (at == NULL)
    words = g_strdup (_ ("no date promised"));
  else
    words = open_words (calendar, now, at, &mood);
  if (ret_mood != NULL)
    *ret_mood = mood;
  return words;
}

const char *
mc_due_icon (McDueMood mood)
{
  switch (mood)
    {
    case MC_DUE_LATE:
      return "dialog-warning-symbolic";
    case MC_DUE_TODAY:
      return "alarm-symbolic";
    case MC_DUE_LEFT:
      return "document-open-recent-symbolic";
    case MC_DUE_PAUSED:
      return "media-playback-pause-symbolic";
    case MC_DUE_NONE:
      return NULL;
    }
  return NULL;
}

const char *
mc_due_style (McDueMood mood)
{
  switch (mood)
    {
    case MC_DUE_LATE:
      return "error";
    case MC_DUE_TODAY:
      return "warning";
    case MC_DUE_LEFT:
      return NULL;
    case MC_DUE_PAUSED:
    case MC_DUE_NONE:
      return "dim-label";
    }
  return NULL;
}
