/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-waiting-page.h"

#include "mc-act.h"
#include "mc-page.h"
#include "mc-queue-words.h"
#include "mc-scans-card.h"
#include "mc-seed-flow.h"
#include "mc-set-aside.h"
#include "mc-sync-words.h"
#include "mc-waiting-files.h"
#include "mc-waiting-row.h"
#include "mc-window.h"
#include <glib/gi18n.h>

/* Nobody reads further; the sync words say how many there are. */
#define SHOWN_MAX 200

struct _McWaitingPage
{
  GtkWidget parent_instance;
  McContext *context;
  char *shown; /* what the lists were made from */

  GtkWidget *content;
  GtkLabel *words;
  McScansCard *scans;
  GtkWidget *copied;
  GtkWidget *older;
  GtkWidget *seed;
  GtkWidget *refused_part;
  GtkListBox *refused;
  GtkButton *resend_all;
  GtkWidget *notices_part;
  GtkListBox *notices;
  GtkWidget *export;
  GtkWidget *waiting_part;
  GtkListBox *waiting;
  GtkLabel *empty;
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McWaitingPage,
                               mc_waiting_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

static void
clear (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

static guint
fill (GtkListBox *list, GPtrArray *all, McStore *store, gint64 now_ms)
{
  clear (list);
  for (guint i = 0; all != NULL && i < all->len; i++)
    gtk_list_box_append (list, mc_waiting_row_new (g_ptr_array_index (all, i), store, now_ms));
  return all != NULL ? all->len : 0;
}

static guint
fill_notices (GtkListBox *list, GPtrArray *all, gint64 now_ms)
{
  clear (list);
  for (guint i = 0; all != NULL && i < all->len; i++)
    gtk_list_box_append (list, mc_notice_row_new (g_ptr_array_index (all, i), now_ms));
  return all != NULL ? all->len : 0;
}

/* What the lists were made from: where it is the same, a refresh leaves the focus where it is. */
static char *
dump (GPtrArray *refused, GPtrArray *notices, GPtrArray *waiting)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; refused != NULL && i < refused->len; i++)
    g_string_append_printf (text, "%s ", ((McWaiting *)refused->pdata[i])->op);
  for (guint i = 0; notices != NULL && i < notices->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", ((McNotice *)notices->pdata[i])->id);
  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    {
      McWaiting *one = waiting->pdata[i];
      g_string_append_printf (text, "%s%d ", one->op, (int)one->kind);
    }
  return g_strdup (text->str);
}

static void
show_lists (McWaitingPage *page, gboolean scans)
{
  McStore *store = page->context->reader;
  gint64 now = mc_store_now (store);
  g_autoptr (GPtrArray) refused = mc_store_refused (store, NULL);
  g_autoptr (GPtrArray) notices = mc_store_notices (store, NULL);
  g_autoptr (GPtrArray) waiting = mc_store_waiting (store, SHOWN_MAX, NULL);
  g_autofree char *shown = dump (refused, notices, waiting);
  g_autofree char *all = NULL;

  gtk_widget_set_visible (GTK_WIDGET (page->empty), shown[0] == '\0' && !scans);
  gtk_widget_set_sensitive (page->export, waiting != NULL && waiting->len > 0);
  if (g_strcmp0 (shown, page->shown) == 0)
    return;
  g_free (page->shown);
  page->shown = g_steal_pointer (&shown);
  guint count = fill (page->refused, refused, store, now);
  gtk_widget_set_visible (page->refused_part, count > 0);
  gtk_widget_set_visible (GTK_WIDGET (page->resend_all), count > 1);
  all = g_strdup_printf (ngettext ("Send %u again", "Send all %u again", count), count);
  gtk_button_set_label (page->resend_all, all);
  gtk_widget_set_visible (page->notices_part, fill_notices (page->notices, notices, now) > 0);
  gtk_widget_set_visible (page->waiting_part, fill (page->waiting, waiting, store, now) > 0);
}

static void
refresh (McWaitingPage *page)
{
  McStore *store = page->context->reader;
  McSyncReport report = mc_seed_flow_report (page->context);
  gint64 wall = mc_clock_wall (mc_store_clock (store));
  g_autofree char *words = mc_sync_words (&report, wall, NULL);

  gtk_label_set_text (page->words, words);
  mc_scans_card_show (page->scans, page->context);
  gtk_widget_set_visible (page->copied, mc_store_copied (store));
  gtk_widget_set_visible (page->older, mc_store_first_on (store));
  gtk_widget_set_sensitive (page->seed, page->context->seed_all == 0);
  show_lists (page, report.blobs_waiting > 0);
}

/* Said: what is said once it is done; the window outlives the page. */
typedef struct
{
  GtkWidget *window;
  McContext *context;
  const char *text;
} Said;

static Said *
said_new (McWaitingPage *page, const char *text)
{
  Said *said = g_new0 (Said, 1);

  said->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (page))));
  said->context = page->context;
  said->text = text;
  return said;
}

static void
say_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Said *said = data;
  g_autoptr (GtkWidget) window = said->window;
  g_autoptr (GError) error = NULL;

  if (!mc_act_finish (said->context, result, &error))
    mc_window_say_error (window, error);
  else if (said->text != NULL)
    mc_window_say (window, said->text);
  g_free (said);
}

static void
resend (McWaitingPage *page, const char *const *ops)
{
  mc_act_resend (page->context,
                 ops,
                 NULL,
                 say_done,
                 said_new (page, _ ("Saved on this machine, sent again when there is a network.")));
}

static void
resend_one (GtkWidget *widget, const char *name, GVariant *target)
{
  const char *const ops[] = { g_variant_get_string (target, NULL), NULL };

  resend (MC_WAITING_PAGE (widget), ops);
}

static void
resend_all (McWaitingPage *page)
{
  g_autoptr (GPtrArray) refused = mc_store_refused (page->context->reader, NULL);
  g_autoptr (GStrvBuilder) ops = g_strv_builder_new ();

  for (guint i = 0; refused != NULL && i < refused->len; i++)
    g_strv_builder_add (ops, ((McWaiting *)refused->pdata[i])->op);
  g_auto (GStrv) all = g_strv_builder_end (ops);
  resend (page, (const char *const *)all);
}

static void
set_aside (GtkWidget *widget, const char *name, GVariant *target)
{
  McWaitingPage *page = MC_WAITING_PAGE (widget);

  mc_set_aside (widget, page->context, g_variant_get_string (target, NULL));
}

static void
seen (GtkWidget *widget, const char *name, GVariant *target)
{
  McWaitingPage *page = MC_WAITING_PAGE (widget);

  mc_act_notice_seen (page->context, g_variant_get_int64 (target), say_done, said_new (page, NULL));
}

static void
seen_all (McWaitingPage *page)
{
  mc_act_notice_seen (page->context, 0, say_done, said_new (page, NULL));
}

static void
export_clicked (McWaitingPage *page)
{
  mc_waiting_export (GTK_WIDGET (page), page->context);
}

static void
take_in_clicked (McWaitingPage *page)
{
  mc_waiting_take_in (GTK_WIDGET (page), page->context);
}

static void
seed_clicked (McWaitingPage *page)
{
  mc_seed_flow (GTK_WIDGET (page), page->context);
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
            "all saved here and goes by itself when there is a network; Ctrl+Enter tries now. "
            "What the province did not accept is opened, corrected and sent again. Without any "
            "network it can be carried to another machine as a file.");
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
  g_clear_pointer (&MC_WAITING_PAGE (object)->shown, g_free);
  G_OBJECT_CLASS (mc_waiting_page_parent_class)->dispose (object);
}

static void
mc_waiting_page_class_init (McWaitingPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  g_type_ensure (MC_TYPE_SCANS_CARD);
  G_OBJECT_CLASS (klass)->dispose = mc_waiting_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-waiting-page.ui");
  gtk_widget_class_bind_template_child (widget, McWaitingPage, content);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, words);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, scans);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, refused_part);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, refused);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, copied);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, older);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, seed);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, resend_all);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, notices_part);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, notices);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, export);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, waiting_part);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, waiting);
  gtk_widget_class_bind_template_child (widget, McWaitingPage, empty);
  gtk_widget_class_bind_template_callback (widget, resend_all);
  gtk_widget_class_bind_template_callback (widget, seen_all);
  gtk_widget_class_bind_template_callback (widget, export_clicked);
  gtk_widget_class_bind_template_callback (widget, take_in_clicked);
  gtk_widget_class_bind_template_callback (widget, seed_clicked);
  gtk_widget_class_install_action (widget, "waiting.resend", "s", resend_one);
  gtk_widget_class_install_action (widget, "waiting.set-aside", "s", set_aside);
  gtk_widget_class_install_action (widget, "waiting.seen", "x", seen);
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
