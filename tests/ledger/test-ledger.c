/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ledger.h"

#include "mc-error.h"
#include "mc-folder.h"
#include "mc-id.h"
#include <string.h>

#define MS G_GINT64_CONSTANT (1795219200000)

typedef struct
{
  char *folder;
  McDb *db;
  McSecretKey key;
  char *device;
  char *staff;
  char *dossier;
  gint64 n;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("MC_SOURCE_ROOT"), "src", "ledger", "ledger.sql", NULL);
  g_autofree char *schema = NULL;
  g_autoptr (GError) error = NULL;
  McPublicKey public;

  g_file_get_contents (path, &schema, NULL, &error);
  g_assert_no_error (error);
  f->folder = mc_folder_new ();
  f->db = mc_folder_open (f->folder, MC_DB_WRITE);
  mc_db_script (f->db, schema, &error);
  g_assert_no_error (error);
  mc_keys_make (&public, &f->key);
  f->device = mc_id_new (MS);
  f->staff = mc_id_new (MS);
  f->dossier = mc_id_new (MS);
  f->n = 0;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  mc_db_close (f->db);
  mc_folder_remove (f->folder);
  g_free (f->device);
  g_free (f->staff);
  g_free (f->dossier);
}

static McOp *
make (Fixture *f, const char *verb, const char *body, json_t *base)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (body), "'", '"');
  g_autoptr (json_t) body_json = mc_json_parse (quoted, -1, NULL);
  g_autofree char *id = mc_id_new (MS);
  g_autoptr (json_t) own = base;
  McOpDraft draft = {
    .id = id,
    .device = f->device,
    .n = ++f->n,
    .at = MS * 1000 + f->n,
    .by = f->staff,
    .on = f->dossier,
    .verb = verb,
    .body = body_json,
    .base = own,
  };

  return mc_op_sign (&draft, &f->key);
}

static json_t *
base_of (const char *group, const McOp *parent)
{
  return json_pack ("{s:[s]}", group, parent->id);
}

static McOp *
make_contact (Fixture *f, const char *phone, const McOp *parent)
{
  g_autofree char *body = g_strdup_printf ("{'groups':{'contact':{'phone':'%s'}}}", phone);

  return make (f, MC_VERB_SET, body, base_of ("contact", parent));
}

static McOp *
make_receive (Fixture *f)
{
  return make (f,
               MC_VERB_RECEIVE,
               "{'code':'H05.032.07-261121-0421042','applicant':{'name':'Nguyễn Văn "
               "Mẫu'},'contact':{'phone':'0'}}",
               NULL);
}

static char *
take (Fixture *f, const McOp *op, const char *refusal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McRuling) ruling = NULL;

  g_assert_true (mc_db_begin (f->db, NULL));
  ruling = mc_ledger_take (f->db, op, refusal, NULL, MC_JUDGE_PLAIN, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mc_db_commit (f->db, NULL));
  return g_strdelimit (mc_ruling_text (ruling), "\"", '\'');
}

static char *
state (Fixture *f)
{
  return mc_db_text (
      f->db,
      NULL,
      "SELECT coalesce(creator, '') || ' ' || contested || ' ' || state FROM record WHERE id = ?1",
      "s",
      f->dossier);
}

static void
test_take (Fixture *f, gconstpointer data)
{
  g_autoptr (McOp) receive = make_receive (f);
  g_autoptr (McOp) one = make_contact (f, "1", receive);
  g_autoptr (McOp) other = make_contact (f, "2", receive);
  g_autoptr (McRecord) record = NULL;
  g_autoptr (McOp) held = NULL;
  g_auto (GStrv) said = g_new0 (char *, 4);
  g_autofree char *kept = NULL;
  gint64 contested = -1;

  said[0] = take (f, receive, NULL);
  said[1] = take (f, one, NULL);
  said[2] = take (f, other, NULL);
  g_assert_cmpstr (said[0], ==, "'applied'");
  g_assert_cmpstr (said[1], ==, "'applied'");
  g_assert_cmpstr (said[2], ==, "{'contact':'contested'}");
  record = mc_ledger_record (f->db, f->dossier, NULL);
  g_assert_cmpstr (record->creator, ==, receive->id);
  g_assert_cmpstr (mc_record_value (record, "contact"), ==, "{\"phone\":\"1\"}");
  g_assert_cmpuint (mc_record_group (record, "contact")->tips->len, ==, 2);
  g_assert_true (mc_db_int (f->db,
                            NULL,
                            &contested,
                            "SELECT contested FROM record WHERE id = ?1",
                            "s",
                            f->dossier));
  g_assert_cmpint (contested, ==, 1);
  g_assert_true (mc_ledger_has (f->db, other->id));
  g_assert_false (mc_ledger_has (f->db, f->dossier));
  held = mc_ledger_op (f->db, other->id);
  g_assert_cmpstr (held->line, ==, other->line);
  kept = mc_ledger_ruling (f->db, other->id);
  g_assert_cmpstr (kept, ==, "{\"contact\":\"contested\"}");
}

/* Kept and shown, but it changes nothing; who builds on it builds on what it was built on. */
static void
test_refuse (Fixture *f, gconstpointer data)
{
  g_autoptr (McOp) receive = make_receive (f);
  g_autoptr (McOp) refused = make_contact (f, "1", receive);
  g_autoptr (McOp) after = make_contact (f, "2", refused);
  g_autofree char *first = take (f, receive, NULL);
  g_autofree char *before = state (f);
  g_autofree char *said = take (f, refused, "role");
  g_autofree char *unchanged = state (f);
  g_autofree char *next = take (f, after, NULL);
  g_autoptr (GPtrArray) ops = mc_ledger_ops (f->db, f->dossier, NULL);

  g_assert_cmpstr (said, ==, "'refused:role'");
  g_assert_cmpstr (before, ==, unchanged);
  g_assert_cmpstr (next, ==, "'applied'");
  g_assert_cmpuint (ops->len, ==, 3);
}

/* [F15] Once per op id: carried a second time it has no second effect, whatever is asked of it. */
static void
test_once (Fixture *f, gconstpointer data)
{
  g_autoptr (McOp) receive = make_receive (f);
  g_autoptr (McOp) fee =
      make (f, MC_VERB_FEE, "{'taken':8000,'method':'cash'}", base_of ("fee", receive));
  g_autofree char *first = take (f, receive, NULL);
  g_autofree char *said = take (f, fee, NULL);
  g_autofree char *before = state (f);
  g_autofree char *again = take (f, fee, NULL);
  g_autofree char *refused = take (f, fee, "role");
  g_autofree char *received = take (f, receive, NULL);
  g_autofree char *after = state (f);
  gint64 ops = 0;

  g_assert_cmpstr (said, ==, "'applied'");
  g_assert_cmpstr (again, ==, "'applied'");
  g_assert_cmpstr (refused, ==, "'applied'");
  g_assert_cmpstr (received, ==, "'applied'");
  g_assert_cmpstr (before, ==, after);
  g_assert_true (mc_db_int (f->db, NULL, &ops, "SELECT count(*) FROM op", ""));
  g_assert_cmpint (ops, ==, 2);
}

/* [F15] Two ids with one number of one device: both are judged. */
static void
test_one_number_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (McOp) receive = make_receive (f);
  g_autoptr (McOp) one = make_contact (f, "1", receive);
  g_autoptr (McOp) copy = (f->n--, make_contact (f, "2", receive));
  g_autofree char *first = take (f, receive, NULL);
  g_autofree char *second = take (f, one, NULL);
  g_autofree char *third = take (f, copy, NULL);

  g_assert_cmpint (one->n, ==, copy->n);
  g_assert_cmpstr (third, ==, "{'contact':'contested'}");
}

/* A step in the ledger is checked against ops read back from it. */
static void
test_step (Fixture *f, gconstpointer data)
{
  g_autoptr (McOp) receive = make_receive (f);
  g_autoptr (McOp) approve =
      make (f, MC_VERB_STEP, "{'step':'approve'}", base_of ("status", receive));
  g_autoptr (McOp) after = make (f, MC_VERB_STEP, "{'step':'return'}", base_of ("status", approve));
  g_autoptr (McOp) appraise =
      make (f, MC_VERB_STEP, "{'step':'appraise'}", base_of ("status", approve));
  g_auto (GStrv) said = g_new0 (char *, 5);

  said[0] = take (f, receive, NULL);
  said[1] = take (f, approve, NULL);
  said[2] = take (f, after, NULL);
  said[3] = take (f, appraise, NULL);
  g_assert_cmpstr (said[1], ==, "'refused:step'");
  g_assert_cmpstr (said[2], ==, "'refused:after'");
  g_assert_cmpstr (said[3], ==, "'applied'");
}

static void
test_unknown_record (Fixture *f, gconstpointer data)
{
  g_autoptr (McOp) receive = make_receive (f);
  g_autoptr (McOp) contact = make_contact (f, "1", receive);
  g_autofree char *said = take (f, contact, NULL);
  g_autoptr (McRecord) record = mc_ledger_record (f->db, f->dossier, NULL);
  g_autofree char *none = state (f);

  g_assert_cmpstr (said, ==, "'refused:record'");
  g_assert_null (record->creator);
  g_assert_null (none);
}

static void
test_rolled_back (Fixture *f, gconstpointer data)
{
  g_autoptr (McOp) receive = make_receive (f);
  g_autoptr (McRuling) ruling = NULL;
  g_autofree char *none = NULL;

  g_assert_true (mc_db_begin (f->db, NULL));
  ruling = mc_ledger_take (f->db, receive, NULL, NULL, MC_JUDGE_PLAIN, NULL, NULL);
  g_assert_nonnull (ruling);
  mc_db_rollback (f->db);
  none = state (f);
  g_assert_null (none);
  g_assert_false (mc_ledger_has (f->db, receive->id));
}

/* A random history, some of it refused by right; each op names some tips of its time. */
static GPtrArray *
random_history (Fixture *f, guint32 seed, guint length)
{
  static const char *const steps[] = { "appraise", "supplement", "complete", "withdraw" };
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_op_unref);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_ptr_array_add (ops, make_receive (f));
  while (ops->len < length)
    {
      McOp *parent =
          ops->pdata[g_rand_int_range (random, MAX (0, (gint32)ops->len - 6), (gint32)ops->len)];
      McOp *second = ops->pdata[g_rand_int_range (random, 0, (gint32)ops->len)];
      g_autofree char *text = g_strdup_printf ("%d", g_rand_int_range (random, 0, 3));
      g_autofree char *step =
          g_strdup_printf ("{'step':'%s'}",
                           steps[g_rand_int_range (random, 0, G_N_ELEMENTS (steps))]);

      switch (g_rand_int_range (random, 0, 5))
        {
        case 0:
          g_ptr_array_add (ops, make (f, MC_VERB_STEP, step, base_of ("status", parent)));
          break;
        case 1:
          g_ptr_array_add (
              ops,
              make (f, MC_VERB_FEE, "{'taken':8000,'method':'cash'}", base_of ("fee", parent)));
          break;
        case 2:
          g_ptr_array_add (ops,
                           make (f,
                                 MC_VERB_SETTLE,
                                 "{'group':'contact','value':{'phone':'1'}}",
                                 json_pack ("{s:[s,s]}", "contact", parent->id, second->id)));
          break;
        case 3:
          g_ptr_array_add (ops,
                           make (f, MC_VERB_NOTE, "{'text':'x'}", base_of ("note", ops->pdata[0])));
          break;
        default:
          g_ptr_array_add (ops, make_contact (f, text, parent));
        }
    }
  return ops;
}

static McReplay *
replay_of (GPtrArray *ops, GPtrArray *forced)
{
  McReplay *replay = g_new0 (McReplay, ops->len);

  for (guint i = 0; i < ops->len; i++)
    {
      replay[i].op = ops->pdata[i];
      replay[i].forced = forced != NULL ? forced->pdata[i] : NULL;
    }
  return replay;
}

/* What `check` proves: the ops replayed say what the tables say. */
static void
test_replay (Fixture *f, gconstpointer data)
{
  for (guint32 seed = 0; seed < 30; seed++)
    {
      g_autoptr (GPtrArray) ops = NULL;
      g_autoptr (GPtrArray) held = NULL;
      g_autoptr (GPtrArray) forced = g_ptr_array_new_full (0, (GDestroyNotify)mc_ruling_free);
      g_autoptr (GPtrArray) rulings = NULL;
      g_autofree McReplay *replay = NULL;
      g_autoptr (McRecord) made = NULL;
      g_autoptr (McRecord) kept = NULL;
      g_autofree char *made_text = NULL;
      g_autofree char *kept_text = NULL;

      g_free (f->dossier);
      f->dossier = mc_id_new (MS);
      ops = random_history (f, seed, 40);
      for (guint i = 0; i < ops->len; i++)
        {
          g_autofree char *said = take (f, ops->pdata[i], i > 0 && i % 9 == 0 ? "role" : NULL);

          g_ptr_array_add (forced,
                           g_str_equal (said, "'refused:role'") ? mc_ruling_refuse ("role") : NULL);
        }
      held = mc_ledger_ops (f->db, f->dossier, NULL);
      g_assert_cmpuint (held->len, ==, ops->len);
      replay = replay_of (held, forced);
      made = mc_ledger_replay (f->dossier, replay, held->len, &rulings);
      kept = mc_ledger_record (f->db, f->dossier, NULL);
      made_text = mc_record_dump (made);
      kept_text = mc_record_dump (kept);
      g_assert_cmpstr (made_text, ==, kept_text);
      g_assert_cmpstr (made->creator, ==, kept->creator);
      for (guint i = 0; i < held->len; i++)
        {
          g_autofree char *text = mc_ruling_text (rulings->pdata[i]);
          g_autofree char *shown = mc_ledger_ruling (f->db, ((McOp *)held->pdata[i])->id);

          g_assert_cmpstr (text, ==, shown);
        }
    }
}

/* [F18] A replica that is told every ruling comes to the same state and repeats the same words. */
static void
test_follow (Fixture *f, gconstpointer data)
{
  for (guint32 seed = 100; seed < 115; seed++)
    {
      g_autoptr (GPtrArray) ops = random_history (f, seed, 40);
      g_autoptr (GPtrArray) rulings = NULL;
      g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_ruling_free);
      g_autoptr (GPtrArray) repeated = NULL;
      g_autofree McReplay *free_replay = replay_of (ops, NULL);
      g_autoptr (McRecord) server = mc_ledger_replay (f->dossier, free_replay, ops->len, &rulings);
      g_autofree McReplay *told = NULL;
      g_autoptr (McRecord) desk = NULL;
      g_autofree char *server_text = mc_record_dump (server);
      g_autofree char *desk_text = NULL;

      for (guint i = 0; i < rulings->len; i++)
        {
          g_autofree char *text = mc_ruling_text (rulings->pdata[i]);

          g_ptr_array_add (said, mc_ruling_parse (text, NULL));
        }
      told = replay_of (ops, said);
      desk = mc_ledger_replay (f->dossier, told, ops->len, &repeated);
      desk_text = mc_record_dump (desk);
      g_assert_cmpstr (server_text, ==, desk_text);
      for (guint i = 0; i < rulings->len; i++)
        g_assert_true (mc_ruling_equal (rulings->pdata[i], repeated->pdata[i]));
    }
}

/* The province's order is another than the desk's: the record is judged anew, rulings and all. */
static void
test_rebuild (Fixture *f, gconstpointer data)
{
  g_autoptr (McOp) receive = make_receive (f);
  g_autoptr (McOp) mine = make_contact (f, "1", receive);
  g_autoptr (McOp) theirs = make_contact (f, "2", receive);
  g_autoptr (McRuling) applied = mc_ruling_parse ("\"applied\"", NULL);
  McReplay replay[3] = { { receive, applied, 0 }, { theirs, applied, 0 }, { mine, NULL, 0 } };
  g_autofree char *received = take (f, receive, NULL);
  g_autofree char *before = take (f, mine, NULL);
  g_autoptr (McRecord) record = NULL;
  g_autoptr (McRecord) kept = NULL;
  g_autofree char *made_text = NULL;
  g_autofree char *kept_text = NULL;
  g_autofree char *my_ruling = NULL;
  g_autofree char *their_ruling = NULL;

  g_assert_cmpstr (before, ==, "'applied'");
  g_assert_true (mc_db_begin (f->db, NULL));
  record = mc_ledger_rebuild (f->db, f->dossier, replay, G_N_ELEMENTS (replay), NULL);
  g_assert_true (mc_db_commit (f->db, NULL));
  kept = mc_ledger_record (f->db, f->dossier, NULL);
  made_text = mc_record_dump (record);
  kept_text = mc_record_dump (kept);
  g_assert_cmpstr (made_text, ==, kept_text);
  g_assert_cmpstr (mc_record_value (kept, "contact"), ==, "{\"phone\":\"2\"}");
  my_ruling = mc_ledger_ruling (f->db, mine->id);
  their_ruling = mc_ledger_ruling (f->db, theirs->id);
  g_assert_cmpstr (my_ruling, ==, "{\"contact\":\"contested\"}");
  g_assert_cmpstr (their_ruling, ==, "\"applied\"");
}

static void
test_dump (Fixture *f, gconstpointer data)
{
  g_autoptr (McRecord) record = mc_record_new (f->dossier);
  g_autoptr (McRecord) loaded = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *again = NULL;
  g_autoptr (json_t) hard = json_pack ("{s:s}", "phone", "a\tb\nc\"d\\ ễ");
  g_autofree char *value = mc_json_text (hard);

  mc_record_put_tip (record, "fee", "b", "{\"taken\":1}", TRUE);
  mc_record_put_tip (record, "contact", "a", value, FALSE);
  mc_record_put_tip (record, "contact", "c", "null", FALSE);
  dump = mc_record_dump (record);
  loaded = mc_record_load (f->dossier, "a", dump);
  again = mc_record_dump (loaded);
  g_assert_cmpstr (dump, ==, again);
  g_assert_true (g_str_has_prefix (dump, "contact\ta\t0\t"));
  g_assert_cmpstr (mc_record_value (loaded, "contact"), ==, value);
  g_assert_true (((McTip *)mc_record_group (loaded, "fee")->tips->pdata[0])->act);
  g_assert_cmpstr (loaded->creator, ==, "a");
}

/* A line that somebody damaged on the disk is an error, not a shorter history. */
static void
test_damaged_line (Fixture *f, gconstpointer data)
{
  g_autoptr (McOp) receive = make_receive (f);
  g_autofree char *said = take (f, receive, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ops = NULL;

  g_assert_true (mc_db_run (f->db, NULL, "UPDATE op SET line = substr(line, 1, 200)", ""));
  ops = mc_ledger_ops (f->db, f->dossier, &error);
  g_assert_null (ops);
  g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
}

#define TEST(name, function)                                                                       \
  g_test_add ("/ledger/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  TEST ("take", test_take);
  TEST ("refuse", test_refuse);
  TEST ("[F15]/once", test_once);
  TEST ("[F15]/one-number-twice", test_one_number_twice);
  TEST ("step", test_step);
  TEST ("unknown-record", test_unknown_record);
  TEST ("rolled-back", test_rolled_back);
  TEST ("replay", test_replay);
  TEST ("[F18]/follow", test_follow);
  TEST ("rebuild", test_rebuild);
  TEST ("dump", test_dump);
  TEST ("damaged-line", test_damaged_line);
  return g_test_run ();
}
