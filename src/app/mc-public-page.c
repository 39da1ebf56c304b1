/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-public-page.h"

#include "mc-ask.h"
#include "mc-page.h"
#include "mc-print-preview.h"
#include "mc-print-window.h"
#include "mc-public.h"
#include "mc-removal.h"
#include "mc-window.h"
#include <glib/gi18n.h>

/* Nobody reads further; the printed report has all of it. */
#define SHOWN_MAX 200
#define GAP 12

struct _McPublicPage
{
  GtkWidget parent_instance;
  McContext *context;

  GtkWidget *content;
  GtkLabel *words;
  GtkWidget *staying_part;
  GtkListBox *staying;
  GtkWidget *drafts;
  GtkLabel *backup;
  GtkWidget *removed_part;
  GtkListBox *removed;
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McPublicPage,
                               mc_public_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

static gpointer
work_let_go (McDesk *desk, gpointer data, GError **error)
{
  const gint64 *quiet_ms = data;

  return GINT_TO_POINTER (mc_public_let_go (mc_desk_store (desk), *quiet_ms, NULL, error));
}

void
mc_public_sweep (McContext *context,
                 gint64 quiet_ms,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  if (context->worker == NULL || !mc_store_public (context->reader))
    return;
  mc_worker_run (context->worker,
                 work_let_go,
                 g_memdup2 (&quiet_ms, sizeof quiet_ms),
                 g_free,
                 NULL,
                 NULL,
                 callback,
                 user_data);
}

static gpointer
work_drop_drafts (McDesk *desk, gpointer data, GError **error)
{
  return GINT_TO_POINTER (mc_public_drop_drafts (mc_desk_store (desk), error));
}

static const char *
reason (McStay why)
{
  switch (why)
    {
    case MC_STAY_CHANGES:
      return _ ("the province has not received all of it yet");
    case MC_STAY_SCANS:
      return _ ("its scans have not all been sent yet");
    case MC_STAY_REFUSED:
      return _ ("the province did not accept something: it is to be looked at again");
    case MC_STAY_CONTESTED:
      return _ ("two people changed the same thing");
    case MC_STAY_TYPED:
      return _ ("something was typed into it and not saved: it is among the drafts");
    case MC_STAY_NOBODY:
      return _ ("not handed over: no other machine of this office would show it");
    case MC_STAY_LATELY:
    case MC_STAY_NONE:
    default:
      return _ ("it was worked on a moment ago");
    }
}

static void
clear (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

static void
add_row (GtkListBox *list, const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_set_margin_bottom (label, 9);
  gtk_widget_set_margin_start (label, GAP);
  gtk_widget_set_margin_end (label, GAP);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (list, row);
}

static void
show_staying (McPublicPage *page)
{
  g_autoptr (GPtrArray) all = mc_public_staying (page->context->reader, MC_PUBLIC_QUIET_MS, NULL);

  clear (page->staying);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const McStaying *one = all->pdata[i];
      g_autofree char *text =
          g_strdup_printf ("%s: %s", one->code != NULL ? one->code : "…", reason (one->why));

      add_row (page->staying, text);
    }
  gtk_widget_set_visible (page->staying_part, all != NULL && all->len > 0);
}

static void
show_removed (McPublicPage *page)
{
  g_autoptr (GPtrArray) all = mc_public_removed (page->context->reader, NULL);

  clear (page->removed);
  for (guint i = 0; all != NULL && i < MIN (all->len, SHOWN_MAX); i++)
    {
      g_autofree char *line = mc_removal_line (all->pdata[i]);

      add_row (page->removed, line);
    }
  gtk_widget_set_visible (page->removed_part, all != NULL && all->len > 0);
}

static void
public_page_refresh (McPage *self)
{
  McPublicPage *page = MC_PUBLIC_PAGE (self);
  McLeft left = { 0 };
  g_autofree char *words = NULL;

  mc_public_left (page->context->reader, &left, NULL);
  if (left.dossiers == 0 && left.drafts == 0 && left.scans == 0 && !left.backup)
    words = g_strdup (_ ("Nothing of any resident is on this machine."));
  else
    words = g_strdup_printf (_ ("Still on this machine: %u dossiers, %u drafts, %u scans."),
                             left.dossiers,
                             left.drafts,
                             left.scans);
  gtk_label_set_text (page->words, words);
  gtk_widget_set_visible (page->drafts, left.drafts > 0);
  gtk_widget_set_visible (GTK_WIDGET (page->backup), left.backup);
  show_staying (page);
  show_removed (page);
}

/* The page may be closed before the answer. */
static void
swept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McPublicPage) page = data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  (void)mc_worker_finish (MC_WORKER (source), result, &error);
  if (root == NULL)
    return;
  if (error != NULL)
    mc_window_say_error (GTK_WIDGET (root), error);
  mc_page_refresh (MC_PAGE (page));
}

static void
remove_now (McPublicPage *page)
{
  mc_public_sweep (page->context, 0, swept, g_object_ref (page));
}

static void
answered (AdwMessageDialog *dialog, const char *response, McPublicPage *page)
{
  if (g_str_equal (response, "do"))
    mc_worker_run (page->context->worker,
                   work_drop_drafts,
                   NULL,
                   NULL,
                   NULL,
                   NULL,
                   swept,
                   g_object_ref (page));
}

static void
drop_drafts (McPublicPage *page)
{
  AdwMessageDialog *dialog =
      mc_ask_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                  _ ("Remove the drafts?"),
                  _ ("What was typed and never received is removed with its scans. It cannot be "
                     "brought back."),
                  _ ("Remove drafts"),
                  TRUE);

  g_signal_connect_object (dialog, "response", G_CALLBACK (answered), page, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
print_report (McPublicPage *page)
{
  mc_print_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                           page->context,
                           MC_PRINT_REMOVAL_FILE,
                           MC_PRINT_REMOVAL);
}

static gboolean
public_page_act (McPage *self, McPageAct act)
{
  if (act == MC_PAGE_PRINT)
    print_report (MC_PUBLIC_PAGE (self));
  else if (act == MC_PAGE_MAIN)
    remove_now (MC_PUBLIC_PAGE (self));
  else
    return FALSE;
  return TRUE;
}

static const char *
public_page_help (McPage *self)
{
  return _ ("This machine is used by an agent or a digital team: once the province has received a "
            "dossier with its scans, nothing of it stays here. That happens by itself ten minutes "
            "after the last change, and when the machine is locked; Ctrl+Enter does it now. "
            "Ctrl+P prints what was removed.");
}

static void
page_init (McPageInterface *iface)
{
  iface->act = public_page_act;
  iface->refresh = public_page_refresh;
  iface->help = public_page_help;
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkListBox *
add_list (GtkWidget *box, const char *heading, GtkWidget **ret_part)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP / 2);
  GtkWidget *list = gtk_list_box_new ();

  add_label (part, heading, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  heading,
                                  -1);
  gtk_box_append (GTK_BOX (part), list);
  gtk_box_append (GTK_BOX (box), part);
  *ret_part = part;
  return GTK_LIST_BOX (list);
}

static GtkWidget *
add_button (McPublicPage *page, GtkWidget *box, const char *label, GCallback pressed)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_swapped (button, "clicked", pressed, page);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
fill (McPublicPage *page, GtkWidget *box)
{
  GtkWidget *acts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *button;

  add_label (box, _ ("Public machine"), "title-2");
  page->words = GTK_LABEL (add_label (box, NULL, "title-4"));
  add_label (box,
             _ ("What the province has received with its scans is removed ten minutes after the "
                "last change, and when the machine is locked."),
             NULL);
  page->backup =
      GTK_LABEL (add_label (box,
                            _ ("▲ An older backup lies on a drive that is not plugged "
                               "in. Plug it in: what is gone here is removed there too."),
                            NULL));
  button = add_button (page, acts, _ ("Remove now  Ctrl+Enter"), G_CALLBACK (remove_now));
  gtk_widget_add_css_class (button, "suggested-action");
  add_button (page, acts, _ ("Print the report  Ctrl+P"), G_CALLBACK (print_report));
  page->drafts = add_button (page, acts, _ ("Remove drafts…"), G_CALLBACK (drop_drafts));
  gtk_box_append (GTK_BOX (box), acts);
  page->staying = add_list (box, _ ("Still here, and why"), &page->staying_part);
  page->removed = add_list (box, _ ("Removed"), &page->removed_part);
}

static void
mc_public_page_dispose (GObject *object)
{
  g_clear_pointer (&MC_PUBLIC_PAGE (object)->content, gtk_widget_unparent);
  G_OBJECT_CLASS (mc_public_page_parent_class)->dispose (object);
}

static void
mc_public_page_class_init (McPublicPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_public_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_public_page_init (McPublicPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  fill (page, box);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  page->content = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (page->content),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page->content), clamp);
  gtk_widget_set_parent (page->content, GTK_WIDGET (page));
}

GtkWidget *
mc_public_page_new (McContext *context)
{
  McPublicPage *page;

  g_return_val_if_fail (context != NULL, NULL);

  page = g_object_new (MC_TYPE_PUBLIC_PAGE, NULL);
  page->context = context;
  return GTK_WIDGET (page);
}
