/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-timeline.h"

#include "mc-label.h"
#include "mc-moment.h"
#include <glib/gi18n.h>

void
mc_box_clear (GtkBox *box)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_BOX (box));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static char *
on_one_line (const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

  return g_strjoinv ("; ", lines);
}

static char *
values_text (const McHistoryLine *line)
{
  g_autofree char *before = line->before != NULL ? on_one_line (line->before) : NULL;
  g_autofree char *after = line->after != NULL ? on_one_line (line->after) : NULL;

  if (before != NULL && after != NULL)
    return g_strdup_printf (_ ("before: %s\nnow: %s"), before, after);
  return g_steal_pointer (&after);
}

static char *
mark_text (const McHistoryLine *line)
{
  switch (line->mark)
    {
    case MC_HISTORY_WAITING:
      return g_strdup (_ ("↑ not sent yet"));
    case MC_HISTORY_CONTESTED:
      return g_strdup (_ ("▲ two people changed this; kept beside what stands"));
    case MC_HISTORY_REFUSED:
      return g_strdup_printf (_ ("▲ not accepted: %s"), line->reason);
    case MC_HISTORY_FINE:
      break;
    }
  return NULL;
}

static GtkWidget *
line_row (const McHistoryLine *line, gint64 now_ms)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *at = mc_moment_words (line->at_ms, now_ms);
  g_autofree char *first = g_strdup_printf ("%s  %s %s", at, line->who, line->what);
  g_autofree char *values = values_text (line);
  g_autofree char *mark = mark_text (line);

  gtk_widget_add_css_class (row, "mc-timeline-row");
  gtk_box_append (GTK_BOX (row), mc_label_new (first, "numeric"));
  if (values != NULL)
    {
      GtkWidget *label = mc_label_new (values, "dim-label");
      gtk_widget_set_margin_start (label, 18);
      gtk_box_append (GTK_BOX (row), label);
    }
  if (mark != NULL)
    {
      GtkWidget *label =
          mc_label_new (mark, line->mark == MC_HISTORY_WAITING ? "dim-label" : "warning");
      gtk_widget_set_margin_start (label, 18);
      gtk_box_append (GTK_BOX (row), label);
    }
  return row;
}

void
mc_timeline_fill (GtkBox *box, GPtrArray *lines, gint64 now_ms, guint most)
{
  g_return_if_fail (GTK_IS_BOX (box) && lines != NULL);

  guint first = most > 0 && lines->len > most ? lines->len - most : 0;
  mc_box_clear (box);
  for (guint i = first; i < lines->len; i++)
    gtk_box_append (box, line_row (g_ptr_array_index (lines, i), now_ms));
}
