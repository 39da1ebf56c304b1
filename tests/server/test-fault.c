/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kill -9, a torn write and a full disk at every single write, sync and truncate of taking a
 * request, and of an upgrade. After it the province has all of the request or nothing of it, and
 * the same request again ends the same.
 */
#include "mc-fault-upgrade.h"
#include "mc-fixture.h"
#include "mc-ledger.h"
#include "mc-province-private.h"
#include "mc-support.h"
#include "test-desk.h"

#include <string.h>

/* The province, and what a desk brings to it. */
typedef struct
{
  TestProvince *test;
  TestDesk *desk;
  McSyncRequest *request;
  char *before;
  char *after;
  char *rulings; /* what the province said of each line */
} Case;

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

static char *
digest (McDb *db)
{
  GString *text = g_string_new (NULL);

  add_rows (text, db, "SELECT seq || line || ruling FROM op ORDER BY seq");
  add_rows (text, db, "SELECT id || contested || state FROM record ORDER BY id");
  add_rows (text, db, "SELECT office || n || op || ruling || hash FROM feed ORDER BY office, n");
  add_rows (text, db, "SELECT record || office FROM sight ORDER BY 1");
  add_rows (text, db, "SELECT id || slot || copied FROM device ORDER BY 1");
  return g_string_free (text, FALSE);
}

static void
assert_clean (McProvince *province)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  mc_province_check (province, findings, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (char *)findings->pdata[i]);
  g_assert_cmpuint (findings->len, ==, 0);
}

static McSyncAnswer *
ask (Case *c, McProvince *province)
{
  g_autoptr (McDevice) device = mc_province_device (province, c->desk->id, NULL);

  return device ? mc_province_sync (province, device, c->request, NULL) : NULL;
}

static gboolean
work (const char *folder, gpointer data)
{
  Case *c = data;
  g_autoptr (McProvince) province = mc_province_open (folder, &c->test->clock, NULL);
  g_autoptr (McSyncAnswer) answer = province ? ask (c, province) : NULL;

  return answer != NULL;
}

/* What is said of the lines pushed: their rulings, or that their entries follow. */
static char *
said_of_all (const Case *c, const McSyncAnswer *answer)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < answer->answers->len; i++)
    {
      const McAnswer *one = answer->answers->pdata[i];

      g_hash_table_insert (told, g_strdup (one->op), g_strdup (one->ruling));
    }
  for (guint i = 0; i < answer->entries->len; i++)
    {
      const McFeedEntry *entry = answer->entries->pdata[i];
      g_autoptr (McOp) op = mc_op_parse (entry->line, -1, NULL);

      g_hash_table_insert (told, g_strdup (op ? op->id : entry->line), g_strdup (entry->ruling));
    }
  for (guint i = 0; i < c->request->lines->len; i++)
    {
      g_autoptr (McOp) op = mc_op_parse (c->request->lines->pdata[i], -1, NULL);
      const char *ruling = g_hash_table_lookup (told, op->id);

      g_assert_nonnull (ruling);
      g_string_append_printf (text, "%s\n", ruling);
    }
  return g_string_free (text, FALSE);
}

static void
look (const char *folder, gboolean said, gpointer data)
{
  Case *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McProvince) province = mc_province_open (folder, &c->test->clock, &error);
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autofree char *found = NULL;
  g_autofree char *again = NULL;
  g_autofree char *rulings = NULL;

  g_assert_no_error (error);
  found = digest (province->db);
  if (g_str_equal (found, c->before))
    g_assert_false (said);
  else if (c->after != NULL)
    g_assert_cmpstr (found, ==, c->after);
  /* The desk heard nothing, or lost it, and sends all of it again. */
  answer = ask (c, province);
  g_assert_nonnull (answer);
  again = digest (province->db);
  rulings = said_of_all (c, answer);
  if (c->after == NULL)
    {
      c->after = g_strdup (again);
      c->rulings = g_strdup (rulings);
    }
  g_assert_cmpstr (again, ==, c->after);
  g_assert_cmpstr (rulings, ==, c->rulings);
  assert_clean (province);
}

/* A reception, two changes that contest each other, one that nobody may make, and a scan. */
static McSyncRequest *
request_of (Case *c)
{
  McSyncRequest *request = mc_sync_request_new ();
  g_autoptr (McOp) receive = test_desk_receive (c->desk, c->test->clerk);
  g_autoptr (McOp) first = test_desk_set (c->desk, c->test->clerk, receive, "0905111111");
  g_autoptr (McOp) second = test_desk_set (c->desk, c->test->clerk, receive, "0905222222");
  g_autoptr (McOp) stranger = test_desk_set (c->desk, c->test->clerk_b, receive, "0905333333");
  g_autofree char *sha256 = g_strnfill (64, 'a');
  g_autoptr (McOp) scan = test_desk_attach (c->desk, c->test->clerk, receive, sha256, 48213);
  const McOp *const ops[] = { receive, first, second, stranger, scan };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    g_ptr_array_add (request->lines, g_strdup (ops[i]->line));
  request->limit = 1000;
  return request;
}

static void
test_take (gconstpointer fault)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  Case c = { .test = test, .desk = desk };
  guint calls;

  c.request = request_of (&c);
  c.before = digest (test->province->db);
  test_province_close (test);
  calls = mc_fault_each (test->data, GPOINTER_TO_INT (fault), work, look, &c);
  g_assert_cmpuint (calls, >, 4);
  g_assert_nonnull (strstr (c.rulings, "contested"));
  g_assert_nonnull (strstr (c.rulings, "refused"));
  g_assert_cmpstr (c.before, !=, c.after);
  mc_sync_request_free (c.request);
  g_free (c.before);
  g_free (c.after);
  g_free (c.rulings);
}

/* What an upgrade may not touch. */
static const char *const kept[] = {
  "SELECT seq || line || ruling FROM op ORDER BY seq",
  "SELECT office || n || op || ruling || receipt || hash FROM feed ORDER BY 1",
  "SELECT id || key || slot || suspended FROM device ORDER BY id",
  "SELECT record || office FROM sight ORDER BY 1",
  NULL,
};

static gboolean
open_old (const char *folder, const McClock *clock, gboolean look)
{
  g_autoptr (McProvince) province = mc_province_open (folder, clock, NULL);

  if (look)
    assert_clean (province);
  return province != NULL;
}

static void
test_upgrade (gconstpointer fault)
{
  McFaultUpgrade upgrade = { "server.sqlite", kept, open_old };

  mc_fault_upgrade (&upgrade,
                    mc_fixture_province ("v1"),
                    1,
                    MC_FIXTURE_MS,
                    GPOINTER_TO_INT (fault));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_data_func ("/fault/take/kill", GINT_TO_POINTER (MC_FAULT_KILL), test_take);
  g_test_add_data_func ("/fault/take/torn", GINT_TO_POINTER (MC_FAULT_TORN), test_take);
  g_test_add_data_func ("/fault/take/full", GINT_TO_POINTER (MC_FAULT_FULL), test_take);
  g_test_add_data_func ("/fault/upgrade/kill", GINT_TO_POINTER (MC_FAULT_KILL), test_upgrade);
  g_test_add_data_func ("/fault/upgrade/torn", GINT_TO_POINTER (MC_FAULT_TORN), test_upgrade);
  g_test_add_data_func ("/fault/upgrade/full", GINT_TO_POINTER (MC_FAULT_FULL), test_upgrade);
  return g_test_run ();
}
