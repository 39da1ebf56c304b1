/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reception in a real window, on a real desk: needs a display. */
#include "mc-page.h"
#include "mc-reception-choice.h"
#include "mc-test-papers.h"
#include "mc-test-reception.h"
#include "mc-viewer-render.h"
#include <string.h>

static gpointer
work_drafts (McDesk *desk, gpointer data, GError **error)
{
  return mc_desk_drafts (desk, error);
}

static json_t *
drafts (McTestReception *bench)
{
  g_autoptr (GError) error = NULL;
  json_t *all = mc_worker_call (bench->context.worker, work_drafts, NULL, &error);

  g_assert_no_error (error);
  return all;
}

static void
test_card_to_receipt (McTestReception *bench, gconstpointer data)
{
  McReceptionPage *page = bench->page;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) applicant = NULL;
  g_autoptr (json_t) left = NULL;
  g_autoptr (json_t) to_khai = NULL;

  mc_test_reception_scan (bench, CARD);
  g_assert_cmpstr (mc_test_reception_text (page->applicant.name), ==, "Nguyễn Văn Mẫu");
  g_assert_cmpstr (mc_test_reception_text (page->applicant.id), ==, "001205123456");
  g_assert_cmpstr (mc_test_reception_text (page->applicant.dob), ==, "05/03/2005");
  g_assert_cmpstr (mc_reception_choice_get (page->applicant.sex), ==, "male");
  mc_test_reception_type (page->applicant.phone, "0912345678");
  mc_test_reception_choose (bench, "khai sinh");
  g_assert_cmpstr (page->procedure.chosen->code, ==, "1.001193");
  g_assert_cmpuint (page->parts.rows->len, ==, 2);
  /* Three working days from Saturday 21 November, with the 24th off. */
  WAIT_FOR (page->fee.promised != NULL);
  g_assert_cmpstr (page->fee.promised, ==, "Thứ Năm 26/11/2026, trước 17:00");
  mc_reception_part_row_put (mc_test_reception_part (bench, 0), NULL);
  g_assert_false (mc_reception_part_row_in (mc_test_reception_part (bench, 0)));
  gtk_widget_activate (gtk_widget_get_first_child (gtk_widget_get_first_child (
      gtk_widget_get_first_child (GTK_WIDGET (mc_test_reception_part (bench, 0))))));
  g_assert_true (mc_reception_part_row_in (mc_test_reception_part (bench, 0)));

  mc_reception_page_save (page);
  g_assert_true (mc_reception_page_busy (page));
  mc_reception_page_save (page); /* both Enters at once are one save */
  WAIT_FOR (bench->saved != NULL);
  g_assert_true (mc_reception_is_done (page));
  dossier = mc_store_dossier (bench->context.reader, bench->saved, NULL);
  g_assert_nonnull (dossier);
  g_assert_cmpstr (dossier->row->code, ==, "H05.032.07-261121-0421001");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (page->done.code)), ==, dossier->row->code);
  g_assert_cmpstr (dossier->row->phone, ==, "0912345678");
  applicant = mc_record_json (dossier->record, "applicant");
  g_assert_cmpstr (mc_json_string (applicant, "dob"), ==, "2005-03-05");
  to_khai = mc_record_json (dossier->record, "part:to-khai");
  g_assert_cmpint (mc_json_int (to_khai, "originals", 0), ==, 1);
  g_assert_true (mc_json_bool (to_khai, "ticked", FALSE));
  left = drafts (bench);
  g_assert_cmpuint (json_array_size (left), ==, 0);
}

static void
test_names_what_is_missing (McTestReception *bench, gconstpointer data)
{
  McReceptionPage *page = bench->page;
  const char *foot;

  mc_reception_page_save (page);
  g_assert_false (mc_reception_page_busy (page));
  foot = gtk_label_get_label (GTK_LABEL (page->missing));
  g_assert_nonnull (strstr (foot, "name"));
  g_assert_nonnull (strstr (foot, "procedure"));
  mc_test_reception_type (page->applicant.name, "Nguyễn Văn Đình");
  mc_test_reception_type (page->applicant.dob, "31/2/2005");
  foot = gtk_label_get_label (GTK_LABEL (page->missing));
  g_assert_null (strstr (foot, "applicant's name"));
  g_assert_nonnull (strstr (foot, "date of birth"));
  mc_reception_page_save (page);
  g_assert_false (mc_reception_page_busy (page));
  mc_test_reception_type (page->applicant.dob, "28/2/2005");
  mc_test_reception_choose (bench, "dang ky khai sinh");
  foot = gtk_label_get_label (GTK_LABEL (page->missing));
  g_assert_nonnull (strstr (foot, "2 required papers"));
  g_assert_nonnull (strstr (foot, "Giấy chứng sinh"));
  /* The law allows a supplement: it can be saved nevertheless. */
  mc_reception_page_save (page);
  WAIT_FOR (bench->saved != NULL);
}

static void
test_draft_comes_back (McTestReception *bench, gconstpointer data)
{
  g_autoptr (json_t) copies = json_pack ("{s:b,s:i}", "ticked", 1, "copies", 2);
  g_autoptr (json_t) kept = NULL;
  g_autofree char *id = NULL;
  json_t *reception;

  mc_test_reception_type (bench->page->applicant.name, "Nguyễn Thị Đình");
  mc_test_reception_type (bench->page->applicant.dob, "5/3/");
  mc_test_reception_choose (bench, "xac nhan tinh trang");
  mc_reception_part_row_put (mc_test_reception_part (bench, 1), copies);
  mc_page_leave (MC_PAGE (bench->page));
  mc_test_reception_close (bench);
  kept = drafts (bench);
  g_assert_cmpuint (json_array_size (kept), ==, 1);
  id = g_strdup (mc_json_string (json_array_get (kept, 0), "id"));
  reception = json_object_get (json_array_get (kept, 0), "reception");
  g_assert_cmpstr (mc_json_string (json_object_get (reception, "applicant"), "name"),
                   ==,
                   "Nguyễn Thị Đình");

  mc_test_reception_open (bench, id);
  WAIT_FOR (bench->page->procedure.chosen != NULL);
  g_assert_cmpstr (mc_test_reception_text (bench->page->applicant.name), ==, "Nguyễn Thị Đình");
  g_assert_cmpstr (mc_test_reception_text (bench->page->applicant.dob), ==, "5/3/");
  g_assert_cmpstr (bench->page->procedure.chosen->code, ==, "1.004873");
  g_assert_true (mc_reception_part_row_in (mc_test_reception_part (bench, 1)));
  mc_test_reception_type (bench->page->applicant.dob, "5/3/2005");
  mc_reception_page_save (bench->page);
  WAIT_FOR (bench->saved != NULL);
  json_decref (g_steal_pointer (&kept));
  kept = drafts (bench);
  g_assert_cmpuint (json_array_size (kept), ==, 0);
}

/* Half a second after a key it is on the disk without anybody asking. */
static void
test_draft_by_itself (McTestReception *bench, gconstpointer data)
{
  guint count = 0;

  mc_test_reception_type (bench->page->applicant.name, "Nguyễn");
  while (count == 0)
    {
      g_autoptr (json_t) kept = NULL;

      g_main_context_iteration (NULL, TRUE);
      kept = drafts (bench);
      count = (guint)json_array_size (kept);
    }
  /* Taken back again: an empty draft helps nobody. */
  mc_test_reception_type (bench->page->applicant.name, "");
  mc_page_leave (MC_PAGE (bench->page));
  g_autoptr (json_t) left = drafts (bench);
  g_assert_cmpuint (json_array_size (left), ==, 0);
}

static void
test_empty_page_leaves_nothing (McTestReception *bench, gconstpointer data)
{
  g_autoptr (json_t) left = NULL;

  mc_page_leave (MC_PAGE (bench->page));
  left = drafts (bench);
  g_assert_cmpuint (json_array_size (left), ==, 0);
}

static void
test_another_card (McTestReception *bench, gconstpointer data)
{
  McReceptionPage *page = bench->page;
  GtkWidget *undo;

  mc_test_reception_scan (bench, CARD);
  mc_test_reception_type (page->applicant.phone, "0912345678");
  mc_test_reception_scan (bench, CARD);
  g_assert_false (gtk_widget_get_visible (page->applicant.replaced));
  g_assert_cmpstr (mc_test_reception_text (page->applicant.phone), ==, "0912345678");
  mc_test_reception_scan (bench, OTHER_CARD);
  g_assert_true (gtk_widget_get_visible (page->applicant.replaced));
  g_assert_cmpstr (mc_test_reception_text (page->applicant.name), ==, "Trần Thị Số");
  g_assert_cmpstr (mc_test_reception_text (page->applicant.phone), ==, "");
  undo = gtk_widget_get_last_child (page->applicant.replaced);
  g_signal_emit_by_name (undo, "clicked");
  g_assert_cmpstr (mc_test_reception_text (page->applicant.name), ==, "Nguyễn Văn Mẫu");
  g_assert_cmpstr (mc_test_reception_text (page->applicant.phone), ==, "0912345678");
}

static void
import (McTestReception *bench, guint i, const char *path)
{
  mc_reception_part_row_import (mc_test_reception_part (bench, i), path);
  g_assert_true (mc_reception_page_busy (bench->page));
  WAIT_FOR (!mc_reception_page_busy (bench->page));
}

/* What a file manager lets go over the row, as GTK hands it on. */
static gboolean
drop (McReceptionPartRow *row, const GValue *value)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (row));
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", value, 1.0, 1.0, &taken);
    }
  return taken;
}

static void
test_dropped (McTestReception *bench, gconstpointer data)
{
  g_autofree char *folder = mc_test_folder ();
  g_autofree char *good = mc_test_paper (folder, "to khai.pdf", 2, 595, 842);
  g_autoptr (GFile) file = g_file_new_for_path (good);
  g_autoptr (GSList) files = g_slist_prepend (NULL, file);
  g_auto (GValue) one = G_VALUE_INIT;
  g_auto (GValue) many = G_VALUE_INIT;
  g_auto (GValue) words = G_VALUE_INIT;

  mc_test_reception_choose (bench, "khai sinh");
  g_value_init (&one, G_TYPE_FILE);
  g_value_set_object (&one, file);
  g_value_init (&many, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&many, files);
  g_value_init (&words, G_TYPE_STRING);
  g_assert_false (drop (mc_test_reception_part (bench, 0), &words));
  g_assert_true (drop (mc_test_reception_part (bench, 0), &one));
  WAIT_FOR (!mc_reception_page_busy (bench->page));
  g_assert_true (drop (mc_test_reception_part (bench, 1), &many));
  WAIT_FOR (!mc_reception_page_busy (bench->page));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (json_t) document = mc_test_reception_document (bench, i);

      g_assert_cmpint (mc_json_int (document, "pages", 0), ==, 2);
    }
  mc_test_remove (g_steal_pointer (&folder));
}

/* F9: to the procedure where there is none, then to the first paper without a scan. */
static void
test_scan_key (McTestReception *bench, gconstpointer data)
{
  g_autofree char *folder = mc_test_folder ();
  g_autofree char *good = mc_test_paper (folder, "to khai.pdf", 1, 595, 842);
  McPage *page = MC_PAGE (bench->page);

  g_assert_true (mc_page_act (page, MC_PAGE_SCAN));
  g_assert_true (gtk_widget_has_focus (bench->page->procedure.search) ||
                 gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (bench->window)),
                                         bench->page->procedure.search));
  mc_test_reception_choose (bench, "khai sinh");
  import (bench, 0, good);
  gtk_widget_grab_focus (bench->page->save);
  g_assert_true (mc_page_act (page, MC_PAGE_SCAN));
  g_assert_false (mc_reception_part_row_choosing (mc_test_reception_part (bench, 0)));
  g_assert_true (mc_reception_part_row_choosing (mc_test_reception_part (bench, 1)));
  mc_test_remove (g_steal_pointer (&folder));
}

static void
test_scans (McTestReception *bench, gconstpointer data)
{
  g_autofree char *folder = mc_test_folder ();
  g_autofree char *good = mc_test_paper (folder, "to khai.pdf", 3, 595, 842);
  g_autofree char *text = mc_test_paper_text (folder);
  g_autofree char *torn = mc_test_paper_torn (folder, good, 200);
  g_autofree char *locked = mc_test_paper_locked (folder, good);
  g_autofree char *absent = g_build_filename (folder, "absent.pdf", NULL);
  const char *bad[] = { text, torn, absent, locked };
  g_autoptr (json_t) document = NULL;

  mc_test_reception_type (bench->page->applicant.name, "Nguyễn Văn Đình");
  mc_test_reception_choose (bench, "khai sinh");
  for (gsize i = 0; i < G_N_ELEMENTS (bad) && bad[i] != NULL; i++)
    {
      import (bench, 0, bad[i]);
      g_assert_null (mc_test_reception_document (bench, 0));
    }
  /* What was typed is still there. */
  g_assert_cmpstr (mc_test_reception_text (bench->page->applicant.name), ==, "Nguyễn Văn Đình");
  import (bench, 0, good);
  document = mc_test_reception_document (bench, 0);
  g_assert_cmpint (mc_json_int (document, "pages", 0), ==, 3);
  g_assert_cmpstr (mc_json_string (document, "name"), ==, "to khai.pdf");
  WAIT_FOR (mc_viewer_has_image (MC_VIEWER (bench->page->viewer)));
  g_assert_cmpuint (mc_viewer_pages (MC_VIEWER (bench->page->viewer)), ==, 3);
  mc_reception_page_save (bench->page);
  WAIT_FOR (bench->saved != NULL);
  mc_test_remove (g_steal_pointer (&folder));
}

static void
test_clock_is_confirmed (McTestReception *bench, gconstpointer data)
{
  McReceptionPage *page = bench->page;

  /* The battery of the clock is dead: it says 2009. */
  bench->office->clock->wall_ms = G_GINT64_CONSTANT (1230768000000);
  mc_test_reception_scan (bench, CARD);
  mc_test_reception_choose (bench, "khai sinh");
  mc_reception_page_save (page);
  WAIT_FOR (gtk_widget_get_visible (page->clock_bar));
  g_assert_null (bench->saved);
  g_assert_cmpstr (mc_test_reception_text (page->applicant.name), ==, "Nguyễn Văn Mẫu");
  mc_test_reception_type (page->clock_date, "21/11/2009");
  g_signal_emit_by_name (page->clock_date, "activate");
  mc_test_reception_type (page->clock_date, "23/11/2026");
  g_signal_emit_by_name (page->clock_date, "activate");
  WAIT_FOR (!gtk_widget_get_visible (page->clock_bar));
  mc_reception_page_save (page);
  WAIT_FOR (bench->saved != NULL);
  g_assert_true (
      g_str_has_prefix (gtk_label_get_label (GTK_LABEL (page->done.code)), "H05.032.07-261123-"));
}

static void
test_next_person (McTestReception *bench, gconstpointer data)
{
  McReceptionPage *page = bench->page;
  g_autofree char *first = NULL;

  mc_test_reception_scan (bench, CARD);
  mc_test_reception_choose (bench, "khai sinh");
  mc_reception_page_save (page);
  WAIT_FOR (bench->saved != NULL);
  first = g_steal_pointer (&bench->saved);
  mc_reception_page_next (page);
  g_assert_false (mc_reception_is_done (page));
  g_assert_cmpstr (mc_test_reception_text (page->applicant.name), ==, "");
  g_assert_null (page->procedure.chosen);
  g_assert_cmpuint (page->parts.rows->len, ==, 0);
  mc_test_reception_scan (bench, OTHER_CARD);
  mc_test_reception_choose (bench, "khai sinh");
  mc_reception_page_save (page);
  WAIT_FOR (bench->saved != NULL);
  g_assert_cmpstr (first, !=, bench->saved);
  /* A card on the finished page is the next person. */
  mc_test_reception_scan (bench, CARD);
  g_assert_false (mc_reception_is_done (page));
  g_assert_cmpstr (mc_test_reception_text (page->applicant.name), ==, "Nguyễn Văn Mẫu");
}

static void
test_search (McTestReception *bench, gconstpointer data)
{
  McReceptionProcedure *procedure = &bench->page->procedure;

  mc_test_reception_type (procedure->search, "xac nhan tinh trang");
  g_assert_cmpuint (procedure->found->procedures->len, >=, 1);
  g_assert_cmpstr (((McProcedure *)procedure->found->procedures->pdata[0])->code, ==, "1.004873");
  mc_test_reception_type (procedure->search, "Đăng ký");
  g_assert_cmpuint (procedure->found->procedures->len, >=, 1);
  mc_test_reception_type (procedure->search, "khong co thu tuc nay");
  g_assert_cmpuint (procedure->found->procedures->len, ==, 0);
  g_assert_true (gtk_widget_get_visible (procedure->none));
  g_signal_emit_by_name (procedure->search, "activate");
  g_assert_null (procedure->chosen);
  mc_test_reception_type (procedure->search, "   ");
  g_assert_false (gtk_widget_get_visible (procedure->list));
  g_assert_false (gtk_widget_get_visible (procedure->none));
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
  g_test_add ("/reception-page/" name,                                                             \
              McTestReception,                                                                     \
              NULL,                                                                                \
              mc_test_reception_set_up,                                                            \
              func,                                                                                \
              mc_test_reception_tear_down)
  ADD ("card-to-receipt", test_card_to_receipt);
  ADD ("names-what-is-missing", test_names_what_is_missing);
  ADD ("draft-comes-back", test_draft_comes_back);
  ADD ("draft-by-itself", test_draft_by_itself);
  ADD ("empty-page-leaves-nothing", test_empty_page_leaves_nothing);
  ADD ("another-card", test_another_card);
  ADD ("scan-key", test_scan_key);
  ADD ("scans", test_scans);
  ADD ("dropped", test_dropped);
  ADD ("clock-is-confirmed", test_clock_is_confirmed);
  ADD ("next-person", test_next_person);
  ADD ("search", test_search);
  {
    int status = g_test_run ();

    /* Pages under way would draw with what poppler has let go of. */
    mc_renderer_wait_all ();
    return status;
  }
}
