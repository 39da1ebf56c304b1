/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-test-hall.h"

#include "mc-test-bench.h"

/* One for all tests of a process: it is on the bus once. */
static GtkApplication *
application (void)
{
  static GtkApplication *made;
  g_autoptr (GError) error = NULL;

  if (made != NULL)
    return made;
  made = g_object_new (ADW_TYPE_APPLICATION,
                       "application-id",
                       MC_APP_ID,
                       "flags",
                       G_APPLICATION_NON_UNIQUE,
                       NULL);
  g_application_register (G_APPLICATION (made), NULL, &error);
  g_assert_no_error (error);
  return made;
}

static const char *
name_of (const char *login)
{
  if (g_str_equal (login, "an"))
    return "Trần Văn An";
  return g_str_equal (login, "binh") ? "Nguyễn Thị Bình" : "Lê Thị Chi";
}

static void
give_people (McTestOffice *office)
{
  static const char *const logins[] = { "an", "binh", "chi" };
  g_autoptr (McVault) vault = mc_vault_make (office->folder, office->key, MC_VAULT_WORK_NONE);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      mc_vault_set_person (vault,
                           office->key,
                           logins[i],
                           name_of (logins[i]),
                           MC_TEST_PIN,
                           mc_machine_secret_memory (),
                           &error);
      g_assert_no_error (error);
    }
}

McTestHall *
mc_test_hall (McTestOffice *office)
{
  McTestHall *hall = g_new0 (McTestHall, 1);
  g_autoptr (McDoor) door = NULL;

  hall->office = office;
  give_people (office);
  g_clear_pointer (&office->desk, mc_desk_free);
  g_clear_pointer (&office->store, mc_store_close);
  door = mc_door_new (office->folder, &office->clock->clock, mc_machine_secret_memory ());
  hall->window = MC_WINDOW (mc_window_new (application (), door));
  gtk_window_set_default_size (GTK_WINDOW (hall->window), 1366, 768);
  gtk_window_present (GTK_WINDOW (hall->window));
  while (hall->window->sign_in == NULL)
    g_main_context_iteration (NULL, TRUE);
  return hall;
}

void
mc_test_hall_free (McTestHall *hall)
{
  gtk_window_close (GTK_WINDOW (hall->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  mc_test_office_free (hall->office);
  g_free (hall);
}

void
mc_test_hall_sign_in (McTestHall *hall, const char *login)
{
  GtkWidget *row, *secret;

  if (mc_window_working (hall->window))
    mc_test_hall_act (hall, "win.change-person");
  row = mc_test_find (hall->window->sign_in, ADW_TYPE_ACTION_ROW, name_of (login));
  secret = mc_test_find (hall->window->sign_in, GTK_TYPE_PASSWORD_ENTRY, "Mã PIN hoặc mật khẩu");
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  gtk_editable_set_text (GTK_EDITABLE (secret), MC_TEST_PIN);
  g_signal_emit_by_name (secret, "activate");
  while (!mc_window_working (hall->window))
    g_main_context_iteration (NULL, TRUE);
  mc_test_hall_settle (hall);
}

void
mc_test_hall_act (McTestHall *hall, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (hall->window), action, NULL);
}

void
mc_test_hall_queue (McTestHall *hall, McQueue queue)
{
  gtk_widget_activate_action (GTK_WIDGET (hall->window), "win.queue", "i", queue);
  mc_test_hall_settle (hall);
}

void
mc_test_hall_open (McTestHall *hall, const char *dossier)
{
  gtk_widget_activate_action (GTK_WIDGET (hall->window), "win.open-dossier", "s", dossier);
  mc_test_hall_settle (hall);
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

GtkWidget *
mc_test_hall_front (McTestHall *hall)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != hall->window && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

AdwMessageDialog *
mc_test_hall_dialog (McTestHall *hall)
{
  AdwMessageDialog *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  return dialog;
}

void
mc_test_hall_answer (McTestHall *hall)
{
  AdwMessageDialog *dialog = mc_test_hall_dialog (hall);

  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "do"));
  adw_message_dialog_response (dialog, "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  mc_test_hall_settle (hall);
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

static gboolean
pass (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

void
mc_test_hall_settle (McTestHall *hall)
{
  /* An act, then what the list and the counts ask for because of it. */
  for (int i = 0; i < 4; i++)
    {
      gboolean done = FALSE;
      gboolean idle = FALSE;

      mc_worker_run (hall->window->room->context.worker,
                     work_nothing,
                     NULL,
                     NULL,
                     NULL,
                     NULL,
                     reached,
                     &done);
      while (!done)
        g_main_context_iteration (NULL, TRUE);
      g_idle_add_full (G_PRIORITY_LOW, pass, &idle, NULL);
      while (!idle)
        g_main_context_iteration (NULL, TRUE);
    }
}

static void
paint (GtkWidget *widget, cairo_t *cr)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable,
                          snapshot,
                          gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return;
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
}

void
mc_test_hall_shot (McTestHall *hall, const char *name)
{
  const char *folder = g_getenv ("MC_SHOTS");
  GtkWidget *dialog;
  GtkWidget *window = GTK_WIDGET (hall->window);
  g_autofree char *path = NULL;
  cairo_surface_t *surface;
  gboolean painted = FALSE;
  cairo_t *cr;

  if (folder == NULL)
    return;
  /* Animations end, a viewer draws. */
  g_timeout_add (700, pass, &painted);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  dialog = mc_test_hall_front (hall);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                        gtk_widget_get_width (window),
                                        gtk_widget_get_height (window));
  cr = cairo_create (surface);
  paint (window, cr);
  if (dialog != NULL)
    {
      cairo_translate (cr,
                       (gtk_widget_get_width (window) - gtk_widget_get_width (dialog)) / 2,
                       (gtk_widget_get_height (window) - gtk_widget_get_height (dialog)) / 2);
      paint (dialog, cr);
    }
  cairo_destroy (cr);
  path = g_strdup_printf ("%s/%02u-%s.png", folder, ++hall->shots, name);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}
