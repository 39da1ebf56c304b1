/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-procedure.h"

G_BEGIN_DECLS

/* What an entry is made of, as it is read (mc-procedure-read.c). Each is %NULL where it is none. */

McPart *_mc_part_read (const json_t *json);
void _mc_part_free (McPart *part);
McCase *_mc_case_read (const json_t *json);
void _mc_case_free (McCase *c);
McLocal *_mc_local_read (const json_t *json);
void _mc_local_free (McLocal *local);
McLegal *_mc_legal_read (const json_t *json);
void _mc_legal_free (McLegal *legal);
McUnread *_mc_unread_read (const json_t *json);
void _mc_unread_free (McUnread *unread);

G_END_DECLS
