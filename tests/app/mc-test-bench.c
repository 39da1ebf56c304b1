/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-test-bench.h"

#include "mc-app-resources.h"
#include "mc-catalogue.h"

static gpointer
work_sign_in (McDesk *desk, gpointer login, GError **error)
{
  return GINT_TO_POINTER (mc_desk_enter (desk, login, NULL, error));
}

McTestBench *
mc_test_bench (McTestOffice *office, const char *login)
{
  McTestBench *bench = g_new0 (McTestBench, 1);
  McContext *context = &bench->context;
  g_autoptr (GError) error = NULL;

  g_resources_register (mc_ui_get_resource ());
  bench->office = office;
  g_clear_pointer (&office->desk, mc_desk_free);
  g_clear_pointer (&office->store, mc_store_close);
  context->worker = mc_worker_new (office->folder, &office->clock->clock, office->key, &error);
  g_assert_no_error (error);
  mc_worker_call (context->worker, work_sign_in, (gpointer)login, &error);
  g_assert_no_error (error);
  context->reader =
      mc_store_open_reader (office->folder, &office->clock->clock, office->key, &error);
  g_assert_no_error (error);
  context->staff = mc_store_staff_by_login (context->reader, login);
  g_assert_nonnull (context->staff);
  /* Never started: nothing of these tests goes anywhere. */
  context->syncer = mc_syncer_new (context->worker);
  return bench;
}

void
mc_test_bench_free (McTestBench *bench)
{
  if (bench->window != NULL)
    gtk_window_destroy (GTK_WINDOW (bench->window));
  mc_worker_stop (bench->context.worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (bench->context.syncer);
  g_object_unref (bench->context.worker);
  g_clear_pointer (&bench->context.catalogue, mc_catalogue_unref);
  mc_store_close (bench->context.reader);
  mc_staff_free (bench->context.staff);
  mc_test_office_free (bench->office);
  g_free (bench);
}

void
mc_test_bench_show (McTestBench *bench, GtkWidget *page)
{
  if (bench->window != NULL)
    gtk_window_destroy (GTK_WINDOW (bench->window));
  bench->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1366, 768);
  gtk_window_set_child (GTK_WINDOW (bench->window), page);
  gtk_window_present (GTK_WINDOW (bench->window));
}

static gpointer
work_nothing (McDesk *desk, gpointer data, GError **error)
{
  return GINT_TO_POINTER (TRUE);
}

static void
reached (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *)data = TRUE;
}

void
mc_test_bench_settle (McTestBench *bench)
{
  /* An answer may ask anew (a list that changed meanwhile): twice round reaches the last one. */
  for (int i = 0; i < 3; i++)
    {
      gboolean done = FALSE;

      mc_worker_run (bench->context.worker, work_nothing, NULL, NULL, NULL, NULL, reached, &done);
      while (!done)
        g_main_context_iteration (NULL, TRUE);
    }
}

GtkWidget *
mc_test_find (GtkWidget *root, GType type, const char *name)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    {
      g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (root),
                                                                   GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                                   name);
      if (other == NULL)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = mc_test_find (child, type, name);
      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
mc_test_find_button (GtkWidget *root, const char *text)
{
  GtkWidget *label = mc_test_find (root, GTK_TYPE_LABEL, text);

  return label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;
}
