/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations of a reception: filled in beside it, kept in its draft, received with it. */
#include "mc-declaration-flow.h"
#include "mc-reception-part-row.h"
#include "mc-reception-private.h"

/* Only what belongs to a paper of the procedure chosen: another may have been chosen by mistake. */
static gboolean
belongs (McReceptionPage *self, const char *id)
{
  const McProcedure *procedure = self->procedure.chosen;

  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    {
      g_autoptr (McDeclaration) declaration =
          mc_declaration_of (procedure, ((McPart *)procedure->parts->pdata[i])->id);

      if (declaration != NULL && g_str_equal (declaration->id, id))
        return TRUE;
    }
  return FALSE;
}

void
mc_reception_declare_get (McReceptionPage *self, json_t *reception)
{
  g_autoptr (json_t) all = json_object ();
  const char *id;
  json_t *values;

  json_object_foreach (self->parts.declared, id, values)
  {
    if (json_object_size (values) > 0 && belongs (self, id))
      json_object_set_new (all, id, json_deep_copy (values));
  }
  if (json_object_size (all) > 0)
    json_object_set (reception, "declarations", all);
}

void
mc_reception_declare_put (McReceptionPage *self, const json_t *reception)
{
  json_t *all = json_object_get (reception, "declarations");

  g_clear_pointer (&self->parts.declared, json_decref);
  self->parts.declared = json_is_object (all) ? json_deep_copy (all) : json_object ();
}

/* The window is in front of the page it was opened from, and goes with it. */
typedef struct
{
  McReceptionPage *page; /* weak */
  char *part;
} Asked;

static void
asked_free (gpointer data, GClosure *closure)
{
  Asked *asked = data;

  g_clear_weak_pointer (&asked->page);
  g_free (asked->part);
  g_free (asked);
}

static McReceptionPartRow *
row_of (McReceptionPage *self, const char *part)
{
  for (guint i = 0; i < self->parts.rows->len; i++)
    {
      McReceptionPartRow *row = self->parts.rows->pdata[i];

      if (g_str_equal (mc_reception_part_row_part (row)->id, part))
        return row;
    }
  return NULL;
}

static void
take (McDeclarationWindow *window, McReceptionPage *page)
{
  json_object_set_new (page->parts.declared,
                       mc_declaration_window_declaration (window)->id,
                       mc_declaration_window_values (window));
  mc_reception_changed (page);
}

static void
on_typed (McDeclarationWindow *window, Asked *asked)
{
  if (asked->page != NULL)
    take (window, asked->page);
}

static void
on_kept (McDeclarationWindow *window, json_t *document, Asked *asked)
{
  McReceptionPartRow *row;

  if (asked->page == NULL)
    return;
  take (window, asked->page);
  row = row_of (asked->page, asked->part);
  if (document != NULL && row != NULL)
    mc_reception_part_row_take (row, document);
}

/* The names of the papers that are ticked. */
static GStrv
papers_in (McReceptionPage *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < self->parts.rows->len; i++)
    if (mc_reception_part_row_in (self->parts.rows->pdata[i]))
      g_strv_builder_add (names, mc_reception_part_row_part (self->parts.rows->pdata[i])->name);
  return g_strv_builder_end (names);
}

static json_t *
values_of (McReceptionPage *self, McDeclaration *declaration)
{
  json_t *values = json_deep_copy (json_object_get (self->parts.declared, declaration->id));
  g_autoptr (json_t) said = json_object ();
  g_auto (GStrv) papers = papers_in (self);

  if (values == NULL)
    values = json_object ();
  mc_reception_applicant_get (self, said);
  mc_declaration_flow_fill (self->context,
                            declaration,
                            said,
                            self->procedure.chosen,
                            (const char *const *)papers,
                            values);
  return values;
}

/* Returns: (nullable): the paper that the key is about */
static const char *
part_meant (McReceptionPage *self)
{
  const McPart *focused = mc_reception_parts_focused (self);
  g_autoptr (McDeclaration) declaration =
      focused != NULL ? mc_declaration_of (self->procedure.chosen, focused->id) : NULL;

  return declaration != NULL ? focused->id : mc_declaration_flow_part (self->procedure.chosen);
}

gboolean
mc_reception_declare (McReceptionPage *self, const char *part)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const McProcedure *procedure = self->procedure.chosen;
  g_autoptr (McDeclaration) declaration = NULL;
  g_autoptr (json_t) values = NULL;
  McDeclarationWindow *window;
  Asked *asked;

  if (part == NULL)
    part = part_meant (self);
  declaration = procedure != NULL && part != NULL ? mc_declaration_of (procedure, part) : NULL;
  if (declaration == NULL || !GTK_IS_WINDOW (root))
    return FALSE;
  values = values_of (self, declaration);
  window = mc_declaration_window_new (GTK_WINDOW (root), self->context, declaration, values);
  asked = g_new0 (Asked, 1);
  g_set_weak_pointer (&asked->page, self);
  asked->part = g_strdup (part);
  g_signal_connect (window, "typed", G_CALLBACK (on_typed), asked);
  g_signal_connect_data (window, "kept", G_CALLBACK (on_kept), asked, asked_free, 0);
  gtk_window_present (GTK_WINDOW (window));
  g_set_weak_pointer (&self->parts.window, GTK_WIDGET (window));
  return TRUE;
}
