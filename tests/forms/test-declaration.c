/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Declarations on paper: what is filled in stands there once, what is not is left to the pen.
 * MC_SHOTS=folder leaves the PDFs, to be looked at. */
#include "mc-declaration-form.h"

#include "mc-declaration-sheet.h"
#include "mc-error.h"
#include "mc-pdf-reader.h"
#include <string.h>

/* Without any white: a value may go on over a line, and digits stand in boxes. */
static char *
squeezed (const char *text)
{
  GString *all = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (all, g_utf8_get_char (at));
  return g_string_free (all, FALSE);
}

static guint
times_in (const char *text, const char *value)
{
  g_autofree char *word = squeezed (value);

  return mc_read_occurrences (text, word);
}

static void
leave (McForm *form, const char *id, const char *kind)
{
  const char *folder = g_getenv ("MC_SHOTS");
  g_autofree char *name = g_strdup_printf ("%s-%s.pdf", id, kind);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;

  if (path != NULL)
    g_assert_true (mc_form_write_pdf (form, path, NULL));
}

static char *
text_of (const McDeclaration *declaration, const json_t *values, const char *kind)
{
  g_autoptr (McForm) form = mc_declaration_form (declaration, values);
  g_autoptr (McReadPdf) pdf = mc_read_form (form);
  g_autofree char *all = mc_read_all_text (pdf);

  leave (form, declaration->id, kind);
  /* Looking at every point of a page takes its time: once a form is enough. */
  if (values == NULL)
    mc_read_assert_margins (pdf);
  g_assert_cmpint (poppler_document_get_n_pages (pdf), <=, 3);
  return squeezed (all);
}

/* What stands beside the box of a flag in the place of its label. */
static void
mark_words (json_t *json)
{
  size_t i, k;
  json_t *block, *field;

  json_array_foreach (json_object_get (json, "body"), i, block)
  {
    const char *words = mc_json_string (block, "words");

    json_array_foreach (json_object_get (json, "fields"), k, field)
    {
      gboolean same = words != NULL && g_strcmp0 (mc_json_string (field, "key"),
                                                  mc_json_string (block, "checks")) == 0;
      g_autofree char *own =
          same ? g_strdup_printf ("%s %s", mc_json_string (field, "label"), words) : NULL;

      if (own != NULL)
        {
          json_object_set_new (block, "words", json_string (own));
          break;
        }
    }
  }
}

/* Short: a column may be narrow. @count: (inout) */
static void
mark_options (json_t *field, guint *count)
{
  size_t i;
  json_t *option, *column;

  json_array_foreach (json_object_get (field, "options"), i, option)
  {
    g_autofree char *label = g_strdup_printf ("i%uq", (*count)++);

    json_object_set_new (option, "label", json_string (label));
  }
  json_array_foreach (json_object_get (field, "columns"), i, column) mark_options (column, count);
}

/* Every option and every flag gets a name that nothing else has. */
static McDeclaration *
marked (const McDeclaration *declaration)
{
  g_autoptr (json_t) json = json_deep_copy (declaration->json);
  g_autoptr (GError) error = NULL;
  McDeclaration *own;
  guint count = 0;
  size_t i;
  json_t *field;

  json_array_foreach (json_object_get (json, "fields"), i, field)
  {
    g_autofree char *flag = g_strdup_printf ("Cờ%zuq", i);

    if (g_strcmp0 (mc_json_string (field, "kind"), "flag") == 0)
      json_object_set_new (field, "label", json_string (flag));
    mark_options (field, &count);
  }
  mark_words (json);
  own = mc_declaration_parse (json, &error);
  g_assert_no_error (error);
  return own;
}

/* A value of the blank's kind that no other blank has. */
static char *
value_for (const McBlank *blank, guint number)
{
  switch (blank->kind)
    {
    case MC_BLANK_DATE:
      return g_strdup_printf ("%u-%02u-%02u", 1900 + number, 3 + number % 9, 10 + number % 18);
    case MC_BLANK_IDENTITY:
      return g_strdup_printf ("079085%06u", 500000 + number);
    case MC_BLANK_PHONE:
      return g_strdup_printf ("0912%06u", 600000 + number);
    case MC_BLANK_NUMBER:
    case MC_BLANK_MONEY:
      return g_strdup_printf ("%u", 71000 + number);
    case MC_BLANK_CHOICE:
      return g_strdup (((McBlankOption *)blank->option->pdata[number % blank->option->len])->id);
    case MC_BLANK_FLAG:
      return g_strdup (MC_BLANK_TICKED);
    default:
      return g_strdup_printf ("Xq%uz", number);
    }
}

static void
fill_rows (json_t *values, const McBlank *rows, guint *number)
{
  for (guint row = 1; row <= 2; row++)
    for (guint i = 0; i < rows->column->len; i++)
      {
        const McBlank *column = rows->column->pdata[i];
        g_autofree char *name = g_strdup_printf ("%s.%u.%s", rows->key, row, column->key);
        /* Each row chooses something else. */
        g_autofree char *value =
            value_for (column, column->kind == MC_BLANK_CHOICE ? row : (*number)++);

        json_object_set_new (values, name, json_string (value));
      }
}

static json_t *
filled (const McDeclaration *declaration)
{
  json_t *values = json_object ();
  guint number = 0;

  for (guint i = 0; i < declaration->blank->len; i++)
    {
      const McBlank *blank = declaration->blank->pdata[i];
      g_autofree char *value = value_for (blank, number++);

      if (blank->kind == MC_BLANK_ROWS)
        fill_rows (values, blank, &number);
      else
        json_object_set_new (values, blank->key, json_string (value));
    }
  return values;
}

/* The day in full, where the paper writes it so. */
static guint
times_shown (const McDeclaration *declaration,
             const McBlank *blank,
             const char *name,
             const char *value,
             const char *text)
{
  g_autofree char *paper = mc_json_text (declaration->json);
  g_autofree char *full = g_strdup_printf ("{%s:long}", name);
  g_autofree char *shown = mc_blank_text (blank, value);

  if (strstr (paper, full) != NULL)
    {
      g_auto (GStrv) day = g_strsplit (value, "-", 3);
      guint month = (guint)g_ascii_strtoull (day[1], NULL, 10);
      g_autofree char *words = g_strdup_printf ("ngày %s tháng %u năm %s", day[2], month, day[0]);

      return times_in (text, words);
    }
  return times_in (text, shown);
}

/* A choice that is an X in one of some cells is looked at in test_marks(). */
static gboolean
is_mark (const McDeclaration *declaration, const McBlank *blank)
{
  g_autofree char *paper = mc_json_text (declaration->json);
  g_autofree char *mark = g_strdup_printf ("{%s=", blank->key);

  return strstr (paper, mark) != NULL;
}

static void
assert_each_once (const McDeclaration *declaration, const json_t *values, const char *text)
{
  const char *name;
  json_t *value;

  json_object_foreach ((json_t *)values, name, value)
  {
    const McBlank *blank = mc_declaration_blank (declaration, name);
    g_autofree char *ticked = g_strdup_printf ("X%s", blank->label);

    if (blank->kind == MC_BLANK_FLAG)
      g_assert_cmpuint (times_in (text, ticked), ==, 1);
    else if (!is_mark (declaration, blank) &&
             times_shown (declaration, blank, name, json_string_value (value), text) != 1)
      g_error ("%s: %s is not once on the paper: %s", declaration->id, name, text);
  }
}

/* Where a choice is made by ticking, the box before what was chosen has the tick, and no other. */
static void
assert_ticks (const McDeclaration *declaration, const json_t *values, const char *text)
{
  const json_t *body = json_object_get (declaration->json, "body");

  for (size_t i = 0; i < json_array_size (body); i++)
    {
      const char *key = mc_json_string (json_array_get (body, i), "checks");
      const McBlank *blank = key != NULL ? mc_declaration_blank (declaration, key) : NULL;

      for (guint k = 0; blank != NULL && k < blank->option->len; k++)
        {
          const McBlankOption *option = blank->option->pdata[k];
          g_autofree char *ticked = g_strdup_printf ("X%s", option->label);
          gboolean chosen = g_strcmp0 (mc_json_string (values, key), option->id) == 0;

          g_assert_cmpuint (times_in (text, option->label), ==, 1);
          g_assert_cmpuint (times_in (text, ticked), ==, chosen ? 1 : 0);
        }
    }
}

static void
test_each_value_once (void)
{
  GPtrArray *all = mc_declaration_usual ();

  g_assert_cmpuint (all->len, >=, 18);
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr (McDeclaration) declaration = marked (all->pdata[i]);
      g_autoptr (json_t) values = filled (declaration);
      g_autofree char *text = text_of (declaration, values, "filled");
      g_autofree char *title = squeezed (mc_json_string (declaration->json, "heading"));

      g_assert_nonnull (strstr (text, title));
      g_assert_null (strstr (text, "{"));
      assert_each_once (declaration, values, text);
      assert_ticks (declaration, values, text);
    }
}

/* Every word of @texts stands on the paper as often as in the layout. */
static void
assert_said (const McDeclaration *declaration, const json_t *texts, const char *text)
{
  g_autofree char *paper = mc_json_text (declaration->json);
  g_autofree char *tight = squeezed (paper);
  size_t i;
  json_t *one;

  json_array_foreach ((json_t *)texts, i, one)
  {
    const char *words =
        json_is_object (one) ? mc_json_string (one, "title") : json_string_value (one);
    g_autofree char *word = words != NULL ? squeezed (words) : NULL;

    if (word != NULL && strchr (word, '"') == NULL)
      g_assert_cmpuint (mc_read_occurrences (text, word), ==, mc_read_occurrences (tight, word));
  }
}

/* Of a blank form every word that is printed comes back, and there is room for the pen. */
static void
test_blank (void)
{
  GPtrArray *all = mc_declaration_usual ();

  for (guint i = 0; i < all->len; i++)
    {
      const McDeclaration *declaration = all->pdata[i];
      g_autofree char *text = text_of (declaration, NULL, "blank");

      g_assert_null (strstr (text, "{"));
      g_assert_nonnull (strstr (text, "CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM"));
      g_assert_nonnull (strstr (text, "Độclập-Tựdo-Hạnhphúc"));
      g_assert_cmpuint (mc_read_occurrences (text, "....."), >, declaration->blank->len / 2);
      assert_said (declaration, json_object_get (declaration->json, "sign"), text);
      assert_said (declaration, json_object_get (declaration->json, "notes"), text);
    }
}

static json_t *
all_texts (const McDeclaration *declaration, const char *value)
{
  json_t *values = json_object ();

  for (guint i = 0; i < declaration->blank->len; i++)
    {
      const McBlank *blank = declaration->blank->pdata[i];

      if (blank->kind <= MC_BLANK_MONEY)
        json_object_set_new (values, blank->key, json_string (value));
      for (guint k = 0; k < blank->column->len; k++)
        {
          g_autofree char *name =
              g_strdup_printf ("%s.1.%s", blank->key, ((McBlank *)blank->column->pdata[k])->key);

          json_object_set_new (values, name, json_string ("Nguyễn Thị A"));
        }
    }
  return values;
}

/* Whatever is typed stays within the margins and comes back whole, as often as it was typed: on
 * forms that have every kind of block between them. */
static void
test_hostile (void)
{
  static const char *const ids[] = { "ct01", "ho-kinh-doanh", "khai-sinh", "khuyet-tat" };
  g_autofree char *long_name = g_strnfill (300, 'W');
  const char *const hostile[] = {
    long_name,
    "שלום עולם مرحبا",
    "e\xcc\x81\xcc\xa3\xcc\x82o\xcc\x9b\xcc\x83 Zalgo",
    "Trần \xf0\x9f\x98\x80 {ten} Văn\nB",
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    for (guint k = 0; k < G_N_ELEMENTS (hostile); k++)
      {
        g_autoptr (McDeclaration) declaration = mc_declaration_named (NULL, ids[i]);
        g_autoptr (json_t) values = all_texts (declaration, hostile[k]);
        g_autoptr (McForm) form = mc_declaration_form (declaration, values);
        g_autoptr (McReadPdf) pdf = mc_read_strange_form (form);
        g_autofree char *text = mc_read_all_text (pdf);
        g_autofree char *tight = squeezed (text);
        g_autofree char *paper = mc_json_text (json_object_get (declaration->json, "body"));
        guint printed = mc_read_occurrences (paper, "W"), typed = 0;

        for (guint b = 0; b < declaration->blank->len; b++)
          typed += ((McBlank *)declaration->blank->pdata[b])->kind <= MC_BLANK_MONEY ? 1 : 0;
        leave (form, declaration->id, k == 0 ? "long" : "strange");
        mc_read_assert_apart (pdf);
        if (k == i)
          mc_read_assert_margins (pdf);
        if (k == 0)
          g_assert_cmpuint (mc_read_occurrences (tight, "W"), ==, 300 * typed + printed);
        if (k == 3)
          g_assert_cmpuint (mc_read_occurrences (text, "{ten} Văn B"), >, 0);
      }
}

static void
test_days_in_words (void)
{
  static const struct
  {
    const char *day, *words;
  } days[] = {
    { "2026-04-21", "ngày hai mươi mốt tháng tư năm hai nghìn không trăm hai mươi sáu" },
    { "2005-11-05", "ngày năm tháng mười một năm hai nghìn không trăm linh năm" },
    { "1915-10-15", "ngày mười lăm tháng mười năm một nghìn chín trăm mười lăm" },
    { "2000-01-30", "ngày ba mươi tháng một năm hai nghìn" },
    { "1991-12", "tháng mười hai năm một nghìn chín trăm chín mươi mốt" },
    { "1984", "năm một nghìn chín trăm tám mươi tư" },
  };
  g_autoptr (McDeclaration) birth = mc_declaration_named (NULL, "khai-sinh");

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (json_t) values = json_pack ("{s:s}", "con_sinh", days[i].day);
      g_autoptr (McForm) form = mc_declaration_form (birth, values);
      g_autoptr (McReadPdf) pdf = mc_read_form (form);
      g_autofree char *text = mc_read_all_text (pdf);
      g_autofree char *words = g_strdup_printf ("ghi bằng chữ: %s", days[i].words);

      g_assert_cmpuint (mc_read_occurrences (text, words), ==, 1);
    }
}

/* An X in the cell of what was chosen and in no other; a cell of what is not known is empty. */
static void
test_marks (void)
{
  g_autoptr (McDeclaration) disabled = mc_declaration_named (NULL, "khuyet-tat");
  g_autoptr (json_t) values = json_pack ("{s:s,s:s}", "d1_1", "co", "m10", "chua_ro");
  const McSheetOf sheet = { .declaration = disabled, .values = values };
  static const struct
  {
    const char *cell, *text;
  } cells[] = {
    { "{d1_1=co}", "X" }, { "{d1_1=khong}", "" }, { "{d1_2=co}", "" }, { "{m10=chua_ro}", "X" },
    { "{m10=duoc}", "" }, { "{m1=chua_ro}", "" }, { "1.1", "1.1" },    { "{ten}", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *text = mc_declaration_cell (&sheet, cells[i].cell);

      g_assert_cmpstr (text, ==, cells[i].text);
    }
}

/* What an amount is in words stands beside it, and nothing where it is none. */
static void
test_amount_in_words (void)
{
  g_autoptr (McDeclaration) business = mc_declaration_named (NULL, "ho-kinh-doanh");
  g_autoptr (json_t) values = json_pack ("{s:s}", "von", "50005000");
  const McSheetOf sheet = { .declaration = business, .values = values };
  g_autofree char *words = mc_declaration_value (&sheet, "von:words");
  g_autofree char *none = NULL;

  g_assert_cmpstr (words, ==, "Năm mươi triệu không trăm linh năm nghìn đồng");
  json_object_set_new (values, "von", json_string ("nhiều"));
  none = mc_declaration_value (&sheet, "von:words");
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/declaration/each-value-once", test_each_value_once);
  g_test_add_func ("/declaration/blank", test_blank);
  g_test_add_func ("/declaration/hostile", test_hostile);
  g_test_add_func ("/declaration/days-in-words", test_days_in_words);
  g_test_add_func ("/declaration/marks", test_marks);
  g_test_add_func ("/declaration/amount-in-words", test_amount_in_words);
  return g_test_run ();
}
