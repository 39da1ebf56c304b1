/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-conflict-page.h"

#include "mc-act.h"
#include "mc-conflict-scans.h"
#include "mc-page.h"
#include "mc-queue-words.h"
#include "mc-side-card.h"
#include "mc-timeline.h"
#include "mc-value-entries.h"
#include "mc-window.h"
#include <glib/gi18n.h>

struct _McConflictPage
{
  GtkWidget parent_instance;
  McContext *context;
  GPtrArray *conflicts; /* McConflict */
  guint place;          /* which of them is shown */
  char *shown;          /* what the cards were made from */
  GPtrArray *ways;      /* McWayOut: the cards */
  guint chosen;         /* which of them */
  char *settling;       /* the sentence for afterwards, while a settlement is under way */

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkLabel *sentence;
  GtkLabel *before;
  GtkBox *halves;
  GtkScrolledWindow *words;
  GtkBox *cards;
  GtkLabel *keys;
  AdwBin *typed;
  GtkCheckButton *alike;
  AdwBin *scan_side;
  GtkLabel *count;
  GtkButton *previous;
  GtkButton *next;
  GtkButton *other;
  GtkButton *open;
  GtkButton *open_other;
  GtkButton *settle;
  GtkWidget *scans;
  GtkWidget *entries; /* shown while another value is typed */
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McConflictPage,
                               mc_conflict_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

static McConflict *
current (McConflictPage *page)
{
  return page->conflicts != NULL && page->place < page->conflicts->len
             ? g_ptr_array_index (page->conflicts, page->place)
             : NULL;
}

static void
choose (McConflictPage *page, guint place)
{
  McWayOut *way;
  guint i = 0;

  if (current (page) == NULL || place >= page->ways->len)
    return;
  page->chosen = place;
  gtk_widget_set_visible (page->entries, FALSE);
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (page->cards)); card != NULL;
       card = gtk_widget_get_next_sibling (card), i++)
    {
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (card), i == place);
      if (i == place)
        gtk_widget_grab_focus (card);
    }
  way = page->ways->pdata[place];
  g_autofree char *label = g_strdup_printf ("%s  Ctrl+Enter", way->keep);
  gtk_button_set_label (page->settle, label);
}

static void
card_clicked (GtkWidget *card, McConflictPage *page)
{
  guint i = 0;

  for (GtkWidget *one = gtk_widget_get_first_child (GTK_WIDGET (page->cards)); one != card;
       one = gtk_widget_get_next_sibling (one))
    i++;
  choose (page, i);
}

static guint
count_alike (McConflictPage *page)
{
  McConflict *conflict = current (page);
  guint count = 1;

  for (guint i = 0; i < page->conflicts->len; i++)
    count += mc_conflict_alike (conflict, g_ptr_array_index (page->conflicts, i));
  return count;
}

/* Two scans of one paper need the width; they stand below the words instead of beside them. */
static void
lay_out (McConflictPage *page, guint scans)
{
  gboolean below = scans > 1;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (page->halves),
                                  below ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (page->halves, !below);
  gtk_scrolled_window_set_propagate_natural_height (page->words, below);
  gtk_widget_set_vexpand (GTK_WIDGET (page->scan_side), below);
}

static void
show_cards (McConflictPage *page, McConflict *conflict, const McNames *names, gint64 now)
{
  g_clear_pointer (&page->ways, g_ptr_array_unref);
  page->ways = mc_ways_out (conflict, names, now);
  mc_box_clear (page->cards);
  for (guint i = 0; i < page->ways->len; i++)
    {
      GtkWidget *card = mc_side_card_new (page->ways->pdata[i]);

      g_signal_connect (card, "clicked", G_CALLBACK (card_clicked), page);
      gtk_box_append (page->cards, card);
    }
}

static void
show_other_dossier (McConflictPage *page, McConflict *conflict)
{
  McOther *other = NULL;

  for (guint i = 0; i < conflict->others->len && other == NULL; i++)
    if (((McOther *)conflict->others->pdata[i])->here)
      other = conflict->others->pdata[i];
  gtk_widget_set_visible (GTK_WIDGET (page->open_other), other != NULL);
  if (other != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (page->open_other), "s", other->id);
}

static void
show_conflict (McConflictPage *page, McConflict *conflict)
{
  McStore *store = page->context->reader;
  gint64 now = mc_store_now (store);
  g_autoptr (McDossier) dossier = mc_store_dossier (store, conflict->dossier, NULL);
  g_autoptr (McProcedure) procedure =
      dossier != NULL ? mc_store_procedure_of (store, dossier) : NULL;
  McNames names = { procedure, store };
  g_autofree char *sentence = mc_conflict_sentence (conflict, &names, now);
  g_autofree char *background = mc_conflict_background (conflict, &names, now);

  gtk_label_set_markup (page->sentence, sentence);
  gtk_label_set_text (page->before, background != NULL ? background : "");
  gtk_widget_set_visible (GTK_WIDGET (page->before), background != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (page->open), "s", conflict->dossier);
  show_other_dossier (page, conflict);
  show_cards (page, conflict, &names, now);
  gboolean typed = mc_value_entries_show (MC_VALUE_ENTRIES (page->entries), conflict);
  gtk_widget_set_visible (GTK_WIDGET (page->other), typed);
  gtk_label_set_text (page->keys,
                      typed ? _ ("← → choose · S types another value") : _ ("← → choose"));
  guint alike = count_alike (page);
  g_autofree char *label = g_strdup_printf (_ ("Apply to all %u like this"), alike);
  gtk_widget_set_visible (GTK_WIDGET (page->alike), alike > 1);
  gtk_check_button_set_label (page->alike, label);
  gtk_check_button_set_active (page->alike, FALSE);
  lay_out (page, mc_conflict_scans_show (MC_CONFLICT_SCANS (page->scans), conflict));
  choose (page, 0);
}

/* What the cards are made from: where it is the same, a refresh leaves the choice alone. */
static char *
dump (McConflict *conflict)
{
  g_autoptr (GString) text = g_string_new (conflict->id);

  for (guint i = 0; i < conflict->others->len; i++)
    g_string_append_printf (text, " %s", ((McOther *)conflict->others->pdata[i])->id);
  for (guint i = 0; i < conflict->sides->len; i++)
    {
      McSide *side = g_ptr_array_index (conflict->sides, i);
      g_string_append_printf (text, " %s%s", side->op, side->stands ? "!" : "");
    }
  return g_strdup (text->str);
}

static void
show (McConflictPage *page)
{
  McConflict *conflict = current (page);

  gtk_stack_set_visible_child_name (page->stack, conflict != NULL ? "conflict" : "empty");
  if (conflict == NULL)
    {
      g_clear_pointer (&page->shown, g_free);
      return;
    }
  g_autofree char *count = g_strdup_printf (_ ("%u of %u"), page->place + 1, page->conflicts->len);
  gtk_label_set_text (page->count, count);
  gtk_widget_set_visible (GTK_WIDGET (page->previous), page->conflicts->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (page->next), page->conflicts->len > 1);
  g_autofree char *shown = dump (conflict);
  if (g_strcmp0 (shown, page->shown) == 0)
    return;
  g_free (page->shown);
  page->shown = g_steal_pointer (&shown);
  show_conflict (page, conflict);
}

static void
refresh (McConflictPage *page)
{
  McConflict *before = current (page);
  g_autofree char *id = before != NULL ? g_strdup (before->id) : NULL;
  GPtrArray *conflicts = mc_store_conflicts (page->context->reader, NULL, NULL);

  if (conflicts == NULL)
    return;
  g_clear_pointer (&page->conflicts, g_ptr_array_unref);
  page->conflicts = conflicts;
  for (guint i = 0; i < conflicts->len; i++)
    if (g_strcmp0 (((McConflict *)g_ptr_array_index (conflicts, i))->id, id) == 0)
      page->place = i;
  if (page->place >= conflicts->len)
    page->place = 0;
  show (page);
}

static void
turn (McConflictPage *page, int by)
{
  if (page->conflicts == NULL || page->conflicts->len < 2)
    return;
  page->place = (page->place + page->conflicts->len + (guint)by) % page->conflicts->len;
  show (page);
}

static void
turn_back (McConflictPage *page)
{
  turn (page, -1);
}

static void
turn_on (McConflictPage *page)
{
  turn (page, 1);
}

static void
type_other (McConflictPage *page)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (page->other)))
    return;
  gtk_widget_set_visible (page->entries, TRUE);
  gtk_button_set_label (page->settle, _ ("Keep the new value  Ctrl+Enter"));
  gtk_widget_child_focus (page->entries, GTK_DIR_TAB_FORWARD);
}

static void
settled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McConflictPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = g_steal_pointer (&page->settling);

  if (!mc_act_finish (page->context, result, &error))
    mc_window_say_error (GTK_WIDGET (page), error);
  else
    mc_window_say (GTK_WIDGET (page), sentence);
}

static GPtrArray *
settlements_of (McConflictPage *page, const McConflict *conflict, gboolean typed)
{
  if (!typed)
    return mc_settlements (conflict,
                           page->ways->pdata[page->chosen],
                           gtk_check_button_get_active (page->alike) ? page->conflicts : NULL);

  GPtrArray *settlements = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_settlement_free);
  json_t *value = mc_value_entries_value (MC_VALUE_ENTRIES (page->entries), conflict);
  g_ptr_array_add (settlements, mc_settlement_of (conflict, value));
  return settlements;
}

static void
settle (McConflictPage *page)
{
  McConflict *conflict = current (page);
  gboolean typed = gtk_widget_get_visible (page->entries);

  if (conflict == NULL || page->settling != NULL)
    return;
  page->settling = typed ? mc_conflict_settled (conflict, conflict->sides->len)
                         : g_strdup (((McWayOut *)page->ways->pdata[page->chosen])->after);
  mc_act_settle (page->context,
                 settlements_of (page, conflict, typed),
                 settled,
                 g_object_ref (page));
}

static gboolean
key_pressed (GtkEventControllerKey *keys,
             guint keyval,
             guint code,
             GdkModifierType state,
             gpointer data)
{
  McConflictPage *page = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))));

  if (GTK_IS_TEXT (focus) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Left:
      choose (page, page->chosen > 0 ? page->chosen - 1 : 0);
      return TRUE;
    case GDK_KEY_Right:
      choose (page, page->chosen + 1);
      return TRUE;
    case GDK_KEY_s:
    case GDK_KEY_S:
      type_other (page);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      /* A scanner's Enter must not press a card; on other buttons it keeps its meaning. */
      return GTK_IS_TOGGLE_BUTTON (focus);
    default:
      return FALSE;
    }
}

static gboolean
conflict_page_act (McPage *page, McPageAct act)
{
  if (act != MC_PAGE_MAIN)
    return FALSE;
  settle (MC_CONFLICT_PAGE (page));
  return TRUE;
}

static void
conflict_page_refresh (McPage *page)
{
  refresh (MC_CONFLICT_PAGE (page));
}

static const char *
conflict_page_help (McPage *page)
{
  return _ ("Two people did something to the same dossier without seeing each other. ← → choose "
            "what stands, Ctrl+Enter settles it, S types another value where it is text. Nothing "
            "is thrown away: the rest remains in the history.");
}

static void
page_init (McPageInterface *iface)
{
  iface->act = conflict_page_act;
  iface->refresh = conflict_page_refresh;
  iface->help = conflict_page_help;
}

static void
mc_conflict_page_dispose (GObject *object)
{
  McConflictPage *page = MC_CONFLICT_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (page), MC_TYPE_CONFLICT_PAGE);
  g_clear_pointer (&page->conflicts, g_ptr_array_unref);
  g_clear_pointer (&page->ways, g_ptr_array_unref);
  g_clear_pointer (&page->shown, g_free);
  g_clear_pointer (&page->settling, g_free);
  G_OBJECT_CLASS (mc_conflict_page_parent_class)->dispose (object);
}

static void
mc_conflict_page_class_init (McConflictPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_conflict_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-conflict-page.ui");
  gtk_widget_class_bind_template_child (widget, McConflictPage, stack);
  gtk_widget_class_bind_template_child (widget, McConflictPage, empty);
  gtk_widget_class_bind_template_child (widget, McConflictPage, sentence);
  gtk_widget_class_bind_template_child (widget, McConflictPage, before);
  gtk_widget_class_bind_template_child (widget, McConflictPage, halves);
  gtk_widget_class_bind_template_child (widget, McConflictPage, words);
  gtk_widget_class_bind_template_child (widget, McConflictPage, cards);
  gtk_widget_class_bind_template_child (widget, McConflictPage, keys);
  gtk_widget_class_bind_template_child (widget, McConflictPage, typed);
  gtk_widget_class_bind_template_child (widget, McConflictPage, alike);
  gtk_widget_class_bind_template_child (widget, McConflictPage, scan_side);
  gtk_widget_class_bind_template_child (widget, McConflictPage, count);
  gtk_widget_class_bind_template_child (widget, McConflictPage, previous);
  gtk_widget_class_bind_template_child (widget, McConflictPage, next);
  gtk_widget_class_bind_template_child (widget, McConflictPage, other);
  gtk_widget_class_bind_template_child (widget, McConflictPage, open);
  gtk_widget_class_bind_template_child (widget, McConflictPage, open_other);
  gtk_widget_class_bind_template_child (widget, McConflictPage, settle);
  gtk_widget_class_bind_template_callback (widget, turn_back);
  gtk_widget_class_bind_template_callback (widget, turn_on);
  gtk_widget_class_bind_template_callback (widget, type_other);
}

static void
mc_conflict_page_init (McConflictPage *page)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (page));
  adw_status_page_set_description (page->empty, mc_queue_empty (MC_QUEUE_CONFLICT));
  page->entries = mc_value_entries_new ();
  gtk_widget_set_visible (page->entries, FALSE);
  adw_bin_set_child (page->typed, page->entries);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), page);
  gtk_widget_add_controller (GTK_WIDGET (page), keys);
}

GtkWidget *
mc_conflict_page_new (McContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);

  McConflictPage *page = g_object_new (MC_TYPE_CONFLICT_PAGE, NULL);
  page->context = context;
  page->scans = mc_conflict_scans_new (context);
  adw_bin_set_child (page->scan_side, page->scans);
  return GTK_WIDGET (page);
}

void
mc_conflict_page_turn_to (McConflictPage *page, const char *dossier)
{
  g_return_if_fail (MC_IS_CONFLICT_PAGE (page));

  refresh (page);
  for (guint i = 0; page->conflicts != NULL && i < page->conflicts->len; i++)
    {
      McConflict *conflict = g_ptr_array_index (page->conflicts, i);

      if (g_strcmp0 (conflict->dossier, dossier) == 0)
        {
          page->place = i;
          break;
        }
    }
  show (page);
}
