/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** McFolderChosen: @folder: borrowed; %NULL: none was chosen. */
typedef void (*McFolderChosen) (const char *folder, gpointer data);

/** mc_folder_ask: asks for a folder on this machine, through the portal where there is one. @chosen
 * is called once. */
void mc_folder_ask (GtkWindow *parent, const char *title, McFolderChosen chosen, gpointer data);

G_END_DECLS
