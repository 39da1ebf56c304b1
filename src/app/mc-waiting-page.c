/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-waiting-page.h"

#include "mc-page.h"
#include "mc-queue-words.h"
#include "mc-sync-words.h"
#include "mc-waiting-words.h"
#include "mc-words.h"
#include <glib/gi18n.h>

/* Nobody reads further; the sync words say how many there are. */
#define SHOWN_MAX 200

struct _McWaitingPage
{
  GtkWidget parent_instance;
  McContext *context;

  GtkWidget *content;
  GtkLabel *words;
  GtkLabel *scans;
  GtkLabel *key;
  GtkWidget *refused_part;
  GtkListBox *refused;
  GtkWidget *waiting_part;
  GtkListBox *waiting;
  GtkLabel *empty;
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McWaitingPage,
                               mc_waiting_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

static GtkWidget *
row_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_row (const McWaiting *waiting, gint64 now_ms)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *sentence = mc_waiting_sentence (waiting, now_ms);
  g_autofree char *reason = mc_waiting_reason (waiting);

  gtk_widget_add_css_class (box, "mc-waiting-row");
  gtk_box_append (GTK_BOX (box), row_label (sentence, "numeric"));
  if (reason != NULL)
    gtk_box_append (GTK_BOX (box), row_label (reason, "dim-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-dossier");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row),
                                    "s",
                                    waiting->dossier != NULL ? waiting->dossier : "");
  return row;
}

static guint
fill (GtkListBox *list, GPtrArray *all, gint64 now_ms)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
  for (guint i = 0; all != NULL && i < all->len; i++)
    gtk_list_box_append (list, new_row (g_ptr_array_index (all, i), now_ms));
  return all != NULL ? all->len : 0;
}

static char *
scans_words (const McSyncReport *report)
{
  McSyncReport scans = { .state = MC_SYNC_DONE,
                         .blobs_waiting = report->blobs_waiting,
                         .blob_bytes = report->blob_bytes };

  return mc_sync_words (&scans, 0, NULL);
}

static void
refresh (McWaitingPage *page)
{
  McStore *store = page->context->reader;
  McSyncReport report = mc_syncer_report (page->context->syncer);
  gint64 wall = mc_clock_wall (mc_store_clock (store));
  gint64 now = mc_store_now (store);
  g_autofree char *words = mc_sync_words (&report, wall, NULL);
  g_autofree char *scans = scans_words (&report);
  g_autoptr (GPtrArray) refused = mc_store_refused (store, NULL);
  g_autoptr (GPtrArray) waiting = mc_store_waiting (store, SHOWN_MAX, NULL);
  guint n_refused = fill (page->refused, refused, now);
  guint n_waiting = fill (page->waiting, waiting, now);

  gtk_label_set_text (page->words, words);
  gtk_label_set_text (page->scans, scans);
  gtk_widget_set_visible (GTK_WIDGET (page->scans),
                          report.blobs_waiting > 0 && !g_str_equal (words, scans));
  gtk_widget_set_visible (GTK_WIDGET (page->key), mc_store_key_in_file (store));
  gtk_widget_set_visible (page->refused_part, n_refused > 0);
  gtk_widget_set_visible (page->waiting_part, n_waiting > 0);
  gtk_widget_set_visible (GTK_WIDGET (page->empty),
                          n_refused + n_waiting == 0 && report.blobs_waiting == 0);
}

static void
try_now (McWaitingPage *page)
{
  mc_syncer_wake (page->context->syncer, TRUE);
}

static gboolean
waiting_page_act (McPage *page, McPageAct act)
{
  if (act != MC_PAGE_MAIN)
    return FALSE;
  try_now (MC_WAITING_PAGE (page));
  return TRUE;
}

static void
waiting_page_refresh (McPage *page)
{
  refresh (MC_WAITING_PAGE (page));
}

static const char *
waiting_page_help (McPage *page)
{
  return _ ("What was done on this machine and has not reached the province, oldest first. It is "
            "all saved here and goes by itself when there is a network; Ctrl+Enter tries now.");
}

static void
page_init (McPageInterface *iface)
{
  iface->act = waiting_page_act;
  iface->refresh = waiting_page_refresh;
  iface->help = waiting_page_help;
}

static void
mc_waiting_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_WAITING_PAGE);
  G_OBJECT_CLASS (mc_waiting_page_parent_class)->dispose (object);
}

static void
mc_waiting_page_class_init (McWaitingPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_waiting_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-waiting-page.ui");
  gtk_widget_class_bind_template_child (widget, McWaitingPage, content);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, words);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, scans);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, key);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, refused_part);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, refused);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, waiting_part);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, waiting);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, empty);
}

static void
mc_waiting_page_init (McWaitingPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  gtk_label_set_text (page->empty, mc_queue_empty (MC_QUEUE_WAITING));
}

GtkWidget *
mc_waiting_page_new (McContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);

  McWaitingPage *page = g_object_new (MC_TYPE_WAITING_PAGE, NULL);
  page->context = context;
  return GTK_WIDGET (page);
}
