/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-window-private.h"

#include "mc-catalogue.h"
#include "mc-conflict-page.h"
#include "mc-dossier-page.h"
#include "mc-drafts-page.h"
#include "mc-moved-page.h"
#include "mc-practice-screen.h"
#include "mc-practice.h"
#include "mc-public-page.h"
#include "mc-public.h"
#include "mc-reception-field.h"
#include "mc-seed-flow.h"
#include "mc-sync-words.h"
#include "mc-waiting-page.h"
#include "mc-words.h"
#include <glib/gi18n.h>
#include <string.h>

/* Typing is followed this long after the last letter. */
#define SEARCH_WAIT_MS 120
#define MINUTE_S 60

gboolean
mc_window_working (McWindow *window)
{
  return window->base != NULL;
}

GtkWidget *
mc_window_top (McWindow *window)
{
  GtkWidget *pushed = g_queue_peek_tail (&window->pushed);

  return pushed != NULL ? pushed : window->base;
}

/* The counts of the sidebar, asked of the thread that writes. */
static gpointer
work_counts (McDesk *desk, gpointer data, GError **error)
{
  const McStaff *staff = mc_desk_staff (desk);
  g_autofree guint *counts = g_new0 (guint, MC_N_QUEUES);

  if (!mc_store_counts (mc_desk_store (desk),
                        staff != NULL ? staff->role : MC_ROLE_UNKNOWN,
                        staff != NULL ? staff->id : NULL,
                        counts,
                        error))
    return NULL;
  /* Not every draft of the machine is for everybody to see. */
  if (staff != NULL && counts[MC_QUEUE_DRAFT] > 0)
    {
      g_autoptr (json_t) theirs = mc_desk_drafts (desk, NULL);

      counts[MC_QUEUE_DRAFT] = (guint)json_array_size (theirs);
    }
  return g_steal_pointer (&counts);
}

static void ask_counts (McWindow *window);

static void
counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McWindow) window = data;
  g_autofree guint *counts = mc_worker_finish (MC_WORKER (source), result, NULL);

  window->counting = FALSE;
  if (!mc_window_working (window))
    return;
  if (counts != NULL)
    mc_sidebar_set_counts (window->sidebar, counts);
  if (window->count_again)
    {
      window->count_again = FALSE;
      ask_counts (window);
    }
}

static void
ask_counts (McWindow *window)
{
  McContext *context = &window->room->context;

  if (window->counting)
    {
      window->count_again = TRUE;
      return;
    }
  window->counting = TRUE;
  mc_worker_run (context->worker,
                 work_counts,
                 NULL,
                 NULL,
                 g_free,
                 NULL,
                 counted,
                 g_object_ref (window));
}

void
mc_window_show_sync (McWindow *window)
{
  static const char *const styles[] = { "mc-calm", "mc-busy", "mc-apart", "mc-care" };
  McContext *context = &window->room->context;
  McSyncReport report = mc_seed_flow_report (context);
  McSyncMood mood = MC_SYNC_CALM;
  g_autofree char *words =
      mc_sync_words (&report, mc_clock_wall (mc_store_clock (context->reader)), &mood);

  gtk_label_set_text (window->sync_label, words);
  gtk_label_set_text (window->foot_label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (window->sync),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (window->foot),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words,
                                  -1);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (window->sync_label), styles[i]);
      gtk_widget_remove_css_class (GTK_WIDGET (window->foot_label), styles[i]);
    }
  gtk_widget_add_css_class (GTK_WIDGET (window->sync_label), styles[mood]);
  gtk_widget_add_css_class (GTK_WIDGET (window->foot_label), styles[mood]);
  GtkWidget *top = mc_window_top (window);
  if (top != NULL && MC_IS_WAITING_PAGE (top))
    mc_page_refresh (MC_PAGE (top));
  else if (top != NULL && MC_IS_DOSSIER_PAGE (top))
    mc_dossier_page_report (MC_DOSSIER_PAGE (top), &report);
}

static void
catalogue_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McWindow) window = data;
  McCatalogue *catalogue = mc_worker_finish (MC_WORKER (source), result, NULL);

  window->reading_catalogue = FALSE;
  if (catalogue != NULL && mc_window_working (window))
    mc_catalogue_put (&window->room->context, catalogue);
  else if (catalogue != NULL)
    mc_catalogue_unref (catalogue);
}

/* Read ahead, so that F2 opens at once. */
static void
read_catalogue (McWindow *window)
{
  McContext *context = &window->room->context;

  if (window->reading_catalogue || !mc_catalogue_stale (context))
    return;
  window->reading_catalogue = TRUE;
  mc_worker_run (context->worker,
                 mc_catalogue_work,
                 NULL,
                 NULL,
                 (GDestroyNotify)mc_catalogue_unref,
                 NULL,
                 catalogue_read,
                 g_object_ref (window));
}

void
mc_window_refresh (McWindow *window)
{
  GtkWidget *top = mc_window_top (window);

  if (MC_IS_PAGE (top))
    mc_page_refresh (MC_PAGE (top));
  mc_sidebar_set_public (window->sidebar, mc_store_public (window->room->context.reader));
  ask_counts (window);
  read_catalogue (window);
  mc_window_show_sync (window);
}

static gboolean
minute_passed (gpointer data)
{
  McWindow *window = MC_WINDOW (data);

  mc_window_refresh (window);
  mc_public_sweep (&window->room->context, MC_PUBLIC_QUIET_MS, NULL, NULL);
  return G_SOURCE_CONTINUE;
}

static void
fit (McWindow *window)
{
  gboolean pushed = !g_queue_is_empty (&window->pushed);

  gtk_widget_set_visible (GTK_WIDGET (window->back), pushed);
  gtk_widget_set_visible (GTK_WIDGET (window->receive),
                          window->narrow && !pushed && mc_window_may_receive (window));
  gtk_widget_set_visible (GTK_WIDGET (window->fold), window->narrow && !pushed);
  gtk_widget_set_visible (GTK_WIDGET (window->office), !window->narrow);
  gtk_widget_set_visible (GTK_WIDGET (window->sync), !window->narrow);
  gtk_widget_set_visible (window->foot, window->narrow);
  adw_flap_set_fold_policy (window->flap,
                            window->narrow ? ADW_FLAP_FOLD_POLICY_ALWAYS
                                           : ADW_FLAP_FOLD_POLICY_NEVER);
  adw_flap_set_reveal_flap (window->flap, !window->narrow && !pushed);
}

void
mc_window_set_narrow (McWindow *window, gboolean narrow)
{
  window->narrow = narrow;
  if (!mc_window_working (window))
    return;
  mc_list_page_set_narrow (window->list, narrow);
  mc_sidebar_set_office (window->sidebar, narrow ? gtk_label_get_text (window->office) : NULL);
  fit (window);
}

static void
show_top (McWindow *window)
{
  GtkWidget *top = mc_window_top (window);

  gtk_stack_set_visible_child (window->pages, top);
  fit (window);
  if (MC_IS_PAGE (top))
    mc_page_refresh (MC_PAGE (top));
}

void
mc_window_push (McWindow *window, GtkWidget *page)
{
  GtkWidget *top = mc_window_top (window);

  if (MC_IS_PAGE (top))
    mc_page_leave (MC_PAGE (top));
  gtk_stack_add_child (window->pages, page);
  g_queue_push_tail (&window->pushed, page);
  show_top (window);
  /* The stack may have moved the focus into the page already. */
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, page))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
drop_top (McWindow *window)
{
  GtkWidget *page = g_queue_pop_tail (&window->pushed);

  if (page == NULL)
    return;
  if (MC_IS_PAGE (page))
    mc_page_leave (MC_PAGE (page));
  gtk_stack_remove (window->pages, page);
}

void
mc_window_pop (McWindow *window)
{
  drop_top (window);
  show_top (window);
  if (window->base == GTK_WIDGET (window->list) && g_queue_is_empty (&window->pushed))
    mc_list_page_focus_list (window->list);
}

static GtkWidget *
base_of (McWindow *window, McQueue queue)
{
  switch (queue)
    {
    case MC_QUEUE_CONFLICT:
      return gtk_stack_get_child_by_name (window->pages, "conflicts");
    case MC_QUEUE_MOVED:
      return gtk_stack_get_child_by_name (window->pages, "moved");
    case MC_QUEUE_DRAFT:
      return gtk_stack_get_child_by_name (window->pages, "drafts");
    case MC_QUEUE_WAITING:
      return gtk_stack_get_child_by_name (window->pages, "waiting");
    default:
      return GTK_WIDGET (window->list);
    }
}

void
mc_window_show_queue (McWindow *window, McQueue queue)
{
  while (!g_queue_is_empty (&window->pushed))
    drop_top (window);
  window->queue = queue;
  window->base = base_of (window, queue);
  mc_sidebar_select (window->sidebar, queue);
  if (window->base == GTK_WIDGET (window->list))
    {
      gtk_editable_set_text (GTK_EDITABLE (window->search), "");
      mc_list_page_set_search (window->list, "");
      mc_list_page_set_queue (window->list, queue);
    }
  show_top (window);
}

static gboolean
search_now (gpointer data)
{
  McWindow *window = data;
  g_autofree char *text = mc_reception_field_text (GTK_WIDGET (window->search));

  window->search_wait = 0;
  if (!mc_window_working (window))
    return G_SOURCE_REMOVE;
  if (text[0] != '\0' && mc_window_top (window) != GTK_WIDGET (window->list))
    {
      while (!g_queue_is_empty (&window->pushed))
        drop_top (window);
      window->base = GTK_WIDGET (window->list);
      show_top (window);
      gtk_widget_grab_focus (GTK_WIDGET (window->search));
    }
  mc_list_page_set_search (window->list, text);
  return G_SOURCE_REMOVE;
}

void
mc_window_search_changed (McWindow *window)
{
  g_clear_handle_id (&window->search_wait, g_source_remove);
  window->search_wait = g_timeout_add (SEARCH_WAIT_MS, search_now, window);
}

static void
queue_chosen (McWindow *window, int queue)
{
  mc_window_show_queue (window, (McQueue)queue);
  if (window->narrow)
    adw_flap_set_reveal_flap (window->flap, FALSE);
}

static void
page_entered (McWindow *window)
{
  if (window->base == GTK_WIDGET (window->list))
    mc_list_page_focus_list (window->list);
  else
    gtk_widget_child_focus (window->base, GTK_DIR_TAB_FORWARD);
}

static void
name_person (McWindow *window)
{
  McContext *context = &window->room->context;
  McEnrolment *enrolment = mc_store_enrolment (context->reader);
  const char *name = context->staff->name;
  const char *space = strrchr (name, ' ');
  g_autofree char *tip = g_strdup_printf ("%s · %s", name, mc_words_role (context->staff->role));

  /* The last word of a Vietnamese name is what a person is called by. */
  gtk_menu_button_set_label (window->user, space != NULL ? space + 1 : name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (window->user), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (window->user),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
  if (enrolment != NULL)
    {
      gboolean practice = mc_store_practice (context->reader);
      g_autofree char *marked = practice ? mc_practice_screen_words (enrolment->office_name) : NULL;

      gtk_label_set_text (window->office, practice ? marked : enrolment->office_name);
      mc_practice_screen_mark (GTK_WINDOW (window), practice);
    }
  g_clear_pointer (&enrolment, mc_enrolment_free);
}

/* A leader's day begins with what waits for a signature, a helper's with what they prepared;
 * everyone else's with their own work. */
static McQueue
first_queue (McRole role)
{
  switch (role)
    {
    case MC_ROLE_LEADER:
      return MC_QUEUE_APPROVAL;
    case MC_ROLE_AGENT:
      return MC_QUEUE_RECEIVED;
    case MC_ROLE_HELPER:
      return MC_QUEUE_DRAFT;
    case MC_ROLE_CLERK:
    case MC_ROLE_OFFICER:
    case MC_ROLE_ADMIN:
    case MC_ROLE_UNKNOWN:
    default:
      return MC_QUEUE_MINE;
    }
}

void
mc_window_start_work (McWindow *window)
{
  McContext *context = &window->room->context;

  window->sidebar = MC_SIDEBAR (mc_sidebar_new ());
  adw_flap_set_flap (window->flap, GTK_WIDGET (window->sidebar));
  g_signal_connect_object (window->sidebar,
                           "queue",
                           G_CALLBACK (queue_chosen),
                           window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window->sidebar,
                           "entered",
                           G_CALLBACK (page_entered),
                           window,
                           G_CONNECT_SWAPPED);
  window->list = MC_LIST_PAGE (mc_list_page_new (context));
  gtk_stack_add_named (window->pages, GTK_WIDGET (window->list), "list");
  gtk_stack_add_named (window->pages, mc_conflict_page_new (context), "conflicts");
  gtk_stack_add_named (window->pages, mc_moved_page_new (context), "moved");
  gtk_stack_add_named (window->pages, mc_waiting_page_new (context), "waiting");
  gtk_stack_add_named (window->pages, mc_drafts_page_new (context), "drafts");
  window->base = GTK_WIDGET (window->list);
  name_person (window);
  mc_sidebar_set_role (window->sidebar, context->staff->role);
  mc_window_set_narrow (window, window->narrow);
  gtk_stack_set_visible_child_name (window->stages, "work");
  gtk_widget_set_visible (GTK_WIDGET (window->search), context->staff->role != MC_ROLE_HELPER);
  mc_window_show_queue (window, first_queue (context->staff->role));
  mc_window_refresh (window);
  mc_list_page_focus_list (window->list);
  window->minute = g_timeout_add_seconds (MINUTE_S, minute_passed, window);
}

void
mc_window_end_work (McWindow *window)
{
  GtkWidget *child;

  g_clear_handle_id (&window->minute, g_source_remove);
  g_clear_handle_id (&window->search_wait, g_source_remove);
  while (!g_queue_is_empty (&window->pushed))
    drop_top (window);
  window->base = NULL;
  window->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (window->pages))) != NULL)
    gtk_stack_remove (window->pages, child);
  adw_flap_set_flap (window->flap, NULL);
  window->sidebar = NULL;
  gtk_editable_set_text (GTK_EDITABLE (window->search), "");
  g_clear_handle_id (&window->search_wait, g_source_remove);
}
