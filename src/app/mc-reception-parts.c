/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-act.h"
#include "mc-guidance.h"
#include "mc-print-preview.h"
#include "mc-print-window.h"
#include "mc-reception-part-row.h"
#include "mc-reception-private.h"
#include <glib/gi18n.h>

static McReceptionPartRow *
row_at (McReceptionPage *self, guint i)
{
  return g_ptr_array_index (self->parts.rows, i);
}

static void
on_row_changed (McReceptionPage *self)
{
  self->importing = 0;
  for (guint i = 0; i < self->parts.rows->len; i++)
    self->importing += mc_reception_part_row_importing (row_at (self, i));
  mc_reception_changed (self);
}

static void
on_show_scan (McReceptionPartRow *row, const char *sha256, McReceptionPage *self)
{
  g_autoptr (McBlobPlace) place = NULL;

  if (sha256 == NULL)
    {
      mc_viewer_clear (MC_VIEWER (self->viewer));
      return;
    }
  place = mc_act_look_at_scan (self->context, sha256);
  mc_viewer_show (MC_VIEWER (self->viewer), place, mc_reception_part_row_part (row)->name);
}

/* Ticking one after the other is one key each. What is ticked already, the card that was shown, is
 * passed over: the same key would take it back. */
static void
on_stepped (McReceptionPartRow *row, McReceptionPage *self)
{
  guint place = 0;

  g_ptr_array_find (self->parts.rows, row, &place);
  for (guint i = place + 1; i < self->parts.rows->len; i++)
    if (!mc_reception_part_row_in (row_at (self, i)))
      {
        gtk_widget_grab_focus (GTK_WIDGET (row_at (self, i)));
        return;
      }
}

static void
on_declare (McReceptionPartRow *row, McReceptionPage *self)
{
  mc_reception_declare (self, mc_reception_part_row_part (row)->id);
}

static void
add_row (McReceptionPage *self, const McPart *part)
{
  GtkWidget *row = mc_reception_part_row_new (self->context, self->procedure.chosen, part);

  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_row_changed), self);
  g_signal_connect (row, "show-scan", G_CALLBACK (on_show_scan), self);
  g_signal_connect (row, "stepped", G_CALLBACK (on_stepped), self);
  g_signal_connect (row, "declare", G_CALLBACK (on_declare), self);
  g_ptr_array_add (self->parts.rows, row);
  gtk_box_append (GTK_BOX (self->parts.box), row);
}

static void
put_values (McReceptionPage *self, json_t *values)
{
  for (guint i = 0; i < self->parts.rows->len; i++)
    {
      McReceptionPartRow *row = row_at (self, i);
      json_t *value = json_object_get (values, mc_reception_part_row_part (row)->id);

      if (value != NULL)
        mc_reception_part_row_put (row, value);
    }
}

static json_t *
get_values (McReceptionPage *self)
{
  json_t *values = json_object ();

  for (guint i = 0; i < self->parts.rows->len; i++)
    {
      json_t *value = mc_reception_part_row_get (row_at (self, i));

      if (value != NULL)
        json_object_set_new (values, mc_reception_part_row_part (row_at (self, i))->id, value);
    }
  return values;
}

/* A procedure chosen by mistake and then the right one: papers that both ask for stay ticked. */
void
mc_reception_parts_fill (McReceptionPage *self)
{
  McProcedure *procedure = self->procedure.chosen;
  g_autoptr (json_t) values = get_values (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->parts.box)) != NULL)
    gtk_box_remove (GTK_BOX (self->parts.box), child);
  g_ptr_array_set_size (self->parts.rows, 0);
  self->importing = 0;
  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    add_row (self, procedure->parts->pdata[i]);
  put_values (self, values);
  mc_reception_known_papers (self);
  mc_reception_known_shown (self);
  gtk_label_set_label (GTK_LABEL (self->parts.none),
                       procedure == NULL
                           ? _ ("The papers are listed here once the procedure is chosen.")
                           : _ ("This procedure asks for no papers."));
  gtk_widget_set_visible (self->parts.none, self->parts.rows->len == 0);
  gtk_widget_set_visible (self->parts.guide, procedure != NULL);
}

/* Who lacks papers goes home with what to bring, before anything is received. */
gboolean
mc_reception_guide (McReceptionPage *self)
{
  g_autoptr (json_t) reception = NULL;
  g_autofree char *key = NULL;

  if (self->procedure.chosen == NULL)
    return FALSE;
  reception = mc_reception_get (self);
  key = mc_guidance_key (reception, self->context->staff ? self->context->staff->name : NULL);
  mc_print_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                           self->context,
                           key,
                           MC_PRINT_GUIDANCE);
  return TRUE;
}

GtkWidget *
mc_reception_parts_build (McReceptionPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->parts.rows = g_ptr_array_new ();
  self->parts.declared = json_object ();
  self->parts.none = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->parts.none), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->parts.none), 0);
  gtk_widget_add_css_class (self->parts.none, "dim-label");
  self->parts.box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), self->parts.none);
  gtk_box_append (GTK_BOX (box), self->parts.box);
  self->parts.guide = gtk_button_new_with_label (_ ("Print what to bring…  Ctrl+P"));
  gtk_widget_set_halign (self->parts.guide, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->parts.guide, 6);
  gtk_widget_add_css_class (self->parts.guide, "flat");
  g_signal_connect_swapped (self->parts.guide, "clicked", G_CALLBACK (mc_reception_guide), self);
  gtk_box_append (GTK_BOX (box), self->parts.guide);
  mc_reception_parts_fill (self);
  return mc_reception_section (_ ("Papers"), box);
}

void
mc_reception_parts_get (McReceptionPage *self, json_t *reception)
{
  g_autoptr (json_t) values = get_values (self);

  if (json_object_size (values) > 0)
    json_object_set (reception, "parts", values);
  mc_reception_declare_get (self, reception);
}

void
mc_reception_parts_put (McReceptionPage *self, const json_t *reception)
{
  put_values (self, json_object_get (reception, "parts"));
  mc_reception_declare_put (self, reception);
}

char *
mc_reception_parts_missing (McReceptionPage *self, guint *ret_count)
{
  GString *names = g_string_new (NULL);
  guint count = 0;

  for (guint i = 0; i < self->parts.rows->len; i++)
    {
      const McPart *part = mc_reception_part_row_part (row_at (self, i));

      if (!part->required || mc_reception_part_row_in (row_at (self, i)))
        continue;
      g_string_append_printf (names, "%s%s", count > 0 ? "; " : "", part->name);
      count++;
    }
  if (ret_count != NULL)
    *ret_count = count;
  return g_string_free (names, count == 0);
}

static gboolean
has_focus (McReceptionPage *self, GtkWidget *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == row || gtk_widget_is_ancestor (focus, row));
}

const McPart *
mc_reception_parts_focused (McReceptionPage *self)
{
  for (guint i = 0; i < self->parts.rows->len; i++)
    if (has_focus (self, GTK_WIDGET (row_at (self, i))))
      return mc_reception_part_row_part (row_at (self, i));
  return NULL;
}

static gboolean
has_scan (McReceptionPartRow *row)
{
  g_autoptr (json_t) value = mc_reception_part_row_get (row);

  return json_object_get (value, "document") != NULL;
}

static McReceptionPartRow *
scan_wanted (McReceptionPage *self)
{
  McReceptionPartRow *wanted = NULL;

  for (guint i = self->parts.rows->len; i-- > 0;)
    {
      McReceptionPartRow *row = row_at (self, i);

      if (has_focus (self, GTK_WIDGET (row)))
        return row;
      if (!has_scan (row) && (mc_reception_part_row_part (row)->required || wanted == NULL ||
                              !mc_reception_part_row_part (wanted)->required))
        wanted = row;
    }
  return wanted != NULL || self->parts.rows->len == 0 ? wanted : row_at (self, 0);
}

gboolean
mc_reception_parts_scan (McReceptionPage *self)
{
  McReceptionPartRow *row = scan_wanted (self);

  if (row == NULL)
    return FALSE;
  mc_reception_reveal (self, GTK_WIDGET (row));
  mc_reception_part_row_choose (row);
  return TRUE;
}

void
mc_reception_parts_focus (McReceptionPage *self)
{
  if (self->parts.rows->len > 0)
    gtk_widget_grab_focus (GTK_WIDGET (row_at (self, 0)));
  else
    gtk_widget_grab_focus (self->save);
}
