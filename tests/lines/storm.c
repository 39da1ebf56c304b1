/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * storm DESKS CHANGES SCANS
 *
 * The day after an outage: so many real desks, three to an office, each with so many changes and
 * scans of 20 to 60 KB, come back to one motcua-server at once. Each is a thread with its own
 * profile, engine and road, as a window has them. Says "port N"; a line of stdin then says where
 * the desks find it: a URL, in which {office} is each office's number, and after a space the file
 * of its CA; or "-". Prints one object of JSON.
 */
#include "mc-cycle.h"
#include "mc-sync-store.h"
#include "test-http.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define OFFICE_DESKS 3
#define OFFICES 250 /* that have an address of their own */
#define PREPARING 4
#define SCAN_LEAST (20 * 1000)
#define SCAN_MOST (60 * 1000)
#define GIVES_WAY 15
#define LOOK_US (50 * 1000)
#define GIVE_UP_US (20 * 60 * G_USEC_PER_SEC)

typedef struct
{
  TestServer *server;
  GMutex province; /* this process's handle of it */
  GPtrArray *offices, *clerks;
  guint changes, scans;
  char *url;
  char *prober; /* storm-probe, beside this program */
  GMutex start;
  gint64 began;
  gint64 ops_before;
  gint sending;                    /* atomic: desks that have not sent everything yet */
  gint busy, failed, slow, denied; /* atomic: how often it was said */
} Storm;

typedef struct
{
  Storm *storm;
  guint n;
  char *folder;
  McStore *store;
  McDesk *desk;
  McEnrolment enrolment;
  McSecretKey key;
  GThread *thread;
  gint64 sent; /* µs: all its changes and scans are there; -1: not yet */
  gint64 took; /* µs: the others' are here, too; -1: it did not come to an end */
} Side;

static void
must (gboolean ok, const GError *error, const char *what)
{
  if (ok && error == NULL)
    return;
  g_printerr ("storm: %s: %s\n", what, error != NULL ? error->message : "failed");
  exit (1);
}

static gpointer
run_here (gpointer where, McWork work, gpointer data, GError **error)
{
  return work (where, data, error);
}

static void
count (Storm *storm, McOutcome outcome)
{
  if (outcome == MC_OUTCOME_BUSY)
    g_atomic_int_inc (&storm->busy);
  else if (outcome == MC_OUTCOME_FAILED)
    g_atomic_int_inc (&storm->failed);
  else if (outcome == MC_OUTCOME_SLOW)
    g_atomic_int_inc (&storm->slow);
  else if (outcome == MC_OUTCOME_DENIED)
    g_atomic_int_inc (&storm->denied);
}

static gboolean
nothing_left (const McBacklog *backlog)
{
  return backlog->ops == 0 && !backlog->blob_out && !backlog->blob_in && backlog->blob_later_s == 0;
}

static void
note_sent (Side *side)
{
  guint scans = 0;
  guint64 bytes = 0;

  mc_store_blobs_waiting (side->store, &scans, &bytes);
  if (side->sent < 0 && scans == 0 && mc_store_outbox_count (side->store) == 0)
    {
      side->sent = g_get_monotonic_time () - side->storm->began;
      g_atomic_int_add (&side->storm->sending, -1);
    }
}

/* Until nothing is left. Returns: whether it came to that. */
static gboolean
drive (Side *side)
{
  const McClock *clock = mc_store_clock (side->store);
  g_autoptr (McCycle) cycle = mc_cycle_new (&side->enrolment, &side->key, run_here, side->desk);
  gint64 until = g_get_monotonic_time () + GIVE_UP_US;

  while (g_get_monotonic_time () < until)
    {
      McBacklog backlog = mc_contact_backlog (cycle->contact);
      McCommand command = mc_engine_next (cycle->contact->engine, mc_clock_mono (clock), &backlog);
      McOutcome outcome;

      if (command.kind == MC_COMMAND_WAIT)
        {
          g_usleep ((gulong)MAX (0, command.until_ms - mc_clock_mono (clock)) * 1000);
          continue;
        }
      /* What was put off is waited for as the window's thread waits. */
      command.wait_s = backlog.blob_later_s > 0 ? command.wait_s : 0;
      outcome = mc_cycle_carry_out (cycle, &command, clock, NULL, NULL);
      count (side->storm, outcome);
      note_sent (side);
      backlog = mc_contact_backlog (cycle->contact);
      if (command.kind == MC_COMMAND_SYNC && outcome == MC_OUTCOME_DONE && nothing_left (&backlog))
        return TRUE;
    }
  return FALSE;
}

static void
enrol (Side *side)
{
  Storm *storm = side->storm;
  McProvince *province = storm->server->test->province;
  const char *office = storm->offices->pdata[side->n / OFFICE_DESKS];
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  McAdmission *admission;
  McPublicKey ours;

  mc_keys_make (&ours, &side->key);
  g_mutex_lock (&storm->province);
  code = mc_province_invite (province, office, &error);
  must (code != NULL, error, "invite");
  admission = mc_province_enrol (province, code, &ours, &error);
  g_mutex_unlock (&storm->province);
  must (admission != NULL, error, "enrol");
  side->enrolment = (McEnrolment){
    .device = g_strdup (admission->device->id),
    .office = g_strdup (admission->device->office),
    .office_code = g_strdup (admission->office_code),
    .office_name = g_strdup (admission->office_name),
    .slot = g_strdup (admission->device->slot),
    .server = g_strdup (storm->server->url),
    .certificate = g_strdup (admission->certificate),
    .province_key = mc_base64_encode (mc_province_key (province)->bytes, MC_KEY_PUBLIC_BYTES),
  };
  mc_admission_free (admission);
  must (mc_store_set_enrolment (side->store, &side->enrolment, &side->key, &error),
        error,
        "enrolment");
}

/* One page and a picture of random bytes. Returns: (transfer full): its path */
static char *
write_pdf (Side *side)
{
  static const char head[] = "%PDF-1.4\n"
                             "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
                             "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
                             "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
                             ">>\nendobj\n";
  char *path = g_build_filename (side->folder, "scan.pdf", NULL);
  gsize length = (gsize)g_random_int_range (SCAN_LEAST, SCAN_MOST);
  g_autoptr (GString) text = g_string_new (head);
  gsize picture = text->len, table;
  g_autoptr (GError) error = NULL;

  g_string_append_printf (text, "4 0 obj\n<< /Length %" G_GSIZE_FORMAT " >>\nstream\n", length);
  while (length-- > 0)
    g_string_append_c (text, (char)g_random_int ());
  g_string_append (text, "\nendstream\nendobj\n");
  table = text->len;
  g_string_append (text, "xref\n0 5\n0000000000 65535 f \n");
  for (guint n = 1; n <= 3; n++)
    {
      g_autofree char *mark = g_strdup_printf ("%u 0 obj", n);

      g_string_append_printf (text, "%010d 00000 n \n", (int)(strstr (head, mark) - head));
    }
  g_string_append_printf (text, "%010" G_GSIZE_FORMAT " 00000 n \n", picture);
  g_string_append_printf (text,
                          "trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%" G_GSIZE_FORMAT
                          "\n%%%%EOF\n",
                          table);
  must (g_file_set_contents (path, text->str, (gssize)text->len, &error), error, path);
  return path;
}

static void
scan (Side *side, const char *dossier)
{
  g_autofree char *path = write_pdf (side);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) document = mc_desk_import (side->desk, path, &error);

  must (document != NULL && mc_desk_attach (side->desk, dossier, "to-khai", document, &error),
        error,
        "attach");
}

/* A dossier is two changes, with a scan three. */
static void
work (Side *side)
{
  guint scans = side->storm->scans, left = side->storm->changes;

  for (guint n = 0; left > 0; n++)
    {
      g_autofree char *name = g_strdup_printf ("Nguyễn Văn %u", n);
      g_autoptr (json_t) reception =
          json_pack ("{s:s,s:{s:s}}", "procedure", TEST_PROCEDURE, "applicant", "name", name);
      g_autoptr (json_t) contact = json_pack ("{s:s}", "phone", "0905123456");
      g_autoptr (GError) error = NULL;
      g_autoptr (McReceived) received = mc_desk_receive (side->desk, reception, &error);

      must (received != NULL, error, "receive");
      left--;
      if (left > 0 && left-- > 0)
        must (mc_desk_set (side->desk, received->id, "contact", contact, &error), error, "set");
      if (n < scans && left > 0 && left-- > 0)
        scan (side, received->id);
    }
}

static void
prepare (gpointer data, gpointer user)
{
  Side *side = data;
  Storm *storm = side->storm;
  g_autoptr (GError) error = NULL;

  /* In memory where there is such a place: 300 desks do not share one disk. */
  side->folder = g_build_filename (g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir (),
                                   "motcua-storm-XXXXXX",
                                   NULL);
  must (g_mkdtemp (side->folder) != NULL, NULL, "folder");
  side->store = mc_store_open_on (side->folder, mc_clock_system (), NULL, "pc", &error);
  must (side->store != NULL, error, "open");
  side->desk = mc_desk_new (side->store);
  enrol (side);
  must (drive (side), NULL, "first sync");
  mc_store_set_fact (side->store, "session", storm->clerks->pdata[side->n / OFFICE_DESKS], &error);
  must (mc_desk_resume (side->desk, &error), error, "sign in");
  work (side);
}

static gpointer
come_back (gpointer data)
{
  Side *side = data;

  /* In truth each has a processor of its own, and takes nothing from the server's or from the
   * others'. Linux takes this for the thread and those that it starts. */
  setpriority (PRIO_PROCESS, 0, GIVES_WAY);
  /* All at once. */
  g_mutex_lock (&side->storm->start);
  g_mutex_unlock (&side->storm->start);
  side->took = drive (side) ? g_get_monotonic_time () - side->storm->began : -1;
  if (side->sent < 0)
    g_atomic_int_add (&side->storm->sending, -1);
  return NULL;
}

static void
add_offices (Storm *storm, guint desks)
{
  for (guint n = 0; n * OFFICE_DESKS < desks; n++)
    {
      g_autofree char *code = g_strdup_printf ("H05.%03u.%02u", n / 90 + 100, n % 90 + 1);
      g_autoptr (GError) error = NULL;
      char *office =
          mc_province_add_office (storm->server->test->province, code, "Xã Thử Nghiệm", &error);

      must (office != NULL, error, "office");
      g_ptr_array_add (storm->offices, office);
      g_ptr_array_add (storm->clerks,
                       test_add_staff (storm->server->test, office, "an", MC_ROLE_CLERK));
    }
}

/* Where the desks of an office find it: each at an address of its own, where there are so many. */
static char *
where_of (Storm *storm, guint office)
{
  g_autofree char *number = g_strdup_printf ("%u", office % OFFICES);
  g_auto (GStrv) parts = g_strsplit (storm->url, "{office}", 2);

  return g_strjoinv (number, parts);
}

/* Where the desks are told to go. */
static void
read_where (Storm *storm)
{
  char line[1024] = "";
  char *space;

  printf ("port %u\n", storm->server->port);
  fflush (stdout);
  must (fgets (line, sizeof line, stdin) != NULL, NULL, "stdin");
  g_strchomp (line);
  if (g_str_equal (line, "-"))
    g_strlcpy (line, storm->server->url, sizeof line);
  space = strchr (line, ' ');
  if (space != NULL)
    {
      *space = '\0';
      g_setenv ("SSL_CERT_FILE", space + 1, TRUE);
    }
  storm->url = g_strdup (line);
}

/* A desk with nothing to do, meanwhile: see storm-probe.c. */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *out;
  GArray *took; /* gint64 µs of those that were answered */
  guint refused;
  guint descriptors;
} Probe;

static void
tell_probe (Probe *probe, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (probe->process),
                             text,
                             strlen (text),
                             NULL,
                             NULL,
                             &error);
  must (TRUE, error, "probe");
}

/* Its lines are open before the others come. */
static void
probe_begin (Storm *storm, Probe *probe)
{
  g_autoptr (TestDesk) desk = test_desk_enrol (storm->server->test, storm->server->test->office_a);
  g_autofree char *key = mc_base64_encode (desk->secret.bytes, sizeof desk->secret.bytes);
  g_autofree char *who = g_strdup_printf ("%s\n%s\n%s\n", desk->id, desk->certificate, key);
  g_autofree char *url = where_of (storm, OFFICES - 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *ready = NULL;

  probe->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                     &error,
                                     storm->prober,
                                     url,
                                     NULL);
  must (probe->process != NULL, error, storm->prober);
  probe->out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (probe->process));
  tell_probe (probe, who);
  ready = g_data_input_stream_read_line (probe->out, NULL, NULL, &error);
  must (ready != NULL, error, "the probe is not answered");
}

/* As long as anybody has something to send. */
static void
probe (Storm *storm, Probe *probe)
{
  g_autofree char *line = NULL;

  tell_probe (probe, "go\n");
  while (g_atomic_int_get (&storm->sending) > 0)
    {
      probe->descriptors = MAX (probe->descriptors, test_server_descriptors (storm->server));
      g_usleep (LOOK_US);
    }
  g_output_stream_close (g_subprocess_get_stdin_pipe (probe->process), NULL, NULL);
  probe->took = g_array_new (FALSE, FALSE, sizeof (gint64));
  while ((line = g_data_input_stream_read_line (probe->out, NULL, NULL, NULL)) != NULL)
    {
      gint64 took = g_ascii_strtoll (line, NULL, 10);

      if (took >= 0)
        g_array_append_val (probe->took, took);
      else
        probe->refused++;
      g_clear_pointer (&line, g_free);
    }
}

static void
probe_clear (Probe *probe)
{
  g_object_unref (probe->out);
  g_object_unref (probe->process);
  g_array_unref (probe->took);
}

static int
by_size (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

static double
part_of (GArray *sorted, double share)
{
  guint at = MIN ((guint)((double)sorted->len * share), sorted->len - 1);

  return (double)g_array_index (sorted, gint64, at) / G_USEC_PER_SEC;
}

static gint64
peak_kb (TestServer *server)
{
  g_autofree char *path =
      g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (server->process));
  g_autofree char *text = NULL;
  const char *line;

  must (g_file_get_contents (path, &text, NULL, NULL), NULL, path);
  line = strstr (text, "VmHWM:");
  return line != NULL ? g_ascii_strtoll (line + 6, NULL, 10) : 0;
}

static void
tell (Storm *storm, Side *sides, guint desks, Probe *found, gint64 before_kb)
{
  g_autoptr (GArray) took = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 all = 0;

  for (guint n = 0; n < desks; n++)
    {
      if (sides[n].sent >= 0)
        g_array_append_val (took, sides[n].sent);
      all = sides[n].took >= 0 && all >= 0 ? MAX (all, sides[n].took) : -1;
    }
  must (took->len > 0 && found->took->len > 0, NULL, "nobody came to an end");
  g_array_sort (took, by_size);
  g_array_sort (found->took, by_size);
  printf ("{\"sent\":%u,\"all\":%.2f,\"first\":%.2f,\"p10\":%.2f,\"p50\":%.2f,\"p90\":%.2f,"
          "\"last\":%.2f,"
          "\"busy\":%d,\"failed\":%d,\"slow\":%d,\"denied\":%d,"
          "\"small_p50\":%.4f,\"small_p99\":%.4f,\"small_max\":%.4f,\"small\":%u,\"refused\":%u,"
          "\"before_kb\":%" G_GINT64_FORMAT ",\"peak_kb\":%" G_GINT64_FORMAT
          ",\"descriptors\":%u,\"ops\":%" G_GINT64_FORMAT ",\"scans\":%" G_GINT64_FORMAT "}\n",
          took->len,
          (double)all / G_USEC_PER_SEC,
          part_of (took, 0),
          part_of (took, 0.1),
          part_of (took, 0.5),
          part_of (took, 0.9),
          part_of (took, 1),
          storm->busy,
          storm->failed,
          storm->slow,
          storm->denied,
          part_of (found->took, 0.5),
          part_of (found->took, 0.99),
          part_of (found->took, 1),
          found->took->len,
          found->refused,
          before_kb,
          peak_kb (storm->server),
          found->descriptors,
          test_number (storm->server->test, "SELECT count(*) FROM op") - storm->ops_before,
          test_number (storm->server->test, "SELECT count(*) FROM blob WHERE received = size"));
}

static void
side_clear (Side *side)
{
  mc_desk_free (side->desk);
  mc_store_close (side->store);
  test_remove_tree (side->folder);
  g_free (side->folder);
  g_free (side->enrolment.device);
  g_free (side->enrolment.office);
  g_free (side->enrolment.office_code);
  g_free (side->enrolment.office_name);
  g_free (side->enrolment.slot);
  g_free (side->enrolment.server);
  g_free (side->enrolment.certificate);
  g_free (side->enrolment.province_key);
}

static void
prepare_all (Storm *storm, Side *sides, guint desks)
{
  GThreadPool *pool = g_thread_pool_new (prepare, NULL, PREPARING, FALSE, NULL);

  add_offices (storm, desks);
  for (guint n = 0; n < desks; n++)
    {
      sides[n] = (Side){ .storm = storm, .n = n };
      g_thread_pool_push (pool, &sides[n], NULL);
    }
  g_thread_pool_free (pool, FALSE, TRUE);
}

/* Each desk has files and connections open. */
static void
allow_many_files (void)
{
  struct rlimit limit;

  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

int
main (int argc, char **argv)
{
  Storm storm = { 0 };
  Probe found = { 0 };
  guint desks = argc == 4 ? (guint)strtoul (argv[1], NULL, 10) : 0;
  g_autofree Side *sides = g_new0 (Side, desks + 1);
  gint64 before_kb;

  if (desks == 0)
    return 2;
  mc_keys_init ();
  storm.changes = (guint)strtoul (argv[2], NULL, 10);
  storm.scans = (guint)strtoul (argv[3], NULL, 10);
  storm.offices = g_ptr_array_new_with_free_func (g_free);
  storm.clerks = g_ptr_array_new_with_free_func (g_free);
  storm.prober = g_strconcat (argv[0], "-probe", NULL);
  storm.server = test_server_new ();
  allow_many_files ();
  prepare_all (&storm, sides, desks);
  read_where (&storm);
  before_kb = peak_kb (storm.server);
  storm.ops_before = test_number (storm.server->test, "SELECT count(*) FROM op");
  probe_begin (&storm, &found);
  storm.sending = (gint)desks;
  g_mutex_lock (&storm.start);
  for (guint n = 0; n < desks; n++)
    {
      g_free (sides[n].enrolment.server);
      sides[n].enrolment.server = where_of (&storm, n / OFFICE_DESKS);
      sides[n].sent = -1;
      sides[n].thread = g_thread_new ("desk", come_back, &sides[n]);
    }
  storm.busy = storm.failed = storm.slow = storm.denied = 0;
  storm.began = g_get_monotonic_time ();
  g_mutex_unlock (&storm.start);
  probe (&storm, &found);
  for (guint n = 0; n < desks; n++)
    g_thread_join (sides[n].thread);
  tell (&storm, sides, desks, &found, before_kb);
  test_sound (storm.server->test);
  for (guint n = 0; n < desks; n++)
    side_clear (&sides[n]);
  probe_clear (&found);
  test_server_free (storm.server);
  g_ptr_array_unref (storm.offices);
  g_ptr_array_unref (storm.clerks);
  g_free (storm.url);
  g_free (storm.prober);
  return 0;
}
