/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An office's own version of a procedure. What is typed keeps itself as a draft, as a reception
 * does: "own" with the entry that it began from, the ops behind it, and the form.
 */
#include "mc-own-page.h"

#include "mc-catalogue.h"
#include "mc-focus.h"
#include "mc-id.h"
#include "mc-own-form.h"
#include "mc-own.h"
#include "mc-page.h"
#include "mc-signal.h"
#include <glib/gi18n.h>

#define LATER_MS 400
#define SPACE 12

struct _McOwnPage
{
  GtkWidget parent_instance;
  McContext *context;
  GtkWidget *box, *missing, *failure;
  McOwnForm *form;
  json_t *entry; /* (nullable): what it began from */
  json_t *seen;  /* (nullable): the ops behind that */
  char *today;
  char *draft; /* (nullable): its id, once it is kept */
  guint later;
  gboolean dirty, saving;
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McOwnPage,
                               mc_own_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

gboolean
mc_own_page_may (const McContext *context)
{
  return context->staff != NULL && mc_role_may (context->staff->role, MC_VERB_OWN);
}

static void
fail (McOwnPage *page, const GError *error)
{
  g_autofree char *sentence = error != NULL ? mc_error_sentence (error) : NULL;

  gtk_label_set_label (GTK_LABEL (page->failure), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (page->failure, sentence != NULL);
}

/* A second procedure under a code that there is already would hide the first. */
static gboolean
code_taken (McOwnPage *page, const json_t *state)
{
  g_autoptr (McCatalogue) catalogue = NULL;

  if (page->entry != NULL)
    return FALSE;
  catalogue = mc_catalogue_get (page->context);
  return mc_catalogue_procedure (catalogue, mc_json_string (state, "code")) != NULL;
}

/* The first thing that stands in the way, or NULL. @problems: owns it */
static const McOwnProblem *
first_problem (GPtrArray *problems)
{
  return problems->len > 0 ? problems->pdata[0] : NULL;
}

/* Said before the button is pressed. */
static void
say_missing (McOwnPage *page, GPtrArray *problems, gboolean taken)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < problems->len; i++)
    {
      const McOwnProblem *problem = problems->pdata[i];

      if (problem->missing &&
          !g_ptr_array_find_with_equal_func (names, problem->words, g_str_equal, NULL))
        g_ptr_array_add (names, problem->words);
    }
  g_ptr_array_add (names, NULL);
  list = g_strjoinv (", ", (char **)names->pdata);
  if (taken)
    words = g_strdup (_ ("This code is in the catalogue already: open that procedure and correct "
                         "it."));
  else if (*list != '\0')
    words = g_strdup_printf (_ ("Still missing: %s."), list);
  else if (problems->len > 0)
    words = g_strdup (((McOwnProblem *)problems->pdata[0])->words);
  gtk_label_set_label (GTK_LABEL (page->missing),
                       words != NULL ? words : _ ("Everything is there."));
}

static void
look (McOwnPage *page)
{
  g_autoptr (json_t) state = mc_own_form_get (page->form);
  g_autoptr (GPtrArray) problems = mc_own_state_check (state);

  mc_own_form_say (page->form, problems);
  say_missing (page, problems, code_taken (page, state));
}

typedef struct
{
  char *id;
  json_t *kept;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->id);
  json_decref (kept->kept);
  g_free (kept);
}

static gpointer
work_keep (McDesk *desk, gpointer data, GError **error)
{
  Kept *kept = data;

  return mc_desk_draft_put (desk, kept->id, kept->kept, error);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McOwnPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mc_worker_finish (MC_WORKER (source), result, &error);

  if (page->box != NULL && error != NULL)
    fail (page, error);
}

static void
keep_now (McOwnPage *page)
{
  json_t *own;
  Kept *kept;

  g_clear_handle_id (&page->later, g_source_remove);
  if (!page->dirty || page->saving)
    return;
  page->dirty = FALSE;
  if (page->draft == NULL)
    page->draft = mc_id_new (mc_store_now (page->context->reader));
  own = json_pack ("{s:o}", "form", mc_own_form_get (page->form));
  if (page->entry != NULL)
    json_object_set (own, "entry", page->entry);
  if (page->seen != NULL)
    json_object_set (own, "seen", page->seen);
  kept = g_new (Kept, 1);
  kept->id = g_strdup (page->draft);
  kept->kept = json_pack ("{s:o}", "own", own);
  mc_worker_run (page->context->worker,
                 work_keep,
                 kept,
                 kept_free,
                 g_free,
                 NULL,
                 on_kept,
                 g_object_ref (page));
}

static gboolean
on_later (gpointer data)
{
  McOwnPage *page = data;

  page->later = 0;
  keep_now (page);
  return G_SOURCE_REMOVE;
}

static void
on_changed (gpointer form, gpointer data)
{
  McOwnPage *page = data;

  look (page);
  page->dirty = TRUE;
  if (page->later == 0)
    page->later = g_timeout_add (LATER_MS, on_later, page);
}

typedef struct
{
  json_t *entry;
  json_t *seen;
  char *draft;
} Saved;

static void
saved_free (gpointer data)
{
  Saved *saved = data;

  json_decref (saved->entry);
  json_decref (saved->seen);
  g_free (saved->draft);
  g_free (saved);
}

static gpointer
work_save (McDesk *desk, gpointer data, GError **error)
{
  Saved *saved = data;
  gboolean ok = mc_desk_own (desk, saved->entry, saved->seen, saved->draft, error);

  if (ok)
    mc_store_mark_changed (mc_desk_store (desk));
  return GINT_TO_POINTER (ok);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McOwnPage) page = data;
  g_autoptr (GError) error = NULL;

  (void)mc_worker_finish (MC_WORKER (source), result, &error);
  page->saving = FALSE;
  if (page->box == NULL)
    return;
  if (error != NULL)
    {
      page->dirty = TRUE;
      fail (page, error);
      return;
    }
  g_clear_pointer (&page->draft, g_free);
  page->dirty = FALSE;
  if (page->context->syncer != NULL)
    mc_syncer_wake (page->context->syncer, FALSE);
  gtk_widget_activate_action (
      GTK_WIDGET (page),
      "win.say",
      "s",
      _ ("Saved on this machine; every machine of the office receives by it once it is sent."));
  g_signal_emit_by_name (page, "closed");
}

static void
save (McOwnPage *page)
{
  g_autoptr (json_t) state = mc_own_form_get (page->form);
  g_autoptr (GPtrArray) problems = mc_own_state_check (state);
  const McOwnProblem *problem = first_problem (problems);
  Saved *saved;

  if (page->saving)
    return;
  look (page);
  if (problem != NULL || code_taken (page, state))
    {
      mc_own_form_focus (page->form, problem != NULL ? problem->field : "code");
      gtk_widget_error_bell (GTK_WIDGET (page));
      return;
    }
  g_clear_handle_id (&page->later, g_source_remove);
  saved = g_new0 (Saved, 1);
  saved->entry = mc_own_state_entry (page->entry, state, page->today);
  saved->seen = page->seen != NULL ? json_incref (page->seen) : NULL;
  saved->draft = g_strdup (page->draft);
  page->saving = TRUE;
  mc_worker_run (page->context->worker,
                 work_save,
                 saved,
                 saved_free,
                 NULL,
                 NULL,
                 on_saved,
                 g_object_ref (page));
}

static void
save_clicked (McOwnPage *page)
{
  mc_window_commit_input (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))));
  save (page);
}

static GtkWidget *
new_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css);
  return label;
}

static void
set_margins (GtkWidget *widget, int margin)
{
  gtk_widget_set_margin_top (widget, margin);
  gtk_widget_set_margin_bottom (widget, margin);
  gtk_widget_set_margin_start (widget, margin);
  gtk_widget_set_margin_end (widget, margin);
}

static GtkWidget *
make_foot (McOwnPage *page)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACE);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_with_label (_ ("Save for this office (Ctrl+Enter)"));

  page->missing = new_label (NULL, "dim-label");
  page->failure = new_label (NULL, "mc-care");
  gtk_widget_set_visible (page->failure, FALSE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), page->failure);
  gtk_box_append (GTK_BOX (words), page->missing);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (save_clicked), page);
  gtk_box_append (GTK_BOX (foot), words);
  gtk_box_append (GTK_BOX (foot), button);
  set_margins (foot, SPACE);
  return foot;
}

static void
build (McOwnPage *page)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  page->form = mc_own_form_new (on_changed, page);
  gtk_box_append (GTK_BOX (inside),
                  new_label (page->entry != NULL ? _ ("Correct a procedure for this office")
                                                 : _ ("Add a procedure of this office"),
                             "title-3"));
  gtk_box_append (
      GTK_BOX (inside),
      new_label (
          _ ("It is taken before the province's text, at this office alone, and shown beside "
             "it. Dossiers that were received before keep what they were received under."),
          "dim-label"));
  gtk_box_append (GTK_BOX (inside), mc_own_form_widget (page->form));
  set_margins (inside, SPACE);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), inside);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  page->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (page->box), scroller);
  gtk_box_append (GTK_BOX (page->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (page->box), make_foot (page));
  gtk_widget_set_parent (page->box, GTK_WIDGET (page));
}

static gboolean
own_page_act (McPage *widget, McPageAct act)
{
  if (act != MC_PAGE_MAIN)
    return FALSE;
  save_clicked (MC_OWN_PAGE (widget));
  return TRUE;
}

static void
own_page_leave (McPage *widget)
{
  keep_now (MC_OWN_PAGE (widget));
}

static const char *
own_page_help (McPage *page)
{
  return _ (
      "What this office receives by: correct what the catalogue has wrong, shorten a time with "
      "the decision that says so, add what is missing. Enter goes to the next field, "
      "Ctrl+Enter saves it for every machine of the office. What is typed keeps itself in the "
      "drafts.");
}

static void
page_init (McPageInterface *iface)
{
  iface->act = own_page_act;
  iface->leave = own_page_leave;
  iface->help = own_page_help;
}

static gboolean
mc_own_page_grab_focus (GtkWidget *widget)
{
  McOwnPage *page = MC_OWN_PAGE (widget);

  mc_own_form_focus (page->form, page->entry != NULL ? "name" : "code");
  return TRUE;
}

/* A page that is hidden for whatever reason keeps what was typed. */
static void
mc_own_page_unmap (GtkWidget *widget)
{
  keep_now (MC_OWN_PAGE (widget));
  GTK_WIDGET_CLASS (mc_own_page_parent_class)->unmap (widget);
}

static void
mc_own_page_dispose (GObject *object)
{
  McOwnPage *page = MC_OWN_PAGE (object);

  g_clear_handle_id (&page->later, g_source_remove);
  g_clear_pointer (&page->box, gtk_widget_unparent);
  g_clear_pointer (&page->form, mc_own_form_free);
  g_clear_pointer (&page->entry, json_decref);
  g_clear_pointer (&page->seen, json_decref);
  g_clear_pointer (&page->today, g_free);
  g_clear_pointer (&page->draft, g_free);
  G_OBJECT_CLASS (mc_own_page_parent_class)->dispose (object);
}

static void
mc_own_page_class_init (McOwnPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_own_page_dispose;
  mc_focus_class_start (widget, mc_own_page_grab_focus);
  widget->unmap = mc_own_page_unmap;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  mc_signal_new ("closed", MC_TYPE_OWN_PAGE, G_TYPE_NONE);
}

static void
mc_own_page_init (McOwnPage *page)
{
}

/* @state: (nullable): as it was typed; else as @entry has it. */
static GtkWidget *
new_page (McContext *context, const json_t *entry, const json_t *seen, const json_t *state)
{
  McOwnPage *page = g_object_new (MC_TYPE_OWN_PAGE, NULL);
  g_autoptr (GDateTime) now = mc_local (mc_store_now (context->reader));
  g_autoptr (json_t) fresh = NULL;

  page->context = context;
  page->today = g_date_time_format (now, "%Y-%m-%d");
  page->entry = entry != NULL ? json_deep_copy (entry) : NULL;
  page->seen = seen != NULL ? json_deep_copy (seen) : NULL;
  build (page);
  fresh = mc_own_state_of (page->entry, page->today);
  mc_own_form_put (page->form, state != NULL ? state : fresh, page->entry != NULL);
  look (page);
  return GTK_WIDGET (page);
}

GtkWidget *
mc_own_page_new (McContext *context, const char *code)
{
  g_autoptr (McOwnEntry) known = NULL;

  g_return_val_if_fail (context != NULL, NULL);

  if (code == NULL)
    return new_page (context, NULL, NULL, NULL);
  known = mc_store_own_entry (context->reader, code);
  return known != NULL ? new_page (context, known->entry, known->seen, NULL) : NULL;
}

GtkWidget *
mc_own_page_new_from (McContext *context, const char *draft, const json_t *own)
{
  GtkWidget *page;

  g_return_val_if_fail (context != NULL && draft != NULL, NULL);

  page = new_page (context,
                   json_object_get (own, "entry"),
                   json_object_get (own, "seen"),
                   json_object_get (own, "form"));
  MC_OWN_PAGE (page)->draft = g_strdup (draft);
  return page;
}

GtkWidget *
mc_own_page_new_with (McContext *context, const char *code, const json_t *entry)
{
  g_autoptr (McOwnEntry) known = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *today = NULL;
  g_autoptr (json_t) state = NULL;

  g_return_val_if_fail (context != NULL && code != NULL, NULL);

  known = mc_store_own_entry (context->reader, code);
  if (known == NULL)
    return NULL;
  now = mc_local (mc_store_now (context->reader));
  today = g_date_time_format (now, "%Y-%m-%d");
  state = mc_own_state_of (entry, today);
  return new_page (context, entry, known->seen, state);
}
