/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-catalogue.h"

#include "mc-allowed.h"
#include "mc-app-resources.h"
#include "mc-procedure-code.h"
#include <gio/gio.h>

static McFinder *
finder_of (GPtrArray *procedures)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (mc_ui_get_resource (),
                                                     "/vn/motcua/MotCua/words.json",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                     &error);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  g_autoptr (json_t) json = text != NULL ? mc_json_parse (text, (gssize)length, &error) : NULL;
  McLexicon *lexicon = json != NULL ? mc_lexicon_parse (json, &error) : NULL;

  /* It is part of the program: without it, official names still find. */
  if (lexicon == NULL)
    g_warning ("words of the catalogue: %s", error->message);
  return mc_finder_new (procedures, lexicon);
}

static void
clear (gpointer data)
{
  McCatalogue *catalogue = data;

  g_clear_pointer (&catalogue->finder, mc_finder_free);
  g_clear_pointer (&catalogue->all, g_ptr_array_unref);
  g_free (catalogue->mark);
}

void
mc_catalogue_unref (McCatalogue *catalogue)
{
  g_atomic_rc_box_release_full (catalogue, clear);
}

/* What may be received is another with each person: the mark says by what contract it was read. */
static char *
mark_of (McStore *store, const json_t *contract)
{
  g_autofree char *mark = mc_store_catalogue_mark (store);
  g_autofree char *codes = contract != NULL ? mc_json_text (contract) : NULL;

  return g_strconcat (mark, codes, NULL);
}

static void
keep_allowed (GPtrArray *procedures, const json_t *contract)
{
  for (guint i = procedures->len; i-- > 0;)
    if (!mc_allowed_by (contract, ((McProcedure *)procedures->pdata[i])->code))
      g_ptr_array_remove_index (procedures, i);
}

static json_t *
contract_of (McStore *store, const McStaff *staff)
{
  return staff != NULL ? mc_store_contract (store, staff->id) : NULL;
}

/* What is not theirs is absent: a postal agent finds what the contract names, and nothing else. */
static McCatalogue *
read_catalogue (McStore *store, const McStaff *staff)
{
  g_autoptr (json_t) contract = contract_of (store, staff);
  g_autoptr (GError) error = NULL;
  McCatalogue *catalogue = g_atomic_rc_box_new0 (McCatalogue);

  /* The mark first: what changes meanwhile is read once more. */
  catalogue->mark = mark_of (store, contract);
  catalogue->all = mc_store_procedures (store, &error);
  if (catalogue->all == NULL)
    {
      g_warning ("catalogue: %s", error->message);
      catalogue->all = g_ptr_array_new ();
    }
  keep_allowed (catalogue->all, contract);
  catalogue->finder = finder_of (catalogue->all);
  return catalogue;
}

gpointer
mc_catalogue_work (McDesk *desk, gpointer data, GError **error)
{
  return read_catalogue (mc_desk_store (desk), mc_desk_staff (desk));
}

gboolean
mc_catalogue_stale (McContext *context)
{
  g_autoptr (json_t) contract = contract_of (context->reader, context->staff);
  g_autofree char *mark = mark_of (context->reader, contract);

  return context->catalogue == NULL || !g_str_equal (context->catalogue->mark, mark);
}

void
mc_catalogue_put (McContext *context, McCatalogue *catalogue)
{
  g_clear_pointer (&context->catalogue, mc_catalogue_unref);
  context->catalogue = catalogue;
}

McCatalogue *
mc_catalogue_get (McContext *context)
{
  if (mc_catalogue_stale (context))
    mc_catalogue_put (context, read_catalogue (context->reader, context->staff));
  return g_atomic_rc_box_acquire (context->catalogue);
}

McProcedure *
mc_catalogue_procedure (const McCatalogue *catalogue, const char *code)
{
  for (guint i = 0; i < catalogue->all->len; i++)
    if (g_str_equal (((McProcedure *)catalogue->all->pdata[i])->code, code))
      return catalogue->all->pdata[i];
  return NULL;
}

char *
mc_catalogue_detail (const McFound *found, const McProcedure *procedure)
{
  g_autofree char *national = mc_procedure_national (procedure->code);
  const McFamilyMember *member =
      found != NULL && found->family != NULL ? mc_family_member (found->family, national) : NULL;

  if (member != NULL)
    return g_strdup_printf ("%s · %s", member->when, procedure->code);
  return procedure->field != NULL ? g_strdup_printf ("%s · %s", procedure->code, procedure->field)
                                  : g_strdup (procedure->code);
}
