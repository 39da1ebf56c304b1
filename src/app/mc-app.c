/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-app.h"

#include "mc-app-resources.h"
#include "mc-window.h"
#include <glib/gi18n.h>

struct _McApp
{
  AdwApplication parent_instance;
  char *profile;
};

G_DEFINE_FINAL_TYPE (McApp, mc_app, ADW_TYPE_APPLICATION)

static int
mc_app_handle_local_options (GApplication *application, GVariantDict *options)
{
  McApp *app = MC_APP (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("motcua %s\n", MC_VERSION);
      return 0;
    }
  g_clear_pointer (&app->profile, g_free);
  if (!g_variant_dict_lookup (options, "profile", "^ay", &app->profile))
    app->profile = g_build_filename (g_get_user_data_dir (), "motcua", NULL);
  return -1;
}

static void
mc_app_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  /* A list of what was scanned and printed is nobody's business. */
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
  if (window == NULL)
    {
      g_autoptr (McDoor) door = mc_door_new (MC_APP (application)->profile,
                                             mc_clock_system (),
                                             mc_machine_secret_service ());

      window = GTK_WINDOW (mc_window_new (GTK_APPLICATION (application), door));
    }
  gtk_window_present (window);
}

/* What a file that was chosen is called is often a resident's name. */
static void
mc_app_startup (GApplication *application)
{
  G_APPLICATION_CLASS (mc_app_parent_class)->startup (application);
  if (gtk_settings_get_default () != NULL)
    g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
}

static void
mc_app_finalize (GObject *object)
{
  g_free (MC_APP (object)->profile);
  G_OBJECT_CLASS (mc_app_parent_class)->finalize (object);
}

static void
mc_app_class_init (McAppClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_app_finalize;
  G_APPLICATION_CLASS (klass)->handle_local_options = mc_app_handle_local_options;
  G_APPLICATION_CLASS (klass)->startup = mc_app_startup;
  G_APPLICATION_CLASS (klass)->activate = mc_app_activate;
}

static void
mc_app_init (McApp *app)
{
  static const GOptionEntry entries[] = {
    { "profile",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      NULL,
      N_ ("Folder with this desk's work"),
      N_ ("FOLDER") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { NULL },
  };

  /* Named, so that the linker keeps the resources of a static library. */
  g_resources_register (mc_ui_get_resource ());
  g_application_add_main_option_entries (G_APPLICATION (app), entries);
  g_set_application_name ("Một Cửa");
  gtk_window_set_default_icon_name (MC_APP_ID);
}

GApplication *
mc_app_new (void)
{
  /* Each desk of a shared machine has its own profile, so a second window is a process of its own.
   */
  return g_object_new (MC_TYPE_APP,
                       "application-id",
                       MC_APP_ID,
                       "flags",
                       G_APPLICATION_NON_UNIQUE,
                       NULL);
}
