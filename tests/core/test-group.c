/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-op-make.h"

#include <string.h>

static void
test_valid (void)
{
  static const struct
  {
    const char *group;
    gboolean valid;
  } rows[] = {
    { "case", TRUE },         { "applicant", TRUE },  { "contact", TRUE },    { "subject", TRUE },
    { "status", TRUE },       { "fee", TRUE },        { "note", TRUE },       { "office", TRUE },
    { "part:to-khai", TRUE }, { "form:a.b_1", TRUE }, { "part:", FALSE },     { "form:", FALSE },
    { "part:A", FALSE },      { "part:a b", FALSE },  { "part:a\tb", FALSE }, { "part:a\n", FALSE },
    { "part:../x", FALSE },   { "part:ê", FALSE },    { "", FALSE },          { NULL, FALSE },
    { "Status", FALSE },      { "status ", FALSE },   { "x", FALSE },
  };
  g_autofree char *longest = g_strnfill (75, 'a');
  g_autofree char *fits = g_strconcat ("part:", longest, NULL);
  g_autofree char *over = g_strconcat ("part:a", longest, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].group);
      g_assert_cmpint (mc_group_valid (rows[i].group), ==, rows[i].valid);
    }
  g_assert_true (mc_group_valid (fits));
  g_assert_false (mc_group_valid (over));
  g_assert_true (mc_group_append_only ("note"));
  g_assert_false (mc_group_append_only ("fee"));
}

/* What each verb writes: "group=value" in order, an act marked with "!". */
static void
test_writes (void)
{
  static const struct
  {
    const char *verb, *body, *writes;
  } rows[] = {
    { MC_VERB_RECEIVE,
      "{'code':'c','office':'o','secret':'x','applicant':{'name':'A'},'contact':{'phone':'1'},'"
      "subject':'s',"
      "'assignee':'p','due':'d','fee':{'amount':8000,'kind':'fixed','x':1},'parts':{'a':{'ticked':"
      "true},'b':{}}}",
      "case={'code':'c','office':'o'} applicant={'name':'A'} contact={'phone':'1'} subject='s' "
      "status={'assignee':'p','due':'d','state':'received'} fee={'amount':8000,'kind':'fixed'} "
      "part:a={'ticked':true} part:b={}" },
    { MC_VERB_RECEIVE, "{}", "case={} status={'state':'received'} fee={}" },
    { MC_VERB_SET,
      "{'groups':{'contact':{'phone':' 1 '},'form:x':'y'}}",
      "contact={'phone':'1'} form:x='y'" },
    { MC_VERB_STEP,
      "{'step':'approve','due':'d','note':'n'}",
      "status={'due':'d','state':'approved'}" },
    { MC_VERB_STEP,
      "{'step':'complete','assignee':'p'}",
      "status={'assignee':'p','state':'received'}" },
    { MC_VERB_ATTACH,
      "{'part':'a','ticked':true,'document':{'sha256':'x'},'x':1}",
      "part:a={'document':{'sha256':'x'},'ticked':true}" },
    { MC_VERB_FEE, "{'taken':8000,'method':'cash','x':1}", "fee!={'method':'cash','taken':8000}" },
    { MC_VERB_NOTE, "{'text':'x','y':1}", "note={'text':'x'}" },
    { MC_VERB_SETTLE, "{'group':'contact','value':{'phone':'1'}}", "contact={'phone':'1'}" },
    { MC_VERB_SETTLE, "{'group':'form:x','value':null}", "form:x=null" },
    { MC_VERB_OFFICE, "{'code':'H05','name':'x'}", "office={'code':'H05','name':'x'}" },
    { MC_VERB_STAFF, "{'login':'an'}", "staff={'login':'an'}" },
    { MC_VERB_PROCEDURE, "{'procedure':{}}", "procedure={'procedure':{}}" },
    { MC_VERB_CALENDAR, "{'calendar':{}}", "calendar={'calendar':{}}" },
    { "dossier.archive", "{'groups':{'contact':{}}}", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (McOp) op = mc_story_op ("A", rows[i].verb, rows[i].body, "{}", NULL);
      g_autoptr (GPtrArray) writes = mc_op_writes (op);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint w = 0; w < writes->len; w++)
        {
          McWrite *write = writes->pdata[w];
          g_autofree char *value = mc_json_text (write->value);

          g_string_append_printf (text,
                                  "%s%s%s=%s",
                                  w > 0 ? " " : "",
                                  write->group,
                                  write->act ? "!" : "",
                                  value);
        }
      g_assert_cmpstr (g_strdelimit (text->str, "\"", '\''), ==, rows[i].writes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/group/valid", test_valid);
  g_test_add_func ("/group/writes", test_writes);
  return g_test_run ();
}
