/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A round trip in a few lines of a trace. */
#include "mc-sim-net.h"

static void
tell_request (GString *text, GBytes *bytes)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_read (bytes, NULL);

  if (request == NULL)
    {
      g_string_append (text, "torn");
      return;
    }
  g_string_append_printf (text,
                          "from %" G_GINT64_FORMAT ", left %" G_GINT64_FORMAT ":",
                          request->cursor.n,
                          request->left);
  for (guint i = 0; i < request->lines->len; i++)
    {
      g_auto (McPushed) pushed = { 0 };
      g_autoptr (McOp) op = NULL;

      mc_pushed_read (request->lines->pdata[i], &pushed);
      op = mc_op_parse (pushed.line, -1, NULL);
      g_string_append_printf (text,
                              " %s%s",
                              op ? mc_sim_short (op->id) : "?",
                              pushed.receipt == NULL  ? ""
                              : pushed.reason == NULL ? "+"
                                                      : "-");
    }
}

static void
tell_entry (GString *text, const McFeedEntry *entry)
{
  g_autoptr (McOp) op = mc_op_parse (entry->line, -1, NULL);

  g_string_append_printf (text,
                          "\n    %" G_GINT64_FORMAT " %s %s %.60s",
                          entry->n,
                          entry->kind,
                          mc_sim_short (op ? op->id : entry->line),
                          entry->ruling);
}

static void
tell_answer (GString *text, GBytes *bytes)
{
  g_autoptr (McSyncAnswer) answer = bytes ? mc_sync_answer_read (bytes, NULL) : NULL;

  if (answer == NULL)
    {
      g_string_append (text, " -> nothing");
      return;
    }
  g_string_append_printf (text,
                          " -> %s%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT,
                          answer->reset ? "reset, " : "",
                          answer->cursor.n,
                          answer->head);
  for (guint i = 0; i < answer->answers->len; i++)
    {
      const McAnswer *one = answer->answers->pdata[i];

      g_string_append_printf (text,
                              "\n    %s: %.60s",
                              mc_sim_short (one->op),
                              one->ruling       ? one->ruling
                              : one->missing[0] ? mc_sim_short (one->missing[0])
                                                : "missing");
    }
  for (guint i = 0; i < answer->entries->len; i++)
    tell_entry (text, answer->entries->pdata[i]);
}

void
mc_sim_tell_exchange (McSimWorld *world, GBytes *request, GBytes *answer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (world->trace == NULL)
    return;
  tell_request (text, request);
  tell_answer (text, answer);
  mc_sim_say (world, "  %s", text->str);
}
