/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * line-virtual CATALOGUE SCANS TASK SHAPE [WORD…]
 *
 * A real desk and the real province in this process, with a virtual line between them. CATALOGUE:
 * as a province imports it. SCANS: a folder of PDFs. TASK: "nothing", "change", or a number of
 * dossiers that are received with the scans on their parts. SHAPE: of the line, as line-wan takes
 * it. WORDs: "cut=S/S" (breaks every so many seconds, for so many), "portal=S-S" (somebody else's
 * page from then until then), "buffers" (a proxy that hands on whole requests only), "tls" (kept
 * TLS connections, as behind a proxy), "changes=S" (so many seconds after the other a phone number
 * is changed). Prints one object of JSON; times are in seconds.
 */
#include "line-road.h"
#include "mc-cycle.h"
#include "mc-sync-store.h"
#include "test-http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* It has failed: no line of these takes two days. */
#define GIVE_UP (G_GINT64_CONSTANT (48) * 3600 * G_USEC_PER_SEC)

typedef struct
{
  TestServer *server;
  gint64 base_ms;
  LineRoad *road;
  char *folder;
  McStore *store;
  McDesk *desk;
  McCycle *cycle;
  GPtrArray *dossiers; /* ids */
  const char *scans, *task;
  gint64 changes_every, change_at; /* µs; 0: none */
  guint changes;
  GArray *open,
      *waited; /* gint64: when a change was made that is not there yet; how long they took */
  gboolean done;
} Virtual;

static gint64 virtual_now; /* atomic */

gint64 __wrap_g_get_monotonic_time (void);

/* What the desk's code takes for the time. */
gint64
__wrap_g_get_monotonic_time (void)
{
  return __atomic_load_n (&virtual_now, __ATOMIC_SEQ_CST);
}

static void
pass (gint64 now, gpointer data)
{
  Virtual *self = data;

  __atomic_store_n (&virtual_now, now, __ATOMIC_SEQ_CST);
  self->server->test->now_ms = self->base_ms + now / 1000;
}

static void
must (gboolean ok, const GError *error, const char *what)
{
  if (ok && error == NULL)
    return;
  g_printerr ("line-virtual: %s: %s\n", what, error != NULL ? error->message : "failed");
  exit (1);
}

static gpointer
run_here (gpointer where, McWork work, gpointer data, GError **error)
{
  return work (where, data, error);
}

static void
enrol (Virtual *self)
{
  TestProvince *test = self->server->test;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = mc_province_invite (test->province, test->office_a, &error);
  g_autofree char *key =
      mc_base64_encode (mc_province_key (test->province)->bytes, MC_KEY_PUBLIC_BYTES);
  g_autofree char *url = line_road_url (self->road);
  g_autoptr (McAdmission) admission = NULL;
  McEnrolment enrolment = { 0 };
  McPublicKey ours;
  McSecretKey secret;

  mc_keys_make (&ours, &secret);
  admission = mc_province_enrol (test->province, code, &ours, &error);
  must (admission != NULL, error, "enrol");
  enrolment.device = admission->device->id;
  enrolment.office = admission->device->office;
  enrolment.office_code = admission->office_code;
  enrolment.office_name = admission->office_name;
  enrolment.slot = admission->device->slot;
  enrolment.server = url;
  enrolment.certificate = admission->certificate;
  enrolment.province_key = key;
  must (mc_store_set_enrolment (self->store, &enrolment, &secret, &error), error, "enrol");
  self->cycle = mc_cycle_new (&enrolment, &secret, run_here, self->desk);
}

static void
change (Virtual *self, gint64 at)
{
  g_autofree char *phone = g_strdup_printf ("09%08u", ++self->changes);
  g_autoptr (json_t) value = json_pack ("{s:s}", "phone", phone);
  g_autoptr (GError) error = NULL;

  must (mc_desk_set (self->desk, self->dossiers->pdata[0], "contact", value, &error),
        error,
        "change");
  g_array_append_val (self->open, at);
}

static void
make_changes (Virtual *self)
{
  for (; self->changes_every > 0 && self->change_at <= line_road_now (self->road);
       self->change_at += self->changes_every)
    change (self, self->change_at);
}

static void
note_waits (Virtual *self)
{
  LineTold told = line_road_told (self->road);

  for (guint i = 0; i < self->open->len; i++)
    {
      gint64 waited = told.heard_at - g_array_index (self->open, gint64, i);

      g_array_append_val (self->waited, waited);
    }
  g_array_set_size (self->open, 0);
}

static void
rest (Virtual *self, gint64 until)
{
  if (self->changes_every > 0)
    until = MIN (until, self->change_at);
  must (until < GIVE_UP, NULL, "does not arrive");
  line_road_pass (self->road, until);
}

/* As the window's thread does it, until nothing is left. */
static void
drive (Virtual *self)
{
  const McClock *clock = mc_store_clock (self->store);

  for (;;)
    {
      McBacklog backlog;
      McCommand command;
      McOutcome outcome;

      make_changes (self);
      backlog = mc_contact_backlog (self->cycle->contact);
      command = mc_engine_next (self->cycle->contact->engine, mc_clock_mono (clock), &backlog);
      command.wait_s = 0;
      if (command.kind == MC_COMMAND_WAIT)
        {
          rest (self, (command.until_ms - self->base_ms) * 1000);
          continue;
        }
      outcome = mc_cycle_carry_out (self->cycle, &command, clock, NULL, NULL);
      if (command.kind != MC_COMMAND_SYNC || outcome != MC_OUTCOME_DONE)
        continue;
      if (mc_store_outbox_count (self->store) == 0)
        note_waits (self);
      backlog = mc_contact_backlog (self->cycle->contact);
      if (backlog.ops > 0 || backlog.blob_out || backlog.blob_in)
        continue;
      if (backlog.blob_later_s == 0)
        return;
      rest (self, line_road_now (self->road) + backlog.blob_later_s * G_USEC_PER_SEC);
    }
}

static void
receive (Virtual *self, guint count)
{
  for (guint n = 0; n < count; n++)
    {
      g_autofree char *name = g_strdup_printf ("Nguyễn Văn %u", n);
      g_autoptr (json_t) reception =
          json_pack ("{s:s,s:{s:s}}", "procedure", TEST_PROCEDURE, "applicant", "name", name);
      g_autoptr (GError) error = NULL;
      g_autoptr (McReceived) received = mc_desk_receive (self->desk, reception, &error);

      must (received != NULL, error, "receive");
      g_ptr_array_add (self->dossiers, g_strdup (received->id));
    }
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
attach (Virtual *self)
{
  static const char *const parts[] = { "to-khai", "giay-chung-sinh", "giay-to-tuy-than" };
  g_autoptr (GDir) dir = g_dir_open (self->scans, 0, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  must (dir != NULL, NULL, self->scans);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (self->scans, name, NULL));
  g_ptr_array_sort (paths, by_name);
  for (guint n = 0; n < paths->len; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (json_t) document = mc_desk_import (self->desk, paths->pdata[n], &error);
      guint of = self->dossiers->len;

      must (document != NULL && mc_desk_attach (self->desk,
                                                self->dossiers->pdata[n % of],
                                                parts[n / of % G_N_ELEMENTS (parts)],
                                                document,
                                                &error),
            error,
            "attach");
    }
}

static void
prepare (Virtual *self)
{
  TestProvince *test = self->server->test;
  g_autoptr (GError) error = NULL;

  self->store = mc_store_open_on (self->folder, &test->clock, NULL, "pc", &error);
  must (self->store != NULL, error, "open");
  self->desk = mc_desk_new (self->store);
  enrol (self);
  line_road_clear (self->road, TRUE);
  drive (self);
  mc_store_set_fact (self->store, "session", test->clerk, &error);
  must (mc_desk_resume (self->desk, &error), error, "sign in");
  if (g_str_equal (self->task, "change"))
    {
      receive (self, 1);
      drive (self);
      change (self, 0);
      g_array_set_size (self->open, 0);
    }
  else if (!g_str_equal (self->task, "nothing"))
    {
      receive (self, (guint)strtoul (self->task, NULL, 10));
      attach (self);
    }
  line_road_clear (self->road, FALSE);
  /* Another start of the program: nothing is known of the line. */
  mc_contact_free (self->cycle->contact);
  self->cycle->contact = mc_contact_new (1, run_here, self->desk);
}

static int
by_size (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

static gint64
part_of (GArray *sorted, double share)
{
  guint at = (guint)((double)sorted->len * share);

  return sorted->len > 0 ? g_array_index (sorted, gint64, MIN (at, sorted->len - 1)) : 0;
}

static void
tell (Virtual *self)
{
  LineTold told = line_road_told (self->road);
  gint64 p50, longest;

  g_array_sort (self->waited, by_size);
  p50 = part_of (self->waited, 0.5);
  longest = part_of (self->waited, 1);
  printf ("{\"time\":%.3f,\"up\":%" G_GINT64_FORMAT ",\"down\":%" G_GINT64_FORMAT
          ",\"wire_up\":%" G_GINT64_FORMAT ",\"wire_down\":%" G_GINT64_FORMAT
          ",\"requests\":%u,\"scan_up\":%" G_GINT64_FORMAT ",\"again_most\":%" G_GINT64_FORMAT
          ",\"cuts\":%u,\"changes\":%u,\"wait_p50\":%.3f,\"wait_max\":%.3f,\"silence\":%.3f}\n",
          (double)line_road_now (self->road) / G_USEC_PER_SEC,
          told.up,
          told.down,
          line_road_wire (self->road, 0),
          line_road_wire (self->road, 1),
          told.requests,
          told.scan_up,
          told.again_most,
          told.cuts,
          self->waited->len,
          (double)p50 / G_USEC_PER_SEC,
          (double)longest / G_USEC_PER_SEC,
          (double)told.silence / G_USEC_PER_SEC);
}

static gpointer
desk_thread (gpointer data)
{
  Virtual *self = data;

  prepare (self);
  drive (self);
  tell (self);
  g_clear_pointer (&self->cycle, mc_cycle_free);
  g_clear_pointer (&self->desk, mc_desk_free);
  g_clear_pointer (&self->store, mc_store_close);
  self->done = TRUE;
  g_main_context_wakeup (NULL);
  return NULL;
}

static void
read_word (Virtual *self, LineTrouble *trouble, const char *word)
{
  double one = 0, two = 0;

  if (g_str_equal (word, "buffers"))
    trouble->buffers = TRUE;
  else if (g_str_equal (word, "tls"))
    trouble->tls = TRUE;
  else if (sscanf (word, "cut=%lf/%lf", &one, &two) == 2)
    {
      trouble->cut_every = (gint64)(one * G_USEC_PER_SEC);
      trouble->cut_for = (gint64)(two * G_USEC_PER_SEC);
    }
  else if (sscanf (word, "portal=%lf-%lf", &one, &two) == 2)
    {
      trouble->portal_from = (gint64)(one * G_USEC_PER_SEC);
      trouble->portal_to = (gint64)(two * G_USEC_PER_SEC);
    }
  else if (sscanf (word, "changes=%lf", &one) == 1)
    self->changes_every = self->change_at = (gint64)(one * G_USEC_PER_SEC);
  else
    must (FALSE, NULL, word);
}

static void
import (Virtual *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (json_t) catalogue = NULL;
  gsize length = 0;
  guint changed, total;

  must (g_file_get_contents (path, &text, &length, &error), error, path);
  catalogue = mc_json_parse (text, (gssize)length, &error);
  must (catalogue != NULL &&
            mc_province_import (self->server->test->province, catalogue, &changed, &total, &error),
        error,
        path);
}

int
main (int argc, char **argv)
{
  Virtual self = { 0 };
  LineTrouble trouble = { 0 };
  LineShape shape = { 0 };
  GThread *thread;

  if (argc < 5 || !line_shape_read (argv[4], &shape))
    return 2;
  for (int i = 5; i < argc; i++)
    read_word (&self, &trouble, argv[i]);
  mc_keys_init ();
  g_random_set_seed (shape.seed);
  self.scans = argv[2];
  self.task = argv[3];
  self.server = test_server_new_local ();
  self.base_ms = self.server->test->now_ms;
  import (&self, argv[1]);
  self.road = line_road_new (self.server->port, &shape, &trouble, pass, &self);
  self.folder = g_dir_make_tmp ("motcua-line-XXXXXX", NULL);
  self.dossiers = g_ptr_array_new_with_free_func (g_free);
  self.open = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.waited = g_array_new (FALSE, FALSE, sizeof (gint64));
  thread = g_thread_new ("desk", desk_thread, &self);
  while (!self.done)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  line_road_free (self.road);
  test_server_free (self.server);
  test_remove_tree (self.folder);
  g_free (self.folder);
  g_ptr_array_unref (self.dossiers);
  g_array_unref (self.open);
  g_array_unref (self.waited);
  return 0;
}
