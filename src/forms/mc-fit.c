/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-fit.h"

#define GAP 6.0
#define SMALL_GAP 3.0

McFlow *
mc_fit (const McSheet *const *sheets, McLay lay, gconstpointer data)
{
  McFlow *best;

  g_return_val_if_fail (sheets != NULL && sheets[0] != NULL && lay != NULL, NULL);

  best = lay (sheets[0], GAP, data);
  for (guint i = 0; sheets[i] != NULL && mc_flow_pages (best) > 1; i++)
    {
      McFlow *tight = lay (sheets[i], SMALL_GAP, data);
      gboolean spares = mc_flow_pages (tight) < mc_flow_pages (best);

      mc_flow_free (spares ? best : tight);
      best = spares ? tight : best;
    }
  return best;
}
