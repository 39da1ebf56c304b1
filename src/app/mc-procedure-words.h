/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-procedure.h"

G_BEGIN_DECLS

/* What is said of a procedure, in the window. Each is (transfer full) but
 * mc_procedure_field_word().
 */

/** mc_term_words: "3 working days". */
char *mc_term_words (const McTerm *term);
/** mc_case_time_words: the time that is promised, with who cut it and what the law has; "not
 * known".
 */
char *mc_case_time_words (const McCase *the_case);
/** mc_case_fee_words: the fee by rule, with who set it; never "free" by mistake. */
char *mc_case_fee_words (const McCase *the_case);
/** mc_case_channel_words: "At the counter, online". */
char *mc_case_channel_words (const McCase *the_case);
/** mc_part_words: "1 original, 2 copies, shown and given back". */
char *mc_part_words (const McPart *part);
/** mc_procedure_field_word: "Time" for "time"; the name itself where it is not known. */
const char *mc_procedure_field_word (const char *field);

G_END_DECLS
