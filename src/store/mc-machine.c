/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which machine this is, and whether the profile was made on another one. A disk image restored on
 * a second PC carries /etc/machine-id along, so the network card that is built in counts too. Where
 * neither is to be had nothing is concluded: a copy is then met in the feed.
 */
#include "mc-store-private.h"

#include "mc-keys.h"
#include <gio/gio.h>
#include <string.h>

#define NET "/sys/class/net"

/* On a bus of the board, and not plugged in from outside. */
static gboolean
built_in (const char *card)
{
  g_autofree char *link = g_build_filename (NET, card, "device", NULL);
  g_autofree char *path = realpath (link, NULL);

  return path != NULL && strstr (path, "/usb") == NULL;
}

/* The lowest address of the cards built in: the kernel may find them in another order tomorrow. */
static char *
card_address (void)
{
  g_autoptr (GDir) cards = g_dir_open (NET, 0, NULL);
  const char *card;
  char *lowest = NULL;

  while (cards != NULL && (card = g_dir_read_name (cards)) != NULL)
    {
      g_autofree char *path = g_build_filename (NET, card, "address", NULL);
      g_autofree char *address = NULL;

      if (!built_in (card) || !g_file_get_contents (path, &address, NULL, NULL))
        continue;
      g_strstrip (address);
      if (lowest != NULL && strcmp (lowest, address) <= 0)
        continue;
      g_free (lowest);
      lowest = g_steal_pointer (&address);
    }
  return lowest;
}

char *
mc_machine (void)
{
  g_autofree char *id = NULL;
  g_autofree char *address = card_address ();
  g_autofree char *both = NULL;

  g_file_get_contents ("/etc/machine-id", &id, NULL, NULL);
  if ((id == NULL || *g_strstrip (id) == '\0') && address == NULL)
    return g_strdup ("");
  both = g_strconcat (id ? id : "", " ", address, NULL);
  /* Hashed: what a machine is called elsewhere is nobody's business here. */
  return mc_sha256 (both, strlen (both));
}

gboolean
mc_store_copied (McStore *store)
{
  g_autofree char *copy = mc_store_fact (store, "copy");

  return copy != NULL && *copy != '\0';
}

gboolean
mc_store_mark_copied (McStore *store, const char *why, GError **error)
{
  return mc_store_copied (store) || mc_store_set_fact (store, "copy", why, error);
}

gboolean
mc_store_look_around (McStore *store, const char *machine, GError **error)
{
  g_autofree char *device = mc_store_fact (store, "device");
  g_autofree char *known = mc_store_fact (store, "machine");

  g_free (store->machine);
  store->machine = g_strdup (machine);
  if (device == NULL || *machine == '\0')
    return TRUE;
  /* A profile of version 1 did not write down where it enrolled. */
  if (known == NULL || *known == '\0')
    return mc_store_set_fact (store, "machine", machine, error);
  return g_str_equal (known, machine) || mc_store_mark_copied (store, "machine", error);
}
