/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office's own papers: which set, what it changed, and what it may not. */
#include "mc-declaration.h"
#include "mc-papers.h"

#include "mc-error.h"
#include "mc-pdf-reader.h"
#include "mc-print-job.h"
#include "mc-slip.h"
#include <string.h>

static json_t *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  json_t *parsed = mc_json_parse (json, -1, NULL);

  g_assert_nonnull (parsed);
  return parsed;
}

static void
keep (McTestOffice *office, const char *text)
{
  g_autoptr (json_t) json = parse (text);
  g_autoptr (GError) error = NULL;

  mc_papers_keep (office->desk, json, &error);
  g_assert_no_error (error);
}

static char *
print (McTestOffice *office, const char *dossier, const char *name)
{
  const char *const dossiers[] = { dossier, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (McForm) form = mc_job_preview (office->store, dossiers, name, MC_JOB_ON_PAPER, &error);
  g_autoptr (McReadPdf) pdf = NULL;

  g_assert_no_error (error);
  pdf = mc_read_form (form);
  return mc_read_all_text (pdf);
}

/* Six forms and seven: numbers and titles move. */
static void
test_sets (void)
{
  g_autoptr (json_t) old_json = parse ("{'set':'2018'}");
  g_autoptr (McPapers) old = mc_papers_parse (old_json, NULL);
  g_autoptr (json_t) new_json = parse ("{'set':'2025'}");
  g_autoptr (McPapers) new = mc_papers_parse (new_json, NULL);

  g_assert_true (mc_papers_has (new, "05"));
  g_assert_false (mc_papers_has (old, "05"));
  g_assert_cmpstr (mc_papers_usual ("2025", "06", "form"), ==, "Mẫu số 06");
  g_assert_cmpstr (mc_papers_usual ("2018", "06", "form"), ==, "Mẫu số 05");
  g_assert_cmpstr (mc_papers_usual ("2018", "07", "form"), ==, "Mẫu số 06");
  g_assert_cmpstr (mc_papers_title (old, "04"), ==, "Phiếu xin lỗi và hẹn lại ngày trả kết quả");
  g_assert_cmpstr (mc_papers_title (new, "04"),
                   ==,
                   "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết");
  g_assert_cmpuint (g_strv_length ((GStrv)mc_papers_kinds ("2025")), ==, 11);
  g_assert_cmpuint (g_strv_length ((GStrv)mc_papers_kinds ("2018")), ==, 10);
}

static void
test_changed (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  g_autofree char *control = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Thị Hường");
  mc_test_sign_in (office, "chi");
  keep (
      office,
      "{'set':'2025','head':{'superior':'UBND TỈNH MẪU','unit':'BỘ PHẬN MỘT CỬA','symbol':'BPMC'},"
      "'forms':{'01':{'form':'BM.01','title':'Giấy biên nhận','number':'{number}/BN-{symbol}',"
      "'notes':'Tra cứu tại dichvucong.example.vn','sheet':'two'}},"
      "'layouts':[{'id':'06','title':'Phiếu kiểm soát','heading':'PHIẾU KIỂM SOÁT','body':"
      "[{'field':'Nơi giải quyết:','value':'{office}'}]}]}");
  text = print (office, id, "receipt");
  g_assert_nonnull (strstr (text, "UBND TỈNH MẪU"));
  g_assert_nonnull (strstr (text, "BỘ PHẬN MỘT CỬA"));
  g_assert_nonnull (strstr (text, "BM.01"));
  g_assert_nonnull (strstr (text, "GIẤY BIÊN NHẬN"));
  g_assert_null (strstr (text, "HẸN TRẢ KẾT QUẢ Mã"));
  g_assert_nonnull (strstr (text, "/BN-BPMC"));
  /* Two copies, each with whose it is. */
  g_assert_cmpuint (mc_read_occurrences (text, "Tra cứu tại dichvucong.example.vn"), ==, 2);
  g_assert_cmpuint (mc_read_occurrences (text, "Liên 1: Lưu"), ==, 1);
  g_assert_cmpuint (mc_read_occurrences (text, "Liên 2: Giao người nộp hồ sơ"), ==, 1);
  control = print (office, id, MC_SLIP_CONTROL);
  g_assert_nonnull (strstr (control, "Nơi giải quyết: "));
  g_assert_null (strstr (control, "Hẹn trả kết quả:"));
}

/* By the set of 2018 nobody is told of a stop on a form. */
static void
test_missing_form (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (GPtrArray) slips = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  mc_test_sign_in (office, "chi");
  keep (office, "{'set':'2018'}");
  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Thị Hường");
  mc_desk_step (office->desk, id, MC_STEP_WITHDRAW, "Không làm nữa", &error);
  g_assert_no_error (error);
  dossier = mc_store_dossier (office->store, id, NULL);
  slips = mc_slip_list (office->store, dossier);
  for (guint i = 0; i < slips->len; i++)
    g_assert_false (g_str_has_prefix (((McSlip *)slips->pdata[i])->name, "05"));
}

static void
test_who_may (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) json = parse ("{'set':'2018'}");
  g_autoptr (McPapers) papers = NULL;
  g_autoptr (GError) error = NULL;

  mc_test_sign_in (office, "an");
  g_assert_false (mc_papers_keep (office->desk, json, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  papers = mc_papers_of (office->store);
  g_assert_cmpstr (mc_papers_set (papers), ==, MC_PAPERS_SET);
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "[]",
    "{}",
    "{'set':'2030'}",
    "{'set':'2025','colour':'red'}",
    "{'set':'2025','direct':'yes'}",
    "{'set':'2025','head':{'motto':'x'}}",
    "{'set':'2025','head':{'unit':3}}",
    "{'set':'2025','forms':{'99':{'title':'x'}}}",
    "{'set':'2025','forms':{'01':{'colour':'x'}}}",
    "{'set':'2025','forms':{'01':{'sheet':'a0'}}}",
    "{'set':'2025','layouts':[{'id':'02'}]}",
    "{'set':'2025','layouts':[{'id':'zz','title':'T','heading':'T','body':[{'text':'a'}]}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (json_t) json = parse (bad[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (McPapers) papers = mc_papers_parse (json, &error);

      g_assert_null (papers);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

/* A wrong block of a layout of one's own is named. */
static void
test_block_named (void)
{
  g_autoptr (json_t) json =
      parse ("{'set':'2025','layouts':[{'id':'02','title':'T','heading':'T','body':"
             "[{'text':'a'},{'poem':'b'}]}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (McPapers) papers = mc_papers_parse (json, &error);

  g_assert_null (papers);
  g_assert_nonnull (strstr (error->message, "block 2"));
}

#define OWN(line)                                                                                  \
  "{'set':'2025','declarations':[{'id':'rieng','version':'1','title':'T','heading':'T',"           \
  "'source':'S','for':[{'procedure':'1.001193','part':'to-khai'}],'fields':[{'key':'ten',"         \
  "'label':'Tên','kind':'name'}],'body':[{'line':'" line "'}],'sign':[{'title':'A'}]}]}"

static char *
declared_on (McTestOffice *office)
{
  g_autoptr (McProcedure) procedure = mc_store_procedure (office->store, "1.001193", NULL);
  g_autoptr (McDeclaration) declaration = mc_declaration_of (procedure, "to-khai");

  return g_strdup (declaration->id);
}

/* An office declares on a form of its own, without a new program, until it takes it back. */
static void
test_own_declaration (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  static const struct
  {
    const char *text, *says, *id;
  } rows[] = {
    { "{'set':'2025'}", NULL, "khai-sinh" },
    { OWN ("Tên: {ten}"), NULL, "rieng" },
    { OWN ("Tên: {ho}"), "block 1", "rieng" },
    { "{'set':'2025','declarations':{}}", "declarations", "rieng" },
    { "{'set':'2025'}", NULL, "khai-sinh" },
  };

  mc_test_sign_in (office, "chi");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (json_t) json = parse (rows[i].text);
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;

      g_assert_true (mc_papers_keep (office->desk, json, &error) == (rows[i].says == NULL));
      if (rows[i].says != NULL)
        g_assert_nonnull (strstr (error->message, rows[i].says));
      id = declared_on (office);
      g_assert_cmpstr (id, ==, rows[i].id);
    }
}

/* One file after the other: each has its place, and a newer one that of the older. */
static void
test_declaration_added (void)
{
  g_autoptr (json_t) none = parse ("{'set':'2025'}");
  g_autoptr (json_t) first = parse ("{'id':'a','version':'1'}");
  g_autoptr (json_t) other = parse ("{'id':'b','version':'1'}");
  g_autoptr (json_t) newer = parse ("{'id':'a','version':'2'}");
  g_autoptr (json_t) one = mc_papers_with_declaration (none, first);
  g_autoptr (json_t) two = mc_papers_with_declaration (one, other);
  g_autoptr (json_t) three = mc_papers_with_declaration (two, newer);
  g_autofree char *text = mc_json_text (json_object_get (three, "declarations"));

  g_assert_cmpstr (text, ==, "[{\"id\":\"b\",\"version\":\"1\"},{\"id\":\"a\",\"version\":\"2\"}]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/papers/sets", test_sets);
  g_test_add_func ("/papers/changed", test_changed);
  g_test_add_func ("/papers/missing-form", test_missing_form);
  g_test_add_func ("/papers/who-may", test_who_may);
  g_test_add_func ("/papers/refused", test_refused);
  g_test_add_func ("/papers/block-named", test_block_named);
  g_test_add_func ("/papers/own-declaration", test_own_declaration);
  g_test_add_func ("/papers/declaration-added", test_declaration_added);
  return g_test_run ();
}
