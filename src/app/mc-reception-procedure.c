/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-reception-choice.h"
#include "mc-reception-field.h"
#include "mc-reception-private.h"
#include <glib/gi18n.h>

static const McChoice channels[] = {
  { "direct", N_ ("At the counter") },
  { "online", N_ ("Online") },
  { "post", N_ ("By post") },
  { NULL, NULL },
};

static gboolean
open_to (const McCase *the_case, const char *channel)
{
  if (g_strcmp0 (channel, "online") == 0)
    return the_case->online;
  if (g_strcmp0 (channel, "post") == 0)
    return the_case->post;
  return the_case->direct;
}

const McCase *
mc_reception_procedure_case (McReceptionPage *self)
{
  McReceptionProcedure *part = &self->procedure;
  guint index;

  if (part->chosen == NULL || part->offered == NULL || part->offered->len == 0)
    return NULL;
  index = gtk_drop_down_get_selected (GTK_DROP_DOWN (part->cases));
  return part->offered->pdata[index < part->offered->len ? index : 0];
}

/* The cases open to the channel; one alone is no question. */
static void
fill_cases (McReceptionPage *self, const char *wanted)
{
  McReceptionProcedure *part = &self->procedure;
  const char *channel = mc_reception_choice_get (part->channel);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  part->filling = TRUE;
  g_clear_pointer (&part->offered, g_ptr_array_unref);
  part->offered = g_ptr_array_new ();
  for (guint i = 0; part->chosen != NULL && i < part->chosen->cases->len; i++)
    {
      McCase *the_case = part->chosen->cases->pdata[i];

      if (!open_to (the_case, channel))
        continue;
      if (g_strcmp0 (the_case->id, wanted) == 0)
        selected = part->offered->len;
      g_ptr_array_add (part->offered, the_case);
      gtk_string_list_append (names, the_case->name);
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (part->cases), G_LIST_MODEL (names));
  if (part->offered->len > 0)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (part->cases), selected);
  gtk_widget_set_visible (part->case_field, part->offered->len > 1);
  part->filling = FALSE;
}

/* Only the channels that some case is open to; the counter first. */
static void
offer_channels (McReceptionPage *self, const char *wanted)
{
  McReceptionProcedure *part = &self->procedure;
  const char *chosen = NULL;

  for (gsize i = 0; channels[i].id != NULL; i++)
    {
      gboolean offered = FALSE;

      for (guint c = 0; c < part->chosen->cases->len; c++)
        offered |= open_to (part->chosen->cases->pdata[c], channels[i].id);
      mc_reception_choice_offer (part->channel, channels[i].id, offered);
      if (offered && (chosen == NULL || g_strcmp0 (channels[i].id, wanted) == 0))
        chosen = channels[i].id;
    }
  mc_reception_choice_set (part->channel, chosen != NULL ? chosen : "direct");
}

/* One paper from the resident, a dossier for each body. */
static void
show_links (McReceptionProcedure *part)
{
  g_autoptr (GString) words = g_string_new (_ ("Received as one, a dossier for each body:"));
  GPtrArray *links = part->chosen->links;

  for (guint i = 0; i < links->len; i++)
    {
      const McLink *link = links->pdata[i];

      g_string_append_printf (words, "\n• %s (%s)", link->name, link->body);
    }
  gtk_label_set_label (GTK_LABEL (part->linked), words->str);
  gtk_widget_set_visible (part->linked, links->len > 0);
}

static void
take_up (McReceptionPage *self, McProcedure *procedure, const char *the_case, const char *channel)
{
  McReceptionProcedure *part = &self->procedure;
  g_autofree char *detail = g_strdup_printf ("%s · %s",
                                             procedure->code,
                                             procedure->field != NULL ? procedure->field : "");
  gboolean loading = self->loading;

  self->loading = TRUE;
  mc_procedure_ref (procedure);
  g_clear_pointer (&part->chosen, mc_procedure_unref);
  part->chosen = procedure;
  gtk_label_set_label (GTK_LABEL (part->name), procedure->name);
  gtk_label_set_label (GTK_LABEL (part->detail), detail);
  show_links (part);
  offer_channels (self, channel);
  fill_cases (self, the_case);
  gtk_stack_set_visible_child_name (GTK_STACK (part->stack), "chosen");
  mc_reception_parts_fill (self);
  self->loading = loading;
  mc_reception_fee_rule (self);
  mc_reception_more_show (self);
}

void
mc_reception_procedure_choose (McReceptionPage *self, McProcedure *procedure)
{
  take_up (self, procedure, NULL, mc_reception_choice_get (self->procedure.channel));
}

void
mc_reception_procedure_clear (McReceptionPage *self)
{
  McReceptionProcedure *part = &self->procedure;

  g_clear_pointer (&part->offered, g_ptr_array_unref);
  g_clear_pointer (&part->chosen, mc_procedure_unref);
  gtk_stack_set_visible_child_name (GTK_STACK (part->stack), "search");
  mc_reception_parts_fill (self);
  mc_reception_fee_rule (self);
  mc_reception_more_show (self);
}

/* The old search is still there, so another of its results is a key away. */
static void
on_change_procedure (McReceptionPage *self)
{
  mc_reception_procedure_clear (self);
  mc_reception_search_run (self);
  gtk_widget_grab_focus (self->procedure.search);
  mc_reception_changed (self);
}

static void
on_case (McReceptionPage *self)
{
  if (self->loading || self->procedure.filling)
    return;
  mc_reception_fee_rule (self);
  mc_reception_changed (self);
}

static void
on_channel (gpointer choice, gpointer data)
{
  McReceptionPage *self = data;
  const McCase *now = mc_reception_procedure_case (self);
  g_autofree char *kept = now != NULL ? g_strdup (now->id) : NULL;

  if (self->loading || self->procedure.chosen == NULL)
    return;
  fill_cases (self, kept);
  mc_reception_fee_rule (self);
  mc_reception_changed (self);
}

static void
on_read_procedure (McReceptionPage *self)
{
  if (self->procedure.chosen != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self),
                                "win.procedure",
                                "s",
                                self->procedure.chosen->code);
}

static GtkWidget *
make_chosen (McReceptionPage *self)
{
  McReceptionProcedure *part = &self->procedure;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *change = gtk_button_new_with_label (_ ("Another procedure"));
  GtkWidget *read = gtk_button_new_from_icon_name ("help-about-symbolic");

  part->name = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (part->name), TRUE);
  gtk_label_set_xalign (GTK_LABEL (part->name), 0);
  gtk_widget_add_css_class (part->name, "heading");
  part->detail = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (part->detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (part->detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (part->detail, "caption");
  gtk_widget_add_css_class (part->detail, "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), part->name);
  gtk_box_append (GTK_BOX (words), part->detail);
  gtk_widget_set_valign (change, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (change, "clicked", G_CALLBACK (on_change_procedure), self);
  gtk_widget_set_valign (read, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (read, "flat");
  gtk_widget_set_tooltip_text (read, _ ("Read the procedure"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (read),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Read the procedure"),
                                  -1);
  g_signal_connect_swapped (read, "clicked", G_CALLBACK (on_read_procedure), self);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), read);
  gtk_box_append (GTK_BOX (row), change);
  gtk_box_append (GTK_BOX (box), row);
  part->linked = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (part->linked), TRUE);
  gtk_label_set_xalign (GTK_LABEL (part->linked), 0);
  gtk_box_append (GTK_BOX (box), part->linked);

  part->cases = gtk_drop_down_new (NULL, NULL);
  part->case_field = mc_reception_field_new (_ ("Case"), part->cases);
  g_signal_connect_swapped (part->cases, "notify::selected", G_CALLBACK (on_case), self);
  gtk_box_append (GTK_BOX (box), part->case_field);
  part->channel = mc_reception_choice_new (_ ("How it is handed in"), channels, on_channel, self);
  gtk_box_append (GTK_BOX (box), mc_reception_field_new (_ ("How it is handed in"), part->channel));
  return box;
}

GtkWidget *
mc_reception_procedure_build (McReceptionPage *self)
{
  McReceptionProcedure *part = &self->procedure;

  part->catalogue = mc_catalogue_get (self->context);
  part->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (part->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (part->stack), mc_reception_search_build (self), "search");
  gtk_stack_add_named (GTK_STACK (part->stack), make_chosen (self), "chosen");
  mc_reception_choice_set (part->channel, "direct");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), part->stack);
  gtk_box_append (GTK_BOX (box), mc_reception_more_build (self));
  return mc_reception_section (_ ("Procedure"), box);
}

void
mc_reception_procedure_get (McReceptionPage *self, json_t *reception)
{
  McReceptionProcedure *part = &self->procedure;
  const McCase *the_case = mc_reception_procedure_case (self);
  const char *channel = mc_reception_choice_get (part->channel);

  if (part->chosen == NULL)
    return;
  json_object_set_new (reception, "procedure", json_string (part->chosen->code));
  if (the_case != NULL)
    json_object_set_new (reception, "case", json_string (the_case->id));
  if (channel != NULL)
    json_object_set_new (reception, "channel", json_string (channel));
}

void
mc_reception_procedure_put (McReceptionPage *self, const json_t *reception)
{
  const char *code = mc_json_string (reception, "procedure");
  McProcedure *procedure =
      code != NULL ? mc_catalogue_procedure (self->procedure.catalogue, code) : NULL;

  if (procedure != NULL)
    take_up (self,
             procedure,
             mc_json_string (reception, "case"),
             mc_json_string (reception, "channel"));
  else
    mc_reception_procedure_clear (self);
}
