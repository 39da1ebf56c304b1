/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * McReaderField:
 * The field that has the focus, as it was before the first key of what may become a burst. That one
 * key is let through at once (typing must feel immediate), so when it was a reader after all, the
 * field is put back: its text, the word that was being composed, the caret and the selection.
 */
typedef struct _McReaderField McReaderField;

/** mc_reader_field_new: follows the focus of @window, which it does not keep alive. */
McReaderField *mc_reader_field_new (GtkWindow *window);
void mc_reader_field_free (McReaderField *field);
/** mc_reader_field_remember: now, before a key goes in. */
void mc_reader_field_remember (McReaderField *field);
/** mc_reader_field_restore: as it was when last remembered. A word being composed then is
 * committed. */
void mc_reader_field_restore (McReaderField *field);

G_END_DECLS
