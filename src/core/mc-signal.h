/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** mc_signal_new: a signal of @type that answers nothing, with one argument at most. @name: static;
 * @argument: its type, or G_TYPE_NONE */
guint mc_signal_new (const char *name, GType type, GType argument);

G_END_DECLS
