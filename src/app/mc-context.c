/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-context.h"

#include "mc-error.h"
#include <glib/gi18n.h>

void
mc_window_commit_input (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  GtkWidget *focus = gtk_window_get_focus (window);
  if (focus == NULL || (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus)))
    return;

  g_autoptr (GtkWidget) kept = g_object_ref (focus);
  int start = -1;
  int end = -1;

  gtk_root_set_focus (GTK_ROOT (window), NULL);
  /* Leaving a field may save it, and saving may take the field away. */
  if (gtk_widget_get_root (kept) != GTK_ROOT (window) || !gtk_widget_get_mapped (kept))
    return;
  if (GTK_IS_TEXT_VIEW (kept))
    {
      gtk_widget_grab_focus (kept);
      return;
    }
  /* Taking the focus back selects the whole text: the cursor stays where it was instead. */
  gtk_editable_get_selection_bounds (GTK_EDITABLE (kept), &start, &end);
  gtk_text_grab_focus_without_selecting (GTK_TEXT (kept));
  gtk_editable_select_region (GTK_EDITABLE (kept), start, end);
}

char *
mc_error_sentence (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == MC_ERROR)
    switch ((McError)error->code)
      {
      case MC_ERROR_FORMAT:
        return g_strdup (_ ("Something in this cannot be read. Nothing was changed; check what was "
                            "entered and try again."));
      case MC_ERROR_SIGNATURE:
        return g_strdup (_ ("This was changed on its way and is not used. The work on this machine "
                            "is intact; tell the administrator."));
      case MC_ERROR_REFUSED:
        if (g_str_equal (error->message, "copy"))
          return g_strdup (_ ("This machine is a copy of another one: nothing new can be saved "
                              "here before it has reached the province once. What is on the "
                              "screen stays; connect to the network, then save again."));
        if (g_str_equal (error->message, "prepared"))
          return g_strdup (_ ("What the helper prepared was received already at another machine. "
                              "Nothing was saved twice; look for the dossier by the resident's "
                              "name."));
        return g_strdup (_ ("This step is not possible now: the dossier has moved on, or it is "
                            "another person's step. Nothing was changed; open the dossier again."));
      case MC_ERROR_NOT_FOUND:
        return g_strdup (_ ("Not found on this machine. Everything else is intact; check the code, "
                            "or wait until dossiers have been fetched."));
      case MC_ERROR_NEWER:
        return g_strdup (_ ("The work on this machine was written by a newer version of the "
                            "program. It was left untouched; install the new version."));
      case MC_ERROR_BUSY:
        return g_strdup (_ ("Another window has this work open. Nothing is lost; use that window, "
                            "or close it and try again."));
      case MC_ERROR_FULL:
        return g_strdup (_ ("The disk of this machine is full. What was saved before is safe and "
                            "what is on the screen stays; free some space, then save again."));
      case MC_ERROR_DAMAGED:
        return g_strdup (_ ("A file of this machine's work is damaged. It was left as it is; stop "
                            "working here and call the administrator."));
      case MC_ERROR_STORE:
        return g_strdup (_ ("This machine could not write to its disk. What was saved before is "
                            "safe and what is on the screen stays; try again, then call the "
                            "administrator."));
      case MC_ERROR_NETWORK:
        return g_strdup (_ ("The province could not be reached. Everything is saved on this "
                            "machine; it is sent by itself when the line is back."));
      case MC_ERROR_SECRET:
        return g_strdup (_ ("The PIN or passphrase does not match. Nothing is blocked; type it "
                            "again slowly."));
      case MC_ERROR_DELAYED:
        return g_strdup (_ ("A short wait is needed before the next try. Nothing is blocked."));
      case MC_ERROR_KEY:
        return g_strdup (_ ("This file belongs to another machine or to an earlier time. It was "
                            "left as it is; call the administrator."));
      case MC_ERROR_OLDER:
        return g_strdup (_ ("A part of this machine's work is older than the rest: somebody put an "
                            "earlier copy in its place. Nothing was changed; call the "
                            "administrator."));
      case MC_ERROR_CLOCK:
        return g_strdup (_ ("The clock of this machine looks wrong. Nothing was printed; confirm "
                            "today's date first."));
      }
  return g_strdup (_ ("This did not work. What was saved before is safe; try again, then call the "
                      "administrator."));
}
