/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is received: known, suspected twice, odd, for somebody else. Needs a display. */
#include "mc-page.h"
#include "mc-reception-choice.h"
#include "mc-test-papers.h"
#include "mc-test-reception.h"
#include "mc-viewer-render.h"
#include <string.h>

static gpointer
work_receive (McDesk *desk, gpointer reception, GError **error)
{
  return mc_desk_receive (desk, reception, error);
}

static gpointer
work_import (McDesk *desk, gpointer path, GError **error)
{
  return mc_desk_import (desk, path, error);
}

static json_t *
birth_of (const char *number, const char *phone)
{
  return json_pack ("{s:s,s:{s:s,s:s},s:{s:s}}",
                    "procedure",
                    "1.001193",
                    "applicant",
                    "name",
                    "Nguyễn Văn Mẫu",
                    "id",
                    number,
                    "contact",
                    "phone",
                    phone);
}

/* Somebody who was here before: one key, and nothing that was typed is replaced. */
static void
test_known (McTestReception *bench, gconstpointer data)
{
  McReceptionPage *page = bench->page;
  g_autoptr (json_t) reception = birth_of ("001205123456", "0912345678");
  g_autofree char *folder = mc_test_folder ();
  g_autofree char *paper = mc_test_paper (folder, "to khai.pdf", 2, 595, 842);
  g_autoptr (json_t) document = NULL;
  g_autoptr (json_t) again = NULL;
  g_autoptr (McReceived) received = NULL;

  document = mc_worker_call (bench->context.worker, work_import, paper, NULL);
  json_object_set_new (reception,
                       "parts",
                       json_pack ("{s:{s:b,s:O}}", "to-khai", "ticked", 1, "document", document));
  received = mc_worker_call (bench->context.worker, work_receive, reception, NULL);
  g_assert_nonnull (received);

  mc_test_reception_scan (bench, OTHER_CARD);
  g_assert_false (gtk_widget_get_visible (page->known.bar));
  mc_reception_page_next (page);
  mc_test_reception_type (page->applicant.email, "mau@example.com");
  mc_test_reception_scan (bench, CARD);
  g_assert_true (gtk_widget_get_visible (page->known.bar));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (page->known.words)), "0912345678"));
  g_assert_true (mc_page_act (MC_PAGE (page), MC_PAGE_KNOWN));
  g_assert_cmpstr (mc_test_reception_text (page->applicant.phone), ==, "0912345678");
  g_assert_cmpstr (mc_test_reception_text (page->applicant.email), ==, "mau@example.com");
  g_assert_false (gtk_widget_get_visible (page->known.fill));
  /* The declaration is here already. */
  mc_reception_procedure_choose (page, mc_test_reception_procedure (page, "1.001193"));
  mc_page_act (MC_PAGE (page), MC_PAGE_KNOWN);
  again = mc_test_reception_document (bench, 0);
  g_assert_true (json_equal (again, document));
  g_autoptr (json_t) value = mc_reception_part_row_get (mc_test_reception_part (bench, 0));
  g_assert_cmpint (mc_json_int (value, "originals", -1), ==, 0);
  mc_test_remove (g_steal_pointer (&folder));
}

/* Said while it is typed, and in nobody's way. */
static void
test_checks (McTestReception *bench, gconstpointer data)
{
  McReceptionPage *page = bench->page;
  McReceptionApplicant *applicant = &page->applicant;
  const struct
  {
    GtkWidget *entry;
    const char *text;
    const char *hint; /* a word of it; NULL: none */
  } steps[] = {
    { applicant->name, "Nguyễn", "family" },
    { applicant->name, "Nguyễn Văn 1", "digits" },
    { applicant->name, "Nguyễn Văn Đình", NULL },
    { applicant->dob, "1/1/2030", "to come" },
    { applicant->dob, "1/1/1890", "110" },
    { applicant->dob, "5/3/2005", NULL },
    { applicant->id, "012345678", "9 digits" },
    { applicant->id, "001206123456", "date of birth" },
    { applicant->id, "001205123456", NULL },
    { applicant->phone, "01631234567", "2018" },
    { applicant->phone, "091234", "10 digits" },
    { applicant->phone, "0912345678", NULL },
    { applicant->email, "dinh", "@" },
    { applicant->email, "dinh@example.com", NULL },
  };

  gtk_widget_grab_focus (page->save);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const char *hint;

      mc_test_reception_type (steps[i].entry, steps[i].text);
      hint = gtk_label_get_label (GTK_LABEL (gtk_widget_get_next_sibling (steps[i].entry)));
      if (steps[i].hint == NULL)
        g_assert_cmpstr (hint, ==, "");
      else
        g_assert_nonnull (strstr (hint, steps[i].hint));
    }
  mc_test_reception_type (applicant->phone, "091234");
  mc_reception_procedure_choose (page, mc_test_reception_procedure (page, "1.001193"));
  mc_reception_page_save (page);
  WAIT_FOR (bench->saved != NULL);
}

/* Who hands in for somebody else: the second card is that of who gave the mandate. */
static void
test_proxy (McTestReception *bench, gconstpointer data)
{
  McReceptionPage *page = bench->page;
  GtkWidget **fields = page->proxy.fields;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) applicant = NULL;
  g_autoptr (json_t) form = NULL;

  g_assert_false (gtk_widget_get_visible (page->proxy.box));
  mc_reception_choice_set (page->proxy.kind, "person");
  g_assert_true (gtk_widget_get_visible (page->proxy.box));
  mc_test_reception_scan (bench, CARD);
  g_assert_cmpstr (mc_reception_choice_get (page->proxy.kind), ==, "person");
  mc_reception_procedure_choose (page, mc_test_reception_procedure (page, "1.001193"));
  mc_reception_page_save (page);
  g_assert_false (mc_reception_page_busy (page));
  mc_test_reception_scan (bench, OTHER_CARD);
  g_assert_cmpstr (mc_test_reception_text (page->applicant.name), ==, "Nguyễn Văn Mẫu");
  g_assert_cmpstr (mc_test_reception_text (fields[MC_PROXY_NAME]), ==, "Trần Thị Số");
  g_assert_cmpstr (mc_test_reception_text (fields[MC_PROXY_ID]), ==, "001305123457");
  mc_test_reception_type (fields[MC_PROXY_RELATION], "con");
  mc_test_reception_type (fields[MC_PROXY_MANDATE], "Giấy ủy quyền ngày 20/11/2026");
  /* A draft keeps it. */
  form = mc_reception_get (page);
  mc_reception_reset (page);
  g_assert_cmpstr (mc_reception_choice_get (page->proxy.kind), ==, "own");
  g_assert_cmpstr (mc_test_reception_text (fields[MC_PROXY_NAME]), ==, "");
  mc_reception_put (page, form);
  mc_reception_page_save (page);
  WAIT_FOR (bench->saved != NULL);
  dossier = mc_store_dossier (bench->context.reader, bench->saved, NULL);
  applicant = mc_record_json (dossier->record, "applicant");
  g_assert_cmpstr (mc_json_string (applicant, "for_name"), ==, "Trần Thị Số");
  g_assert_cmpstr (mc_json_string (applicant, "mandate"), ==, "Giấy ủy quyền ngày 20/11/2026");
}

static void
test_organisation (McTestReception *bench, gconstpointer data)
{
  McReceptionPage *page = bench->page;
  GtkWidget **fields = page->proxy.fields;
  GtkWidget *hint = NULL;

  mc_reception_choice_set (page->proxy.kind, "organisation");
  hint = gtk_widget_get_next_sibling (fields[MC_PROXY_ID]);
  mc_test_reception_type (fields[MC_PROXY_ID], "0100109107");
  g_assert_true (gtk_widget_get_visible (hint));
  mc_test_reception_type (fields[MC_PROXY_ID], "0100109106");
  g_assert_false (gtk_widget_get_visible (hint));
  /* Everybody's own case again: nothing of it is kept. */
  mc_reception_choice_set (page->proxy.kind, "own");
  g_autoptr (json_t) form = mc_reception_get (page);
  g_assert_null (json_object_get (json_object_get (form, "applicant"), "for_id"));
}

/* The same person for the same matter is said; both are received when somebody says so. */
static void
test_same_matter (McTestReception *bench, gconstpointer data)
{
  g_autoptr (json_t) reception = birth_of ("001205123456", "0912345678");
  g_autoptr (McReceived) received =
      mc_worker_call (bench->context.worker, work_receive, reception, NULL);
  McReceptionPage *page = bench->page;

  g_assert_nonnull (received);
  gtk_editable_set_text (GTK_EDITABLE (page->applicant.id), "001205123456");
  g_assert_false (gtk_widget_get_visible (page->matter.bar));
  mc_reception_procedure_choose (page, mc_test_reception_procedure (page, "1.001193"));
  mc_reception_changed (page);
  g_assert_true (gtk_widget_get_visible (page->matter.bar));
  g_autoptr (GVariant) target =
      g_variant_ref (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (page->matter.open)));
  g_assert_cmpstr (g_variant_get_string (target, NULL), ==, received->id);
  g_assert_true (gtk_widget_get_sensitive (page->save));
  /* Another person, another matter: nothing is said. */
  gtk_editable_set_text (GTK_EDITABLE (page->applicant.id), "001205123457");
  g_assert_false (gtk_widget_get_visible (page->matter.bar));
  gtk_editable_set_text (GTK_EDITABLE (page->applicant.id), "001205123456");
  mc_reception_procedure_choose (page, mc_test_reception_procedure (page, "1.004873"));
  mc_reception_changed (page);
  g_assert_false (gtk_widget_get_visible (page->matter.bar));

  mc_reception_procedure_choose (page, mc_test_reception_procedure (page, "1.001193"));
  mc_test_reception_type (page->applicant.name, "Nguyễn Văn Mẫu");
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (page->matter.words)), "not sent yet"));
  mc_reception_page_save (page);
  g_assert_false (mc_reception_page_busy (page));
  g_signal_emit_by_name (page->matter.accept, "clicked");
  WAIT_FOR (bench->saved != NULL);
  g_assert_cmpstr (bench->saved, !=, received->id);
}

/* Two procedures of one resident: one save, one receipt, both or none. */
static void
test_more (McTestReception *bench, gconstpointer data)
{
  McReceptionPage *page = bench->page;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (GPtrArray) together = NULL;
  g_autoptr (json_t) form = NULL;

  mc_test_reception_scan (bench, CARD);
  mc_reception_more_add (page);
  g_assert_cmpuint (mc_reception_more_count (page), ==, 0);
  mc_reception_procedure_choose (page, mc_test_reception_procedure (page, "1.001193"));
  g_assert_true (mc_page_act (MC_PAGE (page), MC_PAGE_MORE));
  g_assert_cmpuint (mc_reception_more_count (page), ==, 1);
  g_assert_null (page->procedure.chosen);
  mc_reception_procedure_choose (page, mc_test_reception_procedure (page, "1.004873"));
  /* A draft keeps both. */
  form = mc_reception_get (page);
  mc_reception_reset (page);
  g_assert_cmpuint (mc_reception_more_count (page), ==, 0);
  mc_reception_put (page, form);
  g_assert_cmpuint (mc_reception_more_count (page), ==, 1);
  mc_reception_page_save (page);
  WAIT_FOR (bench->saved != NULL);
  dossier = mc_store_dossier (bench->context.reader, bench->saved, NULL);
  g_assert_cmpstr (dossier->row->procedure, ==, "1.001193");
  together = mc_store_together (bench->context.reader, dossier);
  g_assert_cmpuint (together->len, ==, 2);
  g_assert_cmpstr (((McDossier *)together->pdata[1])->row->procedure, ==, "1.004873");
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (page->done.others)),
                            ((McDossier *)together->pdata[1])->row->code));
}

static gpointer
work_drafts (McDesk *desk, gpointer data, GError **error)
{
  return mc_desk_drafts (desk, error);
}

/* The one draft there is. Returns: (transfer full) */
static char *
only_draft (McTestReception *bench)
{
  g_autoptr (json_t) drafts = mc_worker_call (bench->context.worker, work_drafts, NULL, NULL);

  g_assert_cmpuint (json_array_size (drafts), ==, 1);
  return g_strdup (mc_json_string (json_array_get (drafts, 0), "id"));
}

/* What is no day yet, and what finds nothing yet, was typed nevertheless. */
static void
test_half_typed (McTestReception *bench, gconstpointer data)
{
  McProcedure *procedure = mc_test_reception_procedure (bench->page, "1.001193");
  const char *doubts[] = { "time", NULL };
  GStrv before = procedure->unsourced;
  g_autofree char *id = NULL;

  mc_test_reception_scan (bench, CARD);
  mc_test_reception_type (bench->page->procedure.search, "khai si");
  mc_reception_draft_now (bench->page);
  id = only_draft (bench);
  mc_test_reception_close (bench);
  mc_test_reception_open (bench, id);
  WAIT_FOR (*mc_test_reception_text (bench->page->procedure.search) != '\0');
  g_assert_cmpstr (mc_test_reception_text (bench->page->procedure.search), ==, "khai si");

  procedure = mc_test_reception_procedure (bench->page, "1.001193");
  procedure->unsourced = (char **)doubts;
  mc_reception_procedure_choose (bench->page, procedure);
  mc_test_reception_type (bench->page->fee.day, "3/1");
  mc_reception_draft_now (bench->page);
  mc_test_reception_close (bench);
  mc_test_reception_open (bench, id);
  WAIT_FOR (bench->page->procedure.chosen != NULL);
  g_assert_cmpstr (mc_test_reception_text (bench->page->fee.day), ==, "3/1");
  g_assert_cmpstr (mc_test_reception_text (bench->page->procedure.search), ==, "");
  procedure->unsourced = before;
}

/* No receipt bears a guess: whoever receives says the day where the catalogue has none checked. */
static void
test_day (McTestReception *bench, gconstpointer data)
{
  McReceptionPage *page = bench->page;
  McProcedure *procedure = mc_test_reception_procedure (page, "1.001193");
  const char *doubts[] = { "time", NULL };
  GStrv before = procedure->unsourced;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_reception_scan (bench, CARD);
  mc_reception_procedure_choose (page, procedure);
  g_assert_false (gtk_widget_get_visible (page->fee.day_field));
  procedure->unsourced = (char **)doubts;
  mc_reception_procedure_choose (page, procedure);
  g_assert_true (gtk_widget_get_visible (page->fee.day_field));
  mc_reception_page_save (page);
  g_assert_false (mc_reception_page_busy (page));
  mc_test_reception_type (page->fee.day, "1/1/2020");
  mc_reception_page_save (page);
  g_assert_false (mc_reception_page_busy (page));
  mc_test_reception_type (page->fee.day, "30/11/2026");
  mc_reception_page_save (page);
  WAIT_FOR (bench->saved != NULL);
  procedure->unsourced = before;
  dossier = mc_store_dossier (bench->context.reader, bench->saved, NULL);
  g_assert_cmpstr (dossier->row->due, ==, "2026-11-30T17:00");
}

/* A helper prepares, with the resident's word; a clerk receives with one key. */
static void
test_helper (McTestReception *bench, gconstpointer data)
{
  g_autoptr (McStaff) helper = mc_store_staff_by_login (bench->context.reader, "giup");
  g_autoptr (json_t) drafts = NULL;
  g_autofree char *id = NULL;
  McReceptionPage *page;

  mc_test_reception_close (bench);
  bench->context.staff = helper;
  mc_test_reception_enter (bench, "giup");
  mc_test_reception_open (bench, NULL);
  page = bench->page;
  g_assert_true (gtk_widget_get_visible (page->prepare.consent));
  mc_test_reception_scan (bench, CARD);
  mc_reception_procedure_choose (page, mc_test_reception_procedure (page, "1.001193"));
  mc_reception_page_save (page);
  g_assert_cmpstr (mc_test_reception_text (page->applicant.name), ==, "Nguyễn Văn Mẫu");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (page->prepare.consent), TRUE);
  mc_reception_page_save (page);
  WAIT_FOR (!mc_reception_page_busy (page));
  g_assert_null (bench->saved);
  g_assert_cmpstr (mc_test_reception_text (page->applicant.name), ==, "");
  drafts = mc_worker_call (bench->context.worker, work_drafts, NULL, NULL);
  g_assert_cmpuint (json_array_size (drafts), ==, 1);
  id = g_strdup (mc_json_string (json_array_get (drafts, 0), "id"));
  g_assert_true (
      mc_json_bool (json_object_get (json_object_get (json_array_get (drafts, 0), "reception"),
                                     "prepared"),
                    "consent",
                    FALSE));

  mc_test_reception_close (bench);
  bench->context.staff = NULL;
  mc_test_reception_enter (bench, "an");
  mc_test_reception_open (bench, id);
  WAIT_FOR (bench->page->procedure.chosen != NULL);
  g_assert_false (gtk_widget_get_visible (bench->page->prepare.consent));
  mc_reception_page_save (bench->page);
  WAIT_FOR (bench->saved != NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
#define ADD(name, func)                                                                            \
  g_test_add ("/reception-people/" name,                                                           \
              McTestReception,                                                                     \
              NULL,                                                                                \
              mc_test_reception_set_up,                                                            \
              func,                                                                                \
              mc_test_reception_tear_down)
  ADD ("same-matter", test_same_matter);
  ADD ("known", test_known);
  ADD ("more", test_more);
  ADD ("day", test_day);
  ADD ("half-typed", test_half_typed);
  ADD ("helper", test_helper);
  ADD ("proxy", test_proxy);
  ADD ("organisation", test_organisation);
  ADD ("checks", test_checks);
  {
    int status = g_test_run ();

    /* Pages under way would draw with what poppler has let go of. */
    mc_renderer_wait_all ();
    return status;
  }
}
