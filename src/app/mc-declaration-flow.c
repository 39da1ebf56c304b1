/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-declaration-flow.h"

#include "mc-applicant.h"
#include "mc-declared.h"
#include "mc-letterhead.h"
#include "mc-linked.h"
#include "mc-window.h"
#include "mc-words.h"
#include <glib/gi18n.h>

/* What is asked for on the form of one part of an interlinked procedure is that part. */
static void
know_link (json_t *known, const McDeclaration *declaration, const McProcedure *procedure)
{
  for (guint i = 0; procedure != NULL && i < procedure->links->len; i++)
    {
      const McLink *link = procedure->links->pdata[i];

      if (mc_declaration_is_for (declaration, link->procedure, NULL))
        json_object_set_new (known, "procedure.name", json_string (link->name));
    }
}

void
mc_declaration_flow_fill (McContext *context,
                          McDeclaration *declaration,
                          const json_t *said,
                          const McProcedure *procedure,
                          const char *const *parts,
                          const json_t *beside,
                          json_t *values)
{
  McStore *store = context->reader;
  g_autoptr (json_t) known = mc_declaration_known (said, procedure, parts);
  const char *number = mc_applicant_owner_id (json_object_get (said, "applicant"));
  g_autoptr (json_t) past = mc_store_declared_before (store, number);
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (store);
  g_autoptr (McLetterhead) head =
      mc_letterhead_new (enrolment != NULL ? enrolment->office_name : NULL);
  g_autoptr (GDateTime) now = mc_local (mc_store_now (store));
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  know_link (known, declaration, procedure);
  mc_declaration_know_office (known, head->office, today);
  if (beside != NULL)
    json_object_update (known, (json_t *)beside);
  mc_declaration_fill (declaration, known, past, values);
}

McDeclaration *
mc_declaration_flow_first (GPtrArray *all, const json_t *values)
{
  for (guint i = 0; i < all->len; i++)
    if (json_object_size (json_object_get (values, ((McDeclaration *)all->pdata[i])->id)) == 0)
      return all->pdata[i];
  return all->len > 0 ? all->pdata[0] : NULL;
}

const char *
mc_declaration_flow_part (const McProcedure *procedure)
{
  const char *found = NULL;

  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    {
      const McPart *part = procedure->parts->pdata[i];
      g_autoptr (McDeclaration) declaration = mc_declaration_of (procedure, part->id);

      if (declaration != NULL && part->required)
        return part->id;
      if (declaration != NULL && found == NULL)
        found = part->id;
    }
  return found;
}

/* What is typed into a declaration and not saved. Borrowed (nullable) */
static json_t *
typed_in (McTyped *typed, const McDeclaration *declaration)
{
  g_autofree char *group = g_strconcat (MC_GROUP_FORM_PREFIX, declaration->id, NULL);

  return mc_typed_kept (typed, group);
}

gboolean
mc_declaration_flow_begun (const McProcedure *procedure, McTyped *typed)
{
  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    {
      g_autoptr (GPtrArray) all =
          mc_declaration_all_of (procedure, ((McPart *)procedure->parts->pdata[i])->id);

      for (guint k = 0; k < all->len; k++)
        if (typed_in (typed, all->pdata[k]) != NULL)
          return TRUE;
    }
  return FALSE;
}

/* A declaration of an open dossier, from the window on the screen to the disk. */
typedef struct
{
  GtkWidget *window; /* outlives the page it was asked from */
  McContext *context;
  char *dossier;
  char *part;
  char *draft; /* the group under which what is typed is kept */
  McDeclaration *declaration;
  McProcedure *procedure;
  McTyped *typed;
  McRecord *record; /* as it was on the screen */
  json_t *shown;    /* what stood in the dossier then */
  json_t *changed;
  json_t *bases;
  json_t *document; /* (nullable) */
  json_t *saved;    /* what was typed as it was saved */
} Flow;

static void
flow_free (Flow *flow)
{
  g_object_unref (flow->window);
  g_free (flow->dossier);
  g_free (flow->part);
  g_free (flow->draft);
  mc_declaration_unref (flow->declaration);
  g_clear_pointer (&flow->procedure, mc_procedure_unref);
  g_object_unref (flow->typed);
  mc_record_free (flow->record);
  json_decref (flow->shown);
  json_decref (flow->changed);
  json_decref (flow->bases);
  json_decref (flow->document);
  json_decref (flow->saved);
  g_free (flow);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

/* What is another than what was on the screen; what was emptied is "". */
static json_t *
changed_of (const json_t *values, const json_t *shown)
{
  json_t *changed = json_object ();
  const char *name;
  json_t *value;

  json_object_foreach ((json_t *)values, name, value)
  {
    if (!json_equal (value, json_object_get (shown, name)))
      json_object_set (changed, name, value);
  }
  json_object_foreach ((json_t *)shown, name, value)
  {
    if (json_object_get (values, name) == NULL)
      json_object_set_new (changed, name, json_string (""));
  }
  return changed;
}

static gpointer
work_declare (McDesk *desk, gpointer data, GError **error)
{
  Flow *flow = data;

  if (!mc_desk_declare (desk, flow->dossier, flow->declaration, flow->changed, flow->bases, error))
    return NULL;
  return GINT_TO_POINTER (flow->document == NULL ||
                          mc_desk_attach (desk, flow->dossier, flow->part, flow->document, error));
}

static void
declared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;

  (void)mc_worker_finish (MC_WORKER (source), result, &error);
  if (error != NULL)
    {
      mc_window_say_error (flow->window, error);
      return;
    }
  /* Who typed on meanwhile has that still in the draft. */
  if (json_equal (mc_typed_kept (flow->typed, flow->draft), flow->saved))
    mc_typed_set (flow->typed, flow->draft, NULL);
  mc_window_say (flow->window, _ ("Declaration saved on this machine."));
}

/* What the drafts of the others took over from this one follows it. */
static void
on_typed (McDeclarationWindow *window, Flow *flow)
{
  g_autoptr (GPtrArray) all = mc_declaration_all_of (flow->procedure, flow->part);
  g_autoptr (json_t) after = mc_declaration_window_values (window);
  g_autoptr (json_t) before = json_incref (typed_in (flow->typed, flow->declaration));

  for (guint i = 0; before != NULL && i < all->len; i++)
    {
      const McDeclaration *other = all->pdata[i];
      g_autofree char *draft = g_strconcat (MC_GROUP_FORM_PREFIX, other->id, NULL);
      g_autoptr (json_t) values = json_deep_copy (typed_in (flow->typed, other));

      if (values != NULL &&
          mc_declaration_follow (other, values, flow->declaration->id, before, after))
        mc_typed_set (flow->typed, draft, g_steal_pointer (&values));
    }
  mc_typed_set (flow->typed, flow->draft, g_steal_pointer (&after));
}

static void
on_kept (McDeclarationWindow *window, gpointer document, Flow *shared)
{
  Flow *flow = g_new0 (Flow, 1);
  json_t *values = mc_declaration_window_values (window);

  flow->window = g_object_ref (shared->window);
  flow->context = shared->context;
  flow->dossier = g_strdup (shared->dossier);
  flow->part = g_strdup (shared->part);
  flow->draft = g_strdup (shared->draft);
  flow->declaration = mc_declaration_ref (shared->declaration);
  flow->typed = g_object_ref (shared->typed);
  flow->saved = values;
  flow->changed = changed_of (values, shared->shown);
  flow->bases = mc_declared_bases (shared->record, flow->declaration, flow->changed);
  flow->document = json_incref ((json_t *)document);
  mc_typed_set (flow->typed, flow->draft, json_incref (values));
  mc_worker_run (flow->context->worker, work_declare, flow, NULL, NULL, NULL, declared, flow);
}

static void
on_closed (gpointer flow, GObject *window)
{
  flow_free (flow);
}

/* What is said in the dossier as a reception says it. */
static json_t *
said_in (McRecord *record)
{
  static const char *const groups[] = { MC_GROUP_APPLICANT, MC_GROUP_CONTACT, MC_GROUP_SUBJECT };
  json_t *said = json_object ();

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      json_t *value = mc_record_json (record, groups[i]);

      if (value != NULL)
        json_object_set_new (said, groups[i], value);
    }
  return said;
}

/* The names of the papers that are in the dossier. */
static GStrv
papers_in (McRecord *record, const McProcedure *procedure)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    {
      const McPart *part = procedure->parts->pdata[i];
      g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, part->id, NULL);

      if (mc_json_bool (mc_record_peek (record, group), "ticked", FALSE))
        g_strv_builder_add (names, part->name);
    }
  return g_strv_builder_end (names);
}

/* What is filled in of the declarations of one paper, saved or not, by their ids. */
static json_t *
filled_in (McRecord *record, GPtrArray *all, McTyped *typed)
{
  json_t *filled = json_object ();

  for (guint i = 0; i < all->len; i++)
    {
      const McDeclaration *one = all->pdata[i];
      json_t *draft = typed_in (typed, one);

      json_object_set_new (filled,
                           one->id,
                           draft != NULL ? json_deep_copy (draft) : mc_declared (record, one));
    }
  return filled;
}

/* The declarations of the interlinked dossier that this one is a part of. Returns: (transfer full)
 * (nullable) */
static GPtrArray *
declarations_of_parent (Flow *flow)
{
  McStore *store = flow->context->reader;
  const json_t *link = mc_linked_parent (flow->record);
  g_autoptr (McDossier) parent =
      link != NULL ? mc_store_dossier (store, mc_json_string (link, "id"), NULL) : NULL;
  g_autoptr (McProcedure) procedure = parent != NULL ? mc_store_procedure_of (store, parent) : NULL;
  const char *part = mc_declaration_flow_part (procedure);

  return part != NULL ? mc_declaration_all_of (procedure, part) : NULL;
}

/* What else is declared in the matter; what is typed and not saved yet is newer. */
static json_t *
said_beside (Flow *flow, GPtrArray *all, const json_t *filled)
{
  json_t *beside = mc_store_declared_beside (flow->context->reader, flow->record);
  g_autoptr (GPtrArray) relatives = declarations_of_parent (flow);

  mc_declaration_know_beside (beside, relatives != NULL ? relatives : all, flow->declaration);
  for (guint i = 0; i < all->len; i++)
    {
      const McDeclaration *one = all->pdata[i];
      const json_t *values = json_object_get (filled, one->id);
      g_autoptr (json_t) groups =
          json_object_size (values) > 0 ? mc_declaration_groups (one, values) : NULL;

      if (groups != NULL)
        json_object_update (beside, groups);
    }
  return beside;
}

static json_t *
values_of (Flow *flow, GPtrArray *all, const json_t *filled)
{
  g_autoptr (json_t) said = said_in (flow->record);
  g_auto (GStrv) papers = papers_in (flow->record, flow->procedure);
  g_autoptr (json_t) beside = said_beside (flow, all, filled);
  json_t *values = json_deep_copy (json_object_get (filled, flow->declaration->id));

  /* Into a draft comes only what the others say: what was emptied by hand stays empty else. */
  if (typed_in (flow->typed, flow->declaration) != NULL)
    mc_declaration_fill (flow->declaration, beside, NULL, values);
  else
    mc_declaration_flow_fill (flow->context,
                              flow->declaration,
                              said,
                              flow->procedure,
                              (const char *const *)papers,
                              beside,
                              values);
  return values;
}

static McDeclarationWindow *open_flow (const Flow *asked, const char *id);

static void
on_other (McDeclarationWindow *window, const char *id, Flow *flow)
{
  (void)open_flow (flow, id);
  gtk_window_close (GTK_WINDOW (window));
}

/* @asked: window, context, dossier, part, procedure and typed
 * @id: (nullable): which of the declarations of the part */
static McDeclarationWindow *
open_flow (const Flow *asked, const char *id)
{
  g_autoptr (GPtrArray) all = mc_declaration_all_of (asked->procedure, asked->part);
  g_autoptr (McDossier) now = mc_store_dossier (asked->context->reader, asked->dossier, NULL);
  g_autoptr (json_t) filled = NULL;
  g_autoptr (json_t) values = NULL;
  McDeclarationWindow *window;
  McDeclaration *chosen;
  Flow *flow;

  if (all->len == 0 || now == NULL)
    return NULL;
  filled = filled_in (now->record, all, asked->typed);
  chosen = mc_declaration_flow_first (all, filled);
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (((McDeclaration *)all->pdata[i])->id, id) == 0)
      chosen = all->pdata[i];
  flow = g_new0 (Flow, 1);
  flow->window = g_object_ref (asked->window);
  flow->context = asked->context;
  flow->dossier = g_strdup (asked->dossier);
  flow->part = g_strdup (asked->part);
  flow->draft = g_strconcat (MC_GROUP_FORM_PREFIX, chosen->id, NULL);
  flow->declaration = mc_declaration_ref (chosen);
  flow->procedure = mc_procedure_ref (asked->procedure);
  flow->typed = g_object_ref (asked->typed);
  flow->shown = mc_declared (now->record, chosen);
  flow->record = g_steal_pointer (&now->record);
  values = values_of (flow, all, filled);
  window = mc_declaration_window_new (GTK_WINDOW (flow->window), flow->context, chosen, values);
  mc_declaration_window_beside (window, all, filled);
  g_signal_connect (window, "typed", G_CALLBACK (on_typed), flow);
  g_signal_connect (window, "kept", G_CALLBACK (on_kept), flow);
  g_signal_connect (window, "other", G_CALLBACK (on_other), flow);
  g_object_weak_ref (G_OBJECT (window), on_closed, flow);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

McDeclarationWindow *
mc_declaration_flow (GtkWidget *from,
                     McContext *context,
                     const McDossier *dossier,
                     const McProcedure *procedure,
                     const char *part,
                     McTyped *typed)
{
  g_return_val_if_fail (GTK_IS_WIDGET (from) && context != NULL && dossier != NULL, NULL);

  if (procedure == NULL || part == NULL)
    return NULL;
  return open_flow (&(const Flow){ .window = GTK_WIDGET (gtk_widget_get_root (from)),
                                   .context = context,
                                   .dossier = dossier->row->id,
                                   .part = (char *)part,
                                   .procedure = (McProcedure *)procedure,
                                   .typed = typed },
                    NULL);
}
