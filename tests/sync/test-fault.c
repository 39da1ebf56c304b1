/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kill -9, a torn write and a full disk at every single write, sync and truncate of sending, of
 * taking a page (with a rebase), of going back on a restored province, and of an upgrade. After it
 * the profile is as before or as after, never between; and what was asked can be asked again.
 */
#include "mc-contact.h"
#include "mc-fault-upgrade.h"
#include "mc-fixture.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <string.h>

/* One piece of work on a desk: what the province answers, and what must be so before and after. */
typedef struct
{
  McTestOffice *office;
  McSyncAnswer *answer;
  guint sent; /* lines that the request must carry */
  char *before;
  char *after;
} Case;

static void
case_clear (Case *c)
{
  mc_sync_answer_free (c->answer);
  g_free (c->before);
  g_free (c->after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static void
add_rows (GString *text, McDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McQuery) query = mc_db_query (db, &error, sql, "");

  g_assert_no_error (error);
  while (mc_query_next (query, &error))
    g_string_append_printf (text, "%s\n", mc_query_text (query, 0));
  g_assert_no_error (error);
}

/* All that may not be lost or doubled. */
static char *
digest (McStore *store)
{
  GString *text = g_string_new (NULL);
  McDb *db = mc_store_db (store);

  add_rows (text, db, "SELECT 'op ' || seq || line FROM op ORDER BY seq");
  add_rows (text, db, "SELECT 'ruled ' || id || ruling FROM op ORDER BY seq");
  add_rows (text, db, "SELECT 'feed ' || n || coalesce (op, '') || ruling FROM feed ORDER BY n");
  add_rows (text, db, "SELECT 'record ' || id || contested || state FROM record ORDER BY id");
  add_rows (text, db, "SELECT 'dossier ' || id || code || state FROM dossier ORDER BY id");
  add_rows (text,
            db,
            "SELECT key || ' ' || value FROM fact "
            "WHERE key IN ('cursor', 'cursor_hash', 'n', 'stamp') ORDER BY key");
  return g_string_free (text, FALSE);
}

static void
assert_clean (McStore *store)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;

  mc_store_check (store, &faults, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (char *)faults->pdata[i]);
  g_assert_cmpuint (faults->len, ==, 0);
}

static gpointer
run_here (gpointer where, McWork work, gpointer data, GError **error)
{
  return work (where, data, error);
}

/* Asks and takes, as every road does. */
static gboolean
talk (Case *c, McDesk *desk)
{
  g_autoptr (McContact) contact = mc_contact_new (1, run_here, desk);
  McBacklog backlog = mc_contact_backlog (contact);
  McCommand command = mc_engine_next (contact->engine, 0, &backlog);
  g_autoptr (McSyncRequest) request = mc_contact_ask (contact, &command, NULL);
  McReply reply = { 0 };

  return request != NULL && request->lines->len == c->sent &&
         mc_contact_take (contact, c->answer, &c->office->clock->clock, &reply, NULL);
}

static gboolean
work (const char *folder, gpointer data)
{
  Case *c = data;
  g_autoptr (McStore) store =
      mc_store_open (folder, &c->office->clock->clock, c->office->key, NULL);
  g_autoptr (McDesk) desk = store ? mc_desk_new (store) : NULL;

  return desk != NULL && talk (c, desk);
}

static void
look (const char *folder, gboolean said, gpointer data)
{
  Case *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McStore) store =
      mc_store_open (folder, &c->office->clock->clock, c->office->key, &error);
  g_autoptr (McDesk) desk = NULL;
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  desk = mc_desk_new (store);
  found = digest (store);
  if (g_str_equal (found, c->before))
    {
      /* Nothing was taken and nobody was told so: the same can be asked and taken again. */
      g_assert_false (said);
      g_assert_true (talk (c, desk));
      g_clear_pointer (&found, g_free);
      found = digest (store);
    }
  if (c->after == NULL)
    c->after = g_strdup (found);
  g_assert_cmpstr (found, ==, c->after);
  assert_clean (store);
}

static void
run_case (Case *c, McFault fault)
{
  McTestOffice *office = c->office;
  g_autoptr (GError) error = NULL;

  c->before = digest (office->store);
  g_clear_pointer (&office->desk, mc_desk_free);
  g_clear_pointer (&office->store, mc_store_close);
  g_assert_cmpuint (mc_fault_each (office->folder, fault, work, look, c), >, 4);
  g_assert_cmpstr (c->before, !=, c->after);
  office->store = mc_store_open (office->folder, &office->clock->clock, office->key, &error);
  g_assert_no_error (error);
  office->desk = mc_desk_new (office->store);
}

static void
set_phone (McTestOffice *office, const char *dossier, const char *phone)
{
  g_autoptr (json_t) value = json_pack ("{s:s}", "phone", phone);
  g_autoptr (GError) error = NULL;

  mc_desk_set (office->desk, dossier, MC_GROUP_CONTACT, value, &error);
  g_assert_no_error (error);
}

static json_t *
contact_base (McTestOffice *office, const char *dossier)
{
  g_autoptr (McRecord) record = mc_ledger_record (mc_store_db (office->store), dossier, NULL);

  return mc_record_base (record, MC_GROUP_CONTACT, FALSE);
}

/* Another desk's change of the telephone, blind where @base was taken before ours. */
static void
other_phone (McTestOffice *office, const char *dossier, json_t *base, const char *ruling)
{
  g_autoptr (json_t) body = json_pack ("{s:{s:{s:s}}}", "groups", "contact", "phone", "0905222222");
  g_autoptr (json_t) named = json_pack ("{s:o}", "contact", base);
  g_autofree char *line = mc_test_other (office, "an", dossier, MC_VERB_SET, body, named);

  mc_test_feed (office, line, ruling);
}

/* Puts all that waits into the answer, with the word on each. */
static void
answer_waiting (Case *c, const char *ruling)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) lines =
      mc_store_outbox (c->office->store, 500, G_MAXSIZE / 2, NULL, &ids, NULL);

  for (guint i = 0; i < lines->len; i++)
    mc_test_feed (c->office, lines->pdata[i], ruling);
  c->answer = mc_test_page (c->office);
  for (guint i = 0; i < ids->len; i++)
    mc_sync_answer_put (c->answer, ids->pdata[i], ruling, NULL);
  c->sent = lines->len;
}

/* Of what the request carries nothing is in the feed yet: the province waits for @parent. */
static void
answer_later (Case *c, const char *parent)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) lines =
      mc_store_outbox (c->office->store, 500, G_MAXSIZE / 2, NULL, &ids, NULL);
  const char *const missing[] = { parent, NULL };

  c->answer = mc_test_page (c->office);
  for (guint i = 0; i < ids->len; i++)
    mc_sync_answer_put (c->answer, ids->pdata[i], NULL, missing);
  c->sent = lines->len;
}

static void
test_push (gconstpointer fault)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_auto (Case) c = { .office = office };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  mc_test_sign_in (office, "an");
  first = mc_test_receive (office, "Nguyễn Văn Đình");
  second = mc_test_receive (office, "Lê Thị Ánh");
  set_phone (office, first, "0905111111");
  answer_waiting (&c, "\"applied\"");
  g_assert_cmpuint (c.sent, ==, 3);
  run_case (&c, GPOINTER_TO_INT (fault));
  mc_test_pull (office);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
}

/* Two of another desk come in before one of ours that still waits: ours is judged anew. */
static void
test_pull (gconstpointer fault)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_auto (Case) c = { .office = office };
  g_autofree char *dossier = NULL;

  mc_test_sign_in (office, "an");
  dossier = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  other_phone (office, dossier, contact_base (office, dossier), "\"applied\"");
  other_phone (office, dossier, contact_base (office, dossier), "{\"contact\":\"contested\"}");
  set_phone (office, dossier, "0905111111");
  answer_later (&c, dossier);
  g_assert_cmpuint (c.sent, ==, 1);
  run_case (&c, GPOINTER_TO_INT (fault));
  mc_test_pull (office);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 1);
}

static void
test_reset (gconstpointer fault)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_auto (Case) c = { .office = office };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  McCursor point;

  mc_test_sign_in (office, "an");
  first = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  point = mc_store_cursor (office->store);
  second = mc_test_receive (office, "Lê Thị Ánh");
  set_phone (office, first, "0905111111");
  mc_test_accept_all (office);
  c.answer = mc_sync_answer_new ();
  c.answer->time_ms = office->clock->wall_ms;
  c.answer->reset = TRUE;
  c.answer->head = point.n;
  g_array_append_val (c.answer->points, point);
  run_case (&c, GPOINTER_TO_INT (fault));
  /* Gone back, everything is still held, and what the province lacks waits again. */
  mc_store_inbox (office->store, c.answer, NULL);
  g_assert_cmpuint (mc_store_outbox_count (office->store), >=, 2);
  g_assert_nonnull (strstr (c.after, second));
  assert_clean (office->store);
}

/* What an upgrade may not touch. */
static const char *const kept[] = {
  "SELECT seq || line || ruling FROM op ORDER BY seq",
  "SELECT n || coalesce (op, '') || ruling || receipt FROM feed ORDER BY n",
  "SELECT id || code || applicant || state FROM dossier ORDER BY id",
  "SELECT id || coalesce (creator, '') || contested || state FROM record ORDER BY id",
  "SELECT key || value FROM fact WHERE key IN ('cursor', 'device', 'n')",
  NULL,
};

static gboolean
open_old (const char *folder, const McClock *clock, gboolean look)
{
  g_autoptr (McStore) store = mc_store_open (folder, clock, NULL, NULL);

  if (look)
    assert_clean (store);
  return store != NULL;
}

static void
test_upgrade (gconstpointer fault)
{
  McFaultUpgrade upgrade = { "desk.sqlite", kept, open_old };

  /* Each version with a fault of its own: every write of each with every fault takes minutes. */
  if (GPOINTER_TO_INT (fault) == MC_FAULT_KILL)
    mc_fault_upgrade (&upgrade, mc_fixture_desk ("v1"), 1, MC_FIXTURE_MS, MC_FAULT_KILL);
  else
    mc_fault_upgrade (&upgrade,
                      mc_fixture_desk ("v2"),
                      2,
                      MC_FIXTURE_2_MS,
                      GPOINTER_TO_INT (fault));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    McFault fault;
  } faults[] = { { "kill", MC_FAULT_KILL }, { "torn", MC_FAULT_TORN }, { "full", MC_FAULT_FULL } };
  static const struct
  {
    const char *name;
    GTestDataFunc test;
  } works[] = { { "push", test_push },
                { "pull", test_pull },
                { "reset", test_reset },
                { "upgrade", test_upgrade } };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    for (guint j = 0; j < G_N_ELEMENTS (faults); j++)
      {
        g_autofree char *name = g_strdup_printf ("/fault/%s/%s", works[i].name, faults[j].name);

        g_test_add_data_func (name, GINT_TO_POINTER (faults[j].fault), works[i].test);
      }
  return g_test_run ();
}
