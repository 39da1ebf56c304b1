/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the procedure by a few letters, also while a word is still being composed. */
#include "mc-reception-field.h"
#include "mc-reception-private.h"
#include "mc-text.h"
#include <glib/gi18n.h>

/* More are not read anyway: another letter is quicker. */
#define SHOWN_MAX 7

static GtkWidget *
make_row (const McFound *found, McProcedure *procedure)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (procedure->name);
  g_autofree char *small = mc_catalogue_detail (found, procedure);
  GtkWidget *detail = gtk_label_new (small);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_set_margin_start (box, 9);
  gtk_widget_set_margin_end (box, 9);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  /* The focus stays in the search; arrows move the selection from there. */
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  procedure->name,
                                  -1);
  return row;
}

static void
clear_list (GtkWidget *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
}

void
mc_reception_search_run (McReceptionPage *self)
{
  McReceptionProcedure *part = &self->procedure;
  g_autofree char *query = mc_reception_field_text (part->search);
  g_autofree char *folded = mc_text_fold (query);
  GPtrArray *found;

  clear_list (part->list);
  g_clear_pointer (&part->found, mc_found_free);
  part->found = mc_finder_find (part->catalogue->finder, query, SHOWN_MAX);
  found = part->found->procedures;
  for (guint i = 0; i < found->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (part->list), make_row (part->found, found->pdata[i]));
  gtk_list_box_select_row (GTK_LIST_BOX (part->list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (part->list), 0));
  if (part->found->family != NULL)
    {
      /* TRANSLATORS: a question that tells similar procedures apart */
      g_autofree char *ask = g_strdup_printf (_ ("Which of these? %s"), part->found->family->ask);

      gtk_label_set_label (GTK_LABEL (part->ask), ask);
    }
  gtk_widget_set_visible (part->ask, part->found->family != NULL);
  gtk_widget_set_visible (part->list, found->len > 0);
  gtk_widget_set_visible (part->none, found->len == 0 && *folded != '\0');
}

static gboolean
on_reveal (gpointer data)
{
  g_autoptr (McReceptionPage) self = data;

  if (self->stack != NULL && gtk_widget_get_visible (self->procedure.list))
    mc_reception_reveal (self, self->procedure.stack);
  return G_SOURCE_REMOVE;
}

static void
on_search_changed (gpointer entry, gpointer data)
{
  McReceptionPage *self = data;

  if (!self->loading && self->procedure.chosen == NULL)
    {
      mc_reception_search_run (self);
      mc_reception_draft_later (self);
    }
  /* Once the list has its height: what was found is not to be looked for below the edge. */
  if (gtk_widget_get_visible (self->procedure.list))
    g_timeout_add (50, on_reveal, g_object_ref (self));
}

static void
choose_row (McReceptionPage *self, GtkListBoxRow *row)
{
  GPtrArray *found = self->procedure.found != NULL ? self->procedure.found->procedures : NULL;
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  g_autoptr (McProcedure) chosen = NULL;

  if (found == NULL || index < 0 || (guint)index >= found->len)
    return;
  chosen = mc_procedure_ref (found->pdata[index]);
  mc_reception_procedure_choose (self, chosen);
  mc_reception_changed (self);
  mc_reception_parts_focus (self);
}

/* Enter takes the selected one; on an empty search it goes on, like any field. */
static void
on_search_done (McReceptionPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->procedure.list));

  mc_reception_search_run (self);
  if (row != NULL)
    choose_row (self, gtk_list_box_get_selected_row (GTK_LIST_BOX (self->procedure.list)));
  else
    mc_reception_next (self->procedure.search);
}

static void
move_selection (GtkListBox *list, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : 0;
  GtkListBoxRow *other = index >= 0 ? gtk_list_box_get_row_at_index (list, index) : NULL;

  if (other != NULL)
    gtk_list_box_select_row (list, other);
}

static gboolean
on_search_key (GtkEventControllerKey *keys,
               guint keyval,
               guint code,
               GdkModifierType state,
               McReceptionPage *self)
{
  if (!gtk_widget_get_visible (self->procedure.list) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    move_selection (GTK_LIST_BOX (self->procedure.list), 1);
  else if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    move_selection (GTK_LIST_BOX (self->procedure.list), -1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

GtkWidget *
mc_reception_search_build (McReceptionPage *self)
{
  McReceptionProcedure *part = &self->procedure;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  part->search = gtk_entry_new ();
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (part->search),
                                     GTK_ENTRY_ICON_PRIMARY,
                                     "edit-find-symbolic");
  gtk_entry_set_placeholder_text (GTK_ENTRY (part->search),
                                  _ ("A few letters are enough, with or without accents"));
  gtk_box_append (GTK_BOX (box), mc_reception_field_new (_ ("Find the procedure"), part->search));
  mc_reception_field_watch (part->search, on_search_changed, self);
  g_signal_handlers_disconnect_by_func (part->search, mc_reception_next, NULL);
  g_signal_connect_swapped (part->search, "activate", G_CALLBACK (on_search_done), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_search_key), self);
  gtk_widget_add_controller (part->search, keys);

  part->ask = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (part->ask), TRUE);
  gtk_label_set_xalign (GTK_LABEL (part->ask), 0);
  gtk_widget_add_css_class (part->ask, "heading");
  gtk_widget_set_visible (part->ask, FALSE);
  gtk_box_append (GTK_BOX (box), part->ask);

  part->list = gtk_list_box_new ();
  gtk_widget_add_css_class (part->list, "boxed-list");
  gtk_widget_set_focusable (part->list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (part->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Procedures found"),
                                  -1);
  gtk_widget_set_visible (part->list, FALSE);
  g_signal_connect_swapped (part->list, "row-activated", G_CALLBACK (choose_row), self);
  gtk_box_append (GTK_BOX (box), part->list);

  part->none = gtk_label_new (_ (
      "Nothing in the catalogue fits these words. Say it in other words, or type the code. Where "
      "another office decides it, the resident is shown the way there."));
  gtk_label_set_wrap (GTK_LABEL (part->none), TRUE);
  gtk_label_set_xalign (GTK_LABEL (part->none), 0);
  gtk_widget_add_css_class (part->none, "dim-label");
  gtk_widget_set_visible (part->none, FALSE);
  gtk_box_append (GTK_BOX (box), part->none);
  return box;
}
