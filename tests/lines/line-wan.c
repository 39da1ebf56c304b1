/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * line-wan NS_A ADDRESS_A NS_B ADDRESS_B
 *
 * A line between two network namespaces that exist: a tun device in each, and this program carrying
 * the packets from one to the other as a line would: at a rate, after a delay with jitter (packets
 * do not overtake each other), losing some, with a queue that drops what would wait too long. It
 * says "up" when the line is there. Each line of stdin is a wish:
 *
 *   BIT_PER_S DELAY_MS JITTER_MS LOSS_PERCENT QUEUE_MS SEED   how the line is from now on (0: no
 *                                                             limit); of each way
 *   down                                                      every packet is lost
 *   count                                                     answered with: packets, bytes, lost
 *                                                             and dropped of A to B and of B to A
 *
 * It ends with its stdin. Needs root and /dev/net/tun.
 */
#include "line-link.h"

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

typedef struct
{
  gint64 at;
  gsize length;
  guint8 bytes[];
} Packet;

typedef struct
{
  int fd[2];
  LineLink *link;
  GQueue waiting[2]; /* Packet that leave at the other end; in order */
} Wan;

static G_GNUC_NORETURN void
fail (const char *what)
{
  perror (what);
  exit (1);
}

static void
enter (const char *name)
{
  g_autofree char *path = g_strconcat ("/run/netns/", name, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0 || setns (fd, CLONE_NEWNET) != 0)
    fail (path);
  close (fd);
}

static void
run (const char *text)
{
  if (system (text) != 0)
    exit (1);
}

static int
open_end (const char *name, const char *own, const char *peer)
{
  struct ifreq request = { .ifr_name = "line0", .ifr_flags = IFF_TUN | IFF_NO_PI };
  g_autofree char *address = g_strdup_printf ("ip addr add %s peer %s dev line0", own, peer);
  int fd;

  enter (name);
  fd = open ("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 || ioctl (fd, TUNSETIFF, &request) != 0)
    fail ("/dev/net/tun");
  run (address);
  run ("ip link set line0 mtu " G_STRINGIFY (LINE_MTU) " txqueuelen 1000 up && ip link set lo up");
  return fd;
}

static gint64
now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Whatever has come in at one end. */
static void
take (Wan *wan, guint way)
{
  guint8 bytes[2048];
  gssize got;

  while ((got = read (wan->fd[way], bytes, sizeof bytes)) > 0)
    {
      gint64 at = line_link_send (wan->link, way, (gsize)got, now_us ());
      Packet *packet;

      if (at == LINE_LOST)
        continue;
      packet = g_malloc (sizeof *packet + (gsize)got);
      packet->at = at;
      packet->length = (gsize)got;
      memcpy (packet->bytes, bytes, (gsize)got);
      g_queue_push_tail (&wan->waiting[way], packet);
    }
}

/* Whatever has been under way for long enough. */
static void
give (Wan *wan, guint way)
{
  Packet *packet;

  while ((packet = g_queue_peek_head (&wan->waiting[way])) != NULL && packet->at <= now_us ())
    {
      if (write (wan->fd[!way], packet->bytes, packet->length) < 0)
        perror ("write");
      g_free (g_queue_pop_head (&wan->waiting[way]));
    }
}

static gint64
next_us (Wan *wan)
{
  gint64 next = G_USEC_PER_SEC;

  for (guint way = 0; way < 2; way++)
    {
      Packet *packet = g_queue_peek_head (&wan->waiting[way]);

      if (packet != NULL)
        next = CLAMP (packet->at - now_us (), 0, next);
    }
  return next;
}

static void
count (Wan *wan)
{
  for (guint way = 0; way < 2; way++)
    {
      const LineCount *so_far = line_link_count (wan->link, way);

      printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
              "%c",
              so_far->packets,
              so_far->bytes,
              so_far->lost,
              so_far->dropped,
              way == 0 ? ' ' : '\n');
    }
  fflush (stdout);
}

/* Returns: whether there may be more. */
static gboolean
listen_to (Wan *wan)
{
  char text[256];
  LineShape shape = { 0 };

  if (fgets (text, sizeof text, stdin) == NULL)
    return FALSE;
  if (g_str_has_prefix (text, "count"))
    count (wan);
  else if (g_str_has_prefix (text, "down"))
    line_link_break (wan->link, TRUE);
  else if (line_shape_read (text, &shape))
    {
      line_link_shape (wan->link, &shape);
      line_link_break (wan->link, FALSE);
    }
  else
    g_printerr ("line-wan: %s", text);
  return TRUE;
}

int
main (int argc, char **argv)
{
  Wan wan = { .link = line_link_new () };
  gboolean more = TRUE;

  if (argc != 5)
    return 2;
  wan.fd[0] = open_end (argv[1], argv[2], argv[4]);
  wan.fd[1] = open_end (argv[3], argv[4], argv[2]);
  setvbuf (stdin, NULL, _IONBF, 0);
  puts ("up");
  fflush (stdout);
  while (more)
    {
      struct pollfd polled[] = { { wan.fd[0], POLLIN }, { wan.fd[1], POLLIN }, { 0, POLLIN } };
      gint64 left = next_us (&wan);
      struct timespec until = { left / G_USEC_PER_SEC, (left % G_USEC_PER_SEC) * 1000 };

      ppoll (polled, G_N_ELEMENTS (polled), &until, NULL);
      for (guint way = 0; way < 2; way++)
        {
          take (&wan, way);
          give (&wan, way);
        }
      if (polled[2].revents != 0)
        more = listen_to (&wan);
    }
  line_link_free (wan.link);
  return 0;
}
