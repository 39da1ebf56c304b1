/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-public-private.h"

/* A clock of another desk that runs this far ahead does not drag ours along. */
#define STAMP_AHEAD_MAX_MS (10 * 60 * G_GINT64_CONSTANT (1000))

void
mc_meeting_clear (McMeeting *meeting)
{
  g_clear_pointer (&meeting->device, g_free);
}

void
mc_meeting_begin (McStore *store, McMeeting *meeting)
{
  mc_meeting_clear (meeting);
  meeting->now = mc_store_now (store);
  meeting->before = mc_store_fact_int (store, "stamp", 0);
  meeting->stamp = meeting->before;
  meeting->device = mc_store_fact (store, "device");
}

gboolean
mc_store_meet (McStore *store, McMeeting *meeting, const McOp *op, GError **error)
{
  if (mc_stamp_ms (op->at) <= meeting->now + STAMP_AHEAD_MAX_MS)
    meeting->stamp = MAX (meeting->stamp, op->at);
  return g_strcmp0 (op->device, meeting->device) != 0 || mc_public_made (store, op) ||
         mc_store_mark_copied (store, "device", error);
}

gboolean
mc_meeting_end (McStore *store, const McMeeting *meeting, GError **error)
{
  return meeting->stamp == meeting->before ||
         mc_store_set_fact_int (store, "stamp", meeting->stamp, error);
}
