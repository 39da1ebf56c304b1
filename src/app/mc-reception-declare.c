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
      g_autoptr (GPtrArray) all =
          mc_declaration_all_of (procedure, ((McPart *)procedure->parts->pdata[i])->id);

      for (guint k = 0; k < all->len; k++)
        if (g_str_equal (((McDeclaration *)all->pdata[k])->id, id))
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

/* What the others took over from this one follows it. */
static void
take (McDeclarationWindow *window, McReceptionPage *page)
{
  const char *id = mc_declaration_window_declaration (window)->id;
  g_autoptr (json_t) before = json_incref (json_object_get (page->parts.declared, id));
  g_autoptr (json_t) after = mc_declaration_window_values (window);
  const char *name;
  json_t *values;

  json_object_foreach (page->parts.declared, name, values)
  {
    g_autoptr (McDeclaration) other = mc_declaration_named (page->procedure.chosen, name);

    if (other != NULL && !g_str_equal (name, id))
      (void)mc_declaration_follow (other, values, id, before, after);
  }
  json_object_set (page->parts.declared, id, after);
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

/* What is declared of the other papers of this reception, by group. */
static json_t *
said_beside (McReceptionPage *self, const McDeclaration *declaration)
{
  json_t *beside = json_object ();
  const char *id;
  json_t *values;

  json_object_foreach (self->parts.declared, id, values)
  {
    g_autoptr (McDeclaration) other = mc_declaration_named (self->procedure.chosen, id);
    g_autoptr (json_t) groups = NULL;

    if (other == NULL || json_object_size (values) == 0 || g_str_equal (id, declaration->id) ||
        !belongs (self, id))
      continue;
    groups = mc_declaration_groups (other, values);
    json_object_update (beside, groups);
  }
  return beside;
}

static json_t *
values_of (McReceptionPage *self, McDeclaration *declaration, GPtrArray *all)
{
  json_t *values = json_deep_copy (json_object_get (self->parts.declared, declaration->id));
  g_autoptr (json_t) said = json_object ();
  g_autoptr (json_t) beside = said_beside (self, declaration);
  g_auto (GStrv) papers = papers_in (self);

  if (values == NULL)
    values = json_object ();
  mc_declaration_know_beside (beside, all, declaration);
  mc_reception_applicant_get (self, said);
  mc_declaration_flow_fill (self->context,
                            declaration,
                            said,
                            self->procedure.chosen,
                            (const char *const *)papers,
                            beside,
                            values);
  return values;
}

static gboolean declare (McReceptionPage *self, const char *part, const char *id);

/* Returns: (nullable): the paper that the key is about */
static const char *
part_meant (McReceptionPage *self)
{
  const McPart *focused = mc_reception_parts_focused (self);
  g_autoptr (McDeclaration) declaration =
      focused != NULL ? mc_declaration_of (self->procedure.chosen, focused->id) : NULL;

  return declaration != NULL ? focused->id : mc_declaration_flow_part (self->procedure.chosen);
}

static void
on_other (McDeclarationWindow *window, const char *id, Asked *asked)
{
  if (asked->page != NULL)
    declare (asked->page, asked->part, id);
  gtk_window_close (GTK_WINDOW (window));
}

/* @id: (nullable): which of the declarations of the part */
static gboolean
declare (McReceptionPage *self, const char *part, const char *id)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const McProcedure *procedure = self->procedure.chosen;
  g_autoptr (GPtrArray) all =
      procedure != NULL && part != NULL ? mc_declaration_all_of (procedure, part) : NULL;
  g_autoptr (json_t) values = NULL;
  McDeclaration *declaration;
  McDeclarationWindow *window;
  Asked *asked;

  if (all == NULL || all->len == 0 || !GTK_IS_WINDOW (root))
    return FALSE;
  declaration = mc_declaration_flow_first (all, self->parts.declared);
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (((McDeclaration *)all->pdata[i])->id, id) == 0)
      declaration = all->pdata[i];
  values = values_of (self, declaration, all);
  window = mc_declaration_window_new (GTK_WINDOW (root), self->context, declaration, values);
  mc_declaration_window_beside (window, all, self->parts.declared);
  asked = g_new0 (Asked, 1);
  g_set_weak_pointer (&asked->page, self);
  asked->part = g_strdup (part);
  g_signal_connect (window, "typed", G_CALLBACK (on_typed), asked);
  g_signal_connect (window, "other", G_CALLBACK (on_other), asked);
  g_signal_connect_data (window, "kept", G_CALLBACK (on_kept), asked, asked_free, 0);
  gtk_window_present (GTK_WINDOW (window));
  g_set_weak_pointer (&self->parts.window, GTK_WIDGET (window));
  return TRUE;
}

gboolean
mc_reception_declare (McReceptionPage *self, const char *part)
{
  return declare (self, part != NULL ? part : part_meant (self), NULL);
}
