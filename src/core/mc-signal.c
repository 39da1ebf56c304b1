/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-signal.h"

guint
mc_signal_new (const char *name, GType type, GType argument)
{
  return g_signal_newv (name,
                        type,
                        G_SIGNAL_RUN_LAST,
                        NULL,
                        NULL,
                        NULL,
                        NULL,
                        G_TYPE_NONE,
                        argument != G_TYPE_NONE,
                        &argument);
}
