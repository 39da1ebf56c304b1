/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-keep-words.h"

#include "mc-moment.h"
#include <glib/gi18n.h>

char *
mc_keep_trouble (const char *trouble)
{
  static const struct
  {
    const char *name;
    const char *words;
  } troubles[] = {
    { "gone",
      N_ ("The backup could not be made: its folder is not there. The work is safe on this "
          "machine; put the stick in, and the backup makes itself.") },
    { "full",
      N_ ("The backup could not be made: its folder is full. The work is safe on this "
          "machine; free some space there, or choose another folder.") },
    { "read-only",
      N_ ("The backup could not be made: nothing can be written to its folder. The work is "
          "safe on this machine; choose another folder.") },
    { "damaged",
      N_ ("The backup could not be made: what was written could not be read back. The work "
          "is safe on this machine; use another stick.") },
  };

  g_return_val_if_fail (trouble != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (g_str_equal (troubles[i].name, trouble))
      return g_strdup (_ (troubles[i].words));
  return g_strdup (_ ("The backup could not be made. The work is safe on this machine; it "
                      "is tried again within the hour."));
}

char *
mc_keep_last (gint64 at_ms, gint64 now_ms)
{
  g_autofree char *moment = at_ms > 0 ? mc_moment_words (at_ms, now_ms) : NULL;

  if (moment == NULL)
    return g_strdup (_ ("None yet"));
  return g_strdup_printf (_ ("%s, read back and found right"), moment);
}

char *
mc_keep_file (const McScrubFile *file)
{
  const char *what = file->here ? _ ("fetched again from the province")
                                : _ ("waiting to be fetched again from the province");

  g_return_val_if_fail (file != NULL, NULL);

  if (file->dossier == NULL)
    return g_strdup (what);
  return g_strdup_printf (_ ("Dossier %s: %s"), file->dossier, what);
}

char *
mc_keep_found (const McBackup *backup, gboolean whole, guint missing, gint64 now_ms)
{
  g_autofree char *moment = NULL;

  g_return_val_if_fail (backup != NULL, NULL);

  moment = mc_moment_words (backup->at_ms, now_ms);
  if (!whole)
    return g_strdup_printf (_ ("%s · damaged, nothing can be restored from it"), moment);
  if (missing > 0)
    return g_strdup_printf (ngettext ("%s · whole but for %u scan, which the province brings",
                                      "%s · whole but for %u scans, which the province brings",
                                      missing),
                            moment,
                            missing);
  return g_strdup_printf (_ ("%s · whole"), moment);
}
