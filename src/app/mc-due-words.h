/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-calendar.h"

G_BEGIN_DECLS

typedef enum
{
  MC_DUE_NONE,   /* no sourced time, or nothing remains to be done */
  MC_DUE_PAUSED, /* the applicant has to complete the dossier: the clock stands still */
  MC_DUE_LEFT,
  MC_DUE_TODAY,
  MC_DUE_LATE,
} McDueMood;

/**
 * mc_due_words:
 * How a deadline is said in a list: "quá hạn 2 ngày", "hôm nay 17:00", "còn 3 ngày làm việc".
 * @due: (nullable): local text
 * @state: the dossier's state
 * @ret_mood: (out) (optional)
 * Returns: (transfer full)
 */
char *mc_due_words (const McCalendar *calendar,
                    gint64 now_ms,
                    const char *due,
                    const char *state,
                    McDueMood *ret_mood);

/** mc_due_icon: the icon that stands beside the words, or %NULL. Static. */
const char *mc_due_icon (McDueMood mood);

/** mc_due_style: the class of style of the words, or %NULL. Static. */
const char *mc_due_style (McDueMood mood);

G_END_DECLS
