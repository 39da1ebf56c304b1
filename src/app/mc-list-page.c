/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-list-page.h"

#include "mc-assign-flow.h"
#include "mc-cell.h"
#include "mc-format.h"
#include "mc-move-flow.h"
#include "mc-page.h"
#include "mc-print-window.h"
#include "mc-queue-words.h"
#include "mc-row-model.h"
#include "mc-summary.h"
#include "mc-window.h"
#include <glib/gi18n.h>

#define MOVED_MAX 200

struct _McListPage
{
  GtkWidget parent_instance;
  McContext *context;
  McRowModel *model;
  GtkSelectionModel *selection; /* of many */
  McCellTime time;
  McQueue queue;
  char *search;
  gboolean fresh; /* the next answer is another list, not the same one renewed */
  gboolean asking;
  gboolean again; /* something changed while asking */
  gboolean focus; /* the list takes the focus once its rows are there */
  GtkWidget *summary;

  GtkBox *content;
  GtkLabel *heading;
  GtkStack *stack;
  GtkColumnView *view;
  AdwStatusPage *empty;
  GtkSeparator *separator;
  AdwBin *side;
  GtkColumnViewColumn *columns[5];
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McListPage,
                               mc_list_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

/* Question: which rows; its own copy, for the thread that writes. */
typedef struct
{
  McQueue queue;
  char *search;
  McRole role;
  char *staff;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->search);
  g_free (question->staff);
  g_free (question);
}

static gpointer
work_list (McDesk *desk, gpointer data, GError **error)
{
  Question *question = data;
  McFilter filter = { question->queue, question->search, question->role, question->staff };

  return mc_store_list (mc_desk_store (desk), &filter, error);
}

static GPtrArray *
fetch_rows (gpointer data, const gint64 *numbers, guint length)
{
  McListPage *page = data;

  return mc_store_rows (page->context->reader, numbers, length, NULL);
}

/* How many are selected, and the first of them. */
static guint
selected (McListPage *page, guint *ret_first)
{
  g_autoptr (GtkBitset) places = gtk_selection_model_get_selection (page->selection);

  *ret_first =
      gtk_bitset_is_empty (places) ? GTK_INVALID_LIST_POSITION : gtk_bitset_get_minimum (places);
  return (guint)gtk_bitset_get_size (places);
}

/* What was looked for may be among what is still on its way to a new desk. */
static gboolean
may_come (McListPage *page)
{
  return page->search[0] != '\0' && mc_store_first_on (page->context->reader);
}

static void
show_heading (McListPage *page, guint count)
{
  guint first = 0;
  guint chosen = selected (page, &first);
  g_autofree char *number = mc_format_number (count);
  g_autofree char *text = NULL;

  if (chosen > 1)
    text = g_strdup_printf (
        _ ("%u dossiers chosen of %s; F6 moves them together, F5 assigns them, Ctrl+P prints them"),
        chosen,
        number);
  else if (may_come (page))
    text = g_strdup_printf (ngettext ("Found for “%s”: %s dossier; older ones are still coming",
                                      "Found for “%s”: %s dossiers; older ones are still coming",
                                      count),
                            page->search,
                            number);
  else if (page->search[0] != '\0')
    text = g_strdup_printf (ngettext ("Found for “%s”: %s dossier",
                                      "Found for “%s”: %s dossiers",
                                      count),
                            page->search,
                            number);
  else
    text = g_strdup_printf (ngettext ("%s · %s dossier", "%s · %s dossiers", count),
                            mc_queue_name (page->queue),
                            number);
  gtk_label_set_text (page->heading, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  mc_queue_name (page->queue),
                                  -1);
}

static void
show_empty (McListPage *page)
{
  gboolean searching = page->search[0] != '\0';

  adw_status_page_set_icon_name (page->empty,
                                 searching ? "system-search-symbolic" : "emblem-ok-symbolic");
  adw_status_page_set_title (page->empty,
                             searching ? _ ("Nothing found") : mc_queue_name (page->queue));
  adw_status_page_set_description (
      page->empty,
      may_come (page) ? _ ("Older dossiers are still coming to this machine; what is not finished "
                           "is all here. Look again when they are here.")
      : searching
          ? _ ("Words may be shortened and need no diacritics: “ng v dinh” finds Nguyễn Văn "
               "Đình. Codes and phone numbers work too.")
          : mc_queue_empty (page->queue));
}

static void
select_one (McListPage *page, guint place)
{
  gtk_selection_model_select_item (page->selection, place, TRUE);
}

/* Of many nothing is shown but how many they are: what is done is done to all of them. */
static void
selection_changed (McListPage *page)
{
  guint first = 0;
  guint count = page->content != NULL ? selected (page, &first) : 0;
  g_autoptr (McRowItem) item =
      count == 1 ? g_list_model_get_item (G_LIST_MODEL (page->selection), first) : NULL;
  const McRow *row = item != NULL ? mc_row_item_row (item) : NULL;

  if (page->content == NULL)
    return;
  mc_summary_show (MC_SUMMARY (page->summary), row != NULL ? row->id : NULL);
  show_heading (page, g_list_model_get_n_items (G_LIST_MODEL (page->selection)));
}

static void
renew_time (McListPage *page)
{
  McStore *store = page->context->reader;

  g_clear_pointer (&page->time.calendar, mc_calendar_free);
  page->time.calendar = mc_store_calendar (store, NULL);
  page->time.now_ms = mc_store_now (store);
}

static void ask (McListPage *page);

static void
take_rows (McListPage *page, GArray *numbers)
{
  guint before;
  guint many = selected (page, &before);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* The row that has the focus may be the one that leaves: the next one takes that too. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (page->view)))
    page->focus = TRUE;
  renew_time (page);
  if (page->fresh)
    gtk_selection_model_unselect_all (page->selection);
  mc_row_model_replace (page->model, numbers);
  guint still;
  if (selected (page, &still) == 0 && numbers->len > 0)
    {
      /* What was selected has left this queue: the next one takes its place. */
      guint place = page->fresh || many == 0 ? 0 : before;
      select_one (page, MIN (place, numbers->len - 1));
    }
  if (page->fresh && numbers->len > 0)
    gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (page->view)),
                                "list.scroll-to-item",
                                "u",
                                0);
  page->fresh = FALSE;
  show_heading (page, numbers->len);
  show_empty (page);
  gtk_stack_set_visible_child_name (page->stack, numbers->len > 0 ? "list" : "empty");
  selection_changed (page);
  if (page->focus)
    mc_list_page_focus_list (page);
}

static void
listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McListPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) numbers = mc_worker_finish (MC_WORKER (source), result, &error);

  page->asking = FALSE;
  if (page->content == NULL)
    return;
  if (page->again)
    {
      page->again = FALSE;
      ask (page);
      return;
    }
  if (numbers != NULL)
    take_rows (page, numbers);
  else
    mc_window_say_error (GTK_WIDGET (page), error);
}

static void
ask (McListPage *page)
{
  if (page->asking)
    {
      page->again = TRUE;
      return;
    }

  Question *question = g_new0 (Question, 1);
  question->queue = page->search[0] != '\0' ? MC_QUEUE_ALL : page->queue;
  question->search = page->search[0] != '\0' ? g_strdup (page->search) : NULL;
  question->role = page->context->staff != NULL ? page->context->staff->role : MC_ROLE_UNKNOWN;
  question->staff = page->context->staff != NULL ? g_strdup (page->context->staff->id) : NULL;
  page->asking = TRUE;
  mc_worker_run (page->context->worker,
                 work_list,
                 question,
                 question_free,
                 (GDestroyNotify)g_array_unref,
                 NULL,
                 listed,
                 g_object_ref (page));
}

void
mc_list_page_set_queue (McListPage *page, McQueue queue)
{
  g_return_if_fail (MC_IS_LIST_PAGE (page));

  page->fresh = page->fresh || page->queue != queue;
  page->queue = queue;
  ask (page);
}

void
mc_list_page_set_search (McListPage *page, const char *search)
{
  g_return_if_fail (MC_IS_LIST_PAGE (page) && search != NULL);

  if (g_str_equal (page->search, search))
    return;
  g_free (page->search);
  page->search = g_strdup (search);
  page->fresh = TRUE;
  ask (page);
}

void
mc_list_page_set_narrow (McListPage *page, gboolean narrow)
{
  g_return_if_fail (MC_IS_LIST_PAGE (page));

  for (guint i = 0; i < G_N_ELEMENTS (page->columns); i++)
    gtk_column_view_column_set_visible (page->columns[i],
                                        i == MC_CELL_DUE || (i == MC_CELL_TWO_LINES) == narrow);
  gtk_widget_set_visible (GTK_WIDGET (page->side), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (page->separator), !narrow);
}

void
mc_list_page_focus_list (McListPage *page)
{
  g_return_if_fail (MC_IS_LIST_PAGE (page));

  /* While other rows are on their way, the ones shown are not those that the person asked for. */
  page->focus = page->fresh;
  if (!page->fresh)
    gtk_widget_grab_focus (gtk_widget_get_last_child (GTK_WIDGET (page->view)));
}

static char *
id_at (McListPage *page, guint place)
{
  g_autoptr (McRowItem) item = g_list_model_get_item (G_LIST_MODEL (page->model), place);
  const McRow *row = item != NULL ? mc_row_item_row (item) : NULL;

  return row != NULL ? g_strdup (row->id) : NULL;
}

char *
mc_list_page_turn (McListPage *page, const char *from, gboolean forward)
{
  g_return_val_if_fail (MC_IS_LIST_PAGE (page), NULL);

  guint place = 0;
  char *id;

  if (selected (page, &place) == 0)
    return NULL;
  g_autofree char *here = id_at (page, place);
  if (!forward && place == 0)
    return NULL;
  if (!forward)
    place--;
  else if (g_strcmp0 (here, from) == 0)
    place++;
  id = id_at (page, place);
  if (id != NULL)
    select_one (page, place);
  return id;
}

void
mc_list_page_panes (McListPage *page, GtkWidget **ret_panes)
{
  g_return_if_fail (MC_IS_LIST_PAGE (page) && ret_panes != NULL);
  ret_panes[0] = GTK_WIDGET (page->stack);
  ret_panes[1] = GTK_WIDGET (page->side);
}

static void
row_activated (McListPage *page, guint place)
{
  g_autoptr (McRowItem) item = g_list_model_get_item (G_LIST_MODEL (page->model), place);
  const McRow *row = item != NULL ? mc_row_item_row (item) : NULL;

  if (row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (page), "win.open-dossier", "s", row->id);
}

/* The papers of all of them in one job. */
static void
print_all (McListPage *page, GPtrArray *dossiers)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < dossiers->len; i++)
    g_string_append_printf (ids,
                            "%s%s",
                            i > 0 ? " " : "",
                            ((McDossier *)dossiers->pdata[i])->row->id);
  mc_print_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                           page->context,
                           ids->str,
                           MC_PRINT_NEWEST);
}

/* More at once nobody means; they go in a second turn. */
static void
move_selected (McListPage *page, McPageAct act)
{
  g_autoptr (GtkBitset) places = gtk_selection_model_get_selection (page->selection);
  g_autoptr (GPtrArray) dossiers = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_dossier_free);
  guint count = (guint)MIN (gtk_bitset_get_size (places), MOVED_MAX);

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (McRowItem) item =
          g_list_model_get_item (G_LIST_MODEL (page->model), gtk_bitset_get_nth (places, i));
      const McRow *row = item != NULL ? mc_row_item_row (item) : NULL;
      McDossier *dossier =
          row != NULL ? mc_store_dossier (page->context->reader, row->id, NULL) : NULL;

      if (dossier != NULL)
        g_ptr_array_add (dossiers, dossier);
    }
  if (dossiers->len > 0 && act == MC_PAGE_PRINT)
    print_all (page, dossiers);
  else if (dossiers->len > 0 && act == MC_PAGE_ASSIGN)
    mc_assign_flow (GTK_WIDGET (page), page->context, dossiers);
  else if (dossiers->len > 0)
    mc_move_flow (GTK_WIDGET (page), page->context, dossiers);
}

static gboolean
list_page_act (McPage *widget, McPageAct act)
{
  McListPage *page = MC_LIST_PAGE (widget);
  guint first = 0;

  if (selected (page, &first) <= 1)
    return mc_summary_act (MC_SUMMARY (page->summary), act);
  if (act == MC_PAGE_STEP || act == MC_PAGE_STEPS || act == MC_PAGE_ASSIGN || act == MC_PAGE_PRINT)
    move_selected (page, act);
  return TRUE;
}

static void
list_page_refresh (McPage *page)
{
  ask (MC_LIST_PAGE (page));
}

static const char *
list_page_help (McPage *page)
{
  return _ (
      "The dossiers of one queue. ↑ ↓ choose, Shift+↑ ↓ and Ctrl+A choose many, Enter "
      "opens, F6 takes the next step, Shift+F6 shows every step that is possible, F5 gives it "
      "to somebody to handle, F4 takes the fee, Ctrl+P prints, of many chosen in one go. F3 "
      "searches all "
      "dossiers; Alt+1…9 change the "
      "queue.");
}

static void
page_init (McPageInterface *iface)
{
  iface->act = list_page_act;
  iface->refresh = list_page_refresh;
  iface->help = list_page_help;
}

static void
mc_list_page_dispose (GObject *object)
{
  McListPage *page = MC_LIST_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (page), MC_TYPE_LIST_PAGE);
  g_clear_object (&page->selection);
  g_clear_object (&page->model);
  g_clear_pointer (&page->time.calendar, mc_calendar_free);
  g_clear_pointer (&page->search, g_free);
  G_OBJECT_CLASS (mc_list_page_parent_class)->dispose (object);
}

static void
mc_list_page_class_init (McListPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_list_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-list-page.ui");
  gtk_widget_class_bind_template_child (widget, McListPage, content);
  gtk_widget_class_bind_template_child (widget, McListPage, heading);
  gtk_widget_class_bind_template_child (widget, McListPage, stack);
  gtk_widget_class_bind_template_child (widget, McListPage, view);
  gtk_widget_class_bind_template_child (widget, McListPage, empty);
  gtk_widget_class_bind_template_child (widget, McListPage, separator);
  gtk_widget_class_bind_template_child (widget, McListPage, side);
  gtk_widget_class_bind_template_callback (widget, row_activated);
}

static void
mc_list_page_init (McListPage *page)
{
  page->search = g_strdup ("");
  page->queue = MC_QUEUE_MINE;
  page->fresh = TRUE;
  gtk_widget_init_template (GTK_WIDGET (page));
}

static void
add_columns (McListPage *page)
{
  const char *const titles[] = {
    _ ("Dossier code"), _ ("Applicant"), _ ("Procedure"), _ ("Promised"), _ ("Dossier"),
  };
  static const McCellKind order[] = {
    MC_CELL_CODE, MC_CELL_APPLICANT, MC_CELL_PROCEDURE, MC_CELL_TWO_LINES, MC_CELL_DUE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      McCellKind kind = order[i];
      GtkColumnViewColumn *column =
          gtk_column_view_column_new (titles[kind], mc_cell_factory (kind, &page->time));
      gtk_column_view_column_set_resizable (column, kind != MC_CELL_TWO_LINES);
      gtk_column_view_column_set_expand (column, kind != MC_CELL_CODE && kind != MC_CELL_DUE);
      gtk_column_view_append_column (page->view, column);
      page->columns[kind] = column;
      g_object_unref (column);
    }
}

GtkWidget *
mc_list_page_new (McContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);

  McListPage *page = g_object_new (MC_TYPE_LIST_PAGE, NULL);
  page->context = context;
  renew_time (page);
  page->model = mc_row_model_new (fetch_rows, page);
  page->selection =
      GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (page->model))));
  g_signal_connect_object (page->selection,
                           "selection-changed",
                           G_CALLBACK (selection_changed),
                           page,
                           G_CONNECT_SWAPPED);
  add_columns (page);
  gtk_column_view_set_model (page->view, page->selection);
  page->summary = mc_summary_new (context);
  adw_bin_set_child (page->side, page->summary);
  mc_list_page_set_narrow (page, FALSE);
  return GTK_WIDGET (page);
}
