/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-locale.h"

#include <libintl.h>
#include <locale.h>

void
mc_locale_init (void)
{
  const char *language = g_getenv ("LANGUAGE");
  const char *folder = g_getenv ("MOTCUA_LOCALEDIR");

  if (language == NULL || *language == '\0')
    g_setenv ("LANGUAGE", "vi", TRUE);
  if (setlocale (LC_ALL, "") == NULL || g_strcmp0 (setlocale (LC_MESSAGES, NULL), "C") == 0 ||
      g_strcmp0 (setlocale (LC_MESSAGES, NULL), "POSIX") == 0)
    setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : MC_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
