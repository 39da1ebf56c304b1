/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-unsure-flow.h"

#include "mc-ask.h"
#include "mc-moment.h"
#include "mc-print-out.h"
#include "mc-printed.h"
#include "mc-window.h"
#include <glib/gi18n.h>

#define HERE "here"

typedef struct
{
  GtkWidget *window; /* referenced */
  McContext *context;
  McWorker *worker; /* referenced: the room may close meanwhile */
  GPtrArray *all;   /* McUnsure */
  guint place;
} Flow;

static void ask (Flow *flow);

static void
flow_free (Flow *flow)
{
  g_ptr_array_unref (flow->all);
  g_object_unref (flow->worker);
  g_object_unref (flow->window);
  g_free (flow);
}

static gpointer
work_sure (McDesk *desk, gpointer data, GError **error)
{
  return GINT_TO_POINTER (mc_desk_printed (desk, data, error));
}

static void
make_sure (Flow *flow, const McUnsure *one)
{
  mc_worker_run (flow->worker, work_sure, g_strdup (one->mark), g_free, NULL, NULL, NULL, NULL);
}

static void
say (GtkWidget *window, const char *sentence)
{
  mc_window_say (window, sentence);
}

/* Printed again it has its number, and says that it is a copy. */
static void
answered (AdwMessageDialog *dialog, const char *response, Flow *flow)
{
  const McUnsure *one = flow->all->pdata[flow->place++];

  if (g_str_equal (response, "do") || g_str_equal (response, HERE))
    make_sure (flow, one);
  if (g_str_equal (response, "do"))
    {
      g_autofree char *dossiers = g_strjoinv (" ", one->dossiers);

      mc_print_out (flow->window, flow->context, dossiers, one->name, NULL, MC_JOB_ON_PAPER, say);
      flow_free (flow);
      return;
    }
  ask (flow);
}

static char *
heading_of (const McUnsure *one)
{
  g_autofree char *numbers = g_strjoinv (", ", one->numbers);

  /* TRANSLATORS: the number of a printed paper */
  return *numbers != '\0'
             ? g_strdup_printf (_ ("Number %s is taken, but perhaps not printed"), numbers)
             : g_strdup (_ ("A paper was perhaps not printed"));
}

static void
ask (Flow *flow)
{
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  g_autofree char *when = NULL;
  AdwMessageDialog *dialog;
  const McUnsure *one;

  if (flow->place >= flow->all->len)
    {
      flow_free (flow);
      return;
    }
  one = flow->all->pdata[flow->place];
  heading = heading_of (one);
  when = mc_moment_words (one->at_ms, mc_store_now (flow->context->reader));
  body = g_strdup_printf (_ ("%s, %s: the program ended while this was being printed. If no paper "
                             "came out, print it again: it keeps its number."),
                          one->title,
                          when);
  dialog =
      mc_ask_new (GTK_WINDOW (flow->window), heading, body, _ ("Print again (Ctrl+Enter)"), FALSE);
  adw_message_dialog_add_response (dialog, HERE, _ ("The paper is here"));
  g_signal_connect (dialog, "response", G_CALLBACK (answered), flow);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
mc_unsure_flow (GtkWidget *window, McContext *context)
{
  g_autoptr (GPtrArray) all = NULL;
  Flow *flow;

  g_return_if_fail (GTK_IS_WINDOW (window) && context != NULL);

  all = mc_store_unsure (context->reader);
  if (all->len == 0)
    return;
  flow = g_new0 (Flow, 1);
  flow->window = g_object_ref (window);
  flow->context = context;
  flow->worker = g_object_ref (context->worker);
  flow->all = g_steal_pointer (&all);
  ask (flow);
}
