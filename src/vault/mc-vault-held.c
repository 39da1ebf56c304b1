/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A PIN alone opens nothing: it is mixed with what this machine holds. That is a secret that is not
 * on the disk beside the profile, and where there is a chip a second one, of the person's own,
 * which the chip gives out for the PIN only and counts the tries.
 */
#include "mc-vault-private.h"

#include "mc-error.h"
#include "mc-text.h"
#include <string.h>

#define MACHINE_ID_BYTES 8

static char *
machine_id (const McMachineNote *note)
{
  guint8 id[MACHINE_ID_BYTES];
  char *text = g_malloc (2 * sizeof id + 1);
  guint8 hash[32];

  crypto_generichash (hash,
                      sizeof hash,
                      (const guint8 *)"id",
                      2,
                      note->secret,
                      sizeof note->secret);
  memcpy (id, hash, sizeof id);
  return sodium_bin2hex (text, 2 * sizeof id + 1, id, sizeof id);
}

static gboolean
refuse (GError **error, const char *word)
{
  g_set_error_literal (error, MC_ERROR, MC_ERROR_REFUSED, word);
  return FALSE;
}

/* The machine's secret, if it is the one that was mixed in. */
static gboolean
right_machine (McVault *vault,
               const McEntry *entry,
               const McMachineSecret *machine,
               McMachineNote *ret_note,
               GError **error)
{
  g_autofree char *id = NULL;

  if (!machine->get (machine, vault->profile, ret_note, NULL))
    return refuse (error, "machine");
  id = machine_id (ret_note);
  return g_strcmp0 (id, entry->machine) == 0 ? TRUE : refuse (error, "machine");
}

/* What the machine keeps for this profile; made where there is nothing yet. */
static gboolean
machine_note (McVault *vault,
              const McMachineSecret *machine,
              McMachineNote *ret_note,
              GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (machine->get (machine, vault->profile, ret_note, &problem))
    return TRUE;
  /* Nobody answers: what was kept may be there tomorrow, and must not be written over. */
  if (problem != NULL)
    return refuse (error, "machine");
  randombytes_buf (ret_note->secret, sizeof ret_note->secret);
  ret_note->epoch = vault->epoch;
  return machine->put (machine, vault->profile, ret_note, NULL) ? TRUE : refuse (error, "machine");
}

/* The chip hears this of a PIN, never the PIN. */
static void
word_of (const McEntry *entry, const char *secret, guint8 ret_word[MC_CHIP_BYTES])
{
  g_autofree char *clean = mc_text_clean (secret);

  crypto_generichash (ret_word,
                      MC_CHIP_BYTES,
                      (const guint8 *)clean,
                      strlen (clean),
                      entry->salt,
                      sizeof entry->salt);
  sodium_memzero (clean, strlen (clean));
}

void
mc_held_wipe (McHeld *held)
{
  sodium_memzero (held, sizeof *held);
}

static void
add (McHeld *held, const guint8 *bytes, gsize length)
{
  memcpy (held->bytes + held->length, bytes, length);
  held->length += length;
}

static gboolean
from_chip (const McEntry *entry,
           const char *secret,
           const McMachineSecret *machine,
           McHeld *held,
           GError **error)
{
  guint8 word[MC_CHIP_BYTES];
  guint8 bytes[MC_CHIP_BYTES];
  gboolean ok;

  if (machine->chip == NULL)
    return refuse (error, "machine");
  word_of (entry, secret, word);
  ok = machine->chip->unseal (machine->chip, entry->chip, word, bytes, error);
  if (ok)
    add (held, bytes, sizeof bytes);
  sodium_memzero (word, sizeof word);
  sodium_memzero (bytes, sizeof bytes);
  return ok;
}

gboolean
mc_held_get (McVault *vault,
             const McEntry *entry,
             const char *secret,
             const McMachineSecret *machine,
             McHeld *ret_held,
             GError **error)
{
  McMachineNote note = { 0 };
  gboolean ok = TRUE;

  *ret_held = (McHeld){ 0 };
  if (!g_str_equal (entry->machine, MC_CHIP_ALONE))
    {
      ok = right_machine (vault, entry, machine, &note, error);
      add (ret_held, note.secret, sizeof note.secret);
      mc_machine_note_wipe (&note);
    }
  else if (entry->chip == NULL)
    ok = refuse (error, "machine");
  if (ok && entry->chip != NULL)
    ok = from_chip (entry, secret, machine, ret_held, error);
  if (!ok)
    mc_held_wipe (ret_held);
  return ok;
}

/* One that takes and does not give would lock everybody out: it is asked back at once. */
static gboolean
into_chip (McEntry *entry, const char *secret, const McMachineSecret *machine, McHeld *held)
{
  guint8 word[MC_CHIP_BYTES];
  guint8 bytes[MC_CHIP_BYTES];
  guint8 back[MC_CHIP_BYTES] = { 0 };
  g_autofree char *sealed = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean ok;

  randombytes_buf (bytes, sizeof bytes);
  word_of (entry, secret, word);
  ok = machine->chip->seal (machine->chip, word, bytes, &sealed, &problem) &&
       machine->chip->unseal (machine->chip, sealed, word, back, &problem) &&
       sodium_memcmp (bytes, back, sizeof bytes) == 0;
  if (ok)
    {
      add (held, bytes, sizeof bytes);
      entry->chip = g_steal_pointer (&sealed);
    }
  else
    g_debug ("the chip is left out: %s", problem ? problem->message : "it gives another secret");
  sodium_memzero (word, sizeof word);
  sodium_memzero (bytes, sizeof bytes);
  sodium_memzero (back, sizeof back);
  return ok;
}

gboolean
mc_held_make (McVault *vault,
              McEntry *entry,
              const char *secret,
              const McMachineSecret *machine,
              McHeld *ret_held,
              GError **error)
{
  McMachineNote note = { 0 };
  g_autoptr (GError) problem = NULL;

  *ret_held = (McHeld){ 0 };
  if (machine_note (vault, machine, &note, &problem))
    {
      entry->machine = machine_id (&note);
      add (ret_held, note.secret, sizeof note.secret);
    }
  mc_machine_note_wipe (&note);
  if (machine->chip != NULL && into_chip (entry, secret, machine, ret_held) &&
      entry->machine == NULL)
    entry->machine = g_strdup (MC_CHIP_ALONE);
  if (entry->machine != NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
mc_held_machine (McVault *vault, const McMachineSecret *machine, GError **error)
{
  McMachineNote note = { 0 };
  gboolean ok = machine->chip != NULL || machine_note (vault, machine, &note, error);

  mc_machine_note_wipe (&note);
  return ok;
}
