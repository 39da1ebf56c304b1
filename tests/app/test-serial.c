/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A serial reader, played by the other end of a pseudo-terminal. */
#include "mc-serial.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CARD "001205123456||Nguyễn Văn Mẫu|05032005|Nam|Thôn Ví Dụ|12082021"

typedef struct
{
  int reader; /* the device's side */
  McSerial *serial;
  GPtrArray *lines;
} Bench;

static void
on_line (const char *line, gpointer data)
{
  g_ptr_array_add (((Bench *)data)->lines, g_strdup (line));
}

static void
set_up (Bench *bench, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bench->reader = posix_openpt (O_RDWR | O_NOCTTY);
  g_assert_cmpint (bench->reader, >=, 0);
  g_assert_cmpint (grantpt (bench->reader), ==, 0);
  g_assert_cmpint (unlockpt (bench->reader), ==, 0);
  bench->lines = g_ptr_array_new_with_free_func (g_free);
  bench->serial = mc_serial_open (ptsname (bench->reader), on_line, bench, &error);
  g_assert_no_error (error);
}

static void
tear_down (Bench *bench, gconstpointer data)
{
  mc_serial_free (bench->serial);
  if (bench->reader >= 0)
    close (bench->reader);
  g_ptr_array_unref (bench->lines);
}

static void
send_bytes (Bench *bench, const char *bytes, gsize length)
{
  g_assert_cmpint (write (bench->reader, bytes, length), ==, (gssize)length);
}

static void
send (Bench *bench, const char *text)
{
  send_bytes (bench, text, strlen (text));
}

static const char *
next_line (Bench *bench, guint n)
{
  while (bench->lines->len <= n)
    g_main_context_iteration (NULL, TRUE);
  return bench->lines->pdata[n];
}

static void
test_lines (Bench *bench, gconstpointer data)
{
  send (bench, CARD "\r\n");
  send (bench, "H05.032.07-261121-0421042\r");
  send (bench, "8934567890123\n");
  g_assert_cmpstr (next_line (bench, 0), ==, CARD);
  g_assert_cmpstr (next_line (bench, 1), ==, "H05.032.07-261121-0421042");
  g_assert_cmpstr (next_line (bench, 2), ==, "8934567890123");
  g_assert_cmpuint (bench->lines->len, ==, 3);
}

/* A letter may be cut in two between reads; raw mode sends back no echo and turns nothing round. */
static void
test_pieces (Bench *bench, gconstpointer data)
{
  char echo[16];

  for (gsize i = 0; i < strlen (CARD); i++)
    {
      send_bytes (bench, CARD + i, 1);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (bench->lines->len, ==, 0);
  send (bench, "\n");
  g_assert_cmpstr (next_line (bench, 0), ==, CARD);
  g_assert_cmpint (fcntl (bench->reader, F_SETFL, O_NONBLOCK), ==, 0);
  g_assert_cmpint (read (bench->reader, echo, sizeof echo), <=, 0);
}

static void
test_bad_bytes (Bench *bench, gconstpointer data)
{
  g_autofree char *noise = g_strnfill (10000, 'x');

  send (bench, "\r\n  \r\n"); /* nothing */
  send (bench, noise);
  send (bench, "\r\n");
  send_bytes (bench, "a\0b\xff\r\n", 6);
  g_assert_cmpstr (next_line (bench, 0), ==, "ab\xef\xbf\xbd");
  g_assert_cmpuint (bench->lines->len, ==, 1);
}

/* Pulled out: what was half sent is no line, and nothing breaks. */
static void
test_pulled_out (Bench *bench, gconstpointer data)
{
  send (bench, "00120512");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  close (bench->reader);
  bench->reader = -1;
  for (int i = 0; i < 3; i++)
    while (g_main_context_iteration (NULL, FALSE))
      ;
  g_assert_cmpuint (bench->lines->len, ==, 0);
}

static void
test_no_device (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_serial_open ("/dev/does-not-exist", on_line, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  /* Not a terminal. */
  g_assert_null (mc_serial_open ("/dev/null", on_line, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/serial/lines", Bench, NULL, set_up, test_lines, tear_down);
  g_test_add ("/serial/pieces", Bench, NULL, set_up, test_pieces, tear_down);
  g_test_add ("/serial/bad-bytes", Bench, NULL, set_up, test_bad_bytes, tear_down);
  g_test_add ("/serial/pulled-out", Bench, NULL, set_up, test_pulled_out, tear_down);
  g_test_add_func ("/serial/no-device", test_no_device);
  return g_test_run ();
}
