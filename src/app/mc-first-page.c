/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-first-page.h"

struct _McFirstPage
{
  GtkWidget parent_instance;
  GtkWidget *content;
  GtkButton *enrol;
};

G_DEFINE_FINAL_TYPE (McFirstPage, mc_first_page, GTK_TYPE_WIDGET)

enum
{
  ENROL,
  RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
enrol_clicked (McFirstPage *page)
{
  g_signal_emit (page, signals[ENROL], 0);
}

static void
restore_clicked (McFirstPage *page)
{
  g_signal_emit (page, signals[RESTORE], 0);
}

static gboolean
mc_first_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MC_FIRST_PAGE (widget)->enrol));
}

static void
mc_first_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_FIRST_PAGE);
  G_OBJECT_CLASS (mc_first_page_parent_class)->dispose (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name,
                       MC_TYPE_FIRST_PAGE,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       0);
}

static void
mc_first_page_class_init (McFirstPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_first_page_dispose;
  widget->grab_focus = mc_first_page_grab_focus;
  signals[ENROL] = new_signal ("enrol");
  signals[RESTORE] = new_signal ("restore");
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-first-page.ui");
  gtk_widget_class_bind_template_child (widget, McFirstPage, content);
  gtk_widget_class_bind_template_child (widget, McFirstPage, enrol);
  gtk_widget_class_bind_template_callback (widget, enrol_clicked);
  gtk_widget_class_bind_template_callback (widget, restore_clicked);
}

static void
mc_first_page_init (McFirstPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mc_first_page_new (void)
{
  return g_object_new (MC_TYPE_FIRST_PAGE, NULL);
}
