/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-fault-vfs.h"
#include "mc-id.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALLS_MAX 100

static gboolean
may_work (McTestOffice *office)
{
  g_autoptr (json_t) reception =
      json_pack ("{s:s,s:{s:s}}", "procedure", "1.001193", "applicant", "name", "Nguyễn Văn Đình");
  g_autoptr (GError) error = NULL;
  g_autoptr (McReceived) received = mc_desk_receive (office->desk, reception, &error);

  if (received == NULL)
    {
      g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
      g_assert_cmpstr (error->message, ==, "copy");
    }
  return received != NULL;
}

/* The profile, opened as if on @machine. */
static void
open_on (McTestOffice *office, const char *machine)
{
  g_autoptr (GError) error = NULL;

  mc_desk_free (office->desk);
  mc_store_close (office->store);
  office->store =
      mc_store_open_on (office->folder, &office->clock->clock, office->key, machine, &error);
  g_assert_no_error (error);
  office->desk = mc_desk_new (office->store);
  mc_test_sign_in (office, "an");
}

static void
enrol_anew (McTestOffice *office)
{
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (office->store);
  g_autofree char *device = mc_id_new (MC_TEST_MS);
  g_autoptr (McCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  McPublicKey public;
  McSecretKey key;

  mc_keys_make (&public, &key);
  certificate =
      mc_certificate_issue (&office->province, device, office->office, "0977", &public, MC_TEST_MS);
  g_free (enrolment->device);
  g_free (enrolment->slot);
  g_free (enrolment->certificate);
  enrolment->device = g_strdup (device);
  enrolment->slot = g_strdup ("0977");
  enrolment->certificate = g_strdup (certificate->text);
  g_assert_true (mc_store_set_enrolment (office->store, enrolment, &key, &error));
  g_assert_no_error (error);
}

static void
test_another_machine (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *line = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (McRow) row = NULL;
  McFilter filter = { .queue = MC_QUEUE_ALL };
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) read = NULL;

  open_on (office, "one");
  g_assert_false (mc_store_copied (office->store));
  g_assert_true (may_work (office));
  line = mc_test_waiting_line (office, 0);
  open_on (office, "one");
  g_assert_false (mc_store_copied (office->store));
  open_on (office, "two");
  g_assert_true (mc_store_copied (office->store));
  g_assert_false (may_work (office));
  /* It stays so until it is somebody of its own. */
  open_on (office, "one");
  g_assert_false (may_work (office));
  enrol_anew (office);
  g_assert_false (mc_store_copied (office->store));
  g_assert_true (may_work (office));
  /* The old op is what it was, and the new one begins to count anew, under its own slot. */
  kept = mc_test_waiting_line (office, 0);
  g_assert_cmpstr (kept, ==, line);
  rows = mc_store_list (office->store, &filter, NULL);
  read = mc_store_rows (office->store, (const gint64 *)(void *)rows->data, 1, NULL);
  g_assert_nonnull (strstr (((McRow *)read->pdata[0])->code, "0977"));
  mc_test_check (office);
  open_on (office, "one");
  g_assert_false (mc_store_copied (office->store));
  g_assert_true (may_work (office));
}

/* What nothing says is no reason to doubt. */
static void
test_unknown_machine (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();

  open_on (office, "one");
  open_on (office, "");
  g_assert_true (may_work (office));
}

/* The twin of this desk has made an op: it comes in the feed under the own device's name. */
static void
test_meets_its_own (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (office->store);
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", "của bản kia");
  g_autoptr (json_t) base = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (McStaff) by = NULL;
  g_autoptr (McOp) op = NULL;
  g_autofree char *id = NULL;
  g_autofree char *op_id = mc_id_new (MC_TEST_MS);
  McCursor before;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  g_assert_false (mc_store_copied (office->store));
  dossier = mc_store_dossier (office->store, id, NULL);
  by = mc_store_staff_by_login (office->store, "an");
  base = json_pack ("{s:[s]}", "note", dossier->record->creator);
  op = mc_op_sign (&(McOpDraft){ .id = op_id,
                                 .device = enrolment->device,
                                 .n = 2,
                                 .at = MC_TEST_MS * 1000,
                                 .by = by->id,
                                 .on = id,
                                 .verb = MC_VERB_NOTE,
                                 .body = body,
                                 .base = base },
                   &office->device_key);
  before = mc_store_cursor (office->store);
  mc_test_feed (office, op->line, "\"applied\"");
  mc_test_pull (office);
  g_assert_cmpint (mc_store_cursor (office->store).n, ==, before.n + 1);
  g_assert_true (mc_store_copied (office->store));
  g_assert_false (may_work (office));
  enrol_anew (office);
  g_assert_true (may_work (office));
  mc_test_check (office);
}

/* Work of the device that this desk was is still its own to look at. */
static void
test_refused_work_of_before (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *line = NULL;
  g_autoptr (GPtrArray) refused = NULL;

  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Nguyễn Văn Đình"));
  line = mc_test_waiting_line (office, 0);
  enrol_anew (office);
  mc_test_feed (office, line, "\"refused:right\"");
  mc_test_pull (office);
  refused = mc_store_refused (office->store, NULL);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_true (((McWaiting *)refused->pdata[0])->yours);
  mc_test_check (office);
}

static McPublicKey
next_key (McTestOffice *office)
{
  g_autoptr (GError) error = NULL;
  McSecretKey secret;
  McPublicKey public;

  g_assert_true (mc_store_next_key (office->store, &secret, &error));
  g_assert_no_error (error);
  mc_secret_key_public (&secret, &public);
  return public;
}

/* In a child, on the machine "two" whose disk is full at call @at. Exits 3 where it needed fewer.
 */
static void G_GNUC_NORETURN
ask_in_child (McTestOffice *office, guint at)
{
  McStore *store;
  McSecretKey secret;

  mc_fault_vfs (MC_FAULT_FULL, at);
  store = mc_store_open_on (office->folder, &office->clock->clock, office->key, "two", NULL);
  if (store == NULL || !mc_store_next_key (store, &secret, NULL))
    _exit (2);
  _exit (mc_fault_vfs_calls () < at ? 3 : 0);
}

/* A copy that was taken while its original asked to become a new device never asks with the same
 * key, wherever its disk failed: the two would be one device. */
static void
test_key_of_its_own (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  gboolean end = FALSE;

  for (guint at = 1; !end && at < CALLS_MAX; at++)
    {
      McPublicKey original, copy;
      int status = 0;
      pid_t child;

      open_on (office, "one");
      original = next_key (office);
      g_clear_pointer (&office->desk, mc_desk_free);
      g_clear_pointer (&office->store, mc_store_close);
      child = fork ();
      if (child == 0)
        ask_in_child (office, at);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      end = WIFEXITED (status) && WEXITSTATUS (status) == 3;
      open_on (office, "two");
      copy = next_key (office);
      g_assert_true (memcmp (&original, &copy, sizeof copy) != 0);
    }
  g_assert_true (end);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/copy/another-machine", test_another_machine);
  g_test_add_func ("/copy/unknown-machine", test_unknown_machine);
  g_test_add_func ("/copy/meets-its-own", test_meets_its_own);
  g_test_add_func ("/copy/refused-work-of-before", test_refused_work_of_before);
  g_test_add_func ("/copy/key-of-its-own", test_key_of_its_own);
  return g_test_run ();
}
