/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Loaded in front of any GTK program by LD_PRELOAD: writes the time (microseconds, monotonic) of
 * every painted frame of its first window to the file BENCH_PAINT, so that the program needs no
 * measuring code of its own.
 */
#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdio.h>

static void
on_painted (GdkFrameClock *clock, gpointer data)
{
  FILE *out = data;

  fprintf (out, "%" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  fflush (out);
}

static void
watch (GtkWidget *window)
{
  static FILE *out;
  const char *path = g_getenv ("BENCH_PAINT");

  if (out != NULL || path == NULL)
    return;
  out = fopen (path, "w");
  if (out != NULL)
    g_signal_connect (gtk_widget_get_frame_clock (window),
                      "after-paint",
                      G_CALLBACK (on_painted),
                      out);
}

G_MODULE_EXPORT void
gtk_window_present (GtkWindow *window)
{
  void (*present) (GtkWindow *) = NULL;

  *(void **)&present = dlsym (RTLD_NEXT, "gtk_window_present");
  if (!gtk_widget_get_realized (GTK_WIDGET (window)))
    g_signal_connect (window, "realize", G_CALLBACK (watch), NULL);
  else
    watch (GTK_WIDGET (window));
  present (window);
}
