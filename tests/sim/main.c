/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The simulator: desks, province, line, disks and time of a whole run in one process, all of one
 * seed.
 */
#include "mc-sim-shrink.h"

#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char *seeds;
static char *mix;
static int trace_seed = -1;
static int length = 117;
static gboolean twice;
static gboolean counts;
static gboolean keep_going;
static gboolean first_only;
static char *found;
static volatile guint64 seed_now;

static gboolean encrypted;

static const GOptionEntry options[] = {
  { "seeds", 0, 0, G_OPTION_ARG_STRING, &seeds, "Runs these seeds", "A-B" },
  { "trace", 0, 0, G_OPTION_ARG_INT, &trace_seed, "Tells what happens in one seed", "SEED" },
  { "events", 0, 0, G_OPTION_ARG_INT, &length, "Events in a run", "N" },
  { "mix", 0, 0, G_OPTION_ARG_STRING, &mix, "plain, net, crash, restore, all", "MIX" },
  { "crypt", 0, 0, G_OPTION_ARG_NONE, &encrypted, "With encrypted profiles", NULL },
  { "twice", 0, 0, G_OPTION_ARG_NONE, &twice, "Runs each seed twice and compares", NULL },
  { "counts",
    0,
    0,
    G_OPTION_ARG_NONE,
    &counts,
    "Prints how often each fault and verdict came",
    NULL },
  { "keep-going",
    0,
    0,
    G_OPTION_ARG_NONE,
    &keep_going,
    "Names every seed that fails, shrinks none",
    NULL },
  { "first",
    0,
    0,
    G_OPTION_ARG_NONE,
    &first_only,
    "Ends at the first seed that fails, shrinks none",
    NULL },
  { "found",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &found,
    "Runs the seeds in a file: MIX EVENTS SEED WORDS",
    "FILE" },
  { NULL },
};

/* Async-signal-safe: the seed is what a crash of the product itself must leave behind. */
static void
on_crash (int number)
{
  char text[] = "seed                      crashed the program\n";
  guint64 n = seed_now;

  for (int i = 24; i > 5 && n > 0; i--, n /= 10)
    text[i] = (char)('0' + n % 10);
  if (write (STDERR_FILENO, text, sizeof text - 1) < 0)
    _exit (3);
  signal (number, SIG_DFL);
  raise (number);
}

static void
tell_failure (guint64 seed, const GArray *events)
{
  g_autoptr (GArray) few = mc_sim_shrink (seed, events);
  McSimCount count;
  McSimResult result;

  mc_sim_count_init (&count);
  result = mc_sim_run (seed, few, &count, TRUE);
  g_print ("seed %" G_GUINT64_FORMAT ", shrunk to %u events:\n%s", seed, few->len, result.trace);
  mc_sim_result_clear (&result);
  mc_sim_count_clear (&count);
}

/* Whether all was well. */
static gboolean
run_seed (guint64 seed, McSimCount *count)
{
  g_autoptr (GArray) events = mc_sim_schedule (seed, mix, (guint)length);
  McSimResult result;
  guint64 digest;
  gboolean well;

  seed_now = seed;
  result = mc_sim_run (seed, events, count, trace_seed >= 0);
  digest = result.digest;
  well = result.problems->len == 0;
  if (result.trace != NULL)
    g_print ("%s", result.trace);
  if (!well)
    g_print ("seed %" G_GUINT64_FORMAT ": %s\n", seed, (char *)result.problems->pdata[0]);
  mc_sim_result_clear (&result);
  if (!well && !keep_going && !first_only && trace_seed < 0)
    tell_failure (seed, events);
  if (twice)
    {
      McSimCount other;

      mc_sim_count_init (&other);
      result = mc_sim_run (seed, events, &other, trace_seed >= 0);
      mc_sim_count_clear (&other);
      if (result.trace != NULL)
        g_print ("--- again\n%s", result.trace);
      if (result.digest != digest)
        g_print ("seed %" G_GUINT64_FORMAT ": two runs differ\n", seed);
      well = well && result.digest == digest;
      mc_sim_result_clear (&result);
    }
  if (trace_seed >= 0)
    g_print ("digest %016" G_GINT64_MODIFIER "x\n", digest);
  return well;
}

static double
processor_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 +
         (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6;
}

/* Seeds that once found something, each with the schedule that it had. */
static guint64
run_found (McSimCount *count)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint64 failed = 0;

  if (!g_file_get_contents (found, &text, NULL, NULL))
    return 1;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);

      if (g_strv_length (words) < 3 || *lines[i] == '#')
        continue;
      g_free (mix);
      mix = g_strdup (words[0]);
      length = (int)g_ascii_strtoll (words[1], NULL, 10);
      failed += run_seed (g_ascii_strtoull (words[2], NULL, 10), count) ? 0 : 1;
    }
  g_print ("seeds of %s: %" G_GUINT64_FORMAT " failed\n", found, failed);
  return failed;
}

static guint64
run_range (guint64 from, guint64 to, McSimCount *count)
{
  guint64 failed = 0;

  for (guint64 seed = from; seed <= to && (failed == 0 || keep_going); seed++)
    failed += run_seed (seed, count) ? 0 : 1;
  if (counts)
    mc_sim_count_print (count);
  g_print ("seeds %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT
           " failed, %.4f s of processor time each\n",
           from,
           to,
           failed,
           processor_seconds () / (double)(to - from + 1));
  return failed;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  guint64 from = 1, to = 100, failed = 0;
  McSimCount count;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) ||
      (seeds != NULL &&
       sscanf (seeds, "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, &from, &to) != 2))
    {
      g_printerr ("%s\n", error ? error->message : "--seeds A-B");
      return 2;
    }
  if (encrypted)
    mc_sim_base_encrypt ();
  if (trace_seed >= 0)
    from = to = (guint64)trace_seed;
  signal (SIGSEGV, on_crash);
  signal (SIGABRT, on_crash);
  mc_sim_count_init (&count);
  failed = found != NULL ? run_found (&count) : run_range (from, to, &count);
  mc_sim_count_clear (&count);
  mc_sim_base_remove ();
  return failed > 0 ? 1 : 0;
}
