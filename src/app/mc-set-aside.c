/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-set-aside.h"

#include "mc-act.h"
#include "mc-ask.h"
#include "mc-window.h"
#include <glib/gi18n.h>

/* Aside: one refused change on its way off the list. */
typedef struct
{
  GtkWidget *window; /* outlives the page it was asked from */
  McContext *context;
  char *op;
} Aside;

static void
aside_free (Aside *aside)
{
  g_object_unref (aside->window);
  g_free (aside->op);
  g_free (aside);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Aside, aside_free)

static void
done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Aside) aside = data;
  g_autoptr (GError) error = NULL;

  if (mc_act_finish (aside->context, result, &error))
    mc_window_say (aside->window, _ ("Set aside. It stays in the history of the dossier."));
  else
    mc_window_say_error (aside->window, error);
}

static void
answered (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Aside *aside = data;

  if (g_str_equal (response, "do"))
    mc_act_set_aside (aside->context, aside->op, done, aside);
  else
    aside_free (aside);
}

void
mc_set_aside (GtkWidget *from, McContext *context, const char *op)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && op != NULL);

  Aside *aside = g_new0 (Aside, 1);
  AdwMessageDialog *dialog =
      mc_ask_new (GTK_WINDOW (gtk_widget_get_root (from)),
                  _ ("Set this aside?"),
                  _ ("It is not sent again and leaves this list. It stays in the history of the "
                     "dossier."),
                  _ ("Set it aside"),
                  TRUE);

  aside->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (from)));
  aside->context = context;
  aside->op = g_strdup (op);
  g_signal_connect (dialog, "response", G_CALLBACK (answered), aside);
  gtk_window_present (GTK_WINDOW (dialog));
}
