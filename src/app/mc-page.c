/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-page.h"

#include <glib/gi18n.h>

G_DEFINE_INTERFACE (McPage, mc_page, GTK_TYPE_WIDGET)

static void
mc_page_default_init (McPageInterface *iface)
{
}

gboolean
mc_page_act (McPage *page, McPageAct act)
{
  g_return_val_if_fail (MC_IS_PAGE (page), FALSE);

  McPageInterface *iface = MC_PAGE_GET_IFACE (page);
  return iface->act != NULL && iface->act (page, act);
}

void
mc_page_refresh (McPage *page)
{
  g_return_if_fail (MC_IS_PAGE (page));

  McPageInterface *iface = MC_PAGE_GET_IFACE (page);
  if (iface->refresh != NULL)
    iface->refresh (page);
}

void
mc_page_leave (McPage *page)
{
  g_return_if_fail (MC_IS_PAGE (page));

  McPageInterface *iface = MC_PAGE_GET_IFACE (page);
  if (iface->leave != NULL)
    iface->leave (page);
}

const char *
mc_page_help (McPage *page)
{
  g_return_val_if_fail (MC_IS_PAGE (page), NULL);

  McPageInterface *iface = MC_PAGE_GET_IFACE (page);
  return iface->help != NULL ? iface->help (page) : "";
}
