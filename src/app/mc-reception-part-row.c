/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ascii-field.h"
#include "mc-declaration.h"
#include "mc-focus.h"
#include "mc-format.h"
#include "mc-reception-part-private.h"
#include "mc-signal.h"
#include <glib/gi18n.h>

static const struct
{
  const char *key;
  const char *name;
} counts[N_COUNTS] = {
  [ORIGINALS] = { "originals", N_ ("Originals") },
  [CERTIFIED] = { "certified", N_ ("Certified copies") },
  [COPIES] = { "copies", N_ ("Copies") },
};

G_DEFINE_FINAL_TYPE (McReceptionPartRow, mc_reception_part_row, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  SHOW,
  STEPPED,
  DECLARE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

void
mc_reception_part_changed (McReceptionPartRow *self)
{
  if (!self->loading)
    g_signal_emit (self, signals[CHANGED], 0);
}

static int
count_of (McReceptionPartRow *self, guint which)
{
  return (
      int)g_ascii_strtoll (gtk_editable_get_text (GTK_EDITABLE (self->counts[which])), NULL, 10);
}

static void
set_count (McReceptionPartRow *self, guint which, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, CLAMP (value, 0, 999));

  gtk_editable_set_text (GTK_EDITABLE (self->counts[which]), text);
}

static gboolean
ticked (McReceptionPartRow *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check));
}

static void
show_scan (McReceptionPartRow *self)
{
  g_autofree char *words = NULL;
  g_autofree char *size = NULL;

  gtk_widget_set_visible (self->open, self->document != NULL);
  gtk_widget_set_visible (self->drop, self->document != NULL);
  mc_reception_part_offer_show (self);
  if (self->document != NULL)
    {
      gint64 pages = mc_json_int (self->document, "pages", 0);

      size = mc_format_size ((guint64)mc_json_int (self->document, "size", 0));
      words = g_strdup_printf (ngettext ("%s · %d page · %s", "%s · %d pages · %s", (gulong)pages),
                               mc_json_string (self->document, "name"),
                               (int)pages,
                               size);
      gtk_button_set_label (GTK_BUTTON (self->open), words);
      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->open))),
                               PANGO_ELLIPSIZE_MIDDLE);
    }
  gtk_button_set_label (GTK_BUTTON (self->scan),
                        self->document != NULL ? _ ("Another file…") : _ ("Choose a PDF…"));
}

void
mc_reception_part_trouble (McReceptionPartRow *self, const char *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->trouble), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->trouble, sentence != NULL);
}

/* A tick means: as many as the procedure asks for, until somebody says otherwise. */
static void
on_ticked (McReceptionPartRow *self)
{
  gboolean on = ticked (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_widget_set_visible (self->more, on || self->document != NULL);
  if (self->loading)
    return;
  self->loading = TRUE;
  set_count (self,
             ORIGINALS,
             on ? (self->part->originals > 0 || self->part->copies > 0 ? self->part->originals : 1)
                : 0);
  set_count (self, COPIES, on ? self->part->copies : 0);
  set_count (self, CERTIFIED, 0);
  self->loading = FALSE;
  mc_reception_part_changed (self);
  if (on && gtk_widget_has_focus (self->check) && GTK_IS_WINDOW (root) &&
      gtk_window_get_focus_visible (GTK_WINDOW (root)))
    g_signal_emit (self, signals[STEPPED], 0);
}

static void
on_count (McReceptionPartRow *self)
{
  if (self->loading)
    return;
  if (!ticked (self) &&
      count_of (self, ORIGINALS) + count_of (self, CERTIFIED) + count_of (self, COPIES) > 0)
    {
      self->loading = TRUE;
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), TRUE);
      self->loading = FALSE;
    }
  mc_reception_part_changed (self);
}

static gboolean
on_count_key (GtkEventControllerKey *keys,
              guint keyval,
              guint code,
              GdkModifierType state,
              McReceptionPartRow *self)
{
  GtkWidget *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));

  if (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < N_COUNTS; i++)
    if (self->counts[i] == entry)
      set_count (self, i, count_of (self, i) + (keyval == GDK_KEY_Up ? 1 : -1));
  return GDK_EVENT_STOP;
}

static void
on_open (McReceptionPartRow *self)
{
  if (self->document != NULL)
    g_signal_emit (self, signals[SHOW], 0, mc_json_string (self->document, "sha256"));
}

void
mc_reception_part_take (McReceptionPartRow *self, json_t *document)
{
  g_clear_pointer (&self->document, json_decref);
  self->document = json_incref (document);
  if (!ticked (self))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), TRUE);
  gtk_widget_set_visible (self->more, TRUE);
  show_scan (self);
  on_open (self);
  mc_reception_part_changed (self);
}

void
mc_reception_part_row_take (McReceptionPartRow *row, json_t *document)
{
  g_return_if_fail (MC_IS_RECEPTION_PART_ROW (row) && document != NULL);

  mc_reception_part_take (row, document);
}

static void
on_declare (McReceptionPartRow *self)
{
  g_signal_emit (self, signals[DECLARE], 0);
}

static void
on_drop_scan (McReceptionPartRow *self)
{
  g_clear_pointer (&self->document, json_decref);
  show_scan (self);
  g_signal_emit (self, signals[SHOW], 0, NULL);
  gtk_widget_grab_focus (self->scan);
  mc_reception_part_changed (self);
}

static GtkWidget *
make_count (McReceptionPartRow *self, guint which)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ (counts[which].name));
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autofree char *name = g_strdup_printf ("%s: %s", _ (counts[which].name), self->part->name);

  gtk_widget_add_css_class (label, "caption");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 2);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 3);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 3);
  gtk_entry_set_alignment (GTK_ENTRY (entry), 1);
  mc_ascii_field_make (entry, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), "0");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_count_key), self);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_count), self);
  self->counts[which] = entry;
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  return box;
}

/* Where the paper is one that is filled in here. Its key is the page's, so that walking through the
 * papers takes no step more. */
static void
add_declare (McReceptionPartRow *self)
{
  g_autoptr (McDeclaration) declaration = mc_declaration_of (self->procedure, self->part->id);
  GtkWidget *button;

  if (declaration == NULL)
    return;
  button = gtk_button_new_with_label (_ ("Declaration…  Ctrl+K"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_start (button, 20);
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_tooltip_text (button, declaration->title);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_declare), self);
  gtk_box_append (GTK_BOX (self->box), button);
}

static GtkWidget *
make_head (McReceptionPartRow *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label;
  g_autofree char *text = self->part->required
                              ? g_strdup (self->part->name)
                              : g_strdup_printf (_ ("%s (if any)"), self->part->name);

  self->check = gtk_check_button_new_with_label (text);
  label = gtk_widget_get_last_child (self->check);
  if (GTK_IS_LABEL (label))
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->part->name,
                                  -1);
  gtk_widget_set_hexpand (self->check, TRUE);
  gtk_box_append (GTK_BOX (head), self->check);

  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_box_append (GTK_BOX (head), self->spinner);
  self->scan = gtk_button_new_with_label (_ ("Choose a PDF…"));
  gtk_widget_add_css_class (self->scan, "flat");
  gtk_widget_set_valign (self->scan, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), self->scan);
  return head;
}

static GtkWidget *
make_more (McReceptionPartRow *self)
{
  GtkWidget *flow = gtk_flow_box_new ();

  self->more = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_margin_start (self->more, 28);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), N_COUNTS);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 1);
  for (guint i = 0; i < N_COUNTS; i++)
    {
      gtk_flow_box_insert (GTK_FLOW_BOX (flow), make_count (self, i), -1);
      gtk_widget_set_focusable (gtk_widget_get_last_child (flow), FALSE);
    }
  gtk_box_append (GTK_BOX (self->more), flow);

  GtkWidget *file = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->open = gtk_button_new_with_label ("");
  gtk_widget_add_css_class (self->open, "flat");
  self->drop = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  gtk_widget_add_css_class (self->drop, "flat");
  gtk_widget_set_tooltip_text (self->drop, _ ("Take this file off"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Take this file off"),
                                  -1);
  gtk_box_append (GTK_BOX (file), self->open);
  gtk_box_append (GTK_BOX (file), self->drop);
  gtk_box_append (GTK_BOX (self->more), file);
  gtk_widget_set_visible (self->more, FALSE);
  return self->more;
}

GtkWidget *
mc_reception_part_row_new (McContext *context, McProcedure *procedure, const McPart *part)
{
  McReceptionPartRow *self;

  g_return_val_if_fail (context != NULL && procedure != NULL && part != NULL, NULL);

  self = g_object_new (MC_TYPE_RECEPTION_PART_ROW, NULL);
  self->context = context;
  self->procedure = mc_procedure_ref (procedure);
  self->part = part;
  gtk_box_append (GTK_BOX (self->box), make_head (self));
  add_declare (self);
  self->trouble = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->trouble), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->trouble), 0);
  gtk_widget_add_css_class (self->trouble, "error");
  gtk_widget_set_margin_start (self->trouble, 28);
  gtk_widget_set_visible (self->trouble, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->trouble);
  gtk_box_append (GTK_BOX (self->box), mc_reception_part_offer_build (self));
  gtk_box_append (GTK_BOX (self->box), make_more (self));
  show_scan (self);
  mc_reception_part_accept_drops (self);
  g_signal_connect_swapped (self->check, "toggled", G_CALLBACK (on_ticked), self);
  g_signal_connect_swapped (self->scan, "clicked", G_CALLBACK (mc_reception_part_row_choose), self);
  g_signal_connect_swapped (self->open, "clicked", G_CALLBACK (on_open), self);
  g_signal_connect_swapped (self->drop, "clicked", G_CALLBACK (on_drop_scan), self);
  return GTK_WIDGET (self);
}

const McPart *
mc_reception_part_row_part (McReceptionPartRow *row)
{
  g_return_val_if_fail (MC_IS_RECEPTION_PART_ROW (row), NULL);

  return row->part;
}

gboolean
mc_reception_part_row_in (McReceptionPartRow *row)
{
  g_return_val_if_fail (MC_IS_RECEPTION_PART_ROW (row), FALSE);

  return ticked (row) || row->document != NULL;
}

gboolean
mc_reception_part_row_importing (McReceptionPartRow *row)
{
  g_return_val_if_fail (MC_IS_RECEPTION_PART_ROW (row), FALSE);

  return row->importing > 0;
}

json_t *
mc_reception_part_row_get (McReceptionPartRow *row)
{
  json_t *value;

  g_return_val_if_fail (MC_IS_RECEPTION_PART_ROW (row), NULL);

  if (!mc_reception_part_row_in (row))
    return NULL;
  value = json_object ();
  json_object_set_new (value, "ticked", json_boolean (ticked (row)));
  for (guint i = 0; i < N_COUNTS; i++)
    json_object_set_new (value, counts[i].key, json_integer (count_of (row, i)));
  if (row->document != NULL)
    json_object_set (value, "document", row->document);
  return value;
}

void
mc_reception_part_row_put (McReceptionPartRow *row, const json_t *value)
{
  json_t *document = json_object_get (value, "document");

  g_return_if_fail (MC_IS_RECEPTION_PART_ROW (row));

  row->loading = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (row->check),
                               mc_json_bool (value, "ticked", FALSE));
  for (guint i = 0; i < N_COUNTS; i++)
    set_count (row, i, mc_json_int (value, counts[i].key, 0));
  g_clear_pointer (&row->document, json_decref);
  if (json_is_object (document))
    row->document = json_incref (document);
  gtk_widget_set_visible (row->more, ticked (row) || row->document != NULL);
  show_scan (row);
  row->loading = FALSE;
}

static gboolean
mc_reception_part_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MC_RECEPTION_PART_ROW (widget)->check);
}

static void
mc_reception_part_row_dispose (GObject *object)
{
  McReceptionPartRow *self = MC_RECEPTION_PART_ROW (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->document, json_decref);
  g_clear_pointer (&self->offered, json_decref);
  g_clear_pointer (&self->procedure, mc_procedure_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mc_reception_part_row_parent_class)->dispose (object);
}

static void
mc_reception_part_row_class_init (McReceptionPartRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_reception_part_row_dispose;
  mc_focus_class_start (widget_class, mc_reception_part_row_grab_focus);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = mc_signal_new ("changed", MC_TYPE_RECEPTION_PART_ROW, G_TYPE_NONE);
  signals[SHOW] = mc_signal_new ("show-scan", MC_TYPE_RECEPTION_PART_ROW, G_TYPE_STRING);
  signals[DECLARE] = mc_signal_new ("declare", MC_TYPE_RECEPTION_PART_ROW, G_TYPE_NONE);
  signals[STEPPED] = mc_signal_new ("stepped", MC_TYPE_RECEPTION_PART_ROW, G_TYPE_NONE);
}

static void
mc_reception_part_row_init (McReceptionPartRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
