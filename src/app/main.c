/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-app.h"
#include "mc-keys.h"
#include "mc-locale.h"

int
main (int argc, char **argv)
{
  mc_locale_init ();
  /* GTK would choose the locale again, and with it "C" where nothing else is installed. */
  gtk_disable_setlocale ();
  mc_keys_init ();

  g_autoptr (GApplication) app = mc_app_new ();
  return g_application_run (app, argc, argv);
}
