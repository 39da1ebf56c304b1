/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-flow.h"
#include "mc-form.h"

G_BEGIN_DECLS

/**
 * mc_form_new:
 * @title: for the window and the PDF's properties
 * @subject: (nullable): what the PDF is about: the dossier code
 * @flow: (transfer full): laid out
 */
McForm *mc_form_new (const char *title, const char *subject, McFlow *flow);

G_END_DECLS
