/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-correct-page.h"

#include "mc-act.h"
#include "mc-correction.h"
#include "mc-dossier-words.h"
#include "mc-group-field.h"
#include "mc-group.h"
#include "mc-page.h"
#include "mc-set-aside.h"
#include "mc-signal.h"
#include "mc-typed.h"
#include "mc-viewer.h"
#include "mc-waiting-words.h"
#include "mc-window.h"
#include <glib/gi18n.h>

/* What is kept of this page under the refused op's id, as of an open dossier under its own. */
#define TYPED "correction"

/* Row: one field and its input. */
typedef struct
{
  const McGroupField *field;
  GtkWidget *input;
  char *shown; /* as it was refused */
} Row;

struct _McCorrectPage
{
  GtkWidget parent_instance;
  McContext *context;
  McWaiting *refused;
  json_t *body;
  GArray *rows;   /* Row */
  McTyped *typed; /* keeps what is typed and not sent */
  gboolean filling;
  gboolean sending;

  GtkWidget *content;
  GtkLabel *sentence;
  GtkLabel *reason;
  GtkLabel *remedy;
  GtkBox *forms;
  GtkLabel *stands;
  GtkLabel *right;
  AdwBin *scan_side;
  GtkButton *open;
  GtkButton *reopen;
  GtkButton *main;
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McCorrectPage,
                               mc_correct_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

static guint closed_signal;

static void
row_clear (gpointer data)
{
  g_free (((Row *)data)->shown);
}

static gboolean
edited (McCorrectPage *page)
{
  for (guint i = 0; i < page->rows->len; i++)
    {
      Row *row = &g_array_index (page->rows, Row, i);
      g_autofree char *now = mc_group_field_read (row->field, row->input);

      if (g_strcmp0 (now, row->shown) != 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
may_send (McCorrectPage *page)
{
  const McStaff *staff = page->context->staff;

  return staff != NULL && mc_role_may (staff->role, page->refused->verb) &&
         (g_strcmp0 (page->refused->verb, MC_VERB_STEP) != 0 ||
          mc_workflow_may (mc_workflow_usual (), staff->role, mc_json_string (page->body, "step")));
}

static void
update_main (McCorrectPage *page)
{
  g_autofree char *label =
      g_strdup_printf ("%s  Ctrl+Enter",
                       edited (page) ? _ ("Correct and send again") : _ ("Send again"));
  gboolean may = may_send (page);

  gtk_button_set_label (page->main, label);
  gtk_widget_set_sensitive (GTK_WIDGET (page->main), may);
  gtk_widget_set_visible (GTK_WIDGET (page->reopen),
                          may && g_strcmp0 (page->refused->verb, MC_VERB_RECEIVE) == 0);
  gtk_widget_set_visible (GTK_WIDGET (page->right), !may);
}

static char *
row_key (const Row *row)
{
  return g_strdup_printf ("%s.%s", row->field->group, row->field->key);
}

/* Every input as it is on the screen, also what cannot be read yet. */
static json_t *
texts_now (McCorrectPage *page)
{
  json_t *texts = json_object ();

  for (guint i = 0; i < page->rows->len; i++)
    {
      Row *row = &g_array_index (page->rows, Row, i);
      g_autofree char *key = row_key (row);
      g_autofree char *text = row->field->kind == MC_FIELD_SEX
                                  ? mc_group_field_read (row->field, row->input)
                                  : g_strdup (gtk_editable_get_text (GTK_EDITABLE (row->input)));

      json_object_set_new (texts, key, json_string (text));
    }
  return texts;
}

static void
input_changed (McCorrectPage *page)
{
  if (page->filling)
    return;
  mc_typed_set (page->typed, TYPED, edited (page) ? texts_now (page) : NULL);
  update_main (page);
}

/* What was typed here before and not sent is in its fields again. */
static void
resume (McCorrectPage *page)
{
  json_t *texts = mc_typed_kept (page->typed, TYPED);

  if (page->content == NULL || texts == NULL)
    return;
  page->filling = TRUE;
  for (guint i = 0; i < page->rows->len; i++)
    {
      Row *row = &g_array_index (page->rows, Row, i);
      g_autofree char *key = row_key (row);
      const char *text = mc_json_string (texts, key);

      if (text != NULL && row->field->kind == MC_FIELD_SEX)
        mc_group_field_choose_sex (row->input, text);
      else if (text != NULL)
        gtk_editable_set_text (GTK_EDITABLE (row->input), text);
    }
  page->filling = FALSE;
  update_main (page);
}

static const char *
text_in (json_t *value, const McGroupField *field)
{
  const char *text =
      field->key[0] == '\0' ? json_string_value (value) : mc_json_string (value, field->key);

  return text != NULL ? text : "";
}

static void
add_group (McCorrectPage *page, const char *group)
{
  json_t *value = mc_correction_value (page->refused, page->body, group);
  const McGroupField *fields[MC_GROUP_FIELDS_MAX];
  guint length = mc_group_fields (group, fields);
  GtkWidget *beside = NULL;

  for (guint i = 0; i < length; i++)
    {
      Row row = { .field = fields[i],
                  .input = mc_group_field_input (fields[i]),
                  .shown = g_strdup (text_in (value, fields[i])) };

      mc_group_field_write (row.field, row.input, row.shown);
      mc_group_field_append (row.field, row.input, page->forms, &beside);
      g_signal_connect_object (row.input,
                               row.field->kind == MC_FIELD_SEX ? "notify::selected" : "changed",
                               G_CALLBACK (input_changed),
                               page,
                               G_CONNECT_SWAPPED);
      g_array_append_val (page->rows, row);
    }
}

/* What the dossier says now of what was to be changed, so that nobody's later work is undone
 * unseen. */
static char *
stands_words (McCorrectPage *page, McDossier *dossier, const McNames *names)
{
  McOp op = { .verb = page->refused->verb, .body = page->body };
  g_autoptr (GPtrArray) writes = mc_op_writes (&op);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < writes->len; i++)
    {
      McWrite *write = writes->pdata[i];
      g_autofree char *group = mc_words_group (write->group, names->procedure);
      g_autoptr (json_t) stands = mc_record_json (dossier->record, write->group);
      g_autofree char *words = NULL;

      if (g_str_equal (write->group, MC_GROUP_NOTE) || write->group[0] == '\0')
        continue;
      words = json_is_array (stands) ? mc_words_offices (stands, names->store)
                                     : mc_words_value (write->group, stands, NULL);
      g_string_append_printf (text, "%s%s\n%s", text->len > 0 ? "\n" : "", group, words);
    }
  if (text->len == 0)
    return NULL;
  return g_strdup_printf (_ ("In the dossier now:\n%s"), text->str);
}

static void
show_scan (McCorrectPage *page, McDossier *dossier, const McProcedure *procedure)
{
  GtkWidget *viewer = mc_viewer_new ();
  const char *sha256 = mc_correction_document (page->refused, page->body);
  g_autoptr (GPtrArray) scans =
      dossier != NULL ? mc_dossier_scans (dossier->record, procedure) : NULL;
  McPaper *first = scans != NULL && scans->len > 0 ? scans->pdata[0] : NULL;

  adw_bin_set_child (page->scan_side, viewer);
  if (sha256 == NULL && first != NULL)
    sha256 = first->sha256;
  if (sha256 == NULL)
    {
      mc_viewer_clear (MC_VIEWER (viewer));
      return;
    }
  g_autoptr (McBlobPlace) place = mc_act_look_at_scan (page->context, sha256);
  mc_viewer_show (MC_VIEWER (viewer), place, first != NULL ? first->title : NULL);
}

static void
set_shown (GtkLabel *label, char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
  g_free (text);
}

static void
show (McCorrectPage *page)
{
  McStore *store = page->context->reader;
  g_autoptr (McDossier) dossier = page->refused->dossier != NULL
                                      ? mc_store_dossier (store, page->refused->dossier, NULL)
                                      : NULL;
  g_autoptr (McProcedure) procedure =
      dossier != NULL ? mc_store_procedure_of (store, dossier) : NULL;
  McNames names = { procedure, store };
  g_auto (GStrv) groups = mc_correction_groups (page->refused, page->body);

  set_shown (page->sentence, mc_waiting_sentence (page->refused, mc_store_now (store)));
  set_shown (page->reason, mc_waiting_reason (page->refused));
  set_shown (page->remedy, mc_waiting_remedy (page->refused));
  set_shown (page->stands, dossier != NULL ? stands_words (page, dossier, &names) : NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    add_group (page, groups[i]);
  gtk_widget_set_visible (GTK_WIDGET (page->open), dossier != NULL);
  if (dossier != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (page->open), "s", dossier->row->id);
  show_scan (page, dossier, procedure);
  update_main (page);
}

static gboolean
put_row (json_t *value, Row *row)
{
  g_autofree char *text = mc_group_field_read (row->field, row->input);

  if (text == NULL)
    {
      gtk_widget_add_css_class (row->input, "error");
      gtk_widget_grab_focus (row->input);
      return FALSE;
    }
  gtk_widget_remove_css_class (row->input, "error");
  if (text[0] != '\0')
    json_object_set_new (value, row->field->key, json_string (text));
  else
    json_object_del (value, row->field->key);
  return TRUE;
}

/* The body with what was typed; NULL where something cannot be read, which then has the focus. */
static json_t *
corrected (McCorrectPage *page)
{
  g_autoptr (json_t) body = json_deep_copy (page->body);
  g_auto (GStrv) groups = mc_correction_groups (page->refused, page->body);

  for (guint g = 0; groups[g] != NULL; g++)
    {
      json_t *old = mc_correction_value (page->refused, body, groups[g]);
      g_autoptr (json_t) value = json_is_object (old) ? json_deep_copy (old) : json_object ();

      for (guint i = 0; i < page->rows->len; i++)
        {
          Row *row = &g_array_index (page->rows, Row, i);

          if (!g_str_equal (row->field->group, groups[g]))
            continue;
          if (!put_row (value, row))
            return NULL;
        }
      json_t *text = json_object_get (value, "");
      if (g_str_equal (groups[g], MC_GROUP_SUBJECT))
        mc_correction_put (page->refused,
                           body,
                           groups[g],
                           text != NULL ? json_incref (text) : json_string (""));
      else
        mc_correction_put (page->refused, body, groups[g], json_incref (value));
    }
  return g_steal_pointer (&body);
}

static void
sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McCorrectPage) page = data;
  g_autoptr (GError) error = NULL;
  gboolean good = mc_act_finish (page->context, result, &error);

  page->sending = FALSE;
  if (good)
    mc_typed_set (page->typed, TYPED, NULL);
  if (page->content == NULL)
    return;
  if (!good)
    {
      mc_window_say_error (GTK_WIDGET (page), error);
      return;
    }
  mc_window_say (GTK_WIDGET (page),
                 _ ("Saved on this machine, sent again when there is a network."));
  g_signal_emit (page, closed_signal, 0);
}

static void
send_again (McCorrectPage *page)
{
  const char *const ops[] = { page->refused->op, NULL };
  g_autoptr (json_t) body = NULL;

  if (page->sending || !may_send (page))
    return;
  if (edited (page))
    {
      body = corrected (page);
      if (body == NULL)
        {
          mc_window_say (GTK_WIDGET (page),
                         _ ("This date of birth cannot be read; it is not saved yet. Write it as "
                            "05/03/2005, 03/2005 or 2005."));
          return;
        }
    }
  page->sending = TRUE;
  mc_act_resend (page->context, ops, body, sent, g_object_ref (page));
}

static void
reopened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McCorrectPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *draft = mc_worker_finish (MC_WORKER (source), result, &error);

  if (page->content == NULL)
    return;
  if (draft == NULL)
    mc_window_say_error (GTK_WIDGET (page), error);
  else
    gtk_widget_activate_action (GTK_WIDGET (page), "win.open-draft", "s", draft);
}

/* Procedure, papers and fee are corrected where they were chosen. */
static void
reopen_clicked (McCorrectPage *page)
{
  mc_act_reopen (page->context, page->refused->op, reopened, g_object_ref (page));
}

static void
set_aside_clicked (McCorrectPage *page)
{
  mc_set_aside (GTK_WIDGET (page), page->context, page->refused->op);
}

static gboolean
correct_page_act (McPage *page, McPageAct act)
{
  if (act != MC_PAGE_MAIN)
    return FALSE;
  send_again (MC_CORRECT_PAGE (page));
  return TRUE;
}

static McWaiting *
find (McStore *store, const char *op)
{
  g_autoptr (GPtrArray) refused = mc_store_refused (store, NULL);

  for (guint i = 0; refused != NULL && i < refused->len; i++)
    if (g_str_equal (((McWaiting *)refused->pdata[i])->op, op))
      return g_ptr_array_steal_index (refused, i);
  return NULL;
}

/* Set aside here, or sent again by a colleague: there is nothing left to do on this page. */
static void
correct_page_refresh (McPage *widget)
{
  McCorrectPage *page = MC_CORRECT_PAGE (widget);
  McWaiting *still = find (page->context->reader, page->refused->op);

  if (still == NULL && !page->sending)
    {
      mc_typed_set (page->typed, TYPED, NULL);
      g_signal_emit (page, closed_signal, 0);
    }
  mc_waiting_free (still);
}

static const char *
correct_page_help (McPage *page)
{
  return _ ("Something done here that the province did not accept. Correct what was entered, or "
            "leave it as it is, and Ctrl+Enter sends it again. What is set aside stays in the "
            "history of the dossier. Esc goes back.");
}

static void
page_init (McPageInterface *iface)
{
  iface->act = correct_page_act;
  iface->refresh = correct_page_refresh;
  iface->help = correct_page_help;
}

static void
mc_correct_page_dispose (GObject *object)
{
  McCorrectPage *page = MC_CORRECT_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (page), MC_TYPE_CORRECT_PAGE);
  g_clear_pointer (&page->refused, mc_waiting_free);
  g_clear_pointer (&page->body, json_decref);
  g_clear_pointer (&page->rows, g_array_unref);
  if (page->typed != NULL)
    mc_typed_now (page->typed);
  G_OBJECT_CLASS (mc_correct_page_parent_class)->dispose (object);
}

/* An act that is still under way asks for it. */
static void
mc_correct_page_finalize (GObject *object)
{
  g_clear_object (&MC_CORRECT_PAGE (object)->typed);
  G_OBJECT_CLASS (mc_correct_page_parent_class)->finalize (object);
}

static void
mc_correct_page_class_init (McCorrectPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_correct_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_correct_page_finalize;
  closed_signal = mc_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_TYPE_NONE);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-correct-page.ui");
  gtk_widget_class_bind_template_child (widget, McCorrectPage, content);
  gtk_widget_class_bind_template_child (widget, McCorrectPage, sentence);
  gtk_widget_class_bind_template_child (widget, McCorrectPage, reason);
  gtk_widget_class_bind_template_child (widget, McCorrectPage, remedy);
  gtk_widget_class_bind_template_child (widget, McCorrectPage, forms);
  gtk_widget_class_bind_template_child (widget, McCorrectPage, stands);
  gtk_widget_class_bind_template_child (widget, McCorrectPage, right);
  gtk_widget_class_bind_template_child (widget, McCorrectPage, scan_side);
  gtk_widget_class_bind_template_child (widget, McCorrectPage, open);
  gtk_widget_class_bind_template_child (widget, McCorrectPage, reopen);
  gtk_widget_class_bind_template_child (widget, McCorrectPage, main);
  gtk_widget_class_bind_template_callback (widget, reopen_clicked);
  gtk_widget_class_bind_template_callback (widget, set_aside_clicked);
}

static void
mc_correct_page_init (McCorrectPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  page->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (page->rows, row_clear);
}

GtkWidget *
mc_correct_page_new (McContext *context, const char *op)
{
  g_return_val_if_fail (context != NULL && op != NULL, NULL);

  McWaiting *refused = find (context->reader, op);
  if (refused == NULL)
    return NULL;
  McCorrectPage *page = g_object_new (MC_TYPE_CORRECT_PAGE, NULL);
  page->context = context;
  page->refused = refused;
  page->body = refused->detail != NULL ? mc_json_parse (refused->detail, -1, NULL) : NULL;
  page->typed = mc_typed_new (context, op);
  g_signal_connect_object (page->typed, "found", G_CALLBACK (resume), page, G_CONNECT_SWAPPED);
  show (page);
  return GTK_WIDGET (page);
}

const char *
mc_correct_page_op (McCorrectPage *page)
{
  g_return_val_if_fail (MC_IS_CORRECT_PAGE (page), NULL);
  return page->refused->op;
}
