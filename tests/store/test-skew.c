/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-support.h"
#include "mc-sync-store.h"

#include <string.h>

/* A dossier handed over by a colleague whose program is newer than this one, and what the province
 * said of it. */
static char *
handed_over (McTestOffice *office)
{
  char *id;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) body = NULL;
  g_autoptr (json_t) base = NULL;
  g_autoptr (McRuling) ruling = mc_ruling_new ();
  g_autoptr (McOp) op = NULL;
  g_autofree char *line = NULL;
  g_autofree char *said = NULL;
  McVerdict applied = MC_VERDICT_APPLIED;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  body = json_pack ("{s:[s,s]}", "offices", office->office, office->server_device);
  base = json_pack ("{s:[s]}", "offices", dossier->record->creator);
  line = mc_test_other (office, "binh", id, MC_VERB_TRANSFER, body, base);
  op = mc_op_parse (line, -1, NULL);
  g_ptr_array_add (ruling->groups, g_strdup ("offices"));
  g_array_append_val (ruling->verdicts, applied);
  mc_ruling_tell (ruling, op);
  said = mc_ruling_text (ruling);
  mc_test_feed (office, line, said);
  return id;
}

static void
expect_offices (McTestOffice *office, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);
  const char *value = mc_record_value (dossier->record, MC_GROUP_OFFICES);

  g_assert_nonnull (value);
  g_assert_nonnull (strstr (value, office->server_device));
  mc_test_check (office);
}

/* This program cannot read the change: it is kept, shown as one, and its outcome is what the
 * province says, also while the province that said so is read anew. */
static void
test_older_than_the_change (void)
{
  g_autoptr (McTestOffice) office = NULL;
  g_autofree char *id = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autofree char *line = NULL;
  McEvent *event;
  guint known;

  office = mc_test_office ();
  known = office->feed->len;
  id = handed_over (office);
  line = g_strdup (((McFeedEntry *)office->feed->pdata[office->feed->len - 1])->line);
  mc_op_pretend (1);
  mc_test_pull (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  event = dossier->events->pdata[1];
  g_assert_false (event->readable);
  expect_offices (office, id);
  mc_test_restore (office, known);
  expect_offices (office, id);
  {
    g_autofree char *sent = mc_test_waiting_line (office, 1);

    g_assert_cmpstr (sent, ==, line);
  }
  mc_op_pretend (MC_OP_VERSION);
  /* Upgraded meanwhile: what it reads itself now is the same. */
  expect_offices (office, id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/skew/older-than-the-change", test_older_than_the_change);
  return g_test_run ();
}
