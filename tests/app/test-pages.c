/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of the window on a real desk: needs a display. */
#include "mc-conflict-page.h"
#include "mc-dossier-page.h"
#include "mc-group-form.h"
#include "mc-list-page.h"
#include "mc-page.h"
#include "mc-test-bench.h"
#include "mc-test-vietnamese.h"
#include "mc-viewer-render.h"

static void
type (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static char *
phone_of (McTestBench *bench, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, id, NULL);
  g_autoptr (json_t) contact = mc_record_json (dossier->record, "contact");

  return g_strdup (mc_json_string (contact, "phone"));
}

static void
show_form (McTestBench *bench, GtkWidget *form, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, id, NULL);

  mc_group_form_show (MC_GROUP_FORM (form), dossier->record, TRUE);
}

static void
test_form_saves (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *form = mc_group_form_new (&bench->context, "contact", NULL);

  mc_test_bench_show (bench, form);
  show_form (bench, form, id);
  GtkWidget *phone = mc_test_find (form, GTK_TYPE_ENTRY, "Số điện thoại");
  g_assert_nonnull (phone);
  g_assert_false (mc_group_form_edited (MC_GROUP_FORM (form)));

  type (phone, "0987000111");
  g_assert_true (mc_group_form_edited (MC_GROUP_FORM (form)));
  g_assert_true (mc_group_form_save (MC_GROUP_FORM (form)));
  g_assert_false (mc_group_form_edited (MC_GROUP_FORM (form)));
  /* Twice asked is once saved. */
  g_assert_false (mc_group_form_save (MC_GROUP_FORM (form)));
  mc_test_bench_settle (bench);
  g_autofree char *saved = phone_of (bench, id);
  g_assert_cmpstr (saved, ==, "0987000111");
}

static gpointer
work_set_phone (McDesk *desk, gpointer id, GError **error)
{
  g_autoptr (json_t) value = json_pack ("{s:s}", "phone", "0999");

  return GINT_TO_POINTER (mc_desk_set (desk, id, "contact", value, error));
}

/* A refresh while somebody types leaves the typing alone, and the edit names what was on the
 * screen. */
static void
test_form_keeps_typing (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *form = mc_group_form_new (&bench->context, "contact", NULL);
  g_autoptr (GError) error = NULL;

  mc_test_bench_show (bench, form);
  show_form (bench, form, id);
  GtkWidget *phone = mc_test_find (form, GTK_TYPE_ENTRY, "Số điện thoại");
  type (phone, "0912");

  mc_worker_call (bench->context.worker, work_set_phone, id, &error);
  g_assert_no_error (error);
  show_form (bench, form, id);
  g_assert_cmpstr (text_of (phone), ==, "0912");

  mc_group_form_save (MC_GROUP_FORM (form));
  mc_test_bench_settle (bench);
  g_autoptr (GPtrArray) conflicts = mc_store_conflicts (bench->context.reader, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpuint (((McConflict *)g_ptr_array_index (conflicts, 0))->sides->len, ==, 2);
}

static void
test_form_unreadable (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *form = mc_group_form_new (&bench->context, "applicant", NULL);

  mc_test_bench_show (bench, form);
  show_form (bench, form, id);
  GtkWidget *dob = mc_test_find (form, GTK_TYPE_ENTRY, "Ngày sinh");
  GtkWidget *name = mc_test_find (form, GTK_TYPE_ENTRY, "Họ và tên");

  type (dob, "31/02/2005");
  g_assert_true (mc_group_form_save (MC_GROUP_FORM (form)));
  g_assert_true (gtk_widget_has_css_class (dob, "error"));
  g_assert_cmpstr (text_of (dob), ==, "31/02/2005");
  type (dob, "05/03/2005");
  type (name, "");
  g_assert_true (mc_group_form_save (MC_GROUP_FORM (form)));
  g_assert_true (mc_group_form_edited (MC_GROUP_FORM (form)));
  type (name, "Nguyễn Văn Đình");
  mc_group_form_save (MC_GROUP_FORM (form));
  mc_test_bench_settle (bench);

  g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, id, NULL);
  g_autoptr (json_t) applicant = mc_record_json (dossier->record, "applicant");
  g_assert_cmpstr (mc_json_string (applicant, "dob"), ==, "2005-03-05");
  g_assert_false (gtk_widget_has_css_class (dob, "error"));
}

/* Typing on while the first edit is still on its way: the second names the first, whoever is
 * quicker. */
static void
test_form_twice (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *form = mc_group_form_new (&bench->context, "contact", NULL);
  g_autoptr (GError) error = NULL;

  mc_test_bench_show (bench, form);
  show_form (bench, form, id);
  GtkWidget *phone = mc_test_find (form, GTK_TYPE_ENTRY, "Số điện thoại");
  for (int i = 1; i <= 4; i++)
    {
      g_autofree char *typed = g_strdup_printf ("098700000%d", i);
      type (phone, typed);
      g_assert_true (mc_group_form_save (MC_GROUP_FORM (form)));
    }
  /* The page goes away before anything has come back. */
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&bench->window)));
  mc_test_bench_settle (bench);
  g_autofree char *saved = phone_of (bench, id);
  g_assert_cmpstr (saved, ==, "0987000004");
  g_autoptr (GPtrArray) conflicts = mc_store_conflicts (bench->context.reader, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 0);
}

/* What the dossier says is not something that Ctrl+Z takes back. */
static void
test_form_undo (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *form = mc_group_form_new (&bench->context, "applicant", NULL);

  mc_test_bench_show (bench, form);
  show_form (bench, form, id);
  GtkWidget *name = mc_test_find (form, GTK_TYPE_ENTRY, "Họ và tên");
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (name)));
  gtk_widget_activate_action (text, "text.undo", NULL);
  g_assert_cmpstr (text_of (name), ==, "Nguyễn Văn Đình");
}

static void
test_commit_keeps_place (void)
{
  McTestOffice *office = mc_test_office ();
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *entry = gtk_entry_new ();
  int start, end;

  mc_test_bench_show (bench, entry);
  type (entry, "Nguyễn Văn Đình");
  gtk_widget_grab_focus (entry);
  gtk_editable_select_region (GTK_EDITABLE (entry), 3, 6);
  mc_window_commit_input (GTK_WINDOW (bench->window));
  g_assert_true (gtk_editable_get_selection_bounds (GTK_EDITABLE (entry), &start, &end));
  g_assert_cmpint (start, ==, 3);
  g_assert_cmpint (end, ==, 6);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (bench->window)), entry));
  /* With the focus on nothing there is nothing to do. */
  gtk_window_set_focus (GTK_WINDOW (bench->window), NULL);
  mc_window_commit_input (GTK_WINDOW (bench->window));
}

static guint
rows_of (GtkWidget *page)
{
  GtkWidget *view = mc_test_find (page, GTK_TYPE_COLUMN_VIEW, "Mới tiếp nhận");

  g_assert_nonnull (view);
  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view))));
}

static gpointer
work_receive (McDesk *desk, gpointer name, GError **error)
{
  g_autoptr (json_t) reception =
      json_pack ("{s:s,s:{s:s}}", "procedure", "1.001193", "applicant", "name", (char *)name);
  g_autoptr (McReceived) received = mc_desk_receive (desk, reception, error);

  return GINT_TO_POINTER (received != NULL);
}

static void
test_list (void)
{
  McTestOffice *office = mc_test_office ();
  g_autoptr (GError) error = NULL;
  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Nguyễn Văn Đình"));
  g_free (mc_test_receive (office, "Trần Thị Số"));
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *page = mc_list_page_new (&bench->context);

  mc_test_bench_show (bench, page);
  mc_list_page_set_queue (MC_LIST_PAGE (page), MC_QUEUE_RECEIVED);
  mc_test_bench_settle (bench);
  g_assert_cmpuint (rows_of (page), ==, 2);
  GtkWidget *view = mc_test_find (page, GTK_TYPE_COLUMN_VIEW, "Mới tiếp nhận");
  GtkSelectionModel *selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
  gtk_selection_model_select_item (selection, 1, TRUE);

  /* One more at the top: the selected dossier stays selected, one row further down. */
  mc_worker_call (bench->context.worker, work_receive, (gpointer) "Lê Văn Ba", &error);
  g_assert_no_error (error);
  mc_page_refresh (MC_PAGE (page));
  mc_test_bench_settle (bench);
  g_assert_cmpuint (rows_of (page), ==, 3);
  g_assert_true (gtk_selection_model_is_selected (selection, 2));
  g_assert_false (gtk_selection_model_is_selected (selection, 1));

  mc_list_page_set_search (MC_LIST_PAGE (page), "dinh");
  mc_test_bench_settle (bench);
  g_assert_cmpuint (rows_of (page), ==, 1);
  mc_list_page_set_search (MC_LIST_PAGE (page), "khongcoai");
  mc_test_bench_settle (bench);
  g_assert_cmpuint (rows_of (page), ==, 0);
  mc_list_page_set_search (MC_LIST_PAGE (page), "");
  mc_list_page_set_narrow (MC_LIST_PAGE (page), TRUE);
  mc_test_bench_settle (bench);
  g_assert_cmpuint (rows_of (page), ==, 3);
}

static void
test_dossier_page (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *page = mc_dossier_page_new (&bench->context, id);

  mc_test_bench_show (bench, page);
  g_assert_cmpstr (mc_dossier_page_id (MC_DOSSIER_PAGE (page)), ==, id);
  type (mc_test_find (page, GTK_TYPE_ENTRY, "Số điện thoại"), "0911");
  type (mc_test_find (page, GTK_TYPE_ENTRY, "Ghi chú"), "Gọi lại");
  /* Going away saves; nobody is asked. */
  mc_page_leave (MC_PAGE (page));
  mc_test_bench_settle (bench);
  g_autofree char *saved = phone_of (bench, id);
  g_assert_cmpstr (saved, ==, "0911");
  g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, id, NULL);
  McEvent *last = g_ptr_array_index (dossier->events, dossier->events->len - 1);
  g_assert_cmpstr (last->verb, ==, MC_VERB_NOTE);
}

static gpointer
work_drafts (McDesk *desk, gpointer data, GError **error)
{
  return mc_desk_drafts (desk, error);
}

static gsize
drafts (McTestBench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) all = mc_worker_call (bench->context.worker, work_drafts, NULL, &error);

  g_assert_no_error (error);
  return json_array_size (all);
}

/* The power goes while somebody types into an open dossier: what was typed is in its fields again,
 * and it still says what it was typed over. */
static void
test_typed_is_kept (void)
{
  McTestOffice *office = mc_test_office ();
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  g_autoptr (GError) error = NULL;
  GtkWidget *page = mc_dossier_page_new (&bench->context, id);

  mc_test_bench_show (bench, page);
  mc_test_bench_settle (bench);
  type (mc_test_find (page, GTK_TYPE_ENTRY, "Số điện thoại"), "091");
  type (mc_test_find (page, GTK_TYPE_ENTRY, "Ngày sinh"), "31/02");
  type (mc_test_find (page, GTK_TYPE_ENTRY, "Ghi chú"), "Gọi");
  while (drafts (bench) == 0)
    g_main_context_iteration (NULL, TRUE);

  /* Somebody else's change comes meanwhile. */
  mc_worker_call (bench->context.worker, work_set_phone, id, &error);
  g_assert_no_error (error);
  page = mc_dossier_page_new (&bench->context, id);
  mc_test_bench_show (bench, page);
  mc_test_bench_settle (bench);
  GtkWidget *phone = mc_test_find (page, GTK_TYPE_ENTRY, "Số điện thoại");
  GtkWidget *dob = mc_test_find (page, GTK_TYPE_ENTRY, "Ngày sinh");
  g_assert_cmpstr (text_of (phone), ==, "091");
  g_assert_cmpstr (text_of (dob), ==, "31/02");
  g_assert_cmpstr (text_of (mc_test_find (page, GTK_TYPE_ENTRY, "Ghi chú")), ==, "Gọi");

  /* What is saved is a draft no more; what cannot be read yet still is. */
  mc_page_leave (MC_PAGE (page));
  mc_test_bench_settle (bench);
  g_autoptr (GPtrArray) conflicts = mc_store_conflicts (bench->context.reader, id, &error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpuint (drafts (bench), ==, 1);
  type (dob, "05/03/2005");
  mc_page_leave (MC_PAGE (page));
  while (drafts (bench) != 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_settle (void)
{
  McTestOffice *office = mc_test_office ();
  g_autoptr (GError) error = NULL;
  mc_test_sign_in (office, "an");
  g_autofree char *id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_autoptr (McDossier) seen = mc_store_dossier (office->store, id, NULL);
  g_autoptr (json_t) base = mc_record_base (seen->record, "contact", FALSE);
  g_autoptr (json_t) first = json_pack ("{s:s}", "phone", "0911");
  g_autoptr (json_t) second = json_pack ("{s:s}", "phone", "0922");
  mc_desk_set_seen (office->desk, id, "contact", first, base, &error);
  g_assert_no_error (error);
  mc_desk_set_seen (office->desk, id, "contact", second, base, &error);
  g_assert_no_error (error);

  g_autoptr (McTestBench) bench = mc_test_bench (office, "an");
  GtkWidget *page = mc_conflict_page_new (&bench->context);
  mc_test_bench_show (bench, page);
  mc_conflict_page_turn_to (MC_CONFLICT_PAGE (page), id);
  g_assert_true (mc_page_act (MC_PAGE (page), MC_PAGE_MAIN));
  g_assert_false (mc_page_act (MC_PAGE (page), MC_PAGE_FEE));
  mc_test_bench_settle (bench);
  g_autoptr (GPtrArray) left = mc_store_conflicts (bench->context.reader, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (left->len, ==, 0);
  g_autofree char *stands = phone_of (bench, id);
  g_assert_cmpstr (stands, ==, "0911");
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_add_func ("/pages/form-saves", test_form_saves);
  g_test_add_func ("/pages/form-keeps-typing", test_form_keeps_typing);
  g_test_add_func ("/pages/form-twice", test_form_twice);
  g_test_add_func ("/pages/form-unreadable", test_form_unreadable);
  g_test_add_func ("/pages/form-undo", test_form_undo);
  g_test_add_func ("/pages/commit-keeps-place", test_commit_keeps_place);
  g_test_add_func ("/pages/list", test_list);
  g_test_add_func ("/pages/dossier", test_dossier_page);
  g_test_add_func ("/pages/typed-is-kept", test_typed_is_kept);
  g_test_add_func ("/pages/settle", test_settle);
  {
    int status = g_test_run ();

    /* Pages under way would draw with what poppler has let go of. */
    mc_renderer_wait_all ();
    return status;
  }
}
