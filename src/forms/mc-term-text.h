/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-procedure.h"

G_BEGIN_DECLS

/** mc_term_text: "03 ngày làm việc", as a form says it. Returns: (transfer full) */
char *mc_term_text (const McTerm *term);
/** MC_TERM_NONE: of a case without a time. */
#define MC_TERM_NONE "chưa ghi trong danh mục thủ tục hành chính"
/** mc_term_promised: the time of a case as a form says it. Returns: (transfer full) (nullable):
 * %NULL where nobody has checked it: it is not printed as the law's, but left to the pen */
char *mc_term_promised (const McProcedure *procedure, const char *case_id, const char *channel);

G_END_DECLS
