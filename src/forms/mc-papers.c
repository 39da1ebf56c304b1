/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-papers.h"

#include "mc-declared.h"
#include "mc-error.h"
#include "mc-field.h"
#include "mc-forms-data.h"
#include <string.h>

#define TEXT_MAX 600

struct _McPapers
{
  json_t *json;
  GHashTable *layouts; /* id → McLayout: the office's own */
};

static const char *const shapes[MC_N_FORM_SHAPES] = { "a4", "a5", "two" };

static const json_t *
sets_file (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize)mc_json_parse (mc_forms_data_sets, -1, NULL));
  return (const json_t *)once;
}

static const json_t *
set_named (const char *id)
{
  size_t i;
  json_t *set;

  json_array_foreach (json_object_get (sets_file (), "sets"), i, set)
  {
    if (g_strcmp0 (mc_json_string (set, "id"), id) == 0)
      return set;
  }
  return NULL;
}

/* What the program brings for a form: of the set, or of the local papers. */
static const json_t *
usual_of (const char *set, const char *kind)
{
  const json_t *form = json_object_get (json_object_get (set_named (set), "forms"), kind);

  return form != NULL ? form : json_object_get (json_object_get (sets_file (), "local"), kind);
}

const char *
mc_papers_usual (const char *set, const char *kind, const char *member)
{
  return mc_json_string (usual_of (set, kind), member);
}

static gboolean
wrong (GError **error, const char *what)
{
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "the office's papers: %s", what);
  return FALSE;
}

/* An object with only these members, each a text that a line has room for. */
static gboolean
only_texts (const json_t *object, const char *const *known)
{
  const char *key;
  json_t *value;

  if (!json_is_object (object))
    return FALSE;
  json_object_foreach ((json_t *)object, key, value)
  {
    if (!g_strv_contains (known, key) || !json_is_string (value) ||
        json_string_length (value) > TEXT_MAX)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_shape (const char *shape)
{
  for (guint i = 0; shape != NULL && i < MC_N_FORM_SHAPES; i++)
    if (g_str_equal (shapes[i], shape))
      return TRUE;
  return shape == NULL;
}

static gboolean
check_forms (const json_t *forms, GError **error)
{
  static const char *const known[] = { "form", "title", "number", "notes", "sheet", NULL };
  const char *kind;
  json_t *form;

  if (forms == NULL)
    return TRUE;
  if (!json_is_object (forms))
    return wrong (error, "forms");
  json_object_foreach ((json_t *)forms, kind, form)
  {
    if (usual_of (MC_PAPERS_SET, kind) == NULL || !only_texts (form, known) ||
        !is_shape (mc_json_string (form, "sheet")))
      return wrong (error, kind);
  }
  return TRUE;
}

static gboolean
check_declarations (const json_t *declarations, GError **error)
{
  if (declarations != NULL && !json_is_array (declarations))
    return wrong (error, "declarations");
  for (size_t i = 0; i < json_array_size (declarations); i++)
    {
      g_autoptr (McDeclaration) one =
          mc_declaration_parse (json_array_get (declarations, i), error);

      if (one == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check (const json_t *json, GError **error)
{
  static const char *const known[] = { "set",    "head",         "forms", "layouts",
                                       "direct", "declarations", NULL };
  static const char *const of_head[] = { "superior", "unit", "symbol", "office", "place", NULL };
  const json_t *head = json_object_get (json, "head");
  const json_t *direct = json_object_get (json, "direct");
  const char *key;
  json_t *value;

  if (!json_is_object (json))
    return wrong (error, "not an object");
  json_object_foreach ((json_t *)json,
                       key,
                       value) if (!g_strv_contains (known, key)) return wrong (error, key);
  if (set_named (mc_json_string (json, "set")) == NULL)
    return wrong (error, "set");
  if (head != NULL && !only_texts (head, of_head))
    return wrong (error, "head");
  if (direct != NULL && !json_is_boolean (direct))
    return wrong (error, "direct");
  return check_forms (json_object_get (json, "forms"), error) &&
         check_declarations (json_object_get (json, "declarations"), error);
}

/* A layout of the office's own takes the place of the program's: it must be one of those. */
static gboolean
read_layouts (McPapers *papers, GError **error)
{
  size_t i;
  json_t *one;

  json_array_foreach (json_object_get (papers->json, "layouts"), i, one)
  {
    McLayout *layout = mc_layout_parse (one, error);

    if (layout == NULL)
      return FALSE;
    if (mc_layout_usual (mc_layout_id (layout)) == NULL)
      {
        wrong (error, mc_layout_id (layout));
        mc_layout_free (layout);
        return FALSE;
      }
    g_hash_table_replace (papers->layouts, (gpointer)mc_layout_id (layout), layout);
  }
  return TRUE;
}

McPapers *
mc_papers_parse (const json_t *json, GError **error)
{
  g_autoptr (McPapers) papers = NULL;

  if (!check (json, error))
    return NULL;
  papers = g_new0 (McPapers, 1);
  papers->json = json_deep_copy (json);
  /* A file of before spoke of a desk's printer, too. */
  json_object_del (papers->json, "direct");
  papers->layouts =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)mc_layout_free);
  return read_layouts (papers, error) ? g_steal_pointer (&papers) : NULL;
}

void
mc_papers_free (McPapers *papers)
{
  if (papers == NULL)
    return;
  g_hash_table_unref (papers->layouts);
  json_decref (papers->json);
  g_free (papers);
}

json_t *
mc_papers_with_declaration (const json_t *papers, const json_t *declaration)
{
  json_t *whole = json_deep_copy (papers);
  json_t *all = json_array ();
  json_t *standing = json_object_get (papers, "declarations");

  for (size_t i = 0; i < json_array_size (standing); i++)
    if (g_strcmp0 (mc_json_string (json_array_get (standing, i), "id"),
                   mc_json_string (declaration, "id")) != 0)
      json_array_append (all, json_array_get (standing, i));
  json_array_append (all, (json_t *)declaration);
  json_object_set_new (whole, "declarations", all);
  return whole;
}

json_t *
mc_papers_json (const McPapers *papers)
{
  return json_deep_copy (papers->json);
}

const char *
mc_papers_set (const McPapers *papers)
{
  return mc_json_string (papers->json, "set");
}

const char *const *
mc_papers_sets (const char *const **ret_titles)
{
  static const char *const ids[] = { MC_PAPERS_SET, "2018", NULL };
  static const char *titles[G_N_ELEMENTS (ids)];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; ids[i] != NULL; i++)
        titles[i] = mc_json_string (set_named (ids[i]), "title");
      g_once_init_leave (&once, 1);
    }
  *ret_titles = (const char *const *)titles;
  return ids;
}

const char *const *
mc_papers_kinds (const char *set)
{
  static const char *const seven[] = { "01",
                                       "02",
                                       "03",
                                       "04",
                                       "05",
                                       "06",
                                       "07",
                                       MC_KIND_RETURN,
                                       MC_KIND_HANDOVER,
                                       MC_KIND_GUIDANCE,
                                       MC_KIND_FEE,
                                       NULL };
  static const char *const six[] = {
    "01",        "02", "03", "04", "06", "07", MC_KIND_RETURN, MC_KIND_HANDOVER, MC_KIND_GUIDANCE,
    MC_KIND_FEE, NULL
  };

  return usual_of (set, "05") != NULL ? seven : six;
}

gboolean
mc_papers_has (const McPapers *papers, const char *kind)
{
  return usual_of (mc_papers_set (papers), kind) != NULL;
}

/* What the office typed for a form, or NULL. */
static const char *
changed (const McPapers *papers, const char *kind, const char *member)
{
  const json_t *form = json_object_get (json_object_get (papers->json, "forms"), kind);
  const char *text = mc_json_string (form, member);

  return mc_field_filled (text) ? text : NULL;
}

const char *
mc_papers_title (const McPapers *papers, const char *kind)
{
  const char *own = changed (papers, kind, "title");

  return own != NULL ? own : mc_papers_usual (mc_papers_set (papers), kind, "title");
}

const McLayout *
mc_papers_layout (const McPapers *papers, const char *kind)
{
  const McLayout *own = g_hash_table_lookup (papers->layouts, kind);

  return own != NULL ? own : mc_layout_usual (kind);
}

static McFormShape
shape_of (const McPapers *papers, const char *kind)
{
  const char *shape = changed (papers, kind, "sheet");

  for (McFormShape i = 0; shape != NULL && i < MC_N_FORM_SHAPES; i++)
    if (g_str_equal (shapes[i], shape))
      return i;
  return MC_FORM_SHAPE_A4;
}

McPaperStyle *
mc_papers_style (const McPapers *papers, const char *kind)
{
  McPaperStyle *style = mc_paper_style_new ();
  const char *set = mc_papers_set (papers);
  const char *own = changed (papers, kind, "title");
  const char *number = changed (papers, kind, "number");

  style->form = g_strdup (changed (papers, kind, "form"));
  style->title = g_strdup (mc_papers_title (papers, kind));
  style->heading =
      own != NULL ? g_utf8_strup (own, -1) : g_strdup (mc_papers_usual (set, kind, "heading"));
  style->number = g_strdup (number != NULL ? number : mc_papers_usual (set, kind, "number"));
  style->notes = g_strdup (changed (papers, kind, "notes"));
  style->shape = shape_of (papers, kind);
  return style;
}

McLetterhead *
mc_papers_head (const McPapers *papers, const char *office_name)
{
  McLetterhead *head = mc_letterhead_new (office_name);
  const json_t *own = json_object_get (papers->json, "head");
  const struct
  {
    const char *key;
    char **text;
  } texts[] = {
    { "superior", &head->superior }, { "unit", &head->unit },   { "symbol", &head->symbol },
    { "office", &head->office },     { "place", &head->place },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = mc_json_string (own, texts[i].key);

      if (!mc_field_filled (text))
        continue;
      g_free (*texts[i].text);
      *texts[i].text = g_strdup (text);
    }
  return head;
}
