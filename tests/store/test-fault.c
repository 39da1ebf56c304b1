/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kill -9, a torn write and a full disk at every single write, sync and truncate of a save. After
 * it the dossier is either wholly there with its ops, or what was typed is still among the drafts.
 */
#include "mc-error.h"
#include "mc-fault-vfs.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <sys/wait.h>
#include <unistd.h>

#define CALLS_MAX 400

static json_t *
reception_of (const char *draft)
{
  return mc_json_parse (g_strdup_printf ("{\"procedure\":\"1.001193\",\"applicant\":{\"name\":"
                                         "\"Nguyễn Văn Đình\"},\"parts\":{\"to-khai\":"
                                         "{\"ticked\":true}},\"fee_taken\":{\"amount\":8000,"
                                         "\"method\":\"cash\"},\"draft\":\"%s\"}",
                                         draft),
                        -1,
                        NULL);
}

static void
reopen (McTestOffice *office)
{
  g_autoptr (GError) error = NULL;

  office->store = mc_store_open (office->folder, &office->clock->clock, office->key, &error);
  g_assert_no_error (error);
  office->desk = mc_desk_new (office->store);
}

static void
close_office (McTestOffice *office)
{
  g_clear_pointer (&office->desk, mc_desk_free);
  g_clear_pointer (&office->store, mc_store_close);
}

/* In a child: opens the profile and saves; the fault comes at call @at. Exits 0 saved, 2 said no,
 * or is killed. */
static void G_GNUC_NORETURN
save_in_child (McTestOffice *office, const char *draft, McFault fault, guint at)
{
  McStore *store;
  McDesk *desk;
  json_t *reception = reception_of (draft);
  McReceived *received;

  mc_fault_vfs (fault, at);
  store = mc_store_open (office->folder, &office->clock->clock, office->key, NULL);
  if (store == NULL)
    _exit (2);
  desk = mc_desk_new (store);
  if (!mc_desk_resume (desk, NULL))
    _exit (2);
  received = mc_desk_receive (desk, reception, NULL);
  if (received != NULL && mc_fault_vfs_calls () < at)
    _exit (3); /* the whole save needed fewer calls: the loop is at its end */
  _exit (received != NULL ? 0 : 2);
}

static guint
dossiers (McTestOffice *office)
{
  McFilter all = { .queue = MC_QUEUE_ALL };
  g_autoptr (GArray) rows = mc_store_list (office->store, &all, NULL);

  return rows->len;
}

static gboolean
draft_is_there (McTestOffice *office, const char *draft)
{
  g_autoptr (json_t) back = mc_desk_draft (office->desk, draft, NULL);

  return back != NULL;
}

/* One save with one fault; says whether the loop is at its end. */
static gboolean
one_fault (McTestOffice *office, McFault fault, guint at)
{
  g_autoptr (json_t) typed = json_pack ("{s:{s:s}}", "applicant", "name", "Nguyễn Văn Đình");
  g_autofree char *draft = mc_desk_draft_put (office->desk, NULL, typed, NULL);
  guint before = dossiers (office);
  gboolean saved;
  int status = 0;
  pid_t child;

  close_office (office);
  child = fork ();
  if (child == 0)
    save_in_child (office, draft, fault, at);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  reopen (office);
  g_assert_true (mc_desk_resume (office->desk, NULL));
  saved = dossiers (office) == before + 1;
  g_assert_true (saved || dossiers (office) == before);
  g_assert_true (saved != draft_is_there (office, draft));
  /* "Saved" was only said where it is. */
  if (WIFEXITED (status) && (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == 3))
    g_assert_true (saved);
  mc_desk_draft_drop (office->desk, draft, NULL);
  return WIFEXITED (status) && WEXITSTATUS (status) == 3;
}

static void
test_fault (gconstpointer data)
{
  McFault fault = GPOINTER_TO_INT (data);
  g_autoptr (McTestOffice) office = mc_test_office ();
  gboolean end = FALSE;
  guint at = 1;

  mc_test_sign_in (office, "an");
  for (; !end && at < CALLS_MAX; at++)
    end = one_fault (office, fault, at);
  g_test_message ("%u calls", at - 1);
  g_assert_true (end);
  g_assert_cmpuint (at, >, 4);
  mc_test_check (office);
  mc_test_accept_all (office);
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/fault/kill", GINT_TO_POINTER (MC_FAULT_KILL), test_fault);
  g_test_add_data_func ("/fault/torn", GINT_TO_POINTER (MC_FAULT_TORN), test_fault);
  g_test_add_data_func ("/fault/full", GINT_TO_POINTER (MC_FAULT_FULL), test_fault);
  return g_test_run ();
}
