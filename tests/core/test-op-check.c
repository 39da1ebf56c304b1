/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-op-make.h"

#include "mc-error.h"
#include <string.h>

#define OFFICE "01900000-0000-7000-8000-00000000000f"
#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define RECEIVE                                                                                    \
  "'code':'c','procedure':'1.001193','channel':'direct','received':'2026-11-21T09:00','office':"   \
  "'" OFFICE "'"
#define NAMED ",'applicant':{'name':'A'}"

/* @wrong: the member that the refusal names; NULL where the op is good. */
typedef struct
{
  const char *verb, *body, *base, *read, *wrong;
} Row;

static const Row rows[] = {
  { MC_VERB_RECEIVE, "{" RECEIVE NAMED "}", "{}", NULL, NULL },
  { MC_VERB_RECEIVE,
    "{" RECEIVE NAMED ",'contact':{'phone':null},'subject':'','parts':{'a':{'ticked':true}}}",
    "{}",
    NULL,
    NULL },
  { MC_VERB_RECEIVE, "{" RECEIVE "}", "{}", NULL, "applicant" },
  { MC_VERB_RECEIVE, "{" RECEIVE ",'applicant':{'name':' '}}", "{}", NULL, "applicant" },
  { MC_VERB_RECEIVE, "{" RECEIVE ",'applicant':{'name':'A','id':12}}", "{}", NULL, "applicant" },
  { MC_VERB_RECEIVE, "{'code':'c'" NAMED "}", "{}", NULL, "procedure" },
  { MC_VERB_RECEIVE, "{" RECEIVE NAMED ",'contact':[]}", "{}", NULL, "contact" },
  { MC_VERB_RECEIVE, "{" RECEIVE NAMED ",'subject':7}", "{}", NULL, "subject" },
  { MC_VERB_RECEIVE, "{" RECEIVE NAMED ",'parts':[]}", "{}", NULL, "parts" },
  { MC_VERB_RECEIVE, "{" RECEIVE NAMED ",'parts':{'../x':{}}}", "{}", NULL, "parts" },
  { MC_VERB_SET, "{'groups':{'contact':{'phone':'1'}}}", "{'contact':['R']}", NULL, NULL },
  { MC_VERB_SET,
    "{'groups':{'form:a':'x','subject':'y'}}",
    "{'form:a':['R'],'subject':['R']}",
    NULL,
    NULL },
  { MC_VERB_SET, "{'groups':{'contact':{'phone':'1'}}}", "{}", NULL, "base" },
  { MC_VERB_SET, "{'groups':{'contact':{'phone':'1'}}}", "{'contact':[]}", NULL, "base" },
  { MC_VERB_SET,
    "{'groups':{'contact':{'phone':'1'},'subject':'x'}}",
    "{'contact':['R']}",
    NULL,
    "base" },
  { MC_VERB_SET, "{}", "{}", NULL, "groups" },
  { MC_VERB_SET, "{'groups':{}}", "{}", NULL, "groups" },
  { MC_VERB_SET, "{'groups':{'status':{'state':'approved'}}}", "{'status':['R']}", NULL, "status" },
  { MC_VERB_SET, "{'groups':{'fee':{'taken':0}}}", "{'fee':['R']}", NULL, "fee" },
  { MC_VERB_SET, "{'groups':{'case':{}}}", "{'case':['R']}", NULL, "case" },
  { MC_VERB_SET, "{'groups':{'note':{'text':'x'}}}", "{'note':['R']}", NULL, "note" },
  { MC_VERB_SET, "{'groups':{'staff':{'role':'admin'}}}", "{'staff':['R']}", NULL, "staff" },
  { MC_VERB_SET, "{'groups':{'shelf':'x'}}", "{'shelf':['R']}", NULL, "shelf" },
  { MC_VERB_SET, "{'groups':{'applicant':{'id':'1'}}}", "{'applicant':['R']}", NULL, "applicant" },
  { MC_VERB_STEP, "{'step':'appraise'}", "{'status':['R']}", NULL, NULL },
  { MC_VERB_STEP, "{'step':'approve'}", "{'status':['R']}", "0123", NULL },
  { MC_VERB_STEP, "{'step':'approve'}", "{'status':['R']}", NULL, "read" },
  { MC_VERB_STEP, "{'step':'return'}", "{'status':['R']}", NULL, "read" },
  { MC_VERB_STEP, "{'step':'fly'}", "{'status':['R']}", NULL, "step" },
  { MC_VERB_STEP, "{}", "{'status':['R']}", NULL, "step" },
  { MC_VERB_STEP, "{'step':'appraise'}", "{'contact':['R']}", NULL, "base" },
  { MC_VERB_ATTACH, "{'part':'a','ticked':true}", "{'part:a':['R']}", NULL, NULL },
  { MC_VERB_ATTACH,
    "{'part':'a','document':{'sha256':'" SHA "','name':'x.pdf','size':7}}",
    "{'part:a':['R']}",
    NULL,
    NULL },
  { MC_VERB_ATTACH,
    "{'part':'a','document':{'sha256':'../../etc/passwd','name':'x','size':7}}",
    "{'part:a':['R']}",
    NULL,
    "document" },
  { MC_VERB_ATTACH,
    "{'part':'a','document':{'sha256':'" SHA "','name':'x','size':0}}",
    "{'part:a':['R']}",
    NULL,
    "document" },
  { MC_VERB_ATTACH, "{'part':'a','document':7}", "{'part:a':['R']}", NULL, "document" },
  { MC_VERB_ATTACH, "{'part':'a/b'}", "{'part:a/b':['R']}", NULL, "part" },
  { MC_VERB_ATTACH, "{}", "{}", NULL, "part" },
  { MC_VERB_FEE, "{'taken':8000,'method':'cash'}", "{'fee':['R']}", NULL, NULL },
  { MC_VERB_FEE, "{'taken':-1,'method':'cash'}", "{'fee':['R']}", NULL, "taken" },
  { MC_VERB_FEE, "{'taken':'8000','method':'cash'}", "{'fee':['R']}", NULL, "taken" },
  { MC_VERB_FEE, "{'taken':8000}", "{'fee':['R']}", NULL, "method" },
  { MC_VERB_NOTE, "{'text':'x'}", "{'note':['R']}", NULL, NULL },
  { MC_VERB_NOTE, "{'text':''}", "{'note':['R']}", NULL, "text" },
  { MC_VERB_NOTE, "{}", "{'note':['R']}", NULL, "text" },
  { MC_VERB_SETTLE,
    "{'group':'contact','value':{'phone':'1'}}",
    "{'contact':['A','B']}",
    NULL,
    NULL },
  { MC_VERB_SETTLE, "{'group':'form:a','value':null}", "{'form:a':['A','B']}", NULL, NULL },
  { MC_VERB_SETTLE,
    "{'group':'status','value':{'state':'approved'}}",
    "{'status':['A','B']}",
    NULL,
    NULL },
  { MC_VERB_SETTLE,
    "{'group':'status','value':{'state':'flown'}}",
    "{'status':['A','B']}",
    NULL,
    "value" },
  { MC_VERB_SETTLE, "{'group':'status','value':null}", "{'status':['A','B']}", NULL, "value" },
  { MC_VERB_SETTLE, "{'group':'case','value':{}}", "{'case':['A','B']}", NULL, "group" },
  { MC_VERB_SETTLE, "{'group':'note','value':{'text':'x'}}", "{'note':['A','B']}", NULL, "value" },
  { MC_VERB_SETTLE, "{'group':'staff','value':{}}", "{'staff':['A','B']}", NULL, "value" },
  { MC_VERB_SETTLE, "{'group':'contact'}", "{'contact':['A','B']}", NULL, "value" },
  { MC_VERB_SETTLE, "{'value':{}}", "{}", NULL, "group" },
  { MC_VERB_SETTLE, "{'group':'contact','value':{}}", "{'fee':['A']}", NULL, "base" },
  { MC_VERB_OFFICE, "{'code':'H05','name':'x'}", "{}", NULL, NULL },
  { MC_VERB_OFFICE, "{'code':'H05'}", "{}", NULL, "code" },
  { MC_VERB_STAFF, "{'role':'clerk','login':'an','name':'An'}", "{}", NULL, NULL },
  { MC_VERB_STAFF, "{'role':'king','login':'an','name':'An'}", "{}", NULL, "role" },
  { MC_VERB_PROCEDURE, "{'procedure':{}}", "{}", NULL, NULL },
  { MC_VERB_PROCEDURE, "{'procedure':7}", "{}", NULL, "procedure" },
  { MC_VERB_CALENDAR, "{'calendar':{}}", "{}", NULL, NULL },
  { MC_VERB_CALENDAR, "{}", "{}", NULL, "calendar" },
  { MC_VERB_TRANSFER,
    "{'offices':['01900000-0000-7000-8000-0000000000ff']}",
    "{'offices':['A']}",
    NULL,
    NULL },
  { MC_VERB_TRANSFER, "{'offices':['01900000-0000-7000-8000-0000000000ff']}", "{}", NULL, "base" },
  { MC_VERB_TRANSFER, "{'offices':[]}", "{'offices':['A']}", NULL, "offices" },
  { MC_VERB_TRANSFER, "{'offices':['H05']}", "{'offices':['A']}", NULL, "offices" },
  { MC_VERB_TWIN, "{'other':'A','code':'x','office':'y'}", "{}", NULL, "other" },
  { MC_VERB_SET, "{'groups':{'offices':['A']}}", "{'offices':['A']}", NULL, "offices" },
  { MC_VERB_END, "{'how':'received','dossier':'A'}", "{'ended':['A']}", NULL, "dossier" },
  { MC_VERB_END, "{'how':'lost'}", "{'ended':['A']}", NULL, "how" },
  { MC_VERB_OWN, "{'version':'1','procedure':{'code':'1'}}", "{}", NULL, "procedure" },
  { MC_VERB_PREPARE, "{'procedure':'1','name':'G','until':'2026-12-22'}", "{}", NULL, "consent" },
  { MC_VERB_PAPERS, "{'groups':{'papers:01':{'title':'T'}}}", "{'papers:01':['A']}", NULL, NULL },
  { MC_VERB_PAPERS, "{'groups':{'papers:01':null}}", "{'papers:01':['A']}", NULL, NULL },
  { MC_VERB_PAPERS, "{'groups':{'papers:01':{}}}", "{}", NULL, "base" },
  { MC_VERB_PAPERS, "{'groups':{'office':{}}}", "{'office':['A']}", NULL, "office" },
  { MC_VERB_PAPERS, "{'groups':{}}", "{}", NULL, "groups" },
  { MC_VERB_PRINTED, "{'text':''}", "{'note':['A']}", NULL, "text" },
  { MC_VERB_SETTLE, "{'group':'papers:01','value':{}}", "{'papers:01':['A']}", NULL, "value" },
  { "dossier.fly", "{}", "{}", NULL, "v" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (McOp) op =
          mc_story_op ("A", rows[i].verb, rows[i].body, rows[i].base, rows[i].read);
      g_autoptr (GError) error = NULL;
      gboolean good = mc_op_check (op, &error);

      g_test_message ("%s %s", rows[i].verb, rows[i].body);
      if (rows[i].wrong == NULL)
        g_assert_no_error (error);
      else
        {
          g_autofree char *member = g_strdup_printf ("\"%s\"", rows[i].wrong);

          g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
          g_assert_nonnull (strstr (error->message, member));
        }
      g_assert_cmpint (good, ==, rows[i].wrong == NULL);
    }
}

/* Bounded: nobody's op fills the others' disks. */
static void
test_limits (void)
{
  g_autofree char *text = g_strnfill (4001, 'a');
  g_autofree char *body = g_strdup_printf ("{'groups':{'subject':'%s'}}", text);
  g_autoptr (McOp) longer = mc_story_op ("A", MC_VERB_SET, body, "{'subject':['R']}", NULL);
  g_autoptr (GString) many = g_string_new ("{'groups':{");
  g_autoptr (McOp) wider = NULL;

  for (guint i = 0; i < 201; i++)
    g_string_append_printf (many, "%s'form:f%u':''", i > 0 ? "," : "", i);
  g_string_append (many, "}}");
  wider = mc_story_op ("A", MC_VERB_SET, many->str, "{}", NULL);
  g_assert_false (mc_op_check (longer, NULL));
  g_assert_false (mc_op_check (wider, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/op-check/rows", test_rows);
  g_test_add_func ("/op-check/limits", test_limits);
  return g_test_run ();
}
