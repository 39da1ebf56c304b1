/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-catalogue.h"

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

static McCatalogue *
read_catalogue (McStore *store)
{
  g_autoptr (GError) error = NULL;
  McCatalogue *catalogue = g_atomic_rc_box_new0 (McCatalogue);

  /* The mark first: what changes meanwhile is read once more. */
  catalogue->mark = mc_store_catalogue_mark (store);
  catalogue->all = mc_store_procedures (store, &error);
  if (catalogue->all == NULL)
    {
      g_warning ("catalogue: %s", error->message);
      catalogue->all = g_ptr_array_new ();
    }
  catalogue->finder = finder_of (catalogue->all);
  return catalogue;
}

gpointer
mc_catalogue_work (McDesk *desk, gpointer data, GError **error)
{
  return read_catalogue (mc_desk_store (desk));
}

gboolean
mc_catalogue_stale (McContext *context)
{
  g_autofree char *mark = mc_store_catalogue_mark (context->reader);

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
    mc_catalogue_put (context, read_catalogue (context->reader));
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
