/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A declaration as data: what is refused, what is odd in it, what is known before anybody types. */
#include "mc-declaration.h"

#include "mc-data.h"
#include "mc-error.h"
#include "mc-group.h"
#include <string.h>

#define TODAY "2026-11-21"

static json_t *
json_of (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  json_t *json = mc_json_parse (quoted, -1, &error);

  g_assert_no_error (error);
  return json;
}

/* One with fields, body and signatures put in. */
static json_t *
with (const char *fields, const char *body, const char *sign)
{
  g_autofree char *text =
      g_strdup_printf ("{'id':'thu','version':'1','title':'T','heading':'T','source':'S','for':[],"
                       "'fields':[%s],'body':[%s],'sign':[%s]}",
                       fields,
                       body,
                       sign);

  return json_of (text);
}

#define NAME "{'key':'ten','label':'T','kind':'name'}"
#define LINE "{'line':'A: {ten}'}"
#define SIGN "{'title':'A'}"

static void
test_refused (void)
{
  static const struct
  {
    const char *fields, *body, *sign, *says;
  } bad[] = {
    { "", LINE, SIGN, "fields" },
    { NAME "," NAME, LINE, SIGN, "twice" },
    { "{'key':'ten','label':'T','kind':'poem'}", LINE, SIGN, "kind" },
    { "{'key':'ten','label':'T','kind':'name','colour':1}", LINE, SIGN, "colour" },
    { "{'key':'Tên','label':'T','kind':'name'}", LINE, SIGN, "key" },
    { "{'key':'ten','kind':'name'}", LINE, SIGN, "label" },
    { "{'key':'ten','label':'T','kind':'name','max':0}", LINE, SIGN, "max" },
    { "{'key':'ten','label':'T','kind':'name','from':'mother.name'}", LINE, SIGN, "from" },
    { "{'key':'ten','label':'T','kind':'choice'}", LINE, SIGN, "options" },
    { "{'key':'ten','label':'T','kind':'name','rows':3}", LINE, SIGN, "rows" },
    { "{'key':'ten','label':'T','kind':'rows','rows':3}", LINE, SIGN, "columns" },
    { "{'key':'ten','label':'T','kind':'identity','dob':'sinh'}", LINE, SIGN, "dob" },
    { NAME, "", SIGN, "block 1" },
    { NAME, "{'line':'A'}", SIGN, "nowhere" },
    { NAME, LINE "," LINE, SIGN, "block 2: field shown twice" },
    { NAME, LINE ",{'line':'{ho}'}", SIGN, "block 2: no such field ho" },
    { NAME, "{'line':'{ten:long}'}", SIGN, "block 1" },
    { NAME, "{'line':'A {ten'}", SIGN, "brace" },
    { NAME, LINE ",{'poem':'A'}", SIGN, "block 2" },
    { NAME, "{'line':'{ten}','colour':'red'}", SIGN, "unknown word colour" },
    { NAME, "{'checks':'ten'}", SIGN, "no choice" },
    { NAME, "{'boxes':'A','value':'ten','count':99}", SIGN, "boxes" },
    { NAME, "{'table':'ten','columns':[]}", SIGN, "table" },
    { NAME, LINE, "", "sign" },
    { NAME, LINE, "{'name':'A'}", "who signs" },
    { NAME, LINE, "null,null,null,null,null", "sign" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (json_t) json = with (bad[i].fields, bad[i].body, bad[i].sign);
      g_autoptr (GError) error = NULL;

      g_assert_null (mc_declaration_parse (json, &error));
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
      if (strstr (error->message, bad[i].says) == NULL ||
          strstr (error->message, "\"thu\"") == NULL)
        g_error ("case %u: \"%s\" does not say \"%s\"", i, error->message, bad[i].says);
    }
}

static void
test_least (void)
{
  g_autoptr (json_t) json = with (NAME, LINE, SIGN);
  g_autoptr (McDeclaration) declaration = mc_declaration_parse (json, NULL);

  g_assert_nonnull (declaration);
  g_assert_cmpuint (declaration->blank->len, ==, 1);
  g_assert_null (mc_declaration_blank (declaration, "ten.1.ho"));
}

/* Each name a paper of the catalogue that there is, and none twice. */
static void
test_shipped (void)
{
  g_autoptr (json_t) catalogue = mc_data_json ("data/catalogue/procedures.json");
  json_t *entries = json_object_get (catalogue, "procedures");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *all = mc_declaration_usual ();

  for (guint i = 0; i < all->len; i++)
    {
      const McDeclaration *one = all->pdata[i];
      const json_t *papers = json_object_get (one->json, "for");

      g_assert_true (g_hash_table_add (seen, g_strdup (one->id)));
      for (size_t k = 0; k < json_array_size (papers); k++)
        {
          const json_t *paper = json_array_get (papers, k);
          const char *code = mc_json_string (paper, "procedure");
          g_autofree char *name = g_strdup_printf ("%s %s", code, mc_json_string (paper, "part"));
          gboolean found = FALSE;

          for (size_t e = 0; e < json_array_size (entries); e++)
            if (g_strcmp0 (mc_json_string (json_array_get (entries, e), "code"), code) == 0)
              {
                g_autoptr (McProcedure) procedure =
                    mc_procedure_parse (json_array_get (entries, e), NULL);

                found = mc_procedure_part (procedure, mc_json_string (paper, "part")) != NULL;
              }
          if (!found)
            g_error ("%s: the catalogue has no paper %s", one->id, name);
          g_assert_true (g_hash_table_add (seen, g_steal_pointer (&name)));
        }
    }
}

static void
test_checked (void)
{
  static const struct
  {
    const char *values, *name;
    McBlankDoubt doubt;
  } cases[] = {
    { "{}", "ten", MC_BLANK_MISSING },
    { "{'ten':'Nguyễn Văn An'}", "ten", MC_BLANK_FINE },
    { "{'ten':'An'}", "ten", MC_BLANK_ODD_NAME },
    { "{'sinh':'2027-01-02'}", "sinh", MC_BLANK_FUTURE },
    { "{'sinh':'2005-02-30'}", "sinh", MC_BLANK_NO_DATE },
    { "{'sinh':'hôm qua'}", "sinh", MC_BLANK_NO_DATE },
    { "{'sinh':'1985'}", "sinh", MC_BLANK_FINE },
    { "{'dinh_danh':'12345'}", "dinh_danh", MC_BLANK_NO_IDENTITY },
    { "{'dinh_danh':'079085000123','sinh':'1985-03-05','gioi':'male'}",
      "dinh_danh",
      MC_BLANK_FINE },
    { "{'dinh_danh':'079085000123','sinh':'1986-03-05'}", "dinh_danh", MC_BLANK_ODD_IDENTITY },
    { "{'dinh_danh':'079085000123','gioi':'female'}", "dinh_danh", MC_BLANK_ODD_IDENTITY },
    { "{'dien_thoai':'12'}", "dien_thoai", MC_BLANK_NO_PHONE },
    { "{'email':'an@'}", "email", MC_BLANK_NO_EMAIL },
    { "{'gioi':'khac'}", "gioi", MC_BLANK_NO_CHOICE },
    { "{'thanh_vien.1.ten':'Lê Thị B'}", "thanh_vien.1.ten", MC_BLANK_FINE },
    { "{'thanh_vien.2.dinh_danh':'1'}", "thanh_vien.2.dinh_danh", MC_BLANK_NO_IDENTITY },
    { "{'thanh_vien.2.dinh_danh':'1'}", "thanh_vien.2.ten", MC_BLANK_MISSING },
    { "{'thanh_vien.2.dinh_danh':'1'}", "thanh_vien.1.ten", MC_BLANK_FINE },
  };
  g_autoptr (McDeclaration) ct01 = mc_declaration_named (NULL, "ct01");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (json_t) values = json_of (cases[i].values);
      g_autoptr (GPtrArray) all = mc_declaration_check (ct01, values, TODAY);
      McBlankDoubt doubt = MC_BLANK_FINE;

      for (guint k = 0; k < all->len; k++)
        if (g_str_equal (((McComplaint *)all->pdata[k])->name, cases[i].name))
          doubt = ((McComplaint *)all->pdata[k])->doubt;
      g_assert_cmpint (doubt, ==, cases[i].doubt);
    }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (601, 'a');
  g_autoptr (json_t) values = json_pack ("{s:s}", "de_nghi", text);
  g_autoptr (McDeclaration) ct01 = mc_declaration_named (NULL, "ct01");

  g_assert_cmpint (mc_declaration_doubt (ct01, values, "de_nghi", TODAY), ==, MC_BLANK_LONG);
}

static void
test_filled_from_what_is_known (void)
{
  g_autoptr (json_t) said = json_of ("{'applicant':{'name':'Lê Văn An','id':'079085000123','dob':"
                                     "'1985-03-05','sex':'male','address':'Số 1'},'contact':"
                                     "{'phone':'0912345678'},'subject':'Tạm trú'}");
  g_autoptr (json_t) known = mc_declaration_known (said, NULL, NULL);
  g_autoptr (json_t) past = json_of ("{'form:ct01.chu_ho':'Lê Văn Cha','form:ct01.de_nghi':'Cũ',"
                                     "'form:khac.email':'a@b.vn'}");
  g_autoptr (json_t) values = json_of ("{'ten':'Lê Thị Bé','quan_he':''}");
  g_autoptr (McDeclaration) ct01 = mc_declaration_named (NULL, "ct01");

  mc_declaration_know_office (known, "Trung tâm Phục vụ hành chính công xã Thử Nghiệm", TODAY);
  g_assert_cmpuint (mc_declaration_fill (ct01, known, past, values), ==, 9);
  g_assert_cmpstr (mc_json_string (values, "ten"), ==, "Lê Thị Bé");
  g_assert_cmpstr (mc_json_string (values, "dinh_danh"), ==, "079085000123");
  g_assert_cmpstr (mc_json_string (values, "gioi"), ==, "male");
  g_assert_cmpstr (mc_json_string (values, "de_nghi"), ==, "Tạm trú");
  g_assert_cmpstr (mc_json_string (values, "chu_ho"), ==, "Lê Văn Cha");
  g_assert_cmpstr (mc_json_string (values, "kinh_gui"), ==, "Công an xã Thử Nghiệm");
  g_assert_cmpstr (mc_json_string (values, "lam_ngay"), ==, TODAY);
  g_assert_null (mc_json_string (values, "email"));
  g_assert_cmpuint (mc_declaration_fill (ct01, known, past, values), ==, 0);
}

/* By proxy the declaration is of whose case it is. */
static void
test_filled_by_proxy (void)
{
  g_autoptr (json_t) said = json_of ("{'applicant':{'name':'Lê Văn An','id':'079085000123','for':"
                                     "'person','for_name':'Lê Thị Mẹ','relation':'con'}}");
  static const char *const papers[] = { "Căn cước", "Ảnh", NULL };
  g_autoptr (json_t) known = mc_declaration_known (said, NULL, papers);
  g_autoptr (json_t) values = json_object ();
  g_autoptr (McDeclaration) general = mc_declaration_named (NULL, MC_DECLARATION_GENERAL);

  mc_declaration_fill (general, known, NULL, values);
  g_assert_cmpstr (mc_json_string (values, "ten"), ==, "Lê Thị Mẹ");
  g_assert_cmpstr (mc_json_string (values, "nguoi_nop"), ==, "Lê Văn An");
  g_assert_cmpstr (mc_json_string (values, "quan_he"), ==, "con");
  g_assert_cmpstr (mc_json_string (values, "giay_to"), ==, "Căn cước; Ảnh");
  g_assert_null (mc_json_string (values, "dinh_danh"));
}

#define PARTS                                                                                      \
  "'parts':[{'id':'to-khai','name':'Tờ khai','form':'electronic'},"                              \
  "{'id':'anh','name':'Ảnh','form':'paper'},"                                                    \
  "{'id':'thue','name':'Ý kiến của cơ quan "                                                 \
  "thuế','form':'electronic'}],'cases':[{'id':'thuong','name':'C'}]"

static char *
found_for (const McProcedure *procedure, const char *part)
{
  g_autoptr (McDeclaration) found = mc_declaration_of (procedure, part);

  return g_strdup (found != NULL ? found->id : NULL);
}

static void
test_which (void)
{
  g_autoptr (json_t) birth = json_of ("{'code':'1.001193','name':'Khai sinh'," PARTS "}");
  g_autoptr (json_t) other = json_of ("{'code':'1.999999','name':'Khác'," PARTS "}");
  g_autoptr (json_t) own = with (NAME, LINE, SIGN);
  g_autoptr (McProcedure) first = mc_procedure_parse (birth, NULL);
  g_autoptr (McProcedure) second = mc_procedure_parse (other, NULL);
  g_autoptr (McProcedure) third = NULL;
  g_autofree char *usual = found_for (first, "to-khai");
  g_autofree char *general = found_for (second, "to-khai");
  g_autofree char *given = NULL;

  g_assert_cmpstr (usual, ==, "khai-sinh");
  g_assert_cmpstr (general, ==, MC_DECLARATION_GENERAL);
  g_assert_null (mc_declaration_of (second, "anh"));
  g_assert_null (mc_declaration_of (second, "thue"));
  json_object_set_new (own, "for", json_of ("[{'procedure':'1.001193','part':'to-khai'}]"));
  json_object_set_new (birth, "declarations", json_pack ("[O]", own));
  third = mc_procedure_parse (birth, NULL);
  given = found_for (third, "to-khai");
  g_assert_cmpstr (given, ==, "thu");
}

/* An interlinked one without a form of its own is declared on those of its parts, in their order.
 */
static void
test_interlinked (void)
{
  static const char *const ids[] = { "khai-tu", "ct01", "mai-tang", MC_DECLARATION_GENERAL };
  g_autoptr (json_t) entry = json_of ("{'code':'2.002913','name':'Liên thông','linked':["
                                      "{'procedure':'1.000656','name':'A','body':'B'},"
                                      "{'procedure':'1.003197','name':'A','body':'B'},"
                                      "{'procedure':'1.004222','name':'A','body':'B'},"
                                      "{'procedure':'1.001731','name':'A','body':'B'}]," PARTS "}");
  g_autoptr (json_t) own = with (NAME, LINE, SIGN);
  g_autoptr (McProcedure) procedure = mc_procedure_parse (entry, NULL);
  g_autoptr (GPtrArray) all = mc_declaration_all_of (procedure, "to-khai");
  g_autoptr (GPtrArray) none = mc_declaration_all_of (procedure, "anh");
  g_autoptr (McProcedure) given = NULL;
  g_autoptr (GPtrArray) joint = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < all->len; i++)
    g_assert_cmpstr (((McDeclaration *)all->pdata[i])->id, ==, ids[i]);
  json_object_set_new (own, "for", json_of ("[{'procedure':'2.002913','part':'to-khai'}]"));
  json_object_set_new (entry, "declarations", json_pack ("[O]", own));
  given = mc_procedure_parse (entry, NULL);
  joint = mc_declaration_all_of (given, "to-khai");
  g_assert_cmpuint (joint->len, ==, 1);
  g_assert_cmpstr (((McDeclaration *)joint->pdata[0])->id, ==, "thu");
}

/* Of who died what is said once stands on every paper; the number of who stands there does not get
 * beside that name. */
static void
test_filled_from_beside (void)
{
  g_autoptr (McDeclaration) death = mc_declaration_named (NULL, "khai-tu");
  g_autoptr (McDeclaration) ct01 = mc_declaration_named (NULL, "ct01");
  g_autoptr (McDeclaration) aid = mc_declaration_named (NULL, "mai-tang");
  g_autoptr (json_t) said = json_of ("{'chet_ten':'Lê Văn Cụ','chet_sinh':'1940'}");
  g_autoptr (json_t) beside = mc_declaration_groups (death, said);
  g_autoptr (json_t) known =
      json_of ("{'owner.name':'Lê Văn An','owner.id':'079085000123','owner.dob':'1985'}");
  g_autoptr (json_t) past = json_of ("{'form:ct01.quan_he':'Chủ hộ'}");
  g_autoptr (json_t) residence = json_object ();
  g_autoptr (json_t) funeral = json_object ();

  json_object_update (known, beside);
  mc_declaration_fill (ct01, known, past, residence);
  g_assert_cmpstr (mc_json_string (residence, "ten"), ==, "Lê Văn Cụ");
  g_assert_cmpstr (mc_json_string (residence, "sinh"), ==, "1940");
  g_assert_null (mc_json_string (residence, "dinh_danh"));
  g_assert_null (mc_json_string (residence, "quan_he"));
  mc_declaration_fill (aid, known, past, funeral);
  g_assert_cmpstr (mc_json_string (funeral, "chet_ten"), ==, "Lê Văn Cụ");
  g_assert_cmpstr (mc_json_string (funeral, "dung_ra"), ==, "Lê Văn An");
  g_assert_cmpstr (mc_json_string (funeral, "dung_ra_dinh_danh"), ==, "079085000123");
}

/* The province refuses one that no desk can read; a desk that is older than it still receives. */
static void
test_bad_one_of_a_procedure (void)
{
  g_autoptr (json_t) entry = json_of ("{'code':'1.001193','name':'Khai sinh'," PARTS "}");
  g_autoptr (json_t) own = with (NAME, "{'line':'{ho}'}", SIGN);
  g_autoptr (McProcedure) procedure = NULL;
  g_autofree char *found = NULL;

  json_object_set_new (entry, "declarations", json_pack ("[O]", own));
  procedure = mc_procedure_parse (entry, NULL);
  g_assert_cmpuint (procedure->declarations->len, ==, 0);
  found = found_for (procedure, "to-khai");
  g_assert_cmpstr (found, ==, "khai-sinh");
}

/* Each is a name that every program takes for a group of a form. */
static void
test_groups (void)
{
  GPtrArray *all = mc_declaration_usual ();
  g_autoptr (McDeclaration) ct01 = mc_declaration_named (NULL, "ct01");
  g_autoptr (json_t) values = json_of ("{'ten':'A','thanh_vien.10.ten':'B','nobody':'C'}");
  g_autoptr (json_t) groups = mc_declaration_groups (ct01, values);

  g_assert_cmpuint (json_object_size (groups), ==, 3);
  g_assert_cmpstr (mc_json_string (groups, "form:ct01"), ==, ct01->version);
  g_assert_cmpstr (mc_json_string (groups, "form:ct01.thanh_vien.10.ten"), ==, "B");
  for (guint i = 0; i < all->len; i++)
    for (guint k = 0; k < ((McDeclaration *)all->pdata[i])->blank->len; k++)
      {
        const McDeclaration *one = all->pdata[i];
        const McBlank *blank = one->blank->pdata[k];
        g_autofree char *name = g_strdup_printf ("form:%s.%s.30.column", one->id, blank->key);

        g_assert_true (mc_group_valid (name));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/declaration/refused", test_refused);
  g_test_add_func ("/declaration/least", test_least);
  g_test_add_func ("/declaration/shipped", test_shipped);
  g_test_add_func ("/declaration/checked", test_checked);
  g_test_add_func ("/declaration/too-long", test_too_long);
  g_test_add_func ("/declaration/filled", test_filled_from_what_is_known);
  g_test_add_func ("/declaration/by-proxy", test_filled_by_proxy);
  g_test_add_func ("/declaration/which", test_which);
  g_test_add_func ("/declaration/interlinked", test_interlinked);
  g_test_add_func ("/declaration/beside", test_filled_from_beside);
  g_test_add_func ("/declaration/bad-one", test_bad_one_of_a_procedure);
  g_test_add_func ("/declaration/groups", test_groups);
  return g_test_run ();
}
