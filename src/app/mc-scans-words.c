/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-scans-words.h"

#include "mc-format.h"
#include <glib/gi18n.h>

static char *
out_words (const McSyncReport *report)
{
  g_autofree char *count = mc_format_number (report->blobs_waiting);
  g_autofree char *size = mc_format_size (report->blob_bytes);

  return g_strdup_printf (ngettext ("%s scanned file to send (%s).",
                                    "%s scanned files to send (%s).",
                                    report->blobs_waiting),
                          count,
                          size);
}

/* Beyond the limit it is not counted: see mc_store_blobs_coming(). */
static char *
in_words (const McSyncReport *report)
{
  g_autofree char *count = mc_format_number (report->blobs_coming);

  if (report->blobs_coming >= MC_COMING_MAX)
    return g_strdup_printf (_ ("More than %s scanned files of others to fetch; those of the "
                               "dossier that you open come first."),
                            count);
  return g_strdup_printf (ngettext ("%s scanned file of others to fetch; those of the dossier "
                                    "that you open come first.",
                                    "%s scanned files of others to fetch; those of the dossier "
                                    "that you open come first.",
                                    report->blobs_coming),
                          count);
}

char *
mc_scans_waiting_words (const McSyncReport *report)
{
  /* Where nothing else waits the sync words say so already. */
  gboolean said = report->state == MC_SYNC_DONE && report->ops_waiting == 0;
  g_autofree char *out = report->blobs_waiting > 0 && !said ? out_words (report) : NULL;
  g_autofree char *in = report->blobs_coming > 0 ? in_words (report) : NULL;

  if (out != NULL && in != NULL)
    return g_strdup_printf ("%s\n%s", out, in);
  return out != NULL ? g_steal_pointer (&out) : g_steal_pointer (&in);
}

/* All that go out, at the speed of now; a guess that is no use below a minute. */
static char *
rest_words (const McSyncReport *report)
{
  gint64 left = (gint64)report->blob_bytes - report->scan.done;
  gint64 minutes = report->scan.speed > 0 ? left / report->scan.speed / 60 : 0;
  gint64 hours = minutes / 60;

  if (!report->scan.out || minutes < 1)
    return g_strdup ("");
  if (hours >= 2)
    return g_strdup_printf (ngettext (", about %d hour more for all",
                                      ", about %d hours more for all",
                                      (gulong)hours),
                            (int)hours);
  return g_strdup_printf (ngettext (", about %d minute more for all",
                                    ", about %d minutes more for all",
                                    (gulong)minutes),
                          (int)minutes);
}

double
mc_scans_part (const McSyncReport *report)
{
  return report->scan.size > 0 ? (double)report->scan.done / (double)report->scan.size : 0;
}

char *
mc_scans_moving_words (const McSyncReport *report)
{
  g_autofree char *size = mc_format_size ((guint64)report->scan.size);
  g_autofree char *speed = mc_format_size ((guint64)MAX (report->scan.speed, 0));
  g_autofree char *rest = NULL;

  if (!report->scan.moving || report->state != MC_SYNC_DONE)
    return NULL;
  rest = rest_words (report);
  return g_strdup_printf (report->scan.out ? _ ("Sending a file of %s: %d %%, %s a second%s")
                                           : _ ("Fetching a file of %s: %d %%, %s a second%s"),
                          size,
                          (int)(mc_scans_part (report) * 100),
                          speed,
                          rest);
}

const char *
mc_scans_held_words (McScansHeld held)
{
  switch (held)
    {
    case MC_SCANS_PAUSED:
      return _ ("Scanned files are paused on this machine. Changes are sent all the same, and a "
                "file that you open is fetched.");
    case MC_SCANS_METERED:
      return _ ("The network is paid by what it carries: scanned files wait for another one. "
                "Changes are sent all the same, and a file that you open is fetched.");
    case MC_SCANS_HOURS:
      return _ ("Scanned files wait until office hours are over. Changes are sent all the same, "
                "and a file that you open is fetched.");
    case MC_SCANS_GO:
    default:
      return NULL;
    }
}
