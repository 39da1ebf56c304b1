/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-calendar.h"

G_BEGIN_DECLS

/** mc_term_text: "03 ngày làm việc", as a form says it. Returns: (transfer full) */
char *mc_term_text (const McTerm *term);

G_END_DECLS
