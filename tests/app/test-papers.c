/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers through the window: looked at, printed, found again in their dossier, and as the office
 * wants them. Needs a display. With MC_SHOTS it leaves a picture of every screen. */
#include "mc-app-resources.h"
#include "mc-office-papers.h"
#include "mc-papers.h"
#include "mc-print-job.h"
#include "mc-print-preview.h"
#include "mc-print-window.h"
#include "mc-printed.h"
#include "mc-test-bench.h"
#include "mc-test-hall.h"
#include "mc-test-vietnamese.h"
#include "mc-viewer-render.h"

static McTestHall *hall;

static McContext *
context (void)
{
  return &hall->window->room->context;
}

static gpointer
work_print (McDesk *desk, gpointer data, GError **error)
{
  return mc_job_print (desk, data, MC_JOB_NEWEST, MC_JOB_ON_PAPER, NULL, error);
}

static void
close_front (void)
{
  gtk_window_destroy (GTK_WINDOW (mc_test_hall_front (hall)));
  mc_test_hall_settle (hall);
}

/* What is printed is in the dossier: what, who, under which number. */
static void
test_printed (void)
{
  McTestOffice *office = mc_test_office ();
  const char *both[3] = { NULL };
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autofree char *ids = NULL;
  g_autoptr (McForm) form = NULL;

  mc_test_sign_in (office, "an");
  both[0] = one = mc_test_receive (office, "Nguyễn Thị Hường");
  both[1] = other = mc_test_receive (office, "Lê Văn Tám");
  hall = mc_test_hall (office);
  mc_test_hall_sign_in (hall, "an");
  form = mc_worker_call (context ()->worker, work_print, both, NULL);
  g_assert_cmpuint (mc_form_pages (form), ==, 2);
  mc_test_hall_open (hall, one);
  mc_test_hall_settle (hall);
  mc_test_hall_shot (hall, "dossier");
  g_assert_nonnull (mc_test_find (GTK_WIDGET (hall->window),
                                  GTK_TYPE_BUTTON,
                                  "Xem: Giấy tiếp nhận hồ sơ và hẹn trả kết quả"));
  mc_print_window_present (GTK_WINDOW (hall->window), context (), one, MC_PRINT_NEWEST);
  mc_test_hall_settle (hall);
  mc_test_hall_shot (hall, "print-again");
  close_front ();
  ids = g_strjoin (" ", one, other, NULL);
  mc_print_window_present (GTK_WINDOW (hall->window), context (), ids, "handover");
  mc_test_hall_settle (hall);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (mc_test_hall_front (hall))),
                   ==,
                   "Phiếu bàn giao kết quả");
  mc_test_hall_shot (hall, "print-many");
  close_front ();
  mc_test_hall_free (hall);
}

/* A register is made while its window is there already; printing waits until its pages are. */
static void
test_register (void)
{
  McTestOffice *office = mc_test_office ();
  g_autofree char *one = NULL;
  GtkWidget *front;

  mc_test_sign_in (office, "an");
  one = mc_test_receive (office, "Nguyễn Thị Hường");
  hall = mc_test_hall (office);
  mc_test_hall_sign_in (hall, "an");
  mc_print_window_present (GTK_WINDOW (hall->window), context (), "2026/", MC_PRINT_REGISTER);
  front = mc_test_hall_front (hall);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (front)), ==, "In");
  while (!g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (front)), "Sổ theo dõi"))
    g_main_context_iteration (NULL, TRUE);
  mc_test_hall_settle (hall);
  mc_test_hall_shot (hall, "register");
  close_front ();
  mc_test_hall_free (hall);
}

/* The row of the window in front that is titled so. */
static GtkWidget *
find_row (GtkWidget *root, GType type, const char *title)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, type, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The program ended while a receipt was on its way to the printer. */
static void
test_unsure (void)
{
  McTestOffice *office = mc_test_office ();
  const char *ids[2] = { NULL };
  g_autofree char *one = NULL;
  g_autoptr (McForm) form = NULL;
  g_autoptr (GPtrArray) left = NULL;
  AdwMessageDialog *dialog;

  mc_test_sign_in (office, "an");
  ids[0] = one = mc_test_receive (office, "Nguyễn Thị Hường");
  form = mc_job_print (office->desk, ids, MC_JOB_NEWEST, MC_JOB_ON_PAPER, NULL, NULL);
  g_assert_nonnull (form);
  hall = mc_test_hall (office);
  mc_test_hall_sign_in (hall, "an");
  dialog = mc_test_hall_dialog (hall);
  g_assert_true (
      g_str_has_suffix (adw_message_dialog_get_heading (dialog), "đã lấy, chưa chắc đã in"));
  mc_test_hall_shot (hall, "unsure");
  adw_message_dialog_response (dialog, "here");
  gtk_window_destroy (GTK_WINDOW (dialog));
  mc_test_hall_settle (hall);
  left = mc_store_unsure (context ()->reader);
  g_assert_cmpuint (left->len, ==, 0);
  mc_test_hall_free (hall);
}

/* A resident is guided before anything is received; what was printed once is seen as it was. */
static void
test_guided (void)
{
  McTestOffice *office = mc_test_office ();
  GtkWidget *button;

  mc_test_sign_in (office, "an");
  g_assert_true (mc_desk_print_other (office->desk, "register:2026", "Sổ theo dõi", TRUE, NULL));
  hall = mc_test_hall (office);
  mc_test_hall_sign_in (hall, "chi");
  mc_preferences_present (hall->window, FALSE);
  mc_test_hall_settle (hall);
  g_object_set (mc_test_hall_front (hall), "visible-page-name", "papers", NULL);
  g_assert_nonnull (find_row (mc_test_hall_front (hall), ADW_TYPE_ACTION_ROW, "Sổ theo dõi"));
  close_front ();
  mc_test_hall_sign_in (hall, "an");
  gtk_widget_activate_action (GTK_WIDGET (hall->window), "win.receive-procedure", "s", "1.001193");
  mc_test_hall_settle (hall);
  button =
      mc_test_find (GTK_WIDGET (hall->window), GTK_TYPE_BUTTON, "In giấy tờ cần mang…  Ctrl+P");
  g_assert_nonnull (button);
  mc_test_hall_shot (hall, "reception");
  g_signal_emit_by_name (button, "clicked");
  mc_test_hall_settle (hall);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (mc_test_hall_front (hall))),
                   ==,
                   "Phiếu hướng dẫn hoàn thiện hồ sơ");
  mc_test_hall_shot (hall, "guidance");
  close_front ();
  mc_test_hall_free (hall);
}

static GtkWidget *
entry_row (const char *title)
{
  GtkWidget *row = find_row (mc_test_hall_front (hall), ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  return row;
}

/* Who allots each number is said, with the one that is this machine's. */
static void
assert_numbers (void)
{
  g_autofree char *slot = mc_store_fact (context ()->reader, "slot");
  GtkWidget *own =
      find_row (mc_test_hall_front (hall), ADW_TYPE_ACTION_ROW, "Số của phiếu, giấy tiếp nhận");
  GtkWidget *feed = find_row (mc_test_hall_front (hall),
                              ADW_TYPE_ACTION_ROW,
                              "Số thứ tự trong Sổ theo dõi hồ sơ");

  g_assert_nonnull (own);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (own)), slot));
  g_assert_nonnull (feed);
}

/* A leader gives a form another title; a clerk can only look. */
static void
test_settings (void)
{
  McTestOffice *office = mc_test_office ();
  g_autoptr (McPapers) papers = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *row;

  hall = mc_test_hall (office);
  mc_test_hall_sign_in (hall, "an");
  g_setenv ("FLATPAK_ID", "vn.motcua.MotCua", TRUE);
  mc_preferences_present (hall->window, FALSE);
  g_unsetenv ("FLATPAK_ID");
  mc_test_hall_settle (hall);
  row = entry_row ("Cơ quan, chữ in hoa");
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (row)));
  row = find_row (mc_test_hall_front (hall), ADW_TYPE_ACTION_ROW, "In ngay");
  g_assert_nonnull (row);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Flatpak"));
  g_assert_false (
      gtk_widget_get_sensitive (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row))));
  assert_numbers ();
  mc_test_hall_shot (hall, "numbers");
  close_front ();
  mc_test_hall_sign_in (hall, "chi");
  mc_preferences_present (hall->window, FALSE);
  mc_test_hall_settle (hall);
  row = entry_row ("Cơ quan, chữ in hoa");
  gtk_editable_set_text (GTK_EDITABLE (row), "BỘ PHẬN MỘT CỬA");
  g_signal_emit_by_name (row, "apply");
  mc_test_hall_settle (hall);
  g_object_set (mc_test_hall_front (hall), "visible-page-name", "papers", NULL);
  mc_test_hall_shot (hall, "papers");
  papers = mc_papers_of (context ()->reader);
  {
    g_autoptr (McLetterhead) head = mc_papers_head (papers, "UBND xã Thử Nghiệm");

    g_assert_cmpstr (head->unit, ==, "BỘ PHẬN MỘT CỬA");
  }
  close_front ();
  mc_test_hall_free (hall);
}

/* Two leaders gave one paper two titles: both are shown, and one is kept. */
static void
test_apart (void)
{
  McTestOffice *office = mc_test_office ();
  g_autoptr (json_t) mine = json_pack ("{s:{s:s}}", "papers:02", "title", "Phiếu của chi");
  g_autoptr (json_t) body =
      json_pack ("{s:{s:{s:s}}}", "groups", "papers:02", "title", "Phiếu của máy kia");
  g_autoptr (json_t) base = NULL;
  g_autoptr (json_t) said = NULL;
  g_autofree char *line = NULL;
  GtkWidget *button;

  mc_test_sign_in (office, "chi");
  g_assert_true (mc_desk_papers (office->desk, mine, NULL, NULL, NULL));
  {
    g_autofree char *waiting = mc_test_waiting_line (office, 0);
    g_autoptr (McOp) op = mc_op_parse (waiting, -1, NULL);

    base = json_incref (op->base);
  }
  line = mc_test_other (office, "chi", office->office, MC_VERB_PAPERS, body, base);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  hall = mc_test_hall (office);
  mc_test_hall_sign_in (hall, "chi");
  mc_preferences_present (hall->window, FALSE);
  mc_test_hall_settle (hall);
  g_object_set (mc_test_hall_front (hall), "visible-page-name", "papers", NULL);
  mc_test_hall_shot (hall, "papers-apart");
  button = mc_test_find (mc_test_hall_front (hall), GTK_TYPE_BUTTON, "Giữ bản này");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  mc_test_hall_settle (hall);
  g_assert_null (mc_test_find (mc_test_hall_front (hall), GTK_TYPE_BUTTON, "Giữ bản này"));
  said = mc_store_papers (context ()->reader);
  g_assert_cmpstr (mc_json_string (json_object_get (said, "papers:02"), "title"),
                   ==,
                   "Phiếu của máy kia");
  close_front ();
  mc_test_hall_free (hall);
}

int
main (int argc, char **argv)
{
  int status;

  mc_test_vietnamese (&argc, &argv);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_resources_register (mc_ui_get_resource ());
#if OFFICE_HALF
  g_test_add_func ("/papers/register", test_register);
  g_test_add_func ("/papers/settings", test_settings);
  g_test_add_func ("/papers/apart", test_apart);
#else
  g_test_add_func ("/papers/printed", test_printed);
  g_test_add_func ("/papers/unsure", test_unsure);
  g_test_add_func ("/papers/guided", test_guided);
#endif
  status = g_test_run ();
  mc_renderer_wait_all ();
  return status;
}
