/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An office for new staff: nothing that is done in it is ever sent. */
#include "mc-id.h"
#include "mc-practice.h"
#include "mc-support.h"
#include "mc-sync-store.h"

/* The province says of the desk's own office what it is. */
static void
say_office (McTestOffice *office, gint64 n, json_t *body)
{
  g_autoptr (McRecord) record =
      mc_ledger_record (mc_store_db (office->store), office->office, NULL);
  g_autoptr (json_t) owned = body;
  g_autofree char *id = mc_id_new (office->clock->wall_ms);
  g_autoptr (json_t) base = json_object ();
  g_autoptr (McOp) op = NULL;

  json_object_set_new (base, "office", mc_record_base (record, "office", FALSE));
  op = mc_op_sign (&(McOpDraft){ .id = id,
                                 .device = office->server_device,
                                 .n = n,
                                 .at = office->clock->wall_ms * 1000 + n,
                                 .by = office->server_device,
                                 .on = office->office,
                                 .verb = MC_VERB_OFFICE,
                                 .body = owned,
                                 .base = base },
                   &office->province);
  mc_test_feed (office, op->line, "\"applied\"");
  mc_test_pull (office);
}

static guint
to_send (McTestOffice *office)
{
  g_autoptr (GPtrArray) lines = mc_store_outbox (office->store, 100, 1 << 20, NULL, NULL, NULL);

  return lines->len;
}

static void
test_never_sent (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *path = mc_test_pdf (office->folder, "Giay", 1);
  g_autofree char *id = NULL;
  g_autoptr (json_t) document = NULL;
  McBlobJob *job;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  document = mc_desk_import (office->desk, path, NULL);
  g_assert_true (mc_desk_attach (office->desk, id, "to-khai", document, NULL));
  g_assert_false (mc_store_practice (office->store));
  g_assert_cmpuint (to_send (office), ==, 2);
  job = mc_store_blob_to_send (office->store);
  g_assert_nonnull (job);
  mc_blob_job_free (job);

  say_office (office,
              101,
              json_pack ("{s:s,s:s,s:b}", "code", "H05.032.07", "name", "A", "practice", 1));
  g_assert_true (mc_store_practice (office->store));
  g_assert_cmpuint (to_send (office), ==, 0);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
  g_assert_null (mc_store_blob_to_send (office->store));
  /* What was practised does not become real by a later word. */
  say_office (office, 102, json_pack ("{s:s,s:s}", "code", "H05.032.07", "name", "A"));
  g_assert_true (mc_store_practice (office->store));
  g_assert_cmpuint (to_send (office), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/never-sent", test_never_sent);
  return g_test_run ();
}
