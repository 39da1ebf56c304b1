/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

/** mc_practice_mark_draw: across a page, so large that nobody takes the paper for a real one and so
 * light that it can be read. The unit of @cr is the point; the page is @width × @height. */
void mc_practice_mark_draw (cairo_t *cr, double width, double height);
