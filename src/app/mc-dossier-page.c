/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-dossier-page.h"

#include "mc-act.h"
#include "mc-assign-flow.h"
#include "mc-declaration-flow.h"
#include "mc-dossier-words.h"
#include "mc-due-words.h"
#include "mc-fee-flow.h"
#include "mc-group-form.h"
#include "mc-group.h"
#include "mc-move-flow.h"
#include "mc-page.h"
#include "mc-paper-list.h"
#include "mc-print-window.h"
#include "mc-printed-list.h"
#include "mc-relatives.h"
#include "mc-scan-flow.h"
#include "mc-scans-words.h"
#include "mc-step-flow.h"
#include "mc-timeline.h"
#include "mc-transfer-flow.h"
#include "mc-viewer.h"
#include "mc-window.h"
#include "mc-words.h"
#include <glib/gi18n.h>

#define N_FORMS 3

struct _McDossierPage
{
  GtkWidget parent_instance;
  McContext *context;
  char *id;
  McDossier *dossier;
  McProcedure *procedure;
  char *part; /* the key of the scan that is wanted; NULL: the first there is */
  char *scan; /* the scan that is shown and where its bytes are, or NULL */

  GtkWidget *content;
  GtkLabel *name;
  GtkLabel *code;
  GtkLabel *place;
  GtkLabel *due;
  GtkButton *contested;
  GtkBox *relatives;
  GtkBox *forms;
  GtkLabel *fee;
  GtkBox *papers;
  GtkEntry *note;
  GtkBox *timeline;
  AdwBin *scan_side;
  GtkButton *supplement;
  GtkButton *take_fee;
  GtkButton *steps;
  GtkButton *transfer;
  GtkLabel *gone;
  GtkButton *main;
  GtkWidget *viewer;
  GtkWidget *paper_list;
  GtkWidget *printed_list;
  GtkWidget *group_forms[N_FORMS];
  McTyped *typed;
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McDossierPage,
                               mc_dossier_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

static gboolean
any_edited (McDossierPage *page)
{
  for (guint i = 0; i < N_FORMS; i++)
    if (mc_group_form_edited (MC_GROUP_FORM (page->group_forms[i])))
      return TRUE;
  return gtk_editable_get_text (GTK_EDITABLE (page->note))[0] != '\0';
}

static void
update_main (McDossierPage *page)
{
  const char *step = mc_step_flow_next (page->context, page->dossier->row);
  gboolean edited = any_edited (page);
  g_autofree char *label = NULL;

  if (edited)
    label = g_strdup_printf ("%s  Ctrl+Enter", _ ("Save the changes"));
  else if (step != NULL)
    label = g_strdup_printf ("%s  %s",
                             mc_words_step (step),
                             g_str_equal (step, MC_STEP_RETURN) ? "F8" : "F6");
  gtk_widget_set_visible (GTK_WIDGET (page->main), label != NULL);
  if (label != NULL)
    gtk_button_set_label (page->main, label);
}

/* Note: on its way to the disk; the window outlives the page it was typed in. */
typedef struct
{
  GtkWidget *window;
  McContext *context;
  char *text;
  McTyped *typed;
} Note;

static void
note_free (Note *note)
{
  g_clear_object (&note->window);
  g_clear_object (&note->typed);
  g_free (note->text);
  g_free (note);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Note, note_free)

static void
noted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Note) note = data;
  g_autoptr (GError) error = NULL;

  if (mc_act_finish (note->context, result, &error))
    {
      json_t *kept = mc_typed_kept (note->typed, MC_GROUP_NOTE);

      if (g_strcmp0 (mc_json_string (kept, "text"), note->text) == 0)
        mc_typed_set (note->typed, MC_GROUP_NOTE, NULL);
      if (note->window != NULL)
        mc_window_say (note->window, _ ("Note saved on this machine."));
      return;
    }
  g_autofree char *sentence = mc_error_sentence (error);
  g_autofree char *text = g_strdup_printf ("%s\n“%s”", sentence, note->text);
  if (note->window != NULL)
    mc_window_say (note->window, text);
}

static void
note_typed (McDossierPage *page)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (page->note));

  mc_typed_set (page->typed,
                MC_GROUP_NOTE,
                text[0] != '\0' ? json_pack ("{s:s}", "text", text) : NULL);
  update_main (page);
}

static void
save_note (McDossierPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (page->note))));

  if (text[0] == '\0')
    return;
  Note *note = g_new0 (Note, 1);
  g_set_object (&note->window, GTK_WIDGET (root));
  note->context = page->context;
  note->text = g_steal_pointer (&text);
  g_set_object (&note->typed, page->typed);
  mc_typed_set (page->typed, MC_GROUP_NOTE, json_pack ("{s:s}", "text", note->text));
  mc_act_note (page->context, page->id, note->text, noted, note);
  g_signal_handlers_block_by_func (page->note, note_typed, page);
  gtk_editable_set_text (GTK_EDITABLE (page->note), "");
  g_signal_handlers_unblock_by_func (page->note, note_typed, page);
  update_main (page);
}

static gboolean
save_all (McDossierPage *page)
{
  gboolean any = any_edited (page);

  for (guint i = 0; i < N_FORMS; i++)
    mc_group_form_save (MC_GROUP_FORM (page->group_forms[i]));
  save_note (page);
  return any;
}

static void
show_scan (McDossierPage *page)
{
  g_autoptr (GPtrArray) scans = mc_dossier_scans (page->dossier->record, page->procedure);
  McPaper *found = NULL;

  for (guint i = 0; i < scans->len && found == NULL; i++)
    {
      McPaper *paper = g_ptr_array_index (scans, i);
      if (page->part == NULL || g_str_equal (paper->key, page->part))
        found = paper;
    }
  if (found == NULL)
    {
      mc_viewer_clear (MC_VIEWER (page->viewer));
      return;
    }
  McStore *store = page->context->reader;
  g_autoptr (McBlobPlace) place =
      mc_store_blob_here (store, found->sha256) ? mc_store_blob_place (store, found->sha256) : NULL;
  g_autofree char *shown =
      g_strdup_printf ("%s %s", found->sha256, place != NULL ? mc_blob_place_path (place) : "");
  if (g_strcmp0 (shown, page->scan) == 0)
    return; /* the same scan: its page and zoom stay */
  g_free (page->scan);
  page->scan = g_steal_pointer (&shown);
  if (place == NULL)
    mc_act_want_scan (page->context, found->sha256);
  mc_viewer_show (MC_VIEWER (page->viewer), place, found->title);
}

static void
show_head (McDossierPage *page)
{
  McRow *row = page->dossier->row;
  McStore *store = page->context->reader;
  g_autoptr (McCalendar) calendar = mc_store_calendar (store, NULL);
  g_autofree char *person = mc_dossier_person (page->dossier->record);
  g_autofree char *place = mc_dossier_place (row);
  g_autofree char *state = mc_dossier_state (store, row);
  g_autofree char *full = g_strdup_printf ("%s · %s", place, state);
  g_autofree char *due = mc_due_words (calendar, mc_store_now (store), row->due, row->state, NULL);
  g_autofree char *papers = mc_dossier_papers (page->dossier->record, page->procedure);
  g_autofree char *fee = mc_dossier_fee (page->dossier->record);
  g_autofree char *both = g_strdup_printf ("%s · %s", papers, fee);

  gtk_label_set_text (page->name, person);
  gtk_label_set_text (page->code, row->code);
  gtk_label_set_text (page->place, full);
  gtk_label_set_text (page->due, due);
  gtk_label_set_text (page->fee, both);
  gtk_widget_set_visible (GTK_WIDGET (page->contested), row->contested > 0);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (page->contested), "s", row->id);
  mc_relatives_fill (page->relatives, page->context, page->dossier);
}

/* Handed over to another office meanwhile: what was on the screen stays readable, and nothing can
 * be done to it here. */
static void
show_gone (McDossierPage *page)
{
  GtkButton *const acts[] = { page->take_fee,
                              page->supplement,
                              page->steps,
                              page->transfer,
                              page->main };

  gtk_widget_set_visible (GTK_WIDGET (page->gone), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_set_visible (GTK_WIDGET (acts[i]), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (page->note), FALSE);
  for (guint i = 0; page->dossier != NULL && i < N_FORMS; i++)
    mc_group_form_show (MC_GROUP_FORM (page->group_forms[i]), page->dossier->record, FALSE);
}

static void
show (McDossierPage *page)
{
  McStore *store = page->context->reader;
  McRole role = page->context->staff != NULL ? page->context->staff->role : MC_ROLE_UNKNOWN;
  McDossier *dossier = mc_store_dossier (store, page->id, NULL);

  if (dossier == NULL)
    {
      show_gone (page);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (page->gone), FALSE);
  g_clear_pointer (&page->dossier, mc_dossier_free);
  page->dossier = dossier;
  g_clear_pointer (&page->procedure, mc_procedure_unref);
  page->procedure = mc_store_procedure_of (store, dossier);

  gboolean open = mc_state_open (dossier->row->state);
  gboolean may_set = open && mc_role_may (role, MC_VERB_SET);
  show_head (page);
  for (guint i = 0; i < N_FORMS; i++)
    mc_group_form_show (MC_GROUP_FORM (page->group_forms[i]), dossier->record, may_set);
  mc_paper_list_show (MC_PAPER_LIST (page->paper_list),
                      dossier->record,
                      page->procedure,
                      open && mc_role_may (role, MC_VERB_ATTACH));
  mc_printed_list_fill (GTK_BOX (page->printed_list), page->context, dossier);
  show_scan (page);
  McNames names = { page->procedure, store };
  g_autoptr (GPtrArray) history = mc_history (dossier, &names);
  mc_timeline_fill (page->timeline, history, mc_store_now (store), 0);

  gtk_widget_set_visible (GTK_WIDGET (page->note), mc_role_may (role, MC_VERB_NOTE));
  gtk_widget_set_visible (GTK_WIDGET (page->take_fee),
                          open && mc_role_may (role, MC_VERB_FEE) &&
                              mc_dossier_fee_open (dossier->record, NULL));
  gtk_widget_set_visible (GTK_WIDGET (page->supplement),
                          mc_step_flow_may (page->context, dossier->row, MC_STEP_SUPPLEMENT));
  gtk_widget_set_visible (GTK_WIDGET (page->steps), mc_move_flow_may (page->context, dossier->row));
  gtk_widget_set_visible (GTK_WIDGET (page->transfer),
                          mc_transfer_flow_may (page->context, dossier->row));
  update_main (page);
}

/* What was typed here and not saved, because the power went or the program was ended. */
static void
resume (McDossierPage *page)
{
  const char *note = mc_json_string (mc_typed_kept (page->typed, MC_GROUP_NOTE), "text");
  gboolean any = note != NULL;

  for (guint i = 0; i < N_FORMS; i++)
    any = mc_group_form_resume (MC_GROUP_FORM (page->group_forms[i])) || any;
  if (note != NULL)
    gtk_editable_set_text (GTK_EDITABLE (page->note), note);
  update_main (page);
  if (any)
    mc_window_say (GTK_WIDGET (page),
                   _ ("What was typed here and not saved is back in its fields."));
  else if (mc_declaration_flow_begun (page->procedure, page->typed))
    mc_window_say (GTK_WIDGET (page),
                   _ ("A declaration was begun here and not saved: Ctrl+K goes on with it."));
}

/* The paper that F9 is about: the first required one without a scan. */
static const char *
scan_wanted (McDossierPage *page)
{
  for (guint i = 0; page->procedure != NULL && i < page->procedure->parts->len; i++)
    {
      McPart *part = g_ptr_array_index (page->procedure->parts, i);
      g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, part->id, NULL);
      g_autoptr (json_t) value = mc_record_json (page->dossier->record, group);

      if (part->required && !json_is_object (json_object_get (value, "document")))
        return part->id;
    }
  return NULL;
}

static void
add_scan (McDossierPage *page, const char *part)
{
  if (part != NULL)
    mc_scan_flow (GTK_WIDGET (page), page->context, page->id, part);
}

static void
declare (McDossierPage *page, const char *part)
{
  McRole role = page->context->staff != NULL ? page->context->staff->role : MC_ROLE_UNKNOWN;

  if (mc_state_open (page->dossier->row->state) && mc_role_may (role, MC_VERB_SET) &&
      mc_role_may (role, MC_VERB_ATTACH))
    mc_declaration_flow (GTK_WIDGET (page),
                         page->context,
                         page->dossier,
                         page->procedure,
                         part != NULL ? part : mc_declaration_flow_part (page->procedure),
                         page->typed);
}

static void
see_scan (McDossierPage *page, const char *part)
{
  g_free (page->part);
  page->part = g_strdup (part);
  show_scan (page);
}

static gboolean
take_step (McDossierPage *page, const char *step)
{
  save_all (page);
  if (step != NULL && mc_step_flow_may (page->context, page->dossier->row, step))
    mc_step_flow (GTK_WIDGET (page), page->context, page->dossier->row, step);
  return TRUE;
}

static void
choose_step (McDossierPage *page)
{
  save_all (page);
  if (mc_move_flow_may (page->context, page->dossier->row))
    mc_move_flow_one (GTK_WIDGET (page), page->context, page->dossier);
}

static gboolean
dossier_page_act (McPage *widget, McPageAct act)
{
  McDossierPage *page = MC_DOSSIER_PAGE (widget);
  gint64 amount = 0;

  if (page->dossier == NULL ||
      (gtk_widget_get_visible (GTK_WIDGET (page->gone)) && act != MC_PAGE_PRINT))
    return TRUE;
  McRow *row = page->dossier->row;
  switch (act)
    {
    case MC_PAGE_MAIN:
      if (!save_all (page))
        take_step (page, mc_step_flow_next (page->context, row));
      break;
    case MC_PAGE_STEP:
      if (mc_step_flow_next (page->context, row) != NULL)
        take_step (page, mc_step_flow_next (page->context, row));
      else
        choose_step (page);
      break;
    case MC_PAGE_STEPS:
      choose_step (page);
      break;
    case MC_PAGE_ASSIGN:
      save_all (page);
      mc_assign_flow_one (GTK_WIDGET (page), page->context, page->dossier);
      break;
    case MC_PAGE_SUPPLEMENT:
      take_step (page, MC_STEP_SUPPLEMENT);
      break;
    case MC_PAGE_RETURN:
      if (row->linked)
        choose_step (page);
      else
        take_step (page, MC_STEP_RETURN);
      break;
    case MC_PAGE_FEE:
      if (gtk_widget_get_visible (GTK_WIDGET (page->take_fee)) &&
          mc_dossier_fee_open (page->dossier->record, &amount))
        mc_fee_flow (GTK_WIDGET (page), page->context, row, amount);
      break;
    case MC_PAGE_SCAN:
      add_scan (page, scan_wanted (page));
      break;
    case MC_PAGE_DECLARE:
      declare (page, NULL);
      break;
    case MC_PAGE_PRINT:
      mc_print_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                               page->context,
                               page->id,
                               MC_PRINT_NEWEST);
      break;
    case MC_PAGE_KNOWN:
    case MC_PAGE_MORE:
      return FALSE;
    }
  return TRUE;
}

static void
dossier_page_refresh (McPage *page)
{
  show (MC_DOSSIER_PAGE (page));
}

static void
dossier_page_leave (McPage *page)
{
  save_all (MC_DOSSIER_PAGE (page));
}

static const char *
dossier_page_help (McPage *page)
{
  return _ ("One dossier, its scan beside it. What is typed is saved when the field is left; "
            "Ctrl+Z takes it back. F6 takes the next step, Shift+F6 shows every step that is "
            "possible, F5 gives it to somebody to handle, F7 asks for more papers, F4 takes the "
            "fee, F9 adds a scan, Ctrl+K opens the declaration, Ctrl+P prints "
            "its papers, the newest first, Esc goes back.");
}

static void
page_init (McPageInterface *iface)
{
  iface->act = dossier_page_act;
  iface->refresh = dossier_page_refresh;
  iface->leave = dossier_page_leave;
  iface->help = dossier_page_help;
}

static void
mc_dossier_page_dispose (GObject *object)
{
  McDossierPage *page = MC_DOSSIER_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (page), MC_TYPE_DOSSIER_PAGE);
  g_clear_object (&page->typed);
  g_clear_pointer (&page->dossier, mc_dossier_free);
  g_clear_pointer (&page->procedure, mc_procedure_unref);
  g_clear_pointer (&page->id, g_free);
  g_clear_pointer (&page->part, g_free);
  g_clear_pointer (&page->scan, g_free);
  G_OBJECT_CLASS (mc_dossier_page_parent_class)->dispose (object);
}

static void
mc_dossier_page_class_init (McDossierPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_dossier_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-dossier-page.ui");
  gtk_widget_class_bind_template_child (widget, McDossierPage, content);
  gtk_widget_class_bind_template_child (widget, McDossierPage, name);
  gtk_widget_class_bind_template_child (widget, McDossierPage, code);
  gtk_widget_class_bind_template_child (widget, McDossierPage, place);
  gtk_widget_class_bind_template_child (widget, McDossierPage, due);
  gtk_widget_class_bind_template_child (widget, McDossierPage, contested);
  gtk_widget_class_bind_template_child (widget, McDossierPage, relatives);
  gtk_widget_class_bind_template_child (widget, McDossierPage, forms);
  gtk_widget_class_bind_template_child (widget, McDossierPage, fee);
  gtk_widget_class_bind_template_child (widget, McDossierPage, papers);
  gtk_widget_class_bind_template_child (widget, McDossierPage, note);
  gtk_widget_class_bind_template_child (widget, McDossierPage, timeline);
  gtk_widget_class_bind_template_child (widget, McDossierPage, scan_side);
  gtk_widget_class_bind_template_child (widget, McDossierPage, supplement);
  gtk_widget_class_bind_template_child (widget, McDossierPage, take_fee);
  gtk_widget_class_bind_template_child (widget, McDossierPage, steps);
  gtk_widget_class_bind_template_child (widget, McDossierPage, transfer);
  gtk_widget_class_bind_template_child (widget, McDossierPage, gone);
  gtk_widget_class_bind_template_child (widget, McDossierPage, main);
  gtk_widget_class_bind_template_callback (widget, save_note);
  gtk_widget_class_bind_template_callback (widget, note_typed);
}

static void
transfer_clicked (McDossierPage *page)
{
  save_all (page);
  mc_transfer_flow (GTK_WIDGET (page), page->context, page->dossier->row);
}

static void
mc_dossier_page_init (McDossierPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  g_signal_connect_object (page->transfer,
                           "clicked",
                           G_CALLBACK (transfer_clicked),
                           page,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
mc_dossier_page_new (McContext *context, const char *id)
{
  static const char *const groups[N_FORMS] = { MC_GROUP_APPLICANT,
                                               MC_GROUP_CONTACT,
                                               MC_GROUP_SUBJECT };

  g_return_val_if_fail (context != NULL && id != NULL, NULL);

  McDossierPage *page = g_object_new (MC_TYPE_DOSSIER_PAGE, NULL);
  page->context = context;
  page->id = g_strdup (id);
  page->typed = mc_typed_new (context, id);
  g_signal_connect_object (page->typed, "found", G_CALLBACK (resume), page, G_CONNECT_SWAPPED);
  for (guint i = 0; i < N_FORMS; i++)
    {
      g_autofree char *title = mc_words_group (groups[i], NULL);
      GtkWidget *heading = gtk_label_new (title);
      gtk_label_set_xalign (GTK_LABEL (heading), 0);
      gtk_widget_add_css_class (heading, "heading");
      page->group_forms[i] = mc_group_form_new (context, groups[i], page->typed);
      /* A group of one field carries its own caption. */
      if (i + 1 < N_FORMS)
        gtk_box_append (page->forms, heading);
      else
        g_object_unref (g_object_ref_sink (heading));
      gtk_box_append (page->forms, page->group_forms[i]);
      g_signal_connect_object (page->group_forms[i],
                               "edited",
                               G_CALLBACK (update_main),
                               page,
                               G_CONNECT_SWAPPED);
    }
  page->paper_list = mc_paper_list_new ();
  gtk_box_append (page->papers, page->paper_list);
  page->printed_list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (page->papers, page->printed_list);
  g_signal_connect_object (page->paper_list, "see", G_CALLBACK (see_scan), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->paper_list, "add", G_CALLBACK (add_scan), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->paper_list,
                           "declare",
                           G_CALLBACK (declare),
                           page,
                           G_CONNECT_SWAPPED);
  page->viewer = mc_viewer_new ();
  adw_bin_set_child (page->scan_side, page->viewer);
  show (page);
  return GTK_WIDGET (page);
}

void
mc_dossier_page_report (McDossierPage *page, const McSyncReport *report)
{
  g_return_if_fail (MC_IS_DOSSIER_PAGE (page) && report != NULL);

  g_autofree char *words = report->scan.out ? NULL : mc_scans_moving_words (report);
  if (words != NULL && page->scan != NULL && g_str_has_prefix (page->scan, report->scan.sha256))
    mc_viewer_coming (MC_VIEWER (page->viewer), words);
}

const char *
mc_dossier_page_id (McDossierPage *page)
{
  g_return_val_if_fail (MC_IS_DOSSIER_PAGE (page), NULL);
  return page->id;
}
