/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is declared is in the dossier field by field, and is known when the resident comes again. */
#include "mc-declared.h"

#include "mc-error.h"
#include "mc-support.h"
#include "mc-sync-store.h"
#include <string.h>

#define NUMBER "079085000123"

static json_t *
reception_with (const char *declarations)
{
  g_autofree char *text =
      g_strdup_printf ("{'procedure':'1.001193','applicant':{'name':'Nguyễn Văn Đình','id':'" NUMBER
                       "'},"
                       "'declarations':%s}",
                       declarations);
  json_t *json;

  g_strdelimit (text, "'", '"');
  json = mc_json_parse (text, -1, NULL);
  g_assert_nonnull (json);
  return json;
}

static json_t *
declared_in (McTestOffice *office, const char *dossier)
{
  g_autoptr (McDossier) found = mc_store_dossier (office->store, dossier, NULL);
  g_autoptr (McDeclaration) birth = mc_declaration_named (NULL, "khai-sinh");

  return mc_declared (found->record, birth);
}

static guint
contested (McTestOffice *office, const char *dossier)
{
  g_autoptr (McDossier) found = mc_store_dossier (office->store, dossier, NULL);

  return found->row->contested;
}

static char *
receive (McTestOffice *office, const char *declarations)
{
  g_autoptr (json_t) reception = reception_with (declarations);
  g_autoptr (GError) error = NULL;
  g_autoptr (McReceived) received = mc_desk_receive (office->desk, reception, &error);

  g_assert_no_error (error);
  return g_strdup (received->id);
}

#define CHILD "{'khai-sinh':{'con_ten':'Nguyễn Thị Bé','me_ten':'Trần Thị Mẹ'}}"

static void
test_received_with_it (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) said = NULL;

  mc_test_sign_in (office, "an");
  id = receive (office, CHILD);
  said = declared_in (office, id);
  g_assert_cmpuint (json_object_size (said), ==, 2);
  g_assert_cmpstr (mc_json_string (said, "con_ten"), ==, "Nguyễn Thị Bé");
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpstr (mc_record_value (dossier->record, "form:khai-sinh"), ==, "\"2\"");
  mc_test_accept_all (office);
  g_assert_cmpuint (contested (office, id), ==, 0);
  mc_test_check (office);
}

/* All of a reception or nothing. */
static void
test_unknown_one (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) reception = reception_with ("{'khong-co':{'ten':'A'}}");
  g_autoptr (GError) error = NULL;

  mc_test_sign_in (office, "an");
  g_assert_null (mc_desk_receive (office->desk, reception, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
}

/* A desk whose screen is older than what a colleague wrote meanwhile. */
static void
declare_late (McTestOffice *office,
              const char *dossier,
              McRecord *shown,
              const char *name,
              const char *text)
{
  g_autoptr (McDeclaration) birth = mc_declaration_named (NULL, "khai-sinh");
  g_autoptr (json_t) changed = json_pack ("{s:s}", name, text);
  g_autoptr (json_t) bases = mc_declared_bases (shown, birth, changed);
  g_autoptr (GError) error = NULL;

  mc_desk_declare (office->desk, dossier, birth, changed, bases, &error);
  g_assert_no_error (error);
}

/* Two who fill in different blanks do not meet; in one blank both are kept. */
static void
test_two_people (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDossier) shown = NULL;
  g_autoptr (json_t) said = NULL;
  g_autofree char *id = NULL;

  mc_test_sign_in (office, "an");
  id = receive (office, CHILD);
  shown = mc_store_dossier (office->store, id, NULL);
  declare_late (office, id, shown->record, "con_ten", "Nguyễn Thị Bé Hai");
  declare_late (office, id, shown->record, "me_ten", "Trần Thị Mẹ Hai");
  declare_late (office, id, shown->record, "con_que_quan", "Xã Thử Nghiệm");
  g_assert_cmpuint (contested (office, id), ==, 0);
  said = declared_in (office, id);
  g_assert_cmpuint (json_object_size (said), ==, 3);
  declare_late (office, id, shown->record, "con_ten", "Nguyễn Thị Bé Ba");
  g_assert_cmpuint (contested (office, id), ==, 1);
  mc_test_check (office);
}

/* The next version of the birth's, that asks only for the child's name. */
static McDeclaration *
newer_birth (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = json_pack ("{s:s, s:s, s:s, s:s, s:s, s:[], s:[{s:s, s:s, s:s}],"
                                       " s:[{s:s}], s:[{s:s}]}",
                                       "id",
                                       "khai-sinh",
                                       "version",
                                       "3",
                                       "title",
                                       "T",
                                       "heading",
                                       "T",
                                       "source",
                                       "S",
                                       "for",
                                       "fields",
                                       "key",
                                       "con_ten",
                                       "label",
                                       "T",
                                       "kind",
                                       "name",
                                       "body",
                                       "line",
                                       "{con_ten}",
                                       "sign",
                                       "title",
                                       "A");
  McDeclaration *newer = mc_declaration_parse (json, &error);

  g_assert_no_error (error);
  return newer;
}

/* What a newer version does not ask for stays, also when the rest is declared anew by it. */
static void
test_newer_version (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDeclaration) newer = newer_birth ();
  g_autoptr (json_t) changed = json_pack ("{s:s}", "con_ten", "Nguyễn Thị Bé Hai");
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) asked = NULL, all = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  mc_test_sign_in (office, "an");
  id = receive (office, CHILD);
  mc_desk_declare (office->desk, id, newer, changed, NULL, &error);
  g_assert_no_error (error);
  dossier = mc_store_dossier (office->store, id, NULL);
  asked = mc_declared (dossier->record, newer);
  g_assert_cmpuint (json_object_size (asked), ==, 1);
  g_assert_cmpstr (mc_json_string (asked, "con_ten"), ==, "Nguyễn Thị Bé Hai");
  g_assert_cmpstr (mc_record_value (dossier->record, "form:khai-sinh.me_ten"),
                   ==,
                   "\"Trần Thị Mẹ\"");
  all = declared_in (office, id);
  g_assert_cmpstr (mc_json_string (all, "me_ten"), ==, "Trần Thị Mẹ");
  mc_test_check (office);
}

static void
test_nothing_new (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDeclaration) birth = mc_declaration_named (NULL, "khai-sinh");
  g_autoptr (json_t) same = json_pack ("{s:s,s:s}", "con_ten", "Nguyễn Thị Bé", "cha_ten", "");
  g_autoptr (json_t) away = json_pack ("{s:s}", "me_ten", "");
  g_autoptr (json_t) said = NULL;
  g_autofree char *id = NULL;
  guint before;

  mc_test_sign_in (office, "an");
  id = receive (office, CHILD);
  before = mc_store_outbox_count (office->store);
  g_assert_true (mc_desk_declare (office->desk, id, birth, same, NULL, NULL));
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, before);
  g_assert_true (mc_desk_declare (office->desk, id, birth, away, NULL, NULL));
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, before + 1);
  said = declared_in (office, id);
  g_assert_null (json_object_get (said, "me_ten"));
  g_assert_cmpuint (json_object_size (said), ==, 1);
}

/* More than one op may say: 10 members of a household with all they have. */
static void
test_large (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McDeclaration) business = mc_declaration_named (NULL, "ho-kinh-doanh");
  g_autoptr (json_t) changed = json_object ();
  g_autoptr (json_t) said = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  for (guint row = 1; row <= 15; row++)
    for (guint i = 0; i < 8; i++)
      {
        static const char *const columns[] = { "nganh.%u.ten",
                                               "nganh.%u.ma",
                                               "nganh.%u.chinh",
                                               "thanh_vien.%u.ten",
                                               "thanh_vien.%u.sinh",
                                               "thanh_vien.%u.gioi",
                                               "thanh_vien.%u.dinh_danh",
                                               "thanh_vien.%u.noi_o" };
        g_auto (GStrv) pieces = g_strsplit (columns[i], "%u", 2);
        g_autofree char *name = g_strdup_printf ("%s%u%s", pieces[0], row, pieces[1]);

        json_object_set_new (changed, name, json_string (name));
      }
  for (guint i = 0; i < business->blank->len; i++)
    if (((McBlank *)business->blank->pdata[i])->kind != MC_BLANK_ROWS)
      json_object_set_new (changed, ((McBlank *)business->blank->pdata[i])->key, json_string ("x"));
  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Lê Văn An");
  g_assert_true (mc_desk_declare (office->desk, id, business, changed, NULL, &error));
  g_assert_no_error (error);
  dossier = mc_store_dossier (office->store, id, NULL);
  said = mc_declared (dossier->record, business);
  /* The table of members has ten rows: what has no place in it is not declared. */
  g_assert_cmpuint (json_object_size (said), ==, 15 * 3 + 10 * 5 + business->blank->len - 2);
  mc_test_accept_all (office);
  mc_test_check (office);
}

static void
test_known_again (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) past = NULL;
  g_autoptr (json_t) nobody = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  mc_test_sign_in (office, "an");
  first = receive (office, CHILD);
  second = receive (office, "{'khai-sinh':{'con_ten':'Nguyễn Văn Út'}}");
  past = mc_store_declared_before (office->store, NUMBER);
  g_assert_cmpstr (mc_json_string (past, "form:khai-sinh.con_ten"), ==, "Nguyễn Văn Út");
  g_assert_cmpstr (mc_json_string (past, "form:khai-sinh.me_ten"), ==, "Trần Thị Mẹ");
  nobody = mc_store_declared_before (office->store, "079085000124");
  g_assert_cmpuint (json_object_size (nobody), ==, 0);
}

/* The child of the last birth and the household of the last move are in the rows; rows of an older
 * dossier are not mixed in, and what somebody wrote stays. */
static void
test_people_known (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  const McDeclaration *ct01 = NULL;
  g_autoptr (json_t) past = json_pack ("{s:s,s:s,s:s,s:s,s:s}",
                                       "form:khai-sinh.con_ten",
                                       "Nguyễn Văn Út",
                                       "form:khai-sinh.con_gioi",
                                       "male",
                                       "form:ct01.thanh_vien.1.ten",
                                       "Nguyễn Văn Út",
                                       "form:ct01.thanh_vien.2.ten",
                                       "Trần Thị Mẹ",
                                       "form:ct01.thanh_vien.2.quan_he",
                                       "Vợ");
  g_autoptr (json_t) values = json_object ();
  g_autoptr (json_t) typed = json_pack ("{s:s}", "thanh_vien.1.ten", "Người khác");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (json_t) before = NULL;

  for (guint i = 0; ct01 == NULL; i++)
    if (g_str_equal (((McDeclaration *)mc_declaration_usual ()->pdata[i])->id, "ct01"))
      ct01 = mc_declaration_usual ()->pdata[i];
  g_assert_cmpuint (mc_declaration_fill (ct01, NULL, past, values), ==, 2);
  g_assert_cmpstr (mc_json_string (values, "thanh_vien.1.ten"), ==, "Nguyễn Văn Út");
  g_assert_cmpstr (mc_json_string (values, "thanh_vien.1.gioi"), ==, "male");
  g_assert_cmpstr (mc_json_string (values, "thanh_vien.2.ten"), ==, "Trần Thị Mẹ");
  g_assert_cmpstr (mc_json_string (values, "thanh_vien.2.quan_he"), ==, "Vợ");
  g_assert_cmpuint (mc_declaration_fill (ct01, NULL, past, typed), ==, 0);
  g_assert_null (mc_json_string (typed, "thanh_vien.2.ten"));
  mc_test_sign_in (office, "an");
  first = receive (office, "{'ct01':{'thanh_vien.1.ten':'Cũ Một','thanh_vien.2.ten':'Cũ Hai'}}");
  second = receive (office, "{'ct01':{'thanh_vien.1.ten':'Mới Một'}}");
  before = mc_store_declared_before (office->store, NUMBER);
  g_assert_cmpstr (mc_json_string (before, "form:ct01.thanh_vien.1.ten"), ==, "Mới Một");
  g_assert_null (mc_json_string (before, "form:ct01.thanh_vien.2.ten"));
}

/* What was refused with its reception is in the draft in which that is corrected. */
static void
test_reopened (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *draft = NULL;
  g_autoptr (McReceived) again = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) typed = NULL;
  g_autoptr (json_t) said = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *other = NULL;
  json_t *values;

  mc_test_sign_in (office, "an");
  id = receive (office, CHILD);
  dossier = mc_store_dossier (office->store, id, NULL);
  line = mc_test_waiting_line (office, 0);
  other = mc_test_waiting_line (office, 1);
  mc_test_feed (office, line, "\"refused:procedure\"");
  mc_test_feed (office, other, "\"refused:record\"");
  mc_test_pull (office);
  draft = mc_desk_reopen (office->desk, dossier->record->creator, &error);
  g_assert_no_error (error);
  typed = mc_desk_draft (office->desk, draft, NULL);
  values = json_object_get (json_object_get (typed, "declarations"), "khai-sinh");
  g_assert_cmpstr (mc_json_string (values, "con_ten"), ==, "Nguyễn Thị Bé");
  json_object_set_new (values, "con_ten", json_string ("Nguyễn Thị Bé Hai"));
  json_object_set_new (typed, "draft", json_string (draft));
  again = mc_desk_receive (office->desk, typed, &error);
  g_assert_no_error (error);
  said = declared_in (office, again->id);
  g_assert_cmpstr (mc_json_string (said, "con_ten"), ==, "Nguyễn Thị Bé Hai");
  g_assert_cmpstr (mc_json_string (said, "me_ten"), ==, "Trần Thị Mẹ");
  g_assert_cmpuint (contested (office, again->id), ==, 0);
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/declared/received-with-it", test_received_with_it);
  g_test_add_func ("/declared/unknown-one", test_unknown_one);
  g_test_add_func ("/declared/two-people", test_two_people);
  g_test_add_func ("/declared/newer-version", test_newer_version);
  g_test_add_func ("/declared/nothing-new", test_nothing_new);
  g_test_add_func ("/declared/large", test_large);
  g_test_add_func ("/declared/known-again", test_known_again);
  g_test_add_func ("/declared/people-known", test_people_known);
  g_test_add_func ("/declared/reopened", test_reopened);
  return g_test_run ();
}
