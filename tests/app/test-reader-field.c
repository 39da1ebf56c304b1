/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting a field back after the first key of a reader went into it: needs a display. */
#include "mc-reader-field.h"

typedef struct
{
  GtkWidget *window, *entry, *notes;
  McReaderField *field;
} Bench;

static void
set_up (Bench *bench, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  bench->window = gtk_window_new ();
  bench->entry = gtk_entry_new ();
  bench->notes = gtk_text_view_new ();
  gtk_box_append (GTK_BOX (box), bench->entry);
  gtk_box_append (GTK_BOX (box), bench->notes);
  gtk_window_set_child (GTK_WINDOW (bench->window), box);
  bench->field = mc_reader_field_new (GTK_WINDOW (bench->window));
  gtk_window_present (GTK_WINDOW (bench->window));
}

static void
tear_down (Bench *bench, gconstpointer data)
{
  mc_reader_field_free (bench->field);
  gtk_window_destroy (GTK_WINDOW (bench->window));
}

/* What a key does to an entry: it replaces the selection. */
static void
strike (GtkWidget *entry, const char *text)
{
  int at;

  gtk_editable_delete_selection (GTK_EDITABLE (entry));
  at = gtk_editable_get_position (GTK_EDITABLE (entry));
  gtk_editable_insert_text (GTK_EDITABLE (entry), text, -1, &at);
  gtk_editable_set_position (GTK_EDITABLE (entry), at);
}

static void
test_entry (Bench *bench, gconstpointer data)
{
  static const struct
  {
    const char *text;
    int from, to;
  } rows[] = {
    { "", 0, 0 },     { "Đình", 4, 4 }, { "Đình", 0, 0 },
    { "Đình", 2, 2 }, { "Đình", 0, 4 }, { "Nguyễn Văn Đình", 7, 10 },
    { "000", 1, 1 }, /* the key is like its neighbours */
    { "000", 0, 3 },
  };

  gtk_widget_grab_focus (bench->entry);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int from, to;

      gtk_editable_set_text (GTK_EDITABLE (bench->entry), rows[i].text);
      gtk_editable_select_region (GTK_EDITABLE (bench->entry), rows[i].from, rows[i].to);
      mc_reader_field_remember (bench->field);
      strike (bench->entry, "0");
      mc_reader_field_restore (bench->field);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (bench->entry)), ==, rows[i].text);
      gtk_editable_get_selection_bounds (GTK_EDITABLE (bench->entry), &from, &to);
      g_assert_cmpint (from, ==, rows[i].from);
      g_assert_cmpint (to, ==, rows[i].to);
      g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (bench->entry)), ==, rows[i].to);
    }
}

static void
test_notes (Bench *bench, gconstpointer data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (bench->notes));
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_widget_grab_focus (bench->notes);
  gtk_text_buffer_set_text (buffer, "Bổ sung\ngiấy chứng sinh", -1);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 3);
  gtk_text_buffer_place_cursor (buffer, &start);
  mc_reader_field_remember (bench->field);
  gtk_text_buffer_insert_at_cursor (buffer, "0", -1);
  mc_reader_field_restore (bench->field);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpstr (text, ==, "Bổ sung\ngiấy chứng sinh");
  gtk_text_buffer_get_iter_at_mark (buffer, &start, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&start), ==, 3);
}

/* Nothing has the focus, or what had it is gone: there is nothing to put back. */
static void
test_nothing (Bench *bench, gconstpointer data)
{
  gtk_window_set_focus (GTK_WINDOW (bench->window), NULL);
  mc_reader_field_remember (bench->field);
  mc_reader_field_restore (bench->field);

  gtk_widget_grab_focus (bench->entry);
  mc_reader_field_remember (bench->field);
  gtk_window_set_child (GTK_WINDOW (bench->window), NULL);
  mc_reader_field_restore (bench->field);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
#define ADD(name, func) g_test_add ("/reader-field/" name, Bench, NULL, set_up, func, tear_down)
  ADD ("entry", test_entry);
  ADD ("notes", test_notes);
  ADD ("nothing", test_nothing);
  return g_test_run ();
}
