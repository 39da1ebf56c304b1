/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-enrol-page.h"

#include "mc-ascii-field.h"
#include "mc-context.h"
#include "mc-error.h"
#include "mc-signal.h"
#include <glib/gi18n.h>
#include <string.h>

struct _McEnrolPage
{
  GtkWidget parent_instance;
  McDoor *door;
  GCancellable *cancellable;
  gboolean asking;

  GtkWidget *content;
  GtkEntry *server;
  GtkEntry *code;
  GtkLabel *message;
  GtkButton *connect;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (McEnrolPage, mc_enrol_page, GTK_TYPE_WIDGET)

static guint enrolled_signal;
static guint restore_signal;

/* Asked: on its way from the clerk to the province and from there to the disk. */
typedef struct
{
  McDoor *door;
  char *server;
  char *code;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  mc_door_unref (asked->door);
  g_free (asked->server);
  g_free (asked->code);
  g_free (asked);
}

static void
ask_province (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Asked *asked = data;
  g_autoptr (GError) error = NULL;

  if (mc_door_enrol (asked->door, asked->server, asked->code, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
update_connect (McEnrolPage *page)
{
  gboolean ready = gtk_editable_get_text (GTK_EDITABLE (page->server))[0] != '\0' &&
                   gtk_editable_get_text (GTK_EDITABLE (page->code))[0] != '\0';

  gtk_widget_set_sensitive (GTK_WIDGET (page->connect), ready && !page->asking);
  gtk_spinner_set_spinning (page->spinner, page->asking);
  gtk_widget_set_visible (GTK_WIDGET (page->spinner), page->asking);
}

static void
say (McEnrolPage *page, const char *text)
{
  gtk_label_set_text (page->message, text);
  gtk_widget_set_visible (GTK_WIDGET (page->message), text[0] != '\0');
}

static void
stop_asking (McEnrolPage *page, const GError *error)
{
  page->asking = FALSE;
  if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED))
    say (page,
         _ ("The province does not know this code, or it was used already. Nothing was changed; "
            "ask the administrator for a new one."));
  else if (g_error_matches (error, MC_ERROR, MC_ERROR_NETWORK))
    say (page,
         _ ("No answer from this address. Nothing was changed; check the address and the network, "
            "then try again."));
  else
    {
      g_autofree char *sentence = mc_error_sentence (error);
      say (page, sentence);
    }
  update_connect (page);
}

static void
answered (GObject *source, GAsyncResult *result, gpointer data)
{
  McEnrolPage *page = MC_ENROL_PAGE (source);
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (page->content == NULL)
    return; /* the window went away meanwhile */
  if (done)
    g_signal_emit (page, enrolled_signal, 0);
  else
    stop_asking (page, error);
}

static void
connect_clicked (McEnrolPage *page)
{
  update_connect (page);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (page->connect)))
    return;

  g_autofree char *typed =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (page->server))));
  Asked *asked = g_new0 (Asked, 1);
  asked->door = mc_door_ref (page->door);
  asked->server =
      strstr (typed, "://") != NULL ? g_strdup (typed) : g_strconcat ("https://", typed, NULL);
  asked->code = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (page->code))));
  page->asking = TRUE;
  say (page, "");
  update_connect (page);

  g_autoptr (GTask) task = g_task_new (page, page->cancellable, answered, NULL);
  g_task_set_source_tag (task, connect_clicked);
  g_task_set_task_data (task, asked, asked_free);
  g_task_run_in_thread (task, ask_province);
}

static void
restore_clicked (McEnrolPage *page)
{
  g_signal_emit (page, restore_signal, 0);
}

static void
server_activated (McEnrolPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (page->code));
}

static void
mc_enrol_page_dispose (GObject *object)
{
  McEnrolPage *page = MC_ENROL_PAGE (object);

  g_cancellable_cancel (page->cancellable);
  g_clear_object (&page->cancellable);
  g_clear_pointer (&page->door, mc_door_unref);
  gtk_widget_dispose_template (GTK_WIDGET (page), MC_TYPE_ENROL_PAGE);
  G_OBJECT_CLASS (mc_enrol_page_parent_class)->dispose (object);
}

static void
mc_enrol_page_class_init (McEnrolPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_enrol_page_dispose;
  enrolled_signal = mc_signal_new ("enrolled", G_TYPE_FROM_CLASS (klass), G_TYPE_NONE);
  restore_signal = mc_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_TYPE_NONE);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-enrol-page.ui");
  gtk_widget_class_bind_template_child (widget, McEnrolPage, content);
  gtk_widget_class_bind_template_child (widget, McEnrolPage, server);
  gtk_widget_class_bind_template_child (widget, McEnrolPage, code);
  gtk_widget_class_bind_template_child (widget, McEnrolPage, message);
  gtk_widget_class_bind_template_child (widget, McEnrolPage, connect);
  gtk_widget_class_bind_template_child (widget, McEnrolPage, spinner);
  gtk_widget_class_bind_template_callback (widget, connect_clicked);
  gtk_widget_class_bind_template_callback (widget, restore_clicked);
  gtk_widget_class_bind_template_callback (widget, server_activated);
  gtk_widget_class_bind_template_callback (widget, update_connect);
}

static void
mc_enrol_page_init (McEnrolPage *page)
{
  page->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (page));
  mc_ascii_field_make (GTK_WIDGET (page->server), FALSE);
  mc_ascii_field_make (GTK_WIDGET (page->code), FALSE);
  update_connect (page);
}

GtkWidget *
mc_enrol_page_new (McDoor *door)
{
  g_return_val_if_fail (door != NULL, NULL);

  McEnrolPage *page = g_object_new (MC_TYPE_ENROL_PAGE, NULL);
  page->door = mc_door_ref (door);
  return GTK_WIDGET (page);
}
