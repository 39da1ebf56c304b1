/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-focus.h"

static gboolean
has_focus_inside (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

static gboolean
on_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (direction == GTK_DIR_TAB_FORWARD && !has_focus_inside (widget) &&
      gtk_widget_grab_focus (widget))
    return TRUE;
  return child != NULL && gtk_widget_child_focus (child, direction);
}

void
mc_focus_class_start (GtkWidgetClass *klass, gboolean (*grab) (GtkWidget *widget))
{
  klass->grab_focus = grab;
  klass->focus = on_focus;
}
