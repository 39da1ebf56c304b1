/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-declaration-private.h"

#include "mc-declarations-data.h"
#include "mc-error.h"
#include "mc-group.h"
#include <string.h>

#define ID_MAX 24
#define BLANKS_MAX 120

/* What the paper of each procedure is declared on: what the program brings. */
static const char *const shipped[] = {
  mc_declarations_data_ban_sao_ho_tich,
  mc_declarations_data_chung,
  mc_declarations_data_ct01,
  mc_declarations_data_giam_ho,
  mc_declarations_data_ho_kinh_doanh,
  mc_declarations_data_huu_tri_xa_hoi,
  mc_declarations_data_ket_hon,
  mc_declarations_data_khai_sinh,
  mc_declarations_data_khai_sinh_lai,
  mc_declarations_data_khai_tu,
  mc_declarations_data_khuyet_tat,
  mc_declarations_data_mai_tang,
  mc_declarations_data_mai_tang_huu_tri,
  mc_declarations_data_nhan_cha_me_con,
  mc_declarations_data_nuoi_con_nuoi,
  mc_declarations_data_tam_vang,
  mc_declarations_data_thay_doi_ho_tich,
  mc_declarations_data_tinh_trang_hon_nhan,
  mc_declarations_data_xac_nhan_ho_tich,
};

static gboolean
wrong (GError **error, const char *what)
{
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "\"%s\" is missing or wrong", what);
  return FALSE;
}

static gboolean
good_id (const char *id)
{
  return id != NULL && *id != '\0' && strlen (id) <= ID_MAX &&
         strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (id);
}

/* Which papers of which procedures it is. */
static gboolean
good_for (const json_t *json)
{
  static const char *const known[] = { "procedure", "part", NULL };
  const json_t *all = json_object_get (json, "for");
  const char *key;

  for (size_t i = 0; i < json_array_size (all); i++)
    {
      const json_t *one = json_array_get (all, i);

      if (!mc_blank_only (one, known, &key) || mc_json_string (one, "procedure") == NULL ||
          mc_json_string (one, "part") == NULL)
        return FALSE;
    }
  return json_is_array (all);
}

static gboolean
read_blanks (McDeclaration *declaration, const json_t *json, GError **error)
{
  const json_t *fields = json_object_get (json, "fields");

  if (json_array_size (fields) == 0 || json_array_size (fields) > BLANKS_MAX)
    return wrong (error, "fields");
  for (size_t i = 0; i < json_array_size (fields); i++)
    {
      McBlank *blank = mc_blank_parse (json_array_get (fields, i), FALSE, error);

      if (blank == NULL)
        return FALSE;
      if (mc_declaration_blank (declaration, blank->key) != NULL)
        {
          g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "field \"%s\" twice", blank->key);
          mc_blank_free (blank);
          return FALSE;
        }
      g_ptr_array_add (declaration->blank, blank);
    }
  return TRUE;
}

/* An identity number is looked at with the date of birth and the sex of whom it is. */
static gboolean
check_names (const McDeclaration *declaration, GError **error)
{
  for (guint i = 0; i < declaration->blank->len; i++)
    {
      const McBlank *blank = declaration->blank->pdata[i];

      if ((blank->dob != NULL && mc_declaration_blank (declaration, blank->dob) == NULL) ||
          (blank->sex != NULL && mc_declaration_blank (declaration, blank->sex) == NULL))
        {
          g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "field \"%s\": dob or sex", blank->key);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_all (McDeclaration *declaration, const json_t *json, GError **error)
{
  static const char *const known[] = { "id",     "version", "title", "heading", "number",
                                       "source", "for",     "to",    "fields",  "body",
                                       "sign",   "notes",   NULL };
  static const char *const texts[] = { "version", "title", "heading", "source" };
  const char *key;

  if (!mc_blank_only (json, known, &key))
    return wrong (error, key != NULL ? key : "id");
  if (!good_id (mc_json_string (json, "id")))
    return wrong (error, "id");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (mc_json_string (json, texts[i]) == NULL || *mc_json_string (json, texts[i]) == '\0')
      return wrong (error, texts[i]);
  if (!good_for (json))
    return wrong (error, "for");
  declaration->id = g_strdup (mc_json_string (json, "id"));
  declaration->version = g_strdup (mc_json_string (json, "version"));
  declaration->title = g_strdup (mc_json_string (json, "title"));
  declaration->source = g_strdup (mc_json_string (json, "source"));
  declaration->json = json_deep_copy (json);
  return read_blanks (declaration, json, error) && check_names (declaration, error) &&
         _mc_declaration_check_paper (declaration, error);
}

McDeclaration *
mc_declaration_parse (const json_t *json, GError **error)
{
  g_autoptr (McDeclaration) declaration = g_new0 (McDeclaration, 1);
  const char *id = mc_json_string (json, "id");

  declaration->ref_count = 1;
  declaration->blank = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_blank_free);
  if (!read_all (declaration, json, error))
    {
      g_prefix_error (error, "declaration \"%s\": ", id != NULL ? id : "?");
      return NULL;
    }
  return g_steal_pointer (&declaration);
}

McDeclaration *
mc_declaration_ref (McDeclaration *declaration)
{
  g_atomic_int_inc (&declaration->ref_count);
  return declaration;
}

void
mc_declaration_unref (McDeclaration *declaration)
{
  if (declaration == NULL || !g_atomic_int_dec_and_test (&declaration->ref_count))
    return;
  g_free (declaration->id);
  g_free (declaration->version);
  g_free (declaration->title);
  g_free (declaration->source);
  g_ptr_array_unref (declaration->blank);
  json_decref (declaration->json);
  g_free (declaration);
}

static GPtrArray *
read_usual (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_declaration_unref);

  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      g_autoptr (json_t) json = mc_json_parse (shipped[i], -1, NULL);
      g_autoptr (GError) error = NULL;
      McDeclaration *one = mc_declaration_parse (json, &error);

      if (one == NULL)
        g_error ("data/declarations: %s", error->message);
      g_ptr_array_add (all, one);
    }
  return all;
}

GPtrArray *
mc_declaration_usual (void)
{
  static gsize once;
  static GPtrArray *all;

  if (g_once_init_enter (&once))
    {
      all = read_usual ();
      g_once_init_leave (&once, 1);
    }
  return all;
}

gboolean
mc_declaration_is_for (const McDeclaration *declaration, const char *procedure, const char *part)
{
  const json_t *all = json_object_get (declaration->json, "for");

  for (size_t i = 0; i < json_array_size (all); i++)
    {
      const json_t *one = json_array_get (all, i);

      if (g_strcmp0 (mc_json_string (one, "procedure"), procedure) == 0 &&
          (part == NULL || g_strcmp0 (mc_json_string (one, "part"), part) == 0))
        return TRUE;
    }
  return FALSE;
}

static McDeclaration *
find_for (GPtrArray *all, const McProcedure *procedure, const char *part)
{
  for (guint i = 0; i < all->len; i++)
    if (mc_declaration_is_for (all->pdata[i], procedure->code, part))
      return mc_declaration_ref (all->pdata[i]);
  return NULL;
}

static McDeclaration *
find_named (GPtrArray *all, const char *id)
{
  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (((McDeclaration *)all->pdata[i])->id, id))
      return mc_declaration_ref (all->pdata[i]);
  return NULL;
}

McDeclaration *
mc_declaration_named (const McProcedure *procedure, const char *id)
{
  McDeclaration *own;

  g_return_val_if_fail (id != NULL, NULL);

  own = procedure != NULL ? find_named (procedure->declarations, id) : NULL;
  return own != NULL ? own : find_named (mc_declaration_usual (), id);
}

/* What comes by data is not all declared: a court's decision, or what the tax office says, is
 * somebody else's word. */
static gboolean
is_declared (const McPart *paper)
{
  static const char *const words[] = {
    "Tờ khai",     "Đơn",       "Giấy đề nghị",      "Phiếu đề nghị", "Đề nghị",
    "Bản đăng ký", "Thông báo", "Văn bản thông báo", "Bản Đăng ký",   NULL
  };

  if (g_strcmp0 (paper->form, "electronic") != 0)
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (paper->name, words[i]))
      return TRUE;
  return FALSE;
}

/* An interlinked procedure without a form of its own is declared on those of what it is made of. */
static void
add_linked (GPtrArray *all, const McProcedure *procedure)
{
  GPtrArray *usual = mc_declaration_usual ();

  for (guint i = 0; i < procedure->links->len; i++)
    for (guint k = 0; k < usual->len; k++)
      if (mc_declaration_is_for (usual->pdata[k],
                                 ((McLink *)procedure->links->pdata[i])->procedure,
                                 NULL) &&
          !g_ptr_array_find (all, usual->pdata[k], NULL))
        g_ptr_array_add (all, mc_declaration_ref (usual->pdata[k]));
}

GPtrArray *
mc_declaration_all_of (const McProcedure *procedure, const char *part)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_declaration_unref);
  const McPart *paper;
  McDeclaration *found;

  g_return_val_if_fail (procedure != NULL && part != NULL, all);

  found = find_for (procedure->declarations, procedure, part);
  if (found == NULL)
    found = find_for (mc_declaration_usual (), procedure, part);
  paper = mc_procedure_part (procedure, part);
  if (found == NULL && paper != NULL && is_declared (paper))
    {
      add_linked (all, procedure);
      found = mc_declaration_named (NULL, MC_DECLARATION_GENERAL);
    }
  if (found != NULL)
    g_ptr_array_add (all, found);
  return all;
}

McDeclaration *
mc_declaration_of (const McProcedure *procedure, const char *part)
{
  g_autoptr (GPtrArray) all = mc_declaration_all_of (procedure, part);

  return all->len > 0 ? mc_declaration_ref (all->pdata[0]) : NULL;
}

/* "members.3.name" → the column "name" of "members" */
static const McBlank *
column_of (const McBlank *rows, const char *rest)
{
  char *end = NULL;
  gint64 row = g_ascii_strtoll (rest, &end, 10);

  if (row < 1 || row > (gint64)rows->rows || end == rest || *end != '.')
    return NULL;
  for (guint i = 0; i < rows->column->len; i++)
    if (g_str_equal (((McBlank *)rows->column->pdata[i])->key, end + 1))
      return rows->column->pdata[i];
  return NULL;
}

const McBlank *
mc_declaration_blank (const McDeclaration *declaration, const char *name)
{
  gsize length;

  g_return_val_if_fail (declaration != NULL && name != NULL, NULL);

  length = strcspn (name, ".");
  for (guint i = 0; i < declaration->blank->len; i++)
    {
      const McBlank *blank = declaration->blank->pdata[i];

      if (strlen (blank->key) == length && strncmp (blank->key, name, length) == 0)
        return name[length] == '\0'           ? blank
               : blank->kind == MC_BLANK_ROWS ? column_of (blank, name + length + 1)
                                              : NULL;
    }
  return NULL;
}

json_t *
mc_declaration_groups (const McDeclaration *declaration, const json_t *values)
{
  json_t *groups = json_object ();
  g_autofree char *version = g_strconcat (MC_GROUP_FORM_PREFIX, declaration->id, NULL);
  const char *name;
  json_t *value;

  json_object_set_new (groups, version, json_string (declaration->version));
  json_object_foreach ((json_t *)values, name, value)
  {
    g_autofree char *group = g_strdup_printf ("%s.%s", version, name);

    if (json_is_string (value) && mc_declaration_blank (declaration, name) != NULL)
      json_object_set (groups, group, value);
  }
  return groups;
}
