/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-activate-page.h"

#include "mc-ascii-field.h"
#include "mc-context.h"
#include "mc-error.h"
#include "mc-focus.h"
#include "mc-practice-screen.h"
#include "mc-secret-words.h"
#include "mc-signal.h"
#include <glib/gi18n.h>
#include <string.h>

struct _McActivatePage
{
  GtkWidget parent_instance;
  McDoor *door;
  McArrival *arrival; /* (nullable): whose code was good, until a secret is chosen */
  GCancellable *cancellable;
  gboolean pin_enough;
  gboolean asking;

  GtkWidget *content;
  GtkStack *stack;
  GtkLabel *office;
  GtkEntry *login;
  GtkEntry *code;
  GtkLabel *code_message;
  GtkButton *ask;
  GtkSpinner *ask_spinner;
  GtkLabel *welcome;
  GtkLabel *rule;
  GtkPasswordEntry *secret;
  GtkPasswordEntry *again;
  GtkLabel *secret_message;
  GtkButton *choose;
  GtkSpinner *choose_spinner;
};

G_DEFINE_FINAL_TYPE (McActivatePage, mc_activate_page, GTK_TYPE_WIDGET)

enum
{
  ENTERED,
  BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Asked: what another thread asks of the province, or does with the key. */
typedef struct
{
  McDoor *door;
  char *login;
  char *code;
  McArrival *arrival;
  char *secret;
  gboolean pin_enough;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  if (asked->secret != NULL)
    explicit_bzero (asked->secret, strlen (asked->secret));
  g_free (asked->secret);
  g_free (asked->login);
  g_free (asked->code);
  mc_arrival_free (asked->arrival);
  mc_door_unref (asked->door);
  g_free (asked);
}

static const char *
text_of (gpointer editable)
{
  return gtk_editable_get_text (GTK_EDITABLE (editable));
}

static void
say (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text[0] != '\0');
}

static void
update (McActivatePage *page)
{
  gtk_widget_set_sensitive (GTK_WIDGET (page->ask),
                            !page->asking && text_of (page->login)[0] != '\0' &&
                                text_of (page->code)[0] != '\0');
  gtk_widget_set_sensitive (GTK_WIDGET (page->choose),
                            !page->asking && text_of (page->secret)[0] != '\0' &&
                                text_of (page->again)[0] != '\0');
  gtk_spinner_set_spinning (page->ask_spinner, page->asking);
  gtk_widget_set_visible (GTK_WIDGET (page->ask_spinner), page->asking);
  gtk_spinner_set_spinning (page->choose_spinner, page->asking);
  gtk_widget_set_visible (GTK_WIDGET (page->choose_spinner), page->asking);
}

static void
set_asking (McActivatePage *page, gboolean asking)
{
  page->asking = asking;
  update (page);
}

static void
say_refusal (McActivatePage *page, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, MC_ERROR, MC_ERROR_SECRET))
    sentence =
        g_strdup (_ ("The province does not know this login with this code, or the code was "
                     "used or is older than seven days. Check both, or ask the administrator "
                     "for a new code."));
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_DELAYED))
    sentence = g_strdup (_ ("Too many wrong codes. Nothing is blocked for good: try again in an "
                            "hour, or ask the administrator for a new code."));
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED))
    sentence =
        g_strdup (_ ("The province has suspended this machine, so it is not opened. The work "
                     "on it is intact; tell the administrator."));
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_NETWORK))
    sentence =
        g_strdup (_ ("The province could not be reached. An activation code needs the network "
                     "once; the code stays good. Connect, then try again."));
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_NOT_FOUND))
    sentence =
        g_strdup (_ ("The province does not know this machine. The work on it is intact; tell "
                     "the administrator."));
  else
    sentence = mc_error_sentence (error);
  say (page->code_message, sentence);
}

static void
ask_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Asked *asked = data;
  g_autoptr (GError) error = NULL;
  McArrival *arrival =
      mc_door_activate (asked->door, asked->login, asked->code, cancellable, &error);

  if (arrival == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  asked->pin_enough = mc_door_pin_enough (asked->door);
  g_task_return_pointer (task, arrival, (GDestroyNotify)mc_arrival_free);
}

static void
show_choice (McActivatePage *page)
{
  const McStaff *staff = page->arrival->staff;
  g_autofree char *welcome =
      g_strdup_printf (_ ("Welcome, %s"), staff != NULL ? staff->name : page->arrival->login);

  gtk_label_set_text (page->welcome, welcome);
  gtk_label_set_text (page->rule, mc_secret_rule (page->pin_enough));
  gtk_stack_set_visible_child_name (page->stack, "choose");
  gtk_widget_grab_focus (GTK_WIDGET (page->secret));
}

void
mc_activate_page_choose (McActivatePage *page, McArrival *arrival, gboolean pin_enough)
{
  g_return_if_fail (MC_IS_ACTIVATE_PAGE (page) && arrival != NULL);

  page->pin_enough = pin_enough;
  page->arrival = arrival;
  show_choice (page);
}

static void
answered (GObject *source, GAsyncResult *result, gpointer data)
{
  McActivatePage *page = MC_ACTIVATE_PAGE (source);
  const Asked *asked = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (McArrival) arrival = g_task_propagate_pointer (G_TASK (result), &error);

  if (page->content == NULL)
    return; /* the window went away meanwhile */
  set_asking (page, FALSE);
  if (arrival == NULL)
    {
      say_refusal (page, error);
      return;
    }
  page->pin_enough = asked->pin_enough;
  page->arrival = g_steal_pointer (&arrival);
  show_choice (page);
}

static void
ask_clicked (McActivatePage *page)
{
  g_autoptr (GTask) task = NULL;
  Asked *asked;

  update (page);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (page->ask)))
    return;
  asked = g_new0 (Asked, 1);
  asked->door = mc_door_ref (page->door);
  asked->login = g_strstrip (g_strdup (text_of (page->login)));
  asked->code = g_strstrip (g_strdup (text_of (page->code)));
  say (page->code_message, "");
  set_asking (page, TRUE);
  task = g_task_new (page, page->cancellable, answered, NULL);
  g_task_set_source_tag (task, ask_clicked);
  g_task_set_task_data (task, asked, asked_free);
  g_task_run_in_thread (task, ask_in_thread);
}

static void
choose_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Asked *asked = data;
  g_autoptr (GError) error = NULL;

  if (mc_door_choose (asked->door, asked->arrival, asked->secret, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  McActivatePage *page = MC_ACTIVATE_PAGE (source);
  Asked *asked = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (page->content == NULL)
    return;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_signal_emit (page, signals[ENTERED], 0, g_steal_pointer (&asked->arrival));
      return;
    }
  page->arrival = g_steal_pointer (&asked->arrival);
  set_asking (page, FALSE);
  sentence = mc_secret_refusal (error);
  say (page->secret_message, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (page->secret));
}

static void
choose_clicked (McActivatePage *page)
{
  g_autoptr (GTask) task = NULL;
  Asked *asked;

  update (page);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (page->choose)))
    return;
  if (!g_str_equal (text_of (page->secret), text_of (page->again)))
    {
      say (page->secret_message, _ ("The two are not the same. Type the second one again."));
      gtk_editable_set_text (GTK_EDITABLE (page->again), "");
      gtk_widget_grab_focus (GTK_WIDGET (page->again));
      return;
    }
  asked = g_new0 (Asked, 1);
  asked->door = mc_door_ref (page->door);
  asked->arrival = g_steal_pointer (&page->arrival);
  asked->secret = g_strdup (text_of (page->secret));
  say (page->secret_message, "");
  set_asking (page, TRUE);
  task = g_task_new (page, NULL, chosen, NULL);
  g_task_set_source_tag (task, choose_clicked);
  g_task_set_task_data (task, asked, asked_free);
  g_task_run_in_thread (task, choose_in_thread);
}

static void
back_clicked (McActivatePage *page)
{
  g_cancellable_cancel (page->cancellable);
  g_signal_emit (page, signals[BACK], 0);
}

static void
login_activated (McActivatePage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (page->code));
}

static void
secret_activated (McActivatePage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (page->again));
}

static gboolean
mc_activate_page_grab_focus (GtkWidget *widget)
{
  McActivatePage *page = MC_ACTIVATE_PAGE (widget);

  return gtk_widget_grab_focus (text_of (page->login)[0] == '\0' ? GTK_WIDGET (page->login)
                                                                 : GTK_WIDGET (page->code));
}

static void
mc_activate_page_dispose (GObject *object)
{
  McActivatePage *page = MC_ACTIVATE_PAGE (object);

  g_cancellable_cancel (page->cancellable);
  g_clear_object (&page->cancellable);
  g_clear_pointer (&page->arrival, mc_arrival_free);
  g_clear_pointer (&page->door, mc_door_unref);
  gtk_widget_dispose_template (GTK_WIDGET (page), MC_TYPE_ACTIVATE_PAGE);
  G_OBJECT_CLASS (mc_activate_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, McActivatePage, content);
  gtk_widget_class_bind_template_child (widget, McActivatePage, stack);
  gtk_widget_class_bind_template_child (widget, McActivatePage, office);
  gtk_widget_class_bind_template_child (widget, McActivatePage, login);
  gtk_widget_class_bind_template_child (widget, McActivatePage, code);
  gtk_widget_class_bind_template_child (widget, McActivatePage, code_message);
  gtk_widget_class_bind_template_child (widget, McActivatePage, ask);
  gtk_widget_class_bind_template_child (widget, McActivatePage, ask_spinner);
  gtk_widget_class_bind_template_child (widget, McActivatePage, welcome);
  gtk_widget_class_bind_template_child (widget, McActivatePage, rule);
  gtk_widget_class_bind_template_child (widget, McActivatePage, secret);
  gtk_widget_class_bind_template_child (widget, McActivatePage, again);
  gtk_widget_class_bind_template_child (widget, McActivatePage, secret_message);
  gtk_widget_class_bind_template_child (widget, McActivatePage, choose);
  gtk_widget_class_bind_template_child (widget, McActivatePage, choose_spinner);
  gtk_widget_class_bind_template_callback (widget, ask_clicked);
  gtk_widget_class_bind_template_callback (widget, choose_clicked);
  gtk_widget_class_bind_template_callback (widget, back_clicked);
  gtk_widget_class_bind_template_callback (widget, login_activated);
  gtk_widget_class_bind_template_callback (widget, secret_activated);
  gtk_widget_class_bind_template_callback (widget, update);
}

static void
mc_activate_page_class_init (McActivatePageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_activate_page_dispose;
  mc_focus_class_start (widget, mc_activate_page_grab_focus);
  signals[ENTERED] = mc_signal_new ("entered", MC_TYPE_ACTIVATE_PAGE, G_TYPE_POINTER);
  signals[BACK] = mc_signal_new ("back", MC_TYPE_ACTIVATE_PAGE, G_TYPE_NONE);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-activate-page.ui");
  bind_children (widget);
}

static void
mc_activate_page_init (McActivatePage *page)
{
  page->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (page));
  mc_ascii_field_make (GTK_WIDGET (page->login), FALSE);
  mc_ascii_field_make (GTK_WIDGET (page->code), FALSE);
  mc_ascii_field_make (GTK_WIDGET (page->secret), FALSE);
  mc_ascii_field_make (GTK_WIDGET (page->again), FALSE);
  update (page);
}

GtkWidget *
mc_activate_page_new (McDoor *door, const char *login)
{
  g_autoptr (McEnrolment) enrolment = NULL;
  McActivatePage *page;

  g_return_val_if_fail (door != NULL, NULL);

  page = g_object_new (MC_TYPE_ACTIVATE_PAGE, NULL);
  page->door = mc_door_ref (door);
  enrolment = mc_door_enrolment (door);
  if (enrolment != NULL && enrolment->office_name != NULL)
    {
      g_autofree char *marked = mc_practice_screen_words (enrolment->office_name);

      gtk_label_set_text (page->office, enrolment->practice ? marked : enrolment->office_name);
    }
  if (login != NULL)
    gtk_editable_set_text (GTK_EDITABLE (page->login), login);
  return GTK_WIDGET (page);
}
