/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-reader-field.h"
#include <string.h>

struct _McReaderField
{
  GtkWindow *window; /* weak */
  GtkWidget *focus;  /* the text widget whose preedit is followed; weak */
  gulong preedit_handler;
  char *preedit; /* what the input method is composing in it now */

  GtkWidget *widget; /* what was remembered; weak */
  char *text;
  char *composed;
  int cursor, bound; /* characters */
};

static void
on_preedit (GtkWidget *widget, const char *preedit, McReaderField *field)
{
  g_free (field->preedit);
  field->preedit = g_strdup (preedit);
}

static void
follow_focus (McReaderField *field)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (field->window));

  if (focus != NULL && !GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus))
    focus = NULL;
  if (focus == field->focus)
    return;
  if (field->focus != NULL)
    g_signal_handler_disconnect (field->focus, field->preedit_handler);
  g_clear_weak_pointer (&field->focus);
  g_clear_pointer (&field->preedit, g_free);
  if (focus == NULL)
    return;
  g_set_weak_pointer (&field->focus, focus);
  field->preedit_handler =
      g_signal_connect (focus, "preedit-changed", G_CALLBACK (on_preedit), field);
}

McReaderField *
mc_reader_field_new (GtkWindow *window)
{
  McReaderField *field = g_new0 (McReaderField, 1);

  g_return_val_if_fail (GTK_IS_WINDOW (window), field);

  g_set_weak_pointer (&field->window, window);
  g_signal_connect_swapped (window, "notify::focus-widget", G_CALLBACK (follow_focus), field);
  follow_focus (field);
  return field;
}

void
mc_reader_field_free (McReaderField *field)
{
  if (field == NULL)
    return;
  if (field->focus != NULL)
    g_signal_handler_disconnect (field->focus, field->preedit_handler);
  if (field->window != NULL)
    g_signal_handlers_disconnect_by_data (field->window, field);
  g_clear_weak_pointer (&field->focus);
  g_clear_weak_pointer (&field->widget);
  g_clear_weak_pointer (&field->window);
  g_free (field->preedit);
  g_free (field->text);
  g_free (field->composed);
  g_free (field);
}

static char *
text_of (GtkWidget *widget)
{
  if (GTK_IS_TEXT (widget))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
  else
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      GtkTextIter start, end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
    }
}

static void
caret_of (GtkWidget *widget, int *cursor, int *bound)
{
  if (GTK_IS_TEXT (widget))
    {
      int start, end;

      *cursor = *bound = gtk_editable_get_position (GTK_EDITABLE (widget));
      if (gtk_editable_get_selection_bounds (GTK_EDITABLE (widget), &start, &end))
        *bound = *cursor == start ? end : start;
    }
  else
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      GtkTextIter at;

      gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
      *cursor = gtk_text_iter_get_offset (&at);
      gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_selection_bound (buffer));
      *bound = gtk_text_iter_get_offset (&at);
    }
}

static void
put_caret (GtkWidget *widget, int cursor, int bound)
{
  if (GTK_IS_TEXT (widget))
    gtk_editable_select_region (GTK_EDITABLE (widget), bound, cursor);
  else
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      GtkTextIter at, other;

      gtk_text_buffer_get_iter_at_offset (buffer, &at, cursor);
      gtk_text_buffer_get_iter_at_offset (buffer, &other, bound);
      gtk_text_buffer_select_range (buffer, &at, &other);
    }
}

/* Replaces @removed characters from @at by @text. */
static void
splice (GtkWidget *widget, int at, int removed, const char *text)
{
  if (GTK_IS_TEXT (widget))
    {
      gtk_editable_delete_text (GTK_EDITABLE (widget), at, at + removed);
      if (*text != '\0')
        gtk_editable_insert_text (GTK_EDITABLE (widget), text, -1, &at);
    }
  else
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      GtkTextIter start, end;

      gtk_text_buffer_get_iter_at_offset (buffer, &start, at);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, at + removed);
      gtk_text_buffer_delete (buffer, &start, &end);
      gtk_text_buffer_insert (buffer, &start, text, -1);
    }
}

/* Changes only what differs, so that the field's own undo and whoever listens to it see one small
 * edit. */
static void
put_text (GtkWidget *widget, const char *wanted)
{
  g_autofree char *now = text_of (widget);
  const char *a = now, *b = wanted;
  const char *a_end = now + strlen (now), *b_end = wanted + strlen (wanted);
  g_autofree char *middle = NULL;

  while (*a != '\0' && g_utf8_get_char (a) == g_utf8_get_char (b))
    {
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
    }
  while (a_end > a && b_end > b)
    {
      const char *a_last = g_utf8_prev_char (a_end), *b_last = g_utf8_prev_char (b_end);

      if (g_utf8_get_char (a_last) != g_utf8_get_char (b_last))
        break;
      a_end = a_last;
      b_end = b_last;
    }
  if (a == a_end && b == b_end)
    return;
  middle = g_strndup (b, (gsize)(b_end - b));
  splice (widget,
          (int)g_utf8_pointer_to_offset (now, a),
          (int)g_utf8_pointer_to_offset (a, a_end),
          middle);
}

void
mc_reader_field_remember (McReaderField *field)
{
  g_return_if_fail (field != NULL);

  g_clear_pointer (&field->text, g_free);
  g_clear_pointer (&field->composed, g_free);
  g_set_weak_pointer (&field->widget, field->focus);
  if (field->widget == NULL)
    return;
  field->text = text_of (field->widget);
  field->composed = g_strdup (field->preedit != NULL ? field->preedit : "");
  caret_of (field->widget, &field->cursor, &field->bound);
}

/* The text that was there, with the word being composed where it was (in place of the selection).
 */
static char *
wanted_text (McReaderField *field, int *cursor, int *bound)
{
  GString *text = g_string_new (field->text);
  int from = MIN (field->cursor, field->bound), to = MAX (field->cursor, field->bound);

  *cursor = field->cursor;
  *bound = field->bound;
  if (*field->composed != '\0')
    {
      gsize start = (gsize)(g_utf8_offset_to_pointer (text->str, from) - text->str);
      gsize end = (gsize)(g_utf8_offset_to_pointer (text->str, to) - text->str);

      g_string_erase (text, (gssize)start, (gssize)(end - start));
      g_string_insert (text, (gssize)start, field->composed);
      *cursor = *bound = from + (int)g_utf8_strlen (field->composed, -1);
    }
  return g_string_free (text, FALSE);
}

void
mc_reader_field_restore (McReaderField *field)
{
  GtkWidget *widget;
  g_autofree char *wanted = NULL;
  int cursor, bound;

  g_return_if_fail (field != NULL);

  widget = field->widget;
  if (widget == NULL || field->text == NULL || field->window == NULL)
    return;
  if (field->preedit != NULL && *field->preedit != '\0' && field->focus == widget)
    {
      /* The input method gives up its word only when the focus goes. */
      gtk_root_set_focus (GTK_ROOT (field->window), NULL);
      gtk_root_set_focus (GTK_ROOT (field->window), widget);
    }
  wanted = wanted_text (field, &cursor, &bound);
  put_text (widget, wanted);
  put_caret (widget, cursor, bound);
  g_clear_pointer (&field->text, g_free);
}
