/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-keys.h"

G_BEGIN_DECLS

/**
 * McRegister:
 * Every certificate that the province ever issued, in a file beside its keys, apart from the
 * database: a server restored from last week's copy still knows whose signatures are good, the dead
 * desks' too, and which numbers are printed on paper. Only ever appended to.
 */
typedef struct _McRegister McRegister;

/** McRegistered: one device of the register. */
typedef struct
{
  char *certificate; /* exactly as issued */
  gboolean suspended;
  gboolean public;
} McRegistered;

/** mc_register_load: @dir: of the keys. A register that is not there yet is empty. Lines that are
 * no certificates of @province (a torn last one) are passed over. */
McRegister *mc_register_load (const char *dir, const McPublicKey *province, GError **error);
void mc_register_free (McRegister *devices);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRegister, mc_register_free)

/** mc_register_devices: Returns: device id → McRegistered. Borrowed. */
GHashTable *mc_register_devices (McRegister *devices);
/** mc_register_add: durable when it returns; does nothing where the device is there. */
gboolean mc_register_add (McRegister *devices, const McCertificate *certificate, GError **error);
/** mc_register_suspend: durable when it returns. */
gboolean
mc_register_suspend (McRegister *devices, const char *device, gboolean suspended, GError **error);

/** mc_register_public: whether nothing of a resident stays on the device. Durable when it returns.
 */
gboolean
mc_register_public (McRegister *devices, const char *device, gboolean public, GError **error);

G_END_DECLS
