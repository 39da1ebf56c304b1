/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-sim-desk.h"
#include "mc-sim-province.h"

G_BEGIN_DECLS

/** McSimLine: what the line does to one contact. */
typedef enum
{
  MC_SIM_LINE_GOOD,
  MC_SIM_LINE_DROP,         /* the request never comes */
  MC_SIM_LINE_ANSWER_LOST,  /* the province has committed, the desk hears nothing */
  MC_SIM_LINE_HALF_OPEN,    /* the same, and the desk waits until it gives up */
  MC_SIM_LINE_DELAY,        /* the request comes after the desk has given up */
  MC_SIM_LINE_DUPLICATE,    /* it comes now and once more later */
  MC_SIM_LINE_TORN_REQUEST, /* a part of it comes */
  MC_SIM_LINE_BAD_REQUEST,  /* it comes with wrong bytes */
  MC_SIM_LINE_TORN_ANSWER,  /* a part of the answer comes */
  MC_SIM_LINE_BAD_ANSWER,   /* the answer comes with wrong bytes */
  MC_SIM_LINE_BAD_ENTRY,    /* the same, where only the feed's hash can tell */
  MC_SIM_LINE_PORTAL,       /* a page that asks for a room number, with status 200 */
  MC_SIM_LINE_BUSY,         /* 503 */
  MC_SIM_LINE_TOO_LARGE,    /* 413 */
  MC_N_SIM_LINES,
} McSimLine;

const char *mc_sim_line_name (McSimLine line);

McSimNet *mc_sim_net_new (McSimWorld *world);
void mc_sim_net_free (McSimNet *net);

/** mc_sim_tell_exchange: for a trace: what was asked and answered, in short. @answer: (nullable) */
void mc_sim_tell_exchange (McSimWorld *world, GBytes *request, GBytes *answer);

/** mc_sim_net_contact: one round trip of @desk. @choice: where the line is cut. Returns: whether an
 * answer was taken */
gboolean mc_sim_net_contact (McSimNet *net, McSimDesk *desk, McSimLine line, guint64 choice);
/** mc_sim_net_begin: the first half: the desk works on while the answer is on its way. */
void mc_sim_net_begin (McSimNet *net, McSimDesk *desk);
/** mc_sim_net_finish: the other half, where a first one was. */
void mc_sim_net_finish (McSimNet *net, McSimDesk *desk);
/** mc_sim_net_deliver: one of the requests that are late comes; @last_first: the one sent last, so
 * that they change places. %FALSE where there is none. */
gboolean mc_sim_net_deliver (McSimNet *net, guint choice, gboolean last_first);
/** mc_sim_net_clear: nothing is on its way any more. */
void mc_sim_net_clear (McSimNet *net);

G_END_DECLS
