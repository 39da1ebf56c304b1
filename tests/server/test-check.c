/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `check` sees whatever was changed behind the province's back. */
#include "test-desk.h"

#include <string.h>

static TestProvince *
busy_province (void)
{
  TestProvince *test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) set = test_desk_set (desk, test->clerk, receive, "0912345678");
  g_autoptr (McOp) refused = test_desk_set (desk, test->leader, set, "0900000000");

  test_push (test, desk, receive, "\"applied\"");
  test_push (test, desk, set, "\"applied\"");
  test_push (test, desk, refused, "\"refused:role\"");
  test_sound (test);
  return test;
}

typedef struct
{
  const char *name;
  const char *sql;
  const char *finding;
} Tampering;

static const Tampering tamperings[] = {
  { "record-state",
    "UPDATE record SET state = replace (state, '0912345678', '0912345679')",
    "differs from what its ops say" },
  { "record-missing",
    "DELETE FROM record WHERE id IN (SELECT record FROM op WHERE verb = 'dossier.set')",
    "is missing" },
  { "record-invented",
    "INSERT INTO record (id, creator, contested, state) VALUES ('x', NULL, 0, '')",
    "record without ops" },
  { "op-line", "UPDATE op SET line = replace (line, '0912345678', '0912345679')", "signature" },
  { "op-column", "UPDATE op SET by = 'x' WHERE verb = 'dossier.set'", "differs from its line" },
  { "op-ruling",
    "UPDATE op SET ruling = '\"applied\"' WHERE ruling LIKE '%refused%'",
    "ruling or receipt is not the op's" },
  { "op-missing",
    "DELETE FROM op WHERE verb = 'dossier.set' AND ruling LIKE '%refused%'",
    "feed entry of no op" },
  { "feed-ruling", "UPDATE feed SET ruling = '\"merged\"' WHERE n = 6", "running hash" },
  { "feed-receipt", "UPDATE feed SET receipt = 'x' WHERE n = 6", "running hash" },
  { "feed-missing", "DELETE FROM feed WHERE n = 6", "is missing" },
  { "feed-untold",
    "DELETE FROM feed WHERE (office, n) IN (SELECT office, max (n) FROM feed GROUP BY office)",
    "does not say what it must" },
  { "feed-untold-admin",
    "DELETE FROM feed WHERE op IN (SELECT id FROM op WHERE verb = 'staff.set')",
    "is 0 times in the feed" },
  { "feed-told-others",
    "INSERT INTO feed SELECT (SELECT id FROM office WHERE name = 'Xã Bên Cạnh'), n + 1000, kind,"
    " op, ruling, receipt, hash FROM feed WHERE op IN (SELECT id FROM op WHERE verb ="
    " 'dossier.set')",
    "was told of it and must not be" },
  { "feed-gone-invented",
    "INSERT INTO feed SELECT office, max (n) + 1, 'gone', (SELECT record FROM op WHERE verb ="
    " 'dossier.set' LIMIT 1), '', '', 'x' FROM feed GROUP BY office",
    "does not say what it must" },
  { "sight-taken", "DELETE FROM sight", "does not see" },
  { "sight-closed", "UPDATE sight SET open = 1 - open", "whether it is open" },
  { "sight-invented", "INSERT INTO sight (record, office) VALUES ('x', 'y')", "nobody made" },
  { "sight-of-others",
    "INSERT INTO sight (record, office) SELECT record, 'x' FROM op WHERE verb = 'dossier.receive'",
    "sees it and must not" },
  { "taken-otherwise",
    "UPDATE op SET ruling = '\"applied\"' WHERE ruling LIKE '%refused%'",
    "was refused and is not" },
  { "taken-invented", "INSERT INTO taken (op, flags, refused) VALUES ('x', 1, 0)", "not held" },
  { "taken-alone",
    "INSERT INTO taken (op, flags, refused) SELECT id, 1, 0 FROM op WHERE verb = 'dossier.set'"
    " AND ruling NOT LIKE '%refused%'",
    "gets another ruling" },
  { "orphan-judged",
    "INSERT INTO orphan (id, record, carrier, came, line) SELECT id, record, 'x', 1, line"
    " FROM op WHERE verb = 'dossier.set'",
    "was judged already" },
  { "orphan-forged",
    "INSERT INTO orphan (id, record, carrier, came, line) VALUES ('x', 'y', 'z', 1, 'w')",
    "not a genuine one" },
  { "orphan-parent", "INSERT INTO orphan_parent (orphan, parent) VALUES ('x', 'y')", "none" },
  { "matter-invented",
    "INSERT INTO matter (record, person, procedure, at) SELECT record, 'x', '1.001193', 1 FROM op"
    " WHERE verb = 'dossier.receive'",
    "not the one received" },
  { "staff-invented",
    "INSERT INTO staff (id, office, login, name, role, active) VALUES ('x', 'y', 'l', 'n', "
    "'admin', 1)",
    "staff without a record" },
  { "staff-raised", "UPDATE staff SET role = 'leader'", "differs from its record" },
  { "office-renamed", "UPDATE office SET name = 'x'", "differs from its record" },
  { "scan-lost",
    "INSERT INTO blob (sha256, size, received, complete) VALUES "
    "('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 3, 3, 1)",
    "its file is missing" },
};

static void
test_tampered (gconstpointer data)
{
  const Tampering *tampering = data;
  g_autoptr (TestProvince) test = busy_province ();
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  test_run (test, tampering->sql);
  g_assert_true (mc_province_check (test->province, findings, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      g_test_message ("%s", (const char *)findings->pdata[i]);
      found = found || strstr (findings->pdata[i], tampering->finding) != NULL;
    }
  g_assert_true (found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      g_autofree char *path = g_strconcat ("/server/check/", tamperings[i].name, NULL);

      g_test_add_data_func (path, &tamperings[i], test_tampered);
    }
  return g_test_run ();
}
