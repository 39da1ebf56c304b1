/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-test-reception.h"

static gpointer
work_sign_in (McDesk *desk, gpointer login, GError **error)
{
  return GINT_TO_POINTER (mc_desk_enter (desk, login, NULL, error));
}

void
mc_test_reception_enter (McTestReception *bench, const char *login)
{
  g_autoptr (GError) error = NULL;

  mc_worker_call (bench->context.worker, work_sign_in, (gpointer)login, &error);
  g_assert_no_error (error);
}

McProcedure *
mc_test_reception_procedure (McReceptionPage *page, const char *code)
{
  McProcedure *procedure = mc_catalogue_procedure (page->procedure.catalogue, code);

  g_assert_nonnull (procedure);
  return procedure;
}

static void
on_saved (McReceptionPage *page, const char *dossier, McTestReception *bench)
{
  g_free (bench->saved);
  bench->saved = g_strdup (dossier);
}

void
mc_test_reception_open (McTestReception *bench, const char *draft)
{
  bench->window = gtk_window_new ();
  bench->page = MC_RECEPTION_PAGE (mc_reception_page_new (&bench->context, draft));
  g_signal_connect (bench->page, "saved", G_CALLBACK (on_saved), bench);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1366, 768);
  gtk_window_set_child (GTK_WINDOW (bench->window), GTK_WIDGET (bench->page));
  gtk_window_present (GTK_WINDOW (bench->window));
}

void
mc_test_reception_close (McTestReception *bench)
{
  gtk_window_destroy (GTK_WINDOW (bench->window));
  bench->window = NULL;
  bench->page = NULL;
}

void
mc_test_reception_set_up (McTestReception *bench, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bench->office = mc_test_office ();
  mc_test_publish (bench->office,
                   MC_VERB_STAFF,
                   json_pack ("{s:s,s:s,s:s,s:s,s:b}",
                              "office",
                              bench->office->office,
                              "login",
                              "giup",
                              "name",
                              "Hồ Thị Giúp",
                              "role",
                              "helper",
                              "active",
                              1));
  if (data != NULL)
    mc_test_publish_linked (bench->office);
  g_clear_pointer (&bench->office->desk, mc_desk_free);
  g_clear_pointer (&bench->office->store, mc_store_close);
  bench->context.worker = mc_worker_new (bench->office->folder,
                                         &bench->office->clock->clock,
                                         bench->office->key,
                                         &error);
  g_assert_no_error (error);
  mc_test_reception_enter (bench, "an");
  bench->context.reader = mc_store_open_reader (bench->office->folder,
                                                &bench->office->clock->clock,
                                                bench->office->key,
                                                &error);
  g_assert_no_error (error);
  mc_test_reception_open (bench, NULL);
}

void
mc_test_reception_tear_down (McTestReception *bench, gconstpointer data)
{
  mc_test_reception_close (bench);
  g_clear_pointer (&bench->context.catalogue, mc_catalogue_unref);
  mc_store_close (bench->context.reader);
  mc_worker_stop (bench->context.worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (bench->context.worker);
  mc_test_office_free (bench->office);
  g_free (bench->saved);
}

void
mc_test_reception_scan (McTestReception *bench, const char *text)
{
  McCard *card = mc_card_parse (text, NULL);

  g_assert_nonnull (card);
  mc_reception_page_card (bench->page, card);
  mc_card_free (card);
}

const char *
mc_test_reception_text (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

void
mc_test_reception_type (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

void
mc_test_reception_choose (McTestReception *bench, const char *letters)
{
  mc_test_reception_type (bench->page->procedure.search, letters);
  g_signal_emit_by_name (bench->page->procedure.search, "activate");
}

McReceptionPartRow *
mc_test_reception_part (McTestReception *bench, guint i)
{
  return MC_RECEPTION_PART_ROW (bench->page->parts.rows->pdata[i]);
}

json_t *
mc_test_reception_document (McTestReception *bench, guint i)
{
  g_autoptr (json_t) value = mc_reception_part_row_get (mc_test_reception_part (bench, i));

  return json_incref (json_object_get (value, "document"));
}
