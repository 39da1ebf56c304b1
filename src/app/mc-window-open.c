/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-window-private.h"

#include "mc-catalogue-page.h"
#include "mc-conflict-page.h"
#include "mc-correct-page.h"
#include "mc-dossier-page.h"
#include "mc-own-page.h"
#include "mc-print-window.h"
#include "mc-procedure-page.h"
#include "mc-public-page.h"
#include "mc-reception-page.h"
#include "mc-register-page.h"

gboolean
mc_window_may_receive (McWindow *window)
{
  McStaff *staff = window->room->context.staff;

  return staff != NULL &&
         (mc_role_may (staff->role, MC_VERB_RECEIVE) || staff->role == MC_ROLE_HELPER);
}

void
mc_window_open_dossier (McWindow *window, const char *id)
{
  GtkWidget *top = mc_window_top (window);
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  /* What is not theirs is absent, by a barcode too. */
  if (window->room->context.staff->role == MC_ROLE_HELPER)
    return;
  found = mc_store_resolve (window->room->context.reader, id, &error);
  if (found == NULL)
    {
      mc_window_say_error (GTK_WIDGET (window), error);
      return;
    }
  if (MC_IS_DOSSIER_PAGE (top) && g_str_equal (mc_dossier_page_id (MC_DOSSIER_PAGE (top)), found))
    return;
  mc_window_push (window, mc_dossier_page_new (&window->room->context, found));
}

static void
open_dossier (GtkWidget *widget, const char *name, GVariant *target)
{
  const char *id = g_variant_get_string (target, NULL);

  if (mc_window_working (MC_WINDOW (widget)) && id[0] != '\0')
    mc_window_open_dossier (MC_WINDOW (widget), id);
}

static GtkWidget *
new_reception (McWindow *window, const char *draft)
{
  GtkWidget *page = mc_reception_page_new (&window->room->context, draft);

  g_signal_connect_object (page, "closed", G_CALLBACK (mc_window_pop), window, G_CONNECT_SWAPPED);
  return page;
}

static void
receive (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);
  GtkWidget *top = mc_window_top (window);

  if (!mc_window_working (window) || !mc_window_may_receive (window))
    return;
  if (MC_IS_RECEPTION_PAGE (top))
    mc_reception_page_next (MC_RECEPTION_PAGE (top));
  else
    mc_window_push (window, new_reception (window, NULL));
}

/* From the catalogue: one reception above it, with the procedure chosen. */
static void
receive_procedure (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);
  GtkWidget *page;

  if (!mc_window_working (window) || !mc_window_may_receive (window))
    return;
  page = new_reception (window, NULL);
  mc_window_push (window, page);
  mc_reception_page_choose (MC_RECEPTION_PAGE (page), g_variant_get_string (target, NULL));
}

static void
catalogue (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (mc_window_working (window) && !MC_IS_CATALOGUE_PAGE (mc_window_top (window)))
    mc_window_push (window, mc_catalogue_page_new (&window->room->context));
}

static void
public_desk (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (mc_window_working (window) && !MC_IS_PUBLIC_PAGE (mc_window_top (window)))
    mc_window_push (window, mc_public_page_new (&window->room->context));
}

static void
open_register (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (mc_window_working (window) && window->room->context.staff->role != MC_ROLE_HELPER &&
      !MC_IS_REGISTER_PAGE (mc_window_top (window)))
    mc_window_push (window, mc_register_page_new (&window->room->context));
}

static void
procedure (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);
  GtkWidget *page;

  if (!mc_window_working (window))
    return;
  page = mc_procedure_page_new (&window->room->context, g_variant_get_string (target, NULL));
  if (page != NULL)
    mc_window_push (window, page);
}

void
mc_window_open_draft (McWindow *window, const char *draft)
{
  mc_window_push (window, new_reception (window, draft));
}

static void
open_draft (GtkWidget *widget, const char *name, GVariant *target)
{
  if (mc_window_working (MC_WINDOW (widget)))
    mc_window_open_draft (MC_WINDOW (widget), g_variant_get_string (target, NULL));
}

static void
correct (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);
  GtkWidget *page;

  if (!mc_window_working (window))
    return;
  page = mc_correct_page_new (&window->room->context, g_variant_get_string (target, NULL));
  if (page == NULL)
    return; /* sent again or set aside a moment ago: the list says so itself */
  g_signal_connect_object (page, "closed", G_CALLBACK (mc_window_pop), window, G_CONNECT_SWAPPED);
  mc_window_push (window, page);
}

static void
conflicts (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (!mc_window_working (window))
    return;
  mc_window_show_queue (window, MC_QUEUE_CONFLICT);
  mc_conflict_page_turn_to (MC_CONFLICT_PAGE (window->base), g_variant_get_string (target, NULL));
}

static void
waiting (GtkWidget *widget, const char *name, GVariant *target)
{
  if (mc_window_working (MC_WINDOW (widget)))
    mc_window_show_queue (MC_WINDOW (widget), MC_QUEUE_WAITING);
}

/* From an open dossier to the one beside it in the list that it was opened from. */
static void
turn (McWindow *window, gboolean forward)
{
  GtkWidget *top = mc_window_top (window);
  g_autofree char *id = NULL;

  if (!MC_IS_DOSSIER_PAGE (top) || window->base != GTK_WIDGET (window->list))
    return;
  id = mc_list_page_turn (window->list, mc_dossier_page_id (MC_DOSSIER_PAGE (top)), forward);
  mc_window_pop (window);
  if (id != NULL)
    mc_window_open_dossier (window, id);
}

static void
turn_key (GtkWidget *widget, const char *name, GVariant *target)
{
  if (mc_window_working (MC_WINDOW (widget)))
    turn (MC_WINDOW (widget), g_variant_get_int32 (target) != 0);
}

/* Who signs one goes on with the next, its scan open, until the queue is empty. One that was
 * searched for is no queue. */
static void
signed_one (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);
  GtkWidget *top = mc_window_working (window) ? mc_window_top (window) : NULL;

  if (window->queue == MC_QUEUE_APPROVAL &&
      *gtk_editable_get_text (GTK_EDITABLE (window->search)) == '\0' && top != NULL &&
      MC_IS_DOSSIER_PAGE (top) &&
      g_str_equal (mc_dossier_page_id (MC_DOSSIER_PAGE (top)), g_variant_get_string (target, NULL)))
    turn (window, TRUE);
}

static void
paper (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (mc_window_working (window))
    mc_print_window_present (GTK_WINDOW (window),
                             &window->room->context,
                             g_variant_get_string (target, NULL),
                             MC_PRINT_NEWEST);
}

void
mc_window_open_own (McWindow *window, GtkWidget *page)
{
  if (page == NULL)
    return;
  g_signal_connect_object (page, "closed", G_CALLBACK (mc_window_pop), window, G_CONNECT_SWAPPED);
  mc_window_push (window, page);
}

/* An empty code: a procedure that the catalogue lacks. */
static void
edit_procedure (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);
  McContext *context = &window->room->context;
  const char *code = g_variant_get_string (target, NULL);

  if (mc_window_working (window) && mc_own_page_may (context))
    mc_window_open_own (window, mc_own_page_new (context, *code != '\0' ? code : NULL));
}

static void
open_own_draft (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);
  McContext *context = &window->room->context;
  const char *id = g_variant_get_string (target, NULL);
  g_autoptr (json_t) draft = NULL;

  if (!mc_window_working (window) || !mc_own_page_may (context))
    return;
  draft = mc_store_draft (context->reader, id, NULL);
  if (draft != NULL)
    mc_window_open_own (window, mc_own_page_new_from (context, id, json_object_get (draft, "own")));
}

void
mc_window_open_class_init (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.open-dossier", "s", open_dossier);
  gtk_widget_class_install_action (klass, "win.turn", "i", turn_key);
  gtk_widget_class_install_action (klass, "win.signed", "s", signed_one);
  gtk_widget_class_install_action (klass, "win.paper", "s", paper);
  gtk_widget_class_install_action (klass, "win.open-draft", "s", open_draft);
  gtk_widget_class_install_action (klass, "win.conflicts", "s", conflicts);
  gtk_widget_class_install_action (klass, "win.correct", "s", correct);
  gtk_widget_class_install_action (klass, "win.waiting", NULL, waiting);
  gtk_widget_class_install_action (klass, "win.receive", NULL, receive);
  gtk_widget_class_install_action (klass, "win.receive-procedure", "s", receive_procedure);
  gtk_widget_class_install_action (klass, "win.catalogue", NULL, catalogue);
  gtk_widget_class_install_action (klass, "win.register", NULL, open_register);
  gtk_widget_class_install_action (klass, "win.procedure", "s", procedure);
  gtk_widget_class_install_action (klass, "win.edit-procedure", "s", edit_procedure);
  gtk_widget_class_install_action (klass, "win.open-own-draft", "s", open_own_draft);
  gtk_widget_class_install_action (klass, "win.public", NULL, public_desk);
}
