/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A declaration filled in beside a reception and in an open dossier: needs a display. */
#include "mc-declaration-fields.h"
#include "mc-declaration-flow.h"
#include "mc-declared.h"
#include "mc-linked.h"
#include "mc-page.h"
#include "mc-test-reception.h"
#include "mc-viewer-render.h"
#include <string.h>

static McDeclarationWindow *
opened (McTestReception *bench)
{
  g_assert_true (mc_page_act (MC_PAGE (bench->page), MC_PAGE_DECLARE));
  g_assert_nonnull (bench->page->parts.window);
  return MC_DECLARATION_WINDOW (bench->page->parts.window);
}

static const char *
said (McDeclarationWindow *window, const char *name)
{
  GtkWidget *field = mc_declaration_window_field (window, name);

  g_assert_nonnull (field);
  return mc_test_reception_text (field);
}

static void
type (McDeclarationWindow *window, const char *name, const char *text)
{
  mc_test_reception_type (mc_declaration_window_field (window, name), text);
}

/* What is said under a field. */
static const char *
hint (McDeclarationWindow *window, const char *name)
{
  GtkWidget *words = gtk_widget_get_next_sibling (mc_declaration_window_field (window, name));

  return gtk_widget_get_visible (words) ? gtk_label_get_label (GTK_LABEL (words)) : NULL;
}

static void
begin_birth (McTestReception *bench)
{
  mc_test_reception_scan (bench, CARD);
  mc_test_reception_choose (bench, "khai sinh");
}

static void
test_known_is_there (McTestReception *bench, gconstpointer data)
{
  McDeclarationWindow *window;

  /* Nothing to declare before it is known what. */
  g_assert_true (mc_page_act (MC_PAGE (bench->page), MC_PAGE_DECLARE));
  g_assert_null (bench->page->parts.window);
  begin_birth (bench);
  window = opened (bench);
  g_assert_cmpstr (said (window, "yc_ten"), ==, "Nguyễn Văn Mẫu");
  g_assert_cmpstr (said (window, "yc_sinh"), ==, "05/03/2005");
  g_assert_cmpstr (said (window, "yc_dinh_danh"), ==, "001205123456");
  g_assert_cmpstr (said (window, "con_ten"), ==, "");
  g_assert_nonnull (strstr (said (window, "kinh_gui"), "Ủy ban nhân dân"));
  gtk_window_close (GTK_WINDOW (window));
}

static void
test_checked_while_typed (McTestReception *bench, gconstpointer data)
{
  McDeclarationWindow *window;

  begin_birth (bench);
  window = opened (bench);
  type (window, "me_dinh_danh", "12345");
  type (window, "con_sinh", "5/3/2099");
  g_assert_nonnull (strstr (hint (window, "me_dinh_danh"), "12"));
  g_assert_nonnull (hint (window, "con_sinh"));
  type (window, "me_dinh_danh", "079185000123");
  type (window, "con_sinh", "5/3/2026");
  g_assert_null (hint (window, "me_dinh_danh"));
  g_assert_null (hint (window, "con_sinh"));
  type (window, "me_sinh", "1/2/1990");
  g_assert_nonnull (hint (window, "me_dinh_danh"));
  gtk_window_close (GTK_WINDOW (window));
}

static gpointer
work_drafts (McDesk *desk, gpointer data, GError **error)
{
  return mc_desk_drafts (desk, error);
}

/* Typed and not kept, the page left: it is on the disk, and there again. */
static void
test_survives (McTestReception *bench, gconstpointer data)
{
  McDeclarationWindow *window;
  g_autoptr (json_t) drafts = NULL;
  g_autofree char *id = NULL;
  json_t *values;

  begin_birth (bench);
  window = opened (bench);
  type (window, "con_ten", "Nguyễn Thị Bé");
  type (window, "con_sinh", "hôm q");
  mc_page_leave (MC_PAGE (bench->page));
  mc_test_reception_close (bench);
  drafts = mc_worker_call (bench->context.worker, work_drafts, NULL, NULL);
  g_assert_cmpuint (json_array_size (drafts), ==, 1);
  id = g_strdup (mc_json_string (json_array_get (drafts, 0), "id"));
  values =
      json_object_get (json_object_get (json_object_get (json_array_get (drafts, 0), "reception"),
                                        "declarations"),
                       "khai-sinh");
  g_assert_cmpstr (mc_json_string (values, "con_ten"), ==, "Nguyễn Thị Bé");
  mc_test_reception_open (bench, id);
  WAIT_FOR (bench->page->procedure.chosen != NULL);
  window = opened (bench);
  g_assert_cmpstr (said (window, "con_ten"), ==, "Nguyễn Thị Bé");
  gtk_window_close (GTK_WINDOW (window));
}

/* The paper is given with its document, and received with what it says. */
static void
test_received (McTestReception *bench, gconstpointer data)
{
  McDeclarationWindow *window;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) part = NULL;
  g_autoptr (json_t) document = NULL;

  begin_birth (bench);
  window = opened (bench);
  type (window, "con_ten", "Nguyễn Thị Bé");
  mc_declaration_window_keep (window);
  mc_declaration_window_keep (window); /* twice is once */
  WAIT_FOR (bench->page->parts.window == NULL);
  g_assert_true (mc_reception_part_row_in (mc_test_reception_part (bench, 0)));
  document = mc_test_reception_document (bench, 0);
  g_assert_cmpint (mc_json_int (document, "pages", 0), ==, 2);
  mc_reception_page_save (bench->page);
  WAIT_FOR (bench->saved != NULL);
  dossier = mc_store_dossier (bench->context.reader, bench->saved, NULL);
  g_assert_cmpstr (mc_record_value (dossier->record, "form:khai-sinh.con_ten"),
                   ==,
                   "\"Nguyễn Thị Bé\"");
  g_assert_cmpstr (mc_record_value (dossier->record, "form:khai-sinh.yc_ten"),
                   ==,
                   "\"Nguyễn Văn Mẫu\"");
  part = mc_record_json (dossier->record, "part:to-khai");
  g_assert_cmpint (mc_json_int (part, "originals", 0), ==, 1);
  g_assert_true (json_equal (json_object_get (part, "document"), document));
}

/* Two procedures on one receipt have a declaration each. */
static void
test_one_more (McTestReception *bench, gconstpointer data)
{
  McDeclarationWindow *window;
  g_autoptr (json_t) reception = NULL;
  const json_t *first;

  begin_birth (bench);
  window = opened (bench);
  type (window, "con_ten", "Nguyễn Thị Bé");
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR (bench->page->parts.window == NULL);
  g_assert_true (mc_page_act (MC_PAGE (bench->page), MC_PAGE_MORE));
  mc_test_reception_choose (bench, "khai sinh");
  window = opened (bench);
  g_assert_cmpstr (said (window, "con_ten"), ==, "");
  type (window, "con_ten", "Nguyễn Văn Út");
  reception = mc_reception_get (bench->page);
  first = json_array_get (json_object_get (reception, "more"), 0);
  g_assert_cmpstr (mc_json_string (json_object_get (json_object_get (first, "declarations"),
                                                    "khai-sinh"),
                                   "con_ten"),
                   ==,
                   "Nguyễn Thị Bé");
  g_assert_cmpstr (mc_json_string (json_object_get (json_object_get (reception, "declarations"),
                                                    "khai-sinh"),
                                   "con_ten"),
                   ==,
                   "Nguyễn Văn Út");
  gtk_window_close (GTK_WINDOW (window));
}

static gpointer
work_receive (McDesk *desk, gpointer reception, GError **error)
{
  return mc_desk_receive (desk, reception, error);
}

/* In an open dossier: only what was changed is written, and its paper is put on the part. */
static void
test_in_a_dossier (McTestReception *bench, gconstpointer data)
{
  g_autoptr (json_t) reception = json_pack ("{s:s,s:{s:s,s:s},s:{s:{s:s}}}",
                                            "procedure",
                                            "1.001193",
                                            "applicant",
                                            "name",
                                            "Lê Văn An",
                                            "id",
                                            "079085000123",
                                            "declarations",
                                            "khai-sinh",
                                            "con_ten",
                                            "Lê Thị Bé");
  g_autoptr (McReceived) received =
      mc_worker_call (bench->context.worker, work_receive, reception, NULL);
  g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, received->id, NULL);
  g_autoptr (McProcedure) procedure = mc_store_procedure_of (bench->context.reader, dossier);
  g_autoptr (McTyped) typed = NULL;
  g_autoptr (McDossier) after = NULL;
  McDeclarationWindow *window;
  const McEvent *last;

  bench->context.staff = mc_store_staff_by_login (bench->context.reader, "an");
  g_assert_nonnull (bench->context.staff);
  typed = mc_typed_new (&bench->context, received->id);
  window = mc_declaration_flow (GTK_WIDGET (bench->page),
                                &bench->context,
                                dossier,
                                procedure,
                                mc_declaration_flow_part (procedure),
                                typed);
  g_assert_cmpstr (said (window, "con_ten"), ==, "Lê Thị Bé");
  g_assert_cmpstr (said (window, "yc_ten"), ==, "Lê Văn An");
  type (window, "con_ten", "Lê Thị Bé Hai");
  g_assert_cmpstr (mc_json_string (mc_typed_kept (typed, "form:khai-sinh"), "con_ten"),
                   ==,
                   "Lê Thị Bé Hai");
  mc_declaration_window_keep (window);
  WAIT_FOR (mc_typed_kept (typed, "form:khai-sinh") == NULL);
  after = mc_store_dossier (bench->context.reader, received->id, NULL);
  g_assert_cmpstr (mc_record_value (after->record, "form:khai-sinh.con_ten"),
                   ==,
                   "\"Lê Thị Bé Hai\"");
  last = after->events->pdata[after->events->len - 1];
  g_assert_cmpstr (last->verb, ==, MC_VERB_ATTACH);
  g_clear_pointer (&bench->context.staff, mc_staff_free);
}

static const char *
asked (McDeclarationWindow *window)
{
  return mc_declaration_window_declaration (window)->id;
}

/* The window that is in front after another declaration of the paper was asked for. */
static McDeclarationWindow *
next (McTestReception *bench, McDeclarationWindow *window)
{
  const char *before = asked (window);

  gtk_widget_activate_action (GTK_WIDGET (window), "declaration.next", NULL);
  g_assert_cmpstr (asked (MC_DECLARATION_WINDOW (bench->page->parts.window)), !=, before);
  return MC_DECLARATION_WINDOW (bench->page->parts.window);
}

/* Around to the one with @id. */
static McDeclarationWindow *
back (McTestReception *bench, McDeclarationWindow *window, const char *id)
{
  for (guint i = 0; i < 4 && !g_str_equal (asked (window), id); i++)
    window = next (bench, window);
  g_assert_cmpstr (asked (window), ==, id);
  return window;
}

/* In the dossier of the residence the child's name is that of its birth. */
static void
assert_child (McTestReception *bench, const char *parent)
{
  g_autoptr (McDossier) whole = mc_store_dossier (bench->context.reader, parent, NULL);
  g_autoptr (GPtrArray) children = mc_store_children (bench->context.reader, whole->record);
  const char *id = ((McChild *)children->pdata[1])->id;
  g_autoptr (McDossier) dossier = mc_store_dossier (bench->context.reader, id, NULL);
  g_autoptr (McProcedure) procedure = mc_store_procedure_of (bench->context.reader, dossier);
  g_autoptr (McTyped) typed = mc_typed_new (&bench->context, id);
  McDeclarationWindow *window = mc_declaration_flow (GTK_WIDGET (bench->page),
                                                     &bench->context,
                                                     dossier,
                                                     procedure,
                                                     mc_declaration_flow_part (procedure),
                                                     typed);

  g_assert_cmpstr (asked (window), ==, "ct01");
  g_assert_cmpstr (said (window, "ten"), ==, "Nguyễn Thị Bé");
  g_assert_cmpstr (said (window, "sinh"), ==, "05/03/2026");
  g_assert_cmpstr (said (window, "dinh_danh"), ==, "");
  g_assert_cmpstr (said (window, "thanh_vien.1.ten"), ==, "");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* An interlinked one is declared on the forms of its parts, each filled in from the others; they
 * are one document. */
static void
test_interlinked (McTestReception *bench, gconstpointer data)
{
  McDeclarationWindow *window;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) document = NULL;

  mc_test_reception_scan (bench, CARD);
  mc_test_reception_choose (bench, "khai sinh liên thông");
  window = opened (bench);
  g_assert_cmpstr (asked (window), ==, "khai-sinh");
  type (window, "con_ten", "Nguyễn Thị Bé");
  type (window, "con_sinh", "5/3/2026");
  window = next (bench, window);
  g_assert_cmpstr (asked (window), ==, "ct01");
  g_assert_cmpstr (said (window, "ten"), ==, "Nguyễn Thị Bé");
  g_assert_cmpstr (said (window, "sinh"), ==, "05/03/2026");
  g_assert_cmpstr (said (window, "dinh_danh"), ==, "");
  g_assert_cmpstr (said (window, "de_nghi"), ==, "Đăng ký thường trú");
  window = next (bench, window);
  g_assert_cmpstr (asked (window), ==, MC_DECLARATION_GENERAL);
  window = next (bench, window);
  g_assert_cmpstr (said (window, "con_ten"), ==, "Nguyễn Thị Bé");
  window = next (bench, window);
  mc_declaration_window_keep (window);
  WAIT_FOR (bench->page->parts.window == NULL);
  document = mc_test_reception_document (bench, 0);
  g_assert_cmpint (mc_json_int (document, "pages", 0), ==, 4);
  mc_reception_page_save (bench->page);
  WAIT_FOR (bench->saved != NULL);
  dossier = mc_store_dossier (bench->context.reader, bench->saved, NULL);
  g_assert_cmpstr (mc_record_value (dossier->record, "form:ct01.ten"), ==, "\"Nguyễn Thị Bé\"");
  g_assert_cmpstr (mc_record_value (dossier->record, "form:khai-sinh.con_ten"),
                   ==,
                   "\"Nguyễn Thị Bé\"");
  g_assert_null (mc_record_value (dossier->record, "form:chung.ten"));
  bench->context.staff = mc_store_staff_by_login (bench->context.reader, "an");
  assert_child (bench, bench->saved);
  g_clear_pointer (&bench->context.staff, mc_staff_free);
}

static void
nothing (gpointer data, gpointer user_data)
{
}

/* Whatever stands on the paper is asked on the screen, and what is known comes back from there. */
static void
test_all_on_the_screen (McTestReception *bench, gconstpointer data)
{
  GPtrArray *all = mc_declaration_usual ();

  for (guint i = 0; i < all->len; i++)
    {
      McDeclaration *declaration = all->pdata[i];
      g_autoptr (json_t) values = json_object ();
      g_autoptr (json_t) back = NULL;
      GtkWidget *box;

      for (guint k = 0; k < declaration->blank->len; k++)
        {
          const McBlank *blank = declaration->blank->pdata[k];
          const char *said = blank->kind == MC_BLANK_FLAG ? MC_BLANK_TICKED : "1984";

          if (blank->kind == MC_BLANK_CHOICE)
            said = ((McBlankOption *)blank->option->pdata[0])->id;
          if (blank->kind != MC_BLANK_ROWS)
            json_object_set_new (values, blank->key, json_string (said));
        }
      box = g_object_ref_sink (mc_declaration_fields_new (declaration, values, nothing, NULL));
      back = mc_declaration_fields_get (box);
      g_object_unref (box);
      if (!json_equal (values, back))
        g_error ("%s: another on the screen", declaration->id);
    }
}

/* Whom the residence is about is the child: nobody stands there before it is typed, and what is
 * corrected in its birth is corrected there too. */
static void
test_child_not_applicant (McTestReception *bench, gconstpointer data)
{
  McDeclarationWindow *window;

  mc_test_reception_scan (bench, CARD);
  mc_test_reception_choose (bench, "khai sinh liên thông");
  window = next (bench, opened (bench));
  g_assert_cmpstr (asked (window), ==, "ct01");
  g_assert_cmpstr (said (window, "ten"), ==, "");
  g_assert_cmpstr (said (window, "dinh_danh"), ==, "");
  type (window, "chu_ho", "Nguyễn Văn Mẫu");
  window = back (bench, window, "khai-sinh");
  type (window, "con_ten", "Nguyễn Thị Be");
  window = next (bench, window);
  g_assert_cmpstr (said (window, "ten"), ==, "Nguyễn Thị Be");
  type (window, "quan_he", "Con");
  window = back (bench, window, "khai-sinh");
  type (window, "con_ten", "Nguyễn Thị Bé");
  window = next (bench, window);
  g_assert_cmpstr (said (window, "ten"), ==, "Nguyễn Thị Bé");
  g_assert_cmpstr (said (window, "chu_ho"), ==, "Nguyễn Văn Mẫu");
  /* What is written otherwise on purpose stays. */
  type (window, "ten", "Nguyễn Thị Bé Em");
  window = back (bench, window, "khai-sinh");
  type (window, "con_ten", "Nguyễn Thị Bé Anh");
  window = next (bench, window);
  g_assert_cmpstr (said (window, "ten"), ==, "Nguyễn Thị Bé Em");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (McTestReception *, gconstpointer);
    const char *with;
  } tests[] = {
    { "/declaration/known", test_known_is_there, NULL },
    { "/declaration/checked", test_checked_while_typed, NULL },
    { "/declaration/survives", test_survives, NULL },
    { "/declaration/received", test_received, NULL },
    { "/declaration/one-more", test_one_more, NULL },
    { "/declaration/in-a-dossier", test_in_a_dossier, NULL },
    { "/declaration/interlinked", test_interlinked, "linked" },
    { "/declaration/all-on-the-screen", test_all_on_the_screen, NULL },
    { "/declaration/child-not-applicant", test_child_not_applicant, "linked" },
  };

  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path,
                McTestReception,
                tests[i].with,
                mc_test_reception_set_up,
                tests[i].run,
                mc_test_reception_tear_down);
  {
    int status = g_test_run ();

    /* Pages under way would draw with what poppler has let go of. */
    mc_renderer_wait_all ();
    return status;
  }
}
