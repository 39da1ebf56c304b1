/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ctl.h"

#include "mc-error.h"
#include <stdio.h>
#include <string.h>

static const McVerb verbs[] = {
  { "enrol", "--server URL --code CODE", 4, 4, MC_NEEDS_DOOR, mc_ctl_enrol },
  { "activate",
    "NAME CODE  (a new secret on standard input)",
    2,
    2,
    MC_NEEDS_DOOR,
    mc_ctl_activate },
  { "login",
    "NAME  (secret on standard input; to encrypt an old profile, a new one on a second line)",
    1,
    1,
    MC_NEEDS_DOOR,
    mc_ctl_login },
  { "people", "", 0, 0, MC_NEEDS_DOOR, mc_ctl_people },
  { "receive",
    "FILE.json|-  (one object, an array, or one object a line)",
    1,
    1,
    MC_NEEDS_PERSON,
    mc_ctl_receive },
  { "set", "DOSSIER GROUP JSON", 3, 3, MC_NEEDS_PERSON, mc_ctl_set },
  { "step",
    "DOSSIER[,DOSSIER…] STEP [NOTE] [assignee=NAME] [due=TIME] [calendar=VERSION] [again=WHY]",
    2,
    7,
    MC_NEEDS_PERSON,
    mc_ctl_step },
  { "moved", "", 0, 0, MC_NEEDS_STORE, mc_ctl_moved },
  { "promise", "DOSSIER[,DOSSIER…] calendar|paper NOTE", 3, 3, MC_NEEDS_PERSON, mc_ctl_promise },
  { "attach", "DOSSIER PART FILE.pdf", 3, 3, MC_NEEDS_PERSON, mc_ctl_attach },
  { "fee", "DOSSIER AMOUNT [cash|transfer]", 2, 3, MC_NEEDS_PERSON, mc_ctl_fee },
  { "transfer",
    "DOSSIER OFFICE…  (an id or a code each)",
    2,
    21,
    MC_NEEDS_PERSON,
    mc_ctl_transfer },
  { "sync",
    "[CODE]  (of a restored PC whose old one is suspended)",
    0,
    1,
    MC_NEEDS_STORE,
    mc_ctl_sync },
  { "seed",
    "FILE  (a file of the province; its code on standard input)",
    1,
    1,
    MC_NEEDS_STORE,
    mc_ctl_seed },
  { "drafts", "", 0, 0, MC_NEEDS_READER, mc_ctl_drafts },
  { "list", "[WORDS]", 0, 1, MC_NEEDS_STORE, mc_ctl_list },
  { "show", "DOSSIER", 1, 1, MC_NEEDS_STORE, mc_ctl_show },
  { "conflicts", "", 0, 0, MC_NEEDS_STORE, mc_ctl_conflicts },
  { "settle",
    "CONFLICT ours|theirs|both|same|other|value [JSON]",
    2,
    3,
    MC_NEEDS_PERSON,
    mc_ctl_settle },
  { "waiting", "", 0, 0, MC_NEEDS_STORE, mc_ctl_waiting },
  { "refused", "", 0, 0, MC_NEEDS_STORE, mc_ctl_refused },
  { "resend", "OP [JSON]", 1, 2, MC_NEEDS_PERSON, mc_ctl_resend },
  { "aside", "OP", 1, 1, MC_NEEDS_PERSON, mc_ctl_aside },
  { "notices", "[seen]", 0, 1, MC_NEEDS_STORE, mc_ctl_notices },
  { "handover",
    "[drafts]  (a public desk lets go of what the province has; of drafts too)",
    0,
    1,
    MC_NEEDS_STORE,
    mc_ctl_handover },
  { "removed", "[REPORT.pdf]", 0, 1, MC_NEEDS_STORE, mc_ctl_removed },
  { "export", "FILE", 1, 1, MC_NEEDS_STORE, mc_ctl_export },
  { "carry", "FILE", 1, 1, MC_NEEDS_STORE, mc_ctl_carry },
  { "ops", "", 0, 0, MC_NEEDS_STORE, mc_ctl_ops },
  { "check", "", 0, 0, MC_NEEDS_STORE, mc_ctl_check },
  { "backup", "[[daily] FOLDER]", 0, 2, MC_NEEDS_STORE, mc_ctl_backup },
  { "restore",
    "FOLDER [NAME [CODE]]  (alone: what is there; else the secret, with CODE a new one, on "
    "standard "
    "input)",
    1,
    3,
    MC_NEEDS_DOOR,
    mc_ctl_restore },
  { "scrub", "", 0, 0, MC_NEEDS_STORE, mc_ctl_scrub },
  { "rekey", "[NAME]  (who is shut out)", 0, 1, MC_NEEDS_DOOR, mc_ctl_rekey },
  { "rebuild", "", 0, 0, MC_NEEDS_DOOR, mc_ctl_rebuild },
  { "print", "DOSSIER FORM OUT.pdf", 3, 3, MC_NEEDS_PERSON, mc_ctl_print_form },
  { "register", "YEAR[-MONTH] FIELD|- OUT.pdf|OUT.xlsx", 3, 3, MC_NEEDS_PERSON, mc_ctl_register },
  { "printed", "(the papers of no dossier, who and when)", 0, 0, MC_NEEDS_STORE, mc_ctl_printed },
};

static int
usage (void)
{
  fputs ("motcuactl --profile DIR [--json] VERB …\n\n", stderr);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    fprintf (stderr, "  %-10s %s\n", verbs[i].name, verbs[i].arguments);
  fputs ("\nDOSSIER is an id or a code. Once somebody has a secret of their own here, MC_SECRET "
         "has it and "
         "MC_LOGIN says\nwhose it is (else who opened the profile last).\nExit: 0 done, 1 refused "
         "by a rule, 2 usage, 3 no connection "
         "(nothing is lost).\n",
         stderr);
  return MC_EXIT_USAGE;
}

static const McVerb *
find_verb (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_strcmp0 (name, verbs[i].name) == 0)
      return &verbs[i];
  return NULL;
}

static void
print_value (const char *key, json_t *value)
{
  g_autofree char *text = NULL;

  if (json_is_string (value))
    printf ("%-12s %s\n", key, json_string_value (value));
  else
    {
      text = mc_json_text (value);
      printf ("%-12s %s\n", key, text);
    }
}

void
mc_ctl_print (McCtl *ctl, json_t *object)
{
  g_autoptr (json_t) owned = object;
  const char *key;
  json_t *value;

  if (ctl->json)
    {
      g_autofree char *text = mc_json_text (object);

      puts (text);
      return;
    }
  json_object_foreach (object, key, value) print_value (key, value);
}

static void
print_row (json_t *row)
{
  const char *key;
  json_t *value;

  json_object_foreach (row, key, value)
  {
    g_autofree char *text = json_is_string (value) ? NULL : mc_json_text (value);

    printf ("%s\t", text ? text : json_string_value (value));
  }
  putchar ('\n');
}

void
mc_ctl_print_all (McCtl *ctl, json_t *array)
{
  g_autoptr (json_t) owned = array;

  if (ctl->json)
    {
      g_autofree char *text = mc_json_text (array);

      puts (text);
      return;
    }
  for (size_t i = 0; i < json_array_size (array); i++)
    print_row (json_array_get (array, i));
}

char *
mc_ctl_secret (void)
{
  char line[1024] = "";

  if (fgets (line, sizeof line, stdin) == NULL)
    return g_strdup ("");
  line[strcspn (line, "\r\n")] = '\0';
  return g_strdup (line);
}

static int
exit_code (const GError *error)
{
  if (error->domain != MC_ERROR)
    return MC_EXIT_REFUSED;
  return error->code == MC_ERROR_NETWORK ? MC_EXIT_NO_CONTACT : MC_EXIT_REFUSED;
}

static int
report (McCtl *ctl, const GError *error)
{
  if (ctl->json)
    mc_ctl_print (ctl, json_pack ("{s:s}", "error", error->message));
  fprintf (stderr, "motcuactl: %s\n", error->message);
  return exit_code (error);
}

gboolean
mc_ctl_let_in (McCtl *ctl, GError **error)
{
  const char *secret = g_getenv ("MC_SECRET");
  g_autoptr (GPtrArray) people = mc_door_people (ctl->door);
  const char *login = g_getenv ("MC_LOGIN");

  if (login == NULL && people->len > 0)
    login = ((McVaultPerson *)people->pdata[0])->login;
  if (login == NULL || secret == NULL)
    {
      g_set_error_literal (error,
                           MC_ERROR,
                           MC_ERROR_SECRET,
                           "nobody opens this profile: MC_LOGIN and MC_SECRET");
      return FALSE;
    }
  ctl->arrival = mc_door_open (ctl->door, login, secret, error);
  return ctl->arrival != NULL;
}

gboolean
mc_ctl_open (McCtl *ctl, GError **error)
{
  const char *profile = mc_door_profile (ctl->door);
  g_autoptr (McEnrolment) enrolment = NULL;

  ctl->store = mc_store_open (profile, mc_clock_system (), ctl->arrival->key, error);
  if (ctl->store == NULL)
    return FALSE;
  ctl->desk = mc_desk_new (ctl->store);
  enrolment = mc_store_enrolment (ctl->store);
  mc_door_entered (ctl->door, ctl->arrival, enrolment);
  return TRUE;
}

void
mc_ctl_close (McCtl *ctl)
{
  g_clear_pointer (&ctl->desk, mc_desk_free);
  g_clear_pointer (&ctl->store, mc_store_close);
}

/* Beside a window that has it open. */
static gboolean
open_reader (McCtl *ctl, GError **error)
{
  ctl->store = mc_store_open_reader (mc_door_profile (ctl->door),
                                     mc_clock_system (),
                                     ctl->arrival->key,
                                     error);
  if (ctl->store != NULL)
    ctl->desk = mc_desk_new (ctl->store);
  return ctl->store != NULL;
}

static gboolean
prepare (McCtl *ctl, const McVerb *verb, GError **error)
{
  if (verb->needs == MC_NEEDS_DOOR)
    return TRUE;
  if (verb->needs == MC_NEEDS_READER)
    return mc_ctl_let_in (ctl, error) && open_reader (ctl, error);
  if (!mc_ctl_let_in (ctl, error) || !mc_ctl_open (ctl, error))
    return FALSE;
  return verb->needs == MC_NEEDS_STORE ||
         mc_desk_enter (ctl->desk, ctl->arrival->login, NULL, error);
}

static int
run_on (const char *profile, gboolean json, const McVerb *verb, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  McCtl ctl = { .json = json };
  McProfileState state;
  int code = MC_EXIT_DONE;

  ctl.door = mc_door_new (profile, mc_clock_system (), mc_machine_secret_service ());
  if ((verb->needs != MC_NEEDS_READER && !mc_door_look (ctl.door, &state, &error)) ||
      !prepare (&ctl, verb, &error) || !verb->run (&ctl, argc, argv, &error))
    code = error != NULL ? report (&ctl, error) : MC_EXIT_REFUSED;
  mc_ctl_close (&ctl);
  mc_arrival_free (ctl.arrival);
  mc_door_unref (ctl.door);
  return code;
}

int
mc_ctl_main (int argc, char **argv)
{
  const char *profile = NULL;
  gboolean json = FALSE;
  const McVerb *verb;
  int i = 1;

  mc_keys_init ();
  for (; i < argc && g_str_has_prefix (argv[i], "--"); i++)
    {
      if (g_str_equal (argv[i], "--json"))
        json = TRUE;
      else if (g_str_equal (argv[i], "--profile") && i + 1 < argc)
        profile = argv[++i];
      else if (g_str_equal (argv[i], "--version"))
        return puts ("motcuactl " MC_VERSION) >= 0 ? MC_EXIT_DONE : MC_EXIT_REFUSED;
      else
        return usage ();
    }
  verb = i < argc ? find_verb (argv[i]) : NULL;
  if (verb == NULL || profile == NULL)
    return usage ();
  i++;
  if (argc - i < verb->min || argc - i > verb->max)
    return usage ();
  return run_on (profile, json, verb, argc - i, argv + i);
}
