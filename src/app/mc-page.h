/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McPageAct: what a key asks of the page that is open; which key is the window's business. */
typedef enum
{
  MC_PAGE_MAIN,       /* Ctrl+Enter */
  MC_PAGE_STEP,       /* F6 */
  MC_PAGE_STEPS,      /* Shift+F6 */
  MC_PAGE_ASSIGN,     /* F5 */
  MC_PAGE_SUPPLEMENT, /* F7 */
  MC_PAGE_RETURN,     /* F8 */
  MC_PAGE_FEE,        /* F4 */
  MC_PAGE_SCAN,       /* F9 */
  MC_PAGE_KNOWN,      /* F5 */
  MC_PAGE_MORE,       /* F12 */
  MC_PAGE_PRINT,      /* Ctrl+P */
  MC_PAGE_DECLARE,    /* Ctrl+K */
} McPageAct;

/** McPage: a page of the main window. */
#define MC_TYPE_PAGE (mc_page_get_type ())
G_DECLARE_INTERFACE (McPage, mc_page, MC, PAGE, GtkWidget)

struct _McPageInterface
{
  GTypeInterface parent_iface;

  gboolean (*act) (McPage *page, McPageAct act);
  void (*refresh) (McPage *page);
  void (*leave) (McPage *page);
  const char *(*help) (McPage *page);
};

/** mc_page_act: Returns: whether the page has such an act at all */
gboolean mc_page_act (McPage *page, McPageAct act);
/** mc_page_refresh: what is shown may be another now. */
void mc_page_refresh (McPage *page);
/** mc_page_leave: the page is about to be hidden: what was typed in it is saved. */
void mc_page_leave (McPage *page);
/** mc_page_help: a few sentences for F1. Static. */
const char *mc_page_help (McPage *page);

G_END_DECLS
