/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sign-in-page.h"

#include "mc-ascii-field.h"
#include "mc-error.h"
#include "mc-sync-words.h"
#include "mc-words.h"
#include <glib/gi18n.h>
#include <string.h>

#define FACT_LAST_LOGIN "ui.last-login"

struct _McSignInPage
{
  GtkWidget parent_instance;
  McContext *context;
  GPtrArray *staff;  /* McStaff */
  gint64 wait_until; /* monotonic µs; 0: no wait */
  guint tick;
  gboolean asking;

  GtkWidget *content;
  GtkStack *stack;
  GtkLabel *office;
  GtkLabel *progress;
  GtkListBox *people;
  GtkEntry *login;
  GtkPasswordEntry *secret;
  GtkLabel *message;
  GtkButton *enter;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (McSignInPage, mc_sign_in_page, GTK_TYPE_WIDGET)

static guint signed_in_signal;

/* Attempt: what is asked of the thread that writes. */
typedef struct
{
  char *login;
  char *secret;
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  explicit_bzero (attempt->secret, strlen (attempt->secret));
  g_free (attempt->secret);
  g_free (attempt->login);
  g_free (attempt);
}

/* Outcome: who it is, or how long to wait before the next try. */
typedef struct
{
  McStaff *staff;
  gint64 wait_ms;
} Outcome;

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  g_clear_pointer (&outcome->staff, mc_staff_free);
  g_free (outcome);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)

static gpointer
work_sign_in (McDesk *desk, gpointer data, GError **error)
{
  Attempt *attempt = data;
  g_autoptr (Outcome) outcome = g_new0 (Outcome, 1);
  g_autoptr (GError) own = NULL;

  if (mc_desk_sign_in (desk, attempt->login, attempt->secret, &own))
    {
      McStore *store = mc_desk_store (desk);
      outcome->staff = mc_store_staff (store, mc_desk_staff (desk)->id);
      /* Only a convenience: a disk that cannot take it must not keep anybody out. */
      (void)mc_store_set_fact (store, FACT_LAST_LOGIN, attempt->login, NULL);
      return g_steal_pointer (&outcome);
    }
  if (!g_error_matches (own, MC_ERROR, MC_ERROR_SECRET) &&
      !g_error_matches (own, MC_ERROR, MC_ERROR_DELAYED) &&
      !g_error_matches (own, MC_ERROR, MC_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&own));
      return NULL;
    }
  outcome->wait_ms = mc_desk_sign_in_wait_ms (desk, attempt->login);
  return g_steal_pointer (&outcome);
}

static void
say (McSignInPage *page, const char *text)
{
  gtk_label_set_text (page->message, text);
  gtk_widget_set_visible (GTK_WIDGET (page->message), text[0] != '\0');
}

static void
update_enter (McSignInPage *page)
{
  gboolean ready = gtk_editable_get_text (GTK_EDITABLE (page->login))[0] != '\0' &&
                   gtk_editable_get_text (GTK_EDITABLE (page->secret))[0] != '\0';

  gtk_widget_set_sensitive (GTK_WIDGET (page->enter),
                            ready && page->wait_until == 0 && !page->asking);
  gtk_spinner_set_spinning (page->spinner, page->asking);
  gtk_widget_set_visible (GTK_WIDGET (page->spinner), page->asking);
}

static gboolean
count_down (gpointer data)
{
  McSignInPage *page = data;
  gint64 left = page->wait_until - g_get_monotonic_time ();

  if (left <= 0)
    {
      page->wait_until = 0;
      page->tick = 0;
      say (page, _ ("The next try is possible now."));
      update_enter (page);
      return G_SOURCE_REMOVE;
    }
  guint seconds = (guint)((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  g_autofree char *text =
      g_strdup_printf (ngettext ("That did not match. The next try is possible in %u second.",
                                 "That did not match. The next try is possible in %u seconds.",
                                 seconds),
                       seconds);
  say (page, text);
  return G_SOURCE_CONTINUE;
}

static void
wait_for (McSignInPage *page, gint64 wait_ms)
{
  if (wait_ms <= 0)
    {
      say (page, _ ("The PIN or passphrase does not match. Check Caps Lock and try again."));
      return;
    }
  page->wait_until = g_get_monotonic_time () + wait_ms * 1000;
  if (page->tick == 0)
    page->tick = g_timeout_add (250, count_down, page);
  count_down (page);
}

static void
sign_in_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McSignInPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Outcome) outcome = mc_worker_finish (MC_WORKER (source), result, &error);

  page->asking = FALSE;
  if (page->content == NULL)
    return; /* the window went away meanwhile */
  gtk_editable_set_text (GTK_EDITABLE (page->secret), "");
  if (outcome == NULL)
    {
      g_autofree char *sentence = mc_error_sentence (error);
      say (page, sentence);
    }
  else if (outcome->staff != NULL)
    g_signal_emit (page, signed_in_signal, 0, g_steal_pointer (&outcome->staff));
  else
    {
      wait_for (page, outcome->wait_ms);
      gtk_widget_grab_focus (GTK_WIDGET (page->secret));
    }
  update_enter (page);
}

static void
enter_clicked (McSignInPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (root != NULL)
    mc_window_commit_input (GTK_WINDOW (root));
  update_enter (page);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (page->enter)))
    return;

  Attempt *attempt = g_new0 (Attempt, 1);
  attempt->login = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (page->login))));
  attempt->secret = g_strdup (gtk_editable_get_text (GTK_EDITABLE (page->secret)));
  page->asking = TRUE;
  say (page, "");
  update_enter (page);
  mc_worker_run (page->context->worker,
                 work_sign_in,
                 attempt,
                 attempt_free,
                 outcome_free,
                 NULL,
                 sign_in_done,
                 g_object_ref (page));
}

static void
login_activated (McSignInPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (page->secret));
}

static void
person_activated (McSignInPage *page, GtkListBoxRow *row)
{
  McStaff *staff = g_ptr_array_index (page->staff, (guint)gtk_list_box_row_get_index (row));

  gtk_editable_set_text (GTK_EDITABLE (page->login), staff->login);
  gtk_widget_grab_focus (GTK_WIDGET (page->secret));
}

static GtkWidget *
person_row (const McStaff *staff)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_markup_escape_text (staff->name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), mc_words_role (staff->role));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  staff->name,
                                  -1);
  return row;
}

static void
show_people (McSignInPage *page)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (page->people))) != NULL)
    gtk_list_box_remove (page->people, child);
  for (guint i = 0; i < page->staff->len; i++)
    gtk_list_box_append (page->people, person_row (g_ptr_array_index (page->staff, i)));
}

void
mc_sign_in_page_refresh (McSignInPage *page)
{
  g_return_if_fail (MC_IS_SIGN_IN_PAGE (page));

  McStore *store = page->context->reader;
  g_autoptr (GPtrArray) staff = mc_store_staff_all (store, NULL);
  gboolean none = staff == NULL || staff->len == 0;
  gboolean first = page->staff == NULL || page->staff->len == 0;

  gtk_stack_set_visible_child_name (page->stack, none ? "empty" : "people");
  if (none)
    {
      McSyncReport report = mc_syncer_report (page->context->syncer);
      g_autofree char *words =
          mc_sync_words (&report, mc_clock_wall (mc_store_clock (store)), NULL);
      gtk_label_set_text (page->progress, words);
      return;
    }
  if (!first && page->staff->len == staff->len)
    return;
  g_clear_pointer (&page->staff, g_ptr_array_unref);
  page->staff = g_steal_pointer (&staff);
  show_people (page);
  if (first)
    {
      g_autofree char *last = mc_store_fact (store, FACT_LAST_LOGIN);
      if (last != NULL)
        gtk_editable_set_text (GTK_EDITABLE (page->login), last);
      gtk_widget_grab_focus (last != NULL ? GTK_WIDGET (page->secret) : GTK_WIDGET (page->login));
    }
}

static void
mc_sign_in_page_dispose (GObject *object)
{
  McSignInPage *page = MC_SIGN_IN_PAGE (object);

  g_clear_handle_id (&page->tick, g_source_remove);
  g_clear_pointer (&page->staff, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (page), MC_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (mc_sign_in_page_parent_class)->dispose (object);
}

static void
mc_sign_in_page_class_init (McSignInPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_sign_in_page_dispose;
  signed_in_signal = g_signal_new ("signed-in",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget, McSignInPage, content);
  gtk_widget_class_bind_template_child (widget, McSignInPage, stack);
  gtk_widget_class_bind_template_child (widget, McSignInPage, office);
  gtk_widget_class_bind_template_child (widget, McSignInPage, progress);
  gtk_widget_class_bind_template_child (widget, McSignInPage, people);
  gtk_widget_class_bind_template_child (widget, McSignInPage, login);
  gtk_widget_class_bind_template_child (widget, McSignInPage, secret);
  gtk_widget_class_bind_template_child (widget, McSignInPage, message);
  gtk_widget_class_bind_template_child (widget, McSignInPage, enter);
  gtk_widget_class_bind_template_child (widget, McSignInPage, spinner);
  gtk_widget_class_bind_template_callback (widget, enter_clicked);
  gtk_widget_class_bind_template_callback (widget, login_activated);
  gtk_widget_class_bind_template_callback (widget, person_activated);
  gtk_widget_class_bind_template_callback (widget, update_enter);
}

static void
mc_sign_in_page_init (McSignInPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  mc_ascii_field_make (GTK_WIDGET (page->login), FALSE);
  mc_ascii_field_make (GTK_WIDGET (page->secret), FALSE);
  update_enter (page);
}

GtkWidget *
mc_sign_in_page_new (McContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);

  McSignInPage *page = g_object_new (MC_TYPE_SIGN_IN_PAGE, NULL);
  page->context = context;
  McEnrolment *enrolment = mc_store_enrolment (context->reader);
  if (enrolment != NULL)
    gtk_label_set_text (page->office, enrolment->office_name);
  g_clear_pointer (&enrolment, mc_enrolment_free);
  mc_sign_in_page_refresh (page);
  return GTK_WIDGET (page);
}
