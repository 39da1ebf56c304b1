/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-app.h"
#include "mc-hygiene.h"
#include "mc-keys.h"
#include "mc-locale.h"
#include "mc-viewer-render.h"

int
main (int argc, char **argv)
{
  mc_vault_hygiene ();
  mc_locale_init ();
  /* GTK would choose the locale again, and with it "C" where nothing else is installed. */
  gtk_disable_setlocale ();
  mc_keys_init ();

  /* What the desktop knows the window by: the name of its desktop file. */
  g_set_prgname (MC_APP_ID);
  GApplication *app = mc_app_new ();
  int status = g_application_run (app, argc, argv);

  g_object_unref (app);
  mc_renderer_wait_all ();
  return status;
}
