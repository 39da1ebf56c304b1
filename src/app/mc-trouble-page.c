/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-trouble-page.h"

#include "mc-error.h"
#include <glib/gi18n.h>

typedef struct
{
  const char *icon;
  const char *happened;
  const char *safe_and_next;
} Trouble;

static Trouble
trouble_of (const GError *error)
{
  Trouble trouble = {
    "dialog-warning-symbolic",
    _ ("This machine's work could not be opened"),
    _ ("What was saved before is safe.\nTry again; if it stays so, call the administrator."),
  };

  if (error->domain != MC_ERROR)
    return trouble;
  switch ((McError)error->code)
    {
    case MC_ERROR_BUSY:
      trouble.icon = "view-restore-symbolic";
      trouble.happened = _ ("Another window has this work open");
      trouble.safe_and_next =
          _ ("Nothing is lost: everything is in the other window.\nGo on working there, or close "
             "it and press “Try again”.");
      break;
    case MC_ERROR_NEWER:
      trouble.happened = _ ("This work was written by a newer version of the program");
      trouble.safe_and_next = _ ("It was left untouched and is safe.\nInstall the new version on "
                                 "this machine, then open it again.");
      break;
    case MC_ERROR_DAMAGED:
      trouble.icon = "dialog-error-symbolic";
      trouble.happened = _ ("A file of this machine's work is damaged");
      trouble.safe_and_next =
          _ ("Nothing was written over it, and what was sent is safe at the province.\nRestore "
             "from a backup: the damaged files are kept beside.");
      break;
    case MC_ERROR_FULL:
      trouble.icon = "drive-harddisk-symbolic";
      trouble.happened = _ ("The disk of this machine is full");
      trouble.safe_and_next =
          _ ("What was saved before is safe.\nFree some space, then press “Try again”.");
      break;
    default:
      break;
    }
  return trouble;
}

static GtkWidget *
new_button (const char *label, const char *action, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

GtkWidget *
mc_trouble_page_new (const GError *error, const char *retry, const char *rebuild)
{
  g_return_val_if_fail (error != NULL, NULL);

  Trouble trouble = trouble_of (error);
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gboolean damaged = g_error_matches (error, MC_ERROR, MC_ERROR_DAMAGED);

  if (rebuild != NULL)
    trouble.safe_and_next =
        _ ("Nothing was written over it, and what was sent is safe at the province.\nWhat can be "
           "read of it is taken over into a new one, with what has not been sent.");
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), trouble.icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), trouble.happened);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), trouble.safe_and_next);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), new_button (_ ("Try again"), retry, rebuild == NULL));
  if (rebuild != NULL)
    gtk_box_append (GTK_BOX (buttons), new_button (_ ("Make it anew"), rebuild, TRUE));
  else if (damaged)
    gtk_box_append (GTK_BOX (buttons),
                    new_button (_ ("Restore from a backup…"), "win.restore", FALSE));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), buttons);
  return page;
}
