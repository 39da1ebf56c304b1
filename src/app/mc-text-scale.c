/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-text-scale.h"

/* What gtk-xft-dpi counts in. */
#define DPI_UNIT 1024
#define DPI_PLAIN (96 * DPI_UNIT)

static int
present_dpi (void)
{
  int dpi = -1;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi : DPI_PLAIN;
}

void
mc_text_scale_apply (double scale)
{
  static int desktop_dpi; /* before we first touched it */

  g_return_if_fail (scale > 0);

  if (desktop_dpi == 0)
    desktop_dpi = present_dpi ();
  scale = CLAMP (scale, MC_TEXT_SCALE_MIN, MC_TEXT_SCALE_MAX);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int)(desktop_dpi * scale), NULL);
}

double
mc_text_scale_total (void)
{
  return (double)present_dpi () / DPI_PLAIN;
}
