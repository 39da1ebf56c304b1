/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-flow.h"

G_BEGIN_DECLS

/** McSigner: who signs in one half of the page. */
typedef struct
{
  const char *title;   /* upper case; NULL: nobody signs there */
  const char *name;    /* (nullable): full name printed below; else the signer writes it */
  gboolean electronic; /* it is signed digitally and not by pen */
} McSigner;

/** mc_signature_add: two signers side by side, never torn. */
void mc_signature_add (McFlow *flow, double gap, const McSigner *left, const McSigner *right);

G_END_DECLS
