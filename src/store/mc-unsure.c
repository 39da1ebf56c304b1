/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Between a number that is taken and a paper that has come out lies a printer. What is on its way
 * there is a fact of the desk, written together with the number: a program that ends meanwhile says
 * so at its next start.
 */
#include "mc-unsure.h"

#include "mc-desk-private.h"
#include <string.h>

#define FACT "printing"
#define NEWEST "newest"
#define RECEIPT "receipt"
#define HANDOVER "handover"

void
mc_unsure_free (McUnsure *unsure)
{
  g_free (unsure->mark);
  g_strfreev (unsure->dossiers);
  g_free (unsure->name);
  g_free (unsure->title);
  g_strfreev (unsure->numbers);
  g_free (unsure);
}

static json_t *
read_all (McStore *store)
{
  g_autofree char *text = mc_store_fact (store, FACT);
  json_t *all = text != NULL ? mc_json_parse (text, -1, NULL) : NULL;

  return all != NULL ? all : json_array ();
}

static gboolean
write_all (McStore *store, const json_t *all, GError **error)
{
  g_autofree char *text = mc_json_text (all);

  return mc_store_set_fact (store, FACT, text, error);
}

/* A receipt and a list are made again by their plain names: they are found by their dossiers. */
static char *
name_of (const char *paper)
{
  const char *op = strchr (paper, '@');
  gboolean plain = g_str_has_prefix (paper, RECEIPT "@") || g_str_has_prefix (paper, HANDOVER "@");

  return plain ? g_strndup (paper, (gsize)(op - paper)) : g_strdup (paper);
}

static void
add_paper (json_t *job, const McPrinting *printing, const McIssue *issue)
{
  g_autofree char *name = name_of (printing->paper);
  const char *before = mc_json_string (job, "name");

  if (before == NULL)
    {
      json_object_set_new (job, "mark", json_string (issue->op));
      json_object_set_new (job, "title", json_string (printing->title));
    }
  /* Papers of several kinds in one job are the newest of each dossier. */
  json_object_set_new (job,
                       "name",
                       json_string (before == NULL || g_str_equal (before, name) ? name : NEWEST));
  for (guint i = 0; printing->dossiers[i] != NULL; i++)
    json_array_append_new (json_object_get (job, "dossiers"), json_string (printing->dossiers[i]));
  if (issue->number != NULL)
    json_array_append_new (json_object_get (job, "numbers"), json_string (issue->number));
}

gboolean
mc_unsure_add (McStore *store, const McPrinting *all, GPtrArray *issues, GError **error)
{
  g_autoptr (json_t) jobs = NULL;
  g_autoptr (json_t) job = json_pack ("{s:[],s:[]}", "dossiers", "numbers");

  for (guint i = 0; i < issues->len; i++)
    if (all[i].on_paper)
      add_paper (job, &all[i], issues->pdata[i]);
  if (mc_json_string (job, "mark") == NULL)
    return TRUE;
  json_object_set_new (job, "at", json_integer (mc_store_now (store)));
  jobs = read_all (store);
  json_array_append (jobs, job);
  return write_all (store, jobs, error);
}

static GStrv
texts_of (const json_t *array)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (size_t i = 0; i < json_array_size (array); i++)
    if (json_is_string (json_array_get (array, i)))
      g_strv_builder_add (texts, json_string_value (json_array_get (array, i)));
  return g_strv_builder_end (texts);
}

GPtrArray *
mc_store_unsure (McStore *store)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_unsure_free);
  g_autoptr (json_t) jobs = NULL;
  size_t i;
  json_t *job;

  g_return_val_if_fail (store != NULL, all);

  jobs = read_all (store);
  json_array_foreach (jobs, i, job)
  {
    McUnsure *one = g_new0 (McUnsure, 1);

    one->mark = g_strdup (mc_json_string (job, "mark"));
    one->dossiers = texts_of (json_object_get (job, "dossiers"));
    one->name = g_strdup (mc_json_string (job, "name"));
    one->title = g_strdup (mc_json_string (job, "title"));
    one->numbers = texts_of (json_object_get (job, "numbers"));
    one->at_ms = mc_json_int (job, "at", 0);
    g_ptr_array_add (all, one);
  }
  return all;
}

gboolean
mc_desk_printed (McDesk *desk, const char *mark, GError **error)
{
  g_autoptr (json_t) jobs = NULL;

  g_return_val_if_fail (desk != NULL && mark != NULL, FALSE);

  jobs = read_all (desk->store);
  for (size_t i = json_array_size (jobs); i-- > 0;)
    if (g_strcmp0 (mc_json_string (json_array_get (jobs, i), "mark"), mark) == 0)
      json_array_remove (jobs, i);
  return write_all (desk->store, jobs, error);
}
