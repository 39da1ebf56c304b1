/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-serial.h"
#include "mc-text.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <termios.h>
#include <unistd.h>

/* More than any card holds; a line that is longer is noise on the wire. */
#define LINE_MAX_BYTES 4096
#define RETRY_SECONDS 2

struct _McSerial
{
  char *device;
  McSerialLine callback;
  gpointer data;
  GMainContext *context;
  int fd; /* -1 while the reader is away */
  GString *line;
  gboolean too_long; /* the line under way is dropped up to its end */
  GSource *source;   /* on the descriptor, or the wait for the reader's return */
};

static void watch (McSerial *serial);

/* No echo, no line editing, no translation: bytes as the reader sends them. */
static gboolean
make_raw (int fd)
{
  struct termios mode;

  if (tcgetattr (fd, &mode) != 0)
    return FALSE;
  cfmakeraw (&mode);
  mode.c_cflag |= CLOCAL | CREAD;
  return tcsetattr (fd, TCSANOW, &mode) == 0;
}

static int
open_device (const char *device, GError **error)
{
  int fd = g_open (device, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC, 0);
  int code;

  if (fd >= 0 && make_raw (fd))
    return fd;
  code = errno;
  if (fd >= 0)
    close (fd);
  g_set_error (error,
               G_FILE_ERROR,
               (int)g_file_error_from_errno (code),
               "%s: %s",
               device,
               g_strerror (code));
  return -1;
}

static void
end_line (McSerial *serial)
{
  g_autofree char *line = mc_text_clean (serial->line->str);

  g_string_truncate (serial->line, 0);
  if (!serial->too_long && *line != '\0')
    serial->callback (line, serial->data);
  serial->too_long = FALSE;
}

static void
take_byte (McSerial *serial, char byte)
{
  if (byte == '\r' || byte == '\n')
    end_line (serial);
  else if (byte == '\0')
    return;
  else if (serial->line->len >= LINE_MAX_BYTES)
    serial->too_long = TRUE;
  else
    g_string_append_c (serial->line, byte);
}

static void
drop_source (McSerial *serial)
{
  if (serial->source != NULL)
    g_source_destroy (serial->source);
  g_clear_pointer (&serial->source, g_source_unref);
}

static gboolean
on_retry (gpointer data)
{
  McSerial *serial = data;

  serial->fd = open_device (serial->device, NULL);
  if (serial->fd < 0)
    return G_SOURCE_CONTINUE;
  drop_source (serial);
  watch (serial);
  return G_SOURCE_REMOVE;
}

static gboolean
on_bytes (int fd, GIOCondition condition, gpointer data)
{
  McSerial *serial = data;
  char bytes[512];
  ssize_t count = read (fd, bytes, sizeof bytes);

  if (count < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  if (count > 0)
    {
      for (ssize_t i = 0; i < count; i++)
        take_byte (serial, bytes[i]);
      return G_SOURCE_CONTINUE;
    }
  /* Pulled out. Half a line is no card. */
  close (serial->fd);
  serial->fd = -1;
  g_string_truncate (serial->line, 0);
  drop_source (serial);
  serial->source = g_timeout_source_new_seconds (RETRY_SECONDS);
  g_source_set_callback (serial->source, on_retry, serial, NULL);
  g_source_attach (serial->source, serial->context);
  return G_SOURCE_REMOVE;
}

static void
watch (McSerial *serial)
{
  serial->source = g_unix_fd_source_new (serial->fd, G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (serial->source, G_SOURCE_FUNC (on_bytes), serial, NULL);
  g_source_attach (serial->source, serial->context);
}

McSerial *
mc_serial_open (const char *device, McSerialLine callback, gpointer data, GError **error)
{
  McSerial *serial;
  int fd;

  g_return_val_if_fail (device != NULL && callback != NULL, NULL);

  fd = open_device (device, error);
  if (fd < 0)
    return NULL;
  serial = g_new0 (McSerial, 1);
  serial->device = g_strdup (device);
  serial->callback = callback;
  serial->data = data;
  serial->context = g_main_context_ref_thread_default ();
  serial->fd = fd;
  serial->line = g_string_new (NULL);
  watch (serial);
  return serial;
}

void
mc_serial_free (McSerial *serial)
{
  if (serial == NULL)
    return;
  drop_source (serial);
  if (serial->fd >= 0)
    close (serial->fd);
  g_main_context_unref (serial->context);
  g_string_free (serial->line, TRUE);
  g_free (serial->device);
  g_free (serial);
}
