/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-moved-page.h"

#include "mc-act-move.h"
#include "mc-ask.h"
#include "mc-format.h"
#include "mc-label.h"
#include "mc-page.h"
#include "mc-queue-words.h"
#include "mc-window.h"
#include "mc-words.h"
#include <glib/gi18n.h>

struct _McMovedPage
{
  GtkWidget parent_instance;
  McContext *context;
  GPtrArray *moved; /* McMoved; NULL until it was looked for */
  gboolean asking;

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkListBox *list;
  GtkButton *all;
  GtkButton *keep;
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McMovedPage,
                               mc_moved_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

/* Answer: which dossiers, and what is said of them; the window outlives the page. */
typedef struct
{
  GtkWidget *window;
  McContext *context;
  GStrv dossiers;
  gboolean by_calendar;
} Answer;

static void
answer_free (Answer *answer)
{
  g_object_unref (answer->window);
  g_strfreev (answer->dossiers);
  g_free (answer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static void
answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Answer) answer = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint count = 0;

  if (!mc_act_move_finish (answer->context, result, &count, &error))
    {
      mc_window_say_error (answer->window, error);
      return;
    }
  text = answer->by_calendar
             ? g_strdup_printf (ngettext ("%u dossier promised anew. Print it a new receipt.",
                                          "%u dossiers promised anew. Print them new receipts.",
                                          count),
                                count)
             : g_strdup_printf (ngettext ("The promise of %u dossier stays as it is on paper.",
                                          "The promises of %u dossiers stay as they are on paper.",
                                          count),
                                count);
  mc_window_say (answer->window, text);
}

static void
go (Answer *answer)
{
  g_autoptr (McCalendar) calendar = mc_store_calendar (answer->context->reader, NULL);
  g_autofree char *note =
      g_strdup_printf (_ ("The working calendar has changed (%s)"), mc_calendar_version (calendar));

  mc_act_promise_anew (answer->context,
                       (const char *const *)answer->dossiers,
                       answer->by_calendar,
                       note,
                       answered,
                       answer);
}

static void
asked (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Answer *answer = data;

  if (g_str_equal (response, "do"))
    go (answer);
  else
    answer_free (answer);
}

/* What is on paper stays without a question; another date is told to somebody, so it is asked. */
static void
say (McMovedPage *page, GStrv dossiers, gboolean by_calendar)
{
  Answer *answer = g_new0 (Answer, 1);
  guint count = g_strv_length (dossiers);

  answer->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (page))));
  answer->context = page->context;
  answer->dossiers = dossiers;
  answer->by_calendar = by_calendar;
  if (!by_calendar)
    {
      go (answer);
      return;
    }
  g_autofree char *heading =
      g_strdup_printf (ngettext ("Promise %u dossier anew?", "Promise %u dossiers anew?", count),
                       count);
  AdwMessageDialog *dialog =
      mc_ask_new (GTK_WINDOW (answer->window),
                  heading,
                  _ ("The receipt in the applicant's hand says another date: tell them, and print "
                     "them a new one. The old date remains in the history."),
                  _ ("Promise anew"),
                  FALSE);
  g_signal_connect (dialog, "response", G_CALLBACK (asked), answer);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
say_one (McMovedPage *page, GVariant *target, gboolean by_calendar)
{
  const char *one[] = { g_variant_get_string (target, NULL), NULL };

  say (page, g_strdupv ((char **)one), by_calendar);
}

static void
take_one (GtkWidget *widget, const char *name, GVariant *target)
{
  say_one (MC_MOVED_PAGE (widget), target, TRUE);
}

static void
keep_one (GtkWidget *widget, const char *name, GVariant *target)
{
  say_one (MC_MOVED_PAGE (widget), target, FALSE);
}

static void
say_all (McMovedPage *page, gboolean by_calendar)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; page->moved != NULL && i < page->moved->len; i++)
    g_strv_builder_add (ids, ((McMoved *)page->moved->pdata[i])->dossier);
  if (page->moved != NULL && page->moved->len > 0)
    say (page, g_strv_builder_end (ids), by_calendar);
}

static void
take_all (McMovedPage *page)
{
  say_all (page, TRUE);
}

static void
keep_all (McMovedPage *page)
{
  say_all (page, FALSE);
}

static GtkWidget *
row_button (const char *label, const char *sentence, const char *action, const char *dossier)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, sentence);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", dossier);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static char *
day_words (const char *local)
{
  g_autoptr (GDateTime) time = mc_local_parse (local);

  return time != NULL ? mc_format_promise (time) : g_strdup (local);
}

static GtkWidget *
row_new (const McMoved *moved)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *code = mc_words_short_code (moved->code);
  g_autofree char *whose =
      g_strdup_printf (_ ("Dossier %s of %s, %s."), code, moved->applicant, moved->title);
  g_autofree char *due = day_words (moved->due);
  g_autofree char *anew = day_words (moved->moved);
  g_autofree char *change =
      g_strdup_printf (_ ("On paper: %s. By the calendar now: %s."), due, anew);

  gtk_box_append (GTK_BOX (box), mc_label_new (whose, "numeric"));
  gtk_box_append (GTK_BOX (box), mc_label_new (change, "warning"));
  gtk_box_append (GTK_BOX (buttons),
                  row_button (_ ("Promise anew…"), whose, "moved.take", moved->dossier));
  gtk_box_append (GTK_BOX (buttons),
                  row_button (_ ("Keep the date on paper"), whose, "moved.keep", moved->dossier));
  gtk_widget_set_margin_top (buttons, 6);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "mc-waiting-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-dossier");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", moved->dossier);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, whose, -1);
  return row;
}

/* Where the list is the same, a refresh leaves the focus where it is. */
static gboolean
same (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const McMoved *old = a->pdata[i];
      const McMoved *new = b->pdata[i];

      if (!g_str_equal (old->dossier, new->dossier) || !g_str_equal (old->moved, new->moved))
        return FALSE;
    }
  return TRUE;
}

static void
show (McMovedPage *page)
{
  GtkWidget *child;
  guint count = page->moved->len;
  g_autofree char *all = NULL;
  g_autofree char *keep = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (page->list))) != NULL)
    gtk_list_box_remove (page->list, child);
  for (guint i = 0; i < count; i++)
    gtk_list_box_append (page->list, row_new (page->moved->pdata[i]));
  all = g_strdup_printf (ngettext ("Promise %u anew by the calendar",
                                   "Promise all %u anew by the calendar",
                                   count),
                         count);
  keep = g_strdup_printf (ngettext ("Keep the date of %u on paper",
                                    "Keep the dates of all %u on paper",
                                    count),
                          count);
  g_autofree char *keyed = g_strdup_printf ("%s  Ctrl+Enter", all);
  gtk_button_set_label (page->all, keyed);
  gtk_button_set_label (page->keep, keep);
  gtk_stack_set_visible_child_name (page->stack, count > 0 ? "list" : "empty");
}

static gpointer
work_moved (McDesk *desk, gpointer data, GError **error)
{
  return mc_store_moved (mc_desk_store (desk), error);
}

static void
found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McMovedPage) page = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *moved = mc_worker_finish (MC_WORKER (source), result, &error);

  page->asking = FALSE;
  if (page->stack == NULL || moved == NULL)
    {
      g_clear_pointer (&moved, g_ptr_array_unref);
      return;
    }
  if (same (page->moved, moved))
    {
      g_ptr_array_unref (moved);
      return;
    }
  g_clear_pointer (&page->moved, g_ptr_array_unref);
  page->moved = moved;
  show (page);
}

static void
moved_page_refresh (McPage *iface)
{
  McMovedPage *page = MC_MOVED_PAGE (iface);

  if (page->asking)
    return;
  page->asking = TRUE;
  mc_worker_run (page->context->worker,
                 work_moved,
                 NULL,
                 NULL,
                 (GDestroyNotify)g_ptr_array_unref,
                 NULL,
                 found,
                 g_object_ref (page));
}

static gboolean
moved_page_act (McPage *page, McPageAct act)
{
  if (act != MC_PAGE_MAIN)
    return FALSE;
  take_all (MC_MOVED_PAGE (page));
  return TRUE;
}

static const char *
moved_page_help (McPage *page)
{
  return _ ("The calendar of working days has changed, and these dossiers would be due on another "
            "day by it. No date moves by itself: for each, or for all at once, say whether the new "
            "date holds or the one on paper. Ctrl+Enter promises all of them anew.");
}

static void
page_init (McPageInterface *iface)
{
  iface->act = moved_page_act;
  iface->refresh = moved_page_refresh;
  iface->help = moved_page_help;
}

static void
mc_moved_page_dispose (GObject *object)
{
  McMovedPage *page = MC_MOVED_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_MOVED_PAGE);
  g_clear_pointer (&page->moved, g_ptr_array_unref);
  page->stack = NULL;
  G_OBJECT_CLASS (mc_moved_page_parent_class)->dispose (object);
}

static void
mc_moved_page_class_init (McMovedPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_moved_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-moved-page.ui");
  gtk_widget_class_bind_template_child (widget, McMovedPage, stack);
  gtk_widget_class_bind_template_child (widget, McMovedPage, empty);
  gtk_widget_class_bind_template_child (widget, McMovedPage, list);
  gtk_widget_class_bind_template_child (widget, McMovedPage, all);
  gtk_widget_class_bind_template_child (widget, McMovedPage, keep);
  gtk_widget_class_bind_template_callback (widget, take_all);
  gtk_widget_class_bind_template_callback (widget, keep_all);
  gtk_widget_class_install_action (widget, "moved.take", "s", take_one);
  gtk_widget_class_install_action (widget, "moved.keep", "s", keep_one);
}

static void
mc_moved_page_init (McMovedPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  adw_status_page_set_title (page->empty, mc_queue_name (MC_QUEUE_MOVED));
  adw_status_page_set_description (page->empty, mc_queue_empty (MC_QUEUE_MOVED));
}

GtkWidget *
mc_moved_page_new (McContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);

  McMovedPage *page = g_object_new (MC_TYPE_MOVED_PAGE, NULL);
  page->context = context;
  return GTK_WIDGET (page);
}
