/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-province.h"

G_BEGIN_DECLS

/**
 * McServer:
 * A province spoken to over HTTP/1.1, on the default main context. One request a connection: the
 * SoupServer of libsoup 3.2 loses those that a client closes while idle.
 */
typedef struct _McServer McServer;

/** mc_server_new: @province is borrowed; its watch is taken. */
McServer *mc_server_new (McProvince *province);
void mc_server_free (McServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McServer, mc_server_free)

/** mc_server_listen: @where is HOST:PORT; port 0 takes a free one. Returns: (transfer full): the
 * URL, or %NULL */
char *mc_server_listen (McServer *server, const char *where, GError **error);

/** McServerStopped: everything under way has been answered. */
typedef void (*McServerStopped) (gpointer data);
/** mc_server_stop: takes no more connections, answers those who wait, and gives the others five
 * seconds. */
void mc_server_stop (McServer *server, McServerStopped stopped, gpointer data);

G_END_DECLS
