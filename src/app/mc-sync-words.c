/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sync-words.h"

#include "mc-calendar.h"
#include "mc-format.h"
#include "mc-moment.h"
#include <glib/gi18n.h>

/* Fewer entries than this arrive within a blink: saying so would only flicker. */
#define FEED_WORTH_SAYING 50

static char *
offline_words (const McSyncReport *report, gint64 now_ms)
{
  g_autofree char *since = report->since_ms > 0 ? mc_moment_words (report->since_ms, now_ms) : NULL;
  g_autofree char *count = mc_format_number (report->ops_waiting);

  if (since != NULL && report->ops_waiting > 0)
    return g_strdup_printf (
        ngettext ("○ No contact with the province since %s, %s change not sent",
                  "○ No contact with the province since %s, %s changes not sent",
                  report->ops_waiting),
        since,
        count);
  if (since != NULL)
    return g_strdup_printf (_ ("○ No contact with the province since %s"), since);
  if (report->ops_waiting > 0)
    return g_strdup_printf (ngettext ("○ No contact with the province, %s change not sent",
                                      "○ No contact with the province, %s changes not sent",
                                      report->ops_waiting),
                            count);
  return g_strdup (_ ("○ No contact with the province"));
}

static char *
contact_words (const McSyncReport *report, gint64 now_ms, McSyncMood *mood)
{
  guint again = report->refused + report->notices + report->copied;

  *mood = MC_SYNC_BUSY;
  if (report->ops_waiting > 0)
    {
      g_autofree char *count = mc_format_number (report->ops_waiting);
      return g_strdup_printf (ngettext ("↑ Sending %s change",
                                        "↑ Sending %s changes",
                                        report->ops_waiting),
                              count);
    }
  if (report->feed_head - report->feed_done >= FEED_WORTH_SAYING)
    {
      g_autofree char *done = mc_format_number (report->feed_done);
      g_autofree char *head = mc_format_number (report->feed_head);
      return g_strdup_printf (_ ("↓ Fetching dossiers %s/%s"), done, head);
    }
  if (report->blobs_waiting > 0)
    {
      g_autofree char *count = mc_format_number (report->blobs_waiting);
      g_autofree char *size = mc_format_size (report->blob_bytes);
      return g_strdup_printf (ngettext ("↑ %s scanned file not sent yet (%s)",
                                        "↑ %s scanned files not sent yet (%s)",
                                        report->blobs_waiting),
                              count,
                              size);
    }
  if (again > 0)
    {
      *mood = MC_SYNC_CARE;
      return g_strdup_printf (ngettext ("▲ %u thing to look at again",
                                        "▲ %u things to look at again",
                                        again),
                              again);
    }
  *mood = MC_SYNC_CALM;
  g_autofree char *at = mc_moment_words (report->since_ms, now_ms);
  return g_strdup_printf (_ ("● Up to date at %s"), at);
}

char *
mc_sync_words (const McSyncReport *report, gint64 now_ms, McSyncMood *ret_mood)
{
  McSyncMood mood = MC_SYNC_CALM;
  char *words = NULL;

  g_return_val_if_fail (report != NULL, NULL);

  switch (report->state)
    {
    case MC_SYNC_SUSPENDED:
      mood = MC_SYNC_CARE;
      words = g_strdup (_ ("▲ Sending from this machine is paused, tell the administrator"));
      break;
    case MC_SYNC_DONE:
      words = contact_words (report, now_ms, &mood);
      break;
    case MC_SYNC_NEVER:
    case MC_SYNC_OFFLINE:
      mood = MC_SYNC_APART;
      words = offline_words (report, now_ms);
      break;
    }
  if (ret_mood != NULL)
    *ret_mood = mood;
  return words;
}
