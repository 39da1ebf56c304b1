/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-command.h"

#include "mc-server.h"
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LISTEN_DEFAULT "127.0.0.1:8470"

int
_mc_command_check (McProvince *province, const McOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  if (!mc_province_check (province, findings, &error))
    return _mc_fail (error);
  for (guint i = 0; i < findings->len; i++)
    g_printerr ("motcua-server: %s\n", (const char *)findings->pdata[i]);
  if (findings->len > 0)
    return MC_EXIT_REFUSED;
  g_print ("no difference\n");
  return MC_EXIT_DONE;
}

/* Two servers on one folder would write into the same half-received scans. */
static int
lock_data (const char *data)
{
  g_autofree char *path = g_build_filename (data, "serve.lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  g_printerr ("motcua-server: %s: %s\n",
              data,
              errno == EWOULDBLOCK ? "another server serves it already" : g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

typedef struct
{
  McServer *server;
  GMainLoop *loop;
} Serving;

static void
on_stopped (gpointer data)
{
  g_main_loop_quit (data);
}

static gboolean
on_signal (gpointer data)
{
  Serving *serving = data;

  mc_server_stop (serving->server, on_stopped, serving->loop);
  return G_SOURCE_CONTINUE;
}

static int
serve (McProvince *province, const char *where)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McServer) server = mc_server_new (province);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *url = mc_server_listen (server, where, &error);
  Serving serving = { server, loop };
  guint on_term, on_int;

  if (url == NULL)
    return _mc_fail (error);
  on_term = g_unix_signal_add (SIGTERM, on_signal, &serving);
  on_int = g_unix_signal_add (SIGINT, on_signal, &serving);
  printf ("listening on %s\n", url);
  fflush (stdout);
  g_main_loop_run (loop);
  g_source_remove (on_term);
  g_source_remove (on_int);
  return MC_EXIT_DONE;
}

int
_mc_command_serve (McProvince *province, const McOptions *options)
{
  int lock = lock_data (options->data);
  int code;

  if (lock < 0)
    return MC_EXIT_REFUSED;
  /* A client that goes away while it is written to is no reason to die. */
  signal (SIGPIPE, SIG_IGN);
  code = serve (province, options->listen != NULL ? options->listen : LISTEN_DEFAULT);
  close (lock);
  return code;
}
