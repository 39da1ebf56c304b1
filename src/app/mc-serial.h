/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * McSerial:
 * A reader on a serial line (USB-CDC appears as /dev/ttyACM0): lines of UTF-8, ended by CR, LF or
 * both. No keyboard layout and no input method can touch what comes this way.
 */
typedef struct _McSerial McSerial;

/** McSerialLine: @line is valid UTF-8, trimmed, never empty. */
typedef void (*McSerialLine) (const char *line, gpointer data);

/**
 * mc_serial_open:
 * Lines are handed to @callback on the thread-default main context of the caller. A reader that is
 * pulled out is looked for again every two seconds.
 * Errors: #GFileError, of opening the device or because it is no terminal.
 */
McSerial *mc_serial_open (const char *device, McSerialLine callback, gpointer data, GError **error);
void mc_serial_free (McSerial *serial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSerial, mc_serial_free)

G_END_DECLS
