/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A window with fields and a reader, for reader_under_ibus.py: what happens is said on standard
 * output, one line each.
 */
#include "mc-ascii-field.h"
#include "mc-reader.h"
#include <stdio.h>

static void
say (const char *what, const char *text, GtkWidget *field)
{
  printf ("%s [%s] field [%s]\n", what, text, gtk_editable_get_text (GTK_EDITABLE (field)));
  fflush (stdout);
}

static GtkWidget *
focused (GtkWindow *window)
{
  return gtk_window_get_focus (window);
}

static void
on_card (McReader *reader, McCard *card, GtkWindow *window)
{
  say ("card", card->name, focused (window));
}

static void
on_code (McReader *reader, const char *code, GtkWindow *window)
{
  say ("code", code, focused (window));
}

static void
on_unknown (McReader *reader, const char *text, GtkWindow *window)
{
  say ("unknown", text, focused (window));
}

static void
on_enter (GtkEntry *entry)
{
  say ("enter", "", GTK_WIDGET (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
}

static void
on_activate (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *name = gtk_entry_new ();
  GtkWidget *number = gtk_entry_new ();
  McReader *reader = mc_reader_attach (GTK_WINDOW (window));

  mc_ascii_field_make (number, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), number);
  g_signal_connect (name, "activate", G_CALLBACK (on_enter), NULL);
  g_signal_connect (number, "activate", G_CALLBACK (on_enter), NULL);
  g_signal_connect (reader, "card", G_CALLBACK (on_card), window);
  g_signal_connect (reader, "code", G_CALLBACK (on_code), window);
  g_signal_connect (reader, "unknown", G_CALLBACK (on_unknown), window);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 200);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (name);
  printf ("ready\n");
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
