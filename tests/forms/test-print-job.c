/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A printed paper: its number, that it was printed before, and that the dossier knows of it. */
#include "mc-print-job.h"

#include "mc-error.h"
#include "mc-look-back.h"
#include "mc-papers.h"
#include "mc-pdf-reader.h"
#include "mc-slip.h"
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  McTestOffice *office;
  char *one, *other;
  char *slot;
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->office = mc_test_office ();
  mc_test_sign_in (desk->office, "an");
  desk->one = mc_test_receive (desk->office, "Nguyễn Thị Hường");
  desk->other = mc_test_receive (desk->office, "Lê Văn Tám");
  desk->slot = mc_store_fact (desk->office->store, "slot");
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  mc_test_office_free (desk->office);
  g_free (desk->one);
  g_free (desk->other);
  g_free (desk->slot);
}

static char *
text_of (McForm *form)
{
  g_autoptr (McReadPdf) pdf = mc_read_form (form);

  return mc_read_all_text (pdf);
}

/* Returns: (transfer full): what comes out of the printer. */
static char *
print (Desk *desk, const char *dossier, const char *name, McJobFlags flags)
{
  const char *const dossiers[] = { dossier, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (McForm) form = mc_job_print (desk->office->desk, dossiers, name, flags, NULL, &error);

  g_assert_no_error (error);
  return text_of (form);
}

static char *
preview (Desk *desk, const char *dossier, const char *name)
{
  const char *const dossiers[] = { dossier, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (McForm) form =
      mc_job_preview (desk->office->store, dossiers, name, MC_JOB_ON_PAPER, &error);

  g_assert_no_error (error);
  return text_of (form);
}

static GPtrArray *
printed (Desk *desk, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (desk->office->store, id, NULL);

  return mc_dossier_printed (dossier);
}

/* Whether the paper says "Số: 0421001/". */
static void
assert_number (Desk *desk, const char *text, guint count)
{
  g_autofree char *number = g_strdup_printf ("Số: %s%03u/", desk->slot, count);

  if (strstr (text, number) == NULL)
    g_error ("\"%s\" is missing in: %s", number, text);
}

/* The preview is the print; printed again it has its number, and says so. */
static void
test_numbers (Desk *desk, gconstpointer data)
{
  g_autofree char *before = preview (desk, desk->one, "receipt");
  g_autofree char *first = print (desk, desk->one, "receipt", MC_JOB_ON_PAPER);
  g_autofree char *after = preview (desk, desk->one, "receipt");
  g_autofree char *again = print (desk, desk->one, "receipt", MC_JOB_ON_PAPER);
  g_autofree char *other = print (desk, desk->other, "receipt", MC_JOB_ON_PAPER);
  g_autofree char *control = print (desk, desk->other, MC_SLIP_CONTROL, MC_JOB_ON_PAPER);

  g_assert_cmpstr (before, ==, first);
  g_assert_cmpstr (after, ==, again);
  assert_number (desk, first, 1);
  assert_number (desk, again, 1);
  assert_number (desk, other, 2);
  assert_number (desk, control, 1);
  g_assert_null (strstr (first, "Bản in lại"));
  g_assert_nonnull (strstr (again, "(Bản in lại)"));
  g_assert_null (strstr (other, "Bản in lại"));
}

/* The paper is a document of its dossier: what, who, when, under which number. */
static void
test_record (Desk *desk, gconstpointer data)
{
  g_autofree char *file = print (desk, desk->one, "receipt", MC_JOB_FILE);
  g_autofree char *paper = print (desk, desk->one, "receipt", MC_JOB_ON_PAPER);
  g_autoptr (GPtrArray) all = printed (desk, desk->one);
  g_autofree char *number = g_strdup_printf ("%s001", desk->slot);
  const McPrinted *first, *second;

  g_assert_cmpuint (all->len, ==, 2);
  first = all->pdata[0];
  second = all->pdata[1];
  g_assert_false (first->on_paper);
  g_assert_true (second->on_paper);
  g_assert_cmpstr (first->number, ==, number);
  g_assert_cmpstr (second->number, ==, number);
  g_assert_cmpstr (second->paper, ==, "receipt");
  g_assert_cmpstr (second->title, ==, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả");
  g_assert_cmpstr (second->by, ==, "Trần Văn An");
  g_assert_cmpint (second->at_ms, >, 0);
  /* What was kept as a file was not on paper before. */
  g_assert_null (strstr (paper, "Bản in lại"));
}

/* All of a job or nothing: no number is spent on what is not printed. */
static void
test_all_or_nothing (Desk *desk, gconstpointer data)
{
  const char *const missing[] = { "018f0000-0000-7000-8000-000000000000", NULL };
  const char *const one[] = { desk->one, NULL };
  const McPrinting job[] = { { one, "receipt", "01", "Giấy tiếp nhận", TRUE },
                             { missing, "receipt", "01", "Giấy tiếp nhận", TRUE } };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) all = NULL;

  g_assert_null (mc_desk_print (desk->office->desk, job, G_N_ELEMENTS (job), &error));
  g_assert_nonnull (error);
  all = printed (desk, desk->one);
  g_assert_cmpuint (all->len, ==, 0);
  text = print (desk, desk->one, "receipt", MC_JOB_ON_PAPER);
  assert_number (desk, text, 1);
}

static void
test_nobody (Desk *desk, gconstpointer data)
{
  const char *const one[] = { desk->one, NULL };
  g_autoptr (GError) error = NULL;

  mc_desk_sign_out (desk->office->desk);
  g_assert_null (mc_job_print (desk->office->desk, one, "receipt", MC_JOB_ON_PAPER, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
}

static void
open_again (Desk *desk)
{
  McTestOffice *office = desk->office;

  office->store = mc_store_open (office->folder, &office->clock->clock, office->key, NULL);
  g_assert_nonnull (office->store);
  office->desk = mc_desk_new (office->store);
  mc_test_sign_in (office, "an");
}

static void
start_again (Desk *desk)
{
  mc_desk_free (desk->office->desk);
  mc_store_close (desk->office->store);
  open_again (desk);
}

/* A number is gone once it was given, also where the program ends at that moment. */
static void
test_killed (Desk *desk, gconstpointer data)
{
  g_autofree char *first = print (desk, desk->one, "receipt", MC_JOB_ON_PAPER);
  g_autofree char *second = NULL;

  start_again (desk);
  second = print (desk, desk->other, "receipt", MC_JOB_ON_PAPER);
  assert_number (desk, first, 1);
  assert_number (desk, second, 2);
}

#define KILLED 9

/* In a process of its own, which ends as by kill -9: before anything is taken, once the number is,
 * or while a page is drawn. */
static void
print_and_die (Desk *desk, guint when)
{
  const char *const dossiers[] = { desk->one, NULL };
  pid_t pid;
  int status = 0;

  mc_desk_free (desk->office->desk);
  mc_store_close (desk->office->store);
  desk->office->desk = NULL;
  desk->office->store = NULL;
  pid = fork ();
  if (pid == 0)
    {
      g_autoptr (McForm) form = NULL;

      open_again (desk);
      if (when > 0)
        form = mc_job_print (desk->office->desk, dossiers, "receipt", MC_JOB_ON_PAPER, NULL, NULL);
      if (when > 1)
        {
          cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, NULL);

          mc_form_draw (form, cairo_create (surface), 0);
        }
      (void)kill (getpid (), SIGKILL);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == KILLED);
  open_again (desk);
}

/* The number is there once, and the next start says that nobody knows of the paper. */
static void
test_killed_while (Desk *desk, gconstpointer data)
{
  guint when = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) unsure = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;
  g_autofree char *number = g_strdup_printf ("%s001", desk->slot);
  g_autoptr (GError) error = NULL;

  print_and_die (desk, when);
  unsure = mc_store_unsure (desk->office->store);
  g_assert_cmpuint (unsure->len, ==, when > 0 ? 1 : 0);
  if (when > 0)
    {
      const McUnsure *one = unsure->pdata[0];

      g_assert_cmpstr (one->numbers[0], ==, number);
      g_assert_cmpstr (one->dossiers[0], ==, desk->one);
      g_assert_cmpstr (one->name, ==, "receipt");
      g_assert_cmpstr (one->title, ==, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả");
      g_assert_true (mc_desk_printed (desk->office->desk, one->mark, &error));
      g_assert_no_error (error);
    }
  after = mc_store_unsure (desk->office->store);
  g_assert_cmpuint (after->len, ==, 0);
  again = print (desk, desk->one, "receipt", MC_JOB_ON_PAPER);
  other = print (desk, desk->other, "receipt", MC_JOB_ON_PAPER);
  assert_number (desk, again, 1);
  assert_number (desk, other, 2);
  g_assert_true ((strstr (again, "Bản in lại") != NULL) == (when > 0));
}

/* What reached the printer is sure; what was saved as a file never was on its way to one. */
static void
test_sure (Desk *desk, gconstpointer data)
{
  const char *const both[] = { desk->one, desk->other, NULL };
  g_autofree char *mark = NULL;
  g_autofree char *file = print (desk, desk->one, "receipt", MC_JOB_FILE);
  g_autoptr (McForm) form = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  form = mc_job_print (desk->office->desk, both, MC_JOB_NEWEST, MC_JOB_ON_PAPER, &mark, &error);
  g_assert_no_error (error);
  before = mc_store_unsure (desk->office->store);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpuint (g_strv_length (((McUnsure *)before->pdata[0])->numbers), ==, 2);
  g_assert_cmpuint (g_strv_length (((McUnsure *)before->pdata[0])->dossiers), ==, 2);
  g_assert_cmpstr (((McUnsure *)before->pdata[0])->mark, ==, mark);
  g_assert_true (mc_desk_printed (desk->office->desk, mark, NULL));
  after = mc_store_unsure (desk->office->store);
  g_assert_cmpuint (after->len, ==, 0);
}

/* A printed paper is seen as it was, whatever came later; printed again from there it is a copy of
 * that. */
static void
test_then (Desk *desk, gconstpointer data)
{
  McTestOffice *office = desk->office;
  g_autofree char *first = print (desk, desk->one, "receipt", MC_JOB_ON_PAPER);
  g_autoptr (GPtrArray) all = printed (desk, desk->one);
  g_autofree char *name = g_strconcat (MC_JOB_PRINTED, ((McPrinted *)all->pdata[0])->op, NULL);
  g_autoptr (json_t) contact = json_pack ("{s:s}", "phone", "0999888777");
  g_autoptr (json_t) papers =
      json_pack ("{s:s,s:{s:s}}", "set", "2018", "head", "unit", "CƠ QUAN MỚI");
  g_autoptr (GError) error = NULL;
  g_autofree char *then = NULL;
  g_autofree char *now = NULL;
  g_autofree char *copy = NULL;

  mc_test_accept_all (office);
  g_assert_true (mc_desk_set (office->desk, desk->one, MC_GROUP_CONTACT, contact, &error));
  mc_test_sign_in (office, "chi");
  g_assert_true (mc_papers_keep (office->desk, papers, &error));
  mc_test_sign_in (office, "an");
  office->clock->wall_ms += 24 * 3600 * 1000;
  then = preview (desk, desk->one, name);
  now = preview (desk, desk->one, "receipt");
  copy = print (desk, desk->one, name, MC_JOB_ON_PAPER);
  g_assert_cmpstr (then, ==, first);
  g_assert_nonnull (strstr (now, "0999888777"));
  g_assert_nonnull (strstr (now, "CƠ QUAN MỚI"));
  g_assert_null (strstr (copy, "0999888777"));
  g_assert_nonnull (strstr (copy, "Bản in lại"));
  assert_number (desk, copy, 1);
}

/* A slip that is about the dossier as it stands (the control slip) is as it stood; so is one of a
 * program that did not yet say what was seen. */
static void
test_then_of_a_dossier (Desk *desk, gconstpointer data)
{
  McTestOffice *office = desk->office;
  g_autofree char *first = print (desk, desk->one, MC_SLIP_CONTROL, MC_JOB_ON_PAPER);
  g_autoptr (GPtrArray) all = printed (desk, desk->one);
  McPrinted *one = all->pdata[0];
  g_autofree char *name = g_strconcat (MC_JOB_PRINTED, one->op, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *then = NULL;
  g_autofree char *now = NULL;

  office->clock->wall_ms += 3600 * 1000;
  g_assert_true (mc_desk_step (office->desk, desk->one, MC_STEP_WITHDRAW, "Không làm nữa", &error));
  then = preview (desk, desk->one, name);
  now = preview (desk, desk->one, MC_SLIP_CONTROL);
  g_assert_cmpstr (then, ==, first);
  g_assert_cmpstr (now, !=, first);
  mc_store_look_back (office->store, NULL, one->at_ms, FALSE);
  {
    g_autoptr (McDossier) dossier = mc_store_dossier (office->store, desk->one, NULL);

    g_assert_cmpstr (dossier->row->state, ==, MC_STATE_RECEIVED);
  }
  mc_store_look_now (office->store);
}

/* The label of the folder has no number; that it was printed is known. */
static void
test_label (Desk *desk, gconstpointer data)
{
  g_autofree char *label = print (desk, desk->one, MC_SLIP_LABEL, MC_JOB_ON_PAPER);
  g_autoptr (GPtrArray) all = printed (desk, desk->one);

  g_assert_cmpuint (all->len, ==, 1);
  g_assert_null (((McPrinted *)all->pdata[0])->number);
  g_assert_cmpstr (((McPrinted *)all->pdata[0])->paper, ==, MC_SLIP_LABEL);
}

/* Many at once: one job, each with a number of its own, as the preview had it. */
static void
test_many (Desk *desk, gconstpointer data)
{
  const char *const both[] = { desk->one, desk->other, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (McForm) seen =
      mc_job_preview (desk->office->store, both, MC_JOB_NEWEST, MC_JOB_ON_PAPER, &error);
  g_autoptr (McForm) form =
      mc_job_print (desk->office->desk, both, MC_JOB_NEWEST, MC_JOB_ON_PAPER, NULL, &error);
  g_autofree char *before = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (mc_form_pages (form), ==, 2);
  before = text_of (seen);
  text = text_of (form);
  g_assert_cmpstr (before, ==, text);
  assert_number (desk, text, 1);
  assert_number (desk, text, 2);
}

/* One list of several dossiers is a paper of each of them. */
static void
test_handover (Desk *desk, gconstpointer data)
{
  const char *const both[] = { desk->one, desk->other, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (McForm) form =
      mc_job_print (desk->office->desk, both, MC_KIND_HANDOVER, MC_JOB_ON_PAPER, NULL, &error);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) other = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = text_of (form);
  assert_number (desk, text, 1);
  g_assert_nonnull (strstr (text, "PHIẾU BÀN GIAO KẾT QUẢ"));
  g_assert_nonnull (strstr (text, "Nguyễn Thị Hường"));
  g_assert_nonnull (strstr (text, "Lê Văn Tám"));
  g_assert_nonnull (strstr (text, "Số hồ sơ bàn giao: 02"));
  one = printed (desk, desk->one);
  other = printed (desk, desk->other);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (other->len, ==, 1);
  g_assert_cmpstr (((McPrinted *)one->pdata[0])->number,
                   ==,
                   ((McPrinted *)other->pdata[0])->number);
}

static void
test_electronic (Desk *desk, gconstpointer data)
{
  g_autofree char *pen = print (desk, desk->one, "receipt", MC_JOB_FILE);
  g_autofree char *digital = print (desk, desk->one, "receipt", MC_JOB_FILE | MC_JOB_ELECTRONIC);

  g_assert_nonnull (strstr (pen, "(Ký và ghi rõ họ tên)"));
  g_assert_null (strstr (digital, "(Ký và ghi rõ họ tên)"));
  g_assert_nonnull (strstr (digital, "(Chữ ký số của người tiếp nhận hồ sơ)"));
}

/* A form that the dossier has not is refused by name, without a number taken or a warning. */
static void
test_no_such_form (Desk *desk, gconstpointer data)
{
  const char *const one[] = { desk->one, NULL };
  const char *const nobody[] = { "no-such-dossier", NULL };
  g_autoptr (GError) form = NULL;
  g_autoptr (GError) dossier = NULL;
  g_autoptr (GPtrArray) all = NULL;

  g_assert_null (mc_job_print (desk->office->desk, one, "leaflet", MC_JOB_ON_PAPER, NULL, &form));
  g_assert_error (form, MC_ERROR, MC_ERROR_NOT_FOUND);
  g_assert_null (
      mc_job_print (desk->office->desk, nobody, "receipt", MC_JOB_ON_PAPER, NULL, &dossier));
  g_assert_error (dossier, MC_ERROR, MC_ERROR_NOT_FOUND);
  all = printed (desk, desk->one);
  g_assert_cmpuint (all->len, ==, 0);
}

#define ADD_WITH(path, test, when)                                                                 \
  g_test_add ("/print-job/" path, Desk, GUINT_TO_POINTER (when), set_up, test, tear_down)
#define ADD(path, test) g_test_add ("/print-job/" path, Desk, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("numbers", test_numbers);
  ADD ("record", test_record);
  ADD ("all-or-nothing", test_all_or_nothing);
  ADD ("nobody", test_nobody);
  ADD ("no-such-form", test_no_such_form);
  ADD ("killed", test_killed);
  ADD_WITH ("killed-before", test_killed_while, 0);
  ADD_WITH ("killed-after", test_killed_while, 1);
  ADD_WITH ("killed-drawing", test_killed_while, 2);
  ADD ("sure", test_sure);
  ADD ("then", test_then);
  ADD ("then-of-a-dossier", test_then_of_a_dossier);
  ADD ("label", test_label);
  ADD ("many", test_many);
  ADD ("handover", test_handover);
  ADD ("electronic", test_electronic);
  return g_test_run ();
}
