/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PINs bound to a TPM 2.0: swtpm, one of its own for each test. */
#include "mc-chip.h"
#include "mc-error.h"
#include "mc-support.h"
#include "mc-vault.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define PIN "730518"
#define OTHER_PIN "730519"
#define PHRASE "ba con trâu đi cày"
/* libtpms lets go of no more wrong words than this before it refuses. */
#define TRIES_MAX 40

/* Machine: a chip, and what keeps the machine's secret, which may be nobody. */
typedef struct
{
  char *folder;
  GPid swtpm;
  McChip *chip;
  McMachineSecret secret;
} Machine;

typedef struct
{
  char *folder;
  McDataKey *key;
  McVault *vault;
  Machine here, there;
} F;

/* A daemon: it has its two ports when the command comes back, or has said that they are taken. */
static gboolean
start_swtpm (const char *folder, guint port)
{
  g_autofree char *state = g_strdup_printf ("dir=%s", folder);
  g_autofree char *server = g_strdup_printf ("type=tcp,port=%u", port);
  g_autofree char *control = g_strdup_printf ("type=tcp,port=%u", port + 1);
  g_autofree char *pid = g_strdup_printf ("file=%s/pid", folder);
  const char *command[] = { "swtpm",
                            "socket",
                            "--tpm2",
                            "--tpmstate",
                            state,
                            "--server",
                            server,
                            "--ctrl",
                            control,
                            "--flags",
                            "not-need-init,startup-clear",
                            "--pid",
                            pid,
                            "--daemon",
                            NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL,
                     (char **)command,
                     NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL,
                     NULL,
                     NULL,
                     NULL,
                     &status,
                     &error))
    g_error ("swtpm is needed: %s", error->message);
  return status == 0;
}

static void
machine_begin (Machine *machine, const McMachineSecret *secret)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *pid = NULL;
  g_autofree char *connection = NULL;
  guint port = 0;

  machine->folder = mc_test_folder ();
  for (guint i = 0; i < 100 && port == 0; i++)
    {
      guint asked = (guint)g_random_int_range (20000, 60000);

      port = start_swtpm (machine->folder, asked) ? asked : 0;
    }
  g_assert_cmpuint (port, >, 0);
  path = g_build_filename (machine->folder, "pid", NULL);
  g_file_get_contents (path, &pid, NULL, &error);
  g_assert_no_error (error);
  machine->swtpm = atoi (pid);
  connection = g_strdup_printf ("swtpm:host=127.0.0.1,port=%u", port);
  machine->chip = mc_chip_new (connection, &error);
  g_assert_no_error (error);
  machine->secret = *secret;
  machine->secret.chip = machine->chip;
}

static void
machine_end (Machine *machine)
{
  mc_chip_free (machine->chip);
  kill (machine->swtpm, SIGTERM);
  mc_test_remove (machine->folder);
}

static void
set_up (F *f, gconstpointer data)
{
  mc_keys_init ();
  f->folder = mc_test_folder ();
  f->key = mc_data_key_new ();
  f->vault = mc_vault_make (f->folder, f->key, MC_VAULT_WORK_NONE);
  machine_begin (&f->here, data ? data : mc_machine_secret_memory ());
  machine_begin (&f->there, data ? data : mc_machine_secret_memory ());
}

static void
tear_down (F *f, gconstpointer data)
{
  mc_vault_free (f->vault);
  mc_data_key_unref (f->key);
  machine_end (&f->here);
  machine_end (&f->there);
  mc_test_remove (f->folder);
}

static void
set (F *f, const char *login, const char *secret, const McMachineSecret *machine)
{
  g_autoptr (GError) error = NULL;

  mc_vault_set_person (f->vault, f->key, login, login, secret, machine, &error);
  g_assert_no_error (error);
  mc_vault_free (f->vault);
  f->vault = mc_vault_load (f->folder, &error);
  g_assert_no_error (error);
}

/* Opens on a machine and gives the same key, or fails with @code and, where given, @word. */
static void
opens (F *f, const char *secret, const McMachineSecret *machine, int code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McDataKey) key = mc_vault_open (f->vault, "an", secret, machine, &error);

  if (code < 0)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (mc_data_key_id (key), ==, mc_data_key_id (f->key));
      return;
    }
  g_assert_error (error, MC_ERROR, code);
  g_assert_null (key);
  if (word != NULL)
    g_assert_cmpstr (error->message, ==, word);
}

/* The whole disk, the Secret Service's store on it included, opens nothing on another machine. */
static void
test_disk_alone (F *f, gconstpointer data)
{
  McMachineSecret no_chip = f->here.secret;

  set (f, "an", PIN, &f->here.secret);
  opens (f, PIN, &f->here.secret, -1, NULL);
  opens (f, PIN, &f->there.secret, MC_ERROR_REFUSED, "machine");
  no_chip.chip = NULL;
  opens (f, PIN, &no_chip, MC_ERROR_REFUSED, "machine");
}

/* The whole machine: the chip counts, also for a thief with a program of his own. */
static void
test_guessing (F *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set (f, "an", PIN, &f->here.secret);
  opens (f, OTHER_PIN, &f->here.secret, MC_ERROR_SECRET, NULL);
  opens (f, PIN, &f->here.secret, -1, NULL);
  for (guint i = 0; i < TRIES_MAX && !g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED); i++)
    {
      g_clear_error (&error);
      mc_data_key_unref (mc_vault_open (f->vault, "an", OTHER_PIN, &f->here.secret, &error));
      g_assert_nonnull (error);
    }
  opens (f, PIN, &f->here.secret, MC_ERROR_REFUSED, "chip");
}

static void
test_passphrase_needs_none (F *f, gconstpointer data)
{
  set (f, "an", PHRASE, &f->here.secret);
  opens (f, PHRASE, &f->there.secret, -1, NULL);
  opens (f, PHRASE, mc_machine_secret_none (), -1, NULL);
}

/* No Secret Service: the chip is enough for a PIN. */
static void
test_chip_alone (F *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_vault_secret_allowed (f->vault, PIN, mc_machine_secret_none (), &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  set (f, "an", PIN, &f->here.secret);
  opens (f, PIN, &f->here.secret, -1, NULL);
  opens (f, OTHER_PIN, &f->here.secret, MC_ERROR_SECRET, NULL);
  opens (f, PIN, &f->there.secret, MC_ERROR_REFUSED, "machine");
  opens (f, PIN, mc_machine_secret_memory (), MC_ERROR_REFUSED, "machine");
}

/* A PIN of before is bound at the next opening, and opened once it is bound only here. */
static void
test_strengthen (F *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  McMachineSecret before = f->here.secret;

  before.chip = NULL;
  set (f, "an", PIN, &before);
  set (f, "binh", PHRASE, &before);
  opens (f, PIN, &f->here.secret, -1, NULL);
  for (guint i = 0; i < 2; i++)
    {
      mc_vault_strengthen (f->vault, f->key, "an", PIN, &f->here.secret, &error);
      g_assert_no_error (error);
    }
  mc_vault_strengthen (f->vault, f->key, "binh", PHRASE, &f->here.secret, &error);
  g_assert_no_error (error);
  opens (f, PIN, &f->here.secret, -1, NULL);
  opens (f, PIN, &before, MC_ERROR_REFUSED, "machine");
  opens (f, PIN, &f->there.secret, MC_ERROR_REFUSED, "machine");
}

/* Half of what was sealed, or something else in its place, is a machine that cannot open. */
static void
test_torn_seal (F *f, gconstpointer data)
{
  static const char *const torn[] = { "", "made ", "kept AAAA", "made AAAA", "other AAAA" };
  const McChip *chip = f->here.chip;
  guint8 word[MC_CHIP_BYTES] = { 1 };
  guint8 secret[MC_CHIP_BYTES] = { 2 };
  guint8 back[MC_CHIP_BYTES] = { 0 };
  g_autofree char *sealed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (chip->seal (chip, word, secret, &sealed, &error));
  g_assert_true (chip->unseal (chip, sealed, word, back, &error));
  g_assert_cmpmem (back, sizeof back, secret, sizeof secret);
  for (guint i = 0; i < G_N_ELEMENTS (torn); i++)
    {
      g_assert_false (chip->unseal (chip, torn[i], word, back, &error));
      g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
      g_clear_error (&error);
    }
  sealed[strlen (sealed) - 20] ^= 1;
  g_assert_false (chip->unseal (chip, sealed, word, back, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_vault_set_cost (1, 8192);
#define ADD(path, data, test) g_test_add (path, F, data, set_up, test, tear_down)
  ADD ("/chip/disk-alone", NULL, test_disk_alone);
  ADD ("/chip/guessing", NULL, test_guessing);
  ADD ("/chip/passphrase-needs-none", NULL, test_passphrase_needs_none);
  ADD ("/chip/alone", mc_machine_secret_none (), test_chip_alone);
  ADD ("/chip/strengthen", NULL, test_strengthen);
  ADD ("/chip/torn-seal", NULL, test_torn_seal);
#undef ADD
  return g_test_run ();
}
