/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-command.h"

#include <stdarg.h>
#include <stdio.h>

/* Every verb, with what follows it. */
static const struct
{
  const char *verb;
  const char *noun; /* the second word, or NULL */
  McCommandRun run; /* NULL: init, which opens nothing */
  const char *usage;
} commands[] = {
  { "init", NULL, NULL, "" },
  { "office", "add", _mc_command_office_add, "--code CODE --name NAME [--practice]" },
  { "staff", "add", _mc_command_staff_add, "--office CODE --login LOGIN --name NAME --role ROLE" },
  { "staff",
    "set",
    _mc_command_staff_set,
    "--office CODE --login LOGIN [--name NAME] [--role ROLE] [--active yes|no] [--receives "
    "CODES]" },
  { "staff", "code", _mc_command_staff_code, "--office CODE --login LOGIN" },
  { "invite", NULL, _mc_command_invite, "--office CODE [--public]" },
  { "seed", NULL, _mc_command_seed, "--office CODE FILE" },
  { "catalogue", "import", _mc_command_import, "FILE | --portal FILE [--replace]" },
  { "device", "list", _mc_command_device_list, "" },
  { "device", "suspend", _mc_command_device_suspend, "--device ID" },
  { "device", "resume", _mc_command_device_resume, "--device ID" },
  { "device", "public", _mc_command_device_public, "--device ID" },
  { "device", "private", _mc_command_device_private, "--device ID" },
  { "scans",
    NULL,
    _mc_command_scans,
    "[--half-max GIB] [--desk-max GIB] [--total-max GIB] [--days DAYS]" },
  { "serve", NULL, _mc_command_serve, "[--listen HOST:PORT]" },
  { "check", NULL, _mc_command_check, "" },
};

static void
print_usage (void)
{
  g_printerr ("Usage: each with --data DIR\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_printerr ("  motcua-server %s%s%s %s\n",
                commands[i].verb,
                commands[i].noun != NULL ? " " : "",
                commands[i].noun != NULL ? commands[i].noun : "",
                commands[i].usage);
  g_printerr ("Roles: clerk, officer, leader, agent, helper, admin\n");
}

int
_mc_usage (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list values;

  va_start (values, format);
  message = g_strdup_vprintf (format, values);
  va_end (values);
  g_printerr ("motcua-server: %s\n", message);
  print_usage ();
  return MC_EXIT_USAGE;
}

int
_mc_fail (const GError *error)
{
  g_printerr ("motcua-server: %s\n", error != NULL ? error->message : "failed");
  return MC_EXIT_REFUSED;
}

static void
options_clear (McOptions *options)
{
  g_free (options->data);
  g_free (options->code);
  g_free (options->name);
  g_free (options->office);
  g_free (options->receives);
  g_free (options->login);
  g_free (options->role);
  g_free (options->active);
  g_free (options->device);
  g_free (options->listen);
  g_free (options->half);
  g_free (options->desk);
  g_free (options->total);
  g_free (options->days);
  g_free (options->portal);
  g_strfreev (options->rest);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McOptions, options_clear)

static gboolean
read_options (int *argc, char ***argv, McOptions *options, GError **error)
{
  /* As file names: a name in Vietnamese has to come through in any locale. */
  GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data, "Folder of the province", "DIR" },
    { "code", 0, 0, G_OPTION_ARG_FILENAME, &options->code, "Code of an office", "CODE" },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &options->name, "Name", "NAME" },
    { "office", 0, 0, G_OPTION_ARG_FILENAME, &options->office, "Code of the office", "CODE" },
    { "login", 0, 0, G_OPTION_ARG_FILENAME, &options->login, "Login of a staff member", "LOGIN" },
    { "role", 0, 0, G_OPTION_ARG_FILENAME, &options->role, "Role of a staff member", "ROLE" },
    { "active",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options->active,
      "Whether they may sign in",
      "yes|no" },
    { "receives",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options->receives,
      "Procedures that a postal agent may receive, or all",
      "CODES" },
    { "practice",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options->practice,
      "An office for new staff: nothing of it is sent",
      NULL },
    { "device", 0, 0, G_OPTION_ARG_FILENAME, &options->device, "Id of a device", "ID" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "Where to listen", "HOST:PORT" },
    { "portal", 0, 0, G_OPTION_ARG_FILENAME, &options->portal, "A dump of the portal", "FILE" },
    { "half-max",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options->half,
      "Half-finished scans of one desk, 0 for no limit",
      "GIB" },
    { "desk-max", 0, 0, G_OPTION_ARG_STRING, &options->desk, "Scans of one desk", "GIB" },
    { "total-max", 0, 0, G_OPTION_ARG_STRING, &options->total, "All scans", "GIB" },
    { "days", 0, 0, G_OPTION_ARG_STRING, &options->days, "Until one is dropped", "DAYS" },
    { "replace",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options->replace,
      "Also what did not come from the portal",
      NULL },
    { "public",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options->public,
      "For a desk on which nothing of a resident stays after hand-over",
      NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->rest, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("VERB");

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

/* The command that the words name; @ret_words: how many of them did. -1 where none. */
static int
find_command (char **words, guint *ret_words)
{
  guint count = words != NULL ? g_strv_length (words) : 0;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      *ret_words = commands[i].noun != NULL ? 2 : 1;
      if (count >= *ret_words && g_str_equal (words[0], commands[i].verb) &&
          (commands[i].noun == NULL || g_str_equal (words[1], commands[i].noun)))
        return (int)i;
    }
  return -1;
}

/* Takes the words of the command away, so that what is left is its own. */
static void
drop_words (McOptions *options, guint words)
{
  char **left = g_strdupv (options->rest + words);

  g_strfreev (options->rest);
  options->rest = left;
}

static int
run_init (const McOptions *options)
{
  g_autoptr (GError) error = NULL;

  return mc_province_init (options->data, mc_clock_system (), &error) ? MC_EXIT_DONE
                                                                      : _mc_fail (error);
}

int
mc_command_main (int argc, char **argv)
{
  g_auto (McOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (McProvince) province = NULL;
  guint words = 0;
  int command;

  if (!read_options (&argc, &argv, &options, &error))
    return _mc_usage ("%s", error->message);
  command = find_command (options.rest, &words);
  if (command < 0)
    return _mc_usage ("no such command");
  if (options.data == NULL)
    return _mc_usage ("--data DIR is missing");
  drop_words (&options, words);
  if (options.rest[0] != NULL && commands[command].run != _mc_command_import &&
      commands[command].run != _mc_command_seed)
    return _mc_usage ("what is \"%s\"?", options.rest[0]);
  if (commands[command].run == NULL)
    return run_init (&options);
  province = mc_province_open (options.data, mc_clock_system (), &error);
  return province != NULL ? commands[command].run (province, &options) : _mc_fail (error);
}
