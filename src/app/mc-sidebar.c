/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sidebar.h"

#include "mc-format.h"
#include "mc-queue-words.h"
#include "mc-signal.h"
#include <glib/gi18n.h>

struct _McSidebar
{
  GtkWidget parent_instance;
  gboolean selecting;

  GtkWidget *content;
  GtkLabel *office;
  GtkWidget *public;
  GtkButton *receive;
  GtkButton *book;
  GtkListBox *queues;
  GtkLabel *counts[MC_N_QUEUES];
  GtkListBoxRow *rows[MC_N_QUEUES];
};

G_DEFINE_FINAL_TYPE (McSidebar, mc_sidebar, GTK_TYPE_WIDGET)

static guint queue_signal;
static guint entered_signal;

static void
row_selected (McSidebar *sidebar, GtkListBoxRow *row)
{
  if (row != NULL && !sidebar->selecting)
    g_signal_emit (sidebar,
                   queue_signal,
                   0,
                   GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "mc-queue")));
}

/* A second click on the row that is selected goes back to its list. */
static void
row_activated (McSidebar *sidebar, GtkListBoxRow *row)
{
  row_selected (sidebar, row);
  g_signal_emit (sidebar, entered_signal, 0);
}

static void
add_queue (McSidebar *sidebar, McQueue queue)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  guint digit = mc_queue_digit (queue);
  g_autofree char *key = digit > 0 ? g_strdup_printf ("%u", digit) : g_strdup (" ");
  GtkWidget *number = gtk_label_new (key);
  GtkWidget *name = gtk_label_new (mc_queue_name (queue));
  GtkWidget *count = gtk_label_new (NULL);

  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (number), 1);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "mc-queue", GINT_TO_POINTER (queue));
  if (digit > 0)
    {
      g_autofree char *tip = g_strdup_printf ("Alt+%u", digit);
      gtk_widget_set_tooltip_text (row, tip);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  mc_queue_name (queue),
                                  -1);
  gtk_list_box_append (sidebar->queues, row);
  sidebar->rows[queue] = GTK_LIST_BOX_ROW (row);
  sidebar->counts[queue] = GTK_LABEL (count);
}

void
mc_sidebar_set_office (McSidebar *sidebar, const char *office)
{
  g_return_if_fail (MC_IS_SIDEBAR (sidebar));
  gtk_label_set_text (sidebar->office, office != NULL ? office : "");
  gtk_widget_set_visible (GTK_WIDGET (sidebar->office), office != NULL);
}

void
mc_sidebar_set_public (McSidebar *sidebar, gboolean public)
{
  g_return_if_fail (MC_IS_SIDEBAR (sidebar));
  gtk_widget_set_visible (sidebar->public, public);
}

void
mc_sidebar_set_role (McSidebar *sidebar, McRole role)
{
  g_return_if_fail (MC_IS_SIDEBAR (sidebar));

  /* Who only hands in for others has no queue of appraisal, signature or apology. */
  gboolean inside = role != MC_ROLE_AGENT && role != MC_ROLE_HELPER;

  gtk_widget_set_visible (GTK_WIDGET (sidebar->receive),
                          mc_role_may (role, MC_VERB_RECEIVE) || role == MC_ROLE_HELPER);
  gtk_widget_set_visible (GTK_WIDGET (sidebar->rows[MC_QUEUE_MINE]), inside);
  gtk_widget_set_visible (GTK_WIDGET (sidebar->rows[MC_QUEUE_APPROVAL]), inside);
  gtk_widget_set_visible (GTK_WIDGET (sidebar->rows[MC_QUEUE_APOLOGY]), inside);
  /* A helper sees what they prepared, and no dossier of the office. */
  gtk_widget_set_visible (GTK_WIDGET (sidebar->book), role != MC_ROLE_HELPER);
  for (guint queue = MC_QUEUE_MINE; role == MC_ROLE_HELPER && queue < MC_N_QUEUES; queue++)
    gtk_widget_set_visible (GTK_WIDGET (sidebar->rows[queue]), queue == MC_QUEUE_DRAFT);
}

void
mc_sidebar_set_counts (McSidebar *sidebar, const guint *counts)
{
  g_return_if_fail (MC_IS_SIDEBAR (sidebar) && counts != NULL);

  for (guint queue = MC_QUEUE_MINE; queue < MC_N_QUEUES; queue++)
    {
      g_autofree char *count = counts[queue] > 0 ? mc_format_number (counts[queue]) : NULL;
      g_autofree char *name = count != NULL
                                  ? g_strdup_printf ("%s %s", mc_queue_name (queue), count)
                                  : g_strdup (mc_queue_name (queue));

      gtk_label_set_text (sidebar->counts[queue], count != NULL ? count : "");
      gtk_accessible_update_property (GTK_ACCESSIBLE (sidebar->rows[queue]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name,
                                      -1);
    }
  /* A calendar changes a few times a year: between them nobody is shown an empty queue. */
  gtk_widget_set_visible (GTK_WIDGET (sidebar->rows[MC_QUEUE_MOVED]),
                          counts[MC_QUEUE_MOVED] > 0 && gtk_widget_get_visible (GTK_WIDGET (
                                                            sidebar->rows[MC_QUEUE_RECEIVED])));
}

void
mc_sidebar_select (McSidebar *sidebar, McQueue queue)
{
  g_return_if_fail (MC_IS_SIDEBAR (sidebar) && queue < MC_N_QUEUES);

  sidebar->selecting = TRUE;
  gtk_list_box_select_row (sidebar->queues, sidebar->rows[queue]);
  sidebar->selecting = FALSE;
}

static void
mc_sidebar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_SIDEBAR);
  G_OBJECT_CLASS (mc_sidebar_parent_class)->dispose (object);
}

static void
mc_sidebar_class_init (McSidebarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_sidebar_dispose;
  queue_signal = mc_signal_new ("queue", G_TYPE_FROM_CLASS (klass), G_TYPE_INT);
  entered_signal = mc_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_TYPE_NONE);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-sidebar.ui");
  gtk_widget_class_bind_template_child (widget, McSidebar, content);
  gtk_widget_class_bind_template_child (widget, McSidebar, office);
  gtk_widget_class_bind_template_child (widget, McSidebar, public);
  gtk_widget_class_bind_template_child (widget, McSidebar, receive);
  gtk_widget_class_bind_template_child (widget, McSidebar, book);
  gtk_widget_class_bind_template_child (widget, McSidebar, queues);
  gtk_widget_class_bind_template_callback (widget, row_selected);
  gtk_widget_class_bind_template_callback (widget, row_activated);
}

static void
mc_sidebar_init (McSidebar *sidebar)
{
  gtk_widget_init_template (GTK_WIDGET (sidebar));
  sidebar->selecting = TRUE;
  for (McQueue queue = MC_QUEUE_MINE; queue < MC_N_QUEUES; queue++)
    add_queue (sidebar, queue);
  sidebar->selecting = FALSE;
}

GtkWidget *
mc_sidebar_new (void)
{
  return g_object_new (MC_TYPE_SIDEBAR, NULL);
}
