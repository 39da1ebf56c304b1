/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sign-in-page.h"

#include "mc-ascii-field.h"
#include "mc-context.h"
#include "mc-error.h"
#include "mc-focus.h"
#include "mc-practice-screen.h"
#include "mc-secret-words.h"
#include "mc-signal.h"
#include <glib/gi18n.h>
#include <string.h>

/* A spinner sooner would only flicker. */
#define SPINNER_AFTER_MS 300

struct _McSignInPage
{
  GtkWidget parent_instance;
  McDoor *door;
  GPtrArray *known;  /* McVaultPerson, as in the list */
  char *chosen;      /* (nullable): login of who was picked in the list; NULL: it is typed */
  gint64 wait_until; /* monotonic µs; 0: no wait */
  guint tick;
  guint spin_wait;
  guint asked; /* which try is the last one: an answer to an earlier one is dropped */
  gboolean asking;

  GtkWidget *content;
  GtkLabel *office;
  GtkListBox *people;
  GtkWidget *other;
  GtkEntry *login;
  GtkPasswordEntry *secret;
  GtkLabel *message;
  GtkButton *enter;
  GtkButton *cancel;
  GtkButton *older;
  GtkButton *back;
  GtkSpinner *spinner;
  GtkLabel *locked;
};

G_DEFINE_FINAL_TYPE (McSignInPage, mc_sign_in_page, GTK_TYPE_WIDGET)

enum
{
  ENTERED,
  ACTIVATE,
  BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Attempt: what is tried on another thread. */
typedef struct
{
  McDoor *door;
  char *login;
  char *secret;
  guint number;
  gboolean older; /* with a copy of before */
  gint64 wait_ms; /* afterwards: until the next try */
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  explicit_bzero (attempt->secret, strlen (attempt->secret));
  g_free (attempt->secret);
  g_free (attempt->login);
  mc_door_unref (attempt->door);
  g_free (attempt);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Attempt *attempt = data;
  g_autoptr (GError) error = NULL;
  McArrival *arrival =
      attempt->older ? mc_door_take_older (attempt->door, attempt->login, attempt->secret, &error)
                     : mc_door_open (attempt->door, attempt->login, attempt->secret, &error);

  attempt->wait_ms = mc_door_wait_ms (attempt->door, attempt->login);
  if (arrival != NULL)
    g_task_return_pointer (task, arrival, (GDestroyNotify)mc_arrival_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
say (McSignInPage *page, const char *text)
{
  gtk_label_set_text (page->message, text);
  gtk_widget_set_visible (GTK_WIDGET (page->message), text[0] != '\0');
}

static const char *
login_of (McSignInPage *page)
{
  return page->chosen != NULL ? page->chosen : gtk_editable_get_text (GTK_EDITABLE (page->login));
}

static void
update_enter (McSignInPage *page)
{
  gboolean ready =
      login_of (page)[0] != '\0' && gtk_editable_get_text (GTK_EDITABLE (page->secret))[0] != '\0';

  gtk_widget_set_sensitive (GTK_WIDGET (page->enter),
                            ready && page->wait_until == 0 && !page->asking);
  gtk_widget_set_sensitive (GTK_WIDGET (page->older),
                            gtk_widget_get_sensitive (GTK_WIDGET (page->enter)));
}

static gboolean
spin (gpointer data)
{
  McSignInPage *page = data;

  page->spin_wait = 0;
  gtk_spinner_set_spinning (page->spinner, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (page->spinner), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (page->cancel), TRUE);
  return G_SOURCE_REMOVE;
}

static void
set_asking (McSignInPage *page, gboolean asking)
{
  page->asking = asking;
  if (asking && page->spin_wait == 0)
    page->spin_wait = g_timeout_add (SPINNER_AFTER_MS, spin, page);
  if (!asking)
    {
      g_clear_handle_id (&page->spin_wait, g_source_remove);
      gtk_spinner_set_spinning (page->spinner, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (page->spinner), FALSE);
      gtk_widget_set_visible (GTK_WIDGET (page->cancel), FALSE);
    }
  update_enter (page);
}

static gboolean
count_down (gpointer data)
{
  McSignInPage *page = data;
  gint64 left_ms = (page->wait_until - g_get_monotonic_time ()) / 1000;
  guint seconds = left_ms > 0 ? (guint)((left_ms + 999) / 1000) : 0;
  g_autofree char *text = NULL;

  if (seconds == 0)
    {
      page->wait_until = 0;
      page->tick = 0;
      say (page, "");
      update_enter (page);
      return G_SOURCE_REMOVE;
    }
  text = g_strdup_printf (ngettext ("That did not match. The next try is possible in %u second.",
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

/* Somebody who knows why it is so goes on with it; nobody else can tell. */
static void
say_older (McSignInPage *page)
{
  say (page,
       _ ("The data on this machine is an earlier copy: somebody put it in place of the last one. "
          "Nothing was changed. If the disk or the folder was put back on purpose, type the secret "
          "again and go on with it: the machine joins the office as a new one, and what is newer "
          "comes from the province. Otherwise call the administrator."));
  gtk_widget_set_visible (GTK_WIDGET (page->older), TRUE);
}

static void
say_failure (McSignInPage *page, const GError *error, gint64 wait_ms)
{
  if (g_error_matches (error, MC_ERROR, MC_ERROR_SECRET) ||
      g_error_matches (error, MC_ERROR, MC_ERROR_DELAYED))
    wait_for (page, wait_ms);
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_NOT_FOUND))
    say (page,
         _ ("This login has not opened this machine yet. The first time needs an activation code: "
            "use the line below."));
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED) &&
           g_str_equal (error->message, "machine"))
    say (page,
         _ ("This machine no longer has its own key, so a PIN is not enough to open it. Nothing is "
            "lost: an activation code opens it; use the line below."));
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED) &&
           g_str_equal (error->message, "chip"))
    say (page, mc_secret_chip_waits ());
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED) &&
           g_str_equal (error->message, "left"))
    say (page,
         _ ("This person no longer works at this office. What was done stays under their name; ask "
            "the administrator."));
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_OLDER))
    say_older (page);
  else
    {
      g_autofree char *sentence = mc_error_sentence (error);
      say (page, sentence);
    }
}

void
mc_sign_in_page_restoring (McSignInPage *page)
{
  g_return_if_fail (MC_IS_SIGN_IN_PAGE (page));

  gtk_button_set_label (page->enter, _ ("Restore"));
  gtk_widget_set_visible (GTK_WIDGET (page->back), TRUE);
  say (page, _ ("The PIN or passphrase of before, of the machine that the backup was made on."));
}

void
mc_sign_in_page_fail (McSignInPage *page, const GError *error)
{
  g_return_if_fail (MC_IS_SIGN_IN_PAGE (page) && error != NULL);

  set_asking (page, FALSE);
  say_failure (page, error, 0);
}

static void
tried (GObject *source, GAsyncResult *result, gpointer data)
{
  McSignInPage *page = MC_SIGN_IN_PAGE (source);
  const Attempt *attempt = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (McArrival) arrival = g_task_propagate_pointer (G_TASK (result), &error);

  /* The window went away, or it was cancelled. */
  if (page->content == NULL || !page->asking || attempt->number != page->asked)
    return;
  gtk_editable_set_text (GTK_EDITABLE (page->secret), "");
  if (arrival != NULL)
    {
      /* It goes on turning until the work is open. */
      g_signal_emit (page, signals[ENTERED], 0, g_steal_pointer (&arrival));
      return;
    }
  set_asking (page, FALSE);
  say_failure (page, error, attempt->wait_ms);
  gtk_widget_grab_focus (GTK_WIDGET (page->secret));
}

static void
try_now (McSignInPage *page, gboolean older)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  g_autoptr (GTask) task = NULL;
  Attempt *attempt;

  if (root != NULL)
    mc_window_commit_input (GTK_WINDOW (root));
  update_enter (page);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (page->enter)))
    return;
  attempt = g_new0 (Attempt, 1);
  attempt->door = mc_door_ref (page->door);
  attempt->login = g_strstrip (g_strdup (login_of (page)));
  attempt->secret = g_strdup (gtk_editable_get_text (GTK_EDITABLE (page->secret)));
  attempt->number = ++page->asked;
  attempt->older = older;
  say (page, "");
  set_asking (page, TRUE);
  task = g_task_new (page, NULL, tried, NULL);
  g_task_set_source_tag (task, try_now);
  g_task_set_task_data (task, attempt, attempt_free);
  g_task_run_in_thread (task, open_in_thread);
}

static void
enter_clicked (McSignInPage *page)
{
  try_now (page, FALSE);
}

static void
older_clicked (McSignInPage *page)
{
  try_now (page, TRUE);
}

static void
back_clicked (McSignInPage *page)
{
  g_signal_emit (page, signals[BACK], 0);
}

static void
cancel_clicked (McSignInPage *page)
{
  set_asking (page, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (page->secret));
}

static void
login_activated (McSignInPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (page->secret));
}

static void
activate_clicked (McSignInPage *page)
{
  g_signal_emit (page, signals[ACTIVATE], 0, login_of (page));
}

/* The tick beside who is chosen; @index past the known ones is "Other person". */
static void
mark (McSignInPage *page, guint index)
{
  for (guint i = 0; i <= page->known->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (page->people, (int)i);

      gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "tick"), i == index);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row),
                                   GTK_ACCESSIBLE_STATE_SELECTED,
                                   i == index,
                                   -1);
    }
}

static void
choose (McSignInPage *page, guint index)
{
  gboolean other = index >= page->known->len;

  g_clear_pointer (&page->chosen, g_free);
  if (!other)
    page->chosen = g_strdup (((McVaultPerson *)page->known->pdata[index])->login);
  gtk_widget_set_visible (page->other, other);
  mark (page, index);
  gtk_widget_grab_focus (other ? GTK_WIDGET (page->login) : GTK_WIDGET (page->secret));
  update_enter (page);
}

static void
person_activated (McSignInPage *page, GtkListBoxRow *row)
{
  if (!page->asking)
    choose (page, (guint)gtk_list_box_row_get_index (row));
}

static GtkWidget *
person_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *name = g_markup_escape_text (title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_visible (tick, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), tick);
  g_object_set_data (G_OBJECT (row), "tick", tick);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

static void
show_people (McSignInPage *page)
{
  for (guint i = 0; i < page->known->len; i++)
    {
      const McVaultPerson *person = page->known->pdata[i];

      gtk_list_box_append (page->people, person_row (person->name, person->login));
    }
  gtk_list_box_append (page->people, person_row (_ ("Other person…"), NULL));
}

static void
choose_first (McSignInPage *page, const char *login)
{
  guint index = 0;

  for (guint i = 0; login != NULL && i < page->known->len; i++)
    if (g_str_equal (((McVaultPerson *)page->known->pdata[i])->login, login))
      index = i;
  choose (page, index);
}

void
mc_sign_in_page_choose_other (McSignInPage *page)
{
  g_return_if_fail (MC_IS_SIGN_IN_PAGE (page));

  /* Who locked it came last, and stands first. */
  choose (page, page->known->len > 1 ? 1 : page->known->len);
}

static gboolean
mc_sign_in_page_grab_focus (GtkWidget *widget)
{
  McSignInPage *page = MC_SIGN_IN_PAGE (widget);

  return gtk_widget_grab_focus (page->chosen != NULL ? GTK_WIDGET (page->secret)
                                                     : GTK_WIDGET (page->login));
}

static void
mc_sign_in_page_dispose (GObject *object)
{
  McSignInPage *page = MC_SIGN_IN_PAGE (object);

  g_clear_handle_id (&page->tick, g_source_remove);
  g_clear_handle_id (&page->spin_wait, g_source_remove);
  g_clear_pointer (&page->known, g_ptr_array_unref);
  g_clear_pointer (&page->chosen, g_free);
  g_clear_pointer (&page->door, mc_door_unref);
  gtk_widget_dispose_template (GTK_WIDGET (page), MC_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (mc_sign_in_page_parent_class)->dispose (object);
}

static void
mc_sign_in_page_class_init (McSignInPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_sign_in_page_dispose;
  mc_focus_class_start (widget, mc_sign_in_page_grab_focus);
  signals[ENTERED] = mc_signal_new ("entered", MC_TYPE_SIGN_IN_PAGE, G_TYPE_POINTER);
  signals[ACTIVATE] = mc_signal_new ("activate", MC_TYPE_SIGN_IN_PAGE, G_TYPE_STRING);
  signals[BACK] = mc_signal_new ("back", MC_TYPE_SIGN_IN_PAGE, G_TYPE_NONE);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget, McSignInPage, content);
  gtk_widget_class_bind_template_child (widget, McSignInPage, office);
  gtk_widget_class_bind_template_child (widget, McSignInPage, people);
  gtk_widget_class_bind_template_child (widget, McSignInPage, other);
  gtk_widget_class_bind_template_child (widget, McSignInPage, login);
  gtk_widget_class_bind_template_child (widget, McSignInPage, secret);
  gtk_widget_class_bind_template_child (widget, McSignInPage, message);
  gtk_widget_class_bind_template_child (widget, McSignInPage, enter);
  gtk_widget_class_bind_template_child (widget, McSignInPage, cancel);
  gtk_widget_class_bind_template_child (widget, McSignInPage, older);
  gtk_widget_class_bind_template_child (widget, McSignInPage, back);
  gtk_widget_class_bind_template_child (widget, McSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget, McSignInPage, locked);
  gtk_widget_class_bind_template_callback (widget, enter_clicked);
  gtk_widget_class_bind_template_callback (widget, cancel_clicked);
  gtk_widget_class_bind_template_callback (widget, older_clicked);
  gtk_widget_class_bind_template_callback (widget, back_clicked);
  gtk_widget_class_bind_template_callback (widget, activate_clicked);
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
}

GtkWidget *
mc_sign_in_page_new (McDoor *door, const char *login)
{
  g_autoptr (McEnrolment) enrolment = NULL;
  McSignInPage *page;

  g_return_val_if_fail (door != NULL, NULL);

  page = g_object_new (MC_TYPE_SIGN_IN_PAGE, NULL);
  page->door = mc_door_ref (door);
  page->known = mc_door_people (door);
  enrolment = mc_door_enrolment (door);
  if (enrolment != NULL && enrolment->office_name != NULL)
    {
      g_autofree char *marked = mc_practice_screen_words (enrolment->office_name);

      gtk_label_set_text (page->office, enrolment->practice ? marked : enrolment->office_name);
    }
  gtk_widget_set_visible (GTK_WIDGET (page->locked), login != NULL);
  show_people (page);
  choose_first (page, login);
  return GTK_WIDGET (page);
}
