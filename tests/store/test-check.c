/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-support.h"

#include <glib/gstdio.h>

static guint
faults_after (const char *sql)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_assert_true (mc_db_script (mc_store_db (office->store), sql, &error));
  g_assert_no_error (error);
  g_assert_true (mc_store_check (office->store, &faults, &error));
  g_assert_no_error (error);
  return faults->len;
}

/* Each table that can lie is caught lying. */
static void
test_every_lie (void)
{
  static const char *const lies[] = {
    "UPDATE dossier SET applicant = 'Nguyễn Văn Đinh'",
    "UPDATE dossier SET state = 'approved'",
    "UPDATE dossier SET due = NULL",
    "DELETE FROM dossier",
    "DELETE FROM search_new",
    "UPDATE search_new SET text = 'x'",
    "INSERT INTO dossier_search (rowid, text) SELECT row, text FROM search_new;"
    "UPDATE dossier_search SET text = 'x'; DELETE FROM search_new",
    "UPDATE record SET state = replace (state, '0912', '0913')",
    "UPDATE op SET ruling = '\"refused:role\"' WHERE verb = 'dossier.receive'",
    "UPDATE op SET line = replace (line, '0912', '0913') WHERE verb = 'dossier.receive'",
    "UPDATE staff SET role = 'leader' WHERE login = 'an'",
    "DELETE FROM staff",
    "UPDATE procedure SET json = replace (json, '8000', '9000')",
    "DELETE FROM calendar",
    "UPDATE office SET name = 'Xã Khác'",
    "INSERT INTO blob (sha256, size, here, sent, since) VALUES ('ab', 1, 1, 0, 0)",
    "UPDATE feed SET hash = '0' WHERE n = 2",
    "UPDATE feed SET ruling = '\"refused:x\"' WHERE n = 2",
    "UPDATE feed SET last = 0 WHERE n = 2",
    "DELETE FROM feed WHERE n = 2",
    "DELETE FROM op WHERE id = (SELECT op FROM feed WHERE n = 2)",
    "UPDATE fact SET value = '3' WHERE key = 'cursor'",
    "UPDATE fact SET value = '1000' WHERE key = 'outbox_floor'",
    "UPDATE fact SET value = '0' WHERE key = 'n'",
    "DELETE FROM own_device",
    "INSERT INTO said SELECT op, '', 'r' FROM feed WHERE n = 2",
    "INSERT INTO hidden SELECT id, 1 FROM dossier",
    "INSERT INTO same_code SELECT code FROM dossier",
    "INSERT INTO corrected SELECT id, id, 0 FROM op LIMIT 1",
    "INSERT INTO dossier VALUES (1, 'x', 'x', 'x', '', '', 'x', 'x', 'received', 0, NULL, 0, NULL, "
    "NULL, 0)",
    "UPDATE dossier SET assignee = 'x'",
    "UPDATE dossier SET parent = 'x'",
    "UPDATE dossier SET linked = 1",
  };

  g_assert_cmpuint (faults_after ("SELECT 1"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_test_message ("%s", lies[i]);
      g_assert_cmpuint (faults_after (lies[i]), >, 0);
    }
}

static void
test_lost_scan (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *pdf = mc_test_pdf (office->folder, "Giay", 1);
  g_autofree char *blob = NULL;
  g_autoptr (json_t) document = mc_desk_import (office->desk, pdf, NULL);
  g_autoptr (GPtrArray) faults = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_assert_true (mc_desk_attach (office->desk, id, "to-khai", document, NULL));
  mc_test_check (office);
  blob = mc_store_blob_path (office->store, mc_json_string (document, "sha256"));
  g_unlink (blob);
  g_assert_true (mc_store_check (office->store, &faults, NULL));
  g_assert_cmpuint (faults->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/every-lie", test_every_lie);
  g_test_add_func ("/check/lost-scan", test_lost_scan);
  return g_test_run ();
}
